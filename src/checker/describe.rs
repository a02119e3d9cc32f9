//! From places in an edition to the words of an answer.

use super::{
    Answer, Checker, EditionAnswer, Firm, Hit, Kind, Matched, Provenance, SamplingAnswer, SamplingsAnswer,
    StreakAnswer, TierName,
};
use crate::Day;
use crate::edition::Reality;
use crate::number::{index, place};
use crate::rule::{Counting, explain};
use crate::search;

impl Checker {
    /// The answer about the firm at this place of the edition.
    ///
    /// # Panics
    /// Where there is none.
    pub fn about(&self, firm: usize, today: Day) -> Answer {
        let tier = self.tier_of(firm);
        let kind = if tier.is_some() { Kind::Listed } else { Kind::Inspected };
        Answer {
            firm: Some(self.firm(firm)),
            label: tier.as_ref().map(|_| self.edition.policy.label.clone()),
            tier,
            streak: self.streak_of(firm),
            samplings: Some(self.samplings_of(firm)),
            ..self.blank(kind, today)
        }
    }

    /// An answer with its edition and its standing, and nothing else yet.
    pub(super) fn blank(&self, kind: Kind, today: Day) -> Answer {
        Answer {
            kind,
            firm: None,
            tier: None,
            label: None,
            streak: None,
            samplings: None,
            firms: Vec::new(),
            mistyped: None,
            edition: self.edition_answer(),
            standing: self.standing(today),
        }
    }

    /// The edition as answers name it.
    pub fn edition_answer(&self) -> EditionAnswer {
        let edition = self.edition();
        EditionAnswer {
            number: edition.number,
            as_of: edition.as_of,
            expires_on: match self.provenance {
                Provenance::Unverified => None,
                Provenance::Verified(freshness) => Some(freshness.expires_on()),
            },
            policy: edition.policy.name.clone(),
            demo: edition.reality == Reality::Demo,
        }
    }

    /// Hits as answers name them.
    pub(super) fn describe_hits(&self, hits: &[search::Hit]) -> Vec<Hit> {
        hits.iter().zip(1..).map(|(hit, rank)| self.describe_hit(hit, rank)).collect()
    }

    fn describe_hit(&self, hit: &search::Hit, rank: u32) -> Hit {
        let firms = &self.edition.firms;
        Hit {
            code: firms.codes[hit.firm],
            name: firms.names.get(hit.firm).into(),
            tier: self.tier_of(hit.firm),
            matched: Matched { field: hit.field.word(), text: hit.text.clone(), ranges: hit.ranges.clone() },
            rank,
        }
    }

    pub(super) fn tier_of(&self, firm: usize) -> Option<TierName> {
        let tier = &self.edition.policy.tiers[usize::from(self.verdicts[firm].tier?)];
        Some(TierName { years: tier.years, name: tier.name.clone() })
    }

    fn firm(&self, firm: usize) -> Firm {
        let firms = &self.edition.firms;
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        Firm {
            code: firms.codes[firm],
            name: firms.names.get(firm).into(),
            former_names: lines(firms.former_names.get(firm)),
            division: firms.divisions[firm],
            trade_marks: lines(firms.trade_marks.get(firm)),
        }
    }

    fn streak_of(&self, firm: usize) -> Option<StreakAnswer> {
        let streak = self.verdicts[firm].streak?;
        let edition = &self.edition;
        let range = edition.firms.sampling_range(firm);
        let marks: Vec<_> = range.clone().map(|sampling| self.counting(sampling).mark()).collect();
        let reading = explain(&edition.samplings.days[range], &marks, &edition.policy, edition.as_of).reading;
        Some(StreakAnswer {
            start: streak.start,
            end: streak.end,
            years: streak.years,
            days: streak.days(),
            samplings: streak.samplings,
            reading: edition.policy.continuity,
            next: reading.next,
        })
    }

    fn samplings_of(&self, firm: usize) -> SamplingsAnswer {
        let range = self.edition.firms.sampling_range(firm);
        let items: Vec<SamplingAnswer> = range.rev().map(|sampling| self.sampling(sampling)).collect();
        let counted = place(items.iter().filter(|item| item.counts).count());
        SamplingsAnswer { counted, uncounted: place(items.len()) - counted, items }
    }

    fn sampling(&self, at: usize) -> SamplingAnswer {
        let edition = &self.edition;
        let sampling = edition.samplings.get(at);
        let bulletin = &edition.bulletins[index(sampling.bulletin)];
        let facts = sampling.facts;
        let why = self.counting(at).why();
        SamplingAnswer {
            day: sampling.day,
            day_from: facts.day_from,
            body: bulletin.body.clone(),
            product_class: edition.product_classes.get(index(sampling.product_class)).into(),
            outcome: facts.outcome(),
            first_test: facts.first_test,
            retest: facts.retest,
            follow_up: facts.follow_up,
            standing: facts.standing,
            role: facts.role,
            failed_items: edition
                .failed_items
                .get(index(sampling.failed_items))
                .lines()
                .map(str::to_owned)
                .collect(),
            counts: why.is_none(),
            why,
            bulletin: bulletin.id.clone(),
            title: bulletin.title.clone(),
            url: bulletin.url.clone(),
            row: sampling.row,
        }
    }

    fn counting(&self, sampling: usize) -> Counting {
        let samplings = &self.edition.samplings;
        let (facts, day) = (&samplings.facts[sampling], samplings.days[sampling]);
        Counting::of(facts, day, &self.edition.policy, self.edition.as_of)
    }
}
