//! The one place where signatures are counted, and the only one that can make a [`Verified`].

use super::json::Object;
use super::key::{KeyRing, PublicKey};
use super::metadata::{Header, Signed, Unverified};
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

    /// Reads what is special to the kind, which the caller has counted the signatures of.
    fn read(role: &str, file: Unverified) -> Result<Self, Box<TrustError>> {
        let signed = T::read(file.header, &file.fields).map_err(|error| error.in_role(role))?;
        Ok(Self { bytes: file.bytes, fields: file.fields, signed })
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
    file: Unverified,
    authority: &Authority<'_>,
) -> Result<Verified<T>, Box<TrustError>> {
    count(role, &file, authority)?;
    Verified::read(role, file)
}

/// A root, if the keys of the root before it have signed it, where there is one, and those that it names itself.
pub(crate) fn verify_root(
    file: Unverified,
    previous: Option<&Root>,
) -> Result<Verified<Root>, Box<TrustError>> {
    if let Some(previous) = previous {
        count(Root::TYPE, &file, &previous.authority(TopRole::Root))?;
    }
    let signed = Root::read(file.header, &file.fields).map_err(|error| error.in_role(Root::TYPE))?;
    count(Root::TYPE, &file, &signed.authority(TopRole::Root))?;
    Ok(Verified { bytes: file.bytes, fields: file.fields, signed })
}

/// Goes over the role's key ids, not over the signatures, so that no signature can count twice, and at most as many
/// signatures are verified as the role has keys. A key with two ids is still one signer.
pub(super) fn count(role: &str, file: &Unverified, authority: &Authority<'_>) -> Result<(), Box<TrustError>> {
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
    Err(TrustError::BelowThreshold { role: role.into(), delegator, threshold, signers }.into())
}
