//! Any question gets an answer.
#![no_main]

use std::sync::OnceLock;

use hongbang::Day;
use hongbang::checker::{Checker, Provenance};
use libfuzzer_sys::fuzz_target;

static CHECKER: OnceLock<Checker> = OnceLock::new();

fuzz_target!(|question: &str| {
    let checker = CHECKER.get_or_init(|| {
        Checker::of_edition(hongbang_fuzz::edition(), Provenance::Unverified).expect("its tiers are right")
    });
    let _ = checker.check(question, Day::MIN);
    for hit in checker.search(question, 20) {
        let length = u32::try_from(hit.matched.text.encode_utf16().count()).expect("a name is short");
        for [from, to] in hit.matched.ranges {
            assert!(from <= to && to <= length, "{question}");
        }
    }
    let _ = checker.explain(question);
});
