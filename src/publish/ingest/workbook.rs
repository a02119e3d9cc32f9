//! Workbooks, new and old.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Dimensions, Range, Reader, SheetVisible, Xls, Xlsx};

use super::IngestError;
use super::grid::{Grid, clean};

/// The visible sheets of an XLSX workbook.
pub(super) fn read_xlsx(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    let is_text = contains(&bytes, b"word/document.xml");
    let damaged = |error: calamine::XlsxError| IngestError::Damaged {
        file: file.into(),
        format: "XLSX",
        found: error.to_string(),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| {
        if is_text { IngestError::UnknownFormat { file: file.into(), found: "DOCX" } } else { damaged(error) }
    })?;
    let mut grids = Vec::new();
    for name in visible_sheets(&book) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        grids.push(grid(&name, &range, &merged));
    }
    Ok(grids)
}

/// The visible sheets of an XLS workbook.
pub(super) fn read_xls(file: &Path, bytes: Vec<u8>) -> Result<Vec<Grid>, IngestError> {
    let damaged = |error: calamine::XlsError| IngestError::Damaged {
        file: file.into(),
        format: "XLS",
        found: error.to_string(),
    };
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grids = Vec::new();
    for name in visible_sheets(&book) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        grids.push(grid(&name, &range, &merged));
    }
    Ok(grids)
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
