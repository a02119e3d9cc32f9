//! Snapshot metadata: which versions of targets metadata belong together.

use super::TrustError;
use super::json::{Object, Value};
use super::limits::SNAPSHOT_BYTES;
use super::metadata::{Header, MetadataError, Signed, object, wrong};
use super::target::MetaFile;

/// The signed part of snapshot metadata.
#[derive(Clone, Debug)]
pub struct Snapshot {
    header: Header,
    /// By role name, sorted.
    meta: Vec<(String, MetaFile)>,
}

impl Snapshot {
    /// What the snapshot says about the metadata of a targets role.
    pub fn find(&self, role: &str) -> Option<&MetaFile> {
        self.meta.iter().find(|(name, _)| name == role).map(|(_, file)| file)
    }

    /// What the snapshot says about the metadata of a targets role, which must be listed.
    pub(crate) fn expect(&self, role: &str) -> Result<&MetaFile, TrustError> {
        self.find(role).ok_or_else(|| TrustError::SnapshotLacks { role: role.into() })
    }

    /// All roles listed, with their files.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MetaFile)> {
        self.meta.iter().map(|(role, file)| (role.as_str(), file))
    }
}

impl Signed for Snapshot {
    const TYPE: &'static str = "snapshot";
    const LIMIT: u64 = SNAPSHOT_BYTES;

    fn read(header: Header, fields: &Object) -> Result<Self, MetadataError> {
        let entry = |(file, value): (&str, &Value)| {
            let role = file.strip_suffix(".json").ok_or(wrong("meta", "names that end in .json"))?;
            let fields = value.object().ok_or(wrong("meta", "objects"))?;
            Ok((role.to_string(), MetaFile::read(fields)?))
        };
        let meta = object(fields, "meta")?.iter().map(entry).collect::<Result<_, _>>()?;
        Ok(Self { header, meta })
    }

    fn header(&self) -> &Header {
        &self.header
    }
}
