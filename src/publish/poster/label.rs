//! The label of 30 mm: the code, and below it whose it is, since when and until when.

use std::fmt::Write;

use super::face;
use super::layout::{FONTS, Style, escape, fit, write_text};
use super::png::Picture;
use super::qr::Qr;
use crate::edition::Reality;
use crate::publish::certificate::Issued;

/// The label as SVG, 30 mm wide and as high as its text needs.
pub fn label_svg(issued: &Issued, qr: &Qr) -> String {
    let claims = issued.certificate.claims();
    let name = fit(&claims.name, 28.0, 2.8, 3);
    let tier = fit(&issued.tier_name, 28.0, 3.6, 1);
    let as_of = fit(&format!("名单截至 {}", claims.as_of), 28.0, 2.6, 1);
    let term = fit(&format!("有效期至 {}", claims.expires_on), 28.0, 2.6, 1);
    let mut text = String::new();
    let mut y = 30.0;
    let mut line = |size: f64, fill, weight, line: &str| {
        y += size * 1.25;
        write_text(&mut text, (15.0, y), size, Style { anchor: "middle", fill, weight }, line);
    };
    if claims.reality == Reality::Demo {
        line(3.2, RED, "bold", "示例 DEMO");
    }
    name.lines.iter().for_each(|part| line(name.size, "#000", "bold", part));
    tier.lines.iter().for_each(|part| line(tier.size, RED, "bold", part));
    as_of.lines.iter().chain(&term.lines).for_each(|part| line(term.size, "#000", "normal", part));
    let height = format!("{:.2}", y + 1.5);
    let (title, qr) = (escape(&title(issued)), qr.svg("0", "0", "30"));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"zh-Hans\" role=\"img\" width=\"30mm\" \
         height=\"{height}mm\" viewBox=\"0 0 30 {height}\" font-family=\"{FONTS}\">\n<title>{title}</title>\n\
         <rect width=\"30\" height=\"{height}\" fill=\"#fff\"/>\n{qr}\n{text}</svg>\n"
    )
}

/// The label as PNG, 30 mm wide at 300 dots an inch. Every module is a whole number of dots.
pub fn label_png(issued: &Issued, qr: &Qr) -> Vec<u8> {
    let lines = lines(issued);
    let modules = qr.size_with_quiet_zone();
    let scale = (PNG_WIDTH / modules).max(1);
    let width = PNG_WIDTH.max(modules);
    let below = modules * scale;
    let mut picture = Picture::new(width, below + lines.len() * LINE_HEIGHT);
    let left = (width - qr.size() * scale) / 2;
    let top = (modules - qr.size()) / 2 * scale;
    for row in 0..qr.size() {
        for column in (0..qr.size()).filter(|column| qr.is_dark(*column, row)) {
            picture.blacken(left + column * scale, top + row * scale, scale);
        }
    }
    for (index, line) in lines.iter().enumerate() {
        let left = (width - line.len() * LETTER_WIDTH) / 2;
        for (letter, at) in line.chars().zip(0..) {
            write_letter(&mut picture, letter, left + at * LETTER_WIDTH, below + index * LINE_HEIGHT);
        }
    }
    picture.to_png()
}

fn write_letter(picture: &mut Picture, letter: char, left: usize, top: usize) {
    for row in 0..face::HEIGHT {
        for column in (0..face::WIDTH).filter(|column| face::is_dark(letter, *column, row)) {
            picture.blacken(left + column * DOT, top + row * DOT, DOT);
        }
    }
}

/// What stands below the code, in letters that the face has: 19 a line at the most.
fn lines(issued: &Issued) -> Vec<String> {
    let claims = issued.certificate.claims();
    let mut lines = vec![
        claims.code.to_string(),
        format!("{} YEARS", claims.tier_years),
        format!("AS OF {}", claims.as_of),
        format!("UNTIL {}", claims.expires_on),
    ];
    if claims.reality == Reality::Demo {
        lines.insert(0, "DEMO".into());
    }
    lines
}

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

pub(super) const RED: &str = "#b3001b";
/// 30 mm at 300 dots an inch.
const PNG_WIDTH: usize = 354;
/// Dots of the printer a dot of the face.
const DOT: usize = 3;
const LETTER_WIDTH: usize = (face::WIDTH + 1) * DOT;
const LINE_HEIGHT: usize = (face::HEIGHT + 3) * DOT;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::testing::{claims, issued, keys};
    use crate::certificate::{Claims, Sealed, TextForm};

    fn printed(claims: Claims) -> Issued {
        let bytes = issued(claims);
        let certificate = Sealed::decode(&bytes).unwrap().verify(&keys()).unwrap();
        let text = TextForm::Prefixed.text_of(&bytes);
        let (tier_name, label) = ("十年榜".into(), "抽检无不合格".into());
        Issued { certificate, bytes, text, tier_name, label }
    }

    #[test]
    fn a_label_never_shows_a_tier_without_its_day() {
        let issued = printed(claims());
        let qr = Qr::of(&issued.text);
        let svg = label_svg(&issued, &qr);
        for text in [
            "示例照明（云州）",
            "有限公司",
            "十年榜",
            "名单截至 2025-10-31",
            "有效期至 2026-02-01",
            "示例 DEMO",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        assert_eq!(
            lines(&issued),
            ["DEMO", "91440166MA0000007G", "10 YEARS", "AS OF 2025-10-31", "UNTIL 2026-02-01"]
        );
        assert!(lines(&issued).iter().all(|line| face::has(line)));
        let real = printed(Claims { reality: Reality::Real, ..claims() });
        assert!(!label_svg(&real, &qr).contains("DEMO") && !lines(&real).contains(&"DEMO".into()));
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
        let bytes = label_png(&issued, &qr);
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.pixel_dims.unwrap().xppu), (354, 11_811));
        let mut bits = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bits).unwrap();
        let scale = 354 / qr.size_with_quiet_zone();
        let left = (354 - qr.size() * scale) / 2;
        for row in 0..qr.size() {
            for column in 0..qr.size() {
                for (across, down) in [(0, 0), (scale - 1, scale - 1)] {
                    let (x, y) = (left + column * scale + across, (row + 4) * scale + down);
                    let dark = bits[y * 45 + x / 8] & (0x80 >> (x % 8)) == 0;
                    assert_eq!(dark, qr.is_dark(column, row), "{column} {row}");
                }
            }
        }
    }
}
