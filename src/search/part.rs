//! One part of a question, as symbols.

use std::ops::Range;

use super::symbols::{Symbol, Symbols, letter};

/// What stands between spaces in a question, or all of it run together.
#[derive(Clone)]
pub(super) struct Part {
    /// Its symbols; what no name contains is one of them too.
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
        let mut joined = Self { symbols: Vec::new(), alike: Vec::new() };
        for part in parts {
            joined.symbols.extend_from_slice(&part.symbols);
            joined.alike.extend_from_slice(&part.alike);
        }
        joined
    }

    /// The runs of letters and of other symbols that it is made of.
    pub(super) fn pieces(&self) -> Vec<Self> {
        let mut alike = self.alike.as_slice();
        let runs = self.symbols.chunk_by(|a, b| letter(*a).is_some() == letter(*b).is_some());
        let piece = |run: &[Symbol]| {
            let (own, rest) = alike.split_at(run.len());
            alike = rest;
            Self { symbols: run.to_vec(), alike: own.to_vec() }
        };
        runs.map(piece).collect()
    }

    /// How many symbols it has.
    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether some of it may be pinyin.
    pub(super) fn has_letters(&self) -> bool {
        self.symbols.iter().any(|symbol| letter(*symbol).is_some())
    }

    /// Where it stands in `text` as it is: at `own`, where the text's own part begins, or else at the first place.
    pub(super) fn stands_in(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Range<usize>> {
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
