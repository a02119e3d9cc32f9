//! Symbols by how often they came: a frequent one costs little, whatever its number.

use super::coder::Coder;
use super::models::Choice;
use crate::number::index;

/// All symbols below a count, the most frequent first.
///
/// A symbol is told by the number of bits of its rank's successor, a choice, and the rest of those bits as they are.
pub(super) struct Ranks {
    by_rank: Vec<u16>,
    rank_of: Vec<u16>,
    times: Vec<u16>,
    /// Where the symbols that came so many times begin.
    first_of: Vec<u16>,
    lengths: Choice,
}

/// Symbols that came more often are not told apart.
const MOST_TIMES: u16 = 1023;

impl Ranks {
    /// Symbols below `count`, which is at most 65,535.
    pub(super) fn new(count: u16) -> Self {
        Self {
            by_rank: (0..count).collect(),
            rank_of: (0..count).collect(),
            times: vec![0; usize::from(count)],
            first_of: vec![0; usize::from(MOST_TIMES) + 1],
            lengths: Choice::new(4, 1),
        }
    }

    /// Codes a symbol; `None` where a reader meets a rank that there is not.
    pub(super) fn code(&mut self, coder: &mut impl Coder, symbol: u32) -> Option<u16> {
        let rank = if index(symbol) < self.rank_of.len() { self.rank_of[index(symbol)] } else { 0 };
        let successor = u32::from(rank) + 1;
        let length = self.lengths.code(coder, 0, successor.ilog2());
        let rest = coder.among(1 << length, successor - (1 << successor.ilog2()))?;
        let rank = index((1 << length) + rest - 1);
        let symbol = *self.by_rank.get(rank)?;
        self.promote(symbol);
        Some(symbol)
    }

    /// Counts a symbol, and moves it to the front of those that came as often before.
    fn promote(&mut self, symbol: u16) {
        let times = self.times[usize::from(symbol)];
        if times == MOST_TIMES {
            return;
        }
        let rank = self.rank_of[usize::from(symbol)];
        let first = self.first_of[usize::from(times)];
        let displaced = self.by_rank[usize::from(first)];
        self.by_rank.swap(usize::from(first), usize::from(rank));
        self.rank_of[usize::from(displaced)] = rank;
        self.rank_of[usize::from(symbol)] = first;
        self.times[usize::from(symbol)] = times + 1;
        self.first_of[usize::from(times)] = first + 1;
    }
}
