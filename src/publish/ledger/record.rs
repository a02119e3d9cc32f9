//! One record of a table of the ledger, with the place that an error names.

use std::path::Path;
use std::str::FromStr;

use super::LedgerError;

/// A record and where it stands.
pub(super) struct Record<'a> {
    pub(super) file: &'a Path,
    pub(super) columns: &'a [&'static str],
    pub(super) cells: &'a csv::StringRecord,
}

impl Record<'_> {
    /// The text in `column`.
    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// Puts the text in `column` into the place of another.
    pub(super) fn copy(&self, column: usize, text: &mut String) {
        text.clear();
        text.push_str(self.text(column));
    }

    /// The value in `column`, as its type reads it.
    pub(super) fn parse<T: FromStr>(&self, column: usize, expected: &str) -> Result<T, LedgerError> {
        self.text(column).parse().map_err(|_| self.refuse(column, expected))
    }

    /// The same, where an empty cell stands for none.
    pub(super) fn parse_any<T: FromStr>(
        &self,
        column: usize,
        expected: &str,
    ) -> Result<Option<T>, LedgerError> {
        if self.text(column).is_empty() { Ok(None) } else { self.parse(column, expected).map(Some) }
    }

    /// The member of a closed set that the word in `column` stands for.
    pub(super) fn word<T>(&self, column: usize, from_word: fn(&str) -> Option<T>) -> Result<T, LedgerError> {
        from_word(self.text(column)).ok_or_else(|| self.refuse(column, "one of its words"))
    }

    /// The same, where an empty cell stands for none.
    pub(super) fn word_any<T>(
        &self,
        column: usize,
        from_word: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, LedgerError> {
        if self.text(column).is_empty() { Ok(None) } else { self.word(column, from_word).map(Some) }
    }

    /// The error that names this cell.
    pub(super) fn refuse(&self, column: usize, expected: &str) -> LedgerError {
        LedgerError::Cell {
            file: self.file.into(),
            line: self.cells.position().map_or(0, csv::Position::line),
            column: self.columns.get(column).copied().unwrap_or("?"),
            expected: expected.into(),
            found: self.text(column).chars().take(60).collect(),
        }
    }
}

/// Hands every record of `bytes` to `visit`, after seeing that the first line holds exactly `columns`.
pub(super) fn for_each_record(
    file: &Path,
    bytes: &[u8],
    columns: &[&'static str],
    mut visit: impl FnMut(Record<'_>) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let broken = |source| LedgerError::Csv { file: file.into(), source };
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record).map_err(broken)?;
    if !record.iter().eq(columns.iter().copied()) {
        let found: Vec<&str> = record.iter().collect();
        return Err(LedgerError::Headings {
            file: file.into(),
            expected: columns.join(","),
            found: found.join(","),
        });
    }
    while reader.read_record(&mut record).map_err(broken)? {
        visit(Record { file, columns, cells: &record })?;
    }
    Ok(())
}

/// A table in its one form: UTF-8, line feeds, quotation marks only where needed.
pub(super) struct TableWriter(csv::Writer<Vec<u8>>);

impl TableWriter {
    pub(super) fn new(columns: &[&'static str]) -> Self {
        let mut writer = Self(csv::WriterBuilder::new().from_writer(Vec::new()));
        writer.push(columns.iter().copied());
        writer
    }

    pub(super) fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.0.write_record(cells).expect("records of one length go into memory");
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every byte")
    }
}
