//! What can go wrong with a list, as a reader is told it: a closed set, each with its own words and icon.

use std::fmt;
use std::rc::Rc;

use super::Text;
use crate::checker::OpenError;
use crate::trust::TrustError;

/// Why there is no list, or why a newer one is not used.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What a reader is told.
    pub kind: FaultKind,
    /// The stable code of the problem.
    pub code: &'static str,
    /// What it was, for whoever wants to know more.
    pub cause: Rc<Cause>,
}

/// What went wrong, as the program tells it, in English. Only the rest of the program puts it into words.
#[derive(Debug)]
pub enum Cause {
    /// The list is not what it should be.
    List(OpenError),
    /// There is no list among the targets.
    NoEdition,
    /// The repository has no file of this name.
    NoFile(String),
    /// There is no root beside the page.
    NoRoot,
    /// No answer came.
    Silence,
    /// The server answered with this status.
    Status(u16),
    /// The metadata is not what it should be.
    Trust(Box<TrustError>),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(error) => error.fmt(f),
            Self::NoEdition => f.write_str("expected an edition among the targets, found none"),
            Self::NoFile(name) => write!(f, "expected {name} to exist, found nothing"),
            Self::NoRoot => f.write_str("expected root.json beside the page, found nothing"),
            Self::Silence => f.write_str("expected an answer from the server, found none"),
            Self::Status(status) => write!(f, "expected a file from the server, found status {status}"),
            Self::Trust(error) => error.fmt(f),
        }
    }
}

impl From<OpenError> for Cause {
    fn from(error: OpenError) -> Self {
        Self::List(error)
    }
}

impl From<Box<TrustError>> for Cause {
    fn from(error: Box<TrustError>) -> Self {
        Self::Trust(error)
    }
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FaultKind {
    /// The bytes are not what was signed, or are no list.
    Damaged,
    /// A stated tier is not the one that the evidence gives.
    Disagrees,
    /// The repository has not been renewed.
    Expired,
    /// Signatures are missing or not those of the publisher.
    NotVerified,
    /// No network.
    Offline,
    /// An older state than one seen before.
    RolledBack,
    /// The server answers, but not with a list.
    Unavailable,
    /// Made for a newer version of this program.
    Unsupported,
}

impl FaultKind {
    /// The kind for the stable code of a problem of `trust`, `snapshot` or `checker`.
    pub fn of_code(code: &str) -> Self {
        match code {
            "below_threshold" => Self::NotVerified,
            "rolled_back" => Self::RolledBack,
            "expired" => Self::Expired,
            "missing_file" => Self::Unavailable,
            "tier_differs" => Self::Disagrees,
            "unknown_specification" => Self::Unsupported,
            "wrong_version" => Self::Damaged,
            // Every format has a version of its own.
            code if code.ends_with("_version") => Self::Unsupported,
            _ => Self::Damaged,
        }
    }

    /// What happened.
    pub const fn title(self) -> Text {
        match self {
            Self::Damaged => Text::FaultDamaged,
            Self::Disagrees => Text::FaultDisagrees,
            Self::Expired => Text::FaultExpired,
            Self::NotVerified => Text::FaultNotVerified,
            Self::Offline => Text::FaultOffline,
            Self::RolledBack => Text::FaultRolledBack,
            Self::Unavailable => Text::FaultUnavailable,
            Self::Unsupported => Text::FaultUnsupported,
        }
    }

    /// What it means and what to do.
    pub const fn body(self) -> Text {
        match self {
            Self::Damaged => Text::FaultDamagedBody,
            Self::Disagrees => Text::FaultDisagreesBody,
            Self::Expired => Text::FaultExpiredBody,
            Self::NotVerified => Text::FaultNotVerifiedBody,
            Self::Offline => Text::FaultOfflineBody,
            Self::RolledBack => Text::FaultRolledBackBody,
            Self::Unavailable => Text::FaultUnavailableBody,
            Self::Unsupported => Text::FaultUnsupportedBody,
        }
    }

    /// Whether it is worth telling a reader who has a good list already: being offline is no news.
    pub const fn concerns_a_reader_with_a_list(self) -> bool {
        !matches!(self, Self::Offline | Self::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_find_their_kind() {
        for (code, kind) in [
            ("below_threshold", FaultKind::NotVerified),
            ("rolled_back", FaultKind::RolledBack),
            ("wrong_version", FaultKind::Damaged),
            ("wrong_hash", FaultKind::Damaged),
            ("bad_metadata", FaultKind::Damaged),
            ("unsupported_version", FaultKind::Unsupported),
            ("unknown_specification", FaultKind::Unsupported),
            ("tier_differs", FaultKind::Disagrees),
            ("anything else", FaultKind::Damaged),
        ] {
            assert_eq!(FaultKind::of_code(code), kind, "{code}");
        }
    }
}
