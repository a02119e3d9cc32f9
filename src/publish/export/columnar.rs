//! The tables of an edition in Parquet.

use std::path::Path;

use serde::Serialize;

use super::{firm_rows, sampling_rows, table};
use crate::checker::Checker;
use crate::publish::columnar::{Column, ColumnarError, Level, TableFile};

const FIRMS: [Column; 13] = [
    Column::number("firm"),
    Column::text("code").or_null(),
    Column::text("name"),
    Column::text("former_names").or_null(),
    Column::text("division").or_null(),
    Column::number("tier_years").or_null(),
    Column::day("streak_start").or_null(),
    Column::day("streak_end").or_null(),
    Column::number("streak_years").or_null(),
    Column::number("streak_samplings").or_null(),
    Column::text("trade_marks").or_null(),
    Column::text("gs1_prefixes").or_null(),
    Column::text("labels").or_null(),
];

const SAMPLINGS: [Column; 15] = [
    Column::number("firm"),
    Column::day("day"),
    Column::text("day_from"),
    Column::text("bulletin"),
    Column::number("row"),
    Column::text("product_class").or_null(),
    Column::text("outcome"),
    Column::text("first_test"),
    Column::text("retest"),
    Column::text("follow_up"),
    Column::text("standing"),
    Column::text("role"),
    Column::text("failed_items").or_null(),
    Column::text("counts"),
    Column::text("why").or_null(),
];

const BULLETINS: [Column; 10] = [
    Column::text("id"),
    Column::text("body"),
    Column::text("level"),
    Column::text("division"),
    Column::day("published_on"),
    Column::number("inspection_year").or_null(),
    Column::text("title").or_null(),
    Column::text("url").or_null(),
    Column::text("lists"),
    Column::number("rows"),
];

/// Rows that go through memory as CSV at a time.
const BATCH: usize = 10_000;

pub(super) fn parquet(checker: &Checker, folder: &Path) -> Result<(), ColumnarError> {
    let edition = checker.edition();
    write(folder, "firms", &FIRMS, firm_rows(checker))?;
    write(folder, "samplings", &SAMPLINGS, sampling_rows(edition))?;
    write(folder, "bulletins", &BULLETINS, edition.bulletins.iter())
}

fn write<R: Serialize>(
    folder: &Path,
    name: &str,
    columns: &'static [Column],
    rows: impl Iterator<Item = R>,
) -> Result<(), ColumnarError> {
    let mut file = TableFile::create(folder, name, columns, Level::Small)?;
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let csv = table(rows.by_ref().take(BATCH));
        for record in csv::Reader::from_reader(&csv[..]).into_records() {
            file.push(&record.expect("it was written a moment ago"))?;
        }
    }
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::super::{csv as csv_tables, tests::checker};
    use super::*;
    use crate::publish::columnar::{for_each_record, parts};

    #[test]
    fn the_tables_hold_what_those_in_csv_hold() {
        let folder = tempfile::tempdir().unwrap();
        parquet(&checker(), folder.path()).unwrap();
        let tables: [(&str, &[Column]); 3] =
            [("firms", &FIRMS), ("samplings", &SAMPLINGS), ("bulletins", &BULLETINS)];
        for ((name, columns), (_, csv)) in tables.into_iter().zip(csv_tables(&checker())) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(columns.iter().map(|column| column.name)).unwrap();
            for part in parts(folder.path(), name).unwrap() {
                for_each_record(&part, columns, |record| {
                    writer.write_record(record).unwrap();
                    Ok::<(), ColumnarError>(())
                })
                .unwrap();
            }
            let found = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            assert_eq!(found, String::from_utf8(csv).unwrap());
        }
    }
}
