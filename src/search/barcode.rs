//! Barcodes in all their dresses: bare digits, what scanners put before them, GS1 element strings, GS1 Digital Links
//! and the links of GB/T 33993.

/// The GTIN that `text` is or carries, as thirteen digits, or as eight where it was a GTIN-8.
///
/// `compact` is the same text in capital letters without spaces and hyphens. The check digit must be right. A firm's
/// company prefix is the beginning of the thirteen digits.
pub(super) fn barcode(text: &str, compact: &str) -> Option<String> {
    let scanned = compact.split_once([',', ':']).filter(|(before, _)| is_symbology(before));
    let bare = scanned.map_or(compact, |(_, digits)| digits);
    gtin(bare).or_else(|| of_elements(without_identifier(text))).or_else(|| of_link(text))
}

/// What `WeChat` and others call the kind of code before the digits: `EAN_13,6901234567892`.
fn is_symbology(before: &str) -> bool {
    ["EAN", "UPC", "ITF", "JAN", "GTIN"].iter().any(|kind| before.starts_with(kind))
}

/// The same without a symbology identifier (ISO/IEC 15424), such as `]C1` or `]d2`.
fn without_identifier(text: &str) -> &str {
    let text = text.trim();
    match text.as_bytes() {
        [b']', kind, digit, ..] if kind.is_ascii() && digit.is_ascii() => &text[3..],
        _ => text,
    }
}

/// The GTIN of an element string: application identifier 01, with brackets or without, and fourteen digits.
fn of_elements(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{1D}');
    let rest = behind(text, "(01)").or_else(|| text.strip_prefix("01"))?;
    gtin(rest.trim_start().get(..14)?)
}

/// The GTIN of a link: behind `/01/` or `/gtin/` in its path, in its query under the same names, or at the beginning
/// of a part of its path as an element string.
fn of_link(text: &str) -> Option<String> {
    let rest = behind(text, "://")?;
    let parts: Vec<&str> = rest.split(['/', '?', '&', '=', '#']).collect();
    let named =
        parts.windows(2).filter(|pair| matches!(pair[0], "01" | "gtin")).find_map(|pair| gtin(pair[1]));
    named.or_else(|| parts.iter().find_map(|part| of_elements(part)))
}

/// What follows `mark`, all of it ASCII, for the first time.
fn behind<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let at = text.as_bytes().windows(mark.len()).position(|window| window == mark.as_bytes())?;
    text.get(at + mark.len()..)
}

/// The digits of a GTIN (GS1 General Specifications 7.9: weights 3 and 1 from the right, sum divisible by 10).
fn gtin(digits: &str) -> Option<String> {
    if !matches!(digits.len(), 8 | 12 | 13 | 14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let weighted = digits.bytes().rev().enumerate().map(|(place, digit)| {
        let value = u32::from(digit - b'0');
        if place % 2 == 0 { value } else { 3 * value }
    });
    weighted.sum::<u32>().is_multiple_of(10).then_some(())?;
    Some(match digits.len() {
        12 => format!("0{digits}"),
        14 if digits.starts_with("000000") => digits[6..].into(),
        14 => digits[1..].into(),
        _ => digits.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::barcode;

    fn read(text: &str) -> Option<String> {
        barcode(text, &text.to_ascii_uppercase().replace([' ', '-'], ""))
    }

    #[test]
    fn one_barcode_in_many_dresses_is_one() {
        for text in [
            "6921168509256",
            "6 921168 509256",
            "06921168509256",
            "EAN_13,6921168509256",
            "gtin:6921168509256",
            "(01)06921168509256(10)A1",
            "(10)A1(01)06921168509256",
            "010692116850925617260101",
            "]C10106921168509256\u{1D}10A1",
            "]d2\u{1D}0106921168509256",
            "https://id.gs1.org/01/06921168509256/10/A1?17=260101",
            "https://brand.example/shop/01/6921168509256",
            "https://brand.example/gtin/06921168509256",
            "http://2dcode.example/010692116850925621XYZ",
            "https://brand.example/p?x=1&01=06921168509256",
        ] {
            assert_eq!(read(text).as_deref(), Some("6921168509256"), "{text}");
        }
    }

    #[test]
    fn short_codes_and_others_keep_their_digits() {
        assert_eq!(read("96385074").as_deref(), Some("96385074"));
        assert_eq!(read("00000096385074").as_deref(), Some("96385074"));
        assert_eq!(read("036000291452").as_deref(), Some("0036000291452"));
        assert_eq!(read("16921168509253").as_deref(), Some("6921168509253"), "a case of the same");
    }

    #[test]
    fn what_fails_its_check_is_none() {
        for text in [
            "6921168509255",
            "(01)06921168509255",
            "https://id.gs1.org/01/06921168509255",
            "692116850925",
            "01",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
