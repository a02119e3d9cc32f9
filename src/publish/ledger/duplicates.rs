//! Which rows are one sampling, told from the whole ledger.
//!
//! Two rows are one sampling where the same body gives them the same sample number, or where body, product, batch,
//! model and producer are equal and the batch is stated: two rows without a batch are two batches. Of rows that are one
//! sampling one stands for all:
//!
//! 1. a settled result before a pending one;
//! 2. where settled results disagree, the one published later, and on one day the failure;
//! 3. else the first, by publication, bulletin, row.

use std::thread;

use super::evidence::{Digested, DigestedRow, Fingerprint};
use super::{Evidence, Fate, InForce, Reason, in_force};
use crate::Day;
use crate::number::{index, place};
use crate::sampling::{Facts, Outcome, Standing};

/// What becomes of each row of each bulletin, as of a day: `None` for bulletins published later.
pub(in crate::publish) fn fates(evidence: &Evidence, as_of: Day) -> Vec<Option<Vec<Fate>>> {
    let bulletins = &evidence.bulletins;
    let unknown_yet = |bulletin: &Digested| bulletin.bulletin.published_on > as_of;
    let corrected = |bulletin: &Digested| vec![Fate::SetAside(Reason::Corrected); bulletin.rows.len()];
    let mut fates: Vec<Option<Vec<Fate>>> =
        bulletins.iter().map(|bulletin| (!unknown_yet(bulletin)).then(|| corrected(bulletin))).collect();
    let mut rows = Vec::with_capacity(evidence.rows());
    for InForce { place, .. } in in_force(evidence, as_of) {
        for (row, digested) in bulletins[place].rows.iter().enumerate() {
            match digested.findings {
                Ok(_) => {
                    set(&mut fates, place, row, Fate::Booked);
                    rows.push(Bookable::at(place, row));
                }
                Err(reason) => set(&mut fates, place, row, Fate::SetAside(reason)),
            }
        }
    }
    let leaders = leaders(evidence, &rows);
    for group in groups(&leaders).chunk_by(|a, b| leaders[index(*a)] == leaders[index(*b)]) {
        let group: Vec<Bookable> = group.iter().map(|place| rows[index(*place)]).collect();
        let stands = representative(evidence, &group);
        for same in &group {
            let of = Fate::Duplicate { bulletin: index(stands.bulletin), row: stands.digested(evidence).row };
            let fate = if *same == stands { Fate::Booked } else { of };
            set(&mut fates, index(same.bulletin), index(same.row), fate);
        }
    }
    fates
}

fn set(fates: &mut [Option<Vec<Fate>>], bulletin: usize, row: usize, fate: Fate) {
    if let Some(fates) = &mut fates[bulletin] {
        fates[row] = fate;
    }
}

/// A row that is booked unless it is a duplicate: places of its bulletin and of the row in it.
#[derive(Clone, Copy, Eq, PartialEq)]
struct Bookable {
    bulletin: u32,
    row: u32,
}

impl Bookable {
    fn at(bulletin: usize, row: usize) -> Self {
        Self { bulletin: place(bulletin), row: place(row) }
    }

    fn digested(self, evidence: &Evidence) -> &DigestedRow {
        &evidence.bulletins[index(self.bulletin)].rows[index(self.row)]
    }
}

/// For each row, which lie in the order of publication, bulletin, row, the first of its group; itself where it is that.
fn leaders(evidence: &Evidence, rows: &[Bookable]) -> Vec<u32> {
    let mut leaders: Vec<u32> = (0..place(rows.len())).collect();
    let (by_sample, by_batch) = thread::scope(|scope| {
        let by_sample = scope.spawn(|| alike(evidence, rows, |row| row.by_sample));
        let by_batch = alike(evidence, rows, |row| row.by_batch);
        (by_sample.join().expect("sorting does not panic"), by_batch)
    });
    for [first, other] in by_sample.into_iter().chain(by_batch) {
        let (a, b) = (leader(&mut leaders, first), leader(&mut leaders, other));
        leaders[index(a.max(b))] = a.min(b);
    }
    for place in 0..place(rows.len()) {
        leaders[index(place)] = leader(&mut leaders, place);
    }
    leaders
}

/// The pairs of rows with one key, of which a third and further ones are each paired with the first.
fn alike(
    evidence: &Evidence,
    rows: &[Bookable],
    key: fn(&DigestedRow) -> Option<Fingerprint>,
) -> Vec<[u32; 2]> {
    let key = |place: u32| key(rows[index(place)].digested(evidence));
    let keyed = (0..place(rows.len())).filter_map(|place| Some((key(place)?.first_half(), place)));
    // Sorting takes half of the memory of a map, which counts for ten million rows, and half of a key suffices for
    // nearly all.
    let mut keyed: Vec<(u64, u32)> = keyed.collect();
    keyed.sort_unstable();
    let mut alike = Vec::new();
    for same_half in keyed.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let mut whole: Vec<(Option<Fingerprint>, u32)> =
            same_half.iter().map(|(_, place)| (key(*place), *place)).collect();
        whole.sort_unstable();
        for same in whole.chunk_by(|a, b| a.0 == b.0) {
            alike.extend(same[1..].iter().map(|(_, place)| [same[0].1, *place]));
        }
    }
    alike
}

/// The rows of groups of more than one, group by group, in order within a group.
fn groups(leaders: &[u32]) -> Vec<u32> {
    let mut leads = vec![false; leaders.len()];
    for (place, leader) in (0..).zip(leaders) {
        leads[index(*leader)] |= *leader != place;
    }
    let mut places: Vec<u32> =
        (0..place(leaders.len())).filter(|place| leads[index(leaders[index(*place)])]).collect();
    places.sort_by_key(|place| leaders[index(*place)]);
    places
}

/// The first row of the group, found by halving the way.
fn leader(leaders: &mut [u32], mut place: u32) -> u32 {
    while leaders[index(place)] != place {
        leaders[index(place)] = leaders[index(leaders[index(place)])];
        place = leaders[index(place)];
    }
    place
}

fn representative(evidence: &Evidence, group: &[Bookable]) -> Bookable {
    let found = |row: &Bookable| row.digested(evidence).findings.ok();
    let published = |row: &Bookable| evidence.bulletins[index(row.bulletin)].bulletin.published_on;
    let standing = |row: &Bookable| found(row).map(|facts| facts.standing);
    let outcome = |row: &Bookable| found(row).as_ref().map(Facts::outcome);
    let said = |row: &Bookable| (outcome(row), standing(row));
    let mut candidates: Vec<Bookable> = group.to_vec();
    narrow(&mut candidates, |row| standing(row) != Some(Standing::Pending));
    let disagree = |candidates: &[Bookable]| candidates.iter().any(|row| said(row) != said(&candidates[0]));
    if disagree(&candidates) {
        let latest = candidates.iter().map(published).max();
        narrow(&mut candidates, |row| Some(published(row)) == latest);
    }
    if disagree(&candidates) {
        narrow(&mut candidates, |row| outcome(row) == Some(Outcome::Nonconforming));
    }
    candidates[0]
}

/// Keeps what is wanted, where something is.
fn narrow(candidates: &mut Vec<Bookable>, is_wanted: impl Fn(&Bookable) -> bool) {
    if candidates.iter().any(&is_wanted) {
        candidates.retain(is_wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bulletin, row};
    use super::super::{Ledger, LedgerBulletin, LedgerRow, Role};
    use super::*;
    use crate::sampling::DayFrom;

    fn ledger(bulletins: Vec<LedgerBulletin>) -> Evidence {
        Evidence::of(&Ledger { bulletins, ..Ledger::default() })
    }

    /// `a` of 2020, `b` of 2021, a row each, equal but for what `change` does.
    fn two(change: impl Fn(&mut LedgerRow, &mut LedgerRow)) -> Vec<Option<Vec<Fate>>> {
        let (mut a, mut b) = (bulletin("a", "2020-05-01", 1), bulletin("b", "2021-05-01", 1));
        change(&mut a.rows[0], &mut b.rows[0]);
        fates(&ledger(vec![a, b]), Day::MAX)
    }

    const FIRST: [Fate; 2] = [Fate::Booked, Fate::Duplicate { bulletin: 0, row: 1 }];
    const SECOND: [Fate; 2] = [Fate::Duplicate { bulletin: 1, row: 1 }, Fate::Booked];
    const BOTH: [Fate; 2] = [Fate::Booked, Fate::Booked];

    fn flat(fates: Vec<Option<Vec<Fate>>>) -> Vec<Fate> {
        fates.into_iter().flatten().flatten().collect()
    }

    #[test]
    fn one_batch_in_two_bulletins_is_one_sampling() {
        assert_eq!(flat(two(|_, _| {})), FIRST);
        assert_eq!(flat(two(|_, b| b.product = "台 灯".into())), FIRST, "spaces do not make another batch");
        assert_eq!(flat(two(|_, b| b.parties[0].name = "雲帆燈飾有限公司".into())), FIRST);
    }

    #[test]
    fn whatever_differs_makes_two() {
        assert_eq!(flat(two(|_, b| b.product = "吊灯".into())), BOTH);
        assert_eq!(flat(two(|_, b| b.batch = "B2".into())), BOTH);
        assert_eq!(flat(two(|_, b| b.model = "T2".into())), BOTH);
        assert_eq!(flat(two(|_, b| b.parties[0].name = "星海灯饰有限公司".into())), BOTH);
    }

    #[test]
    fn an_unknown_batch_equals_nothing() {
        for unknown in ["", "/", "—/—", "未标注"] {
            let blank = |a: &mut LedgerRow, b: &mut LedgerRow| {
                (a.batch, b.batch) = (unknown.into(), unknown.into());
            };
            assert_eq!(flat(two(blank)), BOTH, "{unknown}");
        }
    }

    #[test]
    fn one_sample_number_is_one_sampling_whatever_else_is_printed() {
        let number = |a: &mut LedgerRow, b: &mut LedgerRow| {
            (a.sample_number, b.sample_number) = ("S1".into(), "S1".into());
            b.product = "吊灯".into();
        };
        assert_eq!(flat(two(number)), FIRST);
        let mut other_body = bulletin("b", "2021-05-01", 1);
        other_body.bulletin.body = "海州市市场监督管理局".into();
        let fates = fates(&ledger(vec![bulletin("a", "2020-05-01", 1), other_body]), Day::MAX);
        assert_eq!(flat(fates), BOTH);
    }

    #[test]
    fn a_settled_result_stands_for_a_pending_one_and_a_later_one_for_an_earlier() {
        assert_eq!(flat(two(|a, _| a.standing = Standing::Pending)), SECOND);
        assert_eq!(flat(two(|_, b| b.standing = Standing::Pending)), FIRST);
        assert_eq!(flat(two(|a, _| a.first_test = Some(Outcome::Nonconforming))), SECOND);
        assert_eq!(flat(two(|_, b| b.first_test = Some(Outcome::Nonconforming))), SECOND);
        assert_eq!(flat(two(|_, b| b.standing = Standing::Withdrawn)), SECOND);
    }

    #[test]
    fn on_one_day_the_failure_stands() {
        let mut one = bulletin("a", "2020-05-01", 2);
        one.rows[1] = LedgerRow { row: 2, first_test: Some(Outcome::Nonconforming), ..row(1) };
        let fates = flat(fates(&ledger(vec![one]), Day::MAX));
        assert_eq!(fates, [Fate::Duplicate { bulletin: 0, row: 2 }, Fate::Booked]);
    }

    #[test]
    fn what_is_published_later_is_not_known_yet() {
        let mut later = bulletin("b", "2021-05-01", 1);
        later.rows[0].first_test = Some(Outcome::Nonconforming);
        let ledger = ledger(vec![bulletin("a", "2020-05-01", 1), later]);
        let fates = fates(&ledger, "2020-12-31".parse().unwrap());
        assert_eq!(fates, [Some(vec![Fate::Booked]), None]);
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects_from_its_day_on() {
        let correction = LedgerBulletin { corrects: Some("a".into()), ..bulletin("b", "2021-05-01", 2) };
        let ledger = ledger(vec![bulletin("a", "2020-05-01", 1), correction]);
        assert_eq!(
            fates(&ledger, Day::MAX),
            [Some(vec![Fate::SetAside(Reason::Corrected)]), Some(vec![Fate::Booked, Fate::Booked])]
        );
        assert_eq!(fates(&ledger, "2020-12-31".parse().unwrap()), [Some(vec![Fate::Booked]), None]);
        let corrected = in_force(&ledger, Day::MAX)[0];
        assert_eq!(
            corrected.day("2021-05-01".parse().unwrap(), DayFrom::Published).0.to_string(),
            "2020-05-01",
            "a correction does not make it later"
        );
    }

    #[test]
    fn a_party_of_another_role_is_another_row_only_by_name() {
        assert_eq!(flat(two(|_, b| b.parties[0].role = Role::Principal)), FIRST);
    }
}
