//! Slips: a part of a question against names that differ from it by a wrong, missing, extra or swapped character.
//!
//! A swap or a character of the same sound is a likelier slip than a foreign one, so each kind has its weight. One
//! slip is found by comparing what stands before and behind it; more, by dynamic programming on the few names that
//! share the most and the rarest characters with the part.

use super::part::Part;
use super::symbols::{Symbol, UNKNOWN, character};
use crate::edition::Alphabet;

/// A part of a question, ready to be compared with names that it may miss.
pub(super) struct Near<'a> {
    part: &'a Part,
    alphabet: &'a Alphabet,
    slips: usize,
}

/// How a part stands in a text in spite of slips.
pub(super) struct Alignment {
    /// What the slips weigh together.
    pub(super) weight: u8,
    /// The places in the text at which the part's own symbols stand.
    pub(super) matched: Vec<usize>,
}

/// Swapped neighbours, a doubled character, one that sounds or looks alike, one that was left out.
const LIKELY: u8 = 3;
/// Another character than the name has, or one too many: rarer than two likely slips, since who typed a character saw
/// it somewhere.
const OTHER: u8 = 7;

impl<'a> Near<'a> {
    /// The weight of one likely slip.
    pub(super) const LIKELY: u8 = LIKELY;
    /// The most that two slips weigh.
    pub(super) const TWO: u8 = 2 * OTHER;
    /// The most that three slips weigh of which one at least is likely.
    pub(super) const THREE: u8 = 2 * OTHER + LIKELY;
    /// The weight of a slip that is not likely.
    pub(super) const OTHER: u8 = OTHER;
    /// The most that two slips weigh of which one at least is likely.
    pub(super) const RATHER_LIKELY: u8 = LIKELY + OTHER;

    /// Readies `part` for one slip or for several.
    pub(super) const fn new(part: &'a Part, alphabet: &'a Alphabet, slips: usize) -> Self {
        Self { part, alphabet, slips }
    }

    /// The lightest way in which the part stands in `text` with its slips.
    pub(super) fn stands_in(&self, text: &[Symbol]) -> Option<Alignment> {
        if self.slips == 1 {
            return (0..text.len())
                .filter_map(|start| self.with_one(text, start))
                .min_by_key(|found| found.weight);
        }
        Some(self.align(text))
    }

    /// The part at `start` with one slip, which is where the two first differ: the likeliest that fits.
    fn with_one(&self, text: &[Symbol], start: usize) -> Option<Alignment> {
        let (typed, there) = (&self.part.symbols[..], &text[start..]);
        let same = typed.iter().zip(there).take_while(|(typed, there)| typed == there).count();
        let (typed, there) = (&typed[same..], &there[same..]);
        let at = start + same;
        let found =
            |weight, length: usize| Some(Alignment { weight, matched: (start..at + length).collect() });
        match (typed, there) {
            ([], _) => return found(0, 0),
            ([a, b, typed @ ..], [c, d, there @ ..]) if a == d && b == c && there.starts_with(typed) => {
                return found(LIKELY, 2 + typed.len());
            }
            (typed, [_, there @ ..]) if same > 0 && there.starts_with(typed) => {
                let matched = (start..at).chain(at + 1..at + 1 + typed.len()).collect();
                return Some(Alignment { weight: LIKELY, matched });
            }
            _ => {}
        }
        let (_, typed) = typed.split_first()?;
        match there {
            [symbol, there @ ..] if there.starts_with(typed) => {
                let matched = (start..at).chain(at + 1..at + 1 + typed.len()).collect();
                Some(Alignment { weight: self.substitution(same, *symbol), matched })
            }
            there if there.starts_with(typed) => found(self.extra(same), typed.len()),
            _ => None,
        }
    }

    /// The lightest alignment with `text`; its places are those of the part's symbols about where it ends.
    fn align(&self, text: &[Symbol]) -> Alignment {
        let (rows, columns) = (self.part.len() + 1, text.len() + 1);
        let mut weights = vec![0_u8; rows * columns];
        for row in 1..rows {
            for column in 0..columns {
                weights[row * columns + column] = self.lightest(&weights, text, row, column);
            }
        }
        let last = &weights[(rows - 1) * columns..];
        let (end, weight) =
            last.iter().enumerate().min_by_key(|(_, weight)| **weight).unwrap_or((0, &u8::MAX));
        let is_own = |at: &usize| self.part.symbols.contains(&text[*at]);
        Alignment { weight: *weight, matched: (end.saturating_sub(rows)..end).filter(is_own).collect() }
    }

    /// What the lightest way to (`row`, `column`) weighs.
    fn lightest(&self, weights: &[u8], text: &[Symbol], row: usize, column: usize) -> u8 {
        let columns = text.len() + 1;
        let from = |rows: usize, steps: usize| weights[(row - rows) * columns + column - steps];
        let mut best = from(1, 0).saturating_add(self.extra(row - 1));
        if column > 0 {
            best = best.min(from(0, 1).saturating_add(LIKELY));
            let before = from(1, 1);
            if self.part.symbols[row - 1] == text[column - 1] {
                best = best.min(before);
            } else if before.saturating_add(LIKELY) < best {
                // Whether two characters sound alike is dear to ask; seldom does the answer matter.
                best = best.min(before.saturating_add(self.substitution(row - 1, text[column - 1])));
            }
        }
        if row > 1 && column > 1 && self.is_swapped(row, text, column) {
            best = best.min(from(2, 2).saturating_add(LIKELY));
        }
        best
    }

    fn is_swapped(&self, row: usize, text: &[Symbol], column: usize) -> bool {
        let part = &self.part.symbols;
        part[row - 1] == text[column - 2]
            && part[row - 2] == text[column - 1]
            && part[row - 1] != part[row - 2]
    }

    /// What the symbol at `at` weighs where the text has none.
    fn extra(&self, at: usize) -> u8 {
        let part = &self.part.symbols;
        if at > 0 && part[at] == part[at - 1] { LIKELY } else { OTHER }
    }

    fn substitution(&self, at: usize, symbol: Symbol) -> u8 {
        let typed = self.part.symbols[at];
        if self.part.alike[at] == symbol || self.sounds_like(typed, symbol) { LIKELY } else { OTHER }
    }

    fn sounds_like(&self, a: Symbol, b: Symbol) -> bool {
        if a == UNKNOWN {
            return false;
        }
        let readings = self.alphabet.readings(character(b));
        self.alphabet.readings(character(a)).iter().any(|reading| readings.contains(reading))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::symbols::Symbols;

    fn weight(part: &str, text: &str, slips: usize) -> Option<(u8, Vec<usize>)> {
        let spelt = |character, reading: &str| (character, vec![reading.to_owned()]);
        let alphabet =
            Alphabet::new(&[spelt('嘉', "jia"), spelt('佳', "jia"), spelt('云', "yun")].into(), []);
        let mut symbols = Symbols::new(&alphabet);
        let text: Vec<Symbol> =
            text.chars().filter_map(|character| symbols.read_or_learn(character)).collect();
        let part = Part::new(part, &symbols);
        let found = Near::new(&part, &alphabet, slips).stands_in(&text)?;
        Some((found.weight, found.matched))
    }

    #[test]
    fn each_slip_has_its_weight_and_its_places() {
        assert_eq!(weight("云照帆", "佛山云帆照明", 1), Some((3, vec![2, 3, 4])), "swapped");
        assert_eq!(weight("云照明", "佛山云帆照明", 1), Some((3, vec![2, 4, 5])), "missing");
        assert_eq!(weight("云帆帆照", "佛山云帆照明", 1).map(|found| found.0), Some(3), "doubled");
        assert_eq!(weight("云帆山照", "佛山云帆照明", 1).map(|found| found.0), Some(7), "extra");
        assert_eq!(weight("佳云照", "嘉云照明", 1), Some((3, vec![1, 2])), "of the same sound");
        assert_eq!(weight("云山照明", "佛山云帆照明", 1), Some((7, vec![2, 4, 5])), "another");
        assert_eq!(weight("云山照灯", "佛山云帆照明", 1), None, "two slips");
        assert_eq!(weight("云山照灯", "佛山云帆照明", 2).map(|found| found.0), Some(13));
        assert_eq!(weight("帆云明照", "佛山云帆照明", 2).map(|found| found.0), Some(6), "two swaps");
        assert_eq!(weight("帆云明照", "佛山云帆照明", 1), None);
    }
}
