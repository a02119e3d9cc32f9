//! Reading bulletins from outside: made-up files in every format and layout. All firms are made up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::path::{Path, PathBuf};

use hongbang::Problem;
use hongbang::publish::ingest::{IngestError, Ingested, ingest};
use hongbang::publish::ledger::{Account, Ledger, LedgerBulletin, LedgerRow, Reason, append};
use hongbang::sampling::{DayFrom, Lists, Outcome, Role};
use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

const INDEX: &str = "file,authority,level,division,inspection_year,published_on,rows,nonconforming,lists,source_url,empty_producer\n";

/// A folder with files, and an index where lines are given.
fn folder(files: &[(&str, &[u8])], index: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    if !index.is_empty() {
        std::fs::write(folder.path().join("index.csv"), format!("{INDEX}{index}\n")).unwrap();
    }
    folder
}

fn read(folder: &Path) -> Result<Ingested, IngestError> {
    ingest(&[folder.to_owned()], &mut |_| {})
}

fn one(name: &str, bytes: &[u8], known: &str) -> LedgerBulletin {
    let folder = folder(&[(name, bytes)], &format!("{name},{known}"));
    let mut read = read(folder.path()).unwrap();
    assert_eq!(read.warnings, []);
    read.bulletins.remove(0)
}

/// The error of a folder with one file; the folder's own path is taken out of the text.
fn refused(name: &str, bytes: &[u8], index: &str) -> (String, &'static str) {
    let folder = folder(&[(name, bytes)], index);
    let error = read(folder.path()).unwrap_err();
    (error.to_string().replace(&format!("{}/", folder.path().display()), ""), error.code())
}

fn summary(row: &LedgerRow) -> String {
    let firms: Vec<String> =
        row.parties.iter().map(|party| format!("{}={}", party.role.word(), party.name)).collect();
    let outcome = row.first_test.map_or("?", Outcome::word);
    format!("{} {} {} {} {}", row.row, row.product_class, row.product, outcome, firms.join("+"))
}

fn summaries(bulletin: &LedgerBulletin) -> Vec<String> {
    bulletin.rows.iter().map(summary).collect()
}

/// A workbook with titles above the heading, breaks in headings, merged cells, days as days and a hidden sheet.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, day) = (Format::new(), Format::new().set_num_format("yyyy/mm/dd"));
    let sheet = book.add_worksheet().set_name("名单").unwrap();
    sheet.merge_range(0, 0, 0, 6, "附件", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 6, "2023年云州市灯具产品质量监督抽查结果", &plain).unwrap();
    for (column, heading) in (0..).zip([
        "序号",
        "产品\n名称",
        "标称生产\n单位名称",
        "生产日期",
        "抽 样 日 期",
        "检验\n结论",
        "备注",
    ]) {
        sheet.write(2, column, heading).unwrap();
    }
    sheet.merge_range(3, 0, 3, 6, "一、台灯（2批次）", &plain).unwrap();
    sheet.merge_range(4, 2, 5, 2, "云帆灯饰（佛山）\n有限公司", &plain).unwrap();
    for (row, product, serial, outcome) in
        [(4, "护眼台灯", 44_993, "合格"), (5, "夹式台灯", 44_994, "不合格")]
    {
        sheet.write(row, 0, row - 3).unwrap();
        sheet.write(row, 1, product).unwrap();
        sheet.write(row, 3, format!("B{row}")).unwrap();
        sheet.write_with_format(row, 4, serial, &day).unwrap();
        sheet.write(row, 5, outcome).unwrap();
    }
    sheet.write(6, 0, "注：以上结果仅对样品负责。").unwrap();
    let hidden = book.add_worksheet().set_name("草稿").unwrap();
    hidden.set_hidden(true).write(0, 0, "序号").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_read() {
    let read = one("lamps.xlsx", &workbook(), "云州市市场监督管理局,municipal,449900,,2023-05-01,2,1,,,");
    assert_eq!(
        summaries(&read),
        [
            "1 台灯 护眼台灯 conforming producer=云帆灯饰（佛山）有限公司",
            "2 台灯 夹式台灯 nonconforming producer=云帆灯饰（佛山）有限公司",
        ]
    );
    assert_eq!(read.bulletin.title, "2023年云州市灯具产品质量监督抽查结果");
    assert_eq!(read.bulletin.inspection_year, Some(2023));
    assert_eq!(read.rows[0].day.to_string(), "2023-03-08");
    assert_eq!((read.rows[0].day_from, read.rows[0].batch.as_str()), (DayFrom::Sampled, "B4"));
}

/// The fixture holds the same made-up table, written once with Python's xlwt: no crate writes the old format.
#[test]
fn an_old_workbook_is_read_alike() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamps-2023-05-01.xls");
    let bytes = std::fs::read(file).unwrap();
    let read = one("lamps.xls", &bytes, "云州市市场监督管理局,municipal,449900,,2023-05-01,2,1,,,");
    assert_eq!(
        summaries(&read),
        [
            "1 台灯 护眼台灯 conforming producer=云帆灯饰（佛山）有限公司",
            "2 台灯 夹式台灯 nonconforming producer=云帆灯饰（佛山）有限公司",
        ]
    );
    assert_eq!(read.rows[1].day.to_string(), "2023-03-09");
}

#[test]
fn text_in_gb_18030_with_its_heading_on_row_5_is_read() {
    let text = "云州市2023年产品质量监督抽查结果,,,\n,,,\n,,,\n,,,\n序号,产品名称,标称生产者名称,抽查结果,不合格项目\n\
                1,台灯,云帆灯饰（佛山）有限公司,合格,—\n2,㗎灯,星海灯饰有限公司,不合格,插头\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let read = one("lamps.csv", &bytes, "云州市市场监督管理局,municipal,449900,,2023-05-01,2,1,all,,");
    assert_eq!(
        summaries(&read),
        [
            "1  台灯 conforming producer=云帆灯饰（佛山）有限公司",
            "2  㗎灯 nonconforming producer=星海灯饰有限公司",
        ]
    );
    assert_eq!(read.rows[1].failed_items, ["插头"]);
}

#[test]
fn text_with_a_byte_order_mark_sections_and_a_repeated_heading_is_read() {
    let heading = "序号,企业名称,产品名称,商标,规格型号,生产日期/批号,抽查结果,不合格项目,备注\n";
    let text = format!(
        "\u{feff}{heading}台灯,,,,,,,,\n1,云帆灯饰有限公司,台灯,云帆,T1,2023-01-02/B1,合格,,\n{heading}\
         吊灯,,,,,,,,\n2,云帆灯饰有限公司（委托星海灯饰有限公司）,吊灯,云帆,T2,无,合格,\"无,\",\n"
    );
    let read = one("lamps.csv", text.as_bytes(), "云州市市场监督管理局,municipal,449900,,2023-05-01,2,0,,,");
    assert_eq!(
        summaries(&read),
        [
            "1 台灯 台灯 conforming producer=云帆灯饰有限公司",
            "2 吊灯 吊灯 conforming principal=云帆灯饰有限公司+contractor=星海灯饰有限公司",
        ]
    );
    assert_eq!(read.bulletin.lists, Lists::All);
}

#[test]
fn a_page_with_two_tables_is_read() {
    let page = "<!doctype html><html><meta charset=gb18030><title>云州市灯具产品质量监督抽查结果</title>\
        <table><tr><td>首页<td>公告</table><h3>经检验合格的产品</h3>\
        <table><tr><td>序号</td><td>样品标称名称</td><td>标称生产者名称</td></tr><tr><td>1</td><td>台灯</td><td>云帆灯饰（佛山）<br>有限公司</td></tr></table>\
        <h3>经检验不合格的产品</h3>\
        <table><tr><td>序号</td><td>样品标称名称</td><td>标称生产者名称</td><td>不合格项目</td></tr><tr><td>1</td><td>吊灯</td><td>星海灯饰有限公司</td><td>插头、电线</td></tr></table>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    let read = one("lamps.html", &bytes, "云州市市场监督管理局,municipal,449900,,2023-05-01,2,1,,,");
    assert_eq!(
        summaries(&read),
        [
            "1 灯具 台灯 conforming producer=云帆灯饰（佛山）有限公司",
            "2 灯具 吊灯 nonconforming producer=星海灯饰有限公司",
        ]
    );
    assert_eq!(read.rows[1].failed_items, ["插头", "电线"]);
}

#[test]
fn a_page_called_xls_is_read_as_the_page_that_it_is() {
    let page =
        "<table><tr><td>产品名称<td>生产单位<td>检验结果<tr><td>台灯<td>云帆灯饰有限公司<td>合格</table>";
    let read = one("lamps.xls", page.as_bytes(), "云州市市场监督管理局,municipal,449900,,2023-05-01,1,0,,,");
    assert_eq!(summaries(&read), ["1  台灯 conforming producer=云帆灯饰有限公司"]);
}

#[test]
fn roles_in_columns_of_their_own_are_read() {
    let text = "产品名称,委托方,标称生产单位,受托方,进口商,检验结果\n\
                台灯,云帆灯饰有限公司,星海灯饰有限公司,/,,合格\n吊灯,,云帆灯饰有限公司,北斗灯饰有限公司,,合格\n\
                壁灯,,/,,远洋灯饰有限公司,合格\n";
    let read = one("lamps.csv", text.as_bytes(), "云州市市场监督管理局,municipal,449900,,2023-05-01,3,0,,,");
    assert_eq!(
        summaries(&read),
        [
            "1  台灯 conforming producer=星海灯饰有限公司+principal=云帆灯饰有限公司",
            "2  吊灯 conforming producer=云帆灯饰有限公司+contractor=北斗灯饰有限公司",
            "3  壁灯 conforming importer=远洋灯饰有限公司",
        ]
    );
}

#[test]
fn what_the_index_does_not_say_title_and_file_name_do() {
    let text = "2022年佛山市灯具产品质量监督抽查不合格产品名单,,\n产品名称,生产单位,不合格项目\n台灯,云帆灯饰有限公司,插头\n";
    let folder = folder(&[("lamps-2023-01-20.csv", text.as_bytes())], "");
    let read = read(folder.path()).unwrap().bulletins.remove(0);
    assert_eq!(read.bulletin.id, "lamps-2023-01-20");
    assert_eq!(read.bulletin.body, "佛山市市场监督管理局");
    assert_eq!(read.bulletin.division.to_string(), "440600");
    assert_eq!(read.bulletin.lists, Lists::FailuresOnly);
    assert_eq!(read.rows[0].day.to_string(), "2022-12-31");
    assert_eq!(read.rows[0].day_from, DayFrom::YearEnd);
    assert_eq!(read.rows[0].product_class, "灯具");
}

#[test]
fn an_empty_producer_means_the_inspected_firm_only_where_the_body_prints_it_so() {
    let text = "受检单位,产品名称,生产单位,检验结果,备注\n云帆灯饰有限公司,台灯,,合格,\n星海灯具店,吊灯,,合格,\n\
                云帆灯饰有限公司,壁灯,,不合格,假冒\n云帆灯饰有限公司,吸顶灯,未标注,合格,\n";
    let firms = |known: &str| -> Vec<Option<String>> {
        let read = one("lamps.csv", text.as_bytes(), known);
        read.rows.iter().map(|row| row.parties.first().map(|party| party.name.clone())).collect()
    };
    let plant = Some("云帆灯饰有限公司".to_owned());
    let elsewhere = "云州市市场监督管理局,municipal,449900,,2023-05-01,4,1,,,";
    assert_eq!(firms(elsewhere), [None, None, None, None]);
    assert_eq!(firms(&format!("{elsewhere}inspected")), [plant.clone(), None, None, None]);
    assert_eq!(firms("深圳市市场监督管理局,,,,2023-05-01,4,1,,,"), [plant, None, None, None]);
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_with_a_reason() {
    let text = "序号,产品名称,生产单位,检验结果,不合格项目\n1,台灯,云帆灯饰有限公司,待定,\n2,吊灯\n3,,,,\n\
                4,壁灯,云帆灯饰有限公司,合格,插头\n5,顶灯,云帆灯饰有限公司,合格,,,多一格\n6,地灯,云帆,合格,\n";
    let read = one("lamps.csv", text.as_bytes(), "云州市市场监督管理局,municipal,449900,,2023-05-01,6,0,,,");
    let reasons: Vec<_> = read.rows.iter().map(|row| row.set_aside).collect();
    assert_eq!(
        reasons,
        [
            Some(Reason::OutcomeUnclear),
            Some(Reason::RowBroken),
            Some(Reason::RowBroken),
            Some(Reason::OutcomeUnclear),
            Some(Reason::RowBroken),
            Some(Reason::NotAFirm),
        ]
    );
    let kept = tempfile::tempdir().unwrap();
    let account = append(kept.path(), &[read], None).unwrap().account;
    assert_eq!((account.rows, account.booked, account.set_aside), (6, 0, 6));
}

#[test]
fn a_file_that_is_no_bulletin_is_named() {
    let known = "a.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,";
    let workbook = workbook();
    assert_eq!(
        refused("a.csv", b"", known),
        ("expected a table in a.csv, found an empty file".into(), "bulletin_empty")
    );
    assert_eq!(
        refused("a.csv", b"%PDF-1.7", known),
        ("expected CSV, XLSX, XLS or HTML in a.csv, found PDF".into(), "bulletin_format")
    );
    assert_eq!(
        refused("a.csv", b"PK\x03\x04word/document.xml", known).0,
        "expected CSV, XLSX, XLS or HTML in a.csv, found DOCX"
    );
    assert_eq!(
        refused("a.csv", "产品\u{0}".as_bytes(), known).0,
        "expected CSV, XLSX, XLS or HTML in a.csv, found bytes that are no text"
    );
    assert_eq!(
        refused("a.csv", b"\x81\x30\xff", known),
        ("expected text in UTF-8 or GB 18030 in a.csv, found neither".into(), "bulletin_encoding")
    );
    let (text, code) = refused("a.csv", &workbook[..workbook.len() / 2], known);
    assert!(text.starts_with("expected a.csv to be a whole XLSX file, found it damaged: "), "{text}");
    assert_eq!(code, "bulletin_damaged");
    assert_eq!(
        refused("a.csv", "产品名称,生产单位\n\"台灯,云帆灯饰有限公司\n".as_bytes(), known).0,
        "expected a.csv to be a whole CSV file, found it damaged: the quotation mark in line 2 is not closed"
    );
    assert_eq!(
        refused("a.csv", "通知\n明天放假\n".as_bytes(), known),
        ("expected a table with headings of samplings in a.csv, found none".into(), "bulletin_no_table")
    );
}

#[test]
fn a_table_without_a_producer_shows_its_headings() {
    let known = "a.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,";
    assert_eq!(
        refused("a.csv", "抽查结果\n序号,产品名称,厂名,检验结果\n1,台灯,云帆灯饰有限公司,合格\n".as_bytes(), known),
        (
            "expected a column for the producer in a.csv, row 2, found the headings 序号, 产品名称, 厂名, 检验结果".into(),
            "bulletin_no_producer_column"
        )
    );
}

#[test]
fn who_published_and_when_must_be_known() {
    let text = "产品名称,生产单位,检验结果\n台灯,云帆灯饰有限公司,合格\n".as_bytes();
    assert_eq!(
        refused("a-2023-05-01.csv", text, ""),
        (
            "expected to learn which body published a-2023-05-01.csv, found neither a line in index.csv nor a known place in the title".into(),
            "bulletin_body_unknown"
        )
    );
    assert_eq!(
        refused("a.csv", text, "a.csv,云州市市场监督管理局,municipal,449900,,,,,,,"),
        (
            "expected to learn when a.csv was published, found neither a line in index.csv nor a day in the file's name".into(),
            "bulletin_publication_unknown"
        )
    );
}

#[test]
fn what_differs_from_the_index_is_a_warning() {
    let text = "产品名称,生产单位,抽样日期,检验结果\n台灯,云帆灯饰有限公司,2023-06-01,合格\n吊灯,云帆灯饰有限公司,不详,合格\n";
    let index = "a.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,3,1,,,\nb.csv,,,,,,,,,,";
    let folder = folder(&[("a.csv", text.as_bytes()), ("notes.md", b"#")], index);
    let warnings: Vec<String> =
        read(folder.path()).unwrap().warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "expected b.csv as index.csv states, found no such file",
            "expected CSV, XLSX, XLS or HTML, found notes.md; it was not read",
            "expected a day of sampling before the publication in a.csv, row 1, found \"2023-06-01\"; the day of publication stands in for it",
            "expected a day of sampling before the publication in a.csv, row 2, found \"不详\"; the day of publication stands in for it",
            "expected 3 rows in a.csv as index.csv states, found 2",
            "expected 1 failures in a.csv as index.csv states, found 0",
        ]
    );
}

#[test]
fn two_files_of_one_name_are_refused() {
    let text = "产品名称,生产单位,检验结果\n台灯,云帆灯饰有限公司,合格\n".as_bytes();
    let index = "a.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,\na.tsv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,";
    let folder = folder(&[("a.csv", text), ("a.tsv", text)], index);
    let error = read(folder.path()).unwrap_err();
    assert_eq!(error.to_string(), "expected one bulletin called a, found two: a.csv and a.tsv");
}

#[test]
fn an_empty_folder_and_a_missing_file_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = read(folder.path()).unwrap_err();
    assert_eq!(error.to_string(), format!("expected bulletins in {}, found none", folder.path().display()));
    let missing = folder.path().join("a.csv");
    let error = ingest(std::slice::from_ref(&missing), &mut |_| {}).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot read {}", missing.display()));
}

#[test]
fn progress_names_each_file_before_it_is_read() {
    let text = "产品名称,生产单位,检验结果\n台灯,云帆灯饰有限公司,合格\n".as_bytes();
    let index = "a.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,\nb.csv,云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,";
    let folder = folder(&[("a.csv", text), ("b.csv", text)], index);
    let mut seen = Vec::new();
    ingest(&[PathBuf::from(folder.path())], &mut |progress| {
        seen.push(format!("{}/{} {}", progress.done, progress.of, progress.file));
    })
    .unwrap();
    assert_eq!(seen, ["0/2 a.csv", "1/2 b.csv", "2/2 "]);
}

#[test]
fn a_role_of_the_whole_table_does_not_leak_into_the_account() {
    let text = "产品名称,生产单位,检验结果\n台灯,经销商：云帆灯饰有限公司,合格\n";
    let read = one("a.csv", text.as_bytes(), "云州市市场监督管理局,municipal,449900,,2023-05-01,,,,,");
    assert_eq!(read.rows[0].parties[0].role, Role::Dealer);
    let account = Account::of(&Ledger { bulletins: vec![read], ..Ledger::default() });
    assert_eq!(account.booked, 1, "a dealer's row is booked; the policy lets it not count");
}
