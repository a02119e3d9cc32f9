//! One way of finding a part in a text, and which texts are worth a look.

use std::ops::Range;

use super::block::{Block, Initials, singly};
use super::heard::Heard;
use super::marks::Marks;
use super::near::Near;
use super::overlap::Overlap;
use super::part::Part;
use super::spelled::{Candidates, Spelled};
use super::symbols::Symbol;

/// How a part is looked for.
pub(super) enum Matcher<'a> {
    /// As it is.
    Literal(&'a Part),
    /// With slips that together weigh so much at the most.
    Near(Near<'a>, &'a Part, Slips),
    /// By what its characters sound like.
    Heard(Heard),
    /// In part.
    Overlap(Overlap<'a>),
    /// By sound.
    Spelled(Box<Spelled<'a>>),
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
    pub(super) fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match> {
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
            Self::Heard(heard) => {
                heard.stands_in(text, own).map(|span| Match { loss: 0, span, places: None })
            }
            Self::Overlap(overlap) => overlap.stands_in(text, own()).map(|(loss, span, places)| Match {
                loss,
                span,
                places: Some(places),
            }),
            Self::Spelled(spelled) => spelled.stands_in(text, own).map(|(spelling, span)| Match {
                loss: spelling.loss(),
                span,
                places: None,
            }),
        }
    }

    /// Which texts of `block` may hold the part.
    pub(super) fn candidates(&self, block: &Block, initials: &Initials) -> Marks {
        match self {
            Self::Literal(part) => holding(block, &singly(&part.symbols), 0),
            Self::Heard(heard) => {
                holding(block, &heard.alike.iter().map(Vec::as_slice).collect::<Vec<_>>(), 0)
            }
            Self::Near(_, part, slips) if slips.count > 1 => block.sharing(&part.symbols),
            Self::Near(_, part, _) => holding(block, &singly(&part.symbols), 1),
            Self::Overlap(overlap) => overlap.candidates(block),
            Self::Spelled(spelled) => {
                let wanted = spelled.candidates();
                let mut marks = spelling(block, initials, wanted);
                if wanted.holding.is_empty() {
                    // One syllable may be one character (`xian`: 县) or several (西安).
                    marks.unite(&block.marked_any(&wanted.alone));
                    return marks;
                }
                let held = holding(block, &singly(&wanted.holding), 0);
                if wanted.ways.is_empty() {
                    return held;
                }
                marks.keep(&held);
                marks
            }
        }
    }
}

/// To mark a text costs about so much less than to compare it.
const CHEAPER: usize = 8;

/// The texts that have the pairs of one of the ways, and a character with the rarest of its readings.
fn spelling(block: &Block, initials: &Initials, wanted: &Candidates) -> Marks {
    let mut all = Marks::none(block.len());
    for way in &wanted.ways {
        let mut marks = block.signed(way.pairs, initials);
        let readers = wanted.readers.iter().filter(|(segment, _)| way.segments.contains(segment));
        let estimate =
            |symbols: &[Symbol]| symbols.iter().map(|symbol| block.estimate(*symbol)).sum::<usize>();
        let rarest = readers.map(|(_, symbols)| (estimate(symbols), symbols)).min_by_key(|(texts, _)| *texts);
        if let Some((_, symbols)) = rarest.filter(|(texts, _)| *texts < marks.count() * CHEAPER) {
            marks.keep(&block.marked_any(symbols));
        }
        all.unite(&marks);
    }
    all
}

/// The texts that hold one symbol of each of `sets`, or of all but `spoilt` (none or one) of them; more than that, since
/// only the rarest are looked at.
fn holding(block: &Block, sets: &[&[Symbol]], spoilt: usize) -> Marks {
    let (mut all, mut nearly) = (Marks::all(block.len()), Marks::none(block.len()));
    for (taken, (texts, set)) in block.rarest_first(sets).into_iter().enumerate() {
        if taken > spoilt && texts > CHEAPER * (all.count() + nearly.count()) {
            break;
        }
        all.narrow(&mut nearly, &block.marked_any(set));
    }
    if spoilt > 0 {
        all.unite(&nearly);
    }
    all
}
