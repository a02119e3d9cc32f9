//! Attacks on the update path, each by an attacker that publishes: a repository in memory, a client that keeps a
//! store, and after every refusal the same store and the same answer as before.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use hongbang::Problem;
use hongbang::publish::keys::{KeyPair, Keys};
use hongbang::trust::json::{MAX_INTEGER, Object, Value};
use hongbang::trust::{
    AGEING_DAYS, Kind, MAX_DELEGATIONS, MAX_ROOT_ROTATIONS, ROOT_BYTES, Reply, Request, SNAPSHOT_BYTES,
    Standing, Store, TARGETS_BYTES, TIMESTAMP_BYTES, Target, TopRole, TrustError, Trusted, Updater,
    UtcSeconds, reverify, to_hex,
};
use sha2::{Digest, Sha256};

// ---- What should work ----

#[test]
fn a_client_follows_roots_and_then_asks_only_for_what_is_new() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
    assert_eq!(trusted.targets().collect::<Vec<_>>(), [target.clone()]);
    let path = format!("{}.edition", to_hex(&Sha256::digest(b"content")));
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
    repository.publish_root();
    repository.publish();
    let trusted = Client::of(&repository).accepts(&repository);
    assert_eq!(trusted.root().fields().get("x-extra"), Some(&extra));
    assert_eq!(trusted.timestamp().fields().get("x-extra"), Some(&extra));
    let store = trusted.store();
    assert_eq!(store.timestamp, repository.file("timestamp.json"));
    assert_eq!(store.targets, repository.file("2.targets.json"));
    assert_eq!(store.roots[1], repository.file("2.root.json"));
}

// ---- Rollback ----

#[test]
fn rollback_of_the_timestamp() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.timestamp.set("version", Value::Integer(0));
    repository.publish_timestamp();
    let error = client.refuses(&repository, "rolled_back");
    assert_eq!(error.to_string(), "expected version 2 or later of timestamp, found the older version 1");
}

#[test]
fn rollback_of_the_snapshot() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.snapshot.set("version", Value::Integer(0));
    repository.publish_snapshot();
    repository.publish_timestamp();
    let error = client.refuses(&repository, "rolled_back");
    assert_eq!(error.to_string(), "expected version 2 or later of snapshot, found the older version 1");
}

#[test]
fn rollback_of_the_targets() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.targets.set("version", Value::Integer(0));
    repository.publish();
    let error = client.refuses(&repository, "rolled_back");
    assert_eq!(error.to_string(), "expected version 2 or later of targets, found the older version 1");
}

/// An expired timestamp in the store is of no use but this: to know what came before.
#[test]
fn rollback_is_noticed_by_what_has_expired() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    client.now = LATER.parse().unwrap();
    client.refuses(&repository, "expired");
    let freshness = client.shows().freshness();
    let last = freshness.expires_on();
    assert_eq!(freshness.standing(last), Standing::Fresh);
    assert_eq!(freshness.standing(last.add_days(1).unwrap()), Standing::Ageing);
    assert_eq!(freshness.standing(last.add_days(AGEING_DAYS).unwrap()), Standing::Ageing);
    assert_eq!(freshness.standing(last.add_days(AGEING_DAYS + 1).unwrap()), Standing::OutOfDate);
}

/// The clock says 2020, but the stored list was signed in 2026: what expired between the two has expired.
#[test]
fn a_clock_turned_back_does_not_thaw_what_is_frozen() {
    let mut repository = Repository::new();
    repository.signed_at = Some("2026-05-01T00:00:00Z");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.expires = "2026-04-30T00:00:00Z";
    repository.publish();
    client.now = "2020-01-01T00:00:00Z".parse().unwrap();
    client.refuses(&repository, "expired");
}

// ---- Mix and match ----

#[test]
fn an_old_snapshot_beside_a_new_timestamp() {
    for promises in [Promises::WithHashes, Promises::VersionsOnly] {
        let mut repository = Repository::new();
        repository.promises = promises;
        repository.publish();
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
fn a_signature_that_stands_twice_counts_once() {
    let mut repository = Repository::new();
    repository.set_threshold(TopRole::Timestamp, 2, &[KeyPair::from_seed(&[9; 32])]);
    repository.publish_root();
    repository.publish_timestamp();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    let signers = repository.signers.get_mut("timestamp").unwrap();
    signers[1] = signers[0].clone();
    repository.publish_timestamp();
    client.refuses(&repository, "below_threshold");
}

/// Key ids are opaque, so one key can stand under two of them. It is still one signer.
#[test]
fn a_key_under_two_ids_counts_once() {
    let mut repository = Repository::new();
    repository.set_threshold(TopRole::Timestamp, 2, &[]);
    let key = repository.signers["timestamp"][0].1.clone();
    repository.add_key(TopRole::Timestamp, "another id", &key);
    repository.publish_root();
    repository.publish_timestamp();
    Client::of(&repository).refuses(&repository, "below_threshold");
}

#[test]
fn signatures_of_another_role() {
    for role in [TopRole::Snapshot, TopRole::Targets, TopRole::Timestamp] {
        let mut repository = Repository::new();
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
fn a_new_root_with_the_same_online_keys_forgets_nothing() {
    let mut repository = Repository::new();
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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

#[test]
fn every_file_must_be_there() {
    for path in ["timestamp.json", "2.snapshot.json", "2.targets.json"] {
        let mut repository = Repository::new();
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
        let mut client = Client::of(&repository);
        client.accepts(&repository);
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
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    client.pinned = repository.file("2.root.json");
    assert_eq!(client.shows().root().header().version, 2);
    assert_eq!(client.accepts(&repository).store().roots.len(), 1);
}

#[test]
fn a_store_of_another_repository_does_not_verify() {
    let repository = Repository::new();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
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
    assert_eq!(updater.reply(Reply::NotFound), Err(TrustError::OutOfTurn));
    assert_eq!(updater.finish().unwrap_err(), TrustError::OutOfTurn);
}

// ---- Delegations ----

#[test]
fn a_target_is_found_through_delegations_in_their_order() {
    let mut repository = Repository::new();
    repository.delegate("targets", "first", &["a*"], "continue");
    repository.delegate("targets", "second", &["*"], "continue");
    repository.delegate("first", "below", &["ab*"], "continue");
    repository.add_target("second", "abc", b"from second");
    repository.add_target("below", "abc", b"from below");
    repository.add_target("first", "zzz", b"not for first to say");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.requests();
    let found = client.finds(&repository, "abc").unwrap().unwrap();
    assert_eq!(found.verify(b"from below".to_vec()).unwrap().bytes(), b"from below");
    assert_eq!(repository.requests(), ["1.first.json", "1.below.json"]);
    assert_eq!(client.finds(&repository, "zzz").unwrap(), None);
    // What a search went through is stored and not asked for again.
    repository.requests();
    assert!(client.finds(&repository, "abc").unwrap().is_some());
    assert_eq!(repository.requests(), Vec::<String>::new());
}

#[test]
fn a_terminating_delegation_ends_the_search() {
    let mut repository = Repository::new();
    repository.delegate("targets", "first", &["a"], "stop");
    repository.delegate("targets", "second", &["*"], "continue");
    repository.add_target("second", "a", b"a");
    repository.add_target("second", "b", b"b");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    assert_eq!(client.finds(&repository, "a").unwrap(), None);
    assert!(client.finds(&repository, "b").unwrap().is_some());
}

#[test]
fn delegations_in_a_circle_come_to_an_end_and_long_ones_to_a_limit() {
    let mut repository = Repository::new();
    repository.delegate("targets", "a", &["*"], "continue");
    repository.delegate("a", "b", &["*"], "continue");
    repository.delegate("b", "a", &["*"], "continue");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    assert_eq!(client.finds(&repository, "x").unwrap(), None);

    let mut repository = Repository::new();
    for number in 0..=MAX_DELEGATIONS {
        repository.delegate("targets", &format!("role{number}"), &["*"], "continue");
    }
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    let error = client.finds(&repository, "x").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an end of the search after 32 delegated roles, found more to visit"
    );
}

#[test]
fn delegated_metadata_is_held_to_the_same_rules() {
    let attacks: [(&str, fn(&mut Repository)); 5] = [
        ("below_threshold", |repository| {
            let root = repository.signers["root"].clone();
            repository.signers.insert("helper".into(), root);
            repository.publish_delegated("helper");
        }),
        ("expired", |repository| {
            repository.expires = "2026-01-01T00:00:00Z";
            repository.publish_delegated("helper");
            repository.expires = FAR;
        }),
        ("wrong_version", |repository| {
            let old = repository.file("1.helper.json");
            repository.publish_delegated("helper");
            repository.put("2.helper.json", old);
        }),
        ("missing_file", |repository| repository.remove("1.helper.json")),
        ("snapshot_lacks_role", |repository| repository.meta.retain(|file, _| file != "helper.json")),
    ];
    for (code, attack) in attacks {
        let mut repository = Repository::new();
        repository.promises = Promises::VersionsOnly;
        repository.delegate("targets", "helper", &["*"], "continue");
        repository.add_target("helper", "x", b"x");
        repository.publish();
        attack(&mut repository);
        repository.publish();
        let mut client = Client::of(&repository);
        client.accepts(&repository);
        let before = client.store.clone();
        assert_eq!(client.finds(&repository, "x").unwrap_err().code(), code);
        assert_eq!(client.store, before);
    }
}

/// A role that two others delegate to, each with its own keys: whose keys count depends on whom one came from.
#[test]
fn a_stored_role_is_verified_against_whoever_delegates_now() {
    let mut repository = Repository::new();
    repository.delegate("targets", "left", &["l*"], "continue");
    repository.delegate("targets", "right", &["r*"], "continue");
    repository.delegate("left", "shared", &["*"], "continue");
    repository.delegate("right", "shared", &["*"], "continue");
    let left = KeyPair::from_seed(&[50; 32]);
    repository.set_delegated_key("left", "shared", &left);
    repository.signers.insert("shared".into(), vec![(left.key_id(), left)]);
    repository.add_target("shared", "l", b"l");
    repository.add_target("shared", "r", b"r");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    assert!(client.finds(&repository, "l").unwrap().is_some());
    assert_eq!(client.finds(&repository, "r").unwrap_err().code(), "below_threshold");
}

#[test]
fn delegated_role_names_are_quoted_in_paths() {
    let mut repository = Repository::new();
    repository.delegate("targets", "../a b/红", &["*"], "continue");
    repository.add_target("../a b/红", "x", b"x");
    repository.publish();
    let mut client = Client::of(&repository);
    client.accepts(&repository);
    repository.requests();
    client.finds(&repository, "x").unwrap().unwrap();
    assert_eq!(repository.requests(), ["1...%2Fa%20b%2F%E7%BA%A2.json"]);
}

// ---- A client that keeps a store ----

const NOW: &str = "2026-01-01T00:00:00Z";
const LATER: &str = "2026-12-01T00:00:00Z";
const FAR: &str = "2026-06-01T00:00:00Z";

#[derive(Clone)]
struct Client {
    pinned: Vec<u8>,
    store: Store,
    now: UtcSeconds,
}

impl Client {
    fn of(repository: &Repository) -> Self {
        let pinned = repository.file("1.root.json");
        Self { pinned, store: Store::default(), now: NOW.parse().unwrap() }
    }

    fn update(&self, repository: &Repository) -> Result<Trusted, TrustError> {
        let mut updater = Updater::start(&self.pinned, Some(&self.store), self.now)?;
        while let Some(request) = updater.request() {
            updater.reply(repository.answer(&request))?;
        }
        updater.finish()
    }

    fn accepts(&mut self, repository: &Repository) -> Trusted {
        let trusted = self.update(repository).unwrap();
        self.store = trusted.store();
        self.shows();
        trusted
    }

    /// Refuses for this reason. What is stored stays as it was, and can still be shown.
    fn refuses(&mut self, repository: &Repository, code: &str) -> TrustError {
        let before = self.store.clone();
        let error = self.update(repository).unwrap_err();
        assert_eq!(error.code(), code, "{error}: {:?}", std::error::Error::source(&error));
        assert!(!error.advice().is_empty());
        assert_eq!(self.store, before);
        if self.store != Store::default() {
            self.shows();
        }
        error
    }

    fn shows(&self) -> Trusted {
        reverify(&self.pinned, self.store.clone()).unwrap()
    }

    fn finds(&mut self, repository: &Repository, name: &str) -> Result<Option<Target>, TrustError> {
        let mut trusted = self.update(repository)?;
        repository.requests();
        let mut search = trusted.search(name)?;
        while let Some(request) = search.request() {
            search.reply(repository.answer(&request))?;
        }
        let found = search.finish()?;
        self.store = trusted.store();
        Ok(found)
    }
}

// ---- A repository in memory, which does whatever it is told ----

struct Repository {
    files: BTreeMap<String, Vec<u8>>,
    requests: RefCell<Vec<String>>,
    signers: BTreeMap<String, Vec<(String, KeyPair)>>,
    root: Object,
    targets: Object,
    snapshot: Object,
    timestamp: Object,
    delegated: BTreeMap<String, Object>,
    /// Delegated roles that have changed since they were last published.
    edited: BTreeSet<String>,
    meta: BTreeMap<String, Value>,
    expires: &'static str,
    signed_at: Option<&'static str>,
    promises: Promises,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Promises {
    WithHashes,
    VersionsOnly,
}

impl Repository {
    /// One key a role, one target, everything at version 1.
    fn new() -> Self {
        let mut signers = BTreeMap::new();
        let keys = Keys::from_seeds(&[[1; 32], [2; 32], [3; 32], [4; 32]]);
        for role in TopRole::ALL {
            let named = |key: &KeyPair| (key.key_id(), key.clone());
            signers.insert(role.name().to_string(), keys.of(role).iter().map(named).collect::<Vec<_>>());
        }
        let mut repository = Self {
            files: BTreeMap::new(),
            requests: RefCell::default(),
            signers,
            root: Object::of([("consistent_snapshot", Value::Bool(true))]),
            targets: Object::default(),
            snapshot: Object::default(),
            timestamp: Object::default(),
            delegated: BTreeMap::new(),
            edited: BTreeSet::new(),
            meta: BTreeMap::new(),
            expires: FAR,
            signed_at: None,
            promises: Promises::WithHashes,
        };
        for role in TopRole::ALL {
            let key = keys.of(role)[0].clone();
            repository.replace_role(role, &key);
        }
        repository.add_target("targets", "edition", b"content");
        repository.publish_root();
        repository.publish();
        repository
    }

    // Files

    fn answer(&self, request: &Request) -> Reply {
        self.requests.borrow_mut().push(request.path.clone());
        let Some(bytes) = self.files.get(&request.path) else { return Reply::NotFound };
        // A transport stops one byte after the limit.
        let end = usize::try_from(request.limit + 1).unwrap().min(bytes.len());
        Reply::Found(bytes[..end].to_vec())
    }

    /// What was asked for since this was last called.
    fn requests(&self) -> Vec<String> {
        self.requests.take()
    }

    fn file(&self, path: &str) -> Vec<u8> {
        self.files[path].clone()
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.into(), bytes);
    }

    fn remove(&mut self, path: &str) {
        self.files.remove(path).unwrap();
    }

    // Signing and publishing: each publication is one version higher than the one before.

    fn sign(&self, role: &str, fields: Object) -> Vec<u8> {
        let signed = Value::Object(fields);
        let message = signed.canonical();
        let signature = |(id, key): &(String, KeyPair)| {
            Object::of([("keyid", id.as_str().into()), ("sig", key.sign(&message).into())]).into()
        };
        let signatures = Value::Array(self.signers[role].iter().map(signature).collect());
        Value::Object(Object::of([("signatures", signatures), ("signed", signed)])).to_json().into_bytes()
    }

    fn next(&self, mut fields: Object, role: &str) -> Object {
        let version = fields.get("version").and_then(Value::integer).unwrap_or(0) + 1;
        fields.set("_type", role.into());
        fields.set("spec_version", "1.0.31".into());
        fields.set("version", Value::Integer(version));
        fields.set("expires", self.expires.into());
        if let Some(signed_at) = self.signed_at {
            fields.set("x-signed-at", signed_at.into());
        }
        fields
    }

    fn promise(&self, fields: &Object, bytes: &[u8]) -> Value {
        let mut promise = Object::of([("version", fields.get("version").unwrap().clone())]);
        if self.promises == Promises::WithHashes {
            promise.set("length", length(bytes));
            promise.set("hashes", hashes(bytes));
        }
        promise.into()
    }

    fn publish(&mut self) {
        while let Some(role) = self.edited.pop_first() {
            self.publish_delegated(&role);
        }
        self.publish_targets();
        self.publish_snapshot();
        self.publish_timestamp();
    }

    fn publish_root(&mut self) {
        self.root = self.next(self.root.clone(), "root");
        let bytes = self.sign("root", self.root.clone());
        self.put(&format!("{}.root.json", version(&self.root)), bytes);
    }

    fn publish_targets(&mut self) {
        self.targets = self.next(self.targets.clone(), "targets");
        let bytes = self.sign("targets", self.targets.clone());
        self.meta.insert("targets.json".into(), self.promise(&self.targets, &bytes));
        self.put("targets.json", bytes.clone());
        self.put(&format!("{}.targets.json", version(&self.targets)), bytes);
    }

    fn publish_delegated(&mut self, role: &str) {
        let fields = self.next(self.delegated[role].clone(), "targets");
        self.delegated.insert(role.into(), fields.clone());
        let bytes = self.sign(role, fields.clone());
        self.meta.insert(format!("{role}.json"), self.promise(&fields, &bytes));
        let path = role.replace('/', "%2F").replace(' ', "%20").replace('红', "%E7%BA%A2");
        self.put(&format!("{}.{path}.json", version(&fields)), bytes);
    }

    fn publish_snapshot(&mut self) {
        let mut fields = self.next(self.snapshot.clone(), "snapshot");
        let mut meta = Object::default();
        self.meta.iter().for_each(|(file, promise)| meta.set(file, promise.clone()));
        fields.set("meta", meta.into());
        self.snapshot = fields;
        let bytes = self.sign("snapshot", self.snapshot.clone());
        self.put("snapshot.json", bytes.clone());
        self.put(&format!("{}.snapshot.json", version(&self.snapshot)), bytes);
    }

    fn timestamp_fields(&self) -> Object {
        let mut fields = self.next(self.timestamp.clone(), "timestamp");
        let path = format!("{}.snapshot.json", version(&self.snapshot));
        let bytes = self.files.get(&path).cloned().unwrap_or_default();
        let meta = Object::of([("snapshot.json", self.promise(&self.snapshot, &bytes))]);
        fields.set("meta", meta.into());
        fields
    }

    fn publish_timestamp(&mut self) {
        self.timestamp = self.timestamp_fields();
        let bytes = self.sign("timestamp", self.timestamp.clone());
        self.put("timestamp.json", bytes);
    }

    // Keys and roles

    fn edit_root(&mut self, field: &str, edit: impl FnOnce(&mut Object)) {
        edit_object(&mut self.root, field, edit);
    }

    fn replace_role(&mut self, role: TopRole, key: &KeyPair) {
        let ids = Value::Array(vec![key.key_id().into()]);
        let fields = Object::of([("keyids", ids), ("threshold", 1.into())]);
        self.edit_root("roles", |roles| roles.set(role.name(), fields.into()));
        self.edit_root("keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
    }

    /// New keys for a role from the next root on. A root needs the signatures of the old ones too.
    fn replace_keys(&mut self, role: TopRole, key: &KeyPair) {
        self.replace_role(role, key);
        let signers = self.signers.get_mut(role.name()).unwrap();
        if role != TopRole::Root {
            signers.clear();
        }
        signers.push((key.key_id(), key.clone()));
    }

    fn add_key(&mut self, role: TopRole, id: &str, key: &KeyPair) {
        self.edit_root("keys", |keys| keys.set(id, key.public().to_value()));
        self.edit_root("roles", |roles| {
            edit_object(roles, role.name(), |role| {
                let mut ids = role.get("keyids").unwrap().array().unwrap().to_vec();
                ids.push(id.into());
                role.set("keyids", Value::Array(ids));
            });
        });
        self.signers.get_mut(role.name()).unwrap().push((id.into(), key.clone()));
    }

    fn set_threshold(&mut self, role: TopRole, threshold: u32, further: &[KeyPair]) {
        self.edit_root("roles", |roles| {
            edit_object(roles, role.name(), |role| role.set("threshold", threshold.into()));
        });
        further.iter().for_each(|key| self.add_key(role, &key.key_id(), key));
    }

    // Targets and delegations

    fn edit_role(&mut self, role: &str, edit: impl FnOnce(&mut Object)) {
        if role == "targets" {
            edit(&mut self.targets);
        } else {
            edit(self.delegated.get_mut(role).unwrap());
            self.edited.insert(role.into());
        }
    }

    fn add_target(&mut self, role: &str, name: &str, content: &[u8]) {
        let custom = Object::of([("number", 1.into())]);
        let description =
            [("length", length(content)), ("hashes", hashes(content)), ("custom", custom.into())];
        self.edit_role(role, |fields| {
            edit_object(fields, "targets", |targets| targets.set(name, Object::of(description).into()));
        });
    }

    /// `after` is "stop" for a terminating delegation.
    fn delegate(&mut self, from: &str, to: &str, paths: &[&str], after: &str) {
        let key = KeyPair::from_seed(&Sha256::digest(to.as_bytes()).into());
        let ids = Value::Array(vec![key.key_id().into()]);
        let role = Object::of([
            ("name", to.into()),
            ("keyids", ids),
            ("threshold", 1.into()),
            ("terminating", Value::Bool(after == "stop")),
            ("paths", Value::Array(paths.iter().map(|&path| path.into()).collect())),
        ]);
        self.signers.insert(to.into(), vec![(key.key_id(), key.clone())]);
        if !self.delegated.contains_key(to) {
            self.delegated.insert(to.into(), Object::of([("targets", Object::default().into())]));
            self.edited.insert(to.into());
        }
        self.edit_role(from, |fields| {
            edit_object(fields, "delegations", |delegations| {
                edit_object(delegations, "keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
                let mut roles = delegations.get("roles").and_then(Value::array).unwrap_or_default().to_vec();
                roles.push(role.into());
                delegations.set("roles", Value::Array(roles));
            });
        });
    }

    /// The key that `from` names for its only delegation.
    fn set_delegated_key(&mut self, from: &str, to: &str, key: &KeyPair) {
        let ids = Value::Array(vec![key.key_id().into()]);
        self.edit_role(from, |fields| {
            edit_object(fields, "delegations", |delegations| {
                edit_object(delegations, "keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
                let mut role =
                    delegations.get("roles").unwrap().array().unwrap()[0].object().unwrap().clone();
                assert_eq!(role.get("name").unwrap().text(), Some(to));
                role.set("keyids", ids);
                delegations.set("roles", Value::Array(vec![role.into()]));
            });
        });
    }
}

fn version(fields: &Object) -> i64 {
    fields.get("version").and_then(Value::integer).unwrap()
}

fn edit_object(fields: &mut Object, field: &str, edit: impl FnOnce(&mut Object)) {
    let mut inner = fields.get(field).and_then(Value::object).cloned().unwrap_or_default();
    edit(&mut inner);
    fields.set(field, inner.into());
}

fn hashes(bytes: &[u8]) -> Value {
    Object::of([("sha256", to_hex(&Sha256::digest(bytes)).into())]).into()
}

fn length(bytes: &[u8]) -> Value {
    Value::Integer(i64::try_from(bytes.len()).unwrap())
}
