//! The draft of the new edition: what stays stands where it will stand, what is fresh is blank.

use super::base::Base;
use super::merge::{BROKEN, Merge, inverse};
use super::plan::{Moved, Plan};
use crate::edition::{Alphabet, Edition, Firms, Kin, Samplings, TextColumn, Variant};
use crate::number::{index, place};
use crate::sampling::{Bulletin, Facts, Level, Lists, Sampling};
use crate::snapshot::samplings::Entry;
use crate::snapshot::{Given, SnapshotError};
use crate::{Day, Division};

/// What a walk that reads a delta is given. Nobody looks at what is blank.
pub(super) struct Draft {
    edition: Edition,
    characters: Vec<char>,
    entries: Vec<Entry>,
}

impl Draft {
    pub(super) fn of(base: &Base, plan: &Plan) -> Result<Self, Box<SnapshotError>> {
        let old = &base.edition;
        let edition = Edition {
            number: old.number,
            as_of: old.as_of,
            scope: old.scope,
            policy: old.policy.clone(),
            reality: old.reality,
            bulletins: values(&plan.bulletins.merge, &old.bulletins, &blank_bulletin()),
            product_classes: texts(&plan.product_classes, &old.product_classes),
            failed_items: texts(&plan.failed_items, &old.failed_items),
            firms: firms(&plan.firms.merge, &old.firms),
            samplings: Samplings::default(),
            alphabet: alphabet(plan, &old.alphabet)?,
        };
        let characters = values(&plan.characters, &base.characters, &'\0');
        Ok(Self { edition, characters, entries: entries(base, plan) })
    }

    pub(super) fn given(&self) -> Given<'_> {
        Given { edition: &self.edition, alphabet: &self.characters, entries: &self.entries }
    }
}

/// The entries of a list, blank where they are fresh.
fn values<T: Clone>(merge: &[Option<u32>], old: &[T], blank: &T) -> Vec<T> {
    merge.iter().map(|place| place.map_or(blank, |place| &old[index(place)]).clone()).collect()
}

fn texts(merge: &[Option<u32>], old: &TextColumn) -> TextColumn {
    merge.iter().map(|place| place.map_or("", |place| old.get(index(place)))).collect()
}

fn firms(merge: &Merge, old: &Firms) -> Firms {
    Firms {
        codes: values(merge, &old.codes, &None),
        names: texts(merge, &old.names),
        divisions: values(merge, &old.divisions, &None),
        stated_tiers: values(merge, &old.stated_tiers, &None),
        former_names: texts(merge, &old.former_names),
        trade_marks: texts(merge, &old.trade_marks),
        gs1_prefixes: texts(merge, &old.gs1_prefixes),
        labels: texts(merge, &old.labels),
        first_samplings: Vec::new(),
    }
}

fn entries(base: &Base, plan: &Plan) -> Vec<Entry> {
    let moved = Moved::by(plan, base);
    let blank = blank_sampling();
    let mut entries = Vec::with_capacity(plan.samplings.len());
    for (bulletin, size) in plan.sizes.iter().enumerate() {
        let from = entries.len();
        for old in &plan.samplings[from..from + index(*size)] {
            let stays = old.and_then(|old| moved.entry(&base.entries[index(old)]));
            let fresh = Sampling { bulletin: place(bulletin), ..blank };
            entries.push(stays.unwrap_or(Entry { firm: 0, sampling: fresh }));
        }
    }
    entries
}

/// The readings of a character that stays are looked up among the spellings that stay.
fn alphabet(plan: &Plan, old: &Alphabet) -> Result<Alphabet, Box<SnapshotError>> {
    let moved = inverse(&plan.spellings, old.spellings().len());
    let (mut firsts, mut readings) = (vec![0], Vec::new());
    for (at, same) in plan.readings.merge.iter().zip(&plan.readings.same[0]) {
        for reading in at.filter(|_| *same).map_or(&[][..], |at| old.readings(index(at))) {
            let new = moved[usize::from(*reading)].and_then(|new| u16::try_from(new).ok());
            readings.push(new.ok_or(BROKEN)?);
        }
        firsts.push(place(readings.len()));
    }
    Ok(Alphabet::draft(
        texts(&plan.spellings, old.spellings()),
        values(&plan.readings.merge, old.characters(), &'\0'),
        firsts,
        readings,
        values(&plan.variants.merge, old.variants(), &Variant { form: '\0', of: '\0', kin: Kin::Form }),
    ))
}

fn blank_bulletin() -> Bulletin {
    Bulletin {
        id: String::new(),
        body: String::new(),
        level: Level::National,
        division: Division::from_number(0).expect("000000 is six digits"),
        published_on: Day::MIN,
        inspection_year: None,
        title: String::new(),
        url: String::new(),
        lists: Lists::All,
        rows: 0,
    }
}

fn blank_sampling() -> Sampling {
    Sampling { day: Day::MIN, facts: Facts::CLEAN, bulletin: 0, row: 0, product_class: 0, failed_items: 0 }
}
