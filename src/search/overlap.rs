//! What a question and a name have in common, where neither holds the other: `云帆吸顶灯` of a shopper who knows the
//! brand and the thing, or a whole line of a label around a name.

use std::ops::Range;

use super::block::Block;
use super::marks::Marks;
use super::part::Part;
use super::symbols::Symbol;

/// A question of which a name may be a part.
pub(super) struct Overlap<'a> {
    part: &'a Part,
}

impl<'a> Overlap<'a> {
    /// What a name loses that has nothing but its own beginning in common with the question.
    pub(super) const MOST: u8 = 8;
    /// Two neighbours that so many texts of a block have are no name's own.
    const COMMON: usize = 1024;

    /// Readies `part`.
    pub(super) const fn new(part: &'a Part) -> Self {
        Self { part }
    }

    /// The neighbours that stand side by side in the question and in `text`, if those at `own` do, where the text's
    /// own part begins: what they lose, less for each, and where they stand.
    pub(super) fn stands_in(&self, text: &[Symbol], own: usize) -> Option<(u8, Range<usize>, Vec<usize>)> {
        let is_asked = |pair: &[Symbol]| self.neighbours().any(|asked| asked == pair);
        if !is_asked(text.get(own..own + 2)?) {
            return None;
        }
        let (mut places, mut loss) = (Vec::new(), Self::MOST + 1);
        for (at, pair) in text.windows(2).enumerate() {
            if is_asked(pair) {
                places.extend([at, at + 1]);
                loss = loss.saturating_sub(1);
            }
        }
        Some((loss, *places.first()?..places.last()? + 1, places))
    }

    /// The texts that hold two neighbours of the question which are not common.
    pub(super) fn candidates(&self, block: &Block) -> Marks {
        let mut all = Marks::none(block.len());
        for pair in self.neighbours() {
            let mut both = block.marked_any(&pair[..1]);
            both.keep(&block.marked_any(&pair[1..]));
            if both.count() <= Self::COMMON {
                all.unite(&both);
            }
        }
        all
    }

    fn neighbours(&self) -> impl Iterator<Item = &[Symbol]> {
        self.part.symbols.windows(2)
    }
}
