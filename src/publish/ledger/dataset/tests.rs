use std::fs::{self, File};
use std::sync::Arc;

use parquet::basic::Type as Physical;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tempfile::TempDir;

use super::super::tests::{bulletin, row};
use super::super::{Account, LedgerBulletin, LedgerRow, Party, Reason, Role, append};
use super::*;
use crate::Problem;
use crate::publish::ledger::{Evidence, LedgerError};

/// A ledger with rows of two firms, of none, and one that names three in two roles.
fn ledger() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut odd = bulletin("b", "2021-05-01", 3);
    odd.rows[0].remark = "一行\n又一行, \"引号\"\r\n".into();
    odd.rows[0].failed_items = vec!["粘度".into(), "冰点".into()];
    odd.rows[1] =
        LedgerRow { parties: vec![], set_aside: Some(Reason::OutcomeUnclear), first_test: None, ..row(2) };
    let named = |name: &str, role| Party { name: name.into(), role };
    odd.rows[2].parties = vec![
        named("云帆灯饰有限公司", Role::Producer),
        named("北斗灯饰有限公司", Role::Contractor),
        named("星海灯饰有限公司", Role::Contractor),
    ];
    let again = LedgerBulletin { corrects: Some("b".into()), ..bulletin("c", "2022-01-01", 1) };
    append(folder.path(), &[odd, bulletin("a", "2020-05-01", 2), again], None).unwrap();
    folder
}

/// The same as a dataset.
fn dataset() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_dataset(ledger().path(), folder.path(), &mut |_| {}).unwrap();
    folder
}

/// Everything that is judged, in words.
fn told(evidence: &Evidence) -> Vec<String> {
    let mut told = vec![String::from_utf8(Account::of_evidence(evidence).to_json()).unwrap()];
    for bulletin in &evidence.bulletins {
        told.push(format!("{:?}", bulletin.bulletin));
        for row in &bulletin.rows {
            let parties = evidence.parties(row).iter();
            let parties: Vec<_> = parties
                .map(|(name, role)| (evidence.texts().get(crate::number::index(*name)), role))
                .collect();
            let text = |place| evidence.texts().get(crate::number::index(place));
            let texts = (text(row.product_class), text(row.failed_items));
            told.push(format!("{} {} {texts:?} {parties:?} {:?}", row.row, row.day, row.findings));
        }
    }
    told
}

fn refused(folder: &Path) -> LedgerError {
    read_evidence(folder, &mut |_| {}).unwrap_err()
}

#[test]
fn a_ledger_and_its_dataset_give_the_same_evidence() {
    let (ledger, dataset) = (ledger(), dataset());
    let mut of_ledger = told(&super::super::read_evidence(ledger.path(), &mut |_| {}).unwrap());
    let of_dataset = told(&super::super::read_evidence(dataset.path(), &mut |_| {}).unwrap());
    assert!(of_ledger.iter().any(|line| line.contains("星海灯饰有限公司")));
    assert_eq!(of_dataset, of_ledger);
    // Whoever reads nothing out of the one and nothing out of the other finds them equal, too.
    assert_eq!(of_ledger.len(), 1 + 3 + 6);
    of_ledger.truncate(1);
    assert!(of_ledger[0].contains("\"rows\": 6"), "{of_ledger:?}");
}

/// A table as another program might write it: a schema, and for each column its cells.
struct Foreign<'a> {
    schema: &'a str,
    columns: Vec<Cells<'a>>,
}

/// The cells of a column; `None` is a null.
enum Cells<'a> {
    Texts(Vec<Option<&'a str>>),
    Numbers(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
}

impl Foreign<'_> {
    fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let schema = Arc::new(parse_message_type(self.schema).unwrap());
        let file = File::create(path).unwrap();
        let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).unwrap();
        let mut group = writer.next_row_group().unwrap();
        for cells in &self.columns {
            let mut column = group.next_column().unwrap().unwrap();
            match cells {
                Cells::Texts(cells) => {
                    let texts = cells.iter().flatten().map(|text| ByteArray::from(*text));
                    let texts: Vec<ByteArray> = texts.collect();
                    column.typed::<ByteArrayType>().write_batch(&texts, Some(&there(cells)), None).unwrap();
                }
                Cells::Numbers(cells) => {
                    let numbers: Vec<i32> = cells.iter().flatten().copied().collect();
                    column.typed::<Int32Type>().write_batch(&numbers, Some(&there(cells)), None).unwrap();
                }
                Cells::Long(cells) => {
                    let numbers: Vec<i64> = cells.iter().flatten().copied().collect();
                    column.typed::<Int64Type>().write_batch(&numbers, Some(&there(cells)), None).unwrap();
                }
            }
            column.close().unwrap();
        }
        group.close().unwrap();
        writer.close().unwrap();
    }
}

fn there<T>(cells: &[Option<T>]) -> Vec<i16> {
    cells.iter().map(|cell| i16::from(cell.is_some())).collect()
}

/// The columns of rows, each as `optional TYPE NAME`, with one clean row of a firm; `change` may change a column.
fn one_row(change: impl Fn(&str) -> Option<(&'static str, Cells<'static>)>) -> (String, Vec<Cells<'static>>) {
    let (mut schema, mut columns) = ("message rows {".to_owned(), vec![]);
    for column in &columns::ROWS {
        let usual = match column.name {
            "row" => ("int64", Cells::Long(vec![Some(1)])),
            "day" => ("int32 NAME (DATE)", Cells::Numbers(vec![Some(18_748)])),
            "day_from" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("published")])),
            "role" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("producer")])),
            "first_test" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("conforming")])),
            "retest" | "follow_up" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("none")])),
            "standing" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("final")])),
            "bulletin" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("a")])),
            "firm" => ("binary NAME (UTF8)", Cells::Texts(vec![Some("云帆灯饰有限公司")])),
            _ => ("binary NAME (UTF8)", Cells::Texts(vec![None])),
        };
        let (kind, cells) = change(column.name).unwrap_or(usual);
        if kind.is_empty() {
            continue;
        }
        let kind = if kind.contains("NAME") { kind.to_owned() } else { format!("{kind} NAME") };
        let end = if kind.ends_with('}') { "" } else { ";" };
        schema.extend(["optional ", &kind.replace("NAME", column.name), end]);
        columns.push(cells);
    }
    (schema + "}", columns)
}

/// A dataset of one bulletin, its rows by `one_row`.
fn foreign(change: impl Fn(&str) -> Option<(&'static str, Cells<'static>)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ledger = tempfile::tempdir().unwrap();
    append(ledger.path(), &[bulletin("a", "2021-05-01", 1)], None).unwrap();
    write_dataset(ledger.path(), folder.path(), &mut |_| {}).unwrap();
    fs::remove_file(folder.path().join("rows.parquet")).unwrap();
    let (schema, columns) = one_row(change);
    Foreign { schema: &schema, columns }.write(&folder.path().join("rows.parquet"));
    folder
}

/// What is said of a dataset in which one column of `rows` is another.
fn said_of(column: &'static str, kind: &'static str, cells: fn() -> Cells<'static>) -> String {
    let folder = foreign(|name| (name == column).then(|| (kind, cells())));
    let error = refused(folder.path());
    error.to_string().replace(&folder.path().display().to_string(), "DATASET")
}

#[test]
fn a_table_of_another_program_is_read() {
    let folder = foreign(|_| None);
    let evidence = read_evidence(folder.path(), &mut |_| {}).unwrap();
    assert_eq!(told(&evidence).last().unwrap().split(' ').take(2).collect::<Vec<_>>(), ["1", "2021-05-01"]);
}

#[test]
fn a_column_of_another_type_is_named() {
    let text = || Cells::Texts(vec![Some("1")]);
    assert_eq!(
        said_of("row", "binary NAME (UTF8)", text),
        "expected whole numbers (INT32 or INT64) in column row of DATASET/rows.parquet, found BYTE_ARRAY, UTF8"
    );
    assert_eq!(
        said_of("day", "binary NAME (UTF8)", text),
        "expected days (INT32, DATE) in column day of DATASET/rows.parquet, found BYTE_ARRAY, UTF8"
    );
    assert_eq!(
        said_of("day", "int64 NAME (TIMESTAMP_MICROS)", || Cells::Long(vec![Some(1)])),
        "expected days (INT32, DATE) in column day of DATASET/rows.parquet, found INT64, TIMESTAMP_MICROS"
    );
    assert_eq!(
        said_of("firm", "binary", text),
        "expected text (BYTE_ARRAY, STRING) in column firm of DATASET/rows.parquet, found BYTE_ARRAY"
    );
    assert_eq!(
        said_of("remark", "group NAME { optional binary text (UTF8); }", || Cells::Texts(vec![None])),
        "expected text (BYTE_ARRAY, STRING) in column remark of DATASET/rows.parquet, found a nested column of BYTE_ARRAY, UTF8"
    );
    assert_eq!(
        said_of("standing", "", text),
        "expected text (BYTE_ARRAY, STRING) in column standing of DATASET/rows.parquet, found no such column"
    );
}

#[test]
fn a_cell_that_does_not_fit_is_named() {
    assert_eq!(
        said_of("day", "int32 NAME (DATE)", || Cells::Numbers(vec![None])),
        "expected days (INT32, DATE) in DATASET/rows.parquet, row 1, column day, found null"
    );
    assert_eq!(
        said_of("day", "int32 NAME (DATE)", || Cells::Numbers(vec![Some(i32::MAX)])),
        "expected days (INT32, DATE) in DATASET/rows.parquet, row 1, column day, found a day outside the calendar, 2147483647 days from 1970-01-01"
    );
    assert_eq!(
        said_of("retest", "binary NAME (UTF8)", || Cells::Texts(vec![Some("maybe")])),
        "expected one of its words in DATASET/rows.parquet, row 1, column retest, found \"maybe\""
    );
    assert_eq!(
        said_of("row", "int64", || Cells::Long(vec![Some(-1)])),
        "expected a number in DATASET/rows.parquet, row 1, column row, found \"-1\""
    );
    assert_eq!(
        said_of("firm", "binary NAME (UTF8)", || Cells::Texts(vec![None])),
        "expected the name of a firm in row 1 of bulletin a, found \"\""
    );
    assert_eq!(
        said_of("bulletin", "binary NAME (UTF8)", || Cells::Texts(vec![Some("z")])),
        "expected the id of a bulletin in DATASET/rows.parquet, row 1, column bulletin, found \"z\""
    );
    let error =
        refused(foreign(|name| (name == "row").then(|| ("int64", Cells::Long(vec![Some(2)])))).path());
    assert_eq!(
        error.to_string(),
        "expected rows numbered from 1 without gaps in row 1 of bulletin a, found 2"
    );
}

#[test]
fn lines_may_lie_in_any_order_in_any_number_of_files_and_folders() {
    let expected = told(&read_evidence(dataset().path(), &mut |_| {}).unwrap());
    let folder = dataset();
    let rows = folder.path().join("rows.parquet");
    let mut lines = Vec::new();
    for part in crate::publish::columnar::parts(folder.path(), ROWS).unwrap() {
        crate::publish::columnar::for_each_record(&part, &columns::ROWS, |record| {
            lines.push(record.clone());
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    }
    fs::remove_file(&rows).unwrap();
    // Backwards, each into a part of its own, in a folder that names its bulletin.
    for (at, line) in lines.iter().rev().enumerate() {
        let (schema, columns) = hive_row(line);
        let part = rows.join(format!("bulletin={}/part-{at}.parquet", &line[columns::BULLETIN]));
        Foreign { schema: &schema, columns }.write(&part);
    }
    fs::write(rows.join("_SUCCESS"), "").unwrap();
    assert_eq!(told(&read_evidence(folder.path(), &mut |_| {}).unwrap()), expected);
}

/// A row without the column `bulletin`.
fn hive_row(line: &csv::StringRecord) -> (String, Vec<Cells<'_>>) {
    let (mut schema, mut cells) = ("message rows {".to_owned(), vec![]);
    for (column, text) in columns::ROWS[..columns::BULLETIN].iter().zip(line) {
        let name = column.name.to_uppercase();
        let (kind, cell) = match column.name {
            "row" => (format!("{} {name}", Physical::INT32), Cells::Numbers(vec![text.parse().ok()])),
            "day" => {
                let day: crate::Day = text.parse().unwrap();
                (format!("INT32 {name} (DATE)"), Cells::Numbers(vec![Some(day.epoch_days())]))
            }
            _ => (format!("BYTE_ARRAY {name} (STRING)"), Cells::Texts(vec![Some(text)])),
        };
        schema.extend(["OPTIONAL ", &kind, ";"]);
        cells.push(cell);
    }
    (schema + "}", cells)
}

#[test]
fn the_lines_of_a_row_agree() {
    let two = |texts: [&'static str; 2]| Cells::Texts(texts.map(Some).to_vec());
    let pair = |firms: [&'static str; 2], standings: [&'static str; 2]| {
        let folder = foreign(|_| None);
        let (schema, columns) = one_row(|_| None);
        let doubled =
            columns.into_iter().zip(&columns::ROWS).map(|(cells, column)| match (column.name, cells) {
                ("firm", _) => two(firms),
                ("standing", _) => two(standings),
                (_, Cells::Texts(cells)) => Cells::Texts([cells.clone(), cells].concat()),
                (_, Cells::Numbers(cells)) => Cells::Numbers([cells.clone(), cells].concat()),
                (_, Cells::Long(cells)) => Cells::Long([cells.clone(), cells].concat()),
            });
        Foreign { schema: &schema, columns: doubled.collect() }.write(&folder.path().join("rows.parquet"));
        read_evidence(folder.path(), &mut |_| {}).map(|evidence| evidence.rows()).map_err(|e| e.to_string())
    };
    let (cloud, star) = ("云帆灯饰有限公司", "星海灯饰有限公司");
    assert_eq!(pair([cloud, star], ["final", "final"]), Ok(1));
    assert_eq!(
        pair([cloud, star], ["final", "pending"]).unwrap_err(),
        "expected the lines of one row to differ in their firm only in row 1 of bulletin a, found other differences"
    );
    assert_eq!(
        pair([cloud, cloud], ["final", "final"]).unwrap_err(),
        "expected one line for each firm in row 1 of bulletin a, found two for one"
    );
}

#[test]
fn what_is_no_dataset_is_named() {
    let folder = dataset();
    fs::remove_file(folder.path().join("bulletins.parquet")).unwrap();
    let error = refused(folder.path());
    assert_eq!(error.code(), "dataset_no_table");
    let folder = dataset();
    let rows = folder.path().join("rows.parquet");
    fs::write(&rows, "row,firm\n1,云帆\n").unwrap();
    let error = refused(folder.path());
    assert_eq!(
        error.to_string(),
        format!("expected a file in Parquet, found something else in {}", rows.display())
    );
    assert!(std::error::Error::source(&error).is_some());
    // A file that was cut short has no end, and its end says where everything is.
    let folder = dataset();
    let rows = folder.path().join("rows.parquet");
    let bytes = fs::read(&rows).unwrap();
    for length in (0..bytes.len()).step_by(97) {
        fs::write(&rows, &bytes[..length]).unwrap();
        assert_eq!(refused(folder.path()).code(), "dataset_parquet", "{length}");
    }
}

#[test]
fn a_ledger_that_was_changed_is_not_exported() {
    let (ledger, folder) = (ledger(), tempfile::tempdir().unwrap());
    let table = ledger.path().join("bulletins/a.csv");
    fs::write(&table, fs::read_to_string(&table).unwrap().replace("台灯", "吊灯")).unwrap();
    let error = write_dataset(ledger.path(), folder.path(), &mut |_| {}).unwrap_err();
    assert_eq!(error.code(), "ledger_changed");
    assert!(!is_dataset(folder.path()));
}
