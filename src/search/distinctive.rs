//! Which part of a name is its own (字号): what is left when places, industries and legal forms are taken away.
//!
//! There is no list of places or industries: pairs of characters that begin many names of this edition are places,
//! pairs that stand in many names are what names have in common. The guess orders hits and decides nothing else.

use std::ops::Range;

use super::symbols::Symbol;

/// What the names of an edition have in common.
pub(super) struct Distinctive {
    /// Pairs that begin many names, by [`slot`].
    heads: Vec<u64>,
    /// Pairs that stand in many names behind the beginning.
    tails: Vec<u64>,
    /// Characters that end the name of a place.
    markers: Vec<Symbol>,
}

/// Counts pairs while names are read.
pub(super) struct PairCounts {
    heads: Vec<u16>,
    tails: Vec<u16>,
    names: usize,
}

impl PairCounts {
    /// More names than this tell nothing new.
    pub(super) const ENOUGH: usize = 1 << 14;
    /// One name in so many makes a pair common.
    const ONE_IN: usize = 400;
    /// Fewer than this are chance, even in a small edition.
    const AT_LEAST: usize = 4;

    pub(super) fn new() -> Self {
        Self { heads: vec![0; 1 << 16], tails: vec![0; 1 << 16], names: 0 }
    }

    /// Counts the pairs of one name.
    pub(super) fn add(&mut self, name: &[Symbol], markers: &[Symbol]) {
        let mut is_head = true;
        for pair in name.windows(2) {
            let counts = if is_head { &mut self.heads } else { &mut self.tails };
            let count = &mut counts[slot(pair[0], pair[1])];
            *count = count.saturating_add(1);
            is_head = markers.contains(&pair[0]);
        }
        self.names += 1;
    }

    pub(super) fn finish(self, markers: Vec<Symbol>) -> Distinctive {
        let least = (self.names / Self::ONE_IN).max(Self::AT_LEAST);
        Distinctive { heads: common(&self.heads, least), tails: common(&self.tails, least), markers }
    }
}

impl Distinctive {
    /// The characters whose presence ends the name of a place.
    pub(super) const MARKERS: &str = "省市区县镇州";

    /// Where the own part of `name` lies; never empty unless the name is.
    pub(super) fn part(&self, name: &[Symbol]) -> Range<usize> {
        let start = self.start(name);
        let from = (start + 2).min(name.len());
        let end = (from..name.len().saturating_sub(1)).find(|at| is_in(&self.tails, name[*at], name[at + 1]));
        start..end.unwrap_or(name.len().min(start + 4))
    }

    fn start(&self, name: &[Symbol]) -> usize {
        let mut start = 0;
        // Province, city, district and town at the most.
        for _ in 0..4 {
            let rest = &name[start..];
            let marked = (2..5).find(|at| rest.get(*at).is_some_and(|symbol| self.markers.contains(symbol)));
            let step = match (marked, rest) {
                (Some(at), _) => at + 1,
                (None, [a, b, ..]) if is_in(&self.heads, *a, *b) => 2,
                _ => break,
            };
            if rest.len() < step + 2 || self.is_common(&rest[step..]) {
                break;
            }
            start += step;
        }
        start
    }

    /// Whether `rest` begins with what names have in common, so that no own part would be left before it.
    fn is_common(&self, rest: &[Symbol]) -> bool {
        matches!(rest, [a, b, ..] if is_in(&self.tails, *a, *b) && !is_in(&self.heads, *a, *b))
    }
}

fn common(counts: &[u16], least: usize) -> Vec<u64> {
    counts
        .chunks(64)
        .map(|chunk| {
            chunk.iter().rev().fold(0, |bits, count| bits << 1 | u64::from(usize::from(*count) >= least))
        })
        .collect()
}

fn is_in(bits: &[u64], a: Symbol, b: Symbol) -> bool {
    let slot = slot(a, b);
    bits[slot / 64] >> (slot % 64) & 1 == 1
}

/// Pairs share slots; two common ones seldom do.
fn slot(a: Symbol, b: Symbol) -> usize {
    usize::from(a.wrapping_mul(0x9E37).rotate_left(5) ^ b.wrapping_mul(0x85EB))
}
