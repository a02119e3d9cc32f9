//! Writes a TUF repository: a folder of static files that any web server can offer and any TUF client can verify.
//!
//! ```text
//! metadata/  1.root.json 2.root.json …  N.targets.json  N.snapshot.json  timestamp.json
//!            root.json: the newest root once more, for browsers
//! targets/   HASH.NAME
//! .lock      held by whoever is publishing
//! ```
//!
//! # What a client in the middle of an update finds
//!
//! What it was promised: old files stay where they are. Target files are written first and the timestamp last, each
//! under a temporary name that is then changed: whatever stops the publisher on the way, the old timestamp still
//! points to the old files. Before anything is written the whole is verified with the client's own code, and the next
//! publisher finds what the one before left behind and goes on from there.
//!
//! When the keys of the timestamp or the snapshot change, clients need two files that no rename puts there at once:
//! the new root, and a timestamp that it accepts. While the old keys are at hand the timestamp is signed with the old
//! and the new ones and written first, so that it is valid before and after. Where an old key is lost, the root is
//! written just before the timestamp, and a client that comes between the two refuses the update and keeps what it
//! has.
//!
//! # Two ways to publish
//!
//! One person with all keys in one folder needs [`publish`] alone. Where several must sign, on machines of their own,
//! what is to be published is staged first: see [`super::ceremony`].
//!
//! What is written is what every TUF client reads alike: flat ASCII target names, ASCII texts, SHA-256 alone,
//! computed key ids, sizes below the limits of the stock clients.

mod draft;
mod error;
pub(crate) mod fields;
mod holders;
mod present;
mod step;

use std::path::Path;

pub use draft::Draft;
pub use error::PublishError;
pub use holders::{Holders, Missing};
pub(crate) use present::{Present, holders, read_if_there};

use super::ceremony::{self, Staged};
use super::disk::{Disk, LocalDisk, remove_unfinished};
use super::keys::Keys;
use super::lock::Lock;
pub use crate::checker::EditionTag;
use crate::trust::json::Object;
use crate::trust::{TopRole, UtcSeconds};
use fields::Listed;
use step::{Reached, Renewal, Step};

/// A target file to publish.
#[derive(Clone, Debug)]
pub struct NewTarget {
    /// Letters, digits and `-._`; it cannot be used again for other content.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// What metadata says about it beside length and hash, for example [`EditionTag::to_custom`].
    pub custom: Object,
}

/// For how many days signatures hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Expiries {
    /// Targets, snapshot and timestamp: how long a client is content without news.
    pub list: u16,
    /// Root: how long until the keys must be confirmed or changed.
    pub root: u16,
}

impl Default for Expiries {
    fn default() -> Self {
        Self { list: 35, root: 365 }
    }
}

/// What was published.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Published {
    /// The targets that were not there before.
    pub added: Vec<String>,
    /// The targets that were there before with the same content.
    pub unchanged: Vec<String>,
    /// The version of root.
    pub root_version: u64,
    /// The version of targets metadata; 0 where there is none yet.
    pub targets_version: u64,
    /// The version of the timestamp; 0 where there is none yet.
    pub timestamp_version: u64,
    /// Until when the list is current; where there is none yet, until when root is.
    pub expires: UtcSeconds,
}

impl Published {
    fn of(reached: &Reached, added: Vec<String>, unchanged: Vec<String>) -> Self {
        let trusted = reached.trusted.as_ref();
        Self {
            added,
            unchanged,
            root_version: reached.root_version,
            targets_version: trusted.map_or(0, |trusted| trusted.top_level().header().version),
            timestamp_version: trusted.map_or(0, |trusted| trusted.timestamp().header().version),
            expires: trusted.map_or(reached.root_expires, |trusted| trusted.freshness().expires),
        }
    }
}

/// Publishes targets into the repository in `folder`, beside those that are there, and signs everything anew with
/// `keys`, which must be enough for all roles. In an empty folder a first root is made of them.
///
/// Without new targets this only prolongs the old ones.
pub fn publish(
    folder: &Path,
    keys: &Keys,
    targets: &[NewTarget],
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<Published, PublishError> {
    Publisher::new(folder).publish(keys, targets, now, expiries)
}

/// One who publishes into the repository in a folder. Each of these calls refuses while another is under way.
#[derive(Clone, Copy)]
pub struct Publisher<'a> {
    folder: &'a Path,
    disk: &'a dyn Disk,
}

impl<'a> Publisher<'a> {
    /// A publisher into this folder.
    pub fn new(folder: &'a Path) -> Self {
        Self { folder, disk: &LocalDisk }
    }

    /// The same, writing to another disk.
    pub fn on(self, disk: &'a dyn Disk) -> Self {
        Self { disk, ..self }
    }

    /// See [`publish`].
    pub fn publish(
        &self,
        keys: &Keys,
        targets: &[NewTarget],
        now: UtcSeconds,
        expiries: Expiries,
    ) -> Result<Published, PublishError> {
        let _lock = self.lock(now)?;
        let present = self.present()?;
        let new_root = match present.holders()? {
            Some(_) => None,
            None => Some(first_root(keys, now, expiries.root)?),
        };
        let mut roots = present.roots.clone();
        roots.extend(new_root.clone());
        let before = present.trusted.as_ref().map(|trusted| trusted.top_level().fields());
        let mut draft =
            Draft::new(TopRole::Targets, fields::next(before, TopRole::Targets, now, expiries.list)?);
        let (added, unchanged) = list_all(&mut draft.fields, targets)?;
        draft.sign_all(&[&holders(&roots)?], keys)?;
        let files = targets.iter().map(|target| (target.file_name(), target.bytes.clone())).collect();
        let targets = Some(draft.to_bytes());
        let step = Step { new_root, targets, files, ..self.step(keys, now, expiries.list, present) };
        Ok(Published::of(&step.take()?, added, unchanged))
    }

    /// Signs snapshot and timestamp anew, so that the list stays current for so many more days: what the online keys
    /// can do alone. The targets metadata stays as it is.
    pub fn renew(&self, online: &Keys, now: UtcSeconds, days: u16) -> Result<Published, PublishError> {
        let _lock = self.lock(now)?;
        let step = self.step(online, now, days, self.present()?);
        Ok(Published::of(&step.take()?, Vec::new(), Vec::new()))
    }

    /// Publishes what was staged and signed. Where that changes the list, or the keys of snapshot or timestamp, the
    /// `online` keys sign those two, for so many days.
    pub fn publish_staged(
        &self,
        staged: &Staged,
        online: &Keys,
        now: UtcSeconds,
        days: u16,
    ) -> Result<Published, PublishError> {
        let _lock = self.lock(now)?;
        let present = Present::read(self.folder)?;
        let next = staged.to_publish(&present)?;
        let step = Step {
            new_root: next.root,
            targets: next.targets,
            files: next.files,
            renewal: Renewal::WhereNeeded,
            ..self.step(online, now, days, present)
        };
        Ok(Published::of(&step.take()?, next.added, Vec::new()))
    }

    fn lock(&self, now: UtcSeconds) -> Result<Lock, PublishError> {
        let lock = Lock::take(self.folder, now)?;
        for inner in ["metadata", "targets"] {
            remove_unfinished(&self.folder.join(inner));
        }
        Ok(lock)
    }

    /// What is there, if no other publication must be finished first.
    fn present(&self) -> Result<Present, PublishError> {
        let present = Present::read(self.folder)?;
        if present.begun.is_some() {
            return Err(PublishError::Unfinished { root_version: present.roots.len() + 1 });
        }
        Ok(present)
    }

    fn step<'s>(&'s self, keys: &'s Keys, now: UtcSeconds, days: u16, present: Present) -> Step<'s> {
        let (folder, disk, renewal) = (self.folder, self.disk, Renewal::Always);
        Step { folder, disk, keys, now, days, present, new_root: None, targets: None, files: vec![], renewal }
    }
}

impl NewTarget {
    /// The name of its file.
    pub(crate) fn file_name(&self) -> String {
        fields::file_name(&self.name, &self.bytes)
    }
}

/// Lists targets, and tells which were not there before and which were.
pub(crate) fn list_all(
    fields: &mut Object,
    targets: &[NewTarget],
) -> Result<(Vec<String>, Vec<String>), PublishError> {
    let (mut added, mut unchanged) = (Vec::new(), Vec::new());
    if fields.get("targets").is_none() {
        fields.set("targets", Object::default().into());
    }
    for target in targets {
        match fields::list(fields, target)? {
            Listed::Added => added.push(target.name.clone()),
            Listed::Unchanged => unchanged.push(target.name.clone()),
        }
    }
    Ok((added, unchanged))
}

/// A root of which these keys are all keys there are, one of each role being enough.
fn first_root(keys: &Keys, now: UtcSeconds, days: u16) -> Result<Vec<u8>, PublishError> {
    let mut changes = ceremony::Changes::default();
    for role in TopRole::ALL {
        let keys = keys.of(role).iter().map(super::keys::KeyPair::public).collect();
        changes.of_mut(role).add = keys;
    }
    let mut root = ceremony::next_root(None, &changes, now, days)?;
    let holders = ceremony::holders_of(&root)?;
    root.sign_all(&[&holders], keys)?;
    Ok(root.to_bytes())
}
