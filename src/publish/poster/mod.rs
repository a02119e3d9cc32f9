//! Certificates as they are printed: a poster (A6) and a label of 30 mm, each as SVG and as PNG.
//!
//! ```text
//! CODE.svg          poster, 105 × 148 mm, text as text
//! CODE.png          the same, 1240 × 1748 dots, which is A6 at 300 dpi, in four colours
//! CODE-label.svg    label, 30 mm wide, text as text
//! CODE-label.png    the same, 354 dots wide, which is 30 mm at 300 dpi, in black and white
//! ```
//!
//! Pictures have letters of GNU Unifont, which the program brings along: plainer than the fonts by which an SVG is shown,
//! but the same on every machine, and drawn in no time. Price: 2 MB of the program.
//!
//! A tier never stands without its as-of day, and a demonstration says so on each of the four (示例, DEMO).

mod canvas;
mod face;
mod label;
mod layout;
mod picture;
mod qr;
mod sheet;
mod svg;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::certificate::{IssueError, Issued, Issuer};
use super::disk::replace_file;

use face::Face;
use label::{label_png, label_svg};
use sheet::{poster_png, poster_svg};

pub use qr::{QUIET_ZONE, Qr};

/// What was printed of a whole list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Printed {
    /// How many firms have a certificate now.
    pub certificates: usize,
    /// The listed firms that have no code and hence no certificate.
    pub without_code: Vec<String>,
}

/// Writes the four files of one certificate into `folder`, over older ones.
pub fn print(issued: &Issued, folder: &Path) -> Result<(), IssueError> {
    for (name, bytes) in files(issued, &mut Face::default()) {
        let path = folder.join(name);
        replace_file(&path, &bytes).map_err(|source| IssueError::Io { path, source })?;
    }
    Ok(())
}

/// Writes the four files of every listed firm into `folder`, which must not be there yet and is there only when all
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
        let mut face = Face::default();
        while let Some(firm) = firms.get(next.fetch_add(1, Ordering::Relaxed)) {
            let printed = issuer.issue_at(*firm).and_then(|issued| write_new(&issued, folder, &mut face));
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

fn write_new(issued: &Issued, folder: &Path, face: &mut Face) -> Result<(), IssueError> {
    for (name, bytes) in files(issued, face) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|source| IssueError::Io { path, source })?;
    }
    Ok(())
}

fn files(issued: &Issued, face: &mut Face) -> [(String, Vec<u8>); 4] {
    let qr = Qr::of(&issued.text);
    let code = issued.certificate.claims().code;
    [
        (format!("{code}.svg"), poster_svg(issued, &qr).into_bytes()),
        (format!("{code}.png"), poster_png(issued, &qr, face)),
        (format!("{code}-label.svg"), label_svg(issued, &qr).into_bytes()),
        (format!("{code}-label.png"), label_png(issued, &qr, face)),
    ]
}

#[cfg(test)]
mod testing {
    use super::*;
    use crate::certificate::testing::{issued, keys};
    use crate::certificate::{Claims, Sealed, TextForm};

    /// A certificate that says this, ready to be printed.
    pub(super) fn printed(claims: Claims) -> Issued {
        let bytes = issued(claims);
        let certificate = Sealed::decode(&bytes).unwrap().verify(&keys()).unwrap();
        let text = TextForm::Link("https://hongbang.example/c".parse().unwrap()).text_of(&bytes);
        Issued { certificate, bytes, text, tier_name: "十年榜".into(), label: "抽检无不合格".into() }
    }
}
