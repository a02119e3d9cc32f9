//! How a list of the new edition is made of the old one: entries that stay, and fresh ones between them.

use crate::number::{index, place};
use crate::snapshot::SnapshotError;
use crate::snapshot::coder::{Bit, Coder};
use crate::snapshot::models::Number;

/// For each place of the new list the place in the old one; none where the entry is fresh.
pub(super) type Merge = Vec<Option<u32>>;

/// What merges are coded with.
pub(super) struct Models {
    fresh: Number,
    is_fresh: [Bit; 2],
    stays: [Bit; 2],
}

/// A list before its merge.
pub(super) struct Old<'a> {
    /// Places in the old list, in order.
    pub(super) places: &'a [u32],
    /// The most entries that the new list may have.
    pub(super) most: usize,
    /// Whether an entry is likelier to go than others.
    pub(super) is_unsettled: &'a dyn Fn(u32) -> bool,
}

impl Models {
    pub(super) fn new() -> Self {
        Self { fresh: Number::new(), is_fresh: [Bit::NEW; 2], stays: [Bit::NEW; 2] }
    }

    /// Codes a merge: how many entries are fresh, then, old entry by old entry, whether a fresh one stands before it,
    /// and whether it stays.
    pub(super) fn code<C: Coder>(
        &mut self,
        coder: &mut C,
        old: &Old<'_>,
        given: Option<&[Option<u32>]>,
    ) -> Result<Merge, Box<SnapshotError>> {
        let given_fresh = given.map_or(0, |given| given.iter().filter(|entry| entry.is_none()).count());
        let mut fresh = index(self.fresh.code(coder, place(given_fresh)));
        if fresh > old.most {
            return Err(BROKEN.into());
        }
        let mut merge = Vec::new();
        let mut was_fresh = 0;
        for old_place in old.places {
            while fresh > 0 {
                let is_fresh = given.is_some_and(|given| given.get(merge.len()) == Some(&None));
                let is_fresh = coder.bit(&mut self.is_fresh[was_fresh], is_fresh);
                was_fresh = usize::from(is_fresh);
                if !is_fresh {
                    break;
                }
                merge.push(None);
                fresh -= 1;
            }
            let stays = given.is_some_and(|given| given.get(merge.len()) == Some(&Some(*old_place)));
            if coder.bit(&mut self.stays[usize::from((old.is_unsettled)(*old_place))], stays) {
                merge.push(Some(*old_place));
            }
            if coder.is_broken() {
                return Err(BROKEN.into());
            }
        }
        merge.extend(std::iter::repeat_n(None, fresh));
        if merge.len() <= old.most { Ok(merge) } else { Err(BROKEN.into()) }
    }
}

/// For each place of the old list the place in the new one; none where the entry goes.
pub(super) fn inverse(merge: &[Option<u32>], old: usize) -> Merge {
    let mut inverse = vec![None; old];
    for (new, old) in merge.iter().enumerate() {
        if let Some(old) = old {
            inverse[index(*old)] = Some(place(new));
        }
    }
    inverse
}

pub(super) const BROKEN: SnapshotError = SnapshotError::Broken { section: "the plan of a delta" };
