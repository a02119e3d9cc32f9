//! Attacks on the update path, each by an attacker that publishes: a repository in memory, a client that keeps a
//! store, and after every refusal the same store and the same answer as before.
//!
//! What the specification calls the attacks (1.5.2), and where they are:
//!
//! | attack | scenarios |
//! |---|---|
//! | arbitrary software installation | "Keys", "Arbitrary installation, wrong files", `delegations` |
//! | endless data | "Endless data" |
//! | extraneous dependencies | `nothing_is_added_to_what_the_publisher_lists`, `delegations` |
//! | fast-forward | "Fast-forward" |
//! | indefinite freeze | "Freeze", `device` |
//! | malicious mirrors preventing updates | "Malicious mirrors", `withheld_roots` |
//! | mix-and-match | "Mix and match", `device` |
//! | rollback | "Rollback", `device`, `advisories` |
//! | vulnerability to key compromises | "Keys", `advisories` |
//! | wrong software installation | "Arbitrary installation, wrong files" |

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod advisories;
mod client;
mod delegations;
mod device;
mod repository;

use hongbang::Problem;
use hongbang::publish::keys::KeyPair;
use hongbang::trust::json::{MAX_INTEGER, Object, Value};
use hongbang::trust::{
    AGEING_DAYS, Kind, MAX_ROOT_ROTATIONS, ROOT_BYTES, Reply, Request, SNAPSHOT_BYTES, Standing, Store,
    TARGETS_BYTES, TIMESTAMP_BYTES, TopRole, TrustError, Updater, reverify, to_hex,
};
use sha2::{Digest, Sha256};

use client::{Client, FAR, LATER, NOW};
use repository::{Promises, Repository, edit_object};

// ---- What should work ----

#[test]
fn a_client_follows_roots_and_then_asks_only_for_what_is_new() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    let requests = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"];
    assert_eq!(repository.requests(), requests);

    client.accepts(&repository);
    assert_eq!(repository.requests(), ["2.root.json", "timestamp.json"]);

    repository.publish_root();
    repository.publish();
    let trusted = client.accepts(&repository);
    let requests = ["2.root.json", "3.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"];
    assert_eq!(repository.requests(), requests);
    assert_eq!(trusted.root().header().version, 2);
    assert_eq!(trusted.store().roots.len(), 2);
}

#[test]
fn a_target_is_verified_before_it_is_one() {
    let repository = Repository::new();
    let trusted = Client::of(&repository).accepts(&repository);
    let target = trusted.target("edition").unwrap();
    assert_eq!(trusted.targets().collect::<Vec<_>>(), std::slice::from_ref(&target));
    let path = format!("{}.edition", to_hex(&Sha256::digest(b"content")));
    assert_eq!((target.name(), target.length()), ("edition", 7));
    assert_eq!(target.request(), Request { kind: Kind::Target, path, limit: 7 });
    assert_eq!(target.custom().and_then(|custom| custom.get("number")), Some(&Value::Integer(1)));
    assert_eq!(target.verify(b"content".to_vec()).unwrap().into_bytes(), b"content");
    assert_eq!(trusted.target("other"), None);
}

#[test]
fn a_repository_without_consistent_snapshots_is_read_by_plain_names() {
    let mut repository = Repository::new();
    repository.root.set("consistent_snapshot", Value::Bool(false));
    repository.publish_root();
    let trusted = Client::of(&repository).accepts(&repository);
    let requests = ["2.root.json", "3.root.json", "timestamp.json", "snapshot.json", "targets.json"];
    assert_eq!(repository.requests(), requests);
    assert_eq!(trusted.target("edition").unwrap().request().path, "edition");
}

#[test]
fn unknown_fields_are_kept_and_bytes_are_kept_as_received() {
    let mut repository = Repository::new();
    let extra: Value = Object::of([("any", "thing".into())]).into();
    for fields in
        [&mut repository.root, &mut repository.targets, &mut repository.snapshot, &mut repository.timestamp]
    {
        fields.set("x-extra", extra.clone());
    }
    // Deeper inside, too: beside the keys of a role, and beside the length of a target.
    repository.edit_root("roles", |roles| {
        edit_object(roles, "targets", |role| role.set("x-extra", extra.clone()));
    });
    edit_object(&mut repository.targets, "targets", |targets| {
        edit_object(targets, "edition", |target| target.set("x-extra", extra.clone()));
    });
    repository.publish_root();
    repository.publish();
    let trusted = Client::of(&repository).accepts(&repository);
    assert_eq!(trusted.root().fields().get("x-extra"), Some(&extra));
    assert_eq!(trusted.timestamp().fields().get("x-extra"), Some(&extra));
    let deeper =
        [(trusted.root().fields(), "roles", "targets"), (trusted.top_level().fields(), "targets", "edition")];
    for (fields, outer, inner) in deeper {
        let found = fields.get(outer).and_then(|outer| outer.get(inner)?.get("x-extra"));
        assert_eq!(found, Some(&extra), "{outer}");
    }
    let store = trusted.store();
    assert_eq!(store.timestamp, repository.file("timestamp.json"));
    assert_eq!(store.targets, repository.file("2.targets.json"));
    assert_eq!(store.roots[1], repository.file("2.root.json"));
}

// ---- Rollback ----

#[test]
fn rollback_of_each_role_below_the_root() {
    type RollBack = fn(&mut Repository);
    let roll_back: [(&str, RollBack); 3] = [
        ("timestamp", |repository| {
            repository.timestamp.set("version", Value::Integer(0));
            repository.publish_timestamp();
        }),
        ("snapshot", |repository| {
            repository.snapshot.set("version", Value::Integer(0));
            repository.publish_snapshot();
            repository.publish_timestamp();
        }),
        ("targets", |repository| {
            repository.targets.set("version", Value::Integer(0));
            repository.publish();
        }),
    ];
    for (role, roll_back) in roll_back {
        let mut repository = Repository::new();
        repository.publish();
        let mut client = Client::that_has(&repository);
        roll_back(&mut repository);
        let error = client.refuses(&repository, "rolled_back");
        assert_eq!(
            error.to_string(),
            format!("expected version 2 or later of {role}, found the older version 1")
        );
    }
}

/// An expired timestamp in the store is of no use but this: to know what came before.
#[test]
fn rollback_is_noticed_by_what_has_expired() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::that_has(&repository);
    client.now = LATER.parse().unwrap();
    repository.timestamp.set("version", Value::Integer(0));
    repository.expires = "2027-01-01T00:00:00Z";
    repository.publish_root();
    repository.publish_timestamp();
    client.refuses(&repository, "rolled_back");
}

#[test]
fn rollback_of_the_root() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    repository.publish_root();
    client.accepts(&repository);
    let first = repository.file("1.root.json");
    repository.put("3.root.json", first);
    let error = client.refuses(&repository, "rolled_back");
    assert_eq!(error.to_string(), "expected version 3 or later of root, found the older version 1");
}

#[test]
fn a_snapshot_that_forgets_a_role() {
    let mut repository = Repository::new();
    repository.delegate("targets", "helper", &["*"], "continue");
    repository.publish();
    let mut client = Client::that_has(&repository);
    repository.meta.retain(|file, _| file != "helper.json");
    repository.publish();
    let error = client.refuses(&repository, "snapshot_lacks_role");
    assert_eq!(error.to_string(), "expected helper in the snapshot, found no such entry");
}

// ---- Freeze ----

#[test]
fn each_role_expires() {
    for role in TopRole::ALL {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        repository.expires = "2026-01-02T00:00:00Z";
        match role {
            TopRole::Root => repository.publish_root(),
            TopRole::Targets => {
                repository.publish_targets();
                repository.expires = FAR;
                repository.publish_snapshot();
                repository.publish_timestamp();
            }
            TopRole::Snapshot => {
                repository.publish_snapshot();
                repository.expires = FAR;
                repository.publish_timestamp();
            }
            TopRole::Timestamp => repository.publish_timestamp(),
        }
        client.now = "2026-01-01T23:59:59Z".parse().unwrap();
        client.clone().accepts(&repository);
        client.now = "2026-01-02T00:00:00Z".parse().unwrap();
        let error = client.refuses(&repository, "expired");
        assert_eq!(
            error.to_string(),
            format!(
                "expected {} metadata that is valid at 2026-01-02T00:00:00Z, \
                 found that it expired at 2026-01-02T00:00:00Z",
                role.name()
            )
        );
    }
}

#[test]
fn a_frozen_repository_is_refused_for_updating_and_graded_for_display() {
    let repository = Repository::new();
    let mut client = Client::that_has(&repository);
    client.now = LATER.parse().unwrap();
    client.refuses(&repository, "expired");
    let freshness = client.shows().freshness();
    let last = freshness.expires_on();
    assert_eq!(freshness.standing(last), Standing::Fresh);
    assert_eq!(freshness.standing(last.add_days(1).unwrap()), Standing::Ageing);
    assert_eq!(freshness.standing(last.add_days(AGEING_DAYS).unwrap()), Standing::Ageing);
    assert_eq!(freshness.standing(last.add_days(AGEING_DAYS + 1).unwrap()), Standing::OutOfDate);
}

/// A publisher whose clock once ran years ahead. What it signed then stands as out of date, but the next edition is
/// accepted and heals it.
#[test]
fn a_time_of_signing_in_the_future_does_not_stop_updates() {
    let mut repository = Repository::new();
    repository.signed_at = Some("2099-01-01T00:00:00Z");
    repository.publish();
    let mut client = Client::that_has(&repository);
    let today = "2026-01-01".parse().unwrap();
    assert_eq!(client.shows().freshness().standing(today), Standing::OutOfDate);
    repository.signed_at = Some(NOW);
    repository.publish();
    client.accepts(&repository);
    assert_eq!(client.shows().freshness().standing(today), Standing::Fresh);
}

// ---- Mix and match ----

#[test]
fn an_old_snapshot_beside_a_new_timestamp() {
    for promises in [Promises::WithHashes, Promises::VersionsOnly] {
        let mut repository = Repository::new();
        repository.promises = promises;
        repository.publish();
        let mut client = Client::that_has(&repository);
        let old = repository.file("2.snapshot.json");
        repository.publish();
        repository.put("3.snapshot.json", old);
        let code = if promises == Promises::WithHashes { "wrong_hash" } else { "wrong_version" };
        client.refuses(&repository, code);
    }
}

#[test]
fn old_targets_beside_a_new_snapshot() {
    for promises in [Promises::WithHashes, Promises::VersionsOnly] {
        let mut repository = Repository::new();
        repository.promises = promises;
        repository.publish();
        let mut client = Client::that_has(&repository);
        let old = repository.file("2.targets.json");
        repository.publish();
        repository.put("3.targets.json", old);
        let code = if promises == Promises::WithHashes { "wrong_hash" } else { "wrong_version" };
        client.refuses(&repository, code);
    }
}

#[test]
fn a_snapshot_of_another_version_than_promised() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    repository.promises = Promises::VersionsOnly;
    repository.publish();
    let file = repository.file("2.snapshot.json");
    repository.snapshot.set("version", Value::Integer(6));
    repository.publish_timestamp();
    repository.put("6.snapshot.json", file);
    let error = client.refuses(&repository, "wrong_version");
    assert_eq!(error.to_string(), "expected version 6 of snapshot, found version 2");
}

// ---- Endless data ----

#[test]
fn endless_data_is_cut_at_the_limit_of_each_role() {
    for (path, limit, publish_first) in [
        ("2.root.json", ROOT_BYTES, false),
        ("timestamp.json", TIMESTAMP_BYTES, false),
        ("2.snapshot.json", SNAPSHOT_BYTES, true),
        ("2.targets.json", TARGETS_BYTES, true),
    ] {
        let mut repository = Repository::new();
        repository.promises = Promises::VersionsOnly;
        let mut client = Client::that_has(&repository);
        if publish_first {
            repository.publish();
        }
        repository.put(path, vec![b' '; usize::try_from(limit).unwrap() + 9]);
        let error = client.refuses(&repository, "too_long");
        let expected = format!("expected at most {limit} bytes in {path}, found {} or more", limit + 1);
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_promised_length_is_the_limit() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    repository.publish();
    let mut longer = repository.file("2.snapshot.json");
    longer.extend([b'\n'; 5]);
    repository.put("2.snapshot.json", longer);
    client.refuses(&repository, "too_long");
    let mut shorter = repository.file("2.snapshot.json");
    shorter.truncate(100);
    repository.put("2.snapshot.json", shorter);
    client.refuses(&repository, "wrong_length");
}

// ---- Keys ----

#[test]
fn compromise_of_fewer_keys_than_the_threshold() {
    for role in TopRole::ALL {
        let mut repository = Repository::new();
        repository.set_threshold(role, 2, &[KeyPair::from_seed(&[9; 32])]);
        repository.publish_root();
        repository.publish();
        let mut client = Client::that_has(&repository);
        repository.signers.get_mut(role.name()).unwrap().truncate(1);
        repository.publish_root();
        repository.publish();
        let error = client.refuses(&repository, "below_threshold");
        let version = if role == TopRole::Root { 2 } else { 3 };
        assert_eq!(
            error.to_string(),
            format!(
                "expected {} metadata signed by 2 of the keys that version {version} of root names, found 1",
                role.name()
            )
        );
    }
}

#[test]
fn a_signature_that_stands_twice_is_refused() {
    let mut repository = Repository::new();
    repository.set_threshold(TopRole::Timestamp, 2, &[KeyPair::from_seed(&[9; 32])]);
    repository.publish_root();
    repository.publish_timestamp();
    let mut client = Client::that_has(&repository);
    let signers = repository.signers.get_mut("timestamp").unwrap();
    signers[1] = signers[0].clone();
    repository.publish_timestamp();
    let error = client.refuses(&repository, "bad_metadata");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "expected every key id once as `signatures`, found none or another value");
}

/// Key ids are opaque, so one key can stand under two of them, and its digits in capitals. It is still one signer.
#[test]
fn a_key_under_two_ids_counts_once() {
    for spelling in [str::to_lowercase, str::to_uppercase] {
        let mut repository = Repository::new();
        repository.set_threshold(TopRole::Timestamp, 2, &[]);
        let key = repository.signers["timestamp"][0].1.clone();
        repository.add_key(TopRole::Timestamp, "another id", &key);
        repository.spell_key("another id", spelling);
        repository.publish_root();
        repository.publish_timestamp();
        Client::of(&repository).refuses(&repository, "below_threshold");
    }
}

#[test]
fn signatures_of_another_role() {
    for role in [TopRole::Snapshot, TopRole::Targets, TopRole::Timestamp] {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        let root = repository.signers["root"].clone();
        repository.signers.insert(role.name().into(), root);
        repository.publish();
        client.refuses(&repository, "below_threshold");
    }
}

/// Even one key for all roles does not make a snapshot a timestamp.
#[test]
fn metadata_of_another_role() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    let snapshot = repository.file("1.snapshot.json");
    repository.put("timestamp.json", snapshot);
    let error = client.refuses(&repository, "wrong_role");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "expected metadata of type timestamp, found type \"snapshot\"");
}

#[test]
fn a_root_must_be_signed_by_the_keys_before_it_and_its_own() {
    for signed_by in [KeyPair::from_seed(&[8; 32]), KeyPair::from_seed(&[1; 32])] {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        let new = KeyPair::from_seed(&[8; 32]);
        repository.replace_keys(TopRole::Root, &new);
        repository.signers.insert("root".into(), vec![(signed_by.key_id(), signed_by)]);
        repository.publish_root();
        client.refuses(&repository, "below_threshold");
    }
}

#[test]
fn a_gap_in_the_chain_of_roots() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    repository.publish_root();
    repository.publish_root();
    let third = repository.file("3.root.json");
    repository.put("2.root.json", third);
    let error = client.refuses(&repository, "wrong_version");
    assert_eq!(error.to_string(), "expected version 2 of root, found version 3");
}

/// Whoever withholds the roots keeps a client at the old keys, which no longer sign.
#[test]
fn withheld_roots() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    repository.replace_keys(TopRole::Timestamp, &KeyPair::from_seed(&[8; 32]));
    repository.publish_root();
    repository.publish();
    repository.remove("2.root.json");
    client.refuses(&repository, "below_threshold");
}

#[test]
fn no_more_roots_than_the_limit_are_followed_at_once() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    for _ in 0..=MAX_ROOT_ROTATIONS {
        repository.publish_root();
    }
    let trusted = client.accepts(&repository);
    assert_eq!(trusted.root().header().version, u64::from(MAX_ROOT_ROTATIONS) + 1);
    let trusted = client.accepts(&repository);
    assert_eq!(trusted.root().header().version, u64::from(MAX_ROOT_ROTATIONS) + 2);
}

// ---- Fast-forward ----

/// Who held the timestamp key drove the version up. A new key, and the client forgets the version.
#[test]
fn fast_forward_of_the_timestamp_is_overcome_by_a_new_key() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    repository.timestamp.set("version", Value::Integer(MAX_INTEGER - 1));
    repository.publish_timestamp();
    client.accepts(&repository);
    repository.timestamp.set("version", Value::Integer(1));
    repository.publish();
    client.refuses(&repository, "rolled_back");
    repository.replace_keys(TopRole::Timestamp, &KeyPair::from_seed(&[8; 32]));
    repository.publish_root();
    repository.publish();
    assert_eq!(client.accepts(&repository).timestamp().header().version, 3);
}

#[test]
fn fast_forward_of_snapshot_and_targets_is_overcome_by_a_new_key() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    repository.snapshot.set("version", Value::Integer(1_000_000));
    repository.targets.set("version", Value::Integer(1_000_000));
    repository.publish();
    client.accepts(&repository);
    repository.snapshot.set("version", Value::Integer(1));
    repository.targets.set("version", Value::Integer(1));
    repository.publish();
    client.refuses(&repository, "rolled_back");
    // The known timestamp promises the high version of the snapshot, so it is forgotten with it.
    repository.replace_keys(TopRole::Snapshot, &KeyPair::from_seed(&[8; 32]));
    repository.publish_root();
    repository.publish();
    let trusted = client.accepts(&repository);
    assert_eq!((trusted.snapshot().header().version, trusted.top_level().header().version), (3, 3));
}

#[test]
fn fast_forward_is_overcome_by_one_key_more_or_less() {
    let spare = KeyPair::from_seed(&[8; 32]);
    for is_more in [true, false] {
        let mut repository = Repository::new();
        let key = repository.signers["timestamp"][0].1.clone();
        if !is_more {
            repository.add_key(TopRole::Timestamp, &spare.key_id(), &spare);
        }
        repository.timestamp.set("version", Value::Integer(1_000_000));
        repository.publish_root();
        repository.publish_timestamp();
        let mut client = Client::that_has(&repository);
        repository.timestamp.set("version", Value::Integer(1));
        if is_more {
            repository.add_key(TopRole::Timestamp, &spare.key_id(), &spare);
        } else {
            repository.replace_keys(TopRole::Timestamp, &key);
        }
        repository.publish_root();
        repository.publish_timestamp();
        assert_eq!(client.accepts(&repository).timestamp().header().version, 2);
    }
}

#[test]
fn a_new_root_with_the_same_online_keys_forgets_nothing() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::that_has(&repository);
    repository.publish_root();
    repository.timestamp.set("version", Value::Integer(0));
    repository.publish_timestamp();
    client.refuses(&repository, "rolled_back");
}

// ---- Arbitrary installation, wrong files ----

#[test]
fn other_bytes_than_described_are_no_target() {
    let repository = Repository::new();
    let target = Client::of(&repository).accepts(&repository).target("edition").unwrap();
    let refused = |bytes: &[u8]| target.clone().verify(bytes.to_vec()).unwrap_err();
    let error = refused(b"Content");
    assert_eq!(error.code(), "wrong_hash");
    let (good, bad) = (to_hex(&Sha256::digest(b"content")), to_hex(&Sha256::digest(b"Content")));
    assert_eq!(error.to_string(), format!("expected edition to have the hash {good}, found {bad}"));
    let error = refused(b"content and more");
    assert_eq!(error.to_string(), "expected 7 bytes in edition, found 16");
    assert_eq!(error.code(), "wrong_length");
}

/// Whoever works the hash out, it is compared all the same, and so is the length.
#[test]
fn a_hash_that_was_worked_out_elsewhere_has_to_be_the_promised_one() {
    let repository = Repository::new();
    let target = Client::of(&repository).accepts(&repository).target("edition").unwrap();
    let verify =
        |bytes: &[u8], of: &[u8]| target.clone().verify_hashed(bytes.to_vec(), &Sha256::digest(of).into());
    assert_eq!(verify(b"content", b"content").unwrap().bytes(), b"content");
    assert_eq!(verify(b"Content", b"Content").unwrap_err().code(), "wrong_hash");
    assert_eq!(verify(b"content and more", b"content").unwrap_err().code(), "wrong_length");
}

/// Wrong software: another file of the same publisher, even one of the same length.
#[test]
fn another_target_of_the_same_publisher_is_not_the_one_that_was_asked_for() {
    let mut repository = Repository::new();
    repository.add_target("targets", "another", b"another");
    repository.publish();
    let client = Client::that_has(&repository);
    let [edition, another] = ["edition", "another"].map(|name| client.shows().target(name).unwrap());
    assert_ne!(edition.request().path, another.request().path);
    assert!(another.verify(b"another".to_vec()).is_ok());
    assert_eq!(edition.verify(b"another".to_vec()).unwrap_err().code(), "wrong_hash");
}

/// Extraneous dependencies: a target more than the publisher lists.
#[test]
fn nothing_is_added_to_what_the_publisher_lists() {
    for (promises, code) in [(Promises::WithHashes, "too_long"), (Promises::VersionsOnly, "below_threshold")]
    {
        let mut repository = Repository::new();
        repository.promises = promises;
        let mut client = Client::that_has(&repository);
        repository.publish();
        let text = String::from_utf8(repository.file("2.targets.json")).unwrap();
        let (start, end) = text.split_at(text.find("\"edition\"").unwrap());
        let further = format!("\"a\":{{\"hashes\":{{\"sha256\":\"{}\"}},\"length\":1}},", "0".repeat(64));
        repository.put("2.targets.json", format!("{start}{further}{end}").into_bytes());
        client.refuses(&repository, code);
        assert_eq!(client.shows().target("a"), None);
    }
}

// ---- Malicious mirrors ----

/// A mirror that withholds, replaces or cuts off what is new. The client keeps what it has, and the next mirror brings it
/// up to date.
#[test]
fn a_mirror_that_prevents_an_update_does_not_prevent_that_of_the_next() {
    type Act = fn(&mut Repository);
    let acts: [(&str, Act); 4] = [
        ("missing_file", |mirror| mirror.remove("timestamp.json")),
        ("bad_json", |mirror| mirror.put("timestamp.json", b"<html>busy</html>".to_vec())),
        ("missing_file", |mirror| mirror.remove("2.targets.json")),
        ("wrong_length", |mirror| mirror.put("2.snapshot.json", b"{}".to_vec())),
    ];
    for (code, act) in acts {
        let mut honest = Repository::new();
        let mut client = Client::that_has(&honest);
        let mut mirror = Repository::new();
        mirror.publish();
        act(&mut mirror);
        client.refuses(&mirror, code);
        honest.publish();
        assert_eq!(client.accepts(&honest).timestamp().header().version, 2);
    }
}

#[test]
fn every_file_must_be_there() {
    for path in ["timestamp.json", "2.snapshot.json", "2.targets.json"] {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        repository.publish();
        repository.remove(path);
        let error = client.refuses(&repository, "missing_file");
        assert_eq!(error.to_string(), format!("expected {path} to exist, found nothing"));
    }
}

#[test]
fn names_that_stand_twice_are_refused_in_every_role() {
    for (path, bumped) in [
        ("2.root.json", false),
        ("timestamp.json", false),
        ("2.snapshot.json", true),
        ("2.targets.json", true),
    ] {
        let mut repository = Repository::new();
        repository.promises = Promises::VersionsOnly;
        let mut client = Client::that_has(&repository);
        if bumped {
            repository.publish();
        } else {
            repository.publish_root();
        }
        let text = String::from_utf8(repository.file(path)).unwrap();
        let (start, end) = text.split_at(text.find("\"version\"").unwrap());
        repository.put(path, format!("{start}\"version\":1,{end}").into_bytes());
        let error = client.refuses(&repository, "bad_json");
        let source = std::error::Error::source(&error).unwrap();
        let reason = source.source().unwrap().to_string();
        assert!(
            reason.starts_with("expected every name once in an object, found \"version\" twice"),
            "{reason}"
        );
    }
}

#[test]
fn metadata_that_is_not_what_the_specification_says_is_refused() {
    let far: Value = "2026-12-31".into();
    for (field, value, reason) in [
        (
            "version",
            Value::Integer(0),
            "expected a whole number from 1 as `version`, found none or another value",
        ),
        (
            "version",
            Value::Integer(-1),
            "expected a whole number from 1 as `version`, found none or another value",
        ),
        ("version", "1".into(), "expected a whole number from 1 as `version`, found none or another value"),
        (
            "expires",
            far,
            "expected a UTC date-time as YYYY-MM-DDTHH:MM:SSZ as `expires`, found none or another value",
        ),
        (
            "spec_version",
            "2.0.0".into(),
            "expected metadata after version 1 of the TUF specification, found version \"2.0.0\"",
        ),
        ("meta", Value::Null, "expected an object as `meta`, found none or another value"),
        (
            "x-signed-at",
            "yesterday".into(),
            "expected a UTC date-time as YYYY-MM-DDTHH:MM:SSZ as `x-signed-at`, found none or another value",
        ),
    ] {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        let mut fields = repository.timestamp_fields();
        fields.set(field, value);
        let bytes = repository.sign("timestamp", fields);
        repository.put("timestamp.json", bytes);
        let code = if field == "spec_version" { "unknown_specification" } else { "bad_metadata" };
        let error = client.refuses(&repository, code);
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), reason);
    }
}

/// A flipped bit anywhere in what is stored is noticed: in the signed parts, the signatures, and all between. (Bit
/// 0x20 is left out, since it may do no more than change the case of a hexadecimal digit.)
#[test]
fn every_flipped_byte_of_every_stored_file_is_refused() {
    let mut repository = Repository::new();
    repository.publish_root();
    repository.publish();
    let store = Client::of(&repository).accepts(&repository).store();
    let pinned = repository.file("1.root.json");
    assert!(reverify(&pinned, store.clone()).is_ok());
    let files: [fn(&mut Store) -> &mut Vec<u8>; 4] = [
        |store| &mut store.roots[1],
        |store| &mut store.timestamp,
        |store| &mut store.snapshot,
        |store| &mut store.targets,
    ];
    for file in files {
        for at in 0..file(&mut store.clone()).len() {
            for bit in [0x01, 0x80] {
                let mut changed = store.clone();
                file(&mut changed)[at] ^= bit;
                let bytes = String::from_utf8_lossy(file(&mut changed)).into_owned();
                assert!(reverify(&pinned, changed).is_err(), "byte {at}, bit {bit:#x}: {bytes}");
            }
        }
    }
}

// ---- The store ----

#[test]
fn a_damaged_store_is_refused_for_display_and_costs_an_update_nothing() {
    let mut repository = Repository::new();
    repository.publish_root();
    let mut client = Client::of(&repository);
    let good = client.accepts(&repository).store();
    let damages: [fn(&mut Store); 6] = [
        |store| store.roots[1].truncate(9),
        |store| store.roots.truncate(1),
        |store| store.timestamp.clear(),
        |store| store.snapshot.clear(),
        |store| store.targets.push(b'x'),
        |store| *store = Store::default(),
    ];
    for damage in damages {
        let mut store = good.clone();
        damage(&mut store);
        let shown = reverify(&client.pinned, store.clone());
        // Without the second root the rest still verifies here, for both name the same keys.
        assert_eq!(shown.is_ok(), store.roots.len() == 1 && store.targets == good.targets, "{shown:?}");
        client.store = store;
        assert_eq!(client.accepts(&repository).store(), good);
    }
}

#[test]
fn a_newer_pinned_root_takes_the_place_of_stored_ones() {
    let mut repository = Repository::new();
    repository.publish_root();
    let mut client = Client::that_has(&repository);
    client.pinned = repository.file("2.root.json");
    assert_eq!(client.shows().root().header().version, 2);
    assert_eq!(client.accepts(&repository).store().roots.len(), 1);
}

#[test]
fn a_store_of_another_repository_does_not_verify() {
    let repository = Repository::new();
    let client = Client::that_has(&repository);
    let stranger = KeyPair::from_seed(&[77; 32]);
    let mut other = Repository::new();
    for role in TopRole::ALL {
        other.replace_keys(role, &stranger);
        other.signers.insert(role.name().into(), vec![(stranger.key_id(), stranger.clone())]);
    }
    other.root.set("version", Value::Integer(0));
    other.publish_root();
    let error = reverify(&other.file("1.root.json"), client.store.clone()).unwrap_err();
    assert_eq!(error.code(), "below_threshold");
}

#[test]
fn replies_are_taken_in_turn() {
    let repository = Repository::new();
    let pinned = repository.file("1.root.json");
    let mut updater = Updater::start(&pinned, None, NOW.parse().unwrap()).unwrap();
    updater.reply(Reply::NotFound).unwrap();
    assert_eq!(updater.reply(Reply::NotFound).unwrap_err().code(), "missing_file");
    assert_eq!(updater.request(), None);
    assert_eq!(updater.reply(Reply::NotFound), Err(TrustError::OutOfTurn.into()));
    assert_eq!(*updater.finish().unwrap_err(), TrustError::OutOfTurn);
}
