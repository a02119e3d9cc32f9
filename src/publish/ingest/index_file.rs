//! `index.csv` beside bulletins: what their files do not say.
//!
//! ```text
//! file,authority,level,division,inspection_year,published_on,rows,nonconforming,lists,source_url
//! lamps.xlsx,云州市市场监督管理局,municipal,449900,2023,2023-10-20,60,3,all,https://…
//! ```
//!
//! Only `file` is required; an empty cell means that the value is not known. A column that is not known is refused, so
//! that a misspelt one is not passed over in silence.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{IngestError, format};
use crate::sampling::{Level, Lists};
use crate::{Day, Division};

/// The name of the index.
pub(super) const NAME: &str = "index.csv";

/// The columns that are known.
pub(super) const COLUMNS: [&str; 14] = [
    "file",
    "authority",
    "level",
    "division",
    "inspection_year",
    "published_on",
    "rows",
    "nonconforming",
    "lists",
    "source_url",
    "title",
    "empty_producer",
    "corrects",
    "product_class",
];

/// What one line of the index says.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) authority: String,
    pub(super) level: Option<Level>,
    pub(super) division: Option<Division>,
    pub(super) inspection_year: Option<i32>,
    pub(super) published_on: Option<Day>,
    pub(super) rows: Option<u32>,
    pub(super) nonconforming: Option<u32>,
    pub(super) lists: Option<Lists>,
    pub(super) url: String,
    pub(super) title: String,
    /// Whether an empty producer's cell means the inspected firm.
    pub(super) empty_means_inspected: bool,
    pub(super) corrects: Option<String>,
    pub(super) product_class: String,
}

/// The index of one folder; without lines where the folder has none.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct IndexFile(BTreeMap<String, Entry>);

impl IndexFile {
    /// Reads the index in a folder.
    pub(super) fn beside(folder: &Path) -> Result<Self, IngestError> {
        let path = folder.join(NAME);
        match std::fs::read(&path) {
            Ok(bytes) => Self::read(&path, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(IngestError::Io { path, source }),
        }
    }

    /// The line of a file.
    pub(super) fn entry(&self, file: &str) -> Option<&Entry> {
        self.0.get(file)
    }

    /// The files that it names.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn read(path: &Path, bytes: &[u8]) -> Result<Self, IngestError> {
        let text = format::text_of(path, bytes)?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let damaged = |error: csv::Error| IngestError::Damaged {
            file: path.into(),
            format: "CSV",
            found: error.to_string(),
        };
        let mut record = csv::StringRecord::new();
        reader.read_record(&mut record).map_err(damaged)?;
        let places = places(path, &record)?;
        let mut entries = BTreeMap::new();
        while reader.read_record(&mut record).map_err(damaged)? {
            let line = Line { path: path.into(), places: &places, record: &record };
            let file = line.text("file").to_owned();
            if file.is_empty() {
                return Err(line.refuse("file", "a file's name"));
            }
            let entry = line.entry()?;
            if entries.insert(file, entry).is_some() {
                return Err(line.refuse("file", "each file once"));
            }
        }
        Ok(Self(entries))
    }
}

/// Where each column stands.
fn places(path: &Path, first: &csv::StringRecord) -> Result<Vec<Option<usize>>, IngestError> {
    let refuse = |found: &str| Err(IngestError::IndexHeading { file: path.into(), found: found.into() });
    let mut places = vec![None; COLUMNS.len()];
    for (place, heading) in first.iter().enumerate() {
        match COLUMNS.iter().position(|column| *column == heading.trim()) {
            Some(column) if places[column].is_none() => places[column] = Some(place),
            _ => return refuse(heading),
        }
    }
    if places[0].is_none() { refuse("") } else { Ok(places) }
}

fn year(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year| (1949..=9999).contains(year))
}

struct Line<'a> {
    path: PathBuf,
    places: &'a [Option<usize>],
    record: &'a csv::StringRecord,
}

impl Line<'_> {
    fn entry(&self) -> Result<Entry, IngestError> {
        let text = |column| self.text(column).to_owned();
        Ok(Entry {
            authority: text("authority"),
            level: self.read("level", "national, provincial, municipal or county", Level::from_word)?,
            division: self.parse("division", "a division of six digits")?,
            inspection_year: self.read("inspection_year", "a year", year)?,
            published_on: self.read("published_on", "a day", super::day_cell::read)?,
            rows: self.parse("rows", "a number")?,
            nonconforming: self.parse("nonconforming", "a number")?,
            lists: self
                .read("lists", "all or failures_only", |text| Lists::from_word(&text.replace(' ', "_")))?,
            url: text("source_url"),
            title: text("title"),
            empty_means_inspected: self
                .read("empty_producer", "inspected or nothing", |text| (text == "inspected").then_some(()))?
                .is_some(),
            corrects: Some(text("corrects")).filter(|id| !id.is_empty()),
            product_class: text("product_class"),
        })
    }

    fn text(&self, column: &str) -> &str {
        let place = COLUMNS.iter().position(|known| *known == column).and_then(|place| self.places[place]);
        place.and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    fn parse<T: FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, IngestError> {
        self.read(column, expected, |text| text.parse().ok())
    }

    fn read<T>(
        &self,
        column: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, IngestError> {
        match self.text(column) {
            "" => Ok(None),
            text => read(text).map(Some).ok_or_else(|| self.refuse(column, expected)),
        }
    }

    fn refuse(&self, column: &'static str, expected: &'static str) -> IngestError {
        IngestError::IndexCell {
            file: self.path.clone(),
            line: self.record.position().map_or(0, csv::Position::line),
            column,
            expected,
            found: self.text(column).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<IndexFile, String> {
        IndexFile::read(Path::new("index.csv"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_says_what_the_file_does_not() {
        let index = read(
            "file,authority,level,published_on,lists,empty_producer,corrects\n\
             a.csv,云州市市场监督管理局,municipal,2023/10/20,failures only,inspected,b\nc.csv,,,,,,\n",
        )
        .unwrap();
        let entry = index.entry("a.csv").unwrap();
        assert_eq!(entry.published_on, "2023-10-20".parse().ok());
        assert_eq!(entry.lists, Some(Lists::FailuresOnly));
        assert!(entry.empty_means_inspected);
        assert_eq!(entry.corrects.as_deref(), Some("b"));
        assert_eq!(index.entry("c.csv"), Some(&Entry::default()));
    }

    #[test]
    fn what_is_misspelt_is_named() {
        assert_eq!(
            read("file,autority\n").unwrap_err(),
            "expected columns of file, authority, level, division, inspection_year, published_on, rows, nonconforming, lists, source_url, title, empty_producer, corrects, product_class, each once, in the first line of index.csv, found \"autority\""
        );
        assert_eq!(
            read("title\n").unwrap_err(),
            "expected the column file in the first line of index.csv, found none"
        );
        assert_eq!(
            read("file,level\na.csv,city\n").unwrap_err(),
            "expected national, provincial, municipal or county in index.csv, line 2, column level, found \"city\""
        );
        assert_eq!(
            read("file\na.csv\na.csv\n").unwrap_err(),
            "expected each file once in index.csv, line 3, column file, found \"a.csv\""
        );
    }
}
