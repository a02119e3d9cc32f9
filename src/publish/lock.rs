//! One publisher at a time.
//!
//! The lock is the operating system's, on the file `.lock` in the repository: it ends with the process that holds it,
//! however that ends, so there is no stale one to clear away. What the file says, who has held the lock since when,
//! is for people. It stays behind, and means nothing then.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use super::repository::PublishError;
use crate::trust::UtcSeconds;

/// Holds a repository until it is dropped.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Takes the repository in `folder`, which is made if need be, or says who has it.
    pub fn take(folder: &Path, now: UtcSeconds) -> Result<Self, PublishError> {
        let path = folder.join(FILE);
        let failed = |source: io::Error| PublishError::Io { path: path.clone(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).unwrap_or_default();
                let holder = holder.lines().next().unwrap_or_default().chars().take(100).collect();
                return Err(PublishError::Busy { path, holder });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let holder = format!("process {} since {now}\n", std::process::id());
        file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).map_err(failed)?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file gives the lock back too.
        let _ = self.0.set_len(0);
    }
}

const FILE: &str = ".lock";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    #[test]
    fn the_second_publisher_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let lock = Lock::take(folder.path(), now).unwrap();
        let error = Lock::take(folder.path(), now).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "expected nobody else to publish into {}, found process {} since 2026-01-01T00:00:00Z",
                folder.path().display(),
                std::process::id()
            )
        );
        assert_eq!(error.code(), "repository_busy");
        drop(lock);
        Lock::take(folder.path(), now).unwrap();
    }
}
