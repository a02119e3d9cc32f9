//! The search alphabet: how the characters of this edition's names are read and how else they are written.
//!
//! A publisher cuts it out of full tables for the characters that occur, so that a device searches by pinyin and in
//! Traditional characters without carrying a dictionary. An edition without one is searched by its characters alone.

use std::collections::{BTreeMap, BTreeSet};

use super::TextColumn;
use crate::number::{index, place};
use crate::sampling::closed_set;

/// Readings and other forms of characters.
///
/// Order, which makes equal alphabets equal values: spellings by their bytes, each once; characters by code point,
/// the readings of one as the publisher's table orders them; variants by their form, each once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alphabet {
    spellings: TextColumn,
    characters: Vec<char>,
    /// Where the readings of each character begin, and one more: how many readings there are.
    first_readings: Vec<u32>,
    readings: Vec<u16>,
    variants: Vec<Variant>,
}

/// Another character that may stand for one of the alphabet.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Variant {
    /// The other character.
    pub form: char,
    /// The character of the alphabet that it stands for.
    pub of: char,
    /// How close the two are.
    pub kin: Kin,
}

closed_set! {
    /// How close a variant is to its character.
    pub enum Kin {
        /// Another writing of the same word, such as 雲 for 云: a name typed with it is the same name.
        Form = "form",
        /// Another writing in some words and a character of its own in others, such as 乾 for 干: found alike, but
        /// never the same name.
        Sibling = "sibling",
        /// Another character that looks alike, such as 末 for 未: an easy slip.
        LookAlike = "look_alike",
    }
}

impl Alphabet {
    /// The alphabet with these characters, each with its readings (lower-case pinyin without tones, ü as v), and
    /// these variants. A variant whose form is one of the characters, or whose character is not, is left out, as is
    /// all but the first of a form.
    ///
    /// # Panics
    /// Where there are more than 65,536 different spellings.
    pub fn new(characters: BTreeMap<char, Vec<String>>, variants: impl IntoIterator<Item = Variant>) -> Self {
        let spelt: BTreeSet<&str> = characters.values().flatten().map(String::as_str).collect();
        let spelt: Vec<&str> = spelt.into_iter().collect();
        let mut first_readings = vec![0];
        let mut readings = Vec::new();
        for own in characters.values() {
            for reading in own {
                let found = spelt.binary_search(&reading.as_str()).expect("gathered from the same readings");
                readings.push(u16::try_from(found).expect("pinyin has some four hundred spellings"));
            }
            first_readings.push(place(readings.len()));
        }
        let mut forms = BTreeMap::new();
        for variant in variants {
            // A look-alike may be one of the characters; another writing never is, or it would have two readings.
            let is_free = variant.kin == Kin::LookAlike || !characters.contains_key(&variant.form);
            if variant.form != variant.of && is_free && characters.contains_key(&variant.of) {
                forms.entry(variant.form).or_insert(variant);
            }
        }
        Self {
            spellings: spelt.iter().collect(),
            characters: characters.keys().copied().collect(),
            first_readings,
            readings,
            variants: forms.into_values().collect(),
        }
    }

    /// The spellings that occur.
    pub const fn spellings(&self) -> &TextColumn {
        &self.spellings
    }

    /// The characters, by code point.
    pub fn characters(&self) -> &[char] {
        &self.characters
    }

    /// How the character at `place` is read, as places in the spellings; empty beyond the last.
    pub fn readings(&self, place: usize) -> &[u16] {
        let bound = |at: usize| self.first_readings.get(at).map(|first| index(*first));
        match (bound(place), bound(place + 1)) {
            (Some(from), Some(to)) => &self.readings[from..to],
            _ => &[],
        }
    }

    /// The variants, by their form.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// The variant with this form.
    pub fn variant(&self, form: char) -> Option<&Variant> {
        let found = self.variants.binary_search_by_key(&form, |variant| variant.form).ok()?;
        Some(&self.variants[found])
    }

    /// Whether `a` and `b` write the same word in every name.
    pub fn writes_the_same(&self, a: char, b: char) -> bool {
        a == b || self.written(a) == self.written(b)
    }

    fn written(&self, character: char) -> char {
        match self.variant(character) {
            Some(variant) if variant.kin == Kin::Form => variant.of,
            _ => character,
        }
    }
}

impl Default for Alphabet {
    fn default() -> Self {
        Self::new(BTreeMap::new(), [])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(form: char, of: char, kin: Kin) -> Variant {
        Variant { form, of, kin }
    }

    fn alphabet() -> Alphabet {
        let read = |character, readings: &[&str]| {
            (character, readings.iter().map(|reading| (*reading).to_owned()).collect())
        };
        let characters =
            [read('云', &["yun"]), read('干', &["gan"]), read('佛', &["fo", "fu"]), read('未', &["wei"])];
        let variants = [
            variant('雲', '云', Kin::Form),
            variant('乾', '干', Kin::Sibling),
            variant('末', '未', Kin::LookAlike),
            variant('発', '发', Kin::Form),
            variant('云', '干', Kin::Form),
        ];
        Alphabet::new(characters.into(), variants)
    }

    #[test]
    fn characters_spellings_and_variants_stand_in_order() {
        let alphabet = alphabet();
        assert_eq!(alphabet.characters(), ['云', '佛', '干', '未']);
        assert_eq!(alphabet.spellings().iter().collect::<Vec<_>>(), ["fo", "fu", "gan", "wei", "yun"]);
        assert_eq!(alphabet.readings(1), [0, 1]);
        assert!(alphabet.readings(4).is_empty());
        let forms: String = alphabet.variants().iter().map(|variant| variant.form).collect();
        assert_eq!(forms, "乾末雲", "what stands for no character, and what is one itself, is left out");
    }

    #[test]
    fn only_another_writing_makes_the_same_name() {
        let alphabet = alphabet();
        assert!(alphabet.writes_the_same('雲', '云') && alphabet.writes_the_same('云', '云'));
        assert!(!alphabet.writes_the_same('乾', '干') && !alphabet.writes_the_same('末', '未'));
    }
}
