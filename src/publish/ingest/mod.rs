//! Reading bulletins as the bodies print them: any of the known file formats and layouts in, rows of the ledger out.
//!
//! ```text
//! file ─ format ─► grids of text ─ layout ─► blocks of rows under one heading ─ row ─► rows of the ledger
//!        csv, workbook, html      heading                                      producer, outcome, remark, day
//! ```
//!
//! Every row is either booked to the firms that it names or set aside with a reason that a person can act on; nothing
//! is guessed. A new heading, a new word or a new body is one line in a table: `heading`, `outcome`, `remark`,
//! `producer`, `firm_name`, `place`.

mod compound_file;
mod day_cell;
mod error;
mod failed_items;
mod firm_name;
mod format;
mod grid;
mod heading;
mod html;
mod index_file;
mod inspected;
mod layout;
mod metadata;
mod nothing;
mod outcome;
mod place;
mod producer;
mod product_class;
mod remark;
mod row;
mod separated_values;
mod warning;
mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use error::IngestError;
pub(super) use format::decode;
pub(super) use nothing::is_not_stated;
pub use warning::Warning;

use super::ledger::LedgerBulletin;
use index_file::IndexFile;

/// What was read, and what a person should look at.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The bulletins, in the order of their files' names.
    pub bulletins: Vec<LedgerBulletin>,
    /// What is no error and yet not as it should be.
    pub warnings: Vec<Warning>,
}

/// How far the reading is: called before each file and once at the end.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// Files read.
    pub done: usize,
    /// Files to read.
    pub of: usize,
    /// The file that is read next; empty at the end.
    pub file: &'a str,
}

/// Reads bulletins: files, and folders of files.
///
/// What is known of a bulletin comes from the line of its file in `index.csv` in the same folder, else from its title
/// and file name. Nothing is written; a file that cannot be read stops the whole.
///
/// # Errors
/// Where a file cannot be read, is no table of samplings, or its body or day of publication cannot be known.
pub fn ingest(inputs: &[PathBuf], progress: &mut dyn FnMut(Progress<'_>)) -> Result<Ingested, IngestError> {
    let mut ingested = Ingested::default();
    let mut indexes = BTreeMap::new();
    let files = files_of(inputs, &mut indexes, &mut ingested.warnings)?;
    if files.is_empty() {
        return Err(IngestError::NothingGiven { inputs: inputs.to_vec() });
    }
    for (done, file) in files.iter().enumerate() {
        progress(Progress { done, of: files.len(), file: &name_of(file) });
        let entry = indexes.get(folder_of(file)).and_then(|index: &IndexFile| index.entry(&name_of(file)));
        let (bulletin, warnings) = row::read_bulletin(file, entry)?;
        ingested.bulletins.push(bulletin);
        ingested.warnings.extend(warnings);
    }
    progress(Progress { done: files.len(), of: files.len(), file: "" });
    check_ids(&ingested.bulletins)?;
    Ok(ingested)
}

/// The files to read in the order of their names, with the index of each folder.
fn files_of(
    inputs: &[PathBuf],
    indexes: &mut BTreeMap<PathBuf, IndexFile>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<PathBuf>, IngestError> {
    let mut files = Vec::new();
    for input in inputs {
        let folder = if input.is_dir() { input.as_path() } else { folder_of(input) };
        if !indexes.contains_key(folder) {
            indexes.insert(folder.to_owned(), IndexFile::beside(folder)?);
        }
        if input.is_dir() {
            files.extend(files_in(input, &indexes[folder], warnings)?);
        } else {
            files.push(input.clone());
        }
    }
    files.sort_by_key(|file| (name_of(file), file.clone()));
    files.dedup();
    Ok(files)
}

/// The files of a folder that its index names or whose ending is known.
fn files_in(
    folder: &Path,
    index: &IndexFile,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<PathBuf>, IngestError> {
    let io = |source| IngestError::Io { path: folder.into(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = name_of(&path);
        if !path.is_file() || name.starts_with('.') || name == index_file::NAME {
            continue;
        }
        if index.entry(&name).is_some() || format::has_known_ending(&path) {
            files.push(path);
        } else {
            warnings.push(Warning::Skipped { file: name });
        }
    }
    for name in index.files().filter(|name| !folder.join(name).is_file()) {
        warnings.push(Warning::NotThere { file: name.to_owned() });
    }
    warnings.sort();
    Ok(files)
}

fn check_ids(bulletins: &[LedgerBulletin]) -> Result<(), IngestError> {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for bulletin in bulletins {
        if let Some(first) = files.insert(&bulletin.bulletin.id, &bulletin.file) {
            let files = [first.to_owned(), bulletin.file.clone()];
            return Err(IngestError::SameId { id: bulletin.bulletin.id.clone(), files });
        }
    }
    Ok(())
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("."),
    }
}
