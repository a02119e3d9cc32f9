//! The length of a clean streak.

use serde::Serialize;

use crate::Day;

/// A clean streak as one reading of 连续 sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Streak {
    /// The day of its first clean sampling.
    pub start: Day,
    /// The day up to which it is counted: the as-of day under `elapsed`, else the day of its last clean sampling.
    pub end: Day,
    /// Its length in complete years (anniversaries), or in calendar years under the two calendar readings.
    pub years: u32,
    /// Counted samplings inside it, all of them clean.
    pub samplings: u32,
}

impl Streak {
    /// Days from its start to its end.
    pub const fn days(&self) -> i32 {
        self.end.days_since(self.start)
    }
}
