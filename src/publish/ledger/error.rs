//! Why a ledger cannot be read or written.

use std::fmt;
use std::path::PathBuf;

use crate::firm::RegisterError;
use crate::publish::columnar::ColumnarError;
use crate::{CreditCode, Problem};

/// Why a ledger cannot be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum LedgerError {
    /// A bulletin that is in the ledger already, with other content.
    AlreadyRecorded {
        /// The bulletin's id.
        id: String,
        /// The first row, counted from 1, that differs; `None` where only what is known of the bulletin differs.
        row: Option<u32>,
    },
    /// A cell that does not hold what its column expects.
    Cell {
        /// The file.
        file: PathBuf,
        /// The line on which the record begins, from 1.
        line: u64,
        /// The column's heading.
        column: &'static str,
        /// What the column expects.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A table whose SHA-256 is not the one that the index states.
    Changed {
        /// The file.
        file: PathBuf,
        /// The SHA-256 in the index.
        expected: String,
        /// The SHA-256 of the file.
        found: String,
    },
    /// A bulletin that two others claim to correct.
    CorrectedTwice {
        /// The bulletin that is corrected.
        id: String,
        /// The two others.
        by: [String; 2],
    },
    /// A correction of a bulletin that is not in the ledger, or of itself.
    CorrectsNothing {
        /// The correction.
        id: String,
        /// What it names.
        corrects: String,
    },
    /// Bytes that are no table of comma-separated values.
    Csv {
        /// The file.
        file: PathBuf,
        /// What the reader says.
        source: csv::Error,
    },
    /// A dataset that cannot be read or written.
    Dataset(ColumnarError),
    /// A register that is neither UTF-8 nor GB 18030.
    Encoding {
        /// The file.
        file: PathBuf,
    },
    /// A first line that is not the one expected.
    Headings {
        /// The file.
        file: PathBuf,
        /// The columns expected.
        expected: String,
        /// The columns found.
        found: String,
    },
    /// A bulletin handed in that contradicts itself.
    Inconsistent {
        /// The bulletin's id.
        id: String,
        /// The row, from 1; 0 where the bulletin as a whole is meant.
        row: u32,
        /// What was expected.
        expected: &'static str,
        /// What was found.
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
    /// No index in a folder that was to be read.
    NoLedger {
        /// The folder.
        path: PathBuf,
    },
    /// A register that contradicts itself.
    Register {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: RegisterError,
    },
    /// A value of a register that would read back as two, or as none.
    RegisterValue {
        /// Whose value.
        code: CreditCode,
        /// The value.
        found: String,
    },
    /// One id, two bulletins.
    TwiceGiven {
        /// The id.
        id: String,
        /// The two files.
        files: [String; 2],
    },
}

impl fmt::Display for LedgerError {
    // One arm a variant, however many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyRecorded { id, row: None } => {
                write!(f, "expected bulletin {id} as the ledger has it, found other details about it")
            }
            Self::AlreadyRecorded { id, row: Some(row) } => {
                write!(f, "expected bulletin {id} as the ledger has it, found another row {row}")
            }
            Self::Cell { file, line, column, expected, found } => {
                let file = file.display();
                write!(f, "expected {expected} in {file}, line {line}, column {column}, found {found:?}")
            }
            Self::Changed { file, expected, found } => {
                let file = file.display();
                write!(
                    f,
                    "expected {file} unchanged since it was recorded (SHA-256 {expected}), found {found}"
                )
            }
            Self::CorrectedTwice { id, by: [first, second] } => {
                write!(f, "expected one correction of bulletin {id}, found two: {first} and {second}")
            }
            Self::CorrectsNothing { id, corrects } => {
                write!(f, "expected bulletin {id} to correct another one in the ledger, found {corrects:?}")
            }
            Self::Csv { file, .. } => {
                write!(
                    f,
                    "expected comma-separated values in UTF-8 in {}, found something else",
                    file.display()
                )
            }
            Self::Dataset(error) => error.fmt(f),
            Self::Encoding { file } => {
                write!(f, "expected text in UTF-8 or GB 18030 in {}, found neither", file.display())
            }
            Self::Headings { file, expected, found } => {
                let file = file.display();
                write!(f, "expected the columns {expected} in the first line of {file}, found {found}")
            }
            Self::Inconsistent { id, row: 0, expected, found } => {
                write!(f, "expected {expected} in bulletin {id}, found {found}")
            }
            Self::Inconsistent { id, row, expected, found } => {
                write!(f, "expected {expected} in row {row} of bulletin {id}, found {found}")
            }
            Self::Io { action, path, .. } => write!(f, "cannot {action} {}", path.display()),
            Self::NoLedger { path } => {
                write!(
                    f,
                    "expected a ledger in {}, found no bulletins.csv and no rows.parquet",
                    path.display()
                )
            }
            Self::Register { file, .. } => {
                write!(f, "expected a register without contradictions in {}", file.display())
            }
            Self::RegisterValue { code, found } => {
                write!(
                    f,
                    "expected values without `|` and line feeds for {code} in the register, found {found:?}"
                )
            }
            Self::TwiceGiven { id, files: [first, second] } => {
                write!(f, "expected one bulletin called {id}, found two: {first} and {second}")
            }
        }
    }
}

impl From<ColumnarError> for LedgerError {
    fn from(error: ColumnarError) -> Self {
        Self::Dataset(error)
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Csv { source, .. } => Some(source),
            Self::Dataset(error) => error.source(),
            Self::Io { source, .. } => Some(source),
            Self::Register { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Problem for LedgerError {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyRecorded { .. } => "ledger_already_recorded",
            Self::Cell { .. } => "ledger_cell",
            Self::Changed { .. } => "ledger_changed",
            Self::CorrectedTwice { .. } => "ledger_corrected_twice",
            Self::CorrectsNothing { .. } => "ledger_corrects_nothing",
            Self::Csv { .. } => "ledger_csv",
            Self::Dataset(error) => error.code(),
            Self::Encoding { .. } => "register_encoding",
            Self::Headings { .. } => "ledger_headings",
            Self::Inconsistent { .. } => "ledger_inconsistent",
            Self::Io { .. } => "ledger_io",
            Self::NoLedger { .. } => "no_ledger",
            Self::Register { source, .. } => source.code(),
            Self::RegisterValue { .. } => "register_value",
            Self::TwiceGiven { .. } => "ledger_twice_given",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::AlreadyRecorded { id, .. } => format!(
                "a ledger only grows: give the corrected bulletin a file name of its own and write {id} into the column corrects of its line in index.csv"
            ),
            Self::Cell { .. } | Self::Csv { .. } | Self::Headings { .. } => {
                "restore the file from its version control, or correct the cell where the file is kept by hand".into()
            }
            Self::Changed { .. } => {
                "restore the file from its version control; a correction is a new bulletin, never an edit".into()
            }
            Self::CorrectedTwice { by: [first, _], .. } => {
                format!("let the second one correct {first}, so that corrections form a chain")
            }
            Self::CorrectsNothing { .. } => {
                "write the id of the bulletin to be replaced, and add that bulletin first or together with it".into()
            }
            Self::Dataset(error) => error.advice(),
            Self::Encoding { .. } => "save the file as UTF-8".into(),
            Self::Inconsistent { .. } => "correct what was handed to the ledger".into(),
            Self::Io { .. } => "see that the folder exists, that you may use it and that the disk has room".into(),
            Self::NoLedger { .. } => {
                "name the folder that `hongbang ingest --out` wrote, or write one with it first".into()
            }
            Self::Register { source, .. } => source.advice(),
            Self::RegisterValue { .. } => "take the separator out of the value, and empty values away".into(),
            Self::TwiceGiven { .. } => {
                "rename one of the files: its name without its ending is the bulletin's id".into()
            }
        }
    }
}
