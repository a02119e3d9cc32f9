//! The search alphabet: how the characters of names are read and how else they are written.

use std::collections::BTreeMap;

use super::SnapshotError;
use super::coder::Coder;
use super::limits::{MOST_ALPHABET, MOST_SPELLINGS};
use super::models::{Choice, Number};
use crate::edition::{Alphabet, Kin, Variant};
use crate::number::{index, place};

const BROKEN: SnapshotError = SnapshotError::Broken { section: "search alphabet" };

/// Codes the alphabet: spellings, characters with their readings, variants.
pub(super) fn code<C: Coder>(coder: &mut C, given: Option<&Alphabet>) -> Result<Alphabet, SnapshotError> {
    let spellings = spellings(coder, given)?;
    let characters = characters(coder, given, &spellings)?;
    let variants = variants(coder, given, &characters)?;
    let (counted, told) = (spellings.len(), variants.len());
    let alphabet = Alphabet::new(characters.into_iter().collect(), variants);
    // A spelling that nobody has, a variant that stands for nothing: no writer tells them.
    let is_told_so = alphabet.spellings().len() == counted && alphabet.variants().len() == told;
    if is_told_so { Ok(alphabet) } else { Err(BROKEN) }
}

/// Codes a count, which no reader takes above `most`.
fn count<C: Coder>(
    coder: &mut C,
    what: &'static str,
    given: Option<usize>,
    most: u32,
) -> Result<usize, SnapshotError> {
    let found = Number::new().code(coder, given.map_or(0, place));
    if found <= most { Ok(index(found)) } else { Err(SnapshotError::limit(what, most, found)) }
}

/// Codes the spellings, each by what it shares with the one before and by letters that follow letters.
fn spellings<C: Coder>(coder: &mut C, given: Option<&Alphabet>) -> Result<Vec<String>, SnapshotError> {
    let (mut shared, mut letters) = (Choice::new(3, 1), Choice::new(5, 27));
    let count = count(coder, "spellings", given.map(|alphabet| alphabet.spellings().len()), MOST_SPELLINGS)?;
    let mut spellings: Vec<String> = Vec::new();
    for at in 0..count {
        let own = given.map_or("", |alphabet| alphabet.spellings().get(at));
        let before = spellings.last().map_or("", String::as_str);
        let same = own.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count().min(7);
        let same = index(shared.code(coder, 0, place(same)));
        let mut spelling = before.get(..same).ok_or(BROKEN)?.to_owned();
        loop {
            let context = spelling.bytes().last().map_or(0, |letter| index(number(letter)));
            let letter = own.as_bytes().get(spelling.len()).map_or(0, |letter| number(*letter));
            match u8::try_from(letters.code(coder, context, letter)) {
                Ok(0) => break,
                Ok(letter @ 1..=26) if spelling.len() < 7 => spelling.push(char::from(b'a' + letter - 1)),
                _ => return Err(BROKEN),
            }
        }
        let is_told_otherwise =
            before.as_bytes().get(same).is_some_and(|letter| spelling.as_bytes().get(same) == Some(letter));
        if coder.is_broken() || (at > 0 && spelling.as_str() <= before) || is_told_otherwise {
            return Err(BROKEN);
        }
        spellings.push(spelling);
    }
    Ok(spellings)
}

/// A letter from 1 to 26.
fn number(letter: u8) -> u32 {
    u32::from(letter.wrapping_sub(b'a')).min(25) + 1
}

/// Codes the characters by the gaps between them, and their readings as places among the spellings.
fn characters<C: Coder>(
    coder: &mut C,
    given: Option<&Alphabet>,
    spellings: &[String],
) -> Result<Vec<(char, Vec<String>)>, SnapshotError> {
    let (mut gaps, mut counts) = (Number::new(), Number::new());
    let width = u32::BITS - place(spellings.len()).leading_zeros();
    let mut places = Choice::new(width, 1);
    let count = count(coder, "characters", given.map(|alphabet| alphabet.characters().len()), MOST_ALPHABET)?;
    let mut characters = Vec::new();
    let mut least = 0;
    for at in 0..count {
        let own = given.map(|alphabet| alphabet.characters()[at]);
        let character = code_point(coder, &mut gaps, own, &mut least)?;
        let own = given.map_or(&[][..], |alphabet| alphabet.readings(at));
        let mut readings = Vec::new();
        for reading in 0..index(counts.code(coder, place(own.len()))) {
            let own = own.get(reading).map_or(0, |own| u32::from(*own));
            let spelling = spellings.get(index(places.code(coder, 0, own))).ok_or(BROKEN)?;
            if coder.is_broken() || readings.len() >= spellings.len() {
                return Err(BROKEN);
            }
            readings.push(spelling.clone());
        }
        characters.push((character, readings));
    }
    Ok(characters)
}

/// Codes the variants by the gaps between their forms; a character by how far it lies from the one before, since
/// both kinds of characters are ordered by their radicals.
fn variants<C: Coder>(
    coder: &mut C,
    given: Option<&Alphabet>,
    characters: &[(char, Vec<String>)],
) -> Result<Vec<Variant>, SnapshotError> {
    let mut gaps = Number::new();
    let mut steps = [Number::new(), Number::new()];
    let mut kins = Choice::new(2, 1);
    let count = count(coder, "variants", given.map(|alphabet| alphabet.variants().len()), MOST_ALPHABET)?;
    let places: BTreeMap<char, i32> = characters.iter().map(|(character, _)| *character).zip(0..).collect();
    let mut variants = Vec::new();
    let (mut least, mut before, mut is_far) = (0, 0_i32, false);
    for at in 0..count {
        let own = given.map(|alphabet| alphabet.variants()[at]);
        let form = code_point(coder, &mut gaps, own.map(|own| own.form), &mut least)?;
        let step = own.and_then(|own| places.get(&own.of)).map_or(0, |of| of - before);
        let step = steps[usize::from(is_far)].code_signed(coder, step);
        before = before.checked_add(step).ok_or(BROKEN)?;
        is_far = step.unsigned_abs() > 64;
        let (of, _) = usize::try_from(before).ok().and_then(|of| characters.get(of)).ok_or(BROKEN)?;
        let kin = own.and_then(|own| Kin::ALL.iter().position(|kin| *kin == own.kin)).map_or(0, place);
        let kin = Kin::ALL.get(index(kins.code(coder, 0, kin))).ok_or(BROKEN)?;
        if coder.is_broken() {
            return Err(BROKEN);
        }
        variants.push(Variant { form, of: *of, kin: *kin });
    }
    Ok(variants)
}

/// Codes a code point by how far it lies above `least`, and moves `least` behind it.
fn code_point<C: Coder>(
    coder: &mut C,
    gaps: &mut Number,
    given: Option<char>,
    least: &mut u32,
) -> Result<char, SnapshotError> {
    let gap = gaps.code(coder, given.map_or(0, |given| u32::from(given) - *least));
    let character = least.checked_add(gap).and_then(char::from_u32).ok_or(BROKEN)?;
    *least = u32::from(character) + 1;
    Ok(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::range_decoder::RangeDecoder;
    use crate::snapshot::range_encoder::RangeEncoder;

    fn round_trip(alphabet: &Alphabet) -> (Alphabet, usize) {
        let mut encoder = RangeEncoder::new();
        assert_eq!(code(&mut encoder, Some(alphabet)).unwrap(), *alphabet);
        let bytes = encoder.finish();
        let mut decoder = RangeDecoder::new(&bytes);
        let decoded = code(&mut decoder, None).unwrap();
        assert!(decoder.is_exact());
        (decoded, bytes.len())
    }

    #[test]
    fn an_alphabet_comes_back_from_few_bytes() {
        let alphabet = crate::publish::alphabet::alphabet_of([
            "佛山市云帆照明电器有限公司",
            "重庆绿野饮料股份有限公司乾",
        ]);
        let (decoded, bytes) = round_trip(&alphabet);
        assert_eq!(decoded, alphabet);
        assert!(bytes < 250, "{bytes} bytes");
        assert_eq!(round_trip(&Alphabet::default()).0, Alphabet::default());
    }

    #[test]
    fn no_bytes_make_it_panic_or_hang() {
        for seed in 0..=255_u8 {
            let bytes: Vec<u8> =
                (0..200_u8).map(|at| at.wrapping_mul(seed).wrapping_add(seed ^ at)).collect();
            let _ = code(&mut RangeDecoder::new(&bytes), None);
        }
    }
}
