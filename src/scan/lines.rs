//! Barcodes in a picture: many lines across it, in eight directions, each read both ways.

use super::ean;
use super::picture::Picture;
use super::stripes::stripes;

/// The barcodes in a picture, as their digits.
pub(super) fn read(picture: &Picture) -> Vec<String> {
    DIRECTIONS
        .iter()
        .map(|direction| along(picture, *direction))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Sine and cosine of multiples of 22.5°, in 1024ths: upright and lying codes first, as most are held.
const DIRECTIONS: [(i32, i32); 8] =
    [(1024, 0), (0, 1024), (946, 392), (946, -392), (392, 946), (392, -946), (724, 724), (724, -724)];
const ONE: i32 = 1024;

/// How many lines lie across a picture in one direction.
const LINES: i32 = 48;

/// What must be said by this many lines: one line in twenty of a picture of anything could say something by chance.
fn enough(digits: &str) -> usize {
    if digits.len() == 13 { 2 } else { 3 }
}

fn along(picture: &Picture, direction: (i32, i32)) -> Vec<String> {
    let mut said: Vec<(String, usize)> = Vec::new();
    let reach = reach(picture);
    let spacing = (2 * reach / LINES).max(1);
    for offset in (-reach..=reach).step_by(usize::try_from(spacing).unwrap_or(1)) {
        for digits in on(&line(picture, direction, offset, reach)) {
            match said.iter_mut().find(|(known, _)| *known == digits) {
                Some((_, times)) => *times += 1,
                None => said.push((digits, 1)),
            }
        }
    }
    said.into_iter().filter(|(digits, times)| *times >= enough(digits)).map(|(digits, _)| digits).collect()
}

/// What a line says, once for each reading of it.
fn on(line: &[u8]) -> Vec<String> {
    let (Some(darkest), Some(brightest)) = (line.iter().min(), line.iter().max()) else { return Vec::new() };
    let range = i32::from(*brightest) - i32::from(*darkest);
    if range < LEAST_CONTRAST {
        return Vec::new();
    }
    let sharp = sharpened(line);
    let ways = [(line, 4), (line, 8), (line, 14), (&sharp, 3), (&sharp, 6)];
    let readings = ways.iter().flat_map(|(line, part)| {
        let mut widths = stripes(line, (range / part).max(LEAST_STEP));
        let forwards = ean::read(&widths);
        // Backwards it has to begin with a light stripe as well.
        if widths.len().is_multiple_of(2) {
            widths.pop();
        }
        widths.reverse();
        forwards.into_iter().chain(ean::read(&widths))
    });
    let mut found: Vec<String> = Vec::new();
    for digits in readings {
        if !found.contains(&digits) {
            found.push(digits);
        }
    }
    found
}

/// The line with what blur took from narrow stripes given back: each pixel pushed away from those two beside it.
fn sharpened(line: &[u8]) -> Vec<u8> {
    let at = |place: usize| i32::from(line[place.min(line.len() - 1)]);
    let pixel = |place: usize| {
        let around =
            at(place.saturating_sub(2)) + at(place + 2) + at(place.saturating_sub(1)) + at(place + 1);
        u8::try_from((at(place) * 5 - around).clamp(0, 255)).unwrap_or(u8::MAX)
    };
    (0..line.len()).map(pixel).collect()
}

const LEAST_CONTRAST: i32 = 24;
const LEAST_STEP: i32 = 6;

/// No point of the picture is farther than this from its middle.
fn reach(picture: &Picture) -> i32 {
    i32::try_from(picture.width() + picture.height()).unwrap_or_default() / 2
}

/// The brightness along the line that runs in `direction` at a distance of `offset` from the middle, each the mean of
/// three pixels across the line, which is what takes the noise away.
fn line(picture: &Picture, direction: (i32, i32), offset: i32, reach: i32) -> Vec<u8> {
    let (along_x, along_y) = direction;
    let (across_x, across_y) = (-along_y, along_x);
    let middle = |side: usize| i32::try_from(side).unwrap_or_default() * ONE / 2;
    let (middle_x, middle_y) = (middle(picture.width()), middle(picture.height()));
    let at = |place: i32, offset: i32| {
        let x = middle_x + place * along_x + offset * across_x;
        let y = middle_y + place * along_y + offset * across_y;
        picture.at(x.div_euclid(ONE), y.div_euclid(ONE)).map(u16::from)
    };
    let mean = |place: i32| {
        let sum = at(place, offset - 1)? + at(place, offset)? + at(place, offset + 1)?;
        u8::try_from(sum / 3).ok()
    };
    (-reach..=reach).filter_map(mean).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{PLAIN, Shot};
    use super::*;

    const DIGITS: &str = "6921168509256";

    fn reads(shot: Shot, digits: &str) -> bool {
        read(&shot.of_barcode(digits)) == [digits]
    }

    #[test]
    fn all_kinds_are_read() {
        for digits in [DIGITS, "0036000291452", "96385074"] {
            assert!(reads(PLAIN, digits), "{digits}");
        }
    }

    #[test]
    fn in_any_direction() {
        // 0°, 9°, 22°, 34°, 45°, 67°, 90°, 135°, 180°, 270°
        for turned in [0, 10, 25, 39, 53, 85, 128, 309, 1_000_000, -128] {
            for digits in [DIGITS, "96385074"] {
                assert!(reads(Shot { turned, ..PLAIN }, digits), "{digits} turned by {turned}");
            }
        }
    }

    #[test]
    fn from_far_and_near() {
        for scale in [84, 96, 130, 250, 500] {
            assert!(reads(Shot { scale, ..PLAIN }, DIGITS), "{scale}");
        }
    }

    #[test]
    fn out_of_focus() {
        // Twice a mean over 3 or 5 pixels: narrow stripes keep a fifth of their contrast.
        assert!(reads(Shot { scale: 160, blur: 1, ..PLAIN }, DIGITS));
        assert!(reads(Shot { scale: 256, blur: 2, ..PLAIN }, DIGITS));
    }

    #[test]
    fn in_uneven_light_and_with_noise() {
        for shot in [
            Shot { shade: 80, ..PLAIN },
            Shot { noise: 40, ..PLAIN },
            Shot { noise: 25, blur: 1, turned: 6, ..PLAIN },
            Shot { noise: 25, shade: 50, turned: 6, ..PLAIN },
        ] {
            let read = (1..=20).filter(|seed| reads(Shot { seed: *seed, ..shot }, DIGITS)).count();
            assert!(read >= 19, "{read} of 20: {shot:?}");
        }
    }

    #[test]
    fn noise_and_qr_codes_are_no_barcodes() {
        for seed in 1..40 {
            let shot = Shot { noise: 120, seed, scale: 320, ..PLAIN };
            assert_eq!(read(&shot.of_qr("https://example.com/12345678901234567890")), [""; 0], "{seed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_picture_makes_it_panic(width in 1_usize..60, grey in proptest::collection::vec(any::<u8>(), 0..4000)) {
            let height = grey.len() / width;
            if let Some(picture) = Picture::from_grey(width, height, grey[..width * height].to_vec()) {
                let _ = read(&picture);
            }
        }
    }
}
