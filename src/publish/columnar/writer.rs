//! Writes records into a table in Parquet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type};
use tempfile::NamedTempFile;

use super::{Column, ColumnarError, Kind};
use crate::Day;
use crate::publish::disk::{finish, unfinished};

/// Rows of a group: what DuckDB chooses, and little enough to hold in memory.
const GROUP: usize = 122_880;

/// How hard the compressor tries.
#[derive(Clone, Copy, Debug)]
pub(in crate::publish) enum Level {
    /// zstd 3: as fast as the disk.
    Fast,
    /// zstd 19: a few megabytes a second.
    Small,
}

/// The file of a table being written, beside its place until it is finished: words and texts by a dictionary where one
/// fits, numbers and days as differences.
pub(in crate::publish) struct TableFile {
    path: PathBuf,
    writer: SerializedFileWriter<NamedTempFile>,
    cells: Vec<Cells>,
    rows: usize,
}

/// What is waiting in a column.
struct Cells {
    column: &'static Column,
    /// All texts in one piece of memory: one piece each took half of the time of writing.
    text: Vec<u8>,
    /// Where each text begins in it, and its length.
    texts: Vec<(usize, usize)>,
    numbers: Vec<i32>,
    /// 1 for each cell, 0 for each null.
    is_there: Vec<i16>,
}

impl TableFile {
    /// Begins `folder`/`table`.parquet.
    pub(in crate::publish) fn create(
        folder: &Path,
        table: &str,
        columns: &'static [Column],
        level: Level,
    ) -> Result<Self, ColumnarError> {
        let path = folder.join(format!("{table}.parquet"));
        let file = unfinished(&path).map_err(|source| unwritable(&path, source))?;
        let writer = schema(columns)
            .and_then(|schema| SerializedFileWriter::new(file, schema, properties(columns, level)?))
            .map_err(|source| broken(&path, source))?;
        Ok(Self { path, writer, cells: columns.iter().map(Cells::of).collect(), rows: 0 })
    }

    /// Adds a row, its cells in the order of the columns; cells beyond those are left out.
    pub(in crate::publish) fn push<'a>(
        &mut self,
        row: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), ColumnarError> {
        self.rows += 1;
        for (cells, text) in self.cells.iter_mut().zip(row) {
            cells.push(text).map_err(|expected| ColumnarError::Cell {
                file: self.path.clone(),
                row: u64::try_from(self.rows).unwrap_or(u64::MAX),
                column: cells.column.name,
                expected: expected.into(),
                found: format!("{text:?}"),
            })?;
        }
        if self.rows.is_multiple_of(GROUP) { self.write_group() } else { Ok(()) }
    }

    /// Writes what is waiting and moves the file into its place.
    pub(in crate::publish) fn finish(mut self) -> Result<(), ColumnarError> {
        if !self.rows.is_multiple_of(GROUP) {
            self.write_group()?;
        }
        let file = self.writer.into_inner().map_err(|source| broken(&self.path, source))?;
        finish(file, &self.path).map_err(|source| unwritable(&self.path, source))
    }

    fn write_group(&mut self) -> Result<(), ColumnarError> {
        write_cells(&mut self.writer, &mut self.cells).map_err(|source| broken(&self.path, source))
    }
}

fn unwritable(path: &Path, source: std::io::Error) -> ColumnarError {
    ColumnarError::Io { action: "write", path: path.into(), source }
}

/// Writes what is waiting as a group of rows.
fn write_cells(
    file: &mut SerializedFileWriter<NamedTempFile>,
    waiting: &mut [Cells],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for cells in waiting {
        let mut column = group.next_column()?.expect("the schema has as many columns");
        cells.write(&mut column)?;
        column.close()?;
        cells.clear();
    }
    group.close()?;
    Ok(())
}

impl Cells {
    fn of(column: &'static Column) -> Self {
        Self { column, text: vec![], texts: vec![], numbers: vec![], is_there: vec![] }
    }

    /// Takes in a cell, or says what was expected.
    fn push(&mut self, text: &str) -> Result<(), &'static str> {
        let is_null = text.is_empty() && self.column.may_be_null;
        self.is_there.push(i16::from(!is_null));
        if is_null {
            return Ok(());
        }
        match self.column.kind {
            Kind::Text => {
                self.texts.push((self.text.len(), text.len()));
                self.text.extend(text.as_bytes());
            }
            Kind::Number => self.numbers.push(text.parse().map_err(|_| "a number below 2^31")?),
            Kind::Day => self.numbers.push(text.parse::<Day>().map_err(|_| "a day")?.epoch_days()),
        }
        Ok(())
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = self.column.may_be_null.then_some(self.is_there.as_slice());
        match self.column.kind {
            Kind::Text => {
                let text = ByteArray::from(std::mem::take(&mut self.text));
                let slice = |(from, length): &(usize, usize)| text.slice(*from, *length);
                let texts: Vec<ByteArray> = self.texts.iter().map(slice).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, levels, None)?
            }
            Kind::Number | Kind::Day => {
                column.typed::<Int32Type>().write_batch(&self.numbers, levels, None)?
            }
        };
        Ok(())
    }

    fn clear(&mut self) {
        self.texts.clear();
        self.numbers.clear();
        self.is_there.clear();
    }
}

fn broken(path: &Path, source: ParquetError) -> ColumnarError {
    ColumnarError::Parquet { file: path.into(), source: source.into() }
}

fn schema(columns: &[Column]) -> Result<Arc<Type>, ParquetError> {
    let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>()?;
    Ok(Arc::new(Type::group_type_builder("table").with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => (Physical::INT32, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let repetition = if column.may_be_null { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()
}

fn properties(columns: &[Column], level: Level) -> Result<Arc<WriterProperties>, ParquetError> {
    let level = match level {
        Level::Fast => 3,
        Level::Small => 19,
    };
    let mut properties = WriterProperties::builder()
        .set_created_by("hongbang".into())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(level)?))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_writer_version(WriterVersion::PARQUET_2_0);
    for column in columns.iter().filter(|column| column.kind != Kind::Text) {
        let path = ColumnPath::from(column.name);
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    Ok(Arc::new(properties.build()))
}
