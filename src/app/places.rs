//! The 21 cities of Guangdong by the first four digits of their division, for display.

use super::{Language, Text};
use crate::Division;

/// The first four digits of a division as a number.
pub fn city_of(division: Division) -> u32 {
    division.number() / 100
}

/// The name of a city in a language; `None` for cities outside the table.
pub fn city_name(city: u32, language: Language) -> Option<&'static str> {
    let (_, text) = CITIES.iter().find(|(known, _)| *known == city)?;
    Some(language.text(*text))
}

const CITIES: [(u32, Text); 21] = [
    (4401, Text::Guangzhou),
    (4402, Text::Shaoguan),
    (4403, Text::Shenzhen),
    (4404, Text::Zhuhai),
    (4405, Text::Shantou),
    (4406, Text::Foshan),
    (4407, Text::Jiangmen),
    (4408, Text::Zhanjiang),
    (4409, Text::Maoming),
    (4412, Text::Zhaoqing),
    (4413, Text::Huizhou),
    (4414, Text::Meizhou),
    (4415, Text::Shanwei),
    (4416, Text::Heyuan),
    (4417, Text::Yangjiang),
    (4418, Text::Qingyuan),
    (4419, Text::Dongguan),
    (4420, Text::Zhongshan),
    (4451, Text::Chaozhou),
    (4452, Text::Jieyang),
    (4453, Text::Yunfu),
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
