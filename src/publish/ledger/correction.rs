//! Which bulletins are in force on a day: those that are published and not corrected by a published one.

use std::collections::BTreeMap;

use super::Evidence;
use crate::Day;
use crate::sampling::DayFrom;

/// A bulletin in force.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::publish) struct InForce {
    /// Its place in the ledger.
    pub(in crate::publish) place: usize,
    /// The day on which its results were first published: its own, or that of the first bulletin in its chain of
    /// corrections. A correction of a text does not make a sampling later.
    pub(in crate::publish) first_published_on: Day,
}

impl InForce {
    /// The day of a row of this bulletin whose own day is `day`, and how it is known.
    pub(in crate::publish) fn day(&self, day: Day, day_from: DayFrom) -> (Day, DayFrom) {
        match day_from {
            DayFrom::Published | DayFrom::YearEnd if day > self.first_published_on => {
                (self.first_published_on, DayFrom::Published)
            }
            known => (day, known),
        }
    }
}

/// The bulletins in force on `as_of`, by publication, then id.
pub(in crate::publish) fn in_force(evidence: &Evidence, as_of: Day) -> Vec<InForce> {
    let known: BTreeMap<&str, usize> = evidence
        .bulletins
        .iter()
        .enumerate()
        .filter(|(_, bulletin)| bulletin.bulletin.published_on <= as_of)
        .map(|(place, bulletin)| (bulletin.bulletin.id.as_str(), place))
        .collect();
    let corrected = |place: usize| {
        let corrects = evidence.bulletins[place].corrects.as_deref();
        corrects.and_then(|id| known.get(id)).copied()
    };
    let replaced: Vec<usize> = known.values().filter_map(|place| corrected(*place)).collect();
    let mut in_force: Vec<InForce> = known
        .values()
        .filter(|place| !replaced.contains(place))
        .map(|place| InForce {
            place: *place,
            first_published_on: first_published(evidence, *place, corrected),
        })
        .collect();
    in_force.sort_by_key(|found| {
        let bulletin = &evidence.bulletins[found.place].bulletin;
        (bulletin.published_on, &bulletin.id)
    });
    in_force
}

/// The earliest publication along a chain of corrections; a chain that bites its tail ends after one round.
fn first_published(evidence: &Evidence, place: usize, corrected: impl Fn(usize) -> Option<usize>) -> Day {
    let chain = std::iter::successors(Some(place), |place| corrected(*place)).take(evidence.bulletins.len());
    chain.map(|place| evidence.bulletins[place].bulletin.published_on).min().unwrap_or(Day::MAX)
}
