//! The step from one state of a repository to the next: sign with the online keys, verify, write.

use std::path::Path;

use super::draft::Draft;
use super::holders::Holders;
use super::present::{Present, expires, holders, metadata_path, read_if_there, verify};
use super::{PublishError, fields};
use crate::publish::disk::Disk;
use crate::publish::keys::Keys;
use crate::trust::json::Object;
use crate::trust::{Store, TopRole, Trusted, UtcSeconds};

pub(super) struct Step<'a> {
    pub(super) folder: &'a Path,
    pub(super) disk: &'a dyn Disk,
    pub(super) keys: &'a Keys,
    pub(super) now: UtcSeconds,
    /// For how many days snapshot and timestamp will hold.
    pub(super) days: u16,
    pub(super) present: Present,
    pub(super) new_root: Option<Vec<u8>>,
    /// Targets metadata, signed; where it stays as it is, none.
    pub(super) targets: Option<Vec<u8>>,
    /// New files by name and content.
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) renewal: Renewal,
}

/// When snapshot and timestamp are signed anew.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Renewal {
    Always,
    /// Where targets change, or the keys by which the old ones are signed.
    WhereNeeded,
}

/// Where a repository has come to. Without a timestamp there are roots alone.
pub(super) struct Reached {
    pub(super) root_version: u64,
    pub(super) root_expires: UtcSeconds,
    pub(super) trusted: Option<Trusted>,
}

/// What becomes of all but root.
enum Rest {
    MustBeSigned,
    /// Clients will accept it as it is.
    Stays(Option<Box<Trusted>>),
}

impl Step<'_> {
    pub(super) fn take(self) -> Result<Reached, PublishError> {
        let mut roots = self.present.roots.clone();
        roots.extend(self.new_root.clone());
        holders(&roots)?;
        let root_expires = expires(&roots)?;
        if root_expires <= self.now {
            return Err(PublishError::RootExpired { expires: root_expires, now: self.now });
        }
        let root_version = u64::try_from(roots.len()).unwrap_or(u64::MAX);
        let reached = |trusted| Ok(Reached { root_version, root_expires, trusted });
        if let Rest::Stays(trusted) = self.rest_under(&roots) {
            self.write_root(root_version)?;
            self.write_newest_root(&roots)?;
            return reached(trusted.map(|trusted| *trusted));
        }
        let store = self.sign(roots)?;
        let trusted = verify(store.clone()).map_err(PublishError::Repository)?;
        self.write_all(&trusted, &store)?;
        self.write_newest_root(&store.roots)?;
        reached(Some(trusted))
    }

    /// Whether nothing but root changes, and clients will accept the rest as it is.
    fn rest_under(&self, roots: &[Vec<u8>]) -> Rest {
        if self.targets.is_some() || self.renewal == Renewal::Always {
            return Rest::MustBeSigned;
        }
        match (&self.present.trusted, self.present.under(roots)) {
            (Some(_), None) => Rest::MustBeSigned,
            (_, trusted) => Rest::Stays(trusted.map(Box::new)),
        }
    }

    /// The metadata of the next state.
    fn sign(&self, roots: Vec<Vec<u8>>) -> Result<Store, PublishError> {
        let (before, new) = (self.present.holders()?, holders(&roots)?);
        // While keys change, the old ones sign too if they are here: so no client is ever without a valid timestamp.
        let signing: Vec<_> = before.iter().chain([&new]).collect();
        let known = self.present.trusted.as_ref();
        let targets = match (&self.targets, known) {
            (Some(targets), _) => targets.clone(),
            (None, Some(trusted)) => trusted.top_level().bytes().to_vec(),
            (None, None) => return Err(PublishError::NothingToSign),
        };
        let version = Draft::read(TopRole::Targets, &targets)?.version();
        let fields = known.map(|trusted| trusted.snapshot().fields());
        let snapshot = self.sign_role(TopRole::Snapshot, fields, &signing, |fields| {
            fields::promise(fields, "targets.json", version, &targets);
        })?;
        let fields = known.map(|trusted| trusted.timestamp().fields());
        let timestamp = self.sign_role(TopRole::Timestamp, fields, &signing, |fields| {
            fields::promise(fields, "snapshot.json", snapshot.version(), &snapshot.to_bytes());
        })?;
        let (timestamp, snapshot) = (timestamp.to_bytes(), snapshot.to_bytes());
        Ok(Store { roots, timestamp, snapshot, targets, delegated: Vec::new() })
    }

    fn sign_role(
        &self,
        role: TopRole,
        before: Option<&Object>,
        signing: &[&Holders],
        change: impl FnOnce(&mut Object),
    ) -> Result<Draft, PublishError> {
        let mut draft = Draft::new(role, fields::next(before, role, self.now, self.days)?);
        change(&mut draft.fields);
        draft.sign_all(signing, self.keys)?;
        Ok(draft)
    }

    /// Data first, timestamp last. A new root comes after the timestamp where that is valid under the old root too;
    /// where it cannot be, since the old keys are gone, it comes just before.
    fn write_all(&self, trusted: &Trusted, store: &Store) -> Result<(), PublishError> {
        for (name, bytes) in &self.files {
            self.write(&self.folder.join("targets").join(name), bytes)?;
        }
        let in_metadata = |name: String, bytes: &[u8]| self.write(&metadata_path(self.folder, &name), bytes);
        if let Some(targets) = &self.targets {
            in_metadata(format!("{}.targets.json", trusted.top_level().header().version), targets)?;
        }
        in_metadata(format!("{}.snapshot.json", trusted.snapshot().header().version), &store.snapshot)?;
        let root_version = trusted.root().header().version;
        let under_old_root = Store { roots: self.present.roots.clone(), ..store.clone() };
        if verify(under_old_root).is_ok() {
            in_metadata("timestamp.json".into(), &store.timestamp)?;
            self.write_root(root_version)
        } else {
            self.write_root(root_version)?;
            in_metadata("timestamp.json".into(), &store.timestamp)
        }
    }

    fn write_root(&self, version: u64) -> Result<(), PublishError> {
        let Some(root) = &self.new_root else { return Ok(()) };
        self.write(&metadata_path(self.folder, &format!("{version}.root.json")), root)?;
        self.write_newest_root(std::slice::from_ref(root))
    }

    /// The newest root once more, under a name that is always there. A client learns that there is no newer one from a
    /// file that is missing, which a browser reports as a fault; by this one it need not ask for what is not there.
    fn write_newest_root(&self, roots: &[Vec<u8>]) -> Result<(), PublishError> {
        let path = metadata_path(self.folder, "root.json");
        match roots.last() {
            Some(newest) if read_if_there(&path)?.as_ref() != Some(newest) => self.write(&path, newest),
            _ => Ok(()),
        }
    }

    /// Others see either none of a file or all.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        self.disk.replace(path, bytes).map_err(|source| PublishError::Io { path: path.into(), source })
    }
}
