//! Publishing into a folder, and what is refused on the way.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hongbang::publish::ceremony::{Changes, Staged};
use hongbang::publish::keys::Keys;
use hongbang::publish::repository::{
    EditionTag, Expiries, NewTarget, PublishError, Published, Publisher, publish,
};
use hongbang::publish::transport::{Held, Source, TransportError, read};
use hongbang::trust::json::{Object, Value};
use hongbang::trust::{Target, TopRole, UtcSeconds};
use hongbang::{Day, Problem};

fn at(text: &str) -> UtcSeconds {
    text.parse().unwrap()
}

fn keys(seed: u8) -> Keys {
    Keys::from_seed(&[seed; 32])
}

fn edition(number: u32, as_of: &str, content: &[u8]) -> NewTarget {
    let as_of: Day = as_of.parse().unwrap();
    let custom = EditionTag { number, as_of }.to_custom();
    NewTarget { name: format!("edition-{as_of}.hb"), bytes: content.to_vec(), custom }
}

fn put(repository: &Path, target: NewTarget, now: &str) -> Result<Published, PublishError> {
    publish(repository, &keys(1), &[target], at(now), Expiries::default())
}

/// What a client reads that pins the first root.
fn client(repository: &Path, now: &str) -> Result<Held, TransportError> {
    let root = fs::read(repository.join("metadata/1.root.json")).unwrap();
    let newest = |targets: Vec<Target>| EditionTag::newest(targets).into_iter().collect();
    read(&Source::Folder(repository.into()), &root, at(now), newest, &mut |_| {})
}

/// All files of a folder with their content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for inner in ["metadata", "targets"] {
        for file in fs::read_dir(folder.join(inner)).into_iter().flatten() {
            let path = file.unwrap().path();
            let name = format!("{inner}/{}", path.file_name().unwrap().to_str().unwrap());
            all.insert(name, fs::read(path).unwrap());
        }
    }
    all
}

#[test]
fn the_newest_root_is_there_by_a_name_without_a_number_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join("metadata").join(name);
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    assert_eq!(fs::read(file("root.json")).unwrap(), fs::read(file("1.root.json")).unwrap());
    fs::remove_file(file("root.json")).unwrap();
    put(folder.path(), edition(2, "2025-11-30", b"two"), "2025-12-01T00:00:00Z").unwrap();
    assert_eq!(fs::read(file("root.json")).unwrap(), fs::read(file("1.root.json")).unwrap());
}

#[test]
fn editions_follow_each_other_and_old_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    let first = put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    assert_eq!((first.root_version, first.targets_version, first.timestamp_version), (1, 1, 1));
    assert_eq!(first.expires, at("2025-12-06T00:00:00Z"));
    let second = put(folder.path(), edition(2, "2025-11-30", b"two"), "2025-12-01T00:00:00Z").unwrap();
    assert_eq!((second.root_version, second.targets_version, second.timestamp_version), (1, 2, 2));
    assert_eq!(second.added, ["edition-2025-11-30.hb"]);

    let held = client(folder.path(), "2025-12-02T00:00:00Z").unwrap();
    assert_eq!(held.trusted.targets().count(), 2);
    let [newest] = &held.targets[..] else { panic!("one target") };
    assert_eq!(newest.bytes(), b"two");
    let tag = EditionTag { number: 2, as_of: "2025-11-30".parse().unwrap() };
    assert_eq!(EditionTag::of(newest.target()), Some(tag));
    assert_eq!(held.trusted.freshness().signed_at, Some(at("2025-12-01T00:00:00Z")));
    let names: Vec<_> = files(folder.path()).into_keys().collect();
    assert_eq!(names.len(), 9, "{names:?}");
}

#[test]
fn the_same_content_again_signs_anew_and_other_content_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    let again = put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-12-01T00:00:00Z").unwrap();
    assert_eq!((again.added.len(), again.unchanged.len(), again.targets_version), (0, 1, 2));

    let before = files(folder.path());
    for other in [edition(1, "2025-10-31", b"two"), edition(2, "2025-10-31", b"one")] {
        let error = put(folder.path(), other, "2025-12-01T00:00:00Z").unwrap_err();
        let expected = "expected the content that edition-2025-10-31.hb was published with, found another";
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.code(), "target_differs");
    }
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_expired_list_can_be_prolonged_without_new_targets() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    assert_eq!(client(folder.path(), "2026-02-01T00:00:00Z").unwrap_err().code(), "expired");
    let now = at("2026-02-01T00:00:00Z");
    publish(folder.path(), &keys(1), &[], now, Expiries { list: 7, root: 365 }).unwrap();
    let held = client(folder.path(), "2026-02-01T00:00:00Z").unwrap();
    assert_eq!(held.trusted.freshness().expires, at("2026-02-08T00:00:00Z"));
}

#[test]
fn keys_that_root_does_not_name_are_refused_with_both_ids() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    let before = files(folder.path());
    let strangers = keys(2);
    let new = [edition(2, "2025-11-30", b"two")];
    let error = publish(folder.path(), &strangers, &new, at("2025-12-01T00:00:00Z"), Expiries::default())
        .unwrap_err();
    let named = keys(1).of(TopRole::Targets)[0].key_id();
    let found = strangers.of(TopRole::Targets)[0].key_id();
    assert_eq!(error.to_string(), format!("expected key {named} for the role targets, found {found}"));
    assert_eq!(error.code(), "wrong_key");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_expired_root_is_said_to_be_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    let late = "2026-11-01T00:00:00Z";
    let error = put(folder.path(), edition(2, "2026-10-31", b"two"), late).unwrap_err();
    let expected =
        format!("expected a root that is valid at {late}, found that it expired at 2026-11-01T00:00:00Z");
    assert_eq!(error.to_string(), expected);
    let mut staged = Staged::begin(folder.path()).unwrap();
    staged.change_keys(&Changes::default(), at(late), 365).unwrap();
    staged.sign(&keys(1)).unwrap();
    let publisher = Publisher::new(folder.path());
    assert_eq!(publisher.publish_staged(&staged, &keys(1), at(late), 35).unwrap().root_version, 2);
    put(folder.path(), edition(2, "2026-10-31", b"two"), late).unwrap();
}

#[test]
fn names_and_descriptions_that_clients_read_differently_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["", "a/b", "../a", ".hidden", "红榜", "a b", "a%2f", &"a".repeat(101)] {
        let target = NewTarget { name: name.into(), bytes: Vec::new(), custom: Object::default() };
        assert_eq!(put(folder.path(), target, "2025-11-01T00:00:00Z").unwrap_err().code(), "bad_target_name");
    }
    for custom in [Value::from("红榜"), Value::Integer(1 << 60)] {
        let custom = Object::of([("x", custom)]);
        let target = NewTarget { name: "a".into(), bytes: Vec::new(), custom };
        assert_eq!(put(folder.path(), target, "2025-11-01T00:00:00Z").unwrap_err().code(), "bad_custom");
    }
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_repository_that_was_altered_is_not_signed_over() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    let path = folder.path().join("metadata/1.targets.json");
    let altered = fs::read_to_string(&path).unwrap().replace("\"number\":1", "\"number\":7");
    fs::write(&path, altered).unwrap();
    let error = put(folder.path(), edition(2, "2025-11-30", b"two"), "2025-12-01T00:00:00Z").unwrap_err();
    assert_eq!(error.code(), "wrong_hash");
    assert_eq!(error.to_string(), "expected a repository that verifies, found one that does not");
    fs::remove_file(&path).unwrap();
    let error = put(folder.path(), edition(2, "2025-11-30", b"two"), "2025-12-01T00:00:00Z").unwrap_err();
    assert_eq!(error.code(), "missing_file");
}

/// Whatever stops the publisher before the timestamp, clients see the old state, and the next attempt succeeds.
#[test]
fn a_publication_that_broke_off_leaves_the_old_list() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    let timestamp = fs::read(folder.path().join("metadata/timestamp.json")).unwrap();
    put(folder.path(), edition(2, "2025-11-30", b"two"), "2025-11-02T00:00:00Z").unwrap();
    fs::write(folder.path().join("metadata/timestamp.json"), &timestamp).unwrap();
    assert_eq!(client(folder.path(), "2025-11-03T00:00:00Z").unwrap().targets[0].bytes(), b"one");
    put(folder.path(), edition(2, "2025-11-30", b"two, better"), "2025-11-03T00:00:00Z").unwrap();
    assert_eq!(client(folder.path(), "2025-11-03T00:00:00Z").unwrap().targets[0].bytes(), b"two, better");
}

#[cfg(unix)]
#[test]
fn published_files_can_be_read_by_a_web_server() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), edition(1, "2025-10-31", b"one"), "2025-11-01T00:00:00Z").unwrap();
    for name in files(folder.path()).keys() {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o644, "{name}");
    }
}
