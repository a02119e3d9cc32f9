//! The poster, A6: for the wall of a shop or the page of a catalogue.

use super::label::{RED, title};
use super::layout::{FONTS, Fitted, Style, escape, fit, write_text};
use super::qr::Qr;
use crate::certificate::Claims;
use crate::edition::Reality;
use crate::publish::certificate::Issued;

/// The poster as SVG, 105 × 148 mm.
pub fn poster_svg(issued: &Issued, qr: &Qr) -> String {
    let claims = issued.certificate.claims();
    let mut page = Page::default();
    page.head(issued);
    page.facts(claims);
    page.advice(issued);
    if claims.reality == Reality::Demo {
        page.demo();
    }
    let (title, qr, text) = (escape(&title(issued)), qr.svg("5", "96", "47"), page.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"zh-Hans\" role=\"img\" width=\"105mm\" height=\"148mm\" \
         viewBox=\"0 0 105 148\" font-family=\"{FONTS}\">\n<title>{title}</title>\n\
         <rect width=\"105\" height=\"148\" fill=\"#fff\"/>\n<rect width=\"105\" height=\"22\" fill=\"{RED}\"/>\n\
         {qr}\n{text}</svg>\n"
    )
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, issued: &Issued) {
        self.line((52.5, 15.5), 11.0, TITLE, "红榜");
        self.block((52.5, 25.0), HEADLINE, &fit(&issued.tier_name, 95.0, 14.0, 1));
        self.block((52.5, 43.0), HEADLINE, &fit(&issued.label, 95.0, 6.0, 1));
        self.block((52.5, 52.0), NAME, &fit(&issued.certificate.claims().name, 95.0, 7.0, 2));
    }

    fn facts(&mut self, claims: &Claims) {
        let facts = [
            format!("统一社会信用代码 {}", claims.code),
            format!("连续合格自 {} 起，抽检 {} 批次", claims.streak_start, claims.samplings),
            format!("名单截至 {}（第 {} 期）", claims.as_of, claims.edition),
            format!("本证书有效期 {} 至 {}", claims.issued_on, claims.expires_on),
        ];
        for (fact, y) in facts.iter().zip([74.5, 80.5, 86.5, 92.5]) {
            self.line((52.5, y), fit(fact, 95.0, 4.0, 1).size, FACT, fact);
        }
    }

    fn advice(&mut self, issued: &Issued) {
        self.line((55.0, 103.5), 4.6, Style { anchor: "start", ..NAME }, "扫码核验，断网也能验");
        let host = issued.text.strip_prefix("https://").and_then(|link| link.split(['/', '#', '?']).next());
        let lines = [
            format!("名单：{}", issued.certificate.claims().issuer),
            host.map_or_else(String::new, |host| format!("核验页：{host}")),
            "以核验结果中的企业名称为准；".into(),
            "有更新的名单时，以名单为准。".into(),
            "仅说明以往的抽检记录，".into(),
            "不是对产品的保证。".into(),
        ];
        let mut y = 110.0;
        for line in lines.iter().filter(|line| !line.is_empty()) {
            self.line((55.0, y), fit(line, 46.0, 3.3, 1).size, ADVICE, line);
            y += 5.6;
        }
    }

    /// Across the page, in its head and below the code, so that no part of it can be cut out without the words.
    fn demo(&mut self) {
        self.0.push_str("<g transform=\"rotate(-24 52.5 60)\" opacity=\"0.28\">");
        self.line((52.5, 70.0), 38.0, HEADLINE, "示例");
        self.0.push_str("</g>\n");
        self.line((5.0, 14.5), 6.0, Style { anchor: "start", ..TITLE }, "示例");
        self.line((100.0, 14.5), 6.0, Style { anchor: "end", ..TITLE }, "DEMO");
        self.line((28.5, 145.5), 3.3, HEADLINE, "示例数据，并非真实企业");
    }

    /// Lines one below the other, from `top` down.
    fn block(&mut self, (x, top): (f64, f64), style: Style, fitted: &Fitted) {
        let mut y = top - fitted.size * 0.25;
        for line in &fitted.lines {
            y += fitted.size * 1.25;
            self.line((x, y), fitted.size, style, line);
        }
    }

    fn line(&mut self, at: (f64, f64), size: f64, style: Style, text: &str) {
        write_text(&mut self.0, at, size, style, text);
    }
}

const TITLE: Style = Style { anchor: "middle", fill: "#fff", weight: "bold" };
const HEADLINE: Style = Style { anchor: "middle", fill: RED, weight: "bold" };
const NAME: Style = Style { anchor: "middle", fill: "#000", weight: "bold" };
const FACT: Style = Style { anchor: "middle", fill: "#000", weight: "normal" };
const ADVICE: Style = Style { anchor: "start", fill: "#333", weight: "normal" };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::testing::{claims, issued, keys};
    use crate::certificate::{Sealed, TextForm};

    fn poster(claims: Claims) -> String {
        let bytes = issued(claims);
        let certificate = Sealed::decode(&bytes).unwrap().verify(&keys()).unwrap();
        let text = TextForm::Link("https://hongbang.example/c".parse().unwrap()).text_of(&bytes);
        let (tier_name, label) = ("十年榜".into(), "抽检无不合格".into());
        let issued = Issued { certificate, bytes, text, tier_name, label };
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
}
