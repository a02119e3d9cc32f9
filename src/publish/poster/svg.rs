//! A page as SVG, text as text.

use std::fmt::Write;

use super::canvas::{Anchor, Canvas, Ink, Place, Style, Weight};
use super::qr::Qr;
use crate::trust::to_hex;

/// Fonts that have the characters, by system; the reader's own comes last.
const FONTS: &str =
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Hiragino Sans GB',sans-serif";

/// A page that is being drawn.
pub(super) struct Svg(String);

impl Svg {
    /// A white page of this size, with a title for those who cannot see it.
    pub(super) fn new((width, height): (usize, usize), title: &str) -> Self {
        let (title, [across, down]) = (escape(title), [width, height].map(millimetres));
        let mut page = Self(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"zh-Hans\" role=\"img\" width=\"{across}mm\" \
             height=\"{down}mm\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\">\n<title>{title}</title>\n"
        ));
        page.block((0, 0), (width, height), Ink::White);
        page
    }

    pub(super) fn done(self) -> String {
        self.0 + "</svg>\n"
    }
}

impl Canvas for Svg {
    fn block(&mut self, (x, y): Place, (width, height): (usize, usize), ink: Ink) {
        let fill = colour(ink);
        writeln!(self.0, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>")
            .expect("memory takes all that is written");
    }

    fn code(&mut self, place: Place, side: usize, qr: &Qr) {
        self.0 += &qr.svg(place, side);
        self.0.push('\n');
    }

    fn text(&mut self, (x, y): Place, size: usize, style: Style, text: &str) {
        let (fill, text) = (colour(style.ink), escape(text));
        let anchor = match style.anchor {
            Anchor::End => "end",
            Anchor::Middle => "middle",
            Anchor::Start => "start",
        };
        let weight = match style.weight {
            Weight::Bold => "bold",
            Weight::Normal => "normal",
        };
        writeln!(
            self.0,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{fill}\" \
             font-weight=\"{weight}\">{text}</text>"
        )
        .expect("memory takes all that is written");
    }
}

fn colour(ink: Ink) -> String {
    format!("#{}", to_hex(&ink.rgb()))
}

fn millimetres(length: usize) -> String {
    format!("{}.{:02}", length / 100, length % 100)
}

/// The text as content of XML.
fn escape(text: &str) -> String {
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

    #[test]
    fn names_cannot_leave_their_element() {
        assert_eq!(escape("A&B<'\">公司"), "A&amp;B&lt;&apos;&quot;&gt;公司");
        let page = Svg::new((3000, 4305), "<A>").done();
        assert!(page.contains(" width=\"30.00mm\" height=\"43.05mm\" viewBox=\"0 0 3000 4305\""), "{page}");
        assert!(page.contains("<title>&lt;A&gt;</title>"), "{page}");
    }
}
