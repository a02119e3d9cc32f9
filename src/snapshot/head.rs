//! What stands at the head of an edition: its number, its day, what it holds, and the policy.

use super::SnapshotError;
use super::coder::Coder;
use super::error::closed;
use super::known::List;
use super::models::{Choice, Number};
use super::text_model::Kind;
use super::walk::Walk;
use crate::edition::{Reality, Scope};
use crate::number::{index, place};
use crate::rule::{Continuity, CorrectedFailure, Policy, Tier, Treatment, Unsettled};
use crate::sampling::Role;
use crate::{Day, Edition};

/// The head of an edition.
pub(super) struct Head {
    pub(super) number: u32,
    pub(super) as_of: Day,
    pub(super) scope: Scope,
    pub(super) reality: Reality,
    pub(super) policy: Policy,
}

impl Head {
    pub(super) fn code<C: Coder>(
        walk: &mut Walk<'_, C>,
        given: Option<&Edition>,
    ) -> Result<Self, Box<SnapshotError>> {
        walk.coder.set_known(false);
        let number = Number::new().code(&mut walk.coder, given.map_or(0, |edition| edition.number));
        let as_of = day(walk, given.map(|edition| edition.as_of), "as-of day")?;
        let scope = word(walk, Scope::ALL, given.map(|edition| edition.scope.index()), "scope")?;
        let reality = word(walk, Reality::ALL, given.map(|edition| edition.reality.index()), "reality")?;
        let given = walk.turn_to(List::Policy, 0, given.map(|edition| &edition.policy));
        let policy = policy(walk, given)?;
        walk.check("head")?;
        Ok(Self { number, as_of, scope, reality, policy })
    }
}

fn policy<C: Coder>(walk: &mut Walk<'_, C>, given: Option<&Policy>) -> Result<Policy, Box<SnapshotError>> {
    let name = walk.owned_text(Kind::Policy, 0, given.map_or("", |policy| &policy.name))?;
    let label = walk.owned_text(Kind::Policy, 1, given.map_or("", |policy| &policy.label))?;
    let continuity = given.map(|policy| policy.continuity.index());
    let continuity = word(walk, Continuity::ALL, continuity, "continuity")?;
    let max_gap_months = number(walk, given.map(|policy| policy.max_gap_months.unwrap_or(0)));
    let min_samplings = number(walk, given.map(|policy| policy.min_samplings));
    let data_from = day(walk, given.map(|policy| policy.data_from), "data_from")?;
    let division = given.and_then(|policy| policy.division.as_deref()).unwrap_or("");
    let division = walk.owned_text(Kind::Policy, 2, division)?;
    let responsible_roles = roles(walk, given);
    let treatment = treatment(walk, given.map(|policy| &policy.treatment))?;
    let tiers = tiers(walk, given.map(|policy| policy.tiers.as_slice()))?;
    Ok(Policy {
        name,
        label,
        continuity,
        max_gap_months: Some(max_gap_months).filter(|months| *months > 0),
        min_samplings,
        data_from,
        division: Some(division).filter(|digits| !digits.is_empty()),
        responsible_roles,
        treatment,
        tiers,
    })
}

/// One decision a role.
fn roles<C: Coder>(walk: &mut Walk<'_, C>, given: Option<&Policy>) -> Vec<Role> {
    let mut bit = Choice::new(1, 1);
    let mut is_responsible = |role: &Role| {
        let given = given.is_some_and(|policy| policy.holds_responsible(*role));
        bit.code(&mut walk.coder, 0, u32::from(given)) == 1
    };
    Role::ALL.iter().copied().filter(|role| is_responsible(role)).collect()
}

fn treatment<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&Treatment>,
) -> Result<Treatment, Box<SnapshotError>> {
    let corrected = given.map(|treatment| treatment.corrected_failure.index());
    Ok(Treatment {
        pending: word(walk, Unsettled::ALL, given.map(|treatment| treatment.pending.index()), "pending")?,
        disowned: word(walk, Unsettled::ALL, given.map(|treatment| treatment.disowned.index()), "disowned")?,
        corrected_failure: word(walk, CorrectedFailure::ALL, corrected, "corrected_failure")?,
    })
}

fn tiers<C: Coder>(walk: &mut Walk<'_, C>, given: Option<&[Tier]>) -> Result<Vec<Tier>, Box<SnapshotError>> {
    let count = Choice::new(4, 1).code(&mut walk.coder, 0, given.map_or(0, |tiers| place(tiers.len())));
    let mut tiers = Vec::new();
    for tier in 0..index(count) {
        let given = given.map(|tiers| &tiers[tier]);
        let years = number(walk, given.map(|tier| tier.years));
        let name = walk.owned_text(Kind::Policy, 3, given.map_or("", |tier| &tier.name))?;
        tiers.push(Tier { years, name });
    }
    Ok(tiers)
}

fn number<C: Coder>(walk: &mut Walk<'_, C>, given: Option<u32>) -> u32 {
    Number::new().code(&mut walk.coder, given.unwrap_or(0))
}

fn day<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<Day>,
    what: &'static str,
) -> Result<Day, Box<SnapshotError>> {
    let days = Number::new().code_signed(&mut walk.coder, given.map_or(0, Day::epoch_days));
    Day::from_epoch_days(days).ok_or_else(|| SnapshotError::value(what, days).into())
}

/// A word of a closed set, without a model: it occurs once.
fn word<C: Coder, T: Copy>(
    walk: &mut Walk<'_, C>,
    all: &[T],
    given: Option<usize>,
    what: &'static str,
) -> Result<T, Box<SnapshotError>> {
    let given = given.map_or(0, place);
    let found = Number::new().code(&mut walk.coder, given);
    closed(all, found, what)
}
