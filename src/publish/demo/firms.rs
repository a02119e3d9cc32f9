//! The firms: where they are, what they make, what they are called, and what becomes of them.

use super::Size;
use super::cities::{CITIES, City, ELSEWHERE};
use super::codes::Codes;
use super::dice::Dice;
use super::fates::{Fate, civil};
use super::names::{Name, Names, Place};
use super::trades::Trade;
use crate::firm::{FormerName, RegisterEntry};
use crate::number::{index, place};
use crate::{CreditCode, Day, Division};

/// An invented firm.
pub(super) struct MadeFirm {
    /// Its name now.
    pub(super) name: String,
    /// Its name before.
    pub(super) former: Option<FormerName>,
    /// Its distinctive part, which is its trade mark too.
    pub(super) core: String,
    /// Its code; none where it is in no register.
    pub(super) code: Option<CreditCode>,
    /// Where it is.
    pub(super) home: Home,
    /// What it makes.
    pub(super) trade: Trade,
    /// The first of its product classes, as a place in the trade's.
    pub(super) first_class: u32,
    /// How many classes of its trade, from that one on, it makes.
    pub(super) classes: u32,
    /// Its number among all firms, from 0.
    pub(super) number: u32,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// Its number among the firms of that fate, from 0.
    pub(super) nth: u32,
}

/// Where a firm is.
#[derive(Clone, Copy)]
pub(super) enum Home {
    /// In Guangdong: places in [`CITIES`] and in that city's districts.
    Guangdong { city: usize, district: Option<usize> },
    /// In another province: a place in [`ELSEWHERE`].
    Elsewhere { city: usize },
}

impl Home {
    fn place(self) -> Place {
        match self {
            Self::Guangdong { city, district } => {
                let city = &CITIES[city];
                let district = district.map(|district| city.districts[district].name);
                Place { province: "广东", city: city.name, district }
            }
            Self::Elsewhere { city } => {
                let city = &ELSEWHERE[city];
                Place { province: city.province, city: city.name, district: None }
            }
        }
    }

    fn division(self) -> Division {
        let number = match self {
            Self::Guangdong { city, district: Some(district) } => CITIES[city].districts[district].division,
            Self::Guangdong { city, district: None } => CITIES[city].division,
            Self::Elsewhere { city } => ELSEWHERE[city].division,
        };
        Division::from_number(number).expect("the divisions of the tables have six digits")
    }

    fn trades(self) -> &'static [(Trade, u32)] {
        match self {
            Self::Guangdong { city, .. } => CITIES[city].trades,
            Self::Elsewhere { city } => ELSEWHERE[city].trades,
        }
    }
}

impl MadeFirm {
    /// The name that it bore on `day`.
    pub(super) fn name_on(&self, day: Day) -> &str {
        match &self.former {
            Some(former) if former.until.is_some_and(|until| day <= until) => &former.name,
            _ => &self.name,
        }
    }

    /// Its entry in the register, where it has one.
    pub(super) fn entry(&self) -> Option<RegisterEntry> {
        let code = self.code?;
        // Three firms in five have a trade mark, and two of these a prefix. 1,000,003 has no divisor in common with
        // ten million, so that no two firms have one prefix. 952 is what GS1 keeps for demonstrations and examples.
        let owns = |shares: u32| self.number % 5 < shares;
        let scattered = u64::from(self.number) * 1_000_003 % 10_000_000;
        Some(RegisterEntry {
            code,
            name: self.name.clone(),
            former_names: self.former.iter().cloned().collect(),
            division: Some(self.home.division()),
            trade_marks: owns(3).then(|| self.core.clone()).into_iter().collect(),
            gs1_prefixes: owns(2).then(|| format!("952{scattered:07}")).into_iter().collect(),
            labels: vec![],
        })
    }
}

/// Makes all firms, those on the list of March first and spread over the cities exactly as the table says.
pub(super) fn firms(size: Size, seed: u64) -> Vec<MadeFirm> {
    let mut maker = Maker {
        dice: Dice::new(seed, super::streams::FIRMS),
        names: Names::default(),
        codes: Codes::default(),
        firms: Vec::new(),
    };
    let mut cities = cities_of_march(size, &mut maker.dice);
    for fate in Fate::ALL {
        for nth in 0..fate.firms(size) {
            let city = if fate.is_listed_in_march() { cities.pop() } else { None };
            maker.make(fate, nth, city);
        }
    }
    maker.firms
}

/// The city of each firm of March, in any order; what rounding leaves over goes to Foshan.
fn cities_of_march(size: Size, dice: &mut Dice) -> Vec<usize> {
    let wanted: u32 =
        Fate::ALL.into_iter().filter(|fate| fate.is_listed_in_march()).map(|fate| fate.firms(size)).sum();
    let share = |city: &City| index(size.share(city.firms));
    let spread = CITIES.iter().enumerate().flat_map(|(place, city)| std::iter::repeat_n(place, share(city)));
    let mut cities: Vec<usize> = spread.collect();
    cities.resize(index(wanted), foshan());
    dice.shuffle(&mut cities);
    cities
}

struct Maker {
    dice: Dice,
    names: Names,
    codes: Codes,
    firms: Vec<MadeFirm>,
}

impl Maker {
    fn make(&mut self, fate: Fate, nth: u32, city: Option<usize>) {
        let home = self.home(fate, nth, city);
        let trade = self.dice.weighted(home.trades());
        let Name { full, core } = self.name(fate, home, trade);
        let is_registered = fate != Fate::NameAlone;
        let is_renamed = is_registered && fate != Fate::Seller && self.dice.chance(30);
        let former = if is_renamed { self.former(home, trade, &core) } else { None };
        let code = is_registered.then(|| self.codes.code(home.division(), &mut self.dice));
        let first_class = self.dice.below(place(trade.goods().classes.len()));
        let classes = self.dice.weighted(&[(1, 5), (2, 3), (3, 2)]);
        let number = place(self.firms.len());
        let name = full;
        self.firms.push(MadeFirm {
            name,
            former,
            core,
            code,
            home,
            trade,
            first_class,
            classes,
            number,
            fate,
            nth,
        });
    }

    fn home(&mut self, fate: Fate, nth: u32, city: Option<usize>) -> Home {
        let is_elsewhere = fate == Fate::Elsewhere || fate == Fate::NameAlone && self.dice.chance(300);
        if is_elsewhere {
            return Home::Elsewhere { city: index(self.dice.below(place(ELSEWHERE.len()))) };
        }
        let city = city.unwrap_or_else(|| any_city(&mut self.dice));
        // Foshan, a few firms ahead in March, gains the most: it is to be first in October as well.
        let city = if fate == Fate::ReachesThree && nth.is_multiple_of(8) { foshan() } else { city };
        let districts = place(CITIES[city].districts.len());
        let district = (districts > 0 && self.dice.chance(850)).then(|| index(self.dice.below(districts)));
        Home::Guangdong { city, district }
    }

    fn name(&mut self, fate: Fate, home: Home, trade: Trade) -> Name {
        let place = home.place();
        if fate == Fate::Seller {
            return self.names.seller(place, &mut self.dice);
        }
        if let Some(branch) = self.branch(place) {
            return branch;
        }
        self.names.maker(place, trade.goods().firm_words, &mut self.dice)
    }

    /// In one case of a hundred, the name of a branch of a firm that exists; it is a firm of its own.
    fn branch(&mut self, home: Place) -> Option<Name> {
        if self.firms.is_empty() || !self.dice.chance(10) {
            return None;
        }
        let parent = &self.firms[index(self.dice.below(place(self.firms.len())))];
        let is_company = parent.name.ends_with("有限公司") && parent.former.is_none();
        let full = if is_company { self.names.branch(&parent.name, home.city) } else { None };
        full.map(|full| Name { full, core: parent.core.clone() })
    }

    fn former(&mut self, home: Home, trade: Trade, core: &str) -> Option<FormerName> {
        let name = self.names.former(home.place(), core, trade.goods().firm_words, &mut self.dice)?;
        let until = self.dice.day(civil(2013, 1, 1), civil(2024, 6, 30));
        Some(FormerName { name, until: Some(until) })
    }
}

fn foshan() -> usize {
    CITIES.iter().position(|city| city.name == "佛山").unwrap_or_default()
}

/// A city of Guangdong, as likely as it has firms.
pub(super) fn any_city(dice: &mut Dice) -> usize {
    let mut left = dice.below(CITIES.iter().map(|city| city.firms).sum());
    let chosen = CITIES.iter().position(|city| {
        let here = left < city.firms;
        left = left.saturating_sub(city.firms);
        here
    });
    chosen.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn march_is_spread_over_the_cities_as_published() {
        let firms = firms(Size::default(), 11);
        let in_city = |name: &str| {
            let is_there = |firm: &&MadeFirm| matches!(firm.home, Home::Guangdong { city, .. } if CITIES[city].name == name);
            firms.iter().filter(|firm| firm.fate.is_listed_in_march()).filter(is_there).count()
        };
        assert_eq!((in_city("佛山"), in_city("广州"), in_city("云浮")), (823, 821, 20));
    }

    #[test]
    fn trade_marks_and_prefixes_are_invented_too() {
        let firms = firms(Size::of(300), 12);
        let entries: Vec<RegisterEntry> = firms.iter().filter_map(MadeFirm::entry).collect();
        let prefixes: BTreeSet<&String> = entries.iter().flat_map(|entry| &entry.gs1_prefixes).collect();
        assert!(prefixes.len() > 50);
        assert!(prefixes.iter().all(|prefix| prefix.starts_with("952") && prefix.len() == 10));
        assert!(entries.iter().all(|entry| entry.division.is_some()));
        assert!(firms.iter().any(|firm| firm.name.ends_with("分公司")));
    }
}
