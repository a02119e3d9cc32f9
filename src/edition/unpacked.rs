//! An edition as a device keeps it beside the file that it was decoded from: its columns as they lie in memory.
//!
//! To read them takes less than a tenth of the time that decoding takes, which is what a slow device waits for whenever the app
//! starts. Nobody exchanges them: a program reads what it wrote itself. But the publisher signs their hash, so that
//! what lay in a storage that others may have written to is believed no less, and no more, than the file.
//!
//! They are blocks, one after the other: of numbers, the width of each in bytes (1 to 4) and how many there are, as four
//! bytes each, the numbers, and zeros as far as the last number is shorter than four bytes, so that each can be read as
//! four; or of texts, where each ends, and how long all are, as such blocks, and the texts. All numbers are
//! little-endian.

use super::{Alphabet, Edition, Firms, Kin, Reality, Samplings, Scope, TextColumn, Variant};
use crate::number::{index, place};
use crate::rule::{Continuity, CorrectedFailure, Policy, Tier, Treatment, Unsettled};
use crate::sampling::{Bulletin, DayFrom, Facts, FollowUp, Level, Lists, Outcome, Retest, Role, Standing};
use crate::{CreditCode, Day, Division};

/// The number of this layout, which changes whenever a program would write other bytes for an edition.
const LAYOUT: u32 = 2;

/// Reads what [`write()`] wrote for an edition in its order. `None` for what is of another layout, shorter or longer; beyond
/// that nothing is asked, since the publisher signed the hash of what may be read.
pub(crate) fn read(bytes: &[u8]) -> Option<Edition> {
    let mut reader = Reader { rest: bytes, is_whole: true };
    let head = reader.words();
    let head = |at: usize| head.get(at).copied().unwrap_or(0);
    if head(0) != LAYOUT {
        return None;
    }
    let edition = Edition {
        number: head(1),
        as_of: Day::after_min(head(2)),
        scope: of(Scope::ALL, head(3)),
        reality: of(Reality::ALL, head(4)),
        policy: reader.policy(&head),
        bulletins: reader.bulletins(),
        product_classes: reader.texts(),
        failed_items: reader.texts(),
        firms: reader.firms(),
        samplings: reader.samplings(),
        alphabet: reader.alphabet()?,
    };
    (reader.is_whole && reader.rest.is_empty()).then_some(edition)
}

/// Writes an edition.
pub(crate) fn write(edition: &Edition) -> Vec<u8> {
    let Edition { policy, bulletins, firms, samplings, alphabet, .. } = edition;
    let mut writer = Writer(Vec::new());
    writer.words(&[
        LAYOUT,
        edition.number,
        days(edition.as_of),
        place(edition.scope.index()),
        place(edition.reality.index()),
        place(policy.continuity.index()),
        policy.max_gap_months.map_or(0, |months| months + 1),
        policy.min_samplings,
        days(policy.data_from),
        place(policy.treatment.pending.index()),
        place(policy.treatment.disowned.index()),
        place(policy.treatment.corrected_failure.index()),
    ]);
    writer.words(&of_each(&policy.tiers, |tier| tier.years));
    let texts = [&policy.name, &policy.label, policy.division.as_deref().unwrap_or("")];
    writer.texts(&texts.into_iter().chain(policy.tiers.iter().map(|tier| tier.name.as_str())).collect());
    writer.words(&of_each(&policy.responsible_roles, |role| place(role.index())));
    writer.bulletins(bulletins);
    writer.texts(&edition.product_classes);
    writer.texts(&edition.failed_items);
    writer.firms(firms);
    writer.samplings(samplings);
    writer.alphabet(alphabet);
    writer.0
}

struct Reader<'a> {
    rest: &'a [u8],
    /// Nothing was missing so far.
    is_whole: bool,
}

impl<'a> Reader<'a> {
    /// So many bytes, or none where there are fewer.
    fn take(&mut self, count: usize) -> &'a [u8] {
        if let Some((taken, rest)) = self.rest.split_at_checked(count) {
            self.rest = rest;
            taken
        } else {
            self.is_whole = false;
            &[]
        }
    }

    #[inline(never)]
    #[cfg_attr(hongbang_small, optimize(speed))]
    fn words(&mut self) -> Vec<u32> {
        let word = |bytes: &[u8]| bytes.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let [width, count] = [WORD, WORD].map(|length| index(word(self.take(length))));
        let width = width.clamp(1, WORD);
        let spare = WORD - width;
        let bytes = self.take(count.saturating_mul(width).saturating_add(spare));
        let count = if self.is_whole { count } else { 0 };
        let mask = u32::MAX >> (8 * spare);
        (0..count).map(|at| word(&bytes[at * width..]) & mask).collect()
    }

    #[inline(never)]
    fn texts(&mut self) -> TextColumn {
        let ends = self.words();
        let length = self.words().first().copied().unwrap_or(0);
        let text = String::from_utf8(self.take(index(length)).to_vec()).ok();
        let column = text.and_then(|text| TextColumn::from_parts(text, ends));
        self.is_whole &= column.is_some();
        column.unwrap_or_default()
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn policy(&mut self, head: &dyn Fn(usize) -> u32) -> Policy {
        let (years, texts) = (self.words(), self.texts());
        let text = |at: usize| texts.get(at).to_owned();
        Policy {
            name: text(0),
            label: text(1),
            division: Some(text(2)).filter(|digits| !digits.is_empty()),
            continuity: of(Continuity::ALL, head(5)),
            max_gap_months: head(6).checked_sub(1),
            min_samplings: head(7),
            data_from: Day::after_min(head(8)),
            treatment: Treatment {
                pending: of(Unsettled::ALL, head(9)),
                disowned: of(Unsettled::ALL, head(10)),
                corrected_failure: of(CorrectedFailure::ALL, head(11)),
            },
            responsible_roles: self.words().into_iter().map(|role| of(Role::ALL, role)).collect(),
            tiers: (3..).zip(years).map(|(at, years)| Tier { years, name: text(at) }).collect(),
        }
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn bulletins(&mut self) -> Vec<Bulletin> {
        let (texts, numbers) = (self.texts(), self.words());
        let text = |at: usize| texts.get(at).to_owned();
        let bulletin = |(at, numbers): (usize, &[u32; NUMBERS_OF_A_BULLETIN])| {
            Some(Bulletin {
                id: text(4 * at),
                body: text(4 * at + 1),
                title: text(4 * at + 2),
                url: text(4 * at + 3),
                published_on: Day::after_min(numbers[0]),
                inspection_year: i32::try_from(numbers[1]).ok().filter(|year| *year > 0),
                level: of(Level::ALL, numbers[2]),
                division: Division::from_number(numbers[3])?,
                lists: of(Lists::ALL, numbers[4]),
                rows: numbers[5],
            })
        };
        numbers.as_chunks().0.iter().enumerate().filter_map(bulletin).collect()
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn firms(&mut self) -> Firms {
        let code = |code: &str| code.as_bytes().first_chunk().copied().map(CreditCode::checked_before);
        let tier = |tier: u32| u8::try_from(tier.checked_sub(1)?).ok();
        Firms {
            codes: self.texts().iter().map(code).collect(),
            names: self.texts(),
            former_names: self.texts(),
            trade_marks: self.texts(),
            gs1_prefixes: self.texts(),
            labels: self.texts(),
            divisions: self.words().into_iter().map(division).collect(),
            stated_tiers: self.words().into_iter().map(tier).collect(),
            first_samplings: self.words(),
        }
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn samplings(&mut self) -> Samplings {
        Samplings {
            days: self.words().into_iter().map(Day::after_min).collect(),
            facts: self.words().into_iter().map(facts).collect(),
            bulletins: self.words(),
            rows: self.words(),
            product_classes: self.words(),
            failed_items: self.words(),
        }
    }

    #[cfg_attr(hongbang_small, inline(never))]
    fn alphabet(&mut self) -> Option<Alphabet> {
        let spellings = self.texts();
        let character = |word: u32| char::from_u32(word).unwrap_or_default();
        let characters = self.words().into_iter().map(character).collect();
        let firsts = self.words();
        let readings = self.words().into_iter().map(|word| u16::try_from(word).unwrap_or(0)).collect();
        let (forms, of_kinds) = (self.words(), self.words());
        let variant = |(form, of_kind): (u32, u32)| Variant {
            form: character(form),
            of: character(of_kind >> 2),
            kin: of(Kin::ALL, of_kind & 3),
        };
        let variants = forms.into_iter().zip(of_kinds).map(variant).collect();
        Alphabet::from_columns(spellings, characters, firsts, readings, variants)
    }
}

/// Bytes of a number in memory.
const WORD: usize = 4;

/// Day, year, level, division, what it lists, rows.
const NUMBERS_OF_A_BULLETIN: usize = 6;

struct Writer(Vec<u8>);

impl Writer {
    #[inline(never)]
    #[cfg_attr(hongbang_small, optimize(speed))]
    fn words(&mut self, words: &[u32]) {
        let most = words.iter().max().map_or(0, |most| most.max(&1).ilog2());
        let width = index(most / 8 + 1);
        self.0.extend(place(width).to_le_bytes());
        self.0.extend(place(words.len()).to_le_bytes());
        self.0.reserve(words.len() * width);
        for word in words {
            self.0.extend_from_slice(&word.to_le_bytes()[..width]);
        }
        self.0.resize(self.0.len() + WORD - width, 0);
    }

    fn texts(&mut self, column: &TextColumn) {
        self.words(column.ends());
        self.words(&[place(column.joined().len())]);
        self.0.extend(column.joined().as_bytes());
    }

    fn bulletins(&mut self, bulletins: &[Bulletin]) {
        let fields = |bulletin: &'_ Bulletin| {
            [&bulletin.id, &bulletin.body, &bulletin.title, &bulletin.url].map(String::to_owned)
        };
        self.texts(&bulletins.iter().flat_map(fields).collect());
        let numbers = |bulletin: &Bulletin| -> [u32; NUMBERS_OF_A_BULLETIN] {
            [
                days(bulletin.published_on),
                bulletin.inspection_year.map_or(0, i32::unsigned_abs),
                place(bulletin.level.index()),
                bulletin.division.number(),
                place(bulletin.lists.index()),
                bulletin.rows,
            ]
        };
        self.words(&bulletins.iter().flat_map(numbers).collect::<Vec<u32>>());
    }

    fn firms(&mut self, firms: &Firms) {
        let code = |code: &Option<CreditCode>| code.map_or(String::new(), |code| code.to_string());
        self.texts(&firms.codes.iter().map(code).collect());
        self.texts(&firms.names);
        self.texts(&firms.former_names);
        self.texts(&firms.trade_marks);
        self.texts(&firms.gs1_prefixes);
        self.texts(&firms.labels);
        self.words(&of_each(&firms.divisions, |division| division.map_or(0, |known| known.number() + 1)));
        self.words(&of_each(&firms.stated_tiers, |tier| tier.map_or(0, |tier| u32::from(tier) + 1)));
        self.words(&firms.first_samplings);
    }

    fn samplings(&mut self, samplings: &Samplings) {
        self.words(&of_each(&samplings.days, |day| days(*day)));
        self.words(&of_each(&samplings.facts, |facts| word(*facts)));
        self.words(&samplings.bulletins);
        self.words(&samplings.rows);
        self.words(&samplings.product_classes);
        self.words(&samplings.failed_items);
    }

    fn alphabet(&mut self, alphabet: &Alphabet) {
        self.texts(alphabet.spellings());
        self.words(&of_each(alphabet.characters(), |character| u32::from(*character)));
        let (mut firsts, mut readings) = (vec![0], Vec::new());
        for at in 0..alphabet.characters().len() {
            readings.extend(alphabet.readings(at).iter().map(|reading| u32::from(*reading)));
            firsts.push(place(readings.len()));
        }
        self.words(&firsts);
        self.words(&readings);
        self.words(&of_each(alphabet.variants(), |variant| u32::from(variant.form)));
        let kin = |kin: Kin| Kin::ALL.iter().position(|known| *known == kin).map_or(0, place);
        self.words(&of_each(alphabet.variants(), |variant| u32::from(variant.of) << 2 | kin(variant.kin)));
    }
}

fn of_each<T>(entries: &[T], word: impl Fn(&T) -> u32) -> Vec<u32> {
    entries.iter().map(word).collect()
}

/// A day as the days since the first that there is.
fn days(day: Day) -> u32 {
    day.days_since(Day::MIN).unsigned_abs()
}

/// A division as the number behind its own; 0 is none.
fn division(number: u32) -> Option<Division> {
    Division::from_number(number.checked_sub(1)?)
}

/// Facts in one number, a few bits each.
fn word(facts: Facts) -> u32 {
    let of_day = [facts.day_from.index(), facts.first_test.index(), facts.retest.index()];
    let of_result = [facts.follow_up.index(), facts.standing.index(), facts.role.index()];
    of_day.into_iter().chain(of_result).zip(BITS).fold(0, |word, (part, bits)| word << bits | place(part))
}

/// How many bits day, first test, re-test, follow-up, standing and role have.
const BITS: [u32; 6] = [2, 1, 2, 2, 2, 3];

fn facts(mut word: u32) -> Facts {
    let mut next = |at: usize| {
        let part = word & ((1 << BITS[at]) - 1);
        word >>= BITS[at];
        part
    };
    Facts {
        role: of(Role::ALL, next(5)),
        standing: of(Standing::ALL, next(4)),
        follow_up: of(FollowUp::ALL, next(3)),
        retest: of(Retest::ALL, next(2)),
        first_test: of(Outcome::ALL, next(1)),
        day_from: of(DayFrom::ALL, next(0)),
    }
}

/// The word of a closed set that has this number, or its last.
fn of<T: Copy>(all: &[T], number: u32) -> T {
    all[index(number).min(all.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::testing;

    fn edition() -> Edition {
        let firms = vec![testing::named("云帆"), testing::named("北斗电器厂")];
        testing::edition(firms)
    }

    #[test]
    fn an_edition_comes_back() {
        let edition = edition();
        assert_eq!(read(&write(&edition)), Some(edition));
    }

    #[test]
    fn all_facts_come_back() {
        let mut numbers = std::collections::BTreeSet::new();
        for number in 0..1 << BITS.iter().sum::<u32>() {
            let facts = facts(number);
            assert_eq!(super::facts(word(facts)), facts, "{number}");
            numbers.insert(word(facts));
        }
        let words = DayFrom::ALL.len() * Outcome::ALL.len() * Retest::ALL.len();
        assert_eq!(numbers.len(), words * FollowUp::ALL.len() * Standing::ALL.len() * Role::ALL.len());
    }

    #[test]
    fn what_is_cut_or_longer_is_nothing() {
        let bytes = write(&edition());
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), None, "{length}");
        }
        assert_eq!(read(&[bytes, vec![0]].concat()), None);
    }

    #[test]
    fn no_flipped_bit_makes_it_panic() {
        let bytes = write(&edition());
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[place] ^= 1 << bit;
                // What comes of it is nobody's business: it has another hash.
                let _ = read(&flipped);
            }
        }
    }

    #[test]
    fn numbers_of_every_width_come_back() {
        for most in [0, 255, 256, 65_535, 65_536, 16_777_215, 16_777_216, u32::MAX] {
            let mut writer = Writer(Vec::new());
            writer.words(&[7, most, 0]);
            let mut reader = Reader { rest: &writer.0, is_whole: true };
            assert_eq!(reader.words(), [7, most, 0]);
            assert!(reader.is_whole && reader.rest.is_empty());
        }
    }
}
