//! One way of finding a part in a text, and which texts are worth a look.

use std::ops::Range;

use super::block::{Block, Initials, singly};
use super::heard::Heard;
use super::layout::Layout;
use super::marks::Marks;
use super::near::Near;
use super::overlap::Overlap;
use super::part::Part;
use super::spelled::{Candidates, Spelled};
use super::symbols::Symbol;

/// A way of finding a part.
///
/// Each is known by what it does alone: what finds names as they were typed then leads to nothing else, and the web app
/// leaves the other ways to the part of its program that comes later.
pub(super) trait Find {
    /// Where the part stands in `text`, best at `own`.
    fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match>;

    /// Which texts of `block` may hold the part.
    fn candidates(&self, block: &Block, layout: &Layout) -> Marks;
}

/// How a part is looked for.
pub(super) type Matcher<'a> = Box<dyn Find + 'a>;

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

impl Match {
    /// All of `span`, as it is.
    fn whole(span: Range<usize>) -> Self {
        Self { loss: 0, span, places: None }
    }
}

/// As it is.
impl Find for &Part {
    fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match> {
        self.stands_in(text, own).map(Match::whole)
    }

    fn candidates(&self, block: &Block, _: &Layout) -> Marks {
        holding(block, &singly(&self.symbols), 0)
    }
}

/// A part with slips that together weigh so much at the most.
pub(super) struct Slipped<'a>(pub(super) Near<'a>, pub(super) &'a Part, pub(super) Slips);

impl Find for Slipped<'_> {
    fn find(&self, text: &[Symbol], _: &dyn Fn() -> usize) -> Option<Match> {
        let Self(near, _, slips) = self;
        let alignment = near.stands_in(text)?;
        let span = *alignment.matched.first()?..alignment.matched.last()? + 1;
        (alignment.weight <= slips.weight).then_some(Match {
            loss: alignment.weight,
            span,
            places: Some(alignment.matched),
        })
    }

    fn candidates(&self, block: &Block, _: &Layout) -> Marks {
        let Self(_, part, slips) = self;
        if slips.count > 1 { block.sharing(&part.symbols) } else { holding(block, &singly(&part.symbols), 1) }
    }
}

/// By what its characters sound like.
impl Find for Heard {
    fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match> {
        self.stands_in(text, own).map(Match::whole)
    }

    fn candidates(&self, block: &Block, _: &Layout) -> Marks {
        holding(block, &self.alike.iter().map(Vec::as_slice).collect::<Vec<_>>(), 0)
    }
}

/// In part.
impl Find for Overlap<'_> {
    fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match> {
        let (loss, span, places) = self.stands_in(text, own())?;
        Some(Match { loss, span, places: Some(places) })
    }

    fn candidates(&self, block: &Block, _: &Layout) -> Marks {
        Overlap::candidates(self, block)
    }
}

/// By sound.
impl Find for Spelled<'_> {
    fn find(&self, text: &[Symbol], own: &dyn Fn() -> usize) -> Option<Match> {
        let (spelling, span) = self.stands_in(text, own)?;
        Some(Match { loss: spelling.loss(), span, places: None })
    }

    fn candidates(&self, block: &Block, layout: &Layout) -> Marks {
        let wanted = Spelled::candidates(self);
        let mut marks = spelling(block, layout.initials(self.alphabet), wanted);
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
