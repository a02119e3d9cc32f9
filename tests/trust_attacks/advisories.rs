//! Mistakes that other clients made, one short scenario each, after the advisories of tough (0.8, 0.12, 0.20, 0.22) and
//! python-tuf (0.12, 0.19, 7.0).

use hongbang::publish::keys::KeyPair;
use hongbang::publish::transport::{Source, fetch};
use hongbang::trust::json::Value;
use hongbang::trust::{Standing, Target, TopRole};

use crate::client::{Client, NOW};
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

/// GHSA-v4wr-j3w6-mxqc, CVE-2025-2886: a terminating delegation must end the whole search, not that of its own branch alone.
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

/// GHSA-q6r9-r9pw-4cf7, CVE-2025-2887: an older version of a delegated role behind a newer snapshot.
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

/// GHSA-76g3-38jv-wxh4, CVE-2025-2888: a timestamp was kept although the snapshot behind it had been refused, and with it no later update
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

/// CVE-2020-15093 by another way: a role that names one key id twice, and so reaches a threshold of two.
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

/// GHSA-j8x2-777p-23fc: roles that delegate to each other, or to themselves, were followed for ever.
#[test]
fn delegations_in_a_circle_are_followed_once() {
    let mut repository = Repository::new();
    repository.delegate("targets", "a", &["*"], "continue");
    repository.delegate("a", "b", &["*"], "continue");
    repository.delegate("b", "b", &["*"], "continue");
    repository.delegate("b", "a", &["*"], "continue");
    repository.delegate("targets", "last", &["*"], "continue");
    repository.add_target("last", "x", b"x");
    repository.publish();
    let mut client = Client::that_has(&repository);
    assert_eq!(client.finds(&repository, "y").unwrap(), None);
    assert_eq!(repository.requests(), ["1.a.json", "1.b.json", "1.last.json"]);
    assert!(client.finds(&repository, "x").unwrap().is_some());
}

/// CVE-2021-41149: the name of a target led out of the folder of the repository, or of what is stored.
#[test]
fn the_name_of_a_target_does_not_lead_out_of_its_folder() {
    for is_consistent in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let [inside, store] = ["repository", "store"].map(|name| folder.path().join(name));
        let mut repository = Repository::new();
        repository.root.set("consistent_snapshot", Value::Bool(is_consistent));
        repository.add_target("targets", "../../outside", b"outside");
        repository.publish_root();
        repository.publish();
        repository.write_into(&inside.join("metadata"));
        let path = Client::that_has(&repository).shows().target("../../outside").unwrap().request().path;
        let outside = folder.path().join(path.trim_start_matches("../"));
        std::fs::write(&outside, b"outside").unwrap();
        let (source, pinned) = (Source::Folder(inside), repository.file("1.root.json"));
        let only = |all: Vec<Target>| all.into_iter().filter(|target| target.name() != "edition").collect();
        let error = fetch(&source, &pinned, &store, NOW.parse().unwrap(), only, &mut |_| {}).unwrap_err();
        assert_eq!(hongbang::Problem::code(&error), "missing_file");
        assert!(!store.exists());
        assert_eq!(std::fs::read(outside).unwrap(), b"outside");
    }
}

/// CVE-2021-41131, CVE-2021-41150: the same with the name of a role.
#[test]
fn the_name_of_a_role_does_not_lead_out_of_its_folder() {
    for (name, path) in
        [("../../x", "1...%2F..%2Fx.json"), ("..\\x", "1...%5Cx.json"), ("a\0", "1.a%00.json")]
    {
        let mut repository = Repository::new();
        repository.delegate("targets", name, &["*"], "continue");
        repository.add_target(name, "x", b"x");
        repository.publish();
        let file = repository.file(&format!("1.{}.json", name.replace('/', "%2F")));
        repository.put(path, file);
        let mut client = Client::that_has(&repository);
        assert!(client.finds(&repository, "x").unwrap().is_some());
        assert_eq!(repository.requests(), [path]);
    }
}

/// GHSA-qp9x-wp8f-qgjj: on some systems a pattern fitted names in other letters, or with another slash.
#[test]
fn patterns_are_the_same_on_every_system() {
    let mut repository = Repository::new();
    repository.delegate("targets", "helper", &["list/A*.bin"], "continue");
    for name in ["list/Ab.bin", "list/ab.bin", "list/AB.BIN", "list\\Ab.bin"] {
        repository.add_target("helper", name, b"x");
    }
    repository.publish();
    let mut client = Client::that_has(&repository);
    assert!(client.finds(&repository, "list/Ab.bin").unwrap().is_some());
    for name in ["list/ab.bin", "list/AB.BIN", "list\\Ab.bin"] {
        assert_eq!(client.finds(&repository, name).unwrap(), None, "{name}");
    }
}

/// CVE-2020-15163: a root was kept before it had been verified, and with it whatever it signed. A root that does not
/// verify is not kept, not even where everything else belongs to it.
#[test]
fn a_root_that_is_refused_leaves_nothing_behind() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    let thief = KeyPair::from_seed(&[66; 32]);
    for role in TopRole::ALL {
        repository.replace_role(role, &thief);
        repository.signers.insert(role.name().into(), vec![(thief.key_id(), thief.clone())]);
    }
    repository.publish_root();
    repository.publish();
    client.refuses(&repository, "below_threshold");
    assert_eq!(client.store.roots.len(), 1);
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
