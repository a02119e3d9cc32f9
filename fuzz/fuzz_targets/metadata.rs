//! TUF metadata: any bytes are parsed or refused, and the canonical form of what was parsed is its own. What was parsed is
//! signed as well, in the place of the role that it names: what a client takes then is what it shows later.
#![no_main]

use hongbang::trust::json::{Value, parse};
use hongbang::trust::{Reply, Trusted, Updater, reverify};
use hongbang_fuzz::signing::{now, offered, pinned};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limit = 1 << 16;
    let _ = Updater::start(bytes, None, now());
    let Ok(value) = parse(bytes, limit) else { return };
    let again = parse(value.to_json().as_bytes(), limit * 8);
    assert!(again.as_ref().is_ok_and(|again| *again == value), "{again:?}");
    assert_eq!(again.map(|again| again.canonical()), Ok(value.canonical()));
    let Value::Object(fields) = value else { return };
    let Some(mut trusted) = offered(fields) else { return };
    let store = trusted.store();
    assert_eq!(reverify(pinned(), store.clone()).map(|shown| shown.store()), Ok(store));
    for name in ["foo", "a/b", ""] {
        search(&mut trusted, name);
    }
});

/// Every role that is delegated to is the delegating one, as long as that is accepted.
fn search(trusted: &mut Trusted, name: &str) {
    let bytes = trusted.top_level().bytes().to_vec();
    let Ok(mut search) = trusted.search(name) else { return };
    while search.request().is_some() {
        if search.reply(Reply::Found(bytes.clone())).is_err() {
            return;
        }
    }
    let _ = search.finish();
}
