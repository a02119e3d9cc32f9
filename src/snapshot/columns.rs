//! The columns of texts that firms have.

use super::SnapshotError;
use super::coder::{Bit, Coder};
use super::known::List;
use super::models::Choice;
use super::text_model::Kind;
use super::walk::{STEP, Walk};
use crate::edition::TextColumn;
use crate::number::{index, place, push_digits};

/// How the texts of an optional column are told where they are there.
#[derive(Clone, Copy)]
pub(super) enum Told<'a> {
    /// As digits where they are 7 to 10 digits, in a column of so many firms.
    InDigits(usize),
    /// As part of the text in this column where they are part of it: most trade marks are part of the name.
    AsPartOf(&'a TextColumn),
    /// As symbols, foretold by these numbers.
    Plainly(&'a [u32]),
}

/// Codes the names, each foretold by the city of its firm.
pub(super) async fn names<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&TextColumn>,
    cities: &[u32],
) -> Result<TextColumn, Box<SnapshotError>> {
    let mut column = TextColumn::default();
    let mut name = |walk: &mut Walk<'_, C>, firm: usize| {
        let given = walk.turn_to(List::Names, firm, given.map(|column| column.get(firm)));
        column.push(walk.text(Kind::Name, cities[firm], given.unwrap_or(""))?);
        Ok(())
    };
    for from in (0..cities.len()).step_by(STEP) {
        walk.some("firms", from..cities.len().min(from + STEP), &mut name)?;
        walk.pause().await;
    }
    Ok(column)
}

/// Codes a column in which many texts are empty.
#[cfg_attr(hongbang_small, inline(never))]
pub(super) fn optional<C: Coder>(
    walk: &mut Walk<'_, C>,
    list: List,
    given: Option<&TextColumn>,
    told: Told,
) -> Result<TextColumn, Box<SnapshotError>> {
    let kind = if let List::FormerNames = list { Kind::FormerName } else { Kind::Mark };
    let mut is_there = [Bit::NEW; 2];
    let mut was_there = 0;
    let mut shortcut = Shortcut::new(told);
    let mut column = TextColumn::default();
    for firm in 0..told.firms() {
        let given = walk.turn_to(list, firm, given.map(|column| column.get(firm))).unwrap_or("");
        let there = walk.coder.bit(&mut is_there[was_there], !given.is_empty());
        was_there = usize::from(there);
        if there {
            shortcut.text(walk, kind, told, given, &mut column)?;
        } else {
            column.push("");
        }
        walk.check("firms")?;
    }
    Ok(column)
}

impl Told<'_> {
    fn firms(&self) -> usize {
        match self {
            Self::InDigits(firms) => *firms,
            Self::AsPartOf(column) => column.len(),
            Self::Plainly(hints) => hints.len(),
        }
    }
}

/// What the shortcuts of a column are coded with.
struct Shortcut {
    is_taken: Bit,
    /// Where a part begins, or how many digits beyond 7 there are.
    starts: Choice,
    /// How long a part is.
    lengths: Choice,
    digits: Choice,
}

/// A part begins before this character.
const MOST_START: usize = 31;
/// A part is at most this long.
const MOST_LENGTH: usize = 15;
/// Digits that are told one by one; the others are told together.
const SINGLE_DIGITS: usize = 6;
const FEWEST_DIGITS: usize = 7;
const MOST_DIGITS: usize = 10;

impl Shortcut {
    fn new(told: Told) -> Self {
        let width = if let Told::InDigits(_) = told { 2 } else { 5 };
        Self {
            is_taken: Bit::NEW,
            starts: Choice::new(width, 1),
            lengths: Choice::new(4, 1),
            digits: Choice::new(4, SINGLE_DIGITS),
        }
    }

    /// Codes the next text of a column, which is not empty, by the shortcut wherever it can be taken.
    fn text<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        kind: Kind,
        told: Told,
        given: &str,
        column: &mut TextColumn,
    ) -> Result<(), Box<SnapshotError>> {
        let firm = column.len();
        let can_be_taken = |text: &str| match told {
            Told::InDigits(_) => is_digits(text),
            Told::AsPartOf(whole) => part(whole.get(firm), text).is_some(),
            Told::Plainly(_) => false,
        };
        let may_be_taken = !matches!(told, Told::Plainly(_));
        if may_be_taken && walk.coder.bit(&mut self.is_taken, can_be_taken(given)) {
            match told {
                Told::AsPartOf(whole) => column.push(self.part(walk, whole.get(firm), given)?),
                _ => column.push(&self.in_digits(walk, given)?),
            }
            return Ok(());
        }
        let hint = if let Told::Plainly(hints) = told { hints[firm] } else { 0 };
        let text = walk.text(kind, hint, given)?;
        column.push(text);
        if text.is_empty() || can_be_taken(text) { Err(BROKEN.into()) } else { Ok(()) }
    }

    /// A part of `whole`: where it begins and how long it is, in characters.
    fn part<'w, C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        whole: &'w str,
        given: &str,
    ) -> Result<&'w str, Box<SnapshotError>> {
        let (start, length) = part(whole, given).unwrap_or((0, 1));
        let start = index(self.starts.code(&mut walk.coder, 0, place(start)));
        let length = index(self.lengths.code(&mut walk.coder, 0, place(length)));
        walk.spend(place(length))?;
        let mut rest = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).skip(start);
        let text = rest.next().zip(rest.nth(length.wrapping_sub(1))).map(|(from, to)| &whole[from..to]);
        text.filter(|text| part(whole, text) == Some((start, length))).ok_or_else(|| BROKEN.into())
    }

    /// Digits: how many beyond 7, the first six one by one, the others together.
    fn in_digits<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: &str,
    ) -> Result<String, Box<SnapshotError>> {
        let given = given.as_bytes();
        let length = given.len().saturating_sub(FEWEST_DIGITS);
        let length = FEWEST_DIGITS + index(self.starts.code(&mut walk.coder, 0, place(length)));
        let mut text = String::with_capacity(MOST_DIGITS);
        for at in 0..SINGLE_DIGITS {
            let given = given.get(at).map_or(0, |digit| u32::from(digit - b'0'));
            let digit = self.digits.code(&mut walk.coder, at, given);
            text.push(char::from_digit(digit, 10).ok_or(BROKEN)?);
        }
        let given =
            given.iter().skip(SINGLE_DIGITS).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        let width = place(length - SINGLE_DIGITS);
        let together = walk.among(10usize.pow(width), given, "firms")?;
        push_digits(&mut text, together, width);
        walk.account(&text)?;
        Ok(text)
    }
}

fn is_digits(text: &str) -> bool {
    (FEWEST_DIGITS..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where the first `text` in `whole` begins, and how long it is, in characters; `None` where that is too far or too
/// long, or nowhere.
fn part(whole: &str, text: &str) -> Option<(usize, usize)> {
    let start = whole.char_indices().position(|(at, _)| whole[at..].starts_with(text))?;
    let length = text.chars().count();
    (start <= MOST_START && (1..=MOST_LENGTH).contains(&length)).then_some((start, length))
}

const BROKEN: SnapshotError = SnapshotError::Broken { section: "firms" };
