//! The normal form of a firm's name: what makes two printed names the same name.
//!
//! Bulletins print one firm with full-width or half-width brackets, inner spaces, line breaks, middle dots and
//! stray brackets. The normal form takes these away and nothing else: `…润滑油分公司` and its company stay two.
//! It never replaces the printed name where a person reads it. Traditional characters are folded by whoever has the
//! tables: the publisher when it books a row, the edition's own alphabet when a device searches.

use std::borrow::Cow;

/// Brings `printed` to its normal form.
///
/// Full-width ASCII becomes half-width, Latin letters become upper case, every kind of bracket becomes `(` or `)`,
/// a bracket without its partner goes, and white space, control characters, middle dots and invisible marks go.
pub fn normal_form(printed: &str) -> String {
    normalized(printed).into_owned()
}

/// The same, copied only where it differs.
pub(crate) fn normalized(printed: &str) -> Cow<'_, str> {
    if printed.chars().all(is_normal) {
        return Cow::Borrowed(printed);
    }
    let mut folded = String::with_capacity(printed.len());
    folded.extend(printed.chars().filter_map(fold));
    if are_brackets_paired(&folded) {
        return Cow::Owned(folded);
    }
    Cow::Owned(normal_characters(printed).map(|(character, _)| character).collect())
}

/// The characters of the normal form, each with the stretch of `printed` that it comes from, in UTF-16 code units
/// (what JavaScript counts in).
pub fn normal_characters(printed: &str) -> impl Iterator<Item = (char, [u32; 2])> {
    let mut from = 0;
    let mut folded = Vec::with_capacity(printed.len() / 3 + 1);
    for character in printed.chars() {
        let to = from + if character.len_utf16() == 1 { 1 } else { 2 };
        folded.extend(fold(character).map(|normal| (normal, [from, to])));
        from = to;
    }
    let keep = paired_brackets(&folded);
    folded.into_iter().zip(keep).filter_map(|(character, keep)| keep.then_some(character))
}

/// Whether a character stays as it is, whatever stands around it: most do, and of most names all.
fn is_normal(character: char) -> bool {
    !matches!(character, '(' | ')') && fold(character) == Some(character)
}

/// Whether every bracket of folded characters has its partner.
fn are_brackets_paired(folded: &str) -> bool {
    let mut open = 0usize;
    let is_open_before_closed = folded.bytes().all(|byte| match byte {
        b'(' => {
            open += 1;
            true
        }
        b')' => {
            let is_open = open > 0;
            open = open.saturating_sub(1);
            is_open
        }
        _ => true,
    });
    is_open_before_closed && open == 0
}

/// One character in its normal form, or `None` where it carries no meaning.
fn fold(character: char) -> Option<char> {
    // Most characters of most names are these, and the questions below take longer.
    if matches!(character, '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'A'..='Z') {
        return Some(character);
    }
    let half_width = match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).expect("full-width ASCII lies 0xFEE0 above ASCII")
        }
        other => other,
    };
    match half_width {
        '【' | '〔' | '〖' | '「' | '『' | '《' | '〈' | '[' | '{' | '<' | '﹙' | '⦅' | '｟' => {
            Some('(')
        }
        '】' | '〕' | '〗' | '」' | '』' | '》' | '〉' | ']' | '}' | '>' | '﹚' | '⦆' | '｠' => {
            Some(')')
        }
        '·' | '•' | '・' | '‧' | '∙' | '⋅' | '･' | '●' => None,
        other if other.is_whitespace() || other.is_control() || is_invisible(other) => None,
        other => Some(other.to_ascii_uppercase()),
    }
}

/// Marks that print nothing: zero-width characters, direction marks, the byte-order mark, variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0100}'..='\u{E01EF}'
    )
}

/// For every character whether it stays: all but the brackets that have no partner.
fn paired_brackets(characters: &[(char, [u32; 2])]) -> Vec<bool> {
    let mut keep = vec![true; characters.len()];
    let mut open = Vec::new();
    for (index, (character, _)) in characters.iter().enumerate() {
        match character {
            '(' => open.push(index),
            ')' if open.pop().is_none() => keep[index] = false,
            _ => {}
        }
    }
    for index in open {
        keep[index] = false;
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_firm_in_many_prints_is_one_name() {
        for printed in [
            "星海(天津)润滑油有限公司",
            "星海（天津）润滑油有限公司",
            " 星海（天津）\n润滑油 有限公司",
            "星海〔天津〕润滑油有限公司",
            "星海（天津）润滑油有限公司）",
            "星·海（天津）润滑油有限公司",
            "\u{feff}星海（天津）润滑油\u{200b}有限公司",
        ] {
            assert_eq!(normal_form(printed), "星海(天津)润滑油有限公司", "{printed}");
        }
    }

    #[test]
    fn latin_letters_lose_case_and_width_only() {
        assert_eq!(normal_form("ＡＢc（中国）有限公司"), "ABC(中国)有限公司");
    }

    #[test]
    fn a_branch_and_its_company_stay_two() {
        assert_ne!(normal_form("星海石油股份有限公司润滑油分公司"), normal_form("星海石油股份有限公司"));
    }

    #[test]
    fn nothing_but_decoration_is_nothing() {
        assert_eq!(normal_form(" ·（　\u{200b}"), "");
    }

    #[test]
    fn each_character_remembers_where_it_stood_in_what_javascript_counts() {
        let places: Vec<_> = normal_characters("𠮷 ·（a").collect();
        assert_eq!(places, [('𠮷', [0, 2]), ('A', [5, 6])]);
    }

    proptest! {
        #[test]
        fn paired_brackets_need_no_second_look(printed in "[(（)）a】·]{0,8}") {
            let one_by_one: String = normal_characters(&printed).map(|(character, _)| character).collect();
            prop_assert_eq!(normal_form(&printed), one_by_one);
        }

        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(printed in ".{0,40}") {
            let normal = normal_form(&printed);
            prop_assert_eq!(normal_form(&normal), normal);
        }
    }
}
