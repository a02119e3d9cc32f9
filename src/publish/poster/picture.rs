//! A page as dots, 300 an inch, with its size in print.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::canvas::{Anchor, Canvas, Ink, Place, Style};
use super::face::{ABOVE_BASELINE, Face};
use super::qr::Qr;

/// A page that is being drawn: white at first.
pub(super) struct Picture<'f> {
    face: &'f mut Face,
    colours: Colours,
    width: usize,
    height: usize,
    bytes_a_row: usize,
    bytes: Vec<u8>,
}

/// Which colours a picture has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Colours {
    /// Black and white alone, as printers of labels have them: all that is not white is black.
    Black,
    /// Those of [`Ink`].
    Four,
}

impl Colours {
    const fn bits_a_dot(self) -> usize {
        match self {
            Self::Black => 1,
            Self::Four => 2,
        }
    }

    /// A byte of nothing but this colour.
    fn filled_with(self, ink: Ink) -> u8 {
        match self {
            Self::Black if ink == Ink::White => 0,
            Self::Black => 0xff,
            Self::Four => {
                let bytes = [0, 0x55, 0xaa, 0xff].into_iter().zip(Ink::ALL);
                bytes.filter(|(_, known)| *known == ink).map(|(byte, _)| byte).sum()
            }
        }
    }
}

impl<'f> Picture<'f> {
    /// A page of this size, in hundredths of a millimetre.
    pub(super) fn new((width, height): (usize, usize), colours: Colours, face: &'f mut Face) -> Self {
        let (width, height) = (dots(width), dots(height));
        let bytes_a_row = (width * colours.bits_a_dot()).div_ceil(8);
        Self { face, colours, width, height, bytes_a_row, bytes: vec![0; bytes_a_row * height] }
    }

    /// Dots of one row; what lies beyond the edge is left out.
    fn fill(&mut self, row: usize, from: usize, to: usize, ink: Ink) {
        let to = to.min(self.width);
        if row >= self.height || from >= to {
            return;
        }
        let (bits, pattern) = (self.colours.bits_a_dot(), self.colours.filled_with(ink));
        let (first, last) = (from * bits / 8, to * bits / 8);
        let (head, tail) = (0xff_u8 >> (from * bits % 8), !(0xff_u8 >> (to * bits % 8)));
        let row = &mut self.bytes[row * self.bytes_a_row..][..self.bytes_a_row];
        let put = |byte: &mut u8, mask: u8| *byte = *byte & !mask | pattern & mask;
        if first == last {
            return put(&mut row[first], head & tail);
        }
        put(&mut row[first], head);
        row[first + 1..last].fill(pattern);
        // Where the last byte is whole there may be none behind it.
        if let Some(byte) = row.get_mut(last) {
            put(byte, tail);
        }
    }

    /// The picture as PNG.
    pub(super) fn to_png(&self) -> Vec<u8> {
        let small = |number: usize| u32::try_from(number).expect("a picture is smaller than 2^32 dots");
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, small(self.width), small(self.height));
        encoder.set_color(ColorType::Indexed);
        let inks = 1 << self.colours.bits_a_dot();
        encoder.set_depth(if inks == 2 { BitDepth::One } else { BitDepth::Two });
        encoder.set_palette(Ink::ALL[..inks].iter().flat_map(|ink| ink.rgb()).collect::<Vec<_>>());
        // Most rows are like the one above. The smallest files take several times as long: these are printed and not sent.
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Up);
        let metres = DOTS_A_METRE;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: metres, yppu: metres, unit: Unit::Meter }));
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.bytes)?;
            writer.finish()
        });
        written.expect("memory takes all that is written");
        bytes
    }
}

impl Canvas for Picture<'_> {
    fn block(&mut self, (x, y): Place, (width, height): (usize, usize), ink: Ink) {
        let (from, to) = (dots(x), dots(x + width));
        (dots(y)..dots(y + height)).for_each(|row| self.fill(row, from, to, ink));
    }

    /// Every module is a whole number of dots, so the code may be a little smaller than the place for it.
    fn code(&mut self, (x, y): Place, side: usize, qr: &Qr) {
        self.block((x, y), (side, side), Ink::White);
        let (room, size) = (dots(side), qr.size());
        let scale = room / qr.size_with_quiet_zone();
        let edge = (room - size * scale) / 2;
        let (left, top) = (dots(x) + edge, dots(y) + edge);
        for row in 0..size {
            for (from, to) in qr.dark_runs(row) {
                for line in 0..scale {
                    self.fill(top + row * scale + line, left + from * scale, left + to * scale, Ink::Black);
                }
            }
        }
    }

    fn text(&mut self, (x, y): Place, size: usize, style: Style, text: &str) {
        let (size, x, y) = (dots(size), dots(x), dots(y));
        let width: usize =
            text.chars().map(|letter| self.face.letter(letter, size, style.weight).width).sum();
        let before = match style.anchor {
            Anchor::End => width,
            Anchor::Middle => width / 2,
            Anchor::Start => 0,
        };
        let mut left = x.saturating_sub(before);
        let top = y.saturating_sub(size * ABOVE_BASELINE / 8);
        for letter in text.chars() {
            let letter = self.face.letter(letter, size, style.weight).clone();
            for run in &letter.runs {
                self.fill(top + run.row, left + run.from, left + run.to, style.ink);
            }
            left += letter.width;
        }
    }
}

/// A length in hundredths of a millimetre as dots.
pub(super) const fn dots(length: usize) -> usize {
    (length * 11_811 + 50_000) / 100_000
}

/// 300 dots an inch of 0.0254 m.
const DOTS_A_METRE: u32 = 11_811;

#[cfg(test)]
pub(super) mod tests {
    use super::super::canvas::Weight;
    use super::*;

    /// The inks of a picture, row by row, as another program reads it; and what it says of its size in print.
    pub(in super::super) fn read(png: &[u8]) -> (Vec<Vec<Ink>>, u32) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let metres = reader.info().pixel_dims.unwrap().xppu;
        let mut colours = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut colours).unwrap();
        let width = usize::try_from(frame.width).unwrap();
        let ink = |rgb: &[u8]| Ink::ALL.into_iter().find(|ink| ink.rgb() == rgb).unwrap();
        let rows = colours.chunks(width * 3).map(|row| row.chunks(3).map(ink).collect());
        (rows.collect(), metres)
    }

    #[test]
    fn dots_are_filled_from_the_first_to_the_last_and_no_further() {
        for colours in [Colours::Black, Colours::Four] {
            for width in [1, 3, 4, 7, 8, 9, 20] {
                for (from, to) in (0..width).flat_map(|from| (from..width + 3).map(move |to| (from, to))) {
                    let mut face = Face::default();
                    let mut picture = Picture::new((0, 0), colours, &mut face);
                    (picture.width, picture.height) = (width, 2);
                    picture.bytes_a_row = (width * colours.bits_a_dot()).div_ceil(8);
                    picture.bytes = vec![0; picture.bytes_a_row * 2];
                    picture.fill(0, 0, width, Ink::Black);
                    picture.fill(0, from, to, Ink::White);
                    picture.fill(1, from, to, Ink::Red);
                    picture.fill(2, from, to, Ink::Red);
                    let red = if colours == Colours::Black { Ink::Black } else { Ink::Red };
                    let (rows, metres) = read(&picture.to_png());
                    assert_eq!((metres, rows.len()), (11_811, 2));
                    for (row, outside, inside) in [(0, Ink::Black, Ink::White), (1, Ink::White, red)] {
                        let expected = |at| if (from..to).contains(&at) { inside } else { outside };
                        assert_eq!(
                            rows[row],
                            (0..width).map(expected).collect::<Vec<_>>(),
                            "{width} {from} {to}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_stands_where_its_anchor_says_and_on_its_line() {
        let dark = |anchor: Anchor| {
            let mut face = Face::default();
            let mut picture = Picture::new((2000, 1000), Colours::Four, &mut face);
            let style = Style { anchor, ink: Ink::Pink, weight: Weight::Normal };
            picture.text((1000, 500), 400, style, "日1");
            let (rows, _) = read(&picture.to_png());
            let is_dark = |ink: &Ink| *ink == Ink::Pink;
            let columns: Vec<_> =
                (0..rows[0].len()).filter(|column| rows.iter().any(|row| is_dark(&row[*column]))).collect();
            let lines: Vec<_> = (0..rows.len()).filter(|row| rows[*row].iter().any(is_dark)).collect();
            // Rows above the line and below it, within a line of 47 dots.
            assert!(lines[0] >= dots(500) - 42 && lines[lines.len() - 1] < dots(500) + 7, "{lines:?}");
            (columns[0], columns[columns.len() - 1])
        };
        let (middle, width) = (dots(1000), 47 + 23);
        let (from, to) = dark(Anchor::Start);
        assert!(from >= middle && to < middle + width);
        let (from, to) = dark(Anchor::Middle);
        assert!(from >= middle - 35 && from < middle && to > middle && to < middle + 35);
        let (from, to) = dark(Anchor::End);
        assert!(from >= middle - width && to < middle);
    }
}
