//! The short way to a newer edition: a delta from the one that is here.
//!
//! It is never needed: whoever meets any error on it takes the whole edition.

use std::fmt;

use crate::Problem;
use crate::pace::{Pace, at_once};
use crate::snapshot::{self, SnapshotError};
use crate::trust::json::Object;
use crate::trust::{Target, TrustError, VerifiedTarget};

/// What the metadata of a delta's target says about it. A target's name stands for one content for ever, so names
/// say which editions are meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeltaTag {
    /// The name of the edition that it starts from.
    pub from: String,
    /// The name of the edition that it makes of it.
    pub to: String,
}

impl DeltaTag {
    /// `{"kind":"delta","from":NAME,"to":NAME}`
    pub fn to_custom(&self) -> Object {
        let (from, to) = (self.from.as_str(), self.to.as_str());
        Object::of([("kind", "delta".into()), ("from", from.into()), ("to", to.into())])
    }

    /// The tag of a target, if it is a delta.
    pub fn of(target: &Target) -> Option<Self> {
        let field = |name| target.custom()?.get(name)?.text();
        if field("kind") != Some("delta") {
            return None;
        }
        Some(Self { from: field("from")?.into(), to: field("to")?.into() })
    }

    /// Of these targets the delta from one edition to another, if it is shorter than that.
    pub fn between(targets: impl IntoIterator<Item = Target>, from: &str, to: &Target) -> Option<Target> {
        let fits = |tag: Self| tag.from == from && tag.to == to.name();
        let is_short = |target: &Target| target.length() < to.length();
        targets.into_iter().find(|target| is_short(target) && Self::of(target).is_some_and(fits))
    }
}

/// Makes the edition `to` of the bytes of an older one. What comes out must be that edition to the last byte; nothing
/// is asked of `old`.
///
/// # Errors
/// Where that fails at any step.
pub fn by_delta(old: &[u8], delta: &VerifiedTarget, to: Target) -> Result<VerifiedTarget, DeltaError> {
    at_once(|pace| by_delta_at(old, delta, to, pace))
}

/// The same at a pace.
///
/// # Errors
/// As [`by_delta`].
pub async fn by_delta_at(
    old: &[u8],
    delta: &VerifiedTarget,
    to: Target,
    pace: &dyn Pace,
) -> Result<VerifiedTarget, DeltaError> {
    let bytes = snapshot::delta::apply_at(old, delta.bytes(), pace).await.map_err(DeltaError::Snapshot)?;
    to.verify(bytes).map_err(DeltaError::Trust)
}

/// Why a delta leads nowhere.
#[derive(Debug)]
pub enum DeltaError {
    /// It is no delta, or none for this edition.
    Snapshot(Box<SnapshotError>),
    /// What it makes is not what metadata promises.
    Trust(Box<TrustError>),
}

impl fmt::Display for DeltaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Snapshot(error) => error.fmt(f),
            Self::Trust(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DeltaError {}

impl Problem for DeltaError {
    fn code(&self) -> &'static str {
        match self {
            Self::Snapshot(error) => error.code(),
            Self::Trust(error) => error.code(),
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Snapshot(error) => error.advice(),
            Self::Trust(error) => error.advice(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_which_editions_are_meant() {
        let tag = DeltaTag { from: "edition-a".into(), to: "edition-b".into() };
        let custom = crate::trust::json::Value::Object(tag.to_custom()).to_json();
        assert_eq!(custom, r#"{"from":"edition-a","kind":"delta","to":"edition-b"}"#);
    }
}
