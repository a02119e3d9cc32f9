//! The plan of a delta: which entries of the old edition stay, which of those are the same, where fresh ones stand.

use std::ops::Range;

use super::base::Base;
use super::merge::{BROKEN, Merge, Models, Old, inverse};
use crate::number::{index, place};
use crate::sampling::{Sampling, Standing};
use crate::snapshot::SnapshotError;
use crate::snapshot::coder::{Bit, Coder};
use crate::snapshot::counts::Counts;
use crate::snapshot::known::{Known, List};
use crate::snapshot::limits::{MOST_ALPHABET, MOST_SPELLINGS};
use crate::snapshot::samplings::Entry;

/// How the new edition is made of the old one.
pub(super) struct Plan {
    pub(super) policy: bool,
    pub(super) characters: Merge,
    pub(super) bulletins: Table<1>,
    pub(super) product_classes: Merge,
    pub(super) failed_items: Merge,
    /// Firms with a credit code, then firms without.
    pub(super) firms: Table<{ OF_FIRMS.len() }>,
    /// In the order of print.
    pub(super) samplings: Merge,
    /// How many samplings each bulletin has.
    pub(super) sizes: Vec<u32>,
    pub(super) spellings: Merge,
    pub(super) readings: Table<1>,
    pub(super) variants: Table<1>,
}

/// Entries that stay may differ in some of their columns.
pub(super) struct Table<const COLUMNS: usize> {
    pub(super) merge: Merge,
    /// For each column and each entry whether it is as before.
    pub(super) same: [Vec<bool>; COLUMNS],
}

/// The columns of firms that may differ while a firm stays.
pub(super) const OF_FIRMS: [List; 7] = [
    List::Divisions,
    List::Names,
    List::FormerNames,
    List::TradeMarks,
    List::Gs1Prefixes,
    List::Labels,
    List::StatedTiers,
];

impl Plan {
    /// Codes a plan for an edition with these counts.
    pub(super) fn code<C: Coder>(
        coder: &mut C,
        base: &Base,
        counts: Counts,
        given: Option<&Self>,
    ) -> Result<Self, Box<SnapshotError>> {
        let policy = coder.bit(&mut { Bit::NEW }, given.is_some_and(|plan| plan.policy));
        let mut list = |old: Range<usize>, new: Range<u32>, given: Option<&[Option<u32>]>| {
            let places: Vec<u32> = old.map(place).collect();
            let old = Old { places: &places, most: index(new.end), is_unsettled: &|_| false };
            let merge = Models::new().code(coder, &old, given)?;
            if merge.len() < index(new.start) { Err(Box::new(BROKEN)) } else { Ok(merge) }
        };
        let exactly = |count: u32| count..count;
        let edition = &base.edition;
        let characters = list(
            0..base.characters.len(),
            exactly(counts.alphabet),
            given.map(|plan| plan.characters.as_slice()),
        )?;
        let bulletins = list(
            0..edition.bulletins.len(),
            exactly(counts.bulletins),
            given.map(|plan| plan.bulletins.merge.as_slice()),
        )?;
        let product_classes = list(
            0..edition.product_classes.len(),
            exactly(counts.product_classes),
            given.map(|plan| plan.product_classes.as_slice()),
        )?;
        let failed_items = list(
            0..edition.failed_items.len(),
            exactly(counts.failed_items + 1),
            given.map(|plan| plan.failed_items.as_slice()),
        )?;
        let (old_coded, coded) = (base.coded_firms(), index(counts.coded_firms));
        let given_firms = given.map(|plan| plan.firms.merge.split_at(coded));
        let mut firms = list(0..old_coded, exactly(counts.coded_firms), given_firms.map(|(coded, _)| coded))?;
        firms.extend(list(
            old_coded..edition.firms.len(),
            exactly(counts.firms - counts.coded_firms),
            given_firms.map(|(_, named)| named),
        )?);
        let alphabet = &edition.alphabet;
        let spellings = list(
            0..alphabet.spellings().len(),
            0..MOST_SPELLINGS,
            given.map(|plan| plan.spellings.as_slice()),
        )?;
        let readings = list(
            0..alphabet.characters().len(),
            0..MOST_ALPHABET,
            given.map(|plan| plan.readings.merge.as_slice()),
        )?;
        let variants = list(
            0..alphabet.variants().len(),
            0..MOST_ALPHABET,
            given.map(|plan| plan.variants.merge.as_slice()),
        )?;
        let bulletins = Table::code(coder, bulletins, given.map(|plan| &plan.bulletins));
        let firms = Table::code(coder, firms, given.map(|plan| &plan.firms));
        let readings = Table::code(coder, readings, given.map(|plan| &plan.readings));
        let variants = Table::code(coder, variants, given.map(|plan| &plan.variants));
        let mut plan = Self {
            policy,
            characters,
            bulletins,
            product_classes,
            failed_items,
            firms,
            samplings: Merge::new(),
            sizes: Vec::new(),
            spellings,
            readings,
            variants,
        };
        plan.code_samplings(coder, base, index(counts.samplings), given)?;
        Ok(plan)
    }

    /// Codes bulletin by bulletin which samplings stay.
    fn code_samplings<C: Coder>(
        &mut self,
        coder: &mut C,
        base: &Base,
        count: usize,
        given: Option<&Self>,
    ) -> Result<(), Box<SnapshotError>> {
        let (mut of_old, mut of_fresh) = (Models::new(), Models::new());
        let moved = Moved::by(self, base);
        let is_unsettled = |at: u32| base.entries[index(at)].sampling.facts.standing != Standing::Final;
        for bulletin in 0..self.bulletins.merge.len() {
            let may_stay = self.may_stay(base, &moved, bulletin);
            let models = if self.bulletins.merge[bulletin].is_some() { &mut of_old } else { &mut of_fresh };
            let from = self.samplings.len();
            let old = Old { places: &may_stay, most: count - from, is_unsettled: &is_unsettled };
            let given = given.map(|plan| &plan.samplings[from..from + index(plan.sizes[bulletin])]);
            let merge = models.code(coder, &old, given)?;
            self.sizes.push(place(merge.len()));
            self.samplings.extend(merge);
        }
        if self.samplings.len() == count { Ok(()) } else { Err(BROKEN.into()) }
    }

    /// The old samplings of a bulletin that stays, without those whose firm, class or list goes.
    pub(super) fn may_stay(&self, base: &Base, moved: &Moved, bulletin: usize) -> Vec<u32> {
        let range = self.bulletins.merge[bulletin].map_or(0..0, |old| base.of_bulletin(old));
        range.filter(|at| moved.entry(&base.entries[*at]).is_some()).map(place).collect()
    }

    /// What the reader of the delta knows.
    pub(super) fn known(&self) -> Known {
        let stays = |merge: &Merge| merge.iter().map(Option::is_some).collect();
        let mut known = Known::default();
        known.sizes = true;
        known.set(List::Policy, vec![self.policy]);
        known.set(List::Characters, stays(&self.characters));
        known.set(List::Bulletins, self.bulletins.same[0].clone());
        known.set(List::ProductClasses, stays(&self.product_classes));
        known.set(List::FailedItems, stays(&self.failed_items));
        known.set(List::Codes, stays(&self.firms.merge));
        for (list, same) in OF_FIRMS.iter().zip(&self.firms.same) {
            known.set(*list, same.clone());
        }
        known.set(List::Samplings, stays(&self.samplings));
        known.set(List::Spellings, stays(&self.spellings));
        known.set(List::Readings, self.readings.same[0].clone());
        known.set(List::Variants, self.variants.same[0].clone());
        known
    }
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// Codes for each entry that stays which of its columns are as before.
    fn code<C: Coder>(coder: &mut C, merge: Merge, given: Option<&Self>) -> Self {
        let same = std::array::from_fn(|column| {
            let mut is_same = Bit::NEW;
            let given = given.map(|table| &table.same[column]);
            let mut code = |at: usize| coder.bit(&mut is_same, given.is_some_and(|given| given[at]));
            merge.iter().enumerate().map(|(at, old)| old.is_some() && code(at)).collect()
        });
        Self { merge, same }
    }
}

/// Where what samplings point to stands in the new edition.
pub(super) struct Moved {
    bulletins: Merge,
    product_classes: Merge,
    failed_items: Merge,
    firms: Merge,
}

impl Moved {
    pub(super) fn by(plan: &Plan, base: &Base) -> Self {
        let edition = &base.edition;
        Self {
            bulletins: inverse(&plan.bulletins.merge, edition.bulletins.len()),
            product_classes: inverse(&plan.product_classes, edition.product_classes.len()),
            failed_items: inverse(&plan.failed_items, edition.failed_items.len()),
            firms: inverse(&plan.firms.merge, edition.firms.len()),
        }
    }

    /// An old sampling with its new places; none where what it points to goes.
    pub(super) fn entry(&self, old: &Entry) -> Option<Entry> {
        let sampling = Sampling {
            bulletin: self.bulletins[index(old.sampling.bulletin)]?,
            product_class: self.product_classes[index(old.sampling.product_class)]?,
            failed_items: self.failed_items[index(old.sampling.failed_items)]?,
            ..old.sampling
        };
        Some(Entry { firm: self.firms[index(old.firm)]?, sampling })
    }
}
