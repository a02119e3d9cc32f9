//! Reads a dataset as far as judging needs it.

use std::collections::HashMap;
use std::path::Path;

use super::super::evidence::DigestedLine;
use super::super::index::{self, IndexLine};
use super::super::record::Record;
use super::super::store::{Progress, in_order};
use super::super::{Evidence, LedgerError, register_table, table};
use super::columns;
use crate::firm::Register;
use crate::publish::columnar::{Column, ColumnarError, Part, for_each_record, is_there, parts};

/// How many lines are read between two steps that are shown.
const STEP: usize = 65_536;

/// Reads the dataset in `folder`. Its lines may lie in any order and in any number of files: of each 72 bytes are kept
/// until all are there.
pub(in super::super) fn read_evidence(
    folder: &Path,
    shown: &mut dyn FnMut(Progress),
) -> Result<Evidence, LedgerError> {
    let mut evidence = Evidence::under(read_register(folder)?.into());
    let mut places = HashMap::new();
    for (place, line) in read_index(folder)?.into_iter().enumerate() {
        table::check_id(&line.bulletin.id)?;
        places.insert(line.bulletin.id.clone(), place);
        evidence.begin(line.bulletin, line.file, line.corrects);
    }
    let lines = read_lines(folder, &places, &mut evidence, shown)?;
    for (bulletin, lines) in lines.into_iter().enumerate() {
        evidence.push_lines(bulletin, lines)?;
    }
    Ok(evidence)
}

fn read_register(folder: &Path) -> Result<Register, LedgerError> {
    let mut entries = Vec::new();
    if is_there(folder, super::REGISTER) {
        for part in parts(folder, super::REGISTER)? {
            read(&part, &columns::REGISTER, |record| {
                entries.push(register_table::read_entry(record)?);
                Ok(())
            })?;
        }
    }
    Register::new(entries)
        .map_err(|source| LedgerError::Register { file: folder.join(super::REGISTER), source })
}

/// The bulletins in the ledger's order.
fn read_index(folder: &Path) -> Result<Vec<IndexLine>, LedgerError> {
    let mut lines = Vec::new();
    for part in parts(folder, super::BULLETINS)? {
        read(&part, &columns::BULLETINS, |record| {
            lines.push(index::read_line(record)?);
            Ok(())
        })?;
    }
    in_order(lines)
}

/// The lines of each bulletin, in the order in which they come.
fn read_lines(
    folder: &Path,
    places: &HashMap<String, usize>,
    evidence: &mut Evidence,
    shown: &mut dyn FnMut(Progress),
) -> Result<Vec<Vec<DigestedLine>>, LedgerError> {
    let of = evidence.bulletins().map(|bulletin| crate::number::index(bulletin.rows)).sum();
    let mut lines: Vec<Vec<DigestedLine>> = vec![Vec::new(); places.len()];
    let (mut row, mut done) = (table::blank(), 0);
    for part in parts(folder, super::ROWS)? {
        read(&part, &columns::ROWS, |record| {
            let id = record.text(columns::BULLETIN);
            let place =
                places.get(id).ok_or_else(|| record.refuse(columns::BULLETIN, "the id of a bulletin"))?;
            table::read_line(record, &mut row)?;
            table::check_row(id, &mut row)?;
            lines[*place].push(evidence.digest_line(*place, &row));
            done += 1;
            if done % STEP == 0 {
                shown(Progress { done, of });
            }
            Ok(())
        })?;
    }
    Ok(lines)
}

/// Hands every row of a part to `visit`. What it refuses is told as a cell of the part.
fn read(
    part: &Part,
    columns: &'static [Column],
    mut visit: impl FnMut(&Record<'_>) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let names: Vec<&'static str> = columns.iter().map(|column| column.name).collect();
    for_each_record(part, columns, |cells| {
        visit(&Record { file: part.file(), columns: &names, cells }).map_err(|error| match error {
            LedgerError::Cell { file, line, column, expected, found } => {
                ColumnarError::Cell { file, row: line, column, expected, found: format!("{found:?}") }.into()
            }
            other => other,
        })
    })
}
