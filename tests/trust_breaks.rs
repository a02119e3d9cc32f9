//! Publishing that cannot break: the publisher is stopped at every write, clients come at every moment, and the next
//! publisher goes on.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::cell::{Cell, RefCell};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hongbang::Problem;
use hongbang::publish::ceremony::{Changes, Staged};
use hongbang::publish::disk::{Disk, LocalDisk};
use hongbang::publish::keys::{KeyPair, Keys};
use hongbang::publish::lock::Lock;
use hongbang::publish::repository::{Expiries, NewTarget, PublishError, Publisher};
use hongbang::publish::status;
use hongbang::publish::transport::{Held, Source, TransportError, fetch, load};
use hongbang::trust::json::Object;
use hongbang::trust::{TopRole, UtcSeconds};
use tempfile::TempDir;

/// A disk that takes so many files and then no more, as if the power were cut. What it cannot take it leaves behind
/// half written, under the name that an unfinished file has.
struct Failing<'a> {
    left: Cell<usize>,
    /// After each file that came into its place.
    after: &'a dyn Fn(&Path),
    written: RefCell<Vec<String>>,
}

impl<'a> Failing<'a> {
    fn after(files: usize, after: &'a dyn Fn(&Path)) -> Self {
        Self { left: Cell::new(files), after, written: RefCell::default() }
    }
}

impl Disk for Failing<'_> {
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let Some(left) = self.left.get().checked_sub(1) else {
            let folder = path.parent().unwrap();
            fs::create_dir_all(folder)?;
            fs::write(folder.join(".unfinished-x"), &bytes[..bytes.len() / 2])?;
            return Err(io::ErrorKind::StorageFull.into());
        };
        self.left.set(left);
        LocalDisk.replace(path, bytes)?;
        self.written.borrow_mut().push(path.file_name().unwrap().to_str().unwrap().into());
        (self.after)(path);
        Ok(())
    }
}

const NOW: &str = "2026-01-01T00:00:00Z";

fn now() -> UtcSeconds {
    NOW.parse().unwrap()
}

fn target(name: &str) -> NewTarget {
    NewTarget {
        name: name.into(),
        bytes: format!("content of {name}").into_bytes(),
        custom: Object::default(),
    }
}

struct World {
    folder: TempDir,
    repository: PathBuf,
    keys: Keys,
}

impl World {
    /// A repository with one target, and a client that has been there.
    fn new() -> Self {
        let world = Self::empty();
        world.publisher().publish(&world.keys, &[target("one")], now(), Expiries::default()).unwrap();
        world.fetch("old-client").unwrap();
        world
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { repository: folder.path().join("repository"), folder, keys: Keys::from_seed(&[1; 32]) }
    }

    fn publisher(&self) -> Publisher<'_> {
        Publisher::new(&self.repository)
    }

    fn pinned(&self) -> Vec<u8> {
        fs::read(self.repository.join("metadata/1.root.json")).unwrap()
    }

    fn fetch(&self, store: &str) -> Result<Held, TransportError> {
        let source = Source::Folder(self.repository.clone());
        let store = self.folder.path().join(store);
        fetch(&source, &self.pinned(), &store, now(), |all| all, &mut |_| {})
    }

    /// Files that were left half written.
    fn unfinished(&self) -> usize {
        let folders = ["metadata", "targets"].map(|inner| fs::read_dir(self.repository.join(inner)).unwrap());
        let names = folders.into_iter().flatten().map(|file| file.unwrap().file_name());
        names.filter(|name| name.to_str().unwrap().starts_with('.')).count()
    }

    /// One client that was there before, and one that comes for the first time: both find a whole list.
    fn serves_everybody(&self) -> Vec<String> {
        let new = self.folder.path().join("new-client");
        let _ = fs::remove_dir_all(&new);
        let [old, new] = ["old-client", "new-client"].map(|store| {
            let held = self.fetch(store).unwrap_or_else(|error| panic!("{store}: {error}"));
            held.targets.iter().map(|target| target.target().name().to_owned()).collect::<Vec<_>>()
        });
        assert_eq!(old, new);
        new
    }
}

/// Runs `publish` again and again, each time stopped one write later, until it gets to its end. `check` looks at what
/// each attempt left, and is told whether it was the last.
fn stop_at_every_write(
    publish: impl Fn(&World, &dyn Disk) -> Result<(), PublishError>,
    prepare: impl Fn() -> World,
    check: impl Fn(&World),
) -> Vec<String> {
    for files in 0.. {
        let world = prepare();
        let after = |_: &Path| check(&world);
        let disk = Failing::after(files, &after);
        let result = publish(&world, &disk);
        check(&world);
        let written = disk.written.take();
        if let Err(error) = result {
            assert_eq!(error.code(), "repository_io", "{error}");
            publish(&world, &LocalDisk).unwrap_or_else(|error| panic!("after {written:?}: {error}"));
            check(&world);
            assert_eq!(world.unfinished(), 0, "the next publisher tidies up");
        } else {
            assert_eq!(written.len(), files);
            return written;
        }
    }
    unreachable!("it comes to an end")
}

#[test]
fn an_edition_is_there_whole_or_not_at_all() {
    let publish = |world: &World, disk: &dyn Disk| {
        let publisher = world.publisher().on(disk);
        publisher.publish(&world.keys, &[target("two")], now(), Expiries::default()).map(drop)
    };
    let written = stop_at_every_write(publish, World::new, |world| {
        let names = world.serves_everybody();
        assert!(names == ["one"] || names == ["one", "two"], "{names:?}");
    });
    assert!(written[0].contains(".two"), "{written:?}");
    assert_eq!(written[1..], ["2.targets.json", "2.snapshot.json", "timestamp.json"]);
}

#[test]
fn a_first_edition_is_there_whole_or_not_at_all() {
    let publish = |world: &World, disk: &dyn Disk| {
        let publisher = world.publisher().on(disk);
        publisher.publish(&world.keys, &[target("one")], now(), Expiries::default()).map(drop)
    };
    let written = stop_at_every_write(publish, World::empty, |world| {
        if world.repository.join("metadata/timestamp.json").exists() {
            assert_eq!(world.serves_everybody(), ["one"]);
        }
    });
    assert_eq!(
        written[1..],
        ["1.targets.json", "1.snapshot.json", "1.root.json", "root.json", "timestamp.json"]
    );
}

/// Another key for each role, from the holders themselves.
fn all_keys_change(world: &World) -> (Staged, Keys) {
    let (new, mut both) = (Keys::from_seed(&[2; 32]), world.keys.clone());
    let mut changes = Changes::default();
    for (role, key) in new.iter() {
        changes.of_mut(role).add.push(key.public());
        changes.of_mut(role).remove.extend(world.keys.of(role).iter().map(KeyPair::key_id));
        both.add(role, key.clone());
    }
    let mut staged = Staged::begin(&world.repository).unwrap();
    staged.change_keys(&changes, now(), 365).unwrap();
    staged.add_targets(&[target("two")], now(), 35).unwrap();
    staged.sign(&both).unwrap();
    (staged, both)
}

#[test]
fn clients_accept_the_repository_at_every_moment_while_all_keys_change() {
    let publish = |world: &World, disk: &dyn Disk| {
        // Each attempt publishes the very set that was signed, as an operator would.
        let folder = world.folder.path().join("staged");
        if !folder.exists() {
            all_keys_change(world).0.write(&folder).unwrap();
        }
        let staged = Staged::read(&folder).unwrap();
        let mut online = Keys::from_seed(&[2; 32]);
        world.keys.iter().for_each(|(role, key)| online.add(role, key.clone()));
        world.publisher().on(disk).publish_staged(&staged, &online, now(), 35).map(drop)
    };
    let written = stop_at_every_write(publish, World::new, |world| {
        let names = world.serves_everybody();
        assert!(names == ["one"] || names == ["one", "two"], "{names:?}");
    });
    assert_eq!(
        written[1..],
        ["2.targets.json", "2.snapshot.json", "timestamp.json", "2.root.json", "root.json"]
    );
}

/// Without the old timestamp key there is one moment, between two renames, at which no client can be served. It keeps
/// what it has, and whoever publishes next finishes what was begun.
#[test]
fn where_the_old_key_is_lost_clients_keep_what_they_have_until_it_is_finished() {
    let world = World::new();
    let (staged, _) = all_keys_change(&world);
    let online = Keys::from_seed(&[2; 32]);
    let disk = Failing::after(4, &|_| ());
    let error = world.publisher().on(&disk).publish_staged(&staged, &online, now(), 35).unwrap_err();
    assert_eq!(error.code(), "repository_io");
    assert_eq!(disk.written.borrow()[3], "2.root.json");
    assert_eq!(world.fetch("old-client").unwrap_err().code(), "below_threshold");
    let store = world.folder.path().join("old-client");
    assert_eq!(load(&store, &world.pinned()).unwrap().targets[0].target().name(), "one");

    // Nothing else may be published before.
    let expected = "expected a finished repository, found version 2 of root without what belongs to it";
    let publisher = world.publisher();
    let renewed = publisher.renew(&online, now(), 35).unwrap_err();
    assert_eq!((renewed.to_string().as_str(), renewed.code()), (expected, "unfinished"));
    let published = publisher.publish(&online, &[target("three")], now(), Expiries::default());
    assert_eq!(published.unwrap_err().code(), "unfinished");
    assert_eq!(Staged::begin(&world.repository).unwrap_err().code(), "unfinished");
    assert_eq!(status::read(&Source::Folder(world.repository.clone()), None).unwrap().unfinished, Some(2));

    publisher.publish_staged(&staged, &online, now(), 35).unwrap();
    assert_eq!(world.serves_everybody(), ["one", "two"]);
    assert_eq!(status::read(&Source::Folder(world.repository.clone()), None).unwrap().unfinished, None);
}

/// Nor may another root of the same version take its place: some clients have seen it.
#[test]
fn a_root_that_was_begun_is_not_replaced_by_another() {
    let world = World::new();
    let (staged, both) = all_keys_change(&world);
    let mut other = Staged::begin(&world.repository).unwrap();
    other.change_keys(&Changes::default(), now(), 300).unwrap();
    other.sign(&both).unwrap();
    let online = Keys::from_seed(&[2; 32]);
    let disk = Failing::after(4, &|_| ());
    world.publisher().on(&disk).publish_staged(&staged, &online, now(), 35).unwrap_err();
    let error = world.publisher().publish_staged(&other, &world.keys, now(), 35).unwrap_err();
    assert_eq!(error.code(), "unfinished");
}

#[test]
fn of_two_publishers_at_once_one_is_refused_and_changes_nothing() {
    let world = World::new();
    let lock = Lock::take(&world.repository, now()).unwrap();
    let publisher = world.publisher();
    let two = publisher.publish(&world.keys, &[target("two")], now(), Expiries::default());
    assert_eq!(two.unwrap_err().code(), "repository_busy");
    assert_eq!(publisher.renew(&world.keys, now(), 35).unwrap_err().code(), "repository_busy");
    let (staged, both) = all_keys_change(&world);
    let error = publisher.publish_staged(&staged, &both, now(), 35).unwrap_err();
    assert_eq!(error.code(), "repository_busy");
    assert_eq!(world.serves_everybody(), ["one"]);
    drop(lock);
    publisher.publish(&world.keys, &[target("two")], now(), Expiries::default()).unwrap();
}

/// In the middle of a publication the second one is refused, too.
#[test]
fn a_publisher_who_comes_between_two_writes_is_refused() {
    let world = World::new();
    let refused = Cell::new(0);
    let intrude = |_: &Path| {
        let error = world.publisher().renew(&world.keys, now(), 35).unwrap_err();
        assert_eq!(error.code(), "repository_busy");
        refused.set(refused.get() + 1);
    };
    let disk = Failing::after(100, &intrude);
    let publisher = world.publisher().on(&disk);
    publisher.publish(&world.keys, &[target("two")], now(), Expiries::default()).unwrap();
    assert_eq!(refused.get(), 4);
}

/// A client that began before a publication ends after it with what it began with.
#[test]
fn old_files_stay_for_clients_in_flight() {
    let world = World::new();
    let files = || -> Vec<PathBuf> {
        ["metadata", "targets"]
            .iter()
            .flat_map(|inner| fs::read_dir(world.repository.join(inner)).unwrap())
            .map(|file| file.unwrap().path())
            .filter(|path| !path.ends_with("timestamp.json"))
            .collect()
    };
    let before: Vec<_> = files().into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect();
    for number in 0..5 {
        let new = [target(&format!("more-{number}"))];
        world.publisher().publish(&world.keys, &new, now(), Expiries::default()).unwrap();
    }
    for (bytes, path) in before {
        assert_eq!(fs::read(&path).unwrap(), bytes, "{}", path.display());
    }
    let online = {
        let mut online = Keys::default();
        for role in [TopRole::Snapshot, TopRole::Timestamp] {
            online.add(role, world.keys.of(role)[0].clone());
        }
        online
    };
    world.publisher().renew(&online, now(), 7).unwrap();
    assert_eq!(world.serves_everybody().len(), 6);
}
