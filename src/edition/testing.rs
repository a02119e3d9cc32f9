//! Small made-up editions for the tests of all rooms.

use super::{Edition, EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use crate::rule::Policy;
use crate::sampling::{Bulletin, Facts, Level, Lists, Outcome};
use crate::{CreditCode, Day};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A plain clean result.
pub(crate) const CLEAN: Facts = Facts::CLEAN;

/// A sampling on a day that is also its bulletin's day of publication.
pub(crate) fn sampled(on: &str, facts: Facts) -> SamplingRecord {
    let failed_items = if facts.first_test == Outcome::Nonconforming { "绝缘电阻" } else { "" }.into();
    SamplingRecord { day: day(on), facts, bulletin: 0, row: 1, product_class: "灯具".into(), failed_items }
}

/// A firm known by its name, clean since 2015-03-01.
pub(crate) fn named(name: &str) -> FirmRecord {
    FirmRecord {
        code: None,
        name: name.into(),
        former_names: vec![],
        division: None,
        trade_marks: vec![],
        gs1_prefixes: vec![],
        labels: vec![],
        samplings: vec![sampled("2015-03-01", CLEAN)],
    }
}

/// The same with a code.
pub(crate) fn coded(code: &str, name: &str) -> FirmRecord {
    FirmRecord { code: Some(code.parse::<CreditCode>().unwrap()), ..named(name) }
}

/// All inspected firms as of 2025-10-31 under the default policy, one bulletin a day of sampling.
pub(crate) fn edition(mut firms: Vec<FirmRecord>) -> Edition {
    let mut days: Vec<Day> =
        firms.iter().flat_map(|firm| &firm.samplings).map(|sampling| sampling.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut row = 0;
    for sampling in firms.iter_mut().flat_map(|firm| &mut firm.samplings) {
        row += 1;
        sampling.row = row;
        sampling.bulletin = days.binary_search(&sampling.day).unwrap();
    }
    EditionBuilder {
        number: 7,
        as_of: day("2025-10-31"),
        scope: Scope::Inspected,
        policy: Policy::default(),
        reality: Reality::Demo,
        bulletins: days.into_iter().map(|day| bulletin(day, row)).collect(),
        firms,
    }
    .build()
}

fn bulletin(published_on: Day, rows: u32) -> Bulletin {
    Bulletin {
        id: format!("yunzhou-{published_on}"),
        body: "云州市市场监督管理局".into(),
        level: Level::Municipal,
        division: "440000".parse().unwrap(),
        published_on,
        inspection_year: None,
        title: "灯具产品质量监督抽查结果".into(),
        url: "https://example.com/".into(),
        lists: Lists::All,
        rows,
    }
}
