//! TUF metadata: any bytes are parsed or refused, and the canonical form of what was parsed is its own.
#![no_main]

use hongbang::trust::json::parse;
use hongbang::trust::{Updater, UtcSeconds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limit = 1 << 16;
    if let Ok(value) = parse(bytes, limit) {
        let again = parse(value.to_json().as_bytes(), limit * 8);
        assert!(again.as_ref().is_ok_and(|again| *again == value), "{again:?}");
        assert_eq!(again.map(|again| again.canonical()), Ok(value.canonical()));
    }
    let now = UtcSeconds::start_of(hongbang::Day::MIN);
    let _ = Updater::start(bytes, None, now);
});
