//! Tables in Parquet, as data platforms read and write them: rows go in and come out as records of text, in the words
//! and the columns of the CSV tables, so that whoever reads or writes the one needs no second code for the other.
//!
//! A table is one file, or a folder of part files as Spark, DuckDB or DataFusion leave them, hive-style sub-folders
//! (`bulletin=ID/…`) included. It is read row group by row group, and of each group a few thousand rows at a time.
//!
//! Compiled by the cargo feature `parquet` alone; what a program without it says is in [`ColumnarError::NotBuiltIn`].

#[cfg(feature = "parquet")]
mod column;
mod error;
mod parts;
#[cfg(feature = "parquet")]
mod reader;
#[cfg(feature = "parquet")]
mod writer;

#[cfg(feature = "parquet")]
pub(in crate::publish) use column::Column;
#[cfg(feature = "parquet")]
use column::Kind;
#[cfg(all(test, feature = "parquet"))]
pub(in crate::publish) use column::written_down;
pub use error::ColumnarError;
pub(in crate::publish) use parts::is_there;
#[cfg(feature = "parquet")]
pub(in crate::publish) use parts::{Part, parts};
#[cfg(feature = "parquet")]
pub(in crate::publish) use reader::for_each_record;
#[cfg(feature = "parquet")]
pub(in crate::publish) use writer::{Level, TableFile};
