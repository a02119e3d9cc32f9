//! What a publisher finds between two editions.

use super::base::Base;
use super::merge::Merge;
use super::plan::{Moved, Plan, Table};
use crate::edition::{Alphabet, Firms, TextColumn};
use crate::number::{index, place};
use crate::sampling::Bulletin;
use crate::snapshot::samplings::Entry;

impl Plan {
    /// The plan that makes `new` of `old`.
    pub(super) fn between(old: &Base, new: &Base) -> Self {
        let (a, b) = (&old.edition, &new.edition);
        let mut plan = Self {
            policy: a.policy == b.policy,
            characters: ascending(&old.characters, &new.characters),
            bulletins: bulletins(&a.bulletins, &b.bulletins),
            product_classes: of_texts(&a.product_classes, &b.product_classes),
            failed_items: of_texts(&a.failed_items, &b.failed_items),
            firms: firms(old, new),
            samplings: Merge::new(),
            sizes: Vec::new(),
            spellings: of_texts(a.alphabet.spellings(), b.alphabet.spellings()),
            readings: readings(&a.alphabet, &b.alphabet),
            variants: variants(&a.alphabet, &b.alphabet),
        };
        let moved = Moved::by(&plan, old);
        for bulletin in 0..b.bulletins.len() {
            let range = new.of_bulletin(place(bulletin));
            let may_stay = plan.may_stay(old, &moved, bulletin);
            plan.sizes.push(place(range.len()));
            plan.samplings.extend(samplings(old, &moved, &may_stay, &new.entries[range]));
        }
        plan
    }
}

/// The merge of two lists in ascending order.
fn ascending<K: Ord>(old: &[K], new: &[K]) -> Merge {
    new.iter().map(|key| old.binary_search(key).ok().map(place)).collect()
}

fn of_texts(old: &TextColumn, new: &TextColumn) -> Merge {
    let texts = |column: &'_ TextColumn| column.iter().map(str::to_owned).collect::<Vec<_>>();
    ascending(&texts(old), &texts(new))
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// A merge, and whether the old and the new entry at these places have the same in a column.
    fn of(merge: Merge, is_same: [&dyn Fn(usize, usize) -> bool; COLUMNS]) -> Self {
        let same = is_same.map(|is_same| {
            let entries = merge.iter().enumerate();
            entries.map(|(new, old)| old.is_some_and(|old| is_same(index(old), new))).collect()
        });
        Self { merge, same }
    }
}

fn bulletins(old: &[Bulletin], new: &[Bulletin]) -> Table<1> {
    let keys = |bulletins: &'_ [Bulletin]| {
        bulletins.iter().map(|bulletin| (bulletin.published_on, bulletin.id.clone())).collect::<Vec<_>>()
    };
    Table::of(ascending(&keys(old), &keys(new)), [&|a, b| old[a] == new[b]])
}

/// A firm stays by its code, or, where it has none, by its name.
fn firms(old: &Base, new: &Base) -> Table<7> {
    let keys = |base: &Base| {
        let firms = &base.edition.firms;
        let name = |at: usize| {
            if firms.codes[at].is_none() { firms.names.get(at).to_owned() } else { String::new() }
        };
        (0..firms.len()).map(|at| (firms.codes[at].is_none(), firms.codes[at], name(at))).collect::<Vec<_>>()
    };
    let (a, b) = (&old.edition.firms, &new.edition.firms);
    let text = |column: fn(&Firms) -> &TextColumn| move |at, to| column(a).get(at) == column(b).get(to);
    Table::of(
        ascending(&keys(old), &keys(new)),
        [
            &|at, to| a.divisions[at] == b.divisions[to],
            &text(|firms| &firms.names),
            &text(|firms| &firms.former_names),
            &text(|firms| &firms.trade_marks),
            &text(|firms| &firms.gs1_prefixes),
            &text(|firms| &firms.labels),
            &|at, to| a.stated_tiers[at] == b.stated_tiers[to],
        ],
    )
}

fn readings(old: &Alphabet, new: &Alphabet) -> Table<1> {
    fn spelt(alphabet: &Alphabet, at: usize) -> impl Iterator<Item = &str> {
        alphabet.readings(at).iter().map(|reading| alphabet.spellings().get(usize::from(*reading)))
    }
    Table::of(ascending(old.characters(), new.characters()), [&|a, b| spelt(old, a).eq(spelt(new, b))])
}

fn variants(old: &Alphabet, new: &Alphabet) -> Table<1> {
    let forms = |alphabet: &Alphabet| alphabet.variants().iter().map(|own| own.form).collect::<Vec<_>>();
    let is_same = |a: usize, b: usize| old.variants()[a] == new.variants()[b];
    Table::of(ascending(&forms(old), &forms(new)), [&is_same])
}

/// Which of the samplings of a bulletin stay, to the last fact, in their order.
fn samplings(base: &Base, moved: &Moved, may_stay: &[u32], new: &[Entry]) -> Merge {
    let mut old =
        may_stay.iter().filter_map(|at| Some((*at, moved.entry(&base.entries[index(*at)])?))).peekable();
    let key = |entry: &Entry| (entry.sampling.row, entry.sampling.facts.role, entry.firm);
    let place_of = |entry: &Entry| {
        while old.next_if(|(_, known)| key(known) < key(entry)).is_some() {}
        old.next_if(|(_, known)| known == entry).map(|(at, _)| at)
    };
    new.iter().map(place_of).collect()
}
