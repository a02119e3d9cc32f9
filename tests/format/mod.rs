//! What the tests of the snapshot share. Each test file uses a part of it, and all of it is test.
#![allow(dead_code, clippy::unwrap_used)]

pub(crate) mod arbitrary;
pub(crate) mod dump;
pub(crate) mod example;
pub(crate) mod made_up;

/// Puts the right checksum behind everything before it.
pub(crate) fn seal(bytes: &mut [u8]) {
    let (body, checksum) = bytes.split_at_mut(bytes.len() - 4);
    let sum = !body.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    });
    checksum.copy_from_slice(&sum.to_be_bytes());
}
