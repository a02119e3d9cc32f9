//! Ed25519 key pairs of a publisher, and the folder in which they are kept.
//!
//! ```text
//! root.pem  root.pub      one key for each role of TUF: the private half, and the public one to hand out
//! root-2.pem  root-2.pub  further keys of a role, where a folder holds several
//! targets.pem  snapshot.pem  timestamp.pem …
//! certificate.pem         the key of certificates, in no role of TUF
//! ```
//!
//! A folder need not hold all roles: each holder has a folder of their own, and the root keys belong on machines
//! without a network. Private halves are PKCS#8 in PEM, encrypted with a passphrase unless the caller asks for plain ones
//! (PBES2 with scrypt and AES-256, as `openssl pkcs8 -topk8 -scrypt` writes it), and readable by their owner alone
//! (mode 0600). Public halves are what `openssl pkey -pubout` writes. Keys that openssl made are read as well as ours.
//!
//! Nothing here prints a private key or asks anybody anything, and nothing here makes randomness: seeds, passphrases
//! and what decides about salts are arguments.

mod error;
mod files;
mod fingerprint;
mod folder;
mod pair;
mod pem;

pub use error::{KeyError, PemError};
pub use files::{Unlock, read_private_key, read_secret};
pub use fingerprint::{FINGERPRINT_WORDS, fingerprint};
pub use folder::PublicHalf;
pub use pair::{KeyPair, key_id};
pub use pem::{MIN_PASSPHRASE, Passphrase, Protection, public_from_pem};

use crate::trust::TopRole;

/// The keys of a publisher, by role.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    root: Vec<KeyPair>,
    snapshot: Vec<KeyPair>,
    targets: Vec<KeyPair>,
    timestamp: Vec<KeyPair>,
}

impl Keys {
    /// One key for each role, in the order of [`TopRole::ALL`], from 32 secret random bytes each.
    pub fn from_seeds(seeds: &[[u8; 32]; 4]) -> Self {
        let mut keys = Self::default();
        for (role, seed) in TopRole::ALL.into_iter().zip(seeds) {
            keys.add(role, KeyPair::from_seed(seed));
        }
        keys
    }

    /// One key for each role, all [derived](KeyPair::derived) from one seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let mut keys = Self::default();
        for role in TopRole::ALL {
            keys.add(role, KeyPair::derived(seed, role.name()));
        }
        keys
    }

    /// The keys that are here for a role.
    pub fn of(&self, role: TopRole) -> &[KeyPair] {
        match role {
            TopRole::Root => &self.root,
            TopRole::Snapshot => &self.snapshot,
            TopRole::Targets => &self.targets,
            TopRole::Timestamp => &self.timestamp,
        }
    }

    /// Adds a key to a role.
    pub fn add(&mut self, role: TopRole, key: KeyPair) {
        let keys = match role {
            TopRole::Root => &mut self.root,
            TopRole::Snapshot => &mut self.snapshot,
            TopRole::Targets => &mut self.targets,
            TopRole::Timestamp => &mut self.timestamp,
        };
        keys.push(key);
    }

    /// All keys with their roles.
    pub fn iter(&self) -> impl Iterator<Item = (TopRole, &KeyPair)> {
        TopRole::ALL.into_iter().flat_map(|role| self.of(role).iter().map(move |key| (role, key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_four_different_keys_and_always_the_same() {
        let (keys, again) = (Keys::from_seed(&[9; 32]), Keys::from_seed(&[9; 32]));
        let ids = |keys: &Keys| TopRole::ALL.map(|role| keys.of(role)[0].key_id());
        assert_eq!(ids(&keys), ids(&again));
        let mut different = ids(&keys).to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 4);
    }
}
