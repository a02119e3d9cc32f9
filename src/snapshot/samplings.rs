//! The samplings, bulletin by bulletin and row by row.
//!
//! In an edition they lie firm by firm. Here they lie as they were printed, because a row says much about the next:
//! the same class, the next number, another firm of the same kind. The order within a firm comes back by sorting.

use super::SnapshotError;
use super::coder::{Bit, Coder, Positions};
use super::counts::Counts;
use super::findings::{Findings, Told};
use super::firms::city;
use super::known::List;
use super::memory::Memory;
use super::models::Number;
use super::rosters::{Pools, Rosters};
use super::walk::{STEP, Walk};
use crate::edition::Samplings;
use crate::number::{index, place};
use crate::sampling::{Bulletin, Level, Sampling};
use crate::{Division, Edition};

/// A sampling and whose it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Entry {
    pub(super) firm: u32,
    pub(super) sampling: Sampling,
}

/// Codes all samplings, in the order of print. What is written is not given again.
pub(super) async fn code<C: Coder>(
    walk: &mut Walk<'_, C>,
    mut given: Option<&[Entry]>,
    bulletins: &[Bulletin],
    divisions: &[Option<Division>],
    counts: Counts,
) -> Result<Vec<Entry>, Box<SnapshotError>> {
    let mut models = Models::new(divisions, counts, walk.coder.positions());
    let mut entries = Vec::with_capacity(if C::ONLY_WRITES { 0 } else { index(counts.samplings) });
    let mut coded = 0;
    for (at, bulletin) in bulletins.iter().enumerate() {
        let here = given.map(|entries| entries.partition_point(|entry| entry.sampling.bulletin <= place(at)));
        let here = given.zip(here).map(|(entries, count)| entries.split_at(count));
        walk.known.turn_to_size(&mut walk.coder);
        let count = models.count(walk, here.map(|(here, _)| place(here.len())), bulletin)?;
        if count > counts.samplings - coded {
            return Err(BROKEN.into());
        }
        models.open(at, bulletin);
        let mut entry = |walk: &mut Walk<'_, C>, row: usize| {
            let given = walk.turn_to(List::Samplings, index(coded), here.map(|(here, _)| &here[row]));
            let entry = models.entry(walk, given, bulletin)?;
            coded += 1;
            if !C::ONLY_WRITES {
                entries.push(entry);
            }
            Ok(())
        };
        for from in (0..index(count)).step_by(STEP) {
            walk.some("samplings", from..index(count).min(from + STEP), &mut entry)?;
            walk.pause().await;
        }
        given = here.map(|(_, rest)| rest);
    }
    if coded != counts.samplings {
        return Err(BROKEN.into());
    }
    Ok(entries)
}

/// The samplings of an edition as they were printed: by bulletin, row, role and firm.
pub(super) fn printed_order(edition: &Edition) -> Result<Vec<Entry>, Box<SnapshotError>> {
    let Edition { bulletins, samplings, .. } = edition;
    let in_bulletin = |at: usize| index(samplings.bulletins[at]);
    let (order, firsts) = sorted(samplings.len(), bulletins.len(), in_bulletin, place);
    let firms = firms_of_samplings(edition);
    let entry = |at: u32| Entry { firm: firms[index(at)], sampling: samplings.get(index(at)) };
    let mut entries: Vec<Entry> = order.into_iter().map(entry).collect();
    let key = |entry: &Entry| {
        let Sampling { bulletin, row, facts, .. } = entry.sampling;
        (bulletin, row, facts.role, entry.firm)
    };
    for bulletin in firsts.windows(2) {
        entries[index(bulletin[0])..index(bulletin[1])].sort_unstable_by_key(key);
    }
    match entries.windows(2).find(|pair| key(&pair[0]) == key(&pair[1])) {
        Some(pair) => Err(SnapshotError::twice(&pair[0].sampling).into()),
        None => Ok(entries),
    }
}

/// For each sampling its firm.
fn firms_of_samplings(edition: &Edition) -> Vec<u32> {
    let firms = 0..edition.firms.len();
    firms.flat_map(|firm| edition.firms.sampling_range(firm).map(move |_| place(firm))).collect()
}

/// Brings printed samplings into the order of an edition: by firm, day, bulletin, row and role; and gives where each firm
/// begins, and one more.
#[cfg_attr(hongbang_small, optimize(speed))]
#[cfg_attr(hongbang_small, inline(never))]
pub(super) fn edition_order(entries: &[Entry], firms: u32) -> (Samplings, Vec<u32>) {
    let firm = |at: usize| index(entries[at].firm);
    // The samplings themselves and not their places: most are in order by now, and none is looked for in memory again.
    let (mut rows, firsts) = sorted(entries.len(), index(firms), firm, |at| entries[at].sampling);
    for range in firsts.windows(2) {
        let rows = &mut rows[index(range[0])..index(range[1])];
        if rows.len() > FEW {
            rows.sort_unstable_by_key(|row| (row.day, row.bulletin, row.row, row.facts.role));
        } else {
            sort_few(rows);
        }
    }
    (Samplings::of(&rows), firsts)
}

/// So many samplings of a firm are sorted by insertion.
const FEW: usize = 64;

/// Sorts by the day what is mostly in order; those of one day stay as they are. The library sorts by heaps in a browser,
/// where it is built for size.
fn sort_few(rows: &mut [Sampling]) {
    for at in 1..rows.len() {
        let row = rows[at];
        let mut place = at;
        while place > 0 && rows[place - 1].day > row.day {
            rows[place] = rows[place - 1];
            place -= 1;
        }
        rows[place] = row;
    }
}

/// The values of the places below `count`, by a key below `keys`, those of one key in the order of their places; and where
/// each key begins, and one more.
#[cfg_attr(hongbang_small, optimize(speed))]
fn sorted<T: Copy>(
    count: usize,
    keys: usize,
    key: impl Fn(usize) -> usize,
    value: impl Fn(usize) -> T,
) -> (Vec<T>, Vec<u32>) {
    let mut firsts = vec![0u32; keys + 1];
    for at in 0..count {
        firsts[key(at) + 1] += 1;
    }
    for at in 0..keys {
        firsts[at + 1] += firsts[at];
    }
    let mut next = firsts.clone();
    let mut values = if count > 0 { vec![value(0); count] } else { Vec::new() };
    for at in 0..count {
        let next = &mut next[key(at)];
        values[index(*next)] = value(at);
        *next += 1;
    }
    (values, firsts)
}

/// What the samplings are coded with, and what is known at the row at hand.
struct Models<P> {
    rosters: Rosters<P>,
    pools: Pools,
    findings: Findings,
    firms: Vec<FirmState>,
    /// The bulletin, counted from 1, in which each class was found last.
    found_in: Vec<u32>,
    all_rows: Bit,
    sizes: Number,
    gaps: [Number; 5],
    same_class: [Bit; 2],
    known_class: Bit,
    /// Which classes came after each class, and first in bulletins of each level.
    followers: Vec<Memory<u32, FOLLOWERS>>,
    follows: [Bit; FOLLOWERS],
    same_firm: [Bit; 4],
    class_firm: [Bit; 8],
    named_firm: [Bit; 8],
    local: [Bit; 8],
    known_firm: [Bit; 64],
    seen_firm: [Bit; 2],
    here: Here,
}

/// What is known of a firm.
#[derive(Clone, Copy)]
struct FirmState {
    city: u32,
    /// The bulletin, counted from 1, that named it last.
    named_in: u32,
    /// The beginning of a class, counted from 1, since which it was named last.
    named_in_class: u32,
    /// Whether it ever had a finding that was not plain.
    had_trouble: bool,
}

impl FirmState {
    fn new(city: u32) -> Self {
        Self { city, named_in: 0, named_in_class: 0, had_trouble: false }
    }
}

/// How many followers of a class are remembered.
const FOLLOWERS: usize = 6;

/// What is known at the row at hand.
#[derive(Default)]
struct Here {
    /// The bulletin, counted from 1.
    bulletin: u32,
    city: u32,
    /// Whether any firm is of this city.
    has_locals: bool,
    level: usize,
    row: u32,
    gap: usize,
    /// The entry before.
    before: Option<Entry>,
    /// The classes found in this bulletin, and which of them came last.
    classes: Vec<u32>,
    class: usize,
    same_class: usize,
    /// The firms named in this bulletin.
    firms: Vec<u32>,
    /// Those named since the class at hand began, and which of them came last.
    class_firms: Vec<u32>,
    class_firm: usize,
    /// The roster of this class and city, once it was looked for.
    local_roster: Option<usize>,
    /// How many times a class began, in all bulletins so far.
    segment: u32,
    same_firm: usize,
    local: usize,
}

impl<P: Positions> Models<P> {
    fn new(divisions: &[Option<Division>], counts: Counts, positions: P) -> Self {
        let cities: Vec<u32> = divisions.iter().map(|division| city(*division)).collect();
        Self {
            rosters: Rosters::new(counts.product_classes, counts.firms, positions),
            pools: Pools::new(&cities),
            findings: Findings::new(counts),
            firms: cities.into_iter().map(FirmState::new).collect(),
            found_in: vec![0; index(counts.product_classes)],
            all_rows: Bit::NEW,
            sizes: Number::new(),
            gaps: std::array::from_fn(|_| Number::new()),
            same_class: [Bit::NEW; 2],
            known_class: Bit::NEW,
            followers: vec![Memory::new(); index(counts.product_classes) + Level::ALL.len()],
            follows: [Bit::NEW; FOLLOWERS],
            same_firm: [Bit::NEW; 4],
            class_firm: [Bit::NEW; 8],
            named_firm: [Bit::NEW; 8],
            local: [Bit::NEW; 8],
            known_firm: [Bit::NEW; 64],
            seen_firm: [Bit::NEW; 2],
            here: Here::default(),
        }
    }

    /// How many samplings stem from a bulletin: as many as it has rows, or another number.
    fn count<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        bulletin: &Bulletin,
    ) -> Result<u32, Box<SnapshotError>> {
        if walk.coder.bit(&mut self.all_rows, given == Some(bulletin.rows)) {
            return Ok(bulletin.rows);
        }
        let count = self.sizes.code(&mut walk.coder, given.unwrap_or(0));
        if count == bulletin.rows { Err(BROKEN.into()) } else { Ok(count) }
    }

    fn open(&mut self, at: usize, bulletin: &Bulletin) {
        let city = city(Some(bulletin.division));
        let has_locals = self.pools.of_city(city).is_some();
        let segment = self.here.segment;
        let here = Here {
            segment,
            bulletin: place(at + 1),
            city,
            has_locals,
            level: bulletin.level.index(),
            ..Here::default()
        };
        self.here = here;
        self.findings.open();
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn entry<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Entry>,
        bulletin: &Bulletin,
    ) -> Result<Entry, Box<SnapshotError>> {
        let sampling = given.map(|entry| &entry.sampling);
        let row = self.row(walk, sampling.map(|sampling| sampling.row))?;
        if row > bulletin.rows {
            return Err(SnapshotError::row(self.here.bulletin - 1, bulletin.rows, row).into());
        }
        let product_class = self.class(walk, sampling.map(|sampling| sampling.product_class))?;
        let firm = self.firm(walk, given.map(|entry| entry.firm), product_class)?;
        let had_trouble = &mut self.firms[index(firm)].had_trouble;
        let told = Told { product_class, bulletin };
        let (day, facts, failed_items) = self.findings.code(walk, sampling, told, had_trouble)?;
        let bulletin = self.here.bulletin - 1;
        let sampling = Sampling { day, facts, bulletin, row, product_class, failed_items };
        let entry = Entry { firm, sampling };
        if let Some(before) = self.here.before.replace(entry) {
            let key = |entry: &Entry| (entry.sampling.row, entry.sampling.facts.role, entry.firm);
            if key(&before) >= key(&entry) {
                return Err(SnapshotError::twice(&sampling).into());
            }
        }
        Ok(entry)
    }

    /// The row as its distance from the row before, the distance 1 told as 0 and 0 as 1.
    fn row<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
    ) -> Result<u32, Box<SnapshotError>> {
        let is_first = self.here.before.is_none();
        let gap = given.map_or(1, |row| row.wrapping_sub(self.here.row));
        let context = if is_first { 4 } else { self.here.gap };
        let swapped = self.gaps[context].code(&mut walk.coder, swap_0_and_1(gap));
        self.here.gap = index(swapped.min(3));
        let gap = swap_0_and_1(swapped);
        match self.here.row.checked_add(gap) {
            None | Some(0) => Err(BROKEN.into()),
            Some(row) => {
                self.here.row = row;
                Ok(row)
            }
        }
    }

    /// The class: as before, or another found in this bulletin, or new to it.
    #[cfg_attr(hongbang_small, inline(never))]
    fn class<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
    ) -> Result<u32, Box<SnapshotError>> {
        let here = &mut self.here;
        if let Some(same) = here.classes.get(here.class) {
            let same_class = &mut self.same_class[here.same_class];
            let is_same = walk.coder.bit(same_class, given == Some(*same));
            here.same_class = usize::from(is_same);
            if is_same {
                return Ok(*same);
            }
        }
        here.class_firms.clear();
        here.local_roster = None;
        here.segment += 1;
        let is_known = given.is_some_and(|class| self.found_in[index(class)] == here.bulletin);
        if here.classes.len() > 1 && walk.coder.bit(&mut self.known_class, is_known) {
            let known = given.and_then(|class| here.classes.iter().position(|known| *known == class));
            here.class = other(walk, here.classes.len(), here.class, known)?;
            return Ok(here.classes[here.class]);
        }
        let class = self.class_new_to_bulletin(walk, given)?;
        self.here.class = self.here.classes.len();
        self.here.classes.push(class);
        Ok(class)
    }

    /// A class that this bulletin did not have yet: one that followed the last class before, or any.
    fn class_new_to_bulletin<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
    ) -> Result<u32, Box<SnapshotError>> {
        let Here { bulletin, class, ref classes, .. } = self.here;
        let followed = match classes.get(class) {
            Some(last) => index(*last),
            None => self.found_in.len() + self.here.level,
        };
        let found_in = &self.found_in;
        let may_come = |class: u32| found_in[index(class)] != bulletin;
        let followers = &mut self.followers[followed];
        let (asked, models) = (*followers, &mut self.follows);
        let class = if let Some(class) = asked.ask(&mut walk.coder, models, given, may_come) {
            class
        } else {
            let class = walk.among(found_in.len(), given.unwrap_or(0), "samplings")?;
            if !may_come(class) || asked.followers().contains(&class) {
                return Err(BROKEN.into());
            }
            class
        };
        followers.learn(class);
        self.found_in[index(class)] = bulletin;
        Ok(class)
    }

    /// The firm: as before, or another named in this class or bulletin, or one that the bulletin did not name yet.
    #[cfg_attr(hongbang_small, inline(never))]
    fn firm<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        class: u32,
    ) -> Result<u32, Box<SnapshotError>> {
        if let Some(same) = self.firm_before(walk, given) {
            if self.firms[index(same)].named_in_class != self.here.segment {
                let is_known = self.rosters.knows(class, same)?;
                self.name(class, same, is_known);
            }
            return Ok(same);
        }
        if let Some(firm) = self.firm_of_class(walk, given)? {
            return Ok(firm);
        }
        self.firm_of_bulletin(walk, given, class)
    }

    /// Takes note that a firm was named in the class at hand, which it was not before.
    fn name(&mut self, class: u32, firm: u32, is_known: bool) {
        let here = &mut self.here;
        let state = &mut self.firms[index(firm)];
        state.named_in_class = here.segment;
        here.class_firm = here.class_firms.len();
        here.class_firms.push(firm);
        if !is_known {
            self.rosters.add(class, state.city, firm, here.bulletin);
        }
    }

    /// The firm of the row before, if it is that.
    fn firm_before<C: Coder>(&mut self, walk: &mut Walk<'_, C>, given: Option<u32>) -> Option<u32> {
        let here = &mut self.here;
        let same = here.before?.firm;
        let is_new_class = usize::from(here.class_firms.is_empty());
        let model = &mut self.same_firm[is_new_class << 1 | here.same_firm];
        let is_same = walk.coder.bit(model, given == Some(same));
        here.same_firm = usize::from(is_same);
        is_same.then_some(same)
    }

    /// Another firm named since this class began, if it is one.
    fn firm_of_class<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
    ) -> Result<Option<u32>, Box<SnapshotError>> {
        let here = &mut self.here;
        let count = here.class_firms.len();
        if count < 2 {
            return Ok(None);
        }
        // A writer needs not look for whom it knows not to be there.
        let given = given.filter(|firm| self.firms[index(*firm)].named_in_class == here.segment);
        let place = given.and_then(|firm| here.class_firms.iter().position(|named| *named == firm));
        let model = &mut self.class_firm[count.min(9) - 2];
        if !walk.coder.bit(model, place.is_some()) {
            return Ok(None);
        }
        here.class_firm = other(walk, count, here.class_firm, place)?;
        Ok(Some(here.class_firms[here.class_firm]))
    }

    /// A firm not named since this class began: one named in this bulletin before, or one that it did not name yet.
    fn firm_of_bulletin<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        class: u32,
    ) -> Result<u32, Box<SnapshotError>> {
        let here = &self.here;
        let count = here.firms.len();
        let is_named = given.is_some_and(|firm| self.firms[index(firm)].named_in == here.bulletin);
        let model = &mut self.named_firm[index(place(count + 1).ilog2()).min(7)];
        if count == here.class_firms.len() || !walk.coder.bit(model, is_named) {
            return self.unnamed(walk, given, class);
        }
        let given = given.and_then(|firm| here.firms.iter().position(|named| *named == firm));
        let found = walk.among(count, given.map_or(0, place), "samplings")?;
        let firm = here.firms[index(found)];
        let is_before = here.before.is_some_and(|before| before.firm == firm);
        if is_before || self.firms[index(firm)].named_in_class == here.segment {
            return Err(BROKEN.into());
        }
        let is_known = self.rosters.knows(class, firm)?;
        self.name(class, firm, is_known);
        Ok(firm)
    }

    /// A firm that this bulletin did not name yet: of its city or not, and sampled in this class before or not.
    fn unnamed<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        class: u32,
    ) -> Result<u32, Box<SnapshotError>> {
        let here = &self.here;
        let is_local = here.has_locals && {
            let is_local = given.is_some_and(|firm| self.firms[index(firm)].city == here.city);
            walk.coder.bit(&mut self.local[here.level << 1 | here.local], is_local)
        };
        self.here.local = usize::from(is_local);
        let known = self.known(walk, given, class, is_local)?;
        let firm = match known {
            Some(firm) => firm,
            None => self.new_to_class(walk, given, class, is_local)?,
        };
        let here = &mut self.here;
        let state = &mut self.firms[index(firm)];
        let is_in_city = here.has_locals && state.city == here.city;
        if is_in_city != is_local || state.named_in == here.bulletin {
            return Err(BROKEN.into());
        }
        state.named_in = here.bulletin;
        here.firms.push(firm);
        self.name(class, firm, known.is_some());
        Ok(firm)
    }

    /// A firm that was sampled in this class before.
    fn known<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        class: u32,
        is_local: bool,
    ) -> Result<Option<u32>, Box<SnapshotError>> {
        let here = &mut self.here;
        let roster = if is_local {
            let of_city = || self.rosters.of_city(class, here.city, here.bulletin);
            *here.local_roster.get_or_insert_with(of_city)
        } else {
            self.rosters.of_class(class, here.bulletin)
        };
        let (free, size) = (self.rosters.roster(roster).free(), self.rosters.roster(roster).len());
        if free == 0 {
            return Ok(None);
        }
        let given = given.and_then(|firm| self.rosters.free_position(roster, firm));
        let context = usize::from(is_local) << 5 | index(size.ilog2());
        if !walk.coder.bit(&mut self.known_firm[context], given.is_some()) {
            return Ok(None);
        }
        let found = index(walk.among(free, given.map_or(0, place), "samplings")?);
        let firm = self.rosters.roster(roster).member(found);
        self.rosters.name(roster, found);
        Ok(Some(firm))
    }

    /// A firm that was never sampled in this class: never sampled at all, or in other classes only.
    fn new_to_class<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<u32>,
        class: u32,
        is_local: bool,
    ) -> Result<u32, Box<SnapshotError>> {
        let pool = if is_local { self.pools.of_city(self.here.city) } else { Some(self.pools.all()) };
        let pool = pool.ok_or(BROKEN)?;
        let (unseen, seen) = (pool.unseen(), pool.seen());
        let given_seen = given.is_some_and(|firm| self.pools.is_seen(firm));
        let is_seen = match (unseen, seen) {
            (_, 0) => false,
            (0, _) => true,
            _ => walk.coder.bit(&mut self.seen_firm[usize::from(is_local)], given_seen),
        };
        let (first, count) = if is_seen { (unseen, seen) } else { (0, unseen) };
        let given = given.map_or(0, |firm| place(self.pools.position(firm, is_local) - first));
        let found = index(walk.among(count, given, "samplings")?);
        let firm = pool.member(first + found);
        if is_seen {
            if self.rosters.knows(class, firm)? {
                return Err(BROKEN.into());
            }
        } else {
            self.pools.see(firm);
        }
        Ok(firm)
    }
}

/// One of `count` places that is not `last`.
fn other<C: Coder>(
    walk: &mut Walk<'_, C>,
    count: usize,
    last: usize,
    given: Option<usize>,
) -> Result<usize, Box<SnapshotError>> {
    let given = given.map_or(0, |place| place - usize::from(place > last));
    let found = index(walk.among(count - 1, place(given), "samplings")?);
    Ok(found + usize::from(found >= last))
}

/// The most common distance comes first.
fn swap_0_and_1(gap: u32) -> u32 {
    if gap < 2 { 1 - gap } else { gap }
}

const BROKEN: SnapshotError = SnapshotError::Broken { section: "samplings" };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;
    use crate::sampling::Facts;
    use proptest::prelude::*;

    proptest! {
        /// Few samplings of a firm are sorted in one way, many in another.
        #[test]
        fn samplings_are_ordered_by_firm_and_day_and_then_as_printed(
            printed in proptest::collection::vec((0u32..2, 0u32..40), 0..4 * FEW),
        ) {
            let entry = |(at, (firm, day)): (usize, &(u32, u32))| {
                let (bulletin, row) = (place(at) / 7, place(at) % 7 + 1);
                let sampling = Sampling {
                    day: Day::after_min(*day),
                    facts: Facts::CLEAN,
                    bulletin,
                    row,
                    product_class: 0,
                    failed_items: 0,
                };
                Entry { firm: *firm, sampling }
            };
            let mut entries: Vec<Entry> = printed.iter().enumerate().map(entry).collect();
            let (samplings, firsts) = edition_order(&entries, 2);
            entries.sort_by_key(|entry| (entry.firm, entry.sampling.day));
            let of_first = entries.partition_point(|entry| entry.firm == 0);
            prop_assert_eq!(firsts, [0, place(of_first), place(entries.len())]);
            let ordered: Vec<Sampling> = (0..samplings.len()).map(|at| samplings.get(at)).collect();
            prop_assert_eq!(ordered, entries.iter().map(|entry| entry.sampling).collect::<Vec<_>>());
        }
    }
}
