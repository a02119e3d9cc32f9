//! The tiers that the publisher states.
//!
//! They follow from the evidence, but they are not computed here: a snapshot says what its publisher states, and the
//! checker compares. What is used is that firms with histories of one length mostly stand on one tier.

use super::SnapshotError;
use super::coder::Coder;
use super::known::List;
use super::models::Choice;
use super::walk::Walk;
use crate::Day;
use crate::edition::Samplings;
use crate::number::index;
use crate::sampling::Outcome;

/// Codes the stated tier of every firm, after its samplings.
#[cfg_attr(hongbang_small, inline(never))]
pub(super) fn code<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&[Option<u8>]>,
    samplings: &Samplings,
    firsts: &[u32],
    as_of: Day,
) -> Result<Vec<Option<u8>>, Box<SnapshotError>> {
    let mut choice = Choice::new(4, 2 * YEARS);
    let mut tiers = Vec::new();
    for (firm, pair) in firsts.windows(2).enumerate() {
        let range = index(pair[0])..index(pair[1]);
        let failed =
            samplings.facts[range.clone()].iter().any(|facts| facts.first_test == Outcome::Nonconforming);
        let context = usize::from(failed) * YEARS + years(samplings.days[range].first(), as_of);
        let given = walk.turn_to(List::StatedTiers, firm, given.and_then(|tiers| tiers[firm]));
        let given = given.map_or(0, |tier| u32::from(tier) + 1);
        let found = choice.code(&mut walk.coder, context, given);
        tiers.push(found.checked_sub(1).and_then(|tier| u8::try_from(tier).ok()));
    }
    walk.check("stated tiers")?;
    Ok(tiers)
}

/// Lengths of a history that are told apart.
const YEARS: usize = 16;

/// How many years of 365 days lie between the first sampling and the as-of day.
fn years(first: Option<&Day>, as_of: Day) -> usize {
    let days = first.map_or(0, |first| as_of.days_since(*first));
    usize::try_from(days / 365).unwrap_or(0).min(YEARS - 1)
}
