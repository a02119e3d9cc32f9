//! Pinyin: letters of a question against characters of a name.
//!
//! A character is spelt by a whole reading (`zhao`), by its initial (`z`, `zh`), or, where the question ends, by the
//! beginning of a reading; a letter, digit or character of the question also stands for itself. So `foshanzm`,
//! `fszm`, `foshan照明` and `佛山zhaom` all spell 佛山照明. All ways are followed at once, a bit for each place in the
//! question.

use std::ops::Range;

use super::block::Initials;
use super::part::Part;
use super::sounds::{Sounds, southern};
use super::symbols::{Symbol, character, letter};
use crate::edition::Alphabet;

/// A part of a question, ready to be compared with names by sound.
pub(super) struct Spelled<'a> {
    part: &'a Part,
    pub(super) alphabet: &'a Alphabet,
    sounds: &'a Sounds,
    /// For each spelling of the alphabet where it may stand.
    syllables: Vec<Syllable>,
    /// For each letter where it stands.
    letters: [u64; 26],
    /// Where the question has what is no letter.
    solid: Vec<(Symbol, u64)>,
    candidates: Candidates,
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
    /// Some by the initial of their first reading, which is the usual one.
    UsualInitials,
    /// Some by the initial of any of their readings.
    Initials,
}

impl Spelling {
    /// What it loses against whole readings.
    pub(super) const fn loss(self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::UsualInitials => 1,
            Self::Initials => 2,
        }
    }
}

impl<'a> Spelled<'a> {
    /// Readies `part`. `is_southern` lets h after z, c, s and g at the end be missing or too many, as many of the
    /// south say it.
    pub(super) fn new(part: &'a Part, alphabet: &'a Alphabet, sounds: &'a Sounds, is_southern: bool) -> Self {
        let question: Vec<u8> =
            part.symbols.iter().map(|symbol| letter(*symbol).map_or(0, |at| b'a' + at)).collect();
        let (mut letters, mut solid) = ([0; 26], Vec::new());
        for (at, symbol) in part.symbols.iter().enumerate() {
            match letter(*symbol) {
                Some(letter) => letters[usize::from(letter)] |= 1 << at,
                None => solid.push((*symbol, 1 << at)),
            }
        }
        let syllables = vec![Syllable::default(); alphabet.spellings().len()];
        let candidates = Candidates::default();
        let mut spelled = Self { part, alphabet, sounds, syllables, letters, solid, candidates };
        spelled.place_syllables(&question, is_southern);
        spelled.candidates = spelled.sought();
        spelled
    }

    /// Finds where each spelling may stand, and, in the south, what sounds like it.
    fn place_syllables(&mut self, question: &[u8], is_southern: bool) {
        for (syllable, spelling) in self.syllables.iter_mut().zip(self.alphabet.spellings().iter()) {
            let spelling = spelling.as_bytes();
            let first = spelling.first().map_or(0, |first| usize::from(first.wrapping_sub(b'a') % 26));
            if self.letters[first] == 0 {
                continue;
            }
            *syllable = self::syllable(spelling, question);
            for other in southern(spelling).iter().filter(|_| is_southern) {
                let heard = self::syllable(other, question);
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
        own: &dyn Fn() -> usize,
    ) -> Option<(Spelling, Range<usize>)> {
        if !self.may_stand_in(text) {
            return None;
        }
        let own = own();
        let starts = || Some(own).into_iter().chain(0..text.len());
        [Spelling::Whole, Spelling::UsualInitials, Spelling::Initials].into_iter().find_map(|spelling| {
            starts().find_map(|start| self.end(text, start, spelling).map(|end| (spelling, start..end)))
        })
    }

    /// Whether the part is spelt somewhere, however freely: one look at each symbol, from all starts at once.
    fn may_stand_in(&self, text: &[Symbol]) -> bool {
        let mut state = 0;
        for symbol in text {
            let step = self.step(*symbol, state | 1, Spelling::Initials);
            if step.is_end {
                return true;
            }
            state = step.state;
        }
        false
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
        for (at, reading) in self.alphabet.readings(character(symbol)).iter().enumerate() {
            let syllable = &self.syllables[usize::from(*reading)];
            next |= (state & syllable.whole) << syllable.length;
            is_end |= state & syllable.tail != 0;
            if spelling == Spelling::Initials || spelling == Spelling::UsualInitials && at == 0 {
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
    pub(super) fn candidates(&self) -> &Candidates {
        &self.candidates
    }

    fn sought(&self) -> Candidates {
        let leaps = self.leaps();
        let cheapest = cheapest(&leaps);
        let mut ways = vec![Way { pairs: self.all_initials(), segments: vec![] }];
        let start = Gathered { at: 0, before: None, pairs: 0, segments: vec![] };
        self.gather(&leaps, &cheapest, cheapest[0] + Leap::WHOLE, &start, &mut ways);
        let is_alone = ways.iter().any(|way| way.pairs == 0);
        ways.retain(|way| way.pairs != 0);
        if is_alone && !self.solid.is_empty() {
            ways.clear();
        }
        let segments: Vec<Range<usize>> = ways.iter().flat_map(|way| way.segments.iter().cloned()).collect();
        Candidates {
            holding: self.solid.iter().map(|(symbol, _)| *symbol).collect(),
            ways,
            alone: if is_alone && self.solid.is_empty() { self.alone() } else { vec![] },
            readers: self.readers(segments),
        }
    }

    /// The pairs of one character a letter.
    fn all_initials(&self) -> u128 {
        let initials: Vec<Option<u8>> = (0..self.part.len()).map(|at| self.initial(at)).collect();
        initials.windows(2).fold(0, |pairs, pair| pairs | pair_of(pair[0], pair[1]))
    }

    /// Gathers all spellings of what follows that cost at most `budget`.
    fn gather(
        &self,
        leaps: &[Vec<Leap>],
        cheapest: &[u32],
        budget: u32,
        so_far: &Gathered,
        ways: &mut Vec<Way>,
    ) {
        let Some(next) = leaps.get(so_far.at) else {
            let way = Way { pairs: so_far.pairs, segments: so_far.segments.clone() };
            if !ways.contains(&way) {
                ways.push(way);
            }
            return;
        };
        let initial = self.initial(so_far.at);
        for leap in next {
            if leap.cost + cheapest[leap.to] <= budget && ways.len() < Self::MOST_WAYS {
                let pairs = so_far.pairs | pair_of(so_far.before, initial);
                let mut segments = so_far.segments.clone();
                if leap.is_whole {
                    segments.push(so_far.at..leap.to);
                }
                let next = Gathered { at: leap.to, before: initial, pairs, segments };
                self.gather(leaps, cheapest, budget - leap.cost, &next, ways);
            }
        }
    }

    const MOST_WAYS: usize = 12;

    /// For each segment of the question the characters of which it is a whole reading.
    fn readers(&self, segments: Vec<Range<usize>>) -> Vec<(Range<usize>, Vec<Symbol>)> {
        let mut readers: Vec<(Range<usize>, Vec<Symbol>)> = Vec::new();
        for segment in segments {
            if readers.iter().all(|(known, _)| *known != segment) {
                let is_whole = |own: &Syllable| {
                    own.whole >> segment.start & 1 == 1 && place_of(own.length) == segment.len()
                };
                let symbols = self.readers_of(&is_whole);
                readers.push((segment, symbols));
            }
        }
        readers
    }

    /// The characters with a reading that stands in the question so.
    fn readers_of(&self, stands: &dyn Fn(&Syllable) -> bool) -> Vec<Symbol> {
        let mut readers = Vec::new();
        for (spelling, _) in self.syllables.iter().enumerate().filter(|(_, own)| stands(own)) {
            readers.extend_from_slice(self.sounds.readers(spelling));
        }
        readers
    }

    /// The initial of what stands at `at`, where it has one and no other.
    fn initial(&self, at: usize) -> Option<u8> {
        let symbol = self.part.symbols[at];
        letter(symbol).or_else(|| {
            let spellings = self.alphabet.spellings();
            let readings = self.alphabet.readings(character(symbol)).iter();
            let mut initials =
                readings.filter_map(|reading| spellings.get(usize::from(*reading)).bytes().next());
            let initial = initials.next()?;
            initials.all(|other| other == initial).then(|| initial.wrapping_sub(b'a') % 26)
        })
    }

    /// Where one character more may lead from each place, farthest first.
    fn leaps(&self) -> Vec<Vec<Leap>> {
        let length = self.part.len();
        let mut leaps: Vec<Vec<Leap>> = vec![Vec::new(); length];
        for syllable in self.syllables.iter().filter(|syllable| syllable.initial != 0) {
            for (at, leaps) in leaps.iter_mut().enumerate().filter(|(at, _)| syllable.initial >> at & 1 == 1)
            {
                if syllable.whole >> at & 1 == 1 {
                    let to = at + place_of(syllable.length);
                    Leap::add(leaps, Leap { to, cost: Leap::WHOLE, is_whole: true });
                }
                if syllable.tail >> at & 1 == 1 {
                    Leap::add(leaps, Leap { to: length, cost: Leap::WHOLE, is_whole: false });
                }
                if syllable.double >> at & 1 == 1 {
                    Leap::add(leaps, Leap { to: at + 2, cost: 2 * Leap::INITIAL, is_whole: false });
                }
            }
        }
        for (at, leaps) in leaps.iter_mut().enumerate() {
            let cost = letter(self.part.symbols[at]).map_or(0, |_| Leap::INITIAL);
            Leap::add(leaps, Leap { to: at + 1, cost, is_whole: false });
        }
        leaps
    }

    /// The characters of the alphabet that spell the whole part alone.
    fn alone(&self) -> Vec<Symbol> {
        let end = 1 << self.part.len();
        self.readers_of(&|own| own.tail & 1 == 1 || (own.whole & 1) << own.length == end)
    }
}

/// Which names may spell a part.
#[derive(Default)]
pub(super) struct Candidates {
    /// They hold all of these symbols, which the part has as they are.
    pub(super) holding: Vec<Symbol>,
    /// They are spelt in one of these ways, where there are any.
    pub(super) ways: Vec<Way>,
    /// Or they hold one of these characters, each of which spells the whole part.
    pub(super) alone: Vec<Symbol>,
    /// For each segment of a way the characters of which it is a whole reading.
    pub(super) readers: Vec<(Range<usize>, Vec<Symbol>)>,
}

/// One way of taking a part for the spelling of several characters.
#[derive(PartialEq)]
pub(super) struct Way {
    /// The pairs of initials that stand side by side.
    pub(super) pairs: u128,
    /// Where the part has whole readings.
    pub(super) segments: Vec<Range<usize>>,
}

/// A length of some letters, as a distance in the question.
fn place_of(length: u32) -> usize {
    usize::try_from(length).expect("a spelling has seven letters at the most")
}

fn pair_of(before: Option<u8>, initial: Option<u8>) -> u128 {
    before.zip(initial).map_or(0, |(before, initial)| Initials::pair_of(before, initial))
}

/// A spelling on its way.
struct Gathered {
    at: usize,
    before: Option<u8>,
    pairs: u128,
    segments: Vec<Range<usize>>,
}

/// One character of a spelling: to which place of the question it leads, and how dear it is. People write initials
/// where no reading fits, and the fewest characters that they can mean.
#[derive(Clone)]
struct Leap {
    to: usize,
    cost: u32,
    /// Whether it is a whole reading.
    is_whole: bool,
}

impl Leap {
    const WHOLE: u32 = 2;
    const INITIAL: u32 = 3;

    /// Adds a leap in its place, unless a cheaper one leads there.
    fn add(leaps: &mut Vec<Self>, leap: Self) {
        let at = leaps.iter().position(|known| known.to <= leap.to).unwrap_or(leaps.len());
        match leaps.get_mut(at) {
            Some(known) if known.to == leap.to && known.cost == leap.cost => known.is_whole &= leap.is_whole,
            Some(known) if known.to == leap.to => {
                if leap.cost < known.cost {
                    *known = leap;
                }
            }
            _ => leaps.insert(at, leap),
        }
    }
}

/// From each place of a question, what the cheapest spelling of the rest costs.
fn cheapest(leaps: &[Vec<Leap>]) -> Vec<u32> {
    let mut cheapest = vec![0; leaps.len() + 1];
    for at in (0..leaps.len()).rev() {
        cheapest[at] = leaps[at].iter().map(|leap| leap.cost + cheapest[leap.to]).min().unwrap_or(0);
    }
    cheapest
}

struct Step {
    state: u64,
    is_end: bool,
}

fn syllable(spelling: &[u8], question: &[u8]) -> Syllable {
    let mut syllable = Syllable { length: u32::try_from(spelling.len()).unwrap_or(0), ..Syllable::default() };
    let Some(first) = spelling.first() else { return syllable };
    for (at, _) in question.iter().enumerate().filter(|(_, typed)| *typed == first) {
        let rest = &question[at..];
        let same = rest.iter().zip(spelling).take_while(|(typed, letter)| sounds(**typed, **letter)).count();
        let bit = |is_so: bool| u64::from(is_so) << at;
        syllable.whole |= bit(same == spelling.len());
        syllable.initial |= bit(true);
        syllable.double |= bit(same > 1 && spelling[1] == b'h');
        syllable.tail |= bit(same == rest.len() && same < spelling.len());
    }
    syllable
}

/// Whether a typed letter is meant as this letter of a spelling: ü is typed v or u.
fn sounds(typed: u8, letter: u8) -> bool {
    typed == letter || (letter == b'v' && typed == b'u')
}
