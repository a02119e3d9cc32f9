//! Which rows are one sampling, told from the whole ledger.
//!
//! Two rows are one sampling where the same body gives them the same sample number, or where body, product, batch,
//! model and producer are equal and the batch is stated: two rows without a batch are two batches. Of rows that are one
//! sampling one stands for all:
//!
//! 1. a settled result before a pending one;
//! 2. where settled results disagree, the one published later, and on one day the failure;
//! 3. else the first, by publication, bulletin, row.

use std::collections::HashMap;

use super::{Fate, InForce, Ledger, LedgerBulletin, LedgerRow, Party, Reason, in_force, simplified};
use crate::Day;
use crate::firm::normal_form;
use crate::number::place;
use crate::publish::ingest::is_not_stated;
use crate::sampling::{Outcome, Standing};

/// What becomes of each row of each bulletin, as of a day: `None` for bulletins published later.
pub(in crate::publish) fn fates(ledger: &Ledger, as_of: Day) -> Vec<Option<Vec<Fate>>> {
    let mut fates: Vec<Option<Vec<Fate>>> = ledger
        .bulletins
        .iter()
        .map(|bulletin| {
            let is_published = bulletin.bulletin.published_on <= as_of;
            is_published.then(|| vec![Fate::SetAside(Reason::Corrected); bulletin.rows.len()])
        })
        .collect();
    let (mut rows, mut texts) = (Vec::new(), Texts::default());
    for InForce { place, .. } in in_force(ledger, as_of) {
        let LedgerBulletin { bulletin, rows: printed, .. } = &ledger.bulletins[place];
        for (row, printed) in printed.iter().enumerate() {
            match printed.bookable(&ledger.register) {
                Ok(parties) => rows.push(texts.bookable(place, row, &bulletin.body, printed, &parties)),
                Err(reason) => set(&mut fates, place, row, Fate::SetAside(reason)),
            }
        }
    }
    for group in groups(&rows) {
        let stands = representative(ledger, &group);
        for same in &group {
            let of = (stands.bulletin, ledger.bulletins[stands.bulletin].rows[stands.row].row);
            let is_itself = (same.bulletin, same.row) == (stands.bulletin, stands.row);
            let fate = if is_itself { Fate::Booked } else { Fate::Duplicate { bulletin: of.0, row: of.1 } };
            set(&mut fates, same.bulletin, same.row, fate);
        }
    }
    fates
}

fn set(fates: &mut [Option<Vec<Fate>>], bulletin: usize, row: usize, fate: Fate) {
    if let Some(fates) = &mut fates[bulletin] {
        fates[row] = fate;
    }
}

/// A row that is booked unless it is a duplicate, in the order of publication, bulletin, row.
#[derive(Clone, Copy)]
struct Bookable {
    bulletin: usize,
    row: usize,
    /// Body and sample number, where one is stated.
    by_sample: Option<[u32; 2]>,
    /// Body, product, batch, model and firms, where a batch is stated.
    by_batch: Option<[u32; 5]>,
}

/// Numbers for texts; texts that are equal but for print have the same.
#[derive(Default)]
struct Texts {
    printed: HashMap<String, u32>,
    normal: HashMap<String, u32>,
}

impl Texts {
    fn number(&mut self, printed: &str) -> u32 {
        if let Some(number) = self.printed.get(printed) {
            return *number;
        }
        let next = place(self.normal.len());
        let normal = normal_form(printed);
        let number = *self.normal.entry(simplified(&normal).into_owned()).or_insert(next);
        self.printed.insert(printed.to_owned(), number);
        number
    }

    /// The number of the firms of a row.
    fn of_parties(&mut self, parties: &[Party]) -> u32 {
        match parties {
            [party] => self.number(&party.name),
            several => {
                let names: Vec<&str> = several.iter().map(|party| party.name.as_str()).collect();
                self.number(&names.join("|"))
            }
        }
    }

    fn bookable(
        &mut self,
        bulletin: usize,
        row: usize,
        body: &str,
        printed: &LedgerRow,
        parties: &[Party],
    ) -> Bookable {
        let body = self.number(body);
        let by_sample = !is_not_stated(&printed.sample_number);
        let by_batch = !is_not_stated(&printed.batch);
        Bookable {
            bulletin,
            row,
            by_sample: by_sample.then(|| [body, self.number(&printed.sample_number)]),
            by_batch: by_batch.then(|| {
                let [product, batch, model] =
                    [&printed.product, &printed.batch, &printed.model].map(|text| self.number(text));
                [body, product, batch, model, self.of_parties(parties)]
            }),
        }
    }
}

/// Rows that share a key, or that are joined by others that do; rows in order within a group.
fn groups(rows: &[Bookable]) -> Vec<Vec<Bookable>> {
    let mut leaders: Vec<usize> = (0..rows.len()).collect();
    let (mut samples, mut batches) = (HashMap::new(), HashMap::new());
    for (place, row) in rows.iter().enumerate() {
        let same_sample = row.by_sample.map(|key| *samples.entry(key).or_insert(place));
        let same_batch = row.by_batch.map(|key| *batches.entry(key).or_insert(place));
        for first in same_sample.into_iter().chain(same_batch) {
            let (a, b) = (leader(&mut leaders, first), leader(&mut leaders, place));
            leaders[a.max(b)] = a.min(b);
        }
    }
    let mut groups: Vec<Vec<Bookable>> = vec![Vec::new(); rows.len()];
    for (place, row) in rows.iter().enumerate() {
        groups[leader(&mut leaders, place)].push(*row);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first row of the group, found by halving the way.
fn leader(leaders: &mut [usize], mut place: usize) -> usize {
    while leaders[place] != place {
        leaders[place] = leaders[leaders[place]];
        place = leaders[place];
    }
    place
}

fn representative(ledger: &Ledger, group: &[Bookable]) -> Bookable {
    let printed = |row: &Bookable| &ledger.bulletins[row.bulletin].rows[row.row];
    let published = |row: &Bookable| ledger.bulletins[row.bulletin].bulletin.published_on;
    let said = |row: &Bookable| (printed(row).outcome(), printed(row).standing);
    let mut candidates: Vec<Bookable> = group.to_vec();
    narrow(&mut candidates, |row| printed(row).standing != Standing::Pending);
    let disagree = |candidates: &[Bookable]| candidates.iter().any(|row| said(row) != said(&candidates[0]));
    if disagree(&candidates) {
        let latest = candidates.iter().map(published).max();
        narrow(&mut candidates, |row| Some(published(row)) == latest);
    }
    if disagree(&candidates) {
        narrow(&mut candidates, |row| printed(row).outcome() == Some(Outcome::Nonconforming));
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
    use super::super::{LedgerBulletin, Role};
    use super::*;

    fn ledger(bulletins: Vec<LedgerBulletin>) -> Ledger {
        Ledger { bulletins, ..Ledger::default() }
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
        let row = LedgerRow { day: "2021-05-01".parse().unwrap(), ..row(1) };
        assert_eq!(corrected.day(&row).0.to_string(), "2020-05-01", "a correction does not make it later");
    }

    #[test]
    fn a_party_of_another_role_is_another_row_only_by_name() {
        assert_eq!(flat(two(|_, b| b.parties[0].role = Role::Principal)), FIRST);
    }
}
