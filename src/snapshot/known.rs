//! What the reader of a delta knows already: entries that are as in the edition before.
//!
//! The walk over an edition turns to each entry before it codes it. What is known is not told, but all models learn
//! it, so that they foretell the rest as well as in a whole snapshot.

use super::coder::Coder;

/// Whose entries are known one by one. Of a firm each column is known or not.
#[derive(Clone, Copy)]
pub(super) enum List {
    Bulletins,
    Characters,
    Codes,
    Divisions,
    FailedItems,
    FormerNames,
    Gs1Prefixes,
    Labels,
    Names,
    /// The one policy.
    Policy,
    ProductClasses,
    /// The characters of the search alphabet with their readings.
    Readings,
    /// In the order of print.
    Samplings,
    Spellings,
    StatedTiers,
    TradeMarks,
    Variants,
}

/// Which entries of an edition are known: nothing, unless a delta says so.
#[derive(Default)]
pub(super) struct Known {
    entries: [Vec<bool>; List::COUNT],
    /// How many entries each list of the edition has, and how many samplings each bulletin.
    pub(super) sizes: bool,
}

impl List {
    const COUNT: usize = 17;

    const fn number(self) -> usize {
        match self {
            Self::Bulletins => 0,
            Self::Characters => 1,
            Self::Codes => 2,
            Self::Divisions => 3,
            Self::FailedItems => 4,
            Self::FormerNames => 5,
            Self::Gs1Prefixes => 6,
            Self::Labels => 7,
            Self::Names => 8,
            Self::Policy => 9,
            Self::ProductClasses => 10,
            Self::Readings => 11,
            Self::Samplings => 12,
            Self::Spellings => 13,
            Self::StatedTiers => 14,
            Self::TradeMarks => 15,
            Self::Variants => 16,
        }
    }
}

impl Known {
    /// Says of each entry of a list whether it is known.
    pub(super) fn set(&mut self, list: List, entries: Vec<bool>) {
        self.entries[list.number()] = entries;
    }

    /// Turns a coder to the entry at a place. What is given of it is given back, unless it is read.
    pub(super) fn turn_to<T>(
        &self,
        coder: &mut impl Coder,
        list: List,
        at: usize,
        given: Option<T>,
    ) -> Option<T> {
        coder.set_known(self.entries[list.number()].get(at) == Some(&true));
        given.filter(|_| !coder.reads())
    }

    /// Turns a coder to the size of a list.
    pub(super) fn turn_to_size(&self, coder: &mut impl Coder) {
        coder.set_known(self.sizes);
    }
}
