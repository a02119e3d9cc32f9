//! Pinyin: letters of a question against characters of a name.
//!
//! A character is spelt by a whole reading (`zhao`), by its initial (`z`, `zh`), or, where the question ends, by the
//! beginning of a reading; a letter, digit or character of the question also stands for itself. So `foshanzm`,
//! `fszm`, `foshan照明` and `佛山zhaom` all spell 佛山照明. All ways are followed at once, a bit for each place in the
//! question.

use std::collections::BTreeSet;
use std::ops::Range;

use super::block::Initials;
use super::part::Part;
use super::symbols::{Symbol, character, letter};
use crate::edition::Alphabet;

/// A part of a question, ready to be compared with names by sound.
pub(super) struct Spelled<'a> {
    part: &'a Part,
    alphabet: &'a Alphabet,
    /// For each spelling of the alphabet where it may stand.
    syllables: Vec<Syllable>,
    /// For each letter where it stands.
    letters: [u64; 26],
}

/// Where in the question, as bits, a character with this reading may be spelt.
#[derive(Clone, Copy, Default)]
struct Syllable {
    whole: u64,
    length: u32,
    /// Its first letter.
    initial: u64,
    /// Its first two letters, where they are zh, ch or sh.
    double: u64,
    /// Its beginning, where the question ends.
    tail: u64,
}

/// How freely characters are spelt.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Spelling {
    /// Each by a whole reading; the last may be unfinished.
    Whole,
    /// Some by their initials.
    Initials,
}

impl<'a> Spelled<'a> {
    /// Readies `part`. `is_southern` lets h after z, c, s and g at the end be missing or too many, as many of the
    /// south say it.
    pub(super) fn new(part: &'a Part, alphabet: &'a Alphabet, is_southern: bool) -> Self {
        let question: Vec<u8> =
            part.symbols.iter().map(|symbol| letter(*symbol).map_or(0, |at| b'a' + at)).collect();
        let mut letters = [0; 26];
        for (at, symbol) in part.symbols.iter().enumerate() {
            if let Some(letter) = letter(*symbol) {
                letters[usize::from(letter)] |= 1 << at;
            }
        }
        let syllables =
            alphabet.spellings().iter().map(|spelling| syllable(spelling.as_bytes(), &question)).collect();
        let mut spelled = Self { part, alphabet, syllables, letters };
        if is_southern {
            spelled.sound_southern(&question);
        }
        spelled
    }

    /// Lets each spelling also stand where one that sounds like it in the south stands.
    fn sound_southern(&mut self, question: &[u8]) {
        for (syllable, spelling) in self.syllables.iter_mut().zip(self.alphabet.spellings().iter()) {
            for other in southern(spelling) {
                let heard = self::syllable(other.as_bytes(), question);
                // One length a spelling: the nearest that the question has.
                if syllable.whole == 0 && heard.whole != 0 {
                    (syllable.whole, syllable.length) = (heard.whole, heard.length);
                }
                syllable.tail |= heard.tail;
            }
        }
    }

    /// Where in `text` the part is spelt: by whole readings rather than by initials, at `own` rather than elsewhere.
    pub(super) fn stands_in(
        &self,
        text: &[Symbol],
        own: impl FnOnce() -> usize,
    ) -> Option<(Spelling, Range<usize>)> {
        let may_start = |at: &usize| self.step(text[*at], 1, Spelling::Initials) != Step::default();
        let starts: Vec<usize> = (0..text.len()).filter(may_start).collect();
        if starts.is_empty() {
            return None;
        }
        let own = own();
        let first = starts.iter().position(|at| *at == own);
        let ordered = || first.into_iter().chain((0..starts.len()).filter(move |at| Some(*at) != first));
        [Spelling::Whole, Spelling::Initials].into_iter().find_map(|spelling| {
            ordered().find_map(|at| {
                let start = starts[at];
                self.end(text, start, spelling).map(|end| (spelling, start..end))
            })
        })
    }

    /// The end of the stretch from `start` that spells the whole part.
    fn end(&self, text: &[Symbol], start: usize, spelling: Spelling) -> Option<usize> {
        let mut state = 1;
        for (at, symbol) in text.iter().enumerate().skip(start) {
            let step = self.step(*symbol, state, spelling);
            if step.is_end {
                return Some(at + 1);
            }
            state = step.state;
            if state == 0 {
                return None;
            }
        }
        None
    }

    /// From the places reached before `symbol` to those reached behind it.
    fn step(&self, symbol: Symbol, state: u64, spelling: Spelling) -> Step {
        let mut next = (state & self.itself(symbol)) << 1;
        let mut is_end = false;
        for reading in self.alphabet.readings(character(symbol)) {
            let syllable = &self.syllables[usize::from(*reading)];
            next |= (state & syllable.whole) << syllable.length;
            is_end |= state & syllable.tail != 0;
            if spelling == Spelling::Initials {
                next |= (state & syllable.initial) << 1 | (state & syllable.double) << 2;
            }
        }
        is_end |= next >> self.part.len() & 1 == 1;
        Step { state: next, is_end }
    }

    /// Where the question has `symbol` itself.
    fn itself(&self, symbol: Symbol) -> u64 {
        match letter(symbol) {
            Some(letter) => self.letters[usize::from(letter)],
            None => self
                .part
                .symbols
                .iter()
                .zip(0..)
                .fold(0, |bits, (own, at)| bits | u64::from(*own == symbol) << at),
        }
    }

    /// Which names may spell the part.
    pub(super) fn candidates(&self) -> Candidates {
        let solid = self.part.symbols.iter().filter(|symbol| letter(**symbol).is_none()).copied();
        let solid: Vec<Symbol> = solid.collect();
        if !solid.is_empty() {
            return Candidates::Holding(solid);
        }
        let steps: Vec<Vec<usize>> = (0..self.part.len()).map(|at| self.steps(at)).collect();
        let fewest = fewest(&steps);
        let mut found = BTreeSet::new();
        let start = Gathered { at: 0, before: None, pairs: 0 };
        self.gather(&steps, &fewest, fewest[0] + 1, start, &mut found);
        let is_alone = found.remove(&0);
        Candidates::Signed {
            pairs: found.into_iter().collect(),
            alone: if is_alone { self.alone() } else { vec![] },
        }
    }

    /// Gathers the signatures of all spellings of what follows with at most `budget` characters.
    fn gather(
        &self,
        steps: &[Vec<usize>],
        fewest: &[u32],
        budget: u32,
        so_far: Gathered,
        found: &mut BTreeSet<u64>,
    ) {
        let Some(ends) = steps.get(so_far.at) else {
            found.insert(so_far.pairs);
            return;
        };
        let initial = letter(self.part.symbols[so_far.at]);
        for at in ends {
            if fewest[*at] < budget && found.len() < Self::MAX_SIGNATURES {
                let pair = so_far
                    .before
                    .zip(initial)
                    .map_or(0, |(before, initial)| Initials::pair_of(before, initial));
                let next = Gathered { at: *at, before: initial, pairs: so_far.pairs | pair };
                self.gather(steps, fewest, budget - 1, next, found);
            }
        }
    }

    const MAX_SIGNATURES: usize = 12;

    /// Where one character more may lead from `at`, farthest first.
    fn steps(&self, at: usize) -> Vec<usize> {
        let mut ends = vec![at + 1];
        for syllable in &self.syllables {
            if syllable.whole >> at & 1 == 1 {
                ends.extend(usize::try_from(syllable.length).map(|length| at + length));
            }
            if syllable.tail >> at & 1 == 1 {
                ends.push(self.part.len());
            }
            if syllable.double >> at & 1 == 1 {
                ends.push(at + 2);
            }
        }
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.dedup();
        ends
    }

    /// The characters of the alphabet that spell the whole part alone.
    fn alone(&self) -> Vec<Symbol> {
        let end = 1 << self.part.len();
        let spells = |place: &usize| {
            self.alphabet.readings(*place).iter().any(|reading| {
                let syllable = &self.syllables[usize::from(*reading)];
                syllable.tail & 1 == 1 || (syllable.whole & 1) << syllable.length == end
            })
        };
        (0..self.alphabet.characters().len()).filter(spells).map(super::symbols::symbol).collect()
    }
}

/// Which names may spell a part.
pub(super) enum Candidates {
    /// Those that hold one of these symbols, which the part has as they are.
    Holding(Vec<Symbol>),
    /// Those with one of these signatures, or one of these characters.
    Signed {
        /// Signatures.
        pairs: Vec<u64>,
        /// Characters that spell the part alone.
        alone: Vec<Symbol>,
    },
}

/// A spelling on its way.
struct Gathered {
    at: usize,
    before: Option<u8>,
    pairs: u64,
}

/// From each place of a question, how many characters at least spell what follows.
fn fewest(steps: &[Vec<usize>]) -> Vec<u32> {
    let mut fewest = vec![0; steps.len() + 1];
    for at in (0..steps.len()).rev() {
        fewest[at] = steps[at].iter().map(|to| fewest[*to]).min().map_or(0, |rest| rest + 1);
    }
    fewest
}

#[derive(Clone, Copy, Default, Eq, PartialEq)]
struct Step {
    state: u64,
    is_end: bool,
}

fn syllable(spelling: &[u8], question: &[u8]) -> Syllable {
    let mut syllable = Syllable { length: u32::try_from(spelling.len()).unwrap_or(0), ..Syllable::default() };
    for at in 0..question.len() {
        let rest = &question[at..];
        let same = rest.iter().zip(spelling).take_while(|(typed, letter)| sounds(**typed, **letter)).count();
        let bit = |is_so: bool| u64::from(is_so) << at;
        syllable.whole |= bit(same == spelling.len());
        syllable.initial |= bit(same > 0);
        syllable.double |= bit(same > 1 && spelling[1] == b'h');
        syllable.tail |= bit(same == rest.len() && same < spelling.len());
    }
    syllable
}

/// Whether a typed letter is meant as this letter of a spelling: ü is typed v or u.
fn sounds(typed: u8, letter: u8) -> bool {
    typed == letter || (letter == b'v' && typed == b'u')
}

/// What a southerner may write for this spelling.
fn southern(spelling: &str) -> Vec<String> {
    let mut heard = Vec::new();
    let (first, rest) = spelling.split_at(1);
    if matches!(first, "z" | "c" | "s") {
        heard.push(match rest.strip_prefix('h') {
            Some(rest) => format!("{first}{rest}"),
            None => format!("{first}h{rest}"),
        });
    }
    heard.push(spelling.to_owned());
    let endings: Vec<String> = heard
        .iter()
        .filter_map(|spelling| match spelling.strip_suffix('g') {
            Some(short) => Some(short.to_owned()),
            None => spelling.ends_with('n').then(|| format!("{spelling}g")),
        })
        .collect();
    heard.extend(endings);
    heard
}
