//! Why a table in Parquet cannot be read or written.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use crate::Problem;

/// Why a table in Parquet cannot be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum ColumnarError {
    /// A column that is not there, or of a type from which it is not read.
    Column {
        /// The file.
        file: PathBuf,
        /// The column.
        column: &'static str,
        /// What is expected of it.
        expected: &'static str,
        /// What the file has.
        found: String,
    },
    /// A cell that does not hold what its column expects.
    Cell {
        /// The file.
        file: PathBuf,
        /// The row in that file, from 1.
        row: u64,
        /// The column.
        column: &'static str,
        /// What is expected of it.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The disk said no.
    Io {
        /// What was being done, for example `read`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A table of which there is no file.
    NoTable {
        /// The folder of the dataset.
        folder: PathBuf,
        /// The table.
        table: &'static str,
    },
    /// A program without the feature `parquet`.
    NotBuiltIn,
    /// Bytes that are not Parquet, or Parquet that this program cannot read.
    Parquet {
        /// The file.
        file: PathBuf,
        /// What the reader says.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl fmt::Display for ColumnarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { file, column, expected, found } => {
                write!(f, "expected {expected} in column {column} of {}, found {found}", file.display())
            }
            Self::Cell { file, row, column, expected, found } => {
                let file = file.display();
                write!(f, "expected {expected} in {file}, row {row}, column {column}, found {found}")
            }
            Self::Io { action, path, .. } => write!(f, "cannot {action} {}", path.display()),
            Self::NoTable { folder, table } => {
                let folder = folder.display();
                write!(
                    f,
                    "expected {table}.parquet in {folder}, a file or a folder of part files, found neither"
                )
            }
            Self::NotBuiltIn => f.write_str("expected a program with Parquet built in, found one without"),
            Self::Parquet { file, .. } => {
                write!(f, "expected a file in Parquet, found something else in {}", file.display())
            }
        }
    }
}

impl Error for ColumnarError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Parquet { source, .. } => Some(&**source),
            _ => None,
        }
    }
}

impl Problem for ColumnarError {
    fn code(&self) -> &'static str {
        match self {
            Self::Column { .. } => "dataset_column",
            Self::Cell { .. } => "dataset_cell",
            Self::Io { .. } => "dataset_io",
            Self::NoTable { .. } => "dataset_no_table",
            Self::NotBuiltIn => "no_parquet",
            Self::Parquet { .. } => "dataset_parquet",
        }
    }

    fn advice(&self) -> String {
        let advice = match self {
            Self::Column { .. } => {
                "write the dataset anew with the columns and types of src/publish/ledger/dataset/DATASET.md; in SQL a CAST does it"
            }
            Self::Cell { .. } => "mend the cell in the data platform and write the dataset anew",
            Self::Io { .. } => "see that the folder exists, that you may use it and that the disk has room",
            Self::NoTable { .. } => {
                "name the folder in which the tables of the dataset lie side by side, as in src/publish/ledger/dataset/DATASET.md"
            }
            Self::NotBuiltIn => {
                "build it in: `make cli FEATURES=parquet`, or `cargo build --release --features parquet`"
            }
            Self::Parquet { .. } => {
                "look at the file with another reader; of the codecs, zstd, snappy, gzip and none are built in"
            }
        };
        advice.into()
    }
}
