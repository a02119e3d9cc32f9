//! From loose records to an edition in its one order.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::gathered::{Gathered, GatheredFirm, GatheredSampling};
use super::{Edition, Reality, Scope, TextColumn};
use crate::firm::FormerName;
use crate::number::place;
use crate::rule::Policy;
use crate::sampling::{Bulletin, Facts, Sampling};
use crate::{CreditCode, Day, Division};

/// A firm and all samplings booked to it, in any order.
#[derive(Clone, Debug)]
pub struct FirmRecord {
    /// The code, where the register knows it.
    pub code: Option<CreditCode>,
    /// The name for display.
    pub name: String,
    /// Former names.
    pub former_names: Vec<FormerName>,
    /// Where the register places it.
    pub division: Option<Division>,
    /// Trade marks.
    pub trade_marks: Vec<String>,
    /// GS1 company prefixes.
    pub gs1_prefixes: Vec<String>,
    /// Further labels.
    pub labels: Vec<String>,
    /// What was sampled.
    pub samplings: Vec<SamplingRecord>,
}

/// A sampling with its texts, which many samplings share.
#[derive(Clone, Debug)]
pub struct SamplingRecord {
    /// The day that every reading uses.
    pub day: Day,
    /// What was found.
    pub facts: Facts,
    /// Place in [`EditionBuilder::bulletins`].
    pub bulletin: usize,
    /// Row of the bulletin, from 1.
    pub row: u32,
    /// The product class as printed.
    pub product_class: Arc<str>,
    /// The failed items as printed, a line feed between them.
    pub failed_items: Arc<str>,
}

/// Everything that an edition is made from.
#[derive(Clone, Debug)]
pub struct EditionBuilder {
    /// Running number, from 1.
    pub number: u32,
    /// The day on which the list stands.
    pub as_of: Day,
    /// Which firms it is to hold.
    pub scope: Scope,
    /// The policy that judges it.
    pub policy: Policy,
    /// Whether it is made up.
    pub reality: Reality,
    /// Every bulletin of the ledger; those published after the as-of day are left out with their samplings.
    pub bulletins: Vec<Bulletin>,
    /// The firms, in any order.
    pub firms: Vec<FirmRecord>,
}

impl EditionBuilder {
    /// Judges, selects and sorts. The result does not depend on the order of bulletins, firms or samplings. Its
    /// alphabet is empty: whoever has the tables fills it.
    ///
    /// # Panics
    /// Where there are more than 2³² samplings, or a record names a bulletin that is not there.
    pub fn build(self) -> Edition {
        let Self { number, as_of, scope, policy, reality, bulletins, firms } = self;
        let mut texts = Texts::default();
        let mut samplings = Vec::new();
        for (firm, record) in firms.iter().enumerate() {
            let own = record.samplings.iter().map(|sampling| sampling.gathered(place(firm), &mut texts));
            samplings.extend(own);
        }
        let firms = firms.iter().map(FirmRecord::gathered).collect();
        let texts = Cow::Owned(texts.known);
        Gathered { number, as_of, scope, policy, reality, bulletins, firms, texts, samplings }.build()
    }
}

impl FirmRecord {
    fn gathered(&self) -> GatheredFirm<'_> {
        GatheredFirm {
            code: self.code,
            name: self.name.as_str().into(),
            former_names: &self.former_names,
            division: self.division,
            trade_marks: &self.trade_marks,
            gs1_prefixes: &self.gs1_prefixes,
            labels: &self.labels,
        }
    }
}

impl SamplingRecord {
    fn gathered(&self, firm: u32, texts: &mut Texts) -> GatheredSampling {
        let sampling = Sampling {
            day: self.day,
            facts: self.facts,
            bulletin: place(self.bulletin),
            row: self.row,
            product_class: texts.place(&self.product_class),
            failed_items: texts.place(&self.failed_items),
        };
        GatheredSampling { firm, sampling }
    }
}

/// Each text once.
#[derive(Default)]
struct Texts {
    known: TextColumn,
    places: HashMap<Arc<str>, u32>,
}

impl Texts {
    fn place(&mut self, text: &Arc<str>) -> u32 {
        let new = place(self.known.len());
        let place = *self.places.entry(Arc::clone(text)).or_insert(new);
        if place == new {
            self.known.push(text);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::{DayFrom, FollowUp, Level, Lists, Outcome, Retest, Role, Standing};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn bulletin(id: &str, published_on: &str) -> Bulletin {
        Bulletin {
            id: id.into(),
            body: "云州市市场监督管理局".into(),
            level: Level::Municipal,
            division: "440000".parse().unwrap(),
            published_on: day(published_on),
            inspection_year: None,
            title: String::new(),
            url: String::new(),
            lists: Lists::All,
            rows: 9,
        }
    }

    fn sampling(text: &str, bulletin: usize, first_test: Outcome) -> SamplingRecord {
        let facts = Facts {
            day_from: DayFrom::Published,
            first_test,
            retest: Retest::NotAsked,
            follow_up: FollowUp::Unknown,
            standing: Standing::Final,
            role: Role::Producer,
        };
        SamplingRecord {
            day: day(text),
            facts,
            bulletin,
            row: 1,
            product_class: "灯具".into(),
            failed_items: "".into(),
        }
    }

    fn firm(name: &str, samplings: Vec<SamplingRecord>) -> FirmRecord {
        FirmRecord {
            code: None,
            name: name.into(),
            former_names: vec![],
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
            samplings,
        }
    }

    fn builder() -> EditionBuilder {
        EditionBuilder {
            number: 1,
            as_of: day("2025-10-31"),
            scope: Scope::Inspected,
            policy: Policy::default(),
            reality: Reality::Demo,
            bulletins: vec![
                bulletin("b", "2020-05-01"),
                bulletin("later", "2025-11-01"),
                bulletin("a", "2016-05-01"),
            ],
            firms: vec![
                firm(
                    "云帆",
                    vec![
                        sampling("2020-05-01", 0, Outcome::Conforming),
                        sampling("2016-05-01", 2, Outcome::Nonconforming),
                    ],
                ),
                firm("星海", vec![sampling("2025-11-01", 1, Outcome::Conforming)]),
                firm(
                    "北斗",
                    vec![
                        sampling("2016-05-01", 2, Outcome::Conforming),
                        sampling("2025-11-01", 1, Outcome::Nonconforming),
                    ],
                ),
            ],
        }
    }

    #[test]
    fn what_was_published_after_the_as_of_day_is_not_known_on_it() {
        let edition = builder().build();
        assert_eq!(
            edition.bulletins.iter().map(|bulletin| bulletin.id.as_str()).collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(edition.firms.names.iter().collect::<Vec<_>>(), ["云帆", "北斗"]);
        let tiers: Vec<_> = edition.firms.stated_tiers.clone();
        assert_eq!(
            tiers,
            [Some(1), Some(1)],
            "five years each; the failure of November is unknown in October"
        );
    }

    #[test]
    fn the_order_of_input_does_not_matter() {
        let mut shuffled = builder();
        shuffled.firms.reverse();
        for firm in &mut shuffled.firms {
            firm.samplings.reverse();
            for sampling in &mut firm.samplings {
                sampling.bulletin = 2 - sampling.bulletin;
            }
        }
        shuffled.bulletins.reverse();
        assert_eq!(shuffled.build(), builder().build());
    }

    #[test]
    fn a_listed_edition_holds_the_listed_only() {
        let mut listed = builder();
        listed.scope = Scope::Listed;
        listed.as_of = day("2023-04-30");
        let edition = listed.build();
        assert_eq!(edition.firms.names.iter().collect::<Vec<_>>(), ["北斗"]);
        assert_eq!(edition.firms.first_samplings, [0, 1]);
        assert_eq!(edition.recompute()[0].tier, Some(1));
    }

    #[test]
    fn a_policy_with_a_division_lists_nobody_whose_division_is_unknown_or_another() {
        let mut guangdong = builder();
        guangdong.policy.division = Some("44".into());
        guangdong.firms[0].division = "440600".parse().ok();
        let edition = guangdong.build();
        assert_eq!(edition.firms.stated_tiers, [Some(1), None]);
    }
}
