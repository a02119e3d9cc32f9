//! The ledger as judging needs it: 64 bytes a row, and each text once.
//!
//! A row as read takes most of a kilobyte, and ten million of them no machine of ours. So a ledger is digested
//! bulletin by bulletin: what only tells one batch from another (product, batch, model, sample number) is kept as a
//! fingerprint, all other texts as places in one table.

#[cfg(feature = "parquet")]
mod lines;
mod texts;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::num::NonZeroU64;
use std::sync::{Arc, LazyLock};

#[cfg(feature = "parquet")]
pub(super) use lines::DigestedLine;

use texts::Texts;

use super::{Ledger, LedgerBulletin, LedgerRow, Reason, simplified};
use crate::Day;
use crate::edition::TextColumn;
use crate::firm::{Register, normalized};
use crate::number::{index, place};
use crate::publish::ingest::is_not_stated;
use crate::sampling::{Bulletin, Facts, Role};

/// A digested ledger.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The register that books names to firms; parts of one ledger share it.
    pub(in crate::publish) register: Arc<Register>,
    /// The bulletins, by publication day, then id.
    pub(in crate::publish) bulletins: Vec<Digested>,
    parties: Vec<(u32, Role)>,
    texts: Texts,
}

/// A bulletin and its rows.
#[derive(Clone, Debug)]
pub(in crate::publish) struct Digested {
    pub(in crate::publish) bulletin: Bulletin,
    /// Place of its body among the texts.
    body: u32,
    pub(super) file: String,
    pub(super) corrects: Option<String>,
    pub(in crate::publish) rows: Vec<DigestedRow>,
}

/// A row, as far as judging needs it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::publish) struct DigestedRow {
    /// Body and sample number, where one is stated.
    pub(super) by_sample: Option<Fingerprint>,
    /// Body, product, batch, model and firms, where a batch is stated.
    pub(super) by_batch: Option<Fingerprint>,
    /// Its number, from 1.
    pub(in crate::publish) row: u32,
    /// The day that every reading uses, and in `findings` how it is known.
    pub(in crate::publish) day: Day,
    /// Place of the product class among the texts.
    pub(in crate::publish) product_class: u32,
    /// Place of the failed items among the texts, a line feed between them.
    pub(in crate::publish) failed_items: u32,
    /// Where its firms begin among the parties, and how many they are.
    parties: (u32, u16),
    /// What was found of a producer, or why the row is booked to nobody.
    pub(super) findings: Result<Facts, Reason>,
}

/// Two hashes under two keys of this process: equal for equal texts, and for no others. Nobody outside knows the keys, so
/// nobody can print two texts that are taken for one. Equality is all that a fingerprint is asked for: the edition does
/// not depend on the keys.
///
/// SHA-256 in its place took a tenth of the time of a build.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Fingerprint([NonZeroU64; 2]);

impl Evidence {
    /// The evidence of a ledger in memory.
    pub fn of(ledger: &Ledger) -> Self {
        let mut evidence = Self::under(ledger.register.clone().into());
        for bulletin in &ledger.bulletins {
            evidence.push(bulletin);
        }
        evidence
    }

    /// No evidence yet, with the register by which rows are booked.
    pub(super) fn under(register: Arc<Register>) -> Self {
        Self { register, ..Self::default() }
    }

    /// Takes in a bulletin, which lies behind those that are here by publication day, then id.
    pub(super) fn push(&mut self, bulletin: &LedgerBulletin) {
        let LedgerBulletin { bulletin, file, corrects, rows } = bulletin;
        self.begin(bulletin.clone(), file.clone(), corrects.clone());
        for row in rows {
            self.push_row(row);
        }
    }

    /// Begins a bulletin whose rows are still to come.
    pub(super) fn begin(&mut self, bulletin: Bulletin, file: String, corrects: Option<String>) {
        // What is stated is not proved yet; bulletins of this length there are none.
        let rows = Vec::with_capacity(index(bulletin.rows.min(10_000)));
        let body = self.texts.place(&bulletin.body);
        self.bulletins.push(Digested { bulletin, body, file, corrects, rows });
    }

    /// Takes in the next row of the latest bulletin.
    pub(super) fn push_row(&mut self, row: &LedgerRow) {
        let body = self.bulletins.last().map_or(0, |bulletin| bulletin.body);
        let row = self.digest(body, row);
        if let Some(bulletin) = self.bulletins.last_mut() {
            bulletin.rows.push(row);
        }
    }

    /// Takes in what was digested apart, under the same register, of bulletins that lie behind those that are here. The
    /// outcome is as if they had been pushed one by one.
    pub(super) fn append(&mut self, part: Self) {
        let places = self.texts.append(&part.texts);
        let moved = |text: u32| places[index(text)];
        let first_party = place(self.parties.len());
        self.parties.extend(part.parties.into_iter().map(|(name, role)| (moved(name), role)));
        for mut bulletin in part.bulletins {
            bulletin.body = moved(bulletin.body);
            for row in &mut bulletin.rows {
                row.product_class = moved(row.product_class);
                row.failed_items = moved(row.failed_items);
                row.parties.0 += first_party;
            }
            self.bulletins.push(bulletin);
        }
    }

    /// The firms that a row names: places of their names among the texts.
    pub(in crate::publish) fn parties(&self, row: &DigestedRow) -> &[(u32, Role)] {
        let (first, count) = row.parties;
        &self.parties[index(first)..index(first) + usize::from(count)]
    }

    /// The firms that all rows name.
    pub(in crate::publish) fn all_parties(&self) -> &[(u32, Role)] {
        &self.parties
    }

    /// All texts, by their places.
    pub(in crate::publish) fn texts(&self) -> &TextColumn {
        self.texts.printed()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.bulletins.iter().map(|bulletin| bulletin.rows.len()).sum()
    }

    /// The bulletins.
    pub fn bulletins(&self) -> impl Iterator<Item = &Bulletin> {
        self.bulletins.iter().map(|digested| &digested.bulletin)
    }

    fn digest(&mut self, body: u32, row: &LedgerRow) -> DigestedRow {
        let first = self.parties.len();
        let bookable = row.bookable(&self.register);
        for party in bookable.iter().flat_map(|parties| parties.iter()) {
            self.parties.push((self.texts.place(&party.name), party.role));
        }
        let findings = bookable.map(|_| ());
        let digested = self.digest_but_for_firms(body, row, findings);
        self.with_firms(digested, first)
    }

    /// A row of which the firms are told by [`Evidence::with_firms`].
    fn digest_but_for_firms(
        &mut self,
        body: u32,
        row: &LedgerRow,
        is_bookable: Result<(), Reason>,
    ) -> DigestedRow {
        let before = self.bulletins.last().and_then(|bulletin| bulletin.rows.last()).copied();
        let class_before = before.map(|row| row.product_class);
        let items_before = before.map(|row| row.failed_items);
        let findings = is_bookable.and_then(|()| {
            let first_test = row.first_test.ok_or(Reason::OutcomeUnclear)?;
            Ok(row.facts(first_test, Role::Producer))
        });
        DigestedRow {
            by_sample: self.by_sample(body, row),
            by_batch: self.by_batch(body, row),
            row: row.row,
            day: row.day,
            product_class: self.texts.place_as(class_before, &row.product_class),
            failed_items: self.texts.place_as(items_before, &row.failed_items.join("\n")),
            parties: (0, 0),
            findings,
        }
    }

    /// The row whose firms are the parties from `first` on.
    fn with_firms(&self, row: DigestedRow, first: usize) -> DigestedRow {
        let named = &self.parties[first..];
        let firms = named.iter().map(|(name, _)| self.texts.fingerprint(*name));
        let by_batch = row.by_batch.map(|batch| Fingerprint::of([batch].into_iter().chain(firms), []));
        let count = u16::try_from(named.len()).expect("a row names few firms");
        DigestedRow { by_batch, parties: (place(first), count), ..row }
    }

    fn by_sample(&self, body: u32, row: &LedgerRow) -> Option<Fingerprint> {
        let is_stated = !is_not_stated(&row.sample_number);
        is_stated.then(|| Fingerprint::of([self.texts.fingerprint(body)], [row.sample_number.as_str()]))
    }

    /// All but the firms.
    fn by_batch(&mut self, body: u32, row: &LedgerRow) -> Option<Fingerprint> {
        if is_not_stated(&row.batch) {
            return None;
        }
        let product = self.texts.place(&row.product);
        let told = [self.texts.fingerprint(body), self.texts.fingerprint(product)];
        Some(Fingerprint::of(told, [row.batch.as_str(), &row.model]))
    }
}

impl DigestedRow {
    /// Facts in this role, of a row that is booked.
    pub(in crate::publish) fn facts(&self, role: Role) -> Option<Facts> {
        self.findings.ok().map(|facts| Facts { role, ..facts })
    }
}

impl Fingerprint {
    /// What two that differ hardly ever share.
    pub(super) const fn first_half(self) -> u64 {
        self.0[0].get()
    }

    /// The same for equal fingerprints and texts that are equal but for print.
    fn of<'a>(parts: impl IntoIterator<Item = Self>, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = KEYS.each_ref().map(RandomState::build_hasher);
        for half in parts.into_iter().flat_map(|part| part.0) {
            for hash in &mut hash {
                hash.write_u64(half.get());
            }
        }
        for text in texts {
            let normal = normalized(text);
            let said = simplified(&normal);
            for hash in &mut hash {
                hash.write(said.as_bytes());
                // No text has this byte.
                hash.write_u8(0xFF);
            }
        }
        Self(hash.map(|hash| NonZeroU64::new(hash.finish()).unwrap_or(NonZeroU64::MIN)))
    }
}

/// New in every process, and secret in it.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(Default::default);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_64_bytes() {
        assert!(size_of::<DigestedRow>() <= 64, "{}", size_of::<DigestedRow>());
    }
}
