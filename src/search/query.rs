//! What a person typed, pasted or scanned.

use std::borrow::Cow;

use super::barcode::barcode;
use super::label::maker_in;
use crate::CreditCode;
use crate::firm::{CreditCodeError, normal_form};

/// A question, understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Query {
    /// A credit code that passes its checks.
    Code(CreditCode),
    /// Meant as a credit code, but it cannot be one.
    BadCode {
        /// What was typed, cleaned.
        typed: String,
        /// What is wrong with it.
        error: CreditCodeError,
    },
    /// The digits of a barcode whose check digit is right, as GTIN-13 (or GTIN-8), however it was scanned.
    Barcode(String),
    /// Part of a name or of a code: the parts in normal form, each to be found in one field. Of a line pasted from a
    /// label the name of the maker.
    Words(Vec<String>),
    /// Nothing that could be looked for.
    Empty,
}

impl Query {
    /// The longest question that is read; what follows is ignored. Longer than any name or link that carries a code.
    pub const MAX_CHARACTERS: usize = 512;

    /// Understands `text`.
    pub fn read(text: &str) -> Self {
        let text: String = text.chars().take(Self::MAX_CHARACTERS).collect();
        if let [code] = *codes_within(&text) {
            return Self::Code(code);
        }
        let text = unescaped(&text);
        let compact = compact(&text);
        if let Some(digits) = barcode(&text, &compact) {
            return Self::Barcode(digits);
        }
        let bare = compact.replace([',', ':'], "");
        if is_meant_as_code(&bare) {
            let typed = without_look_alikes(&bare);
            return match typed.parse::<CreditCode>() {
                Ok(code) => Self::Code(code),
                Err(error) => Self::BadCode { typed, error },
            };
        }
        let words: Vec<String> = text.split_whitespace().map(normal_form).collect();
        let words: Vec<String> = maker_in(&words.join(" ")).split_whitespace().map(str::to_owned).collect();
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }
}

/// The valid codes that stand by themselves in a longer text, such as the link behind a business licence's QR code, each
/// once. The escapes of links are undone.
pub fn codes_within(text: &str) -> Vec<CreditCode> {
    let mut codes: Vec<CreditCode> = Vec::new();
    for word in unescaped(text).split_whitespace().map(normal_form) {
        let runs = word.split(|character: char| !character.is_ascii_alphanumeric());
        for code in runs.filter_map(|run| run.parse().ok()) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes
}

/// In upper case, without spaces, hyphens and the like.
fn compact(text: &str) -> String {
    normal_form(text).chars().filter(|character| !matches!(character, '-' | '_' | '.')).collect()
}

/// Letters and digits only, about as long as a code, and mostly digits.
fn is_meant_as_code(compact: &str) -> bool {
    let digits = compact.bytes().filter(u8::is_ascii_digit).count();
    compact.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (15..=21).contains(&compact.len())
        && digits >= 8
}

/// The two letters that no code contains and that people write for digits.
fn without_look_alikes(code: &str) -> String {
    code.chars()
        .map(|character| match character {
            'O' => '0',
            'I' => '1',
            other => other,
        })
        .collect()
}

/// The text with the escapes of links undone, where it has any: `%2C91440606…` begins with a comma.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escape =
            after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let (byte, next) = match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (byte, &after[2..]),
            None => (*first, after),
        };
        bytes.push(byte);
        rest = next;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CODE: &str = "91440606003663344C";

    fn code() -> Query {
        Query::Code(CODE.parse().unwrap())
    }

    #[test]
    fn a_code_is_known_in_any_dress() {
        for text in [
            CODE,
            "91440606003663344c",
            " 9144 0606 0036 6334 4C ",
            "9144O6O6003663344C",
            "9I44060600366334-4C",
            "９１４４０６０６００３６６３３４４Ｃ",
            "https://example.com/licence?cid=91440606003663344C&from=qr",
            "统一社会信用代码:91440606003663344C",
            "统一社会信用代码91440606003663344C（正本）",
            "91440606003663344C 云帆 照明",
        ] {
            assert_eq!(Query::read(text), code(), "{text}");
        }
    }

    #[test]
    fn a_code_with_a_mistake_says_which() {
        let Query::BadCode { typed, error } = Query::read("9144O606003663344D") else { panic!("not a code") };
        assert_eq!(typed, "91440606003663344D");
        assert_eq!(error, CreditCodeError::Check { expected: 'C', found: 'D' });
        assert!(matches!(
            Query::read("91440606003663344"),
            Query::BadCode { error: CreditCodeError::Length { found: 17 }, .. }
        ));
    }

    #[test]
    fn two_codes_in_one_text_are_no_code() {
        assert!(matches!(Query::read("91440606003663344C 914403000006038216"), Query::Words(_)));
    }

    #[test]
    fn a_code_is_found_in_an_escaped_link() {
        let link = "https://example.com/q?d=%7B%22uniscid%22%3A%2291440606003663344C%22%7D";
        assert_eq!(Query::read(link), code());
        assert_eq!(Query::read("100%"), Query::Words(vec!["100%".into()]));
    }

    #[test]
    fn a_barcode_needs_its_check_digit() {
        assert_eq!(Query::read("6921168509256"), Query::Barcode("6921168509256".into()));
        assert_eq!(Query::read("16921168509253"), Query::Barcode("6921168509253".into()));
        for scanned in ["EAN_13,6921168509256", "0106921168509256"] {
            assert_eq!(Query::read(scanned), Query::Barcode("6921168509256".into()), "as long as a code");
        }
        assert_eq!(Query::read("6921168509255"), Query::Words(vec!["6921168509255".into()]));
    }

    #[test]
    fn a_name_is_taken_apart_at_spaces() {
        assert_eq!(Query::read("佛山（云帆） 照明"), Query::Words(vec!["佛山(云帆)".into(), "照明".into()]));
        assert_eq!(Query::read(" \u{200b}·　"), Query::Empty);
        assert_eq!(Query::read(""), Query::Empty);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,600}") {
            let _ = Query::read(&text);
        }
    }
}
