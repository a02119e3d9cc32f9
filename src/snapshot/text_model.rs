//! The model of texts: which symbol comes next.
//!
//! For the three, two and one symbols before, it remembers the last followers. Is it the likeliest of them? If not,
//! any other of them, and which? If none, the symbol is told by how often it came in texts of its kind.

use super::coder::{Bit, Coder};
use super::followers::Followers;
use super::ranks::Ranks;
use crate::number::index;

/// Codes texts as symbols: 0 ends a text, the others are characters by their place in the alphabet, counted from 1,
/// and behind them the tokens.
pub(super) struct TextModel {
    /// What followed, as [`Followers`]: a part of `1 << memory_bits` for each order, by how many symbols before less one,
    /// and in it by their hash.
    memories: Vec<u64>,
    memory_bits: u32,
    likeliest: Vec<Bit>,
    any_other: Vec<Bit>,
    others: [Bit; MOST_FORETOLD * MOST_FORETOLD],
    spelling: [Ranks; Kind::COUNT],
}

/// The symbols before the next one, the latest first; where the text begins there stand marks instead.
pub(super) struct Before {
    kind: Kind,
    symbols: [u32; ORDERS],
}

/// Which column a text belongs to.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A bulletin's short name and address.
    Address,
    /// A former name.
    FormerName,
    /// A bulletin's body and title.
    Heading,
    /// A trade mark, a label or a GS1 prefix.
    Mark,
    /// A firm's name.
    Name,
    /// Of the policy.
    Policy,
    /// A product class or a list of failed items.
    Term,
}

/// How many symbols before are looked at.
const ORDERS: usize = 3;
/// The most symbols that can be foretold at once.
const MOST_FORETOLD: usize = ORDERS * Followers::MOST;

impl Kind {
    const COUNT: usize = 7;

    const fn number(self) -> u32 {
        match self {
            Self::Address => 0,
            Self::FormerName => 1,
            Self::Heading => 2,
            Self::Mark => 3,
            Self::Name => 4,
            Self::Policy => 5,
            Self::Term => 6,
        }
    }
}

impl Before {
    /// The start of a text. `hint`, below 2²⁰, stands for what is known to go with its first symbols.
    pub(super) fn start(kind: Kind, hint: u32) -> Self {
        let mark = 0x0020_0000 + kind.number();
        Self { kind, symbols: [0x0010_0000 + hint, mark, mark] }
    }

    /// Moves on.
    pub(super) fn then(&mut self, symbol: u32) {
        self.symbols = [symbol, self.symbols[0], self.symbols[1]];
    }
}

impl TextModel {
    /// A model for so many symbols.
    pub(super) fn new(symbols: u16, memory_bits: u32) -> Self {
        Self {
            memories: vec![0; ORDERS << memory_bits],
            memory_bits,
            likeliest: vec![Bit::NEW; ORDERS * 8 * 4],
            any_other: vec![Bit::NEW; ORDERS * 8 * (MOST_FORETOLD + 1)],
            others: [Bit::NEW; MOST_FORETOLD * MOST_FORETOLD],
            spelling: std::array::from_fn(|_| Ranks::new(symbols)),
        }
    }

    /// Codes the next symbol and moves on; `None` where a reader meets one that no writer tells so.
    #[cfg_attr(hongbang_small, optimize(speed))]
    pub(super) fn symbol(&mut self, coder: &mut impl Coder, before: &mut Before, symbol: u32) -> Option<u32> {
        let places = self.places(before);
        let known = places.map(|place| Followers(self.memories[place]));
        let found = match self.likeliest(coder, known, symbol) {
            Some(found) => found,
            None => self.less_likely(coder, known, before.kind, symbol)?,
        };
        for (place, known) in places.into_iter().zip(known) {
            self.memories[place] = known.then(found).0;
        }
        before.then(found);
        Some(found)
    }

    /// Where the memory of each order lies: a multiplicative hash of the symbols before. Those of one symbol have a
    /// quarter of the places.
    #[inline]
    fn places(&self, before: &Before) -> [usize; ORDERS] {
        let mut hash = 0u32;
        std::array::from_fn(|order| {
            hash = (hash ^ before.symbols[order]).wrapping_mul(0x9E37_79B1);
            hash ^= hash >> 15;
            let bits = if order == 0 { self.memory_bits - 2 } else { self.memory_bits };
            order << self.memory_bits | index(hash.wrapping_mul(0x85EB_CA6B) >> (32 - bits))
        })
    }

    /// Asks for the last follower that the longest order remembers.
    #[inline]
    fn likeliest(&mut self, coder: &mut impl Coder, known: [Followers; ORDERS], symbol: u32) -> Option<u32> {
        let (order, followers) = longest(known)?;
        let context = (order * 8 + followers.right()) * 4 + followers.len();
        let is_it = coder.bit(&mut self.likeliest[context], followers.latest() == symbol);
        is_it.then_some(followers.latest())
    }

    /// Asks whether any other symbol that is remembered comes, and for each; or spells the symbol.
    #[cfg_attr(hongbang_small, optimize(speed))]
    #[inline(never)]
    fn less_likely(
        &mut self,
        coder: &mut impl Coder,
        known: [Followers; ORDERS],
        kind: Kind,
        symbol: u32,
    ) -> Option<u32> {
        if let Some((order, followers)) = longest(known)
            && let Some(other) = self.other(coder, known, order * 8 + followers.right(), symbol)
        {
            return Some(other);
        }
        let spelt = u32::from(self.spelling[index(kind.number())].code(coder, symbol)?);
        if is_foretold(known, spelt) { None } else { Some(spelt) }
    }

    /// One of those behind the likeliest, which it is not, if it is one; the last needs no asking.
    #[inline]
    fn other(
        &mut self,
        coder: &mut impl Coder,
        known: [Followers; ORDERS],
        context: usize,
        symbol: u32,
    ) -> Option<u32> {
        let (foretold, count) = foretold(known);
        let (last, others) = foretold[..count].get(1..)?.split_last()?;
        let any_other = &mut self.any_other[context * (MOST_FORETOLD + 1) + count];
        if !coder.bit(any_other, is_foretold(known, symbol)) {
            return None;
        }
        let models = &mut self.others[(count - 1) * MOST_FORETOLD..];
        for (other, model) in others.iter().zip(models) {
            if coder.bit(model, *other == symbol) {
                return Some(*other);
            }
        }
        Some(*last)
    }
}

/// The longest order that remembers anything, and what it remembers.
#[inline]
fn longest(known: [Followers; ORDERS]) -> Option<(usize, Followers)> {
    known.into_iter().enumerate().rev().find(|(_, followers)| followers.len() > 0)
}

/// The symbols that memory foretells, the likeliest first and none twice, and how many they are.
#[inline]
fn foretold(known: [Followers; ORDERS]) -> ([u32; MOST_FORETOLD], usize) {
    let (mut symbols, mut count) = ([0; MOST_FORETOLD], 0);
    for (order, followers) in known.into_iter().enumerate().rev() {
        for follower in followers.each() {
            if !known[order + 1..].iter().any(|longer| longer.has(follower)) {
                symbols[count] = follower;
                count += 1;
            }
        }
    }
    (symbols, count)
}

/// Whether memory foretells a symbol.
#[inline]
fn is_foretold(known: [Followers; ORDERS], symbol: u32) -> bool {
    known.into_iter().any(|followers| followers.has(symbol))
}
