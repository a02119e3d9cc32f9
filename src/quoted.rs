//! What was found, as it stands in the text of an error: in quotes, with whatever could break the line escaped.
//!
//! The standard library's `{:?}` says nearly the same, but costs a browser 3 KB: what it loads is built without any
//! (`fmt-debug` in the Makefile), so that a `{:?}` in the text of an error would be empty there,
//! which `make lint` refuses.

use std::fmt::{self, Write};

/// A text in double quotes.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        self.0.chars().try_for_each(|character| write_escaped(f, character, '"'))?;
        f.write_char('"')
    }
}

/// One character in single quotes.
#[derive(Clone, Copy)]
pub(crate) struct QuotedCharacter(pub(crate) char);

impl fmt::Display for QuotedCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        write_escaped(f, self.0, '\'')?;
        f.write_char('\'')
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, character: char, quote: char) -> fmt::Result {
    match character {
        '\\' => f.write_str("\\\\"),
        _ if character == quote => write!(f, "\\{quote}"),
        _ if character.is_control() || is_direction(character) => {
            write!(f, "\\u{{{:x}}}", u32::from(character))
        }
        _ => f.write_char(character),
    }
}

/// The marks that turn the direction of text: they would make an error read as another one.
fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_between_its_quotes() {
        assert_eq!(Quoted("佛山 O'Neil").to_string(), "\"佛山 O'Neil\"");
        assert_eq!(Quoted("a\"b\\c").to_string(), r#""a\"b\\c""#);
    }

    #[test]
    fn nothing_breaks_or_turns_the_line() {
        assert_eq!(Quoted("a\nb\u{202e}c").to_string(), r#""a\u{a}b\u{202e}c""#);
        assert_eq!(QuotedCharacter('\u{0}').to_string(), r"'\u{0}'");
        assert_eq!(QuotedCharacter('\'').to_string(), r"'\''");
        assert_eq!(QuotedCharacter('佛').to_string(), "'佛'");
    }
}
