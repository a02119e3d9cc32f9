//! What the fuzz targets share.

use std::sync::OnceLock;

#[path = "../../tests/format/example.rs"]
mod example;

/// The sections of a snapshot's file.
pub const EDITION: u8 = 1;
/// See [`EDITION`].
pub const DELTA: u8 = 2;

/// Where the content of a file begins: behind magic, version, tag and length.
pub const CONTENT: usize = 13;

/// The example of FORMAT.md.
pub fn edition() -> hongbang::Edition {
    example::edition()
}

/// The snapshots of the example and of the edition after it.
pub fn snapshots() -> &'static [Vec<u8>; 2] {
    static SNAPSHOTS: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    SNAPSHOTS.get_or_init(|| {
        [example::edition(), example::later()]
            .map(|edition| hongbang::snapshot::encode(&edition).expect("it is in order"))
    })
}

/// A file around content, its length and checksum right: a fuzzer would hardly find those.
pub fn enclosed(section: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = hongbang::snapshot::MAGIC.to_vec();
    bytes.extend([0, 1, section]);
    bytes.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(content);
    let sum =
        !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| shifted(sum)));
    bytes.extend(sum.to_be_bytes());
    bytes
}

fn shifted(sum: u32) -> u32 {
    if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }
}
