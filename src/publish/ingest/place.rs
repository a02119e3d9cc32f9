//! Places: whose body published a bulletin, and where one name ends and another begins.
//!
//! Provinces are all here. Of the cities those of Guangdong, and those whose budget is planned apart or that are the
//! seat of a province; another city is one line more, or a line in `index.csv`.

use crate::Division;
use crate::sampling::Level;

/// Short name, full name, division.
type Place = (&'static str, &'static str, u32);

/// Provinces, autonomous regions and municipalities.
const PROVINCES: &[Place] = &[
    ("北京", "北京市", 110_000),
    ("天津", "天津市", 120_000),
    ("河北", "河北省", 130_000),
    ("山西", "山西省", 140_000),
    ("内蒙古", "内蒙古自治区", 150_000),
    ("辽宁", "辽宁省", 210_000),
    ("吉林", "吉林省", 220_000),
    ("黑龙江", "黑龙江省", 230_000),
    ("上海", "上海市", 310_000),
    ("江苏", "江苏省", 320_000),
    ("浙江", "浙江省", 330_000),
    ("安徽", "安徽省", 340_000),
    ("福建", "福建省", 350_000),
    ("江西", "江西省", 360_000),
    ("山东", "山东省", 370_000),
    ("河南", "河南省", 410_000),
    ("湖北", "湖北省", 420_000),
    ("湖南", "湖南省", 430_000),
    ("广东", "广东省", 440_000),
    ("广西", "广西壮族自治区", 450_000),
    ("海南", "海南省", 460_000),
    ("重庆", "重庆市", 500_000),
    ("四川", "四川省", 510_000),
    ("贵州", "贵州省", 520_000),
    ("云南", "云南省", 530_000),
    ("西藏", "西藏自治区", 540_000),
    ("陕西", "陕西省", 610_000),
    ("甘肃", "甘肃省", 620_000),
    ("青海", "青海省", 630_000),
    ("宁夏", "宁夏回族自治区", 640_000),
    ("新疆", "新疆维吾尔自治区", 650_000),
    ("香港", "香港特别行政区", 810_000),
    ("澳门", "澳门特别行政区", 820_000),
    ("台湾", "台湾省", 710_000),
];

/// Cities of the level of a prefecture.
const CITIES: &[Place] = &[
    ("广州", "广州市", 440_100),
    ("韶关", "韶关市", 440_200),
    ("深圳", "深圳市", 440_300),
    ("珠海", "珠海市", 440_400),
    ("汕头", "汕头市", 440_500),
    ("佛山", "佛山市", 440_600),
    ("江门", "江门市", 440_700),
    ("湛江", "湛江市", 440_800),
    ("茂名", "茂名市", 440_900),
    ("肇庆", "肇庆市", 441_200),
    ("惠州", "惠州市", 441_300),
    ("梅州", "梅州市", 441_400),
    ("汕尾", "汕尾市", 441_500),
    ("河源", "河源市", 441_600),
    ("阳江", "阳江市", 441_700),
    ("清远", "清远市", 441_800),
    ("东莞", "东莞市", 441_900),
    ("中山", "中山市", 442_000),
    ("潮州", "潮州市", 445_100),
    ("揭阳", "揭阳市", 445_200),
    ("云浮", "云浮市", 445_300),
    ("石家庄", "石家庄市", 130_100),
    ("太原", "太原市", 140_100),
    ("呼和浩特", "呼和浩特市", 150_100),
    ("沈阳", "沈阳市", 210_100),
    ("大连", "大连市", 210_200),
    ("长春", "长春市", 220_100),
    ("哈尔滨", "哈尔滨市", 230_100),
    ("南京", "南京市", 320_100),
    ("无锡", "无锡市", 320_200),
    ("苏州", "苏州市", 320_500),
    ("杭州", "杭州市", 330_100),
    ("宁波", "宁波市", 330_200),
    ("温州", "温州市", 330_300),
    ("合肥", "合肥市", 340_100),
    ("福州", "福州市", 350_100),
    ("厦门", "厦门市", 350_200),
    ("泉州", "泉州市", 350_500),
    ("南昌", "南昌市", 360_100),
    ("济南", "济南市", 370_100),
    ("青岛", "青岛市", 370_200),
    ("郑州", "郑州市", 410_100),
    ("武汉", "武汉市", 420_100),
    ("长沙", "长沙市", 430_100),
    ("南宁", "南宁市", 450_100),
    ("海口", "海口市", 460_100),
    ("成都", "成都市", 510_100),
    ("贵阳", "贵阳市", 520_100),
    ("昆明", "昆明市", 530_100),
    ("拉萨", "拉萨市", 540_100),
    ("西安", "西安市", 610_100),
    ("兰州", "兰州市", 620_100),
    ("西宁", "西宁市", 630_100),
    ("银川", "银川市", 640_100),
    ("乌鲁木齐", "乌鲁木齐市", 650_100),
];

/// Words by which a text speaks of the nation's body.
const NATIONAL: &[&str] = &["国家市场监督管理总局", "国家监督抽查", "国家质量监督检验检疫总局"];
/// The nation's body.
const NATIONAL_BODY: &str = "国家市场监督管理总局";
/// What the body of a place is called.
const LOCAL_BODY: &str = "市场监督管理局";
/// The last character of a place's full name.
const ENDS: &[char] = &['省', '市', '县', '区', '州', '旗'];

/// A body that publishes bulletins.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) level: Level,
    pub(super) division: Division,
}

/// The body that a title speaks of: the nation's, or that of the first place whose full name stands in it.
pub(super) fn body_in(title: &str) -> Option<Body> {
    if NATIONAL.iter().any(|words| title.contains(words)) {
        return Some(body(NATIONAL_BODY.into(), Level::National, 0));
    }
    let (level, (_, full, division)) = place_in(title)?;
    Some(body(format!("{full}{LOCAL_BODY}"), level, division))
}

/// Level and division of a body by its name.
pub(super) fn of_body(name: &str) -> Option<(Level, Division)> {
    let found = body_in(name)?;
    Some((found.level, found.division))
}

/// A city outranks the province before it: `广东省佛山市` is Foshan.
fn place_in(text: &str) -> Option<(Level, Place)> {
    let named = |places: &'static [Place]| places.iter().find(|(_, full, _)| text.contains(full)).copied();
    let city = named(CITIES).map(|place| (Level::Municipal, place));
    city.or_else(|| named(PROVINCES).map(|place| (Level::Provincial, place)))
}

fn body(name: String, level: Level, division: u32) -> Body {
    let division = Division::from_number(division).expect("the tables hold numbers of six digits");
    Body { name, level, division }
}

/// Whether a text begins with the name of a place: a province, a known city, or up to four characters before 省, 市, 县,
/// 区.
pub(super) fn begins(text: &str) -> bool {
    let known = PROVINCES.iter().chain(CITIES).any(|(short, ..)| text.starts_with(short));
    known || text.chars().take(5).skip(1).any(|character| ENDS.contains(&character))
}

/// Whether a text ends with the full name of a place.
pub(super) fn ends(text: &str) -> bool {
    text.ends_with(['省', '市', '县', '区'])
}

/// A text without the full names of places.
pub(super) fn without(text: &str) -> String {
    let places = CITIES.iter().chain(PROVINCES);
    places.fold(text.to_owned(), |rest, (_, full, _)| rest.replace(full, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str) -> Option<String> {
        body_in(title).map(|body| format!("{} {} {}", body.name, body.level.word(), body.division))
    }

    #[test]
    fn a_title_names_its_body() {
        for (title, body) in [
            ("2016年深圳市产品质量监督抽查结果", Some("深圳市市场监督管理局 municipal 440300")),
            ("上海市产品质量监督抽查结果", Some("上海市市场监督管理局 provincial 310000")),
            ("广东省佛山市灯具抽查结果", Some("佛山市市场监督管理局 municipal 440600")),
            ("2023年产品质量国家监督抽查不合格产品名单", Some("国家市场监督管理总局 national 000000")),
            ("云州市产品质量监督抽查结果", None),
        ] {
            assert_eq!(found(title).as_deref(), body, "{title}");
        }
    }

    #[test]
    fn places_begin_names() {
        assert!(begins("河北嘉业灯具有限公司") && begins("云州市星海灯饰厂") && begins("泗水县北斗厂"));
        assert!(!begins("润滑油分公司"));
    }
}
