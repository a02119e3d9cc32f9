//! Certificates: CBOR, COSE and CWT as bytes, Base45 and digits as text, and sets of keys.
#![no_main]

use hongbang::certificate::{KeySet, Sealed, read_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sealed) = Sealed::decode(bytes) {
        assert_eq!(sealed.encode(), bytes);
    }
    if let Ok(keys) = KeySet::decode(bytes) {
        assert_eq!(keys.encode(), bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(read) = read_text(text)
    {
        let _ = Sealed::decode(&read);
    }
});
