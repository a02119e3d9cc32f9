//! Who must sign for a role.

use super::json::{Object, are_unique};
use super::metadata::{MetadataError, positive, texts, wrong};

/// The four roles that every repository has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TopRole {
    /// Says which keys sign for which role, itself included.
    Root,
    /// Says which versions of targets metadata belong together.
    Snapshot,
    /// Says which target files there are, with length and hash.
    Targets,
    /// Says which snapshot is the newest; signed often, so that it can expire soon.
    Timestamp,
}

impl TopRole {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Root, Self::Snapshot, Self::Targets, Self::Timestamp];

    /// The role's name in metadata.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Snapshot => "snapshot",
            Self::Targets => "targets",
            Self::Timestamp => "timestamp",
        }
    }
}

/// Which keys may sign, and how many of them must.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Role {
    key_ids: Vec<String>,
    threshold: u32,
}

impl Role {
    /// Reads `keyids` and `threshold`. No key id may stand twice, and at least one signature must be needed.
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let key_ids = texts(fields, "keyids")?;
        if !are_unique(key_ids.iter()) {
            return Err(wrong("keyids", "every key id once"));
        }
        let threshold = u32::try_from(positive(fields, "threshold")?);
        Ok(Self { key_ids, threshold: threshold.map_err(|_| wrong("threshold", "a number below 2^32"))? })
    }

    /// The ids of the keys that may sign.
    pub fn key_ids(&self) -> &[String] {
        &self.key_ids
    }

    /// How many different keys must sign.
    pub const fn threshold(&self) -> u32 {
        self.threshold
    }
}
