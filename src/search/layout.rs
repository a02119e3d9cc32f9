//! All texts of an edition laid out for searching, and whose they are.

use std::sync::OnceLock;

use super::block::{Block, Initials};
use super::distinctive::{Distinctive, PairCounts};
use super::hit::Field;
use super::marks::Marks;
use super::matcher::Matcher;
use super::sounds::Sounds;
use super::symbols::{Symbol, Symbols, letter};
use crate::edition::{Alphabet, Edition};
use crate::number::{index, place};

/// The texts: the name of each firm in the edition's order, then former names and trade marks, firm by firm.
pub(super) struct Layout {
    pub(super) symbols: Symbols,
    pub(super) distinctive: Distinctive,
    blocks: Vec<Block>,
    /// Written when the first question by sound is asked, as is what sounds alike.
    initials: OnceLock<Initials>,
    sounds: OnceLock<Sounds>,
    firms: usize,
    /// Whose the texts behind the names are.
    others: Vec<(u32, Field)>,
    /// For each block its texts whose firm has more than one.
    linked: Vec<Marks>,
}

impl Layout {
    /// Lays out the names of `edition`.
    pub(super) fn new(edition: &Edition) -> Self {
        let firms = &edition.firms;
        let mut writer = Writer::new(Symbols::new(&edition.alphabet));
        firms.names.iter().for_each(|name| writer.push(name));
        let mut others = Vec::new();
        let columns = [(&firms.former_names, Field::FormerName), (&firms.trade_marks, Field::TradeMark)];
        for firm in 0..firms.len() {
            for (column, field) in columns {
                let texts = column.get(firm);
                if texts.is_empty() {
                    continue;
                }
                for text in texts.lines() {
                    writer.push(text);
                    others.push((place(firm), field));
                }
            }
        }
        let (symbols, distinctive, blocks) = writer.finish();
        let mut linked: Vec<Marks> = blocks.iter().map(|block| Marks::none(block.len())).collect();
        let mut link = |text: usize| linked[text / Block::MAX_TEXTS].mark(text % Block::MAX_TEXTS);
        for (other, (firm, _)) in others.iter().enumerate() {
            link(index(*firm));
            link(firms.len() + other);
        }
        let (initials, sounds) = (OnceLock::new(), OnceLock::new());
        Self { symbols, distinctive, blocks, initials, sounds, firms: firms.len(), others, linked }
    }

    /// What sounds as what, in the alphabet of the edition.
    pub(super) fn sounds(&self, alphabet: &Alphabet) -> &Sounds {
        self.sounds.get_or_init(|| Sounds::new(alphabet))
    }

    /// With what characters may begin, in the alphabet of the edition.
    pub(super) fn initials(&self, alphabet: &Alphabet) -> &Initials {
        // A place that no name holds is UNKNOWN, which no name holds either.
        self.initials.get_or_init(|| Initials::new(leads(alphabet, self.symbols.len())))
    }

    /// Whose the text is, and what.
    pub(super) fn owner(&self, text: usize) -> (usize, Field) {
        match text.checked_sub(self.firms) {
            None => (text, Field::Name),
            Some(other) => (index(self.others[other].0), self.others[other].1),
        }
    }

    /// The text as symbols.
    pub(super) fn text(&self, text: usize) -> &[Symbol] {
        self.blocks[text / Block::MAX_TEXTS].text(text % Block::MAX_TEXTS)
    }

    /// The text as it is printed.
    pub(super) fn printed<'a>(&self, edition: &'a Edition, text: usize) -> &'a str {
        let (firm, field) = self.owner(text);
        let firms = &edition.firms;
        if field == Field::Name {
            return firms.names.get(firm);
        }
        let line = text - self.others_of(firm).start;
        firms
            .former_names
            .get(firm)
            .lines()
            .chain(firms.trade_marks.get(firm).lines())
            .nth(line)
            .unwrap_or_default()
    }

    /// All texts of a firm.
    pub(super) fn texts_of(&self, firm: usize) -> impl Iterator<Item = usize> {
        std::iter::once(firm).chain(self.others_of(firm))
    }

    /// Each text that may hold all parts, in order, with the matcher that leaves the fewest: `visit(text, matcher)`.
    ///
    /// Where a firm has several texts, the others of its parts may stand in another of them.
    pub(super) fn each_text(&self, matchers: &[Matcher], visit: &mut dyn FnMut(usize, usize)) {
        for (at, block) in self.blocks.iter().enumerate() {
            let candidates = matchers.iter().map(|matcher| matcher.candidates(block, self));
            let mut candidates: Vec<Marks> = candidates.collect();
            let fewest = |at: &usize| if matchers.len() > 1 { candidates[*at].count() } else { 0 };
            let Some(leader) = (0..candidates.len()).min_by_key(fewest) else { return };
            let mut marks = candidates.swap_remove(leader);
            for mut others in candidates {
                others.unite(&self.linked[at]);
                marks.keep(&others);
            }
            marks.each(&mut |text| visit(at * Block::MAX_TEXTS + text, leader));
        }
    }

    /// Bytes that it takes, but for its tables of characters.
    pub(super) fn bytes(&self) -> usize {
        self.blocks.iter().map(Block::bytes).sum::<usize>() + 8 * self.others.len()
    }

    fn others_of(&self, firm: usize) -> std::ops::Range<usize> {
        let firm = place(firm);
        let from = self.others.partition_point(|(owner, _)| *owner < firm);
        let to = from + self.others[from..].partition_point(|(owner, _)| *owner == firm);
        self.firms + from..self.firms + to
    }
}

/// Lays out texts one by one.
struct Writer {
    symbols: Symbols,
    blocks: Vec<Block>,
    pairs: PairCounts,
    names: usize,
}

impl Writer {
    fn new(mut symbols: Symbols) -> Self {
        let markers =
            Distinctive::MARKERS.chars().filter_map(|marker| symbols.read_or_learn(marker)).collect();
        Self { symbols, blocks: vec![Block::default()], pairs: PairCounts::new(markers), names: 0 }
    }

    fn push(&mut self, text: &str) {
        if self.blocks.last().is_none_or(|block| block.len() == Block::MAX_TEXTS) {
            self.blocks.push(Block::default());
        }
        let block = self.blocks.last_mut().expect("one was pushed where there was none");
        block.push(text, &mut self.symbols);
        if self.names < PairCounts::ENOUGH {
            self.pairs.add(block.text(block.len() - 1));
            self.names += 1;
        }
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn finish(mut self) -> (Symbols, Distinctive, Vec<Block>) {
        self.blocks.iter_mut().for_each(|block| block.finish(self.symbols.len()));
        let places: Vec<Symbol> =
            Distinctive::PLACES.chars().filter_map(|own| self.symbols.read(own)).collect();
        (self.symbols, self.pairs.finish(&places), self.blocks)
    }
}

/// For each symbol the letters with which it may be read.
fn leads(alphabet: &Alphabet, symbols: usize) -> Vec<u32> {
    let initial = |reading: &u16| {
        let letter = alphabet.spellings().get(usize::from(*reading)).bytes().next();
        letter.map_or(0, |letter| 1_u32 << (letter.wrapping_sub(b'a') % 26))
    };
    let lead = |symbol: Symbol| match letter(symbol) {
        Some(letter) => 1 << letter,
        None => alphabet
            .readings(super::symbols::character(symbol))
            .iter()
            .fold(0, |bits, own| bits | initial(own)),
    };
    (0..).take(symbols).map(lead).collect()
}
