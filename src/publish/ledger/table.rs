//! The canonical table of one bulletin.
//!
//! One line for each party that a row names, sorted by row, then role, then name; one line without a party for a row
//! that is set aside. Failed items share a cell, a line feed between them.

use std::fmt::Display;
use std::path::Path;

use super::record::{Record, TableWriter, for_each_record};
use super::{LedgerBulletin, LedgerError, LedgerRow, Party, Reason};
use crate::firm::normal_form;
use crate::sampling::{DayFrom, FollowUp, Outcome, Retest, Role, Standing};

/// The columns in their order.
const COLUMNS: [&str; 19] = [
    "row",
    "role",
    "firm",
    "set_aside",
    "producer",
    "product",
    "product_class",
    "brand",
    "model",
    "batch",
    "sample_number",
    "day",
    "day_from",
    "first_test",
    "retest",
    "follow_up",
    "standing",
    "failed_items",
    "remark",
];

/// Writes the rows of a bulletin that [`checked`] let pass.
pub(super) fn write(rows: &[LedgerRow]) -> Vec<u8> {
    let mut writer = TableWriter::new(&COLUMNS);
    for row in rows {
        if row.parties.is_empty() {
            write_line(&mut writer, row, None);
        }
        for party in &row.parties {
            write_line(&mut writer, row, Some(party));
        }
    }
    writer.finish()
}

fn write_line(writer: &mut TableWriter, row: &LedgerRow, party: Option<&Party>) {
    writer.push([
        row.row.to_string().as_str(),
        party.map_or("", |party| party.role.word()),
        party.map_or("", |party| &party.name),
        row.set_aside.map_or("", Reason::word),
        &row.producer_printed,
        &row.product,
        &row.product_class,
        &row.brand,
        &row.model,
        &row.batch,
        &row.sample_number,
        row.day.to_string().as_str(),
        row.day_from.word(),
        row.first_test.map_or("", Outcome::word),
        row.retest.word(),
        row.follow_up.word(),
        row.standing.word(),
        row.failed_items.join("\n").as_str(),
        &row.remark,
    ]);
}

/// Reads what [`write()`] wrote.
pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<Vec<LedgerRow>, LedgerError> {
    let mut rows: Vec<LedgerRow> = Vec::new();
    for_each_record(file, bytes, &COLUMNS, |record| {
        let next = read_line(&record)?;
        let last = rows.last().map_or(0, |last| last.row);
        match rows.last_mut() {
            Some(row) if row.row == next.row => join_parties(row, next, &record)?,
            _ if next.row == last + 1 => rows.push(next),
            _ => return Err(record.refuse(0, &format!("row {}", last + 1))),
        }
        Ok(())
    })?;
    Ok(rows)
}

fn read_line(record: &Record<'_>) -> Result<LedgerRow, LedgerError> {
    let set_aside = record.word_any(3, Reason::from_word)?;
    let party = read_party(record)?;
    if party.is_some() == set_aside.is_some() {
        return Err(record.refuse(3, "either a firm or a reason"));
    }
    let text = |column| record.text(column).to_owned();
    Ok(LedgerRow {
        row: record.parse(0, "a number")?,
        parties: party.into_iter().collect(),
        set_aside,
        producer_printed: text(4),
        product: text(5),
        product_class: text(6),
        brand: text(7),
        model: text(8),
        batch: text(9),
        sample_number: text(10),
        day: record.parse(11, "a day")?,
        day_from: record.word(12, DayFrom::from_word)?,
        first_test: record.word_any(13, Outcome::from_word)?,
        retest: record.word(14, Retest::from_word)?,
        follow_up: record.word(15, FollowUp::from_word)?,
        standing: record.word(16, Standing::from_word)?,
        failed_items: record.text(17).split_terminator('\n').map(str::to_owned).collect(),
        remark: text(18),
    })
}

fn read_party(record: &Record<'_>) -> Result<Option<Party>, LedgerError> {
    let role = record.word_any(1, Role::from_word)?;
    Ok(role.map(|role| Party { name: record.text(2).to_owned(), role }))
}

/// Adds the party of a further line to its row; everything else must be as in the line before.
fn join_parties(row: &mut LedgerRow, mut line: LedgerRow, record: &Record<'_>) -> Result<(), LedgerError> {
    let party = line.parties.pop();
    let before = std::mem::take(&mut row.parties);
    let same = line == *row;
    row.parties = before;
    match party {
        Some(party) if same => row.parties.push(party),
        _ => return Err(record.refuse(0, "the lines of one row to differ in their firm only")),
    }
    Ok(())
}

/// Brings a bulletin into canonical order, after seeing that it does not contradict itself.
pub(super) fn checked(mut bulletin: LedgerBulletin) -> Result<LedgerBulletin, LedgerError> {
    let id = bulletin.bulletin.id.clone();
    let refuse = |row: u32, expected, found: &dyn Display| {
        Err(LedgerError::Inconsistent { id: id.clone(), row, expected, found: found.to_string() })
    };
    if !is_id(&id) {
        return refuse(0, "an id of letters, digits, `-`, `_` and `.`", &format!("{id:?}"));
    }
    let count = u32::try_from(bulletin.rows.len()).unwrap_or(u32::MAX);
    if count != bulletin.bulletin.rows {
        return refuse(0, "as many rows as it states", &format!("{} and {count}", bulletin.bulletin.rows));
    }
    for (row, number) in bulletin.rows.iter_mut().zip(1..) {
        row.parties.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        row.parties.dedup();
        if row.row != number {
            return refuse(number, "rows numbered from 1 without gaps", &row.row);
        }
        if let Some((expected, found)) = contradiction(row) {
            return refuse(number, expected, &found);
        }
    }
    Ok(bulletin)
}

/// What a row must not be: what was expected and what was found.
fn contradiction(row: &LedgerRow) -> Option<(&'static str, String)> {
    if row.parties.is_empty() == row.set_aside.is_none() {
        return Some(("either a firm or a reason", format!("{} firms", row.parties.len())));
    }
    if row.set_aside == Some(Reason::Corrected) {
        return Some(("a reason within the row itself", Reason::Corrected.word().into()));
    }
    if row.first_test.is_none() && row.set_aside.is_none() {
        return Some(("an outcome", "none".into()));
    }
    if let Some(party) = row.parties.iter().find(|party| normal_form(&party.name).is_empty()) {
        return Some(("the name of a firm", format!("{:?}", party.name)));
    }
    let unfit = |item: &&String| item.is_empty() || item.contains('\n');
    row.failed_items
        .iter()
        .find(unfit)
        .map(|item| ("failed items without line feeds, none of them empty", format!("{item:?}")))
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('.')
        && id.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}
