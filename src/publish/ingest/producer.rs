//! Whom the producer's cell names, and in which role.
//!
//! ```text
//! 甲有限公司                                   甲: producer
//! 甲有限公司（委托乙有限公司）                 甲: principal, 乙: contractor
//! 委托方：甲有限公司 受托方：乙有限公司        甲: principal, 乙: contractor
//! 委托单位：甲有限公司 生产单位：乙有限公司    甲: principal, 乙: producer
//! 灌装厂：甲有限公司 · 甲有限公司装制          甲: filler
//! 甲有限公司出品                               甲: principal
//! ```
//!
//! Two names without a word on their roles, a brand or a sentence are booked to nobody.

use super::grid::in_one_line;
use super::nothing::is_not_stated;
use super::{firm_name, remark};
use crate::firm::normal_form;
use crate::publish::ledger::{Party, Reason};
use crate::sampling::Role;

/// Words before a name, with a colon, a space or in brackets; longest first where one begins another.
const LABELS: &[(&str, Role)] = &[
    ("受委托生产企业", Role::Contractor),
    ("受委托生产单位", Role::Contractor),
    ("被委托生产企业", Role::Contractor),
    ("受托生产企业", Role::Contractor),
    ("受托生产单位", Role::Contractor),
    ("受委托单位", Role::Contractor),
    ("受委托企业", Role::Contractor),
    ("受委托方", Role::Contractor),
    ("被委托单位", Role::Contractor),
    ("被委托企业", Role::Contractor),
    ("被委托方", Role::Contractor),
    ("受托单位", Role::Contractor),
    ("受托企业", Role::Contractor),
    ("受托方", Role::Contractor),
    ("委托生产企业", Role::Principal),
    ("委托单位", Role::Principal),
    ("委托企业", Role::Principal),
    ("委托商", Role::Principal),
    ("委托方", Role::Principal),
    ("出品单位", Role::Principal),
    ("出品商", Role::Principal),
    ("出品方", Role::Principal),
    ("出品", Role::Principal),
    ("标称生产单位", Role::Producer),
    ("标称生产企业", Role::Producer),
    ("标称生产者", Role::Producer),
    ("实际生产单位", Role::Producer),
    ("实际生产企业", Role::Producer),
    ("生产单位", Role::Producer),
    ("生产企业", Role::Producer),
    ("生产厂家", Role::Producer),
    ("生产厂", Role::Producer),
    ("生产商", Role::Producer),
    ("生产者", Role::Producer),
    ("制造商", Role::Producer),
    ("制造单位", Role::Producer),
    ("标称", Role::Producer),
    ("分装单位", Role::Filler),
    ("分装企业", Role::Filler),
    ("分装商", Role::Filler),
    ("分装厂", Role::Filler),
    ("分装", Role::Filler),
    ("灌装单位", Role::Filler),
    ("灌装企业", Role::Filler),
    ("灌装商", Role::Filler),
    ("灌装厂", Role::Filler),
    ("灌装", Role::Filler),
    ("进口商", Role::Importer),
    ("进口单位", Role::Importer),
    ("进口企业", Role::Importer),
    ("总经销商", Role::Dealer),
    ("总经销", Role::Dealer),
    ("经销商", Role::Dealer),
    ("经销单位", Role::Dealer),
    ("销售商", Role::Dealer),
    ("销售单位", Role::Dealer),
    ("总代理", Role::Dealer),
    ("代理商", Role::Dealer),
];

/// Words after a name.
const ENDINGS: &[(&str, Role)] = &[
    ("荣誉出品", Role::Principal),
    ("出品", Role::Principal),
    ("装制", Role::Filler),
    ("分装", Role::Filler),
    ("灌装", Role::Filler),
    ("总经销", Role::Dealer),
    ("经销", Role::Dealer),
    ("总代理", Role::Dealer),
    ("代理", Role::Dealer),
    ("进口", Role::Importer),
    ("制造", Role::Producer),
    ("生产", Role::Producer),
];

/// Words after the name of whoever makes a thing for another.
const MAKING: &[&str] = &["加工生产", "生产", "加工", "制造", "灌装", "分装", "代工"];
/// Words after which comes no name any more.
const ADDRESSES: &[&str] = &["地址：", "地址:", "住所：", "住所:", "电话：", "电话:"];
/// Marks that separate names whatever stands on either side.
const HARD: &[char] = &['/', '／', '、', '；', ';', '|', '｜', '\\'];
/// Marks and words that separate names only where there is a name on either side.
const SOFT: &[char] = &['，', ',', '&', '＆', '和', '与', '及'];
/// Characters of a mark such as `（XM）` after a name.
const LONGEST_MARK: usize = 4;

/// The firms that a producer's cell names, each with its role.
///
/// # Errors
/// The reason for which the row is booked to nobody.
pub(super) fn parties(cell: &str) -> Result<Vec<Party>, Reason> {
    let text = without_remarks(cell.trim());
    if is_not_stated(&text) || states_none(&text) {
        return Err(Reason::ProducerMissing);
    }
    let named = if let Some(named) = labelled(&text)? {
        named
    } else if let Some(named) = commissioned(&text) {
        named
    } else {
        vec![ended(&text)]
    };
    let mut parties = Vec::new();
    for (name, role) in named {
        parties.push(Party { name: one(&name)?, role });
    }
    Ok(distinct(parties))
}

/// Each firm once, in the first of its roles.
pub(super) fn distinct(mut parties: Vec<Party>) -> Vec<Party> {
    parties.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    let mut seen = Vec::new();
    parties.retain(|party| {
        let name = normal_form(&party.name);
        let is_new = !seen.contains(&name);
        seen.push(name);
        is_new
    });
    parties
}

/// `未标注生产单位｜…`: the cell says that the label names nobody.
fn states_none(text: &str) -> bool {
    ["未标", "未注明", "未提供", "无标", "不详", "无生产"].iter().any(|words| text.starts_with(words))
}

/// Takes away brackets that hold a remark, such as `（涉嫌假冒）`.
fn without_remarks(text: &str) -> String {
    let Some(open) = text.find(['（', '(']) else { return text.to_owned() };
    let Some(close) = text[open..].find(['）', ')']).map(|close| open + close) else {
        return text.to_owned();
    };
    let after = close + text[close..].chars().next().map_or(0, char::len_utf8);
    if remark::disowns(&text[open..close]) {
        return without_remarks(&format!("{}{}", &text[..open], &text[after..]));
    }
    format!("{}{}", &text[..after], without_remarks(&text[after..]))
}

/// A label, where it stands and where the name after it begins.
struct Label {
    start: usize,
    end: usize,
    role: Role,
    is_bracketed: bool,
}

/// Splits a cell at its labels; `None` where it has none.
fn labelled(text: &str) -> Result<Option<Vec<(String, Role)>>, Reason> {
    let labels = labels(text);
    let Some(first) = labels.first() else { return Ok(None) };
    let after = if first.is_bracketed && first.start > 0 {
        suffixed(text, &labels)?
    } else {
        prefixed(text, &labels)
    };
    if after.is_empty() { Err(Reason::ProducerMissing) } else { Ok(Some(after)) }
}

/// `委托方：甲 受托方：乙`, and what stands before the first label.
fn prefixed(text: &str, labels: &[Label]) -> Vec<(String, Role)> {
    let ends = labels.iter().skip(1).map(|label| label.start).chain([text.len()]);
    let mut named: Vec<(String, Role)> =
        labels.iter().zip(ends).map(|(label, end)| (text[label.end..end].to_owned(), label.role)).collect();
    let is_commissioned = labels.iter().any(|label| label.role == Role::Contractor);
    let role = if is_commissioned { Role::Principal } else { Role::Producer };
    named.insert(0, (text[..labels.first().map_or(0, |label| label.start)].to_owned(), role));
    named.retain(|(name, _)| !is_not_stated(&trimmed(name)));
    named
}

/// `甲（委托方）乙（受托方）`; a name after the last label has no word on its role.
fn suffixed(text: &str, labels: &[Label]) -> Result<Vec<(String, Role)>, Reason> {
    let mut from = 0;
    let mut named = Vec::new();
    for label in labels {
        named.push((text[from..label.start].to_owned(), label.role));
        from = label.end;
    }
    named.retain(|(name, _)| !is_not_stated(&trimmed(name)));
    if is_not_stated(&trimmed(&text[from..])) { Ok(named) } else { Err(Reason::SeveralProducers) }
}

fn labels(text: &str) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (start, _) in text.char_indices() {
        if labels.last().is_some_and(|last| start < last.end) {
            continue;
        }
        labels.extend(label_at(text, start));
    }
    labels
}

fn label_at(text: &str, start: usize) -> Option<Label> {
    let rest = &text[start..];
    let inner = rest.strip_prefix(['（', '(', '【', '[']);
    let (word, role) = LABELS.iter().find(|(word, _)| inner.unwrap_or(rest).starts_with(word))?;
    let opened = rest.len() - inner.unwrap_or(rest).len();
    let named = rest[opened + word.len()..].strip_prefix("名称");
    let after = named.unwrap_or(&rest[opened + word.len()..]);
    let mark = after.chars().next()?;
    let is_bracketed = opened > 0 && matches!(mark, '）' | ')' | '】' | ']');
    let begins = start == 0 || text[..start].ends_with(|before: char| !before.is_alphanumeric());
    let ends = match mark {
        ':' | '：' => true,
        mark if mark.is_whitespace() => begins && word.chars().count() >= 3,
        _ => is_bracketed,
    };
    // `甲（委托方：乙）`: the bracket belongs to the label, so that the name before it ends there.
    ends.then(|| {
        let space =
            after[mark.len_utf8()..].find(|next: char| !matches!(next, ':' | '：') && !next.is_whitespace());
        let skipped = mark.len_utf8() + space.unwrap_or_default();
        Label { start, end: start + rest.len() - after.len() + skipped, role: *role, is_bracketed }
    })
}

/// `甲（委托乙）`, `甲（受乙委托）`, `甲委托乙生产`, `甲受乙委托生产`.
fn commissioned(text: &str) -> Option<Vec<(String, Role)>> {
    let at = text.find("委托")?;
    let (before, after) = (&text[..at], &text[at + "委托".len()..]);
    let after = without_making(trimmed(after).as_str()).to_owned();
    if let Some(on) = before.rfind('受').filter(|_| after.is_empty()) {
        let (maker, principal) = (trimmed(&before[..on]), trimmed(&before[on + '受'.len_utf8()..]));
        return Some(vec![(maker, Role::Contractor), (principal, Role::Principal)]);
    }
    let principal = trimmed(before);
    let are_names = firm_name::is_one(&principal) && firm_name::is_one(&after);
    are_names.then(|| vec![(principal, Role::Principal), (after, Role::Contractor)])
}

fn without_making(text: &str) -> &str {
    MAKING.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text)
}

/// `甲出品`, `甲（进口）`: a role word after the name, else a producer.
fn ended(text: &str) -> (String, Role) {
    let bare = text.trim_end_matches(['）', ')']);
    for (ending, role) in ENDINGS {
        let Some(name) = bare.strip_suffix(ending).map(trimmed) else { continue };
        let name = name.strip_prefix('由').unwrap_or(&name).to_owned();
        if firm_name::is_one(&name) {
            return (name, *role);
        }
    }
    (text.to_owned(), Role::Producer)
}

/// The one firm that a text names, in one line and without stray marks.
fn one(text: &str) -> Result<String, Reason> {
    let text = &text[..ADDRESSES.iter().filter_map(|words| text.find(words)).min().unwrap_or(text.len())];
    let pieces = pieces(text, |character| HARD.contains(&character));
    match pieces.as_slice() {
        [] => return Err(Reason::ProducerMissing),
        [_] => {}
        several => return Err(several_or_none(several)),
    }
    let text = &pieces[0];
    let soft = self::pieces(text, |character| character.is_whitespace() || SOFT.contains(&character));
    if soft.iter().filter(|piece| firm_name::is_one(piece) && !is_part(piece)).count() > 1 {
        return Err(Reason::SeveralProducers);
    }
    let name = without_mark(&without_stray_brackets(&in_one_line(text)));
    if firm_name::is_glued(&name) {
        return Err(Reason::SeveralProducers);
    }
    if firm_name::is_one(&name) { Ok(name) } else { Err(Reason::NotAFirm) }
}

fn several_or_none(pieces: &[String]) -> Reason {
    let is_firm = |piece: &String| firm_name::is_one(&in_one_line(piece));
    if pieces.iter().any(is_firm) { Reason::SeveralProducers } else { Reason::NotAFirm }
}

/// `北京分公司` on a line of its own belongs to the company above it, and so does a mere form, `云帆集团 有限公司`.
fn is_part(piece: &str) -> bool {
    let is_form = ["有限公司", "股份有限公司", "有限责任公司"].contains(&piece);
    is_form
        || ["分公司", "支公司", "分厂", "分店"].iter().any(|part| piece.ends_with(part))
            && !piece.contains("有限")
}

/// What stands between marks outside brackets; each piece once, those that state nothing left out.
fn pieces(text: &str, separates: impl Fn(char) -> bool) -> Vec<String> {
    let mut depth = 0u32;
    let mut pieces = vec![String::new()];
    for character in text.chars() {
        match character {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match pieces.last_mut() {
            Some(piece) if depth > 0 || !separates(character) => piece.push(character),
            _ => pieces.push(String::new()),
        }
    }
    let mut distinct: Vec<String> = Vec::new();
    for piece in pieces.iter().map(|piece| trimmed(piece)).filter(|piece| !is_not_stated(piece)) {
        if !distinct.iter().any(|known| normal_form(known) == normal_form(&piece)) {
            distinct.push(piece);
        }
    }
    distinct
}

/// Without white space and marks around it, and without a bracket that was torn from its partner.
fn trimmed(text: &str) -> String {
    let text = text.trim_matches(|character: char| {
        character.is_whitespace() || "，,；;。、：:/／|｜".contains(character)
    });
    without_stray_brackets(text).trim().to_owned()
}

/// Takes a mark such as `（XM）` and the hint `（原…厂）` from the end of a name.
fn without_mark(name: &str) -> String {
    let Some(open) = name.rfind(['（', '(']).filter(|open| *open > 0 && name.ends_with(['）', ')'])) else {
        return name.to_owned();
    };
    let inner: String = name[open..].chars().filter(|character| !"（）()".contains(*character)).collect();
    let is_mark = inner.chars().count() <= LONGEST_MARK
        && inner.chars().all(|character| character.is_ascii_alphanumeric());
    if is_mark || inner.starts_with('原') { name[..open].to_owned() } else { name.to_owned() }
}

fn without_stray_brackets(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut keep = vec![true; characters.len()];
    let mut open = Vec::new();
    for (place, character) in characters.iter().enumerate() {
        match character {
            '（' | '(' => open.push(place),
            '）' | ')' if open.pop().is_none() => keep[place] = false,
            _ => {}
        }
    }
    for place in open {
        keep[place] = false;
    }
    characters.iter().zip(keep).filter_map(|(character, keep)| keep.then_some(*character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Contractor, Dealer, Filler, Importer, Principal, Producer};

    const A: &str = "云帆灯饰（佛山）有限公司";
    const B: &str = "泗水县星海电器厂";

    fn read(cell: &str) -> Result<Vec<(String, Role)>, Reason> {
        parties(cell).map(|parties| parties.into_iter().map(|party| (party.name, party.role)).collect())
    }

    fn named(named: &[(&str, Role)]) -> Vec<(String, Role)> {
        named.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect()
    }

    #[test]
    fn roles_are_split_off() {
        let (both, made) = ([(A, Principal), (B, Contractor)], [(B, Producer), (A, Principal)]);
        for (cell, expected) in [
            (format!("{A}（委托{B}）"), both.as_slice()),
            (format!("{A}（委托{B}生产）"), &both),
            (format!("{A}(委托{B})"), &both),
            (format!("{A}委托{B}生产"), &both),
            (format!("{B}（受{A}委托）"), &both),
            (format!("{B}受{A}委托生产"), &both),
            (format!("委托方：{A} 受托方：{B}"), &both),
            (format!("委托方:{A}\n被委托方:{B}"), &both),
            (format!("受托单位：{B}；委托单位：{A}"), &both),
            (format!("委托方名称：{A} 地址：某路1号；受托方名称：{B} 地址：某村"), &both),
            (format!("（委托方）{A}（受托方）{B}"), &both),
            (format!("{A}（委托方）{B}（受托方）"), &both),
            (format!("{A}（受托方：{B}）"), &both),
            (format!("委托单位：{A} 生产单位：{B}"), &made),
            (format!("{B}（委托方：{A}）"), &made),
        ] {
            assert_eq!(read(&cell), Ok(named(expected)), "{cell}");
        }
    }

    #[test]
    fn one_firm_may_stand_in_another_role_than_the_producer_s() {
        for (cell, role) in [
            (A.to_owned(), Producer),
            (format!("生产商：{A}"), Producer),
            (format!("{A}生产"), Producer),
            (format!("由{A}生产"), Producer),
            (format!("{A}出品"), Principal),
            (format!("{A}（出品）"), Principal),
            (format!("{A}装制"), Filler),
            (format!("分装：{A}"), Filler),
            (format!("灌装厂：{A}"), Filler),
            (format!("进口商：{A}"), Importer),
            (format!("进口商 {A}"), Importer),
            (format!("经销商：{A}"), Dealer),
            (format!("销售商：{A}"), Dealer),
            (format!("委托方：{A} 受托方：/"), Principal),
        ] {
            assert_eq!(read(&cell), Ok(named(&[(A, role)])), "{cell}");
        }
    }

    #[test]
    fn marks_and_lines_are_no_part_of_a_name() {
        for cell in [
            "云帆灯饰（佛山）\n有限公司",
            "云帆灯饰 （佛山） 有限公司",
            "云帆灯饰（佛山）有限公司（XM）",
            "云帆灯饰（佛山）有限公司）",
            "云帆灯饰（佛山）有限公司（原云帆灯具厂）",
            "云帆灯饰（佛山）有限公司（涉嫌假冒）",
            "云帆灯饰（佛山）有限公司/",
            "云帆灯饰（佛山）有限公司/云帆灯饰(佛山)有限公司",
            "标称：云帆灯饰（佛山）有限公司",
        ] {
            assert_eq!(read(cell), Ok(named(&[(A, Producer)])), "{cell}");
        }
        let branch = "云帆灯饰有限公司北京分公司";
        assert_eq!(read("云帆灯饰有限公司 北京分公司"), Ok(named(&[(branch, Producer)])));
    }

    #[test]
    fn a_form_behind_a_space_belongs_to_the_group_before_it() {
        assert_eq!(read("云帆电器集团 有限公司"), Ok(named(&[("云帆电器集团有限公司", Producer)])));
    }

    #[test]
    fn what_is_unclear_is_booked_to_nobody() {
        use Reason::{NotAFirm, ProducerMissing, SeveralProducers};
        for (cell, reason) in [
            ("", ProducerMissing),
            ("/", ProducerMissing),
            ("（略）", ProducerMissing),
            ("未标注生产单位｜半合成油5W30", ProducerMissing),
            ("委托方：/ 受托方：/", ProducerMissing),
            ("云帆灯饰有限公司/星海灯饰有限公司", SeveralProducers),
            ("云帆灯饰有限公司 星海灯饰有限公司", SeveralProducers),
            ("云帆灯饰有限公司、星海灯饰有限公司", SeveralProducers),
            ("云帆灯饰有限公司和星海灯饰有限公司", SeveralProducers),
            ("云帆集团/云帆灯饰（中国）有限公司", SeveralProducers),
            ("云帆原装灯具吉林省集团河北星海灯饰有限公司", SeveralProducers),
            ("服务中心云帆灯饰（北京）有限公司", SeveralProducers),
            ("云帆灯饰有限公司（委托方）星海灯饰有限公司", SeveralProducers),
            ("STARSEA", NotAFirm),
            ("云帆/星海", NotAFirm),
            ("该产品由云帆灯饰有限公司提供给本店", NotAFirm),
            ("委托方：云帆 受托方：星海灯饰有限公司", NotAFirm),
        ] {
            assert_eq!(read(cell), Err(reason), "{cell}");
        }
    }
}
