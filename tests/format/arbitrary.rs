//! Small editions of every shape, for property tests.

use hongbang::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::firm::FormerName;
use hongbang::publish::alphabet::with_alphabet;
use hongbang::rule::{Continuity, CorrectedFailure, Policy, Tier, Treatment, Unsettled};
use hongbang::sampling::{Bulletin, DayFrom, Facts, FollowUp, Level, Lists, Outcome, Retest, Role, Standing};
use hongbang::{CreditCode, Day, Division, Edition};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// An edition in its order, with up to a dozen of everything.
pub(crate) fn edition() -> impl Strategy<Value = Edition> {
    (head(), vec(bulletin(), 0..6), vec(firm(), 0..12)).prop_map(|(head, bulletins, firms)| {
        let bulletins = bulletins.into_iter().enumerate().map(|(at, bulletin)| {
            let id = format!("{}{at}", bulletin.id);
            Bulletin { id, ..bulletin }
        });
        let (number, as_of, scope, reality, policy) = head;
        let bulletins: Vec<Bulletin> = bulletins.collect();
        let firms = firms_of(firms, &bulletins);
        with_alphabet(EditionBuilder { number, as_of, scope, policy, reality, bulletins, firms }.build())
    })
}

/// Two editions of one ledger: some bulletins, firms and samplings are in both, some in one of them, and what is known
/// of a firm may differ.
pub(crate) fn two_editions() -> impl Strategy<Value = (Edition, Edition)> {
    let ledger = (vec(bulletin(), 0..6), vec(firm(), 0..12));
    let chances = vec(0u8..8, 80);
    (head(), head(), any::<bool>(), ledger, chances).prop_map(|(first, second, same, ledger, chances)| {
        let bulletins = ledger.0.into_iter().enumerate();
        let bulletins: Vec<Bulletin> = bulletins
            .map(|(at, bulletin)| Bulletin { id: format!("{}{at}", bulletin.id), ..bulletin })
            .collect();
        let firms = firms_of(ledger.1, &bulletins);
        let mut chances = chances.into_iter().cycle();
        let mut edition = |(number, as_of, scope, reality, policy)| {
            let mut firms = firms.clone();
            firms.retain(|_| chances.next() != Some(0));
            for firm in &mut firms {
                firm.samplings.retain(|_| chances.next() != Some(0));
                match chances.next() {
                    Some(0) => firm.name.push('新'),
                    Some(1) => firm.labels.push("新".into()),
                    Some(2) => firm.division = None,
                    Some(3) => firm.trade_marks.clear(),
                    Some(4) => {
                        for own in &mut firm.samplings {
                            own.facts.standing = Standing::Withdrawn;
                        }
                    }
                    _ => {}
                }
            }
            let mut bulletins = bulletins.clone();
            bulletins.iter_mut().filter(|_| chances.next() == Some(0)).for_each(|own| own.title.push('新'));
            let builder = EditionBuilder { number, as_of, scope, policy, reality, bulletins, firms };
            with_alphabet(builder.build())
        };
        let second = if same { first.clone() } else { second };
        (edition(first), edition(second))
    })
}

type Head = (u32, Day, Scope, Reality, Policy);

fn head() -> impl Strategy<Value = Head> {
    (1..u32::MAX, day(), select(Scope::ALL), select(Reality::ALL), policy())
}

fn policy() -> impl Strategy<Value = Policy> {
    let texts = (text(), text(), option::of(select(vec!["44", "4406", "440606"])));
    let numbers = (option::of(1u32..=1200), 1u32..=3, day());
    let roles = subsequence(vec![Role::Producer, Role::Principal, Role::Contractor, Role::Filler], 1..=4);
    let treatment = (select(Unsettled::ALL), select(Unsettled::ALL), select(CorrectedFailure::ALL));
    let tiers = btree_map(1u32..=100, "[一二三十年榜]{1,4}", 1..=15);
    (texts, select(Continuity::ALL), numbers, roles, treatment, tiers).prop_map(
        |((name, label, division), continuity, numbers, responsible_roles, treatment, tiers)| Policy {
            name,
            label,
            continuity,
            max_gap_months: numbers.0,
            min_samplings: numbers.1,
            data_from: numbers.2,
            division: division.map(str::to_owned),
            responsible_roles,
            treatment: Treatment {
                pending: treatment.0,
                disowned: treatment.1,
                corrected_failure: treatment.2,
            },
            tiers: tiers.into_iter().rev().map(|(years, name)| Tier { years, name }).collect(),
        },
    )
}

fn bulletin() -> impl Strategy<Value = Bulletin> {
    let issuer = (select(vec!["甲局", "乙局", "A"]), select(Level::ALL), division());
    let days = (day(), option::of(1i32..=9999));
    (issuer, days, "[a-z0-9._-]{0,6}", text(), text(), select(Lists::ALL), 8u32..40).prop_map(
        |((body, level, division), (published_on, inspection_year), id, title, url, lists, rows)| Bulletin {
            id,
            body: body.into(),
            level,
            division,
            published_on,
            inspection_year,
            title,
            url,
            lists,
            rows,
        },
    )
}

/// A firm before its samplings are dealt to bulletins.
#[derive(Clone, Debug)]
struct Firm {
    record: FirmRecord,
    samplings: Vec<(prop::sample::Index, SamplingRecord, DayAs)>,
}

/// How the day of a sampling relates to its bulletin.
#[derive(Clone, Copy, Debug)]
enum DayAs {
    Expected,
    Near(i32),
    Anyhow,
}

fn firm() -> impl Strategy<Value = Firm> {
    let who = (option::of(code()), name(), option::of(division()));
    let texts = (vec(name(), 0..3), vec(name(), 0..3), vec("[0-9]{7,10}", 0..2), vec(text(), 0..2));
    let day_as =
        prop_oneof![Just(DayAs::Expected), (-300i32..300).prop_map(DayAs::Near), Just(DayAs::Anyhow)];
    let samplings = vec((any::<prop::sample::Index>(), sampling(), day_as), 0..8);
    (who, texts, samplings).prop_map(|((code, name, division), texts, samplings)| {
        let former = |name| FormerName { name, until: None };
        let record = FirmRecord {
            code,
            name,
            former_names: texts.0.into_iter().map(former).collect(),
            division,
            trade_marks: texts.1,
            gs1_prefixes: texts.2,
            labels: texts.3,
            samplings: Vec::new(),
        };
        Firm { record, samplings }
    })
}

fn sampling() -> impl Strategy<Value = SamplingRecord> {
    let facts = (
        select(DayFrom::ALL),
        select(Outcome::ALL),
        select(Retest::ALL),
        select(FollowUp::ALL),
        select(Standing::ALL),
        select(Role::ALL),
    );
    let plain = prop_oneof![Just(true), Just(false)];
    let words = (select(vec!["", "灯具", "润滑油", "鞋", "car"]), vec(select(vec!["甲", "乙", "pH"]), 0..3));
    (day(), facts, plain, 1u32..8, words).prop_map(|(day, facts, plain, row, (class, items))| {
        let (day_from, first_test, retest, follow_up, standing, role) = facts;
        let mut facts = Facts { day_from, first_test, retest, follow_up, standing, role };
        if plain {
            facts = Facts {
                day_from,
                first_test: Outcome::Conforming,
                retest: Retest::NotAsked,
                follow_up: FollowUp::Unknown,
                standing: Standing::Final,
                role: Role::Producer,
            };
        }
        let failed_items = if plain { "".into() } else { items.join("\n").into() };
        SamplingRecord { day, facts, bulletin: 0, row, product_class: class.into(), failed_items }
    })
}

/// Deals the samplings to bulletins; a firm stands in a row once in a role, and codes and bare names are unique.
fn firms_of(firms: Vec<Firm>, bulletins: &[Bulletin]) -> Vec<FirmRecord> {
    let mut known = std::collections::BTreeSet::new();
    let mut records = Vec::new();
    for Firm { mut record, samplings } in firms {
        let key = record.code.map_or(record.name.clone(), |code| code.to_string());
        if bulletins.is_empty() || !known.insert(key) {
            continue;
        }
        let mut rows = std::collections::BTreeSet::new();
        for (bulletin, mut sampling, day_as) in samplings {
            sampling.bulletin = bulletin.index(bulletins.len());
            let bulletin = &bulletins[sampling.bulletin];
            let year_end = bulletin.inspection_year.and_then(Day::year_end);
            sampling.day = match day_as {
                DayAs::Expected if sampling.facts.day_from == DayFrom::YearEnd => {
                    year_end.unwrap_or(bulletin.published_on)
                }
                DayAs::Expected => bulletin.published_on,
                DayAs::Near(days) => bulletin.published_on.add_days(-days).unwrap_or(sampling.day),
                DayAs::Anyhow => sampling.day,
            };
            if rows.insert((sampling.bulletin, sampling.row, sampling.facts.role)) {
                record.samplings.push(sampling);
            }
        }
        records.push(record);
    }
    records
}

fn day() -> impl Strategy<Value = Day> {
    let recent = (14_975i32..20_400).prop_map(|days| Day::from_epoch_days(days).unwrap());
    let any =
        (Day::MIN.epoch_days()..=Day::MAX.epoch_days()).prop_map(|days| Day::from_epoch_days(days).unwrap());
    prop_oneof![6 => recent, 1 => any]
}

fn division() -> impl Strategy<Value = Division> {
    let known = select(vec![0, 440_000, 440_600, 440_606, 440_300, 110_000]);
    prop_oneof![4 => known, 1 => 0u32..1_000_000].prop_map(|number| Division::from_number(number).unwrap())
}

fn code() -> impl Strategy<Value = CreditCode> {
    let common = "91440(600|606|300)MA[0-9A-HJ-NPQRTUWXY]{6}";
    let any = "[0-9A-HJ-NPQRTUWXY]{16}";
    prop_oneof![3 => common, 1 => any].prop_map(|stem| {
        let stem: [u8; 16] =
            stem.bytes().filter(|byte| *byte != b'(').collect::<Vec<_>>().try_into().unwrap();
        CreditCode::from_stem(&stem).unwrap()
    })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "(佛山|深圳)市?[红帆云星海霁榫]{1,3}(照明|润滑油)(有限公司|厂)",
        1 => "[a-zA-Z０-９·（）]{1,6}",
        1 => "\\PC{1,5}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,3}", "[红榜示例]{0,6}", "\\PC{0,4}"]
}
