//! The range coder, writing: from decisions to bytes.

use super::coder::Coder;

/// Narrows an interval of 32-bit width decision by decision and writes the digits (bytes) on which both of its ends
/// agree. The interval's lower end is written out in full at the end, so equal decisions give equal bytes.
pub(super) struct RangeEncoder {
    /// The lower end, below the digits written; bit 32 is a carry.
    low: u64,
    range: u32,
    /// The last digit that a carry could still change, and the 0xFF digits after it.
    pending: u8,
    pending_ff: usize,
    /// Whether `pending` holds a digit: the first digit is always 0 and is left out.
    started: bool,
    bytes: Vec<u8>,
}

impl RangeEncoder {
    pub(super) fn new() -> Self {
        Self { low: 0, range: u32::MAX, pending: 0, pending_ff: 0, started: false, bytes: Vec::new() }
    }

    /// Writes out the lower end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        self.bytes
    }

    fn narrow(&mut self, below: u32, range: u32) {
        self.low += u64::from(below);
        self.range = range;
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    /// Moves the highest digit of the lower end out, as far as no later carry can change it.
    fn shift(&mut self) {
        let [.., carry, digit, _, _, _] = self.low.to_be_bytes();
        if carry == 1 || digit < 0xFF {
            if self.started {
                self.bytes.push(self.pending.wrapping_add(carry));
            }
            self.started = true;
            let filler = 0xFF_u8.wrapping_add(carry);
            self.bytes.extend(std::iter::repeat_n(filler, self.pending_ff));
            self.pending_ff = 0;
            self.pending = digit;
        } else {
            self.pending_ff += 1;
        }
        self.low = (self.low & 0x00FF_FFFF) << 8;
    }
}

impl Coder for RangeEncoder {
    const READS: bool = false;

    fn is_broken(&self) -> bool {
        false
    }

    fn decision(&mut self, zero: u16, bit: bool) -> bool {
        let bound = (self.range >> 16) * u32::from(zero);
        if bit {
            self.narrow(bound, self.range - bound);
        } else {
            self.narrow(0, bound);
        }
        bit
    }

    fn among_few(&mut self, count: u32, value: u32) -> u32 {
        let share = self.range / count;
        self.narrow(share * value, share);
        value
    }
}
