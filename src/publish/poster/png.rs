//! A picture in black and white, with its size in print.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

/// Dots, all of them white at first.
pub(super) struct Picture {
    width: usize,
    height: usize,
    bytes_a_row: usize,
    bits: Vec<u8>,
}

impl Picture {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let bytes_a_row = width.div_ceil(8);
        Self { width, height, bytes_a_row, bits: vec![0xff; bytes_a_row * height] }
    }

    /// A black square; what lies beyond the edge is left out.
    pub(super) fn blacken(&mut self, left: usize, top: usize, side: usize) {
        for row in top..self.height.min(top + side) {
            for column in left..self.width.min(left + side) {
                self.bits[row * self.bytes_a_row + column / 8] &= !(0x80 >> (column % 8));
            }
        }
    }

    /// The picture as PNG, for 300 dots an inch.
    pub(super) fn to_png(&self) -> Vec<u8> {
        let small = |number: usize| u32::try_from(number).expect("a picture is smaller than 2^32 dots");
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, small(self.width), small(self.height));
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        // A third of the time of the smallest files, which are half as long: these are printed and not sent.
        encoder.set_filter(Filter::NoFilter);
        encoder.set_compression(Compression::Fast);
        let metres = DOTS_A_METRE;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: metres, yppu: metres, unit: Unit::Meter }));
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.bits)?;
            writer.finish()
        });
        written.expect("memory takes all that is written");
        bytes
    }
}

/// 300 dots an inch of 0.0254 m.
const DOTS_A_METRE: u32 = 11_811;
