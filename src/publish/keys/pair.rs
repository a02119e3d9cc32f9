//! A key pair, and the id of its public half.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::trust::{PublicKey, to_hex};

/// An Ed25519 key pair.
#[derive(Clone)]
pub struct KeyPair(pub(super) SigningKey);

impl KeyPair {
    /// The pair that belongs to this private key: 32 bytes that nobody else may know.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// A pair for one purpose of several that share a seed, so that a demonstration or a test can be repeated.
    pub fn derived(seed: &[u8; 32], purpose: &str) -> Self {
        let hash = Sha256::new().chain_update(b"hongbang key ").chain_update(seed).chain_update(purpose);
        Self::from_seed(&hash.finalize().into())
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::ed25519(self.0.verifying_key().as_bytes())
    }

    /// The 32 bytes of the public half.
    pub fn public_bytes(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The [`key_id`] of the public half.
    pub fn key_id(&self) -> String {
        key_id(&self.public())
    }

    /// The signature over `message`.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

/// Shows the key id, never the key.
impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyPair").field(&self.key_id()).finish()
    }
}

/// The key id as TUF computes it: SHA-256 of the canonical form of the public key object, in digits.
pub fn key_id(key: &PublicKey) -> String {
    to_hex(&Sha256::digest(key.to_value().canonical()))
}
