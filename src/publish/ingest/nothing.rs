//! The many ways in which a cell says nothing.

/// What stands in a cell that says that there is nothing, once marks and spaces are gone.
const NOTHING: &[&str] = &[
    "",
    "无",
    "空",
    "空白",
    "未发现",
    "未发现不合格",
    "未发现不合格项",
    "未发现不合格项目",
    "无不合格",
    "无不合格项",
    "无不合格项目",
    "不适用",
    "NA",
];

/// What stands in a cell that says that something is not known.
const NOT_STATED: &[&str] = &[
    "略",
    "不详",
    "不明",
    "未知",
    "未标",
    "未标注",
    "未标示",
    "未标明",
    "未注明",
    "未提供",
    "未标识",
    "无标注",
    "见包装",
    "见标签",
    "见外包装",
];

/// Whether a cell is empty or says that there is nothing: `/`, `无`, `—`, `---`, `未发现不合格项目`.
pub(super) fn is_nothing(text: &str) -> bool {
    let bare = bare(text);
    NOTHING.contains(&bare.as_str())
}

/// Whether a cell says nothing or that the thing is not known: `未标注`, `（略）`, `—/未提供`.
pub(in crate::publish) fn is_not_stated(text: &str) -> bool {
    if text.bytes().any(is_in_no_word) {
        return false;
    }
    let says_nothing = |part: &str| is_nothing(part) || NOT_STATED.contains(&bare(part).as_str());
    says_nothing(text) || text.split(['/', '／']).all(says_nothing)
}

/// Whether a byte stands in none of the words above, and is no mark that goes: of most batches and numbers the first is
/// such a one.
const fn is_in_no_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'N' | b'A')
}

/// The text without white space and marks.
fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_saying_nothing_is_known() {
        for text in ["", "/", "无", "—", "---", "－", "未发现不合格项目", "无,", "（无）", "N/A", "　"]
        {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["冰点", "0", "无机盐", "未标注"] {
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn the_words_have_no_other_letters_and_digits() {
        for word in NOTHING.iter().chain(NOT_STATED) {
            assert!(!word.bytes().any(is_in_no_word), "{word}");
        }
    }

    #[test]
    fn what_is_not_stated_is_known() {
        for text in ["", "—/—", "未标注", "（略）", "未注明//", "—/未提供", "不详"] {
            assert!(is_not_stated(text), "{text}");
        }
        for text in ["2024-05-21/—", "未标注/20250113", "略阳县水泥厂"] {
            assert!(!is_not_stated(text), "{text}");
        }
    }
}
