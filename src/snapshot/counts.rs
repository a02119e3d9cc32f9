//! How many of everything there are, told before anything else, and what that may cost a reader.

use super::SnapshotError;
use super::coder::Coder;
use super::limits::{
    EXPANSION, FLOOR, MOST_ALPHABET, MOST_BULLETINS, MOST_CHARACTERS, MOST_FIRMS, MOST_SAMPLINGS, MOST_TERMS,
};
use super::models::Number;
use super::walk::Size;
use crate::Edition;
use crate::edition::{TextColumn, distinct_characters};

/// How many of everything there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) bulletins: u32,
    pub(super) product_classes: u32,
    /// Lists of failed items without the empty one.
    pub(super) failed_items: u32,
    pub(super) firms: u32,
    /// Firms with a credit code, which come first.
    pub(super) coded_firms: u32,
    pub(super) samplings: u32,
    pub(super) alphabet: u32,
    /// Characters in all texts.
    pub(super) characters: u32,
}

impl Counts {
    /// Counts an edition, and gives the alphabet of its texts.
    pub(super) fn of(edition: &Edition) -> Result<(Self, Vec<char>), Box<SnapshotError>> {
        let mut characters = 0usize;
        let every = texts(edition).flat_map(str::chars).inspect(|_| characters += 1);
        let alphabet: Vec<char> = distinct_characters(every).collect();
        let counts = Self {
            bulletins: limited("bulletins", edition.bulletins.len(), MOST_BULLETINS)?,
            product_classes: limited("product classes", edition.product_classes.len(), MOST_TERMS)?,
            failed_items: limited("lists of failed items", edition.failed_items.len() - 1, MOST_TERMS)?,
            firms: limited("firms", edition.firms.len(), MOST_FIRMS)?,
            coded_firms: limited("firms", edition.firms.codes.partition_point(Option::is_some), MOST_FIRMS)?,
            samplings: limited("samplings", edition.samplings.len(), MOST_SAMPLINGS)?,
            alphabet: limited("distinct characters", alphabet.len(), MOST_ALPHABET)?,
            characters: limited("characters", characters, MOST_CHARACTERS)?,
        };
        Ok((counts, alphabet))
    }

    /// Writes counts that no publisher states, for tests.
    #[cfg(test)]
    pub(super) fn announce(self, coder: &mut impl Coder) {
        for count in [
            self.bulletins,
            self.product_classes,
            self.failed_items,
            self.firms,
            self.coded_firms,
            self.samplings,
            self.alphabet,
            self.characters,
        ] {
            Number::new().code(coder, count);
        }
    }

    /// Codes the counts; a reader refuses those above the limits.
    pub(super) fn code(self, coder: &mut impl Coder) -> Result<Self, Box<SnapshotError>> {
        let mut number = |what, given, most| {
            let found = Number::new().code(coder, given);
            if found <= most { Ok(found) } else { Err(SnapshotError::limit(what, most, found)) }
        };
        let counts = Self {
            bulletins: number("bulletins", self.bulletins, MOST_BULLETINS)?,
            product_classes: number("product classes", self.product_classes, MOST_TERMS)?,
            failed_items: number("lists of failed items", self.failed_items, MOST_TERMS)?,
            firms: number("firms", self.firms, MOST_FIRMS)?,
            coded_firms: number("firms", self.coded_firms, MOST_FIRMS)?,
            samplings: number("samplings", self.samplings, MOST_SAMPLINGS)?,
            alphabet: number("distinct characters", self.alphabet, MOST_ALPHABET)?,
            characters: number("characters", self.characters, MOST_CHARACTERS)?,
        };
        if counts.coded_firms > counts.firms {
            return Err(SnapshotError::limit("firms with a code", counts.firms, counts.coded_firms).into());
        }
        Ok(counts)
    }

    pub(super) fn size(self) -> Size {
        Size { characters: self.characters, alphabet: self.alphabet }
    }

    /// Refuses what would make a reader of `bytes` bytes use more than it is ready to use.
    pub(super) fn check_against(self, bytes: usize) -> Result<(), Box<SnapshotError>> {
        let most = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(EXPANSION).saturating_add(FLOOR);
        let found = self.memory();
        if found <= most { Ok(()) } else { Err(SnapshotError::Expansion { bytes, most, found }.into()) }
    }

    /// Bytes that a reader uses at most, tables and working space included.
    fn memory(self) -> u64 {
        let memories = 24 << self.size().memory_bits();
        let each = [
            (self.bulletins, 320),
            (self.product_classes, 32),
            (self.failed_items, 32),
            (self.firms, 160),
            (self.samplings, 160),
            (self.alphabet, 64),
            (self.characters, 8),
        ];
        each.iter().map(|(count, bytes)| u64::from(*count) * bytes).sum::<u64>() + memories
    }
}

/// Every text of an edition, in any order.
fn texts(edition: &Edition) -> impl Iterator<Item = &str> {
    let Edition { policy, bulletins, product_classes, failed_items, firms, .. } = edition;
    let columns = [
        product_classes,
        failed_items,
        &firms.names,
        &firms.former_names,
        &firms.trade_marks,
        &firms.gs1_prefixes,
        &firms.labels,
    ];
    let policy_texts =
        [policy.name.as_str(), policy.label.as_str(), policy.division.as_deref().unwrap_or("")];
    let tiers = policy.tiers.iter().map(|tier| tier.name.as_str());
    let issuers = super::bulletins::issuers(bulletins).into_iter().map(|(issuer, _)| issuer);
    let bulletins = bulletins.iter().flat_map(|known| [known.id.as_str(), &known.title, &known.url]);
    let columns = columns.into_iter().flat_map(TextColumn::iter);
    policy_texts.into_iter().chain(tiers).chain(bulletins).chain(columns).chain(issuers)
}

fn limited(what: &'static str, found: usize, most: u32) -> Result<u32, Box<SnapshotError>> {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found <= most { Ok(found) } else { Err(SnapshotError::limit(what, most, found).into()) }
}
