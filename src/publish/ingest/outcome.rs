//! What the first test found.

use super::nothing::is_nothing;
use super::remark;
use crate::sampling::Outcome;

/// Words that deny a failure and hold the word for it.
const NO_FAILURE: &[&str] =
    &["未发现不合格", "未发现不符合", "未检出不合格", "未见不合格", "无不合格", "无不符合"];
/// Words of a failure.
const FAILURE: &[&str] = &["不合格", "不符合", "未通过", "不通过"];
/// Words of a pass, once words of a failure are gone.
const PASS: &[&str] = &["合格", "符合", "通过"];

/// Words of prose about how many failed.
const RATES: &[&str] = &["合格率", "发现率"];

/// What one row says of the first test, in the order of weight.
pub(super) struct Said<'a> {
    /// The cell of the outcome, where there is such a column.
    pub(super) outcome: Option<&'a str>,
    /// Whether the row names failed items; `None` where there is no such column.
    pub(super) has_failed_items: Option<bool>,
    /// Whether the lines above say that these are passes or failures.
    pub(super) verdict: Option<Outcome>,
    /// Whether the bulletin lists failures only.
    pub(super) failures_only: bool,
    /// Whether a re-test took place, which presumes a failure.
    pub(super) was_retested: bool,
}

/// The outcome of the first test; `None` where the row contradicts itself or does not say.
pub(super) fn of(said: &Said<'_>) -> Option<Outcome> {
    let cell = said.outcome.map_or(Cell::Silent, of_cell);
    if said.was_retested && !matches!(cell, Cell::Unclear) {
        return Some(Outcome::Nonconforming);
    }
    let contradicts = said.has_failed_items == Some(true) || said.failures_only;
    match cell {
        Cell::Unclear => None,
        Cell::Says(Outcome::Conforming) if contradicts => None,
        Cell::Says(outcome) => Some(outcome),
        Cell::Silent => unstated(said),
    }
}

fn unstated(said: &Said<'_>) -> Option<Outcome> {
    if said.failures_only {
        return Some(Outcome::Nonconforming);
    }
    match (said.has_failed_items, said.verdict) {
        (Some(true), Some(Outcome::Conforming)) => None,
        (Some(true), _) => Some(Outcome::Nonconforming),
        (_, Some(verdict)) => Some(verdict),
        // A list of everything whose failed items are empty says that nothing failed, unless its own column for the
        // outcome is silent about this row.
        (Some(false), None) if said.outcome.is_none() => Some(Outcome::Conforming),
        _ => None,
    }
}

/// What an outcome cell says of the first test.
enum Cell {
    Says(Outcome),
    Silent,
    Unclear,
}

fn of_cell(text: &str) -> Cell {
    let mut clauses = remark::clauses(text).filter(|clause| !remark::is_of_later_test(clause)).peekable();
    if clauses.peek().is_none() || is_nothing(text) && !says_no_failure(text) {
        return Cell::Silent;
    }
    match read(&clauses.collect::<Vec<_>>().join("，")) {
        (true, false) => Cell::Says(Outcome::Nonconforming),
        (false, true) => Cell::Says(Outcome::Conforming),
        _ => Cell::Unclear,
    }
}

/// Whether a title or a heading above a table says that it holds passes or failures.
pub(super) fn of_table(text: &str) -> Option<Outcome> {
    if RATES.iter().any(|rate| text.contains(rate)) {
        return None;
    }
    match read(text) {
        (true, false) => Some(Outcome::Nonconforming),
        (false, true) => Some(Outcome::Conforming),
        _ => None,
    }
}

/// Whether a text speaks of a failure, and whether of a pass.
pub(super) fn read(text: &str) -> (bool, bool) {
    let denied = says_no_failure(text);
    let rest = NO_FAILURE.iter().fold(text.to_owned(), |rest, words| rest.replace(words, ""));
    let failure = FAILURE.iter().any(|word| rest.contains(word));
    let rest = FAILURE.iter().fold(rest, |rest, word| rest.replace(word, ""));
    (failure, denied || PASS.iter().any(|word| rest.contains(word)))
}

fn says_no_failure(text: &str) -> bool {
    NO_FAILURE.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Conforming, Nonconforming};

    const SILENT: Said<'_> = Said {
        outcome: None,
        has_failed_items: None,
        verdict: None,
        failures_only: false,
        was_retested: false,
    };

    #[test]
    fn the_words_of_an_outcome_are_known() {
        for (text, outcome) in [
            ("合格", Some(Conforming)),
            ("不合格", Some(Nonconforming)),
            ("符合", Some(Conforming)),
            ("不符合标准要求", Some(Nonconforming)),
            ("所检项目未发现不合格", Some(Conforming)),
            ("未发现不合格项目", Some(Conforming)),
            ("所检项目合格", Some(Conforming)),
            ("标识不合格，其余合格", None),
            ("待定", None),
            ("/", None),
        ] {
            assert_eq!(of(&Said { outcome: Some(text), ..SILENT }), outcome, "{text}");
        }
    }

    #[test]
    fn where_no_cell_says_it_the_table_does() {
        assert_eq!(of(&Said { has_failed_items: Some(true), ..SILENT }), Some(Nonconforming));
        assert_eq!(of(&Said { has_failed_items: Some(false), ..SILENT }), Some(Conforming));
        assert_eq!(of(&Said { verdict: Some(Conforming), ..SILENT }), Some(Conforming));
        let failures = Said { verdict: Some(Nonconforming), has_failed_items: Some(false), ..SILENT };
        assert_eq!(of(&failures), Some(Nonconforming));
        assert_eq!(of(&Said { failures_only: true, ..SILENT }), Some(Nonconforming));
        assert_eq!(of(&SILENT), None);
    }

    #[test]
    fn a_row_that_contradicts_itself_is_unclear() {
        let pass = Said { outcome: Some("合格"), ..SILENT };
        assert_eq!(of(&Said { has_failed_items: Some(true), ..pass }), None);
        assert_eq!(of(&Said { failures_only: true, ..pass }), None);
        let items = Said { has_failed_items: Some(true), verdict: Some(Conforming), ..SILENT };
        assert_eq!(of(&items), None);
        let silent = Said { outcome: Some(""), has_failed_items: Some(false), ..SILENT };
        assert_eq!(of(&silent), None, "the table has a column for it and leaves it empty");
    }

    #[test]
    fn a_retest_presumes_a_failure() {
        let final_result = Said { outcome: Some("合格"), was_retested: true, ..SILENT };
        assert_eq!(of(&final_result), Some(Nonconforming));
    }

    #[test]
    fn titles_say_what_a_table_holds() {
        assert_eq!(of_table("经检验合格的产品"), Some(Conforming));
        assert_eq!(of_table("2023年国家监督抽查不合格产品名单"), Some(Nonconforming));
        assert_eq!(of_table("合格与不合格产品名单"), None);
        assert_eq!(of_table("抽查合格率为95%"), None);
        assert_eq!(of_table("监督抽查结果"), None);
    }
}
