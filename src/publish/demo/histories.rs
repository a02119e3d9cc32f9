//! What was sampled of whom: for every firm the sampling that begins its streak, the failure that ends it where its
//! fate says so, and everything around them that changes neither.

use super::Size;
use super::calendar::{Calendar, NATION, PROVINCE, Visit, Wanted, body_for_stranger};
use super::cities::{CITIES, SISTERS};
use super::dice::Dice;
use super::fates::{Fate, civil, march, october};
use super::findings::Finding;
use super::firms::{Home, MadeFirm};
use crate::Day;
use crate::number::{index, place};
use crate::publish::ledger::Reason;
use crate::sampling::{Lists, Role};

/// One row of a bulletin to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// Its number; two rows that report one sampling share it.
    pub(super) id: u32,
    /// Whom it names.
    pub(super) firm: u32,
    /// How it names that firm.
    pub(super) naming: Naming,
    /// The campaign whose bulletins print it.
    pub(super) campaign: u32,
    /// The campaign that took the sample; another one where the row is a repetition.
    pub(super) origin: u32,
    /// The day that every reading uses.
    pub(super) day: Day,
    /// The product class, as a place in the trade's.
    pub(super) class: u32,
    /// What was found.
    pub(super) finding: Finding,
    /// Number of this sampling among the firm's.
    pub(super) nth: u32,
    /// Whether a tier hangs on it: it is then printed so that the normal form alone books it.
    pub(super) is_decisive: bool,
}

/// How a row names its firm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Naming {
    /// As the producer.
    Producer,
    /// As the one who has it made by another firm.
    Principal {
        /// The other firm.
        contractor: u32,
    },
    /// As filling or packing it, or as selling it.
    As(Role),
    /// Not at all: the row is set aside.
    Nobody(Reason),
}

/// Writes the history of every firm, and some rows that name none.
pub(super) fn histories(firms: &[MadeFirm], calendar: &Calendar, size: Size, seed: u64) -> Vec<Draft> {
    let dice = Dice::new(seed, super::streams::HISTORIES);
    let mut historian = Historian { firms, calendar, dice, drafts: Vec::new(), firm: 0, nth: 0 };
    for firm in 0..firms.len() {
        historian.firm = firm;
        historian.nth = 0;
        historian.live();
    }
    historian.rows_of_nobody(size);
    historian.drafts
}

struct Historian<'a> {
    firms: &'a [MadeFirm],
    calendar: &'a Calendar,
    dice: Dice,
    drafts: Vec<Draft>,
    /// Whose history is written.
    firm: usize,
    /// How many samplings it has so far.
    nth: u32,
}

impl<'a> Historian<'a> {
    fn firm(&self) -> &'a MadeFirm {
        &self.firms[self.firm]
    }

    fn live(&mut self) {
        let fate = self.firm().fate;
        let (first, last) = fate.window();
        let (fewest, most) = self.dice.weighted(fate.samplings());
        let samplings = self.dice.between(fewest, most);
        match fate {
            Fate::Seller => self.sell(samplings),
            Fate::Failed => self.fail(first, last, samplings),
            _ => self.stay_clean(first, last, samplings),
        }
        if fate == Fate::NameAlone && self.dice.chance(250) {
            self.decisive(Span { first: civil(2023, 1, 1), last: october() }, Outcome::Failed, Day::MIN);
        }
    }

    /// A streak that begins in the window, perhaps after an earlier failure, and is never broken, or between the
    /// editions.
    fn stay_clean(&mut self, first: Day, last: Day, samplings: u32) {
        let fate = self.firm().fate;
        let Some(start) = self.decisive(Span { first, last }, Outcome::Clean, Day::MIN) else { return };
        if self.dice.chance(fate.stained()) {
            self.earlier_failure(start);
        }
        self.clean_samplings(samplings - 1, start);
        if fate.falls() {
            let span = Span { first: civil(2025, 1, 6), last: october() };
            self.decisive(span, Outcome::Failed, march());
        }
        if fate.is_listed_in_october() {
            self.odd_cases(start);
        }
    }

    /// A failure within the last three years, with clean samplings before it and perhaps after it.
    fn fail(&mut self, first: Day, last: Day, samplings: u32) {
        let Some(failure) = self.decisive(Span { first, last }, Outcome::Failed, Day::MIN) else { return };
        let before = Span { first: before(failure, 2_500), last: before(failure, 1) };
        (0..samplings).for_each(|_| self.any(before, 120));
        if self.dice.chance(600) {
            self.any(Span { first: failure, last: october() }, 0);
        }
    }

    /// The last failure before a streak, and what lies before that. Nothing clean may lie between the two: the
    /// streak would begin there. Both editions know of it.
    fn earlier_failure(&mut self, start: Day) {
        let first = before(start, 1_400).max(civil(2011, 3, 1));
        let span = Span { first, last: before(start, 1).min(super::fates::last_known_in_march()) };
        if span.first >= span.last {
            return;
        }
        let Some(visit) = self.visit(span, Outcome::Failed, Day::MIN) else { return };
        let finding = Finding::failure(&mut self.dice);
        self.draft(visit, finding, Naming::Producer, true);
        let lists_all = self.calendar.campaigns[visit.campaign].lists == Lists::All;
        if lists_all && self.dice.chance(100) {
            // A pass on the very day of the failure: the failure decides.
            self.draft(visit, Finding::Clean, Naming::Producer, false);
        }
        let earlier = Span { first: civil(2011, 3, 1), last: before(visit.day, 1) };
        let count = self.dice.between(0, 3);
        (0..count).for_each(|_| self.any(earlier, 150));
    }

    fn clean_samplings(&mut self, count: u32, start: Day) {
        for _ in 0..count {
            let Some(visit) = self.visit(Span { first: start, last: october() }, Outcome::Clean, Day::MIN)
            else {
                continue;
            };
            let finding = if self.dice.chance(3) { Finding::Overturned } else { Finding::Clean };
            let naming = match self.dice.below(1_000) {
                0..=5 => self.contracted(),
                6..=9 => Naming::As(Role::Filler),
                _ => Naming::Producer,
            };
            self.draft(visit, finding, naming, false);
            self.repeat_now_and_then(start);
        }
    }

    /// Now and then a result is printed twice: in one bulletin, or in a later or earlier one of the same body under the
    /// same sample number.
    fn repeat_now_and_then(&mut self, start: Day) {
        let Some(printed) = self.drafts.last().copied() else { return };
        let origin = &self.calendar.campaigns[index(printed.origin)];
        if !origin.is_numbered || !self.dice.chance(12) {
            return;
        }
        if self.dice.chance(400) {
            self.drafts.push(printed);
            return;
        }
        let around = Span { first: before(printed.day, 150).max(start), last: after(printed.day, 150) };
        let wanted = self.wanted(around, Outcome::Clean, Day::MIN);
        let Some(visit) = self.calendar.try_body(origin.body, &wanted, &mut self.dice) else { return };
        if self.calendar.campaigns[visit.campaign].is_numbered {
            self.drafts.push(Draft { campaign: place(visit.campaign), day: visit.day, ..printed });
        }
    }

    /// What counts for nothing or for little, at fixed places in each fate, so that every size has some of each.
    fn odd_cases(&mut self, start: Day) {
        let nth = self.firm().nth;
        let since = Span { first: start, last: october() };
        let lately = Span { first: civil(2025, 6, 20), last: october() };
        let cases = [
            (90, 0, since, Finding::Counterfeit),
            (90, 45, since, Finding::Denied),
            (130, 1, lately, Finding::Objected),
            (130, 66, lately, Finding::BeingRetested),
            (300, 2, since, Finding::Withdrawn),
            (150, 3, since, Finding::Overturned),
        ];
        for (every, from, span, finding) in cases {
            if nth % every == from {
                let visit = self.visit(span, Outcome::Failed, Day::MIN);
                if let Some(visit) = visit {
                    self.draft(visit, finding, Naming::Producer, false);
                }
            }
        }
    }

    fn sell(&mut self, samplings: u32) {
        let role = if self.firm().nth.is_multiple_of(3) { Role::Importer } else { Role::Dealer };
        let span = Span { first: civil(2015, 3, 1), last: october() };
        for _ in 0..samplings {
            let Some(visit) = self.visit(span, Outcome::Clean, Day::MIN) else { continue };
            let finding =
                if self.dice.chance(150) { Finding::failure(&mut self.dice) } else { Finding::Clean };
            self.draft(visit, finding, Naming::As(role), false);
        }
    }

    /// One row in four hundred names nobody.
    fn rows_of_nobody(&mut self, size: Size) {
        let reasons = [
            Reason::ProducerMissing,
            Reason::NotAFirm,
            Reason::SeveralProducers,
            Reason::OutcomeUnclear,
            Reason::RowBroken,
        ];
        let count = size.share(200).max(5);
        for reason in reasons.iter().cycle().take(index(count)) {
            self.firm = index(self.dice.below(place(self.firms.len())));
            let span = Span { first: civil(2014, 1, 1), last: october() };
            let visit = self.visit(span, Outcome::Clean, Day::MIN);
            let naming = Naming::Nobody(*reason);
            if let Some(visit) = visit {
                self.draft(visit, Finding::Clean, naming, false);
            }
        }
    }

    /// Another firm of the trade that made it: its part does not count under the default policy, so anybody will do.
    fn contracted(&mut self) -> Naming {
        let from = index(self.dice.below(place(self.firms.len())));
        let is_other = |firm: &usize| *firm != self.firm && self.firms[*firm].trade == self.firm().trade;
        let contractor = (from..self.firms.len()).take(100).find(is_other);
        contractor.map_or(Naming::Producer, |firm| Naming::Principal { contractor: place(firm) })
    }

    /// A sampling on which a tier hangs. It is found even where no campaign of the firm's trade fits.
    fn decisive(&mut self, span: Span, outcome: Outcome, published_after: Day) -> Option<Day> {
        let visit = self.visit(span, outcome, published_after).or_else(|| {
            let wanted = self.wanted(span, outcome, published_after);
            self.calendar.any_of_province(&wanted, &mut self.dice)
        })?;
        let finding = match outcome {
            Outcome::Clean => Finding::Clean,
            Outcome::Failed => Finding::failure(&mut self.dice),
        };
        self.draft(visit, finding, Naming::Producer, true);
        Some(visit.day)
    }

    /// A sampling that decides nothing, failed in so many of 1,000 cases.
    fn any(&mut self, span: Span, failures: u32) {
        if span.first > span.last {
            return;
        }
        let has_failed = self.dice.chance(failures);
        let outcome = if has_failed { Outcome::Failed } else { Outcome::Clean };
        let Some(visit) = self.visit(span, outcome, Day::MIN) else { return };
        let finding = if has_failed { Finding::failure(&mut self.dice) } else { Finding::Clean };
        self.draft(visit, finding, Naming::Producer, false);
    }

    /// A campaign that samples the firm in those days, if a few tries find one.
    fn visit(&mut self, span: Span, outcome: Outcome, published_after: Day) -> Option<Visit> {
        let wanted = self.wanted(span, outcome, published_after);
        (0..8).find_map(|_| {
            let body = self.body(outcome);
            self.calendar.try_body(body, &wanted, &mut self.dice)
        })
    }

    /// A body that may sample the firm: mostly those of its own city, district and province.
    fn body(&mut self, outcome: Outcome) -> usize {
        let Home::Guangdong { city, district } = self.firm().home else {
            return body_for_stranger(self.calendar, &mut self.dice);
        };
        if outcome == Outcome::Failed && self.dice.chance(250) {
            // Half of the nation's bulletins list failures only, so that it reports more of these than others do.
            return NATION;
        }
        match self.dice.below(100) {
            0..=15 => NATION,
            16..=43 => PROVINCE,
            44..=51 => {
                let own = district.map(|district| CITIES[city].districts[district].division);
                own.and_then(|division| self.calendar.body_of(division)).unwrap_or(PROVINCE)
            }
            52..=88 => Calendar::city(city),
            89..=94 => Calendar::city(super::firms::any_city(&mut self.dice)),
            _ => self.calendar.first_sister() + index(self.dice.below(place(SISTERS.len()))),
        }
    }

    fn wanted(&self, span: Span, outcome: Outcome, published_after: Day) -> Wanted {
        let is_failure = outcome == Outcome::Failed;
        Wanted { trade: self.firm().trade, first: span.first, last: span.last, published_after, is_failure }
    }

    fn draft(&mut self, visit: Visit, finding: Finding, naming: Naming, is_decisive: bool) {
        let firm = self.firm();
        let shift = self.dice.below(firm.classes);
        debug_assert!(
            finding.is_failure() || self.calendar.campaigns[visit.campaign].lists == Lists::All,
            "a bulletin of failures lists no clean result"
        );
        self.drafts.push(Draft {
            id: place(self.drafts.len()),
            firm: place(self.firm),
            naming,
            campaign: place(visit.campaign),
            origin: place(visit.campaign),
            day: visit.day,
            class: (firm.first_class + shift) % place(firm.trade.goods().classes.len()),
            finding,
            nth: self.nth,
            is_decisive,
        });
        self.nth += 1;
    }
}

/// From one day to another.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    last: Day,
}

/// What a bulletin must be able to list.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Outcome {
    Clean,
    Failed,
}

fn before(day: Day, days: i32) -> Day {
    day.add_days(-days).unwrap_or(Day::MIN)
}

fn after(day: Day, days: i32) -> Day {
    day.add_days(days).unwrap_or(Day::MAX)
}
