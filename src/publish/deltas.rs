//! The delta that is published beside an edition, for devices that have the one before.

use std::path::Path;

use super::repository::{EditionTag, NewTarget, Present, PublishError, read_if_there};
use crate::checker::DeltaTag;
use crate::snapshot::delta;
use crate::trust::{Target, Trusted};

/// An edition and, where it pays, the delta to it from the newest edition of a lower number that the repository in
/// `folder` holds. A delta is a convenience: where that edition is damaged or gone, there is none.
///
/// # Errors
/// Where the repository cannot be read.
pub fn with_delta(
    folder: &Path,
    edition: NewTarget,
    tag: EditionTag,
) -> Result<Vec<NewTarget>, PublishError> {
    let Some(trusted) = Present::read(folder)?.trusted else { return Ok(vec![edition]) };
    // What is published already has its delta, or none for ever: a name stands for one content, and another program
    // might make another delta.
    if trusted.target(&edition.name).is_some() {
        return Ok(vec![edition]);
    }
    let delta = match before(&trusted, tag) {
        Some(before) => between(folder, before, &edition, tag)?,
        None => None,
    };
    Ok(std::iter::once(edition).chain(delta).collect())
}

/// The edition to start from.
fn before(trusted: &Trusted, tag: EditionTag) -> Option<Target> {
    let is_before = |target: &Target| EditionTag::of(target).is_some_and(|other| other.number < tag.number);
    EditionTag::newest(trusted.targets().filter(is_before))
}

/// The delta, if it is less than half of the edition.
fn between(
    folder: &Path,
    before: Target,
    edition: &NewTarget,
    tag: EditionTag,
) -> Result<Option<NewTarget>, PublishError> {
    let Some(from) = EditionTag::of(&before) else { return Ok(None) };
    let name = format!("delta-{}-to-{}.hongbang", from.as_of, tag.as_of);
    let custom = DeltaTag { from: before.name().into(), to: edition.name.clone() }.to_custom();
    let old = read_if_there(&folder.join("targets").join(before.request().path))?;
    let old = old.and_then(|bytes| before.verify(bytes).ok());
    let bytes = old.and_then(|old| delta::make(old.bytes(), &edition.bytes).ok());
    let bytes = bytes.filter(|bytes| bytes.len() * 2 < edition.bytes.len());
    Ok(bytes.map(|bytes| NewTarget { name, bytes, custom }))
}
