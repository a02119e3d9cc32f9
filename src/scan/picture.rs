//! A picture in shades of grey.

/// A picture: one byte of brightness a pixel, row by row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Picture {
    /// The longest side that is read: what a phone's photo is scaled down to.
    pub const MAX_SIDE: usize = 4096;

    /// The picture of four bytes a pixel, as a canvas hands them out; `None` where there are more or fewer of them, or
    /// a side is 0 or longer than [`Picture::MAX_SIDE`].
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Option<Self> {
        let grey = |[red, green, blue, _]: &[u8; 4]| {
            let [red, green, blue] = [red, green, blue].map(|shade| u32::from(*shade));
            u8::try_from((77 * red + 150 * green + 29 * blue) / 256).unwrap_or(u8::MAX)
        };
        let (pixels, rest) = rgba.as_chunks();
        Self::from_grey(width, height, pixels.iter().map(grey).collect()).filter(|_| rest.is_empty())
    }

    /// The picture of one byte a pixel; `None` under the same conditions.
    pub fn from_grey(width: usize, height: usize, grey: Vec<u8>) -> Option<Self> {
        let sides = 1..=Self::MAX_SIDE;
        let fits = sides.contains(&width) && sides.contains(&height) && grey.len() == width * height;
        fits.then_some(Self { width, height, grey })
    }

    /// Pixels a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub const fn height(&self) -> usize {
        self.height
    }

    /// All pixels.
    pub fn grey(&self) -> &[u8] {
        &self.grey
    }

    /// The brightness at a place; `None` outside.
    pub fn at(&self, x: i32, y: i32) -> Option<u8> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width).then(|| self.grey.get(y * self.width + x).copied()).flatten()
    }

    /// Half as wide and high: each pixel the mean of four. `None` where nothing would be left.
    pub fn halved(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        let pixel = |place: usize| {
            let (x, y) = (place % width * 2, place / width * 2);
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
            let sum: u16 = four
                .iter()
                .map(|(right, down)| u16::from(self.grey[(y + down) * self.width + x + right]))
                .sum();
            u8::try_from(sum / 4).unwrap_or(u8::MAX)
        };
        Self::from_grey(width, height, (0..width * height).map(pixel).collect())
    }

    /// Twice as wide and high: each pixel four times. `None` where that is too large.
    pub fn doubled(&self) -> Option<Self> {
        let width = 2 * self.width;
        let pixel = |place: usize| self.grey[place / width / 2 * self.width + place % width / 2];
        let fits = width.max(2 * self.height) <= 1600;
        fits.then(|| Self::from_grey(width, 2 * self.height, (0..4 * self.grey.len()).map(pixel).collect()))?
    }

    /// Each pixel the mean of the nine around it.
    pub fn smoothed(&self) -> Self {
        let sums = self.sums();
        let pixel = |place: usize| u8::try_from(self.mean(&sums, place, 1)).unwrap_or(u8::MAX);
        let grey = (0..self.grey.len()).map(pixel).collect();
        Self { width: self.width, height: self.height, grey }
    }

    /// Black where a pixel is darker than its surroundings, white elsewhere: what is left when light falls unevenly.
    pub fn flattened(&self) -> Self {
        let sums = self.sums();
        let reach = self.width.min(self.height) / 8 + 1;
        let is_dark = |place: usize| u32::from(self.grey[place]) * 16 < self.mean(&sums, place, reach) * 15;
        let pixel = |place: usize| if is_dark(place) { 0 } else { u8::MAX };
        let grey = (0..self.grey.len()).map(pixel).collect();
        Self { width: self.width, height: self.height, grey }
    }

    /// The mean of the square that reaches so far around a place.
    fn mean(&self, sums: &[u32], place: usize, reach: usize) -> u32 {
        let (x, y) = (place % self.width, place / self.width);
        let (left, top) = (x.saturating_sub(reach), y.saturating_sub(reach));
        let (right, bottom) = ((x + reach + 1).min(self.width), (y + reach + 1).min(self.height));
        let at = |x: usize, y: usize| sums[y * (self.width + 1) + x];
        // The sums are those of all before, so that they may pass the largest number on the way, but not in the end.
        let sum = at(right, bottom)
            .wrapping_add(at(left, top))
            .wrapping_sub(at(left, bottom))
            .wrapping_sub(at(right, top));
        sum / u32::try_from((right - left) * (bottom - top)).unwrap_or(u32::MAX)
    }

    /// The sum of all pixels above and left of each corner.
    fn sums(&self) -> Vec<u32> {
        let stride = self.width + 1;
        let mut sums = vec![0; stride * (self.height + 1)];
        for y in 0..self.height {
            let mut row = 0;
            for x in 0..self.width {
                row += u32::from(self.grey[y * self.width + x]);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_sides_must_agree() {
        assert!(Picture::from_rgba(2, 1, &[0; 8]).is_some());
        assert!(Picture::from_rgba(2, 1, &[0; 9]).is_none());
        assert!(Picture::from_rgba(2, 2, &[0; 8]).is_none());
        assert!(Picture::from_grey(0, 0, Vec::new()).is_none());
        assert!(Picture::from_grey(Picture::MAX_SIDE + 1, 1, vec![0; Picture::MAX_SIDE + 1]).is_none());
    }

    #[test]
    fn outside_there_is_nothing() {
        let picture = Picture::from_grey(2, 1, vec![7, 9]).unwrap();
        assert_eq!(
            (picture.at(1, 0), picture.at(2, 0), picture.at(-1, 0), picture.at(0, 1)),
            (Some(9), None, None, None)
        );
    }

    #[test]
    fn the_brightest_large_picture_does_not_overflow() {
        let side = Picture::MAX_SIDE;
        let white = Picture::from_grey(side, side, vec![u8::MAX; side * side]).unwrap();
        assert!(white.flattened().grey().iter().all(|pixel| *pixel == u8::MAX));
        assert_eq!(white.halved().unwrap().at(0, 0), Some(u8::MAX));
        assert_eq!(Picture::from_grey(1, 1, vec![0]).unwrap().halved(), None);
    }
}
