//! The policy: every open choice of the rule, as data that is signed with the edition.

use crate::quoted::Quoted;
use std::fmt;

use serde::Serialize;

use crate::sampling::{Role, closed_set};
use crate::{Day, Problem};

/// Every choice that the published rule leaves open.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Policy {
    /// A name for people, such as `default`.
    pub name: String,
    /// The label that every listed firm carries: 抽检无不合格.
    pub label: String,
    /// How 连续 is read.
    pub continuity: Continuity,
    /// A silence longer than this many months ends the streak; it begins again at the next clean sampling.
    /// `None`: no limit.
    pub max_gap_months: Option<u32>,
    /// Counted samplings that a streak needs before it earns a tier; at least 1.
    pub min_samplings: u32,
    /// Samplings before this day do not count.
    pub data_from: Day,
    /// First digits of the division that a listed firm must be registered in, for example `44`; `None`: any, even
    /// unknown.
    pub division: Option<String>,
    /// Roles in which a firm is held responsible, in the order of [`Role::ALL`]. Importers and dealers never are.
    pub responsible_roles: Vec<Role>,
    /// What is done with results that are no plain final result.
    pub treatment: Treatment,
    /// The tiers, longest first.
    pub tiers: Vec<Tier>,
}

/// What is done with results that are no plain final result.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Treatment {
    /// An objection or a re-test is running.
    pub pending: Unsettled,
    /// A suspected or proven counterfeit, or one that the named firm denies having made.
    pub disowned: Unsettled,
    /// A failure whose follow-up (复查) passed.
    pub corrected_failure: CorrectedFailure,
}

/// One step of the ladder, for example ten years, 十年榜.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Tier {
    /// Complete years that the streak needs; at least 1.
    pub years: u32,
    /// The name under which it is published.
    pub name: String,
}

closed_set! {
    /// How 连续 is read (RULES: the continuity rule is open, and it decides everything).
    pub enum Continuity {
        /// From the first clean sampling after the last failure to the as-of day; years without one do not break it.
        Elapsed = "elapsed",
        /// From that first clean sampling to the last clean one.
        Spanned = "spanned",
        /// The number of calendar years, since the last failing year, that have a sampling and no failure.
        DistinctYears = "distinct-years",
        /// The unbroken chain of calendar years that each have a sampling and no failure, ending in the as-of year,
        /// or in the year before it where the as-of year has no sampling yet.
        EveryYear = "every-year",
    }
}

closed_set! {
    /// Whether an unsettled result counts like a settled one.
    pub enum Unsettled {
        /// It is shown and does not count.
        Ignored = "ignored",
        /// It counts as it stands.
        Counted = "counted",
    }
}

closed_set! {
    /// Whether a corrected failure stays a failure.
    pub enum CorrectedFailure {
        /// It stays: a follow-up is a new visit, not a re-test.
        Stays = "stays",
        /// It no longer counts.
        Ignored = "ignored",
    }
}

impl Policy {
    /// The longest tier that a policy may ask for, in years.
    pub const MAX_TIER_YEARS: u32 = 100;
    /// The most tiers that a policy may have.
    pub const MAX_TIERS: usize = 15;
    /// The longest silence that a policy may allow, in months.
    pub const MAX_GAP_MONTHS: u32 = 1_200;
    /// The most samplings that a policy may ask for.
    pub const MAX_MIN_SAMPLINGS: u32 = 10_000;

    /// Refuses a policy that contradicts itself.
    ///
    /// # Errors
    /// Names the field, what it expects and what it holds.
    pub fn checked(self) -> Result<Self, PolicyError> {
        self.check_numbers()?;
        self.check_division()?;
        self.check_roles()?;
        self.check_tiers()?;
        Ok(self)
    }

    /// Whether a firm named in this role is held responsible.
    pub fn holds_responsible(&self, role: Role) -> bool {
        self.responsible_roles.contains(&role)
    }

    fn check_numbers(&self) -> Result<(), PolicyError> {
        if self.min_samplings == 0 || self.min_samplings > Self::MAX_MIN_SAMPLINGS {
            return Err(PolicyError::number("min_samplings", 1, Self::MAX_MIN_SAMPLINGS, self.min_samplings));
        }
        match self.max_gap_months {
            Some(months) if months == 0 || months > Self::MAX_GAP_MONTHS => {
                Err(PolicyError::number("max_gap_months", 1, Self::MAX_GAP_MONTHS, months))
            }
            _ => Ok(()),
        }
    }

    fn check_division(&self) -> Result<(), PolicyError> {
        match &self.division {
            Some(digits)
                if !matches!(digits.len(), 2 | 4 | 6)
                    || !digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Err(PolicyError::Division { found: digits.clone() })
            }
            _ => Ok(()),
        }
    }

    fn check_roles(&self) -> Result<(), PolicyError> {
        if let Some(role) =
            self.responsible_roles.iter().find(|role| matches!(role, Role::Importer | Role::Dealer))
        {
            return Err(PolicyError::NeverResponsible { role: *role });
        }
        if self.responsible_roles.is_empty() {
            return Err(PolicyError::NobodyResponsible);
        }
        if !self.responsible_roles.is_sorted_by(|a, b| a < b) {
            return Err(PolicyError::RolesOutOfOrder);
        }
        Ok(())
    }

    fn check_tiers(&self) -> Result<(), PolicyError> {
        if self.tiers.is_empty() || self.tiers.len() > Self::MAX_TIERS {
            return Err(PolicyError::TierCount { found: self.tiers.len() });
        }
        for tier in &self.tiers {
            if tier.years == 0 || tier.years > Self::MAX_TIER_YEARS {
                return Err(PolicyError::number("tiers.years", 1, Self::MAX_TIER_YEARS, tier.years));
            }
            if tier.name.trim().is_empty() {
                return Err(PolicyError::UnnamedTier { years: tier.years });
            }
        }
        match self.tiers.windows(2).find(|pair| pair[0].years <= pair[1].years) {
            Some(pair) => Err(PolicyError::TiersOutOfOrder { first: pair[0].years, second: pair[1].years }),
            None => Ok(()),
        }
    }
}

impl Default for Policy {
    /// The reading that fits the published figures: `elapsed`, no gap limit, one sampling, data from 2011, any
    /// division, tiers of 10, 5 and 3 years.
    fn default() -> Self {
        let tier = |years, name: &str| Tier { years, name: name.into() };
        Self {
            name: "default".into(),
            label: "抽检无不合格".into(),
            continuity: Continuity::Elapsed,
            max_gap_months: None,
            min_samplings: 1,
            data_from: Day::new(2011, 1, 1).expect("2011 begins on a day of the calendar"),
            division: None,
            responsible_roles: vec![Role::Producer, Role::Principal, Role::Filler],
            treatment: Treatment {
                pending: Unsettled::Ignored,
                disowned: Unsettled::Ignored,
                corrected_failure: CorrectedFailure::Stays,
            },
            tiers: vec![tier(10, "十年榜"), tier(5, "五年榜"), tier(3, "三年榜")],
        }
    }
}

/// Why a policy contradicts itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PolicyError {
    /// Not 2, 4 or 6 digits.
    Division {
        /// What stands there.
        found: String,
    },
    /// An importer or a dealer among the responsible.
    NeverResponsible {
        /// Which of the two.
        role: Role,
    },
    /// An empty list of roles.
    NobodyResponsible,
    /// A number outside its range.
    Number {
        /// The key in the policy file.
        field: &'static str,
        /// The smallest number allowed.
        least: u32,
        /// The largest number allowed.
        most: u32,
        /// What stands there.
        found: u32,
    },
    /// Roles out of the order of [`Role::ALL`], or one twice.
    RolesOutOfOrder,
    /// No tier, or too many.
    TierCount {
        /// How many.
        found: usize,
    },
    /// A longer tier below a shorter one, or two alike.
    TiersOutOfOrder {
        /// The upper of the two, in years.
        first: u32,
        /// The lower of the two, in years.
        second: u32,
    },
    /// A tier without a name.
    UnnamedTier {
        /// Its years.
        years: u32,
    },
}

impl PolicyError {
    const fn number(field: &'static str, least: u32, most: u32, found: u32) -> Self {
        Self::Number { field, least, most, found }
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Division { found } => {
                write!(f, "expected 2, 4 or 6 digits as the division of the policy, found {}", Quoted(found))
            }
            Self::NeverResponsible { role } => {
                write!(f, "expected producing roles in responsible_roles, found {}", Quoted(role.word()))
            }
            Self::NobodyResponsible => {
                f.write_str("expected at least one role in responsible_roles, found none")
            }
            Self::Number { field, least, most, found } => {
                write!(f, "expected {least} to {most} as {field} of the policy, found {found}")
            }
            Self::RolesOutOfOrder => {
                f.write_str("expected responsible_roles once each and in the order of the documentation")
            }
            Self::TierCount { found } => {
                write!(f, "expected 1 to {} tiers in the policy, found {found}", Policy::MAX_TIERS)
            }
            Self::TiersOutOfOrder { first, second } => {
                write!(f, "expected the tiers longest first, found {second} years below {first} years")
            }
            Self::UnnamedTier { years } => {
                write!(f, "expected a name for the tier of {years} years, found none")
            }
        }
    }
}

impl std::error::Error for PolicyError {}

impl Problem for PolicyError {
    fn code(&self) -> &'static str {
        match self {
            Self::TierCount { .. } | Self::TiersOutOfOrder { .. } | Self::UnnamedTier { .. } => {
                "policy_tiers"
            }
            Self::NeverResponsible { .. } | Self::NobodyResponsible | Self::RolesOutOfOrder => "policy_roles",
            Self::Division { .. } => "policy_division",
            Self::Number { .. } => "policy_number",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::TierCount { .. } | Self::TiersOutOfOrder { .. } | Self::UnnamedTier { .. } => {
                "list each tier once, the longest first, each with a name".into()
            }
            Self::NeverResponsible { .. } => {
                "remove it: importers and dealers are never held responsible".into()
            }
            Self::NobodyResponsible | Self::RolesOutOfOrder => {
                "choose from producer, principal, contractor, filler, in this order".into()
            }
            Self::Division { .. } => {
                "write the first digits of GB/T 2260, for example \"44\" for Guangdong".into()
            }
            Self::Number { .. } => {
                "choose a number in that range, or leave the key out for its default".into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut Policy)) -> String {
        let mut policy = Policy::default();
        change(&mut policy);
        policy.checked().unwrap_err().to_string()
    }

    #[test]
    fn the_default_policy_does_not_contradict_itself() {
        assert_eq!(Policy::default().checked().unwrap(), Policy::default());
    }

    #[test]
    fn every_contradiction_is_named() {
        assert_eq!(
            refused(|policy| policy.tiers.reverse()),
            "expected the tiers longest first, found 5 years below 3 years"
        );
        assert_eq!(refused(|policy| policy.tiers.clear()), "expected 1 to 15 tiers in the policy, found 0");
        assert_eq!(
            refused(|policy| policy.tiers[2].years = 0),
            "expected 1 to 100 as tiers.years of the policy, found 0"
        );
        assert_eq!(
            refused(|policy| policy.tiers[0].name = " ".into()),
            "expected a name for the tier of 10 years, found none"
        );
        assert_eq!(
            refused(|policy| policy.min_samplings = 0),
            "expected 1 to 10000 as min_samplings of the policy, found 0"
        );
        assert_eq!(
            refused(|policy| policy.max_gap_months = Some(0)),
            "expected 1 to 1200 as max_gap_months of the policy, found 0"
        );
        assert_eq!(
            refused(|policy| policy.division = Some("4".into())),
            "expected 2, 4 or 6 digits as the division of the policy, found \"4\""
        );
        assert_eq!(
            refused(|policy| policy.responsible_roles.push(Role::Dealer)),
            "expected producing roles in responsible_roles, found \"dealer\""
        );
        assert_eq!(
            refused(|policy| policy.responsible_roles.clear()),
            "expected at least one role in responsible_roles, found none"
        );
        assert_eq!(
            refused(|policy| policy.responsible_roles.reverse()),
            "expected responsible_roles once each and in the order of the documentation"
        );
    }
}
