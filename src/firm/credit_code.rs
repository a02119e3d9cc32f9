//! The unified social credit code (统一社会信用代码) of GB 32100-2015.
//!
//! ```text
//! 9 1 440606 003663344 C
//! │ │ │      │         └ check character over the 17 before it, mod 31
//! │ │ │      └ organisation code of GB 11714, its ninth character a check of the eight before it, mod 11
//! │ │ └ division of the registering authority; never judged, since real codes carry abolished divisions
//! │ └ kind of entity
//! └ registering authority
//! ```

use crate::quoted::QuotedCharacter;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::Problem;
use crate::number::index;

/// A code whose 18 characters belong to the alphabet and whose two check characters are right.
///
/// A valid code is no proof that such a firm exists, nor that it belongs to the name beside it.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CreditCode([u8; CreditCode::LENGTH]);

impl CreditCode {
    /// Characters in a code.
    pub const LENGTH: usize = 18;

    /// The 31 characters of a code, in the order of their values: digits, then letters without I O S V Z.
    pub const ALPHABET: &'static [u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// The code as text, 18 ASCII characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }

    /// The 18 characters.
    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// A code that was valid when it was written where only this program writes.
    pub(crate) const fn checked_before(code: [u8; Self::LENGTH]) -> Self {
        Self(code)
    }

    /// Completes 16 characters (authority, kind, division, organisation number) with both check characters.
    ///
    /// # Errors
    /// Where one of the 16 is not in the alphabet.
    pub fn from_stem(stem: &[u8; 16]) -> Result<Self, CreditCodeError> {
        let mut values = [0; 16];
        for (place, character) in stem.iter().enumerate() {
            values[place] = value(*character)
                .ok_or(CreditCodeError::Alphabet { position: place + 1, found: char::from(*character) })?;
        }
        Self::from_values(&values)
    }

    /// As [`CreditCode::from_stem`], from the places of the 16 characters in the alphabet, which a list is read as.
    pub(crate) fn from_values(stem: &[u32; 16]) -> Result<Self, CreditCodeError> {
        let mut code = [b'0'; Self::LENGTH];
        let mut values = [0; Self::LENGTH];
        for (place, value) in stem.iter().enumerate() {
            let Some(character) = Self::ALPHABET.get(index(*value)) else {
                return Err(CreditCodeError::Alphabet { position: place + 1, found: '?' });
            };
            code[place] = *character;
            values[place] = *value;
        }
        code[16] = organisation_check(&code[8..16]);
        values[16] =
            value(code[16]).ok_or(CreditCodeError::Alphabet { position: 17, found: char::from(code[16]) })?;
        code[17] = final_check(&values);
        Ok(Self(code))
    }
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;

    /// Reads exactly 18 characters in upper case; what people type is cleaned by `search` first.
    fn from_str(text: &str) -> Result<Self, CreditCodeError> {
        let length = text.chars().count();
        if length != Self::LENGTH {
            return Err(CreditCodeError::Length { found: length });
        }
        let mut code = [b'0'; Self::LENGTH];
        for (index, found) in text.chars().enumerate() {
            code[index] = u8::try_from(found)
                .ok()
                .filter(|byte| value(*byte).is_some())
                .ok_or(CreditCodeError::Alphabet { position: index + 1, found })?;
        }
        let values = values(&code)?;
        let expected = final_check(&values);
        if code[17] != expected {
            return Err(CreditCodeError::Check { expected: expected.into(), found: code[17].into() });
        }
        let expected = organisation_check(&code[8..16]);
        if code[16] != expected {
            return Err(CreditCodeError::OrganisationCheck {
                expected: expected.into(),
                found: code[16].into(),
            });
        }
        Ok(Self(code))
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({self})")
    }
}

impl Serialize for CreditCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why a text is not a credit code. When several things are wrong, the first of this order is told: length,
/// alphabet, last character, organisation code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CreditCodeError {
    /// A character that no code contains.
    Alphabet {
        /// Its place, counted from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The 18th character does not fit the 17 before it.
    Check {
        /// What the first 17 characters ask for.
        expected: char,
        /// What stands there.
        found: char,
    },
    /// Not 18 characters.
    Length {
        /// How many there are.
        found: usize,
    },
    /// The 17th character does not fit characters 9 to 16 (GB 11714).
    OrganisationCheck {
        /// What characters 9 to 16 ask for.
        expected: char,
        /// What stands there.
        found: char,
    },
}

impl fmt::Display for CreditCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alphabet { position, found } => {
                write!(
                    f,
                    "expected digits and capital letters without I O S V Z, found {} at character {position}",
                    QuotedCharacter(*found)
                )
            }
            Self::Check { expected, found } => {
                write!(f, "expected {expected} as character 18, the check of the 17 before it, found {found}")
            }
            Self::Length { found } => write!(f, "expected 18 characters, found {found}"),
            Self::OrganisationCheck { expected, found } => {
                write!(
                    f,
                    "expected {expected} as character 17, the check of characters 9 to 16, found {found}"
                )
            }
        }
    }
}

impl std::error::Error for CreditCodeError {}

impl Problem for CreditCodeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Alphabet { .. } => "code_alphabet",
            Self::Check { .. } => "code_check",
            Self::Length { .. } => "code_length",
            Self::OrganisationCheck { .. } => "code_organisation_check",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Length { .. } => "type all 18 characters as printed on the business licence".into(),
            _ => "compare the code with the business licence, character by character".into(),
        }
    }
}

/// Position of a character in [`CreditCode::ALPHABET`].
/// The place in the alphabet, which leaves out I, O, S, V and Z. Opening a list asks for seventeen of each firm.
fn value(character: u8) -> Option<u32> {
    let (first, value) = match character {
        b'0'..=b'9' => (b'0', 0),
        b'A'..=b'H' => (b'A', 10),
        b'J'..=b'N' => (b'J', 18),
        b'P'..=b'R' => (b'P', 23),
        b'T'..=b'U' => (b'T', 26),
        b'W'..=b'Y' => (b'W', 28),
        _ => return None,
    };
    Some(value + u32::from(character - first))
}

fn values(code: &[u8; CreditCode::LENGTH]) -> Result<[u32; CreditCode::LENGTH], CreditCodeError> {
    let mut values = [0; CreditCode::LENGTH];
    for (index, character) in code.iter().enumerate() {
        values[index] = value(*character)
            .ok_or(CreditCodeError::Alphabet { position: index + 1, found: char::from(*character) })?;
    }
    Ok(values)
}

/// GB 32100-2015: c = (31 − Σ wᵢ·vᵢ mod 31) mod 31, where wᵢ = 3^(i−1) mod 31.
fn final_check(values: &[u32; CreditCode::LENGTH]) -> u8 {
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: u32 = WEIGHTS.iter().zip(values).map(|(weight, value)| weight * value).sum();
    let check = (31 - sum % 31) % 31;
    let index = usize::try_from(check).expect("a remainder of 31 is small");
    CreditCode::ALPHABET[index]
}

/// GB 11714: c = 11 − Σ wᵢ·vᵢ mod 11; 10 is written X and 11 is written 0. Letters count from A = 10 in the
/// plain alphabet of 36, where the codes of GB 32100 skip five letters.
fn organisation_check(number: &[u8]) -> u8 {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let plain = |character: u8| char::from(character).to_digit(36).unwrap_or(0);
    let sum: u32 = WEIGHTS.iter().zip(number).map(|(weight, character)| weight * plain(*character)).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        check => b'0' + u8::try_from(check).expect("a remainder of 11 is small"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RIGHT: [&str; 4] =
        ["914403000006038216", "91440400000948256N", "91440606003663344C", "91440300192317458F"];
    const WRONG: [&str; 4] =
        ["91440300000603821Y", "91440300192189148B", "91520000714304481T", "91110108717809965C"];

    #[test]
    fn the_value_of_a_character_is_its_place_in_the_alphabet() {
        for character in 0..=u8::MAX {
            let place = CreditCode::ALPHABET.iter().position(|known| *known == character);
            assert_eq!(value(character), place.map(|place| u32::try_from(place).unwrap()));
        }
    }

    #[test]
    fn codes_that_are_right_pass() {
        for code in RIGHT {
            assert_eq!(code.parse::<CreditCode>().unwrap().to_string(), code);
        }
    }

    #[test]
    fn codes_with_a_wrong_check_are_refused() {
        for code in WRONG {
            let error = code.parse::<CreditCode>().unwrap_err();
            assert!(matches!(error, CreditCodeError::Check { .. }), "{code}: {error}");
        }
    }

    #[test]
    fn real_codes_pass_where_they_are_at_hand() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/firms/");
        let Ok(codes) = std::fs::read_to_string(format!("{folder}credit-codes-valid-200.txt")) else {
            return;
        };
        for code in codes.split_whitespace() {
            assert!(code.parse::<CreditCode>().is_ok(), "{code}");
        }
        let Ok(firms) = std::fs::read_to_string(format!("{folder}firms-10k.csv")) else { return };
        for line in firms.lines().skip(1) {
            let code = line.split(',').next().unwrap();
            assert!(code.parse::<CreditCode>().is_ok(), "{code}: {:?}", code.parse::<CreditCode>());
        }
    }

    #[test]
    fn each_error_tells_what_was_expected_and_found() {
        let text = |code: &str| code.parse::<CreditCode>().unwrap_err().to_string();
        assert_eq!(text("9144"), "expected 18 characters, found 4");
        assert_eq!(text("91440606003663344C9"), "expected 18 characters, found 19");
        assert_eq!(
            text("9144O606003663344C"),
            "expected digits and capital letters without I O S V Z, found 'O' at character 5"
        );
        assert_eq!(
            text("91440606003663344D"),
            "expected C as character 18, the check of the 17 before it, found D"
        );
        assert_eq!(text("粤440606003663344C"), "expected 18 characters, found 17");
    }

    #[test]
    fn a_wrong_organisation_code_is_found_under_a_right_last_character() {
        let mut code = *b"914406060036633450";
        let all = values(&code).unwrap();
        code[17] = final_check(&all);
        let text = String::from_utf8(code.to_vec()).unwrap();
        assert_eq!(
            text.parse::<CreditCode>().unwrap_err(),
            CreditCodeError::OrganisationCheck { expected: '4', found: '5' }
        );
    }

    proptest! {
        #[test]
        fn any_stem_completes_to_a_code_and_no_single_change_survives(
            stem in proptest::collection::vec(0usize..31, 16), place in 0usize..18, shift in 1usize..31,
        ) {
            let stem: Vec<u8> = stem.into_iter().map(|index| CreditCode::ALPHABET[index]).collect();
            let code = CreditCode::from_stem(&stem.try_into().unwrap()).unwrap();
            prop_assert_eq!(code.as_str().parse::<CreditCode>().unwrap(), code);
            let mut changed = *code.as_bytes();
            let index = CreditCode::ALPHABET.iter().position(|known| *known == changed[place]).unwrap();
            changed[place] = CreditCode::ALPHABET[(index + shift) % 31];
            prop_assert!(std::str::from_utf8(&changed).unwrap().parse::<CreditCode>().is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}") {
            let _ = text.parse::<CreditCode>();
        }
    }
}
