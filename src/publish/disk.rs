//! Writing that is seen whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Where files are put. There is one disk, and in tests there are those that fail.
pub trait Disk {
    /// Puts a file in its place, or in the place of another: whole, or not at all.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalDisk;

impl Disk for LocalDisk {
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        replace_file(path, bytes)
    }
}

/// Writes a file under a temporary name beside its place, and then moves it there. Folders are made if need be.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = unfinished(path)?;
    file.write_all(bytes)?;
    finish(file, path)
}

/// A file under a temporary name beside its place, to be written and then [finished](finish). Folders are made if need be.
pub(in crate::publish) fn unfinished(path: &Path) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    builder.tempfile_in(folder)
}

/// Removes what those left behind in a folder who were killed while they wrote. For one who holds the lock: nobody else is
/// writing there. A file that cannot be removed does no harm, since no reader asks for it.
pub(in crate::publish) fn remove_unfinished(folder: &Path) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED)) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".unfinished-";

/// Moves a file into its place, once its bytes are on the disk.
pub(in crate::publish) fn finish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder_of(path));
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// Has the new name on the disk before the next file's, so that a power cut, too, leaves a beginning of the order in
/// which files were written. Not every file system can do this, and without it nothing is wrong but the order.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}
