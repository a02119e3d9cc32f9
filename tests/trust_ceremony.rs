//! Several holders of keys, on machines of their own: staging, signing, rotation, lost and stolen keys.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use hongbang::Problem;
use hongbang::publish::ceremony::{Changes, Signed, Staged};
use hongbang::publish::keys::{KeyPair, Keys};
use hongbang::publish::repository::{NewTarget, PublishError, Publisher};
use hongbang::publish::status;
use hongbang::publish::transport::{Held, Source, TransportError, fetch, load};
use hongbang::trust::json::Object;
use hongbang::trust::{TopRole, UtcSeconds};
use tempfile::TempDir;

const JANUARY: &str = "2026-01-01T00:00:00Z";
const FEBRUARY: &str = "2026-02-01T00:00:00Z";

fn at(text: &str) -> UtcSeconds {
    text.parse().unwrap()
}

fn pair(seed: u8) -> KeyPair {
    KeyPair::from_seed(&[seed; 32])
}

fn keys(role: TopRole, seeds: &[u8]) -> Keys {
    let mut keys = Keys::default();
    for seed in seeds {
        keys.add(role, pair(*seed));
    }
    keys
}

fn id(seed: u8) -> String {
    pair(seed).key_id()
}

/// A repository with root 2-of-3 (keys 1, 2, 3), targets 2-of-2 (11, 12), snapshot (21) and timestamp (31).
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        let mut staged = Staged::begin(&world.repository()).unwrap();
        staged.change_keys(&first_holders(), at(JANUARY), 365).unwrap();
        staged.sign(&keys(TopRole::Root, &[1, 3])).unwrap();
        world.publish(&staged, JANUARY).unwrap();
        world.put("one", b"first content", JANUARY);
        world
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    fn stage(&self) -> Staged {
        Staged::begin(&self.repository()).unwrap()
    }

    fn publish(&self, staged: &Staged, now: &str) -> Result<u64, PublishError> {
        self.publish_with(staged, &online(21, 31), now)
    }

    fn publish_with(&self, staged: &Staged, online: &Keys, now: &str) -> Result<u64, PublishError> {
        let published = Publisher::new(&self.repository()).publish_staged(staged, online, at(now), 7)?;
        Ok(published.root_version)
    }

    fn put(&self, name: &str, content: &[u8], now: &str) {
        let mut staged = self.stage();
        staged.add_targets(&[target(name, content)], at(now), 90).unwrap();
        staged.sign(&keys(TopRole::Targets, &[11, 12])).unwrap();
        self.publish(&staged, now).unwrap();
    }

    /// A client that keeps a store.
    fn fetch(&self, now: &str) -> Result<Held, TransportError> {
        let source = Source::Folder(self.repository());
        fetch(&source, &self.pinned(), &self.store(), at(now), |all| all, &mut |_| {})
    }

    fn pinned(&self) -> Vec<u8> {
        fs::read(self.repository().join("metadata/1.root.json")).unwrap()
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }
}

fn first_holders() -> Changes {
    let mut changes = Changes::default();
    for (role, seeds, threshold) in [
        (TopRole::Root, &[1, 2, 3][..], 2),
        (TopRole::Targets, &[11, 12], 2),
        (TopRole::Snapshot, &[21], 1),
        (TopRole::Timestamp, &[31], 1),
    ] {
        let change = changes.of_mut(role);
        change.add = seeds.iter().map(|seed| pair(*seed).public()).collect();
        change.threshold = Some(threshold);
    }
    changes
}

fn replaced(role: TopRole, old: u8, new: u8) -> Changes {
    let mut changes = Changes::default();
    changes.of_mut(role).remove.push(id(old)[..8].into());
    changes.of_mut(role).add.push(pair(new).public());
    changes
}

fn online(snapshot: u8, timestamp: u8) -> Keys {
    let mut online = keys(TopRole::Snapshot, &[snapshot]);
    online.add(TopRole::Timestamp, pair(timestamp));
    online
}

fn target(name: &str, content: &[u8]) -> NewTarget {
    NewTarget { name: name.into(), bytes: content.to_vec(), custom: Object::default() }
}

/// Carried to another machine and read there.
fn carried(staged: &Staged, folder: &Path) -> Staged {
    staged.write(folder).unwrap();
    Staged::read(folder).unwrap()
}

#[test]
fn a_repository_begins_with_a_root_that_enough_have_signed() {
    let world = World { folder: tempfile::tempdir().unwrap() };
    let mut staged = world.stage();
    staged.change_keys(&first_holders(), at(JANUARY), 365).unwrap();
    let signed = staged.sign(&keys(TopRole::Root, &[2])).unwrap();
    assert_eq!((signed.added, signed.strange), (vec![(TopRole::Root, id(2))], vec![]));
    let error = world.publish(&staged, JANUARY).unwrap_err();
    let mut absent = [id(1), id(3)];
    absent.sort();
    assert_eq!(
        error.to_string(),
        format!(
            "expected enough signatures, found too few: root has 1 of the 2 signatures that version 1 of root asks \
             for, and waits for {}",
            absent.join(" or ")
        )
    );
    assert_eq!(error.code(), "not_signed");
    assert!(!world.repository().join("metadata").exists());
    staged.sign(&keys(TopRole::Root, &[1])).unwrap();
    assert_eq!(world.publish(&staged, JANUARY).unwrap(), 1);
    let error = Publisher::new(&world.repository()).renew(&online(21, 31), at(JANUARY), 7).unwrap_err();
    assert_eq!(error.to_string(), "expected a list to sign a timestamp for, found none yet");
}

#[test]
fn a_list_is_signed_on_two_machines_in_either_order_or_at_once() {
    let world = World::new();
    let mut staged = world.stage();
    staged.add_targets(&[target("two", b"second content")], at(FEBRUARY), 90).unwrap();
    let folder = world.folder.path();
    let mut left = carried(&staged, &folder.join("left"));
    let mut right = carried(&staged, &folder.join("right"));
    assert_eq!(left.added().unwrap(), [("two", &b"second content"[..])]);
    left.sign(&keys(TopRole::Targets, &[11])).unwrap();
    right.sign(&keys(TopRole::Targets, &[12])).unwrap();
    assert_eq!(world.publish(&left, FEBRUARY).unwrap_err().code(), "not_signed");
    assert_eq!(right.take_signatures(&left).unwrap(), 1);
    left.sign(&keys(TopRole::Targets, &[12])).unwrap();
    assert_eq!(left.list(), right.list());
    assert_eq!(right.missing().unwrap(), []);
    world.publish(&carried(&right, &folder.join("right")), FEBRUARY).unwrap();
    let held = world.fetch(FEBRUARY).unwrap();
    let names: Vec<_> = held.targets.iter().map(|target| target.target().name()).collect();
    assert_eq!(names, ["one", "two"]);
    // Publishing it twice does nothing.
    world.publish(&right, FEBRUARY).unwrap();
    assert_eq!(world.fetch(FEBRUARY).unwrap().trusted.store(), held.trusted.store());
}

#[test]
fn strangers_and_those_of_another_role_sign_nothing() {
    let world = World::new();
    let mut staged = world.stage();
    staged.add_targets(&[target("two", b"second content")], at(FEBRUARY), 90).unwrap();
    let signed = staged.sign(&keys(TopRole::Targets, &[99, 1])).unwrap();
    assert_eq!(signed.strange, [(TopRole::Targets, id(99)), (TopRole::Targets, id(1))]);
    assert_eq!(staged.sign(&keys(TopRole::Root, &[1])).unwrap(), Signed::default());
    assert_eq!(staged.list().unwrap().signers().count(), 0);
    // One holder with two files is one holder.
    staged.sign(&keys(TopRole::Targets, &[11, 11])).unwrap();
    assert_eq!(staged.missing().unwrap()[0].signed, [id(11)]);
    // A forged signature counts for nothing, and the true one takes its place.
    let folder = world.folder.path().join("staged");
    staged.write(&folder).unwrap();
    let forged = fs::read_to_string(folder.join("targets.json")).unwrap().replace(&id(11), &id(12));
    fs::write(folder.join("targets.json"), forged).unwrap();
    let mut forged = Staged::read(&folder).unwrap();
    assert_eq!(forged.missing().unwrap()[0].absent.len(), 2);
    forged.sign(&keys(TopRole::Targets, &[11, 12])).unwrap();
    assert_eq!(forged.missing().unwrap(), []);
}

#[test]
fn what_was_staged_on_an_older_state_is_refused() {
    let world = World::new();
    let mut late = world.stage();
    late.add_targets(&[target("late", b"x")], at(FEBRUARY), 90).unwrap();
    late.sign(&keys(TopRole::Targets, &[11, 12])).unwrap();
    world.put("two", b"second content", FEBRUARY);
    let error = world.publish(&late, FEBRUARY).unwrap_err();
    assert_eq!(error.to_string(), "expected version 3 of targets to be staged, found version 2");
    let mut root = world.stage();
    root.change_keys(&Changes::default(), at(FEBRUARY), 365).unwrap();
    root.sign(&keys(TopRole::Root, &[1, 2])).unwrap();
    let mut other = world.stage();
    other.change_keys(&Changes::default(), at(FEBRUARY), 300).unwrap();
    other.sign(&keys(TopRole::Root, &[1, 2])).unwrap();
    world.publish(&root, FEBRUARY).unwrap();
    let error = world.publish(&other, FEBRUARY).unwrap_err();
    assert_eq!(error.to_string(), "expected version 3 of root to be staged, found version 2");
    assert_eq!(error.code(), "outdated");
}

/// What a coordinator, or whoever got hold of the stick, may do to a set: it is noticed before one signs.
#[test]
fn a_set_that_was_tampered_with_is_not_read() {
    let world = World::new();
    let mut staged = world.stage();
    staged.add_targets(&[target("two", b"second content")], at(FEBRUARY), 90).unwrap();
    let folder = world.folder.path().join("staged");
    let file = |name: &str| folder.join(name);
    let replace = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(file(name)).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        fs::write(file(name), text.replacen(from, to, 1)).unwrap();
    };
    let tampers: [(&str, &dyn Fn()); 7] = [
        ("not_signed", &|| replace("published/targets.json", "\"one\"", "\"two\"")),
        ("below_threshold", &|| replace("published/1.root.json", "\"threshold\":2", "\"threshold\":1")),
        ("outdated", &|| replace("targets.json", "\"version\":2", "\"version\":3")),
        ("target_differs", &|| {
            let path = fs::read_dir(file("targets")).unwrap().next().unwrap().unwrap().path();
            fs::write(path, b"other content").unwrap();
        }),
        ("missing_file", &|| fs::remove_dir_all(file("targets")).unwrap()),
        ("bad_target_name", &|| replace("targets.json", "\"two\"", "\"../two\"")),
        ("nothing_staged", &|| fs::remove_file(file("targets.json")).unwrap()),
    ];
    for (code, tamper) in tampers {
        let _ = fs::remove_dir_all(&folder);
        staged.write(&folder).unwrap();
        tamper();
        let error = Staged::read(&folder).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_ne!(error.advice(), "");
    }
}

#[test]
fn copies_of_different_sets_do_not_mix() {
    let world = World::new();
    let mut left = world.stage();
    left.add_targets(&[target("two", b"second content")], at(FEBRUARY), 90).unwrap();
    let mut right = world.stage();
    right.add_targets(&[target("two", b"other content")], at(FEBRUARY), 90).unwrap();
    let error = left.take_signatures(&right).unwrap_err();
    assert_eq!(error.to_string(), "expected two copies of one staged set, found different targets metadata");
}

#[test]
fn the_online_keys_alone_keep_a_list_current() {
    let world = World::new();
    assert_eq!(world.fetch(FEBRUARY).unwrap_err().code(), "expired");
    let published = Publisher::new(&world.repository()).renew(&online(21, 31), at(FEBRUARY), 7).unwrap();
    assert_eq!((published.targets_version, published.timestamp_version), (1, 2));
    assert_eq!(published.expires, at("2026-02-08T00:00:00Z"));
    world.fetch(FEBRUARY).unwrap();
    let error = Publisher::new(&world.repository()).renew(&online(21, 99), at(FEBRUARY), 7).unwrap_err();
    let expected = format!("expected key {} for the role timestamp, found {}", id(31), id(99));
    assert_eq!(error.to_string(), expected);
    // Nothing is signed with half of the keys.
    let error = Publisher::new(&world.repository())
        .renew(&keys(TopRole::Snapshot, &[21]), at(FEBRUARY), 7)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "expected enough signatures, found too few: timestamp has 0 of the 1 signatures that version 1 of root \
             asks for, and waits for {}",
            id(31)
        )
    );
}

/// A key in a device signs bytes and says no more than the signature.
#[test]
fn a_signature_that_was_made_elsewhere_is_added_if_it_is_one() {
    let world = World::new();
    let mut staged = world.stage();
    staged.add_targets(&[target("two", b"second content")], at(FEBRUARY), 90).unwrap();
    assert_eq!(staged.message(TopRole::Root), None);
    let message = staged.message(TopRole::Targets).unwrap();
    let by = |seed: u8, message: &[u8]| pair(seed).sign(message).to_vec();
    assert_eq!(staged.add_signature(&pair(11).public(), &by(11, &message)).unwrap(), TopRole::Targets);
    assert_eq!(staged.missing().unwrap()[0].signed, [id(11)]);
    for wrong in [by(12, b"something else"), by(11, &message), Vec::new()] {
        let error = staged.add_signature(&pair(12).public(), &wrong).unwrap_err();
        let expected = format!("expected a signature of key {} over what is staged, found none", id(12));
        assert_eq!((error.to_string(), error.code()), (expected, "no_signature"));
    }
    let error = staged.add_signature(&pair(99).public(), &by(99, &message)).unwrap_err();
    assert_eq!(error.code(), "wrong_key");
    staged.add_signature(&pair(12).public(), &by(12, &message)).unwrap();
    world.publish(&staged, FEBRUARY).unwrap();
}

// ---- Rotation ----

#[test]
fn a_lost_root_key_is_replaced_by_the_two_that_are_left() {
    let world = World::new();
    world.fetch(JANUARY).unwrap();
    let mut staged = world.stage();
    staged.change_keys(&replaced(TopRole::Root, 3, 4), at(JANUARY), 365).unwrap();
    // The new key alone, with one old one, is not enough: two of the old ones must agree.
    staged.sign(&keys(TopRole::Root, &[1, 4])).unwrap();
    let [missing] = &staged.missing().unwrap()[..] else { panic!("the old ones") };
    assert_eq!((missing.root_version, missing.signed.len(), missing.absent.len()), (1, 1, 2));
    staged.sign(&keys(TopRole::Root, &[2])).unwrap();
    // Neither list nor online keys are needed.
    assert_eq!(world.publish_with(&staged, &Keys::default(), JANUARY).unwrap(), 2);
    assert_eq!(world.fetch(JANUARY).unwrap().trusted.root().header().version, 2);
    // The lost key is worth nothing any more.
    let mut staged = world.stage();
    staged.change_keys(&Changes::default(), at(JANUARY), 365).unwrap();
    assert_eq!(staged.sign(&keys(TopRole::Root, &[3])).unwrap().strange.len(), 1);
}

#[test]
fn a_lost_targets_key_is_replaced_and_the_list_signed_by_those_who_hold_it_now() {
    let world = World::new();
    world.fetch(JANUARY).unwrap();
    let mut staged = world.stage();
    staged.change_keys(&replaced(TopRole::Targets, 12, 13), at(JANUARY), 365).unwrap();
    let before = world.fetch(JANUARY).unwrap().trusted.top_level().header().expires;
    assert_eq!(staged.list().unwrap().expires(), Some(before), "the list stays as old as it is");
    staged.sign(&keys(TopRole::Root, &[1, 2])).unwrap();
    let missing = staged.missing().unwrap();
    assert_eq!((missing.len(), missing[0].role, missing[0].root_version), (1, TopRole::Targets, 2));
    staged.sign(&keys(TopRole::Targets, &[11, 13])).unwrap();
    assert_eq!(world.publish(&staged, JANUARY).unwrap(), 2);
    let held = world.fetch(JANUARY).unwrap();
    assert_eq!((held.trusted.top_level().header().version, held.targets.len()), (2, 1));
}

#[test]
fn online_keys_are_replaced_together_by_one_root() {
    let world = World::new();
    world.fetch(JANUARY).unwrap();
    let mut staged = world.stage();
    staged.change_keys(&replaced(TopRole::Timestamp, 31, 32), at(JANUARY), 365).unwrap();
    staged.sign(&keys(TopRole::Root, &[1])).unwrap();
    staged.change_keys(&replaced(TopRole::Snapshot, 21, 22), at(JANUARY), 365).unwrap();
    assert_eq!(staged.root().unwrap().version(), 2);
    assert_eq!(staged.root().unwrap().signers().count(), 0, "another root needs other signatures");
    staged.sign(&keys(TopRole::Root, &[1, 2])).unwrap();
    assert_eq!(staged.list(), None);
    assert_eq!(world.publish(&staged, JANUARY).unwrap_err().code(), "not_signed");
    assert_eq!(world.publish_with(&staged, &online(22, 32), JANUARY).unwrap(), 2);
    assert_eq!(world.fetch(JANUARY).unwrap().trusted.root().header().version, 2);
    let error = Publisher::new(&world.repository()).renew(&online(22, 31), at(JANUARY), 7).unwrap_err();
    assert_eq!(error.code(), "wrong_key");
}

/// The thief drives the version up, so that clients would refuse every later timestamp.
#[test]
fn a_stolen_timestamp_key_is_replaced_and_clients_forget_what_the_thief_signed() {
    let world = World::new();
    let mirror = world.folder.path().join("mirror");
    copy(&world.repository(), &mirror);
    for _ in 0..5 {
        Publisher::new(&mirror).renew(&online(21, 31), at(JANUARY), 7).unwrap();
    }
    let source = Source::Folder(mirror);
    fetch(&source, &world.pinned(), &world.store(), at(JANUARY), |all| all, &mut |_| {}).unwrap();
    assert_eq!(world.fetch(JANUARY).unwrap_err().code(), "rolled_back");

    let mut staged = world.stage();
    staged.change_keys(&replaced(TopRole::Timestamp, 31, 32), at(JANUARY), 365).unwrap();
    staged.sign(&keys(TopRole::Root, &[2, 3])).unwrap();
    world.publish_with(&staged, &online(21, 32), JANUARY).unwrap();
    let held = world.fetch(JANUARY).unwrap();
    assert_eq!(held.trusted.timestamp().header().version, 2);
    assert_eq!(load(&world.store(), &world.pinned()).unwrap().targets.len(), 1);
}

#[test]
fn thresholds_and_keys_that_cannot_be_are_refused() {
    let world = World::new();
    let change = |edit: &dyn Fn(&mut Changes)| {
        let mut changes = Changes::default();
        edit(&mut changes);
        world.stage().change_keys(&changes, at(JANUARY), 365).unwrap_err()
    };
    let error = change(&|changes| changes.of_mut(TopRole::Root).threshold = Some(4));
    assert_eq!(error.to_string(), "expected at least 4 keys of the role root, found 3");
    let error = change(&|changes| changes.of_mut(TopRole::Targets).remove.push(id(11)));
    assert_eq!(error.to_string(), "expected at least 2 keys of the role targets, found 1");
    let error = change(&|changes| changes.of_mut(TopRole::Timestamp).threshold = Some(0));
    assert_eq!(error.code(), "too_few_keys");
    for unknown in [id(99), id(31)[..7].into(), String::new()] {
        let error = change(&|changes| changes.of_mut(TopRole::Timestamp).remove.push(unknown.clone()));
        assert_eq!(
            error.to_string(),
            format!("expected one of the timestamp keys {}, found {unknown}", id(31))
        );
    }
    let nothing = tempfile::tempdir().unwrap();
    let mut staged = Staged::begin(nothing.path()).unwrap();
    let error = staged.add_targets(&[], at(JANUARY), 35).unwrap_err();
    assert_eq!(error.to_string(), "expected a repository with a first root, found none");
}

/// A key is added to a role without taking another away.
#[test]
fn a_threshold_is_raised_with_a_further_key() {
    let world = World::new();
    let mut staged = world.stage();
    let mut changes = Changes::default();
    changes.of_mut(TopRole::Targets).add.push(pair(13).public());
    changes.of_mut(TopRole::Targets).threshold = Some(3);
    staged.change_keys(&changes, at(JANUARY), 365).unwrap();
    staged.sign(&keys(TopRole::Root, &[1, 2])).unwrap();
    staged.sign(&keys(TopRole::Targets, &[11, 12])).unwrap();
    assert_eq!(staged.missing().unwrap()[0].absent, [id(13)]);
    staged.sign(&keys(TopRole::Targets, &[13])).unwrap();
    world.publish(&staged, JANUARY).unwrap();
    world.fetch(JANUARY).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for inner in ["metadata", "targets"] {
        fs::create_dir_all(to.join(inner)).unwrap();
        for file in fs::read_dir(from.join(inner)).unwrap() {
            let path = file.unwrap().path();
            fs::copy(&path, to.join(inner).join(path.file_name().unwrap())).unwrap();
        }
    }
}

// ---- What expires when ----

#[test]
fn status_says_what_expires_when_and_who_must_sign() {
    let world = World::new();
    let status = status::read(&Source::Folder(world.repository()), None).unwrap();
    let days: Vec<_> = status.roles.iter().map(|role| (role.role, role.days_left(at(JANUARY)))).collect();
    let expected = [
        (TopRole::Timestamp, Some(7)),
        (TopRole::Snapshot, Some(7)),
        (TopRole::Targets, Some(90)),
        (TopRole::Root, Some(365)),
    ];
    assert_eq!(days, expected);
    let near = |now: &str, within: i64| {
        let near = status.roles.iter().filter(|role| role.stands(at(now), within) != status::Stands::Well);
        near.map(|role| role.role).collect::<Vec<_>>()
    };
    assert_eq!(near(JANUARY, 6), []);
    assert_eq!(near(JANUARY, 7), [TopRole::Timestamp, TopRole::Snapshot]);
    assert_eq!(near("2026-01-08T00:00:00Z", 0), [TopRole::Timestamp, TopRole::Snapshot]);
    assert_eq!(status.roles[0].stands(at("2026-01-08T00:00:00Z"), 0), status::Stands::Expired);
    assert_eq!(status.roles[0].stands(at("2026-01-07T23:59:59Z"), 0), status::Stands::Near);
    assert_eq!((status.roles[2].threshold, status.roles[2].keys.len()), (2, 2));
}
