//! From loose records to an edition in its one order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Alphabet, Edition, Firms, Reality, Samplings, Scope, TextColumn};
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
        self.build_and(|_| ()).0
    }

    /// The same, and what `look` sees in all firms that were inspected, before the list is cut out of them.
    pub fn build_and<T>(mut self, look: impl FnOnce(&Edition) -> T) -> (Edition, T) {
        let order = self.order_bulletins();
        for firm in &mut self.firms {
            firm.samplings.retain(|sampling| order[sampling.bulletin].is_some());
        }
        let inspected = self.columns(&order);
        let mut tiers: Vec<Option<u8>> = inspected.recompute().iter().map(|verdict| verdict.tier).collect();
        let seen = look(&inspected);
        let mut edition = match self.scope {
            Scope::Inspected => inspected,
            Scope::Listed => {
                drop(inspected);
                let mut listed = tiers.iter();
                self.firms.retain(|_| listed.next().is_some_and(Option::is_some));
                tiers.retain(Option::is_some);
                self.columns(&order)
            }
        };
        edition.firms.stated_tiers = tiers;
        (edition, seen)
    }

    /// Gives for each bulletin as it was its new place, or `None` where it was published after the as-of day.
    fn order_bulletins(&self) -> Vec<Option<u32>> {
        let mut places: Vec<usize> = (0..self.bulletins.len()).collect();
        places.sort_by(|a, b| {
            let key = |place: &usize| (self.bulletins[*place].published_on, &self.bulletins[*place].id);
            key(a).cmp(&key(b))
        });
        places.retain(|place| self.bulletins[*place].published_on <= self.as_of);
        let mut order = vec![None; self.bulletins.len()];
        for (new, old) in places.iter().enumerate() {
            order[*old] = Some(place(new));
        }
        order
    }

    /// Sorts the firms, without those of whom nothing was sampled, and lays their records into columns.
    fn columns(&mut self, order: &[Option<u32>]) -> Edition {
        self.firms.retain(|firm| !firm.samplings.is_empty());
        self.firms
            .sort_by(|a, b| (a.code.is_none(), a.code, &a.name).cmp(&(b.code.is_none(), b.code, &b.name)));
        let product_classes = Dictionary::of(self.samplings().map(|sampling| &*sampling.product_class));
        let failed = self.samplings().map(|sampling| &*sampling.failed_items);
        let failed_items = Dictionary::of(failed.chain(std::iter::once("")));
        let mut firms = Firms { first_samplings: vec![0], ..Firms::default() };
        let mut samplings = Samplings::default();
        for firm in &self.firms {
            push_samplings(&mut samplings, firm, order, &product_classes, &failed_items);
            push_firm(&mut firms, firm, place(samplings.len()));
        }
        Edition {
            number: self.number,
            as_of: self.as_of,
            scope: self.scope,
            policy: self.policy.clone(),
            reality: self.reality,
            bulletins: self.covered_bulletins(order),
            product_classes: product_classes.into_column(),
            failed_items: failed_items.into_column(),
            firms,
            samplings,
            alphabet: Alphabet::default(),
        }
    }

    fn covered_bulletins(&self, order: &[Option<u32>]) -> Vec<Bulletin> {
        let placed = order.iter().zip(&self.bulletins);
        let mut covered: Vec<(u32, &Bulletin)> =
            placed.filter_map(|(place, bulletin)| place.map(|place| (place, bulletin))).collect();
        covered.sort_by_key(|(place, _)| *place);
        covered.into_iter().map(|(_, bulletin)| bulletin.clone()).collect()
    }

    fn samplings(&self) -> impl Iterator<Item = &SamplingRecord> {
        self.firms.iter().flat_map(|firm| &firm.samplings)
    }
}

fn push_firm(firms: &mut Firms, firm: &FirmRecord, samplings_end: u32) {
    firms.codes.push(firm.code);
    firms.names.push(&firm.name);
    firms.divisions.push(firm.division);
    firms.stated_tiers.push(None);
    let former: Vec<&str> = firm.former_names.iter().map(|former| former.name.as_str()).collect();
    firms.former_names.push(&former.join("\n"));
    firms.trade_marks.push(&firm.trade_marks.join("\n"));
    firms.gs1_prefixes.push(&firm.gs1_prefixes.join("\n"));
    firms.labels.push(&firm.labels.join("\n"));
    firms.first_samplings.push(samplings_end);
}

fn push_samplings(
    samplings: &mut Samplings,
    firm: &FirmRecord,
    order: &[Option<u32>],
    product_classes: &Dictionary<'_>,
    failed_items: &Dictionary<'_>,
) {
    let mut own: Vec<Sampling> = firm
        .samplings
        .iter()
        .filter_map(|record| {
            Some(Sampling {
                day: record.day,
                facts: record.facts,
                bulletin: order[record.bulletin]?,
                row: record.row,
                product_class: product_classes.place(&record.product_class),
                failed_items: failed_items.place(&record.failed_items),
            })
        })
        .collect();
    own.sort_by_key(|sampling| (sampling.day, sampling.bulletin, sampling.row, sampling.facts.role));
    for sampling in own {
        samplings.push(sampling);
    }
}

/// The distinct texts of a column by their bytes, and the place of each.
struct Dictionary<'a> {
    texts: Vec<&'a str>,
    places: HashMap<&'a str, u32>,
}

impl<'a> Dictionary<'a> {
    fn of(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut texts: Vec<&str> = texts.collect::<HashSet<&str>>().into_iter().collect();
        texts.sort_unstable();
        Self { places: texts.iter().copied().zip(0..).collect(), texts }
    }

    fn place(&self, text: &str) -> u32 {
        *self.places.get(text).expect("the dictionary was made from the same records")
    }

    fn into_column(self) -> TextColumn {
        self.texts.iter().collect()
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
