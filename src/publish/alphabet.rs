//! Cutting an edition's search alphabet out of full tables: pinyin of Unihan and its like by the crate `pinyin`,
//! Traditional, Hong Kong, Taiwan and Japanese forms of `OpenCC` by the crate `hanconv`, code points made for
//! compatibility by Unicode's own normal form.
//!
//! # Choices and their price
//!
//! *Only characters of the edition's own names have readings.* Who types a character that no name holds (an everyday 加
//! for 佳) is not heard. The usual readings of all 3,755 everyday characters of GB 2312 would mend that: of questions with
//! homophones 99.8 instead of 76 % would find the firm first among the 5,416 made-up names of `make bench-search`, and no
//! more than now among 100,000, whose names hold them all. Opening would take 1 % longer. They cost 1.5 bytes for each
//! that no name holds: 5,444 bytes (3.8 %) of the demo's newest edition, whose names have few characters, about 2.9 KB where
//! 5,416 names are real and hold half of them, 4.8 KB beside 10 KB where there are 521 firms. An edition is fetched by
//! every device, so they are left out; format and search would take them as they are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GBK};
use hanconv::RawDictionary;
use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use crate::Edition;
use crate::edition::{Alphabet, Kin, TextColumn, Variant, distinct_characters};

/// Gives `edition` the alphabet of its own names.
pub fn with_alphabet(mut edition: Edition) -> Edition {
    let firms = &edition.firms;
    let columns = [&firms.names, &firms.former_names, &firms.trade_marks];
    edition.alphabet = alphabet_of(columns.map(TextColumn::joined));
    edition
}

/// The alphabet of the Chinese characters in `texts`.
pub fn alphabet_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Alphabet {
    let occurring = distinct_characters(texts.into_iter().flat_map(str::chars));
    let mut characters: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for character in occurring.filter(|character| is_chinese(*character)) {
        let simplified = simplified(character);
        for form in [simplified, character] {
            let known = characters.entry(simplified).or_default();
            for reading in readings(form) {
                if !known.contains(&reading) {
                    known.push(reading);
                }
            }
        }
    }
    let forms = FORMS.iter().map(|(form, of)| Variant { form: *form, of: *of, kin: kin(*form, *of) });
    Alphabet::new(&characters, forms.filter(|variant| is_typed(variant.form)).chain(look_alikes()))
}

/// How a character is read, commonest first, without tones, ü as v.
fn readings(character: char) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if !plain.is_empty()
            && plain.bytes().all(|byte| byte.is_ascii_lowercase())
            && !readings.contains(&plain)
        {
            readings.push(plain);
        }
    }
    readings
}

/// Every other form that the tables know, with its simplified character.
static FORMS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let mut forms: BTreeMap<char, char> = pairs(&RawDictionary::TSCharacters).collect();
    let regional = [RawDictionary::HKVariants, RawDictionary::TWVariants, RawDictionary::JPVariants];
    for (traditional, form) in regional.iter().flat_map(pairs) {
        let simplified = forms.get(&traditional).copied().unwrap_or(traditional);
        // Japan simplified some words to what China uses for another: 藝 to 芸.
        if form != simplified && !is_of(GBK, form, is_gb2312) {
            forms.entry(form).or_insert(simplified);
        }
    }
    let compatible = ('\u{2F00}'..='\u{2FD5}').chain('\u{F900}'..='\u{FAFF}');
    for form in compatible {
        let mut plain = form.nfkc();
        if let (Some(character), None) = (plain.next(), plain.next())
            && character != form
        {
            forms.insert(form, forms.get(&character).copied().unwrap_or(character));
        }
    }
    forms.retain(|form, simplified| form != simplified);
    forms
});

/// The pairs of single characters of a dictionary.
fn pairs(dictionary: &RawDictionary) -> impl Iterator<Item = (char, char)> + use<> {
    dictionary.iter().filter_map(|(from, to)| Some((single(from)?, single(to)?)))
}

fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn simplified(character: char) -> char {
    FORMS.get(&character).copied().unwrap_or(character)
}

/// Two characters that both stand in GB 2312 are two words there, though one is the other in Traditional print.
fn kin(form: char, of: char) -> Kin {
    let is_mainland = |character| is_of(GBK, character, is_gb2312);
    if is_mainland(form) && is_mainland(of) { Kin::Sibling } else { Kin::Form }
}

/// Whether an input method or a scanned table gives this character.
fn is_typed(form: char) -> bool {
    is_of(BIG5, form, |_| true) || is_of(GBK, form, |_| true) || !('\u{3400}'..='\u{9FFF}').contains(&form)
}

fn is_of(encoding: &'static Encoding, character: char, accepts: fn(&[u8]) -> bool) -> bool {
    let mut utf8 = [0; 4];
    let (bytes, _, is_lossy) = encoding.encode(character.encode_utf8(&mut utf8));
    !is_lossy && accepts(&bytes)
}

/// The two levels of GB 2312 inside GBK.
fn is_gb2312(bytes: &[u8]) -> bool {
    matches!(bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FD5}' | '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Each character of a group as a look-alike of the first, and the first of the second, so that whichever of them an
/// edition has, the others are near it.
fn look_alikes() -> impl Iterator<Item = Variant> {
    LOOK_ALIKES.iter().flat_map(|group| {
        let characters: Vec<char> = group.chars().collect();
        let all = characters.clone();
        characters.into_iter().flat_map(move |form| {
            let others: Vec<char> = all.iter().copied().filter(|of| *of != form).collect();
            others.into_iter().map(move |of| Variant { form, of, kin: Kin::LookAlike })
        })
    })
}

/// Characters that differ by a stroke and stand in names of firms or are read off small print for one another.
const LOOK_ALIKES: [&str; 44] = [
    "未末朱",
    "己已巳",
    "日曰目",
    "土士工",
    "千干于",
    "人入八",
    "大太犬",
    "天夫无",
    "王玉主",
    "今令",
    "治冶",
    "侯候",
    "祥详样",
    "晴睛情",
    "清请",
    "析折拆",
    "博搏",
    "徽微",
    "茶荼",
    "园圆",
    "宏宠",
    "辛幸",
    "戊戌戍",
    "免兔",
    "贝见",
    "享亨",
    "刀力",
    "万方",
    "东车",
    "乐东",
    "凤风",
    "历厉",
    "暖暧",
    "住佳往",
    "科料",
    "木本",
    "田由甲申",
    "白自",
    "名各",
    "旭旮",
    "盟萌",
    "洁浩",
    "杨扬",
    "铭明",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(alphabet: &Alphabet, character: char) -> Vec<&str> {
        let place = alphabet.characters().binary_search(&character).unwrap();
        alphabet
            .readings(place)
            .iter()
            .map(|spelling| alphabet.spellings().get(usize::from(*spelling)))
            .collect()
    }

    #[test]
    fn every_reading_of_what_occurs_is_there_and_nothing_else() {
        let alphabet = alphabet_of(["佛山莞厦绿", "A（3）"]);
        assert!(reads(&alphabet, '佛').contains(&"fo"));
        assert!(reads(&alphabet, '莞').contains(&"guan"));
        assert!(reads(&alphabet, '厦').contains(&"xia"));
        assert!(reads(&alphabet, '绿').contains(&"lv"));
        assert_eq!(alphabet.characters().len(), 5);
    }

    #[test]
    fn forms_fold_and_siblings_are_known_as_two() {
        let alphabet = alphabet_of(["云干未岚", "靄"]);
        let kin = |form| alphabet.variant(form).map(|variant| (variant.of, variant.kin));
        assert_eq!(kin('雲'), Some(('云', Kin::Form)));
        assert_eq!(kin('乾'), Some(('干', Kin::Sibling)));
        assert_eq!(kin('末'), Some(('未', Kin::LookAlike)));
        assert_eq!(kin('靄'), Some(('霭', Kin::Form)), "a form that occurs itself");
        assert_eq!(kin('\u{2F2D}').map(|(of, _)| of), None, "no mountain occurs");
        assert_eq!(kin('廣'), None);
    }

    #[test]
    fn a_radical_copied_from_a_pdf_is_its_character() {
        let alphabet = alphabet_of(["山"]);
        assert!(alphabet.writes_the_same('\u{2F2D}', '山'));
    }
}
