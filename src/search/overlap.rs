//! What a question and a name have in common, where neither holds the other: `云帆吸顶灯` of a shopper who knows the
//! brand and the thing, or a whole line of a label around a name.

use std::ops::Range;

use super::block::Block;
use super::marks::Marks;
use super::part::Part;
use super::symbols::Symbol;

/// A question of which a name may be a part.
pub(super) struct Overlap<'a> {
    part: &'a Part,
}

impl<'a> Overlap<'a> {
    /// What a name loses that has nothing but its own beginning in common with the question.
    pub(super) const MOST: u8 = 8;
    /// Two neighbours that so many texts of a block have are no name's own.
    const COMMON: usize = 1024;

    /// Readies `part`.
    pub(super) const fn new(part: &'a Part) -> Self {
        Self { part }
    }

    /// The neighbours that stand side by side in the question and in `text`, if those at `own` do, where the text's
    /// own part begins: what they lose, less for each, and where they stand.
    pub(super) fn stands_in(&self, text: &[Symbol], own: usize) -> Option<(u8, Range<usize>, Vec<usize>)> {
        let is_asked = |pair: &[Symbol]| self.neighbours().any(|asked| asked == pair);
        if !is_asked(text.get(own..own + 2)?) {
            return None;
        }
        let (mut places, mut loss) = (Vec::new(), Self::MOST + 1);
        for (at, pair) in text.windows(2).enumerate() {
            if is_asked(pair) {
                places.extend([at, at + 1]);
                loss = loss.saturating_sub(1);
            }
        }
        Some((loss, *places.first()?..places.last()? + 1, places))
    }

    /// The texts that hold two neighbours of the question which are not common.
    pub(super) fn candidates(&self, block: &Block) -> Marks {
        let mut all = Marks::none(block.len());
        for pair in self.neighbours() {
            let mut both = block.marked_any(&pair[..1]);
            both.keep(&block.marked_any(&pair[1..]));
            if both.count() <= Self::COMMON {
                all.unite(&both);
            }
        }
        all
    }

    fn neighbours(&self) -> impl Iterator<Item = &[Symbol]> {
        self.part.symbols.windows(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Alphabet;
    use crate::search::symbols::Symbols;

    /// The symbols of digits: each has its value and one more.
    fn text(digits: &str, symbols: &mut Symbols) -> Vec<Symbol> {
        digits.chars().filter_map(|digit| symbols.read_or_learn(digit)).collect()
    }

    fn overlap(question: &str, name: &str, own: usize) -> Option<(u8, Range<usize>, Vec<usize>)> {
        let mut symbols = Symbols::new(&Alphabet::default());
        let name = text(name, &mut symbols);
        let part = Part::new(question, &symbols);
        Overlap::new(&part).stands_in(&name, own)
    }

    #[test]
    fn each_pair_in_common_loses_less_and_only_behind_the_own_beginning() {
        assert_eq!(overlap("12789", "1234", 0), Some((Overlap::MOST, 0..2, vec![0, 1])));
        assert_eq!(overlap("91234", "12345", 0), Some((Overlap::MOST - 2, 0..4, vec![0, 1, 1, 2, 2, 3])));
        assert_eq!(overlap("3412", "12634", 0), Some((Overlap::MOST - 1, 0..5, vec![0, 1, 3, 4])));
        assert_eq!(overlap("3489", "1234", 0), None, "not the own beginning");
        assert_eq!(overlap("3489", "1234", 2), Some((Overlap::MOST, 2..4, vec![2, 3])));
        assert_eq!(overlap("1", "1234", 0), None, "no pair");
        assert_eq!(overlap("1234", "1", 0), None);
        assert_eq!(overlap("1234", "1234", 3), None, "an own part of one character");
    }

    #[test]
    fn names_with_two_neighbours_of_the_question_are_looked_at_and_common_pairs_are_not() {
        let mut symbols = Symbols::new(&Alphabet::default());
        let mut block = Block::default();
        for name in ["12", "21", "13", "45"] {
            block.push(name, &mut symbols);
        }
        for _ in 0..=Overlap::COMMON {
            block.push("67", &mut symbols);
        }
        // Else these would stand in nearly all texts, which have no postings.
        for _ in 0..4 * Overlap::COMMON {
            block.push("8", &mut symbols);
        }
        block.finish(symbols.len());
        let part = Part::new("1267", &symbols);
        let mut found = Vec::new();
        Overlap::new(&part).candidates(&block).each(&mut |text| found.push(text));
        assert_eq!(found, [0, 1]);
    }
}
