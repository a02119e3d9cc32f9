//! A delta makes the snapshot that it promises, or is refused.
#![no_main]

use hongbang::snapshot::{decode, delta};
use hongbang_fuzz::{DELTA, enclosed, snapshots};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|coded: &[u8]| {
    let [old, new] = snapshots();
    let checksum = |snapshot: &[u8]| snapshot[snapshot.len() - 4..].to_vec();
    let bytes = enclosed(DELTA, &[&checksum(old)[..], &checksum(new), coded].concat());
    if let Ok(made) = delta::apply(old, &bytes) {
        // By chance one in 2³² others has the same checksum; whoever meets it looks at both.
        assert!(&made == new && decode(&made).is_ok());
    }
    let _ = delta::apply(old, coded);
});
