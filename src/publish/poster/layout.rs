//! Text that fits: widths by rule of thumb, and lines. Lengths are hundredths of a millimetre.

/// A text in lines of one size.
#[derive(Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) size: usize,
    pub(super) lines: Vec<String>,
}

/// The text in as few lines as fit into `width`, a little smaller than `size` where that saves a line, and as small as
/// need be where it would else take more than `most` lines.
pub(super) fn fit(text: &str, width: usize, size: usize, most: usize) -> Fitted {
    for count in 1..=most {
        let least = if count == most { SMALLEST } else { size * 85 / 100 };
        let mut smaller = size;
        while smaller >= least {
            let lines = wrap(text, width * EM / smaller);
            if lines.len() <= count {
                return Fitted { size: smaller, lines };
            }
            smaller = smaller * 97 / 100;
        }
    }
    Fitted { size: SMALLEST, lines: vec![text.into()] }
}

/// Lines of at most this width, in hundredths of an em: two that part where a name has its joints, or as many of equal length as it takes.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let total = ems(text);
    if total <= width {
        return vec![text.into()];
    }
    if let Some((before, after)) = joint(text, width) {
        return vec![before.into(), after.into()];
    }
    let mut count = 2;
    while total / count > width {
        count += 1;
    }
    let aim = (total / count + EM / 2).min(width);
    let (mut line, mut lines) = (String::new(), Vec::new());
    for character in text.chars() {
        // No line begins with a closing bracket.
        let limit = if matches!(character, '）' | ')') { width + EM } else { aim };
        if ems(&line) + em(character) > limit && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line.push(character);
    }
    lines.push(line);
    lines
}

/// The two parts of a name that parts best: around brackets or before its legal form, close to the middle.
fn joint(text: &str, width: usize) -> Option<(&str, &str)> {
    let before =
        ["（", "有限", "股份", "集团"].iter().flat_map(|words| text.match_indices(words).map(|(at, _)| at));
    let after = text.match_indices('）').map(|(at, bracket)| at + bracket.len());
    let parts = before.chain(after).filter(|at| (1..text.len()).contains(at)).map(|at| text.split_at(at));
    let longer = |(before, after): &(&str, &str)| ems(before).max(ems(after));
    parts.filter(|parts| longer(parts) <= width).min_by_key(longer)
}

/// How wide a text is in the widest of usual fonts, in hundredths of an em.
fn ems(text: &str) -> usize {
    text.chars().map(em).sum()
}

fn em(character: char) -> usize {
    match character {
        'W' | 'M' | 'm' | '@' | '%' => 95,
        'A'..='Z' => 75,
        character if character.is_ascii() => 60,
        _ => EM,
    }
}

/// The width of a Chinese character.
const EM: usize = 100;
/// No text is smaller.
const SMALLEST: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_name_keeps_its_size_and_a_long_one_gets_lines_and_then_shrinks() {
        assert_eq!(fit("示例照明厂", 2800, 280, 2), Fitted { size: 280, lines: vec!["示例照明厂".into()] });
        let two = fit("示例照明（云州）有限公司第二分公司", 2800, 280, 2);
        assert_eq!(
            (two.size, two.lines),
            (280, vec!["示例照明（云州）".into(), "有限公司第二分公司".into()])
        );
        let small = fit(&"名".repeat(50), 2800, 280, 2);
        assert!(small.size < 280 && small.lines.len() == 2);
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_no_line_is_too_long(text in "[\\p{Han}A-Za-z（）]{1,60}", width in 1500usize..10_000) {
            let fitted = fit(&text, width, 300, 3);
            prop_assert_eq!(fitted.lines.concat(), text);
            prop_assert!(fitted.lines.len() <= 3);
            for line in &fitted.lines {
                prop_assert!(ems(line).saturating_sub(EM) * fitted.size <= width * EM, "a closing bracket may stand out");
            }
        }
    }
}
