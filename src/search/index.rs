//! The string that is scanned, and the scan.

use std::collections::{BTreeMap, BTreeSet};

use super::hit::{Field, Hit, Rank};
use super::near_code::is_one_edit_away;
use crate::edition::Edition;
use crate::firm::{normal_characters, normal_form};
use crate::number::{index, place};

/// All names of an edition in normal form, one a line in one string.
pub struct Index {
    /// The lines, each ended by a line feed, which no normal form contains.
    text: String,
    lines: Vec<Line>,
}

/// One line of the index.
struct Line {
    /// Where it ends, behind its line feed.
    end: u32,
    /// Whose it is.
    firm: u32,
    field: Field,
}

impl Index {
    /// The most hits that are ever given.
    pub const MAX_HITS: usize = 1_000;

    /// Lays out the names of `edition` for scanning: names first, then former names and trade marks, then codes.
    pub fn new(edition: &Edition) -> Self {
        let firms = &edition.firms;
        let mut index = Self { text: String::new(), lines: Vec::with_capacity(firms.len() * 2) };
        for (firm, name) in firms.names.iter().enumerate() {
            index.push(firm, Field::Name, &normal_form(name));
        }
        for (column, field) in
            [(&firms.former_names, Field::FormerName), (&firms.trade_marks, Field::TradeMark)]
        {
            for (firm, names) in column.iter().enumerate() {
                for name in names.lines() {
                    index.push(firm, field, &normal_form(name));
                }
            }
        }
        for (firm, code) in firms.codes.iter().enumerate() {
            if let Some(code) = code {
                index.push(firm, Field::Code, code.as_str());
            }
        }
        index
    }

    /// The best `limit` firms in whose one field all `words` (in normal form) occur, best first.
    pub fn find(&self, edition: &Edition, words: &[String], limit: usize) -> Vec<Hit> {
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Vec::new() };
        let mut best: BTreeMap<u32, Rank> = BTreeMap::new();
        for line in self.lines_with(longest) {
            let text = self.line(line);
            if words.iter().all(|word| text.contains(word.as_str())) {
                let rank = self.rank(edition, line, text, words);
                best.entry(rank.firm).and_modify(|known| *known = rank.min(*known)).or_insert(rank);
            }
        }
        // A bounded set instead of a sort: a question such as 有限公司 fits nearly every firm.
        let limit = limit.min(Self::MAX_HITS);
        let mut top = BTreeSet::new();
        for rank in best.into_values() {
            top.insert(rank);
            if top.len() > limit {
                top.pop_last();
            }
        }
        top.into_iter().map(|rank| hit(edition, &rank, words)).collect()
    }

    /// Firms one of whose names is exactly `name` (in normal form).
    pub fn named(&self, name: &str) -> BTreeSet<usize> {
        let is_name = |line: &usize| self.line(*line) == name && self.lines[*line].field <= Field::FormerName;
        self.lines_with(name).filter(is_name).map(|line| index(self.lines[line].firm)).collect()
    }

    /// Firms whose code is one slip of the finger away from `typed`.
    pub fn near_codes(edition: &Edition, typed: &str) -> Vec<Hit> {
        let codes = edition.firms.codes.iter().enumerate();
        codes
            .filter_map(|(firm, code)| Some((firm, code.as_ref()?)))
            .filter(|(_, code)| is_one_edit_away(typed.as_bytes(), code.as_bytes()))
            .map(|(firm, code)| Hit { firm, field: Field::Code, text: code.to_string(), ranges: vec![] })
            .collect()
    }

    /// Firms that own a company prefix with which these barcode digits begin, the longest prefix first.
    pub fn barcode_holders(edition: &Edition, digits: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (firm, prefixes) in edition.firms.gs1_prefixes.iter().enumerate() {
            for prefix in prefixes.lines().filter(|prefix| digits.starts_with(prefix)) {
                let ranges = vec![[0, place(prefix.len())]];
                hits.push(Hit { firm, field: Field::Barcode, text: digits.into(), ranges });
            }
        }
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.ranges[0][1]));
        hits
    }

    fn push(&mut self, firm: usize, field: Field, normal: &str) {
        self.text.push_str(normal);
        self.text.push('\n');
        self.lines.push(Line { end: place(self.text.len()), firm: place(firm), field });
    }

    /// The lines in which `word` occurs, in order, each once.
    fn lines_with<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = from + self.text.get(from..)?.find(word)?;
            let line = self.lines.partition_point(|line| index(line.end) <= found);
            from = index(self.lines.get(line)?.end);
            Some(line)
        })
    }

    fn line(&self, line: usize) -> &str {
        let start = line.checked_sub(1).map_or(0, |before| index(self.lines[before].end));
        &self.text[start..index(self.lines[line].end) - 1]
    }

    fn rank(&self, edition: &Edition, line: usize, text: &str, words: &[String]) -> Rank {
        let Line { firm, field, .. } = self.lines[line];
        let begins = words.first().is_some_and(|word| text.starts_with(word.as_str()));
        let is_whole = begins && words.len() == 1 && text.len() == words[0].len();
        Rank {
            place: if is_whole { 0 } else { 2 - u8::from(begins) },
            field,
            tier: edition.firms.stated_tiers[index(firm)].unwrap_or(u8::MAX),
            length: place(text.len()),
            firm,
        }
    }
}

/// The hit that a rank stands for, with the field as it is printed.
fn hit(edition: &Edition, rank: &Rank, words: &[String]) -> Hit {
    let firm = index(rank.firm);
    let firms = &edition.firms;
    let fits = |text: &&str| {
        let normal = normal_form(text);
        place(normal.len()) == rank.length && words.iter().all(|word| normal.contains(word.as_str()))
    };
    let text = match rank.field {
        Field::Name => Some(firms.names.get(firm)),
        Field::FormerName => firms.former_names.get(firm).lines().find(fits),
        Field::TradeMark => firms.trade_marks.get(firm).lines().find(fits),
        Field::Code | Field::Barcode => firms.codes[firm].as_ref().map(crate::CreditCode::as_str),
    };
    let text = text.unwrap_or_default();
    Hit { firm, field: rank.field, text: text.into(), ranges: matched_ranges(text, words) }
}

/// Where the words stand in the printed text: the first occurrence of each, joined where they touch.
fn matched_ranges(printed: &str, words: &[String]) -> Vec<[u32; 2]> {
    let characters: Vec<(char, [u32; 2])> = normal_characters(printed).collect();
    let mut is_matched = vec![false; characters.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        let here = |window: &[(char, [u32; 2])]| window.iter().map(|(character, _)| character).eq(&word);
        if let Some(start) = characters.windows(word.len().max(1)).position(here) {
            is_matched[start..start + word.len()].fill(true);
        }
    }
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    for ((_, [from, to]), _) in characters.iter().zip(is_matched).filter(|(_, matched)| *matched) {
        match ranges.last_mut() {
            Some(last) if last[1] == *from => last[1] = *to,
            _ => ranges.push([*from, *to]),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::testing::{edition, named};

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(normal_form).collect()
    }

    fn names(query: &str) -> Vec<String> {
        let edition = edition(vec![
            named("佛山市云帆照明有限公司"),
            named("云帆照明(中国)有限公司"),
            named("广州照明厂"),
            named("照明"),
        ]);
        let hits = Index::new(&edition).find(&edition, &words(query), 20);
        hits.iter().map(|hit| edition.firms.names.get(hit.firm).to_owned()).collect()
    }

    #[test]
    fn the_whole_field_comes_first_then_its_beginning_then_anywhere() {
        assert_eq!(names("照明"), ["照明", "广州照明厂", "云帆照明(中国)有限公司", "佛山市云帆照明有限公司"]);
        assert_eq!(names("云帆"), ["云帆照明(中国)有限公司", "佛山市云帆照明有限公司"]);
    }

    #[test]
    fn several_parts_may_stand_in_any_order() {
        assert_eq!(names("照明 佛山"), ["佛山市云帆照明有限公司"]);
        assert_eq!(names("（中国） 云帆"), ["云帆照明(中国)有限公司"]);
        assert_eq!(names("深圳 云帆"), Vec::<String>::new());
    }

    #[test]
    fn a_former_name_finds_its_firm_and_is_shown() {
        let mut renamed = named("云帆灯饰有限公司");
        renamed.former_names = vec![crate::firm::FormerName {
            name: "北斗（佛山）电器厂".into(),
            until: "2015-01-01".parse().ok(),
        }];
        let edition = edition(vec![renamed, named("星海电器厂")]);
        let index = Index::new(&edition);
        let hits = index.find(&edition, &words("佛山 电器厂"), 20);
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].field, Field::FormerName);
        assert_eq!(
            (hits[0].text.as_str(), hits[0].ranges.as_slice()),
            ("北斗（佛山）电器厂", [[3, 5], [6, 9]].as_slice())
        );
        assert_eq!(index.named("北斗(佛山)电器厂").len(), 1);
        assert_eq!(index.named("北斗(佛山)电器").len(), 0);
    }

    #[test]
    fn the_limit_keeps_the_best() {
        let firms =
            (0..50).map(|number| named(&format!("第{number}电器厂"))).chain([named("电器厂")]).collect();
        let edition = edition(firms);
        let hits = Index::new(&edition).find(&edition, &words("电器厂"), 3);
        assert_eq!(hits.len(), 3);
        assert_eq!(edition.firms.names.get(hits[0].firm), "电器厂");
    }

    #[test]
    fn a_word_does_not_match_across_two_names() {
        let edition = edition(vec![named("云帆"), named("星海")]);
        assert!(Index::new(&edition).find(&edition, &["帆星".into()], 9).is_empty());
    }
}
