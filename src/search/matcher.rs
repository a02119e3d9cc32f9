//! One way of finding a part in a text, and which texts are worth a look.

use std::ops::Range;

use super::block::Block;
use super::near::Near;
use super::part::Part;
use super::spelled::{Spelled, Spelling};
use super::symbols::{Symbol, UNKNOWN};

/// How a part is looked for.
pub(super) enum Matcher<'a> {
    /// As it is.
    Literal(&'a Part),
    /// With slips that together weigh so much at the most.
    Near(Near<'a>, &'a Part, Slips),
    /// By sound.
    Spelled(Box<Spelled<'a>>, Reach),
}

/// Which spellings are tried: one syllable may be one character (`xian`: 县) or several (西安).
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Reach {
    /// One character for all letters.
    Alone,
    /// One or several.
    Any,
    /// Several characters.
    Several,
}

/// How far a part may be from a text.
#[derive(Clone, Copy)]
pub(super) struct Slips {
    /// How many slips.
    pub(super) count: usize,
    /// What they weigh together.
    pub(super) weight: u8,
}

/// Where and how well a part stands in a text.
pub(super) struct Match {
    /// 0 as it is or by whole readings, then what is less sure.
    pub(super) loss: u8,
    /// From its first to its last character.
    pub(super) span: Range<usize>,
    /// Its characters, where they are not the whole span.
    pub(super) places: Option<Vec<usize>>,
}

impl Matcher<'_> {
    /// Where the part stands in `text`, best at `own`.
    pub(super) fn find(&self, text: &[Symbol], own: impl FnOnce() -> usize) -> Option<Match> {
        match self {
            Self::Literal(part) => {
                part.stands_in(text, own).map(|span| Match { loss: 0, span, places: None })
            }
            Self::Near(near, _, slips) => {
                let alignment = near.stands_in(text)?;
                let span = *alignment.matched.first()?..alignment.matched.last()? + 1;
                (alignment.weight <= slips.weight).then_some(Match {
                    loss: alignment.weight,
                    span,
                    places: Some(alignment.matched),
                })
            }
            Self::Spelled(spelled, _) => spelled.stands_in(text, own).map(|(spelling, span)| Match {
                loss: u8::from(spelling == Spelling::Initials),
                span,
                places: None,
            }),
        }
    }

    /// Which texts of `block` may hold the part.
    pub(super) fn source<'b>(&self, block: &'b Block) -> Source<'b> {
        match self {
            Self::Literal(part) if part.strangers() > 0 => Source::default(),
            Self::Literal(part) => rarest(block, &part.symbols, 1),
            Self::Near(_, part, slips) if slips.count > 1 => {
                Source { shared: block.texts_sharing(&part.symbols), ..Source::default() }
            }
            // Each slip spoils one symbol at the most, and those that no name has are slips already.
            Self::Near(_, part, slips) => match (slips.count + 1).checked_sub(part.strangers()) {
                Some(count @ 1..) => rarest(block, &part.symbols, count),
                _ => Source::default(),
            },
            Self::Spelled(spelled, reach) => {
                let candidates = spelled.candidates();
                if !candidates.holding.is_empty() {
                    let filter = candidates.pairs.clone();
                    return Source { filter, ..rarest(block, &candidates.holding, 1) };
                }
                let mut source = Source::default();
                if *reach != Reach::Several {
                    candidates.alone.iter().for_each(|symbol| source.add(block, *symbol));
                }
                if *reach != Reach::Alone {
                    source.signed.clone_from(&candidates.pairs);
                }
                source
            }
        }
    }
}

/// Texts of a block that are worth a look: the union of all of these.
#[derive(Default)]
pub(super) struct Source<'a> {
    /// All of them.
    is_all: bool,
    /// Those of these postings.
    postings: Vec<&'a [u16]>,
    /// These.
    shared: Vec<u16>,
    /// Those with one of these signatures.
    signed: Vec<u128>,
    /// Of all these, only those with one of these signatures, where there are any.
    filter: Vec<u128>,
}

impl<'a> Source<'a> {
    fn add(&mut self, block: &'a Block, symbol: Symbol) {
        match block.texts_with(symbol) {
            Some(texts) => self.postings.push(texts),
            None => self.is_all = true,
        }
    }

    /// About how many they are.
    pub(super) fn estimate(&self, block: &Block) -> usize {
        if self.is_all {
            return block.len();
        }
        // One pair of initials stands in every sixth name or so; nobody asks for one often.
        let signed = if self.signed.is_empty() { 0 } else { block.len() / 8 };
        self.postings.iter().map(|texts| texts.len()).sum::<usize>() + self.shared.len() + signed
    }

    /// Each of them once, in order.
    pub(super) fn each(&self, block: &Block, visit: &mut dyn FnMut(usize)) {
        if self.is_all {
            return (0..block.len()).for_each(visit);
        }
        let mut marked = vec![0_u64; block.len().div_ceil(64)];
        let mut mark = |text: usize| marked[text / 64] |= 1 << (text % 64);
        for texts in self.postings.iter().copied().chain([self.shared.as_slice()]) {
            for text in texts {
                mark(usize::from(*text));
            }
        }
        if !self.signed.is_empty() {
            block.texts_signed(&self.signed, mark);
        }
        for (word, base) in marked.into_iter().zip((0..).step_by(64)) {
            let mut rest = word;
            while rest != 0 {
                let text = base + usize::try_from(rest.trailing_zeros()).expect("below 64");
                if self.filter.is_empty() || block.is_signed(text, &self.filter) {
                    visit(text);
                }
                rest &= rest - 1;
            }
        }
    }
}

/// The texts that hold one of the `count` rarest of `symbols`.
fn rarest<'a>(block: &'a Block, symbols: &[Symbol], count: usize) -> Source<'a> {
    let mut source = Source::default();
    let mut taken = vec![UNKNOWN];
    for _ in 0..count {
        let left = symbols.iter().filter(|symbol| !taken.contains(symbol));
        let Some(rarest) = left.min_by_key(|symbol| block.estimate(**symbol)) else { break };
        source.add(block, *rarest);
        taken.push(*rarest);
    }
    source
}
