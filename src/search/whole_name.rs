//! Whether a question is the whole name of a firm rather than part of one.
//!
//! By law a name ends with its legal form and has its own part before it. `格力公司` and `云帆厂` are what people call
//! firms, not names: before 公司 the law asks for 有限 or the like, and a factory's name says what it makes.

/// Whether `words` (in normal form) are one whole name: the last ends with a legal form and has enough before it, none
/// before does, and no word has the punctuation of a label.
pub fn is_whole_name(words: &[String]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let characters: usize = words.iter().map(|word| word.chars().count()).sum();
    characters >= SHORTEST
        && has_form(last)
        && !before.iter().any(|word| has_form(word))
        && !words.iter().any(|word| word.chars().any(|own| PUNCTUATION.contains(&own)))
}

/// Whether `word` ends with a legal form.
fn has_form(word: &str) -> bool {
    FORMS.iter().any(|form| word.ends_with(form))
}

/// Of how many characters the shortest whole names are: own part, what is made, 厂.
const SHORTEST: usize = 5;

/// The ends of legal forms: 有限公司, 有限责任公司, 集团公司, 分公司, 总公司, 厂.
const FORMS: [&str; 8] = ["限公司", "任公司", "团公司", "團公司", "分公司", "总公司", "厂", "廠"];

/// What stands between the things that a label says.
const PUNCTUATION: [char; 6] = [':', ';', '|', ',', '，', '。'];

#[cfg(test)]
mod tests {
    use super::is_whole_name;

    fn is_whole(text: &str) -> bool {
        is_whole_name(&text.split_whitespace().map(crate::firm::normal_form).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_has_a_legal_form_and_enough_before_it() {
        for name in [
            "星海有限公司",
            "星海石油有限公司",
            "佛山市云帆照明（中国）有限公司",
            "云帆照明有限责任公司",
            "星海石油有限公司润滑油分公司",
            "北斗电器厂",
            "雲帆燈飾廠",
            "佛山市 云帆 照明有限公司",
        ] {
            assert!(is_whole(name), "{name}");
        }
    }

    #[test]
    fn less_than_a_name_or_more_than_one_is_none() {
        for part in [
            "",
            "有限公司",
            "照明电器",
            "格力公司",
            "云帆厂",
            "电器厂",
            "佛山市云帆照明",
            "佛山市云帆照明有限公",
            "云帆照明有限公司 佛山",
            "云帆照明有限公司 星海电器有限公司",
            "委托方：云帆照明有限公司",
            "云帆照明有限公司，星海电器有限公司",
            "foshan yunfan",
        ] {
            assert!(!is_whole(part), "{part}");
        }
    }
}
