//! The range coder, writing: from decisions to bytes.

use std::collections::HashMap;

use super::coder::{Coder, Positions};

/// Narrows an interval decision by decision and writes the digits (of 32 bits) on which both of its ends agree. The
/// interval's lower end is written out in full at the end, so equal decisions give equal bytes.
pub(super) struct RangeEncoder {
    /// The lower end, below the digits written.
    low: u64,
    range: u64,
    bytes: Vec<u8>,
    /// What comes is known to the reader, and passed over.
    is_known: bool,
}

impl RangeEncoder {
    pub(super) fn new() -> Self {
        Self { low: 0, range: u64::MAX, bytes: Vec::new(), is_known: false }
    }

    /// Writes out the lower end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(self.low.to_be_bytes());
        self.bytes
    }

    fn narrow(&mut self, below: u64, range: u64) {
        let (low, carries) = self.low.overflowing_add(below);
        if carries {
            self.carry();
        }
        (self.low, self.range) = (low, range);
        while self.range < 1 << 32 {
            let [d0, d1, d2, d3, ..] = self.low.to_be_bytes();
            self.bytes.extend([d0, d1, d2, d3]);
            self.low <<= 32;
            self.range <<= 32;
        }
    }

    /// Adds 1 to the digits written.
    fn carry(&mut self) {
        for byte in self.bytes.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
    }
}

impl Positions for HashMap<(usize, u32), usize> {
    fn note(&mut self, roster: usize, firm: u32, position: usize) {
        self.insert((roster, firm), position);
    }

    fn position(&self, roster: usize, firm: u32) -> Option<usize> {
        self.get(&(roster, firm)).copied()
    }
}

impl Coder for RangeEncoder {
    type Positions = HashMap<(usize, u32), usize>;

    fn reads(&self) -> bool {
        false
    }

    fn is_broken(&self) -> bool {
        false
    }

    fn set_known(&mut self, is_known: bool) {
        self.is_known = is_known;
    }

    fn decision(&mut self, zero: u16, bit: bool) -> bool {
        if self.is_known {
            return bit;
        }
        let bound = (self.range >> 16) * u64::from(zero);
        if bit {
            self.narrow(bound, self.range - bound);
        } else {
            self.narrow(0, bound);
        }
        bit
    }

    fn among_few(&mut self, count: u32, value: u32) -> u32 {
        if self.is_known {
            return value;
        }
        let share = self.range / u64::from(count);
        self.narrow(share * u64::from(value), share);
        value
    }
}
