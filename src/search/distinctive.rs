//! Which part of a name is its own (字号): what is left when places, industries and legal forms are taken away.
//!
//! There is no list of industries: pairs of characters that stand in many names of this edition are what names have in
//! common. Places are pairs that begin many names, what ends in 市 or 区, and a short list for those that the edition
//! has few of. The guess orders hits and decides nothing else.

use std::ops::Range;

use super::symbols::Symbol;

/// What the names of an edition have in common.
pub(super) struct Distinctive {
    /// Pairs that begin many names, by [`slot`].
    heads: Vec<u64>,
    /// Pairs that stand in many names behind the beginning.
    tails: Vec<u64>,
    /// Characters that end the name of a place.
    markers: Vec<Symbol>,
}

/// Counts pairs while names are read.
pub(super) struct PairCounts {
    heads: Vec<u16>,
    tails: Vec<u16>,
    names: usize,
    markers: Vec<Symbol>,
    /// For each symbol up to the last of the markers whether it is one.
    is_marker: Vec<bool>,
}

impl PairCounts {
    /// More names than this tell nothing new.
    pub(super) const ENOUGH: usize = 1 << 14;
    /// One name in so many makes a pair common.
    const ONE_IN: usize = 400;
    /// Fewer than this are chance, even in a small edition.
    const AT_LEAST: usize = 4;

    /// With the symbols of [`Distinctive::MARKERS`].
    pub(super) fn new(markers: Vec<Symbol>) -> Self {
        let last = markers.iter().max().map_or(0, |last| usize::from(*last));
        let mut is_marker = vec![false; last + 1];
        for marker in &markers {
            is_marker[usize::from(*marker)] = true;
        }
        Self { heads: vec![0; 1 << 16], tails: vec![0; 1 << 16], names: 0, markers, is_marker }
    }

    /// Counts the pairs of one name.
    pub(super) fn add(&mut self, name: &[Symbol]) {
        let mut is_head = true;
        for pair in name.windows(2) {
            let counts = if is_head { &mut self.heads } else { &mut self.tails };
            let count = &mut counts[slot(pair[0], pair[1])];
            *count = count.saturating_add(1);
            is_head = self.is_marker.get(usize::from(pair[0])) == Some(&true);
        }
        self.names += 1;
    }

    /// What is common, `places` (two symbols each) among it.
    pub(super) fn finish(self, places: &[Symbol]) -> Distinctive {
        let least = (self.names / Self::ONE_IN).max(Self::AT_LEAST);
        let mut heads = common(&self.heads, least);
        for [first, second] in places.as_chunks().0 {
            let slot = slot(*first, *second);
            heads[slot / 64] |= 1 << (slot % 64);
        }
        Distinctive { heads, tails: common(&self.tails, least), markers: self.markers }
    }
}

impl Distinctive {
    /// The characters whose presence ends the name of a place.
    pub(super) const MARKERS: &str = "省市区县镇州";

    /// Provinces and cities of two characters from which many firms come.
    pub(super) const PLACES: &str = "北京天津上海重庆河北山西辽宁吉林江苏浙江安徽福建江西山东河南湖北湖南广东广西海南四川贵州云南陕西甘肃青海西藏宁夏\
        新疆香港澳门台湾中国深圳广州佛山东莞中山惠州珠海汕头江门潮州揭阳肇庆湛江茂名清远阳江梅州韶关河源汕尾云浮南京苏州无锡常州\
        南通杭州宁波温州厦门泉州济南青岛郑州武汉长沙合肥沈阳成都西安南海番禺花都宝安龙岗";

    /// Where the own part of `name` lies; never empty unless the name is.
    pub(super) fn part(&self, name: &[Symbol]) -> Range<usize> {
        let start = self.start(name);
        let from = (start + 2).min(name.len());
        let end = (from..name.len().saturating_sub(1)).find(|at| is_in(&self.tails, name[*at], name[at + 1]));
        start..end.unwrap_or(name.len().min(start + 4))
    }

    fn start(&self, name: &[Symbol]) -> usize {
        let mut start = 0;
        // Province, city, district and town at the most.
        for _ in 0..4 {
            let rest = &name[start..];
            let marked = (2..5).find(|at| rest.get(*at).is_some_and(|symbol| self.markers.contains(symbol)));
            let step = match (marked, rest) {
                (Some(at), _) => at + 1,
                (None, [a, b, ..]) if is_in(&self.heads, *a, *b) => 2,
                _ => break,
            };
            if rest.len() < step + 2 || self.is_common(&rest[step..]) {
                break;
            }
            start += step;
        }
        start
    }

    /// Whether `rest` begins with what names have in common, so that no own part would be left before it.
    fn is_common(&self, rest: &[Symbol]) -> bool {
        matches!(rest, [a, b, ..] if is_in(&self.tails, *a, *b) && !is_in(&self.heads, *a, *b))
    }
}

fn common(counts: &[u16], least: usize) -> Vec<u64> {
    counts
        .chunks(64)
        .map(|chunk| {
            chunk.iter().rev().fold(0, |bits, count| bits << 1 | u64::from(usize::from(*count) >= least))
        })
        .collect()
}

fn is_in(bits: &[u64], a: Symbol, b: Symbol) -> bool {
    let slot = slot(a, b);
    bits[slot / 64] >> (slot % 64) & 1 == 1
}

/// Pairs share slots; two common ones seldom do.
fn slot(a: Symbol, b: Symbol) -> usize {
    usize::from(a.wrapping_mul(0x9E37).rotate_left(5) ^ b.wrapping_mul(0x85EB))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Alphabet;
    use crate::search::symbols::Symbols;

    struct Names {
        symbols: Symbols,
        distinctive: Distinctive,
    }

    impl Names {
        fn learn<'a>(names: impl Iterator<Item = &'a str>) -> Self {
            let mut symbols = Symbols::new(&Alphabet::default());
            let markers: Vec<Symbol> =
                Distinctive::MARKERS.chars().filter_map(|marker| symbols.read_or_learn(marker)).collect();
            let mut pairs = PairCounts::new(markers);
            for name in names {
                let name: Vec<Symbol> = name.chars().filter_map(|own| symbols.read_or_learn(own)).collect();
                pairs.add(&name);
            }
            let places: Vec<Symbol> =
                Distinctive::PLACES.chars().filter_map(|own| symbols.read_or_learn(own)).collect();
            Self { symbols, distinctive: pairs.finish(&places) }
        }

        fn part(&self, name: &str) -> String {
            let read: Vec<(char, Symbol)> =
                name.chars().filter_map(|own| Some((own, self.symbols.read(own)?))).collect();
            let symbols: Vec<Symbol> = read.iter().map(|(_, symbol)| *symbol).collect();
            read[self.distinctive.part(&symbols)].iter().map(|(own, _)| *own).collect()
        }
    }

    #[test]
    fn places_industries_and_forms_are_taken_away() {
        let names: Vec<String> = ["云帆", "星海", "北斗", "远山", "听雨"]
            .iter()
            .flat_map(|own| {
                [
                    format!("广东{own}照明有限公司"),
                    format!("佛山市{own}电器有限公司"),
                    format!("{own}照明电器厂"),
                ]
            })
            .collect();
        let learnt = Names::learn(names.iter().map(String::as_str));
        for (name, own) in [
            ("广东云帆照明有限公司", "云帆"),
            ("佛山市顺德区大河电器有限公司", "大河"),
            ("新月照明有限公司", "新月"),
            ("广东省佛山市听雨轩电器有限公司", "听雨轩"),
        ] {
            assert_eq!(learnt.part(name), own, "{name}");
        }
        for odd in ["", "云", "广东", "广东省", "佛山市电器有限公司"] {
            learnt.part(odd);
        }
    }

    #[test]
    fn most_real_names_are_taken_apart_rightly_where_they_are_at_hand() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/firms/");
        let read = |file: &str| std::fs::read_to_string(format!("{folder}{file}"));
        let (Ok(firms), Ok(marked)) = (read("firms-10k.csv"), read("name-cores-500.txt")) else { return };
        let learnt = Names::learn(firms.lines().skip(1).filter_map(|line| line.split(',').nth(1)));
        let marked = marked.lines().filter_map(|line| line.split_once(' '));
        let (mut begun, mut whole, mut all) = (0, 0, 0);
        for (name, own) in marked.filter(|(name, own)| name.contains(own)) {
            let part = learnt.part(name);
            all += 1;
            whole += u32::from(part == own);
            begun += u32::from(part.chars().take(2).eq(own.chars().take(2)));
        }
        println!("of {all} names the own part begins rightly in {begun} and is whole in {whole}");
        assert!(begun * 100 >= all * 80, "{begun} of {all} begin rightly");
    }
}
