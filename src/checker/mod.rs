//! The door: verified bytes in, [`Answer`] out.
//!
//! A [`Checker`] exists only for an edition whose every stated tier equals the one that this device recomputed from
//! the evidence. It is asked with a day and never reads a clock.

mod answer;
mod certificate;
mod columns;
mod delta;
mod describe;
mod open;
mod reading;
mod tag;

pub use answer::*;
pub use certificate::*;
pub use columns::VouchedColumns;
pub use delta::{DeltaError, DeltaTag, by_delta, by_delta_at};
pub use open::{OpenError, Provenance};
pub use reading::{CertificateReading, UnprovenReading};
pub use tag::EditionTag;

use crate::Day;
use crate::edition::{Edition, Verdict};
use crate::firm::{CreditCodeError, normal_form};
use crate::rule::{Explanation, explain};
use crate::search::{Index, Query, is_whole_name};
use crate::trust;

/// An edition that is ready to answer.
pub struct Checker {
    edition: Edition,
    verdicts: Vec<Verdict>,
    index: Index,
    provenance: Provenance,
}

impl Checker {
    /// Firms that a `several` answer names at the most.
    pub const MAX_SEVERAL: usize = 20;
    /// Firms of near names that a `not_listed` answer names at the most.
    pub const MAX_NEAR: usize = 5;

    /// Answers one question as of `today`.
    ///
    /// Only a whole code, or a whole name or former name in its normal form, gets a verdict. Part of a name gets
    /// the firms that fit, even where it is one, since another firm of that name may stand outside the list. A whole
    /// name that no listed firm bears is not listed; if a listed name holds it, sounds like it or becomes it by a likely
    /// slip, that firm may be meant and the choice is given.
    pub fn check(&self, query: &str, today: Day) -> Answer {
        match Query::read(query) {
            Query::Code(code) => match self.edition.firm_by_code(&code) {
                Some(firm) => self.about(firm, today),
                None => self.blank(Kind::NotListed, today),
            },
            Query::BadCode { typed, error } => self.mistyped(&typed, &error, today),
            Query::Empty => self.blank(Kind::NotListed, today),
            Query::Barcode(_) => self.several(self.search(query, Self::MAX_SEVERAL), today),
            Query::Words(words) => {
                let named = self.index.named(&self.edition, &words.concat());
                match named.first() {
                    Some(firm) if named.len() == 1 => self.about(*firm, today),
                    Some(_) => self.several(self.hits_of(&named), today),
                    None => self.unnamed(&words, today),
                }
            }
        }
    }

    /// The best `limit` firms that fit, best first. A mistyped code finds the codes one slip away.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let found = match Query::read(query) {
            Query::Code(code) => self.index.find(&self.edition, &[code.to_string()], limit),
            Query::BadCode { typed, .. } => {
                let part = self.index.find(&self.edition, std::slice::from_ref(&typed), limit);
                if part.is_empty() { Index::near_codes(&self.edition, &typed) } else { part }
            }
            Query::Barcode(digits) => {
                let holders = Index::barcode_holders(&self.edition, &digits);
                if holders.is_empty() { self.index.find(&self.edition, &[digits], limit) } else { holders }
            }
            Query::Words(words) => self.index.find(&self.edition, &words, limit),
            Query::Empty => Vec::new(),
        };
        self.describe_hits(&found[..limit.min(found.len())])
    }

    /// Of what [`Checker::search`] finds the firms one of whose names has the words in it as they are. A browser answers
    /// by this until the rest of its program has come.
    pub fn search_as_typed(&self, query: &str, limit: usize) -> Vec<Hit> {
        let words: Vec<String> = query.split_whitespace().map(normal_form).collect();
        self.describe_hits(&self.index.find_as_typed(&self.edition, &words, limit))
    }

    /// What all four readings make of the one firm that `query` names (a whole code or name); `None` where it names
    /// none or several.
    pub fn explain(&self, query: &str) -> Option<Explanation> {
        let firm = self.firm_of(query)?;
        let range = self.edition.firms.sampling_range(firm);
        let marks = self.edition.marks(&self.edition.policy);
        let days = &self.edition.samplings.days[range.clone()];
        Some(explain(days, &marks[range], &self.edition.policy, self.edition.as_of))
    }

    /// The edition that answers.
    pub const fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Streak and tier of every firm, in the edition's order.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// How the list stands on `today`. A day before the list's own as-of day is a wrong clock and is read as that
    /// day.
    pub fn standing(&self, today: Day) -> ListStanding {
        let Provenance::Verified(freshness) = self.provenance else { return ListStanding::Unverified };
        match freshness.standing(today.max(self.edition.as_of)) {
            trust::Standing::Fresh => ListStanding::Fresh,
            trust::Standing::Ageing => ListStanding::Ageing,
            trust::Standing::OutOfDate => ListStanding::OutOfDate,
        }
    }

    /// The one firm that a whole code or name means.
    fn firm_of(&self, query: &str) -> Option<usize> {
        match Query::read(query) {
            Query::Code(code) => self.edition.firm_by_code(&code),
            Query::Words(words) => {
                let named = self.index.named(&self.edition, &words.concat());
                named.first().copied().filter(|_| named.len() == 1)
            }
            _ => None,
        }
    }

    fn mistyped(&self, typed: &str, error: &CreditCodeError, today: Day) -> Answer {
        let suggestions = self.describe_hits(&Index::near_codes(&self.edition, typed));
        Answer { mistyped: Some(Mistyped::new(error, suggestions)), ..self.blank(Kind::Mistyped, today) }
    }

    /// The answer to `words` that are nobody's name.
    fn unnamed(&self, words: &[String], today: Day) -> Answer {
        let found = self.index.find(&self.edition, words, Self::MAX_SEVERAL);
        // The best come first.
        let close = found.iter().take_while(|hit| hit.is_close).count();
        let (kind, most) = match close {
            _ if found.is_empty() => (Kind::NotListed, 0),
            _ if !is_whole_name(words) => (Kind::Several, found.len()),
            0 => (Kind::NotListed, found.len().min(Self::MAX_NEAR)),
            close => (Kind::Several, close),
        };
        Answer { firms: self.describe_hits(&found[..most]), ..self.blank(kind, today) }
    }

    fn several(&self, firms: Vec<Hit>, today: Day) -> Answer {
        let kind = if firms.is_empty() { Kind::NotListed } else { Kind::Several };
        Answer { firms, ..self.blank(kind, today) }
    }

    fn hits_of(&self, firms: &[usize]) -> Vec<Hit> {
        let hit = |firm: &usize| crate::search::Hit {
            firm: *firm,
            field: crate::search::Field::Name,
            text: self.edition.firms.names.get(*firm).into(),
            ranges: vec![],
            is_close: true,
        };
        self.describe_hits(&firms.iter().map(hit).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::FirmRecord;
    use crate::edition::testing::{CLEAN, coded, day, edition, named, sampled};
    use crate::rule::{StartReason, Why};
    use crate::sampling::{Facts, Outcome, Standing};
    use crate::trust::Freshness;

    const CODE: &str = "91440606003663344C";
    const FAILED: Facts = Facts { first_test: Outcome::Nonconforming, ..CLEAN };

    fn firms() -> Vec<FirmRecord> {
        let mut sea = coded(CODE, "星海石油（佛山）有限公司");
        let disowned = Facts { standing: Standing::Disowned, ..FAILED };
        sea.samplings =
            vec![sampled("2018-06-01", CLEAN), sampled("2023-10-20", disowned), sampled("2025-07-01", CLEAN)];
        let mut fallen = named("北斗电器厂");
        fallen.samplings.push(sampled("2025-05-01", FAILED));
        vec![sea, fallen, named("云帆照明有限公司"), named("云帆电子有限公司")]
    }

    fn checker() -> Checker {
        let freshness = Freshness { expires: "2025-12-05T15:00:00Z".parse().unwrap(), signed_at: None };
        Checker::of_edition(edition(firms()), Provenance::Verified(freshness)).unwrap()
    }

    fn check(query: &str) -> Answer {
        checker().check(query, day("2025-11-01"))
    }

    #[test]
    fn a_listed_firm_is_found_by_code_and_by_name() {
        for query in [CODE, "9144 0606 0036 6334 4c", "星海石油(佛山)有限公司"] {
            let answer = check(query);
            assert_eq!(answer.kind, Kind::Listed, "{query}");
            assert_eq!(answer.firm.unwrap().name, "星海石油（佛山）有限公司");
            assert_eq!(answer.tier.unwrap(), TierName { years: 5, name: "五年榜".into() });
            assert_eq!(answer.label.as_deref(), Some("抽检无不合格"));
            let streak = answer.streak.unwrap();
            assert_eq!((streak.start, streak.years), (day("2018-06-01"), 7));
            assert_eq!(streak.next.unwrap().on, day("2028-06-01"));
        }
    }

    #[test]
    fn a_disowned_failure_is_shown_and_does_not_count() {
        let samplings = check(CODE).samplings.unwrap();
        assert_eq!((samplings.counted, samplings.uncounted), (2, 1));
        let newest_first: Vec<Day> = samplings.items.iter().map(|item| item.day).collect();
        assert_eq!(newest_first, [day("2025-07-01"), day("2023-10-20"), day("2018-06-01")]);
        assert_eq!(samplings.items[1].why, Some(Why::Disowned));
        assert_eq!(samplings.items[1].failed_items, ["绝缘电阻"]);
    }

    #[test]
    fn an_inspected_firm_off_the_list_has_its_history_and_no_tier() {
        let answer = check("北斗电器厂");
        assert_eq!(
            (answer.kind, answer.tier.is_none(), answer.label.is_none()),
            (Kind::Inspected, true, true)
        );
        assert_eq!(answer.samplings.unwrap().counted, 2);
    }

    #[test]
    fn absence_is_an_answer_of_its_own() {
        for query in ["91440400000948256N", "没有这家有限公司", "", " · "] {
            let answer = check(query);
            assert_eq!(answer.kind, Kind::NotListed, "{query}");
            assert!(answer.firm.is_none() && answer.firms.is_empty());
        }
    }

    #[test]
    fn part_of_a_name_gets_a_choice_and_no_verdict() {
        let answer = check("云帆");
        assert_eq!(answer.kind, Kind::Several);
        assert_eq!(answer.firms.len(), 2);
        let one = check("北斗");
        assert_eq!((one.kind, one.firms.len()), (Kind::Several, 1));
    }

    #[test]
    fn what_is_found_as_it_was_typed_comes_first_of_what_is_found() {
        let checker = checker();
        for query in ["云帆", "云帆 电子", "有限公司", "北斗", "（佛山）", "", " "] {
            let typed = checker.search_as_typed(query, 20);
            assert_eq!(typed, checker.search(query, 20)[..typed.len()], "{query}");
            assert_eq!(typed.is_empty(), query.trim().is_empty(), "{query}");
        }
        for query in ["斗北电器厂", CODE] {
            assert!(
                checker.search_as_typed(query, 20).is_empty() && !checker.search(query, 20).is_empty(),
                "{query}"
            );
        }
    }

    #[test]
    fn a_whole_name_that_nobody_bears_is_not_listed_and_names_those_that_are_near() {
        let near = |query: &str| {
            let answer = check(query);
            let names: Vec<String> = answer.firms.into_iter().map(|hit| hit.name).collect();
            (answer.kind, names)
        };
        for (query, expected) in [
            ("南斗电器厂", &["北斗电器厂"][..]),
            ("北斗星电器厂", &["北斗电器厂"]),
            ("云帆石油有限公司", &["云帆照明有限公司", "云帆电子有限公司"]),
            ("远山茶叶厂", &[]),
        ] {
            assert_eq!(
                near(query),
                (Kind::NotListed, expected.iter().map(|name| (*name).to_owned()).collect())
            );
        }
    }

    #[test]
    fn a_whole_name_with_a_likely_slip_and_part_of_a_name_lead_to_the_firm() {
        for (query, expected) in [
            ("斗北电器厂", "北斗电器厂"),
            ("北斗斗电器厂", "北斗电器厂"),
            ("云帆明有限公司", "云帆照明有限公司"),
            ("石油佛山有限公司", "星海石油（佛山）有限公司"),
            ("云帆吸顶灯", "云帆照明有限公司"),
            ("南斗电器", "北斗电器厂"),
        ] {
            let answer = check(query);
            assert_eq!(answer.kind, Kind::Several, "{query}");
            assert_eq!(answer.firms[0].name, expected, "{query}");
        }
        assert_eq!(
            check("云帆明有限公司").firms.len(),
            1,
            "with a whole name the firms that are near and no more"
        );
    }

    #[test]
    fn a_mistyped_code_is_told_with_the_codes_one_slip_away() {
        let answer = check("91440606003663434C");
        assert_eq!(answer.kind, Kind::Mistyped);
        let mistyped = answer.mistyped.unwrap();
        assert_eq!(mistyped.code, "code_check");
        assert_eq!(mistyped.suggestions[0].code, CODE.parse().ok());
    }

    #[test]
    fn the_standing_is_graded_by_the_day() {
        let checker = checker();
        let standing = |on: &str| checker.standing(day(on));
        assert_eq!(standing("2025-12-05"), ListStanding::Fresh);
        assert_eq!(standing("2025-12-06"), ListStanding::Ageing);
        assert_eq!(standing("2026-03-05"), ListStanding::Ageing, "90 days");
        assert_eq!(standing("2026-03-06"), ListStanding::OutOfDate);
        assert_eq!(standing("1999-01-01"), ListStanding::Fresh, "a wrong clock is read as the as-of day");
        let bare = Checker::of_edition(edition(firms()), Provenance::Unverified).unwrap();
        assert_eq!(bare.standing(day("2025-11-01")), ListStanding::Unverified);
        assert_eq!(bare.check(CODE, day("2025-11-01")).edition.expires_on, None);
    }

    #[test]
    fn a_tier_that_the_evidence_does_not_give_is_refused_with_both() {
        let mut forged = edition(firms());
        let fallen = forged.firms.names.iter().position(|name| name == "北斗电器厂").unwrap();
        forged.firms.stated_tiers[fallen] = Some(0);
        let error = Checker::of_edition(forged, Provenance::Unverified).err().unwrap();
        assert_eq!(
            error.to_string(),
            "expected the stated tier of 北斗电器厂 to follow from the evidence: the publisher states 10 years, the \
             evidence gives no tier"
        );
        assert_eq!(crate::Problem::code(&error), "tier_differs");
    }

    #[test]
    fn an_explanation_holds_all_four_readings() {
        let explanation = checker().explain(CODE).unwrap();
        assert_eq!(explanation.readings.len(), 4);
        assert_eq!(explanation.reading.starts, Some(StartReason::FirstSampling));
        assert_eq!(explanation.readings[1].tier_years, Some(5), "2018-06-01 to 2025-07-01");
        assert!(checker().explain("云帆").is_none());
    }
}
