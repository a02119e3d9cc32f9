//! How the publisher says no.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::holders::Missing;
use crate::Problem;
use crate::publish::transport::TransportError;
use crate::trust::{TopRole, TrustError, UtcSeconds};

/// Why nothing was published. Clients find the repository as it was before.
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
    /// Somebody else is publishing.
    Busy {
        /// The file by which they hold the repository.
        path: PathBuf,
        /// Who says to hold it.
        holder: String,
    },
    /// There is a repository already where one should be made.
    Exists {
        /// Its folder.
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
    /// The version of a role is the highest there is.
    NoFurtherVersion {
        /// The role.
        role: TopRole,
    },
    /// A repository must have a first root before anything can be staged for it.
    NoRoot,
    /// Bytes that are no signature of this key over what is staged.
    NoSignature {
        /// The id of the key.
        key: String,
    },
    /// A role names no such key, or several that begin so.
    NoSuchKey {
        /// The role.
        role: TopRole,
        /// The ids that it names.
        expected: Vec<String>,
        /// The id that was asked for.
        found: String,
    },
    /// Signatures are missing.
    NotSigned {
        /// Which, and whose.
        missing: Vec<Missing>,
    },
    /// A folder in which nothing is staged.
    NothingStaged {
        /// The folder.
        path: PathBuf,
    },
    /// There is no list yet that a timestamp could be signed for.
    NothingToSign,
    /// Another repository than the one whose first root is pinned.
    OtherRoot,
    /// What was staged does not follow what is published.
    Outdated {
        /// The role whose metadata was staged.
        role: TopRole,
        /// The version that was staged.
        version: u64,
        /// The version that is published.
        present: u64,
    },
    /// The repository, as it is or as it would be, does not verify.
    Repository(Box<TrustError>),
    /// Root has expired: no client would accept what it vouches for.
    RootExpired {
        /// When.
        expires: UtcSeconds,
        /// The time of signing.
        now: UtcSeconds,
    },
    /// Two copies of a staged set are not of the same set.
    StagedDiffers {
        /// The role whose metadata differs.
        role: TopRole,
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
    /// Roots without end.
    TooManyRoots {
        /// The most that are read.
        limit: usize,
    },
    /// The repository could not be brought from its address.
    Transport(Box<TransportError>),
    /// A new root is there already, without what belongs to it.
    Unfinished {
        /// Its version.
        root_version: usize,
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
            Self::Busy { path, holder } => {
                let folder = path.parent().unwrap_or(path).display();
                let holder = if holder.is_empty() { "somebody" } else { holder };
                write!(f, "expected nobody else to publish into {folder}, found {holder}")
            }
            Self::Exists { path } => write!(f, "expected no repository yet, found one in {}", path.display()),
            Self::Io { path, .. } => write!(f, "cannot read or write {}", path.display()),
            Self::Missing { path } => {
                write!(f, "expected {} in the repository, found nothing", path.display())
            }
            Self::NoFurtherVersion { role } => {
                write!(f, "expected a version of {} that can rise, found the highest there is", role.name())
            }
            Self::NoRoot => write!(f, "expected a repository with a first root, found none"),
            Self::NoSignature { key } => {
                write!(f, "expected a signature of key {key} over what is staged, found none")
            }
            Self::NoSuchKey { role, expected, found } => {
                let (role, expected) = (role.name(), expected.join(" or "));
                write!(f, "expected one of the {role} keys {expected}, found {found}")
            }
            Self::NotSigned { missing } => {
                let missing: Vec<_> = missing.iter().map(ToString::to_string).collect();
                write!(f, "expected enough signatures, found too few: {}", missing.join("; "))
            }
            Self::NothingStaged { path } => {
                write!(f, "expected root.json or targets.json in {}, found neither", path.display())
            }
            Self::NothingToSign => write!(f, "expected a list to sign a timestamp for, found none yet"),
            Self::OtherRoot => {
                write!(
                    f,
                    "expected a repository that begins with the pinned root, found one that begins with another"
                )
            }
            Self::Outdated { role, version, present } => {
                let (role, next) = (role.name(), present + 1);
                write!(f, "expected version {next} of {role} to be staged, found version {version}")
            }
            Self::Repository(_) => write!(f, "expected a repository that verifies, found one that does not"),
            Self::RootExpired { expires, now } => {
                write!(f, "expected a root that is valid at {now}, found that it expired at {expires}")
            }
            Self::StagedDiffers { role } => {
                write!(f, "expected two copies of one staged set, found different {} metadata", role.name())
            }
            Self::TargetDiffers { name } => {
                write!(f, "expected the content that {name} was published with, found another")
            }
            Self::TooFewKeys { role, threshold, found } => {
                write!(f, "expected at least {threshold} keys of the role {}, found {found}", role.name())
            }
            Self::TooManyRoots { limit } => write!(f, "expected at most {limit} roots, found more"),
            Self::Transport(source) => source.fmt(f),
            Self::Unfinished { root_version } => write!(
                f,
                "expected a finished repository, found version {root_version} of root without what belongs to it"
            ),
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
            Self::Transport(source) => source.source(),
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
            Self::Busy { .. } => "repository_busy",
            Self::Exists { .. } => "repository_exists",
            Self::Io { .. } => "repository_io",
            Self::Missing { .. } => "missing_file",
            Self::NoFurtherVersion { .. } => "no_further_version",
            Self::NoRoot => "no_root",
            Self::NoSignature { .. } => "no_signature",
            Self::NoSuchKey { .. } => "no_such_key",
            Self::NotSigned { .. } => "not_signed",
            Self::NothingStaged { .. } => "nothing_staged",
            Self::NothingToSign => "nothing_to_sign",
            Self::OtherRoot => "other_root",
            Self::Outdated { .. } => "outdated",
            Self::Repository(source) => source.code(),
            Self::RootExpired { .. } => "root_expired",
            Self::StagedDiffers { .. } => "staged_differs",
            Self::TargetDiffers { .. } => "target_differs",
            Self::TooFewKeys { .. } => "too_few_keys",
            Self::TooManyRoots { .. } => "too_many_roots",
            Self::Transport(source) => source.code(),
            Self::Unfinished { .. } => "unfinished",
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
            Self::Busy { .. } => {
                "wait until they have finished; if nobody is publishing, a process of that number hangs: end it"
            }
            Self::Exists { .. } => "publish into it, or name an empty folder",
            Self::Io { .. } => "check the path, its permissions and the space on the disk",
            Self::Missing { .. } => "bring the file back from a copy of the repository",
            Self::NoFurtherVersion { .. } => {
                "bring the repository back from a copy of before somebody drove the version up, and rotate the key"
            }
            Self::NoRoot => "make one with `hongbang init`, and have its root keys sign it",
            Self::NoSignature { .. } => "sign the bytes of `hongbang sign STAGED --message ROLE`, as they are, with Ed25519",
            Self::NoSuchKey { .. } => "see `hongbang status` for the ids; eight digits or more will do",
            Self::NotSigned { .. } => "let the missing holders run `hongbang sign`, then publish again",
            Self::NothingStaged { .. } => {
                "name the folder that `hongbang init`, `rotate` or `publish --stage` wrote"
            }
            Self::NothingToSign => "publish an edition first",
            Self::OtherRoot => "find out who answers there, and whether the root that you pin is the right one",
            Self::Outdated { .. } => "somebody published in between: stage it again, and sign it again",
            Self::Repository(_) => "bring the repository back from a copy of which you know that it is good",
            Self::RootExpired { .. } => "stage a new root with `hongbang rotate root` and have it signed",
            Self::StagedDiffers { .. } => "sign copies of one folder; if both were changed, choose one and sign that",
            Self::TargetDiffers { .. } => {
                "publish the new content under a new name; clients keep what they have"
            }
            Self::TooFewKeys { .. } => "add a key, or lower the threshold",
            Self::TooManyRoots { .. } => "find out who answers there: no publisher makes so many",
            Self::Transport(source) => return source.advice(),
            Self::Unfinished { .. } => "publish the staged set once more with which that root came",
            Self::WrongKey { .. } => "use the keys of this repository, or change them with `hongbang rotate`",
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those that no other test brings about.
    #[test]
    fn errors_say_what_was_expected_and_what_was_found() {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let role = TopRole::Timestamp;
        for (error, text) in [
            (
                PublishError::BeyondCalendar { now, days: 9 },
                "expected an expiry up to the year 9999, found 9 days after 2026-01-01T00:00:00Z",
            ),
            (
                PublishError::Busy { path: "r/.lock".into(), holder: String::new() },
                "expected nobody else to publish into r, found somebody",
            ),
            (PublishError::Exists { path: "r".into() }, "expected no repository yet, found one in r"),
            (
                PublishError::Missing { path: "r/1.targets.json".into() },
                "expected r/1.targets.json in the repository, found nothing",
            ),
            (
                PublishError::NoFurtherVersion { role },
                "expected a version of timestamp that can rise, found the highest there is",
            ),
            (
                PublishError::NothingStaged { path: "s".into() },
                "expected root.json or targets.json in s, found neither",
            ),
        ] {
            assert_eq!(error.to_string(), text);
            assert!(!error.advice().is_empty() && !error.advice().ends_with('.'), "{text}");
        }
    }
}
