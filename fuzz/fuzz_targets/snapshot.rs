//! Whatever is read as a snapshot is the one encoding of what it says.
#![no_main]

use hongbang::snapshot::{decode, encode};
use hongbang_fuzz::{EDITION, enclosed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|content: &[u8]| {
    let bytes = enclosed(EDITION, content);
    if let Ok(edition) = decode(&bytes) {
        assert!(encode(&edition).is_ok_and(|again| again == bytes));
    }
    let _ = decode(content);
});
