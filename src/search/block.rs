//! Up to 65,536 texts laid out for searching.
//!
//! ```text
//! symbols     云 帆 照 明 END 星 海 电 器 厂 END …          two bytes a character
//! postings    照: 0 7 …   明: 0 3 …                        two bytes a character, but for those that stand nearly everywhere
//! pairs       for each pair of initials (y f, f z, z m) which texts have it side by side; five pairs share a bit
//! ```
//!
//! The pairs are for questions by sound alone, so they are written when the first of those is asked.

use std::sync::OnceLock;

use super::marks::Marks;
use super::symbols::{END, Symbol, Symbols};
use crate::number::{index, place};

/// One block.
#[derive(Default)]
pub(super) struct Block {
    /// Of each text its symbols and an [`END`]; more of these behind the last while texts are added.
    symbols: Vec<Symbol>,
    /// Where the symbols of the last text end.
    end: usize,
    /// Where each text begins.
    starts: Vec<u32>,
    /// Where the postings of each symbol begin, and one more.
    first_postings: Vec<u32>,
    /// Texts that hold the symbol, ascending; a text that holds it twice may stand twice.
    postings: Vec<u16>,
    /// Symbols that stand in so many texts that none is written down.
    dense: Vec<Symbol>,
    /// For each of [`PAIRS`] the texts that have it.
    pairs: OnceLock<Vec<Marks>>,
}

impl Block {
    /// The most texts of a block.
    pub(super) const MAX_TEXTS: usize = 1 << 16;
    /// Of more texts than this that share something, the lightest are left out.
    const MANY: usize = 256;

    /// How many texts it holds.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds a text as `symbols` reads it.
    pub(super) fn push(&mut self, text: &str, symbols: &mut Symbols) {
        self.starts.push(place(self.end));
        let room = self.end + text.len() + 1;
        if self.symbols.len() < room {
            self.symbols.resize(2 * room, END);
        }
        self.end += symbols.learn_text(text, &mut self.symbols[self.end..]) + 1;
    }

    /// The text at `text`.
    pub(super) fn text(&self, text: usize) -> &[Symbol] {
        let end = self.starts.get(text + 1).map_or(self.end, |start| index(*start));
        &self.symbols[index(self.starts[text])..end - 1]
    }

    /// Writes the postings, when all texts are there; there are so many symbols.
    #[cfg_attr(hongbang_small, inline(never))]
    pub(super) fn finish(&mut self, symbols: usize) {
        self.symbols.truncate(self.end);
        self.symbols.shrink_to_fit();
        let mut next = vec![0_u32; symbols + 1];
        // As slices: a build for size calls a function for each place of a vector.
        let counted = next.as_mut_slice();
        for symbol in self.symbols.as_slice() {
            counted[usize::from(*symbol)] += 1;
        }
        let most = place(self.len() / 4).max(16);
        let mut sum = 0;
        for (next, symbol) in next.iter_mut().zip(0..) {
            if *next > most || symbol == END {
                self.dense.push(symbol);
                *next = UNWRITTEN;
            } else {
                (*next, sum) = (sum, sum + *next);
            }
        }
        self.postings = vec![0; index(sum)];
        self.write(&mut next);
        // Each entry has moved on to where the next symbol begins.
        let mut end = 0;
        for next in &mut next {
            (*next, end) = (end, if *next == UNWRITTEN { end } else { *next });
        }
        self.first_postings = next;
    }

    fn write(&mut self, next: &mut [u32]) {
        let postings = self.postings.as_mut_slice();
        let mut text = 0_u16;
        for symbol in self.symbols.as_slice() {
            let next = &mut next[usize::from(*symbol)];
            if *next != UNWRITTEN {
                postings[index(*next)] = text;
                *next += 1;
            }
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

    /// The texts that hold one of `symbols`.
    pub(super) fn marked_any(&self, symbols: &[Symbol]) -> Marks {
        let mut marks = Marks::none(self.len());
        for symbol in symbols {
            let Some(texts) = self.texts_with(*symbol) else { return Marks::all(self.len()) };
            marks.mark_all(texts);
        }
        marks
    }

    /// The texts that share the most and the rarest of `symbols`, at least half of their weight; some dozens.
    pub(super) fn sharing(&self, symbols: &[Symbol]) -> Marks {
        let (mut sharing, weights, mut least) = self.weighed(symbols);
        let weight = |text: &u16| weights[usize::from(*text)];
        loop {
            sharing.retain(|text| weight(text) >= least);
            if sharing.len() <= Self::MANY || sharing.iter().all(|text| weight(text) == least) {
                break;
            }
            least += 1;
        }
        let mut marks = Marks::none(self.len());
        marks.mark_all(&sharing);
        marks
    }

    /// The texts that may share half of the weight of `symbols`, the weight of what each text shares, and the least that
    /// is more than half.
    fn weighed(&self, symbols: &[Symbol]) -> (Vec<u16>, Vec<u16>, u16) {
        let rarest = self.rarest_first(&singly(symbols));
        let mut left: u16 = rarest.iter().map(|(texts, _)| self.weight(*texts)).sum();
        let least = left / 2 + 1;
        let mut weights = vec![0_u16; self.len()];
        let mut sharing = Vec::new();
        for (texts, symbol) in rarest {
            let weight = self.weight(texts);
            // Texts with none of the symbols before can no longer weigh enough.
            let is_late = left < least;
            left -= weight;
            let mut before = None;
            let texts = self.texts_with(symbol[0]).unwrap_or_default();
            for text in texts.iter().filter(|text| before.replace(**text) != Some(**text)) {
                let sum = &mut weights[usize::from(*text)];
                if *sum == 0 {
                    if is_late {
                        continue;
                    }
                    sharing.push(*text);
                }
                *sum += weight;
            }
        }
        (sharing, weights, least)
    }

    /// What it weighs to hold a symbol that so many texts hold: a character in one text of a thousand tells five times
    /// as much as one in every second.
    fn weight(&self, texts: usize) -> u16 {
        u16::try_from((self.len() / texts.max(1)).max(1).ilog2() + 1).unwrap_or(1)
    }

    /// About how many texts hold a symbol of each of `sets`, the fewest first, each set once and those left out of which
    /// a symbol stands nearly everywhere, so that looking for it tells nothing.
    pub(super) fn rarest_first<'a>(&self, sets: &[&'a [Symbol]]) -> Vec<(usize, &'a [Symbol])> {
        let mut rarest: Vec<(usize, &[Symbol])> = Vec::new();
        for set in sets {
            let texts: usize = set.iter().map(|symbol| self.estimate(*symbol)).sum();
            let is_new = rarest.iter().all(|(_, known)| known != set);
            if is_new && texts < self.len() {
                let at = rarest.partition_point(|(fewer, _)| *fewer <= texts);
                rarest.insert(at, (texts, set));
            }
        }
        rarest
    }

    /// The texts that have all of these pairs, a bit for each of [`PAIRS`].
    pub(super) fn signed(&self, pairs: u128, initials: &Initials) -> Marks {
        let having = self.pairs.get_or_init(|| self.pairs(initials));
        let mut marks = Marks::all(self.len());
        let asked = having.iter().enumerate().filter(|(pair, _)| pairs >> pair & 1 == 1);
        asked.for_each(|(_, having)| marks.keep(having));
        marks
    }

    fn pairs(&self, initials: &Initials) -> Vec<Marks> {
        let mut pairs = vec![Marks::none(self.len()); PAIRS];
        let leads = initials.0.as_slice();
        for text in 0..self.len() {
            let mut before = 0;
            for symbol in self.text(text) {
                let lead = leads[usize::from(*symbol)];
                mark(before, lead, &mut pairs, text);
                before = lead;
            }
        }
        pairs
    }

    /// Bytes that it takes, the pairs included.
    pub(super) fn bytes(&self) -> usize {
        2 * (self.symbols.len() + self.postings.len() + self.dense.len())
            + 4 * (self.starts.len() + self.first_postings.len())
            + 8 * self.len().div_ceil(64) * PAIRS
    }
}

/// Each of `symbols` as a set of its own.
pub(super) fn singly(symbols: &[Symbol]) -> Vec<&[Symbol]> {
    symbols.iter().map(std::slice::from_ref).collect()
}

/// Where the postings of a symbol go that has none.
const UNWRITTEN: u32 = u32::MAX;

/// How many kinds of pairs are told apart.
pub(super) const PAIRS: usize = 128;

/// The initials with which each symbol may be read, a bit for each letter.
pub(super) struct Initials(Vec<u32>);

impl Initials {
    /// From the letters of each symbol.
    pub(super) const fn new(letters: Vec<u32>) -> Self {
        Self(letters)
    }

    /// The bit of a pair of letters, each 0 to 25.
    pub(super) fn pair_of(before: u8, letter: u8) -> u128 {
        1 << pair(u32::from(before), u32::from(letter))
    }
}

/// Marks `text` for all pairs of a letter of `first` and one of `second`.
fn mark(mut first: u32, second: u32, pairs: &mut [Marks], text: usize) {
    while first != 0 {
        let mut left = second;
        while left != 0 {
            pairs[index(pair(first.trailing_zeros(), left.trailing_zeros()))].mark(text);
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
    use crate::edition::Alphabet;

    fn block() -> Block {
        let mut block = Block::default();
        let mut symbols = Symbols::new(&Alphabet::default());
        // A digit has its value more than one as its symbol.
        for text in ["234", "33", "", "42"] {
            block.push(text, &mut symbols);
        }
        block.finish(symbols.len());
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
        let initials = Initials::new(vec![0, 0, 0, 1, 2, 4 | 1]);
        let signed = |pairs: u128| {
            let mut texts = Vec::new();
            block.signed(pairs, &initials).each(&mut |text| texts.push(text));
            texts
        };
        assert_eq!(signed(Initials::pair_of(0, 1)), [0], "a b");
        assert_eq!(signed(Initials::pair_of(1, 2)), [0], "b c, the second reading of symbol 5");
        assert_eq!(signed(Initials::pair_of(0, 1) | Initials::pair_of(1, 0)), [0]);
        assert_eq!(signed(Initials::pair_of(2, 0)), [3]);
    }

    #[test]
    fn what_stands_nearly_everywhere_has_no_postings() {
        let (mut block, mut symbols) = (Block::default(), Symbols::new(&Alphabet::default()));
        for _ in 0..100 {
            block.push("01", &mut symbols);
        }
        block.finish(symbols.len());
        assert_eq!((block.texts_with(1), block.estimate(1)), (None, 100));
    }
}
