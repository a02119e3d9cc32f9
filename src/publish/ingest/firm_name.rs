//! What a firm's name looks like, and where two names were glued together.

use super::place;

/// How the names of firms end.
const ENDS: &[&str] = &[
    "公司",
    "厂",
    "社",
    "店",
    "部",
    "中心",
    "研究所",
    "研究院",
    "设计院",
    "科学院",
    "学院",
    "医院",
    "事务所",
    "场",
    "坊",
    "行",
    "集团",
    "工作室",
    "工厂",
    "作坊",
    "超市",
    "门市",
    "站",
    "庄",
    "馆",
    "铺",
    "园",
    "基地",
    "联合体",
    "总局",
    "窑",
    "轩",
    "阁",
];
/// Words that end like a firm and are none.
const NO_ENDS: &[&str] =
    &["市场", "现场", "全部", "内部", "外部", "同行", "自行", "进行", "执行", "立场", "商场内"];
/// How the names of foreign firms end, in capitals.
const FOREIGN_ENDS: &[&str] = &[
    "GMBH",
    "AG",
    "KG",
    "SE",
    "CO",
    "LTD",
    "LIMITED",
    "INC",
    "CORP",
    "CORPORATION",
    "COMPANY",
    "LLC",
    "PLC",
    "SA",
    "SAS",
    "SARL",
    "SPA",
    "SRL",
    "BV",
    "NV",
    "AB",
    "AS",
    "OY",
    "PTE",
    "PTY",
    "KK",
];
/// Words that only sentences have.
const SENTENCE: &[&str] = &[
    "该产品",
    "本产品",
    "此产品",
    "产品为",
    "生产的",
    "无法",
    "不能",
    "标签",
    "未标",
    "未注明",
    "未提供",
    "不详",
    "购自",
    "购于",
    "自称",
    "口述",
    "声称",
    "不明",
    "其他单位",
    "名称及",
    "地址",
    "电话",
];
/// Marks that only sentences have.
const SENTENCE_MARKS: &[char] =
    &['。', '！', '？', '：', ':', '，', ',', '；', ';', '、', '｜', '|', '+', '=', '"', '“', '”'];
/// Marks that the names of foreign firms may have as well.
const FOREIGN_MARKS: &[char] = &[',', '，', '.'];

/// The forms of companies, longest first.
const COMPANIES: &[&str] =
    &["有限责任公司", "股份有限公司", "有限公司", "股份公司", "集团公司", "总公司", "公司"];
/// The forms of companies that cannot be part of a company.
const WHOLE_COMPANIES: &[&str] = &["有限责任公司", "有限公司", "股份公司", "集团公司", "总公司"];
/// How the parts of a company end.
const PARTS: &[&str] = &[
    "分公司",
    "支公司",
    "分厂",
    "分店",
    "分社",
    "分部",
    "办事处",
    "事业部",
    "经营部",
    "服务部",
    "销售部",
    "厂",
    "店",
    "部",
    "中心",
    "研究所",
    "研究院",
    "基地",
    "车间",
    "工厂",
    "站",
    "场",
    "公司",
];
/// Forms that stand within a name as well, where no other whole name follows.
const LOOSE: &[&str] = &["集团", "厂"];
/// What may follow a loose form within one name.
const AFTER_LOOSE: &[&str] = &["有限", "股份", "公司", "总", "（", "(", "控股", "化工", "投资"];
/// What no name begins with: the end of a name that was cut off.
const CUT_OFF: &[&str] = &[
    "服务中心",
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "分公司",
    "公司",
    "厂家",
    "集团有限",
    "经营部",
    "服务部",
];

/// Whether a text is built like the name of one firm: it ends like one and says nothing else.
pub(super) fn is_one(name: &str) -> bool {
    let core = without_last_bracket(name);
    is_foreign(core) || is_chinese(core)
}

/// Whether two names stand in one text without a mark between them.
///
/// The price of never guessing: `…集团北京…有限公司` is set aside even where it is one firm's registered name, until the
/// register knows that very name.
pub(super) fn is_glued(name: &str) -> bool {
    CUT_OFF.iter().any(|form| name.starts_with(form)) || follows_company(name) || follows_loose_form(name)
}

fn is_chinese(core: &str) -> bool {
    let ends = ENDS.iter().any(|end| core.len() > end.len() && core.ends_with(end));
    ends && core.chars().count() >= 4
        && !NO_ENDS.iter().any(|end| core.ends_with(end))
        && !core.contains(SENTENCE_MARKS)
        && !SENTENCE.iter().any(|words| core.contains(words))
}

/// `Sternmeer Leuchten GmbH`, `Star Sea Lighting Co., Ltd.`
fn is_foreign(core: &str) -> bool {
    let words: Vec<String> = core
        .split(|character: char| character.is_whitespace() || FOREIGN_MARKS.contains(&character))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    let latin = core.chars().all(|character| character.is_ascii() || FOREIGN_MARKS.contains(&character));
    let ends = words.last().is_some_and(|last| FOREIGN_ENDS.contains(&last.as_str()));
    latin && ends && words.len() >= 2
}

/// `…（普通合伙）`, `…（天津）` after the form: the bracket may belong to the name, the form before it decides.
fn without_last_bracket(name: &str) -> &str {
    let Some(inner) = name.strip_suffix(['）', ')']) else { return name };
    match inner.rfind(['（', '(']) {
        Some(open) if open > 0 && inner[open..].chars().count() <= 9 => &name[..open],
        _ => name,
    }
}

/// Whether after the form of a company comes more than a part of that company.
fn follows_company(name: &str) -> bool {
    let first = COMPANIES
        .iter()
        .filter_map(|form| name.find(form).map(|at| (at, std::cmp::Reverse(form.len()), at + form.len())))
        .min();
    let Some((.., end)) = first else { return false };
    let rest = without_first_bracket(&name[end..]);
    if rest.is_empty() {
        return false;
    }
    let is_part = PARTS.iter().any(|part| rest.ends_with(part)) && !ends_as_plain_company(rest);
    !is_part || WHOLE_COMPANIES.iter().any(|form| rest.contains(form))
}

/// `…公司` that is neither 分公司 nor 支公司.
fn ends_as_plain_company(rest: &str) -> bool {
    rest.ends_with("公司") && !rest.ends_with("分公司") && !rest.ends_with("支公司")
}

/// Whether after 集团 or 厂 comes a place and another company, or before 集团 a place alone.
fn follows_loose_form(name: &str) -> bool {
    LOOSE.iter().any(|form| {
        name.match_indices(form).any(|(at, _)| {
            let (before, rest) = (&name[..at], &name[at + form.len()..]);
            let goes_on = rest.is_empty() || AFTER_LOOSE.iter().any(|more| rest.starts_with(more));
            let is_company = COMPANIES.iter().any(|company| rest.ends_with(company));
            !goes_on && is_company && (place::begins(rest) || place::ends(before))
        })
    })
}

fn without_first_bracket(rest: &str) -> &str {
    match rest.strip_prefix(['（', '(']).and_then(|inner| inner.find(['）', ')']).map(|end| &inner[end..]))
    {
        Some(after) => after.trim_start_matches(['）', ')']),
        None => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_firms_look_like_it() {
        for name in [
            "云帆灯饰（佛山）有限公司",
            "云帆集团",
            "星海电器厂",
            "泗水县云帆镇老张灯具加工服务部",
            "星海合作社",
            "北斗化学研究所",
            "云帆灯饰有限公司（普通合伙）",
            "5K云州有限公司",
            "Star Sea Lighting Co., Ltd.",
            "Sternmeer Leuchten GmbH",
        ] {
            assert!(is_one(name), "{name}");
        }
    }

    #[test]
    fn brands_sentences_and_ends_of_names_do_not() {
        for name in [
            "STARSEA",
            "云帆牌",
            "公司",
            "该产品标签未注明生产厂",
            "云州灯具批发市场",
            "生产厂家：不详",
            "灯具",
            "云帆灯饰有限公司，星海灯饰有限公司",
            "",
        ] {
            assert!(!is_one(name), "{name}");
        }
    }

    #[test]
    fn two_names_without_a_mark_between_them_are_seen() {
        for name in [
            "云帆原装灯具吉林省集团河北星海灯饰有限公司",
            "云帆灯饰有限公司星海灯饰有限公司",
            "云帆集团河北星海灯饰有限公司",
            "服务中心云帆灯饰（北京）有限公司",
            "云帆灯具厂佛山市星海灯饰有限公司",
        ] {
            assert!(is_glued(name), "{name}");
        }
    }

    #[test]
    fn a_company_and_its_part_are_one_firm() {
        for name in [
            "云帆石油股份有限公司华东润滑油厂",
            "云帆润滑油有限公司北京分公司",
            "云帆科技有限公司冀州分公司",
            "云帆技术开发公司丰台分公司",
            "云帆科技发展有限公司分公司",
            "云帆汽车集团股份有限公司重型车分公司",
            "云帆汽车集团有限公司",
            "佛山市灯厂有限公司",
            "云帆清洗科技（北京）有限公司天津分公司",
            "云帆灯饰有限公司（天津）",
        ] {
            assert!(!is_glued(name), "{name}");
        }
    }
}
