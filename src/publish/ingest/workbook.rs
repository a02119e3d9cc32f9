//! Workbooks, new and old.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Cell, Data, DataRef, Dimensions, Range, Reader, SheetVisible, Xls, Xlsx, XlsxError};

use super::grid::{Grid, clean};
use super::{IngestError, compound_file};

/// Cells of a sheet, with the empty ones between: far more than any bulletin has. Two in the corners of a sheet would
/// ask for room for 17 thousand million.
const MOST_CELLS: u64 = 1 << 22;

/// The visible sheets of an XLSX workbook.
pub(super) fn read_xlsx(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    guarded(file, "XLSX", || xlsx(file, bytes))
}

/// The visible sheets of an XLS workbook.
pub(super) fn read_xls(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    guarded(file, "XLS", || xls(file, bytes))
}

/// What `read` reads. `calamine` panics on some damaged workbooks; those are refused like others, and what it was
/// working on is dropped.
fn guarded(
    file: &Path,
    format: &'static str,
    read: impl FnOnce() -> Result<Vec<Grid>, IngestError>,
) -> Result<Vec<Grid>, IngestError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged(file, format, &"what nobody can read")))
}

fn xlsx(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    let is_text = contains(&bytes, b"word/document.xml");
    let damaged = |error| damaged(file, "XLSX", &error);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| {
        if is_text { IngestError::UnknownFormat { file: file.into(), found: "DOCX" } } else { damaged(error) }
    })?;
    let mut grids = Vec::new();
    for name in visible_sheets(&book) {
        let range = range(file, cells(&mut book, &name).map_err(damaged)?)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        grids.push(grid(&name, &range, &merged));
    }
    Ok(grids)
}

/// The cells of a sheet that hold something; none where it is a chart.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<Cell<Data>>, XlsxError> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(vec![]),
        reader => reader?,
    };
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        if *cell.get_value() != DataRef::Empty {
            cells.push(Cell::new(cell.get_position(), cell.get_value().clone().into()));
        }
    }
    Ok(cells)
}

/// The rectangle around cells.
fn range(file: &Path, cells: Vec<Cell<Data>>) -> Result<Range<Data>, IngestError> {
    let places = || cells.iter().map(Cell::get_position);
    let (rows, columns) = (span(places().map(|place| place.0)), span(places().map(|place| place.1)));
    if rows * columns > MOST_CELLS {
        return Err(damaged(file, "XLSX", &format!("a sheet of {rows} rows and {columns} columns")));
    }
    Ok(Range::from_sparse(cells))
}

fn span(places: impl Iterator<Item = u32>) -> u64 {
    let (first, last) = places.fold((u32::MAX, 0), |(first, last), at| (first.min(at), last.max(at)));
    u64::from(last.saturating_sub(first)) + 1
}

fn xls(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    if compound_file::has_circle(&bytes) {
        return Err(damaged(file, "XLS", &"sectors that follow each other in a circle"));
    }
    let damaged = |error| damaged(file, "XLS", &error);
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grids = Vec::new();
    for name in visible_sheets(&book) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        grids.push(grid(&name, &range, &merged));
    }
    Ok(grids)
}

fn damaged(file: &Path, format: &'static str, found: &impl ToString) -> IngestError {
    IngestError::Damaged { file: file.into(), format, found: found.to_string() }
}

fn visible_sheets<RS: std::io::Read + std::io::Seek, R: Reader<RS>>(book: &R) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

/// The cells of a sheet; a cell merged over several rows stands in each of them.
fn grid(name: &str, range: &Range<Data>, merged: &[Dimensions]) -> Grid {
    let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(text).collect()).collect();
    let (top, left) = range.start().unwrap_or_default();
    let place = |row: u32, column: u32| {
        Some((usize::try_from(row.checked_sub(top)?).ok()?, usize::try_from(column.checked_sub(left)?).ok()?))
    };
    for region in merged {
        let Some((first, column)) = place(region.start.0, region.start.1) else { continue };
        let Some(value) = rows.get(first).and_then(|row| row.get(column)).cloned() else { continue };
        let Some((last, _)) = place(region.end.0, region.end.1) else { continue };
        for row in rows.iter_mut().take(last + 1).skip(first + 1) {
            if let Some(cell) = row.get_mut(column) {
                cell.clone_from(&value);
            }
        }
    }
    Grid { place: format!("sheet {name}"), before: vec![], rows }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(moment) => moment.split('T').next().unwrap_or_default().to_owned(),
        Data::Error(_) => String::new(),
        other => clean(&other.to_string()),
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn read(cells: &[(u32, u16)]) -> Result<Vec<Grid>, String> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column) in cells {
            sheet.write(*row, *column, "合格").unwrap();
        }
        read_xlsx(Path::new("a.xlsx"), book.save_to_buffer().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_stray_cell_is_read_and_one_too_far_away_is_refused() {
        let grids = read(&[(3, 1), (3 + 255, 1 + 16382)]).unwrap();
        assert_eq!((grids[0].rows.len(), grids[0].rows[0].len()), (256, 16383));
        let expected = "expected a.xlsx to be a whole XLSX file, found it damaged: ";
        for (cells, found) in [
            ([(0, 0), (256, 16383)], "a sheet of 257 rows and 16384 columns"),
            ([(0, 0), (1_048_575, 16383)], "a sheet of 1048576 rows and 16384 columns"),
        ] {
            assert_eq!(read(&cells).unwrap_err(), format!("{expected}{found}"));
        }
        assert_eq!(read(&[]).unwrap()[0].rows.len(), 0);
    }

    #[test]
    fn an_old_workbook_that_never_ends_is_refused() {
        let mut bytes = include_bytes!("../../../tests/fixtures/lamps-2023-05-01.xls").to_vec();
        let table = 512 * (usize::from(bytes[76]) + 1);
        // The directory follows itself.
        let directory = bytes[48];
        bytes[table + 4 * usize::from(directory)..][..4].copy_from_slice(&[directory, 0, 0, 0]);
        let error = read_xls(Path::new("a.xls"), bytes).unwrap_err().to_string();
        assert!(error.ends_with("found it damaged: sectors that follow each other in a circle"), "{error}");
    }

    #[test]
    fn a_workbook_on_which_the_library_panics_is_refused() {
        let error = guarded(Path::new("a.xls"), "XLS", || panic!("index out of bounds")).unwrap_err();
        let expected = "expected a.xls to be a whole XLS file, found it damaged: what nobody can read";
        assert_eq!(error.to_string(), expected);
    }
}
