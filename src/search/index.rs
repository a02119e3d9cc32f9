//! Finding firms: a few attempts, from what was typed as it is to what was meant.

use std::cell::OnceCell;
use std::ops::Range;

use super::heard::Heard;
use super::hit::{Field, Hit};
use super::layout::Layout;
use super::matcher::{Match, Matcher, Slipped, Slips};
use super::near::Near;
use super::near_code::is_one_edit_away;
use super::overlap::Overlap;
use super::part::Part;
use super::partial_code::PartialCode;
use super::question::Question;
use super::spelled::Spelled;
use super::symbols::{Symbol, letter};
use super::top::{Place, Rank, Top};
use crate::edition::Edition;
use crate::firm::normal_form;
use crate::number::{index, place};

/// The names of an edition, ready to be searched.
pub struct Index {
    layout: Layout,
}

impl Index {
    /// The most hits that are ever given.
    pub const MAX_HITS: usize = 1_000;

    /// Lays out the names, former names and trade marks of `edition`.
    #[cfg_attr(hongbang_small, inline(never))]
    pub fn new(edition: &Edition) -> Self {
        Self { layout: Layout::new(edition) }
    }

    /// Bytes that the index takes, but for its tables of characters.
    pub fn bytes(&self) -> usize {
        self.layout.bytes()
    }

    /// The best `limit` firms that fit `words` (in normal form), best first.
    ///
    /// What was typed as it is comes first, then what it spells in pinyin or sounds like, then what it may be with a
    /// slip or two, then names that are only part of it; each attempt is made only while there are fewer than `limit`
    /// firms.
    pub fn find(&self, edition: &Edition, words: &[String], limit: usize) -> Vec<Hit> {
        let question = Question::new(words, &self.layout.symbols);
        let code = PartialCode::read(words);
        let mut search = Search::new(&self.layout, edition, limit.min(Self::MAX_HITS));
        search.ask(&question, code.as_ref());
        search.into_hits(&|firm| coded(edition, firm, code.as_ref()))
    }

    /// Of the firms that [`Index::find`] finds those one of whose names has `words` in it as they are: its first, and
    /// found by a small part of its program.
    pub fn find_as_typed(&self, edition: &Edition, words: &[String], limit: usize) -> Vec<Hit> {
        let question = Question::new(words, &self.layout.symbols);
        let mut search = Search::new(&self.layout, edition, limit.min(Self::MAX_HITS));
        if question.len() > 0 {
            search.as_it_is(&question);
        }
        search.into_hits(&|firm| coded(edition, firm, None))
    }

    /// Firms one of whose names is `name`, or, where there is none, is the same name written in other forms of its
    /// characters.
    pub fn named(&self, edition: &Edition, name: &str) -> Vec<usize> {
        let part = Part::new(name, &self.layout.symbols);
        let typed: Vec<char> = normal_form(name).chars().collect();
        let (mut exact, mut written) = (Vec::new(), Vec::new());
        self.layout.each_text(&[Box::new(&part)], &mut |text, _| {
            let (firm, field) = self.layout.owner(text);
            if field > Field::FormerName || self.layout.text(text) != part.symbols {
                return;
            }
            let listed: Vec<char> = normal_form(self.layout.printed(edition, text)).chars().collect();
            let is_same = |(a, b): (&char, &char)| edition.alphabet.writes_the_same(*a, *b);
            if listed == typed {
                exact.push(firm);
            } else if listed.len() == typed.len() && listed.iter().zip(&typed).all(is_same) {
                written.push(firm);
            }
        });
        let mut named = if exact.is_empty() { written } else { exact };
        // A firm may bear a name again.
        named.dedup();
        named
    }

    /// Firms whose code is one slip of the finger away from `typed`.
    pub fn near_codes(edition: &Edition, typed: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (firm, code) in edition.firms.codes.iter().enumerate() {
            let Some(code) = code else { continue };
            if is_one_edit_away(typed.as_bytes(), code.as_bytes()) {
                hits.push(Hit {
                    firm,
                    field: Field::Code,
                    text: code.to_string(),
                    ranges: vec![],
                    is_close: true,
                });
            }
        }
        hits
    }

    /// Firms that own a company prefix with which these barcode digits begin, the longest prefix first.
    pub fn barcode_holders(edition: &Edition, digits: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (firm, prefixes) in edition.firms.gs1_prefixes.iter().enumerate() {
            for prefix in prefixes.lines().filter(|prefix| digits.starts_with(prefix)) {
                let end = place(prefix.len());
                let at = hits.partition_point(|known| known.ranges[0][1] >= end);
                hits.insert(
                    at,
                    Hit {
                        firm,
                        field: Field::Barcode,
                        text: digits.into(),
                        ranges: vec![[0, end]],
                        is_close: true,
                    },
                );
            }
        }
        hits
    }
}

/// One search on its way.
struct Search<'a> {
    layout: &'a Layout,
    edition: &'a Edition,
    attempts: Vec<Vec<Matcher<'a>>>,
    top: Top,
}

/// What an attempt adds to the loss of its matches, so that attempts stand in order.
mod loss {
    pub(super) const JOINED: u8 = 0;
    pub(super) const PARTS: u8 = 1;
    pub(super) const CODE: u8 = 2;
    pub(super) const SOUND: u8 = 3;
    /// More than the sound of all together.
    pub(super) const OF_PARTS: u8 = 3;
    /// More than the sound as the north has it.
    pub(super) const SOUTHERN: u8 = 6;
    pub(super) const SLIPS: u8 = 12;
    pub(super) const HEARD: u8 = 16;
    pub(super) const IN_PART: u8 = 20;
}

/// No part is left out.
const NOTHING: usize = usize::MAX;

impl<'a> Search<'a> {
    /// With fewer hits than this, a second slip is thought of.
    const FEW: usize = 5;

    fn new(layout: &'a Layout, edition: &'a Edition, limit: usize) -> Self {
        Self { layout, edition, attempts: Vec::new(), top: Top::new(limit, edition.firms.len()) }
    }

    /// All attempts, in order.
    fn ask(&mut self, question: &'a Question, code: Option<&PartialCode>) {
        if question.len() == 0 {
            return;
        }
        self.as_it_is(question);
        // What may be part of a code is not spelt out, and a slip in a code is told by its check characters.
        if let Some(code) = code {
            self.codes(code);
            return;
        }
        if question.len() <= Part::MAX_BITS {
            self.by_sound(question);
            self.with_slips(question);
        }
        self.in_part(question);
    }

    fn as_it_is(&mut self, Question { joined, parts, .. }: &'a Question) {
        self.each(joined, NOTHING, literal, loss::JOINED);
        if parts.len() > 1 {
            self.each(parts, NOTHING, literal, loss::PARTS);
        }
    }

    fn by_sound(&mut self, Question { joined, parts, pieces }: &'a Question) {
        // One letter begins the sound of every other name.
        if !joined[0].has_letters() || joined[0].len() < 2 {
            return;
        }
        self.each(joined, NOTHING, spelled, loss::SOUND);
        let parts = if self.top.len() > 0 { parts } else { pieces };
        if parts.len() > 1 {
            self.each(parts, NOTHING, spelled, loss::SOUND + loss::OF_PARTS);
        }
        if self.top.len() == 0 {
            self.each(joined, NOTHING, spelled_by_ear, loss::SOUND + loss::SOUTHERN);
        }
    }

    fn with_slips(&mut self, Question { joined, parts, .. }: &'a Question) {
        let length = joined[0].len();
        let is_latin = joined[0].symbols.iter().all(|symbol| letter(*symbol).is_some());
        if length < 2 || is_latin && (length < 3 || self.is_sure()) {
            return;
        }
        let is_sure = self.is_sure();
        self.slips(joined, 1);
        if (2..=Question::MAX_PARTS).contains(&parts.len()) {
            self.slips(parts, 1);
        }
        if !self.is_explained() {
            self.by_ear(joined, parts);
        }
        if parts.len() == 1 && length > 3 && !is_sure && (self.top.len() < Self::FEW || !self.is_explained())
        {
            self.slips(joined, 2);
        }
    }

    fn by_ear(&mut self, joined: &'a [Part], parts: &'a [Part]) {
        self.each(joined, NOTHING, heard, loss::HEARD);
        if parts.len() > 1 {
            self.each(parts, NOTHING, heard, loss::HEARD + loss::OF_PARTS);
        }
        if self.top.len() == 0 {
            self.each(joined, NOTHING, heard_in_the_south, loss::HEARD + loss::SOUTHERN);
        }
    }

    /// Names of which the question holds the own part and more, or less than all parts of the question.
    fn in_part(&mut self, Question { joined, pieces, .. }: &'a Question) {
        if self.least_loss() <= loss::SLIPS + Near::RATHER_LIKELY {
            return;
        }
        self.each(joined, NOTHING, |part, _| Box::new(Overlap::new(part)), loss::IN_PART);
        let some = if (2..=Question::MAX_PARTS).contains(&pieces.len()) { pieces.len() } else { 0 };
        for left_out in 0..some {
            self.each(pieces, left_out, spelled, loss::IN_PART + Overlap::MOST);
        }
    }

    /// Whether there are hits that need no slip.
    fn is_sure(&self) -> bool {
        self.least_loss() < loss::SLIPS
    }

    /// Whether there are hits that need likely slips at the most.
    fn is_explained(&self) -> bool {
        is_explained(self.least_loss())
    }

    /// What the best hit loses; the most where there is none.
    fn least_loss(&self) -> u8 {
        self.top.least_loss().unwrap_or(u8::MAX)
    }

    /// One part with slips, the others as they are; each in turn.
    fn slips(&mut self, parts: &'a [Part], count: usize) {
        let alphabet = &self.edition.alphabet;
        for near in 0..parts.len() {
            let is_alone = self.top.len() == 0;
            let matcher = |(at, part): (usize, &'a Part)| -> Matcher<'a> {
                if at != near || part.len() < 2 {
                    return Box::new(part);
                }
                // The shorter the part, the surer the slip must be, or everything would fit.
                let weight = match (count, part.len()) {
                    (1, 2) => Near::LIKELY,
                    (1, 3) if !is_alone => Near::LIKELY,
                    (2, 4) => Near::RATHER_LIKELY,
                    (2, 5) => Near::TWO,
                    (2, _) => Near::THREE,
                    _ => u8::MAX,
                };
                Box::new(Slipped(Near::new(part, alphabet, count), part, Slips { count, weight }))
            };
            let matchers = parts.iter().enumerate().map(matcher).collect();
            self.attempt(matchers, loss::SLIPS);
        }
    }

    fn spelled(&self, part: &'a Part, is_southern: bool) -> Matcher<'a> {
        let alphabet = &self.edition.alphabet;
        Box::new(Spelled::new(part, alphabet, self.layout.sounds(alphabet), is_southern))
    }

    fn heard(&self, part: &Part, is_southern: bool) -> Matcher<'a> {
        let alphabet = &self.edition.alphabet;
        Box::new(Heard::new(part, alphabet, self.layout.sounds(alphabet), is_southern))
    }

    /// An attempt with all parts but the one at `left_out`, each in the same way.
    fn each(
        &mut self,
        parts: &'a [Part],
        left_out: usize,
        matcher: fn(&'a Part, &Self) -> Matcher<'a>,
        loss: u8,
    ) {
        let parts = parts.iter().enumerate().filter(|(at, _)| *at != left_out);
        self.attempt(parts.map(|(_, part)| matcher(part, self)).collect(), loss);
    }

    /// Offers every firm in which all of `matchers` find their part.
    fn attempt(&mut self, matchers: Vec<Matcher<'a>>, loss: u8) {
        if self.top.is_closed_to(loss) || matchers.is_empty() {
            return;
        }
        let attempt = u8::try_from(self.attempts.len()).unwrap_or(u8::MAX);
        let layout = self.layout;
        layout.each_text(&matchers, &mut |text, leader| {
            let (firm, field) = layout.owner(text);
            // What an earlier attempt found stands better already, unless both may have slips.
            if field == Field::Name && loss < loss::SLIPS && self.top.has_seen(firm) {
                return;
            }
            let symbols = layout.text(text);
            if let Some((lost, at)) = fit(layout, &matchers, leader, text)
                && (loss < loss::IN_PART || at < Place::Within)
            {
                let tier = self.edition.firms.stated_tiers[firm].unwrap_or(u8::MAX);
                let rank = Rank {
                    loss: loss + lost,
                    place: at,
                    field,
                    tier,
                    length: place(symbols.len()),
                    firm: place(firm),
                    text: place(text),
                    attempt,
                };
                self.top.offer(rank, firm);
            }
        });
        self.attempts.push(matchers);
    }

    fn codes(&mut self, code: &PartialCode) {
        if self.top.is_closed_to(loss::CODE) {
            return;
        }
        for (firm, known) in self.edition.firms.codes.iter().enumerate() {
            let Some(found) = known.as_ref().and_then(|known| code.stands_in(known)) else { continue };
            let rank = Rank {
                loss: loss::CODE,
                place: if found == 0 { Place::OwnBeginning } else { Place::Within },
                field: Field::Code,
                tier: self.edition.firms.stated_tiers[firm].unwrap_or(u8::MAX),
                length: 0,
                firm: place(firm),
                text: place(firm),
                attempt: u8::MAX,
            };
            self.top.offer(rank, firm);
        }
    }

    /// The hits; `coded` is what those are that were found by their codes.
    fn into_hits(self, coded: &dyn Fn(usize) -> Hit) -> Vec<Hit> {
        let Self { layout, edition, attempts, top } = self;
        let hit = |rank: Rank| {
            let firm = index(rank.firm);
            if rank.field == Field::Code {
                return coded(firm);
            }
            let text = layout.printed(edition, index(rank.text));
            let matchers = attempts.get(usize::from(rank.attempt)).map_or(&[][..], Vec::as_slice);
            let ranges = ranges(layout, matchers, index(rank.text), text);
            Hit { firm, field: rank.field, text: text.into(), ranges, is_close: is_explained(rank.loss) }
        };
        top.into_ranks().into_iter().map(hit).collect()
    }
}

/// A firm that was found by part of its code.
fn coded(edition: &Edition, firm: usize, code: Option<&PartialCode>) -> Hit {
    let known = edition.firms.codes[firm].as_ref();
    let text = known.map(ToString::to_string).unwrap_or_default();
    let ranges = known.zip(code).and_then(|(known, code)| code.range(known)).into_iter().collect();
    Hit { firm, field: Field::Code, text, ranges, is_close: true }
}

/// Whether what loses so much needs likely slips at the most.
const fn is_explained(loss: u8) -> bool {
    loss < loss::SLIPS + Near::OTHER
}

/// The part as it is.
fn literal<'a>(part: &'a Part, _: &Search<'a>) -> Matcher<'a> {
    Box::new(part)
}

/// The part by sound, if some of it may be.
fn spelled<'a>(part: &'a Part, search: &Search<'a>) -> Matcher<'a> {
    if part.has_letters() { search.spelled(part, false) } else { Box::new(part) }
}

/// The part as southerners say it.
fn spelled_by_ear<'a>(part: &'a Part, search: &Search<'a>) -> Matcher<'a> {
    search.spelled(part, true)
}

/// What sounds like the part.
fn heard<'a>(part: &'a Part, search: &Search<'a>) -> Matcher<'a> {
    search.heard(part, false)
}

/// What sounds like it to southerners.
fn heard_in_the_south<'a>(part: &'a Part, search: &Search<'a>) -> Matcher<'a> {
    search.heard(part, true)
}

/// How well and where the parts stand in `text`, or some of them in other texts of the same firm.
fn fit(layout: &Layout, matchers: &[Matcher], leader: usize, text: usize) -> Option<(u8, Place)> {
    let symbols = layout.text(text);
    let own = OnceCell::new();
    let own = || own.get_or_init(|| layout.distinctive.part(symbols)).clone();
    let led = matchers[leader].find(symbols, &|| own().start)?;
    let (mut loss, mut at) = (led.loss, stand(&led.span, symbols, &own));
    for (_, matcher) in matchers.iter().enumerate().filter(|(at, _)| *at != leader) {
        if let Some(found) = matcher.find(symbols, &|| own().start) {
            loss = loss.max(found.loss);
            at = at.min(stand(&found.span, symbols, &own));
        } else {
            loss = loss.max(elsewhere(layout, matcher, text)?.loss);
            at = Place::Within;
        }
    }
    // One part may be all of a trade mark; the question was more than that.
    Some((loss, if matchers.len() > 1 { at.max(Place::Own) } else { at }))
}

/// The part in another text of the firm whose `text` is.
fn elsewhere(layout: &Layout, matcher: &Matcher, text: usize) -> Option<Match> {
    let (firm, _) = layout.owner(text);
    for other in layout.texts_of(firm) {
        let found = if other == text { None } else { matcher.find(layout.text(other), &|| 0) };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn stand(span: &Range<usize>, text: &[Symbol], own: &dyn Fn() -> Range<usize>) -> Place {
    if span.len() == text.len() {
        return Place::Whole;
    }
    let own = own();
    let is_entire = span.end >= own.end && (span.start == own.start || span.start == 0);
    if span.start > own.start || span.end <= own.start {
        Place::Within
    } else if is_entire {
        Place::Own
    } else {
        Place::OwnBeginning
    }
}

/// Where the parts stand in the text as it is printed, joined where they touch.
fn ranges(layout: &Layout, matchers: &[Matcher], text: usize, printed: &str) -> Vec<[u32; 2]> {
    let symbols = layout.text(text);
    let mut is_matched = vec![false; symbols.len()];
    for matcher in matchers {
        let own = || layout.distinctive.part(symbols).start;
        match matcher.find(symbols, &own) {
            Some(Match { places: Some(places), .. }) => places.iter().for_each(|at| is_matched[*at] = true),
            Some(Match { span, .. }) => is_matched[span].fill(true),
            None => {}
        }
    }
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    let mut is_matched = is_matched.into_iter();
    let mut from = 0;
    for character in printed.chars() {
        let to = from + if character.len_utf16() == 1 { 1 } else { 2 };
        let is_read = layout.symbols.read(character).is_some();
        if is_read && is_matched.next().unwrap_or(false) {
            match ranges.last_mut() {
                Some(last) if last[1] == from => last[1] = to,
                _ => ranges.push([from, to]),
            }
        }
        from = to;
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
    }

    #[test]
    fn what_holds_a_name_s_own_part_and_more_finds_it_where_nothing_fits_better() {
        let both = ["云帆照明(中国)有限公司", "佛山市云帆照明有限公司"];
        for query in ["云帆吸顶灯", "深圳 云帆", "送我的云帆"] {
            assert_eq!(names(query), both, "{query}");
        }
        assert_eq!(names("由佛山市云帆照明有限公司为本店生产")[0], both[1]);
        assert_eq!(names("深圳 星海"), Vec::<String>::new());
        assert_eq!(names("星海吸顶灯"), Vec::<String>::new());
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
        assert_eq!(index.named(&edition, "北斗(佛山)电器厂").len(), 1);
        assert_eq!(index.named(&edition, "北斗(佛山)电器").len(), 0);
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
        assert_eq!(Index::new(&edition).find(&edition, &["帆星".into()], 9).len(), 0);
    }

    #[test]
    fn no_question_is_more_work_than_its_parts_are_many() {
        let edition = edition(vec![named("云帆照明电器有限公司"), named("星海石油厂")]);
        let index = Index::new(&edition);
        let questions = [
            "照".repeat(10_000),
            "照 ".repeat(10_000),
            "云帆 ".repeat(2_500),
            "zm ".repeat(3_000),
            "z m照".repeat(2_000),
            "龘 😀 \u{202E}".repeat(2_000),
            "a b c d e f g h i j k l m n o p q r s t u v w x y z 照 明".into(),
        ];
        for text in &questions {
            let crate::search::Query::Words(words) = crate::search::Query::read(text) else {
                panic!("expected words of {text:.20}");
            };
            let question = Question::new(&words, &index.layout.symbols);
            let mut search = Search::new(&index.layout, &edition, 20);
            search.ask(&question, None);
            let matchers: usize = search.attempts.iter().map(Vec::len).sum();
            let bound = 8 + 4 * question.parts.len() + 2 * Question::MAX_PARTS * Question::MAX_PARTS;
            assert!(question.len() <= crate::search::Query::MAX_CHARACTERS);
            assert!(matchers <= bound, "{matchers} of at most {bound} for {text:.20}");
        }
    }
}
