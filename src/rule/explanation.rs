//! Why a firm stands where it stands: where its streak starts and why there, what each reading would say, and when
//! the next tier would be reached if nothing changed.

use serde::Serialize;

use super::counting::Mark;
use super::{Continuity, Judge, Policy, Streak};
use crate::Day;

/// What one policy makes of one firm's samplings.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Explanation {
    /// The reading that the policy holds to.
    pub reading: Reading,
    /// All four readings under the same policy otherwise, in the order of [`Continuity::ALL`].
    pub readings: Vec<Reading>,
}

/// What one reading of 连续 says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Reading {
    /// Which reading.
    pub continuity: Continuity,
    /// The streak, where there is one.
    pub streak: Option<Streak>,
    /// Why it starts where it starts.
    pub starts: Option<StartReason>,
    /// Why there is none.
    pub no_streak: Option<NoStreak>,
    /// The tier that it earns, in years.
    pub tier_years: Option<u32>,
    /// The next tier and the day on which it is reached if nothing changes.
    pub next: Option<NextTier>,
}

/// Why a streak starts where it starts.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum StartReason {
    /// It begins again after a failure.
    AfterFailure {
        /// The day of the last failure.
        failed_on: Day,
    },
    /// It begins after a calendar year without a sampling (`every-year` only).
    AfterMissingYear {
        /// The year.
        year: i32,
    },
    /// It begins again after a silence that the policy holds too long.
    AfterSilence {
        /// The last clean sampling before the silence.
        silent_since: Day,
    },
    /// It begins with the first counted sampling.
    FirstSampling,
}

/// Why there is no streak.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum NoStreak {
    /// The chain of years does not reach the as-of year or the year before it (`every-year` only).
    ChainEnded {
        /// The day of the last clean sampling.
        last_clean: Day,
    },
    /// No clean sampling has followed the last failure yet.
    NoCleanSinceFailure {
        /// The day of the last failure.
        failed_on: Day,
    },
    /// No sampling counts.
    NothingCounted,
    /// The silence up to the as-of day is longer than the policy allows.
    Silent {
        /// The day of the last clean sampling.
        last_clean: Day,
    },
}

/// A tier that is still ahead.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct NextTier {
    /// Its years.
    pub years: u32,
    /// The day on which it is reached if no failure and no new sampling comes.
    pub on: Day,
}

/// Explains one firm's samplings, which lie in the order of their days.
pub fn explain(days: &[Day], marks: &[Mark], policy: &Policy, as_of: Day) -> Explanation {
    let readings: Vec<Reading> =
        Continuity::ALL.iter().map(|continuity| read(days, marks, policy, *continuity, as_of)).collect();
    Explanation { reading: readings[policy.continuity.index()].clone(), readings }
}

fn read(days: &[Day], marks: &[Mark], policy: &Policy, continuity: Continuity, as_of: Day) -> Reading {
    let policy = Policy { continuity, ..policy.clone() };
    let judge = Judge::new(&policy, as_of);
    let history = History { days, marks, judge: &judge };
    let streak = judge.streak(days, marks);
    Reading {
        continuity,
        starts: streak.as_ref().map(|streak| history.start_reason(streak)),
        no_streak: streak.is_none().then(|| history.no_streak(as_of)),
        tier_years: streak
            .as_ref()
            .and_then(|streak| judge.tier(streak))
            .map(|place| policy.tiers[place].years),
        next: streak.as_ref().and_then(|streak| history.next_tier(streak, &policy)),
        streak,
    }
}

struct History<'a> {
    days: &'a [Day],
    marks: &'a [Mark],
    judge: &'a Judge<'a>,
}

impl History<'_> {
    fn start_reason(&self, streak: &Streak) -> StartReason {
        let Some(before) = self.last_counted_before(streak.start) else { return StartReason::FirstSampling };
        match self.last_failure() {
            Some((place, failed_on)) if self.first_clean_after(place) == Some(streak.start) => {
                StartReason::AfterFailure { failed_on }
            }
            _ if self.judge.is_silence(before, streak.start) => {
                StartReason::AfterSilence { silent_since: before }
            }
            _ => StartReason::AfterMissingYear { year: streak.start.year() - 1 },
        }
    }

    fn no_streak(&self, as_of: Day) -> NoStreak {
        let last_clean = self.of_mark(Mark::Clean).next_back();
        match (self.last_failure(), last_clean) {
            (None, None) => NoStreak::NothingCounted,
            (Some((place, failed_on)), _) if self.first_clean_after(place).is_none() => {
                NoStreak::NoCleanSinceFailure { failed_on }
            }
            (_, Some(last_clean)) if self.judge.is_silence(last_clean, as_of) => {
                NoStreak::Silent { last_clean }
            }
            (_, Some(last_clean)) => NoStreak::ChainEnded { last_clean },
            (Some((_, failed_on)), None) => NoStreak::NoCleanSinceFailure { failed_on },
        }
    }

    /// Only the passing of time brings a tier nearer without a new sampling, so only `elapsed` has a next day.
    fn next_tier(&self, streak: &Streak, policy: &Policy) -> Option<NextTier> {
        if policy.continuity != Continuity::Elapsed || streak.samplings < policy.min_samplings {
            return None;
        }
        let next = policy.tiers.iter().rev().find(|tier| tier.years > streak.years)?;
        let on = streak.start.add_years(next.years)?;
        let last_clean = self.of_mark(Mark::Clean).next_back()?;
        (!self.judge.is_silence(last_clean, on)).then_some(NextTier { years: next.years, on })
    }

    fn last_failure(&self) -> Option<(usize, Day)> {
        let place = self.marks.iter().rposition(|mark| *mark == Mark::Failed)?;
        Some((place, self.days[place]))
    }

    /// The first clean sampling that a failure leaves untouched.
    fn first_clean_after(&self, failure: usize) -> Option<Day> {
        let from = self.judge.after_failure(self.days, failure);
        let place = self.marks[from..].iter().position(|mark| *mark == Mark::Clean)?;
        Some(self.days[from + place])
    }

    fn last_counted_before(&self, day: Day) -> Option<Day> {
        let counted = self.days.iter().zip(self.marks).filter(|(_, mark)| **mark != Mark::Uncounted);
        counted.map(|(counted, _)| *counted).rfind(|counted| *counted < day)
    }

    fn of_mark(&self, wanted: Mark) -> impl DoubleEndedIterator<Item = Day> + '_ {
        self.days.iter().zip(self.marks).filter(move |(_, mark)| **mark == wanted).map(|(day, _)| *day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    use Mark::{Clean, Failed};

    const HISTORY: &[(&str, Mark)] = &[
        ("2014-05-01", Clean),
        ("2016-03-10", Failed),
        ("2016-09-01", Clean),
        ("2018-06-15", Clean),
        ("2023-02-01", Clean),
    ];

    fn explained(samplings: &[(&str, Mark)], policy: &Policy, as_of: &str) -> Explanation {
        let (days, marks): (Vec<Day>, Vec<Mark>) =
            samplings.iter().map(|(text, mark)| (day(text), *mark)).unzip();
        explain(&days, &marks, policy, day(as_of))
    }

    #[test]
    fn the_start_of_each_reading_has_its_reason() {
        let all = explained(HISTORY, &Policy::default(), "2023-10-31").readings;
        let after_failure = Some(StartReason::AfterFailure { failed_on: day("2016-03-10") });
        assert_eq!(all[0].starts, after_failure);
        assert_eq!(all[1].starts, after_failure);
        assert_eq!(all[2].starts, after_failure);
        assert_eq!(all[3].starts, Some(StartReason::AfterMissingYear { year: 2022 }));
        let first = explained(&HISTORY[..1], &Policy::default(), "2015-01-01").reading;
        assert_eq!(first.starts, Some(StartReason::FirstSampling));
    }

    #[test]
    fn the_next_tier_is_told_with_its_day() {
        let reading = explained(HISTORY, &Policy::default(), "2023-10-31").reading;
        assert_eq!(reading.tier_years, Some(5));
        assert_eq!(reading.next, Some(NextTier { years: 10, on: day("2026-09-01") }));
        let highest = explained(HISTORY, &Policy::default(), "2026-09-01").reading;
        assert_eq!((highest.tier_years, highest.next), (Some(10), None));
    }

    #[test]
    fn no_next_tier_is_promised_that_a_silence_would_prevent() {
        let policy = Policy { max_gap_months: Some(30), ..Policy::default() };
        let reading = explained(HISTORY, &policy, "2023-10-31").reading;
        assert_eq!(reading.starts, Some(StartReason::AfterSilence { silent_since: day("2018-06-15") }));
        assert_eq!(reading.next, None, "silent from 2025-08-01, three years only on 2026-02-01");
    }

    #[test]
    fn the_absence_of_a_streak_has_its_reason() {
        let none = |samplings: &[(&str, Mark)], policy: &Policy| {
            explained(samplings, policy, "2025-10-31").reading.no_streak.unwrap()
        };
        let plain = Policy::default();
        assert_eq!(none(&[], &plain), NoStreak::NothingCounted);
        assert_eq!(
            none(&HISTORY[..2], &plain),
            NoStreak::NoCleanSinceFailure { failed_on: day("2016-03-10") }
        );
        assert_eq!(
            none(HISTORY, &Policy { max_gap_months: Some(12), ..Policy::default() }),
            NoStreak::Silent { last_clean: day("2023-02-01") }
        );
        assert_eq!(
            none(HISTORY, &Policy { continuity: Continuity::EveryYear, ..Policy::default() }),
            NoStreak::ChainEnded { last_clean: day("2023-02-01") }
        );
    }
}
