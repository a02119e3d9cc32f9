//! The chain of roots, from the pinned one to the newest: each signed by the keys of the one before and its own.

use super::metadata::{Signed, Unverified};
use super::threshold::{Verified, verify_root};
use super::{Root, TrustError};

#[derive(Clone, Debug)]
pub(crate) struct RootChain {
    /// As received, from the pinned root on.
    files: Vec<Vec<u8>>,
    last: Verified<Root>,
}

impl RootChain {
    /// A chain of one: the root that the caller trusts by other means. It must still be signed by its own keys. An
    /// expiry in the past does not matter here, since newer roots may follow (specification, 5.2).
    pub(crate) fn pinned(bytes: &[u8]) -> Result<Self, Box<TrustError>> {
        let last = verify_root(read(bytes.to_vec())?, None)?;
        Ok(Self { files: vec![bytes.to_vec()], last })
    }

    /// Adds the next root, which must bear the next version (specification, 5.3.4 and 5.3.5).
    pub(crate) fn add(&mut self, bytes: Vec<u8>) -> Result<(), Box<TrustError>> {
        let next = verify_root(read(bytes)?, Some(self.last.signed()))?;
        let (expected, found) = (self.next_version(), next.header().version);
        if found < expected {
            return Err(TrustError::Rollback { role: Root::TYPE.into(), trusted: expected, found }.into());
        }
        if found > expected {
            return Err(TrustError::Version { role: Root::TYPE.into(), expected, found }.into());
        }
        self.files.push(next.bytes().to_vec());
        self.last = next;
        Ok(())
    }

    /// Adds those of the stored roots that follow the last one. What lies before the pinned root is passed over: the
    /// program, and its pinned root with it, may be newer than what it stored.
    pub(crate) fn add_stored(&mut self, stored: &[Vec<u8>]) -> Result<(), Box<TrustError>> {
        for bytes in stored {
            if read(bytes.clone())?.header.version >= self.next_version() {
                self.add(bytes.clone())?;
            }
        }
        Ok(())
    }

    pub(crate) fn next_version(&self) -> u64 {
        self.last.header().version + 1
    }

    pub(crate) const fn last(&self) -> &Verified<Root> {
        &self.last
    }

    pub(crate) fn files(&self) -> &[Vec<u8>] {
        &self.files
    }
}

/// The last of a chain of roots of which the first is trusted: for a publisher, who made them all.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn newest_root(roots: &[Vec<u8>]) -> Result<Root, Box<TrustError>> {
    let pinned = roots.first().ok_or_else(|| TrustError::Missing { file: "1.root.json".into() })?;
    let mut chain = RootChain::pinned(pinned)?;
    chain.add_stored(roots)?;
    Ok(chain.last().signed().clone())
}

fn read(bytes: Vec<u8>) -> Result<Unverified, Box<TrustError>> {
    Unverified::read::<Root>(bytes).map_err(|error| error.in_role(Root::TYPE))
}
