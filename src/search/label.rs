//! The firm's name in what was pasted from a label: `制造商：佛山市云帆照明有限公司 地址：…`, `…有限公司出品`.
//!
//! A label says `what: which` again and again. The name is what ends with a legal form; what stands before its colon
//! tells a maker from a dealer. Where that leaves not one name, the text stays as it is.

/// The only name of a maker in `text` (in normal form), or all of `text` where there is none or several.
pub(super) fn maker_in(text: &str) -> &str {
    let is_label = text.contains(':');
    let (mut maker, mut key) = (None, "");
    for piece in text.split_inclusive([':', ';', '|', '，', '。']) {
        let is_dealer = DEALERS.iter().any(|dealer| last(key, dealer).is_some());
        if let Some(name) = name_in(piece, is_label).filter(|_| !is_dealer)
            && maker.replace(name).is_some()
        {
            return text;
        }
        key = piece;
    }
    maker.unwrap_or(text)
}

/// What ends with a legal form, where nothing follows, or what a label says next.
fn name_in(piece: &str, is_label: bool) -> Option<&str> {
    for form in FORMS {
        let Some(start) = last(piece, form) else { continue };
        if matches!(piece[..start].bytes().last(), None | Some(b' ')) {
            return None;
        }
        let (name, rest) = piece.split_at(start + form.len());
        let is_over = match rest.as_bytes() {
            [] | [b';' | b'|'] => true,
            // `生产厂:` says what comes, `公司地址:` what came.
            [b':' | b'(', ..] => false,
            [b' ', ..] => is_label,
            _ => is_label && form == FORMS[0] || DID.iter().any(|did| rest.starts_with(did)),
        };
        return is_over.then_some(name);
    }
    last(piece, " CO").filter(|_| is_label).map(|end| &piece[..end])
}

/// Where `what` stands last in `text`. `str::rfind` would bring a search for long texts with it: 660 bytes of the npm
/// package, compressed.
fn last(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).rposition(|window| window == what.as_bytes())
}

/// What names of firms end with, the surest first.
const FORMS: [&str; 3] = ["公司", "厂", "廠"];

/// What a label calls those who did not make the thing.
const DEALERS: [&str; 8] = ["经销", "經銷", "进口", "進口", "代理", "销售", "銷售", "IMPORT"];

/// What a label says behind the name of a firm.
const DID: [&str; 8] = ["出品", "荣誉", "榮譽", "监制", "監製", "制造", "，", "。"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maker_is_found_in_what_stands_around_it() {
        for (text, maker) in [
            ("制造商:佛山市云帆照明有限公司", "佛山市云帆照明有限公司"),
            ("生产企业: 佛山市云帆照明厂 地址:佛山市南海区工业园3号厂房", "佛山市云帆照明厂"),
            ("產品名稱:吊燈;製造商:云帆照明(中國)有限公司;電話:0757", "云帆照明(中國)有限公司"),
            ("MANUFACTURER: FOSHAN YUNFAN LIGHTING CO.,LTD.", "FOSHAN YUNFAN LIGHTING"),
            ("佛山市云帆照明有限公司荣誉出品", "佛山市云帆照明有限公司"),
            ("生产厂:佛山市云帆照明厂;公司地址:佛山", "佛山市云帆照明厂"),
            ("制造商:佛山市云帆照明有限公司地址:佛山市南海区 公司名称:云帆", "佛山市云帆照明有限公司"),
            ("总经销:星海商贸有限公司 委托方:佛山市云帆照明有限公司", "佛山市云帆照明有限公司"),
        ] {
            assert_eq!(maker_in(text).trim(), maker, "{text}");
        }
    }

    #[test]
    fn what_is_no_label_or_names_two_stays_as_it_is() {
        for text in [
            "云帆照明厂 佛山",
            "照明 有限公司 佛山",
            "佛山市云帆照明厂(普通合伙)",
            "云帆照明有限公司第二分厂房",
            "委托方:佛山市云帆照明有限公司 受托方:星海电器厂",
            "厂名:云帆",
            "",
        ] {
            assert_eq!(maker_in(text), text);
        }
    }
}
