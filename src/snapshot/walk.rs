//! What every part of the walk over an edition uses: the coder, the alphabet, the texts and what may still come.

use super::SnapshotError;
use super::coder::Coder;
use super::field::Field;
use super::known::{Known, List};
use super::models::Number;
use super::templates::{Part, Tokens};
use super::text_model::{Before, Kind, TextModel};
use crate::number::{index, place};
use crate::pace::{Pace, step};

/// A walk over an edition, writing it or reading it.
///
/// A writing walk is given the edition, a reading walk is given none, and both return the edition that a reader
/// makes. So there is one description of the format in code, and what is written is what is read.
pub(super) struct Walk<'p, C> {
    pub(super) coder: C,
    pace: &'p dyn Pace,
    /// The characters of all texts, in the order of their code points.
    alphabet: Vec<char>,
    /// Where in it the 128 characters of ASCII stand, which digits and addresses are made of.
    ascii: Vec<Option<usize>>,
    used: Vec<bool>,
    texts: TextModel,
    /// Characters that may still come.
    characters: u32,
    /// What the reader knows already.
    pub(super) known: Known,
    scratch: String,
}

/// What a snapshot announces of its texts.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// Characters in all texts, repeated ones included.
    pub(super) characters: u32,
    /// Distinct characters.
    pub(super) alphabet: u32,
}

impl Size {
    /// Bits of a place in the memories of texts: 12 to 18, about half as many places as characters. Twice as many
    /// would make the demo edition 0.3 % smaller, and decoding slower by what no longer fits into the cache.
    pub(super) fn memory_bits(self) -> u32 {
        (self.characters.max(2).ilog2() - 1).clamp(12, 18)
    }

    /// How many symbols there are: the end of a text, the characters, the tokens.
    fn symbols(self) -> u16 {
        let symbols = 1 + index(self.alphabet) + Tokens::COUNT;
        u16::try_from(symbols).expect("the limit of the alphabet leaves room for the tokens")
    }
}

impl<'p, C: Coder> Walk<'p, C> {
    /// Begins the walk with the alphabet of all texts that will be coded.
    pub(super) fn begin(
        mut coder: C,
        pace: &'p dyn Pace,
        alphabet: &[char],
        size: Size,
        known: Known,
    ) -> Result<Self, Box<SnapshotError>> {
        let alphabet = code_alphabet(&mut coder, &known, alphabet, size.alphabet)?;
        let ascii = ('\0'..='\x7F').map(|character| alphabet.binary_search(&character).ok()).collect();
        let used = vec![false; alphabet.len()];
        let texts = TextModel::new(size.symbols(), size.memory_bits());
        let (characters, scratch) = (size.characters, String::new());
        Ok(Self { coder, pace, alphabet, ascii, used, texts, characters, known, scratch })
    }

    /// Turns to an entry of a list, which the reader may know already. What is given of it is given back, unless it
    /// is read.
    pub(super) fn turn_to<T>(&mut self, list: List, at: usize, given: Option<T>) -> Option<T> {
        self.known.turn_to(&mut self.coder, list, at, given)
    }

    /// Codes a text without tokens.
    pub(super) fn text(&mut self, kind: Kind, hint: u32, given: &str) -> Result<&str, Box<SnapshotError>> {
        self.scratch.clear();
        let tokens = Tokens::none();
        let mut before = Before::start(kind, hint);
        let mut given = given.chars();
        loop {
            let next = if self.coder.reads() { None } else { given.next() };
            let symbol = next.map_or(Some(END), |next| self.symbol_of(Part::Character(next)));
            let symbol = symbol.and_then(|symbol| self.texts.symbol(&mut self.coder, &mut before, symbol));
            match symbol {
                None => return Err(BROKEN.into()),
                Some(END) => return Ok(&self.scratch),
                Some(symbol) => self.append(symbol, &tokens)?,
            }
        }
    }

    /// Codes a text into a string of its own.
    pub(super) fn owned_text(
        &mut self,
        kind: Kind,
        hint: u32,
        given: &str,
    ) -> Result<String, Box<SnapshotError>> {
        self.text(kind, hint, given).map(str::to_owned)
    }

    /// Codes a text whose parts may be tokens, and begins as the last text of its field does; `last` holds the symbols of
    /// that, and then of this one.
    pub(super) fn text_like(
        &mut self,
        tokens: &Tokens,
        field: &mut Field,
        hint: u32,
        last: &mut Vec<u32>,
        given: &str,
    ) -> Result<String, Box<SnapshotError>> {
        let given = if self.coder.reads() { Vec::new() } else { self.symbols(tokens, given)? };
        let shared = field.shared(&mut self.coder, last, &given).ok_or(BROKEN)?;
        let other = last.get(shared).copied();
        last.truncate(shared);
        let mut before = Before::start(field.kind, hint);
        self.scratch.clear();
        for symbol in last.iter().filter(|symbol| **symbol != END) {
            before.then(*symbol);
            self.append(*symbol, tokens)?;
        }
        while last.last() != Some(&END) {
            let symbol = given.get(last.len()).copied().unwrap_or(END);
            let symbol = self.texts.symbol(&mut self.coder, &mut before, symbol);
            let Some(symbol) = symbol else { return Err(BROKEN.into()) };
            // What is as in the last text is not told once more.
            if last.len() == shared && other == Some(symbol) {
                return Err(BROKEN.into());
            }
            if symbol != END {
                self.append(symbol, tokens)?;
            }
            last.push(symbol);
        }
        if self.is_divided(tokens, &last[..last.len() - 1]) {
            Ok(self.scratch.clone())
        } else {
            Err(BROKEN.into())
        }
    }

    /// Whether the text at hand is divided into these symbols as a writer divides it. Its characters are theirs; so it is
    /// if tokens stand where tokens fit, and nowhere else.
    fn is_divided(&self, tokens: &Tokens, symbols: &[u32]) -> bool {
        let mut rest = self.scratch.as_str();
        symbols.iter().all(|symbol| {
            let at = index(*symbol) - 1;
            let length = self.alphabet.get(at).map_or(0, |character| character.len_utf8());
            let found = tokens.first(rest);
            rest = &rest[found.map_or(length, |token| tokens.text(token).len())..];
            found == at.checked_sub(self.alphabet.len())
        })
    }

    /// The symbols of a text, its end included.
    fn symbols(&self, tokens: &Tokens, text: &str) -> Result<Vec<u32>, Box<SnapshotError>> {
        let symbols = tokens.parts(text).map(|part| self.symbol_of(part)).chain([Some(END)]);
        symbols.collect::<Option<_>>().ok_or_else(|| BROKEN.into())
    }

    /// Appends the character of a symbol, or the text of its token, to the text at hand.
    fn append(&mut self, symbol: u32, tokens: &Tokens) -> Result<(), Box<SnapshotError>> {
        let at = index(symbol) - 1;
        if let Some(character) = self.alphabet.get(at).copied() {
            self.used[at] = true;
            self.spend(1)?;
            self.scratch.push(character);
            return Ok(());
        }
        let token = tokens.text(at - self.alphabet.len());
        if token.is_empty() {
            return Err(BROKEN.into());
        }
        self.scratch.push_str(token);
        self.account(token)
    }

    /// Takes note of a text that is told by other means than symbols.
    pub(super) fn account(&mut self, text: &str) -> Result<(), Box<SnapshotError>> {
        for character in text.chars() {
            let Some(at) = self.place_of(character) else { return Err(BROKEN.into()) };
            self.used[at] = true;
            self.spend(1)?;
        }
        Ok(())
    }

    /// Takes note of characters that are known to be used.
    #[inline]
    pub(super) fn spend(&mut self, characters: u32) -> Result<(), Box<SnapshotError>> {
        let Some(left) = self.characters.checked_sub(characters) else { return Err(BROKEN.into()) };
        self.characters = left;
        Ok(())
    }

    /// Codes a place below `count`.
    pub(super) fn among(
        &mut self,
        count: usize,
        given: u32,
        section: &'static str,
    ) -> Result<u32, Box<SnapshotError>> {
        match self.coder.among(place(count), given) {
            Some(found) => Ok(found),
            None => Err(SnapshotError::Broken { section }.into()),
        }
    }

    /// Ends a step.
    pub(super) async fn pause(&self) {
        step(self.pace).await;
    }

    /// Codes some entries of a long section in turn: what may be done between two pauses, [`STEP`] of them or a little
    /// more.
    #[inline(never)]
    pub(super) fn some(
        &mut self,
        section: &'static str,
        entries: std::ops::Range<usize>,
        mut entry: impl FnMut(&mut Self, usize) -> Result<(), Box<SnapshotError>>,
    ) -> Result<(), Box<SnapshotError>> {
        for at in entries {
            entry(self, at)?;
            self.check(section)?;
        }
        Ok(())
    }

    /// Refuses to go on where a reader has run beyond the end of the bytes.
    pub(super) fn check(&self, section: &'static str) -> Result<(), Box<SnapshotError>> {
        if self.coder.is_broken() { Err(SnapshotError::Broken { section }.into()) } else { Ok(()) }
    }

    /// Ends the walk and gives the alphabet: every character of the alphabet was used, and as many as announced.
    pub(super) fn finish(self) -> Result<(Vec<char>, C), Box<SnapshotError>> {
        if self.characters > 0 || self.used.contains(&false) {
            return Err(BROKEN.into());
        }
        Ok((self.alphabet, self.coder))
    }

    fn place_of(&self, character: char) -> Option<usize> {
        match self.ascii.get(index(u32::from(character))) {
            Some(place) => *place,
            None => self.alphabet.binary_search(&character).ok(),
        }
    }

    /// The symbol of a part; `None` where its character is not in the alphabet, as a delta may have it.
    fn symbol_of(&self, part: Part) -> Option<u32> {
        let at = match part {
            Part::Token(token) => self.alphabet.len() + token,
            Part::Character(character) => self.place_of(character)?,
        };
        Some(place(at + 1))
    }
}

/// Codes the alphabet as the gaps between code points.
fn code_alphabet(
    coder: &mut impl Coder,
    known: &Known,
    given: &[char],
    count: u32,
) -> Result<Vec<char>, Box<SnapshotError>> {
    let mut gaps = Number::new();
    let mut alphabet = Vec::new();
    let mut least = 0u32;
    for place in 0..index(count) {
        let given = known.turn_to(coder, List::Characters, place, given.get(place));
        // In order, unless a delta says otherwise; then what follows refuses it.
        let given = given.map_or(0, |character| u32::from(*character).wrapping_sub(least));
        let code_point = least.checked_add(gaps.code(coder, given));
        let character = code_point.and_then(char::from_u32);
        let character = character.ok_or(SnapshotError::Broken { section: "alphabet" })?;
        least = u32::from(character) + 1;
        alphabet.push(character);
    }
    Ok(alphabet)
}

/// After so many entries there may be a pause: about a quarter of a millisecond in a browser.
pub(super) const STEP: usize = 256;

/// The symbol that ends a text.
const END: u32 = 0;

// Made only where it is returned: a browser would make one for each symbol that is passed to `ok_or`, and drop it.
const BROKEN: SnapshotError = SnapshotError::Broken { section: "texts" };
