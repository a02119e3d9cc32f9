//! The judge: one pass over the samplings of each firm, newest first, until the last failure.
//!
//! It reads two columns only, a day and a mark a sampling, so that a phone recomputes a whole edition at every
//! start and a publisher judges hundreds of millions of samplings a second. Calendar arithmetic is a table, filled
//! once for the days between the policy's first day and the as-of day.

use super::counting::Mark;
use super::{Continuity, Policy, Streak};
use crate::Day;
use crate::number::index;

/// A policy made ready for one as-of day.
pub struct Judge<'p> {
    policy: &'p Policy,
    as_of: Day,
    calendar: Calendar,
}

/// The samplings of many firms in columns: those of firm `i` lie at `firsts[i]..firsts[i + 1]`, in the order of
/// their days.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    /// Where each firm's samplings begin, and one more: where the last one's end.
    pub firsts: &'a [u32],
    /// The day of each sampling.
    pub days: &'a [Day],
    /// What each sampling is to the streak.
    pub marks: &'a [Mark],
}

impl<'p> Judge<'p> {
    /// Prepares `policy` for the list as of `as_of`.
    pub fn new(policy: &'p Policy, as_of: Day) -> Self {
        Self { policy, as_of, calendar: Calendar::new(policy.data_from, as_of) }
    }

    /// The streak of every firm, in their order; `None` where there is none.
    pub fn streaks<'a>(&'a self, columns: Columns<'a>) -> impl Iterator<Item = Option<Streak>> + 'a {
        columns.firsts.windows(2).map(move |pair| {
            let range = index(pair[0])..index(pair[1]);
            self.streak(&columns.days[range.clone()], &columns.marks[range])
        })
    }

    /// The streak of one firm, whose samplings lie in the order of their days.
    pub fn streak(&self, days: &[Day], marks: &[Mark]) -> Option<Streak> {
        let Run { first, last } = self.clean_run(days, marks)?;
        let run = (&days[first..=last], &marks[first..=last]);
        match self.policy.continuity {
            Continuity::Elapsed => Some(self.until(self.as_of, run)),
            Continuity::Spanned => Some(self.until(days[last], run)),
            Continuity::DistinctYears => Some(self.distinct_years(run)),
            Continuity::EveryYear => self.every_year(run),
        }
    }

    /// The tier that a streak earns, as a place in the policy's tiers; `None` where it earns none.
    pub fn tier(&self, streak: &Streak) -> Option<usize> {
        if streak.samplings < self.policy.min_samplings {
            return None;
        }
        self.policy.tiers.iter().position(|tier| tier.years <= streak.years)
    }

    /// Whether a silence from `last` to `next` ends a streak.
    pub(super) fn is_silence(&self, last: Day, next: Day) -> bool {
        self.policy
            .max_gap_months
            .is_some_and(|months| last.add_months(months).is_some_and(|limit| limit < next))
    }

    /// The first sampling that a failure at `failed` leaves untouched: the failure decides its day, and under the
    /// calendar readings its year.
    pub(super) fn after_failure(&self, days: &[Day], failed: usize) -> usize {
        let day = days[failed];
        let untouched = |later: &Day| match self.policy.continuity {
            Continuity::Elapsed | Continuity::Spanned => *later > day,
            Continuity::DistinctYears | Continuity::EveryYear => {
                self.calendar.year(*later) > self.calendar.year(day)
            }
        };
        failed + 1 + days[failed + 1..].iter().take_while(|later| !untouched(later)).count()
    }

    /// The clean samplings since the last failure and the last long silence.
    fn clean_run(&self, days: &[Day], marks: &[Mark]) -> Option<Run> {
        let from =
            marks.iter().rposition(|mark| *mark == Mark::Failed).map_or(0, |i| self.after_failure(days, i));
        let last = from + marks[from..].iter().rposition(|mark| *mark == Mark::Clean)?;
        let mut first = from + marks[from..].iter().position(|mark| *mark == Mark::Clean)?;
        if self.policy.max_gap_months.is_some() {
            if self.is_silence(days[last], self.as_of) {
                return None;
            }
            first = self.after_silence(days, marks, first);
        }
        Some(Run { first, last })
    }

    /// The first clean sampling after the last silence that is too long, at or after `first`.
    fn after_silence(&self, days: &[Day], marks: &[Mark], first: usize) -> usize {
        let mut start = first;
        let mut last = days[first];
        for (place, (day, mark)) in days.iter().zip(marks).enumerate().skip(first) {
            if *mark == Mark::Clean {
                if self.is_silence(last, *day) {
                    start = place;
                }
                last = *day;
            }
        }
        start
    }

    /// Measures by anniversaries from the first clean sampling to `end`.
    fn until(&self, end: Day, (days, marks): (&[Day], &[Mark])) -> Streak {
        let samplings = marks.iter().map(|mark| u32::from(*mark == Mark::Clean)).sum();
        Streak { start: days[0], end, years: self.calendar.years_between(days[0], end), samplings }
    }

    /// Counts the calendar years that have a clean sampling; no failure lies in any of them.
    fn distinct_years(&self, (days, marks): (&[Day], &[Mark])) -> Streak {
        let mut streak = Streak { start: days[0], end: days[0], years: 0, samplings: 0 };
        let mut year = 0;
        for day in clean(days, marks) {
            let this = self.calendar.year(day);
            streak.years += u32::from(this != year);
            streak.samplings += 1;
            streak.end = day;
            year = this;
        }
        streak
    }

    /// Follows the chain of calendar years back from the as-of year, or from the year before it.
    fn every_year(&self, (days, marks): (&[Day], &[Mark])) -> Option<Streak> {
        let mut newest_first = clean(days, marks).rev();
        let end = newest_first.next()?;
        let mut year = self.calendar.year(end);
        if year + 1 < self.calendar.year(self.as_of) {
            return None;
        }
        let mut streak = Streak { start: end, end, years: 1, samplings: 1 };
        for day in newest_first {
            let this = self.calendar.year(day);
            if this + 1 < year {
                break;
            }
            streak.years += u32::from(this != year);
            streak.samplings += 1;
            streak.start = day;
            year = this;
        }
        Some(streak)
    }
}

/// The stretch of samplings since the last failure and the last long silence; it begins and ends with a clean one.
struct Run {
    first: usize,
    last: usize,
}

fn clean<'a>(days: &'a [Day], marks: &'a [Mark]) -> impl DoubleEndedIterator<Item = Day> + 'a {
    days.iter().zip(marks).filter(|(_, mark)| **mark == Mark::Clean).map(|(day, _)| *day)
}

/// Year, month and day of every day between two days, in one table of 4 bytes a day.
struct Calendar {
    first: Day,
    /// `year << 9 | month << 5 | day`, so that comparing the low nine bits compares days within a year.
    packed: Vec<u32>,
}

impl Calendar {
    /// Days beyond this are not tabled but computed; 200 years are 300 KB.
    const MOST_DAYS: i32 = 200 * 366;

    fn new(first: Day, last: Day) -> Self {
        let count = last.days_since(first).clamp(-1, Self::MOST_DAYS) + 1;
        let packed = (0..count).map_while(|offset| first.add_days(offset)).map(pack).collect();
        Self { first, packed }
    }

    fn packed(&self, day: Day) -> u32 {
        let known = usize::try_from(day.days_since(self.first)).ok().and_then(|place| self.packed.get(place));
        known.copied().unwrap_or_else(|| pack(day))
    }

    fn year(&self, day: Day) -> i32 {
        i32::try_from(self.packed(day) >> 9).expect("years have four digits")
    }

    /// Complete years from `start` to `end`, as [`Day::years_since`] counts them.
    fn years_between(&self, start: Day, end: Day) -> u32 {
        const DAY_OF_YEAR: u32 = (1 << 9) - 1;
        const LEAP_DAY: u32 = 2 * (1 << 5) + 29;
        let (start, end) = (self.packed(start), self.packed(end));
        let mut anniversary = start & DAY_OF_YEAR;
        if anniversary == LEAP_DAY {
            let year = end >> 9;
            let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
            anniversary -= u32::from(!is_leap);
        }
        ((end >> 9).saturating_sub(start >> 9)).saturating_sub(u32::from(end & DAY_OF_YEAR < anniversary))
    }
}

fn pack(day: Day) -> u32 {
    let (year, month, of_month) = day.civil();
    u32::try_from(year).unwrap_or(0) << 9 | u32::from(month) << 5 | u32::from(of_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn columns(samplings: &[(&str, Mark)]) -> (Vec<Day>, Vec<Mark>) {
        samplings.iter().map(|(text, mark)| (day(text), *mark)).unzip()
    }

    fn policy(continuity: Continuity) -> Policy {
        Policy { continuity, ..Policy::default() }
    }

    fn years(continuity: Continuity, samplings: &[(&str, Mark)], as_of: &str) -> Option<u32> {
        let (days, marks) = columns(samplings);
        Judge::new(&policy(continuity), day(as_of)).streak(&days, &marks).map(|streak| streak.years)
    }

    use Mark::{Clean, Failed, Uncounted};

    const HISTORY: &[(&str, Mark)] = &[
        ("2014-05-01", Clean),
        ("2016-03-10", Failed),
        ("2016-09-01", Clean),
        ("2018-06-15", Clean),
        ("2023-02-01", Clean),
        ("2024-07-01", Clean),
    ];

    #[test]
    fn the_four_readings_read_one_history_in_four_ways() {
        let as_of = "2025-10-31";
        assert_eq!(years(Continuity::Elapsed, HISTORY, as_of), Some(9), "2016-09-01 to 2025-10-31");
        assert_eq!(years(Continuity::Spanned, HISTORY, as_of), Some(7), "2016-09-01 to 2024-07-01");
        assert_eq!(
            years(Continuity::DistinctYears, HISTORY, as_of),
            Some(3),
            "2018, 2023, 2024; 2016 failed"
        );
        assert_eq!(years(Continuity::EveryYear, HISTORY, as_of), Some(2), "2023, 2024; none in 2025 yet");
    }

    #[test]
    fn the_failure_decides_its_day_and_under_the_calendar_readings_its_year() {
        let same_day =
            &[("2020-01-01", Failed), ("2020-01-01", Clean), ("2020-01-02", Clean), ("2021-05-01", Clean)];
        let (days, marks) = columns(same_day);
        let elapsed = policy(Continuity::Elapsed);
        assert_eq!(
            Judge::new(&elapsed, day("2025-01-01")).streak(&days, &marks).unwrap().start,
            day("2020-01-02")
        );
        let distinct = policy(Continuity::DistinctYears);
        assert_eq!(
            Judge::new(&distinct, day("2025-01-01")).streak(&days, &marks).unwrap().start,
            day("2021-05-01")
        );
    }

    #[test]
    fn nothing_clean_after_the_last_failure_is_no_streak() {
        for continuity in Continuity::ALL {
            assert_eq!(years(*continuity, &[], "2025-01-01"), None);
            assert_eq!(
                years(*continuity, &[("2020-01-01", Clean), ("2021-01-01", Failed)], "2025-01-01"),
                None
            );
            assert_eq!(years(*continuity, &[("2020-01-01", Uncounted)], "2025-01-01"), None);
        }
    }

    #[test]
    fn a_tier_is_reached_on_the_anniversary_and_not_a_day_before() {
        let policy = policy(Continuity::Elapsed);
        let (days, marks) = columns(&[("2020-02-29", Clean)]);
        let tier = |as_of: &str| {
            let judge = Judge::new(&policy, day(as_of));
            judge
                .streak(&days, &marks)
                .and_then(|streak| judge.tier(&streak))
                .map(|place| policy.tiers[place].years)
        };
        assert_eq!(tier("2023-02-27"), None);
        assert_eq!(
            tier("2023-02-28"),
            Some(3),
            "29 February has its anniversary on the last day of the month"
        );
        assert_eq!(tier("2025-02-28"), Some(5));
        assert_eq!(tier("2030-02-27"), Some(5));
        assert_eq!(tier("2030-02-28"), Some(10));
    }

    #[test]
    fn a_silence_restarts_the_streak_and_lapses_it() {
        let mut policy = policy(Continuity::Elapsed);
        policy.max_gap_months = Some(24);
        let (days, marks) = columns(HISTORY);
        let streak = |as_of: &str| Judge::new(&policy, day(as_of)).streak(&days, &marks);
        assert_eq!(streak("2025-10-31").unwrap().start, day("2023-02-01"));
        assert_eq!(
            streak("2026-07-01").unwrap().years,
            3,
            "24 months to the day are not longer than 24 months"
        );
        assert_eq!(streak("2026-07-02"), None);
    }

    #[test]
    fn a_tier_needs_the_samplings_that_the_policy_asks_for() {
        let mut policy = policy(Continuity::Elapsed);
        policy.min_samplings = 4;
        let (days, marks) = columns(HISTORY);
        let judge = Judge::new(&policy, day("2025-10-31"));
        let streak = judge.streak(&days, &marks).unwrap();
        assert_eq!((streak.samplings, judge.tier(&streak)), (4, Some(1)));
        policy.min_samplings = 5;
        assert_eq!(Judge::new(&policy, day("2025-10-31")).tier(&streak), None);
    }

    /// The four readings once more, as slowly and as close to the words of the rule as can be.
    mod by_the_book {
        use super::*;
        use std::collections::BTreeSet;

        pub(super) fn years(continuity: Continuity, samplings: &[(Day, Mark)], as_of: Day) -> Option<u32> {
            let calendar = matches!(continuity, Continuity::DistinctYears | Continuity::EveryYear);
            let spoilt = |day: Day| {
                samplings.iter().any(|(failed, mark)| {
                    *mark == Failed && (*failed >= day || (calendar && failed.year() >= day.year()))
                })
            };
            let clean: Vec<Day> = samplings
                .iter()
                .filter(|(day, mark)| *mark == Clean && !spoilt(*day))
                .map(|(day, _)| *day)
                .collect();
            let (first, last) = (*clean.first()?, *clean.last()?);
            let years: BTreeSet<i32> = clean.iter().map(|day| day.year()).collect();
            match continuity {
                Continuity::Elapsed => Some(as_of.years_since(first)),
                Continuity::Spanned => Some(last.years_since(first)),
                Continuity::DistinctYears => Some(u32::try_from(years.len()).unwrap()),
                Continuity::EveryYear => {
                    let newest = if years.contains(&as_of.year()) { as_of.year() } else { as_of.year() - 1 };
                    let chain = (0..200).take_while(|back| years.contains(&(newest - back))).count();
                    (chain > 0).then(|| u32::try_from(chain).unwrap())
                }
            }
        }
    }

    fn history() -> impl Strategy<Value = Vec<(Day, Mark)>> {
        let mark = prop_oneof![6 => Just(Clean), 1 => Just(Failed), 1 => Just(Uncounted)];
        proptest::collection::vec((14_975i32..20_000, mark), 0..12).prop_map(|mut samplings| {
            samplings.sort_by_key(|(day, _)| *day);
            samplings.into_iter().map(|(day, mark)| (Day::from_epoch_days(day).unwrap(), mark)).collect()
        })
    }

    proptest! {
        #[test]
        fn the_judge_agrees_with_the_words_of_the_rule(samplings in history(), wait in 0i32..1_000) {
            let as_of = Day::from_epoch_days(20_000 + wait).unwrap();
            let (days, marks): (Vec<Day>, Vec<Mark>) = samplings.iter().copied().unzip();
            for continuity in Continuity::ALL {
                let policy = policy(*continuity);
                let streak = Judge::new(&policy, as_of).streak(&days, &marks);
                prop_assert_eq!(
                    streak.map(|streak| streak.years),
                    by_the_book::years(*continuity, &samplings, as_of),
                    "{:?}", continuity
                );
            }
        }

        #[test]
        fn readings_are_ordered(samplings in history(), gap in proptest::option::of(1u32..60)) {
            let as_of = Day::from_epoch_days(20_100).unwrap();
            let (days, marks): (Vec<Day>, Vec<Mark>) = samplings.into_iter().unzip();
            let years = |continuity| {
                let policy = Policy { max_gap_months: gap, ..policy(continuity) };
                Judge::new(&policy, as_of).streak(&days, &marks).map_or(0, |streak| streak.years)
            };
            prop_assert!(years(Continuity::EveryYear) <= years(Continuity::DistinctYears));
            prop_assert!(years(Continuity::Spanned) <= years(Continuity::Elapsed));
        }

        #[test]
        fn an_uncounted_sampling_changes_nothing(samplings in history(), day in 14_975i32..20_000) {
            let as_of = Day::from_epoch_days(20_100).unwrap();
            let mut with = samplings.clone();
            with.push((Day::from_epoch_days(day).unwrap(), Uncounted));
            with.sort_by_key(|(day, _)| *day);
            for continuity in Continuity::ALL {
                let policy = policy(*continuity);
                let judge = Judge::new(&policy, as_of);
                let streak = |samplings: &[(Day, Mark)]| {
                    let (days, marks): (Vec<Day>, Vec<Mark>) = samplings.iter().copied().unzip();
                    judge.streak(&days, &marks)
                };
                prop_assert_eq!(streak(&samplings), streak(&with));
            }
        }

        #[test]
        fn a_failure_never_lengthens_a_streak(samplings in history(), day in 14_975i32..20_000) {
            let as_of = Day::from_epoch_days(20_100).unwrap();
            let mut with = samplings.clone();
            with.push((Day::from_epoch_days(day).unwrap(), Failed));
            with.sort_by_key(|(day, _)| *day);
            for continuity in Continuity::ALL {
                let policy = policy(*continuity);
                let judge = Judge::new(&policy, as_of);
                let years = |samplings: &[(Day, Mark)]| {
                    let (days, marks): (Vec<Day>, Vec<Mark>) = samplings.iter().copied().unzip();
                    judge.streak(&days, &marks).map_or(0, |streak| streak.years)
                };
                prop_assert!(years(&with) <= years(&samplings));
            }
        }

        #[test]
        fn the_tier_is_monotone_in_the_streak(years in 0u32..30, more in 0u32..10) {
            let policy = Policy::default();
            let judge = Judge::new(&policy, Day::MAX);
            let tier = |years| {
                let streak = Streak { start: Day::MIN, end: Day::MAX, years, samplings: 1 };
                judge.tier(&streak).map_or(0, |place| policy.tiers[place].years)
            };
            prop_assert!(tier(years) <= tier(years + more));
        }

        #[test]
        fn the_calendar_table_counts_years_as_days_do(a in 10_000i32..25_000, span in 0i32..15_000) {
            let (start, end) = (Day::from_epoch_days(a).unwrap(), Day::from_epoch_days(a + span).unwrap());
            let calendar = Calendar::new(day("2011-01-01"), day("2025-10-31"));
            prop_assert_eq!(calendar.years_between(start, end), end.years_since(start));
            prop_assert_eq!(calendar.year(start), start.year());
        }
    }
}
