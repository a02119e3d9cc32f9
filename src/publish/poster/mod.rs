//! Certificates as they are printed: a poster (A6) and a label of 30 mm.
//!
//! ```text
//! CODE.svg          poster, 105 × 148 mm, text as text
//! CODE-label.svg    label, 30 mm wide, text as text
//! CODE-label.png    label, 354 dots wide, which is 30 mm at 300 dpi: the QR code, and below it code, tier, as-of
//!                   day and last day in a small face of our own, which has digits and capitals alone
//! ```
//!
//! There is no PNG of the poster. It would need a font with tens of thousands of characters: none with a permissive
//! licence is small, and drawing with the fonts of the system would give another picture on each machine and take
//! minutes for a whole list. An SVG prints well from any browser; whoever needs dots converts it there.
//!
//! A tier never stands without its as-of day, and a demonstration says so on each of the three (示例, DEMO).

mod face;
mod label;
mod layout;
mod png;
mod qr;
mod sheet;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::certificate::{IssueError, Issued, Issuer};
use super::disk::replace_file;

pub use label::{label_png, label_svg};
pub use qr::{QUIET_ZONE, Qr};
pub use sheet::poster_svg;

/// What was printed of a whole list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Printed {
    /// How many firms have a certificate now.
    pub certificates: usize,
    /// The listed firms that have no code and hence no certificate.
    pub without_code: Vec<String>,
}

/// Writes the three files of one certificate into `folder`, over older ones.
pub fn print(issued: &Issued, folder: &Path) -> Result<(), IssueError> {
    for (name, bytes) in files(issued) {
        let path = folder.join(name);
        replace_file(&path, &bytes).map_err(|source| IssueError::Io { path, source })?;
    }
    Ok(())
}

/// Writes the three files of every listed firm into `folder`, which must not be there yet and is there only when all
/// is written. `progress` is told how many are done.
pub fn print_all(
    issuer: &Issuer,
    folder: &Path,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Printed, IssueError> {
    let in_folder = |source| IssueError::Io { path: folder.into(), source };
    if folder.symlink_metadata().is_ok() {
        return Err(IssueError::Exists { path: folder.into() });
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(in_folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unfinished-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
    let unfinished = builder.tempdir_in(parent).map_err(in_folder)?;
    let (firms, without_code) = issuer.firms();
    print_firms(issuer, &firms, unfinished.path(), progress)?;
    fs::rename(unfinished.keep(), folder).map_err(in_folder)?;
    let without_code = without_code.into_iter().map(str::to_string).collect();
    Ok(Printed { certificates: firms.len(), without_code })
}

/// On all cores; the first error ends it.
fn print_firms(
    issuer: &Issuer,
    firms: &[usize],
    folder: &Path,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(), IssueError> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some(firm) = firms.get(next.fetch_add(1, Ordering::Relaxed)) {
            let printed = issuer.issue_at(*firm).and_then(|issued| write_new(&issued, folder));
            if printed.is_err() {
                next.store(firms.len(), Ordering::Relaxed);
                return printed;
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, Into::into);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let results = workers.into_iter().map(|worker| worker.join().expect("printing does not panic"));
        // All are waited for before the first error is told.
        results.collect::<Vec<_>>().into_iter().collect()
    })
}

fn write_new(issued: &Issued, folder: &Path) -> Result<(), IssueError> {
    for (name, bytes) in files(issued) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|source| IssueError::Io { path, source })?;
    }
    Ok(())
}

fn files(issued: &Issued) -> [(String, Vec<u8>); 3] {
    let qr = Qr::of(&issued.text);
    let code = issued.certificate.claims().code;
    [
        (format!("{code}.svg"), poster_svg(issued, &qr).into_bytes()),
        (format!("{code}-label.svg"), label_svg(issued, &qr).into_bytes()),
        (format!("{code}-label.png"), label_png(issued, &qr)),
    ]
}
