//! The demo from outside: what its editions list, and that nobody in it is real.

mod adapter {
    //! Books a ledger in the plainest way: by name, each sampling once. The publisher's own way is tested elsewhere.

    use std::collections::{BTreeMap, HashSet};

    use hongbang::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
    use hongbang::firm::normal_form;
    use hongbang::publish::ledger::{Ledger, LedgerRow};
    use hongbang::sampling::Facts;
    use hongbang::{CreditCode, Day, Edition, Policy};

    #[derive(Eq, Ord, PartialEq, PartialOrd)]
    enum Key {
        Code(CreditCode),
        Name(String),
    }

    pub(crate) fn edition(ledger: &Ledger, as_of: &str, scope: Scope, policy: Policy) -> Edition {
        let as_of: Day = as_of.parse().expect("a day");
        let mut firms: BTreeMap<Key, FirmRecord> = BTreeMap::new();
        let mut seen = HashSet::new();
        for (place, bulletin) in ledger.bulletins.iter().enumerate() {
            for row in &bulletin.rows {
                if !seen.insert(sampling_key(&bulletin.bulletin.body, row)) {
                    continue;
                }
                for party in &row.parties {
                    let facts = Facts {
                        day_from: row.day_from,
                        first_test: row.first_test,
                        retest: row.retest,
                        follow_up: row.follow_up,
                        standing: row.standing,
                        role: party.role,
                    };
                    book(ledger, &mut firms, &party.name, row.day).samplings.push(SamplingRecord {
                        day: row.day,
                        facts,
                        bulletin: place,
                        row: row.row,
                        product_class: row.product_class.clone(),
                        failed_items: row.failed_items.clone(),
                    });
                }
            }
        }
        let bulletins = ledger.bulletins.iter().map(|bulletin| bulletin.bulletin.clone()).collect();
        let firms = firms.into_values().collect();
        EditionBuilder { number: 1, as_of, scope, policy, reality: Reality::Demo, bulletins, firms }.build()
    }

    fn sampling_key(body: &str, row: &LedgerRow) -> String {
        if row.sample_number.is_empty() {
            [body, &row.product, &row.batch, &row.model, &normal_form(&row.producer_printed)].join("\n")
        } else {
            row.sample_number.clone()
        }
    }

    fn book<'a>(
        ledger: &Ledger,
        firms: &'a mut BTreeMap<Key, FirmRecord>,
        name: &str,
        day: Day,
    ) -> &'a mut FirmRecord {
        let entry = ledger.register.by_name(name, day);
        let key = entry.map_or_else(|| Key::Name(normal_form(name)), |entry| Key::Code(entry.code));
        firms.entry(key).or_insert_with(|| FirmRecord {
            code: entry.map(|entry| entry.code),
            name: entry.map_or(name, |entry| &entry.name).into(),
            former_names: entry.map(|entry| entry.former_names.clone()).unwrap_or_default(),
            division: entry.and_then(|entry| entry.division),
            trade_marks: entry.map(|entry| entry.trade_marks.clone()).unwrap_or_default(),
            gs1_prefixes: entry.map(|entry| entry.gs1_prefixes.clone()).unwrap_or_default(),
            labels: vec![],
            samplings: vec![],
        })
    }
}

use hongbang::edition::Scope;
use hongbang::publish::demo::{self, Size};
use hongbang::publish::ledger::Ledger;
use hongbang::{Edition, Policy};

fn guangdong() -> Policy {
    Policy { division: Some("44".into()), ..Policy::default() }
}

fn listed(ledger: &Ledger, as_of: &str) -> Edition {
    adapter::edition(ledger, as_of, Scope::Listed, guangdong())
}

/// Firms of ten, five and three years.
fn tiers(edition: &Edition) -> [usize; 3] {
    let count = |tier| edition.firms.stated_tiers.iter().filter(|stated| **stated == Some(tier)).count();
    [count(0), count(1), count(2)]
}

#[test]
fn both_editions_list_exactly_what_was_published_whatever_the_seed() {
    for seed in [0, 1, 2_025, u64::MAX] {
        let ledger = demo::ledger(Size::default(), seed);
        let march = listed(&ledger, "2025-03-14");
        assert_eq!(tiers(&march), [916, 1_617, 2_362], "seed {seed}");
        let foshan =
            march.firms.divisions.iter().flatten().filter(|division| division.lies_in("4406")).count();
        assert_eq!((march.firms.len(), foshan), (4_895, 823));
        let october = listed(&ledger, "2025-10-31");
        assert_eq!(tiers(&october), [936, 1_534, 2_946], "seed {seed}");
        assert!((60_000..=70_000).contains(&october.samplings.len()), "{}", october.samplings.len());
        let rows: usize = ledger.bulletins.iter().map(|bulletin| bulletin.rows.len()).sum();
        assert!((75_000..=95_000).contains(&rows), "{rows}");
        let bulletins = ledger.bulletins.len();
        println!(
            "seed {seed}: {} samplings listed, {rows} rows, {bulletins} bulletins",
            october.samplings.len()
        );
    }
}
