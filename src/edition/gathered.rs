//! From what was gathered to an edition in its one order, without a text or an allocation a sampling.
//!
//! Of ten million samplings each is 32 bytes here: its firm, class and failed items are places, as in the edition.

use std::borrow::Cow;

use super::{Alphabet, Edition, Firms, Reality, Samplings, Scope, TextColumn};
use crate::firm::FormerName;
use crate::number::{index, place};
use crate::rule::Policy;
use crate::sampling::{Bulletin, Sampling};
use crate::{CreditCode, Day, Division};

/// Everything that an edition is made from, in any order.
#[derive(Clone, Debug)]
pub struct Gathered<'a> {
    /// Running number, from 1.
    pub number: u32,
    /// The day on which the list stands.
    pub as_of: Day,
    /// Which firms it is to hold.
    pub scope: Scope,
    /// The policy that judges it.
    pub policy: Policy,
    /// Whether it is made up.
    pub reality: Reality,
    /// Bulletins; those published after the as-of day are left out with their samplings.
    pub bulletins: Vec<Bulletin>,
    /// The firms; those of whom nothing was sampled are left out.
    pub firms: Vec<GatheredFirm<'a>>,
    /// Product classes and lists of failed items, a line feed between items; others may lie among them.
    pub texts: Cow<'a, TextColumn>,
    /// What was sampled.
    pub samplings: Vec<GatheredSampling>,
}

/// A firm, apart from its samplings.
#[derive(Clone, Debug)]
pub struct GatheredFirm<'a> {
    /// The code, where the register knows it.
    pub code: Option<CreditCode>,
    /// The name for display.
    pub name: Cow<'a, str>,
    /// Former names.
    pub former_names: &'a [FormerName],
    /// Where the register places it.
    pub division: Option<Division>,
    /// Trade marks.
    pub trade_marks: &'a [String],
    /// GS1 company prefixes.
    pub gs1_prefixes: &'a [String],
    /// Further labels.
    pub labels: &'a [String],
}

/// A sampling and whose it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct GatheredSampling {
    /// Place in [`Gathered::firms`].
    pub firm: u32,
    /// What was sampled: its bulletin a place in [`Gathered::bulletins`], its class and failed items places in
    /// [`Gathered::texts`].
    pub sampling: Sampling,
}

impl Gathered<'_> {
    /// Judges, selects and sorts. The result does not depend on the order of bulletins, firms, texts or samplings. Its
    /// alphabet is empty: whoever has the tables fills it.
    ///
    /// # Panics
    /// Where there are more than 2³² samplings, or a sampling names what is not there.
    pub fn build(self) -> Edition {
        self.build_and(|_| ()).0
    }

    /// The same, and what `look` sees in all firms that were inspected, before the list is cut out of them.
    pub fn build_and<T>(mut self, look: impl FnOnce(&Edition) -> T) -> (Edition, T) {
        self.order_bulletins();
        let inspected = self.columns();
        let mut tiers: Vec<Option<u8>> = inspected.recompute().iter().map(|verdict| verdict.tier).collect();
        let seen = look(&inspected);
        let mut edition = match self.scope {
            Scope::Inspected => inspected,
            Scope::Listed => {
                drop(inspected);
                self.keep_firms(|firm| tiers[firm].is_some());
                tiers.retain(Option::is_some);
                self.columns()
            }
        };
        edition.firms.stated_tiers = tiers;
        (edition, seen)
    }

    /// Brings the bulletins into their order, without those published after the as-of day and their samplings.
    fn order_bulletins(&mut self) {
        let mut places: Vec<usize> = (0..self.bulletins.len()).collect();
        places.retain(|place| self.bulletins[*place].published_on <= self.as_of);
        places.sort_by(|a, b| {
            let key = |place: &usize| (self.bulletins[*place].published_on, &self.bulletins[*place].id);
            key(a).cmp(&key(b))
        });
        let mut order = vec![None; self.bulletins.len()];
        for (new, old) in places.iter().enumerate() {
            order[*old] = Some(place(new));
        }
        self.bulletins = places.into_iter().map(|place| self.bulletins[place].clone()).collect();
        self.samplings.retain_mut(|GatheredSampling { sampling, .. }| {
            let new = order[index(sampling.bulletin)];
            sampling.bulletin = new.unwrap_or_default();
            new.is_some()
        });
    }

    /// Keeps some of the firms, and their samplings.
    fn keep_firms(&mut self, is_kept: impl Fn(usize) -> bool) {
        let mut kept = 0..;
        let places: Vec<Option<u32>> =
            (0..self.firms.len()).map(|firm| if is_kept(firm) { kept.next() } else { None }).collect();
        let mut known = places.iter();
        self.firms.retain(|_| known.next().is_some_and(Option::is_some));
        self.samplings.retain_mut(|GatheredSampling { firm, .. }| {
            let new = places[index(*firm)];
            *firm = new.unwrap_or_default();
            new.is_some()
        });
    }

    /// Sorts the firms, without those of whom nothing was sampled.
    fn order_firms(&mut self) {
        let mut is_sampled = vec![false; self.firms.len()];
        for GatheredSampling { firm, .. } in &self.samplings {
            is_sampled[index(*firm)] = true;
        }
        self.keep_firms(|firm| is_sampled[firm]);
        let mut order: Vec<u32> = (0..place(self.firms.len())).collect();
        order.sort_by(|a, b| self.firms[index(*a)].key().cmp(&self.firms[index(*b)].key()));
        let mut places = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            places[index(*old)] = place(new);
        }
        let mut firms: Vec<Option<GatheredFirm>> =
            std::mem::take(&mut self.firms).into_iter().map(Some).collect();
        self.firms = order.iter().filter_map(|old| firms[index(*old)].take()).collect();
        for GatheredSampling { firm, .. } in &mut self.samplings {
            *firm = places[index(*firm)];
        }
    }

    /// Lays everything into columns.
    fn columns(&mut self) -> Edition {
        self.order_firms();
        let classes = self.samplings.iter().map(|gathered| gathered.sampling.product_class);
        let product_classes = Dictionary::of(&self.texts, classes);
        let items = self.samplings.iter().map(|gathered| gathered.sampling.failed_items);
        let failed_items = Dictionary::of(&self.texts, items).with_empty();
        let (samplings, first_samplings) = self.sampling_columns(&product_classes, &failed_items);
        Edition {
            number: self.number,
            as_of: self.as_of,
            scope: self.scope,
            policy: self.policy.clone(),
            reality: self.reality,
            bulletins: self.bulletins.clone(),
            product_classes: product_classes.column,
            failed_items: failed_items.column,
            firms: firm_columns(&self.firms, first_samplings),
            samplings,
            alphabet: Alphabet::default(),
        }
    }

    /// The samplings firm by firm, and where those of each firm begin.
    fn sampling_columns(
        &self,
        product_classes: &Dictionary,
        failed_items: &Dictionary,
    ) -> (Samplings, Vec<u32>) {
        let (mut places, firsts) = self.by_firm();
        let mut samplings = Samplings::with_capacity(places.len());
        let sampling = |place: u32| self.samplings[index(place)].sampling;
        for firm in firsts.windows(2) {
            let own = &mut places[index(firm[0])..index(firm[1])];
            own.sort_by_key(|place| {
                let Sampling { day, bulletin, row, facts, .. } = sampling(*place);
                (day, bulletin, row, facts.role)
            });
            for place in own {
                let known = sampling(*place);
                samplings.push(Sampling {
                    product_class: product_classes.place(known.product_class),
                    failed_items: failed_items.place(known.failed_items),
                    ..known
                });
            }
        }
        (samplings, firsts)
    }

    /// The places of the samplings, firm by firm, and where those of each firm begin.
    fn by_firm(&self) -> (Vec<u32>, Vec<u32>) {
        let mut firsts = vec![0; self.firms.len() + 1];
        for GatheredSampling { firm, .. } in &self.samplings {
            firsts[index(*firm) + 1] += 1;
        }
        for firm in 0..self.firms.len() {
            firsts[firm + 1] += firsts[firm];
        }
        let mut next = firsts.clone();
        let mut places = vec![0; self.samplings.len()];
        for (at, GatheredSampling { firm, .. }) in self.samplings.iter().enumerate() {
            let next = &mut next[index(*firm)];
            places[index(*next)] = place(at);
            *next += 1;
        }
        (places, firsts)
    }
}

impl GatheredFirm<'_> {
    /// What firms are sorted by.
    fn key(&self) -> (bool, Option<CreditCode>, &str) {
        (self.code.is_none(), self.code, &self.name)
    }
}

fn firm_columns(records: &[GatheredFirm<'_>], first_samplings: Vec<u32>) -> Firms {
    let mut firms = Firms { first_samplings, ..Firms::default() };
    for firm in records {
        firms.codes.push(firm.code);
        firms.names.push(&firm.name);
        firms.divisions.push(firm.division);
        firms.stated_tiers.push(None);
        firms.former_names.push_joined(firm.former_names.iter().map(|former| former.name.as_str()));
        firms.trade_marks.push_joined(firm.trade_marks.iter().map(String::as_str));
        firms.gs1_prefixes.push_joined(firm.gs1_prefixes.iter().map(String::as_str));
        firms.labels.push_joined(firm.labels.iter().map(String::as_str));
    }
    firms
}

/// The distinct texts of a column by their bytes, and the place of each.
struct Dictionary {
    column: TextColumn,
    /// For each text that was gathered its place in the column, where it has one.
    places: Vec<u32>,
}

impl Dictionary {
    fn of(texts: &TextColumn, used: impl Iterator<Item = u32>) -> Self {
        let mut is_used = vec![false; texts.len()];
        used.for_each(|text| is_used[index(text)] = true);
        let mut order: Vec<u32> = (0..place(texts.len())).filter(|text| is_used[index(*text)]).collect();
        order.sort_by_key(|text| texts.get(index(*text)));
        let (mut column, mut places) = (TextColumn::default(), vec![0; texts.len()]);
        for text in order {
            let known = texts.get(index(text));
            // Whoever gathered need not have seen that two texts are equal.
            if column.is_empty() || column.get(column.len() - 1) != known {
                column.push(known);
            }
            places[index(text)] = place(column.len() - 1);
        }
        Self { column, places }
    }

    /// With the empty text, which goes first.
    fn with_empty(self) -> Self {
        if self.column.get(0).is_empty() && !self.column.is_empty() {
            return self;
        }
        let column = std::iter::once("").chain(self.column.iter()).collect();
        let places = self.places.into_iter().map(|place| place + 1).collect();
        Self { column, places }
    }

    fn place(&self, text: u32) -> u32 {
        self.places[index(text)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sampling_takes_32_bytes() {
        assert!(size_of::<GatheredSampling>() <= 32, "{}", size_of::<GatheredSampling>());
    }
}
