//! What was found: one sampled batch, its outcome in stages, and whether that outcome stands.
//!
//! ```text
//! first test ──► re-test of the reserve sample ──► follow-up after correction
//! conforming     upheld: stays a failure            the failure stays: a new visit,
//! nonconforming  overturned: counts as conforming   not a re-test
//! ```
//!
//! Facts are kept apart from what a policy makes of them: nothing here decides whether a sampling counts.

mod bulletin;
mod facts;

pub use bulletin::{Bulletin, Level, Lists};
pub(crate) use facts::closed_set;
pub use facts::{DayFrom, Facts, FollowUp, Outcome, Retest, Role, Standing};

use crate::Day;

/// One sampled batch as it is booked to one firm. Texts live in the dictionaries of the edition; the numbers here
/// are places in them.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Sampling {
    /// The day that every reading uses.
    pub day: Day,
    /// What was found, and in what state that finding is.
    pub facts: Facts,
    /// Place in the edition's bulletins.
    pub bulletin: u32,
    /// The row of the bulletin's table, counted from 1 over all its tables, titles and headings not counted.
    pub row: u32,
    /// Place in the edition's product classes.
    pub product_class: u32,
    /// Place in the edition's lists of failed items; list 0 is the empty one.
    pub failed_items: u32,
}
