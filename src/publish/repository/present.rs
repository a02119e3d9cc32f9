//! What a repository holds now.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::PublishError;
use super::draft::Draft;
use super::holders::Holders;
use crate::trust::json;
use crate::trust::{
    ROOT_BYTES, SNAPSHOT_BYTES, Store, TARGETS_BYTES, TIMESTAMP_BYTES, TopRole, TrustError, Trusted,
    UtcSeconds, newest_root, reverify,
};

/// Brings a metadata file by its name, of at most so many bytes; nothing, where there is none.
pub(crate) type Bring<'a> = dyn FnMut(&str, u64) -> Result<Option<Vec<u8>>, PublishError> + 'a;

/// More roots than a publisher makes in a lifetime: whoever serves more sends without end.
const MAX_ROOTS: usize = 1_000;

/// What a repository holds now, verified. That it has expired does not matter: it is about to be signed anew.
pub(crate) struct Present {
    /// From the first one on.
    pub(crate) roots: Vec<Vec<u8>>,
    /// A root beyond those. Who put it there was stopped before the timestamp that belongs to it.
    pub(crate) begun: Option<Vec<u8>>,
    /// Nothing, if there is a root at most.
    pub(crate) trusted: Option<Trusted>,
}

impl Present {
    pub(crate) fn read(folder: &Path) -> Result<Self, PublishError> {
        Self::gather(folder, &mut |name, _| read_if_there(&metadata_path(folder, name)))
    }

    /// The same, of files that `bring` brings by their names and of which it need not bring more than so many bytes.
    /// `place` is where they are, for messages.
    pub(crate) fn gather(place: &Path, bring: &mut Bring<'_>) -> Result<Self, PublishError> {
        let mut roots = Vec::new();
        while let Some(root) = bring(&format!("{}.root.json", roots.len() + 1), ROOT_BYTES)? {
            roots.push(root);
            if roots.len() > MAX_ROOTS {
                return Err(PublishError::TooManyRoots { limit: MAX_ROOTS });
            }
        }
        let Some(timestamp) = bring("timestamp.json", TIMESTAMP_BYTES)? else {
            return Ok(Self { roots, begun: None, trusted: None });
        };
        let mut promised = |promising: &[u8], role, limit| {
            let name = promised_name(promising, role);
            bring(&name, limit)?.ok_or_else(|| PublishError::Missing { path: metadata_path(place, &name) })
        };
        let snapshot = promised(&timestamp, "snapshot", SNAPSHOT_BYTES)?;
        let targets = promised(&snapshot, "targets", TARGETS_BYTES)?;
        let store = Store { roots, timestamp, snapshot, targets, delegated: Vec::new() };
        match verify(store.clone()) {
            Ok(trusted) => Ok(Self { roots: store.roots, begun: None, trusted: Some(trusted) }),
            Err(error) if matches!(*error, TrustError::BelowThreshold { .. }) => {
                Self::before_the_last_root(store, error)
            }
            Err(error) => Err(PublishError::Repository(error)),
        }
    }

    /// The state before the last root, if it is that root alone which makes the rest unsigned.
    fn before_the_last_root(mut store: Store, error: Box<TrustError>) -> Result<Self, PublishError> {
        let begun = store.roots.pop();
        let is_root = newest_root(&[store.roots.clone(), begun.iter().cloned().collect()].concat()).is_ok();
        match verify(store.clone()) {
            Ok(trusted) if is_root => Ok(Self { roots: store.roots, begun, trusted: Some(trusted) }),
            _ => Err(PublishError::Repository(error)),
        }
    }

    /// When the newest root expires.
    pub(crate) fn root_expires(&self) -> Result<UtcSeconds, PublishError> {
        expires(&self.roots)
    }

    /// Who signs for what now; nobody, where there is no root.
    pub(crate) fn holders(&self) -> Result<Option<Holders>, PublishError> {
        if self.roots.is_empty() { Ok(None) } else { holders(&self.roots).map(Some) }
    }

    /// What clients would find if a root were put beside this, if they would accept it.
    pub(crate) fn under(&self, roots: &[Vec<u8>]) -> Option<Trusted> {
        let mut store = self.trusted.as_ref()?.store();
        store.roots = roots.to_vec();
        verify(store).ok()
    }
}

/// Who signs for what, by the last of a chain of roots.
pub(crate) fn holders(roots: &[Vec<u8>]) -> Result<Holders, PublishError> {
    let root = newest_root(roots).map_err(PublishError::Repository)?;
    let version = u64::try_from(roots.len()).unwrap_or(u64::MAX);
    Ok(Holders::of(&root, version))
}

/// When the last of a chain of roots expires, which has been verified.
pub(crate) fn expires(roots: &[Vec<u8>]) -> Result<UtcSeconds, PublishError> {
    let newest = roots.last().map_or(&[][..], Vec::as_slice);
    Draft::read(TopRole::Root, newest)?.expires().ok_or(PublishError::NoRoot)
}

pub(crate) fn verify(store: Store) -> Result<Trusted, Box<TrustError>> {
    let pinned = store.roots.first().cloned().unwrap_or_default();
    reverify(&pinned, store)
}

/// The file that another one promises. Nothing is verified yet; a promise that cannot be read leads to no file.
fn promised_name(promising: &[u8], role: &str) -> String {
    let version = json::parse(promising, u64::MAX).ok().and_then(|file| {
        file.get("signed")?.get("meta")?.get(&format!("{role}.json"))?.get("version")?.integer()
    });
    format!("{}.{role}.json", version.unwrap_or_default())
}

pub(crate) fn metadata_path(folder: &Path, name: &str) -> PathBuf {
    folder.join("metadata").join(name)
}

pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PublishError::Io { path: path.into(), source }),
    }
}
