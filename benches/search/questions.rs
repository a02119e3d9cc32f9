//! Questions made from names by seeded rules: what a shopper keys in who has the label in his hand.
//!
//! Each begins with a *stretch*: 4 to 6 characters in a row of the name without its legal form and brackets, that
//! hold the first two characters of the distinctive part.
//!
//! | kind | rule |
//! |---|---|
//! | clean | the stretch |
//! | parts | distinctive part and industry or city, either first, a space between |
//! | one typo | the stretch with one slip: a quarter each a wrong character (any that occurs in names), a missing one, a doubled one, two neighbours swapped |
//! | two typos | a stretch of 6 to 8 with two such slips |
//! | traditional | a stretch as OpenCC writes it in Traditional characters; only where that differs |
//! | pinyin | the first readings of distinctive part and what follows, 4 characters |
//! | initials | the initials of the same, 4 to 6 characters |
//! | homophones | distinctive part and two characters more, in which one to all of its characters are another everyday character of the same sound |
//! | mixed | the distinctive part by initials or readings, then two characters as they are |

use std::collections::HashMap;
use std::sync::LazyLock;

use hanconv::s2t;
use pinyin::ToPinyin;
use serde::Serialize;

use super::names::{Dice, Name, level_one};

/// A question and the firm that it means.
#[derive(Serialize)]
pub(crate) struct Question {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    /// Place among the names.
    pub(crate) firm: usize,
}

pub(crate) const KINDS: [&str; 9] =
    ["clean", "parts", "one typo", "two typos", "traditional", "pinyin", "initials", "mixed", "homophones"];

/// `each` questions of each kind.
pub(crate) fn questions(names: &[Name], each: usize, seed: u64) -> Vec<Question> {
    let mut dice = Dice::new(seed);
    let mut questions = Vec::new();
    for kind in KINDS {
        let mut made = 0;
        while made < each {
            let firm = dice.below(names.len());
            if let Some(text) = question(kind, &names[firm], names, &mut dice) {
                questions.push(Question { kind, text, firm });
                made += 1;
            }
        }
    }
    questions
}

fn question(kind: &str, name: &Name, names: &[Name], dice: &mut Dice) -> Option<String> {
    let text = |characters: Vec<char>| characters.into_iter().collect::<String>();
    match kind {
        "clean" => stretch(name, 4..7, dice).map(text),
        "parts" => Some(parts(name, dice)),
        "one typo" => stretch(name, 4..7, dice).map(|clean| text(slip(clean, names, dice))),
        "two typos" => {
            let once = stretch(name, 6..9, dice).map(|clean| slip(clean, names, dice))?;
            Some(text(slip(once, names, dice)))
        }
        "traditional" => {
            let clean: String = stretch(name, 4..7, dice).map(text)?;
            let traditional = s2t(&clean);
            (traditional != clean).then_some(traditional)
        }
        "pinyin" => readings(&head(name, 4)?).map(|readings| readings.concat()),
        "initials" => initials(name, 4 + dice.below(3)),
        "homophones" => homophones(name, dice),
        _ => mixed(name, dice),
    }
}

/// How many names have each question of initials as theirs, and so the best shares within the first 1, 5 and 20, in %,
/// that any order can give: nothing tells names with the same initials apart.
pub(crate) fn reachable(names: &[Name], questions: &[Question]) -> [f64; 3] {
    let asked = questions.iter().filter(|question| question.kind == "initials");
    let mut alike: HashMap<&str, u32> = asked.map(|question| (&question.text[..], 0)).collect();
    for text in names.iter().flat_map(|name| (4..7).filter_map(|length| initials(name, length))) {
        if let Some(count) = alike.get_mut(&text[..]) {
            *count += 1;
        }
    }
    let asked =
        questions.iter().filter_map(|question| alike.get(&question.text[..])).map(|count| f64::from(*count));
    let asked: Vec<f64> = asked.collect();
    let all: f64 = asked.iter().map(|_| 1.0).sum();
    [1.0, 5.0, 20.0]
        .map(|first: f64| 100.0 * asked.iter().map(|count| (first / count).min(1.0)).sum::<f64>() / all)
}

fn initials(name: &Name, length: usize) -> Option<String> {
    let readings = readings(&head(name, length)?)?;
    Some(readings.iter().filter_map(|reading| reading.chars().next()).collect())
}

/// The name without legal form and brackets, and where its distinctive part begins.
fn body(name: &Name) -> (Vec<char>, usize) {
    let own = name.characters[..name.form].iter().filter(|character| !matches!(character, '（' | '）'));
    (own.copied().collect(), name.core.start)
}

fn stretch(name: &Name, lengths: std::ops::Range<usize>, dice: &mut Dice) -> Option<Vec<char>> {
    let (body, core) = body(name);
    let length = lengths.start + dice.below(lengths.len());
    let (first, last) = ((core + 2).saturating_sub(length), core.min(body.len().checked_sub(length)?));
    let start = first + dice.below((last + 1).checked_sub(first).filter(|count| *count > 0)?);
    Some(body[start..start + length].to_vec())
}

/// So many characters from the distinctive part on.
fn head(name: &Name, length: usize) -> Option<Vec<char>> {
    let (body, core) = body(name);
    body.get(core..core + length).map(<[char]>::to_vec)
}

fn parts(name: &Name, dice: &mut Dice) -> String {
    let core: String = name.characters[name.core.clone()].iter().collect();
    let other = if name.city.is_empty() || dice.below(2) == 0 { name.industry } else { name.city };
    if dice.below(2) == 0 { format!("{core} {other}") } else { format!("{other} {core}") }
}

fn slip(mut typed: Vec<char>, names: &[Name], dice: &mut Dice) -> Vec<char> {
    let at = dice.below(typed.len());
    match dice.below(4) {
        0 => {
            let name = &names[dice.below(names.len())];
            typed[at] = *dice.pick(&name.characters);
        }
        1 => {
            typed.remove(at);
        }
        2 => typed.insert(at, typed[at]),
        _ => typed.swap(at.saturating_sub(1), at.max(1)),
    }
    typed
}

fn homophones(name: &Name, dice: &mut Dice) -> Option<String> {
    let mut typed = head(name, name.core.len() + 2)?;
    let first = dice.below(name.core.len());
    for (at, character) in typed.iter_mut().take(name.core.len()).enumerate() {
        if at == first || dice.below(2) == 0 {
            let sound = character.to_pinyin()?.plain();
            let others = SOUNDS.get(sound)?.iter().filter(|other| **other != *character);
            let others: Vec<char> = others.copied().collect();
            *character = (!others.is_empty()).then(|| *dice.pick(&others))?;
        }
    }
    Some(typed.into_iter().collect())
}

/// The everyday characters of each sound.
static SOUNDS: LazyLock<HashMap<&str, Vec<char>>> = LazyLock::new(|| {
    let mut sounds: HashMap<&str, Vec<char>> = HashMap::new();
    for character in level_one() {
        if let Some(reading) = character.to_pinyin() {
            sounds.entry(reading.plain()).or_default().push(character);
        }
    }
    sounds
});

fn readings(characters: &[char]) -> Option<Vec<String>> {
    let reading = |character: &char| character.to_pinyin().map(|reading| reading.plain().replace('ü', "v"));
    characters.iter().map(reading).collect()
}

fn mixed(name: &Name, dice: &mut Dice) -> Option<String> {
    let (body, core) = body(name);
    let spelt = readings(&body[core..name.core.end])?;
    let follows: String = body.get(name.core.end..name.core.end + 2)?.iter().collect();
    let is_short = dice.below(2) == 0;
    let spelt: String = spelt.iter().map(|reading| if is_short { &reading[..1] } else { reading }).collect();
    Some(spelt + &follows)
}
