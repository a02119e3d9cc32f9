//! A consistent set of verified metadata, and the rules by which each file enters it.

use super::chain::RootChain;
use super::metadata::{Header, Signed, Unverified};
use super::target::{MetaFile, Naming};
use super::threshold::{Authority, Verified, verify};
use super::{Freshness, Root, Search, Snapshot, Store, Target, Targets, Timestamp, TrustError, UtcSeconds};

/// Root, timestamp, snapshot and targets that belong together: signed, of the versions that each promises of the
/// next, and, if they come from an [`Updater`](super::Updater), not expired.
#[derive(Clone, Debug)]
pub struct Trusted {
    pub(crate) chain: RootChain,
    pub(crate) timestamp: Verified<Timestamp>,
    pub(crate) snapshot: Verified<Snapshot>,
    pub(crate) targets: Verified<Targets>,
    /// Metadata of delegated roles as received. It is verified at each use, against whoever delegates then.
    pub(crate) delegated: Vec<(String, Vec<u8>)>,
    pub(crate) expiry: Expiry,
}

impl Trusted {
    /// The newest root.
    pub const fn root(&self) -> &Verified<Root> {
        self.chain.last()
    }

    /// The timestamp.
    pub const fn timestamp(&self) -> &Verified<Timestamp> {
        &self.timestamp
    }

    /// The snapshot.
    pub const fn snapshot(&self) -> &Verified<Snapshot> {
        &self.snapshot
    }

    /// The metadata of the top-level targets role.
    pub const fn top_level(&self) -> &Verified<Targets> {
        &self.targets
    }

    /// The targets that the top-level role lists, in the order of their names.
    pub fn targets(&self) -> impl Iterator<Item = Target> {
        self.targets.signed().iter().map(|(name, description)| Target::new(name, description, self.naming()))
    }

    /// The target with this name, if the top-level role lists it.
    pub fn target(&self, name: &str) -> Option<Target> {
        self.targets.signed().find(name).map(|description| Target::new(name, description, self.naming()))
    }

    /// Looks for a target in the top-level role and in those that it delegates to.
    pub fn search(&mut self, name: &str) -> Result<Search<'_>, Box<TrustError>> {
        Search::start(self, name)
    }

    /// What to keep, all of it together. See [`reverify`](super::reverify) for the way back.
    pub fn store(&self) -> Store {
        Store {
            roots: self.chain.files().to_vec(),
            timestamp: self.timestamp.bytes().to_vec(),
            snapshot: self.snapshot.bytes().to_vec(),
            targets: self.targets.bytes().to_vec(),
            delegated: self.delegated.clone(),
        }
    }

    /// Until when this is current, and since when at the earliest.
    pub fn freshness(&self) -> Freshness {
        let headers =
            [self.root().header(), self.timestamp.header(), self.snapshot.header(), self.targets.header()];
        Freshness {
            expires: headers
                .iter()
                .map(|header| header.expires)
                .min()
                .unwrap_or(self.targets.header().expires),
            signed_at: headers.iter().filter_map(|header| header.signed_at).max(),
        }
    }

    pub(crate) fn naming(&self) -> Naming {
        if self.root().signed().consistent_snapshot() { Naming::Consistent } else { Naming::Plain }
    }
}

/// What an expiry in the past means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Expiry {
    /// Metadata that has expired at this time is refused: updating.
    Enforced(UtcSeconds),
    /// It is left to [`Freshness`]: displaying.
    Reported,
}

impl Expiry {
    pub(crate) fn check(self, role: &str, header: &Header) -> Result<(), Box<TrustError>> {
        match self {
            Self::Enforced(now) if header.expires <= now => {
                Err(TrustError::Expired { role: role.into(), expires: header.expires, now }.into())
            }
            _ => Ok(()),
        }
    }
}

/// Metadata whose signatures are good. Whether it may be used is for the caller to find out.
pub(crate) fn authentic<T: Signed>(
    role: &str,
    bytes: Vec<u8>,
    authority: &Authority<'_>,
) -> Result<Verified<T>, Box<TrustError>> {
    let file = Unverified::read::<T>(bytes).map_err(|error| error.in_role(role))?;
    verify(role, file, authority)
}

/// Metadata that another file promises: with the promised length and hashes, which are looked at before anything is
/// parsed, with good signatures, of the promised version.
pub(crate) fn promised<T: Signed>(
    role: &str,
    bytes: Vec<u8>,
    promise: &MetaFile,
    authority: &Authority<'_>,
) -> Result<Verified<T>, Box<TrustError>> {
    promise.verify(role, &bytes)?;
    let file = authentic::<T>(role, bytes, authority)?;
    promise.expect_version(role, file.header().version)?;
    Ok(file)
}
