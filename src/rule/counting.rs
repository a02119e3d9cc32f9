//! Whether a sampling counts, and why not.

use super::{CorrectedFailure, Policy, Unsettled};
use crate::Day;
use crate::sampling::{Facts, FollowUp, Outcome, Standing, closed_set};

/// What a sampling is to the streak.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counting {
    /// A sampling without failure.
    Clean,
    /// A failure.
    Failed,
    /// Shown, but it neither lengthens nor breaks the streak.
    Uncounted(Why),
}

closed_set! {
    /// Why a sampling does not count.
    pub enum Why {
        /// An objection or a re-test is running.
        Pending = "pending",
        /// A suspected or proven counterfeit, or the firm denies having made it.
        Disowned = "disowned",
        /// The authority took the result back.
        Withdrawn = "withdrawn",
        /// The firm is named in a role that the policy does not hold responsible.
        NotResponsible = "not_responsible",
        /// The failure was corrected, and the policy lets a passed follow-up lift it.
        Corrected = "corrected",
        /// Before the first day from which the policy counts.
        BeforeDataFrom = "before_data_from",
        /// After the day on which the list stands.
        AfterAsOf = "after_as_of",
    }
}

/// [`Counting`] as it stands in a column that the streak is read from: one byte a sampling.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mark {
    /// Does not count.
    Uncounted,
    /// Counts as clean.
    Clean,
    /// Counts as a failure.
    Failed,
}

impl Counting {
    /// Judges one sampling. The first reason that applies is given, in the order of the checks here.
    pub fn of(facts: &Facts, day: Day, policy: &Policy, as_of: Day) -> Self {
        if day > as_of {
            return Self::Uncounted(Why::AfterAsOf);
        }
        if day < policy.data_from {
            return Self::Uncounted(Why::BeforeDataFrom);
        }
        let treatment = &policy.treatment;
        match facts.standing {
            Standing::Withdrawn => return Self::Uncounted(Why::Withdrawn),
            Standing::Disowned if treatment.disowned == Unsettled::Ignored => {
                return Self::Uncounted(Why::Disowned);
            }
            Standing::Pending if treatment.pending == Unsettled::Ignored => {
                return Self::Uncounted(Why::Pending);
            }
            _ => {}
        }
        if !policy.holds_responsible(facts.role) {
            return Self::Uncounted(Why::NotResponsible);
        }
        match facts.outcome() {
            Outcome::Conforming => Self::Clean,
            Outcome::Nonconforming
                if facts.follow_up == FollowUp::Passed
                    && treatment.corrected_failure == CorrectedFailure::Ignored =>
            {
                Self::Uncounted(Why::Corrected)
            }
            Outcome::Nonconforming => Self::Failed,
        }
    }

    /// The byte for the column.
    pub const fn mark(self) -> Mark {
        match self {
            Self::Clean => Mark::Clean,
            Self::Failed => Mark::Failed,
            Self::Uncounted(_) => Mark::Uncounted,
        }
    }

    /// Why it does not count; `None` where it does.
    pub const fn why(self) -> Option<Why> {
        match self {
            Self::Uncounted(why) => Some(why),
            Self::Clean | Self::Failed => None,
        }
    }
}
