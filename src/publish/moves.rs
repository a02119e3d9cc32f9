//! What changed between two editions: who entered, left, rose or fell, and why.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::edition::{Edition, Verdict};
use crate::rule::{Counting, Mark};
use crate::sampling::closed_set;
use crate::{CreditCode, Day};

/// All moves between two editions.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Moves {
    /// The day of the earlier edition.
    pub from: Day,
    /// The day of the later edition.
    pub to: Day,
    /// Firms on the list in both, in the same tier.
    pub unchanged: u32,
    /// Firms that were not on the list before.
    pub entered: Vec<Move>,
    /// Firms that are not on the list any more.
    pub left: Vec<Move>,
    /// Firms in a longer tier than before.
    pub promoted: Vec<Move>,
    /// Firms in a shorter tier than before.
    pub demoted: Vec<Move>,
}

/// One firm's move.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Move {
    /// The firm's code.
    pub code: Option<CreditCode>,
    /// The firm's name.
    pub name: String,
    /// Years of its tier before.
    pub before: Option<u32>,
    /// Years of its tier now.
    pub now: Option<u32>,
    /// Why.
    pub why: Cause,
    /// The day of the failure, where one is the cause and the later edition shows it.
    pub failed_on: Option<Day>,
}

closed_set! {
    /// Why a firm moved.
    pub enum Cause {
        /// Its streak grew with time.
        Time = "time",
        /// A failure.
        Failure = "failure",
        /// The two editions do not follow the same policy.
        Policy = "policy",
        /// The later edition does not hold the firm, so it cannot say.
        NotHeld = "not_held",
        /// Its record changed: a result was added, corrected or settled.
        Record = "record",
    }
}

impl Moves {
    /// Whether nothing moved.
    pub fn is_empty(&self) -> bool {
        self.entered.is_empty() && self.left.is_empty() && self.promoted.is_empty() && self.demoted.is_empty()
    }
}

/// Compares two editions. Firms are the same by code, else by name.
pub fn between(old: &Edition, new: &Edition) -> Moves {
    let (before, now) = (Side::new(old), Side::new(new));
    let mut moves = Moves {
        from: old.as_of,
        to: new.as_of,
        unchanged: 0,
        entered: vec![],
        left: vec![],
        promoted: vec![],
        demoted: vec![],
    };
    let firms: BTreeSet<&Key> = before.firms.keys().chain(now.firms.keys()).collect();
    for firm in firms {
        let (was, is) = (before.years(firm), now.years(firm));
        if was == is {
            moves.unchanged += u32::from(is.is_some());
            continue;
        }
        let moved = describe(firm, &before, &now);
        match (was, is) {
            (None, _) => moves.entered.push(moved),
            (_, None) => moves.left.push(moved),
            (Some(was), Some(is)) if is > was => moves.promoted.push(moved),
            _ => moves.demoted.push(moved),
        }
    }
    moves
}

/// A firm across editions: its code, else its name.
type Key = (Option<CreditCode>, String);

/// One of the two editions.
struct Side<'a> {
    edition: &'a Edition,
    verdicts: Vec<Verdict>,
    firms: BTreeMap<Key, usize>,
}

impl<'a> Side<'a> {
    fn new(edition: &'a Edition) -> Self {
        let firms = edition.firms.codes.iter().zip(edition.firms.names.iter()).enumerate();
        let key = |(firm, (code, name)): (usize, (&Option<CreditCode>, &str))| {
            let name = if code.is_some() { String::new() } else { name.to_owned() };
            ((*code, name), firm)
        };
        Self { edition, verdicts: edition.recompute(), firms: firms.map(key).collect() }
    }

    fn years(&self, firm: &Key) -> Option<u32> {
        let tier = self.verdicts[*self.firms.get(firm)?].tier?;
        Some(self.edition.policy.tiers[usize::from(tier)].years)
    }

    fn name(&self, firm: &Key) -> Option<&str> {
        self.firms.get(firm).map(|place| self.edition.firms.names.get(*place))
    }

    fn last_failure(&self, firm: &Key) -> Option<Day> {
        let range = self.edition.firms.sampling_range(*self.firms.get(firm)?);
        let samplings = &self.edition.samplings;
        let counts = |at: &usize| {
            let counting = Counting::of(
                &samplings.facts[*at],
                samplings.days[*at],
                &self.edition.policy,
                self.edition.as_of,
            );
            counting.mark() == Mark::Failed
        };
        range.rev().find(counts).map(|at| samplings.days[at])
    }
}

fn describe(firm: &Key, before: &Side<'_>, now: &Side<'_>) -> Move {
    let (was, is) = (before.years(firm), now.years(firm));
    let failed_on = now.last_failure(firm).filter(|_| is < was);
    let why = if before.edition.policy != now.edition.policy {
        Cause::Policy
    } else if failed_on.is_some() && failed_on != before.last_failure(firm) {
        Cause::Failure
    } else if is > was {
        Cause::Time
    } else if now.firms.contains_key(firm) {
        Cause::Record
    } else {
        Cause::NotHeld
    };
    let name = now.name(firm).or_else(|| before.name(firm)).unwrap_or_default().to_owned();
    Move {
        code: firm.0,
        name,
        before: was,
        now: is,
        why,
        failed_on: failed_on.filter(|_| why == Cause::Failure),
    }
}

/// Firms of an edition by the years of their tier, longest first: the figures of the published list.
pub fn tier_sizes(edition: &Edition) -> Vec<(u32, u32)> {
    let mut sizes: Vec<(u32, u32)> = edition.policy.tiers.iter().map(|tier| (tier.years, 0)).collect();
    for tier in edition.firms.stated_tiers.iter().flatten() {
        sizes[usize::from(*tier)].1 += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::testing::{CLEAN, coded, day, edition, named, sampled};
    use crate::sampling::{Facts, Outcome};

    #[test]
    fn every_move_has_its_cause() {
        let failed = Facts { first_test: Outcome::Nonconforming, ..CLEAN };
        let since = |name: &str, start: &str| {
            let mut firm = named(name);
            firm.samplings = vec![sampled(start, CLEAN)];
            firm
        };
        let mut fallen = coded("91440606003663344C", "云帆");
        let firms =
            vec![since("新星", "2022-10-01"), since("老星", "2015-05-01"), since("平星", "2018-01-01")];
        let mut old_firms = firms.clone();
        old_firms.push(fallen.clone());
        let mut old = edition(old_firms);
        old.as_of = day("2025-03-14");
        old.firms.stated_tiers = old.recompute().iter().map(|verdict| verdict.tier).collect();
        fallen.samplings.push(sampled("2025-06-01", failed));
        let mut new_firms = firms;
        new_firms.push(fallen);
        let moves = between(&old, &edition(new_firms));
        assert_eq!(moves.unchanged, 1);
        let names =
            |moves: &[Move]| moves.iter().map(|m| (m.name.clone(), m.why, m.failed_on)).collect::<Vec<_>>();
        assert_eq!(names(&moves.entered), [("新星".into(), Cause::Time, None)]);
        assert_eq!(names(&moves.promoted), [("老星".into(), Cause::Time, None)]);
        assert_eq!(names(&moves.left), [("云帆".into(), Cause::Failure, Some(day("2025-06-01")))]);
        assert!(moves.demoted.is_empty() && !moves.is_empty());
    }
}
