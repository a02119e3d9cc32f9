//! Metadata that somebody brings: whose it is.

use super::metadata::{Header, Signed, Unverified};
use super::threshold::count;
use super::{Root, Snapshot, Targets, Timestamp, TopRole, Trusted};

impl Trusted {
    /// The role and header of `bytes`, if they are top-level metadata that enough keys of the newest root have signed.
    ///
    /// Version and expiry are for the caller to look at: this tells whose file it is, and nothing may be taken from it
    /// that is not in [`Trusted`] itself.
    pub fn recognise(&self, bytes: &[u8]) -> Option<(TopRole, Header)> {
        TopRole::ALL.into_iter().find_map(|role| {
            let file = Unverified::read_as(bytes.to_vec(), role.name(), limit(role)).ok()?;
            count(role.name(), &file, &self.root().signed().authority(role)).ok()?;
            Some((role, file.header))
        })
    }
}

const fn limit(role: TopRole) -> u64 {
    match role {
        TopRole::Root => Root::LIMIT,
        TopRole::Snapshot => Snapshot::LIMIT,
        TopRole::Targets => Targets::LIMIT,
        TopRole::Timestamp => Timestamp::LIMIT,
    }
}
