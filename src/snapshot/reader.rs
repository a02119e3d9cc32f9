//! The coder that reads: a snapshot, or a delta, which it writes out as the snapshot that comes of it.
//!
//! One type for both, since a browser pays for each type of coder with a whole walk: 14 KB in brotli. The price is a
//! question at each decision, whether there is more to do than to read it.

use std::collections::BTreeMap;

use super::coder::{Coder, Positions};
use super::range_decoder::RangeDecoder;
use super::range_encoder::RangeEncoder;
use crate::number::place;

/// Reads decisions from bytes, but for those that are known.
pub(super) struct Reader<'a> {
    bytes: RangeDecoder<'a>,
    /// Everything is in the bytes, and nothing is written.
    is_plain: bool,
    /// Where all decisions go, known ones too, if they are to be written.
    copy: Option<RangeEncoder>,
    is_known: bool,
    /// Something known does not fit where a delta puts it.
    is_broken: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes: RangeDecoder::new(bytes),
            is_plain: true,
            copy: None,
            is_known: false,
            is_broken: false,
        }
    }

    /// Whether these bytes, to the last, are what a writer writes for the decisions read.
    pub(super) fn is_exact(&self) -> bool {
        !self.is_broken && self.bytes.is_exact()
    }

    /// From here on writes all decisions to `copy`, or no longer; gives where they went until now.
    pub(super) fn copy_to(&mut self, copy: Option<RangeEncoder>) -> Option<RangeEncoder> {
        let before = std::mem::replace(&mut self.copy, copy);
        self.is_plain = self.copy.is_none() && !self.is_known;
        before
    }

    /// A decision of a delta.
    #[inline(never)]
    fn decision_of_delta(&mut self, zero: u32, bit: bool) -> bool {
        let bit = if self.is_known { bit } else { self.bytes.decision(zero) };
        if let Some(copy) = &mut self.copy {
            copy.decision(zero, bit);
        }
        bit
    }

    /// A number of a delta.
    #[inline(never)]
    fn among_few_of_delta(&mut self, count: u32, value: u32) -> u32 {
        let mut value = if self.is_known { value } else { self.bytes.among_few(count) };
        if value >= count {
            self.is_broken = true;
            value = count - 1;
        }
        if let Some(copy) = &mut self.copy {
            copy.among_few(count, value);
        }
        value
    }
}

impl Coder for Reader<'_> {
    type Positions = Noted;

    fn reads(&self) -> bool {
        !self.is_known
    }

    fn is_broken(&self) -> bool {
        self.is_broken || self.bytes.is_broken()
    }

    fn set_known(&mut self, is_known: bool) {
        self.is_known = is_known;
        self.is_plain = self.copy.is_none() && !is_known;
    }

    fn positions(&self) -> Noted {
        Noted(self.copy.is_some().then(BTreeMap::new))
    }

    #[inline]
    fn decision(&mut self, zero: u32, bit: bool) -> bool {
        if self.is_plain { self.bytes.decision(zero) } else { self.decision_of_delta(zero, bit) }
    }

    #[inline]
    fn among_few(&mut self, count: u32, value: u32) -> u32 {
        if self.is_plain { self.bytes.among_few(count) } else { self.among_few_of_delta(count, value) }
    }
}

/// Where firms stand in rosters, noted only where something is written. The map is of the type that other parts of
/// the walk use too, since each further type of map costs a browser 2 KB.
#[derive(Default)]
pub(super) struct Noted(Option<BTreeMap<(u32, u32), usize>>);

impl Positions for Noted {
    fn note(&mut self, roster: usize, firm: u32, position: usize) {
        if let Some(positions) = &mut self.0 {
            positions.insert((place(roster), firm), position);
        }
    }

    fn position(&self, roster: usize, firm: u32) -> Option<usize> {
        self.0.as_ref()?.get(&(place(roster), firm)).copied()
    }
}
