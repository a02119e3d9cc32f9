//! Text files of separated values.

use std::path::Path;

use super::IngestError;
use super::grid::{Grid, clean};

/// What may separate values; the one that occurs most often outside quotation marks is taken.
const SEPARATORS: &[u8] = b",\t;";

/// The one table of a text file.
pub(super) fn read(file: &Path, text: &str) -> Result<Vec<Grid>, IngestError> {
    let damaged = |found: String| IngestError::Damaged { file: file.into(), format: "CSV", found };
    // A quotation mark that is never closed would swallow the rows below it without a word.
    if !text.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2) {
        return Err(damaged("a quotation mark is not closed".into()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
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
