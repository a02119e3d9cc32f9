//! Traditional characters folded to Simplified ones, for booking only; the printed name stays as printed.
//!
//! Characters that GB 2312 has are left alone: they are Simplified print as well (乾, 著), and folding them could make
//! one firm of two. The price: a Traditional print with one of them stays apart until the register joins it.

use std::borrow::Cow;

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

/// Whether a character is no Chinese one, or one of GB 2312: both bytes of its GBK code are 0xA1 or above.
fn is_simplified_print(character: char) -> bool {
    let is_chinese =
        matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    if !is_chinese {
        return true;
    }
    let mut utf8 = [0; 4];
    let (code, _, unknown) = encoding_rs::GBK.encode(character.encode_utf8(&mut utf8));
    !unknown && matches!(*code, [0xB0..=0xF7, 0xA1..=0xFE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_print_books_as_simplified() {
        assert_eq!(simplified("雲帆燈飾（廣東）有限公司"), "云帆灯饰（广东）有限公司");
        assert_eq!(simplified("云帆燈飾有限公司"), "云帆灯饰有限公司");
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
