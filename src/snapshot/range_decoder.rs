//! The range coder, reading: from bytes to decisions.

/// The inverse of the range encoder. Any bytes read as some decisions; [`RangeDecoder::is_exact`] tells whether the
/// encoder would have written these bytes for them.
pub(super) struct RangeDecoder<'a> {
    /// The digits not read yet.
    rest: &'a [u8],
    /// Where in the interval the bytes lie.
    code: u64,
    range: u64,
    /// Digits beyond the end were asked for, or a number was read that no encoder writes.
    is_broken: bool,
}

impl<'a> RangeDecoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { rest: bytes, code: 0, range: u64::MAX, is_broken: false };
        decoder.next_digit();
        decoder.next_digit();
        decoder
    }

    /// Whether these bytes, to the last, are what the encoder writes for the decisions read: the interval's lower end
    /// in full.
    pub(super) fn is_exact(&self) -> bool {
        !self.is_broken && self.rest.is_empty() && self.code == 0
    }

    fn next_digit(&mut self) {
        let mut digit = 0;
        if let Some((first, rest)) = self.rest.split_first_chunk() {
            self.rest = rest;
            digit = u32::from_be_bytes(*first);
        } else {
            self.is_broken = true;
        }
        self.code = self.code << 32 | u64::from(digit);
    }

    /// Makes the interval wider, where it got below 2³². Apart, since few decisions come to it.
    #[inline(never)]
    fn widen(&mut self) {
        self.range <<= 32;
        self.next_digit();
    }

    /// Whether bytes were read that no encoder writes.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    #[expect(clippy::inline_always, reason = "a program built for size would call it each time")]
    #[inline(always)]
    pub(super) fn decision(&mut self, zero: u32) -> bool {
        let bound = (self.range >> 16) * u64::from(zero);
        let bit = self.code >= bound;
        let mask = 0u64.wrapping_sub(u64::from(bit));
        self.code -= bound & mask;
        self.range = if bit { self.range - bound } else { bound };
        if self.range < 1 << 32 {
            self.widen();
        }
        bit
    }

    #[inline]
    pub(super) fn among_few(&mut self, count: u32) -> u32 {
        self.range /= u64::from(count);
        let value = u32::try_from(self.code / self.range).unwrap_or(u32::MAX);
        let value = if value < count {
            value
        } else {
            self.is_broken = true;
            count - 1
        };
        self.code -= self.range * u64::from(value);
        if self.range < 1 << 32 {
            self.widen();
        }
        value
    }
}
