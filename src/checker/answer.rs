//! What a check answers: a closed set, each kind dated.
//!
//! The field names are the `--json` contract of the command line and the types of the npm package. An answer never
//! stands without the edition's as-of day and the list's [`ListStanding`]; what is no answer (not verified, rolled
//! back, damaged) is an error and never takes this form.

use serde::Serialize;

use crate::firm::CreditCodeError;
use crate::rule::{Continuity, NextTier, Why};
use crate::sampling::{DayFrom, FollowUp, Outcome, Retest, Role, Standing, closed_set};
use crate::{CreditCode, Day, Division, Problem};

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What kind of answer it is.
    pub kind: Kind,
    /// The firm, where the answer is about one.
    pub firm: Option<Firm>,
    /// Its tier; only of a listed firm.
    pub tier: Option<TierName>,
    /// The label that every listed firm carries (抽检无不合格); only of a listed firm.
    pub label: Option<String>,
    /// Its streak under the edition's policy.
    pub streak: Option<StreakAnswer>,
    /// Its samplings, newest first; of a listed or inspected firm.
    pub samplings: Option<SamplingsAnswer>,
    /// The firms that fit, of `several`; firms whose names are near a whole name that is not listed, of `not_listed`,
    /// [`Checker::MAX_NEAR`](super::Checker::MAX_NEAR) at the most.
    pub firms: Vec<Hit>,
    /// What is wrong with the code; of `mistyped`.
    pub mistyped: Option<Mistyped>,
    /// The edition that answers.
    pub edition: EditionAnswer,
    /// How the list stands today.
    pub standing: ListStanding,
}

closed_set! {
    /// The kinds of answer.
    pub enum Kind {
        /// The firm stands on the list.
        Listed = "listed",
        /// Nothing of that name or code is in this edition, which says nothing against the firm.
        NotListed = "not_listed",
        /// The firm was inspected and does not stand on the list; only where the edition holds unlisted firms.
        Inspected = "inspected",
        /// Several firms fit.
        Several = "several",
        /// The code has a mistake.
        Mistyped = "mistyped",
    }
}

closed_set! {
    /// How the list on this device stands today.
    pub enum ListStanding {
        /// Its signature has not expired.
        Fresh = "fresh",
        /// Expired for at most 90 days.
        Ageing = "ageing",
        /// Expired for longer: the answer is of its as-of day and no other.
        OutOfDate = "out_of_date",
        /// Nobody's signature was checked: a bare edition file.
        Unverified = "unverified",
    }
}

/// A firm as an answer names it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Firm {
    /// Its code, where the register knows it.
    pub code: Option<CreditCode>,
    /// Its name.
    pub name: String,
    /// Names that it bore before.
    pub former_names: Vec<String>,
    /// Where it is registered.
    pub division: Option<Division>,
    /// Its trade marks.
    pub trade_marks: Vec<String>,
}

/// A tier as an answer names it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TierName {
    /// Years without a failure.
    pub years: u32,
    /// Its published name.
    pub name: String,
}

/// A streak as an answer tells it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct StreakAnswer {
    /// The day of its first clean sampling.
    pub start: Day,
    /// The day up to which it is counted.
    pub end: Day,
    /// Its length in the years of the reading.
    pub years: u32,
    /// Its length in days.
    pub days: i32,
    /// Counted samplings inside it.
    pub samplings: u32,
    /// How 连续 is read.
    pub reading: Continuity,
    /// The next tier and its day, if nothing changes.
    pub next: Option<NextTier>,
}

/// All samplings of a firm.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SamplingsAnswer {
    /// How many count.
    pub counted: u32,
    /// How many are shown and do not count.
    pub uncounted: u32,
    /// All of them, newest first.
    pub items: Vec<SamplingAnswer>,
}

/// One sampling.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SamplingAnswer {
    /// The day that every reading uses.
    pub day: Day,
    /// How that day is known.
    pub day_from: DayFrom,
    /// The body that published it.
    pub body: String,
    /// The product class.
    pub product_class: String,
    /// The final outcome.
    pub outcome: Outcome,
    /// The first stage.
    pub first_test: Outcome,
    /// The second stage.
    pub retest: Retest,
    /// The follow-up after correction.
    pub follow_up: FollowUp,
    /// Whether the result stands.
    pub standing: Standing,
    /// In which role the firm is named.
    pub role: Role,
    /// What failed.
    pub failed_items: Vec<String>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not.
    pub why: Option<Why>,
    /// The bulletin's id.
    pub bulletin: String,
    /// The bulletin's title.
    pub title: String,
    /// The bulletin's official address; may be empty.
    pub url: String,
    /// The row of the bulletin.
    pub row: u32,
}

/// One firm that a search finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its code, where the register knows it.
    pub code: Option<CreditCode>,
    /// Its name.
    pub name: String,
    /// Its tier, where it stands on the list.
    pub tier: Option<TierName>,
    /// What matched.
    pub matched: Matched,
    /// Its place among the hits, from 1.
    pub rank: u32,
}

/// Which words of which field matched.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Matched {
    /// `name`, `former_name`, `trade_mark` or `code`.
    pub field: &'static str,
    /// The text of that field.
    pub text: String,
    /// The matched stretches as half-open ranges of UTF-16 code units, so that JavaScript can slice with them.
    pub ranges: Vec<[u32; 2]>,
}

/// What is wrong with a code, and which listed codes are near.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mistyped {
    /// The stable word of the mistake.
    pub code: &'static str,
    /// The mistake in words.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// Firms of this edition whose code is one edit away.
    pub suggestions: Vec<Hit>,
}

impl Mistyped {
    /// A mistake as the code's parser tells it.
    pub fn new(error: &CreditCodeError, suggestions: Vec<Hit>) -> Self {
        Self { code: error.code(), message: error.to_string(), advice: error.advice(), suggestions }
    }
}

/// The edition that answers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct EditionAnswer {
    /// Its running number.
    pub number: u32,
    /// The day on which it stands.
    pub as_of: Day,
    /// The day on which its signature expires; `None` of a bare edition file.
    pub expires_on: Option<Day>,
    /// The name of its policy.
    pub policy: String,
    /// Whether it is made up (示例).
    pub demo: bool,
}
