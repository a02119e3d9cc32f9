//! Attacks by and on roles that targets are delegated to.

use hongbang::Problem;
use hongbang::publish::keys::KeyPair;
use hongbang::trust::MAX_DELEGATIONS;
use hongbang::trust::json::{Object, Value};

use crate::client::{Client, FAR};
use crate::repository::{Promises, Repository};

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
    let mut client = Client::that_has(&repository);
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
    let mut client = Client::that_has(&repository);
    assert_eq!(client.finds(&repository, "a").unwrap(), None);
    assert!(client.finds(&repository, "b").unwrap().is_some());
}

#[test]
fn hash_prefixes_delegate_as_patterns_do() {
    let mut repository = Repository::new();
    repository.delegate("targets", "bin", &[], "continue");
    // The SHA-256 of "foo" begins with these digits.
    repository.edit_delegation("targets", |role| {
        *role = without_paths(role);
        role.set("path_hash_prefixes", Value::Array(vec!["2c2".into()]));
    });
    repository.add_target("bin", "foo", b"foo");
    repository.add_target("bin", "bar", b"bar");
    repository.publish();
    let mut client = Client::that_has(&repository);
    assert!(client.finds(&repository, "foo").unwrap().is_some());
    assert_eq!(client.finds(&repository, "bar").unwrap(), None);
}

#[test]
fn a_delegation_names_another_role_and_says_for_which_targets() {
    type Edit = fn(&mut Object);
    let (a_name, either) =
        ("a name that no top-level role has as `name`", "either it or `path_hash_prefixes` as `paths`");
    let edits: [(Edit, &str); 4] = [
        (|role| role.set("name", "".into()), a_name),
        (|role| role.set("name", "snapshot".into()), a_name),
        (|role| role.set("path_hash_prefixes", Value::Array(Vec::new())), either),
        (|role| *role = without_paths(role), either),
    ];
    for (edit, expected) in edits {
        let mut repository = Repository::new();
        let mut client = Client::that_has(&repository);
        repository.delegate("targets", "helper", &["*"], "continue");
        repository.edit_delegation("targets", edit);
        repository.publish();
        let error = client.refuses(&repository, "bad_metadata");
        let reason = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(reason, format!("expected {expected}, found none or another value"));
    }
}

fn without_paths(role: &Object) -> Object {
    let mut without = Object::default();
    for (field, value) in role.iter().filter(|(field, _)| *field != "paths") {
        without.set(field, value.clone());
    }
    without
}

#[test]
fn delegations_in_a_circle_come_to_an_end_and_long_ones_to_a_limit() {
    let mut repository = Repository::new();
    repository.delegate("targets", "a", &["*"], "continue");
    repository.delegate("a", "b", &["*"], "continue");
    repository.delegate("b", "a", &["*"], "continue");
    repository.publish();
    let mut client = Client::that_has(&repository);
    assert_eq!(client.finds(&repository, "x").unwrap(), None);

    let mut repository = Repository::new();
    for number in 0..=MAX_DELEGATIONS {
        repository.delegate("targets", &format!("role{number}"), &["*"], "continue");
    }
    repository.publish();
    let mut client = Client::that_has(&repository);
    let error = client.finds(&repository, "x").unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected an end of the search after 32 delegated roles, found more to visit"
    );
}

#[test]
fn delegated_metadata_is_held_to_the_same_rules() {
    type Attack = fn(&mut Repository);
    let attacks: [(&str, Attack); 5] = [
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
        let mut client = Client::that_has(&repository);
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
    let mut client = Client::that_has(&repository);
    assert!(client.finds(&repository, "l").unwrap().is_some());
    assert_eq!(client.finds(&repository, "r").unwrap_err().code(), "below_threshold");
}

#[test]
fn delegated_role_names_are_quoted_in_paths() {
    let mut repository = Repository::new();
    repository.delegate("targets", "../a b/红", &["*"], "continue");
    repository.add_target("../a b/红", "x", b"x");
    repository.publish();
    let mut client = Client::that_has(&repository);
    repository.requests();
    client.finds(&repository, "x").unwrap().unwrap();
    assert_eq!(repository.requests(), ["1...%2Fa%20b%2F%E7%BA%A2.json"]);
}
