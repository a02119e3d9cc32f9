//! CRC-32 (IEEE 802.3, as in gzip and PNG): names accidental damage. It proves nothing about who wrote the bytes.

/// The checksum of `bytes`.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| half_a_byte(half_a_byte(sum ^ u32::from(*byte)));
    !bytes.iter().fold(u32::MAX, step)
}

fn half_a_byte(sum: u32) -> u32 {
    let [lowest, ..] = sum.to_le_bytes();
    sum >> 4 ^ TABLE[usize::from(lowest & 15)]
}

/// By half bytes: a table by whole ones is faster by what nobody notices, and costs a browser 1 KB.
const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let (mut place, mut start) = (0, 0u32);
    while place < 16 {
        let mut sum = start;
        let mut bit = 0;
        while bit < 4 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[place] = sum;
        place += 1;
        start += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
        assert_eq!(checksum(b""), 0);
    }
}
