//! Every case of the rule, from the text of a made-up bulletin to the answer: which samplings count, and why the others
//! do not. All firms are made up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

use std::fmt::Write as _;
use std::path::Path;

use hongbang::edition::{Edition, Reality, Scope};
use hongbang::publish::build::build;
use hongbang::publish::ingest::ingest;
use hongbang::publish::ledger::{Evidence, Ledger, append, read};
use hongbang::rule::{Counting, Judge};
use hongbang::{Day, Policy};

const INDEX: &str = "file,authority,level,division,inspection_year,published_on,lists\n";
const HEADING: &str =
    "序号,受检单位,产品名称,商标,规格型号,生产日期/批号,标称生产单位,检验结果,不合格项目,备注\n";

/// A bulletin: its file, what the index says after the division, and its lines.
type Bulletin<'a> = (&'a str, &'a str, &'a [&'a str]);

/// What an edition says of one firm: each sampling as `day outcome/why`, and the tier in years.
type Said = (Vec<String>, Option<u32>);

fn ledger(bulletins: &[Bulletin<'_>]) -> Ledger {
    let folder = tempfile::tempdir().unwrap();
    let mut index = INDEX.to_owned();
    for (file, known, lines) in bulletins {
        writeln!(index, "{file},云州市市场监督管理局,municipal,449900,{known}").unwrap();
        std::fs::write(folder.path().join(file), format!("{HEADING}{}\n", lines.join("\n"))).unwrap();
    }
    std::fs::write(folder.path().join("index.csv"), index).unwrap();
    through_the_ledger(folder.path())
}

/// Reads the bulletins, keeps them in a ledger on disk, and reads that.
fn through_the_ledger(folder: &Path) -> Ledger {
    let read_in = ingest(&[folder.to_owned()], &mut |_| {}).unwrap();
    assert_eq!(read_in.warnings, []);
    let kept = tempfile::tempdir().unwrap();
    append(kept.path(), &read_in.bulletins, None).unwrap();
    read(kept.path()).unwrap()
}

fn edition(ledger: &Ledger, policy: &Policy, as_of: &str) -> Edition {
    build(&Evidence::of(ledger), policy, day(as_of), Scope::Inspected, 1, Reality::Demo).edition
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn said(edition: &Edition, name: &str) -> Option<Said> {
    let firm = edition.firms.names.iter().position(|known| known == name)?;
    let range = edition.firms.sampling_range(firm);
    let of = |place: usize| {
        let (day, facts) = (edition.samplings.days[place], &edition.samplings.facts[place]);
        match Counting::of(facts, day, &edition.policy, edition.as_of) {
            Counting::Clean => format!("{day} clean"),
            Counting::Failed => format!("{day} failed"),
            Counting::Uncounted(why) => format!("{day} {}", why.word()),
        }
    };
    let tier = edition.recompute()[firm].tier.map(|tier| edition.policy.tiers[usize::from(tier)].years);
    Some((range.map(of).collect(), tier))
}

fn check(bulletins: &[Bulletin<'_>], name: &str, samplings: &[&str], tier: Option<u32>) {
    let edition = edition(&ledger(bulletins), &Policy::default(), "2025-10-31");
    let expected = (samplings.iter().map(|text| (*text).to_owned()).collect(), tier);
    assert_eq!(said(&edition, name), Some(expected), "{bulletins:?}");
}

const LAMPS: &str = "云帆灯饰（佛山）有限公司";
const PLANT: &str = "泗水县星海电器厂";

#[test]
fn conforming_and_nonconforming_count() {
    check(
        &[("a.csv", ",2019-05-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,"])],
        LAMPS,
        &["2019-05-01 clean"],
        Some(5),
    );
    check(
        &[
            ("a.csv", ",2019-05-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,"]),
            ("b.csv", ",2021-05-01,all", &["1,某店,台灯,云帆,T1,B2,云帆灯饰（佛山）有限公司,不合格,插头,"]),
        ],
        LAMPS,
        &["2019-05-01 clean", "2021-05-01 failed"],
        None,
    );
}

#[test]
fn a_bulletin_of_failures_only_needs_no_outcome() {
    check(
        &[(
            "a.csv",
            ",2021-05-01,failures_only",
            &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,,插头,"],
        )],
        LAMPS,
        &["2021-05-01 failed"],
        None,
    );
}

#[test]
fn two_tables_of_passes_and_failures_count_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<title>云州市灯具产品质量监督抽查结果</title><h3>经检验合格的产品</h3>\
        <table><tr><td>序号<td>产品名称<td>标称生产者名称<tr><td>1<td>台灯<td>云帆灯饰（佛山）有限公司</table>\
        <h3>经检验不合格的产品</h3>\
        <table><tr><td>序号<td>产品名称<td>标称生产者名称<td>不合格项目<tr><td>1<td>吊灯<td>泗水县星海电器厂<td>插头</table>";
    std::fs::write(folder.path().join("a.html"), page).unwrap();
    let index = format!("{INDEX}a.html,云州市市场监督管理局,municipal,449900,,2019-05-01,all\n");
    std::fs::write(folder.path().join("index.csv"), index).unwrap();
    let edition = edition(&through_the_ledger(folder.path()), &Policy::default(), "2025-10-31");
    assert_eq!(said(&edition, LAMPS), Some((vec!["2019-05-01 clean".into()], Some(5))));
    assert_eq!(said(&edition, PLANT), Some((vec!["2019-05-01 failed".into()], None)));
}

#[test]
fn a_retest_that_upholds_is_a_failure() {
    check(
        &[(
            "a.csv",
            ",2021-05-01,all",
            &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,不合格,插头,复检仍不合格"],
        )],
        LAMPS,
        &["2021-05-01 failed"],
        None,
    );
}

#[test]
fn a_retest_that_overturns_is_conforming_and_both_stages_stay_visible() {
    let bulletin: Bulletin<'_> = (
        "a.csv",
        ",2021-05-01,all",
        &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,不合格,插头,经复检合格"],
    );
    check(&[bulletin], LAMPS, &["2021-05-01 clean"], Some(3));
    let edition = edition(&ledger(&[bulletin]), &Policy::default(), "2025-10-31");
    let facts = edition.samplings.facts[0];
    assert_eq!((facts.first_test.word(), facts.retest.word()), ("nonconforming", "overturned"));
}

#[test]
fn a_follow_up_leaves_the_failure_standing() {
    check(
        &[(
            "a.csv",
            ",2021-05-01,all",
            &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,不合格,插头,\"已整改，经复查检验合格。\""],
        )],
        LAMPS,
        &["2021-05-01 failed"],
        None,
    );
}

#[test]
fn a_counterfeit_does_not_count_against_the_firm_that_it_names() {
    for remark in
        ["涉嫌假冒", "假冒", "复检仍不合格，涉嫌假冒", "标称生产单位否认该产品为其生产", "假冒云帆牌注册商标"]
    {
        let failed = format!("1,某店,台灯,云帆,T1,B2,云帆灯饰（佛山）有限公司,不合格,插头,{remark}");
        check(
            &[
                ("a.csv", ",2019-05-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,"]),
                ("b.csv", ",2023-05-01,all", &[&failed]),
            ],
            LAMPS,
            &["2019-05-01 clean", "2023-05-01 disowned"],
            Some(5),
        );
    }
}

#[test]
fn what_is_contested_or_being_retested_does_not_count_yet() {
    for remark in ["企业提出异议，正在处理", "复检中"] {
        let failed = format!("1,某店,台灯,云帆,T1,B2,云帆灯饰（佛山）有限公司,不合格,插头,{remark}");
        check(
            &[
                ("a.csv", ",2015-05-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,"]),
                ("b.csv", ",2025-05-01,all", &[&failed]),
            ],
            LAMPS,
            &["2015-05-01 clean", "2025-05-01 pending"],
            Some(10),
        );
    }
}

#[test]
fn what_the_authority_took_back_does_not_count() {
    check(
        &[(
            "a.csv",
            ",2021-05-01,all",
            &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,不合格,插头,该结果已撤回"],
        )],
        LAMPS,
        &["2021-05-01 withdrawn"],
        None,
    );
}

#[test]
fn one_batch_in_two_bulletins_or_twice_in_one_is_one_sampling() {
    let row = "1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,";
    check(&[("a.csv", ",2019-05-01,all", &[row, row])], LAMPS, &["2019-05-01 clean"], Some(5));
    check(
        &[("a.csv", ",2019-05-01,all", &[row]), ("b.csv", ",2020-05-01,all", &[row])],
        LAMPS,
        &["2019-05-01 clean"],
        Some(5),
    );
    let unknown = "1,某店,台灯,云帆,T1,/,云帆灯饰（佛山）有限公司,合格,/,";
    check(
        &[("a.csv", ",2019-05-01,all", &[unknown]), ("b.csv", ",2020-05-01,all", &[unknown])],
        LAMPS,
        &["2019-05-01 clean", "2020-05-01 clean"],
        Some(5),
    );
}

#[test]
fn a_failure_decides_its_day() {
    check(
        &[(
            "a.csv",
            ",2019-05-01,all",
            &[
                "1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,",
                "2,某店,吊灯,云帆,T2,B2,云帆灯饰（佛山）有限公司,不合格,插头,",
            ],
        )],
        LAMPS,
        &["2019-05-01 clean", "2019-05-01 failed"],
        None,
    );
}

#[test]
fn under_the_calendar_readings_a_failure_decides_its_year() {
    let ledger = ledger(&[
        ("a.csv", ",2022-03-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,不合格,插头,"]),
        ("b.csv", ",2022-09-01,all", &["1,某店,台灯,云帆,T1,B2,云帆灯饰（佛山）有限公司,合格,/,"]),
        ("c.csv", ",2023-09-01,all", &["1,某店,台灯,云帆,T1,B3,云帆灯饰（佛山）有限公司,合格,/,"]),
    ]);
    let policy = Policy { continuity: hongbang::rule::Continuity::DistinctYears, ..Policy::default() };
    let edition = edition(&ledger, &policy, "2025-10-31");
    let streak = Judge::new(&policy, edition.as_of).streak(&edition.samplings.days, &edition.marks(&policy));
    assert_eq!(streak.map(|streak| (streak.years, streak.start)), Some((1, day("2023-09-01"))));
}

#[test]
fn whoever_has_a_thing_made_and_whoever_makes_it_are_told_apart() {
    let row = |producer: &str| format!("1,某店,台灯,云帆,T1,B1,{producer},合格,/,");
    for (producer, lamps, plant) in [
        ("云帆灯饰（佛山）有限公司（委托泗水县星海电器厂）", Some("clean"), Some("not_responsible")),
        ("委托方：云帆灯饰（佛山）有限公司 受托方：泗水县星海电器厂", Some("clean"), Some("not_responsible")),
        ("委托单位：云帆灯饰（佛山）有限公司 生产单位：泗水县星海电器厂", Some("clean"), Some("clean")),
        ("云帆灯饰（佛山）有限公司出品", Some("clean"), None),
        ("分装：泗水县星海电器厂", None, Some("clean")),
        ("灌装厂：泗水县星海电器厂", None, Some("clean")),
        ("泗水县星海电器厂装制", None, Some("clean")),
        ("进口商：云帆灯饰（佛山）有限公司", Some("not_responsible"), None),
        ("经销商：云帆灯饰（佛山）有限公司", Some("not_responsible"), None),
    ] {
        let row = row(producer);
        let edition =
            edition(&ledger(&[("a.csv", ",2021-05-01,all", &[&row])]), &Policy::default(), "2025-10-31");
        let found = |name| said(&edition, name).map(|(samplings, _)| samplings[0].clone());
        let expected = |word: Option<&str>| word.map(|word| format!("2021-05-01 {word}"));
        assert_eq!((found(LAMPS), found(PLANT)), (expected(lamps), expected(plant)), "{producer}");
    }
}

#[test]
fn an_unclear_producer_is_booked_to_nobody() {
    for producer in [
        "云帆灯饰有限公司/星海灯饰有限公司",
        "云帆灯饰有限公司 星海灯饰有限公司",
        "云帆灯饰有限公司星海灯饰有限公司",
        "标签未标注生产厂",
        "STARSEA",
        "",
    ] {
        let row = format!("1,某店,台灯,云帆,T1,B1,{producer},不合格,插头,");
        let edition =
            edition(&ledger(&[("a.csv", ",2021-05-01,all", &[&row])]), &Policy::default(), "2025-10-31");
        assert_eq!(edition.firms.len(), 0, "{producer}");
        assert_eq!(edition.bulletins[0].rows, 1, "the row is covered all the same");
    }
}

#[test]
fn a_branch_is_a_firm_of_its_own() {
    let edition = edition(
        &ledger(&[(
            "a.csv",
            ",2021-05-01,all",
            &[
                "1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,",
                "2,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司顺德分公司,不合格,插头,",
            ],
        )]),
        &Policy::default(),
        "2025-10-31",
    );
    assert_eq!(said(&edition, LAMPS).unwrap().0, ["2021-05-01 clean"]);
    assert_eq!(said(&edition, "云帆灯饰（佛山）有限公司顺德分公司").unwrap().0, ["2021-05-01 failed"]);
}

#[test]
fn the_day_is_that_of_publication_but_never_after_the_year_of_the_inspection() {
    let row = "1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,";
    check(&[("a.csv", "2016,2017-04-27,all", &[row])], LAMPS, &["2016-12-31 clean"], Some(5));
    check(&[("a.csv", "2017,2017-04-27,all", &[row])], LAMPS, &["2017-04-27 clean"], Some(5));
}

#[test]
fn what_is_published_after_the_as_of_day_is_not_known_on_it() {
    let ledger = ledger(&[
        ("a.csv", ",2019-05-01,all", &["1,某店,台灯,云帆,T1,B1,云帆灯饰（佛山）有限公司,合格,/,"]),
        ("b.csv", ",2025-11-01,all", &["1,某店,台灯,云帆,T1,B2,云帆灯饰（佛山）有限公司,不合格,插头,"]),
    ]);
    let before = edition(&ledger, &Policy::default(), "2025-10-31");
    assert_eq!(said(&before, LAMPS), Some((vec!["2019-05-01 clean".into()], Some(5))));
    let after = edition(&ledger, &Policy::default(), "2025-11-01");
    assert_eq!(said(&after, LAMPS).unwrap().1, None);
}
