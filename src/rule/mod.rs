//! Therefore: from samplings to streak, from streak to tier, under a policy that is data.
//!
//! The published rule does not say how 连续 is to be read, so all four readings exist side by side
//! ([`Continuity`]) and the signed policy names the one that holds. The open choices are listed in [`Policy`];
//! what is settled in law (a re-test is final, a follow-up is a new visit) is in `sampling`.

mod counting;
mod explanation;
mod judge;
mod policy;
mod streak;

pub use counting::{Counting, Mark, Why};
pub use explanation::{Explanation, NextTier, NoStreak, Reading, StartReason, explain};
pub use judge::{Columns, Judge};
pub use policy::{Continuity, CorrectedFailure, Policy, PolicyError, Tier, Treatment, Unsettled};
pub use streak::Streak;
