//! What of a repository expires when, and who must sign it anew.

use std::path::Path;

use super::repository::{Present, PublishError, holders};
use super::transport::{Source, metadata_of};
use crate::trust::{Header, TopRole, UtcSeconds};

/// How the roles of a repository stand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Status {
    /// All four, those that are signed most often first.
    pub roles: Vec<RoleStatus>,
    /// How many targets are listed.
    pub targets: usize,
    /// A root whose publication was not finished.
    pub unfinished: Option<u64>,
}

/// How one role stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RoleStatus {
    /// The role.
    pub role: TopRole,
    /// The version of its metadata and when that expires, if there is any.
    pub metadata: Option<(u64, UtcSeconds)>,
    /// How many keys must sign.
    pub threshold: u32,
    /// The ids of the keys that may.
    pub keys: Vec<String>,
}

/// How near an expiry is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stands {
    /// It is past: clients refuse it.
    Expired,
    /// It is near.
    Near,
    /// There is no metadata yet.
    None,
    /// It is far off.
    Well,
}

impl RoleStatus {
    /// Whole days until it expires; negative once it has.
    pub fn days_left(&self, now: UtcSeconds) -> Option<i64> {
        let (_, expires) = self.metadata?;
        Some((expires.epoch_seconds() - now.epoch_seconds()).div_euclid(86_400))
    }

    /// How near its expiry is, if one wants to know so many days ahead.
    pub fn stands(&self, now: UtcSeconds, within: i64) -> Stands {
        let Some((_, expires)) = self.metadata else { return Stands::None };
        let seconds = expires.epoch_seconds() - now.epoch_seconds();
        match seconds {
            ..=0 => Stands::Expired,
            _ if seconds <= within * 86_400 => Stands::Near,
            _ if self.days_left(now) == Some(0) => Stands::Near,
            _ => Stands::Well,
        }
    }
}

/// Reads and verifies a repository: in a folder, or as those see it who fetch from its address.
///
/// It vouches for itself from its first root on; `pinned_root`, where it is given, must be that root.
pub fn read(source: &Source, pinned_root: Option<&[u8]>) -> Result<Status, PublishError> {
    let present = match source {
        Source::Folder(folder) => Present::read(folder)?,
        Source::Url(url) => {
            let mut bring = metadata_of(source);
            Present::gather(Path::new(url), &mut |name, limit| {
                bring(name, limit).map_err(|error| PublishError::Transport(Box::new(error)))
            })?
        }
    };
    if let (Some(pinned), Some(first)) = (pinned_root, present.roots.first())
        && pinned != first.as_slice()
    {
        return Err(PublishError::OtherRoot);
    }
    if present.roots.is_empty() {
        return Err(PublishError::NoRoot);
    }
    let holders = holders(&present.roots)?;
    let trusted = present.trusted.as_ref();
    let root = (holders.version(), present.root_expires()?);
    let of_role = |role: TopRole| RoleStatus {
        role,
        metadata: match role {
            TopRole::Root => Some(root),
            TopRole::Snapshot => trusted.map(|trusted| told(trusted.snapshot().header())),
            TopRole::Targets => trusted.map(|trusted| told(trusted.top_level().header())),
            TopRole::Timestamp => trusted.map(|trusted| told(trusted.timestamp().header())),
        },
        threshold: holders.role(role).threshold(),
        keys: holders.role(role).key_ids().to_vec(),
    };
    Ok(Status {
        roles: [TopRole::Timestamp, TopRole::Snapshot, TopRole::Targets, TopRole::Root].map(of_role).into(),
        targets: trusted.map_or(0, |trusted| trusted.targets().count()),
        unfinished: present.begun.is_some().then_some(holders.version() + 1),
    })
}

const fn told(header: &Header) -> (u64, UtcSeconds) {
    (header.version, header.expires)
}
