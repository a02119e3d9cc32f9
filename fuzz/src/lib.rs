//! What the fuzz targets share.

use std::sync::OnceLock;

#[path = "../../tests/format/example.rs"]
mod example;
pub mod signing;

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
    bytes.extend(checksum(&bytes).to_be_bytes());
    bytes
}

/// What stands before the parts of a workbook in the bytes that a fuzzer changes.
pub const WORKBOOK: &[u8] = b"PK\0";

/// The parts of a workbook, in the order in which a fuzzer has them, each but the last ended by a zero byte.
pub const PARTS: [&str; 7] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet2.xml",
    "_rels/.rels",
];

/// An XLSX workbook of these parts, uncompressed, its places, lengths and checksums right.
pub fn workbook(parts: &[u8]) -> Vec<u8> {
    let (mut bytes, mut directory, mut count) = (vec![], vec![], 0_u16);
    for (name, part) in PARTS.iter().zip(parts.split(|byte| *byte == 0)) {
        let (place, length) = (number(bytes.len()), number(part.len()));
        // Version, flags, method, time and day; checksum, both lengths; length of the name, nothing extra.
        let mut entry = [20, 0, 0, 0, 0].map(u16::to_le_bytes).concat();
        entry.extend([checksum(part), length, length].map(u32::to_le_bytes).concat());
        entry.extend(number(name.len()).to_le_bytes());
        bytes.extend([b"PK\x03\x04", entry.as_slice(), name.as_bytes(), part].concat());
        // No comment, first disk, no attributes.
        let rest = [[0; 10].as_slice(), &place.to_le_bytes()].concat();
        directory.extend([b"PK\x01\x02\x14\0", entry.as_slice(), &rest, name.as_bytes()].concat());
        count += 1;
    }
    let sizes = [number(directory.len()), number(bytes.len())].map(u32::to_le_bytes).concat();
    let counts = [0, 0, count, count].map(u16::to_le_bytes).concat();
    bytes.extend([directory.as_slice(), b"PK\x05\x06", &counts, &sizes, &[0; 2]].concat());
    bytes
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a fuzzer's input is small")
}

/// CRC-32 of ZIP and of snapshots.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| shifted(sum)))
}

fn shifted(sum: u32) -> u32 {
    if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }
}
