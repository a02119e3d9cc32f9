//! The search alphabet: how the characters of names are read and how else they are written.

use super::SnapshotError;
use super::coder::Coder;
use super::known::{Known, List};
use super::limits::{MOST_ALPHABET, MOST_READINGS, MOST_SPELLINGS};
use super::models::{Choice, Number};
use crate::edition::{Alphabet, Kin, TextColumn, Variant};
use crate::number::{index, place};

const BROKEN: SnapshotError = SnapshotError::Broken { section: "search alphabet" };

/// Codes the alphabet: spellings, characters with their readings, variants.
pub(super) fn code<C: Coder>(
    coder: &mut C,
    known: &Known,
    given: Option<&Alphabet>,
) -> Result<Alphabet, Box<SnapshotError>> {
    let spellings = spellings(coder, known, given)?;
    let (characters, firsts, readings) = characters(coder, known, given, spellings.len())?;
    let variants = variants(coder, known, given, &characters)?;
    Alphabet::from_columns(spellings, characters, firsts, readings, variants).ok_or_else(|| BROKEN.into())
}

/// Codes a count, which no reader takes above `most`.
fn count<C: Coder>(
    coder: &mut C,
    known: &Known,
    what: &'static str,
    given: Option<usize>,
    most: u32,
) -> Result<usize, Box<SnapshotError>> {
    known.turn_to_size(coder);
    let found = Number::new().code(coder, given.map_or(0, place));
    if found <= most { Ok(index(found)) } else { Err(SnapshotError::limit(what, most, found).into()) }
}

/// Codes the spellings, each by what it shares with the one before and by letters that follow letters.
#[cfg_attr(hongbang_small, inline(never))]
fn spellings<C: Coder>(
    coder: &mut C,
    known: &Known,
    given: Option<&Alphabet>,
) -> Result<TextColumn, Box<SnapshotError>> {
    let (mut shared, mut letters) = (Choice::new(3, 1), Choice::new(5, 27));
    let count =
        count(coder, known, "spellings", given.map(|alphabet| alphabet.spellings().len()), MOST_SPELLINGS)?;
    let mut spellings = TextColumn::default();
    let mut before = String::new();
    for at in 0..count {
        let own = given.map(|alphabet| alphabet.spellings().get(at));
        let own = known.turn_to(coder, List::Spellings, at, own).unwrap_or("");
        let same = own.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count().min(7);
        let same = index(shared.code(coder, 0, place(same)));
        let mut spelling = before.get(..same).ok_or(BROKEN)?.to_owned();
        loop {
            let context = spelling.bytes().last().map_or(0, |letter| index(number(letter)));
            let letter = own.as_bytes().get(spelling.len()).map_or(0, |letter| number(*letter));
            match u8::try_from(letters.code(coder, context, letter)) {
                Ok(0) => break,
                Ok(letter @ 1..=26) if spelling.len() < 7 => spelling.push(char::from(b'a' + letter - 1)),
                _ => return Err(BROKEN.into()),
            }
        }
        let differing = |text: &str| text.as_bytes().get(same).copied();
        // Sharing fewer letters than there are to share would tell it otherwise.
        if coder.is_broken() || (at > 0 && differing(&spelling) <= differing(&before)) {
            return Err(BROKEN.into());
        }
        spellings.push(&spelling);
        before = spelling;
    }
    Ok(spellings)
}

/// A letter from 1 to 26.
fn number(letter: u8) -> u32 {
    u32::from(letter.wrapping_sub(b'a')).min(25) + 1
}

/// Characters, where the readings of each begin, and the readings.
type Characters = (Vec<char>, Vec<u32>, Vec<u16>);

/// Codes the characters by the gaps between them, and their readings as places among the spellings.
#[cfg_attr(hongbang_small, inline(never))]
fn characters<C: Coder>(
    coder: &mut C,
    known: &Known,
    given: Option<&Alphabet>,
    spellings: usize,
) -> Result<Characters, Box<SnapshotError>> {
    let (mut gaps, mut counts) = (Number::new(), Number::new());
    let mut places = Choice::new(u32::BITS - place(spellings).leading_zeros(), 1);
    let count =
        count(coder, known, "characters", given.map(|alphabet| alphabet.characters().len()), MOST_ALPHABET)?;
    let (mut characters, mut firsts, mut readings) = (Vec::new(), vec![0], Vec::new());
    let mut least = 0;
    for at in 0..count {
        let own = known.turn_to(coder, List::Readings, at, given);
        let character = own.map(|alphabet| alphabet.characters()[at]);
        characters.push(code_point(coder, &mut gaps, character, &mut least)?);
        let own = own.map_or(&[][..], |alphabet| alphabet.readings(at));
        let told = index(counts.code(coder, place(own.len())));
        if told > MOST_READINGS {
            return Err(
                SnapshotError::limit("readings of a character", place(MOST_READINGS), place(told)).into()
            );
        }
        for reading in 0..told {
            let own = own.get(reading).map_or(0, |own| u32::from(*own));
            readings.push(u16::try_from(places.code(coder, 0, own)).map_err(|_| BROKEN)?);
        }
        firsts.push(place(readings.len()));
        if coder.is_broken() {
            return Err(BROKEN.into());
        }
    }
    Ok((characters, firsts, readings))
}

/// Codes the variants by the gaps between their forms; a character by how far it lies from the one before, since
/// both kinds of characters are ordered by their radicals.
#[cfg_attr(hongbang_small, inline(never))]
fn variants<C: Coder>(
    coder: &mut C,
    known: &Known,
    given: Option<&Alphabet>,
    characters: &[char],
) -> Result<Vec<Variant>, Box<SnapshotError>> {
    let mut gaps = Number::new();
    let mut steps = [Number::new(), Number::new()];
    let mut kins = Choice::new(2, 1);
    let count =
        count(coder, known, "variants", given.map(|alphabet| alphabet.variants().len()), MOST_ALPHABET)?;
    let mut variants = Vec::new();
    let (mut least, mut before, mut is_far) = (0, 0_i32, false);
    for at in 0..count {
        let own = known.turn_to(coder, List::Variants, at, given.map(|alphabet| alphabet.variants()[at]));
        let form = code_point(coder, &mut gaps, own.map(|own| own.form), &mut least)?;
        let of =
            own.and_then(|own| characters.binary_search(&own.of).ok()).and_then(|of| i32::try_from(of).ok());
        let step = steps[usize::from(is_far)].code_signed(coder, of.map_or(0, |of| of - before));
        before = before.checked_add(step).ok_or(BROKEN)?;
        is_far = step.unsigned_abs() > 64;
        let of = usize::try_from(before).ok().and_then(|of| characters.get(of)).ok_or(BROKEN)?;
        let kin = own.and_then(|own| Kin::ALL.iter().position(|kin| *kin == own.kin)).map_or(0, place);
        let kin = Kin::ALL.get(index(kins.code(coder, 0, kin))).ok_or(BROKEN)?;
        if coder.is_broken() {
            return Err(BROKEN.into());
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
) -> Result<char, Box<SnapshotError>> {
    let gap = gaps.code(coder, given.map_or(0, |given| u32::from(given).wrapping_sub(*least)));
    let character = least.checked_add(gap).and_then(char::from_u32).ok_or(BROKEN)?;
    *least = u32::from(character) + 1;
    Ok(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::range_encoder::RangeEncoder;
    use crate::snapshot::reader::Reader;

    fn round_trip(alphabet: &Alphabet) -> (Alphabet, usize) {
        let mut encoder = RangeEncoder::new();
        assert_eq!(code(&mut encoder, &Known::default(), Some(alphabet)).unwrap(), *alphabet);
        let bytes = encoder.finish();
        let mut decoder = Reader::new(&bytes);
        let decoded = code(&mut decoder, &Known::default(), None).unwrap();
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
            let _ = code(&mut Reader::new(&bytes), &Known::default(), None);
        }
    }
}
