//! Up to 65,536 texts laid out for searching.
//!
//! ```text
//! symbols     云 帆 照 明 END 星 海 电 器 厂 END …          two bytes a character
//! postings    照: 0 7 …   明: 0 3 …                        two bytes a character, but for those that stand nearly everywhere
//! signatures  128 bits a text: one for each pair of initials (y f, f z, z m) that stand side by side in it
//! ```

use super::symbols::{END, Symbol};
use crate::number::{index, place};

/// One block.
#[derive(Default)]
pub(super) struct Block {
    symbols: Vec<Symbol>,
    /// Where each text begins, and one more.
    starts: Vec<u32>,
    /// Where the postings of each symbol begin, and one more.
    first_postings: Vec<u32>,
    /// Texts that hold the symbol, ascending; a text that holds it twice may stand twice.
    postings: Vec<u16>,
    /// Symbols that stand in so many texts that none is written down.
    dense: Vec<Symbol>,
    /// [`Initials::pair`] of all neighbours in each text.
    signatures: Vec<u128>,
}

impl Block {
    /// The most texts of a block.
    pub(super) const MAX_TEXTS: usize = 1 << 16;

    /// How many texts it holds.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds a text.
    pub(super) fn push(&mut self, text: impl Iterator<Item = Symbol>) {
        self.starts.push(place(self.symbols.len()));
        self.symbols.extend(text);
        self.symbols.push(END);
    }

    /// The text at `text`.
    pub(super) fn text(&self, text: usize) -> &[Symbol] {
        let end = self.starts.get(text + 1).map_or(self.symbols.len(), |start| index(*start));
        &self.symbols[index(self.starts[text])..end - 1]
    }

    /// Writes postings and signatures, when all texts are there.
    pub(super) fn finish(&mut self, initials: &Initials) {
        self.symbols.shrink_to_fit();
        let mut counts = vec![0_u32; initials.len() + 1];
        for symbol in &self.symbols {
            counts[usize::from(*symbol)] += 1;
        }
        let dense = place(self.len() / 4).max(16);
        let mut sum = 0;
        for (count, symbol) in counts.iter_mut().zip(0..) {
            if *count > dense {
                self.dense.push(symbol);
                *count = 0;
            }
            (sum, *count) = (sum + *count, sum);
        }
        self.postings = vec![0; index(sum)];
        self.write(&mut counts, initials);
        // Each entry has moved on to where the next symbol begins.
        counts.rotate_right(1);
        counts[0] = 0;
        self.first_postings = counts;
    }

    fn write(&mut self, next: &mut [u32], initials: &Initials) {
        let mut is_dense = vec![false; next.len()];
        for symbol in &self.dense {
            is_dense[usize::from(*symbol)] = true;
        }
        is_dense[usize::from(END)] = true;
        self.signatures.reserve_exact(self.starts.len());
        let (mut text, mut before, mut signature) = (0_u16, END, 0);
        for symbol in &self.symbols {
            let at = usize::from(*symbol);
            if !is_dense[at] {
                self.postings[index(next[at])] = text;
                next[at] += 1;
            }
            signature |= initials.pair(before, *symbol);
            before = *symbol;
            if *symbol == END {
                self.signatures.push(signature);
                signature = 0;
                text = text.wrapping_add(1);
            }
        }
    }

    /// The texts that hold `symbol`, or `None` where nearly all do.
    pub(super) fn texts_with(&self, symbol: Symbol) -> Option<&[u16]> {
        if self.dense.contains(&symbol) {
            return None;
        }
        let bound = |at: usize| self.first_postings.get(at).map(|first| index(*first));
        let at = usize::from(symbol);
        match (bound(at), bound(at + 1)) {
            (Some(from), Some(to)) => Some(&self.postings[from..to]),
            _ => Some(&[]),
        }
    }

    /// About how many texts hold `symbol`.
    pub(super) fn estimate(&self, symbol: Symbol) -> usize {
        self.texts_with(symbol).map_or(self.len(), <[u16]>::len)
    }

    /// The texts that share the most and the rarest of `symbols`, at least half of their weight; some dozens.
    pub(super) fn texts_sharing(&self, symbols: &[Symbol]) -> Vec<u16> {
        let mut weights = vec![0_u16; self.len()];
        let mut total = 0;
        for (at, symbol) in symbols.iter().enumerate() {
            let Some(texts) = self.texts_with(*symbol).filter(|_| !symbols[..at].contains(symbol)) else {
                continue;
            };
            // A character in one text of a thousand tells ten times as much as one in every second.
            let weight = u16::try_from((self.len() / texts.len().max(1)).max(1).ilog2() + 1).unwrap_or(1);
            total += weight;
            let mut before = None;
            for text in texts.iter().filter(|text| before.replace(**text) != Some(**text)) {
                weights[usize::from(*text)] += weight;
            }
        }
        let least = cut(&weights, total / 2 + 1);
        let texts = weights.iter().zip(0..=u16::MAX);
        texts.filter(|(weight, _)| **weight >= least).map(|(_, text)| text).collect()
    }

    /// The texts whose signature holds all bits of one of `wanted`.
    pub(super) fn texts_signed(&self, wanted: &[u128], each: impl FnMut(usize)) {
        (0..self.len()).filter(|text| self.is_signed(*text, wanted)).for_each(each);
    }

    /// Whether the signature of `text` holds all bits of one of `wanted`.
    pub(super) fn is_signed(&self, text: usize, wanted: &[u128]) -> bool {
        let signature = self.signatures[text];
        wanted.iter().any(|wanted| signature & wanted == *wanted)
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        2 * (self.symbols.len() + self.postings.len() + self.dense.len())
            + 4 * (self.starts.len() + self.first_postings.len())
            + 16 * self.signatures.len()
    }
}

/// The least weight, `least` or more, that not too many texts have.
fn cut(weights: &[u16], least: u16) -> u16 {
    const MANY: usize = 256;
    let heaviest = weights.iter().copied().max().unwrap_or(0);
    let heavier = |than: &u16| weights.iter().filter(|weight| **weight >= *than).count() <= MANY;
    (least..heaviest).find(heavier).unwrap_or(heaviest.max(least))
}

/// The initials with which each symbol may be read, ready for signatures.
pub(super) struct Initials {
    /// A bit for each letter.
    leads: Vec<u32>,
    /// The bits that the second of a pair gives, to be turned by the first.
    seconds: Vec<u128>,
}

impl Initials {
    /// From the letters of each symbol, a bit for each.
    pub(super) fn new(leads: Vec<u32>) -> Self {
        let seconds =
            leads.iter().map(|leads| letters(*leads).fold(0, |bits, letter| bits | second(letter))).collect();
        Self { leads, seconds }
    }

    fn len(&self) -> usize {
        self.leads.len()
    }

    fn pair(&self, before: Symbol, symbol: Symbol) -> u128 {
        let (leads, seconds) = (self.leads[usize::from(before)], self.seconds[usize::from(symbol)]);
        if leads & leads.wrapping_sub(1) == 0 {
            // One reading, as most have, or none.
            return if leads == 0 { 0 } else { turned(seconds, leads.trailing_zeros()) };
        }
        letters(leads).fold(0, |bits, letter| bits | turned(seconds, letter))
    }

    /// The bit of a pair of letters, each 0 to 25.
    pub(super) fn pair_of(before: u8, letter: u8) -> u128 {
        turned(second(u32::from(letter)), u32::from(before))
    }
}

/// The letters of a set, each once.
fn letters(mut leads: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let letter = (leads != 0).then(|| leads.trailing_zeros())?;
        leads &= leads - 1;
        Some(letter)
    })
}

fn second(letter: u32) -> u128 {
    1 << letter
}

fn turned(bits: u128, first: u32) -> u128 {
    bits.rotate_left(first * 26 % 128)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Block {
        let mut block = Block::default();
        for text in [&[3, 4, 5][..], &[4, 4], &[], &[5, 3]] {
            block.push(text.iter().copied());
        }
        block.finish(&Initials::new(vec![0, 0, 0, 1, 2, 4 | 1]));
        block
    }

    #[test]
    fn texts_come_back_and_are_found_by_their_symbols() {
        let block = block();
        assert_eq!(
            (block.len(), block.text(0), block.text(2), block.text(3)),
            (4, &[3, 4, 5][..], &[][..], &[5, 3][..])
        );
        assert_eq!(block.texts_with(3), Some(&[0, 3][..]));
        assert_eq!(block.texts_with(4), Some(&[0, 1, 1][..]));
        assert_eq!(block.texts_with(9), Some(&[][..]));
    }

    #[test]
    fn a_signature_holds_every_pair_of_readings() {
        let block = block();
        let signed = |wanted: &[u128]| {
            let mut texts = Vec::new();
            block.texts_signed(wanted, |text| texts.push(text));
            texts
        };
        assert_eq!(signed(&[Initials::pair_of(0, 1)]), [0], "a b");
        assert_eq!(signed(&[Initials::pair_of(1, 2)]), [0], "b c, the second reading of symbol 5");
        assert_eq!(signed(&[Initials::pair_of(2, 0), Initials::pair_of(1, 1)]), [1, 3]);
    }

    #[test]
    fn what_stands_nearly_everywhere_has_no_postings() {
        let mut block = Block::default();
        for _ in 0..100 {
            block.push([1, 2].into_iter());
        }
        block.finish(&Initials::new(vec![0; 3]));
        assert_eq!((block.texts_with(1), block.estimate(1)), (None, 100));
    }
}
