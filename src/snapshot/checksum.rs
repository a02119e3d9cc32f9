//! CRC-32 (IEEE 802.3, as in gzip and PNG): names accidental damage. It proves nothing about who wrote the bytes.

use crate::number::index;

/// The checksum of `bytes`, four at a time.
#[cfg_attr(hongbang_small, optimize(speed))]
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let tables = tables();
    let (fours, rest) = bytes.as_chunks::<4>();
    let sum = fours.iter().fold(u32::MAX, |sum, four| {
        let four = (sum ^ u32::from_le_bytes(*four)).to_le_bytes();
        four.iter().zip(tables.iter().rev()).fold(0, |sum, (byte, table)| sum ^ table[usize::from(*byte)])
    });
    !rest.iter().fold(sum, |sum, byte| sum >> 8 ^ tables[0][index((sum ^ u32::from(*byte)) & 0xFF)])
}

/// What each byte comes to, alone and with one, two or three bytes of 0 behind it. Made anew each time, in next to no time,
/// since a browser would have to load them.
fn tables() -> [[u32; 256]; 4] {
    let mut tables = [[0; 256]; 4];
    for (sum, byte) in tables[0].iter_mut().zip(0u32..) {
        *sum = (0..8).fold(byte, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 });
    }
    for table in 1..tables.len() {
        for byte in 0..256 {
            let sum = tables[table - 1][byte];
            tables[table][byte] = sum >> 8 ^ tables[0][index(sum & 0xFF)];
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b""), 0);
        assert_eq!(checksum(b"a"), 0xE8B7_BE43);
    }
}
