//! One walk for writing and reading: a model asks a coder for a decision, and a writing coder answers what it was
//! given where a reading coder answers what the bytes say.
//!
//! Whatever passes through a [`Coder`] is therefore read in the very steps in which it was written.

use crate::number::index;

/// Writes or reads decisions.
pub(super) trait Coder {
    /// What it takes note of about positions in rosters.
    type Positions: Positions;

    /// Whether it does nothing but write, so that nobody asks what was coded.
    const ONLY_WRITES: bool = false;

    /// Whether the next decisions are read; what is passed as a value then means nothing.
    fn reads(&self) -> bool;

    /// Whether bytes were read that no coder writes.
    fn is_broken(&self) -> bool;

    /// From here on the reader of a delta knows, or does not know, what is coded. A whole snapshot tells everything.
    fn set_known(&mut self, _: bool) {}

    /// Where to note positions in rosters.
    fn positions(&self) -> Self::Positions {
        Self::Positions::default()
    }

    /// Codes one decision that is `false` with a chance of `zero` in 65,536.
    fn decision(&mut self, zero: u32, bit: bool) -> bool;

    /// Codes a number below `count`, all alike likely; `count` is 1 to 16,777,216.
    fn among_few(&mut self, count: u32, value: u32) -> u32;

    /// Codes one decision by an adaptive model.
    #[inline]
    fn bit(&mut self, model: &mut Bit, bit: bool) -> bool {
        let bit = self.decision(model.zero(), bit);
        model.learn(bit);
        bit
    }

    /// Codes a number below `count`, all alike likely; `None` where a reader meets one that is not below it.
    fn among(&mut self, count: u32, value: u32) -> Option<u32> {
        const FEW: u32 = 1 << 24;
        if count <= 1 {
            return (count == 1).then_some(0);
        }
        if count <= FEW {
            return Some(self.among_few(count, value));
        }
        let high = self.among_few((count - 1) / FEW + 1, value / FEW);
        let low = self.among_few(FEW, value % FEW);
        Some(high * FEW + low).filter(|value| *value < count)
    }
}

/// Where firms stand in rosters. A writer has to know it, a reader need not.
pub(super) trait Positions: Default {
    /// Takes note that in this roster this firm stands here.
    fn note(&mut self, roster: usize, firm: u32, position: usize);

    /// Where it stands.
    fn position(&self, roster: usize, firm: u32) -> Option<usize>;
}

impl Positions for () {
    fn note(&mut self, _: usize, _: u32, _: usize) {}

    fn position(&self, _: usize, _: u32) -> Option<usize> {
        None
    }
}

/// The adaptive model of one decision: the chance of `false` in 65,536, never 0, and below it, in one number that is read
/// and written at once, how often it was asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bit(u32);

impl Bit {
    /// A model that has seen nothing.
    pub(super) const NEW: Self = Self(1 << 31);

    /// From here on a model forgets as fast as it learns.
    const MOST_SEEN: u32 = 255;

    #[inline]
    fn zero(self) -> u32 {
        self.0 >> 16
    }

    /// Moves the chance towards what happened by 2 / (2 n + 3), n being how often it was asked before.
    #[inline]
    fn learn(&mut self, bit: bool) {
        let seen = self.0 & Self::MOST_SEEN;
        let rate = u32::from(RATES[index(seen)]);
        // Without a branch, for nobody foresees it: the mask turns the chance of `false` into that of `bit`'s
        // opposite and back, since 65,535 less a number is that number with all bits turned.
        let mask = u32::from(bit).wrapping_sub(1) & 0xFFFF;
        let distance = self.zero() ^ mask;
        let zero = (distance - ((distance * rate) >> 16)) ^ mask;
        self.0 = (zero << 16) | (seen + u32::from(seen < Self::MOST_SEEN));
    }
}

/// ⌊131,072 / (2 n + 3)⌋ for n from 0 to [`Bit::MOST_SEEN`].
const RATES: [u16; 256] = {
    let mut rates = [0; 256];
    let (mut place, mut divisor) = (0, 3u32);
    while place < 256 {
        let [low, high, ..] = (131_072 / divisor).to_le_bytes();
        rates[place] = u16::from_le_bytes([low, high]);
        place += 1;
        divisor += 2;
    }
    rates
};
