//! Characters as small numbers, all writings of one character as one number.

use crate::edition::{Alphabet, Kin};

/// A character of names as a number: all its cases, widths, accents and forms are one.
pub(super) type Symbol = u16;

/// What ends a text; no character has it.
pub(super) const END: Symbol = 0;
/// What no text of the edition contains.
pub(super) const UNKNOWN: Symbol = u16::MAX;
/// What is read over: spaces, brackets, dots, marks.
const SKIPPED: Symbol = u16::MAX - 1;
/// A digit has its value more than this.
const DIGITS: Symbol = 1;
/// The letter A; the other letters follow.
const LETTERS: Symbol = 11;
/// The first character of the alphabet; the others follow.
const CHARACTERS: Symbol = 37;

/// How many code points lie on a page.
const PAGE: usize = 128;

/// Which symbol a character has.
pub(super) struct Symbols {
    /// For each 128 code points of the first plane where in `pages` theirs begin; at 0 stand those that have none.
    page_of: Box<[u16; 512]>,
    pages: Vec<Symbol>,
    /// Code points beyond the first plane.
    beyond: Vec<(char, Symbol)>,
    /// Characters that look like one of the alphabet, by code point.
    alike: Vec<(char, Symbol)>,
    next: Symbol,
}

impl Symbols {
    /// The symbols of an edition with this alphabet, before any name was read.
    pub(super) fn new(alphabet: &Alphabet) -> Self {
        let mut symbols = Self {
            page_of: Box::new([0; 512]),
            pages: vec![END; PAGE],
            beyond: Vec::new(),
            alike: Vec::new(),
            next: CHARACTERS,
        };
        symbols.learn_latin();
        for character in alphabet.characters() {
            let _ = symbols.fresh(*character);
        }
        for variant in alphabet.variants() {
            let of = symbols.get(variant.of);
            if variant.kin == Kin::LookAlike {
                symbols.alike.push((variant.form, of));
            } else {
                symbols.set(variant.form, of);
            }
        }
        symbols
    }

    /// How many symbols there are, [`END`] included.
    pub(super) fn len(&self) -> usize {
        usize::from(self.next)
    }

    /// The symbol of `character`, or `None` where it is read over.
    pub(super) fn read(&self, character: char) -> Option<Symbol> {
        match self.get(character) {
            SKIPPED => None,
            END if is_read_over(character) => None,
            END => Some(UNKNOWN),
            symbol => Some(symbol),
        }
    }

    /// The same while names are laid out: a character that was not met before gets a symbol.
    pub(super) fn read_or_learn(&mut self, character: char) -> Option<Symbol> {
        match self.get(character) {
            SKIPPED => None,
            END if is_read_over(character) => {
                self.set(character, SKIPPED);
                None
            }
            END => self.fresh(character),
            symbol => Some(symbol),
        }
    }

    /// Reads `text` to the beginning of `room`, learning what was not met before, and gives the number of symbols.
    /// The same as [`Symbols::read_or_learn`] for each character, but names are mostly three-byte characters that are
    /// known, and a large edition has millions of them.
    ///
    /// # Panics
    /// Where `room` is shorter than the text has bytes.
    pub(super) fn learn_text(&mut self, text: &str, room: &mut [Symbol]) -> usize {
        let (mut rest, mut length) = (text.as_bytes(), 0);
        while let [first, after @ ..] = rest {
            if let ([second, third, after @ ..], 0xE0..=0xEF) = (after, first) {
                let unit = u16::from(first & 15) << 12 | u16::from(second & 63) << 6 | u16::from(third & 63);
                let symbol = self.of_unit(unit);
                if symbol != END && symbol != SKIPPED {
                    room[length] = symbol;
                    (rest, length) = (after, length + 1);
                    continue;
                }
            }
            let Some(character) = text[text.len() - rest.len()..].chars().next() else { break };
            if let Some(symbol) = self.read_or_learn(character) {
                room[length] = symbol;
                length += 1;
            }
            rest = &rest[character.len_utf8()..];
        }
        length
    }

    /// The symbol of the character that looks like `character`, or [`UNKNOWN`].
    pub(super) fn alike(&self, character: char) -> Symbol {
        let found = self.alike.binary_search_by_key(&character, |(form, _)| *form);
        found.map_or(UNKNOWN, |found| self.alike[found].1)
    }

    fn learn_latin(&mut self) {
        for (digit, symbol) in ('0'..='9').zip(DIGITS..) {
            self.set(digit, symbol);
        }
        for (letter, symbol) in ('A'..='Z').zip(LETTERS..) {
            self.set(letter, symbol);
            self.set(letter.to_ascii_lowercase(), symbol);
        }
        for (full, half) in ('\u{FF01}'..='\u{FF5E}').zip('!'..='~') {
            self.set(full, self.get(half));
        }
        for (accented, base) in ('\u{C0}'..='\u{17F}').zip(WITHOUT_ACCENT.chars()) {
            self.set(accented, self.get(base));
        }
    }

    /// `None` where there are no symbols left, after some 65,000 characters: the rest is read over.
    fn fresh(&mut self, character: char) -> Option<Symbol> {
        let symbol = Some(self.next).filter(|next| *next < SKIPPED)?;
        self.set(character, symbol);
        self.next += 1;
        Some(symbol)
    }

    fn get(&self, character: char) -> Symbol {
        match u16::try_from(u32::from(character)) {
            Ok(unit) => self.of_unit(unit),
            // Few names have one of these.
            Err(_) => {
                self.beyond.iter().find(|(own, _)| *own == character).map_or(END, |(_, symbol)| *symbol)
            }
        }
    }

    // A build for size would call it for each character of each name, which takes as long as what it does.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn of_unit(&self, unit: u16) -> Symbol {
        self.pages.as_slice()[usize::from(self.page_of[usize::from(unit >> 7)] + (unit & 127))]
    }

    fn set(&mut self, character: char, symbol: Symbol) {
        let Ok(unit) = u16::try_from(u32::from(character)) else {
            self.beyond.push((character, symbol));
            return;
        };
        let page = &mut self.page_of[usize::from(unit >> 7)];
        if *page == 0 {
            *page = u16::try_from(self.pages.len()).expect("512 pages of 128 begin below 65,536");
            self.pages.resize(self.pages.len() + PAGE, END);
        }
        self.pages[usize::from(*page + (unit & 127))] = symbol;
    }
}

/// The letter, as 0 to 25, that a symbol is.
pub(super) fn letter(symbol: Symbol) -> Option<u8> {
    u8::try_from(symbol.wrapping_sub(LETTERS)).ok().filter(|letter| *letter < 26)
}

/// The place in the alphabet of the character that a symbol is; beyond the alphabet where it is none of it.
pub(super) fn character(symbol: Symbol) -> usize {
    symbol.checked_sub(CHARACTERS).map_or(usize::MAX - 1, usize::from)
}

/// The symbol of the character at `place` of the alphabet.
pub(super) fn symbol(place: usize) -> Symbol {
    u16::try_from(place).map_or(UNKNOWN, |place| place.saturating_add(CHARACTERS))
}

/// What no one means when he types or prints a name: white space, controls, punctuation, symbols and emoji.
fn is_read_over(character: char) -> bool {
    matches!(
        character,
        '\0'..='/' | ':'..='@' | '['..='`' | '{'..='\u{BF}' | '\u{D7}' | '\u{F7}' | '\u{2B0}'..='\u{36F}'
            | '\u{1680}' | '\u{180B}'..='\u{180E}' | '\u{2000}'..='\u{2BFF}' | '\u{2E00}'..='\u{2E7F}'
            | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{302A}'..='\u{3030}' | '\u{303D}'..='\u{3040}'
            | '\u{30FB}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE6F}' | '\u{FEFF}'..='\u{FF0F}'
            | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}'
            | '\u{FFE0}'..='\u{FFFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0000}'..='\u{10FFFF}'
    )
}

/// U+00C0 to U+017F without accents; a full stop where there is no letter.
const WITHOUT_ACCENT: &str = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO.OUUUUYTYAAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGG\
     HHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Variant;

    fn symbols() -> Symbols {
        let characters = [('云', vec!["yun".to_owned()]), ('佛', vec!["fo".to_owned()])];
        let variants = [
            Variant { form: '雲', of: '云', kin: Kin::Form },
            Variant { form: '仏', of: '佛', kin: Kin::LookAlike },
        ];
        Symbols::new(&Alphabet::new(&characters.into(), variants))
    }

    #[test]
    fn all_writings_of_a_character_are_one_symbol() {
        let symbols = symbols();
        for (one, other) in [('a', 'Ａ'), ('É', 'e'), ('ü', 'U'), ('雲', '云'), ('ž', 'Z'), ('７', '7')]
        {
            assert_eq!(symbols.read(one), symbols.read(other), "{one} {other}");
        }
        assert_ne!(symbols.read('佛'), symbols.read('云'));
        assert_eq!(WITHOUT_ACCENT.len(), 0x17F - 0xC0 + 1);
    }

    #[test]
    fn decoration_is_read_over_and_strangers_are_unknown() {
        let symbols = symbols();
        for character in ['（', ')', ' ', '·', '\u{200F}', '😀', '-', '\0', '×'] {
            assert_eq!(symbols.read(character), None, "{character:?}");
        }
        for character in ['龘', '仏', 'ж', '\u{20000}'] {
            assert_eq!(symbols.read(character), Some(UNKNOWN), "{character:?}");
        }
        assert_eq!(symbols.alike('仏'), symbols.read('佛').unwrap());
    }

    #[test]
    fn what_a_name_contains_is_learnt() {
        let mut symbols = symbols();
        let learnt = symbols.read_or_learn('龘');
        assert_eq!(symbols.read('龘'), learnt);
        assert_eq!(usize::from(learnt.unwrap()) + 1, symbols.len());
    }

    #[test]
    fn a_text_is_read_as_its_characters_are() {
        let text = "佛（云）\u{FEFF}雲a Ａé龘\u{20000}ж。";
        let (mut one, mut other) = (symbols(), symbols());
        let mut read = vec![END; text.len()];
        let length = one.learn_text(text, &mut read);
        let expected: Vec<Symbol> = text.chars().filter_map(|own| other.read_or_learn(own)).collect();
        assert_eq!(read[..length], expected);
    }
}
