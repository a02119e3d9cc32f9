//! From a ledger and a policy to an edition: rows booked to firms, firms named, the list judged.
//!
//! A name is joined to the register by its normal form and the day of the sampling: former names count, a branch is a
//! firm of its own. A name that the register does not know is a firm known by that name alone, whatever its brackets,
//! spaces or Traditional characters. Nothing here depends on the order of bulletins or rows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::alphabet::with_alphabet;
use super::ledger::{DigestedRow, Evidence, Fate, InForce, fates, in_force, simplified};
use crate::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use crate::firm::{RegisterEntry, normal_form};
use crate::number::index;
use crate::sampling::{Facts, Role};
use crate::{CreditCode, Day, Edition, Policy};

/// An edition, and what its list leaves out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Built {
    /// The edition.
    pub edition: Edition,
    /// Firms that would earn a tier and are kept off the list by the policy's division.
    pub barred: Barred,
}

/// How many firms the policy's division keeps off the list.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Barred {
    /// Firms whose division is not known.
    pub division_unknown: usize,
    /// Firms of another division.
    pub other_division: usize,
}

/// Builds an edition as of a day: what was published later is not known on it.
pub fn build(
    evidence: &Evidence,
    policy: &Policy,
    as_of: Day,
    scope: Scope,
    number: u32,
    reality: Reality,
) -> Built {
    let builder = edition_builder(evidence, policy, as_of, scope, number, reality);
    let (edition, barred) = builder.build_and(barred);
    Built { edition: with_alphabet(edition), barred }
}

/// Everything that the edition is made from, before it is judged.
pub fn edition_builder(
    evidence: &Evidence,
    policy: &Policy,
    as_of: Day,
    scope: Scope,
    number: u32,
    reality: Reality,
) -> EditionBuilder {
    let covered = in_force(evidence, as_of);
    let bulletins = covered.iter().map(|found| evidence.bulletins[found.place].bulletin.clone()).collect();
    let mut booking = Booking::of(evidence);
    let fates = fates(evidence, as_of);
    for (bulletin, found) in covered.iter().enumerate() {
        let fates = fates[found.place].iter().flatten();
        for (row, fate) in evidence.bulletins[found.place].rows.iter().zip(fates) {
            if *fate == Fate::Booked {
                booking.book(*found, bulletin, row);
            }
        }
    }
    EditionBuilder {
        number,
        as_of,
        scope,
        policy: policy.clone(),
        reality,
        bulletins,
        firms: booking.firms.into_iter().map(|firm| firm.record(evidence)).collect(),
    }
}

/// How many firms would earn a tier under the same policy without a division.
fn barred(inspected: &Edition) -> Barred {
    let mut barred = Barred::default();
    if inspected.policy.division.is_none() {
        return barred;
    }
    let open = Policy { division: None, ..inspected.policy.clone() };
    for (firm, verdict) in inspected.recompute_under(&open).iter().enumerate() {
        if verdict.tier.is_some() && !inspected.is_admitted(firm, &inspected.policy) {
            match inspected.firms.divisions[firm] {
                None => barred.division_unknown += 1,
                Some(_) => barred.other_division += 1,
            }
        }
    }
    barred
}

/// Who a firm is: its code where the register knows the name, else the normal form of the name in Simplified print.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum FirmKey {
    Code(CreditCode),
    Name(String),
}

struct Booking<'a> {
    evidence: &'a Evidence,
    /// The firm that each text names on any day, where it was asked.
    known: Vec<Option<usize>>,
    places: HashMap<FirmKey, usize>,
    firms: Vec<BookedFirm>,
}

struct BookedFirm {
    code: Option<CreditCode>,
    /// How often each print of the name occurs, by its place among the texts.
    printed: Vec<(u32, usize)>,
    samplings: Vec<SamplingRecord>,
}

impl<'a> Booking<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        let known = vec![None; evidence.texts().len()];
        Self { evidence, known, places: HashMap::new(), firms: Vec::new() }
    }

    /// Books a row to each firm that it names, once, in the first of its roles.
    fn book(&mut self, found: InForce, bulletin: usize, row: &DigestedRow) {
        let Some(facts) = row.facts(Role::Producer) else { return };
        let (day, day_from) = found.day(row.day, facts.day_from);
        let mut roles: Vec<(usize, Role)> = Vec::new();
        for (name, role) in self.evidence.parties(row) {
            let firm = self.firm(*name, day);
            self.firms[firm].count(*name);
            match roles.iter_mut().find(|(known, _)| *known == firm) {
                Some((_, first)) => *first = (*first).min(*role),
                None => roles.push((firm, *role)),
            }
        }
        let text = |place: u32| Arc::clone(&self.evidence.texts()[index(place)]);
        for (firm, role) in roles {
            self.firms[firm].samplings.push(SamplingRecord {
                day,
                facts: Facts { day_from, role, ..facts },
                bulletin,
                row: row.row,
                product_class: text(row.product_class),
                failed_items: text(row.failed_items),
            });
        }
    }

    /// The place of the firm that a text names on `day`.
    fn firm(&mut self, name: u32, day: Day) -> usize {
        if let Some(known) = self.known[index(name)] {
            return known;
        }
        let (register, name_printed) = (&self.evidence.register, &self.evidence.texts()[index(name)]);
        let folded = simplified(name_printed);
        let entry = register.by_name(name_printed, day).or_else(|| register.by_name(&folded, day));
        let key = match entry {
            Some(entry) => FirmKey::Code(entry.code),
            None => FirmKey::Name(normal_form(&folded)),
        };
        let firms = &mut self.firms;
        let firm = *self.places.entry(key).or_insert_with(|| {
            firms.push(BookedFirm::of(entry));
            firms.len() - 1
        });
        if !register.is_shared(name_printed) && !register.is_shared(&folded) {
            self.known[index(name)] = Some(firm);
        }
        firm
    }
}

impl BookedFirm {
    fn of(entry: Option<&RegisterEntry>) -> Self {
        Self { code: entry.map(|entry| entry.code), printed: Vec::new(), samplings: Vec::new() }
    }

    fn count(&mut self, name: u32) {
        match self.printed.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => self.printed.push((name, 1)),
        }
    }

    /// The register's current name, else the form that was printed most often, of equals the first by bytes.
    fn record(self, evidence: &Evidence) -> FirmRecord {
        let entry = self.code.and_then(|code| evidence.register.by_code(&code));
        let name = entry.map_or_else(|| self.most_printed(evidence), |entry| entry.name.clone());
        let known =
            |values: fn(&RegisterEntry) -> &Vec<String>| entry.map(values).cloned().unwrap_or_default();
        FirmRecord {
            code: self.code,
            name,
            former_names: entry.map(|entry| entry.former_names.clone()).unwrap_or_default(),
            division: entry.and_then(|entry| entry.division),
            trade_marks: known(|entry| &entry.trade_marks),
            gs1_prefixes: known(|entry| &entry.gs1_prefixes),
            labels: known(|entry| &entry.labels),
            samplings: self.samplings,
        }
    }

    fn most_printed(&self, evidence: &Evidence) -> String {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (name, count) in &self.printed {
            *counts.entry(for_display(&evidence.texts()[index(*name)])).or_default() += count;
        }
        let most = counts.values().max().copied().unwrap_or_default();
        let printed = counts.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name);
        printed.unwrap_or_default()
    }
}

/// A printed name with full-width brackets, as firms are registered.
fn for_display(printed: &str) -> String {
    printed.replace('(', "（").replace(')', "）")
}

#[cfg(test)]
mod tests {
    use super::super::ledger::tests::{bulletin, row};
    use super::super::ledger::{Ledger, LedgerBulletin, LedgerRow, Party};
    use super::*;
    use crate::firm::{FormerName, Register};

    const AS_OF: &str = "2025-10-31";

    fn named(row_number: u32, name: &str) -> LedgerRow {
        LedgerRow { parties: vec![Party { name: name.into(), role: Role::Producer }], ..row(row_number) }
    }

    fn with_rows(id: &str, published_on: &str, rows: Vec<LedgerRow>) -> LedgerBulletin {
        let count = u32::try_from(rows.len()).unwrap();
        LedgerBulletin { rows, ..bulletin(id, published_on, count) }
    }

    fn entry(code: &str, name: &str, division: Option<&str>) -> RegisterEntry {
        RegisterEntry {
            code: code.parse().unwrap(),
            name: name.into(),
            former_names: vec![],
            division: division.map(|division| division.parse().unwrap()),
            trade_marks: vec!["云帆".into()],
            gs1_prefixes: vec!["6901234".into()],
            labels: vec![],
        }
    }

    fn built(ledger: &Ledger, policy: &Policy) -> Built {
        build(&Evidence::of(ledger), policy, AS_OF.parse().unwrap(), Scope::Inspected, 1, Reality::Demo)
    }

    fn names(edition: &Edition) -> Vec<&str> {
        edition.firms.names.iter().collect()
    }

    #[test]
    fn one_firm_in_many_prints_is_one_and_bears_the_most_frequent() {
        let rows = vec![
            named(1, "云帆灯饰(佛山)有限公司"),
            named(2, "云帆灯饰（佛山）有限公司"),
            named(3, "雲帆燈飾（佛山）有限公司"),
            named(4, "云帆灯饰（佛山）有限公司润滑油分公司"),
        ];
        let ledger = Ledger { bulletins: vec![with_rows("a", "2021-05-01", rows)], ..Ledger::default() };
        let edition = built(&ledger, &Policy::default()).edition;
        assert_eq!(names(&edition), ["云帆灯饰（佛山）有限公司", "云帆灯饰（佛山）有限公司润滑油分公司"]);
        assert_eq!(edition.firms.first_samplings, [0, 3, 4]);
    }

    #[test]
    fn the_register_joins_names_and_says_the_current_one() {
        let mut renamed = entry("914403000006038216", "云帆集团有限公司", Some("440600"));
        renamed.former_names =
            vec![FormerName { name: "云帆灯饰有限公司".into(), until: "2020-06-30".parse().ok() }];
        let rows = vec![named(1, "雲帆燈飾有限公司"), named(2, "云帆集团有限公司")];
        let ledger = Ledger {
            register: Register::new([renamed]).unwrap(),
            bulletins: vec![with_rows("a", "2021-05-01", rows)],
        };
        let edition = built(&ledger, &Policy::default()).edition;
        assert_eq!(names(&edition), ["云帆集团有限公司"]);
        assert_eq!(edition.firms.first_samplings, [0, 2]);
        assert_eq!(edition.firms.gs1_prefixes.get(0), "6901234");
    }

    #[test]
    fn a_firm_in_two_roles_has_one_sampling() {
        let mut both = named(1, "云帆灯饰有限公司");
        both.parties.push(Party { name: "云帆灯饰 有限公司".into(), role: Role::Importer });
        let ledger =
            Ledger { bulletins: vec![with_rows("a", "2021-05-01", vec![both])], ..Ledger::default() };
        let edition = built(&ledger, &Policy::default()).edition;
        assert_eq!(edition.samplings.len(), 1);
        assert_eq!(edition.samplings.get(0).facts.role, Role::Producer);
    }

    #[test]
    fn firms_kept_off_by_their_division_are_counted() {
        let rows =
            vec![named(1, "云帆灯饰有限公司"), named(2, "星海灯饰有限公司"), named(3, "北斗灯饰有限公司")];
        let ledger = Ledger {
            register: Register::new([
                entry("914403000006038216", "云帆灯饰有限公司", Some("440600")),
                entry("91440400000948256N", "星海灯饰有限公司", Some("310000")),
            ])
            .unwrap(),
            bulletins: vec![with_rows("a", "2021-05-01", rows)],
        };
        let policy = Policy { division: Some("44".into()), ..Policy::default() };
        let built = built(&ledger, &policy);
        assert_eq!(built.barred, Barred { division_unknown: 1, other_division: 1 });
        assert_eq!(built.edition.firms.stated_tiers, [Some(2), None, None]);
    }

    #[test]
    fn a_corrected_bulletin_is_not_covered_from_the_correction_on() {
        let correction = LedgerBulletin {
            corrects: Some("a".into()),
            ..with_rows("b", "2022-05-01", vec![LedgerRow { day: "2022-05-01".parse().unwrap(), ..row(1) }])
        };
        let ledger =
            Ledger { bulletins: vec![bulletin("a", "2021-05-01", 3), correction], ..Ledger::default() };
        let edition = built(&ledger, &Policy::default()).edition;
        assert_eq!(edition.bulletins.iter().map(|bulletin| &bulletin.id).collect::<Vec<_>>(), ["b"]);
        assert_eq!(edition.samplings.days, ["2021-05-01".parse::<Day>().unwrap()]);
        let before = build(
            &Evidence::of(&ledger),
            &Policy::default(),
            "2022-04-30".parse().unwrap(),
            Scope::Inspected,
            1,
            Reality::Demo,
        );
        assert_eq!(before.edition.samplings.len(), 3);
    }
}
