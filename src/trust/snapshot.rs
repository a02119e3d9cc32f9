//! Snapshot metadata: which versions of targets metadata belong together.

use super::TrustError;
use super::json::Object;
use super::limits::SNAPSHOT_BYTES;
use super::metadata::{Header, MetadataError, Signed, named, wrong};
use super::target::MetaFile;

/// The signed part of snapshot metadata.
#[derive(Clone, Debug)]
pub struct Snapshot {
    header: Header,
    /// Sorted by file name: that of the role and `.json`.
    meta: Vec<(String, MetaFile)>,
}

impl Snapshot {
    /// What the snapshot says about the metadata of a targets role.
    pub fn find(&self, role: &str) -> Option<&MetaFile> {
        let file = format!("{role}{SUFFIX}");
        let at = self.meta.binary_search_by(|(other, _)| other.cmp(&file)).ok()?;
        Some(&self.meta[at].1)
    }

    /// What the snapshot says about the metadata of a targets role, which must be listed.
    pub(crate) fn expect(&self, role: &str) -> Result<&MetaFile, Box<TrustError>> {
        self.find(role).ok_or_else(|| TrustError::SnapshotLacks { role: role.into() }.into())
    }

    /// All roles listed, with their files.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MetaFile)> {
        self.meta.iter().filter_map(|(name, file)| Some((name.strip_suffix(SUFFIX)?, file)))
    }
}

const SUFFIX: &str = ".json";

impl Signed for Snapshot {
    const TYPE: &'static str = "snapshot";
    const LIMIT: u64 = SNAPSHOT_BYTES;

    fn read(header: Header, fields: &Object) -> Result<Self, Box<MetadataError>> {
        let meta = named(fields, "meta", MetaFile::read)?;
        if meta.iter().any(|(name, _)| !name.ends_with(SUFFIX)) {
            return Err(wrong("meta", "names that end in .json"));
        }
        Ok(Self { header, meta })
    }

    fn header(&self) -> &Header {
        &self.header
    }
}
