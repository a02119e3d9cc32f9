//! Traditional characters folded to Simplified ones, for booking only; the printed name stays as printed.
//!
//! Characters that GB 2312 has are left alone: they are Simplified print as well (乾, 著), and folding them could make
//! one firm of two. The price: a Traditional print with one of them stays apart until the register joins it.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::number::index;

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
    !is_chinese || is_in_gb_2312(character)
}

fn is_in_gb_2312(character: char) -> bool {
    GB_2312.get(index(u32::from(character))).copied().unwrap_or(false)
}

/// For each code point whether it is one of the 6,763 Chinese characters of GB 2312: in its code, rows 16 to 87 of 94
/// cells. Asking an encoder for each character of each name took a third of the time of a build, a set of them a
/// twentieth.
static GB_2312: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut is_in = vec![false; 0xA000];
    let codes = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
    for code in codes {
        let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&code);
        // Cells that the standard leaves empty are decoded as private characters, which lie beyond.
        let character = text.as_ref().and_then(|text| text.chars().next());
        if let Some(is_in) = character.and_then(|character| is_in.get_mut(index(u32::from(character)))) {
            *is_in = true;
        }
    }
    is_in
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
        assert_eq!(GB_2312.iter().filter(|is_in| **is_in).count(), 6_763);
        assert!(is_in_gb_2312('啊') && is_in_gb_2312('齄') && !is_in_gb_2312('雲'));
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
