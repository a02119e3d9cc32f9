//! What becomes of a firm between the two published editions, and hence when its streak may begin.
//!
//! ```text
//!                 as of 2025-03-14   as of 2025-10-31   streak begins
//! StaysTen        ten       882      ten       882      until 2015-03-14
//! FallsFromTen    ten        34      –                  until 2015-03-14, failure published in between
//! RisesToTen      five       54      ten        54      2015-03-15 to 2015-10-31
//! StaysFive       five    1,442      five    1,442      2015-11-01 to 2020-03-14
//! FallsFromFive   five      121      –                  2015-03-15 to 2020-03-14, failure published in between
//! RisesToFive     three      92      five       92      2020-03-15 to 2020-10-31
//! StaysThree      three   2,124      three   2,124      2020-11-01 to 2022-03-14
//! FallsFromThree  three     146      –                  2020-03-15 to 2022-03-14, failure published in between
//! ReachesThree    –                  three     822      2022-03-15 to 2022-10-31
//!                 916 + 1,617 + 2,362 = 4,895           936 + 1,534 + 2,946 = 5,416
//! ```
//!
//! The published totals leave little choice: 1,617 firms of five years became 1,534, so more left that step than
//! reached it. Few streaks begin in the spring and summer of 2020, which is believable of that year.

use super::Size;
use crate::Day;

/// What becomes of a firm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fate {
    /// Ten years in both editions.
    StaysTen,
    /// Ten years in March, a failure since.
    FallsFromTen,
    /// Five years in March, ten in October.
    RisesToTen,
    /// Five years in both.
    StaysFive,
    /// Five years in March, a failure since.
    FallsFromFive,
    /// Three years in March, five in October.
    RisesToFive,
    /// Three years in both.
    StaysThree,
    /// Three years in March, a failure since.
    FallsFromThree,
    /// Not yet in March, three years in October.
    ReachesThree,
    /// Clean, for less than three years.
    TooNew,
    /// Failed within the last three years.
    Failed,
    /// Registered in another province, some of them with ten clean years.
    Elsewhere,
    /// In no register: known by its name alone.
    NameAlone,
    /// A dealer or importer, who made nothing.
    Seller,
}

impl Fate {
    /// Those on the list of March come first.
    pub(super) const ALL: [Self; 14] = [
        Self::StaysTen,
        Self::FallsFromTen,
        Self::RisesToTen,
        Self::StaysFive,
        Self::FallsFromFive,
        Self::RisesToFive,
        Self::StaysThree,
        Self::FallsFromThree,
        Self::ReachesThree,
        Self::TooNew,
        Self::Failed,
        Self::Elsewhere,
        Self::NameAlone,
        Self::Seller,
    ];

    /// How many firms have it. Rounding is made good among those who stay for three years, so that October lists
    /// exactly as many firms as the size asks for.
    pub(super) fn firms(self, size: Size) -> u32 {
        if self != Self::StaysThree {
            return size.share(self.published_firms());
        }
        let others = Self::ALL.into_iter().filter(|fate| *fate != self && fate.is_listed_in_october());
        size.firms - others.map(|fate| fate.firms(size)).sum::<u32>()
    }

    const fn published_firms(self) -> u32 {
        match self {
            Self::StaysTen => 882,
            Self::FallsFromTen => 34,
            Self::RisesToTen => 54,
            Self::StaysFive => 1_442,
            Self::FallsFromFive => 121,
            Self::RisesToFive => 92,
            Self::StaysThree => 2_124,
            Self::FallsFromThree => 146,
            Self::ReachesThree => 822,
            Self::TooNew => 900,
            Self::Failed => 700,
            Self::Elsewhere => 600,
            Self::NameAlone => 350,
            Self::Seller => 120,
        }
    }

    /// Whether it stands on the list as of 14 March 2025.
    pub(super) const fn is_listed_in_march(self) -> bool {
        matches!(
            self,
            Self::StaysTen
                | Self::FallsFromTen
                | Self::RisesToTen
                | Self::StaysFive
                | Self::FallsFromFive
                | Self::RisesToFive
                | Self::StaysThree
                | Self::FallsFromThree
        )
    }

    /// Whether it stands on the list as of 31 October 2025.
    pub(super) const fn is_listed_in_october(self) -> bool {
        matches!(
            self,
            Self::StaysTen
                | Self::RisesToTen
                | Self::StaysFive
                | Self::RisesToFive
                | Self::StaysThree
                | Self::ReachesThree
        )
    }

    /// Whether a failure is published between the two editions.
    pub(super) const fn falls(self) -> bool {
        matches!(self, Self::FallsFromTen | Self::FallsFromFive | Self::FallsFromThree)
    }

    /// First and last day on which its streak may begin; of [`Fate::Failed`], on which it last failed.
    pub(super) fn window(self) -> (Day, Day) {
        match self {
            Self::StaysTen | Self::FallsFromTen => (civil(2011, 3, 1), civil(2015, 3, 14)),
            Self::RisesToTen => (civil(2015, 3, 15), civil(2015, 10, 31)),
            Self::StaysFive => (civil(2015, 11, 1), civil(2020, 3, 14)),
            Self::FallsFromFive => (civil(2015, 3, 15), civil(2020, 3, 14)),
            Self::RisesToFive => (civil(2020, 3, 15), civil(2020, 10, 31)),
            Self::StaysThree => (civil(2020, 11, 1), civil(2022, 3, 14)),
            Self::FallsFromThree => (civil(2020, 3, 15), civil(2022, 3, 14)),
            Self::ReachesThree => (civil(2022, 3, 15), civil(2022, 10, 31)),
            Self::TooNew => (civil(2022, 11, 1), civil(2025, 10, 15)),
            Self::Failed => (civil(2022, 11, 1), last_known_in_march()),
            Self::Elsewhere | Self::NameAlone | Self::Seller => (civil(2011, 3, 1), civil(2023, 12, 31)),
        }
    }

    /// Per mille of its firms that failed before their streak began.
    pub(super) const fn stained(self) -> u32 {
        match self {
            Self::StaysTen | Self::FallsFromTen | Self::RisesToTen => 180,
            Self::Seller | Self::Failed => 0,
            _ => 380,
        }
    }

    /// How many samplings its firms have, most of them few and some of them many: ranges by weight.
    pub(super) const fn samplings(self) -> &'static [((u32, u32), u32)] {
        match self {
            Self::StaysTen | Self::FallsFromTen | Self::RisesToTen => {
                &[((3, 8), 350), ((9, 22), 330), ((23, 50), 220), ((51, 110), 90), ((111, 190), 10)]
            }
            Self::StaysFive | Self::FallsFromFive | Self::RisesToFive => {
                &[((2, 5), 400), ((6, 12), 320), ((13, 26), 200), ((27, 60), 70), ((61, 130), 10)]
            }
            Self::StaysThree | Self::FallsFromThree | Self::ReachesThree => {
                &[((1, 4), 500), ((5, 8), 300), ((9, 20), 150), ((21, 45), 45), ((46, 90), 5)]
            }
            Self::TooNew | Self::Failed | Self::Elsewhere | Self::NameAlone | Self::Seller => {
                &[((1, 3), 600), ((4, 8), 320), ((9, 20), 80)]
            }
        }
    }
}

/// 14 March 2025, the first published edition.
pub(super) fn march() -> Day {
    civil(2025, 3, 14)
}

/// 31 October 2025, the second; the ledger ends here.
pub(super) fn october() -> Day {
    civil(2025, 10, 31)
}

/// The last day of which every sampling is published by 14 March 2025. A failure of a later day might come out only
/// after that edition, and its firm would stand on it.
pub(super) fn last_known_in_march() -> Day {
    civil(2024, 11, 30)
}

/// A day that is known to exist.
pub(super) fn civil(year: i32, month: u8, day: u8) -> Day {
    Day::new(year, month, day).expect("the days of this module are days of the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(size: Size, is_counted: impl Fn(Fate) -> bool) -> u32 {
        Fate::ALL.into_iter().filter(|fate| is_counted(*fate)).map(|fate| fate.firms(size)).sum()
    }

    #[test]
    fn the_fates_add_up_to_the_published_editions() {
        let size = Size::default();
        assert_eq!(sum(size, Fate::is_listed_in_march), 4_895);
        assert_eq!(sum(size, Fate::is_listed_in_october), 5_416);
        for firms in [1, 7, 100, 5_415, 100_000, 1_000_000] {
            assert_eq!(sum(Size::of(firms), Fate::is_listed_in_october), firms);
        }
    }

    #[test]
    fn a_streak_that_begins_in_the_window_has_the_tier_of_both_editions() {
        let years = |fate: Fate, as_of: Day| {
            let (first, last) = fate.window();
            (as_of.years_since(last), as_of.years_since(first))
        };
        let five = |(least, most): (u32, u32)| least >= 5 && most < 10;
        let three = |(least, most): (u32, u32)| least >= 3 && most < 5;
        assert!(years(Fate::StaysTen, march()).0 >= 10);
        assert!(five(years(Fate::RisesToTen, march())) && years(Fate::RisesToTen, october()).0 >= 10);
        assert!(five(years(Fate::StaysFive, march())) && five(years(Fate::StaysFive, october())));
        assert!(five(years(Fate::FallsFromFive, march())));
        assert!(three(years(Fate::RisesToFive, march())) && five(years(Fate::RisesToFive, october())));
        assert!(three(years(Fate::StaysThree, march())) && three(years(Fate::StaysThree, october())));
        assert!(three(years(Fate::FallsFromThree, march())));
        assert!(years(Fate::ReachesThree, march()).1 < 3 && three(years(Fate::ReachesThree, october())));
        assert!(years(Fate::TooNew, october()).1 < 3 && years(Fate::Failed, october()).1 < 3);
    }
}
