//! The demo from outside: what its editions list, and that nobody in it is real.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hongbang::edition::{Reality, Scope};
use hongbang::firm::normal_form;
use hongbang::publish::build::edition_builder;
use hongbang::publish::demo::{self, Case, Demo, Size, examples};
use hongbang::publish::ingest::ingest;
use hongbang::publish::ledger::{Evidence, Ledger, LedgerRow, Reason};
use hongbang::rule::{Counting, Why};
use hongbang::sampling::{DayFrom, Level, Lists, Outcome, Role, Standing};
use hongbang::{Edition, Policy};
use sha2::{Digest, Sha256};

/// The seed that the tests share one ledger of.
static LEDGER: LazyLock<Ledger> = LazyLock::new(|| demo::ledger(Size::default(), 2_025));

/// Every firm of it, as of October.
static INSPECTED: LazyLock<Edition> = LazyLock::new(|| edition(&LEDGER, "2025-10-31", Scope::Inspected));

fn guangdong() -> Policy {
    Policy { division: Some("44".into()), ..Policy::default() }
}

fn listed(ledger: &Ledger, as_of: &str) -> Edition {
    edition(ledger, as_of, Scope::Listed)
}

fn edition(ledger: &Ledger, as_of: &str, scope: Scope) -> Edition {
    let as_of = as_of.parse().expect("a day");
    edition_builder(&Evidence::of(ledger), &guangdong(), as_of, scope, 1, Reality::Demo).build()
}

/// Firms of ten, five and three years.
fn tiers(edition: &Edition) -> [usize; 3] {
    let count = |tier| edition.firms.stated_tiers.iter().filter(|stated| **stated == Some(tier)).count();
    [count(0), count(1), count(2)]
}

fn rows(ledger: &Ledger) -> impl Iterator<Item = &LedgerRow> {
    ledger.bulletins.iter().flat_map(|bulletin| &bulletin.rows)
}

#[test]
fn the_edition_of_march_lists_exactly_what_was_published() {
    let march = listed(&LEDGER, "2025-03-14");
    assert_eq!(tiers(&march), [916, 1_617, 2_362]);
    let foshan = march.firms.divisions.iter().flatten().filter(|division| division.lies_in("4406")).count();
    assert_eq!((march.firms.len(), foshan), (4_895, 823));
}

#[test]
fn the_edition_of_october_lists_exactly_what_was_published() {
    assert_eq!(tiers(&INSPECTED), [936, 1_534, 2_946]);
    let mut cities = std::collections::BTreeMap::<_, u32>::new();
    let october = INSPECTED.firms.divisions.iter().zip(&INSPECTED.firms.stated_tiers);
    for (division, _) in october.filter(|(_, tier)| tier.is_some()) {
        *cities.entry(division.unwrap().city()).or_default() += 1;
    }
    let most = cities.iter().max_by_key(|(_, firms)| **firms).unwrap();
    assert_eq!((cities.len(), most.0.to_string().as_str()), (21, "440600"), "Foshan first");
    let rows = rows(&LEDGER).count();
    assert!((75_000..=95_000).contains(&rows), "{rows}");
    assert!((600..=1_000).contains(&LEDGER.bulletins.len()), "{}", LEDGER.bulletins.len());
}

#[test]
fn another_seed_lists_as_many() {
    let ledger = demo::ledger(Size::default(), u64::MAX);
    assert_eq!(tiers(&listed(&ledger, "2025-03-14")), [916, 1_617, 2_362]);
    let october = listed(&ledger, "2025-10-31");
    assert_eq!(tiers(&october), [936, 1_534, 2_946]);
    assert!((60_000..=70_000).contains(&october.samplings.len()), "{}", october.samplings.len());
}

#[test]
fn a_demo_of_any_size_lists_as_many_firms_as_it_is_asked_for() {
    for firms in [1, 12, 300] {
        let ledger = demo::ledger(Size::of(firms), 5);
        let october = listed(&ledger, "2025-10-31");
        assert_eq!(u32::try_from(october.firms.len()), Ok(firms));
        assert!(october.firms.stated_tiers.iter().all(Option::is_some));
    }
}

#[test]
fn the_same_seed_makes_the_same_ledger_for_ever() {
    let digest = |ledger: &Ledger| {
        let digest: [u8; 32] = Sha256::digest(text(ledger)).into();
        digest.iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    };
    let (size, seed) = (Size::of(300), 44);
    let first = demo::ledger(size, seed);
    assert_eq!(digest(&first), "b2c953840c1b8ff2");
    assert_eq!(text(&first), text(&demo::ledger(size, seed)));
    assert_ne!(text(&first), text(&demo::ledger(size, seed + 1)));
    let one_by_one = Demo::new(size, seed);
    assert!(one_by_one.bulletins().eq(first.bulletins));
}

/// Everything that a ledger says, in lines.
fn text(ledger: &Ledger) -> String {
    let mut lines = Vec::new();
    for entry in ledger.register.iter() {
        lines.push(format!(
            "{} {} {:?} {:?} {:?} {:?}",
            entry.code,
            entry.name,
            entry
                .former_names
                .iter()
                .map(|former| (&former.name, former.until.map(|day| day.to_string())))
                .collect::<Vec<_>>(),
            entry.division.map(hongbang::Division::number),
            entry.trade_marks,
            entry.gs1_prefixes,
        ));
    }
    for bulletin in &ledger.bulletins {
        lines.push(serde_json::to_string(&bulletin.bulletin).expect("a bulletin is plain data"));
        for row in &bulletin.rows {
            let parties: Vec<(&str, &str)> =
                row.parties.iter().map(|party| (party.name.as_str(), party.role.word())).collect();
            let words = [
                row.day_from.word(),
                row.first_test.map_or("unclear", Outcome::word),
                row.retest.word(),
                row.follow_up.word(),
            ];
            let texts = [&row.producer_printed, &row.product, &row.product_class, &row.brand, &row.model];
            let more = [&row.batch, &row.sample_number, &row.remark];
            let (standing, reason) = (row.standing.word(), row.set_aside.map(Reason::word));
            let items = &row.failed_items;
            lines.push(format!("{} {} {parties:?} {words:?} {texts:?} {more:?}", row.row, row.day));
            lines.push(format!("{standing} {reason:?} {items:?}"));
        }
    }
    lines.join("\n")
}

#[test]
fn a_ledger_is_in_order_and_every_row_accounts_for_itself() {
    let key = |place: usize| {
        let bulletin = &LEDGER.bulletins[place].bulletin;
        (bulletin.published_on, &bulletin.id)
    };
    assert!((1..LEDGER.bulletins.len()).all(|place| key(place - 1) < key(place)));
    for bulletin in &LEDGER.bulletins {
        let facts = &bulletin.bulletin;
        assert_eq!(facts.rows, u32::try_from(bulletin.rows.len()).expect("few rows"));
        assert!((1..=300).contains(&bulletin.rows.len()));
        assert!(facts.id.chars().all(|character| character.is_ascii_alphanumeric() || character == '-'));
        for (number, row) in (1..).zip(&bulletin.rows) {
            assert_eq!((row.row, row.parties.is_empty()), (number, row.set_aside.is_some()));
            assert!(row.parties.iter().all(|party| !normal_form(&party.name).is_empty()));
            assert_eq!(row.failed_items.is_empty(), row.first_test != Some(Outcome::Nonconforming));
            assert!(facts.lists == Lists::All || !row.failed_items.is_empty(), "{} {number}", facts.id);
            let fits = match row.day_from {
                DayFrom::Sampled => row.day < facts.published_on,
                DayFrom::Published => row.day == facts.published_on,
                DayFrom::YearEnd => {
                    facts.inspection_year == Some(row.day.year()) && row.day < facts.published_on
                }
            };
            assert!(fits, "{} {number}", facts.id);
        }
    }
}

#[test]
fn everything_is_marked_as_made_up() {
    for bulletin in &LEDGER.bulletins {
        let facts = &bulletin.bulletin;
        assert!(facts.title.starts_with("【示例】") && facts.body.ends_with("（示例）"));
        assert!(facts.url.starts_with("https://example.invalid/"));
    }
}

#[test]
fn no_name_or_code_is_a_real_firm_where_real_ones_are_at_hand() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/firms/");
    let read = |file: &str| std::fs::read_to_string(format!("{folder}{file}")).unwrap_or_default();
    let (firms, marked) = (read("firms-10k.csv"), read("name-cores-500.txt"));
    let codes = read("credit-codes-valid-200.txt");
    let fields = || firms.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let real_codes: BTreeSet<&str> =
        fields().map(|fields| fields[0]).chain(codes.split_whitespace()).collect();
    let real_names: Vec<String> = fields()
        .map(|fields| fields[1])
        .chain(marked.lines().filter_map(|line| line.split(' ').next()))
        .map(normal_form)
        .collect();
    let invented = LEDGER.register.iter().flat_map(|entry| {
        std::iter::once(&entry.name).chain(entry.former_names.iter().map(|former| &former.name))
    });
    let invented: BTreeSet<String> = invented
        .map(|name| normal_form(name))
        .chain(rows(&LEDGER).flat_map(|row| row.parties.iter().map(|party| normal_form(&party.name))))
        .collect();
    let parts: BTreeSet<&String> = LEDGER.register.iter().flat_map(|entry| &entry.trade_marks).collect();
    let real_text = real_names.join("\n");
    assert!(real_names.iter().all(|name| !invented.contains(name)));
    assert!(parts.len() > 1_000 && parts.iter().all(|part| !real_text.contains(part.as_str())));
    for entry in LEDGER.register.iter() {
        assert!(!real_codes.contains(entry.code.as_str()));
        assert_eq!(&entry.code.as_str()[6..7], "6", "no county of any city is numbered 60 to 69");
    }
    assert!(real_codes.iter().all(|code| !code[6..8].starts_with('6')), "nor does a real code say so");
}

#[test]
fn every_odd_case_can_be_found() {
    let ledger = demo::ledger(Size::of(1_000), 2_025);
    let found = examples(&ledger, 2);
    for case in Case::ALL {
        assert_eq!(found.iter().filter(|example| example.case == *case).count(), 2, "{case:?}");
    }
    let reasons: BTreeSet<Reason> = rows(&ledger).filter_map(|row| row.set_aside).collect();
    assert_eq!(reasons.len(), Reason::ALL.len() - 1, "all but those that only a correction gives");
}

#[test]
fn an_inspected_edition_shows_every_state() {
    let edition = &*INSPECTED;
    let verdicts = edition.recompute();
    let ten_years_elsewhere = (0..edition.firms.len()).filter(|firm| {
        !edition.is_admitted(*firm, &edition.policy)
            && verdicts[*firm].streak.is_some_and(|streak| streak.years >= 10)
    });
    assert!(ten_years_elsewhere.count() > 100);
    let too_short = verdicts.iter().filter(|verdict| verdict.streak.is_some_and(|streak| streak.years < 3));
    assert!(too_short.count() > 1_000);
    assert!(verdicts.iter().filter(|verdict| verdict.streak.is_none()).count() > 300);
    assert!(edition.firms.codes.iter().filter(|code| code.is_none()).count() > 300);
    let whys: BTreeSet<Why> = edition
        .samplings
        .facts
        .iter()
        .zip(&edition.samplings.days)
        .filter_map(|(facts, day)| Counting::of(facts, *day, &edition.policy, edition.as_of).why())
        .collect();
    assert_eq!(whys, [Why::Pending, Why::Disowned, Why::Withdrawn, Why::NotResponsible].into());
}

#[test]
fn disowned_pending_and_withdrawn_results_leave_ten_year_firms_listed() {
    let edition = &*INSPECTED;
    let ten = |firm: &usize| edition.firms.stated_tiers[*firm] == Some(0);
    for standing in [Standing::Disowned, Standing::Pending, Standing::Withdrawn] {
        let has = |firm: &usize| {
            edition.samplings.facts[edition.firms.sampling_range(*firm)]
                .iter()
                .any(|facts| facts.standing == standing)
        };
        assert!((0..edition.firms.len()).filter(ten).any(|firm| has(&firm)), "{standing:?}");
    }
}

#[test]
fn the_shape_is_that_of_the_real_list() {
    let edition = &*INSPECTED;
    let listed: Vec<usize> =
        (0..edition.firms.len()).filter(|firm| edition.firms.stated_tiers[*firm].is_some()).collect();
    let mut counts: Vec<usize> =
        listed.iter().map(|firm| edition.firms.sampling_range(*firm).len()).collect();
    counts.sort_unstable();
    let samplings: usize = counts.iter().sum();
    assert!((60_000..=70_000).contains(&samplings), "{samplings}");
    assert!((5..=9).contains(&counts[counts.len() / 2]), "{}", counts[counts.len() / 2]);
    assert!(counts.iter().filter(|count| **count >= 100).count() >= 10);
    let city = |firm: &usize| edition.firms.divisions[*firm].map(|division| division.city().number());
    assert_eq!(listed.iter().filter_map(city).collect::<BTreeSet<u32>>().len(), 21);
    assert!((180..=200).contains(&edition.product_classes.len()), "{}", edition.product_classes.len());
    let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
    for bulletin in &edition.bulletins {
        *levels.entry(bulletin.level).or_default() += 1;
    }
    assert!(levels.values().all(|count| *count >= 10) && levels.len() == Level::ALL.len(), "{levels:?}");
    let from: BTreeSet<DayFrom> = edition.samplings.facts.iter().map(|facts| facts.day_from).collect();
    let roles: BTreeSet<Role> = edition.samplings.facts.iter().map(|facts| facts.role).collect();
    assert_eq!((from.len(), roles.len()), (DayFrom::ALL.len(), Role::ALL.len()));
}

#[test]
fn the_reader_of_bulletins_reads_what_the_demo_prints() {
    let is_odd = |row: &LedgerRow| {
        !row.remark.is_empty() || row.producer_printed.contains('：') || row.parties.len() > 1
    };
    let printed: Vec<&LedgerRow> = rows(&LEDGER)
        .filter(|row| row.set_aside.is_none() && (is_odd(row) || row.row == 7))
        // A space after 集团 reads as one between two firms; the register resolves it when the row is booked.
        .filter(|row| !row.producer_printed.contains("集团 "))
        .collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = "file,authority,level,division,published_on,lists\n\
                 table.csv,示例市,municipal,440600,2025-10-31,all\n";
    std::fs::write(folder.path().join("table.csv"), table(&printed)).expect("the folder is ours");
    std::fs::write(folder.path().join("index.csv"), index).expect("the folder is ours");
    let read = ingest(&[folder.path().into()], &mut |_| {}).expect("the table is plain");
    assert!(printed.len() > 1_000);
    assert_eq!(read.bulletins[0].rows.len(), printed.len());
    for (row, read) in printed.iter().zip(&read.bulletins[0].rows) {
        let names = |row: &LedgerRow| -> Vec<(String, Role)> {
            row.parties.iter().map(|party| (normal_form(&party.name), party.role)).collect()
        };
        let said = |row: &LedgerRow| (row.outcome(), row.retest, row.follow_up, row.standing, row.set_aside);
        assert_eq!((names(read), said(read)), (names(row), said(row)), "{row:?}");
    }
}

/// Rows as a table of the usual layout.
fn table(rows: &[&LedgerRow]) -> String {
    let line = |(number, row): (u32, &&LedgerRow)| {
        let failed = row.failed_items.join("、");
        let outcome = if row.first_test == Some(Outcome::Conforming) { "合格" } else { "不合格" };
        let cells =
            [&row.product, &row.producer_printed, &row.model, &row.batch, outcome, &failed, &row.remark];
        format!("{number},{}", cells.map(|cell| format!("\"{cell}\"")).join(","))
    };
    let heading = "序号,产品名称,标称生产单位,规格型号,生产日期/批号,抽查结果,不合格项目,备注".to_owned();
    let lines: Vec<String> = std::iter::once(heading).chain((1..).zip(rows).map(line)).collect();
    lines.join("\n")
}
