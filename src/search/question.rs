//! A question as symbols: all of it, and its parts.

use super::part::Part;
use super::symbols::Symbols;
use crate::edition::Alphabet;

/// What was typed.
pub(super) struct Question {
    /// All of it run together; one part.
    pub(super) joined: [Part; 1],
    /// What stands between spaces.
    pub(super) parts: Vec<Part>,
    /// The parts, or of a single one its letters and its characters: `yunfan照明` may leave something out between the
    /// two, as `云帆 照明` may.
    pub(super) pieces: Vec<Part>,
}

impl Question {
    /// Reads `words`, which are in normal form.
    pub(super) fn new(words: &[String], symbols: &Symbols) -> Self {
        let parts = words.iter().map(|word| Part::new(word, symbols));
        Self::of_parts(parts.filter(|part| part.len() > 0).collect())
    }

    fn of_parts(parts: Vec<Part>) -> Self {
        let joined = [Part::joined(&parts)];
        let pieces = if parts.len() > 1 { parts.clone() } else { joined[0].pieces() };
        Self { joined, parts, pieces }
    }

    /// How many symbols it has.
    pub(super) fn len(&self) -> usize {
        self.joined[0].len()
    }

    /// The same as it sounds, in letters; `None` where that is nothing else, or too much.
    pub(super) fn spelt(&self, alphabet: &Alphabet) -> Option<Self> {
        let spelt = Self::of_parts(self.parts.iter().map(|part| part.spelt(alphabet)).collect());
        let is_other = spelt.joined[0].symbols != self.joined[0].symbols;
        (is_other && self.len() > 1 && spelt.len() <= Part::MAX_BITS).then_some(spelt)
    }
}
