//! Text that fits: widths by rule of thumb, lines, escaping.

use std::fmt::Write;

/// Fonts that have the characters, by system; the reader's own comes last.
pub(super) const FONTS: &str =
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',sans-serif";

/// How a text looks, apart from its size.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// `start`, `middle` or `end`: which part of it stands at its place.
    pub(super) anchor: &'static str,
    /// The colour.
    pub(super) fill: &'static str,
    /// `normal` or `bold`.
    pub(super) weight: &'static str,
}

/// Writes a text at a place of the page, in millimetres; the place is that of its baseline.
pub(super) fn write_text(svg: &mut String, (x, y): (f64, f64), size: f64, style: Style, text: &str) {
    let Style { anchor, fill, weight } = style;
    let text = escape(text);
    writeln!(
        svg,
        "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" text-anchor=\"{anchor}\" fill=\"{fill}\" \
         font-weight=\"{weight}\">{text}</text>"
    )
    .expect("memory takes all that is written");
}

/// A text in lines of one size.
#[derive(Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) size: f64,
    pub(super) lines: Vec<String>,
}

/// The text in as few lines as fit into `width`, a little smaller than `size` where that saves a line, and as small as
/// need be where it would else take more than `most` lines.
pub(super) fn fit(text: &str, width: f64, size: f64, most: usize) -> Fitted {
    for count in 1..=most {
        let least = if count == most { 0.1 } else { size * 0.85 };
        let mut smaller = size;
        while smaller >= least {
            let lines = wrap(text, width / smaller);
            if lines.len() <= count {
                return Fitted { size: smaller, lines };
            }
            smaller *= 0.97;
        }
    }
    Fitted { size: 0.1, lines: vec![text.into()] }
}

/// Lines of at most `width` ems: two that part where a name has its joints, or as many of equal length as it takes.
fn wrap(text: &str, width: f64) -> Vec<String> {
    let total = ems(text);
    if total <= width {
        return vec![text.into()];
    }
    if let Some((before, after)) = joint(text, width) {
        return vec![before.into(), after.into()];
    }
    let mut count = 2.0;
    while total / count > width {
        count += 1.0;
    }
    let aim = (total / count + 0.5).min(width);
    let (mut line, mut lines) = (String::new(), Vec::new());
    for character in text.chars() {
        // No line begins with a closing bracket.
        let limit = if matches!(character, '）' | ')') { width + 1.0 } else { aim };
        if ems(&line) + em(character) > limit && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line.push(character);
    }
    lines.push(line);
    lines
}

/// The two parts of a name that parts best: around brackets or before its legal form, close to the middle.
fn joint(text: &str, width: f64) -> Option<(&str, &str)> {
    let before =
        ["（", "有限", "股份", "集团"].iter().flat_map(|words| text.match_indices(words).map(|(at, _)| at));
    let after = text.match_indices('）').map(|(at, bracket)| at + bracket.len());
    let parts = before.chain(after).filter(|at| (1..text.len()).contains(at)).map(|at| text.split_at(at));
    let longer = |(before, after): &(&str, &str)| ems(before).max(ems(after));
    parts.filter(|parts| longer(parts) <= width).min_by(|one, other| longer(one).total_cmp(&longer(other)))
}

/// How wide a text is, in ems, in the widest of usual fonts.
pub(super) fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

fn em(character: char) -> f64 {
    match character {
        'W' | 'M' | 'm' | '@' | '%' => 0.95,
        'A'..='Z' => 0.75,
        character if character.is_ascii() => 0.6,
        _ => 1.0,
    }
}

/// The text as content of XML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_name_keeps_its_size_and_a_long_one_gets_lines_and_then_shrinks() {
        assert_eq!(fit("示例照明厂", 28.0, 2.8, 2), Fitted { size: 2.8, lines: vec!["示例照明厂".into()] });
        let two = fit("示例照明（云州）有限公司第二分公司", 28.0, 2.8, 2);
        assert_eq!(
            (two.size, two.lines),
            (2.8, vec!["示例照明（云州）".into(), "有限公司第二分公司".into()])
        );
        let small = fit(&"名".repeat(50), 28.0, 2.8, 2);
        assert!(small.size < 2.8 && small.lines.len() == 2);
    }

    #[test]
    fn names_cannot_leave_their_element() {
        assert_eq!(escape("A&B<'\">公司"), "A&amp;B&lt;&apos;&quot;&gt;公司");
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_no_line_is_too_long(text in "[\\p{Han}A-Za-z（）]{1,60}", width in 15.0..100.0) {
            let fitted = fit(&text, width, 3.0, 3);
            prop_assert_eq!(fitted.lines.concat(), text);
            prop_assert!(fitted.lines.len() <= 3);
            for line in &fitted.lines {
                prop_assert!((ems(line) - 1.0) * fitted.size <= width + 0.001, "a closing bracket may stand out");
            }
        }
    }
}
