//! Words that sound alike: an input method offers 云帆 and 芸凡 for the same keys.

use std::ops::Range;

use super::part::Part;
use super::sounds::Sounds;
use super::symbols::Symbol;
use crate::edition::Alphabet;

/// A part of a question, ready to be compared with names by what its characters sound like.
pub(super) struct Heard {
    /// For each symbol of the part those that sound like it.
    pub(super) alike: Vec<Vec<Symbol>>,
}

impl Heard {
    /// Readies `part`; as the south hears it where `is_southern`.
    pub(super) fn new(part: &Part, alphabet: &Alphabet, sounds: &Sounds, is_southern: bool) -> Self {
        let alike = part.symbols.iter().map(|symbol| sounds.alike(*symbol, alphabet, is_southern));
        Self { alike: alike.collect() }
    }

    /// Where in `text` each character sounds like the part's: at `own` rather than elsewhere.
    pub(super) fn stands_in(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Range<usize>> {
        let length = self.alike.len();
        let is_here = |at: &usize| {
            let there = text.get(*at..at + length);
            there.is_some_and(|there| there.iter().zip(&self.alike).all(|(own, alike)| alike.contains(own)))
        };
        let found = (0..text.len()).find(is_here)?;
        let at = Some(own()).filter(is_here).unwrap_or(found);
        Some(at..at + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::sounds::tests::alphabet;
    use crate::search::symbols::Symbols;

    fn stands(typed: &str, name: &str, own: usize) -> Option<Range<usize>> {
        let alphabet = alphabet();
        let mut symbols = Symbols::new(&alphabet);
        let name: Vec<Symbol> = name.chars().filter_map(|own| symbols.read_or_learn(own)).collect();
        let heard = Heard::new(&Part::new(typed, &symbols), &alphabet, &Sounds::new(&alphabet), false);
        heard.stands_in(&name, &|| own)
    }

    #[test]
    fn each_character_may_be_another_of_its_sound() {
        assert_eq!(stands("芸帆", "佛山云帆照明", 0), Some(2..4));
        assert_eq!(stands("芸帆照", "佛山云帆照明", 0), Some(2..5), "and what the alphabet has not, itself");
        assert_eq!(stands("芸方", "佛山云帆照明", 0), None);
        assert_eq!(stands("芸龘", "佛山云帆照明", 0), None);
        assert_eq!(stands("芸", "云帆云", 2), Some(2..3), "the own part rather than the first");
        assert_eq!(stands("芸帆", "云", 0), None);
    }
}
