//! What is no error and yet not as it should be.

use std::fmt;

/// Something that a person should look at; the reading went on.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Warning {
    /// `index.csv` states another number of failures than the file holds.
    NonconformingDiffer {
        /// The file.
        file: String,
        /// The number in the index.
        stated: u32,
        /// The number read.
        found: u32,
    },
    /// `index.csv` has a line for a file that is not there.
    NotThere {
        /// The file.
        file: String,
    },
    /// `index.csv` states another number of rows than the file holds.
    RowsDiffer {
        /// The file.
        file: String,
        /// The number in the index.
        stated: u32,
        /// The number read.
        found: u32,
    },
    /// A day of sampling that cannot be read or lies after the publication; the day of publication stands in for it.
    SamplingDay {
        /// The file.
        file: String,
        /// The row, from 1.
        row: u32,
        /// What stands there.
        found: String,
    },
    /// A file in a folder of bulletins whose ending is not known and that `index.csv` does not name.
    Skipped {
        /// The file.
        file: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NonconformingDiffer { file, stated, found } => {
                write!(f, "expected {stated} failures in {file} as index.csv states, found {found}")
            }
            Self::NotThere { file } => write!(f, "expected {file} as index.csv states, found no such file"),
            Self::RowsDiffer { file, stated, found } => {
                write!(f, "expected {stated} rows in {file} as index.csv states, found {found}")
            }
            Self::SamplingDay { file, row, found } => write!(
                f,
                "expected a day of sampling before the publication in {file}, row {row}, found {found:?}; the day of publication stands in for it"
            ),
            Self::Skipped { file } => {
                write!(f, "expected CSV, XLSX, XLS or HTML, found {file}; it was not read")
            }
        }
    }
}
