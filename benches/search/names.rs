//! Made-up names of firms, by the million, with the skew of real ones: a few places, industries and lucky characters
//! stand in very many names. Seeded; nobody's names but by accident.

use std::collections::HashSet;

use encoding_rs::GBK;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A name and where its parts lie, in characters.
pub(crate) struct Name {
    pub(crate) characters: Vec<char>,
    /// Where the distinctive part begins and ends.
    pub(crate) core: std::ops::Range<usize>,
    /// Where the legal form begins.
    pub(crate) form: usize,
    /// The city, without 市; empty where the name has none.
    pub(crate) city: &'static str,
    /// What it makes.
    pub(crate) industry: &'static str,
}

/// Draws from a seed.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).expect("a length");
        usize::try_from(self.0.next_u64() % count).expect("below a length")
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the first more often than one of the last, as words in names are.
    fn pick_skewed<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let most = self.below(items.len()) + 1;
        &items[self.below(most)]
    }
}

/// So many names, each once.
pub(crate) fn names(count: usize, seed: u64) -> Vec<Name> {
    let mut dice = Dice::new(seed);
    let lucky: Vec<char> = LUCKY.chars().collect();
    let common = level_one();
    let mut taken = HashSet::new();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let name = name(&mut dice, &lucky, &common);
        if taken.insert(name.characters.clone()) {
            names.push(name);
        }
    }
    names
}

fn name(dice: &mut Dice, lucky: &[char], common: &[char]) -> Name {
    let (city, industry) = (*dice.pick_skewed(CITIES), *dice.pick_skewed(INDUSTRIES));
    let core = core(dice, lucky, common);
    let form = *dice.pick_skewed(FORMS);
    let second = if dice.below(4) == 0 { *dice.pick_skewed(INDUSTRIES) } else { "" };
    let (before, inside, city) = match dice.below(20) {
        0..9 => (format!("{city}市"), String::new(), city),
        9..13 => (city.to_owned(), String::new(), city),
        13..16 => (String::new(), format!("（{city}）"), city),
        16 => ("广东省".into(), String::new(), ""),
        _ => (String::new(), String::new(), ""),
    };
    let start = before.chars().count();
    let end = start + core.chars().count();
    let trade = if second == industry { "" } else { second };
    let body = format!("{before}{core}{inside}{industry}{trade}");
    let form_at = body.chars().count();
    Name {
        characters: format!("{body}{form}").chars().collect(),
        core: start..end,
        form: form_at,
        city,
        industry,
    }
}

fn core(dice: &mut Dice, lucky: &[char], common: &[char]) -> String {
    let length = match dice.below(50) {
        0 => return (0..2 + dice.below(4)).map(|_| *dice.pick(&LETTERS)).collect(),
        1..31 => 2,
        31..46 => 3,
        _ => 4,
    };
    (0..length)
        .map(|_| if dice.below(100) < 55 { *dice.pick_skewed(lucky) } else { *dice.pick(common) })
        .collect()
}

/// The 3,755 everyday characters of GB 2312.
pub(crate) fn level_one() -> Vec<char> {
    let codes = (0xB0..=0xD7_u8).flat_map(|high| (0xA1..=0xFE_u8).map(move |low| [high, low]));
    let text =
        |code: [u8; 2]| GBK.decode_without_bom_handling_and_without_replacement(&code).map(String::from);
    codes
        .filter(|code| *code <= [0xD7, 0xF9])
        .filter_map(text)
        .filter_map(|text| text.chars().next())
        .collect()
}

const LETTERS: [char; 26] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U',
    'V', 'W', 'X', 'Y', 'Z',
];

const LUCKY: &str = "华鑫美盛嘉丰金新宏德天瑞亿泰利兴信达恒佳福海龙东安康源中联创正大永诚凯祥富顺立昌明志远科伟博业润通汇力晟\
    隆宝荣百国光杰腾旺雅欧合星胜昊奥飞洋万众优宇建辉艺鸿高鼎皓悦翔睿锦强成友元鹏尚尔诺世维康迪诗尼雷格朗森林木\
    春和平洁净爱家乐思凡贝乔治亚蓝天绿叶红日月亮晨晖晓峰山河江湖水泉清心之缘韵典雅致臻品卓越超群英才智慧云帆";

const CITIES: &[&str] = &[
    "深圳", "广州", "东莞", "佛山", "中山", "惠州", "汕头", "珠海", "江门", "揭阳", "潮州", "肇庆", "湛江",
    "茂名", "清远", "阳江", "梅州", "韶关", "河源", "汕尾", "云浮", "上海", "宁波", "温州", "杭州", "苏州",
    "厦门", "泉州", "青岛", "成都", "武汉", "重庆", "天津", "长沙", "无锡", "常州", "绍兴", "福州", "合肥",
    "郑州",
];

const INDUSTRIES: &[&str] = &[
    "电子科技",
    "照明",
    "电器",
    "实业",
    "服装",
    "家具",
    "食品",
    "塑料制品",
    "五金制品",
    "科技",
    "灯饰",
    "玩具",
    "陶瓷",
    "建材",
    "化妆品",
    "鞋业",
    "电线电缆",
    "日用品",
    "纺织",
    "皮具",
    "包装材料",
    "医疗器械",
    "家居用品",
    "厨具",
    "卫浴",
    "光电",
    "智能科技",
    "电气",
    "机械设备",
    "生物科技",
    "农业",
    "饮料",
    "茶业",
    "酒业",
    "纸品",
    "印刷",
    "涂料",
    "化工",
    "橡胶",
    "钢管",
    "门窗",
    "地板",
    "油墨",
    "电池",
    "数码",
    "通讯设备",
    "汽车用品",
    "自行车",
    "箱包",
    "文具",
    "珠宝首饰",
    "钟表",
    "眼镜",
    "婴童用品",
    "宠物用品",
    "消防器材",
    "劳保用品",
    "净水设备",
    "燃气具",
    "空调设备",
    "电梯",
    "泵业",
    "阀门",
    "轴承",
    "模具",
    "仪器仪表",
    "传感器",
    "半导体",
    "新能源",
    "环保科技",
    "园林",
    "饲料",
    "种业",
    "水产",
    "粮油",
    "乳业",
    "调味品",
    "糖果",
    "烘焙食品",
    "保健品",
    "药业",
    "洗涤用品",
    "香料",
    "工艺品",
    "礼品",
    "体育用品",
    "乐器",
];

const FORMS: &[&str] =
    &["有限公司", "有限公司", "有限公司", "股份有限公司", "厂", "有限责任公司", "集团有限公司", "经营部"];
