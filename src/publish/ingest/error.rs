//! Why bulletins cannot be read.

use std::fmt;
use std::path::PathBuf;

use crate::Problem;

/// Why bulletins cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum IngestError {
    /// Neither `index.csv` nor the title says which body published a bulletin.
    BodyUnknown {
        /// The file.
        file: PathBuf,
    },
    /// A file that begins like a known format and does not go on like it.
    Damaged {
        /// The file.
        file: PathBuf,
        /// What it begins like.
        format: &'static str,
        /// What its reader says.
        found: String,
    },
    /// A file without a single byte, or with white space only.
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// A text that is neither UTF-8 nor GB 18030.
    Encoding {
        /// The file.
        file: PathBuf,
    },
    /// A cell of `index.csv` that does not hold what its column expects.
    IndexCell {
        /// The index.
        file: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// The column's heading.
        column: &'static str,
        /// What the column expects.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A heading of `index.csv` that is not known or stands there twice, or one that is missing.
    IndexHeading {
        /// The index.
        file: PathBuf,
        /// What stands there; empty where the column `file` is missing.
        found: String,
    },
    /// The disk said no.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A table of samplings without a column for the producer.
    NoProducerColumn {
        /// The file.
        file: PathBuf,
        /// Where in the file, for example `sheet 名单`; may be empty.
        place: String,
        /// The row of the headings, from 1.
        row: usize,
        /// The headings found.
        headings: Vec<String>,
    },
    /// A file without a table of samplings.
    NoTable {
        /// The file.
        file: PathBuf,
    },
    /// Nothing to read in what was given.
    NothingGiven {
        /// What was given.
        inputs: Vec<PathBuf>,
    },
    /// Neither `index.csv` nor the file's name says when a bulletin was published.
    PublicationUnknown {
        /// The file.
        file: PathBuf,
    },
    /// Two files whose names without ending are alike.
    SameId {
        /// The id that both would have.
        id: String,
        /// Their names.
        files: [String; 2],
    },
    /// A file of a format that is not read.
    UnknownFormat {
        /// The file.
        file: PathBuf,
        /// What it looks like.
        found: &'static str,
    },
}

impl fmt::Display for IngestError {
    // One arm a variant, however many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BodyUnknown { file } => {
                write!(
                    f,
                    "expected to learn which body published {}, found neither a line in index.csv nor a known place in the title",
                    file.display()
                )
            }
            Self::Damaged { file, format, found } => {
                write!(
                    f,
                    "expected {} to be a whole {format} file, found it damaged: {found}",
                    file.display()
                )
            }
            Self::Empty { file } => write!(f, "expected a table in {}, found an empty file", file.display()),
            Self::Encoding { file } => {
                write!(f, "expected text in UTF-8 or GB 18030 in {}, found neither", file.display())
            }
            Self::IndexCell { file, line, column, expected, found } => {
                let file = file.display();
                write!(f, "expected {expected} in {file}, line {line}, column {column}, found {found:?}")
            }
            Self::IndexHeading { file, found } if found.is_empty() => {
                write!(f, "expected the column file in the first line of {}, found none", file.display())
            }
            Self::IndexHeading { file, found } => {
                let (file, known) = (file.display(), super::index_file::COLUMNS.join(", "));
                write!(
                    f,
                    "expected columns of {known}, each once, in the first line of {file}, found {found:?}"
                )
            }
            Self::Io { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::NoProducerColumn { file, place, row, headings } => {
                let (file, headings) = (file.display(), headings.join(", "));
                let place = if place.is_empty() { String::new() } else { format!(", {place}") };
                write!(
                    f,
                    "expected a column for the producer in {file}{place}, row {row}, found the headings {headings}"
                )
            }
            Self::NoTable { file } => {
                write!(f, "expected a table with headings of samplings in {}, found none", file.display())
            }
            Self::NothingGiven { inputs } => {
                let inputs: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
                write!(f, "expected bulletins in {}, found none", inputs.join(", "))
            }
            Self::PublicationUnknown { file } => {
                write!(
                    f,
                    "expected to learn when {} was published, found neither a line in index.csv nor a day in the file's name",
                    file.display()
                )
            }
            Self::SameId { id, files: [first, second] } => {
                write!(f, "expected one bulletin called {id}, found two: {first} and {second}")
            }
            Self::UnknownFormat { file, found } => {
                write!(f, "expected CSV, XLSX, XLS or HTML in {}, found {found}", file.display())
            }
        }
    }
}

impl std::error::Error for IngestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Problem for IngestError {
    fn code(&self) -> &'static str {
        match self {
            Self::BodyUnknown { .. } => "bulletin_body_unknown",
            Self::Damaged { .. } => "bulletin_damaged",
            Self::Empty { .. } => "bulletin_empty",
            Self::Encoding { .. } => "bulletin_encoding",
            Self::IndexCell { .. } => "bulletin_index_cell",
            Self::IndexHeading { .. } => "bulletin_index_heading",
            Self::Io { .. } => "bulletin_io",
            Self::NoProducerColumn { .. } => "bulletin_no_producer_column",
            Self::NoTable { .. } => "bulletin_no_table",
            Self::NothingGiven { .. } => "no_bulletins",
            Self::PublicationUnknown { .. } => "bulletin_publication_unknown",
            Self::SameId { .. } => "bulletin_same_id",
            Self::UnknownFormat { .. } => "bulletin_format",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::BodyUnknown { .. } => {
                "add a line for the file to index.csv beside it, with file, authority, level and division"
            }
            Self::Damaged { .. } | Self::Empty { .. } => "download the file again from the body's site",
            Self::Encoding { .. } => "save the file as UTF-8, or as an XLSX workbook",
            Self::IndexCell { .. } => "correct the cell, or empty it where the value is not known",
            Self::IndexHeading { .. } => "rename or remove the column; only `file` is required",
            Self::Io { .. } => "see that the file exists and that you may read it",
            Self::NoProducerColumn { .. } => {
                "rename the producer's heading to 标称生产单位 in a copy, or ask for the heading to be added to the table of headings"
            }
            Self::NoTable { .. } => {
                "see that the file is the bulletin's table and that its headings name the producer and the product"
            }
            Self::NothingGiven { .. } => "name CSV, XLSX, XLS or HTML files, or a folder that holds some",
            Self::PublicationUnknown { .. } => {
                "add a line for the file to index.csv beside it, with file and published_on, or put the day into the file's name as YYYY-MM-DD"
            }
            Self::SameId { .. } => "rename one of the files: its name without its ending is the bulletin's id",
            Self::UnknownFormat { .. } => "save the table as XLSX or CSV and read that",
        }
        .into()
    }
}
