//! A question as symbols: all of it, and its parts.

use super::part::Part;
use super::symbols::Symbols;

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
        let parts: Vec<Part> = parts.filter(|part| part.len() > 0).collect();
        let joined = [Part::joined(&parts)];
        let pieces = if parts.len() > 1 { parts.clone() } else { joined[0].pieces() };
        Self { joined, parts, pieces }
    }

    /// How many symbols it has.
    pub(super) fn len(&self) -> usize {
        self.joined[0].len()
    }
}
