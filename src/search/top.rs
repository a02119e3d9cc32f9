//! The best hits so far.

use super::hit::Field;

/// How well a text fits; smaller is better, compared from the first part to the last.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Rank {
    /// How it was found: as it is, by sound, with slips.
    pub(super) loss: u8,
    /// Where the match stands.
    pub(super) place: Place,
    pub(super) field: Field,
    /// 0 for the longest tier, one more for each shorter; the most for none.
    pub(super) tier: u8,
    /// Characters of the text: of two that fit, the shorter holds less that was not asked for.
    pub(super) length: u32,
    pub(super) firm: u32,
    /// Which text; of a code, the firm again.
    pub(super) text: u32,
    /// Which attempt found it.
    pub(super) attempt: u8,
}

/// Where in a text a match stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Place {
    /// It is the whole text.
    Whole,
    /// It holds all of the own part, and nothing before it that is not asked for.
    Own,
    /// It begins with the own part or in the place before it.
    OwnBeginning,
    /// Anywhere else.
    Within,
}

/// The best ranks, one a firm, up to a limit.
pub(super) struct Top {
    ranks: Vec<Rank>,
    limit: usize,
    /// A bit for each firm that was offered.
    seen: Vec<u64>,
}

impl Top {
    pub(super) fn new(limit: usize, firms: usize) -> Self {
        Self { ranks: Vec::new(), limit, seen: vec![0; firms.div_ceil(64)] }
    }

    pub(super) fn len(&self) -> usize {
        self.ranks.len()
    }

    pub(super) fn is_full(&self) -> bool {
        self.ranks.len() >= self.limit
    }

    /// Whether a firm was offered before.
    pub(super) fn has_seen(&self, firm: usize) -> bool {
        self.seen[firm / 64] >> (firm % 64) & 1 == 1
    }

    /// Takes a rank if it is among the best; of one firm only the best.
    pub(super) fn offer(&mut self, rank: Rank, firm: usize) {
        if self.has_seen(firm) {
            match self.ranks.iter().position(|known| known.firm == rank.firm) {
                Some(known) if rank < self.ranks[known] => self.ranks.remove(known),
                _ => return,
            };
        }
        self.seen[firm / 64] |= 1 << (firm % 64);
        if self.is_full() && self.ranks.last().is_none_or(|worst| rank > *worst) {
            return;
        }
        let at = self.ranks.partition_point(|known| *known < rank);
        self.ranks.insert(at, rank);
        self.ranks.truncate(self.limit);
    }

    /// The ranks, best first.
    pub(super) fn into_ranks(self) -> Vec<Rank> {
        self.ranks
    }
}
