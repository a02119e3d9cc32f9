//! EAN-13, UPC-A and EAN-8 from the widths of their stripes (GS1 General Specifications, 5.2).

use super::stripes::PARTS;

/// The barcodes that stand in `widths`, which begin with a light stripe, read in this direction.
pub(super) fn read(widths: &[i32]) -> Vec<String> {
    let mut found = Vec::new();
    for start in (1..widths.len()).step_by(2) {
        let quiet = widths[start - 1];
        for symbol in [&EAN_13, &EAN_8] {
            let Some(stripes) = widths.get(start..start + symbol.stripes()) else { continue };
            // What follows may be cut off by the edge of the picture, but not be narrow.
            let after = widths.get(start + symbol.stripes()).copied().unwrap_or(i32::MAX);
            found.extend(symbol.read(quiet, stripes, after));
        }
    }
    found
}

/// A kind of barcode: two halves of digits between three guards.
struct Symbol {
    /// Digits a half.
    half: usize,
    /// Whether the left half says one more digit by which of its digits are mirrored.
    says_first: bool,
}

const EAN_13: Symbol = Symbol { half: 6, says_first: true };
const EAN_8: Symbol = Symbol { half: 4, says_first: false };

/// The stripes of the outer guards and of the one in the middle.
const GUARD: usize = 3;
const MIDDLE: usize = 5;
/// Stripes a digit, and the modules that they are wide together.
const DIGIT: usize = 4;
const MODULES: i32 = 7;

impl Symbol {
    const fn stripes(&self) -> usize {
        2 * GUARD + MIDDLE + 2 * DIGIT * self.half
    }

    /// How many modules wide it is.
    fn modules(&self) -> i32 {
        let digits = i32::try_from(2 * self.half).unwrap_or_default();
        11 + MODULES * digits
    }

    fn read(&self, quiet: i32, stripes: &[i32], after: i32) -> Option<String> {
        let total: i32 = stripes.iter().sum();
        let module = total / self.modules();
        let (left, right) = self.halves(stripes);
        let guards = self.guards(stripes);
        // The quiet zones are 7 modules or more; another stripe so near is part of something else.
        let is_quiet = quiet >= 3 * module && after >= 3 * module;
        let is_guard = |width: &i32| (module / 3..=module * 9 / 4).contains(width);
        if module <= PARTS / 2 || !is_quiet || !guards.iter().all(|(_, width)| is_guard(width)) {
            return None;
        }
        let spread = spread(&guards);
        let left = digits(left, module, [spread, -spread])?;
        let right = digits(right, module, [-spread, spread])?;
        let first = self.first(&left)?;
        let is_straight = right.iter().all(|digit| !digit.mirrored);
        let values = first.into_iter().chain(left.iter().chain(&right).map(|digit| digit.value));
        let values: Vec<u8> = values.collect();
        (is_straight && has_check(&values))
            .then(|| values.iter().map(|value| char::from(b'0' + value)).collect())
    }

    fn halves<'a>(&self, stripes: &'a [i32]) -> (&'a [i32], &'a [i32]) {
        let left = GUARD..GUARD + DIGIT * self.half;
        let right = left.end + MIDDLE..left.end + MIDDLE + DIGIT * self.half;
        (&stripes[left], &stripes[right])
    }

    /// The stripes of all guards, each a module wide, with their places.
    fn guards(&self, stripes: &[i32]) -> Vec<(usize, i32)> {
        let middle = GUARD + DIGIT * self.half;
        let end = stripes.len() - GUARD;
        let places = (0..GUARD).chain(middle..middle + MIDDLE).chain(end..stripes.len());
        places.map(|place| (place, stripes[place])).collect()
    }

    /// What the left half says by which of its digits are mirrored: a digit before it, or nothing.
    fn first(&self, left: &[Digit]) -> Option<Vec<u8>> {
        let mirrored = left.iter().fold(0, |bits, digit| (bits << 1) | u8::from(digit.mirrored));
        if !self.says_first {
            return (mirrored == 0).then(Vec::new);
        }
        (0..).zip(FIRST).find(|(_, pattern)| *pattern == mirrored).map(|(value, _)| vec![value])
    }
}

/// The digits of a half whose stripes are wider by the first of `corrections` and the second in turn.
fn digits(stripes: &[i32], module: i32, corrections: [i32; 2]) -> Option<Vec<Digit>> {
    let corrected: Vec<i32> = stripes
        .iter()
        .zip(corrections.iter().cycle())
        .map(|(width, correction)| width + correction)
        .collect();
    corrected.chunks(DIGIT).map(|widths| Digit::read(widths, module)).collect()
}

/// By how much ink or exposure made dark stripes wider than they are: half of what they are wider than light ones.
fn spread(guards: &[(usize, i32)]) -> i32 {
    let mean = |parity: usize| {
        let widths: Vec<i32> =
            guards.iter().filter(|(place, _)| place % 2 == parity).map(|(_, width)| *width).collect();
        widths.iter().sum::<i32>() / i32::try_from(widths.len()).unwrap_or(1).max(1)
    };
    (mean(0) - mean(1)) / 2
}

/// A digit, and whether its stripes are in reverse order.
#[derive(Clone, Copy)]
struct Digit {
    value: u8,
    mirrored: bool,
}

impl Digit {
    /// The digit whose stripes are nearest to these, unless even that one is far.
    fn read(widths: &[i32], module: i32) -> Option<Self> {
        let total: i32 = widths.iter().sum();
        if total < module * (MODULES - 2) || total > module * (MODULES + 2) {
            return None;
        }
        let widths: Vec<i32> = widths.iter().map(|width| width * MODULES * PARTS / total).collect();
        let candidates = (0_u8..).zip(&WIDTHS).flat_map(|(value, pattern)| {
            let distance = |pattern: &mut dyn Iterator<Item = &i32>| -> i32 {
                widths.iter().zip(pattern).map(|(width, modules)| (width - modules * PARTS).abs()).sum()
            };
            let straight = (distance(&mut pattern.iter()), Self { value, mirrored: false });
            let mirrored = (distance(&mut pattern.iter().rev()), Self { value, mirrored: true });
            [straight, mirrored]
        });
        let (distance, digit) = candidates.min_by_key(|(distance, _)| *distance)?;
        (distance <= FARTHEST).then_some(digit)
    }
}

/// How far a digit may be from its pattern, all four stripes together: a module and a half, where two digits are at
/// least two modules apart. The check digit and a second line that says the same make up for being generous.
const FARTHEST: i32 = PARTS * 3 / 2;

/// The widths of the digits 0 to 9 in modules, as in the right half, dark first, and in set A of the left half, light
/// first; set B is the reverse.
const WIDTHS: [[i32; DIGIT]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// Which of the six left digits are mirrored, for each first digit.
const FIRST: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110,
    0b01_1010,
];

fn has_check(values: &[u8]) -> bool {
    let weighted = values.iter().rev().enumerate();
    let weighted = weighted.map(|(place, value)| u32::from(*value) * if place % 2 == 0 { 1 } else { 3 });
    weighted.sum::<u32>().is_multiple_of(10)
}

/// The widths in modules of a barcode with quiet zones, for tests.
#[cfg(test)]
pub(super) fn modules_of(digits: &str) -> Vec<i32> {
    let values: Vec<usize> = digits.bytes().map(|digit| usize::from(digit - b'0')).collect();
    let half = if values.len() == 13 { 6 } else { 4 };
    let mirrored = if half == 6 { FIRST[values[0]] } else { 0 };
    let (left, right) = values[values.len() - 2 * half..].split_at(half);
    let mut widths = vec![11, 1, 1, 1];
    for (place, value) in left.iter().enumerate() {
        let mut digit = WIDTHS[*value];
        if mirrored >> (half - 1 - place) & 1 == 1 {
            digit.reverse();
        }
        widths.extend(digit);
    }
    widths.extend([1; MIDDLE]);
    widths.extend(right.iter().flat_map(|value| WIDTHS[*value]));
    widths.extend([1, 1, 1, 11]);
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(digits: &str, module: i32) -> Vec<i32> {
        modules_of(digits).iter().map(|width| width * module).collect()
    }

    #[test]
    fn every_first_digit_is_read() {
        for digits in [
            "0036000291452",
            "1234567890128",
            "2012345678903",
            "3012345678902",
            "4006381333931",
            "5012345678900",
            "6921168509256",
            "7501031311309",
            "8711253001202",
            "9780201379624",
            "96385074",
        ] {
            assert_eq!(read(&widths(digits, 130)), [digits], "{digits}");
        }
    }

    #[test]
    fn the_pattern_of_a_known_code_is_the_one_in_the_standard() {
        // GS1 General Specifications, figure 5.2.1-1: behind a first 2, a 0 is 0001101 in set A.
        let modules = modules_of("2012345678903");
        assert_eq!(modules[..8], [11, 1, 1, 1, 3, 2, 1, 1]);
    }

    #[test]
    fn dark_stripes_that_spread_are_forgiven() {
        for spread in [-40, -20, 20, 40] {
            let widths: Vec<i32> = widths("6921168509256", 130)
                .iter()
                .enumerate()
                .map(|(place, width)| if place % 2 == 1 { width + spread } else { width - spread })
                .collect();
            assert_eq!(read(&widths), ["6921168509256"], "{spread}");
        }
    }

    #[test]
    fn a_wrong_check_digit_a_missing_quiet_zone_or_the_wrong_direction_is_nothing() {
        let good = widths("6921168509256", 130);
        assert_eq!(read(&widths("6921168509255", 130)), [""; 0]);
        let mut crowded = good.clone();
        crowded[0] = 130;
        assert_eq!(read(&crowded), [""; 0]);
        let backwards: Vec<i32> = good.iter().rev().copied().collect();
        assert_eq!(read(&backwards), [""; 0]);
    }
}
