//! What a scanned text means.

use crate::CreditCode;
use crate::certificate::PREFIX;
use crate::search::{Query, codes_within};

/// What to do with a text that a camera read. A link is never opened, whatever it leads to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Meaning {
    /// One of our certificates: verify it.
    Certificate,
    /// Several firms: let the reader choose.
    Codes(Vec<CreditCode>),
    /// Something to look up as it stands: a credit code, also one with a mistake, or a barcode.
    LookUp(String),
    /// The link of a business licence that does not bear the code which is printed beside it.
    Licence,
    /// Anything else.
    Text,
}

impl Meaning {
    /// What `text` means.
    pub fn of(text: &str) -> Self {
        if is_certificate(text) {
            return Self::Certificate;
        }
        let codes = codes_within(text);
        match codes.as_slice() {
            [] => {}
            [code] => return Self::LookUp(code.to_string()),
            _ => return Self::Codes(codes),
        }
        match Query::read(text) {
            Query::Barcode(digits) => Self::LookUp(digits),
            Query::BadCode { typed, .. } => Self::LookUp(typed),
            _ if is_licence(text) => Self::Licence,
            Query::Code(_) | Query::Words(_) | Query::Empty => Self::Text,
        }
    }
}

/// The shortest certificate has far more digits, the longest number in a link far fewer.
const LEAST_DIGITS: usize = 100;

/// Whether `text` is meant as a certificate, sound or not.
pub fn is_certificate(text: &str) -> bool {
    let text = text.trim_ascii();
    let digits = text.split_once('#').map_or("", |(_, fragment)| fragment);
    text.starts_with(PREFIX)
        || (digits.len() >= LEAST_DIGITS && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Whether `text` is a link into the registers of the mainland's authorities, which is what licences bear.
fn is_licence(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host == "gov.cn" || host.ends_with(".gov.cn")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "91440606003663344C";
    const OTHER: &str = "914403000006038216";

    #[test]
    fn a_licence_with_its_code_is_looked_up_by_it() {
        for text in [
            "https://example.gov.cn/QyxyDetail.aspx?rid=84ce&cid=91440606003663344C",
            "https://example.gov.cn/q#/detail/91440606003663344c",
            "https://example.com/q?d=%7B%22uniscid%22%3A%2291440606003663344C%22%7D",
            "名称：云帆照明有限公司\n统一社会信用代码：91440606003663344C\n法定代表人：某某",
        ] {
            assert_eq!(Meaning::of(text), Meaning::LookUp(CODE.into()), "{text}");
        }
    }

    #[test]
    fn a_code_far_down_in_a_long_text_is_found() {
        let text = format!("{} {CODE}", "说明".repeat(600));
        assert_eq!(Meaning::of(&text), Meaning::LookUp(CODE.into()));
    }

    #[test]
    fn two_codes_are_a_choice_and_the_same_twice_is_one() {
        let text = format!("委托方 {CODE} 受托方 {OTHER}");
        let codes = [CODE, OTHER].map(|code| code.parse().unwrap());
        assert_eq!(Meaning::of(&text), Meaning::Codes(codes.into()));
        assert_eq!(Meaning::of(&format!("{CODE}?{CODE}")), Meaning::LookUp(CODE.into()));
    }

    #[test]
    fn a_licence_without_a_code_asks_to_type_it() {
        for text in [
            "http://gsxt.gdgs.gov.cn//GSpublicity/List.html?service=entInfo&entNo=6b0f8e1a-0000&regOrg=441924",
            "https://sh.gsxt.gov.cn/notice/?uuid=0a1b2c3d",
            "HTTP://WWW.GSXT.GOV.CN/%7BjTVQA",
        ] {
            assert_eq!(Meaning::of(text), Meaning::Licence, "{text}");
        }
    }

    #[test]
    fn product_codes_are_looked_up_by_their_digits() {
        for text in [
            "6921168509256",
            "EAN_13,6921168509256",
            "https://id.gs1.org/01/06921168509256/10/A1?17=260101",
            "]d2\u{1D}0106921168509256",
            "http://2dcode.example/010692116850925621XYZ",
        ] {
            assert_eq!(Meaning::of(text), Meaning::LookUp("6921168509256".into()), "{text}");
        }
    }

    #[test]
    fn a_certificate_is_one_even_if_damaged() {
        let link = format!("https://hongbang.example/c#{}", "12345678901234567".repeat(8));
        for text in [&*link, "HB1:6BFOXN%TS3DH", " HB1:nothing "] {
            assert_eq!(Meaning::of(text), Meaning::Certificate, "{text}");
        }
    }

    #[test]
    fn anything_else_is_text_and_stays_so() {
        for text in [
            "https://example.com/shop?id=3",
            "https://gov.cn.example.com/x",
            "WIFI:T:WPA;S:shop;P:secret;;",
            "javascript:alert(1)",
            "https://example.com/#12345678",
            "",
        ] {
            assert_eq!(Meaning::of(text), Meaning::Text, "{text}");
        }
    }
}
