//! Files that metadata describes by length and hash: what is promised, and the proof that bytes keep the promise.

use super::hash::Hash;
use super::hex::to_hex;
use super::json::{Object, Value};
use super::metadata::{MetadataError, Signed, natural, object, positive};
use super::{Kind, Request, TrustError};

/// What timestamp and snapshot metadata say about another metadata file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MetaFile {
    version: u64,
    length: Option<u64>,
    hash: Option<Hash>,
}

impl MetaFile {
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        Ok(Self {
            version: positive(fields, "version")?,
            length: match fields.get("length") {
                Some(_) => Some(natural(fields, "length")?),
                None => None,
            },
            hash: match fields.get("hashes") {
                Some(_) => Some(Hash::read(fields)?),
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

    /// Compares what is promised (length and hash are optional here) with the bytes.
    pub(crate) fn verify(&self, role: &str, bytes: &[u8]) -> Result<(), Box<TrustError>> {
        if let Some(length) = self.length {
            expect_length(role, length, bytes)?;
        }
        self.hash.as_ref().map_or(Ok(()), |hash| hash.expect(role, bytes))
    }

    pub(crate) fn expect_version(&self, role: &str, found: u64) -> Result<(), Box<TrustError>> {
        if found == self.version {
            return Ok(());
        }
        Err(TrustError::Version { role: role.into(), expected: self.version, found }.into())
    }
}

/// What targets metadata says about one target file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Description {
    length: u64,
    hash: Hash,
    custom: Option<Value>,
}

impl Description {
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        Ok(Self {
            length: natural(fields, "length")?,
            hash: Hash::read(fields)?,
            custom: match fields.get("custom") {
                Some(_) => Some(object(fields, "custom")?.clone().into()),
                None => None,
            },
        })
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

    /// The SHA-256 of the file. (With the feature `conformance` its SHA-512, where metadata gives that alone.)
    pub const fn sha256(&self) -> &[u8] {
        self.description.hash.bytes()
    }

    /// What the publisher added; this client only hands it on.
    pub const fn custom(&self) -> Option<&Value> {
        self.description.custom.as_ref()
    }

    /// What to fetch, relative to where the repository keeps its targets.
    pub fn request(&self) -> Request {
        let path = match self.naming {
            Naming::Plain => self.name.clone(),
            Naming::Consistent => {
                let (folder, name) = self.name.rsplit_once('/').unwrap_or(("", &self.name));
                let slash = if folder.is_empty() { "" } else { "/" };
                format!("{folder}{slash}{}.{name}", to_hex(self.sha256()))
            }
        };
        Request { kind: Kind::Target, path, limit: self.description.length }
    }

    /// The proof that these bytes are the target, or how they differ from it.
    pub fn verify(self, bytes: Vec<u8>) -> Result<VerifiedTarget, Box<TrustError>> {
        expect_length(&self.name, self.description.length, &bytes)?;
        self.description.hash.expect(&self.name, &bytes)?;
        Ok(VerifiedTarget { target: self, bytes })
    }

    /// The same where the caller answers for `sha256` being the SHA-256 of these very bytes: a browser works that out ten
    /// times as fast as this program can.
    pub fn verify_hashed(self, bytes: Vec<u8>, sha256: &[u8; 32]) -> Result<VerifiedTarget, Box<TrustError>> {
        expect_length(&self.name, self.description.length, &bytes)?;
        self.description.hash.expect_digest(&self.name, sha256)?;
        Ok(VerifiedTarget { target: self, bytes })
    }
}

/// A target's bytes, compared with length and hashes in verified metadata. Only [`Target::verify`] and
/// [`Target::verify_hashed`] make it.
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

fn expect_length(file: &str, expected: u64, bytes: &[u8]) -> Result<(), Box<TrustError>> {
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found == expected {
        Ok(())
    } else {
        Err(TrustError::Length { file: file.into(), expected, found }.into())
    }
}
