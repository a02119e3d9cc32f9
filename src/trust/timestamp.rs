//! Timestamp metadata: which snapshot is the newest.

use super::json::Object;
use super::limits::TIMESTAMP_BYTES;
use super::metadata::{Header, MetadataError, Signed, object};
use super::target::MetaFile;

/// The signed part of timestamp metadata.
#[derive(Clone, Debug)]
pub struct Timestamp {
    header: Header,
    snapshot: MetaFile,
}

impl Timestamp {
    /// The snapshot metadata that is current.
    pub const fn snapshot(&self) -> &MetaFile {
        &self.snapshot
    }
}

impl Signed for Timestamp {
    const TYPE: &'static str = "timestamp";
    const LIMIT: u64 = TIMESTAMP_BYTES;

    fn read(header: Header, fields: &Object) -> Result<Self, Box<MetadataError>> {
        let snapshot = MetaFile::read(object(object(fields, "meta")?, "snapshot.json")?)?;
        Ok(Self { header, snapshot })
    }

    fn header(&self) -> &Header {
        &self.header
    }
}
