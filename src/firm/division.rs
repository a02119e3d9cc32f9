//! A division code (行政区划代码, GB/T 2260): six digits, province, prefecture, county.

use crate::quoted::Quoted;
use std::fmt;
use std::str::FromStr;

use crate::Problem;

/// Six digits such as `440600` (Foshan in Guangdong). Whether the division exists today is not judged.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Division(u32);

impl Division {
    /// The six digits as a number below 1,000,000.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The division with these six digits; `None` for 1,000,000 and above.
    pub const fn from_number(number: u32) -> Option<Self> {
        if number < 1_000_000 { Some(Self(number)) } else { None }
    }

    /// The province or municipality: the first two digits, the rest zero.
    pub const fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The prefecture-level city: the first four digits, the rest zero.
    pub const fn city(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// Whether the six digits begin with `prefix`, for example `44` for all of Guangdong.
    pub fn lies_in(self, prefix: &str) -> bool {
        // By numbers: every firm is asked, and to write a text for each would take longer than its streak.
        let fits = |(digit, unit): (u8, u32)| u32::from(digit) == self.0 / unit % 10 + u32::from(b'0');
        prefix.len() <= 6 && prefix.bytes().zip([100_000, 10_000, 1_000, 100, 10, 1]).all(fits)
    }
}

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl serde::Serialize for Division {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Division {
    type Err = DivisionError;

    fn from_str(text: &str) -> Result<Self, DivisionError> {
        let refuse = || DivisionError { found: text.chars().take(40).collect() };
        if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refuse());
        }
        text.parse().ok().and_then(Self::from_number).ok_or_else(refuse)
    }
}

/// A text that is not six digits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DivisionError {
    found: String,
}

impl fmt::Display for DivisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a division code of six digits, found {}", Quoted(&self.found))
    }
}

impl std::error::Error for DivisionError {}

impl Problem for DivisionError {
    fn code(&self) -> &'static str {
        "bad_division"
    }

    fn advice(&self) -> String {
        "write the division as GB/T 2260 does, for example 440600 for Foshan".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_knows_its_city_and_province() {
        let shunde: Division = "440606".parse().unwrap();
        assert_eq!(shunde.city().to_string(), "440600");
        assert_eq!(shunde.province().to_string(), "440000");
        for prefix in ["", "4", "44", "4406", "440606"] {
            assert!(shunde.lies_in(prefix), "{prefix}");
        }
        for prefix in ["45", "06", "440605", "4406060", "44 ", "４４", "4a"] {
            assert!(!shunde.lies_in(prefix), "{prefix}");
        }
        assert!("010000".parse::<Division>().unwrap().lies_in("01"));
    }

    #[test]
    fn anything_but_six_digits_is_refused() {
        for text in ["", "44", "44060", "4406060", "44060a", "４４０６０６", "+44060"] {
            let error = text.parse::<Division>().unwrap_err();
            assert_eq!(error.to_string(), format!("expected a division code of six digits, found {text:?}"));
        }
    }
}
