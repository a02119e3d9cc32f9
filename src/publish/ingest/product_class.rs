//! The product class where no column and no section line gives it: what a title or a file's name says beside the rest.

use super::place;

/// Words of titles that speak of everything but the product; longest first where one holds another.
const BESIDE: &[&str] = &[
    "产品质量国家监督专项抽查",
    "产品质量国家监督抽查",
    "产品质量省级监督抽查",
    "产品质量市级监督抽查",
    "产品质量监督专项抽查",
    "产品质量监督抽查",
    "产品质量专项监督抽查",
    "质量国家监督抽查",
    "质量监督抽查",
    "国家监督抽查",
    "监督抽查",
    "专项抽查",
    "质量抽查",
    "抽查检验",
    "抽查",
    "经检验不合格的产品",
    "经检验合格的产品",
    "不合格产品及其企业名单",
    "合格产品及其企业名单",
    "不合格产品名单",
    "合格产品名单",
    "不合格产品",
    "合格产品",
    "不合格",
    "合格",
    "产品名单",
    "产品质量",
    "结果的通报",
    "结果的公告",
    "结果的通告",
    "结果",
    "通告",
    "公告",
    "通报",
    "公示",
    "名单",
    "附件",
    "情况",
    "市场监督管理局",
    "国家市场监督管理总局",
    "关于",
    "年度",
    "季度",
    "产品",
    "第",
    "批次",
    "上半年",
    "下半年",
    "部分",
    "本市",
    "全省",
    "全市",
    "国家",
    "省级",
    "市级",
    "发布",
];

/// What bodies are called after their place.
const BODIES: &[&str] = &["市场监督管理局", "质量技术监督局", "工商行政管理局"];

/// What `2023年产品质量国家监督抽查不合格产品名单（灯具部分）` says of the product: `灯具`; empty where nothing is left. The
/// place of the body that published it is no product either.
pub(super) fn in_text(text: &str, body: &str) -> String {
    let own_place = BODIES.iter().find_map(|name| body.strip_suffix(name)).filter(|place| !place.is_empty());
    let rest = place::without(text);
    let rest = own_place.map_or(rest.clone(), |place| rest.replace(place, ""));
    let rest = BESIDE.iter().fold(rest, |rest, words| rest.replace(words, ""));
    let beside = |character: char| {
        character.is_ascii_digit()
            || character.is_whitespace()
            || "年月日（）()【】[]《》“”\"：:-_.、，,的及与和号".contains(character)
    };
    let rest = rest.trim_matches(beside);
    let is_class =
        rest.chars().count() >= 2 && rest.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric());
    if is_class && !rest.is_ascii() { rest.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_was_sampled() {
        for (title, class) in [
            ("2023年产品质量国家监督抽查不合格产品名单（灯具部分）", "灯具"),
            ("2016年深圳市产品质量监督抽查结果", ""),
            ("上海市产品质量监督抽查结果", ""),
            ("2024年佛山市电热水壶产品质量监督抽查结果", "电热水壶"),
            ("经检验合格的产品", ""),
            ("电热水壶-2024-05-01", "电热水壶"),
            ("beijing-2018-04-21", ""),
            ("附件", ""),
            ("2024年泗水县灯具抽查结果", "灯具"),
        ] {
            assert_eq!(in_text(title, "泗水县市场监督管理局"), class, "{title}");
        }
    }
}
