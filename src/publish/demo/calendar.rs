//! Who publishes when: the bodies, and every campaign of theirs from 2011 to October 2025.

use super::cities::{CITIES, SISTERS};
use super::dice::Dice;
use super::fates::{civil, october};
use super::firms::any_city;
use super::trades::Trade;
use crate::number::{index, place};
use crate::sampling::{DayFrom, Level, Lists};
use crate::{Day, Division};

/// A body that publishes bulletins.
pub(super) struct Body {
    /// Its name, marked as made up.
    pub(super) name: String,
    /// Its level.
    pub(super) level: Level,
    /// Its division.
    pub(super) division: Division,
    /// Publication days a year, in hundredths, where a year has its full number of campaigns.
    yearly: u32,
    /// What it inspects, by weight; empty where it inspects everything in turn.
    trades: &'static [(Trade, u32)],
}

/// One day on which a body publishes results, in one bulletin or several.
pub(super) struct Campaign {
    /// Place in [`Calendar::bodies`].
    pub(super) body: usize,
    /// The day of publication.
    pub(super) published_on: Day,
    /// The year of the inspection, where the bulletins state it.
    pub(super) inspection_year: Option<i32>,
    /// How the bulletins let the day of a sampling be known.
    pub(super) dating: DayFrom,
    /// Whether the bulletins list every result.
    pub(super) lists: Lists,
    /// Whether the bulletins print sample numbers.
    pub(super) is_numbered: bool,
    /// Which trades are inspected: bit `i` for `Trade::ALL[i]`.
    trades: u32,
}

/// All campaigns, in the order of publication.
pub(super) struct Calendar {
    /// The bodies: the nation, the province, the cities in their order, then districts and sister provinces.
    pub(super) bodies: Vec<Body>,
    /// The campaigns, by day of publication and then by division.
    pub(super) campaigns: Vec<Campaign>,
    /// The campaigns of each body.
    of_body: Vec<Vec<usize>>,
}

/// What a sampling asks of a campaign.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// What is sampled.
    pub(super) trade: Trade,
    /// The first day of sampling that will do.
    pub(super) first: Day,
    /// The last one.
    pub(super) last: Day,
    /// The last day on which it must not yet be published.
    pub(super) published_after: Day,
    /// Whether it failed: bulletins of failures only will do as well.
    pub(super) is_failure: bool,
}

/// A campaign, and the day on which it samples.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    /// Place in [`Calendar::campaigns`].
    pub(super) campaign: usize,
    /// The day that every reading will use.
    pub(super) day: Day,
}

/// Place of the national body.
pub(super) const NATION: usize = 0;
/// Place of the province's body.
pub(super) const PROVINCE: usize = 1;
const FIRST_CITY: usize = 2;

impl Calendar {
    /// Draws the calendar of a seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, super::streams::CALENDAR);
        let bodies = bodies();
        let mut campaigns: Vec<Campaign> = Vec::new();
        for (body, publisher) in bodies.iter().enumerate() {
            campaigns.extend(campaigns_of(body, publisher, &mut dice));
        }
        campaigns.sort_by_key(|campaign| (campaign.published_on, bodies[campaign.body].division));
        let mut of_body = vec![Vec::new(); bodies.len()];
        for (place, campaign) in campaigns.iter().enumerate() {
            of_body[campaign.body].push(place);
        }
        Self { bodies, campaigns, of_body }
    }

    /// Where the body of a city stands.
    pub(super) const fn city(city: usize) -> usize {
        FIRST_CITY + city
    }

    /// The body of this division, where it publishes.
    pub(super) fn body_of(&self, division: u32) -> Option<usize> {
        self.bodies.iter().position(|body| body.division.number() == division)
    }

    /// Where the bodies of sister provinces begin.
    pub(super) fn first_sister(&self) -> usize {
        self.bodies.len() - SISTERS.len()
    }

    /// One of the campaigns of `body` that fit, if a few tries find one.
    pub(super) fn try_body(&self, body: usize, wanted: &Wanted, dice: &mut Dice) -> Option<Visit> {
        let candidates = self.candidates(body, wanted);
        if candidates.is_empty() {
            return None;
        }
        (0..4).find_map(|_| {
            let campaign = dice.pick(candidates);
            if self.campaigns[campaign].inspects(wanted.trade) {
                self.visit(campaign, wanted, dice)
            } else {
                None
            }
        })
    }

    /// A campaign of the province in those days, whatever it inspects. It publishes at least four times a year in
    /// the warm months, so that every window of a few months has one.
    pub(super) fn any_of_province(&self, wanted: &Wanted, dice: &mut Dice) -> Option<Visit> {
        let candidates = self.candidates(PROVINCE, wanted);
        let start = index(dice.below(place(candidates.len())));
        let in_turn = candidates[start..].iter().chain(&candidates[..start]);
        in_turn.copied().find_map(|campaign| self.visit(campaign, wanted, dice))
    }

    /// Campaigns of `body` published from the first wanted day until four months after the last: that is how long a
    /// sampling waits for its publication.
    fn candidates(&self, body: usize, wanted: &Wanted) -> &[usize] {
        let campaigns = &self.of_body[body];
        let published = |place: &usize| self.campaigns[*place].published_on;
        let from = campaigns.partition_point(|place| {
            published(place) < wanted.first || published(place) <= wanted.published_after
        });
        let until = wanted.last.add_days(120).unwrap_or(Day::MAX);
        let to = campaigns.partition_point(|place| published(place) <= until);
        &campaigns[from..to.max(from)]
    }

    fn visit(&self, campaign: usize, wanted: &Wanted, dice: &mut Dice) -> Option<Visit> {
        let chosen = &self.campaigns[campaign];
        let day = chosen.day(dice);
        let fits =
            (wanted.first..=wanted.last).contains(&day) && (chosen.lists == Lists::All || wanted.is_failure);
        fits.then_some(Visit { campaign, day })
    }
}

impl Campaign {
    fn inspects(&self, trade: Trade) -> bool {
        self.trades & (1 << trade.index()) != 0
    }

    /// The day of one sampling: the day of publication, the end of the stated year, or a working day three weeks to
    /// eleven weeks before publication.
    fn day(&self, dice: &mut Dice) -> Day {
        match self.dating {
            DayFrom::Published => self.published_on,
            DayFrom::YearEnd => {
                let year = self.inspection_year.unwrap_or(self.published_on.year() - 1);
                Day::year_end(year).unwrap_or(self.published_on)
            }
            DayFrom::Sampled => {
                let before = |days: i32| self.published_on.add_days(-days).unwrap_or(self.published_on);
                working_day(dice.day(before(77), before(21)))
            }
        }
    }
}

fn bodies() -> Vec<Body> {
    let body = |name: String, level, division, yearly, trades| Body {
        name: format!("{name}（{}）", super::MARK),
        level,
        division: Division::from_number(division).expect("the divisions of the tables have six digits"),
        yearly,
        trades,
    };
    let local = |name: &str| format!("{name}市场监督管理局");
    let mut bodies = vec![
        body("国家市场监督管理总局".into(), Level::National, 0, 600, &[]),
        body(local("广东省"), Level::Provincial, 440_000, 1_000, &[]),
    ];
    for city in CITIES {
        let name = format!("{}市", city.name);
        bodies.push(body(local(&name), Level::Municipal, city.division, city.firms / 2, city.trades));
    }
    for city in CITIES {
        for district in city.districts.iter().filter(|district| district.publishes) {
            let name = format!("{}市{}", city.name, district.name);
            bodies.push(body(local(&name), Level::County, district.division, 35, city.trades));
        }
    }
    for (name, division) in SISTERS {
        bodies.push(body(local(name), Level::Provincial, *division, 100, &[]));
    }
    bodies
}

/// Campaigns of each year, per mille of their full number: sampling grew, and 2020 was a bad year for visits.
fn activity(year: i32) -> u32 {
    match year {
        ..=2012 => 420,
        2013..=2014 => 550,
        2015..=2016 => 750,
        2017..=2019 => 900,
        2020 => 700,
        2021..=2022 => 1_050,
        _ => 1_200,
    }
}

fn campaigns_of(body: usize, publisher: &Body, dice: &mut Dice) -> Vec<Campaign> {
    let mut campaigns: Vec<Campaign> = Vec::new();
    let mut turn = Turn::default();
    for year in 2011..=2025 {
        let hundredths = publisher.yearly * activity(year) / 1_000;
        let days = hundredths / 100 + u32::from(dice.below(100) < hundredths % 100);
        for slot in 0..days {
            let trades = turn.trades(publisher, dice);
            campaigns.push(campaign(body, publisher, slot_day(year, slot, days, dice), trades, dice));
        }
        let is_late = publisher.level != Level::National && year < 2018 && days > 0 && dice.chance(450);
        if is_late {
            // Results of that year come out in the spring of the next.
            let published_on = working_day(dice.day(civil(year + 1, 3, 25), civil(year + 1, 4, 24)));
            let trades = turn.trades(publisher, dice);
            let in_time = campaign(body, publisher, published_on, trades, dice);
            campaigns.push(Campaign {
                inspection_year: Some(year),
                dating: DayFrom::YearEnd,
                lists: Lists::All,
                ..in_time
            });
        }
    }
    campaigns.sort_by_key(|campaign| campaign.published_on);
    campaigns.dedup_by_key(|campaign| campaign.published_on);
    campaigns.retain(|campaign| campaign.published_on <= october());
    campaigns
}

fn campaign(body: usize, publisher: &Body, published_on: Day, trades: u32, dice: &mut Dice) -> Campaign {
    let year = published_on.year();
    let dating = if year >= 2016 && dice.chance(220) { DayFrom::Sampled } else { DayFrom::Published };
    let states_year = dating == DayFrom::Sampled || dice.chance(750);
    let failures_only = match publisher.level {
        Level::National => 500,
        Level::Provincial => 60,
        Level::Municipal | Level::County => 0,
    };
    Campaign {
        body,
        published_on,
        inspection_year: states_year.then_some(year),
        dating,
        lists: if dice.chance(failures_only) { Lists::FailuresOnly } else { Lists::All },
        is_numbered: dice.chance(650),
        trades,
    }
}

/// The day of publication `slot` of `days` in a year, spread from March to December.
fn slot_day(year: i32, slot: u32, days: u32, dice: &mut Dice) -> Day {
    let width = 295 / days;
    let offset = i32::try_from(slot * width + dice.below(width)).unwrap_or(0);
    working_day(civil(year, 3, 1).add_days(offset).unwrap_or(Day::MAX))
}

/// That day, or the next on which offices are open: not at a weekend nor on the holidays of the year's ends, of
/// Spring Festival, of May and of October.
fn working_day(day: Day) -> Day {
    let is_closed = |day: Day| {
        // 1970-01-01 was a Thursday.
        let weekday = (day.epoch_days() + 3).rem_euclid(7);
        let holiday = matches!(day.civil(), (_, 1 | 5, 1..=3) | (_, 2, 1..=10) | (_, 10, 1..=7));
        weekday >= 5 || holiday
    };
    let mut day = day;
    while is_closed(day) {
        day = day.add_days(1).unwrap_or(Day::MAX);
    }
    day
}

/// Which trades are inspected next.
#[derive(Default)]
struct Turn {
    order: Vec<usize>,
}

impl Turn {
    /// A few trades of those that the body's city makes; of a body without a city, five of all in turn, so that
    /// none is left out for long.
    fn trades(&mut self, publisher: &Body, dice: &mut Dice) -> u32 {
        if publisher.trades.is_empty() {
            return (0..5).map(|_| 1 << self.next(dice)).fold(0, |all, trade: u32| all | trade);
        }
        let count = if publisher.yearly < 100 { 6 } else { dice.between(2, 3) };
        let mut drawn: Vec<Trade> = (0..count).map(|_| dice.weighted(publisher.trades)).collect();
        if publisher.yearly < 100 {
            drawn.push(publisher.trades[0].0);
        }
        drawn.iter().fold(0, |all, trade| all | 1 << trade.index())
    }

    fn next(&mut self, dice: &mut Dice) -> usize {
        if self.order.is_empty() {
            self.order = (0..Trade::ALL.len()).collect();
            dice.shuffle(&mut self.order);
        }
        self.order.pop().unwrap_or_default()
    }
}

/// The body that samples a firm of another province: the nation, the province, a city's market, its neighbours.
pub(super) fn body_for_stranger(calendar: &Calendar, dice: &mut Dice) -> usize {
    match dice.below(100) {
        0..=44 => NATION,
        45..=69 => PROVINCE,
        70..=84 => Calendar::city(any_city(dice)),
        _ => calendar.first_sister() + index(dice.below(place(SISTERS.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::demo::fates::Fate;

    #[test]
    fn every_window_of_a_streak_has_a_campaign_of_the_province() {
        for seed in 0..40 {
            let (calendar, mut dice) = (Calendar::new(seed), Dice::new(seed, 99));
            for fate in Fate::ALL {
                let (first, last) = fate.window();
                let wanted =
                    Wanted { trade: Trade::Stone, first, last, published_after: Day::MIN, is_failure: false };
                let visit = calendar.any_of_province(&wanted, &mut dice).unwrap();
                assert!((first..=last).contains(&visit.day));
            }
        }
    }

    #[test]
    fn offices_publish_on_working_days_and_never_after_october() {
        let calendar = Calendar::new(1);
        assert!(calendar.campaigns.is_sorted_by_key(|campaign| campaign.published_on));
        for campaign in &calendar.campaigns {
            assert_eq!(working_day(campaign.published_on), campaign.published_on);
            assert!(campaign.published_on <= october());
        }
        let late = calendar.campaigns.iter().filter(|campaign| campaign.dating == DayFrom::YearEnd);
        for campaign in late {
            assert_eq!(campaign.inspection_year, Some(campaign.published_on.year() - 1));
            assert!(campaign.published_on < civil(2018, 6, 1));
        }
    }

    #[test]
    fn a_sunday_gives_way_to_monday_and_the_national_day_to_the_eighth() {
        assert_eq!(working_day(civil(2025, 6, 15)), civil(2025, 6, 16));
        assert_eq!(working_day(civil(2025, 10, 1)), civil(2025, 10, 8));
        assert_eq!(working_day(civil(2025, 3, 14)), civil(2025, 3, 14));
    }
}
