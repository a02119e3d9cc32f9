//! How the client says no.

use std::error::Error;
use std::fmt;

use super::{MetadataError, UtcSeconds};
use crate::Problem;

/// Why metadata or a target is not trusted.
///
/// Only [`TrustError::OutOfTurn`] is the caller's mistake. Everything else is what a repository, a mirror or a
/// store did: by accident or on purpose, the client cannot tell.
///
/// It travels boxed, as [`MetadataError`] does: whatever can fail is then no wider than what it returns, which spares a
/// browser 2 KB.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TrustError {
    /// Too few of the keys that should sign have signed.
    BelowThreshold {
        /// The role whose metadata it is.
        role: String,
        /// Who says which keys should sign.
        delegator: String,
        /// How many different keys must sign.
        threshold: u32,
        /// How many did.
        signers: u32,
    },
    /// Metadata is used after the time that it names as its end: perhaps somebody withholds the newer one.
    Expired {
        /// The role whose metadata it is.
        role: String,
        /// When it expired.
        expires: UtcSeconds,
        /// The time it was judged at.
        now: UtcSeconds,
    },
    /// A file is not as long as signed metadata says.
    Length {
        /// The file.
        file: String,
        /// The length in metadata.
        expected: u64,
        /// The length of the bytes received.
        found: u64,
    },
    /// The bytes are not metadata of the kind they should be.
    Metadata {
        /// The role whose metadata it should be.
        role: String,
        /// What is wrong with it.
        source: Box<MetadataError>,
    },
    /// The repository or store lacks a file that it must have.
    Missing {
        /// The file.
        file: String,
    },
    /// A reply was given although nothing was asked, or the end was asked for before the last reply.
    OutOfTurn,
    /// An older version than one that was verified before.
    Rollback {
        /// The role whose version went back.
        role: String,
        /// The version known.
        trusted: u64,
        /// The version received.
        found: u64,
    },
    /// The snapshot does not list a role that it must list, or that an earlier one listed.
    SnapshotLacks {
        /// The role.
        role: String,
    },
    /// More bytes than were asked for.
    TooLong {
        /// The file.
        file: String,
        /// The most that was asked for.
        limit: u64,
        /// How many there were, at least.
        found: u64,
    },
    /// A search for a target went through more delegated roles than allowed.
    TooManyDelegations {
        /// How many roles are visited at most.
        limit: usize,
    },
    /// Another version than the one that signed metadata promises here.
    Version {
        /// The role whose metadata it is.
        role: String,
        /// The version promised.
        expected: u64,
        /// The version received.
        found: u64,
    },
    /// A file does not have the hash that signed metadata promises.
    WrongHash {
        /// The file.
        file: String,
        /// The hash promised, in hexadecimal digits.
        expected: String,
        /// The hash of the bytes received.
        found: String,
    },
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BelowThreshold { role, delegator, threshold, signers } => write!(
                f,
                "expected {role} metadata signed by {threshold} of the keys that {delegator} names, found {signers}"
            ),
            Self::Expired { role, expires, now } => {
                write!(
                    f,
                    "expected {role} metadata that is valid at {now}, found that it expired at {expires}"
                )
            }
            Self::Length { file, expected, found } => {
                write!(f, "expected {expected} bytes in {file}, found {found}")
            }
            Self::Metadata { role, .. } => write!(f, "expected {role} metadata, found something else"),
            Self::Missing { file } => write!(f, "expected {file} to exist, found nothing"),
            Self::OutOfTurn => write!(f, "expected an answer to an open request, found none to be open"),
            Self::Rollback { role, trusted, found } => {
                write!(f, "expected version {trusted} or later of {role}, found the older version {found}")
            }
            Self::SnapshotLacks { role } => write!(f, "expected {role} in the snapshot, found no such entry"),
            Self::TooLong { file, limit, found } => {
                write!(f, "expected at most {limit} bytes in {file}, found {found} or more")
            }
            Self::TooManyDelegations { limit } => {
                write!(f, "expected an end of the search after {limit} delegated roles, found more to visit")
            }
            Self::Version { role, expected, found } => {
                write!(f, "expected version {expected} of {role}, found version {found}")
            }
            Self::WrongHash { file, expected, found } => {
                write!(f, "expected {file} to have the hash {expected}, found {found}")
            }
        }
    }
}

impl Error for TrustError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Metadata { source, .. } = self { Some(source) } else { None }
    }
}

impl Problem for TrustError {
    fn code(&self) -> &'static str {
        match self {
            Self::BelowThreshold { .. } => "below_threshold",
            Self::Expired { .. } => "expired",
            Self::Length { .. } => "wrong_length",
            Self::Metadata { source, .. } => source.code(),
            Self::Missing { .. } => "missing_file",
            Self::OutOfTurn => "out_of_turn",
            Self::Rollback { .. } => "rolled_back",
            Self::SnapshotLacks { .. } => "snapshot_lacks_role",
            Self::TooLong { .. } => "too_long",
            Self::TooManyDelegations { .. } => "too_many_delegations",
            Self::Version { .. } => "wrong_version",
            Self::WrongHash { .. } => "wrong_hash",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::BelowThreshold { .. } => {
                "check that the root file belongs to this repository; otherwise do not use this source"
            }
            Self::Expired { .. } => {
                "check the clock; if it is right, fetch from another source or ask the publisher to sign again"
            }
            Self::Metadata { source, .. } => return source.advice(),
            Self::Missing { .. } => "check the address of the repository, then try again",
            Self::OutOfTurn => "ask for the next request before each reply, and finish when there is none",
            Self::Rollback { .. } => "do not use this source: it offers an older state than you have seen already",
            Self::SnapshotLacks { .. } | Self::TooManyDelegations { .. } => {
                "tell the publisher that the repository is inconsistent"
            }
            Self::Length { .. } | Self::TooLong { .. } | Self::Version { .. } | Self::WrongHash { .. } => {
                "fetch again; if it stays so, this source mixes or alters files: use another one"
            }
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that deceives is left, a clock is set, a publisher is told: each for its own cause.
    #[test]
    fn the_advice_is_that_of_the_cause() {
        let name = || String::from("targets");
        let expires = UtcSeconds::start_of(crate::Day::MIN);
        let metadata = MetadataError::UnknownSpecification { found: "2.0".into() };
        for (error, advice) in [
            (
                TrustError::BelowThreshold { role: name(), delegator: name(), threshold: 2, signers: 1 },
                "check that the root file belongs to this repository; otherwise do not use this source",
            ),
            (
                TrustError::Expired { role: name(), expires, now: expires },
                "check the clock; if it is right, fetch from another source or ask the publisher to sign again",
            ),
            (
                TrustError::Metadata { role: name(), source: Box::new(metadata) },
                "use a newer version of this program",
            ),
            (TrustError::Missing { file: name() }, "check the address of the repository, then try again"),
            (
                TrustError::OutOfTurn,
                "ask for the next request before each reply, and finish when there is none",
            ),
            (
                TrustError::Rollback { role: name(), trusted: 2, found: 1 },
                "do not use this source: it offers an older state than you have seen already",
            ),
            (
                TrustError::SnapshotLacks { role: name() },
                "tell the publisher that the repository is inconsistent",
            ),
            (
                TrustError::TooManyDelegations { limit: 32 },
                "tell the publisher that the repository is inconsistent",
            ),
            (
                TrustError::TooLong { file: name(), limit: 1, found: 2 },
                "fetch again; if it stays so, this source mixes or alters files: use another one",
            ),
        ] {
            assert_eq!(error.advice(), advice, "{error}");
        }
    }
}
