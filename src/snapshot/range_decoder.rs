//! The range coder, reading: from bytes to decisions.

use super::coder::Coder;

/// The inverse of the range encoder. Any bytes read as some decisions; [`RangeDecoder::is_exact`] tells whether the
/// encoder would have written these bytes for them.
pub(super) struct RangeDecoder<'a> {
    bytes: &'a [u8],
    /// How many bytes were asked for; those beyond the end read as 0.
    asked: usize,
    /// Where in the interval the bytes lie.
    code: u32,
    range: u32,
    /// A number that no encoder writes was read.
    impossible: bool,
}

impl<'a> RangeDecoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { bytes, asked: 0, code: 0, range: u32::MAX, impossible: false };
        for _ in 0..4 {
            decoder.code = decoder.code << 8 | decoder.next();
        }
        decoder
    }

    /// Whether these bytes, to the last, are what the encoder writes for the decisions read: the interval's lower end
    /// in full.
    pub(super) fn is_exact(&self) -> bool {
        !self.is_broken() && self.asked == self.bytes.len() && self.code == 0
    }

    fn next(&mut self) -> u32 {
        let byte = self.bytes.get(self.asked).copied().unwrap_or(0);
        self.asked += 1;
        u32::from(byte)
    }

    fn normalise(&mut self) {
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | self.next();
        }
    }
}

impl Coder for RangeDecoder<'_> {
    const READS: bool = true;

    fn is_broken(&self) -> bool {
        self.asked > self.bytes.len() || self.impossible
    }

    #[inline]
    fn decision(&mut self, zero: u16, _: bool) -> bool {
        let bound = (self.range >> 16) * u32::from(zero);
        let bit = self.code >= bound;
        if bit {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        self.normalise();
        bit
    }

    fn among_few(&mut self, count: u32, _: u32) -> u32 {
        self.range /= count;
        let mut value = self.code / self.range;
        if value >= count {
            self.impossible = true;
            value = count - 1;
        }
        self.code -= self.range * value;
        self.normalise();
        value
    }
}
