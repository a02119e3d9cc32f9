//! The one place where signatures are counted, and the only one that can make a [`Verified`].

use super::json::Object;
use super::key::{KeyRing, PublicKey};
use super::metadata::{Envelope, Header, Signed, Unverified};
use super::role::{Role, TopRole};
use super::{Root, TrustError};

/// Metadata that enough of the right keys have signed.
///
/// Nothing but the counting below makes one. It says nothing about time or version: that is for the updater.
#[derive(Clone, Debug)]
pub struct Verified<T> {
    bytes: Vec<u8>,
    fields: Object,
    signed: T,
}

impl<T: Signed> Verified<T> {
    /// The file as received.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All fields of the signed part, unknown ones too.
    pub const fn fields(&self) -> &Object {
        &self.fields
    }

    /// Version and times.
    pub fn header(&self) -> &Header {
        self.signed.header()
    }

    /// The signed part, read.
    pub const fn signed(&self) -> &T {
        &self.signed
    }

    fn new(file: Unverified<T>) -> Self {
        Self { bytes: file.envelope.bytes, fields: file.envelope.fields, signed: file.signed }
    }
}

/// Who must sign, and who says so.
pub(crate) struct Authority<'a> {
    pub(crate) role: &'a Role,
    pub(crate) keys: &'a KeyRing,
    /// For error texts.
    pub(crate) delegator: String,
}

/// The metadata of `role`, if `authority` is satisfied with its signatures.
pub(crate) fn verify<T: Signed>(
    role: &str,
    file: Unverified<T>,
    authority: &Authority<'_>,
) -> Result<Verified<T>, TrustError> {
    count(role, &file.envelope, authority).map(|()| Verified::new(file))
}

/// A root, if the keys that it names itself have signed it and those of the root before it, where there is one.
pub(crate) fn verify_root(
    file: Unverified<Root>,
    previous: Option<&Root>,
) -> Result<Verified<Root>, TrustError> {
    if let Some(previous) = previous {
        count(Root::TYPE, &file.envelope, &previous.authority(TopRole::Root))?;
    }
    count(Root::TYPE, &file.envelope, &file.signed.authority(TopRole::Root))?;
    Ok(Verified::new(file))
}

/// Goes over the role's key ids, not over the signatures, so that a signature that stands there twice counts once,
/// and at most as many signatures are verified as the role has keys. A key with two ids is still one signer.
fn count(role: &str, file: &Envelope, authority: &Authority<'_>) -> Result<(), TrustError> {
    let message = file.fields.canonical();
    let mut signers: Vec<&PublicKey> = Vec::new();
    for key_id in authority.role.key_ids() {
        let Some(key) = authority.keys.find(key_id) else { continue };
        let Some(signature) = file.signatures.iter().find(|signature| signature.key_id == *key_id) else {
            continue;
        };
        if !signers.contains(&key) && key.has_signed(&message, &signature.hex) {
            signers.push(key);
        }
    }
    let signers = u32::try_from(signers.len()).unwrap_or(u32::MAX);
    let threshold = authority.role.threshold();
    if signers >= threshold {
        return Ok(());
    }
    let delegator = authority.delegator.clone();
    Err(TrustError::BelowThreshold { role: role.into(), delegator, threshold, signers })
}
