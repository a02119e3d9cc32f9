//! The poster, A6: for the wall of a shop or the page of a catalogue.

use super::canvas::{Anchor, Canvas, Ink, Place, Style, Weight};
use super::face::Face;
use super::label::{line_height, title};
use super::layout::{Fitted, fit};
use super::picture::{Colours, Picture};
use super::qr::Qr;
use super::svg::Svg;
use crate::certificate::Claims;
use crate::edition::Reality;
use crate::publish::certificate::Issued;

/// The poster as SVG, 105 × 148 mm.
pub(super) fn poster_svg(issued: &Issued, qr: &Qr) -> String {
    let mut page = Svg::new(A6, &title(issued));
    Poster(&mut page).draw(issued, qr);
    page.done()
}

/// The same as PNG.
pub(super) fn poster_png(issued: &Issued, qr: &Qr, face: &mut Face) -> Vec<u8> {
    let mut page = Picture::new(A6, Colours::Four, face);
    Poster(&mut page).draw(issued, qr);
    page.to_png()
}

struct Poster<'a>(&'a mut dyn Canvas);

impl Poster<'_> {
    fn draw(&mut self, issued: &Issued, qr: &Qr) {
        let claims = issued.certificate.claims();
        let (width, _) = A6;
        self.0.block((0, 0), (width, 2200), Ink::Red);
        if claims.reality == Reality::Demo {
            self.demo();
        }
        self.head(issued);
        self.facts(claims);
        self.0.code((500, 9600), 4700, qr);
        self.advice(issued);
    }

    fn head(&mut self, issued: &Issued) {
        self.line((MIDDLE, 1550), 1100, TITLE, "红榜");
        self.block((MIDDLE, 2500), HEADLINE, &fit(&issued.tier_name, 9500, 1400, 1));
        self.block((MIDDLE, 4300), HEADLINE, &fit(&issued.label, 9500, 600, 1));
        self.block((MIDDLE, 5200), NAME, &fit(&issued.certificate.claims().name, 9500, 700, 2));
    }

    fn facts(&mut self, claims: &Claims) {
        let facts = [
            format!("统一社会信用代码 {}", claims.code),
            format!("连续合格自 {} 起，抽检 {} 批次", claims.streak_start, claims.samplings),
            format!("名单截至 {}（第 {} 期）", claims.as_of, claims.edition),
            format!("本证书有效期 {} 至 {}", claims.issued_on, claims.expires_on),
        ];
        for (fact, y) in facts.iter().zip([7450, 8050, 8650, 9250]) {
            self.line((MIDDLE, y), fit(fact, 9500, 400, 1).size, FACT, fact);
        }
    }

    fn advice(&mut self, issued: &Issued) {
        self.line((5500, 10_350), 460, Style { anchor: Anchor::Start, ..NAME }, "扫码核验，断网也能验");
        let host = issued.text.strip_prefix("https://").and_then(|link| link.split(['/', '#', '?']).next());
        let lines = [
            format!("名单：{}", issued.certificate.claims().issuer),
            host.map_or_else(String::new, |host| format!("核验页：{host}")),
            "以核验结果中的企业名称为准；".into(),
            "有更新的名单时，以名单为准。".into(),
            "仅说明以往的抽检记录，".into(),
            "不是对产品的保证。".into(),
        ];
        let mut y = 11_000;
        for line in lines.iter().filter(|line| !line.is_empty()) {
            self.line((5500, y), fit(line, 4600, 330, 1).size, Style { anchor: Anchor::Start, ..FACT }, line);
            y += 560;
        }
    }

    /// Behind the text, in its head and below the code, so that no part of it can be cut out without the words.
    fn demo(&mut self) {
        self.line((MIDDLE, 7450), 3800, Style { ink: Ink::Pink, ..HEADLINE }, "示例");
        self.line((500, 1450), 600, Style { anchor: Anchor::Start, ..TITLE }, "示例");
        self.line((10_000, 1450), 600, Style { anchor: Anchor::End, ..TITLE }, "DEMO");
        self.line((2850, 14_550), 330, HEADLINE, "示例数据，并非真实企业");
    }

    /// Lines one below the other, from `top` down.
    fn block(&mut self, (x, top): Place, style: Style, fitted: &Fitted) {
        let mut y = top - fitted.size / 4;
        for line in &fitted.lines {
            y += line_height(fitted.size);
            self.line((x, y), fitted.size, style, line);
        }
    }

    fn line(&mut self, at: Place, size: usize, style: Style, text: &str) {
        self.0.text(at, size, style, text);
    }
}

/// 105 × 148 mm.
const A6: (usize, usize) = (10_500, 14_800);
const MIDDLE: usize = A6.0 / 2;

const TITLE: Style = Style { anchor: Anchor::Middle, ink: Ink::White, weight: Weight::Bold };
const HEADLINE: Style = Style { anchor: Anchor::Middle, ink: Ink::Red, weight: Weight::Bold };
const NAME: Style = Style { anchor: Anchor::Middle, ink: Ink::Black, weight: Weight::Bold };
const FACT: Style = Style { anchor: Anchor::Middle, ink: Ink::Black, weight: Weight::Normal };

#[cfg(test)]
mod tests {
    use super::super::picture::dots;
    use super::super::picture::tests::read;
    use super::super::testing::printed;
    use super::*;
    use crate::certificate::testing::claims;

    fn poster(claims: Claims) -> String {
        let issued = printed(claims);
        poster_svg(&issued, &Qr::of(&issued.text))
    }

    #[test]
    fn a_poster_says_who_which_tier_as_of_when_and_until_when() {
        let svg = poster(claims());
        for text in [
            ">十年榜<",
            ">抽检无不合格<",
            ">示例照明（云州）有限公司<",
            "91440166MA0000007G",
            "连续合格自 2014-06-18 起，抽检 23 批次",
            "名单截至 2025-10-31（第 8 期）",
            "本证书有效期 2025-11-03 至 2026-02-01",
            "核验页：hongbang.example",
            "不是对产品的保证",
            "<title>示例：红榜证书：",
        ] {
            assert!(svg.contains(text), "{text}");
        }
    }

    #[test]
    fn only_a_demonstration_says_that_it_is_one() {
        let name = "云帆照明有限公司";
        let demo = poster(Claims { name: name.into(), ..claims() });
        assert_eq!(demo.matches("示例").count(), 4);
        assert!(demo.contains("示例数据，并非真实企业"));
        let real = poster(Claims { name: name.into(), reality: Reality::Real, ..claims() });
        assert!(!real.contains("示例") && !real.contains("DEMO"));
    }

    #[test]
    fn the_picture_is_an_a6_page_with_the_code_in_whole_dots() {
        let issued = printed(claims());
        let qr = Qr::of(&issued.text);
        let (rows, metres) = read(&poster_png(&issued, &qr, &mut Face::default()));
        assert_eq!((rows[0].len(), rows.len(), metres), (1240, 1748, 11_811));
        let scale = dots(4700) / qr.size_with_quiet_zone();
        let edge = (dots(4700) - qr.size() * scale) / 2;
        let (left, top) = (dots(500) + edge, dots(9600) + edge);
        for row in 0..qr.size() {
            for column in 0..qr.size() {
                let dark = rows[top + row * scale][left + column * scale] == Ink::Black;
                assert_eq!(dark, qr.is_dark(column, row), "{column} {row}");
            }
        }
        assert!(
            rows[0].iter().all(|ink| *ink == Ink::Red) && rows[1747].iter().all(|ink| *ink == Ink::White)
        );
        assert!(rows.iter().flatten().any(|ink| *ink == Ink::Pink), "a demonstration");
        let real = printed(Claims { reality: Reality::Real, ..claims() });
        let (rows, _) = read(&poster_png(&real, &qr, &mut Face::default()));
        assert!(rows.iter().flatten().all(|ink| *ink != Ink::Pink), "a real certificate");
    }
}
