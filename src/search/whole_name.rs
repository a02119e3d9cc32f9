//! Whether a question is the whole name of a firm rather than part of one.
//!
//! By law a name ends with its legal form and has its own part before it. `格力公司` and `云帆厂` are what people call
//! firms, not names: before 公司 the law asks for 有限 or the like, and a factory's name says what it makes.

/// Whether `words` (in normal form) are one whole name: the last ends with a legal form and enough before it, none
/// before does, and no word has the punctuation of a label.
pub fn is_whole_name(words: &[String]) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let is_punctuated = |word: &String| word.contains([':', ';', '|', ',', '，', '。']);
    let Some(least) = least_of(last) else { return false };
    let characters: usize = words.iter().map(|word| word.chars().count()).sum();
    characters >= least
        && before.iter().all(|word| least_of(word).is_none())
        && !words.iter().any(is_punctuated)
}

/// How many characters a name has at the least that ends as `word` does; `None` where that is no legal form.
fn least_of(word: &str) -> Option<usize> {
    FORMS.iter().find(|(form, _)| word.ends_with(form)).map(|(_, least)| *least)
}

/// Legal forms, and of how many characters the shortest names with them are.
const FORMS: [(&str, usize); 12] = [
    ("有限公司", 6),
    ("责任公司", 8),
    ("責任公司", 8),
    ("集团公司", 6),
    ("集團公司", 6),
    ("总公司", 5),
    ("總公司", 5),
    ("分公司", 7),
    ("经营部", 7),
    ("經營部", 7),
    ("厂", 5),
    ("廠", 5),
];

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
            "星有限公司",
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
