//! A made-up edition of any size, with the skew of real ones: few firms with many samplings, firms at home in one
//! city and one trade, bulletins of few classes that are mostly about firms of their own city, one failure in twenty.

use hongbang::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::publish::alphabet::with_alphabet;
use hongbang::rule::Policy;
use hongbang::sampling::{Bulletin, DayFrom, Facts, FollowUp, Level, Lists, Outcome, Retest, Role, Standing};
use hongbang::{CreditCode, Day, Division, Edition};

const CITIES: [&str; 12] =
    ["广州", "深圳", "佛山", "东莞", "中山", "惠州", "江门", "珠海", "汕头", "揭阳", "肇庆", "清远"];
const FIRST: &str = "霁岫霰菡畹濯漪芷岚淙霭翎蓼葭琤峤";
const SECOND: &str = "榫橹砧锛耙凿斛甑埙筏箸篷犁杼臼锲";
const TRADES: [(&str, [&str; 3]); 6] = [
    ("照明", ["固定式灯具", "可移式灯具", "灯用控制装置"]),
    ("鞋业", ["皮鞋", "运动鞋", "儿童鞋"]),
    ("润滑油", ["汽油机油", "柴油机油", "齿轮油"]),
    ("家具", ["木家具", "软体家具", "办公椅"]),
    ("玩具", ["电动玩具", "毛绒玩具", "童车"]),
    ("电器", ["电饭锅", "吸油烟机", "电热水器"]),
];
const ITEMS: [&str; 5] = ["标志", "输入功率", "耐热和耐燃", "甲醛释放量", "邻苯二甲酸酯"];

/// Chance without luck: the same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    /// Small numbers more often.
    fn skewed(&mut self, count: usize) -> usize {
        let highest = self.below(count) + 1;
        self.below(highest)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// An edition of about so many firms, with twelve samplings a firm.
pub(crate) fn edition(firms: usize) -> Edition {
    let mut dice = Dice(20_251_031);
    let mut records: Vec<FirmRecord> = (0..firms).map(|_| firm(&mut dice)).collect();
    records.sort_by_key(|firm| firm.code);
    records.dedup_by_key(|firm| firm.code);
    let homes: Vec<(usize, usize)> = records.iter().map(home).collect();
    let mut bulletins = Vec::new();
    let mut left = firms * 12;
    while left > 0 {
        let rows = (20 + dice.below(180)).min(left);
        left -= rows;
        bulletins.push(issue(&mut dice, &homes, &mut records, bulletins.len(), rows));
    }
    with_alphabet(
        EditionBuilder {
            number: 3,
            as_of: Day::from_epoch_days(20_392).unwrap(),
            scope: Scope::Inspected,
            policy: Policy::default(),
            reality: Reality::Demo,
            bulletins,
            firms: records,
        }
        .build(),
    )
}

fn division(city: usize) -> Division {
    Division::from_number(440_000 + 100 * u32::try_from(city + 1).unwrap()).unwrap()
}

fn firm(dice: &mut Dice) -> FirmRecord {
    let city = dice.skewed(CITIES.len());
    let trade = dice.below(TRADES.len());
    let first: Vec<char> = FIRST.chars().collect();
    let second: Vec<char> = SECOND.chars().collect();
    let core = format!("{}{}{}", dice.of(&first), dice.of(&first), dice.of(&second));
    let form = dice.of(&["有限公司", "有限公司", "科技有限公司", "实业有限公司", "厂", "股份有限公司"]);
    let name = format!("{}市{core}{}{form}", CITIES[city], TRADES[trade].0);
    let letters = CreditCode::ALPHABET;
    let organisation: String = if dice.below(2) == 0 {
        format!("{:08}", 50_000_000 + dice.below(50_000_000))
    } else {
        (0..5).fold("MA5".into(), |text, _| text + &char::from(letters[dice.below(31)]).to_string())
    };
    let stem = format!("91{}{organisation}", division(city));
    FirmRecord {
        code: CreditCode::from_stem(stem.as_bytes().try_into().unwrap()).ok(),
        name,
        former_names: vec![],
        division: Some(division(city)),
        trade_marks: if dice.below(2) == 0 { vec![core] } else { vec![] },
        gs1_prefixes: if dice.below(3) == 0 {
            vec![format!("952{:05}", dice.below(100_000))]
        } else {
            vec![]
        },
        labels: vec![],
        samplings: vec![],
    }
}

/// City and trade of a firm.
fn home(firm: &FirmRecord) -> (usize, usize) {
    let city = CITIES.iter().position(|city| firm.name.starts_with(city)).unwrap();
    let trade = TRADES.iter().position(|(trade, _)| firm.name.contains(trade)).unwrap();
    (city, trade)
}

/// Publishes a bulletin of one trade, and books its rows.
fn issue(
    dice: &mut Dice,
    homes: &[(usize, usize)],
    firms: &mut [FirmRecord],
    at: usize,
    rows: usize,
) -> Bulletin {
    let (city, trade) = (dice.skewed(CITIES.len()), dice.below(TRADES.len()));
    let level = dice.of(&[Level::Municipal, Level::Municipal, Level::Provincial]);
    let fits = |home: &(usize, usize)| home.1 == trade && (level == Level::Provincial || home.0 == city);
    let mut fitting: Vec<usize> = (0..homes.len()).filter(|firm| fits(&homes[*firm])).collect();
    if fitting.is_empty() {
        fitting = (0..homes.len()).collect();
    }
    let published_on = Day::from_epoch_days(14_975 + i32::try_from(dice.below(5_400)).unwrap()).unwrap();
    let division = if level == Level::Provincial { "440000".parse().unwrap() } else { division(city) };
    let body = if level == Level::Provincial { "广东省".into() } else { format!("{}市", CITIES[city]) };
    for row in 0..rows {
        let class = TRADES[trade].1[row * 3 / rows];
        let sampling = sampling(dice, at, row + 1, class, published_on);
        let firm = fitting[dice.skewed(fitting.len())];
        firms[firm].samplings.push(sampling);
    }
    let date = published_on.to_string().replace('-', "");
    Bulletin {
        id: format!("made-up-{date}-{at}"),
        body: format!("{body}市场监督管理局（示例）"),
        level,
        division,
        published_on,
        inspection_year: Some(published_on.year()),
        title: format!("{}年{}产品质量监督抽查结果", published_on.year(), TRADES[trade].0),
        url: format!("https://example.invalid/{}/{date}_{}.html", &date[..6], dice.below(1_000_000)),
        lists: Lists::All,
        rows: u32::try_from(rows).unwrap(),
    }
}

fn sampling(dice: &mut Dice, bulletin: usize, row: usize, class: &str, published_on: Day) -> SamplingRecord {
    let is_sampled = bulletin.is_multiple_of(4);
    let failed = dice.below(20) == 0;
    let day = if is_sampled {
        published_on.add_days(-30 - i32::try_from(dice.below(60)).unwrap()).unwrap()
    } else {
        published_on
    };
    let facts = Facts {
        day_from: if is_sampled { DayFrom::Sampled } else { DayFrom::Published },
        first_test: if failed { Outcome::Nonconforming } else { Outcome::Conforming },
        retest: if failed && dice.below(8) == 0 { Retest::Upheld } else { Retest::NotAsked },
        follow_up: if failed { dice.of(FollowUp::ALL) } else { FollowUp::Unknown },
        standing: if failed && dice.below(30) == 0 { Standing::Disowned } else { Standing::Final },
        role: if dice.below(60) == 0 { Role::Principal } else { Role::Producer },
    };
    SamplingRecord {
        day,
        facts,
        bulletin,
        row: u32::try_from(row).unwrap(),
        product_class: class.into(),
        failed_items: if failed { dice.of(&ITEMS) } else { "" }.into(),
    }
}
