//! How current verified metadata is. An old list still answers, as an old list.

use super::UtcSeconds;
use crate::Day;

/// For how many days after it expired a list is still [`Standing::Ageing`].
pub const AGEING_DAYS: i32 = 90;

/// How a list stands on one day.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Standing {
    /// It expired at most [`AGEING_DAYS`] ago: an answer holds "as of" its day and never as current.
    Ageing,
    /// It has not expired.
    Fresh,
    /// It expired longer ago.
    OutOfDate,
}

/// When verified metadata ends, and the least that a clock can show to one who holds it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Freshness {
    /// The first of the four roles' expiries.
    pub expires: UtcSeconds,
    /// The latest time at which any of the metadata was signed, where the publisher says so.
    pub signed_at: Option<UtcSeconds>,
}

impl Freshness {
    /// The last day (in China Standard Time) on which the metadata is current.
    pub fn expires_on(&self) -> Day {
        let last_second = UtcSeconds::from_epoch_seconds(self.expires.epoch_seconds() - 1);
        last_second.unwrap_or(self.expires).day_in_china()
    }

    /// `today`, or the day on which the metadata was signed if the clock stands before it, so that turning the clock
    /// back does not revive an old list. A caller who knows other floors, such as the day of the build or the latest
    /// day shown before, passes the latest of them as `today`.
    pub fn clock(&self, today: Day) -> Day {
        self.signed_at.map_or(today, |signed_at| today.max(signed_at.day_in_china()))
    }

    /// How the metadata stands on `today`, by [`Freshness::clock`].
    pub fn standing(&self, today: Day) -> Standing {
        match self.clock(today).days_since(self.expires_on()) {
            ..=0 => Standing::Fresh,
            1..=AGEING_DAYS => Standing::Ageing,
            _ => Standing::OutOfDate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn freshness(expires: &str, signed_at: Option<&str>) -> Freshness {
        Freshness {
            expires: expires.parse().unwrap(),
            signed_at: signed_at.map(|time| time.parse().unwrap()),
        }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_list_is_fresh_through_its_last_day_and_ageing_for_ninety_more() {
        let list = freshness("2026-11-24T00:00:00Z", None);
        assert_eq!(list.expires_on(), day("2026-11-24"));
        assert_eq!(list.standing(day("2026-11-24")), Standing::Fresh);
        assert_eq!(list.standing(day("2026-11-25")), Standing::Ageing);
        assert_eq!(list.standing(day("2027-02-22")), Standing::Ageing);
        assert_eq!(list.standing(day("2027-02-23")), Standing::OutOfDate);
        // Midnight in China ends the day before.
        assert_eq!(freshness("2026-11-23T16:00:00Z", None).expires_on(), day("2026-11-23"));
    }

    #[test]
    fn a_clock_turned_back_does_not_revive_a_list() {
        // The timestamp ran out on 1 December; another file was signed on 2 December at 00:30 in China.
        let list = freshness("2026-12-01T00:00:00Z", Some("2026-12-01T16:30:00Z"));
        assert_eq!(list.clock(day("2020-01-01")), day("2026-12-02"));
        assert_eq!(list.standing(day("2020-01-01")), Standing::Ageing);
        assert_eq!(list.clock(day("2027-01-01")), day("2027-01-01"));
    }
}
