//! The firms of an edition, in columns.

use super::TextColumn;
use crate::number::index;
use crate::{CreditCode, Division};

/// Firms in columns: place `i` of each column speaks of firm `i`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Firms {
    /// The code; `None` where the firm is known by its name alone.
    pub codes: Vec<Option<CreditCode>>,
    /// The name for display; of a firm known by name alone, the name that bulletins print.
    pub names: TextColumn,
    /// Where the register places it.
    pub divisions: Vec<Option<Division>>,
    /// The tier that the publisher states, as a place in the policy's tiers.
    pub stated_tiers: Vec<Option<u8>>,
    /// Former names, separated by line feeds; empty where there are none.
    pub former_names: TextColumn,
    /// Trade marks, separated by line feeds.
    pub trade_marks: TextColumn,
    /// GS1 company prefixes, separated by line feeds.
    pub gs1_prefixes: TextColumn,
    /// Further labels, separated by line feeds.
    pub labels: TextColumn,
    /// Where each firm's samplings begin, and one more: how many samplings there are.
    pub first_samplings: Vec<u32>,
}

impl Firms {
    /// How many firms there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Where the samplings of firm `firm` lie.
    pub fn sampling_range(&self, firm: usize) -> std::ops::Range<usize> {
        index(self.first_samplings[firm])..index(self.first_samplings[firm + 1])
    }
}
