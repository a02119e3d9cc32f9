//! Tokens: what the texts of a bulletin repeat from its other columns.
//!
//! Addresses and titles name the day, the year and the division, as in `/202308/20230821/`. A token stands for such a
//! part of a text; which parts are tokens follows from the text and the bulletin alone.

use crate::{Day, Division};

/// The texts that tokens stand for, in the order in which they are looked for.
pub(super) struct Tokens {
    texts: [String; Tokens::COUNT],
}

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
        Self { texts: Default::default() }
    }

    /// The tokens of a bulletin.
    pub(super) fn of(published_on: Day, inspection_year: Option<i32>, division: Division) -> Self {
        let dashed = published_on.to_string();
        let plain: String = dashed.split('-').collect();
        let year = inspection_year.map_or(String::new(), |year| format!("{year:04}"));
        let texts =
            [dashed, plain[..8].into(), division.to_string(), plain[..6].into(), year, plain[..4].into()];
        Self { texts }
    }

    /// What the token at `place` stands for.
    pub(super) fn text(&self, place: usize) -> &str {
        self.texts.get(place).map_or("", String::as_str)
    }

    /// Divides a text: at each place the first token that fits there, or else one character.
    pub(super) fn parts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Part> + 't {
        let mut rest = text;
        std::iter::from_fn(move || {
            let fits = |token: &String| !token.is_empty() && rest.starts_with(token.as_str());
            let may_fit = rest.starts_with(|next: char| next.is_ascii_digit());
            if let Some(token) = self.texts.iter().position(|token| may_fit && fits(token)) {
                rest = &rest[self.texts[token].len()..];
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
