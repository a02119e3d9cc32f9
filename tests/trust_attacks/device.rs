//! What happens to the device: its clock is turned, its storage evicted or exchanged.

use hongbang::publish::keys::KeyPair;
use hongbang::trust::{Standing, Store, TopRole, UtcSeconds, reverify};

use crate::client::{Client, FAR, LATER, NOW};
use crate::repository::Repository;

fn at(text: &str) -> UtcSeconds {
    text.parse().unwrap()
}

/// Fresh until the end, then 90 days old and said to be so, then out of date; never refused for display.
#[test]
fn a_list_grows_old_and_answers_all_the_same() {
    let mut repository = Repository::new();
    repository.signed_at = Some(NOW);
    repository.publish();
    let client = Client::that_has(&repository);
    for (today, standing) in [
        ("2025-06-01", Standing::Fresh),
        ("2026-01-01", Standing::Fresh),
        ("2026-06-01", Standing::Fresh),
        ("2026-06-02", Standing::Ageing),
        ("2026-08-30", Standing::Ageing),
        ("2026-08-31", Standing::OutOfDate),
        ("2036-01-01", Standing::OutOfDate),
    ] {
        assert_eq!(client.shows().freshness().standing(today.parse().unwrap()), standing, "{today}");
    }
}

/// The clock stands before the day on which the list was signed: that day counts.
#[test]
fn a_clock_turned_back_does_not_make_an_old_list_fresh() {
    let mut repository = Repository::new();
    repository.signed_at = Some("2026-05-30T00:00:00Z");
    repository.publish_targets();
    repository.publish_snapshot();
    // The timestamp ends before the list was signed: a list that was never fresh.
    repository.expires = "2026-05-01T00:00:00Z";
    repository.publish_timestamp();
    let client = Client::that_has(&repository);
    let freshness = client.shows().freshness();
    let past = "2020-01-01".parse().unwrap();
    assert_eq!(freshness.clock(past), at("2026-05-30T00:00:00Z").day_in_china());
    assert_eq!(freshness.standing(past), Standing::Ageing);
}

/// With the clock turned back an old state has not expired. Who has seen a newer one is not deceived by it.
#[test]
fn an_old_mirror_and_a_clock_turned_back() {
    let mut repository = Repository::new();
    let old = ["timestamp.json", "1.snapshot.json", "1.targets.json"].map(|path| repository.file(path));
    let mut client = Client::of(&repository);
    repository.expires = "2027-06-01T00:00:00Z";
    repository.publish_root();
    repository.publish();
    client.now = at(LATER);
    client.accepts(&repository);
    let [timestamp, snapshot, targets] = old;
    repository.put("timestamp.json", timestamp);
    repository.put("1.snapshot.json", snapshot);
    repository.put("1.targets.json", targets);
    client.refuses(&repository, "rolled_back");
    client.now = at(NOW);
    client.refuses(&repository, "rolled_back");
}

/// A browser evicts what it stored, and the memory of newer versions goes with it. With a clock that is right an old
/// mirror is refused by its expiry alone; with one that is not, the day of the build, which nobody can evict, grades
/// what comes.
#[test]
fn an_old_mirror_after_eviction() {
    let repository = Repository::new();
    let mut client = Client::of(&repository);
    client.now = at(LATER);
    client.refuses(&repository, "expired");
    assert_eq!(client.store, Store::default());
    client.now = at(NOW);
    let freshness = client.accepts(&repository).freshness();
    let (clock, build) = (at(NOW).day_in_china(), at(LATER).day_in_china());
    assert_eq!(freshness.standing(clock), Standing::Fresh, "nothing else is known to it");
    assert_eq!(freshness.standing(clock.max(build)), Standing::OutOfDate);
}

/// A build that brings a newer root does not take what was signed by keys that were changed before.
#[test]
fn a_newer_build_after_eviction_does_not_go_back_to_old_keys() {
    let mut repository = Repository::new();
    let old = repository.file("timestamp.json");
    repository.replace_keys(TopRole::Timestamp, &KeyPair::from_seed(&[8; 32]));
    repository.publish_root();
    repository.publish();
    let mut client = Client::of(&repository);
    client.pinned = repository.file("2.root.json");
    client.clone().accepts(&repository);
    repository.put("timestamp.json", old);
    client.refuses(&repository, "below_threshold");
}

/// Storage is untrusted: of all mixtures of two states that were both good, only the two themselves are shown.
#[test]
fn files_of_two_states_do_not_mix_in_a_store() {
    let mut repository = Repository::new();
    let mut client = Client::of(&repository);
    let before = client.accepts(&repository).store();
    repository.add_target("targets", "second", b"second");
    repository.publish();
    let after = client.accepts(&repository).store();
    for mixture in 0..8 {
        let part = |bit: u8, file: fn(&Store) -> &Vec<u8>| {
            file(if mixture & bit == 0 { &before } else { &after }).clone()
        };
        let store = Store {
            roots: before.roots.clone(),
            timestamp: part(1, |store| &store.timestamp),
            snapshot: part(2, |store| &store.snapshot),
            targets: part(4, |store| &store.targets),
            delegated: Vec::new(),
        };
        let shown = reverify(&client.pinned, store);
        assert_eq!(shown.is_ok(), mixture == 0 || mixture == 7, "{mixture}: {shown:?}");
    }
}

/// The store is verified at every start anew: a root that is exchanged for one of a stranger, who signs everything.
#[test]
fn a_store_that_somebody_else_made_is_not_shown() {
    let repository = Repository::new();
    let mut client = Client::that_has(&repository);
    let mut stranger = Repository::new();
    for role in TopRole::ALL {
        stranger.replace_keys(role, &KeyPair::from_seed(&[66; 32]));
    }
    stranger.signers.get_mut("root").unwrap().remove(0);
    stranger.publish_root();
    stranger.publish();
    let forged = Store {
        roots: vec![repository.file("1.root.json"), stranger.file("2.root.json")],
        timestamp: stranger.file("timestamp.json"),
        snapshot: stranger.file("2.snapshot.json"),
        targets: stranger.file("2.targets.json"),
        delegated: Vec::new(),
    };
    let error = reverify(&client.pinned, forged.clone()).unwrap_err();
    assert_eq!(hongbang::Problem::code(&error), "below_threshold");
    // An update begins at the pinned root then, as on the first day.
    client.store = forged;
    client.accepts(&repository);
}

/// Nothing that was learned before a failure is kept: the next update asks for it again.
#[test]
fn a_failed_update_after_a_new_root_is_repeated_from_where_it_stood() {
    let mut repository = Repository::new();
    let mut client = Client::that_has(&repository);
    repository.publish_root();
    repository.publish();
    let targets = repository.file("2.targets.json");
    repository.remove("2.targets.json");
    client.refuses(&repository, "missing_file");
    repository.requests();
    repository.put("2.targets.json", targets);
    client.now = at(FAR).add_days(-1).unwrap();
    client.accepts(&repository);
    let asked = repository.requests();
    assert_eq!(asked, ["2.root.json", "3.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"]);
}

/// A file that somebody brings is the publisher's where the keys of its role have signed it, of whatever version; it is
/// nobody's where others have, or where it stands in another role's place.
#[test]
fn a_file_is_recognised_by_who_signed_it() {
    let mut repository = Repository::new();
    repository.publish();
    let trusted = Client::that_has(&repository).shows();
    for (path, role, version) in [
        ("1.root.json", TopRole::Root, 1),
        ("timestamp.json", TopRole::Timestamp, 2),
        ("1.snapshot.json", TopRole::Snapshot, 1),
        ("1.targets.json", TopRole::Targets, 1),
        ("2.targets.json", TopRole::Targets, 2),
    ] {
        let (found, header) = trusted.recognise(&repository.file(path)).unwrap();
        assert_eq!((found, header.version), (role, version), "{path}");
    }
    let mut later = repository;
    later.publish();
    later.publish_root();
    let found =
        |path: &str| trusted.recognise(&later.file(path)).map(|(role, header)| (role, header.version));
    assert_eq!(found("3.targets.json"), Some((TopRole::Targets, 3)));
    assert_eq!(found("2.root.json"), Some((TopRole::Root, 2)));
    later.signers.insert("targets".into(), later.signers["snapshot"].clone());
    later.publish_targets();
    assert_eq!(trusted.recognise(&later.file("4.targets.json")), None);
    let mut changed = later.file("3.targets.json");
    *changed.iter_mut().rfind(|byte| **byte == b'3').unwrap() = b'4';
    assert_eq!(trusted.recognise(&changed), None);
    assert_eq!(trusted.recognise(b"{}"), None);
    assert_eq!(trusted.recognise(b""), None);
}
