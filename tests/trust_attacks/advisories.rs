//! Mistakes that other clients made, one short scenario each, after the advisories of tough (0.8, 0.20, 0.22) and
//! python-tuf (0.12).

use hongbang::publish::keys::KeyPair;
use hongbang::trust::json::Value;
use hongbang::trust::{Standing, TopRole};

use crate::client::Client;
use crate::repository::{Promises, Repository, edit_object};

/// GHSA-pwqf-9h7j-7mv8, CVE-2020-15093: one signature, repeated, reached the threshold; in a new root, too.
#[test]
fn one_signer_who_signs_twice_is_one_in_every_role() {
    for role in TopRole::ALL {
        let mut repository = Repository::new();
        repository.set_threshold(role, 2, &[KeyPair::from_seed(&[9; 32])]);
        repository.publish_root();
        repository.publish();
        let mut client = Client::that_has(&repository);
        let signers = repository.signers.get_mut(role.name()).unwrap();
        signers[1] = signers[0].clone();
        repository.publish_root();
        repository.publish();
        client.refuses(&repository, "bad_metadata");
    }
}

/// CVE-2026-6966: the same in a delegated role, where a second copy of the counting had not been mended.
#[test]
fn one_signer_who_signs_twice_is_one_in_a_delegated_role() {
    for id in ["the same", "another id"] {
        let mut repository = Repository::new();
        repository.delegate("targets", "helper", &["*"], "continue");
        repository.add_target("helper", "x", b"x");
        let (known, key) = repository.signers["helper"][0].clone();
        let id = if id == "the same" { known.clone() } else { id.to_owned() };
        repository.edit_role("targets", |fields| {
            edit_object(fields, "delegations", |delegations| {
                edit_object(delegations, "keys", |keys| keys.set(&id, key.public().to_value()));
                let mut role =
                    delegations.get("roles").unwrap().array().unwrap()[0].object().unwrap().clone();
                let mut ids = vec![Value::from(known.as_str())];
                if id != known {
                    ids.push(id.as_str().into());
                }
                role.set("keyids", Value::Array(ids));
                role.set("threshold", 2.into());
                delegations.set("roles", Value::Array(vec![role.into()]));
            });
        });
        repository.signers.get_mut("helper").unwrap().push((id.clone(), key));
        repository.publish();
        let mut client = Client::that_has(&repository);
        let before = client.store.clone();
        let code = if id == known { "bad_metadata" } else { "below_threshold" };
        let error = client.finds(&repository, "x").unwrap_err();
        assert_eq!(hongbang::Problem::code(&error), code);
        assert_eq!(client.store, before);
    }
}

/// CVE-2026-6967: what a snapshot promises of a delegated role was not looked at.
#[test]
fn a_delegated_role_is_what_the_snapshot_promises() {
    type Tamper = fn(&str) -> String;
    let tampers: [(&str, Tamper); 3] = [
        ("too_long", |text| format!("{text}     ")),
        ("wrong_length", |text| text[..9].into()),
        ("wrong_hash", |text| text.replacen("\"x\"", "\"y\"", 1)),
    ];
    for (code, tampered) in tampers {
        let mut repository = Repository::new();
        repository.delegate("targets", "helper", &["*"], "continue");
        repository.add_target("helper", "x", b"x");
        repository.publish();
        let mut client = Client::that_has(&repository);
        let file = String::from_utf8(repository.file("1.helper.json")).unwrap();
        repository.put("1.helper.json", tampered(&file).into_bytes());
        let before = client.store.clone();
        let error = client.finds(&repository, "x").unwrap_err();
        assert_eq!(hongbang::Problem::code(&error), code);
        assert_eq!(client.store, before);
    }
}

/// GHSA-5vmp-m5v2-hx47, CVE-2025-2885: a new root could bear any later version.
#[test]
fn a_root_bears_the_version_that_was_asked_for() {
    for version in [3, 2, 1, 7] {
        let mut repository = Repository::new();
        let mut client = Client::of(&repository);
        repository.publish_root();
        client.accepts(&repository);
        repository.root.set("version", Value::Integer(version - 1));
        let fields = repository.next(repository.root.clone(), "root");
        let bytes = repository.sign("root", fields);
        repository.put("3.root.json", bytes);
        match version {
            3 => drop(client.accepts(&repository)),
            7 => drop(client.refuses(&repository, "wrong_version")),
            _ => drop(client.refuses(&repository, "rolled_back")),
        }
    }
}

/// Of the same release: a terminating delegation must end the whole search, not that of its own branch alone.
#[test]
fn a_terminating_delegation_ends_the_search_from_below_too() {
    let mut repository = Repository::new();
    repository.delegate("targets", "first", &["*"], "continue");
    repository.delegate("first", "below", &["a*"], "stop");
    repository.delegate("targets", "second", &["*"], "continue");
    repository.add_target("second", "abc", b"not for second to say");
    repository.add_target("second", "xyz", b"xyz");
    repository.publish();
    let mut client = Client::that_has(&repository);
    assert_eq!(client.finds(&repository, "abc").unwrap(), None);
    assert!(client.finds(&repository, "xyz").unwrap().is_some());
}

/// Of the same release: an older version of a delegated role behind a newer snapshot.
#[test]
fn rollback_of_a_delegated_role() {
    let mut repository = Repository::new();
    repository.delegate("targets", "helper", &["*"], "continue");
    repository.publish();
    repository.add_target("helper", "x", b"x");
    repository.publish();
    let mut client = Client::that_has(&repository);
    repository.delegated.get_mut("helper").unwrap().set("version", Value::Integer(0));
    repository.publish_delegated("helper");
    repository.publish();
    let error = client.refuses(&repository, "rolled_back");
    assert_eq!(error.to_string(), "expected version 2 or later of helper, found the older version 1");
}

/// CVE-2025-2888: a timestamp was kept although the snapshot behind it had been refused, and with it no later update
/// was possible.
#[test]
fn a_refused_timestamp_leaves_nothing_behind() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::that_has(&repository);
    let honest = repository.timestamp.clone();
    let snapshot = repository.snapshot.clone();
    repository.timestamp.set("version", Value::Integer(500));
    repository.snapshot.set("version", Value::Integer(0));
    repository.publish_snapshot();
    repository.publish_timestamp();
    client.refuses(&repository, "rolled_back");
    repository.timestamp = honest;
    repository.snapshot = snapshot;
    repository.publish();
    assert_eq!(client.accepts(&repository).timestamp().header().version, 3);
}

/// Of the same release: a role that names one key id twice, and so reaches a threshold of two.
#[test]
fn a_role_names_no_key_twice() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    let (id, key) = repository.signers["timestamp"][0].clone();
    repository.set_threshold(TopRole::Timestamp, 2, &[]);
    repository.add_key(TopRole::Timestamp, &id, &key);
    repository.publish_root();
    let error = client.refuses(&repository, "bad_metadata");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "expected every key id once as `keyids`, found none or another value");
}

/// python-tuf #1498: a copy that had expired was not used to notice that something older came.
#[test]
fn an_expired_snapshot_still_says_what_came_before() {
    let mut repository = Repository::new();
    repository.promises = Promises::VersionsOnly;
    repository.publish();
    let mut client = Client::that_has(&repository);
    client.now = "2026-12-01T00:00:00Z".parse().unwrap();
    let today = client.now.day_in_china();
    assert_eq!(client.shows().freshness().standing(today), Standing::OutOfDate);
    repository.expires = "2027-01-01T00:00:00Z";
    repository.publish_root();
    repository.targets.set("version", Value::Integer(0));
    repository.publish();
    client.refuses(&repository, "rolled_back");
}
