//! A firm's samplings by calendar year, as its picture shows them.

use crate::Day;

/// What one sampling is in the picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dot {
    /// Counts, and found no failure.
    Clean,
    /// Counts, and found a failure.
    Failed,
    /// Does not count.
    Uncounted,
}

/// One calendar year.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Samplings without failure.
    pub clean: u32,
    /// Failures.
    pub failed: u32,
    /// Samplings that do not count.
    pub uncounted: u32,
    /// Whether the streak covers part of the year.
    pub in_streak: bool,
}

impl Year {
    /// All samplings of the year.
    pub const fn total(&self) -> u32 {
        self.clean + self.failed + self.uncounted
    }

    /// At most `most` dots from the ground up: failures first, since they must never be the ones left out.
    pub fn dots(&self, most: usize) -> Vec<Dot> {
        let many = |dot, count| std::iter::repeat_n(dot, usize::try_from(count).unwrap_or(usize::MAX));
        many(Dot::Failed, self.failed)
            .chain(many(Dot::Uncounted, self.uncounted))
            .chain(many(Dot::Clean, self.clean))
            .take(most)
            .collect()
    }
}

/// Every year from the first sampling to the as-of day, those without a sampling too.
pub fn years(
    samplings: impl Iterator<Item = (Day, Dot)>,
    streak: Option<(Day, Day)>,
    as_of: Day,
) -> Vec<Year> {
    let samplings: Vec<(Day, Dot)> = samplings.collect();
    let Some(first) = samplings.iter().map(|(day, _)| day.year()).min() else { return Vec::new() };
    let count = |year: i32, dot: Dot| {
        let of_year = samplings.iter().filter(|(day, known)| day.year() == year && *known == dot);
        u32::try_from(of_year.count()).unwrap_or(u32::MAX)
    };
    let year = |year| Year {
        year,
        clean: count(year, Dot::Clean),
        failed: count(year, Dot::Failed),
        uncounted: count(year, Dot::Uncounted),
        in_streak: streak.is_some_and(|(start, end)| (start.year()..=end.year()).contains(&year)),
    };
    (first..=as_of.year().max(first)).map(year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn years_without_a_sampling_are_shown_too() {
        let samplings =
            [("2021-05-01", Dot::Clean), ("2021-06-01", Dot::Failed), ("2023-01-01", Dot::Uncounted)];
        let streak = Some((day("2022-01-01"), day("2024-06-30")));
        let years =
            years(samplings.map(|(text, dot)| (day(text), dot)).into_iter(), streak, day("2024-06-30"));
        let summary: Vec<_> = years.iter().map(|year| (year.year, year.total(), year.in_streak)).collect();
        assert_eq!(summary, [(2021, 2, false), (2022, 0, true), (2023, 1, true), (2024, 0, true)]);
        assert_eq!(years[0].dots(1), [Dot::Failed]);
    }

    #[test]
    fn a_firm_without_samplings_has_no_years() {
        assert_eq!(years(std::iter::empty(), None, day("2024-06-30")).len(), 0);
    }
}
