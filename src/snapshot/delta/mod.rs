//! A delta: what makes one edition of another.
//!
//! The format is specified in `DELTA.md` beside `FORMAT.md`. A delta is the walk over the new edition in which
//! everything that is as in the old one is passed over: what stays is known, and all models learn it.
//!
//! # Choices and their price
//!
//! - *The walk of the snapshot, not a second format.* A delta needs no rules of its own for firms, texts and
//!   samplings, and what is told is told by models that know the old edition. Whoever reads a delta writes the
//!   snapshot in the same walk, decision by decision, so the result is an encoding by construction. The price is that
//!   a client carries the walk a second time, with a writer in it.
//! - *By entries, not by bytes.* Differences of bytes find nothing in the output of a range coder.
//! - *The result is not judged here.* Its checksum is compared; whether it is the edition that a publisher signed
//!   says the SHA-256 in verified metadata.

mod base;
mod difference;
mod draft;
mod merge;
mod plan;

use base::Base;
use draft::Draft;
use plan::Plan;

use super::counts::Counts;
use super::range_encoder::RangeEncoder;
use super::reader::Reader;
use super::{Given, SnapshotError, content, enclose, walk};
use crate::pace::{Pace, at_once};

/// The section that holds a delta.
pub(super) const DELTA_SECTION: u8 = 2;
/// Bytes of each of the two checksums before the coded bytes.
const CHECKSUM: usize = 4;

/// Makes the delta from one snapshot to another.
///
/// # Errors
/// Where either is no snapshot, or they are so different that a reader would refuse the delta.
pub fn make(old: &[u8], new: &[u8]) -> Result<Vec<u8>, Box<SnapshotError>> {
    let read = |snapshot| at_once(|pace| Base::read(snapshot, pace));
    let (base, target) = (read(old)?, read(new)?);
    let plan = Plan::between(&base, &target);
    let mut writer = RangeEncoder::new();
    let counts = target.counts.code(&mut writer)?;
    Plan::code(&mut writer, &base, counts, Some(&plan))?;
    let given = Given { edition: &target.edition, alphabet: &target.characters, entries: &target.entries };
    let (_, writer) = at_once(|pace| walk(writer, pace, counts, plan.known(), Some(given)))?;
    let coded = writer.finish();
    counts.check_against(old.len() + coded.len())?;
    let checksums = [checksum_of(old), checksum_of(new)];
    enclose(DELTA_SECTION, &[&checksums.concat()[..], &coded].concat())
}

/// Makes the new snapshot of the old one and the delta.
///
/// # Errors
/// Where `delta` is no delta, starts from another snapshot, or does not give the snapshot that it promises.
pub fn apply(old: &[u8], delta: &[u8]) -> Result<Vec<u8>, Box<SnapshotError>> {
    at_once(|pace| apply_at(old, delta, pace))
}

/// The same at a pace.
///
/// # Errors
/// As [`apply`].
pub async fn apply_at(old: &[u8], delta: &[u8], pace: &dyn Pace) -> Result<Vec<u8>, Box<SnapshotError>> {
    let content = content(DELTA_SECTION, delta)?;
    let (checksums, coded) = content.split_at_checked(2 * CHECKSUM).ok_or(merge::BROKEN)?;
    let (from, to) = checksums.split_at(CHECKSUM);
    if from != checksum_of(old) {
        return Err(
            SnapshotError::OtherBase { expected: number(from), found: number(checksum_of(old)) }.into()
        );
    }
    let base = Base::read(old, pace).await?;
    let mut reader = Reader::new(coded);
    reader.copy_to(Some(RangeEncoder::new()));
    let counts = Counts::default().code(&mut reader)?;
    counts.check_against(old.len() + coded.len())?;
    let copy = reader.copy_to(None);
    let plan = Plan::code(&mut reader, &base, counts, None)?;
    reader.copy_to(copy);
    let draft = Draft::of(&base, &plan)?;
    let (_, mut reader) = walk(reader, pace, counts, plan.known(), Some(draft.given())).await?;
    let copy = reader.copy_to(None).filter(|_| reader.is_exact()).ok_or(merge::BROKEN)?;
    let new = enclose(super::EDITION_SECTION, &copy.finish())?;
    if to == checksum_of(&new) {
        Ok(new)
    } else {
        Err(SnapshotError::OtherResult { expected: number(to), found: number(checksum_of(&new)) }.into())
    }
}

/// Whether these bytes are a delta, as far as its head and its checksum say.
pub fn is_delta(bytes: &[u8]) -> bool {
    content(DELTA_SECTION, bytes).is_ok()
}

/// The last bytes of a snapshot.
fn checksum_of(snapshot: &[u8]) -> &[u8] {
    &snapshot[snapshot.len().saturating_sub(CHECKSUM)..]
}

fn number(checksum: &[u8]) -> u32 {
    checksum.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::testing;
    use crate::snapshot::coder::Coder;
    use crate::snapshot::models::Number;
    use crate::snapshot::{encode, limits};

    /// A delta that announces counts, and in its plan so many fresh characters, and says nothing more.
    fn announcing(old: &[u8], counts: Counts, fresh: u32) -> Vec<u8> {
        let mut coder = RangeEncoder::new();
        counts.announce(&mut coder);
        coder.decision(1 << 15, false);
        Number::new().code(&mut coder, fresh);
        let from = checksum_of(old);
        enclose(DELTA_SECTION, &[from, from, &coder.finish()].concat()).unwrap()
    }

    #[test]
    fn huge_counts_are_refused_before_anything_is_allocated_for_them() {
        let old = encode(&testing::edition(vec![testing::named("云帆")])).unwrap();
        let sets: [fn(&mut Counts, u32); 8] = [
            |counts, count| counts.bulletins = count,
            |counts, count| counts.product_classes = count,
            |counts, count| counts.failed_items = count,
            |counts, count| counts.firms = count,
            |counts, count| counts.coded_firms = count,
            |counts, count| counts.samplings = count,
            |counts, count| counts.alphabet = count,
            |counts, count| counts.characters = count,
        ];
        for set in sets {
            for count in [limits::MOST_SAMPLINGS / 8, u32::MAX - 1] {
                let mut counts = Counts::default();
                set(&mut counts, count);
                let error = apply(&old, &announcing(&old, counts, 0)).unwrap_err();
                assert_eq!(crate::Problem::code(&error), "snapshot_too_large");
            }
        }
    }

    #[test]
    fn more_fresh_entries_than_there_may_be_are_refused() {
        let old = encode(&testing::edition(vec![testing::named("云帆")])).unwrap();
        for fresh in [1, 1 << 20, u32::MAX - 1] {
            let delta = announcing(&old, Counts::default(), fresh);
            assert_eq!(*apply(&old, &delta).unwrap_err(), merge::BROKEN, "{fresh}");
        }
    }
}
