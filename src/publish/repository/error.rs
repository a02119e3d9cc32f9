//! How the publisher says no.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::Problem;
use crate::trust::{TopRole, TrustError, UtcSeconds};

/// Why nothing was published. The repository is as it was before.
#[derive(Debug)]
#[non_exhaustive]
pub enum PublishError {
    /// What is said about a target cannot stand in metadata.
    BadCustom {
        /// The name of the target.
        name: String,
    },
    /// A target name that not every client reads alike.
    BadName {
        /// The name.
        name: String,
    },
    /// The expiry lies beyond the year 9999.
    BeyondCalendar {
        /// The time of signing.
        now: UtcSeconds,
        /// For how many days it should hold.
        days: u16,
    },
    /// There is a repository already where one should be made.
    Exists {
        /// Its first root.
        path: PathBuf,
    },
    /// The disk.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The repository lacks a file that it must have.
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The repository, as it is or as it would be, does not verify.
    Repository(TrustError),
    /// Root has expired: no client would accept what it vouches for.
    RootExpired {
        /// When.
        expires: UtcSeconds,
        /// The time of signing.
        now: UtcSeconds,
    },
    /// A target of that name has been published with another content or description.
    TargetDiffers {
        /// The name.
        name: String,
    },
    /// Fewer keys of a role than must sign.
    TooFewKeys {
        /// The role.
        role: TopRole,
        /// How many must sign.
        threshold: u32,
        /// How many there are.
        found: usize,
    },
    /// A key that root does not name for the role.
    WrongKey {
        /// The role.
        role: TopRole,
        /// The ids of the keys that root names.
        expected: Vec<String>,
        /// The id of the key.
        found: String,
    },
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCustom { name } => {
                write!(f, "expected ASCII texts and whole numbers as the description of {name}, found others")
            }
            Self::BadName { name } => write!(
                f,
                "expected a target name of 1 to 100 ASCII letters, digits and -._ that begins with none of the dots, \
                 found {name:?}"
            ),
            Self::BeyondCalendar { now, days } => {
                write!(f, "expected an expiry up to the year 9999, found {days} days after {now}")
            }
            Self::Exists { path } => write!(f, "expected no repository yet, found {}", path.display()),
            Self::Io { path, .. } => write!(f, "cannot read or write {}", path.display()),
            Self::Missing { path } => {
                write!(f, "expected {} in the repository, found nothing", path.display())
            }
            Self::Repository(_) => write!(f, "expected a repository that verifies, found one that does not"),
            Self::RootExpired { expires, now } => {
                write!(f, "expected a root that is valid at {now}, found that it expired at {expires}")
            }
            Self::TargetDiffers { name } => {
                write!(f, "expected the content that {name} was published with, found another")
            }
            Self::TooFewKeys { role, threshold, found } => {
                write!(f, "expected at least {threshold} keys of the role {}, found {found}", role.name())
            }
            Self::WrongKey { role, expected, found } => {
                let (role, expected) = (role.name(), expected.join(" or "));
                write!(f, "expected key {expected} for the role {role}, found {found}")
            }
        }
    }
}

impl Error for PublishError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Repository(source) => Some(source),
            _ => None,
        }
    }
}

impl Problem for PublishError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadCustom { .. } => "bad_custom",
            Self::BadName { .. } => "bad_target_name",
            Self::BeyondCalendar { .. } => "beyond_calendar",
            Self::Exists { .. } => "repository_exists",
            Self::Io { .. } => "repository_io",
            Self::Missing { .. } => "missing_file",
            Self::Repository(source) => source.code(),
            Self::RootExpired { .. } => "root_expired",
            Self::TargetDiffers { .. } => "target_differs",
            Self::TooFewKeys { .. } => "too_few_keys",
            Self::WrongKey { .. } => "wrong_key",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::BadCustom { .. } => {
                "keep firm names and other texts in the target itself, not in its metadata"
            }
            Self::BadName { .. } => "choose a plain name, for example edition-2025-10-31.hb",
            Self::BeyondCalendar { .. } => "choose fewer days",
            Self::Exists { .. } => "publish into it, or name an empty folder",
            Self::Io { .. } => "check the path, its permissions and the space on the disk",
            Self::Missing { .. } => "bring the file back from a copy of the repository",
            Self::Repository(_) => "bring the repository back from a copy of which you know that it is good",
            Self::RootExpired { .. } => "sign a new root with `hongbang rotate` and the root keys",
            Self::TargetDiffers { .. } => {
                "publish the new content under a new name; clients keep what they have"
            }
            Self::TooFewKeys { .. } => "bring the missing keys into the folder of keys",
            Self::WrongKey { .. } => "use the keys of this repository, or change them with `hongbang rotate`",
        }
        .into()
    }
}
