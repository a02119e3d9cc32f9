//! Text files of separated values.

use std::path::Path;

use super::IngestError;
use super::grid::{Grid, clean};

/// What may separate values; the one that occurs most often outside quotation marks is taken.
const SEPARATORS: &[u8] = b",\t;";

/// The one table of a text file.
pub(super) fn read(file: &Path, text: &str) -> Result<Vec<Grid>, IngestError> {
    let damaged = |found: String| IngestError::Damaged { file: file.into(), format: "CSV", found };
    let separator = separator(text);
    if let Some(line) = open_quotation(text, separator) {
        return Err(damaged(format!("the quotation mark in line {line} is not closed")));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| damaged(error.to_string()))?;
        rows.push(record.iter().map(clean).collect());
    }
    Ok(vec![Grid { place: String::new(), before: vec![], rows }])
}

fn separator(text: &str) -> u8 {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
        quoted ^= byte == b'"';
        if let Some(place) = SEPARATORS.iter().position(|separator| *separator == byte && !quoted) {
            counts[place] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    SEPARATORS.iter().zip(counts).find(|(_, count)| *count == most).map_or(b',', |(separator, _)| *separator)
}

/// The line of a value that begins with a quotation mark and never ends with one: it would swallow every row below
/// without a word. A mark within a value, as in `5" 管`, opens nothing.
fn open_quotation(text: &str, separator: u8) -> Option<usize> {
    let mut opened = None;
    let mut starts = true;
    let mut line = 1;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n');
        match (opened, byte) {
            (None, b'"') if starts => opened = Some(line),
            (Some(_), b'"') if bytes.peek() == Some(&b'"') => drop(bytes.next()),
            (Some(_), b'"') => opened = None,
            _ => {}
        }
        starts = opened.is_none() && (byte == separator || byte == b'\n' || byte == b'\r');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_value_that_begins_with_a_mark_is_quoted() {
        assert_eq!(open_quotation("a,5\" 管,c\n\"b\",\"x\"\"y\"\n", b','), None);
        assert_eq!(open_quotation("a,b\n1,\"c\n2,d\n", b','), Some(2));
    }

    #[test]
    fn the_separator_is_the_one_that_occurs_most() {
        assert_eq!(separator("a\tb\tc,d\n"), b'\t');
        assert_eq!(separator("a;b;\"x,y,z\"\n"), b';');
    }
}
