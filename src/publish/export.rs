//! Everything that an edition holds, for other tools.

#[cfg(feature = "parquet")]
mod columnar;

use std::path::Path;

use serde::Serialize;

use crate::checker::{Answer, Checker, Firm, SamplingsAnswer, StreakAnswer, TierName};
use crate::edition::{Edition, TextColumn};
use crate::number::index;
use crate::publish::columnar::ColumnarError;
use crate::rule::Counting;
use crate::{CreditCode, Day, Division};

/// One firm of the NDJSON.
#[derive(Serialize)]
struct FirmLine {
    firm: Firm,
    tier: Option<TierName>,
    streak: Option<StreakAnswer>,
    samplings: Option<SamplingsAnswer>,
}

/// One firm a line, in the edition's order, with the field names of the `--json` answers.
pub fn ndjson(checker: &Checker) -> Vec<u8> {
    let mut lines = Vec::new();
    for firm in 0..checker.edition().firms.len() {
        let Answer { firm, tier, streak, samplings, .. } = checker.about(firm, checker.edition().as_of);
        let line = FirmLine { firm: firm.expect("an answer about a firm names it"), tier, streak, samplings };
        serde_json::to_writer(&mut lines, &line).expect("answers are plain data");
        lines.push(b'\n');
    }
    lines
}

/// Three tables that join by `firm` and `bulletin`: their file names and bytes.
pub fn csv(checker: &Checker) -> [(&'static str, Vec<u8>); 3] {
    let edition = checker.edition();
    [
        ("firms.csv", table(firm_rows(checker))),
        ("samplings.csv", table(sampling_rows(edition))),
        ("bulletins.csv", table(edition.bulletins.iter())),
    ]
}

/// The same tables in Parquet, with numbers and days as such, written into `folder`.
///
/// # Errors
/// Where a file cannot be written, or the program is built without Parquet.
pub fn parquet(checker: &Checker, folder: &Path) -> Result<(), ColumnarError> {
    #[cfg(feature = "parquet")]
    return columnar::parquet(checker, folder);
    #[cfg(not(feature = "parquet"))]
    {
        let _ = (checker, folder);
        Err(ColumnarError::NotBuiltIn)
    }
}

fn table<R: Serialize>(rows: impl Iterator<Item = R>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).expect("memory takes any row");
    }
    writer.into_inner().expect("memory takes any row")
}

#[derive(Serialize)]
struct FirmRow<'a> {
    firm: usize,
    code: Option<CreditCode>,
    name: &'a str,
    former_names: String,
    division: Option<Division>,
    tier_years: Option<u32>,
    streak_start: Option<Day>,
    streak_end: Option<Day>,
    streak_years: Option<u32>,
    streak_samplings: Option<u32>,
    trade_marks: String,
    gs1_prefixes: String,
    labels: String,
}

fn firm_rows(checker: &Checker) -> impl Iterator<Item = FirmRow<'_>> {
    let edition = checker.edition();
    let several = |column: &TextColumn, firm| column.get(firm).replace('\n', ";");
    checker.verdicts().iter().enumerate().map(move |(firm, verdict)| FirmRow {
        firm,
        code: edition.firms.codes[firm],
        name: edition.firms.names.get(firm),
        former_names: several(&edition.firms.former_names, firm),
        division: edition.firms.divisions[firm],
        tier_years: verdict.tier.map(|tier| edition.policy.tiers[usize::from(tier)].years),
        streak_start: verdict.streak.map(|streak| streak.start),
        streak_end: verdict.streak.map(|streak| streak.end),
        streak_years: verdict.streak.map(|streak| streak.years),
        streak_samplings: verdict.streak.map(|streak| streak.samplings),
        trade_marks: several(&edition.firms.trade_marks, firm),
        gs1_prefixes: several(&edition.firms.gs1_prefixes, firm),
        labels: several(&edition.firms.labels, firm),
    })
}

#[derive(Serialize)]
struct SamplingRow<'a> {
    firm: usize,
    day: Day,
    day_from: &'static str,
    bulletin: &'a str,
    row: u32,
    product_class: &'a str,
    outcome: &'static str,
    first_test: &'static str,
    retest: &'static str,
    follow_up: &'static str,
    standing: &'static str,
    role: &'static str,
    failed_items: String,
    counts: bool,
    why: Option<&'static str>,
}

fn sampling_rows(edition: &Edition) -> impl Iterator<Item = SamplingRow<'_>> {
    let firms = 0..edition.firms.len();
    firms.flat_map(move |firm| {
        edition.firms.sampling_range(firm).map(move |at| sampling_row(edition, firm, at))
    })
}

fn sampling_row(edition: &Edition, firm: usize, at: usize) -> SamplingRow<'_> {
    let sampling = edition.samplings.get(at);
    let why = Counting::of(&sampling.facts, sampling.day, &edition.policy, edition.as_of).why();
    SamplingRow {
        firm,
        day: sampling.day,
        day_from: sampling.facts.day_from.word(),
        bulletin: &edition.bulletins[index(sampling.bulletin)].id,
        row: sampling.row,
        product_class: edition.product_classes.get(index(sampling.product_class)),
        outcome: sampling.facts.outcome().word(),
        first_test: sampling.facts.first_test.word(),
        retest: sampling.facts.retest.word(),
        follow_up: sampling.facts.follow_up.word(),
        standing: sampling.facts.standing.word(),
        role: sampling.facts.role.word(),
        failed_items: edition.failed_items.get(index(sampling.failed_items)).replace('\n', ";"),
        counts: why.is_none(),
        why: why.map(crate::rule::Why::word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Provenance;
    use crate::edition::testing::{coded, edition, named};

    pub(super) fn checker() -> Checker {
        let mut star = coded("91440606003663344C", "星海");
        star.trade_marks = vec!["星海".into(), "XINGHAI".into()];
        star.gs1_prefixes = vec!["9521234".into()];
        let edition = edition(vec![named("云帆"), star]);
        Checker::of_edition(edition, Provenance::Unverified).unwrap()
    }

    #[test]
    fn ndjson_has_one_line_a_firm_in_the_words_of_the_answers() {
        let text = String::from_utf8(ndjson(&checker())).unwrap();
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["firm"]["code"], "91440606003663344C");
        assert_eq!(lines[1]["tier"]["years"], 10);
        assert_eq!(lines[1]["samplings"]["items"][0]["outcome"], "conforming");
    }

    #[cfg(not(feature = "parquet"))]
    #[test]
    fn a_program_without_parquet_says_how_to_build_one() {
        use crate::Problem;
        let error = parquet(&checker(), Path::new("nowhere")).unwrap_err();
        assert_eq!(error.to_string(), "expected a program with Parquet built in, found one without");
        assert!(error.advice().contains("cargo build --release --features parquet"));
    }

    #[test]
    fn the_tables_join() {
        let [firms, samplings, bulletins] =
            csv(&checker()).map(|(_, bytes)| String::from_utf8(bytes).unwrap());
        assert!(firms.starts_with("firm,code,name,former_names,division,tier_years,"));
        assert!(firms.contains("\n0,91440606003663344C,星海,"));
        assert!(firms.contains(",星海;XINGHAI,9521234,\n"));
        assert!(samplings.lines().nth(1).unwrap().starts_with("0,2015-03-01,published,yunzhou-2015-03-01,"));
        assert!(bulletins.lines().nth(1).unwrap().starts_with("yunzhou-2015-03-01,"));
    }
}
