//! The 21 cities of Guangdong by the first four digits of their division, for display.

use super::Language;
use crate::Division;

/// The first four digits of a division as a number.
pub fn city_of(division: Division) -> u32 {
    division.number() / 100
}

/// The name of a city in a language; `None` for cities outside the table.
pub fn city_name(city: u32, language: Language) -> Option<&'static str> {
    let (_, names) = CITIES.iter().find(|(known, _)| *known == city)?;
    Some(match language {
        Language::Hans => names[0],
        Language::HantHk => names[1],
        Language::English => names[2],
    })
}

const CITIES: [(u32, [&str; 3]); 21] = [
    (4401, ["广州", "廣州", "Guangzhou"]),
    (4402, ["韶关", "韶關", "Shaoguan"]),
    (4403, ["深圳", "深圳", "Shenzhen"]),
    (4404, ["珠海", "珠海", "Zhuhai"]),
    (4405, ["汕头", "汕頭", "Shantou"]),
    (4406, ["佛山", "佛山", "Foshan"]),
    (4407, ["江门", "江門", "Jiangmen"]),
    (4408, ["湛江", "湛江", "Zhanjiang"]),
    (4409, ["茂名", "茂名", "Maoming"]),
    (4412, ["肇庆", "肇慶", "Zhaoqing"]),
    (4413, ["惠州", "惠州", "Huizhou"]),
    (4414, ["梅州", "梅州", "Meizhou"]),
    (4415, ["汕尾", "汕尾", "Shanwei"]),
    (4416, ["河源", "河源", "Heyuan"]),
    (4417, ["阳江", "陽江", "Yangjiang"]),
    (4418, ["清远", "清遠", "Qingyuan"]),
    (4419, ["东莞", "東莞", "Dongguan"]),
    (4420, ["中山", "中山", "Zhongshan"]),
    (4451, ["潮州", "潮州", "Chaozhou"]),
    (4452, ["揭阳", "揭陽", "Jieyang"]),
    (4453, ["云浮", "雲浮", "Yunfu"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_lies_in_its_city() {
        let shunde: Division = "440606".parse().unwrap();
        assert_eq!(city_name(city_of(shunde), Language::English), Some("Foshan"));
        assert_eq!(city_name(1101, Language::Hans), None);
    }
}
