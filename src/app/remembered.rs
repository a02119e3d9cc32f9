//! Firms that a reader looked up or marked, kept on the device alone: recent look-ups and favourites.

use crate::Day;
use crate::checker::Checker;

/// The most recent look-ups that are kept.
pub const MOST_RECENT: usize = 10;
/// The most favourites that are kept.
pub const MOST_FAVOURITES: usize = 100;

/// One firm, and how it stood when the reader last saw it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Remembered {
    /// What finds it again: its code, else its name, else what was asked.
    pub key: String,
    /// Its name then, or what was asked.
    pub name: String,
    /// How it stood.
    pub seen: Seen,
}

/// How a firm stands: what a reader would want to know of when it changes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// Years of its tier; `None` off the list.
    pub years: Option<u32>,
    /// The first day of its streak.
    pub start: Option<Day>,
}

impl Seen {
    /// How the firm with this key stands in a list.
    pub fn now(checker: &Checker, key: &str) -> Self {
        let Some(firm) = super::changes::firm_of(checker.edition(), key) else { return Self::default() };
        let streak = checker.verdicts()[firm].streak;
        Self {
            years: super::changes::years(checker.edition(), firm),
            start: streak.map(|streak| streak.start),
        }
    }
}

/// Firms, the latest first, each once.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Memory(Vec<Remembered>);

impl Memory {
    /// All of them.
    pub fn firms(&self) -> &[Remembered] {
        &self.0
    }

    /// The firm with this key.
    pub fn find(&self, key: &str) -> Option<&Remembered> {
        self.0.iter().find(|known| known.key == key)
    }

    /// Puts a firm first and keeps at most `most`.
    pub fn put_first(&mut self, firm: Remembered, most: usize) {
        self.forget(&firm.key);
        self.0.insert(0, firm);
        self.0.truncate(most);
    }

    /// Notes how a firm stands, where it stands.
    pub fn saw(&mut self, key: &str, seen: Seen) {
        if let Some(known) = self.0.iter_mut().find(|known| known.key == key) {
            known.seen = seen;
        }
    }

    /// Forgets a firm.
    pub fn forget(&mut self, key: &str) {
        self.0.retain(|known| known.key != key);
    }

    /// The firms that stand otherwise in this list than when the reader last saw them.
    pub fn changed<'a>(&'a self, checker: &Checker) -> Vec<&'a Remembered> {
        self.0.iter().filter(|known| Seen::now(checker, &known.key) != known.seen).collect()
    }

    /// As it is kept: a line for each firm.
    pub fn to_text(&self) -> String {
        let line = |firm: &Remembered| {
            let years = firm.seen.years.map_or_else(String::new, |years| years.to_string());
            let start = firm.seen.start.map_or_else(String::new, |day| day.to_string());
            // What was asked may hold anything.
            let [key, name] = [&firm.key, &firm.name].map(|text| text.replace(['\t', '\n', '\r'], " "));
            [years, start, key, name].join("\t")
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What was kept; lines that are none are passed over.
    pub fn parse(text: &str) -> Self {
        let read = |line: &str| {
            let mut fields = line.splitn(4, '\t');
            let seen = Seen { years: fields.next()?.parse().ok(), start: fields.next()?.parse().ok() };
            Some(Remembered { key: fields.next()?.into(), name: fields.next()?.into(), seen })
        };
        Self(text.split('\n').filter_map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::Provenance;
    use crate::edition::testing::{coded, edition};

    fn firm(key: &str) -> Remembered {
        Remembered { key: key.into(), name: format!("{key}有限公司"), seen: Seen::default() }
    }

    #[test]
    fn the_latest_stands_first_and_once_and_the_oldest_goes() {
        let mut memory = Memory::default();
        for key in ["甲", "乙", "丙", "乙", "丁"] {
            memory.put_first(firm(key), 3);
        }
        let keys: Vec<&str> = memory.firms().iter().map(|firm| firm.key.as_str()).collect();
        assert_eq!(keys, ["丁", "乙", "丙"]);
        memory.forget("乙");
        assert_eq!(memory.find("乙"), None);
        assert_eq!(memory.find("丙"), Some(&firm("丙")));
    }

    #[test]
    fn what_is_kept_is_read_again_whatever_was_asked() {
        let mut memory = Memory::default();
        let start = Some("2015-03-02".parse().unwrap());
        memory.put_first(Remembered { seen: Seen { years: Some(10), start }, ..firm("甲") }, 9);
        memory.put_first(firm("乙"), 9);
        assert_eq!(Memory::parse(&memory.to_text()), memory);
        memory.put_first(firm("a\tb\nc"), 9);
        assert_eq!(Memory::parse(&memory.to_text()).firms()[0].key, "a b c");
        assert_eq!(Memory::parse("\nnonsense\n\t\tkey"), Memory::default());
    }

    #[test]
    fn a_firm_that_stands_otherwise_than_it_was_seen_has_changed() {
        const CODE: &str = "91440606003663344C";
        let list = edition(vec![coded(CODE, "星海石油有限公司")]);
        let checker = Checker::of_edition(list, Provenance::Unverified).unwrap();
        let mut memory = Memory::default();
        memory.put_first(Remembered { seen: Seen::now(&checker, CODE), ..firm(CODE) }, 9);
        memory.put_first(firm("不在榜上"), 9);
        assert_eq!(memory.changed(&checker).len(), 0);
        memory.saw(CODE, Seen { years: Some(3), start: None });
        assert_eq!(memory.changed(&checker), [memory.find(CODE).unwrap()]);
    }
}
