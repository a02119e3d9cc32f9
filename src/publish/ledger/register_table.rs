//! The register as a table: `register.csv` of a ledger, and the one that a publisher hands in.
//!
//! ```text
//! credit_code,name,former_names,division,trade_marks,gs1_prefixes,labels
//! 914403000006038216,云帆灯饰有限公司,云帆电器厂@2015-06-30|云帆灯具厂,440600,云帆|YUNFAN,6901234,
//! ```
//!
//! Several values of one cell stand between `|` or on lines of their own. A former name may be followed by `@` and
//! the last day on which it was borne. Only `credit_code` and `name` are required;
//! headings in Chinese are known as well, and columns that are not known are passed over, since registers come with more.

use std::path::Path;

use super::LedgerError;
use super::record::{Record, TableWriter};
use crate::Day;
use crate::firm::{FormerName, Register, RegisterEntry};
use crate::publish::ingest::decode;

/// The columns in their order.
pub(super) const COLUMNS: [&str; 7] =
    ["credit_code", "name", "former_names", "division", "trade_marks", "gs1_prefixes", "labels"];

/// Other headings under which a column is known: the place of the column, and the heading.
const OTHER_HEADINGS: &[(usize, &str)] = &[
    (0, "code"),
    (0, "统一社会信用代码"),
    (1, "企业名称"),
    (1, "名称"),
    (2, "曾用名"),
    (3, "行政区划"),
    (3, "行政区划代码"),
    (4, "商标"),
    (5, "厂商识别代码"),
    (6, "标签"),
];

/// Reads a register from a file in UTF-8 or GB 18030.
///
/// # Errors
/// Where the file cannot be read, a column is missing, a cell does not hold what it should, or entries contradict
/// each other.
pub fn read_register(file: &Path) -> Result<Register, LedgerError> {
    let bytes = std::fs::read(file).map_err(|source| LedgerError::Io {
        action: "read",
        path: file.into(),
        source,
    })?;
    let text = decode(&bytes).ok_or_else(|| LedgerError::Encoding { file: file.into() })?;
    from_csv(file, text.as_bytes())
}

/// The table of a register, entries in the order of their codes.
///
/// # Errors
/// Where a value holds `|` or a line feed, which separate values.
pub fn register_to_csv(register: &Register) -> Result<Vec<u8>, LedgerError> {
    let mut writer = TableWriter::new(&COLUMNS);
    for entry in register.iter() {
        let former: Vec<String> = entry.former_names.iter().map(former_to_text).collect();
        writer.push([
            entry.code.to_string().as_str(),
            &entry.name,
            &joined(entry, &former)?,
            &entry.division.map(|division| division.to_string()).unwrap_or_default(),
            &joined(entry, &entry.trade_marks)?,
            &joined(entry, &entry.gs1_prefixes)?,
            &joined(entry, &entry.labels)?,
        ]);
    }
    Ok(writer.finish())
}

fn former_to_text(former: &FormerName) -> String {
    match former.until {
        Some(until) => format!("{}@{until}", former.name),
        None => former.name.clone(),
    }
}

fn joined(entry: &RegisterEntry, values: &[String]) -> Result<String, LedgerError> {
    match values.iter().find(|value| value.is_empty() || value.contains(['|', '\n', '\r'])) {
        Some(value) => Err(LedgerError::RegisterValue { code: entry.code, found: value.clone() }),
        None => Ok(values.join("|")),
    }
}

/// Reads a register from the bytes of `file`.
pub(super) fn from_csv(file: &Path, bytes: &[u8]) -> Result<Register, LedgerError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let broken = |source| LedgerError::Csv { file: file.into(), source };
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record).map_err(broken)?;
    let places = places(file, &record)?;
    let mut entries = Vec::new();
    let mut ordered = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        ordered.clear();
        for place in &places {
            ordered.push_field(place.and_then(|at| record.get(at)).unwrap_or_default().trim());
        }
        ordered.set_position(record.position().cloned());
        entries.push(read_entry(&Record { file, columns: &COLUMNS, cells: &ordered })?);
    }
    Register::new(entries).map_err(|source| LedgerError::Register { file: file.into(), source })
}

/// Where each column stands in the first line.
fn places(file: &Path, first: &csv::StringRecord) -> Result<Vec<Option<usize>>, LedgerError> {
    let known = |heading: &str| {
        let other = OTHER_HEADINGS.iter().find(|(_, other)| *other == heading).map(|(column, _)| *column);
        COLUMNS.iter().position(|column| *column == heading).or(other)
    };
    let mut places = vec![None; COLUMNS.len()];
    for (place, heading) in first.iter().enumerate() {
        match known(heading.trim()) {
            Some(column) if places[column].is_none() => places[column] = Some(place),
            Some(_) => return Err(wrong_headings(file, first)),
            None => {}
        }
    }
    match places[..] {
        [Some(_), Some(_), ..] => Ok(places),
        _ => Err(wrong_headings(file, first)),
    }
}

fn wrong_headings(file: &Path, first: &csv::StringRecord) -> LedgerError {
    LedgerError::Headings {
        file: file.into(),
        expected: format!("{} (credit_code and name at least, each once)", COLUMNS.join(",")),
        found: first.iter().collect::<Vec<_>>().join(","),
    }
}

/// Reads an entry, its cells in the order of the columns.
pub(super) fn read_entry(record: &Record<'_>) -> Result<RegisterEntry, LedgerError> {
    let values = |column| -> Vec<String> {
        let parts = record.text(column).split(['|', '\n', '\r']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let gs1_prefixes = values(5);
    let is_prefix =
        |text: &String| (7..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !gs1_prefixes.iter().all(is_prefix) {
        return Err(record.refuse(5, "GS1 company prefixes of 7 to 10 digits"));
    }
    Ok(RegisterEntry {
        code: record.parse(0, "a unified social credit code")?,
        name: record.text(1).to_owned(),
        former_names: values(2).iter().map(|text| former_from_text(text)).collect(),
        division: record.parse_any(3, "a division of six digits")?,
        trade_marks: values(4),
        gs1_prefixes,
        labels: values(6),
    })
}

fn former_from_text(text: &str) -> FormerName {
    let dated = text
        .rsplit_once('@')
        .and_then(|(name, until)| Some((name.trim(), until.trim().parse::<Day>().ok()?)));
    match dated {
        Some((name, until)) => FormerName { name: name.to_owned(), until: Some(until) },
        None => FormerName { name: text.to_owned(), until: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    fn read(text: &str) -> Result<Register, String> {
        from_csv(Path::new("firms.csv"), text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_register_is_written_as_it_was_read() {
        let text = "credit_code,name,former_names,division,trade_marks,gs1_prefixes,labels\n\
                    914403000006038216,云帆灯饰有限公司,云帆电器厂@2015-06-30|云帆@灯具厂,440600,云帆|YUNFAN,6901234,A级\n\
                    91440400000948256N,星海灯饰有限公司,,,,,\n";
        let register = read(text).unwrap();
        let entry = register.iter().next().unwrap();
        assert_eq!(entry.former_names[0].until, "2015-06-30".parse().ok());
        assert_eq!(entry.former_names[1].name, "云帆@灯具厂");
        assert_eq!(String::from_utf8(register_to_csv(&register).unwrap()).unwrap(), text);
    }

    #[test]
    fn a_file_from_a_spreadsheet_in_gb_18030_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firms.csv");
        let (bytes, _, _) =
            encoding_rs::GB18030.encode("credit_code,name\n914403000006038216,云帆灯饰有限公司\n");
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(read_register(&file).unwrap().iter().next().unwrap().name, "云帆灯饰有限公司");
        std::fs::write(&file, b"\x81\x30\xff").unwrap();
        let error = read_register(&file).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("expected text in UTF-8 or GB 18030 in {}, found neither", file.display())
        );
    }

    #[test]
    fn two_columns_suffice_and_chinese_headings_are_known() {
        let register =
            read("\u{feff}企业名称,统一社会信用代码\n云帆灯饰有限公司,914403000006038216\n").unwrap();
        assert_eq!(register.iter().next().unwrap().name, "云帆灯饰有限公司");
    }

    #[test]
    fn columns_of_other_registers_are_passed_over() {
        let register =
            read("credit_code,name,province,city\n914403000006038216,云帆灯饰有限公司,广东,佛山市\n")
                .unwrap();
        assert_eq!(register.len(), 1);
    }

    #[test]
    fn what_is_no_register_is_named() {
        assert_eq!(
            read("code,city\n").unwrap_err(),
            "expected the columns credit_code,name,former_names,division,trade_marks,gs1_prefixes,labels (credit_code and name at least, each once) in the first line of firms.csv, found code,city"
        );
        assert_eq!(
            read(
                "credit_code,name\n914403000006038216,云帆灯饰有限公司\n914403000006038217,星海灯饰有限公司\n"
            )
            .unwrap_err(),
            "expected a unified social credit code in firms.csv, line 3, column credit_code, found \"914403000006038217\""
        );
        assert_eq!(
            read("credit_code,name,gs1_prefixes\n914403000006038216,云帆灯饰有限公司,69\n").unwrap_err(),
            "expected GS1 company prefixes of 7 to 10 digits in firms.csv, line 2, column gs1_prefixes, found \"69\""
        );
        let twice = "credit_code,name\n914403000006038216,云帆\n914403000006038216,星海\n";
        let error = from_csv(Path::new("firms.csv"), twice.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "expected a register without contradictions in firms.csv");
        assert_eq!(error.code(), "register_duplicate");
    }

    #[test]
    fn a_value_that_would_read_back_as_two_is_not_written() {
        let mut entry =
            read("credit_code,name\n914403000006038216,云帆\n").unwrap().iter().next().unwrap().clone();
        entry.labels = vec!["A|B".into()];
        let error = register_to_csv(&Register::new([entry]).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected values without `|` and line feeds for 914403000006038216 in the register, found \"A|B\""
        );
    }
}
