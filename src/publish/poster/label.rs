//! The label of 30 mm: the code, and below it whose it is, since when and until when.

use std::fmt::Write;

use super::canvas::{Anchor, Canvas, Ink, Style, Weight};
use super::face::Face;
use super::layout::fit;
use super::picture::{Colours, Picture};
use super::qr::Qr;
use super::svg::Svg;
use crate::edition::Reality;
use crate::publish::certificate::Issued;

/// The label as SVG, 30 mm wide and as high as its text needs.
pub(super) fn label_svg(issued: &Issued, qr: &Qr) -> String {
    let label = Label::of(issued);
    let mut page = Svg::new((WIDTH, label.height()), &title(issued));
    label.draw(&mut page, qr);
    page.done()
}

/// The same as PNG, in black and white.
pub(super) fn label_png(issued: &Issued, qr: &Qr, face: &mut Face) -> Vec<u8> {
    let label = Label::of(issued);
    let mut page = Picture::new((WIDTH, label.height()), Colours::Black, face);
    label.draw(&mut page, qr);
    page.to_png()
}

/// What stands below the code, line by line: size, colour, weight and text.
struct Label(Vec<(usize, Ink, Weight, String)>);

impl Label {
    fn of(issued: &Issued) -> Self {
        let claims = issued.certificate.claims();
        let mut label = Self(Vec::new());
        if claims.reality == Reality::Demo {
            label.add("示例 DEMO", 320, 1, Ink::Red, Weight::Bold);
        }
        label.add(&claims.name, 280, 3, Ink::Black, Weight::Bold);
        label.add(claims.code.as_str(), 260, 1, Ink::Black, Weight::Normal);
        label.add(&issued.tier_name, 360, 1, Ink::Red, Weight::Bold);
        label.add(&format!("名单截至 {}", claims.as_of), 260, 1, Ink::Black, Weight::Normal);
        label.add(&format!("有效期至 {}", claims.expires_on), 260, 1, Ink::Black, Weight::Normal);
        label
    }

    fn add(&mut self, text: &str, size: usize, most: usize, ink: Ink, weight: Weight) {
        let fitted = fit(text, WIDTH - 200, size, most);
        self.0.extend(fitted.lines.into_iter().map(|line| (fitted.size, ink, weight, line)));
    }

    fn height(&self) -> usize {
        WIDTH + self.0.iter().map(|(size, ..)| line_height(*size)).sum::<usize>() + 150
    }

    fn draw(&self, page: &mut dyn Canvas, qr: &Qr) {
        page.code((0, 0), WIDTH, qr);
        let mut y = WIDTH;
        for (size, ink, weight, text) in &self.0 {
            y += line_height(*size);
            page.text(
                (WIDTH / 2, y),
                *size,
                Style { anchor: Anchor::Middle, ink: *ink, weight: *weight },
                text,
            );
        }
    }
}

/// From one line to the next, in both the label and the poster.
pub(super) const fn line_height(size: usize) -> usize {
    size * 5 / 4
}

/// 30 mm.
const WIDTH: usize = 3000;

/// The label in one sentence, for those who cannot see it.
pub(super) fn title(issued: &Issued) -> String {
    let claims = issued.certificate.claims();
    let mut title = String::new();
    if claims.reality == Reality::Demo {
        title.push_str("示例：");
    }
    write!(
        title,
        "红榜证书：{}（{}），{}，{}，名单截至 {}，证书有效期至 {}",
        claims.name, claims.code, issued.tier_name, issued.label, claims.as_of, claims.expires_on
    )
    .expect("memory takes all that is written");
    title
}

#[cfg(test)]
mod tests {
    use super::super::picture::tests::read;
    use super::super::testing::printed;
    use super::*;
    use crate::certificate::Claims;
    use crate::certificate::testing::claims;

    #[test]
    fn a_label_never_shows_a_tier_without_its_day() {
        let issued = printed(claims());
        let qr = Qr::of(&issued.text);
        let svg = label_svg(&issued, &qr);
        for text in [
            ">示例 DEMO<",
            ">示例照明<",
            ">（云州）有限公司<",
            ">91440166MA0000007G<",
            ">十年榜<",
            ">名单截至 2025-10-31<",
            ">有效期至 2026-02-01<",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        let real = printed(Claims { reality: Reality::Real, ..claims() });
        assert!(!label_svg(&real, &qr).contains("DEMO"));
    }

    #[test]
    fn a_name_cannot_write_markup() {
        let issued = printed(Claims { name: "</title><script>A&B".into(), ..claims() });
        let svg = label_svg(&issued, &Qr::of(&issued.text));
        assert!(svg.contains("&lt;/title&gt;&lt;script&gt;A&amp;B") && !svg.contains("<script"));
    }

    #[test]
    fn the_picture_is_thirty_millimetres_wide_and_its_modules_are_whole_dots() {
        let issued = printed(claims());
        let qr = Qr::of(&issued.text);
        let (rows, metres) = read(&label_png(&issued, &qr, &mut Face::default()));
        assert_eq!((rows[0].len(), metres), (354, 11_811));
        let scale = 354 / qr.size_with_quiet_zone();
        let edge = (354 - qr.size() * scale) / 2;
        for row in 0..qr.size() {
            for column in 0..qr.size() {
                for (across, down) in [(0, 0), (scale - 1, scale - 1)] {
                    let dark = rows[edge + row * scale + down][edge + column * scale + across] == Ink::Black;
                    assert_eq!(dark, qr.is_dark(column, row), "{column} {row}");
                }
            }
        }
    }

    /// Seven lines of text below the code, each with light rows around it, and none at the edge of the label.
    #[test]
    fn the_picture_has_the_same_lines_as_the_drawing() {
        let issued = printed(claims());
        let qr = Qr::of(&issued.text);
        let (rows, _) = read(&label_png(&issued, &qr, &mut Face::default()));
        let below = &rows[354..];
        let is_dark = |row: &Vec<Ink>| row.contains(&Ink::Black);
        let begins = below.windows(2).filter(|pair| !is_dark(&pair[0]) && is_dark(&pair[1])).count();
        assert_eq!(begins, label_svg(&issued, &qr).matches("<text").count());
        assert_eq!(begins, 7);
        assert!(below.iter().all(|row| row[0] == Ink::White && row[353] == Ink::White));
        assert!(!is_dark(&below[below.len() - 1]));
    }
}
