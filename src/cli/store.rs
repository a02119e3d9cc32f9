//! Where answers come from: a store, a repository's folder, or an edition file.

use std::fs;
use std::path::{Path, PathBuf};

use hongbang::checker::{Checker, Provenance};
use hongbang::publish::repository::EditionTag;
use hongbang::publish::transport::{self, Held, Source};

use super::args::From;
use super::clock;
use super::failure::{Failure, unusable};

/// The pinned root, kept beside what was verified with it.
pub(crate) const PINNED_ROOT: &str = "root.json";

/// Opens what the arguments name.
pub(crate) fn open(from: &From) -> Result<Checker, Failure> {
    match &from.store {
        Some(path) => open_path(path, from.root.as_deref()),
        None => open_path(&default_store()?, from.root.as_deref()),
    }
}

/// Opens a store, a repository's folder, or an edition file.
pub(crate) fn open_path(path: &Path, root: Option<&Path>) -> Result<Checker, Failure> {
    if path.is_file() {
        return Ok(Checker::open(&read(path)?, Provenance::Unverified)?);
    }
    if path.join("index.json").is_file() {
        let root = read(root.unwrap_or(&path.join(PINNED_ROOT)))?;
        return verified(&transport::load(path, &root)?);
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

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::io("read", path, &error))
}

/// A repository vouches for itself only: without a pinned root its first root is believed, and answers say that
/// nobody verified it.
fn open_repository(path: &Path, root: Option<&Path>) -> Result<Checker, Failure> {
    let first_root = read(root.unwrap_or(&path.join("metadata/1.root.json")))?;
    let source = Source::Folder(path.into());
    let choose = |targets: Vec<_>| EditionTag::newest(targets).into_iter().collect();
    let held = transport::read(&source, &first_root, clock::now(), choose, &mut |_| {})?;
    if root.is_some() { verified(&held) } else { Ok(Checker::open(edition(&held)?, Provenance::Unverified)?) }
}

/// A checker on verified bytes.
pub(crate) fn verified(held: &Held) -> Result<Checker, Failure> {
    Ok(Checker::open(edition(held)?, Provenance::Verified(held.trusted.freshness()))?)
}

fn edition(held: &Held) -> Result<&[u8], Failure> {
    held.targets.first().map(hongbang::trust::VerifiedTarget::bytes).ok_or_else(|| {
        Failure::new(
            "no_edition",
            "expected an edition in the repository, found none",
            "ask its publisher for one",
        )
    })
}
