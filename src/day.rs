//! A civil day: parsing, arithmetic and anniversaries. No clock.
//!
//! All days of this project are civil days in China Standard Time; nothing here converts time zones.

use crate::quoted::Quoted;
use std::fmt;
use std::str::FromStr;

use crate::Problem;

/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// Kept as the number of days since 1970-01-01, so that comparing and subtracting days is integer arithmetic.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Day(i32);

impl Day {
    /// 0001-01-01, the first day that can be expressed.
    pub const MIN: Self = Self(-719_162);
    /// 9999-12-31, the last day that can be expressed.
    pub const MAX: Self = Self(2_932_896);

    /// The day with this year (1 to 9999), month (1 to 12) and day of the month, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Self(days_from_civil(year, i32::from(month), i32::from(day))))
    }

    /// The day that lies `days` after [`Day::MIN`], or [`Day::MAX`] where that is later.
    pub(crate) fn after_min(days: u32) -> Self {
        let most = Self::MAX.days_since(Self::MIN);
        Self(Self::MIN.0 + i32::try_from(days).unwrap_or(most).min(most))
    }

    /// The day that lies `days` after 1970-01-01 (before it, where negative), if it can be expressed.
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Days since 1970-01-01; negative before it.
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// The calendar year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// Year, month and day of the month.
    pub fn civil(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// 31 December of `year` (1 to 9999).
    pub fn year_end(year: i32) -> Option<Self> {
        Self::new(year, 12, 31)
    }

    /// The same calendar day `years` later; where that day does not exist, the last day of that month
    /// (Civil Code of the PRC, art. 202, for periods in years). `None` beyond [`Day::MAX`].
    pub fn add_years(self, years: u32) -> Option<Self> {
        self.add_months(years.checked_mul(12)?)
    }

    /// The same day of the month `months` later, or the last day of that month where it has no such day.
    /// `None` beyond [`Day::MAX`].
    pub fn add_months(self, months: u32) -> Option<Self> {
        let (year, month, day) = self.civil();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let year = i32::try_from(months.div_euclid(12)).ok()?;
        let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
        if year > 9999 {
            return None;
        }
        Self::new(year, month, day.min(days_in_month(year, month)))
    }

    /// This day moved by `days`; `None` outside the calendar.
    pub fn add_days(self, days: i32) -> Option<Self> {
        Self::from_epoch_days(self.0.checked_add(days)?)
    }

    /// Days from `earlier` to this day; negative if `earlier` is later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Complete years from `earlier` to this day by anniversaries (see [`Day::add_years`]); 0 if none.
    pub fn years_since(self, earlier: Self) -> u32 {
        let span = u32::try_from(self.year() - earlier.year()).unwrap_or(0);
        match earlier.add_years(span) {
            Some(anniversary) if anniversary <= self => span,
            _ => span.saturating_sub(1),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Day {
    type Err = DayError;

    /// Reads exactly `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, DayError> {
        let refuse = || DayError { found: text.chars().take(40).collect() };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(refuse());
        }
        let number = |range: std::ops::Range<usize>| -> Option<u16> {
            bytes[range]
                .iter()
                .try_fold(0u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0')))
        };
        let parse = || {
            let month = u8::try_from(number(5..7)?).ok()?;
            let day = u8::try_from(number(8..10)?).ok()?;
            Self::new(i32::from(number(0..4)?), month, day)
        };
        parse().ok_or_else(refuse)
    }
}

/// A text that is not a day of the calendar in the form `YYYY-MM-DD`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DayError {
    found: String,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a day of the calendar as YYYY-MM-DD, found {}", Quoted(&self.found))
    }
}

impl std::error::Error for DayError {}

impl Problem for DayError {
    fn code(&self) -> &'static str {
        "bad_day"
    }

    fn advice(&self) -> String {
        "write the day with four digits for the year and two for month and day, for example 2025-10-31".into()
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `days_from_civil`). Years begin in March, so that the leap day is the last of its year.
const fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    let small = |n: i32| u8::try_from(n).expect("months and days of the month are below 32");
    (year, small(month), small(day))
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_limits_are_the_first_and_last_day_of_the_calendar() {
        assert_eq!(Day::MIN.to_string(), "0001-01-01");
        assert_eq!(Day::MAX.to_string(), "9999-12-31");
        assert_eq!(Day::MAX.add_days(1), None);
        assert_eq!(Day::MIN.add_days(-1), None);
        let most = Day::MAX.days_since(Day::MIN).unsigned_abs();
        assert_eq!(Day::after_min(0), Day::MIN);
        assert_eq!([most, most + 1, u32::MAX].map(Day::after_min), [Day::MAX; 3]);
        assert_eq!(Day::after_min(739_554), day("2025-10-31"));
        assert_eq!(day("1970-01-01").epoch_days(), 0);
        assert_eq!(day("2025-10-31").epoch_days(), 20_392);
    }

    #[test]
    fn texts_that_are_no_day_are_refused_with_what_was_found() {
        for text in [
            "",
            "2025-1-01",
            "2025/10/31",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "20251031",
            "2025-10-31 ",
            "０２０２５-10",
            "+025-10-31",
            "0000-01-01",
        ] {
            let error = text.parse::<Day>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("expected a day of the calendar as YYYY-MM-DD, found {text:?}")
            );
            assert_eq!(error.code(), "bad_day");
        }
    }

    #[test]
    fn an_anniversary_that_does_not_exist_falls_on_the_last_day_of_the_month() {
        assert_eq!(day("2016-02-29").add_years(1), Some(day("2017-02-28")));
        assert_eq!(day("2016-02-29").add_years(4), Some(day("2020-02-29")));
        assert_eq!(day("2025-08-31").add_months(6), Some(day("2026-02-28")));
        assert_eq!(day("9999-01-01").add_years(1), None);
        assert_eq!(day("9999-12-01").add_months(1), None);
    }

    #[test]
    fn years_are_complete_only_on_the_anniversary() {
        assert_eq!(day("2025-10-30").years_since(day("2022-10-31")), 2);
        assert_eq!(day("2025-10-31").years_since(day("2022-10-31")), 3);
        assert_eq!(day("2017-02-27").years_since(day("2016-02-29")), 0);
        assert_eq!(day("2017-02-28").years_since(day("2016-02-29")), 1);
        assert_eq!(day("2016-01-01").years_since(day("2020-01-01")), 0);
    }

    proptest! {
        #[test]
        fn text_and_day_are_inverse(days in Day::MIN.0..=Day::MAX.0) {
            let day = Day(days);
            prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
            let (year, month, of_month) = day.civil();
            prop_assert_eq!(Day::new(year, month, of_month), Some(day));
        }

        #[test]
        fn a_later_start_never_completes_a_year_earlier(a in 0i32..30_000, step in 0i32..400, years in 0u32..30) {
            let (early, late) = (Day(a), Day(a + step));
            prop_assert!(early.add_years(years) <= late.add_years(years));
        }

        #[test]
        fn years_since_counts_the_anniversaries_that_have_passed(a in 0i32..20_000, span in 0i32..20_000) {
            let (start, end) = (Day(a), Day(a + span));
            let years = end.years_since(start);
            prop_assert!(start.add_years(years).unwrap() <= end);
            prop_assert!(start.add_years(years + 1).unwrap() > end);
        }
    }
}
