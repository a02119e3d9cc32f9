//! The ledger as a folder: reading all of it, and adding to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::dataset;
use super::digestion;
use super::index::{self, IndexLine};
use super::{Account, Evidence, Ledger, LedgerBulletin, LedgerError, register_table, table};
use crate::Day;
use crate::firm::Register;
use crate::sampling::Bulletin;

/// The account within a ledger's folder.
const ACCOUNT: &str = "account.json";
/// The index within a ledger's folder.
const INDEX: &str = "bulletins.csv";
/// The register within a ledger's folder.
const REGISTER: &str = "register.csv";
/// The folder of tables within a ledger's folder.
const TABLES: &str = "bulletins";

/// What [`append`] did.
#[derive(Clone, Debug)]
pub struct Appended {
    /// The whole ledger as it is now.
    pub ledger: Ledger,
    /// Its account.
    pub account: Account,
    /// The ids of the bulletins that were added, in the ledger's order.
    pub added: Vec<String>,
    /// The ids of those that were there already, with the same content.
    pub known: Vec<String>,
}

/// How far the reading of a ledger is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Bulletins read; of a dataset, lines.
    pub done: usize,
    /// Bulletins to read; of a dataset, rows.
    pub of: usize,
}

/// Whether a folder holds a ledger.
pub fn is_ledger(folder: &Path) -> bool {
    folder.join(INDEX).exists()
}

/// Reads a ledger and sees that none of its tables was changed.
///
/// # Errors
/// Where there is no ledger, a file cannot be read, was changed, or does not hold what it should.
pub fn read(folder: &Path) -> Result<Ledger, LedgerError> {
    let (register, lines) = read_index(folder)?;
    let mut bulletins = Vec::new();
    for line in lines {
        bulletins.push(read_bulletin(folder, line)?);
    }
    let ledger = Ledger { register, bulletins: ordered(bulletins)? };
    check_corrections(ledger.bulletins.iter().map(naming))?;
    Ok(ledger)
}

/// The same as far as judging needs it, a few bulletins in memory at a time; or the same of a
/// [dataset].
///
/// # Errors
/// As [`read()`].
pub fn read_evidence(folder: &Path, shown: &mut dyn FnMut(Progress)) -> Result<Evidence, LedgerError> {
    if dataset::is_dataset(folder) {
        return dataset::read_evidence(folder, shown);
    }
    let (register, lines) = read_ledger(folder)?;
    digestion::digest(&register.into(), &lines, shown, |evidence, line| read_into(evidence, folder, line))
}

/// The register, and the index in the ledger's order.
pub(super) fn read_ledger(folder: &Path) -> Result<(Register, Vec<IndexLine>), LedgerError> {
    let (register, lines) = read_index(folder)?;
    Ok((register, in_order(lines)?))
}

/// Brings an index into the ledger's order, after seeing that it does not contradict itself.
pub(super) fn in_order(mut lines: Vec<IndexLine>) -> Result<Vec<IndexLine>, LedgerError> {
    lines.sort_by(|a, b| order(&a.bulletin).cmp(&order(&b.bulletin)));
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for IndexLine { bulletin, file, .. } in &lines {
        if let Some(first) = files.insert(&bulletin.id, file) {
            let files = [first.into(), file.clone()];
            return Err(LedgerError::TwiceGiven { id: bulletin.id.clone(), files });
        }
    }
    check_corrections(lines.iter().map(|line| (line.bulletin.id.as_str(), line.corrects.as_deref())))?;
    Ok(lines)
}

fn read_index(folder: &Path) -> Result<(Register, Vec<IndexLine>), LedgerError> {
    let lines = index::read(&folder.join(INDEX), &read_index_file(folder)?)?;
    let register = folder.join(REGISTER);
    let register = if register.exists() {
        register_table::from_csv(&register, &read_file(&register)?)?
    } else {
        Register::default()
    };
    Ok((register, lines))
}

/// The bytes of the index.
pub(super) fn read_index_file(folder: &Path) -> Result<Vec<u8>, LedgerError> {
    if is_ledger(folder) {
        read_file(&folder.join(INDEX))
    } else {
        Err(LedgerError::NoLedger { path: folder.into() })
    }
}

/// Writes a new ledger into `folder`, bulletin by bulletin, and gives its evidence: for one that is too large for
/// memory. The bulletins lie in the ledger's order and correct nothing. The index is written last.
///
/// # Errors
/// Where a bulletin contradicts itself or a file cannot be written.
pub fn found(
    folder: &Path,
    register: Register,
    bulletins: impl Iterator<Item = LedgerBulletin>,
) -> Result<Evidence, LedgerError> {
    let mut evidence = Evidence::under(register.into());
    let mut index = index::Writer::new();
    for bulletin in bulletins {
        let bulletin = table::checked(bulletin)?;
        let bytes = table::write(&bulletin.rows);
        index.push(&bulletin, &index::sha256(&bytes));
        evidence.push(&bulletin);
        write_all(folder, vec![(table_of(folder, &bulletin.bulletin.id), bytes)])?;
    }
    let files = vec![
        (folder.join(REGISTER), register_table::register_to_csv(&evidence.register)?),
        (folder.join(ACCOUNT), Account::of_evidence(&evidence).to_json()),
        (folder.join(INDEX), index.finish()),
    ];
    write_all(folder, files)?;
    Ok(evidence)
}

/// Adds bulletins to the ledger in `folder`, which is made where there is none.
///
/// A bulletin that is there already with the same content changes nothing. Entries of `register` take the place of
/// those with the same code; others stay. The bytes written do not depend on the order of `bulletins`. Nothing is
/// written unless everything can be, and the index is written last.
///
/// # Errors
/// Where a bulletin is there with other content or contradicts itself, a correction names nothing, the ledger cannot
/// be read or a file cannot be written.
pub fn append(
    folder: &Path,
    bulletins: &[LedgerBulletin],
    register: Option<&Register>,
) -> Result<Appended, LedgerError> {
    let mut ledger = if is_ledger(folder) { read(folder)? } else { Ledger::default() };
    let incoming =
        bulletins.iter().cloned().map(table::checked).collect::<Result<Vec<_>, _>>().and_then(ordered)?;
    let (mut added, mut known) = (vec![], vec![]);
    for bulletin in incoming {
        match ledger.bulletins.iter().find(|there| there.bulletin.id == bulletin.bulletin.id) {
            Some(same) if *same == bulletin => known.push(bulletin.bulletin.id),
            Some(other) => return Err(already_recorded(other, &bulletin)),
            None => {
                added.push(bulletin.bulletin.id.clone());
                ledger.bulletins.push(bulletin);
            }
        }
    }
    ledger.bulletins = ordered(ledger.bulletins)?;
    check_corrections(ledger.bulletins.iter().map(naming))?;
    if let Some(register) = register {
        ledger.register = merged(&ledger.register, register);
    }
    let account = Account::of(&ledger);
    write(folder, &ledger, &account, &added)?;
    Ok(Appended { ledger, account, added, known })
}

/// The table of a line of the index, which must be what was recorded.
pub(super) fn read_table(folder: &Path, line: &IndexLine) -> Result<(PathBuf, Vec<u8>), LedgerError> {
    let file = table_of(folder, &line.bulletin.id);
    let bytes = read_file(&file)?;
    let found = index::sha256(&bytes);
    if found != line.sha256 {
        return Err(LedgerError::Changed { file, expected: line.sha256.clone(), found });
    }
    Ok((file, bytes))
}

/// Digests a bulletin row by row.
fn read_into(evidence: &mut Evidence, folder: &Path, line: &IndexLine) -> Result<(), LedgerError> {
    let Bulletin { id, rows: stated, .. } = &line.bulletin;
    table::check_id(id)?;
    let (file, bytes) = read_table(folder, line)?;
    evidence.begin(line.bulletin.clone(), line.file.clone(), line.corrects.clone());
    let mut rows = 0;
    table::for_each_row(&file, &bytes, |row| {
        rows = row.row;
        table::check_row(id, row)?;
        evidence.push_row(row);
        Ok(())
    })?;
    table::check_count(id, *stated, rows)
}

fn read_bulletin(folder: &Path, line: IndexLine) -> Result<LedgerBulletin, LedgerError> {
    let (file, bytes) = read_table(folder, &line)?;
    let rows = table::read(&file, &bytes)?;
    let read = LedgerBulletin { bulletin: line.bulletin, file: line.file, corrects: line.corrects, rows };
    table::checked(read)
}

/// By publication day, then id; refuses one id for two different bulletins.
fn ordered(mut bulletins: Vec<LedgerBulletin>) -> Result<Vec<LedgerBulletin>, LedgerError> {
    let mut files: BTreeMap<&str, &LedgerBulletin> = BTreeMap::new();
    for bulletin in &bulletins {
        if let Some(first) = files.insert(&bulletin.bulletin.id, bulletin)
            && first != bulletin
        {
            let mut files = [first.file.clone(), bulletin.file.clone()];
            files.sort();
            return Err(LedgerError::TwiceGiven { id: bulletin.bulletin.id.clone(), files });
        }
    }
    bulletins.sort_by(|a, b| order(&a.bulletin).cmp(&order(&b.bulletin)));
    bulletins.dedup();
    Ok(bulletins)
}

/// The order of bulletins in a ledger.
fn order(bulletin: &Bulletin) -> (Day, &str) {
    (bulletin.published_on, &bulletin.id)
}

/// The id of a bulletin, and of the one that it corrects.
fn naming(bulletin: &LedgerBulletin) -> (&str, Option<&str>) {
    (&bulletin.bulletin.id, bulletin.corrects.as_deref())
}

/// Every correction names a bulletin of the ledger, and no bulletin is corrected twice.
fn check_corrections<'a>(
    namings: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone,
) -> Result<(), LedgerError> {
    let known: BTreeSet<&str> = namings.clone().map(|(id, _)| id).collect();
    let mut corrections: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, corrects) in namings {
        let Some(corrects) = corrects else { continue };
        if !known.contains(corrects) || corrects == id {
            return Err(LedgerError::CorrectsNothing { id: id.into(), corrects: corrects.into() });
        }
        if let Some(first) = corrections.insert(corrects, id) {
            return Err(LedgerError::CorrectedTwice { id: corrects.into(), by: [first.into(), id.into()] });
        }
    }
    Ok(())
}

fn already_recorded(known: &LedgerBulletin, given: &LedgerBulletin) -> LedgerError {
    let longer = known.rows.len().max(given.rows.len());
    let differs = (0..longer).find(|row| known.rows.get(*row) != given.rows.get(*row));
    LedgerError::AlreadyRecorded {
        id: given.bulletin.id.clone(),
        row: differs.and_then(|row| u32::try_from(row + 1).ok()),
    }
}

fn merged(known: &Register, given: &Register) -> Register {
    let kept = known.iter().filter(|entry| given.by_code(&entry.code).is_none());
    let entries = kept.chain(given.iter()).cloned();
    Register::new(entries).expect("each of the two was a register, and no code is taken from both")
}

fn write(folder: &Path, ledger: &Ledger, account: &Account, added: &[String]) -> Result<(), LedgerError> {
    let mut files = Vec::new();
    let mut hashes = Vec::new();
    for bulletin in &ledger.bulletins {
        let bytes = table::write(&bulletin.rows);
        hashes.push(index::sha256(&bytes));
        if added.contains(&bulletin.bulletin.id) {
            files.push((table_of(folder, &bulletin.bulletin.id), bytes));
        }
    }
    files.push((folder.join(REGISTER), register_table::register_to_csv(&ledger.register)?));
    files.push((folder.join(ACCOUNT), account.to_json()));
    let mut index = index::Writer::new();
    ledger.bulletins.iter().zip(&hashes).for_each(|(bulletin, hash)| index.push(bulletin, hash));
    files.push((folder.join(INDEX), index.finish()));
    write_all(folder, files)
}

/// Writes every file beside its place first, then moves them into place in their order; files that hold these bytes
/// already are left alone.
fn write_all(folder: &Path, files: Vec<(PathBuf, Vec<u8>)>) -> Result<(), LedgerError> {
    let tables = folder.join(TABLES);
    fs::create_dir_all(&tables).map_err(|source| LedgerError::Io { action: "make", path: tables, source })?;
    let mut parts = Vec::new();
    for (file, bytes) in files {
        if fs::read(&file).is_ok_and(|known| known == bytes) {
            continue;
        }
        let part = beside(&file);
        if let Err(source) = fs::write(&part, bytes) {
            remove(parts.iter().map(|(part, _)| part).chain([&part]));
            return Err(LedgerError::Io { action: "write", path: part, source });
        }
        parts.push((part, file));
    }
    for (part, file) in &parts {
        if let Err(source) = fs::rename(part, file) {
            remove(parts.iter().map(|(part, _)| part));
            return Err(LedgerError::Io { action: "write", path: file.clone(), source });
        }
    }
    Ok(())
}

/// The table of a bulletin.
fn table_of(folder: &Path, id: &str) -> PathBuf {
    folder.join(TABLES).join(format!("{id}.csv"))
}

/// `NAME.part` in the same folder, so that moving it into place is one step.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Takes away what was written beside its place; what cannot be removed is overwritten the next time.
fn remove<'a>(parts: impl Iterator<Item = &'a PathBuf>) {
    for part in parts {
        let _ = fs::remove_file(part);
    }
}

fn read_file(file: &Path) -> Result<Vec<u8>, LedgerError> {
    fs::read(file).map_err(|source| LedgerError::Io { action: "read", path: file.into(), source })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bulletin, row};
    use super::super::{LedgerRow, Party, Reason, Role};
    use super::*;
    use crate::Problem;
    use crate::firm::RegisterEntry;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn every_file(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in [folder.to_owned(), folder.join(TABLES)] {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    files.insert(entry.file_name().into(), fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }

    fn register(code: &str, name: &str) -> Register {
        let entry = RegisterEntry {
            code: code.parse().unwrap(),
            name: name.into(),
            former_names: vec![],
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
        };
        Register::new([entry]).unwrap()
    }

    #[test]
    fn what_was_appended_is_read_back() {
        let folder = folder();
        let mut odd = bulletin("b", "2021-05-01", 2);
        odd.rows[0].remark = "一行\n又一行, \"引号\"\r\n".into();
        odd.rows[0].failed_items = vec!["粘度".into(), "冰点".into()];
        odd.rows[1] = LedgerRow {
            parties: vec![],
            set_aside: Some(Reason::OutcomeUnclear),
            first_test: None,
            ..row(2)
        };
        let contractor = Party { name: "星海灯饰有限公司".into(), role: Role::Contractor };
        odd.rows[0].parties.extend([contractor.clone(), Party { role: Role::Filler, ..contractor }]);
        let given = [odd, bulletin("a", "2021-05-01", 1), bulletin("c", "2019-01-01", 0)];
        let done = append(folder.path(), &given, None).unwrap();
        assert_eq!(done.added, ["c", "a", "b"]);
        let ledger = read(folder.path()).unwrap();
        assert_eq!(ledger.bulletins, [given[2].clone(), given[1].clone(), given[0].clone()]);
    }

    #[test]
    fn a_ledger_read_or_founded_row_by_row_is_the_same() {
        let (appended, founded) = (folder(), folder());
        let mut odd = bulletin("b", "2021-06-01", 4);
        odd.rows[1].parties.push(Party { name: "星海灯饰有限公司".into(), role: Role::Contractor });
        odd.rows[2] = LedgerRow { parties: vec![], set_aside: Some(Reason::NotAFirm), ..row(3) };
        odd.rows[3].failed_items = vec!["粘度".into(), "冰点".into()];
        let given = [bulletin("a", "2021-05-01", 2), odd];
        let register = register("91440400000948256N", "星海灯饰有限公司");
        let account = append(appended.path(), &given, Some(&register)).unwrap().account;
        let evidence = found(founded.path(), register, given.into_iter()).unwrap();
        assert_eq!(Account::of_evidence(&evidence), account);
        assert_eq!(every_file(founded.path()), every_file(appended.path()));
        let mut steps = vec![];
        let read = read_evidence(founded.path(), &mut |step| steps.push((step.done, step.of))).unwrap();
        assert_eq!(Account::of_evidence(&read), account);
        assert_eq!(steps, [(0, 2), (2, 2)]);
    }

    #[test]
    fn the_bytes_depend_on_neither_order_nor_steps() {
        let (first, second) = (folder(), folder());
        let given = [bulletin("a", "2021-05-01", 3), bulletin("b", "2020-05-01", 2)];
        append(first.path(), &given, None).unwrap();
        append(second.path(), &given[..1], None).unwrap();
        append(second.path(), &given[1..], None).unwrap();
        assert_eq!(every_file(first.path()), every_file(second.path()));
        let again = append(first.path(), &given, None).unwrap();
        assert_eq!((again.added.len(), again.known.len()), (0, 2));
        assert_eq!(every_file(first.path()), every_file(second.path()));
    }

    #[test]
    fn a_bulletin_with_other_content_is_refused_and_nothing_is_written() {
        let folder = folder();
        append(folder.path(), &[bulletin("a", "2021-05-01", 3)], None).unwrap();
        let before = every_file(folder.path());
        let mut other = bulletin("a", "2021-05-01", 3);
        other.rows[1].product = "别的".into();
        let error = append(folder.path(), &[bulletin("b", "2022-01-01", 1), other], None).unwrap_err();
        assert_eq!(error.to_string(), "expected bulletin a as the ledger has it, found another row 2");
        assert!(error.advice().contains("write a into the column corrects"));
        assert_eq!(every_file(folder.path()), before);
    }

    #[test]
    fn a_changed_table_is_named() {
        let folder = folder();
        append(folder.path(), &[bulletin("a", "2021-05-01", 1)], None).unwrap();
        let file = folder.path().join(TABLES).join("a.csv");
        let text = fs::read_to_string(&file).unwrap().replace("台灯", "吊灯");
        fs::write(&file, text).unwrap();
        let error = read(folder.path()).unwrap_err();
        let expected = format!("expected {} unchanged since it was recorded (SHA-256 ", file.display());
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert_eq!(error.code(), "ledger_changed");
    }

    #[test]
    fn a_correction_names_a_bulletin_that_is_there_and_not_corrected_yet() {
        let folder = folder();
        let correction = |id: &str, corrects: &str| LedgerBulletin {
            corrects: Some(corrects.into()),
            ..bulletin(id, "2022-01-01", 1)
        };
        let error = append(folder.path(), &[correction("b", "a")], None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected bulletin b to correct another one in the ledger, found \"a\""
        );
        append(folder.path(), &[correction("b", "a"), bulletin("a", "2021-05-01", 1)], None).unwrap();
        let error = append(folder.path(), &[correction("c", "a")], None).unwrap_err();
        assert_eq!(error.to_string(), "expected one correction of bulletin a, found two: b and c");
        append(folder.path(), &[correction("c", "b")], None).unwrap();
        assert_eq!(read(folder.path()).unwrap().bulletins.len(), 3);
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let refused = |change: fn(&mut LedgerBulletin)| {
            let folder = folder();
            let mut given = bulletin("a", "2021-05-01", 2);
            change(&mut given);
            let text = append(folder.path(), &[given], None).unwrap_err().to_string();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
            text
        };
        assert_eq!(
            refused(|bulletin| bulletin.bulletin.id = "../a".into()),
            "expected an id of letters, digits, `-`, `_` and `.` in bulletin ../a, found \"../a\""
        );
        assert_eq!(
            refused(|bulletin| bulletin.bulletin.rows = 3),
            "expected as many rows as it states in bulletin a, found 3 and 2"
        );
        assert_eq!(
            refused(|bulletin| bulletin.rows[1].row = 3),
            "expected rows numbered from 1 without gaps in row 2 of bulletin a, found 3"
        );
        assert_eq!(
            refused(|bulletin| bulletin.rows[1].parties.clear()),
            "expected either a firm or a reason in row 2 of bulletin a, found 0 firms"
        );
        assert_eq!(
            refused(|bulletin| bulletin.rows[0].first_test = None),
            "expected an outcome in row 1 of bulletin a, found none"
        );
        assert_eq!(
            refused(|bulletin| bulletin.rows[0].failed_items = vec!["粘度\n冰点".into()]),
            "expected failed items without line feeds, none of them empty in row 1 of bulletin a, found \"粘度\\n冰点\""
        );
    }

    #[test]
    fn one_id_for_two_files_is_refused() {
        let folder = folder();
        let other = LedgerBulletin { file: "a.html".into(), ..bulletin("a", "2021-05-01", 2) };
        let error = append(folder.path(), &[bulletin("a", "2021-05-01", 1), other], None).unwrap_err();
        assert_eq!(error.to_string(), "expected one bulletin called a, found two: a.csv and a.html");
    }

    #[test]
    fn a_register_grows_and_later_entries_take_the_place_of_earlier_ones() {
        let folder = folder();
        append(folder.path(), &[], Some(&register("914403000006038216", "云帆灯饰有限公司"))).unwrap();
        append(folder.path(), &[], Some(&register("91440400000948256N", "星海灯饰有限公司"))).unwrap();
        append(folder.path(), &[], Some(&register("914403000006038216", "云帆集团有限公司"))).unwrap();
        append(folder.path(), &[], None).unwrap();
        let names: Vec<_> =
            read(folder.path()).unwrap().register.iter().map(|entry| entry.name.clone()).collect();
        assert_eq!(names, ["云帆集团有限公司", "星海灯饰有限公司"]);
    }

    #[test]
    fn a_folder_without_a_ledger_says_so() {
        let folder = folder();
        let error = read(folder.path()).unwrap_err();
        let expected = format!(
            "expected a ledger in {}, found no bulletins.csv and no rows.parquet",
            folder.path().display()
        );
        assert_eq!(error.to_string(), expected);
    }

    /// The error of a ledger whose files `change` meddled with; the folder is taken out of the text.
    fn meddled(file: &str, change: fn(&str) -> String) -> (String, &'static str) {
        let folder = folder();
        append(folder.path(), &[bulletin("a", "2021-05-01", 2)], None).unwrap();
        let path = folder.path().join(file);
        let text = change(&fs::read_to_string(&path).unwrap());
        fs::write(&path, &text).unwrap();
        if file != INDEX {
            let index = folder.path().join(INDEX);
            let line = fs::read_to_string(&index).unwrap();
            let hash = line.trim_end().rsplit(',').next().unwrap().to_owned();
            fs::write(&index, line.replace(&hash, &index::sha256(text.as_bytes()))).unwrap();
        }
        let error = read(folder.path()).unwrap_err();
        (error.to_string().replace(&format!("{}/", folder.path().display()), ""), error.code())
    }

    #[test]
    fn a_file_that_does_not_hold_what_it_should_is_named_with_line_and_column() {
        let table = |change| meddled("bulletins/a.csv", change).0;
        assert_eq!(
            table(|text| text.replace("conforming", "perfect")),
            "expected one of its words in bulletins/a.csv, line 2, column first_test, found \"perfect\""
        );
        assert_eq!(
            table(|text| text.replace("\n2,", "\n3,")),
            "expected row 2 in bulletins/a.csv, line 3, column row, found \"3\""
        );
        assert_eq!(
            table(|text| text.replace("\n2,", "\n1,")),
            "expected the lines of one row to differ in their firm only in bulletins/a.csv, line 3, column row, found \"1\""
        );
        assert_eq!(
            table(|text| text.replace(",producer,云帆灯饰有限公司,,", ",,,,")),
            "expected either a firm or a reason in bulletins/a.csv, line 2, column set_aside, found \"\""
        );
        assert_eq!(
            table(|text| text.replace("2021-05-01", "May 2021")),
            "expected a day in bulletins/a.csv, line 2, column day, found \"May 2021\""
        );
        assert_eq!(
            meddled("bulletins.csv", |text| text.replace("municipal", "big")).0,
            "expected one of its words in bulletins.csv, line 2, column level, found \"big\""
        );
        let (text, code) = meddled("bulletins.csv", |text| text.replace("sha256", "hash"));
        assert!(text.ends_with("in the first line of bulletins.csv, found id,file,body,level,division,published_on,inspection_year,title,url,lists,rows,corrects,hash"), "{text}");
        assert_eq!(code, "ledger_headings");
        assert_eq!(
            meddled("bulletins.csv", |text| format!("{text}a,b\n")),
            (
                "expected comma-separated values in UTF-8 in bulletins.csv, found something else".into(),
                "ledger_csv"
            )
        );
    }

    #[test]
    fn a_table_that_is_gone_is_named() {
        let folder = folder();
        append(folder.path(), &[bulletin("a", "2021-05-01", 2)], None).unwrap();
        let table = folder.path().join(TABLES).join("a.csv");
        fs::remove_file(&table).unwrap();
        let error = read(folder.path()).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot read {}", table.display()));
        assert_eq!(error.code(), "ledger_io");
    }
}
