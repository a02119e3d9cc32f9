//! The index of a ledger: what is known of each bulletin, and the SHA-256 of its table.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::record::{Record, TableWriter, for_each_record};
use super::{LedgerBulletin, LedgerError};
use crate::sampling::{Bulletin, Level, Lists};

/// The columns in their order.
pub(super) const COLUMNS: [&str; 13] = [
    "id",
    "file",
    "body",
    "level",
    "division",
    "published_on",
    "inspection_year",
    "title",
    "url",
    "lists",
    "rows",
    "corrects",
    "sha256",
];

/// One line of the index.
pub(super) struct IndexLine {
    pub(super) bulletin: Bulletin,
    pub(super) file: String,
    pub(super) corrects: Option<String>,
    /// The SHA-256 of the bulletin's table, in hexadecimal.
    pub(super) sha256: String,
}

/// Writes the index of bulletins that come in their order, each with the SHA-256 of its table.
pub(super) struct Writer(TableWriter);

impl Writer {
    pub(super) fn new() -> Self {
        Self(TableWriter::new(&COLUMNS))
    }

    pub(super) fn push(&mut self, bulletin: &LedgerBulletin, sha256: &str) {
        let LedgerBulletin { bulletin, file, corrects, .. } = bulletin;
        self.0.push([
            bulletin.id.as_str(),
            file,
            &bulletin.body,
            bulletin.level.word(),
            &bulletin.division.to_string(),
            &bulletin.published_on.to_string(),
            &bulletin.inspection_year.map(|year| year.to_string()).unwrap_or_default(),
            &bulletin.title,
            &bulletin.url,
            bulletin.lists.word(),
            &bulletin.rows.to_string(),
            corrects.as_deref().unwrap_or_default(),
            sha256,
        ]);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}

/// Reads what a [`Writer`] wrote.
pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<Vec<IndexLine>, LedgerError> {
    let mut lines = Vec::new();
    for_each_record(file, bytes, &COLUMNS, |record| {
        lines.push(read_line(&record)?);
        Ok(())
    })?;
    Ok(lines)
}

/// Reads a line; where there is no table to hash, the last cell may be missing.
pub(super) fn read_line(record: &Record<'_>) -> Result<IndexLine, LedgerError> {
    let text = |column| record.text(column).to_owned();
    Ok(IndexLine {
        bulletin: Bulletin {
            id: text(0),
            body: text(2),
            level: record.word(3, Level::from_word)?,
            division: record.parse(4, "a division of six digits")?,
            published_on: record.parse(5, "a day")?,
            inspection_year: record.parse_any(6, "a year")?,
            title: text(7),
            url: text(8),
            lists: record.word(9, Lists::from_word)?,
            rows: record.parse(10, "a number")?,
        },
        file: text(1),
        corrects: Some(text(11)).filter(|id| !id.is_empty()),
        sha256: text(12),
    })
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("a string takes every character");
    }
    text
}
