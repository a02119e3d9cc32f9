//! Up to 65,536 texts laid out for searching.
//!
//! ```text
//! symbols     云 帆 照 明 END 星 海 电 器 厂 END …          two bytes a character
//! postings    照: 0 7 …   明: 0 3 …                        two bytes a character, but for those that stand nearly everywhere
//! pairs       for each pair of initials (y f, f z, z m) which texts have it side by side; five pairs share a bit
//! ```

use super::marks::Marks;
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
    /// For each 64 texts a word for each of [`PAIRS`], a bit a text, so that those with a pair are a column.
    pairs: Vec<u64>,
}

impl Block {
    /// The most texts of a block.
    pub(super) const MAX_TEXTS: usize = 1 << 16;

    /// How many texts it holds.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds a text, which `write` puts to the end of the symbols.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut Vec<Symbol>)) {
        self.starts.push(place(self.symbols.len()));
        write(&mut self.symbols);
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
        let counted = counts.as_mut_slice();
        for symbol in self.symbols.as_slice() {
            counted[usize::from(*symbol)] += 1;
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
        self.pairs = vec![0; self.starts.len().div_ceil(64) * PAIRS];
        // As slices: a build for size calls a function for each place of a vector.
        let (postings, pairs) = (self.postings.as_mut_slice(), self.pairs.as_mut_slice());
        let (is_dense, leads) = (is_dense.as_slice(), initials.0.as_slice());
        let (mut text, mut before) = (0_u16, 0);
        for symbol in self.symbols.as_slice() {
            let at = usize::from(*symbol);
            if !is_dense[at] {
                postings[index(next[at])] = text;
                next[at] += 1;
            }
            let words = usize::from(text / 64) * PAIRS;
            let lead = leads[at];
            mark(before, lead, &mut pairs[words..words + PAIRS], 1 << (text % 64));
            before = lead;
            text = text.wrapping_add(u16::from(*symbol == END));
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

    /// The texts that hold `symbol`.
    pub(super) fn marked(&self, symbol: Symbol) -> Marks {
        self.marked_any(&[symbol])
    }

    /// The texts that hold one of `symbols`.
    pub(super) fn marked_any(&self, symbols: &[Symbol]) -> Marks {
        let mut marks = Marks::none(self.len());
        for symbol in symbols {
            let Some(texts) = self.texts_with(*symbol) else { return Marks::all(self.len()) };
            for text in texts {
                marks.mark(usize::from(*text));
            }
        }
        marks
    }

    /// The texts that share the most and the rarest of `symbols`, at least half of their weight; some dozens.
    pub(super) fn sharing(&self, symbols: &[Symbol]) -> Marks {
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
        let mut marks = Marks::none(self.len());
        let heavy = weights.iter().enumerate().filter(|(_, weight)| **weight >= least);
        heavy.for_each(|(text, _)| marks.mark(text));
        marks
    }

    /// The texts that have all of these pairs, a bit for each of [`PAIRS`].
    pub(super) fn signed(&self, pairs: u128) -> Marks {
        let pairs: Vec<usize> = (0..PAIRS).filter(|pair| pairs >> pair & 1 == 1).collect();
        let words = self.pairs.as_slice();
        Marks::of_words(self.len(), |word| {
            pairs.iter().fold(u64::MAX, |texts, pair| texts & words[word * PAIRS + pair])
        })
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        2 * (self.symbols.len() + self.postings.len() + self.dense.len())
            + 4 * (self.starts.len() + self.first_postings.len())
            + 8 * self.pairs.len()
    }
}

/// The least weight, `least` or more, that not too many texts have.
fn cut(weights: &[u16], least: u16) -> u16 {
    const MANY: u32 = 256;
    let heaviest = weights.iter().copied().max().unwrap_or(0).max(least);
    let mut texts = vec![0_u32; usize::from(heaviest) + 1];
    let counted = texts.as_mut_slice();
    for weight in weights {
        counted[usize::from(*weight)] += 1;
    }
    let mut all = 0;
    let is_too_many = |weight: &u16| {
        all += texts[usize::from(*weight)];
        all > MANY && *weight < heaviest
    };
    (least..=heaviest).rev().find(is_too_many).map_or(least, |weight| weight + 1)
}

/// How many kinds of pairs are told apart.
pub(super) const PAIRS: usize = 128;

/// The initials with which each symbol may be read, a bit for each letter.
pub(super) struct Initials(Vec<u32>);

impl Initials {
    /// From the letters of each symbol.
    pub(super) const fn new(letters: Vec<u32>) -> Self {
        Self(letters)
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// The bit of a pair of letters, each 0 to 25.
    pub(super) fn pair_of(before: u8, letter: u8) -> u128 {
        1 << pair(u32::from(before), u32::from(letter))
    }
}

/// Puts `bit` to the words of all pairs of a letter of `first` and one of `second`.
fn mark(mut first: u32, second: u32, words: &mut [u64], bit: u64) {
    while first != 0 {
        let mut left = second;
        while left != 0 {
            words[index(pair(first.trailing_zeros(), left.trailing_zeros()))] |= bit;
            left &= left - 1;
        }
        first &= first - 1;
    }
}

fn pair(first: u32, second: u32) -> u32 {
    (first * 26 + second) % 128
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block() -> Block {
        let mut block = Block::default();
        for text in [&[3, 4, 5][..], &[4, 4], &[], &[5, 3]] {
            block.push(|symbols| symbols.extend(text));
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
        let signed = |pairs: u128| {
            let mut texts = Vec::new();
            block.signed(pairs).each(&mut |text| texts.push(text));
            texts
        };
        assert_eq!(signed(Initials::pair_of(0, 1)), [0], "a b");
        assert_eq!(signed(Initials::pair_of(1, 2)), [0], "b c, the second reading of symbol 5");
        assert_eq!(signed(Initials::pair_of(0, 1) | Initials::pair_of(1, 0)), [0]);
        assert_eq!(signed(Initials::pair_of(2, 0)), [3]);
    }

    #[test]
    fn what_stands_nearly_everywhere_has_no_postings() {
        let mut block = Block::default();
        for _ in 0..100 {
            block.push(|symbols| symbols.extend([1, 2]));
        }
        block.finish(&Initials::new(vec![0; 3]));
        assert_eq!((block.texts_with(1), block.estimate(1)), (None, 100));
    }
}
