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
    /// An alphabet from its columns: spellings, characters, where the readings of each character begin (and one more:
    /// how many there are), readings as places among the spellings, variants. `None` where they break the order stated
    /// above, where a spelling is nobody's, or a variant stands for no character or for itself.
    pub fn from_columns(
        spellings: TextColumn,
        characters: Vec<char>,
        first_readings: Vec<u32>,
        readings: Vec<u16>,
        variants: Vec<Variant>,
    ) -> Option<Self> {
        let alphabet = Self { spellings, characters, first_readings, readings, variants };
        alphabet.is_in_order().then_some(alphabet)
    }

    /// An alphabet in no order, for the reader of a delta: what is not known yet is blank in it.
    pub(crate) fn draft(
        spellings: TextColumn,
        characters: Vec<char>,
        first_readings: Vec<u32>,
        readings: Vec<u16>,
        variants: Vec<Variant>,
    ) -> Self {
        Self { spellings, characters, first_readings, readings, variants }
    }

    fn is_in_order(&self) -> bool {
        let spellings =
            (1..self.spellings.len()).all(|at| self.spellings.get(at - 1) < self.spellings.get(at));
        let mut is_used = vec![false; self.spellings.len()];
        let readings = self.readings.iter().all(|reading| {
            let used = is_used.get_mut(usize::from(*reading));
            used.map(|used| *used = true).is_some()
        });
        let firsts = self.first_readings.is_sorted()
            && self.first_readings.first() == Some(&0)
            && self.first_readings.len() == self.characters.len() + 1
            && self.first_readings.last().map(|last| index(*last)) == Some(self.readings.len());
        spellings
            && readings
            && firsts
            && !is_used.contains(&false)
            && self.characters.is_sorted_by(|a, b| a < b)
            && self.variants.is_sorted_by(|a, b| a.form < b.form)
            && self.variants.iter().all(|variant| self.has_place_for(variant))
    }

    /// Whether a variant stands for a character, and is none itself unless it only looks like one: another writing of
    /// one character would have two readings.
    fn has_place_for(&self, variant: &Variant) -> bool {
        let has = |character: char| self.characters.binary_search(&character).is_ok();
        has(variant.of) && variant.form != variant.of && (variant.kin == Kin::LookAlike || !has(variant.form))
    }

    /// The alphabet with these characters, each with its readings (lower-case pinyin without tones, ü as v), and
    /// these variants. A variant that has no place in it is left out, as is all but the first of a form.
    ///
    /// # Panics
    /// Where there are more than 65,536 different spellings.
    pub fn new(
        characters: &BTreeMap<char, Vec<String>>,
        variants: impl IntoIterator<Item = Variant>,
    ) -> Self {
        let spelt: BTreeSet<&str> = characters.values().flatten().map(String::as_str).collect();
        let spelt: Vec<&str> = spelt.into_iter().collect();
        let mut alphabet = Self { spellings: spelt.iter().collect(), ..Self::default() };
        for (character, own) in characters {
            for reading in own {
                let found = spelt.binary_search(&reading.as_str()).expect("gathered from the same readings");
                alphabet.readings.push(u16::try_from(found).expect("pinyin has some four hundred spellings"));
            }
            alphabet.characters.push(*character);
            alphabet.first_readings.push(place(alphabet.readings.len()));
        }
        let mut forms = BTreeMap::new();
        for variant in variants.into_iter().filter(|variant| alphabet.has_place_for(variant)) {
            forms.entry(variant.form).or_insert(variant);
        }
        alphabet.variants = forms.into_values().collect();
        alphabet
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
        Self {
            spellings: TextColumn::default(),
            characters: Vec::new(),
            first_readings: vec![0],
            readings: Vec::new(),
            variants: Vec::new(),
        }
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
        Alphabet::new(&characters.into(), variants)
    }

    #[test]
    fn characters_spellings_and_variants_stand_in_order() {
        let alphabet = alphabet();
        assert_eq!(alphabet.characters(), ['云', '佛', '干', '未']);
        assert_eq!(alphabet.spellings().iter().collect::<Vec<_>>(), ["fo", "fu", "gan", "wei", "yun"]);
        assert_eq!(alphabet.readings(1), [0, 1]);
        assert_eq!(alphabet.readings(4).len(), 0);
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
