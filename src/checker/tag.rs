//! Which of a repository's targets is the list.
//!
//! Trust hands on what the publisher wrote beside a target without reading it; this is the one place that does.

use crate::Day;
use crate::trust::Target;
use crate::trust::json::Object;

/// What the metadata of an edition's target says about it, so that a client can choose without opening it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EditionTag {
    /// The number of the edition.
    pub number: u32,
    /// The day as of which the list holds.
    pub as_of: Day,
}

impl EditionTag {
    /// `{"kind":"edition","number":N,"as_of":"YYYY-MM-DD"}`
    pub fn to_custom(self) -> Object {
        let as_of = self.as_of.to_string();
        Object::of([("kind", "edition".into()), ("number", self.number.into()), ("as_of", as_of.into())])
    }

    /// The tag of a target, if it is an edition.
    pub fn of(target: &Target) -> Option<Self> {
        let field = |name| target.custom()?.get(name);
        if field("kind")?.text() != Some("edition") {
            return None;
        }
        let number = u32::try_from(field("number")?.integer()?).ok()?;
        Some(Self { number, as_of: field("as_of")?.text()?.parse().ok()? })
    }

    /// Of these targets, the edition with the highest number.
    pub fn newest(targets: impl IntoIterator<Item = Target>) -> Option<Target> {
        highest(targets, |target| Some(Self::of(target)?.number))
    }
}

/// Of these targets the one with the highest number. Out of line, since each kind of target would have its own.
#[inline(never)]
pub(super) fn highest(
    targets: impl IntoIterator<Item = Target>,
    number: fn(&Target) -> Option<u32>,
) -> Option<Target> {
    let numbered = targets.into_iter().filter_map(|target| Some((number(&target)?, target)));
    numbered.max_by_key(|(number, _)| *number).map(|(_, target)| target)
}
