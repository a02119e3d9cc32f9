//! An edition as a delta looks at it.

use crate::Edition;
use crate::number::index;
use crate::pace::Pace;
use crate::snapshot::counts::Counts;
use crate::snapshot::samplings::Entry;
use crate::snapshot::{SnapshotError, Walked, read};

/// An edition with its texts' characters and its samplings in the order of print.
pub(super) struct Base {
    pub(super) edition: Edition,
    pub(super) counts: Counts,
    pub(super) characters: Vec<char>,
    pub(super) entries: Vec<Entry>,
}

impl Base {
    pub(super) async fn read(snapshot: &[u8], pace: &dyn Pace) -> Result<Self, Box<SnapshotError>> {
        let (Walked { edition, characters, entries }, counts) = read(snapshot, pace).await?;
        Ok(Self { edition, counts, characters, entries })
    }

    /// Where the samplings of a bulletin lie among the entries.
    pub(super) fn of_bulletin(&self, bulletin: u32) -> std::ops::Range<usize> {
        let before = |bulletin| self.entries.partition_point(|entry| entry.sampling.bulletin < bulletin);
        before(bulletin)..before(bulletin + 1)
    }

    /// How many firms have a credit code.
    pub(super) fn coded_firms(&self) -> usize {
        index(self.counts.coded_firms)
    }
}
