//! What a client keeps between two runs, and how it is trusted again.

use super::chain::RootChain;
use super::role::TopRole;
use super::trusted::{Expiry, authentic, promised};
use super::{Snapshot, Timestamp, TrustError, Trusted};

/// Metadata files as received. Just bytes: where they were kept is not trusted, so neither are they.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Store {
    /// The roots, from the pinned one on.
    pub roots: Vec<Vec<u8>>,
    /// The timestamp.
    pub timestamp: Vec<u8>,
    /// The snapshot.
    pub snapshot: Vec<u8>,
    /// The metadata of the top-level targets role.
    pub targets: Vec<u8>,
    /// The metadata of those delegated roles that searches went through, by role name.
    pub delegated: Vec<(String, Vec<u8>)>,
}

/// Verifies stored metadata again, from the pinned root on: the display path, walked at every start.
///
/// Everything is checked as when it was fetched, except the time: what has expired is still what its publisher
/// signed, so it is returned and [`Trusted::freshness`] says how old it is. This neither asks the network nor notices
/// that newer metadata exists.
pub fn reverify(pinned_root: &[u8], stored: Store) -> Result<Trusted, Box<TrustError>> {
    let mut chain = RootChain::pinned(pinned_root)?;
    chain.add_stored(&stored.roots)?;
    let root = chain.last().signed();
    let timestamp =
        authentic::<Timestamp>("timestamp", stored.timestamp, &root.authority(TopRole::Timestamp))?;
    let of_snapshot = root.authority(TopRole::Snapshot);
    let snapshot =
        promised::<Snapshot>("snapshot", stored.snapshot, timestamp.signed().snapshot(), &of_snapshot)?;
    let of_targets = root.authority(TopRole::Targets);
    let promise = snapshot.signed().expect("targets")?;
    let targets = promised("targets", stored.targets, promise, &of_targets)?;
    let delegated = stored.delegated;
    Ok(Trusted { chain, timestamp, snapshot, targets, delegated, expiry: Expiry::Reported })
}
