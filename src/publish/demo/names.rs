//! Names that look like names of firms and are nobody's: place, distinctive part, business, legal form.

use std::collections::HashSet;

use super::dice::Dice;
use super::words::{FIRST, LAST, TRADING};
use crate::firm::normal_form;

/// Where a name says that its firm is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Without 省.
    pub(super) province: &'static str,
    /// Without 市.
    pub(super) city: &'static str,
    /// With 区, 市 or 县.
    pub(super) district: Option<&'static str>,
}

/// A name and its distinctive part (字号).
pub(super) struct Name {
    /// The whole name.
    pub(super) full: String,
    /// The distinctive part.
    pub(super) core: String,
}

/// Gives each name once, by its normal form.
#[derive(Default)]
pub(super) struct Names {
    /// Fingerprints instead of texts: a million freed texts would leave holes between the names that are kept, in
    /// which every later allocation searches. Two names of one fingerprint cost a second draw, no more.
    taken: HashSet<u64>,
}

impl Names {
    /// A name of a firm that makes things; `words` are what its trade calls its business.
    pub(super) fn maker(&mut self, place: Place, words: &[&str], dice: &mut Dice) -> Name {
        self.fresh(dice, |core, dice| shape(place, core, dice.pick(words), dice))
    }

    /// A name of a firm that sells things.
    pub(super) fn seller(&mut self, place: Place, dice: &mut Dice) -> Name {
        self.fresh(dice, |core, dice| format!("{}市{core}{}有限公司", place.city, dice.pick(TRADING)))
    }

    /// The earlier name of a firm that kept its distinctive part: in the same city, mostly a works.
    pub(super) fn former(
        &mut self,
        place: Place,
        core: &str,
        words: &[&str],
        dice: &mut Dice,
    ) -> Option<String> {
        let form = if dice.chance(600) { "厂" } else { "有限公司" };
        let name = format!("{}市{core}{}{form}", place.city, dice.pick(words));
        self.take(&name).then_some(name)
    }

    /// The name of a branch.
    pub(super) fn branch(&mut self, parent: &str, city: &str) -> Option<String> {
        let name = format!("{parent}{city}分公司");
        self.take(&name).then_some(name)
    }

    /// Draws until the name is nobody's yet; there are 36,000 distinctive parts of three characters for each place
    /// and business, so this ends soon even in a demo of a million firms.
    fn fresh(&mut self, dice: &mut Dice, mut shape: impl FnMut(&str, &mut Dice) -> String) -> Name {
        let mut tries = 0;
        loop {
            let core = core(tries > 3, dice);
            let full = shape(&core, dice);
            if self.take(&full) {
                return Name { full, core };
            }
            tries += 1;
        }
    }

    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(fingerprint(&normal_form(name)))
    }
}

/// FNV-1a, the same on every machine.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// A distinctive part: weather, water or woods, then an old tool; sometimes two of the former.
fn core(is_long: bool, dice: &mut Dice) -> String {
    let mut core = String::from(dice.pick(FIRST));
    if is_long || dice.chance(280) {
        let second = dice.pick(FIRST);
        if !core.contains(second) {
            core.push(second);
        }
    }
    core.push(dice.pick(LAST));
    core
}

/// Puts a name together in one of the shapes that real names have.
fn shape(place: Place, core: &str, word: &str, dice: &mut Dice) -> String {
    let Place { province, city, .. } = place;
    match (dice.below(100), place.district) {
        (0..=19, Some(district)) if district.ends_with('区') => {
            format!("{city}市{district}{core}{word}{}", form(word, dice))
        }
        (0..=29, Some(county)) if !county.ends_with('区') => {
            format!("{county}{core}{word}{}", form(word, dice))
        }
        (20..=35, _) => {
            let tail = dice.pick(&["", "", "实业", "科技"]);
            let tail = if ends_broadly(word) { "" } else { tail };
            format!("{province}{core}{word}{tail}{}", dice.weighted(&[("有限公司", 4), ("股份有限公司", 1)]))
        }
        (36..=41, _) => format!("{core}（{city}）{word}有限公司"),
        (42..=44, _) => format!("{core}{word}（{city}）有限公司"),
        (45, _) => format!("{province}{core}集团股份有限公司"),
        (46, _) => format!("{core}{word}集团有限公司"),
        (47, _) => format!("{core}（中国）{word}有限公司"),
        (48, _) if dice.chance(500) => format!("{core}·{}（{city}）{word}有限公司", dice.pick(FIRST)),
        _ => format!("{city}市{core}{word}{}", form(word, dice)),
    }
}

fn form(word: &str, dice: &mut Dice) -> &'static str {
    if ends_broadly(word) {
        return "有限公司";
    }
    dice.weighted(&[("有限公司", 81), ("厂", 12), ("实业有限公司", 4), ("股份有限公司", 3)])
}

/// Whether nothing like 实业, 科技 or 厂 may follow.
fn ends_broadly(word: &str) -> bool {
    ["科技", "实业", "用品", "制造", "用纸"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::demo::trades::Trade;
    use std::collections::BTreeSet;

    const FOSHAN: Place = Place { province: "广东", city: "佛山", district: Some("顺德区") };

    #[test]
    fn no_name_is_given_twice() {
        let (mut names, mut dice) = (Names::default(), Dice::new(3, 0));
        let words = Trade::Stone.goods().firm_words;
        let made: BTreeSet<String> =
            (0..20_000).map(|_| normal_form(&names.maker(FOSHAN, words, &mut dice).full)).collect();
        assert_eq!(made.len(), 20_000);
    }

    #[test]
    fn the_two_lists_have_nothing_in_common_and_each_character_once() {
        let all: BTreeSet<char> = FIRST.iter().chain(LAST).copied().collect();
        assert_eq!(all.len(), FIRST.len() + LAST.len());
    }

    #[test]
    fn the_distinctive_part_stands_in_the_name() {
        let (mut names, mut dice) = (Names::default(), Dice::new(4, 0));
        for _ in 0..200 {
            let name = names.maker(FOSHAN, Trade::Lighting.goods().firm_words, &mut dice);
            assert!(name.full.contains(&name.core), "{}", name.full);
            let last = name.core.chars().last().unwrap();
            assert!(LAST.contains(&last) && name.core.chars().next().is_some_and(|c| FIRST.contains(&c)));
        }
    }
}
