//! The credit codes, sorted, without their two check characters.

use super::SnapshotError;
use super::coder::{Bit, Coder};
use super::known::List;
use super::models::Choice;
use super::walk::Walk;
use crate::CreditCode;
use crate::number::{index, place};

/// What a code tells before its check characters.
const STEM: usize = 16;
/// Where the organisation number begins.
const ORGANISATION: usize = 8;
/// Contexts of a place in the stem: the character before it.
const BEFORE: usize = 32;

/// Codes `count` credit codes in ascending order: how many characters each shares with the one before, the first
/// character that differs, and the rest.
#[cfg_attr(hongbang_small, inline(never))]
pub(super) fn code<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&[Option<CreditCode>]>,
    count: u32,
) -> Result<Vec<Option<CreditCode>>, Box<SnapshotError>> {
    let mut shared = Choice::new(4, STEM);
    let mut differing = Choice::new(5, STEM * BEFORE);
    let mut rest = Rest::new();
    let mut codes = Vec::new();
    // The stem before, which becomes the next one.
    let mut stem = [0; STEM];
    let mut shared_before = 0;
    for at in 0..index(count) {
        let given = walk.turn_to(List::Codes, at, given.and_then(|codes| codes[at].as_ref()));
        let given = given.map_or([0; STEM], values);
        let mut from = 0;
        if at > 0 {
            let given_shared = given.iter().zip(&stem).take_while(|(a, b)| a == b).count().min(STEM - 1);
            let found = shared.code(&mut walk.coder, shared_before, place(given_shared));
            from = index(found);
            shared_before = from;
            let before = stem[from];
            stem[from] = differing.code(&mut walk.coder, from * BEFORE + index(before), given[from]);
            if stem[from] <= before {
                return Err(SnapshotError::order("credit codes", at).into());
            }
            from += 1;
        }
        rest.code(walk, &mut stem, &given, from)?;
        codes.push(Some(CreditCode::from_values(&stem).map_err(SnapshotError::Code)?));
        walk.check("credit codes")?;
    }
    Ok(codes)
}

/// What the rest of a stem is coded with.
struct Rest {
    characters: Choice,
    is_number: [Bit; 2],
}

impl Rest {
    fn new() -> Self {
        Self { characters: Choice::new(5, 2 * STEM * BEFORE), is_number: [Bit::NEW; 2] }
    }

    /// Codes the characters from `from` on: each by the one before it, or, from the third of the organisation number
    /// and the second of the rest on, all together where they are digits.
    fn code<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        stem: &mut [u32; STEM],
        given: &[u32; STEM],
        from: usize,
    ) -> Result<(), Box<SnapshotError>> {
        let tail = (from + 1).max(ORGANISATION + 2);
        for position in from..tail.min(STEM) {
            self.character(walk, stem, given, position);
        }
        if tail >= STEM {
            return Ok(());
        }
        let is_number = |stem: &[u32; STEM]| stem[tail..].iter().all(|value| *value < 10);
        if walk.coder.bit(&mut self.is_number[kind(stem, tail)], is_number(given)) {
            let count = stem[tail..].iter().fold(1, |count, _| count * 10);
            let given = given[tail..].iter().fold(0, |number, digit| (number * 10 + digit) % 1_000_000);
            let mut number = walk.among(count, given, "credit codes")?;
            for value in stem[tail..].iter_mut().rev() {
                *value = number % 10;
                number /= 10;
            }
            return Ok(());
        }
        for position in tail..STEM {
            self.character(walk, stem, given, position);
        }
        if is_number(stem) { Err(SnapshotError::Broken { section: "credit codes" }.into()) } else { Ok(()) }
    }

    fn character<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        stem: &mut [u32; STEM],
        given: &[u32; STEM],
        position: usize,
    ) {
        let before = position.checked_sub(1).map_or(31, |before| stem[before]);
        let context = (position + STEM * kind(stem, position)) * BEFORE + index(before);
        stem[position] = self.characters.code(&mut walk.coder, context, given[position]);
    }
}

/// Whether the organisation number is one of those that begin with M, as all do since 2015.
fn kind(stem: &[u32; STEM], position: usize) -> usize {
    const M: u32 = 20;
    usize::from(position > ORGANISATION && stem[ORGANISATION] == M)
}

fn values(code: &CreditCode) -> [u32; STEM] {
    let value = |character: u8| CreditCode::ALPHABET.iter().position(|known| *known == character);
    std::array::from_fn(|at| value(code.as_bytes()[at]).map_or(0, place))
}
