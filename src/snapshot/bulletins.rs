//! The bulletins, in their order.

use super::SnapshotError;
use super::coder::{Bit, Coder};
use super::error::closed;
use super::field::Field;
use super::known::List;
use super::limits::MOST_ISSUERS;
use super::models::{Choice, Number};
use super::templates::Tokens;
use super::text_model::Kind;
use super::walk::Walk;
use crate::number::{index, place};
use crate::sampling::{Bulletin, Level, Lists};
use crate::{Day, Division};

/// Who published: a body, its level and its division.
type Issuer = (String, Level, Division);

/// The symbols of the last title, id and address of an issuer.
type Last = [Vec<u32>; 3];

/// What the columns of bulletins are coded with.
struct Models {
    days: Number,
    issuers: Number,
    levels: Choice,
    divisions: Number,
    has_year: Bit,
    years: Number,
    lists: Choice,
    rows: Number,
    fields: [Field; 3],
}

/// The distinct issuers in the order of their first bulletin, each with the place of that bulletin.
pub(super) fn issuers(bulletins: &[Bulletin]) -> Vec<(&str, usize)> {
    let mut known = std::collections::BTreeSet::new();
    let mut issuers = Vec::new();
    for (place, bulletin) in bulletins.iter().enumerate() {
        if known.insert((&bulletin.body, bulletin.level, bulletin.division)) {
            issuers.push((bulletin.body.as_str(), place));
        }
    }
    issuers
}

/// Codes all bulletins, the day of the first as its distance from the as-of day.
pub(super) fn code<C: Coder>(
    walk: &mut Walk<'_, C>,
    given: Option<&[Bulletin]>,
    count: u32,
    as_of: Day,
) -> Result<Vec<Bulletin>, Box<SnapshotError>> {
    let mut models = Models::new();
    let mut issuers: Vec<(Issuer, Last)> = Vec::new();
    let mut bulletins: Vec<Bulletin> = Vec::new();
    for at in 0..index(count) {
        let given = walk.turn_to(List::Bulletins, at, given.map(|given| &given[at]));
        let before = bulletins.last().map(|before| before.published_on);
        let published_on = models.day(walk, given, before, as_of)?;
        bulletins.push(models.bulletin(walk, given, &mut issuers, published_on)?);
        walk.check("bulletins")?;
    }
    Ok(bulletins)
}

impl Models {
    fn new() -> Self {
        Self {
            days: Number::new(),
            issuers: Number::new(),
            levels: Choice::new(2, 1),
            divisions: Number::new(),
            has_year: Bit::NEW,
            years: Number::new(),
            lists: Choice::new(1, 4),
            rows: Number::new(),
            fields: [Kind::Heading, Kind::Address, Kind::Address].map(Field::new),
        }
    }

    fn day<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Bulletin>,
        before: Option<Day>,
        as_of: Day,
    ) -> Result<Day, Box<SnapshotError>> {
        let distance = |from: Day| given.map_or(0, |bulletin| bulletin.published_on.days_since(from));
        let day = match before {
            None => {
                let days = Number::new().code_signed(&mut walk.coder, distance(as_of));
                as_of.add_days(days)
            }
            Some(before) => {
                let days = self.days.code(&mut walk.coder, distance(before).unsigned_abs());
                i32::try_from(days).ok().and_then(|days| before.add_days(days))
            }
        };
        day.ok_or_else(|| SnapshotError::Broken { section: "bulletins" }.into())
    }

    fn bulletin<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Bulletin>,
        issuers: &mut Vec<(Issuer, Last)>,
        published_on: Day,
    ) -> Result<Bulletin, Box<SnapshotError>> {
        let issuer = self.issuer(walk, given, issuers)?;
        let hint = place(issuer);
        let ((body, level, division), last) = &mut issuers[issuer];
        let (body, level, division) = (body.clone(), *level, *division);
        let inspection_year = self.year(walk, given, published_on.year())?;
        let lists = given.map_or(0, |bulletin| place(bulletin.lists.index()));
        let lists = self.lists.code(&mut walk.coder, level.index(), lists);
        let rows = self.rows.code(&mut walk.coder, given.map_or(0, |bulletin| bulletin.rows));
        let tokens = Tokens::of(published_on, inspection_year, division);
        let mut text =
            |at: usize, given| walk.text_like(&tokens, &mut self.fields[at], hint, &mut last[at], given);
        let title = text(0, given.map_or("", |bulletin| &bulletin.title))?;
        let id = text(1, given.map_or("", |bulletin| &bulletin.id))?;
        let url = text(2, given.map_or("", |bulletin| &bulletin.url))?;
        let lists = closed(Lists::ALL, lists, "lists")?;
        Ok(Bulletin { id, body, level, division, published_on, inspection_year, title, url, lists, rows })
    }

    /// The place of the issuer; one that is new comes behind the known ones.
    fn issuer<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Bulletin>,
        issuers: &mut Vec<(Issuer, Last)>,
    ) -> Result<usize, Box<SnapshotError>> {
        let is = |known: &Issuer, new: (&str, Level, Division)| (known.0.as_str(), known.1, known.2) == new;
        let place_of = |bulletin: &Bulletin| {
            let wanted = (bulletin.body.as_str(), bulletin.level, bulletin.division);
            issuers.iter().position(|(known, _)| is(known, wanted)).map_or(0, |known| place(known + 1))
        };
        let found = self.issuers.code(&mut walk.coder, given.map_or(0, place_of));
        if let Some(known) = index(found).checked_sub(1) {
            return if known < issuers.len() { Ok(known) } else { Err(BROKEN.into()) };
        }
        let level = self.levels.code(&mut walk.coder, 0, given.map_or(0, |new| place(new.level.index())));
        let level = closed(Level::ALL, level, "level")?;
        let division = self.divisions.code(&mut walk.coder, given.map_or(0, |new| new.division.number()));
        let division = Division::from_number(division).ok_or(SnapshotError::value("division", division))?;
        let body = walk.owned_text(Kind::Heading, 0, given.map_or("", |new| &new.body))?;
        if issuers.iter().any(|(known, _)| is(known, (&body, level, division))) {
            return Err(BROKEN.into());
        }
        issuers.push(((body, level, division), Last::default()));
        match place(issuers.len()) {
            found if found > MOST_ISSUERS => Err(SnapshotError::limit("issuers", MOST_ISSUERS, found).into()),
            _ => Ok(issuers.len() - 1),
        }
    }

    /// The inspection year as its distance from the year of publication.
    fn year<C: Coder>(
        &mut self,
        walk: &mut Walk<'_, C>,
        given: Option<&Bulletin>,
        published: i32,
    ) -> Result<Option<i32>, Box<SnapshotError>> {
        let given = given.and_then(|bulletin| bulletin.inspection_year);
        if !walk.coder.bit(&mut self.has_year, given.is_some()) {
            return Ok(None);
        }
        let back = self.years.code_signed(&mut walk.coder, given.map_or(0, |year| published - year));
        Ok(Some(published.checked_sub(back).ok_or(BROKEN)?))
    }
}

const BROKEN: SnapshotError = SnapshotError::Broken { section: "bulletins" };
