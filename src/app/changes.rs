//! What changed from one edition to the next. It is found out when the newer one comes, and kept beside it, since the
//! older one is gone by then.

use std::cmp::Ordering;

use crate::sampling::closed_set;
use crate::{CreditCode, Day, Edition};

closed_set! {
    /// The kinds of change.
    pub enum Change {
        /// Was not on the list.
        Entered = "new",
        /// Is not on the list any more.
        Left = "left",
        /// In a longer tier than before.
        Rose = "up",
        /// In a shorter tier than before.
        Fell = "down",
    }
}

/// The firms whose tier is another than in the edition before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Changes {
    /// The day of the edition before.
    pub since: Day,
    /// The firms, in the order of the editions.
    pub moves: Vec<Move>,
}

/// One firm's change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Move {
    /// Its code, else its name.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Years of its tier before.
    pub was: Option<u32>,
    /// Years of its tier now.
    pub is: Option<u32>,
}

impl Move {
    /// The kind of change.
    pub fn change(&self) -> Change {
        match (self.was, self.is) {
            (None, _) => Change::Entered,
            (_, None) => Change::Left,
            (was, is) if is > was => Change::Rose,
            _ => Change::Fell,
        }
    }
}

impl Changes {
    /// Compares two editions, whose firms stand in the same order: by code, then those without one by name.
    pub fn between(old: &Edition, new: &Edition) -> Self {
        let mut moves = Vec::new();
        let (mut before, mut now) = (0, 0);
        while before < old.firms.len() || now < new.firms.len() {
            let order = match (place(old, before), place(new, now)) {
                (Some(older), Some(newer)) => older.cmp(&newer),
                (Some(_), None) => Ordering::Less,
                (None, _) => Ordering::Greater,
            };
            let was = if order.is_le() { years(old, before) } else { None };
            let is = if order.is_ge() { years(new, now) } else { None };
            if was != is {
                let (edition, firm) = if order.is_ge() { (new, now) } else { (old, before) };
                let name = edition.firms.names.get(firm).to_owned();
                moves.push(Move { key: key(edition, firm), name, was, is });
            }
            before += usize::from(order.is_le());
            now += usize::from(order.is_ge());
        }
        Self { since: old.as_of, moves }
    }

    /// Without what the edition in use contradicts: this was kept where nobody signs.
    pub fn confirmed_by(mut self, edition: &Edition) -> Self {
        self.moves.retain(|moved| {
            let firm = firm_of(edition, &moved.key);
            firm.and_then(|firm| years(edition, firm)) == moved.is && moved.was != moved.is
        });
        self
    }

    /// The firms of one kind of change.
    pub fn of(&self, change: Change) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(move |moved| moved.change() == change)
    }

    /// As it is kept: the day, then a line for each firm.
    pub fn to_text(&self) -> String {
        let mut text = self.since.to_string();
        for Move { key, name, was, is } in &self.moves {
            text.push('\n');
            for years in [was, is] {
                text += &years.map_or_else(String::new, |years| years.to_string());
                text.push('\t');
            }
            text += key;
            text.push('\t');
            text += name;
        }
        text
    }

    /// What was kept, if it is as [`Self::to_text`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let since = lines.next()?.parse().ok()?;
        let years = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        let read = |line: &str| {
            let mut fields = line.splitn(4, '\t');
            let (was, is) = (years(fields.next()?)?, years(fields.next()?)?);
            Some(Move { key: fields.next()?.into(), name: fields.next()?.into(), was, is })
        };
        Some(Self { since, moves: lines.map(read).collect::<Option<_>>()? })
    }
}

/// The place of the firm with this key in an edition.
pub fn firm_of(edition: &Edition, key: &str) -> Option<usize> {
    if let Ok(code) = key.parse::<CreditCode>() {
        return edition.firm_by_code(&code);
    }
    let is_it = |firm: &usize| edition.firms.codes[*firm].is_none() && edition.firms.names.get(*firm) == key;
    (0..edition.firms.len()).find(is_it)
}

/// A firm's code, else its name.
pub fn key(edition: &Edition, firm: usize) -> String {
    edition.firms.codes[firm].map_or_else(|| edition.firms.names.get(firm).into(), |code| code.to_string())
}

/// Years of a firm's tier.
pub fn years(edition: &Edition, firm: usize) -> Option<u32> {
    let tier = edition.firms.stated_tiers[firm]?;
    Some(edition.policy.tiers[usize::from(tier)].years)
}

/// Where a firm stands in the order of all editions; `None` behind the last.
fn place(edition: &Edition, firm: usize) -> Option<(bool, Option<CreditCode>, &str)> {
    let code = *edition.firms.codes.get(firm)?;
    Some((code.is_none(), code, if code.is_some() { "" } else { edition.firms.names.get(firm) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::FirmRecord;
    use crate::edition::testing::{CLEAN, coded, edition, named, sampled};

    const CODE: &str = "91440606003663344C";
    const OTHER: &str = "914403000006038216";

    fn since(start: &str, firm: FirmRecord) -> FirmRecord {
        FirmRecord { samplings: vec![sampled(start, CLEAN)], ..firm }
    }

    fn both() -> (Edition, Edition) {
        let old = vec![
            since("2018-06-01", coded(CODE, "星海石油有限公司")),
            since("2015-03-01", named("北斗电器厂")),
            since("2015-03-01", named("云帆照明有限公司")),
            since("2018-06-01", named("南天家具厂")),
        ];
        let new = vec![
            since("2015-03-01", coded(CODE, "星海石油（佛山）有限公司")),
            since("2015-03-01", coded(OTHER, "新晨电子有限公司")),
            since("2018-06-01", named("云帆照明有限公司")),
            since("2018-06-01", named("南天家具厂")),
        ];
        (edition(old), edition(new))
    }

    #[test]
    fn who_entered_left_rose_and_fell_is_found() {
        let (old, new) = both();
        let changes = Changes::between(&old, &new);
        let names = |change| changes.of(change).map(|moved| moved.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(Change::Entered), ["新晨电子有限公司"]);
        assert_eq!(names(Change::Left), ["北斗电器厂"]);
        assert_eq!(names(Change::Rose), ["星海石油（佛山）有限公司"]);
        assert_eq!(names(Change::Fell), ["云帆照明有限公司"]);
        let rose = changes.of(Change::Rose).next().unwrap();
        assert_eq!((rose.key.as_str(), rose.was, rose.is), (CODE, Some(5), Some(10)));
        assert_eq!(changes.since, old.as_of);
        assert_eq!(Changes::between(&new, &new).moves.len(), 0);
    }

    #[test]
    fn what_is_kept_is_read_again_and_damage_is_not() {
        let (old, new) = both();
        let changes = Changes::between(&old, &new);
        assert_eq!(Changes::parse(&changes.to_text()), Some(changes.clone()));
        assert_eq!(changes.clone().confirmed_by(&new), changes);
        for text in ["", "today", "2025-03-14\n", "2025-03-14\n5\t10\tkey", "2025-03-14\nx\t\tkey\tname"] {
            assert_eq!(Changes::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_edition_in_use_contradicts_is_dropped() {
        let (old, new) = both();
        let kept = Changes::between(&old, &new).confirmed_by(&old);
        assert!(kept.moves.is_empty(), "{kept:?}");
    }
}
