//! What a remark says: what became of the reserve sample, of the correction, and of the result itself.

use super::outcome;
use crate::sampling::{FollowUp, Retest, Standing};

/// Words of the test of the reserve sample.
const RETEST: &[&str] = &["复检", "复验"];
/// Words of the test before it.
const FIRST_TEST: &[&str] = &["初检", "首检", "原检"];
/// Words of the visit after the correction.
const FOLLOW_UP: &[&str] = &["复查"];
/// Words that say that no re-test or follow-up took place.
const NOT_ASKED: &[&str] =
    &["未申请", "未提出", "不申请", "未提请", "放弃", "撤回", "无复", "未复", "不复", "逾期"];
/// Words that say that a result stays as it was.
const UPHELD: &[&str] = &["维持"];
/// Words that say that a correction is unfinished.
const UNCORRECTED: &[&str] = &["未完成整改", "未整改", "整改中", "正在整改", "拒不整改", "无法整改"];

/// Words of an objection.
const OBJECTION: &[&str] = &["异议"];
/// Words that settle an objection, or say that there is none.
const OBJECTION_SETTLED: &[&str] =
    &["无异议", "未提出异议", "没有异议", "未提异议", "异议不成立", "不予受理", "驳回", "撤回异议", "逾期"];

/// Words of a counterfeit, or of a firm that denies having made the thing.
const DISOWNED: &[&str] = &[
    "假冒",
    "冒用",
    "冒名",
    "仿冒",
    "否认",
    "非其生产",
    "非该企业生产",
    "非该公司生产",
    "非本企业生产",
    "非本公司生产",
    "不是其生产",
    "不是该企业生产",
    "不是该公司生产",
    "不是本企业生产",
    "不是本公司生产",
    "并非其生产",
];
/// Words that say that it is none.
const NOT_DISOWNED: &[&str] =
    &["非假冒", "不属于假冒", "不属假冒", "不是假冒", "排除假冒", "未发现假冒", "不否认", "未否认"];

/// Words of a result that the authority took back.
const WITHDRAWN: &[&str] = &[
    "撤回",
    "结果撤销",
    "撤销抽查结果",
    "撤销检验",
    "撤销不合格",
    "撤销公告",
    "撤销通告",
    "撤销通报",
    "予以撤销",
    "结果作废",
];
/// Words that say that somebody else took something else back.
const NOT_WITHDRAWN: &[&str] = &["撤回异议", "撤回复检", "撤回申请", "撤回了复检", "撤回了异议"];

/// What a remark says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Remarks {
    pub(super) retest: Retest,
    pub(super) follow_up: FollowUp,
    pub(super) standing: Standing,
}

/// Reads the remarks of a row.
pub(super) fn read(text: &str) -> Remarks {
    let (retest, is_running) = retest(text);
    let objected = objected(text) && retest == Retest::NotAsked;
    let standing = if has(&without(text, NOT_WITHDRAWN), WITHDRAWN) {
        Standing::Withdrawn
    } else if disowns(text) {
        Standing::Disowned
    } else if is_running || objected {
        Standing::Pending
    } else {
        Standing::Final
    };
    Remarks { retest, follow_up: follow_up(text), standing }
}

/// Whether a text says that the thing is a counterfeit, or that the firm denies having made it.
pub(super) fn disowns(text: &str) -> bool {
    has(&without(text, NOT_DISOWNED), DISOWNED)
}

/// The parts of a text between marks.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '，', ',', '；', ';', '、', '\n', '（', '）', '(', ')'])
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
}

/// Whether a clause speaks of a re-test or a follow-up and not of the first test.
pub(super) fn is_of_later_test(clause: &str) -> bool {
    has(clause, RETEST) || has(clause, FOLLOW_UP)
}

/// What became of the reserve sample, and whether that is still open. From the first word of a re-test on, every clause
/// speaks of it but those on the first test and on the follow-up; of several items, the one that failed decides.
fn retest(text: &str) -> (Retest, bool) {
    let about = |clause: &&str| !has(clause, FIRST_TEST) && (has(clause, RETEST) || !has(clause, FOLLOW_UP));
    let mut clauses = clauses(text).skip_while(|clause| !has(clause, RETEST)).filter(about).peekable();
    let mut is_running = clauses.peek().is_some();
    let mut has_passed = false;
    for clause in clauses {
        if has(clause, NOT_ASKED) {
            is_running = false;
            continue;
        }
        match outcome::read(clause) {
            (true, _) => return (Retest::Upheld, false),
            _ if has(clause, UPHELD) => return (Retest::Upheld, false),
            (false, passed) => has_passed |= passed,
        }
    }
    if has_passed { (Retest::Overturned, false) } else { (Retest::NotAsked, is_running) }
}

fn follow_up(text: &str) -> FollowUp {
    let mut found = FollowUp::Unknown;
    for clause in clauses(text) {
        if has(clause, UNCORRECTED) {
            found = FollowUp::Open;
        }
        if !has(clause, FOLLOW_UP) {
            continue;
        }
        found = match outcome::read(clause) {
            _ if has(clause, NOT_ASKED) => FollowUp::Open,
            (true, _) => FollowUp::Failed,
            (false, true) => FollowUp::Passed,
            (false, false) => FollowUp::Open,
        };
    }
    found
}

fn objected(text: &str) -> bool {
    has(text, OBJECTION) && !has(text, OBJECTION_SETTLED)
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn without(text: &str, words: &[&str]) -> String {
    words.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_mean_what_they_say() {
        use {FollowUp as F, Retest as R, Standing as S};
        for (text, retest, follow_up, standing) in [
            ("", R::NotAsked, F::Unknown, S::Final),
            ("复检仍不合格", R::Upheld, F::Unknown, S::Final),
            ("复检维持原结论", R::Upheld, F::Unknown, S::Final),
            ("经复检合格", R::Overturned, F::Unknown, S::Final),
            ("初检不合格，复检结果合格。", R::Overturned, F::Unknown, S::Final),
            ("复检：插头项目合格，电线项目不合格", R::Upheld, F::Unknown, S::Final),
            ("复检合格（初检不合格）", R::Overturned, F::Unknown, S::Final),
            ("复检仍不合格，已整改，经复查合格", R::Upheld, F::Passed, S::Final),
            ("企业申请复检，仍不合格", R::Upheld, F::Unknown, S::Final),
            ("复检中", R::NotAsked, F::Unknown, S::Pending),
            ("企业已申请复检", R::NotAsked, F::Unknown, S::Pending),
            ("未申请复检", R::NotAsked, F::Unknown, S::Final),
            ("已整改，经复查检验合格。", R::NotAsked, F::Passed, S::Final),
            ("经复查仍不合格", R::NotAsked, F::Failed, S::Final),
            ("未完成整改，未申请复查。", R::NotAsked, F::Open, S::Final),
            ("已停产，未完成整改。", R::NotAsked, F::Open, S::Final),
            ("复检仍不合格，涉嫌假冒", R::Upheld, F::Unknown, S::Disowned),
            ("假冒", R::NotAsked, F::Unknown, S::Disowned),
            ("标称生产单位否认该产品为其生产", R::NotAsked, F::Unknown, S::Disowned),
            ("假冒云帆牌注册商标", R::NotAsked, F::Unknown, S::Disowned),
            ("经鉴定不属于假冒产品", R::NotAsked, F::Unknown, S::Final),
            ("企业提出异议，正在处理", R::NotAsked, F::Unknown, S::Pending),
            ("企业提出异议，经复检仍不合格", R::Upheld, F::Unknown, S::Final),
            ("对检验结果无异议", R::NotAsked, F::Unknown, S::Final),
            ("该结果已撤回", R::NotAsked, F::Unknown, S::Withdrawn),
            ("企业撤回复检申请", R::NotAsked, F::Unknown, S::Final),
        ] {
            assert_eq!(read(text), Remarks { retest, follow_up, standing }, "{text}");
        }
    }
}
