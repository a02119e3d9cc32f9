//! Reads a file of a table in Parquet as records of text.

use std::fmt::Write as _;
use std::fs::File;

use csv::{Position, StringRecord};
use parquet::basic::{ConvertedType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::parts::Part;
use super::{Column, ColumnarError, Kind};
use crate::Day;

/// Rows that are in memory at a time, beside the pages that they lie in.
const BATCH: usize = 4_096;

/// Hands every row to `visit`, its cells in the order of `columns`, its position the number of the row in the file.
///
/// Other columns are passed over. A column that the file has not is looked for in the names of its folders.
pub(in crate::publish) fn for_each_record<E: From<ColumnarError>>(
    part: &Part,
    columns: &'static [Column],
    mut visit: impl FnMut(&StringRecord) -> Result<(), E>,
) -> Result<(), E> {
    let file = File::open(&part.file).map_err(|source| ColumnarError::Io {
        action: "read",
        path: part.file.clone(),
        source,
    })?;
    let reader = SerializedFileReader::new(file).map_err(|source| broken(part, source))?;
    let sources: Vec<Source> =
        columns.iter().map(|column| Source::of(part, column, &reader)).collect::<Result<_, _>>()?;
    let mut row = Row { record: StringRecord::new(), number: 0 };
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|source| broken(part, source))?;
        let cells = sources.iter().map(|source| Cells::of(source, &*group)).collect::<Result<_, _>>();
        let mut cells: Vec<Cells> = cells.map_err(|source| broken(part, source))?;
        let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        while left > 0 {
            let batch = left.min(BATCH);
            for cells in &mut cells {
                cells.read(batch).map_err(|source| broken(part, source))?;
            }
            for _ in 0..batch {
                row.fill(part, columns, &mut cells)?;
                visit(&row.record)?;
            }
            left -= batch;
        }
    }
    Ok(())
}

/// The row at hand; its memory is used again for the next.
struct Row {
    record: StringRecord,
    /// Its number in the file, from 1.
    number: u64,
}

impl Row {
    /// Goes on to the next row.
    fn fill(
        &mut self,
        part: &Part,
        columns: &'static [Column],
        cells: &mut [Cells],
    ) -> Result<(), ColumnarError> {
        self.number += 1;
        self.record.clear();
        for (cells, column) in cells.iter_mut().zip(columns) {
            cells.push_next(&mut self.record, column).map_err(|found| ColumnarError::Cell {
                file: part.file.clone(),
                row: self.number,
                column: column.name,
                expected: column.kind.expected().into(),
                found,
            })?;
        }
        let mut position = Position::new();
        position.set_line(self.number);
        self.record.set_position(Some(position));
        Ok(())
    }
}

fn broken(part: &Part, source: ParquetError) -> ColumnarError {
    ColumnarError::Parquet { file: part.file.clone(), source: source.into() }
}

/// Where the cells of a column come from.
enum Source {
    /// The place of the column in the file.
    File(usize),
    /// The name of a folder: the same for all rows.
    Folder(Option<String>),
}

impl Source {
    fn of(
        part: &Part,
        column: &'static Column,
        reader: &SerializedFileReader<File>,
    ) -> Result<Self, ColumnarError> {
        let schema = reader.metadata().file_metadata().schema_descr();
        let is_it = |name: &str| name.eq_ignore_ascii_case(column.name);
        let place = schema.columns().iter().position(|there| is_it(there.path().parts()[0].as_str()));
        let refuse = |found: String| ColumnarError::Column {
            file: part.file.clone(),
            column: column.name,
            expected: column.kind.expected(),
            found,
        };
        if let Some(place) = place {
            return match foreign(column.kind, &schema.column(place)) {
                Some(found) => Err(refuse(found)),
                None => Ok(Self::File(place)),
            };
        }
        match part.fixed.iter().find(|(name, _)| is_it(name)) {
            Some((_, value)) if value.is_some() || column.may_be_null => Ok(Self::Folder(value.clone())),
            Some(_) => Err(refuse("null in the name of its folder".into())),
            None => Err(refuse("no such column".into())),
        }
    }
}

/// The type of a column from which `kind` is not read.
fn foreign(kind: Kind, column: &ColumnDescriptor) -> Option<String> {
    let converted = match column.logical_type_ref() {
        Some(logical) => ConvertedType::from(Some(logical.clone())),
        None => column.converted_type(),
    };
    let is_flat = column.path().parts().len() == 1 && column.max_rep_level() == 0;
    let is_known = match (kind, column.physical_type(), converted) {
        (Kind::Text, Physical::BYTE_ARRAY, ConvertedType::UTF8 | ConvertedType::ENUM)
        | (Kind::Day, Physical::INT32, ConvertedType::DATE) => true,
        (Kind::Number, Physical::INT32 | Physical::INT64, converted) => {
            converted == ConvertedType::NONE || converted.to_string().contains("INT_")
        }
        _ => false,
    };
    (!is_flat || !is_known).then(|| {
        let nested = if is_flat { "" } else { "a nested column of " };
        match converted {
            ConvertedType::NONE => format!("{nested}{}", column.physical_type()),
            converted => format!("{nested}{}, {converted}", column.physical_type()),
        }
    })
}

/// The cells of a column of a row group.
enum Cells {
    Texts(Waiting<ByteArrayType>),
    Numbers(Waiting<Int32Type>),
    LongNumbers(Waiting<Int64Type>),
    Same(Option<String>),
}

impl Cells {
    fn of(source: &Source, group: &dyn RowGroupReader) -> Result<Self, ParquetError> {
        let place = match source {
            Source::File(place) => *place,
            Source::Folder(value) => return Ok(Self::Same(value.clone())),
        };
        let reader = group.get_column_reader(place)?;
        let is_required = group.metadata().schema_descr().column(place).max_def_level() == 0;
        Ok(match reader {
            ColumnReader::ByteArrayColumnReader(_) => Self::Texts(Waiting::of(reader, is_required)),
            ColumnReader::Int64ColumnReader(_) => Self::LongNumbers(Waiting::of(reader, is_required)),
            _ => Self::Numbers(Waiting::of(reader, is_required)),
        })
    }

    fn read(&mut self, rows: usize) -> Result<(), ParquetError> {
        match self {
            Self::Texts(waiting) => waiting.read(rows),
            Self::Numbers(waiting) => waiting.read(rows),
            Self::LongNumbers(waiting) => waiting.read(rows),
            Self::Same(_) => Ok(()),
        }
    }

    /// Adds the next cell to a record, or says what it is instead.
    fn push_next(&mut self, record: &mut StringRecord, column: &Column) -> Result<(), String> {
        let is_null = match self {
            Self::Texts(waiting) => match waiting.next() {
                Some(bytes) => {
                    let text = std::str::from_utf8(bytes.data()).map_err(|_| "bytes that are not UTF-8")?;
                    record.push_field(text);
                    false
                }
                None => true,
            },
            Self::Numbers(waiting) => match waiting.next() {
                Some(number) => {
                    push_number(record, column.kind, i64::from(*number))?;
                    false
                }
                None => true,
            },
            Self::LongNumbers(waiting) => match waiting.next() {
                Some(number) => {
                    push_number(record, column.kind, *number)?;
                    false
                }
                None => true,
            },
            Self::Same(Some(text)) => {
                record.push_field(text);
                false
            }
            Self::Same(None) => true,
        };
        if is_null && !column.may_be_null {
            return Err("null".into());
        }
        if is_null {
            record.push_field("");
        }
        Ok(())
    }
}

fn push_number(record: &mut StringRecord, kind: Kind, number: i64) -> Result<(), String> {
    let mut text = String::with_capacity(10);
    if kind == Kind::Day {
        let day = i32::try_from(number).ok().and_then(Day::from_epoch_days);
        let day = day.ok_or_else(|| format!("a day outside the calendar, {number} days from 1970-01-01"))?;
        write!(text, "{day}")
    } else {
        write!(text, "{number}")
    }
    .expect("a string takes every character");
    record.push_field(&text);
    Ok(())
}

/// A batch of cells of one type.
struct Waiting<T: DataType> {
    reader: ColumnReaderImpl<T>,
    is_required: bool,
    values: Vec<T::T>,
    /// 1 for each cell, 0 for each null.
    is_there: Vec<i16>,
    next: (usize, usize),
}

impl<T: DataType> Waiting<T> {
    fn of(reader: ColumnReader, is_required: bool) -> Self {
        let reader = get_typed_column_reader(reader);
        Self { reader, is_required, values: vec![], is_there: vec![], next: (0, 0) }
    }

    fn read(&mut self, rows: usize) -> Result<(), ParquetError> {
        self.values.clear();
        self.is_there.clear();
        self.next = (0, 0);
        let mut read = 0;
        while read < rows {
            let (more, ..) =
                self.reader.read_records(rows - read, Some(&mut self.is_there), None, &mut self.values)?;
            if more == 0 {
                return Err(ParquetError::EOF(format!("a column ends {} rows too soon", rows - read)));
            }
            read += more;
        }
        if self.is_required {
            self.is_there.resize(rows, 1);
        }
        Ok(())
    }

    /// The next cell, `None` for a null.
    fn next(&mut self) -> Option<&T::T> {
        let (row, value) = self.next;
        let is_there = self.is_there.get(row) == Some(&1);
        self.next = (row + 1, value + usize::from(is_there));
        if is_there { self.values.get(value) } else { None }
    }
}
