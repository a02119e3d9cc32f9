//! The model of texts: which character comes next.
//!
//! For the three, two and one characters before, it remembers the last followers and asks for each of them in turn
//! "is it this one?"; a character that none of them foretells is spelt bit by bit.

use super::coder::{Bit, Coder};
use super::models::Choice;
use crate::number::index;

/// Codes texts as symbols: 0 ends a text, the others are places in the alphabet, counted from 1.
pub(super) struct TextModel {
    memory_bits: u32,
    /// What followed, by how many characters before less one, and by their hash.
    memories: [Vec<Memory>; ORDERS],
    foretold: Vec<Bit>,
    spelling: Choice,
}

/// What followed some characters, the latest first.
#[derive(Clone, Copy, Default)]
struct Memory {
    followers: [u16; FOLLOWERS],
    count: u8,
    /// How often the first of them was right of late.
    right: u8,
}

/// The symbols before the next one, the latest first; where the text begins there stand marks instead.
pub(super) struct Before {
    kind: Kind,
    symbols: [u32; ORDERS],
}

/// Which column a text belongs to.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Of the policy.
    Policy,
    /// A bulletin's body and title.
    Heading,
    /// A bulletin's short name and address.
    Address,
    /// A product class or a list of failed items.
    Term,
    /// A firm's name.
    Name,
    /// A former name.
    FormerName,
    /// A trade mark or a label.
    Mark,
    /// A GS1 prefix.
    Digits,
}

/// How many characters before are looked at.
const ORDERS: usize = 3;
/// How many followers are remembered.
const FOLLOWERS: usize = 3;
/// How far `right` counts.
const MOST_RIGHT: u8 = 7;
/// Contexts of `foretold`: order, rank, right, number of followers asked for in vain, number remembered.
const FORETOLD: usize = ORDERS * FOLLOWERS * 8 * 8 * 4;

impl Kind {
    const COUNT: usize = 8;

    const fn number(self) -> u32 {
        match self {
            Self::Policy => 0,
            Self::Heading => 1,
            Self::Address => 2,
            Self::Term => 3,
            Self::Name => 4,
            Self::FormerName => 5,
            Self::Mark => 6,
            Self::Digits => 7,
        }
    }
}

impl Before {
    /// The start of a text. `hint`, below 2²⁰, stands for what is known to go with its first characters.
    pub(super) fn start(kind: Kind, hint: u32) -> Self {
        let mark = 0x0020_0000 + kind.number();
        Self { kind, symbols: [0x0010_0000 + hint, mark, mark] }
    }

    fn then(&mut self, symbol: u32) {
        self.symbols = [symbol, self.symbols[0], self.symbols[1]];
    }
}

impl TextModel {
    /// A model for an alphabet of so many characters, below 2¹⁶.
    pub(super) fn new(alphabet: u32, memory_bits: u32) -> Self {
        let width = u32::BITS - alphabet.leading_zeros();
        Self {
            memory_bits,
            memories: std::array::from_fn(|_| vec![Memory::default(); 1 << memory_bits]),
            foretold: vec![Bit::NEW; FORETOLD],
            spelling: Choice::new(width, Kind::COUNT),
        }
    }

    /// Codes the next symbol and moves on; `None` where a reader meets one that was asked for and denied before.
    pub(super) fn symbol(&mut self, coder: &mut impl Coder, before: &mut Before, symbol: u32) -> Option<u32> {
        let places = self.places(before);
        let mut asked = Asked { followers: [0; ORDERS * FOLLOWERS], count: 0 };
        let symbol = match self.foretell(coder, places, symbol, &mut asked) {
            Some(symbol) => symbol,
            None => self.spelling.code(coder, index(before.kind.number()), symbol),
        };
        let follower = u16::try_from(symbol).expect("the alphabet is smaller than 2^16");
        if asked.contains(follower) {
            return None;
        }
        for (memories, place) in self.memories.iter_mut().zip(places) {
            memories[place].learn(follower);
        }
        before.then(symbol);
        Some(symbol)
    }

    /// Where the memory of each order lies: a multiplicative hash of the symbols before.
    fn places(&self, before: &Before) -> [usize; ORDERS] {
        let mut hash = 0u32;
        before.symbols.map(|symbol| {
            hash = (hash ^ symbol).wrapping_mul(0x9E37_79B1);
            hash ^= hash >> 15;
            index(hash.wrapping_mul(0x85EB_CA6B) >> (32 - self.memory_bits))
        })
    }

    /// Asks for each follower remembered, the longest order first and none twice.
    fn foretell(
        &mut self,
        coder: &mut impl Coder,
        places: [usize; ORDERS],
        symbol: u32,
        asked: &mut Asked,
    ) -> Option<u32> {
        for order in (0..ORDERS).rev() {
            let memory = self.memories[order][places[order]];
            let count = usize::from(memory.count);
            for (rank, follower) in memory.followers[..count].iter().enumerate() {
                if asked.contains(*follower) {
                    continue;
                }
                let context = (order * FOLLOWERS + rank) * 8 + usize::from(memory.right);
                let context = (context * 8 + asked.count.min(7)) * 4 + count;
                let foretold = u32::from(*follower);
                if coder.bit(&mut self.foretold[context], foretold == symbol) {
                    return Some(foretold);
                }
                asked.push(*follower);
            }
        }
        None
    }
}

/// The followers that were asked for in vain.
struct Asked {
    followers: [u16; ORDERS * FOLLOWERS],
    count: usize,
}

impl Asked {
    fn contains(&self, follower: u16) -> bool {
        self.followers[..self.count].contains(&follower)
    }

    fn push(&mut self, follower: u16) {
        self.followers[self.count] = follower;
        self.count += 1;
    }
}

impl Memory {
    /// Moves what followed to the front.
    fn learn(&mut self, follower: u16) {
        let count = usize::from(self.count);
        let known = self.followers[..count].iter().position(|known| *known == follower);
        if known == Some(0) {
            self.right = (self.right + 1).min(MOST_RIGHT);
            return;
        }
        self.right /= 2;
        if known.is_none() && count < FOLLOWERS {
            self.count += 1;
        }
        let place = known.unwrap_or(count.min(FOLLOWERS - 1));
        self.followers.copy_within(0..place, 1);
        self.followers[0] = follower;
    }
}
