//! What must hold for any ledger: nothing depends on the order in which bulletins or rows come, or on the steps in which
//! they are gathered. All firms are made up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use hongbang::edition::{Edition, Reality, Scope};
use hongbang::publish::build::build;
use hongbang::publish::ledger::{
    Account, Evidence, Ledger, LedgerBulletin, LedgerRow, Party, Reason, append, read,
};
use hongbang::sampling::{Bulletin, DayFrom, FollowUp, Level, Lists, Outcome, Retest, Role, Standing};
use hongbang::{Day, Policy};
use proptest::prelude::*;
use proptest::sample::select;

fn row() -> impl Strategy<Value = LedgerRow> {
    let names =
        ["云帆灯饰有限公司", "雲帆燈飾有限公司", "星海灯饰(佛山)有限公司", "星海灯饰（佛山）有限公司"];
    let texts = (
        select(names.to_vec()),
        select(vec!["台灯", "吊灯"]),
        select(vec!["B1", "B2", "/"]),
        select(vec!["", "S1", "S2"]),
    );
    let facts =
        (select(Outcome::ALL), select(Retest::ALL), select(Standing::ALL), select(Role::ALL), any::<bool>());
    (texts, facts).prop_map(
        |((name, product, batch, sample), (first_test, retest, standing, role, is_clear))| LedgerRow {
            row: 0,
            parties: if is_clear { vec![Party { name: name.into(), role }] } else { vec![] },
            set_aside: (!is_clear).then_some(Reason::NotAFirm),
            producer_printed: name.into(),
            product: product.into(),
            product_class: "灯具".into(),
            brand: String::new(),
            model: String::new(),
            batch: batch.into(),
            sample_number: sample.into(),
            day: "2019-05-01".parse().unwrap(),
            day_from: DayFrom::Published,
            first_test: Some(first_test),
            retest,
            follow_up: FollowUp::Unknown,
            standing,
            failed_items: vec![],
            remark: String::new(),
        },
    )
}

/// Up to six bulletins; one that bears an odd number may correct the one before it.
fn bulletins() -> impl Strategy<Value = Vec<LedgerBulletin>> {
    let one = (proptest::collection::vec(row(), 0..5), 0..4i32, any::<bool>());
    proptest::collection::vec(one, 1..6).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(number, (rows, year, corrects))| bulletin(number, rows, 2019 + year, corrects))
            .collect()
    })
}

fn bulletin(number: usize, rows: Vec<LedgerRow>, year: i32, corrects: bool) -> LedgerBulletin {
    let published_on = Day::new(year, 5, 1).unwrap();
    let rows: Vec<LedgerRow> =
        (1..).zip(rows).map(|(number, row)| LedgerRow { row: number, day: published_on, ..row }).collect();
    LedgerBulletin {
        bulletin: Bulletin {
            id: format!("b{number}"),
            body: "云州市市场监督管理局".into(),
            level: Level::Municipal,
            division: "449900".parse().unwrap(),
            published_on,
            inspection_year: None,
            title: String::new(),
            url: String::new(),
            lists: Lists::All,
            rows: u32::try_from(rows.len()).unwrap(),
        },
        file: format!("b{number}.csv"),
        corrects: (corrects && number % 2 == 1).then(|| format!("b{}", number - 1)),
        rows,
    }
}

fn edition(ledger: &Ledger) -> Edition {
    build(
        &Evidence::of(ledger),
        &Policy::default(),
        "2025-10-31".parse().unwrap(),
        Scope::Inspected,
        1,
        Reality::Demo,
    )
    .edition
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_edition_depends_on_the_ledger_alone(bulletins in bulletins(), turn in 0usize..6) {
        let folder = tempfile::tempdir().unwrap();
        let whole = append(folder.path(), &bulletins, None).unwrap();
        let expected = edition(&whole.ledger);

        let mut turned = bulletins.clone();
        turned.reverse();
        turned.rotate_left(turn % bulletins.len());
        let ledger = Ledger { bulletins: turned.clone(), ..Ledger::default() };
        prop_assert_eq!(&edition(&ledger), &expected, "in memory, unsorted");

        let steps = tempfile::tempdir().unwrap();
        for bulletin in &bulletins {
            append(steps.path(), std::slice::from_ref(bulletin), None).unwrap();
        }
        let joined = append(steps.path(), &turned, None).unwrap();
        prop_assert!(joined.added.is_empty());
        prop_assert_eq!(&joined.account, &whole.account);
        prop_assert_eq!(&edition(&read(steps.path()).unwrap()), &expected);
    }

    #[test]
    fn every_row_is_booked_or_a_duplicate_or_set_aside(bulletins in bulletins()) {
        let rows: usize = bulletins.iter().map(|bulletin| bulletin.rows.len()).sum();
        let account = Account::of(&Ledger { bulletins, ..Ledger::default() });
        prop_assert_eq!(account.rows, u64::try_from(rows).unwrap());
        prop_assert_eq!(account.booked + account.duplicates + account.set_aside, account.rows);
        prop_assert_eq!(account.reasons.values().sum::<u64>(), account.set_aside);
    }
}
