//! What a sampling found, and its day.

use std::collections::BTreeMap;

use super::SnapshotError;
use super::coder::{Bit, Coder};
use super::counts::Counts;
use super::error::closed;
use super::models::{Choice, Number};
use super::walk::Walk;
use crate::Day;
use crate::number::{index, place};
use crate::sampling::{Bulletin, DayFrom, Facts, FollowUp, Outcome, Retest, Role, Sampling, Standing};

/// What is known of a sampling before its findings.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) product_class: u32,
    pub(super) bulletin: &'a Bulletin,
}

/// What findings are coded with, and what is known at the row at hand.
pub(super) struct Findings {
    lists: FailedItems,
    plain: [Bit; 8],
    day_from: Choice,
    roles: Choice,
    outcomes: [Bit; 4],
    retests: Choice,
    follow_ups: Choice,
    standings: Choice,
    as_expected: Bit,
    unexpected: Number,
    weeks: Choice,
    far_weeks: Number,
    weekdays: Choice,
    here: Here,
}

/// What is known at the row at hand.
#[derive(Clone, Copy)]
struct Here {
    was_plain: usize,
    day_from: DayFrom,
    role: Role,
    failed: usize,
    /// How many weeks before publication the last sampling was taken, up to [`FAR`].
    week: usize,
    weekday: usize,
}

const START: Here = Here {
    was_plain: 1,
    day_from: DayFrom::Published,
    role: Role::Producer,
    failed: 0,
    week: FAR_WEEK,
    weekday: 7,
};

/// A sampling so many weeks before publication, or after it, is far.
const FAR_WEEK: usize = 31;
const FAR: u32 = 31;

impl Findings {
    pub(super) fn new(counts: Counts) -> Self {
        Self {
            lists: FailedItems::new(counts),
            plain: [Bit::NEW; 8],
            day_from: Choice::new(2, 3),
            roles: Choice::new(3, 6),
            outcomes: [Bit::NEW; 4],
            retests: Choice::new(2, 2),
            follow_ups: Choice::new(2, 2),
            standings: Choice::new(2, 2),
            as_expected: Bit::NEW,
            unexpected: Number::new(),
            weeks: Choice::new(5, 32),
            far_weeks: Number::new(),
            weekdays: Choice::new(3, 9),
            here: START,
        }
    }

    /// Turns to a bulletin.
    pub(super) fn open(&mut self) {
        self.here = START;
    }

    /// Codes day, facts and list of failed items; `had_trouble` says whether the firm ever had a finding that was not
    /// plain.
    #[cfg_attr(hongbang_small, inline(never))]
    pub(super) fn code<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Sampling>,
        told: Told,
        had_trouble: &mut bool,
    ) -> Result<(Day, Facts, u32), Box<SnapshotError>> {
        let plain = self.plain_facts();
        let expected = expected_day(plain.day_from, told.bulletin);
        let is_plain = |sampling: &Sampling| {
            let is_expected = expected.is_none_or(|expected| sampling.day == expected);
            sampling.facts == plain && sampling.failed_items == 0 && is_expected
        };
        let trouble = usize::from(*had_trouble);
        let context = told.bulletin.lists.index() << 2 | self.here.was_plain << 1 | trouble;
        let was_plain = walk.coder.bit(&mut self.plain[context], given.is_some_and(is_plain));
        self.here.was_plain = usize::from(was_plain);
        if was_plain {
            self.here.role = plain.role;
            self.here.failed = 0;
            let day = match expected {
                Some(day) => day,
                None => self.sampled_day(walk, given, told.bulletin)?,
            };
            return Ok((day, plain, 0));
        }
        *had_trouble = true;
        let facts = self.facts(walk, given.map(|sampling| &sampling.facts))?;
        let failed_items = self.lists.code(walk, given, told.product_class, facts.first_test)?;
        let day = self.day(walk, given, facts.day_from, told.bulletin)?;
        self.here.failed = facts.first_test.index();
        self.here.day_from = facts.day_from;
        self.here.role = facts.role;
        let sampling = Sampling { day, facts, bulletin: 0, row: 0, product_class: 0, failed_items };
        if is_plain(&sampling) { Err(BROKEN.into()) } else { Ok((day, facts, failed_items)) }
    }

    /// The facts of a row about which there is nothing to say.
    fn plain_facts(&self) -> Facts {
        Facts {
            day_from: self.here.day_from,
            first_test: Outcome::Conforming,
            retest: Retest::NotAsked,
            follow_up: FollowUp::Unknown,
            standing: Standing::Final,
            role: Role::Producer,
        }
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn facts<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Facts>,
    ) -> Result<Facts, Box<SnapshotError>> {
        let coder = &mut walk.coder;
        let (day_from_before, role_before) = (self.here.day_from.index(), self.here.role.index());
        let number = |number: fn(&Facts) -> usize| given.map_or(0, |facts| place(number(facts)));
        let day_from = self.day_from.code(coder, day_from_before, number(|facts| facts.day_from.index()));
        let role = self.roles.code(coder, role_before, number(|facts| facts.role.index()));
        let outcome = &mut self.outcomes[self.here.failed];
        let failed = usize::from(coder.bit(outcome, number(|facts| facts.first_test.index()) == 1));
        let retest = self.retests.code(coder, failed, number(|facts| facts.retest.index()));
        let follow_up = self.follow_ups.code(coder, failed, number(|facts| facts.follow_up.index()));
        let standing = self.standings.code(coder, failed, number(|facts| facts.standing.index()));
        Ok(Facts {
            day_from: closed(DayFrom::ALL, day_from, "day_from")?,
            first_test: Outcome::ALL[failed],
            retest: closed(Retest::ALL, retest, "retest")?,
            follow_up: closed(FollowUp::ALL, follow_up, "follow_up")?,
            standing: closed(Standing::ALL, standing, "standing")?,
            role: closed(Role::ALL, role, "role")?,
        })
    }

    /// The day of a row that is not plain.
    fn day<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Sampling>,
        day_from: DayFrom,
        bulletin: &Bulletin,
    ) -> Result<Day, Box<SnapshotError>> {
        let Some(expected) = expected_day(day_from, bulletin) else {
            return self.sampled_day(walk, given, bulletin);
        };
        let distance = given.map_or(0, |sampling| sampling.day.days_since(expected));
        if walk.coder.bit(&mut self.as_expected, distance == 0) {
            return Ok(expected);
        }
        let distance = self.unexpected.code_signed(&mut walk.coder, distance);
        expected.add_days(distance).filter(|_| distance != 0).ok_or_else(|| BROKEN.into())
    }

    /// A day of sampling: how many weeks before publication, and the day of the week.
    #[cfg_attr(hongbang_small, inline(never))]
    fn sampled_day<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Sampling>,
        bulletin: &Bulletin,
    ) -> Result<Day, Box<SnapshotError>> {
        let published = week(bulletin.published_on).0;
        let (given_week, given_weekday) = given.map_or((published, 0), |sampling| week(sampling.day));
        let given_back = published - given_week;
        let near = u32::try_from(given_back).unwrap_or(FAR).min(FAR);
        let near = self.weeks.code(&mut walk.coder, self.here.week, near);
        let back = if near == FAR {
            self.far_weeks.code_signed(&mut walk.coder, given_back)
        } else {
            i32::try_from(near).unwrap_or(0)
        };
        if near == FAR && (0..31).contains(&back) {
            return Err(BROKEN.into());
        }
        let context = if index(near) == self.here.week { self.here.weekday } else { 8 };
        let weekday = self.weekdays.code(&mut walk.coder, context, given_weekday);
        self.here.week = index(near);
        self.here.weekday = index(weekday);
        if weekday > 6 {
            return Err(BROKEN.into());
        }
        day_of(i64::from(published) - i64::from(back), weekday).ok_or_else(|| BROKEN.into())
    }
}

/// The day that a bulletin lets expect where the day is not one of sampling.
fn expected_day(day_from: DayFrom, bulletin: &Bulletin) -> Option<Day> {
    match day_from {
        DayFrom::Sampled => None,
        DayFrom::Published => Some(bulletin.published_on),
        DayFrom::YearEnd => {
            let year_end = bulletin.inspection_year.and_then(Day::year_end);
            Some(year_end.unwrap_or(bulletin.published_on))
        }
    }
}

/// The week, counted from Monday 1969-12-29, and the day of the week, Monday being 0.
fn week(day: Day) -> (i32, u32) {
    let days = day.epoch_days() + 3;
    (days.div_euclid(7), days.rem_euclid(7).unsigned_abs())
}

fn day_of(week: i64, weekday: u32) -> Option<Day> {
    let days = week.checked_mul(7)?.checked_add(i64::from(weekday))? - 3;
    Day::from_epoch_days(i32::try_from(days).ok()?)
}

/// The lists of failed items: none, or one known in this product class, or another.
struct FailedItems {
    /// Lists of the edition without the empty one.
    count: usize,
    any: [Bit; 2],
    known: Bit,
    /// For each class the lists found in it, in the order of their first row.
    by_class: Vec<Vec<u32>>,
    places: BTreeMap<(u32, u32), usize>,
}

impl FailedItems {
    fn new(counts: Counts) -> Self {
        Self {
            count: index(counts.failed_items),
            any: [Bit::NEW; 2],
            known: Bit::NEW,
            by_class: vec![Vec::new(); index(counts.product_classes)],
            places: BTreeMap::new(),
        }
    }

    fn code<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Sampling>,
        class: u32,
        outcome: Outcome,
    ) -> Result<u32, Box<SnapshotError>> {
        let given = given.map_or(0, |sampling| sampling.failed_items);
        if !walk.coder.bit(&mut self.any[outcome.index()], given != 0) {
            return Ok(0);
        }
        let known = &mut self.by_class[index(class)];
        let given_place = self.places.get(&(class, given)).copied();
        if !known.is_empty() && walk.coder.bit(&mut self.known, given_place.is_some()) {
            let found = walk.among(known.len(), given_place.map_or(0, place), "samplings")?;
            return Ok(known[index(found)]);
        }
        let found = walk.among(self.count, given.saturating_sub(1), "samplings")? + 1;
        if self.places.insert((class, found), known.len()).is_some() {
            return Err(BROKEN.into());
        }
        known.push(found);
        Ok(found)
    }
}

const BROKEN: SnapshotError = SnapshotError::Broken { section: "samplings" };
