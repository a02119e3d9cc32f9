//! The files of a table, and what the names of their folders say.

#[cfg(feature = "parquet")]
use std::fs;
use std::path::{Path, PathBuf};

#[cfg(feature = "parquet")]
use super::ColumnarError;

/// One file of a table.
#[cfg(feature = "parquet")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::publish) struct Part {
    pub(super) file: PathBuf,
    /// The columns that its folders name, and their value; `None` for a null.
    pub(super) fixed: Vec<(String, Option<String>)>,
}

#[cfg(feature = "parquet")]
impl Part {
    /// The file.
    pub(in crate::publish) fn file(&self) -> &Path {
        &self.file
    }
}

/// Whether a folder has a table of this name.
pub(in crate::publish) fn is_there(folder: &Path, table: &str) -> bool {
    candidates(folder, table).iter().any(|path| path.exists())
}

/// The files of a table in the order of their paths: `TABLE.parquet` or `TABLE`, each a file or a folder.
#[cfg(feature = "parquet")]
pub(in crate::publish) fn parts(folder: &Path, table: &'static str) -> Result<Vec<Part>, ColumnarError> {
    let mut parts = Vec::new();
    for path in candidates(folder, table) {
        if path.is_dir() {
            walk(&path, &[], &mut parts)?;
        } else if path.exists() {
            parts.push(Part { file: path, fixed: vec![] });
        }
    }
    if parts.is_empty() {
        return Err(ColumnarError::NoTable { folder: folder.into(), table });
    }
    Ok(parts)
}

fn candidates(folder: &Path, table: &str) -> [PathBuf; 2] {
    [folder.join(format!("{table}.parquet")), folder.join(table)]
}

/// Takes in the `.parquet` files below `folder`. What begins with `_` or `.` is no data, by everybody's custom.
#[cfg(feature = "parquet")]
fn walk(
    folder: &Path,
    fixed: &[(String, Option<String>)],
    parts: &mut Vec<Part>,
) -> Result<(), ColumnarError> {
    let unreadable = |source| ColumnarError::Io { action: "read", path: folder.into(), source };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(unreadable)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(['_', '.']) {
            continue;
        }
        if path.is_dir() {
            let mut fixed = fixed.to_vec();
            fixed.extend(named_by(&name));
            walk(&path, &fixed, parts)?;
        } else if path.extension().is_some_and(|ending| ending == "parquet") {
            parts.push(Part { file: path, fixed: fixed.to_vec() });
        }
    }
    Ok(())
}

/// `column=value`, as hive writes it, with `%` before the hexadecimal digits of a byte.
#[cfg(feature = "parquet")]
fn named_by(folder: &str) -> Option<(String, Option<String>)> {
    let (column, value) = folder.split_once('=')?;
    let value = (value != "__HIVE_DEFAULT_PARTITION__").then(|| decoded(value));
    Some((decoded(column), value))
}

#[cfg(feature = "parquet")]
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(feature = "parquet")]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_table_are_found_and_their_folders_read() {
        let folder = tempfile::tempdir().unwrap();
        for file in [
            "samplings.parquet/bulletin=yz%2D20%E4%BA%91/part-0.parquet",
            "samplings.parquet/bulletin=__HIVE_DEFAULT_PARTITION__/x/part-0.parquet",
            "samplings.parquet/_SUCCESS",
            "samplings.parquet/_temporary/part-1.parquet",
            "samplings.parquet/.part-0.parquet.crc",
            "samplings.parquet/notes.txt",
            "bulletins.parquet",
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"").unwrap();
        }
        let found = parts(folder.path(), "samplings").unwrap();
        let fixed: Vec<_> = found.iter().map(|part| part.fixed.clone()).collect();
        let bulletin = |id: Option<&str>| vec![("bulletin".to_owned(), id.map(str::to_owned))];
        assert_eq!(fixed, [bulletin(None), bulletin(Some("yz-20云"))]);
        assert_eq!(parts(folder.path(), "bulletins").unwrap().len(), 1);
        assert!(is_there(folder.path(), "samplings") && !is_there(folder.path(), "register"));
        let error = parts(folder.path(), "register").unwrap_err();
        let expected = format!(
            "expected register.parquet in {}, a file or a folder of part files, found neither",
            folder.path().display()
        );
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_percent_sign_that_means_nothing_stays() {
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%2"), "%zz%2");
        assert_eq!(decoded("%FF"), "%FF", "no text comes of it");
    }
}
