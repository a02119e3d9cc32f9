//! One part of a question, as symbols.

use std::ops::Range;

use super::symbols::{Symbol, Symbols, UNKNOWN, letter};

/// What stands between spaces in a question, or all of it run together.
#[derive(Clone)]
pub(super) struct Part {
    /// Its symbols; [`UNKNOWN`] for what no name contains.
    pub(super) symbols: Vec<Symbol>,
    /// For each the symbol that looks like it, where one does.
    pub(super) alike: Vec<Symbol>,
}

impl Part {
    /// The most symbols that are compared with slips or by sound, one bit each; a longer part is found as it stands.
    pub(super) const MAX_BITS: usize = 62;

    /// Reads `text`.
    pub(super) fn new(text: &str, symbols: &Symbols) -> Self {
        let read = |character| Some((symbols.read(character)?, symbols.alike(character)));
        let (symbols, alike) = text.chars().filter_map(read).unzip();
        Self { symbols, alike }
    }

    /// All parts as one.
    pub(super) fn joined(parts: &[Self]) -> Self {
        let symbols = parts.iter().flat_map(|part| part.symbols.iter().copied()).collect();
        let alike = parts.iter().flat_map(|part| part.alike.iter().copied()).collect();
        Self { symbols, alike }
    }

    /// The runs of letters and of other symbols that it is made of.
    pub(super) fn pieces(&self) -> Vec<Self> {
        let mut pieces: Vec<Self> = Vec::new();
        let mut was_letter = None;
        for (symbol, alike) in self.symbols.iter().zip(&self.alike) {
            let is_letter = Some(letter(*symbol).is_some());
            if was_letter != is_letter {
                pieces.push(Self { symbols: Vec::new(), alike: Vec::new() });
            }
            was_letter = is_letter;
            if let Some(piece) = pieces.last_mut() {
                piece.symbols.push(*symbol);
                piece.alike.push(*alike);
            }
        }
        pieces
    }

    /// How many symbols it has.
    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether something is left of it.
    pub(super) fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// Whether some of it may be pinyin.
    pub(super) fn has_letters(&self) -> bool {
        self.symbols.iter().any(|symbol| letter(*symbol).is_some())
    }

    /// How many of its symbols no name contains.
    pub(super) fn strangers(&self) -> usize {
        self.symbols.iter().filter(|symbol| **symbol == UNKNOWN).count()
    }

    /// Where it stands in `text` as it is: at `own`, where the text's own part begins, or else at the first place.
    pub(super) fn stands_in(&self, text: &[Symbol], own: impl FnOnce() -> usize) -> Option<Range<usize>> {
        let first = *self.symbols.first()?;
        let length = self.symbols.len();
        let last = text.len().checked_sub(length)?;
        let is_here = |at: &usize| text[*at] == first && text[*at..at + length] == self.symbols[..];
        let found = (0..=last).find(is_here)?;
        let own = own();
        let at = if found < own && own <= last && is_here(&own) { own } else { found };
        Some(at..at + length)
    }
}
