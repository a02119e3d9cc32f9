//! The firms, in their order, in columns.

use std::collections::BTreeMap;

use super::SnapshotError;
use super::coder::{Bit, Coder};
use super::codes;
use super::columns::{self, Told};
use super::counts::Counts;
use super::known::List;
use super::models::Choice;
use super::walk::Walk;
use crate::edition::Firms;
use crate::number::{index, place};
use crate::{CreditCode, Division};

/// Codes everything about the firms but the stated tiers and the samplings.
pub(super) async fn code<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&Firms>,
    counts: Counts,
) -> Result<Firms, Box<SnapshotError>> {
    let mut codes = codes::code(walk, given.map(|firms| firms.codes.as_slice()), counts.coded_firms)?;
    let firms = index(counts.firms);
    codes.resize(firms, None);
    let divisions = divisions(walk, given.map(|firms| firms.divisions.as_slice()), &codes)?;
    let hints: Vec<u32> = divisions.iter().map(|division| city(*division)).collect();
    let names = columns::names(walk, given.map(|firms| &firms.names), &hints).await?;
    walk.pause().await;
    let mut optional = |list, given, told| columns::optional(walk, list, given, told);
    Ok(Firms {
        former_names: optional(
            List::FormerNames,
            given.map(|firms| &firms.former_names),
            Told::Plainly(&hints),
        )?,
        trade_marks: optional(
            List::TradeMarks,
            given.map(|firms| &firms.trade_marks),
            Told::AsPartOf(&names),
        )?,
        gs1_prefixes: optional(
            List::Gs1Prefixes,
            given.map(|firms| &firms.gs1_prefixes),
            Told::InDigits(firms),
        )?,
        labels: optional(List::Labels, given.map(|firms| &firms.labels), Told::Plainly(&hints))?,
        names,
        codes,
        divisions,
        stated_tiers: Vec::new(),
        first_samplings: Vec::new(),
    })
}

/// The number by which firms and bulletins of one city know each other; none has 0.
pub(super) fn city(division: Option<Division>) -> u32 {
    division.map_or(0, |division| division.number() / 100)
}

/// How a division is told, the first that fits.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// There is none.
    None,
    /// As in the firm's code.
    AsInCode,
    /// The city of the division in the firm's code.
    CityOfCode,
    /// By its number.
    ByNumber,
}

impl Way {
    const ALL: &'static [Self] = &[Self::None, Self::AsInCode, Self::CityOfCode, Self::ByNumber];

    fn of(division: Option<Division>, in_code: Option<Division>) -> Self {
        match division {
            None => Self::None,
            Some(_) if division == in_code => Self::AsInCode,
            Some(_) if division == in_code.map(Division::city) => Self::CityOfCode,
            Some(_) => Self::ByNumber,
        }
    }
}

/// Codes the divisions: as the last firm whose code names the same division, or told anew.
#[cfg_attr(hongbang_small, inline(never))]
fn divisions<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&[Option<Division>]>,
    codes: &[Option<CreditCode>],
) -> Result<Vec<Option<Division>>, Box<SnapshotError>> {
    let mut is_as_last = Bit::NEW;
    let mut told = Choice::new(2, 1);
    let mut last = Last::default();
    let mut divisions = Vec::new();
    let mut in_code_before = None;
    for (firm, code) in codes.iter().enumerate() {
        let given = given.and_then(|divisions| divisions[firm]);
        let given = walk.turn_to(List::Divisions, firm, given);
        let in_code = code.as_ref().and_then(division_in_code);
        // Codes are in order: most follow one of the same authority.
        let as_last = match divisions.last() {
            Some(before) if in_code == in_code_before => Some(Place(*before)),
            _ => last.get(in_code),
        };
        in_code_before = in_code;
        let repeats = match as_last {
            Some(as_last) => walk.coder.bit(&mut is_as_last, Place(given) == as_last),
            None => false,
        };
        let division = match as_last {
            Some(Place(as_last)) if repeats => as_last,
            _ => tell(walk, &mut told, given, in_code)?,
        };
        if !repeats && as_last == Some(Place(division)) {
            return Err(SnapshotError::Broken { section: "divisions" }.into());
        }
        if !repeats {
            last.insert(in_code, division);
        }
        divisions.push(division);
        walk.check("divisions")?;
    }
    Ok(divisions)
}

/// The last division told for each division in a code.
///
/// A map of the type that other parts of the walk use too, since each further type of map costs a browser 2 KB: the
/// key is the number in the code, 1,000,000 for none, and 0; the value is 0 for none, or the number and 1.
#[derive(Default)]
struct Last(BTreeMap<(u32, u32), usize>);

/// Where a firm lies; it may be unknown.
#[derive(Clone, Copy, PartialEq)]
struct Place(Option<Division>);

impl Last {
    fn get(&self, in_code: Option<Division>) -> Option<Place> {
        let number = *self.0.get(&Self::key(in_code))?;
        Some(Place(number.checked_sub(1).and_then(|number| Division::from_number(place(number)))))
    }

    fn insert(&mut self, in_code: Option<Division>, division: Option<Division>) {
        self.0.insert(Self::key(in_code), division.map_or(0, |division| index(division.number()) + 1));
    }

    fn key(in_code: Option<Division>) -> (u32, u32) {
        (in_code.map_or(1_000_000, Division::number), 0)
    }
}

/// Codes a division that is not as the last.
fn tell<C: Coder>(
    walk: &mut Walk<'_, C>,
    told: &mut Choice,
    given: Option<Division>,
    in_code: Option<Division>,
) -> Result<Option<Division>, Box<SnapshotError>> {
    let given_how = Way::of(given, in_code);
    let how = Way::ALL.iter().position(|known| *known == given_how).map_or(0, place);
    let how = Way::ALL[index(told.code(&mut walk.coder, 0, how))];
    let division = match how {
        Way::None => None,
        Way::AsInCode => in_code,
        Way::CityOfCode => in_code.map(Division::city),
        Way::ByNumber => {
            let number = walk.among(1_000_000, given.map_or(0, Division::number), "divisions")?;
            Division::from_number(number)
        }
    };
    if Way::of(division, in_code) == how {
        Ok(division)
    } else {
        Err(SnapshotError::Broken { section: "divisions" }.into())
    }
}

/// The division of the authority that gave the code, where characters 3 to 8 are digits.
fn division_in_code(code: &CreditCode) -> Option<Division> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let number = code.as_bytes()[2..8].iter().try_fold(0, |number, byte| Some(number * 10 + digit(*byte)?));
    number.and_then(Division::from_number)
}
