//! What an edition was decoded to, kept by a device and believed only because the publisher signed its hash.

use sha2::{Digest, Sha256};

use super::Checker;
use crate::trust::json::Object;
use crate::trust::{Target, to_hex};

/// What [`Checker::columns`] gave, kept anywhere, and found to have the hash that the publisher signed: as trustworthy as
/// the file of the edition.
#[derive(Debug)]
pub struct VouchedColumns(Vec<u8>);

impl VouchedColumns {
    /// Adds to the metadata of the edition's target that its publisher vouches for its columns:
    /// `"columns":"SHA-256 in hexadecimal digits"`.
    pub fn vouch(custom: &mut Object, checker: &Checker) {
        custom.set(HASH, to_hex(&Sha256::digest(checker.columns())).into());
    }

    /// The columns of the edition that a target holds, whose SHA-256 the caller worked out; `None` where the publisher
    /// signed another hash of them, or none.
    pub fn verify_hashed(target: &Target, columns: Vec<u8>, sha256: &[u8]) -> Option<Self> {
        let signed = target.custom()?.get(HASH)?.text()?;
        (signed == to_hex(sha256)).then_some(Self(columns))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

const HASH: &str = "columns";
