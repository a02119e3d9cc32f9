//! The list on this device: none yet, or one that is verified and in use.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

use super::browser;
use super::changes::Changes;
use super::clock::Stopwatch;
use super::fault::{Cause, Fault, FaultKind};
use super::pace::Considerate;
use super::storage::Kept;
use crate::Problem;
use crate::checker::{Checker, EditionTag, KeySetTag, Provenance, VouchedColumns};
use crate::trust::{Store, Target, Trusted, VerifiedTarget, to_hex};

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
    /// Whether its edition was decoded from its bytes, and not read from the columns that were kept.
    pub(crate) is_decoded: bool,
    /// The metadata that was verified.
    pub(crate) trusted: Trusted,
    /// The edition's file.
    pub(crate) target: Target,
    /// Its bytes as received.
    pub(crate) bytes: Vec<u8>,
    /// The publisher's keys for certificates, where there are some and they are here.
    pub(crate) key_set: Option<VerifiedTarget>,
    /// What changed since the edition that this device had before, where it had one.
    pub(crate) changes: Option<Changes>,
    /// How many milliseconds it took to hash, decode, recompute and index it.
    pub(crate) milliseconds: String,
}

/// What a list in use is made of, beside the metadata.
pub(crate) struct Parts {
    /// The edition as received.
    pub(crate) edition: Vec<u8>,
    /// What the edition decoded to the last time, where that was kept.
    pub(crate) columns: Option<Columns>,
    /// The key set of certificates as received, where it is here.
    pub(crate) key_set: Option<Vec<u8>>,
    /// What changed since the edition before.
    pub(crate) changes: Option<Changes>,
}

/// What an edition decoded to ([`Checker::columns`]), and its SHA-256.
pub(crate) struct Columns {
    pub(crate) bytes: Vec<u8>,
    pub(crate) sha256: Vec<u8>,
}

impl Columns {
    /// Bytes and their SHA-256.
    pub(crate) fn of((bytes, sha256): (Vec<u8>, Vec<u8>)) -> Self {
        Self { bytes, sha256 }
    }
}

impl InUse {
    /// Verifies the bytes against the metadata, decodes the edition, or reads kept columns where the publisher signed
    /// their hash, and recomputes every tier. A key set that is not what the metadata promises is none: nobody needs it
    /// to look a firm up.
    ///
    /// # Errors
    /// Where any of it fails; then nothing of it is used.
    pub(crate) async fn open(trusted: Trusted, parts: Parts) -> Result<Self, Fault> {
        let watch = Stopwatch::start();
        let target = edition_of(&trusted)?;
        let bytes = verified(target.clone(), parts.edition).await?.into_bytes();
        let provenance = Provenance::Verified(trusted.freshness());
        let vouched =
            |columns: Columns| VouchedColumns::verify_hashed(&target, columns.bytes, &columns.sha256);
        let known = match parts.columns.and_then(vouched) {
            Some(columns) => Checker::of_columns_at(&columns, provenance, &Considerate).await,
            None => None,
        };
        let is_decoded = known.is_none();
        let checker = match known {
            Some(checker) => checker,
            None => Checker::open_at(&bytes, provenance, &Considerate).await.map_err(Fault::of)?,
        };
        let milliseconds = watch.milliseconds();
        let promised = key_set_of(&trusted);
        let key_set = promised.zip(parts.key_set).and_then(|(target, bytes)| target.verify(bytes).ok());
        let changes = parts.changes.map(|changes| changes.confirmed_by(checker.edition()));
        Ok(Self { checker, is_decoded, trusted, target, bytes, key_set, changes, milliseconds })
    }

    /// What to keep of it.
    pub(crate) fn kept(&self) -> Kept {
        Kept {
            store: self.store(),
            parts: Parts {
                edition: self.bytes.clone(),
                columns: None,
                key_set: self.key_set.as_ref().map(|keys| keys.bytes().to_vec()),
                changes: self.changes.clone(),
            },
        }
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

/// The target, by the browser's own SHA-256 where it has one, which it has on secure pages.
async fn verified(target: Target, bytes: Vec<u8>) -> Result<VerifiedTarget, Fault> {
    let verified = match sha256(&bytes).await.and_then(|hash| hash.try_into().ok()) {
        Some(hash) => target.verify_hashed(bytes, &hash),
        None => target.verify(bytes),
    };
    verified.map_err(Fault::of)
}

/// The SHA-256 of bytes as the browser works it out, which it does on secure pages.
pub(crate) async fn sha256(bytes: &[u8]) -> Option<Vec<u8>> {
    let hash = JsFuture::from(browser::sha256(bytes)?).await.ok()?;
    Some(Uint8Array::new(&hash).to_vec())
}

/// The newest edition among the repository's targets.
///
/// # Errors
/// Where there is none.
pub(crate) fn edition_of(trusted: &Trusted) -> Result<Target, Fault> {
    EditionTag::newest(targets(trusted)).ok_or_else(|| Fault {
        kind: FaultKind::Unavailable,
        code: "no_edition",
        cause: Rc::new(Cause::NoEdition),
    })
}

/// The newest key set of certificates, where the publisher has one.
pub(crate) fn key_set_of(trusted: &Trusted) -> Option<Target> {
    KeySetTag::newest(targets(trusted))
}

/// All targets at once: each search among them as they are read would take its own room in the program.
#[inline(never)]
pub(crate) fn targets(trusted: &Trusted) -> Vec<Target> {
    trusted.targets().collect()
}

impl Fault {
    /// The fault that a problem of the checker or of trust is to a reader.
    #[inline(never)]
    pub(crate) fn of(problem: impl Problem + Into<Cause>) -> Self {
        let code = problem.code();
        Self { kind: FaultKind::of_code(code), code, cause: Rc::new(problem.into()) }
    }
}
