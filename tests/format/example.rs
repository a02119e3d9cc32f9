//! The edition of the example in FORMAT.md: two firms, one bulletin, three samplings.

use hongbang::Edition;
use hongbang::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::publish::alphabet::with_alphabet;
use hongbang::rule::Policy;
use hongbang::sampling::{Bulletin, Facts, Level, Lists, Outcome, Retest};

pub(crate) fn edition() -> Edition {
    with_alphabet(builder().build())
}

/// The edition after it: one bulletin and one firm more, and one firm whose trade mark changed.
pub(crate) fn later() -> Edition {
    let mut builder = builder();
    let bulletin = Bulletin {
        id: "yz-20251102".into(),
        published_on: "2025-11-02".parse().unwrap(),
        inspection_year: Some(2025),
        title: "2025年灯具产品质量监督抽查结果".into(),
        url: "https://example.invalid/202511/20251102.html".into(),
        ..builder.bulletins[0].clone()
    };
    let mut again = SamplingRecord { day: bulletin.published_on, bulletin: 1, ..sampling(1) };
    again.product_class = "锁具".into();
    let fresh = SamplingRecord { row: 3, ..again.clone() };
    builder.bulletins.push(bulletin);
    builder.firms[0].trade_marks = vec!["霁".into()];
    builder.firms[0].samplings.push(again);
    builder.firms.push(firm("云州市檐枋锁业有限公司", vec![fresh]));
    with_alphabet(EditionBuilder { number: 8, as_of: "2025-11-30".parse().unwrap(), ..builder }.build())
}

fn builder() -> EditionBuilder {
    let bulletin = Bulletin {
        id: "yz-20210512".into(),
        body: "云州市市场监督管理局（示例）".into(),
        level: Level::Municipal,
        division: "446000".parse().unwrap(),
        published_on: "2021-05-12".parse().unwrap(),
        inspection_year: Some(2021),
        title: "2021年灯具产品质量监督抽查结果".into(),
        url: "https://example.invalid/202105/20210512.html".into(),
        lists: Lists::All,
        rows: 4,
    };
    let mut listed = firm("云州市霁榫照明有限公司", vec![sampling(1), sampling(2)]);
    listed.code = code("91446060MA4UHH0C");
    listed.division = "446000".parse().ok();
    listed.trade_marks = vec!["霁榫".into()];
    let mut failed = sampling(4);
    failed.facts.first_test = Outcome::Nonconforming;
    failed.facts.retest = Retest::Upheld;
    failed.failed_items = "输入功率".into();
    EditionBuilder {
        number: 7,
        as_of: "2025-10-31".parse().unwrap(),
        scope: Scope::Inspected,
        policy: Policy::default(),
        reality: Reality::Demo,
        bulletins: vec![bulletin],
        firms: vec![listed, firm("云州市岫橹灯饰厂", vec![failed])],
    }
}

fn code(stem: &str) -> Option<hongbang::CreditCode> {
    hongbang::CreditCode::from_stem(stem.as_bytes().try_into().ok()?).ok()
}

fn firm(name: &str, samplings: Vec<SamplingRecord>) -> FirmRecord {
    FirmRecord {
        code: None,
        name: name.into(),
        former_names: vec![],
        division: None,
        trade_marks: vec![],
        gs1_prefixes: vec![],
        labels: vec![],
        samplings,
    }
}

fn sampling(row: u32) -> SamplingRecord {
    let facts = Facts::CLEAN;
    SamplingRecord {
        day: "2021-05-12".parse().unwrap(),
        facts,
        bulletin: 0,
        row,
        product_class: "灯具".into(),
        failed_items: "".into(),
    }
}
