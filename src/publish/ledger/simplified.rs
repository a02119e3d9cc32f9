//! Traditional characters folded to Simplified ones, for booking only; the printed name stays as printed.
//!
//! Characters that GB 2312 has are left alone: they are Simplified print as well (乾, 著), and folding them could make
//! one firm of two. The price: a Traditional print with one of them stays apart until the register joins it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The text with Simplified characters.
pub(in crate::publish) fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_simplified_print) {
        return Cow::Borrowed(text);
    }
    let fold = |character: char| {
        if is_simplified_print(character) {
            character.to_string()
        } else {
            hanconv::t2s(character.to_string())
        }
    };
    Cow::Owned(text.chars().map(fold).collect())
}

/// Whether a character is no Chinese one, or one of GB 2312.
fn is_simplified_print(character: char) -> bool {
    let is_chinese =
        matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    !is_chinese || GB_2312.contains(&character)
}

/// The 6,763 Chinese characters of GB 2312: in its code, rows 16 to 87 of 94 cells. Asking an encoder for each
/// character of each name took a third of the time of a build.
static GB_2312: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let codes = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
    codes
        .filter_map(|code| {
            let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&code)?;
            text.chars().next().filter(|character| !('\u{E000}'..='\u{F8FF}').contains(character))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_print_books_as_simplified() {
        assert_eq!(simplified("雲帆燈飾（廣東）有限公司"), "云帆灯饰（广东）有限公司");
        assert_eq!(simplified("云帆燈飾有限公司"), "云帆灯饰有限公司");
    }

    #[test]
    fn the_set_is_gb_2312() {
        assert_eq!(GB_2312.len(), 6_763);
        assert!(GB_2312.contains(&'啊') && GB_2312.contains(&'齄') && !GB_2312.contains(&'雲'));
    }

    #[test]
    fn simplified_print_stays_as_it_is() {
        for name in
            ["云帆灯饰（广东）有限公司", "乾坤照明有限公司", "著名灯饰厂", "3M云州有限公司", "后海于氏里厂"]
        {
            assert!(matches!(simplified(name), Cow::Borrowed(same) if same == name), "{name}");
        }
    }
}
