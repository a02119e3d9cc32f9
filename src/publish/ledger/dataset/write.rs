//! Writes a ledger as a dataset.

use std::path::Path;

use super::super::index::{self, IndexLine};
use super::super::record::for_each_record;
use super::super::store::{Progress, read_index_file, read_ledger, read_table};
use super::super::{LedgerError, register_table, table};
use super::columns;
use crate::publish::columnar::{Column, Level, TableFile};

/// Writes the ledger in `ledger` as a dataset into `folder`, one bulletin in memory at a time. A table that is there is
/// replaced.
///
/// # Errors
/// Where the ledger cannot be read or was changed, or a file cannot be written.
pub fn write_dataset(
    ledger: &Path,
    folder: &Path,
    shown: &mut dyn FnMut(Progress),
) -> Result<(), LedgerError> {
    let (register, lines) = read_ledger(ledger)?;
    let entries = register_table::register_to_csv(&register)?;
    write_csv(folder, super::REGISTER, &columns::REGISTER, &register_table::COLUMNS, &entries)?;
    write_csv(folder, super::BULLETINS, &columns::BULLETINS, &index::COLUMNS, &read_index_file(ledger)?)?;
    // Last, since a dataset is known by them.
    write_rows(ledger, folder, &lines, shown)
}

/// Writes what lies in memory as CSV; of its columns the first ones, as many as the table has.
fn write_csv(
    folder: &Path,
    table: &'static str,
    columns: &'static [Column],
    headings: &[&'static str],
    csv: &[u8],
) -> Result<(), LedgerError> {
    let mut file = TableFile::create(folder, table, columns, Level::Fast)?;
    for_each_record(Path::new(table), csv, headings, |record| Ok(file.push(record.cells)?))?;
    Ok(file.finish()?)
}

fn write_rows(
    ledger: &Path,
    folder: &Path,
    lines: &[IndexLine],
    shown: &mut dyn FnMut(Progress),
) -> Result<(), LedgerError> {
    let mut file = TableFile::create(folder, super::ROWS, &columns::ROWS, Level::Fast)?;
    for (done, line) in lines.iter().enumerate() {
        shown(Progress { done, of: lines.len() });
        let (path, bytes) = read_table(ledger, line)?;
        for_each_record(&path, &bytes, &table::COLUMNS, |record| {
            Ok(file.push(record.cells.iter().chain([line.bulletin.id.as_str()]))?)
        })?;
    }
    Ok(file.finish()?)
}
