//! The failed items of a cell, one by one.

use super::nothing::is_nothing;

/// Splits `1.倾点；2.低温泵送黏度；` and `pH值*、杂质含量(钙、钠)` into items; what stands in brackets stays together.
pub(super) fn read(text: &str) -> Vec<String> {
    if is_nothing(text) {
        return vec![];
    }
    let parts = split(text, true).unwrap_or_else(|| split(text, false).unwrap_or_default());
    let items = parts.iter().map(|part| item(part)).filter(|item| !is_nothing(item));
    let mut distinct: Vec<String> = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}

/// The parts between marks; `None` where brackets are to be heeded and do not close.
fn split(text: &str, heed_brackets: bool) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut depth = 0u32;
    for character in text.chars() {
        match character {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let splits = matches!(character, '、' | ';' | '；' | '\n') && (depth == 0 || !heed_brackets);
        match parts.last_mut() {
            Some(part) if !splits => part.push(character),
            _ => parts.push(String::new()),
        }
    }
    (depth == 0 || !heed_brackets).then_some(parts)
}

/// One item without its number, the mark of a weighty item and the marks around it.
fn item(part: &str) -> String {
    let marks = |character: char| character.is_whitespace() || "，,。*＊".contains(character);
    let part = part.trim_matches(marks);
    let digits = part.chars().take_while(char::is_ascii_digit).count();
    let rest = &part[digits..];
    let mut after = rest.chars();
    let is_numbered = digits > 0
        && after.next().is_some_and(|mark| ".．）)".contains(mark))
        && !after.next().is_some_and(|next| next.is_ascii_digit());
    let stem = if is_numbered { rest.trim_start_matches(['.', '．', '）', ')']) } else { part };
    stem.trim_matches(marks).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_apart() {
        for (text, items) in [
            ("", vec![]),
            ("/", vec![]),
            ("无,", vec![]),
            ("运动黏度（-40℃）*、pH值*", vec!["运动黏度（-40℃）", "pH值"]),
            ("尿素含量、杂质含量(钙、镁、钠）", vec!["尿素含量", "杂质含量(钙、镁、钠）"]),
            ("1.倾点；2.低温泵送黏度；", vec!["倾点", "低温泵送黏度"]),
            ("1.低温动力黏度,mPa.s;2.倾点，℃", vec!["低温动力黏度,mPa.s", "倾点，℃"]),
            ("1.5倍电压、插头", vec!["1.5倍电压", "插头"]),
            ("杂质（钙、钠", vec!["杂质（钙", "钠"]),
            ("倾点、倾点", vec!["倾点"]),
            ("标志\n结构", vec!["标志", "结构"]),
        ] {
            assert_eq!(read(text), items, "{text}");
        }
    }
}
