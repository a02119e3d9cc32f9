//! Part of a credit code: its beginning, its end, the organisation code in its middle.

use crate::CreditCode;
use crate::number::place;

/// What was typed of a code, in capital letters, without look-alikes.
pub(super) struct PartialCode(String);

impl PartialCode {
    const SHORTEST: usize = 4;

    /// What is typed as one run of letters and digits, with or without hyphens and spaces, may be part of a code.
    pub(super) fn read(words: &[String]) -> Option<Self> {
        let mut typed = String::new();
        for character in words.iter().flat_map(|word| word.chars()) {
            match character {
                'O' => typed.push('0'),
                'I' => typed.push('1'),
                '0'..='9' | 'A'..='Z' => typed.push(character),
                '-' => {}
                _ => return None,
            }
        }
        // Counted as typed: pinyin is full of i and o.
        let digits = words.iter().flat_map(|word| word.bytes()).filter(u8::is_ascii_digit).count();
        (Self::SHORTEST..=CreditCode::LENGTH).contains(&typed.len()).then_some(())?;
        (digits >= 2).then_some(Self(typed))
    }

    /// Where it stands in `code`.
    pub(super) fn stands_in(&self, code: &CreditCode) -> Option<usize> {
        let (first, last) = (self.0.as_bytes()[0], CreditCode::LENGTH - self.0.len());
        let code = code.as_bytes();
        (0..=last).find(|at| code[*at] == first && code[*at..].starts_with(self.0.as_bytes()))
    }

    /// The same as a range of the printed code.
    pub(super) fn range(&self, code: &CreditCode) -> Option<[u32; 2]> {
        self.stands_in(code).map(|at| [place(at), place(at + self.0.len())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(words: &[&str]) -> Option<usize> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        PartialCode::read(&words)?.stands_in(&"91440606003663344C".parse().unwrap())
    }

    #[test]
    fn a_part_is_found_wherever_it_stands() {
        assert_eq!(stands(&["9144O6"]), Some(0));
        assert_eq!(stands(&["00366334-4"]), Some(8), "organisation code");
        assert_eq!(stands(&["3344C"]), Some(13));
        assert_eq!(stands(&["9144", "0606"]), Some(0));
        assert_eq!(stands(&["3345C"]), None);
    }

    #[test]
    fn a_word_is_no_code() {
        for words in
            [&["TCL"][..], &["FOSHANOPPOI"], &["ABCD"], &["123"], &["云帆123"], &["914406060036633440000"]]
        {
            assert_eq!(stands(words), None, "{words:?}");
        }
    }
}
