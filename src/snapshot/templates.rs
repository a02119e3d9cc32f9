//! Tokens: what the texts of a bulletin repeat from its other columns.
//!
//! Addresses and titles name the day, the year and the division, as in `/202308/20230821/`. A token stands for such a
//! part of a text; which parts are tokens follows from the text and the bulletin alone.

use std::ops::Range;

use crate::number::push_digits;
use crate::{Day, Division};

/// The texts that tokens stand for.
pub(super) struct Tokens {
    /// The day as `YYYY-MM-DD` and as `YYYYMMDD`, the division, and the inspection year if there is one.
    digits: String,
}

/// Where each token lies in them, in the order in which they are looked for.
const PLACES: [Range<usize>; Tokens::COUNT] = [0..10, 10..18, 18..24, 10..16, 24..28, 10..14];

/// A part of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    Character(char),
    /// A token, by its place.
    Token(usize),
}

impl Tokens {
    pub(super) const COUNT: usize = 6;

    /// No tokens.
    pub(super) fn none() -> Self {
        Self { digits: String::new() }
    }

    /// The tokens of a bulletin.
    pub(super) fn of(published_on: Day, inspection_year: Option<i32>, division: Division) -> Self {
        let (year, month, day) = published_on.civil();
        let (month, day) = (u32::from(month), u32::from(day));
        let mut digits = String::with_capacity(28);
        push_digits(&mut digits, year.unsigned_abs(), 4);
        digits.push('-');
        push_digits(&mut digits, month, 2);
        digits.push('-');
        push_digits(&mut digits, day, 2);
        push_digits(&mut digits, year.unsigned_abs() * 10_000 + month * 100 + day, 8);
        push_digits(&mut digits, division.number(), 6);
        if let Some(year) = inspection_year {
            push_digits(&mut digits, year.unsigned_abs(), 4);
        }
        Self { digits }
    }

    /// What the token at `place` stands for; empty where there is none.
    pub(super) fn text(&self, place: usize) -> &str {
        PLACES.get(place).and_then(|place| self.digits.get(place.clone())).unwrap_or("")
    }

    /// The first token that a text begins with. All of them begin with a digit, and most texts do not.
    pub(super) fn first(&self, text: &str) -> Option<usize> {
        if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let fits = |token: &str| !token.is_empty() && text.starts_with(token);
        (0..Self::COUNT).find(|place| fits(self.text(*place)))
    }

    /// Divides a text: at each place the first token that fits there, or else one character.
    pub(super) fn parts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Part> + 't {
        let mut rest = text;
        std::iter::from_fn(move || {
            if let Some(token) = self.first(rest) {
                rest = &rest[self.text(token).len()..];
                return Some(Part::Token(token));
            }
            let mut characters = rest.chars();
            let next = characters.next()?;
            rest = characters.as_str();
            Some(Part::Character(next))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_divided_into_the_first_tokens_that_fit() {
        let day = "2023-08-21".parse().unwrap();
        let tokens = Tokens::of(day, Some(2022), "310000".parse().unwrap());
        let parts: Vec<Part> = tokens.parts("a/202308/2023082131000020222023").collect();
        let token = Part::Token;
        let expected = [
            Part::Character('a'),
            Part::Character('/'),
            token(3),
            Part::Character('/'),
            token(1),
            token(2),
            token(4),
            token(5),
        ];
        assert_eq!(parts, expected);
        assert_eq!(Tokens::none().parts("a2").count(), 2);
    }
}
