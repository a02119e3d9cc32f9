//! Where answers come from: a store, a repository's folder, or an edition file.

use std::fs;
use std::path::{Path, PathBuf};

use hongbang::Day;
use hongbang::certificate::KeySet;
use hongbang::checker::{Checker, EditionTag, KeySetTag, Provenance};
use hongbang::publish::transport::{self, Held, Source};
use hongbang::trust::{Freshness, Target, UtcSeconds, VerifiedTarget};

use super::args::From;
use super::clock;
use super::failure::{Failure, unusable};

/// The pinned root, kept beside what was verified with it.
pub(crate) const PINNED_ROOT: &str = "root.json";
/// The latest day on which a store was opened.
const LATEST_DAY: &str = "latest-day";

/// A list, and the keys of its publisher's certificates.
pub(crate) struct Opened {
    pub(crate) checker: Checker,
    /// The bytes of the key set, where it was verified with the list.
    key_set: Option<Vec<u8>>,
}

impl Opened {
    /// What was verified together.
    pub(crate) fn verified(held: &Held) -> Result<Self, Failure> {
        Self::verified_with(held, held.trusted.freshness())
    }

    fn verified_with(held: &Held, freshness: Freshness) -> Result<Self, Failure> {
        let checker = Checker::open(edition(held)?, Provenance::Verified(freshness))?;
        let key_set = content(held, |target| KeySetTag::of(target).is_some());
        Ok(Self { checker, key_set: key_set.map(<[u8]>::to_vec) })
    }

    /// What nobody verified: its keys would verify nothing.
    fn unverified(edition: &[u8]) -> Result<Self, Failure> {
        Ok(Self { checker: Checker::open(edition, Provenance::Unverified)?, key_set: None })
    }

    /// The keys of the publisher's certificates.
    pub(crate) fn key_set(&self) -> Result<KeySet, Failure> {
        let bytes = self.key_set.as_ref().ok_or_else(|| {
            Failure::new(
                "no_key_set",
                "expected a key set of certificates that was verified with the list, found none",
                "fetch the list from its publisher with the pinned root, or name a key set from somebody you trust: \
                 --key-set KEYSET",
            )
        })?;
        Ok(KeySet::decode(bytes)?)
    }
}

/// Opens what the arguments name.
pub(crate) fn open(from: &From) -> Result<Opened, Failure> {
    match &from.store {
        Some(path) => open_path(path, from.root.as_deref()),
        None => open_path(&default_store()?, from.root.as_deref()),
    }
}

/// Opens a store, a repository's folder, or an edition file.
pub(crate) fn open_path(path: &Path, root: Option<&Path>) -> Result<Opened, Failure> {
    if path.is_file() {
        return Opened::unverified(&read(path)?);
    }
    if path.join("index.json").is_file() {
        let root = read(root.unwrap_or(&path.join(PINNED_ROOT)))?;
        let held = transport::load(path, &root)?;
        return Opened::verified_with(&held, not_before_latest_day(path, held.trusted.freshness()));
    }
    if path.join("metadata").is_dir() {
        return open_repository(path, root);
    }
    Err(unusable(
        path,
        "a store, a repository's folder or an edition file",
        "bring a list first: hongbang fetch URL --root ROOT",
    ))
}

/// The store that is used where none is named: `$HONGBANG_STORE`, else `hongbang` in the user's data folder.
pub(crate) fn default_store() -> Result<PathBuf, Failure> {
    let from_env = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from_env("HONGBANG_STORE")
        .or_else(|| Some(from_env("XDG_DATA_HOME")?.join("hongbang")))
        .or_else(|| Some(from_env("HOME")?.join(".local/share/hongbang")))
        .ok_or_else(|| {
            Failure::new("no_store", "found no home folder to keep a store in", "name one with --store")
        })
}

/// A clock that was turned back does not revive an old list: the store remembers the latest day on which it was opened.
/// The price: where the clock once ran ahead, the list looks old until that day, and a warning says how to end it.
fn not_before_latest_day(store: &Path, freshness: Freshness) -> Freshness {
    let (path, today) = (store.join(LATEST_DAY), clock::today());
    let seen = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(Day::MIN);
    if seen < today {
        // Where the store cannot be written to, the clock is all there is.
        let _ = fs::write(&path, format!("{today}\n"));
    }
    if seen <= today {
        return freshness;
    }
    eprintln!(
        "warning: the clock shows {today}, but this store was opened on {seen}, and the list is judged by that day; if \
         the clock was wrong then, remove {}",
        path.display()
    );
    let signed_at = freshness.signed_at.max(Some(UtcSeconds::start_of(seen)));
    Freshness { signed_at, ..freshness }
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::io("read", path, &error))
}

/// A repository vouches for itself only: without a pinned root its first root is believed, and answers say that
/// nobody verified it.
fn open_repository(path: &Path, root: Option<&Path>) -> Result<Opened, Failure> {
    let first_root = read(root.unwrap_or(&path.join("metadata/1.root.json")))?;
    let source = Source::Folder(path.into());
    let held = transport::read(&source, &first_root, clock::now(), newest, &mut |_| {})?;
    if root.is_some() { Opened::verified(&held) } else { Opened::unverified(edition(&held)?) }
}

/// Of a repository's targets, those that a device keeps: the newest edition and the newest key set of certificates.
pub(crate) fn newest(targets: Vec<Target>) -> Vec<Target> {
    [EditionTag::newest(targets.clone()), KeySetTag::newest(targets)].into_iter().flatten().collect()
}

/// The bytes of the edition.
pub(crate) fn edition(held: &Held) -> Result<&[u8], Failure> {
    content(held, |target| EditionTag::of(target).is_some()).ok_or_else(|| {
        Failure::new(
            "no_edition",
            "expected an edition in the repository, found none",
            "ask its publisher for one",
        )
    })
}

fn content(held: &Held, is_wanted: impl Fn(&Target) -> bool) -> Option<&[u8]> {
    held.targets.iter().find(|target| is_wanted(target.target())).map(VerifiedTarget::bytes)
}
