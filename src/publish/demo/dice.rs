//! Chance from a seed: the same numbers on every machine and in every version.
//!
//! Only the raw 64-bit numbers of `ChaCha8` are taken from the library, because they are fixed by its specification;
//! what becomes of them is the few lines below, so that no new version of a library changes the demo.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::Day;
use crate::number::{index, place};

/// A stream of chance.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// Stream `stream` of `seed`. Different streams of one seed have nothing in common, so that a change in how one
    /// thing is drawn leaves all others as they were.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut numbers = ChaCha8Rng::from_seed(key);
        numbers.set_stream(stream);
        Self(numbers)
    }

    /// A number below `bound`; 0 where the bound is 0.
    ///
    /// The upper half of a raw number, scaled: for bounds below a million its unevenness is less than one in four
    /// thousand, which nobody sees in a demo.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let scaled = ((self.0.next_u64() >> 32) * u64::from(bound)) >> 32;
        u32::try_from(scaled).expect("a scaled number lies below its bound")
    }

    /// A number from `least` to `most`.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// Yes in `per_mille` of 1,000 cases.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of these, each as likely as the others.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[index(self.below(place(from.len())))]
    }

    /// One of these, by weight.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u32)]) -> T {
        let mut left = self.below(from.iter().map(|(_, weight)| weight).sum());
        let chosen = from.iter().find(|(_, weight)| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        chosen.expect("the number drawn lies below the sum of the weights").0
    }

    /// A day from `first` to `last`, which is not before it.
    pub(super) fn day(&mut self, first: Day, last: Day) -> Day {
        let span = u32::try_from(last.days_since(first)).unwrap_or(0);
        let offset = i32::try_from(self.below(span + 1)).unwrap_or(0);
        first.add_days(offset).expect("a day between two days of the calendar")
    }

    /// Brings a list into any order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, index(self.below(place(last + 1))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut dice = Dice::new(1, 2);
        let drawn: Vec<u32> = (0..6).map(|_| dice.below(1_000)).collect();
        assert_eq!(drawn, [376, 109, 406, 261, 993, 901]);
        let mut other = Dice::new(1, 3);
        assert_ne!((0..6).map(|_| other.below(1_000)).collect::<Vec<_>>(), drawn);
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut dice = Dice::new(7, 0);
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (first, last) = (day("2025-02-27"), day("2025-03-02"));
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            assert!(dice.below(3) < 3);
            assert!((5..=6).contains(&dice.between(5, 6)));
            assert_eq!(dice.weighted(&[("never", 0), ("always", 5), ("no", 0)]), "always");
            seen.insert(dice.day(first, last));
        }
        assert_eq!((seen.first(), seen.last(), seen.len()), (Some(&first), Some(&last), 4));
        assert_eq!((dice.below(0), dice.below(1)), (0, 0));
        let mut cards: Vec<u32> = (0..20).collect();
        dice.shuffle(&mut cards);
        assert!(!cards.is_sorted());
        cards.sort_unstable();
        assert!(cards.into_iter().eq(0..20));
    }
}
