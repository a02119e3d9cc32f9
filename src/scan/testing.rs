//! Pictures that tests draw: a code, laid on a background, turned, scaled, blurred, lit unevenly, with noise.

use qrcodegen::{QrCode, QrCodeEcc};

use super::ean::modules_of;
use super::picture::Picture;

/// How a code is photographed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shot {
    /// The width of a module in 64ths of a pixel.
    pub(super) scale: i64,
    /// The tangent of half the angle by which it is turned, in 128ths: 0 is upright, 53 about 45°, 128 is 90°.
    pub(super) turned: i64,
    /// Radius of the blur in pixels.
    pub(super) blur: usize,
    /// Highest deviation of a pixel by noise.
    pub(super) noise: i64,
    /// How much darker the right side is than the left, in 100ths.
    pub(super) shade: i64,
    /// Which noise.
    pub(super) seed: u32,
}

/// Three pixels a module and nothing to make it hard.
pub(super) const PLAIN: Shot = Shot { scale: 192, turned: 0, blur: 0, noise: 0, shade: 0, seed: 1 };

impl Shot {
    /// The picture of a barcode of 50 modules' height.
    pub(super) fn of_barcode(self, digits: &str) -> Picture {
        let mut dark = Vec::new();
        for (place, width) in modules_of(digits).into_iter().enumerate() {
            dark.extend((0..width).map(|_| place % 2 == 1));
        }
        let is_dark = |column, row| (0..50).contains(&row) && at(&dark, column).unwrap_or(false);
        self.draw(i64::try_from(dark.len()).unwrap(), 54, &is_dark)
    }

    /// The picture of a QR code with four light modules around it.
    pub(super) fn of_qr(self, text: &str) -> Picture {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let place = |module: i64| i32::try_from(module).unwrap() - 4;
        let side = i64::from(code.size() + 8);
        self.draw(side, side, &|column, row| code.get_module(place(column), place(row)))
    }

    fn draw(self, width: i64, height: i64, is_dark: &dyn Fn(i64, i64) -> bool) -> Picture {
        let side = usize::try_from((width + height) * self.scale / 64).unwrap();
        let sharp: Vec<i64> =
            (0..side * side).map(|place| self.pixel(place, side, (width, height), is_dark)).collect();
        let blurred = blur(&blur(&sharp, side, self.blur), side, self.blur);
        let mut random = self.seed;
        let grey = (0_usize..).zip(blurred).map(|(place, value)| {
            let lit = value - value * self.shade * number(place % side) / (100 * number(side));
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = ((i64::from(random >> 8) * (2 * self.noise + 1)) >> 24) - self.noise;
            u8::try_from((lit + noise).clamp(0, 255)).unwrap()
        });
        Picture::from_grey(side, side, grey.collect()).unwrap()
    }

    /// The brightness of a pixel: the mean of sixteen points in it.
    fn pixel(self, place: usize, side: usize, size: (i64, i64), is_dark: &dyn Fn(i64, i64) -> bool) -> i64 {
        let (x, y) =
            (8 * number(place % side) - 4 * number(side), 8 * number(place / side) - 4 * number(side));
        let (cosine, sine) = (128 * 128 - self.turned * self.turned, 256 * self.turned);
        let unit = (128 * 128 + self.turned * self.turned) * self.scale;
        let points =
            [1, 3, 5, 7].into_iter().flat_map(|down| [1, 3, 5, 7].map(|right| (x + right, y + down)));
        let bright = |(x, y): (i64, i64)| {
            let column = (16 * (x * cosine + y * sine) + size.0 * unit).div_euclid(2 * unit);
            let row = (16 * (y * cosine - x * sine) + size.1 * unit).div_euclid(2 * unit);
            if is_dark(column, row) { 40 } else { 220 }
        };
        points.map(bright).sum::<i64>() / 16
    }
}

fn at(dark: &[bool], column: i64) -> Option<bool> {
    dark.get(usize::try_from(column).ok()?).copied()
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap()
}

/// Each pixel the mean of the square around it.
fn blur(pixels: &[i64], side: usize, radius: usize) -> Vec<i64> {
    let mean = |place: usize| {
        let (x, y) = (place % side, place / side);
        let rows = y.saturating_sub(radius)..(y + radius + 1).min(side);
        let columns = x.saturating_sub(radius)..(x + radius + 1).min(side);
        let count = number(rows.len() * columns.len());
        rows.map(|row| pixels[row * side..][columns.clone()].iter().sum::<i64>()).sum::<i64>() / count
    };
    (0..pixels.len()).map(mean).collect()
}
