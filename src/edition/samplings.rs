//! The samplings of an edition, in columns.

use crate::Day;
use crate::sampling::{Facts, Sampling};

/// Samplings in columns: place `i` of each column speaks of sampling `i`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Samplings {
    /// The day that every reading uses.
    pub days: Vec<Day>,
    /// What was found.
    pub facts: Vec<Facts>,
    /// Place in the edition's bulletins.
    pub bulletins: Vec<u32>,
    /// Row of the bulletin, from 1.
    pub rows: Vec<u32>,
    /// Place in the edition's product classes.
    pub product_classes: Vec<u32>,
    /// Place in the edition's lists of failed items.
    pub failed_items: Vec<u32>,
}

impl Samplings {
    /// No samplings, and room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            days: Vec::with_capacity(count),
            facts: Vec::with_capacity(count),
            bulletins: Vec::with_capacity(count),
            rows: Vec::with_capacity(count),
            product_classes: Vec::with_capacity(count),
            failed_items: Vec::with_capacity(count),
        }
    }

    /// These samplings, column by column.
    #[inline]
    pub(crate) fn of(rows: &[Sampling]) -> Self {
        Self {
            days: rows.iter().map(|row| row.day).collect(),
            facts: rows.iter().map(|row| row.facts).collect(),
            bulletins: rows.iter().map(|row| row.bulletin).collect(),
            rows: rows.iter().map(|row| row.row).collect(),
            product_classes: rows.iter().map(|row| row.product_class).collect(),
            failed_items: rows.iter().map(|row| row.failed_items).collect(),
        }
    }

    /// How many samplings there are.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The sampling at `place`.
    ///
    /// # Panics
    /// Where there is none.
    pub fn get(&self, place: usize) -> Sampling {
        Sampling {
            day: self.days[place],
            facts: self.facts[place],
            bulletin: self.bulletins[place],
            row: self.rows[place],
            product_class: self.product_classes[place],
            failed_items: self.failed_items[place],
        }
    }

    /// Appends a sampling.
    pub fn push(&mut self, sampling: Sampling) {
        self.days.push(sampling.day);
        self.facts.push(sampling.facts);
        self.bulletins.push(sampling.bulletin);
        self.rows.push(sampling.row);
        self.product_classes.push(sampling.product_class);
        self.failed_items.push(sampling.failed_items);
    }
}
