//! Opening an edition: recompute everything, refuse what differs.

use std::fmt;

use super::{Checker, VouchedColumns};
use crate::Problem;
use crate::edition::{Edition, Verdict, unpacked};
use crate::pace::{Pace, at_once, step};
use crate::search::Index;
use crate::snapshot::{self, SnapshotError};
use crate::trust::Freshness;

/// Who vouches for the bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Provenance {
    /// Nobody: a bare edition file. Every answer says so.
    Unverified,
    /// The publisher, verified from the pinned root; how current the signatures are.
    Verified(Freshness),
}

impl Checker {
    /// Opens the bytes of a snapshot.
    ///
    /// # Errors
    /// Where they are no snapshot, or the publisher states a tier that the evidence does not give.
    pub fn open(snapshot: &[u8], provenance: Provenance) -> Result<Self, OpenError> {
        at_once(|pace| Self::open_at(snapshot, provenance, pace))
    }

    /// Opens the bytes of a snapshot as [`Checker::open`] does, at a pace.
    ///
    /// # Errors
    /// As [`Checker::open`].
    pub async fn open_at(
        snapshot: &[u8],
        provenance: Provenance,
        pace: &dyn Pace,
    ) -> Result<Self, OpenError> {
        let edition = snapshot::decode_at(snapshot, pace).await.map_err(OpenError::Snapshot)?;
        Self::of_edition_at(edition, provenance, pace).await
    }

    /// Opens kept columns, which are read in less than a tenth of the time that decoding takes; `None` where another version
    /// of this library wrote them.
    pub async fn of_columns_at(
        columns: &VouchedColumns,
        provenance: Provenance,
        pace: &dyn Pace,
    ) -> Option<Self> {
        let edition = unpacked::read(columns.bytes())?;
        step(pace).await;
        Self::of_edition_at(edition, provenance, pace).await.ok()
    }

    /// The columns of the edition as they lie in memory, about ten times as long as its file: what a device keeps
    /// beside the file to be quick the next time. One edition has exactly one such form in one version of this
    /// library; another version may have another.
    pub fn columns(&self) -> Vec<u8> {
        unpacked::write(&self.edition)
    }

    /// Opens an edition that is in memory already.
    ///
    /// # Errors
    /// Where the publisher states a tier that the evidence does not give.
    pub fn of_edition(edition: Edition, provenance: Provenance) -> Result<Self, OpenError> {
        at_once(|pace| Self::of_edition_at(edition, provenance, pace))
    }

    /// Opens an edition as [`Checker::of_edition`] does, at a pace.
    ///
    /// # Errors
    /// As [`Checker::of_edition`].
    pub async fn of_edition_at(
        edition: Edition,
        provenance: Provenance,
        pace: &dyn Pace,
    ) -> Result<Self, OpenError> {
        let verdicts = proven(&edition)?;
        step(pace).await;
        let index = Index::new(&edition);
        Ok(Self { edition, verdicts, index, provenance })
    }
}

/// Streak and tier of every firm, each tier being the one that the publisher states.
#[cfg_attr(hongbang_small, inline(never))]
fn proven(edition: &Edition) -> Result<Vec<Verdict>, OpenError> {
    let verdicts = edition.recompute();
    for (firm, (verdict, stated)) in verdicts.iter().zip(&edition.firms.stated_tiers).enumerate() {
        if verdict.tier != *stated {
            let years = |tier: Option<u8>| tier.map(|place| edition.policy.tiers[usize::from(place)].years);
            return Err(OpenError::TierDiffers {
                firm: edition.firms.names.get(firm).into(),
                stated: years(*stated),
                computed: years(verdict.tier),
            });
        }
    }
    Ok(verdicts)
}

/// Why an edition is not opened.
#[derive(Debug)]
pub enum OpenError {
    /// The bytes are no snapshot.
    Snapshot(Box<SnapshotError>),
    /// The publisher's tier is not the one that the evidence gives.
    TierDiffers {
        /// The firm's name.
        firm: String,
        /// Years of the stated tier.
        stated: Option<u32>,
        /// Years of the computed tier.
        computed: Option<u32>,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tier = |years: &Option<u32>| years.map_or("no tier".into(), |years| format!("{years} years"));
        match self {
            Self::Snapshot(error) => error.fmt(f),
            Self::TierDiffers { firm, stated, computed } => write!(
                f,
                "expected the stated tier of {firm} to follow from the evidence: the publisher states {}, the evidence \
                 gives {}",
                tier(stated),
                tier(computed)
            ),
        }
    }
}

impl std::error::Error for OpenError {}

impl Problem for OpenError {
    fn code(&self) -> &'static str {
        match self {
            Self::Snapshot(error) => error.code(),
            Self::TierDiffers { .. } => "tier_differs",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Snapshot(error) => error.advice(),
            Self::TierDiffers { .. } => {
                "do not rely on this list; report the difference to its publisher with the name of the firm"
                    .into()
            }
        }
    }
}
