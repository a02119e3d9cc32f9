//! What a shopper types, and the firm that must come first, on the demo edition; and input from people who try.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use hongbang::checker::{Checker, Kind, Provenance};
use hongbang::edition::{Reality, Scope};
use hongbang::publish::{build::build, demo, ledger::Evidence};
use hongbang::{Day, Policy};

static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
    let ledger = demo::ledger(demo::Size::default(), 1);
    let policy = Policy { division: Some("44".into()), ..Policy::default() };
    let built = build(&Evidence::of(&ledger), &policy, day(), Scope::Listed, 1, Reality::Demo);
    Checker::of_edition(built.edition, Provenance::Unverified).unwrap()
});

fn day() -> Day {
    "2025-10-31".parse().unwrap()
}

/// The name of the first hit.
fn first(query: &str) -> String {
    CHECKER.search(query, 20).first().map(|hit| hit.name.clone()).unwrap_or_default()
}

#[test]
fn what_a_shopper_types_finds_the_firm_first() {
    let wrong: Vec<String> = QUERIES
        .iter()
        .flat_map(|(name, queries)| queries.iter().map(move |query| (*name, *query)))
        .filter(|(name, query)| first(query) != **name)
        .map(|(name, query)| format!("{query}: expected {name}, found {}", first(query)))
        .collect();
    let asked: usize = QUERIES.iter().map(|(_, queries)| queries.len()).sum();
    assert!(asked >= 150, "{asked} queries");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_name_in_other_forms_of_its_characters_gets_its_verdict() {
    for query in [
        "中山市漪菡碓照明股份有限公司",
        "　中山市漪菡碓照明股份有限公司　",
        "蒹桠篓包装材料(潮州)有限公司",
        "蒹椏簍包裝材料（潮州）有限公司",
        "廣東岚珩箸電器科技有限公司",
        "广州市翎峤篷科技有限公司",
        "廣州市翎嶠篷科技有限公司",
    ] {
        assert_eq!(CHECKER.check(query, day()).kind, Kind::Listed, "{query}");
    }
    for query in [
        "制造商：中山市漪菡碓照明股份有限公司",
        "生產企業: 中山市漪菡碓照明股份有限公司 地址:中山市古镇镇3号厂房",
        "产品名称：吊灯；委托方：中山市漪菡碓照明股份有限公司；电话：0760",
        "中山市漪菡碓照明股份有限公司荣誉出品",
        "总经销：星海商贸有限公司 制造商：中山市漪菡碓照明股份有限公司",
    ] {
        assert_eq!(CHECKER.check(query, day()).kind, Kind::Listed, "{query}: pasted from a label");
    }
    let two = "委托方：中山市漪菡碓照明股份有限公司 受托方：广州市翎峤篷科技有限公司";
    let found: Vec<String> =
        CHECKER.check(two, day()).firms.iter().map(|hit| hit.name.clone()).take(2).collect();
    assert_eq!(found.len(), 2);
    for name in ["中山市漪菡碓照明股份有限公司", "广州市翎峤篷科技有限公司"] {
        assert!(found.iter().any(|found| found == name), "{name} of two, found {found:?}");
    }
    for query in ["漪菡碓照明", "yihandui", "中山市漪菡碓照明股份有限公", "中山市漪菡碓照明股分有限公司"]
    {
        assert_eq!(CHECKER.check(query, day()).kind, Kind::Several, "{query}: no whole name, no verdict");
    }
    assert_eq!(CHECKER.check("没有这家照明电器厂", day()).kind, Kind::NotListed);
    let other = CHECKER.check("中山市漪菡山照明股份有限公司", day());
    assert_eq!(other.kind, Kind::NotListed, "another own part is another firm");
    assert_eq!(other.firms[0].name, "中山市漪菡碓照明股份有限公司", "which is offered as a near name");
}

#[test]
fn what_matched_is_marked() {
    let marked = |query: &str| {
        let hit = CHECKER.search(query, 1).remove(0);
        let text: Vec<u16> = hit.matched.text.encode_utf16().collect();
        let part = |range: &[u32; 2]| {
            String::from_utf16(&text[usize::try_from(range[0]).unwrap()..usize::try_from(range[1]).unwrap()])
                .unwrap()
        };
        (hit.matched.field, hit.matched.ranges.iter().map(part).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(marked("照明 漪菡碓").1, "漪菡碓照明");
    assert_eq!(marked("潮州 蒹桠篓 包装"), ("name", "蒹桠篓包装 潮州".into()));
    assert_eq!(marked("翎榫建材实业"), ("former_name", "翎榫建材实业".into()));
    assert_eq!(marked("yihandui照明").1, "漪菡碓照明");
    assert_eq!(marked("漪碓照明").1, "漪 碓照明");
    assert_eq!(marked("91440168506"), ("code", "91440168506".into()));
}

#[test]
fn hostile_input_is_answered_sensibly_and_fast() {
    let long = "云帆照明".repeat(2_500);
    let letters = "fszm".repeat(2_500);
    let cases: [(&str, bool); 16] = [
        ("", false),
        (" \t\r\n　", false),
        ("😀", false),
        ("😀👨‍👩‍👧‍👦🏳️‍🌈", false),
        ("\u{0}\u{1}\u{7F}\u{FFFE}", false),
        ("\u{202E}\u{200F}\u{2066}", false),
        ("（（（（））", false),
        ("%00%%", false),
        (&long, false),
        (&letters, false),
        ("照", true),
        ("z", false),
        ("9", false),
        ("照\u{200F}明\u{202E}", true),
        ("照😀明", true),
        ("\u{FEFF}照\u{0}明", true),
    ];
    let _ = &*CHECKER;
    for (query, is_found) in cases {
        let start = Instant::now();
        let hits = CHECKER.search(query, 20);
        let answer = CHECKER.check(query, day());
        let shown: String = query.chars().take(20).collect();
        assert!(start.elapsed() < Duration::from_secs(2), "{shown:?} took {:?}", start.elapsed());
        assert_eq!(!hits.is_empty(), is_found, "{shown:?} {:?}", hits.first());
        assert!(answer.kind != Kind::Listed, "{shown:?}");
    }
}

const QUERIES: &[(&str, &[&str])] = &[
    // A brand with a thing, text around a name.
    (
        "中山市漪菡碓照明股份有限公司",
        &[
            "漪菡碓吸顶灯",
            "我家的漪菡碓牌灯泡",
            "吸顶灯 漪菡碓",
            "yihandui 吸顶灯",
            "由中山市漪菡碓照明股份有限公司为本店生产",
            "制造商 中山市漪菡碓照明股份有限公司 地址 中山市古镇镇",
            "Manufacturer: Zhongshan Yihandui Lighting Co., Ltd.",
            "Zhongshan Yihandui Lamps",
        ],
    ),
    ("广州市葭莳桨化工有限公司", &["葭莳桨洗洁精"]),
    ("广州市翎峤篷科技有限公司", &["翎峤篷手机壳"]),
    ("佛山市逦芷榫新型建材有限公司", &["逦芷榫瓷砖"]),
    (
        "蒹桠篓包装材料（潮州）有限公司",
        &[
            "蒹桠篓",
            "蒹桠篓包装",
            "包装材料 蒹桠篓",
            "潮州 蒹桠篓",
            "蒹桠篓潮州",
            "jianyalou",
            "jylbz",
            "蒹椏簍",
            "jyl包装",
        ],
    ),
    (
        "汕头市潮南区漪汀匏动漫玩具有限公司",
        &["漪汀匏", "yitingpao", "汕头 漪汀匏", "漪汀匏玩具", "潮南区漪汀", "漪汀匏動漫"],
    ),
    (
        "梅州市泠砚橹陶瓷厂",
        &[
            "泠砚橹",
            "泠硯櫓陶瓷",
            "梅州泠砚橹",
            "梅州市泠硯櫓陶瓷廠",
            "泠砚陶瓷厂",
            "泠砚橹陶磁厂",
            "lyl陶瓷",
        ],
    ),
    (
        "广州市葭莳桨化工有限公司",
        &["葭莳桨", "葭蒔槳", "葭莳桨化工", "jiashijiang", "廣州葭蒔槳", "莳桨化工", "jsjhg", "葭桨莳化工"],
    ),
    (
        "佛山市逦芷榫新型建材有限公司",
        &["逦芷榫", "邐芷榫", "lizhisun", "佛山 逦芷榫", "逦芷榫建材", "逦芷榫新型建村", "lizhisun建材"],
    ),
    (
        "中山市樨阡镰灯饰有限公司",
        &["樨阡镰", "xiqianlian", "樨阡镰灯饰", "中山市樨阡镰", "樨镰阡灯饰", "樨仟镰灯饰"],
    ),
    (
        "广东邈汀臼电器实业股份有限公司",
        &["邈汀臼", "miaotingjiu", "邈汀臼电器", "廣東邈汀臼電器", "电器 邈汀臼", "mtjdq", "邈汀臼电气实业"],
    ),
    (
        "荻皋篷（江门）电器科技有限公司",
        &["荻皋篷", "荻皋篷江门", "荻皋篷(江门)", "荻皋篷（江門）電器", "digaopeng", "dgpjm", "荻高篷江门"],
    ),
    (
        "云浮市杪逦砣石材工艺有限公司",
        &["杪逦砣", "miaolituo", "杪逦砣石材", "雲浮市杪邐砣", "石材工艺 杪逦砣", "杪逦坨石材"],
    ),
    (
        "霏蒹犁（东莞）益智玩具有限公司",
        &[
            "霏蒹犁",
            "feijianli",
            "霏蒹犁东莞",
            "东莞 霏蒹犁 玩具",
            "霏蒹犁（東莞）益智玩具",
            "fjldg",
            "霏蒹梨东莞",
        ],
    ),
    ("佛山市桠霏锲木业有限公司", &["桠霏锲", "椏霏鍥", "yafeiqie", "桠霏锲木业", "yfqmy", "桠霏楔木业"]),
    (
        "深圳市皋漪砧灯饰电器有限公司",
        &[
            "皋漪砧",
            "gaoyizhen",
            "皋漪砧灯饰",
            "深圳皋漪砧",
            "灯饰 皋漪砧",
            "皋漪砧燈飾電器",
            "gaoyizhen灯饰",
            "皋漪灯饰",
        ],
    ),
    (
        "肇庆市岚杪橹五金塑料有限公司",
        &["岚杪橹", "嵐杪櫓", "lanmiaolu", "肇庆 岚杪橹", "岚杪橹五金", "lmlwjsl"],
    ),
    (
        "佛山市邈苇罟光电有限公司",
        &["邈苇罟", "邈葦罟", "miaoweigu", "邈苇罟光电", "mwggd", "佛山市邈葦罟光電"],
    ),
    (
        "佛山市淙蒹箸厨卫电器有限公司",
        &["淙蒹箸", "congjianzhu", "淙蒹箸厨卫", "淙蒹箸廚衛電器", "厨卫 淙蒹箸 佛山"],
    ),
    (
        "广东汀阡镰塑胶制品科技有限公司",
        &["汀阡镰", "汀阡鐮", "tingqianlian", "汀阡镰塑胶", "汀阡鐮塑膠製品", "汀阡廉塑胶"],
    ),
    (
        "中山市漪菡碓照明股份有限公司",
        &["漪菡碓", "yihandui", "漪菡碓照明", "yhdzm", "照明 漪菡碓", "ＹＩＨＡＮＤＵＩ", "漪菡对照明"],
    ),
    (
        "桠杪榫（中山）服饰实业有限公司",
        &["桠杪榫", "yamiaosun", "椏杪榫（中山）服飾", "yms中山", "桠杪榫 服饰"],
    ),
    ("广东蘅颢耒家居用品股份有限公司", &["蘅颢耒", "蘅顥耒", "henghaolei", "蘅颢耒家居用品"]),
    (
        "博罗县莳皋箩电子实业有限公司",
        &["莳皋箩", "蒔皋籮", "shigaoluo", "博罗莳皋箩", "莳皋箩电子", "shigaoluo dianzi"],
    ),
    ("鹤山市蓼翎斛汽车用品有限公司", &["蓼翎斛", "liaolinghu", "luling hu", "鶴山 蓼翎斛", "蓼翎斛汽车"]),
    ("东莞市霏苇罟木业厂", &["霏苇罟", "霏葦罟", "feiweigu", "霏苇罟木业", "东莞霏苇罟"]),
    ("泠芷耒（深圳）塑胶有限公司", &["泠芷耒", "lingzhilei", "泠芷耒深圳", "深圳 泠芷耒", "泠芷来深圳"]),
    ("惠州市霁逦埙化工实业有限公司", &["霁逦埙", "霽邐塤", "jilixun", "霁逦埙化工"]),
    ("深圳市菡颢铎电子有限公司", &["菡颢铎", "菡顥鐸", "hanhaoduo", "菡颢铎电子", "hhddz"]),
    ("广州市翎峤篷科技有限公司", &["翎峤篷", "翎嶠篷", "lingqiaopeng", "翎峤蓬科技", "lingjiaopeng"]),
    ("广州市白云区澍梭木业有限公司", &["澍梭木业", "白云区 澍梭", "shusuomuye", "shusuo 木业", "澍梭木業"]),
    ("广东澍梭精细化工实业有限公司", &["澍梭化工", "澍梭精细化工", "广东澍梭", "化工 澍梭", "ssjxhg"]),
    ("佛山市逦铎厨卫电器厂", &["逦铎厨卫", "邐鐸廚衛", "佛山 逦铎", "逦铎 电器", "liduochuwei"]),
    ("东莞市逦铎皮鞋有限公司", &["逦铎皮鞋", "东莞逦铎", "liduopixie", "皮鞋 逦铎"]),
    ("广州市澍杼电缆有限公司", &["澍杼电缆", "澍杼线缆厂", "澍杼電纜", "广州澍杼"]),
    ("广东翎榫装饰材料股份有限公司", &["翎榫装饰", "翎榫建材实业", "清远市翎榫建材"]),
    (
        "广州市珩榛匏精细化工厂",
        &["珩榛匏", "914401685061962077", "4401685061962077", "5061962077", "hengzhenpao"],
    ),
    (
        "东莞市畹杪橹塑胶厂",
        &[
            "畹杪橹",
            "91441960MA5QLMPF6X",
            "91441960ma5qlmpf6x",
            "9144196OMA5QLMPF6X",
            "MA5QLMPF6",
            "MA5QLMPF-6",
        ],
    ),
];
