//! The range coder, writing: from decisions to bytes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::coder::{Coder, Positions};
use crate::number::{index, place};

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

/// Where firms stand in rosters, by roster and firm: both are numbers of the edition's own, so that a plain hash does.
#[derive(Default)]
pub(super) struct Noted(HashMap<u64, u32, BuildHasherDefault<Spread>>);

impl Noted {
    fn key(roster: usize, firm: u32) -> u64 {
        u64::from(place(roster)) << 32 | u64::from(firm)
    }
}

impl Positions for Noted {
    fn note(&mut self, roster: usize, firm: u32, position: usize) {
        self.0.insert(Self::key(roster, firm), place(position));
    }

    fn position(&self, roster: usize, firm: u32) -> Option<usize> {
        self.0.get(&Self::key(roster, firm)).map(|position| index(*position))
    }
}

/// Spreads a number over all bits of its hash.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, _: &[u8]) {
        unreachable!("numbers alone are hashed")
    }

    fn write_u64(&mut self, number: u64) {
        let product = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ product >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Coder for RangeEncoder {
    type Positions = Noted;

    const ONLY_WRITES: bool = true;

    fn reads(&self) -> bool {
        false
    }

    fn is_broken(&self) -> bool {
        false
    }

    fn set_known(&mut self, is_known: bool) {
        self.is_known = is_known;
    }

    fn decision(&mut self, zero: u32, bit: bool) -> bool {
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
