//! From a ledger and a policy to an edition: rows booked to firms, firms named, the list judged.
//!
//! A name is joined to the register by its normal form and the day of the sampling: former names count, a branch is a
//! firm of its own. A name that the register does not know is a firm known by that name alone, whatever its brackets,
//! spaces or Traditional characters. Nothing here depends on the order of bulletins or rows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::thread;

use super::alphabet::with_alphabet;
use super::ledger::{DigestedRow, Evidence, Fate, InForce, fates, in_force, simplified};
use crate::edition::{Gathered, GatheredFirm, GatheredSampling, Reality, Scope};
use crate::firm::{Bearers, RegisterEntry, normal_form};
use crate::number::{index, place};
use crate::sampling::{Facts, Role, Sampling};
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
    let gathered = edition_builder(evidence, policy, as_of, scope, number, reality);
    let (edition, barred) = gathered.build_and(barred);
    Built { edition: with_alphabet(edition), barred }
}

/// Everything that the edition is made from, before it is judged.
pub fn edition_builder<'a>(
    evidence: &'a Evidence,
    policy: &Policy,
    as_of: Day,
    scope: Scope,
    number: u32,
    reality: Reality,
) -> Gathered<'a> {
    let covered = in_force(evidence, as_of);
    let (mut booking, fates) = thread::scope(|scope| {
        let fates = scope.spawn(|| fates(evidence, as_of));
        (Booking::of(evidence), fates.join().expect("finding duplicates does not panic"))
    });
    for (bulletin, found) in covered.iter().enumerate() {
        let fates = fates[found.place].iter().flatten();
        for (row, fate) in evidence.bulletins[found.place].rows.iter().zip(fates) {
            if *fate == Fate::Booked {
                booking.book(*found, place(bulletin), row);
            }
        }
    }
    Gathered {
        number,
        as_of,
        scope,
        policy: policy.clone(),
        reality,
        bulletins: covered.iter().map(|found| evidence.bulletins[found.place].bulletin.clone()).collect(),
        firms: booking.named_firms(),
        texts: Cow::Borrowed(evidence.texts()),
        samplings: booking.samplings,
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
    /// What is known of each text as a name.
    names: Vec<Name>,
    places: HashMap<FirmKey, u32>,
    /// The code of each firm, where the register knows it.
    firms: Vec<Option<CreditCode>>,
    samplings: Vec<GatheredSampling>,
}

/// What is known of a text as a name.
#[derive(Clone, Copy, Default)]
struct Name {
    /// The firm that it names on any day.
    always: Option<u32>,
    /// The firm that is known by it alone.
    bare: Option<u32>,
    /// How often it named that.
    times: u32,
}

impl<'a> Booking<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        let names = vec![Name::default(); evidence.texts().len()];
        let samplings = Vec::with_capacity(evidence.rows());
        let mut booking = Self { evidence, names, places: HashMap::new(), firms: Vec::new(), samplings };
        for (name, _) in evidence.all_parties() {
            // Where the day decides, it is asked again for each row.
            booking.firm(*name, Day::MAX);
        }
        booking
    }

    /// Books a row to each firm that it names, once, in the first of its roles.
    fn book(&mut self, found: InForce, bulletin: u32, row: &DigestedRow) {
        let Some(facts) = row.facts(Role::Producer) else { return };
        let (day, day_from) = found.day(row.day, facts.day_from);
        let first = self.samplings.len();
        for (name, role) in self.evidence.parties(row) {
            let firm = self.firm(*name, day);
            self.names[index(*name)].count(firm);
            let facts = Facts { day_from, role: *role, ..facts };
            let DigestedRow { row, product_class, failed_items, .. } = *row;
            let sampling = Sampling { day, facts, bulletin, row, product_class, failed_items };
            match self.samplings[first..].iter_mut().find(|known| known.firm == firm) {
                Some(known) => known.sampling.facts.role = known.sampling.facts.role.min(*role),
                None => self.samplings.push(GatheredSampling { firm, sampling }),
            }
        }
    }

    /// The place of the firm that a text names on `day`.
    fn firm(&mut self, name: u32, day: Day) -> u32 {
        if let Some(known) = self.names[index(name)].always {
            return known;
        }
        let (register, name_printed) = (&self.evidence.register, self.evidence.texts().get(index(name)));
        let (mut entry, mut bearers) = register.bearer(name_printed, day);
        let folded = simplified(name_printed);
        if let Cow::Owned(folded) = &folded {
            let (of_folded, bearers_of_folded) = register.bearer(folded, day);
            entry = entry.or(of_folded);
            bearers = bearers.max(bearers_of_folded);
        }
        let key = match entry {
            Some(entry) => FirmKey::Code(entry.code),
            None => FirmKey::Name(normal_form(&folded)),
        };
        let firms = &mut self.firms;
        let firm = *self.places.entry(key).or_insert_with(|| {
            firms.push(entry.map(|entry| entry.code));
            place(firms.len() - 1)
        });
        let known = &mut self.names[index(name)];
        if entry.is_none() {
            known.bare = Some(firm);
        }
        if bearers == Bearers::NotSeveral {
            known.always = Some(firm);
        }
        firm
    }

    /// The firms that rows were booked to, in order, with all that the register knows of them.
    fn named_firms(&self) -> Vec<GatheredFirm<'a>> {
        let mut bare = self.most_printed().into_iter();
        let register = &self.evidence.register;
        let named = self.firms.iter().map(|code| match code.and_then(|code| register.by_code(&code)) {
            Some(entry) => registered(entry),
            None => known_by_name(bare.next().unwrap_or_default()),
        });
        named.collect()
    }

    /// For each firm without a code, in order, the form of its name that was printed most often, of equals the first by
    /// bytes.
    fn most_printed(&self) -> Vec<Cow<'a, str>> {
        let named = self.names.iter().zip(self.evidence.texts().iter());
        let printed = named.filter_map(|(name, text)| Some((name.bare?, for_display(text), name.times)));
        let mut printed: Vec<(u32, Cow<'a, str>, u32)> = printed.collect();
        printed.sort_unstable();
        let of_one_firm = printed.chunk_by(|a, b| a.0 == b.0);
        of_one_firm.map(most_frequent).collect()
    }
}

impl Name {
    fn count(&mut self, firm: u32) {
        if self.bare == Some(firm) {
            self.times += 1;
        }
    }
}

/// The name that occurs most often, of equals the first; they lie sorted.
fn most_frequent<'a>(printed: &[(u32, Cow<'a, str>, u32)]) -> Cow<'a, str> {
    let mut most = (Cow::Borrowed(""), 0);
    for same in printed.chunk_by(|a, b| a.1 == b.1) {
        let times = same.iter().map(|(_, _, times)| times).sum();
        if times > most.1 {
            most = (same[0].1.clone(), times);
        }
    }
    most.0
}

fn registered(entry: &RegisterEntry) -> GatheredFirm<'_> {
    GatheredFirm {
        code: Some(entry.code),
        name: entry.name.as_str().into(),
        former_names: &entry.former_names,
        division: entry.division,
        trade_marks: &entry.trade_marks,
        gs1_prefixes: &entry.gs1_prefixes,
        labels: &entry.labels,
    }
}

fn known_by_name(name: Cow<'_, str>) -> GatheredFirm<'_> {
    GatheredFirm {
        code: None,
        name,
        former_names: &[],
        division: None,
        trade_marks: &[],
        gs1_prefixes: &[],
        labels: &[],
    }
}

/// A printed name with full-width brackets, as firms are registered.
fn for_display(printed: &str) -> Cow<'_, str> {
    if printed.contains(['(', ')']) {
        printed.replace('(', "（").replace(')', "）").into()
    } else {
        printed.into()
    }
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
