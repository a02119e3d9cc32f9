#![doc = include_str!("DATASET.md")]

#[cfg(feature = "parquet")]
mod columns;
#[cfg(feature = "parquet")]
mod read;
#[cfg(feature = "parquet")]
mod write;

use std::path::Path;

#[cfg(feature = "parquet")]
pub(super) use read::read_evidence;
#[cfg(not(feature = "parquet"))]
pub(super) use without::read_evidence;
#[cfg(not(feature = "parquet"))]
pub use without::write_dataset;
#[cfg(feature = "parquet")]
pub use write::write_dataset;

use crate::publish::columnar::is_there;

/// The table of rows, by which a dataset is known.
const ROWS: &str = "rows";
/// The index of the bulletins.
#[cfg(feature = "parquet")]
const BULLETINS: &str = "bulletins";
/// The register; a dataset may do without.
#[cfg(feature = "parquet")]
const REGISTER: &str = "register";

/// Whether a folder holds a dataset.
pub(super) fn is_dataset(folder: &Path) -> bool {
    is_there(folder, ROWS)
}

/// What a program without Parquet says.
#[cfg(not(feature = "parquet"))]
mod without {
    use std::path::Path;

    use super::super::{Evidence, LedgerError, Progress};
    use crate::publish::columnar::ColumnarError;

    /// Writes a ledger as a dataset: not in this program, which is built without Parquet.
    ///
    /// # Errors
    /// Always; they say how to build one that can.
    pub fn write_dataset(_: &Path, _: &Path, _: &mut dyn FnMut(Progress)) -> Result<(), LedgerError> {
        Err(ColumnarError::NotBuiltIn.into())
    }

    pub(in super::super) fn read_evidence(
        _: &Path,
        _: &mut dyn FnMut(Progress),
    ) -> Result<Evidence, LedgerError> {
        Err(ColumnarError::NotBuiltIn.into())
    }
}

#[cfg(feature = "parquet")]
#[cfg(test)]
mod tests;
