//! A point in time as TUF writes it: `2026-11-24T00:00:00Z`. No clock.

use crate::quoted::Quoted;
use std::fmt;
use std::str::FromStr;

use crate::{Day, Problem};

/// A second in Coordinated Universal Time, from 0001-01-01 to 9999-12-31.
///
/// TUF's expiry is such a point. Where it meets a civil [`Day`], the day is one in China Standard Time (UTC+8), as
/// everywhere in this project.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct UtcSeconds(i64);

impl UtcSeconds {
    /// The point `seconds` after 1970-01-01T00:00:00Z (before it, where negative), if its day can be expressed.
    pub fn from_epoch_seconds(seconds: i64) -> Option<Self> {
        let day = i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?;
        Day::from_epoch_days(day).map(|_| Self(seconds))
    }

    /// Seconds since 1970-01-01T00:00:00Z; negative before it.
    pub const fn epoch_seconds(self) -> i64 {
        self.0
    }

    /// The first second of `day` in China Standard Time.
    pub fn start_of(day: Day) -> Self {
        Self(i64::from(day.epoch_days()) * SECONDS_PER_DAY - CHINA_OFFSET)
    }

    /// The civil day in China Standard Time on which this second falls.
    pub fn day_in_china(self) -> Day {
        day_of(self.0 + CHINA_OFFSET)
    }

    /// This point moved by whole days of 86,400 seconds; `None` outside the calendar.
    pub fn add_days(self, days: i32) -> Option<Self> {
        Self::from_epoch_seconds(self.0 + i64::from(days) * SECONDS_PER_DAY)
    }
}

/// The start of the day in China Standard Time, see [`UtcSeconds::start_of`].
impl From<Day> for UtcSeconds {
    fn from(day: Day) -> Self {
        Self::start_of(day)
    }
}

/// Writes the form that TUF prescribes and [`FromStr`] reads.
impl fmt::Display for UtcSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(SECONDS_PER_DAY);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", day_of(self.0))
    }
}

impl FromStr for UtcSeconds {
    type Err = TimeError;

    /// Reads exactly `YYYY-MM-DDTHH:MM:SSZ`. No fractions, no other zone, no leap second.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse(text).ok_or_else(|| TimeError { found: text.chars().take(40).collect() })
    }
}

/// A text that is not a UTC date-time in the form `YYYY-MM-DDTHH:MM:SSZ`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeError {
    found: String,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a UTC date-time as YYYY-MM-DDTHH:MM:SSZ, found {}", Quoted(&self.found))
    }
}

impl std::error::Error for TimeError {}

impl Problem for TimeError {
    fn code(&self) -> &'static str {
        "bad_time"
    }

    fn advice(&self) -> String {
        "write the time in UTC with a capital T and Z, for example 2026-11-24T00:00:00Z".into()
    }
}

fn parse(text: &str) -> Option<UtcSeconds> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let bytes = time.as_bytes();
    if bytes.len() != 8 || bytes[2] != b':' || bytes[5] != b':' {
        return None;
    }
    let two_digits = |at: usize, below: i64| {
        let (tens, ones) = (bytes[at], bytes[at + 1]);
        let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
        let number = i64::from(tens) * 10 + i64::from(ones) - 11 * i64::from(b'0');
        (digits && number < below).then_some(number)
    };
    let seconds = two_digits(0, 24)? * 3600 + two_digits(3, 60)? * 60 + two_digits(6, 60)?;
    Some(UtcSeconds(i64::from(day.epoch_days()) * SECONDS_PER_DAY + seconds))
}

/// The first and last hours of the calendar, seen from another zone, stay on its first and last day.
fn day_of(seconds: i64) -> Day {
    let days = i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).unwrap_or(i32::MAX);
    Day::from_epoch_days(days).unwrap_or(if days < 0 { Day::MIN } else { Day::MAX })
}

const SECONDS_PER_DAY: i64 = 86_400;
/// China Standard Time is eight hours ahead of UTC all year.
const CHINA_OFFSET: i64 = 8 * 3600;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_the_form_of_tuf() {
        let time: UtcSeconds = "2026-11-24T01:02:03Z".parse().unwrap();
        assert_eq!(time.to_string(), "2026-11-24T01:02:03Z");
        assert_eq!(time.epoch_seconds(), 1_795_482_123);
    }

    #[test]
    fn refuses_every_other_form() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24 00:00:00Z",
            "2026-11-24T00:00:00",
            "2026-11-24t00:00:00z",
            "2026-11-24T00:00:00.0Z",
            "2026-11-24T00:00:00+00:00",
            "2026-11-24T24:00:00Z",
            "2026-11-24T23:60:00Z",
            "2026-11-24T23:59:60Z",
            "2026-02-29T00:00:00Z",
            "2026-11-24T0:000:00Z",
            "2026-11-24T/9:00:00Z",
            "2026-11-24T00-00:00Z",
            "2026-11-24T00:00-00Z",
        ] {
            let error = text.parse::<UtcSeconds>().unwrap_err();
            let expected = format!("expected a UTC date-time as YYYY-MM-DDTHH:MM:SSZ, found {text:?}");
            assert_eq!(error.to_string(), expected);
            assert_eq!(error.code(), "bad_time");
            let advice = "write the time in UTC with a capital T and Z, for example 2026-11-24T00:00:00Z";
            assert_eq!(error.advice(), advice);
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let day: Day = "2026-11-24".parse().unwrap();
        assert_eq!(UtcSeconds::from(day).to_string(), "2026-11-23T16:00:00Z");
        assert_eq!(UtcSeconds::from(day).day_in_china(), day);
        assert_eq!(UtcSeconds(UtcSeconds::from(day).0 - 1).day_in_china().to_string(), "2026-11-23");
        assert_eq!(UtcSeconds::start_of(Day::MIN).to_string(), "0001-01-01T16:00:00Z");
    }

    proptest! {
        #[test]
        fn text_and_time_are_inverse(seconds in -62_135_596_800i64..253_402_300_800) {
            let time = UtcSeconds::from_epoch_seconds(seconds).unwrap();
            prop_assert_eq!(time.to_string().parse::<UtcSeconds>().unwrap(), time);
        }
    }
}
