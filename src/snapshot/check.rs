//! The order of an edition: what makes equal lists equal values, checked when writing and when reading.

use super::SnapshotError;
use crate::Edition;
use crate::edition::TextColumn;
use crate::number::{index, place};
use crate::sampling::Bulletin;

/// Refuses an edition that breaks the order stated at [`Edition`], or that points to what is not there.
pub(super) fn check(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    check_read(edition)?;
    check_samplings(edition)
}

/// Refuses what [`check`] refuses of an edition that was read: each row was refused that is not of its bulletin or does not
/// come after the one before, and the samplings were sorted.
#[cfg_attr(hongbang_small, inline(never))]
pub(super) fn check_read(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    if edition.number == 0 {
        return Err(SnapshotError::value("edition number", 0).into());
    }
    edition.policy.clone().checked().map_err(SnapshotError::Policy)?;
    check_lengths(edition)?;
    check_bulletins(edition)?;
    check_terms(edition)?;
    check_firms(edition)
}

/// Columns of one table are of one length.
fn check_lengths(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    let Edition { firms, samplings, .. } = edition;
    let of_firms = [
        firms.names.len(),
        firms.divisions.len(),
        firms.stated_tiers.len(),
        firms.former_names.len(),
        firms.trade_marks.len(),
        firms.gs1_prefixes.len(),
        firms.labels.len(),
        firms.first_samplings.len().saturating_sub(1),
    ];
    let of_samplings = [
        samplings.facts.len(),
        samplings.bulletins.len(),
        samplings.rows.len(),
        samplings.product_classes.len(),
        samplings.failed_items.len(),
    ];
    let firsts = &firms.first_samplings;
    let is_whole = of_firms.iter().all(|length| *length == firms.len())
        && of_samplings.iter().all(|length| *length == samplings.len())
        && firsts.first() == Some(&0)
        && firsts.last().map(|last| index(*last)) == Some(samplings.len())
        && firsts.is_sorted();
    if is_whole { Ok(()) } else { Err(SnapshotError::Lengths.into()) }
}

fn check_bulletins(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    let ascend = |a: &Bulletin, b: &Bulletin| (a.published_on, &a.id) < (b.published_on, &b.id);
    ascends("bulletins", edition.bulletins.windows(2).map(|pair| ascend(&pair[0], &pair[1])))?;
    for (at, bulletin) in edition.bulletins.iter().enumerate() {
        if bulletin.published_on > edition.as_of {
            let (published_on, as_of) = (bulletin.published_on, edition.as_of);
            return Err(SnapshotError::NotYet { bulletin: place(at), published_on, as_of }.into());
        }
        if let Some(year) = bulletin.inspection_year.filter(|year| !(1..=9999).contains(year)) {
            return Err(SnapshotError::value("inspection year", year).into());
        }
    }
    Ok(())
}

/// The dictionaries ascend, and each entry is used.
fn check_terms(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    let Edition { product_classes, failed_items, samplings, .. } = edition;
    if failed_items.is_empty() || !failed_items.get(0).is_empty() {
        return Err(SnapshotError::NoEmptyList.into());
    }
    check_dictionary("product classes", product_classes, &samplings.product_classes, &[])?;
    check_dictionary("lists of failed items", failed_items, &samplings.failed_items, &[0])
}

fn check_dictionary(
    what: &'static str,
    dictionary: &TextColumn,
    places: &[u32],
    always: &[u32],
) -> Result<(), Box<SnapshotError>> {
    ascends(what, (1..dictionary.len()).map(|at| dictionary.get(at - 1) < dictionary.get(at)))?;
    let mut used = vec![false; dictionary.len()];
    for at in places.iter().chain(always) {
        match used.get_mut(index(*at)) {
            Some(used) => *used = true,
            None => return Err(SnapshotError::value(what, *at).into()),
        }
    }
    match used.iter().position(|used| !used) {
        Some(at) => Err(SnapshotError::Unused { what, place: place(at) }.into()),
        None => Ok(()),
    }
}

fn check_firms(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    let firms = &edition.firms;
    let coded = firms.codes.partition_point(Option::is_some);
    let by_code = firms.codes[..coded].windows(2).map(|pair| pair[0] < pair[1]);
    ascends("credit codes", by_code)?;
    let named = coded + 1..firms.len();
    let by_name = named.map(|at| firms.codes[at].is_none() && firms.names.get(at - 1) < firms.names.get(at));
    ascends("names of firms without a code", by_name)?;
    let tiers = edition.policy.tiers.len();
    match firms.stated_tiers.iter().flatten().find(|tier| usize::from(**tier) >= tiers) {
        Some(tier) => Err(SnapshotError::value("stated tier", *tier).into()),
        None => Ok(()),
    }
}

fn check_samplings(edition: &Edition) -> Result<(), Box<SnapshotError>> {
    let Edition { bulletins, firms, samplings, .. } = edition;
    for at in 0..samplings.len() {
        let (bulletin, row) = (samplings.bulletins[at], samplings.rows[at]);
        let rows = bulletins.get(index(bulletin)).map(|bulletin| bulletin.rows);
        let rows = rows.ok_or_else(|| SnapshotError::value("bulletin of a sampling", bulletin))?;
        if row == 0 || row > rows {
            return Err(SnapshotError::row(bulletin, rows, row).into());
        }
    }
    let key = |at: usize| {
        (samplings.days[at], samplings.bulletins[at], samplings.rows[at], samplings.facts[at].role)
    };
    for firm in 0..firms.len() {
        if let Some(at) = firms.sampling_range(firm).skip(1).find(|at| key(at - 1) >= key(*at)) {
            return Err(SnapshotError::order("samplings of a firm", at).into());
        }
    }
    Ok(())
}

/// Refuses the second of two neighbours that do not ascend.
fn ascends(what: &'static str, pairs: impl Iterator<Item = bool>) -> Result<(), Box<SnapshotError>> {
    for (at, ascends) in pairs.enumerate() {
        if !ascends {
            return Err(SnapshotError::order(what, at + 1).into());
        }
    }
    Ok(())
}
