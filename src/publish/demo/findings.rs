//! What a sampling found, in the stages that a bulletin may print, and the remark that says so.

use super::dice::Dice;
use crate::sampling::{FollowUp, Outcome, Retest, Standing};

/// A finding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Finding {
    /// Nothing wrong.
    Clean,
    /// A failure, and no word on what followed.
    Failed,
    /// A failure that the reserve sample confirmed.
    Upheld,
    /// A failure that the firm corrected; it stays.
    Corrected,
    /// A failure whose follow-up failed as well.
    FailedAgain,
    /// A failure that the firm did not correct.
    Uncorrected,
    /// The reserve sample conformed.
    Overturned,
    /// An objection is running.
    Objected,
    /// A re-test is running.
    BeingRetested,
    /// The firm denies having made it.
    Denied,
    /// A suspected counterfeit, although the re-test confirmed the failure.
    Counterfeit,
    /// The authority took it back.
    Withdrawn,
}

impl Finding {
    /// A failure that counts, as the remarks of real bulletins are spread.
    pub(super) fn failure(dice: &mut Dice) -> Self {
        dice.weighted(&[
            (Self::Failed, 52),
            (Self::Corrected, 26),
            (Self::Upheld, 9),
            (Self::Uncorrected, 10),
            (Self::FailedAgain, 3),
        ])
    }

    /// Whether the first test failed, so that a bulletin of failures lists it and items are named.
    pub(super) const fn is_failure(self) -> bool {
        !matches!(self, Self::Clean)
    }

    /// What the first test found.
    pub(super) const fn first_test(self) -> Outcome {
        if self.is_failure() { Outcome::Nonconforming } else { Outcome::Conforming }
    }

    /// What became of the reserve sample.
    pub(super) const fn retest(self) -> Retest {
        match self {
            Self::Upheld | Self::Counterfeit => Retest::Upheld,
            Self::Overturned => Retest::Overturned,
            _ => Retest::NotAsked,
        }
    }

    /// What became of the correction.
    pub(super) const fn follow_up(self) -> FollowUp {
        match self {
            Self::Corrected => FollowUp::Passed,
            Self::FailedAgain => FollowUp::Failed,
            Self::Uncorrected => FollowUp::Open,
            _ => FollowUp::Unknown,
        }
    }

    /// Whether it stands.
    pub(super) const fn standing(self) -> Standing {
        match self {
            Self::Objected | Self::BeingRetested => Standing::Pending,
            Self::Denied | Self::Counterfeit => Standing::Disowned,
            Self::Withdrawn => Standing::Withdrawn,
            _ => Standing::Final,
        }
    }

    /// What the bulletin says of it.
    pub(super) const fn remark(self) -> &'static str {
        match self {
            Self::Clean | Self::Failed => "",
            Self::Upheld => "复检仍不合格",
            Self::Corrected => "已整改，经复查检验合格",
            Self::FailedAgain => "复查检验不合格",
            Self::Uncorrected => "未完成整改",
            Self::Overturned => "初检不合格，复检合格",
            Self::Objected => "企业提出异议，正在处理中",
            Self::BeingRetested => "复检中",
            Self::Denied => "标称生产单位否认该产品为其生产",
            Self::Counterfeit => "复检仍不合格，涉嫌假冒",
            Self::Withdrawn => "更正：该结果予以撤销",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fails_in_the_end_is_drawn_as_a_failure() {
        let mut dice = Dice::new(6, 0);
        for _ in 0..500 {
            let finding = Finding::failure(&mut dice);
            assert_eq!(finding.standing(), Standing::Final);
            assert_eq!(finding.first_test(), Outcome::Nonconforming);
            assert_ne!(finding.retest(), Retest::Overturned);
        }
    }
}
