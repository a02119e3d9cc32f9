//! Real bulletins, where the folder of test input lies beside the project; elsewhere these tests have nothing to read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hongbang::edition::{Edition, Reality, Scope};
use hongbang::publish::build::build;
use hongbang::publish::ingest::ingest;
use hongbang::publish::ledger::{Account, Evidence, Ledger, LedgerBulletin, Reason, append, read};
use hongbang::rule::Counting;
use hongbang::{Policy, rule::Why};

fn input() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bulletins");
    folder.is_dir().then_some(folder)
}

fn bulletins(folder: PathBuf) -> Vec<LedgerBulletin> {
    let read = ingest(&[folder], &mut |_| {}).unwrap();
    assert_eq!(read.warnings, [], "rows and failures of every file are as the index states");
    read.bulletins
}

fn ledger(bulletins: &[LedgerBulletin]) -> Ledger {
    let folder = tempfile::tempdir().unwrap();
    append(folder.path(), bulletins, None).unwrap();
    read(folder.path()).unwrap()
}

fn edition(ledger: &Ledger) -> Edition {
    let as_of = "2026-06-30".parse().unwrap();
    build(&Evidence::of(ledger), &Policy::default(), as_of, Scope::Inspected, 1, Reality::Real).edition
}

#[test]
fn every_row_is_accounted_for() {
    let Some(input) = input() else { return };
    let account = Account::of(&ledger(&bulletins(input)));
    assert_eq!(account.rows, 1_310);
    assert_eq!(account.booked + account.duplicates + account.set_aside, account.rows);
    assert_eq!(account.reasons.values().sum::<u64>(), account.set_aside);
    println!("{}", serde_json::to_string_pretty(&account).unwrap());
}

#[test]
fn a_failure_of_a_counterfeit_does_not_end_a_clean_streak() {
    let Some(input) = input() else { return };
    let edition = edition(&ledger(&bulletins(input)));
    let firm = edition.firms.names.iter().position(|name| name == "统一石油化工有限公司").unwrap();
    let (mut clean, mut disowned) = (0, 0);
    for place in edition.firms.sampling_range(firm) {
        let (day, facts) = (edition.samplings.days[place], &edition.samplings.facts[place]);
        match Counting::of(facts, day, &edition.policy, edition.as_of) {
            Counting::Clean => clean += 1,
            Counting::Uncounted(Why::Disowned) => disowned += 1,
            other => panic!("{day} {other:?}"),
        }
    }
    let streak = edition.recompute()[firm].streak.unwrap();
    assert_eq!((clean, disowned), (35, 1));
    assert_eq!((streak.start.to_string().as_str(), streak.years), ("2018-04-21", 8));
}

#[test]
fn no_row_is_booked_to_a_sentence_a_brand_a_section_or_a_heading() {
    let Some(input) = input() else { return };
    let bulletins = bulletins(input);
    let names: BTreeSet<&str> = bulletins
        .iter()
        .flat_map(|bulletin| &bulletin.rows)
        .flat_map(|row| &row.parties)
        .map(|party| party.name.as_str())
        .collect();
    println!("{}", names.iter().copied().collect::<Vec<_>>().join("\n"));
    for name in &names {
        let ends = ["公司", "厂", "部", "中心", "研究所"].iter().any(|end| name.ends_with(end));
        let is_plain = !name.contains(|mark: char| mark.is_whitespace() || "/、，：；｜".contains(mark));
        assert!(ends && is_plain && name.matches("有限公司").count() <= 1, "{name}");
    }
    assert!(names.len() > 450, "{}", names.len());
}

#[test]
fn the_unclear_cells_are_set_aside() {
    use Reason::{NotAFirm, ProducerMissing, SeveralProducers};
    let Some(input) = input() else { return };
    let bulletins = bulletins(input);
    let mut aside: Vec<(&str, u32, Reason)> = bulletins
        .iter()
        .flat_map(|bulletin| bulletin.rows.iter().map(move |row| (bulletin, row)))
        .filter_map(|(bulletin, row)| Some((bulletin.file.as_str(), row.row, row.set_aside?)))
        .collect();
    aside.sort_unstable();
    assert_eq!(
        aside,
        [
            ("samr-2026-01-13.xlsx", 26, ProducerMissing),
            ("samr-2026-01-13.xlsx", 27, ProducerMissing),
            ("samr-2026-01-13.xlsx", 28, ProducerMissing),
            ("shanghai-2024-09-24.html", 108, SeveralProducers),
            ("shanghai-2025-11-11.html", 5, SeveralProducers),
            ("shenzhen-2017-04-27.xlsx", 62, SeveralProducers),
            ("shenzhen-2017-04-27.xlsx", 63, SeveralProducers),
            ("shenzhen-2017-04-27.xlsx", 70, NotAFirm),
            ("shenzhen-2017-04-27.xlsx", 71, ProducerMissing),
            ("shenzhen-2017-04-27.xlsx", 72, NotAFirm),
            ("shenzhen-2017-04-27.xlsx", 80, ProducerMissing),
            ("shenzhen-2017-11-15.xlsx", 41, SeveralProducers),
            ("shenzhen-2019-12-25.xlsx", 9, SeveralProducers),
            ("shenzhen-2019-12-25.xlsx", 20, SeveralProducers),
            ("shenzhen-2019-12-25.xlsx", 60, SeveralProducers),
        ]
    );
}

#[test]
fn the_order_of_files_and_the_steps_of_gathering_do_not_change_the_edition() {
    let Some(input) = input() else { return };
    let bulletins = bulletins(input);
    let whole = edition(&ledger(&bulletins));
    let mut shuffled = bulletins.clone();
    shuffled.reverse();
    shuffled.rotate_left(7);
    assert_eq!(edition(&ledger(&shuffled)), whole);

    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (odd, even): (Vec<_>, Vec<_>) =
        bulletins.into_iter().enumerate().partition(|(place, _)| place % 2 == 1);
    append(first.path(), &odd.into_iter().map(|(_, bulletin)| bulletin).collect::<Vec<_>>(), None).unwrap();
    append(second.path(), &even.into_iter().map(|(_, bulletin)| bulletin).collect::<Vec<_>>(), None).unwrap();
    let other = read(second.path()).unwrap();
    let joined = append(first.path(), &other.bulletins, Some(&other.register)).unwrap();
    assert_eq!(edition(&joined.ledger), whole);
    let again = append(first.path(), &other.bulletins, None).unwrap();
    assert_eq!(again.added.len(), 0);
    assert_eq!(edition(&read(first.path()).unwrap()), whole);
}

#[test]
fn a_day_after_the_inspection_year_is_its_last_day() {
    let Some(input) = input() else { return };
    let bulletins = bulletins(input);
    let day = |id: &str| {
        let found = bulletins.iter().find(|bulletin| bulletin.bulletin.id == id).unwrap();
        (found.rows[0].day.to_string(), found.rows[0].day_from.word())
    };
    assert_eq!(day("shenzhen-2017-04-27"), ("2016-12-31".into(), "year_end"));
    assert_eq!(day("samr-2026-01-13"), ("2025-12-31".into(), "year_end"));
    assert_eq!(day("samr-2023-10-20"), ("2023-10-20".into(), "published"));
}
