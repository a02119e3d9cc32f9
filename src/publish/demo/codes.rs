//! Credit codes that pass every check and that nobody has.

use std::collections::HashSet;

use super::dice::Dice;
use crate::{CreditCode, Division};

/// Gives each code once.
#[derive(Default)]
pub(super) struct Codes {
    taken: HashSet<CreditCode>,
}

impl Codes {
    /// A code of a firm in `division`: real but for characters 7 and 8, which say 60 to 69.
    ///
    /// GB/T 2260 numbers districts from 01, counties from 21 and county-level cities from 81; no city has so many
    /// counties that one is 60 or above, and development zones that register firms count from 90.
    /// The entropy of a real code is kept, so that sizes measured on a demo hold for real lists.
    pub(super) fn code(&mut self, division: Division, dice: &mut Dice) -> CreditCode {
        loop {
            let code = draw(division, dice);
            if self.taken.insert(code) {
                return code;
            }
        }
    }
}

fn draw(division: Division, dice: &mut Dice) -> CreditCode {
    let city = (division.number() / 100).max(1);
    let district = division.number() % 10;
    let number = if dice.chance(550) { recent_number(dice) } else { early_number(dice) };
    let stem = format!("91{city:04}6{district}{number}");
    let stem: [u8; 16] = stem.into_bytes().try_into().expect("two, four, two and eight characters");
    CreditCode::from_stem(&stem).expect("digits and characters of the alphabet")
}

/// An organisation number as given since 2015: MA4 or MA5 and five characters.
fn recent_number(dice: &mut Dice) -> String {
    let series = dice.pick(&["MA4", "MA5"]);
    series.chars().chain((0..5).map(|_| char::from(dice.pick(&CreditCode::ALPHABET[..])))).collect()
}

/// An organisation number as given before: eight digits.
fn early_number(dice: &mut Dice) -> String {
    format!("{}{:07}", dice.pick(&[0, 1, 2, 5, 6, 7]), dice.below(10_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_valid_distinct_and_of_a_county_that_never_was() {
        let (mut codes, mut dice) = (Codes::default(), Dice::new(5, 0));
        let foshan: Division = "440606".parse().unwrap();
        let mut made = HashSet::new();
        for _ in 0..5_000 {
            let code = codes.code(foshan, &mut dice);
            assert_eq!(code.as_str().parse::<CreditCode>().unwrap(), code);
            assert!(code.as_str().starts_with("91440666"), "{code}");
            assert!(made.insert(code));
        }
    }
}
