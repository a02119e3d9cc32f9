//! Files that metadata describes by length and hash: what is promised, and the proof that bytes keep the promise.

use sha2::{Digest, Sha256, Sha512};

use super::hex::{from_hex, to_hex};
use super::json::{Object, Value};
use super::metadata::{MetadataError, Signed, natural, object, positive, text, wrong};
use super::{Kind, Request, TrustError};

/// The hashes that metadata gives of one file: at least one that this client can compute.
///
/// We publish SHA-256 alone. Where other publishers give SHA-512 too, both must fit; further kinds are ignored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hashes {
    sha256: Option<[u8; 32]>,
    sha512: Option<[u8; 64]>,
}

impl Hashes {
    fn read(fields: &Object) -> Result<Self, MetadataError> {
        let sha256 = fields.get("sha256").map(|_| text(fields, "sha256")).transpose()?;
        let sha512 = fields.get("sha512").map(|_| text(fields, "sha512")).transpose()?;
        let hashes = Self {
            sha256: sha256.map(|hex| from_hex(hex).ok_or(wrong("sha256", "64 digits"))).transpose()?,
            sha512: sha512.map(|hex| from_hex(hex).ok_or(wrong("sha512", "128 digits"))).transpose()?,
        };
        let any = hashes.sha256.is_some() || hashes.sha512.is_some();
        if any { Ok(hashes) } else { Err(wrong("hashes", "sha256 or sha512")) }
    }

    /// The SHA-256 that is promised, if it is.
    pub const fn sha256(&self) -> Option<&[u8; 32]> {
        self.sha256.as_ref()
    }

    /// The digits that stand before the name of a target file in a repository with consistent snapshots.
    fn prefix(&self) -> String {
        let sha512 = || self.sha512.map(|hash| to_hex(&hash));
        self.sha256.map(|hash| to_hex(&hash)).or_else(sha512).unwrap_or_default()
    }

    fn verify(&self, file: &str, bytes: &[u8]) -> Result<(), TrustError> {
        if let Some(expected) = &self.sha256 {
            expect_hash(file, expected, &Sha256::digest(bytes))?;
        }
        if let Some(expected) = &self.sha512 {
            expect_hash(file, expected, &Sha512::digest(bytes))?;
        }
        Ok(())
    }
}

/// What timestamp and snapshot metadata say about another metadata file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MetaFile {
    version: u64,
    length: Option<u64>,
    hashes: Option<Hashes>,
}

impl MetaFile {
    pub(crate) fn read(fields: &Object) -> Result<Self, MetadataError> {
        Ok(Self {
            version: positive(fields, "version")?,
            length: fields.get("length").map(|_| natural(fields, "length")).transpose()?,
            hashes: match fields.get("hashes") {
                Some(_) => Some(Hashes::read(object(fields, "hashes")?)?),
                None => None,
            },
        })
    }

    /// The version that is current.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// How long the file may be: as long as is promised, and never longer than such a file is read.
    pub(crate) fn limit<T: Signed>(&self) -> u64 {
        self.length.unwrap_or(T::LIMIT).min(T::LIMIT)
    }

    /// Compares what is promised (length and hashes are optional here) with the bytes.
    pub(crate) fn verify(&self, role: &str, bytes: &[u8]) -> Result<(), TrustError> {
        let file = || format!("{role}.json");
        if let Some(expected) = self.length {
            expect_length(&file(), expected, bytes)?;
        }
        self.hashes.as_ref().map_or(Ok(()), |hashes| hashes.verify(&file(), bytes))
    }
}

/// What targets metadata says about one target file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Description {
    length: u64,
    hashes: Hashes,
    custom: Option<Value>,
}

impl Description {
    pub(crate) fn read(fields: &Object) -> Result<Self, MetadataError> {
        Ok(Self {
            length: natural(fields, "length")?,
            hashes: Hashes::read(object(fields, "hashes")?)?,
            custom: match fields.get("custom") {
                Some(_) => Some(object(fields, "custom")?.clone().into()),
                None => None,
            },
        })
    }

    /// The length of the file in bytes.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The hashes of the file.
    pub const fn hashes(&self) -> &Hashes {
        &self.hashes
    }

    /// What the publisher added; this client only hands it on.
    pub const fn custom(&self) -> Option<&Value> {
        self.custom.as_ref()
    }
}

/// A target file that verified metadata describes, before anybody has seen its bytes.
///
/// Only a [`Trusted`](super::Trusted) set makes one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    name: String,
    description: Description,
    naming: Naming,
}

/// How the files of a repository are named.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Naming {
    /// With the hash before the name: `dir/HASH.name`.
    Consistent,
    /// As they are called.
    Plain,
}

impl Target {
    pub(crate) fn new(name: &str, description: &Description, naming: Naming) -> Self {
        Self { name: name.into(), description: description.clone(), naming }
    }

    /// The target's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The length of the file in bytes.
    pub const fn length(&self) -> u64 {
        self.description.length
    }

    /// The SHA-256 of the file, if the publisher gives it; ours always does.
    pub const fn sha256(&self) -> Option<&[u8; 32]> {
        self.description.hashes.sha256()
    }

    /// What the publisher added; this client only hands it on.
    pub const fn custom(&self) -> Option<&Value> {
        self.description.custom()
    }

    /// What to fetch, relative to where the repository keeps its targets.
    pub fn request(&self) -> Request {
        let path = match self.naming {
            Naming::Plain => self.name.clone(),
            Naming::Consistent => {
                let (folder, name) = self.name.rsplit_once('/').unwrap_or(("", &self.name));
                let slash = if folder.is_empty() { "" } else { "/" };
                format!("{folder}{slash}{}.{name}", self.description.hashes.prefix())
            }
        };
        Request { kind: Kind::Target, path, limit: self.description.length }
    }

    /// The proof that these bytes are the target, or how they differ from it.
    pub fn verify(self, bytes: Vec<u8>) -> Result<VerifiedTarget, TrustError> {
        expect_length(&self.name, self.description.length, &bytes)?;
        self.description.hashes.verify(&self.name, &bytes)?;
        Ok(VerifiedTarget { target: self, bytes })
    }
}

/// A target's bytes, compared with length and hashes in verified metadata. [`Target::verify`] is the only maker.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedTarget {
    target: Target,
    bytes: Vec<u8>,
}

impl VerifiedTarget {
    /// What metadata says about it.
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// The content of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content of the file, for one who needs nothing else.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn expect_length(file: &str, expected: u64, bytes: &[u8]) -> Result<(), TrustError> {
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found == expected { Ok(()) } else { Err(TrustError::Length { file: file.into(), expected, found }) }
}

fn expect_hash(file: &str, expected: &[u8], found: &[u8]) -> Result<(), TrustError> {
    if found == expected {
        return Ok(());
    }
    Err(TrustError::WrongHash { file: file.into(), expected: to_hex(expected), found: to_hex(found) })
}
