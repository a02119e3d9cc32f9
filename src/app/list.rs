//! The list on this device: none yet, or one that is verified and in use.

use std::rc::Rc;

use super::clock::Stopwatch;
use super::fault::{Fault, FaultKind};
use crate::Problem;
use crate::checker::{Checker, Provenance};
use crate::trust::{Store, Target, Trusted, to_hex};

/// Whether there is a list.
#[derive(Clone)]
pub(crate) enum List {
    /// One is in use.
    InUse(Rc<InUse>),
    /// One is on its way.
    Loading(Progress),
    /// There is none.
    Missing(Fault),
}

/// How far the first list has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Progress {
    /// Metadata is asked for.
    Connecting,
    /// The edition is coming.
    Receiving {
        /// Bytes that have come.
        received: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Everything is here and being verified.
    Verifying,
}

/// A list in use, and who vouches for it.
pub(crate) struct InUse {
    /// Answers from it.
    pub(crate) checker: Checker,
    /// The metadata that was verified.
    pub(crate) trusted: Trusted,
    /// The edition's file.
    pub(crate) target: Target,
    /// Its bytes as received.
    pub(crate) bytes: Vec<u8>,
    /// How many milliseconds it took to hash, decode, recompute and index it.
    pub(crate) milliseconds: String,
}

impl InUse {
    /// Verifies the edition's bytes against the metadata, decodes them and recomputes every tier.
    ///
    /// # Errors
    /// Where any of it fails; then nothing of it is used.
    pub(crate) fn open(trusted: Trusted, bytes: Vec<u8>) -> Result<Self, Fault> {
        let watch = Stopwatch::start();
        let target = edition_of(&trusted)?;
        let bytes = target.clone().verify(bytes).map_err(|error| Fault::of(&error))?.into_bytes();
        let checker = Checker::open(&bytes, Provenance::Verified(trusted.freshness()))
            .map_err(|error| Fault::of(&error))?;
        Ok(Self { checker, trusted, target, bytes, milliseconds: watch.milliseconds() })
    }

    /// The metadata as it is kept.
    pub(crate) fn store(&self) -> Store {
        self.trusted.store()
    }

    /// The fingerprint of the edition's file.
    pub(crate) fn fingerprint(&self) -> String {
        to_hex(self.target.sha256())
    }
}

/// The newest edition among the repository's targets.
///
/// # Errors
/// Where there is none.
pub(crate) fn edition_of(trusted: &Trusted) -> Result<Target, Fault> {
    let numbered = trusted.targets().filter_map(|target| Some((edition_number(&target)?, target)));
    numbered.max_by_key(|(number, _)| *number).map(|(_, target)| target).ok_or_else(|| Fault {
        kind: FaultKind::Unavailable,
        code: "no_edition".into(),
        detail: "expected an edition among the targets, found none".into(),
    })
}

/// The number that signed metadata gives an edition: `{"kind":"edition","number":N,…}`.
fn edition_number(target: &Target) -> Option<i64> {
    let custom = target.custom()?;
    let is_edition = custom.get("kind")?.text() == Some("edition");
    is_edition.then(|| custom.get("number")?.integer()).flatten()
}

impl Fault {
    /// The fault that a problem of the checker or of trust is to a reader.
    pub(crate) fn of(problem: &impl Problem) -> Self {
        Self {
            kind: FaultKind::of_code(problem.code()),
            code: problem.code().into(),
            detail: problem.to_string(),
        }
    }
}
