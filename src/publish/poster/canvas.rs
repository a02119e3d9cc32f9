//! What is drawn on. A page is described once, and drawn as SVG or as dots by the same description.
//!
//! All lengths and places are hundredths of a millimetre.

use super::qr::Qr;

/// How a text looks, apart from its size.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Which part of it stands at its place.
    pub(super) anchor: Anchor,
    /// Its colour.
    pub(super) ink: Ink,
    /// How strong its strokes are.
    pub(super) weight: Weight,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    End,
    Middle,
    Start,
}

/// The colours that there are. Pink is what lies behind black text without making it hard to read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ink {
    Black,
    Pink,
    Red,
    White,
}

impl Ink {
    /// All four, in the order of their numbers in a picture.
    pub(super) const ALL: [Self; 4] = [Self::White, Self::Black, Self::Red, Self::Pink];

    /// Red, green and blue.
    pub(super) const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Black => [0, 0, 0],
            Self::Pink => [0xea, 0xb8, 0xbf],
            Self::Red => [0xb3, 0x00, 0x1b],
            Self::White => [0xff, 0xff, 0xff],
        }
    }
}

/// How strong the strokes of a text are.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Weight {
    Bold,
    Normal,
}

/// A place on the page: from the left, from the top.
pub(super) type Place = (usize, usize);

/// A page that is drawn on. What comes later covers what came before.
pub(super) trait Canvas {
    /// A rectangle with its upper left corner at a place.
    fn block(&mut self, place: Place, size: (usize, usize), ink: Ink);

    /// A QR code with its quiet zone, its upper left corner at a place.
    fn code(&mut self, place: Place, side: usize, qr: &Qr);

    /// A text, the place is on its baseline.
    fn text(&mut self, place: Place, size: usize, style: Style, text: &str);
}
