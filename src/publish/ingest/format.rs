//! Which format a file has, told from its bytes: an `.xls` from a body's site is often a page or a new workbook.

use std::path::Path;

use super::grid::Grid;
use super::{IngestError, html, separated_values, workbook};

/// Endings of files that are read from a folder.
const ENDINGS: &[&str] = &["csv", "tsv", "txt", "xlsx", "xls", "html", "htm"];

/// First bytes of formats that are not read, and what a person calls them.
const UNREAD: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"\x1F\x8B", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xBC\xAF", "a compressed archive"),
];

/// Whether a file of a folder is read though no index names it.
pub(super) fn has_known_ending(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The tables of a file.
pub(super) fn read(file: &Path) -> Result<Vec<Grid>, IngestError> {
    let bytes = std::fs::read(file).map_err(|source| IngestError::Io { path: file.into(), source })?;
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read_xlsx(file, bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return workbook::read_xls(file, bytes);
    }
    if let Some((_, found)) = UNREAD.iter().find(|(first, _)| bytes.starts_with(first)) {
        return Err(IngestError::UnknownFormat { file: file.into(), found });
    }
    let text = text_of(file, &bytes)?;
    if text.trim().is_empty() {
        return Err(IngestError::Empty { file: file.into() });
    }
    if text.contains('\0') {
        return Err(IngestError::UnknownFormat { file: file.into(), found: "bytes that are no text" });
    }
    if is_page(&text) { Ok(html::read(&text)) } else { separated_values::read(file, &text) }
}

/// The text of a file.
pub(super) fn text_of(file: &Path, bytes: &[u8]) -> Result<String, IngestError> {
    decode(bytes).ok_or_else(|| IngestError::Encoding { file: file.into() })
}

/// UTF-8 with or without a byte-order mark, UTF-16 with one, else GB 18030; `None` where it is none of these.
pub(in crate::publish) fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, is_broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!is_broken).then(|| text.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned)
}

fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}
