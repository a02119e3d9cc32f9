//! The canonical table of one bulletin.
//!
//! One line for each party that a row names, sorted by row, then role, then name; one line without a party for a row
//! that is set aside. Failed items share a cell, a line feed between them.

use std::fmt::Display;
use std::path::Path;

use super::record::{Record, TableWriter, for_each_record};
use super::{LedgerBulletin, LedgerError, LedgerRow, Party, Reason};
use crate::Day;
use crate::firm::normalized;
use crate::sampling::{DayFrom, FollowUp, Outcome, Retest, Role, Standing};

/// The columns in their order.
pub(super) const COLUMNS: [&str; 19] = [
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
    for_each_row(file, bytes, |row| {
        rows.push(row.clone());
        Ok(())
    })?;
    Ok(rows)
}

/// The same, one row in memory at a time. Rows reuse each other's texts: making them anew took a third of the time of
/// judging a large ledger.
pub(super) fn for_each_row(
    file: &Path,
    bytes: &[u8],
    mut visit: impl FnMut(&mut LedgerRow) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut latest: Option<LedgerRow> = None;
    let mut spare = blank();
    for_each_record(file, bytes, &COLUMNS, |record| {
        read_line(&record, &mut spare)?;
        let last = latest.as_ref().map_or(0, |row| row.row);
        match &mut latest {
            Some(row) if row.row == spare.row => join_parties(row, &mut spare, &record)?,
            _ if spare.row != last + 1 => return Err(record.refuse(0, &format!("row {}", last + 1))),
            Some(row) => {
                visit(row)?;
                std::mem::swap(row, &mut spare);
            }
            None => latest = Some(std::mem::replace(&mut spare, blank())),
        }
        Ok(())
    })?;
    latest.as_mut().map_or(Ok(()), visit)
}

/// A row to read into.
pub(super) fn blank() -> LedgerRow {
    LedgerRow {
        row: 0,
        parties: vec![],
        set_aside: None,
        producer_printed: String::new(),
        product: String::new(),
        product_class: String::new(),
        brand: String::new(),
        model: String::new(),
        batch: String::new(),
        sample_number: String::new(),
        day: Day::MIN,
        day_from: DayFrom::Published,
        first_test: None,
        retest: Retest::NotAsked,
        follow_up: FollowUp::Unknown,
        standing: Standing::Final,
        failed_items: vec![],
        remark: String::new(),
    }
}

/// Reads a line: a row as far as one of its firms.
pub(super) fn read_line(record: &Record<'_>, row: &mut LedgerRow) -> Result<(), LedgerError> {
    row.set_aside = record.word_any(3, Reason::from_word)?;
    read_party(record, &mut row.parties)?;
    if row.parties.is_empty() == row.set_aside.is_none() {
        return Err(record.refuse(3, "either a firm or a reason"));
    }
    row.row = record.parse(0, "a number")?;
    record.copy(4, &mut row.producer_printed);
    record.copy(5, &mut row.product);
    record.copy(6, &mut row.product_class);
    record.copy(7, &mut row.brand);
    record.copy(8, &mut row.model);
    record.copy(9, &mut row.batch);
    record.copy(10, &mut row.sample_number);
    row.day = record.parse(11, "a day")?;
    row.day_from = record.word(12, DayFrom::from_word)?;
    row.first_test = record.word_any(13, Outcome::from_word)?;
    row.retest = record.word(14, Retest::from_word)?;
    row.follow_up = record.word(15, FollowUp::from_word)?;
    row.standing = record.word(16, Standing::from_word)?;
    row.failed_items.clear();
    row.failed_items.extend(record.text(17).split_terminator('\n').map(str::to_owned));
    record.copy(18, &mut row.remark);
    Ok(())
}

fn read_party(record: &Record<'_>, parties: &mut Vec<Party>) -> Result<(), LedgerError> {
    let Some(role) = record.word_any(1, Role::from_word)? else {
        parties.clear();
        return Ok(());
    };
    parties.truncate(1);
    match parties.first_mut() {
        Some(party) => {
            party.role = role;
            record.copy(2, &mut party.name);
        }
        None => parties.push(Party { name: record.text(2).to_owned(), role }),
    }
    Ok(())
}

/// Adds the party of a further line to its row; everything else must be as in the line before.
fn join_parties(row: &mut LedgerRow, line: &mut LedgerRow, record: &Record<'_>) -> Result<(), LedgerError> {
    let party = line.parties.pop();
    let before = std::mem::take(&mut row.parties);
    let same = *line == *row;
    row.parties = before;
    match party {
        Some(party) if same => row.parties.push(party),
        _ => return Err(record.refuse(0, "the lines of one row to differ in their firm only")),
    }
    Ok(())
}

/// Brings a bulletin into canonical order, after seeing that it does not contradict itself.
pub(super) fn checked(mut bulletin: LedgerBulletin) -> Result<LedgerBulletin, LedgerError> {
    let id = &bulletin.bulletin.id;
    check_id(id)?;
    check_count(id, bulletin.bulletin.rows, u32::try_from(bulletin.rows.len()).unwrap_or(u32::MAX))?;
    for (row, number) in bulletin.rows.iter_mut().zip(1..) {
        if row.row != number {
            refuse(id, number, "rows numbered from 1 without gaps", &row.row)?;
        }
        check_row(id, row)?;
    }
    Ok(bulletin)
}

/// Sees that an id makes a file's name everywhere.
pub(super) fn check_id(id: &str) -> Result<(), LedgerError> {
    if is_id(id) {
        Ok(())
    } else {
        refuse(id, 0, "an id of letters, digits, `-`, `_` and `.`", &format!("{id:?}"))
    }
}

/// Sees that a bulletin has as many rows as it states.
pub(super) fn check_count(id: &str, stated: u32, count: u32) -> Result<(), LedgerError> {
    if count == stated {
        Ok(())
    } else {
        refuse(id, 0, "as many rows as it states", &format!("{stated} and {count}"))
    }
}

/// The error that a bulletin contradicts itself, in `row` or, where that is 0, as a whole.
pub(super) fn refuse(
    id: &str,
    row: u32,
    expected: &'static str,
    found: &dyn Display,
) -> Result<(), LedgerError> {
    Err(LedgerError::Inconsistent { id: id.into(), row, expected, found: found.to_string() })
}

/// Brings a row of the bulletin `id` into canonical order, after seeing that it does not contradict itself.
pub(super) fn check_row(id: &str, row: &mut LedgerRow) -> Result<(), LedgerError> {
    row.parties.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    row.parties.dedup();
    contradiction(row).map_or(Ok(()), |(expected, found)| refuse(id, row.row, expected, &found))
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
    if let Some(party) = row.parties.iter().find(|party| is_nameless(&party.name)) {
        return Some(("the name of a firm", format!("{:?}", party.name)));
    }
    let unfit = |item: &&String| item.is_empty() || item.contains('\n');
    row.failed_items
        .iter()
        .find(unfit)
        .map(|item| ("failed items without line feeds, none of them empty", format!("{item:?}")))
}

/// Whether a name has an empty normal form. Letters and digits stay in it, and most names begin with one.
fn is_nameless(name: &str) -> bool {
    !name.chars().any(char::is_alphanumeric) && normalized(name).is_empty()
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('.')
        && id.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_something() {
        assert!(is_nameless("") && is_nameless(" ·（　\u{200b}"));
        assert!(!is_nameless("（）") && !is_nameless(" 厂") && !is_nameless("—"));
    }
}
