//! The ledger: every row of every bulletin, as read, in a folder that people and git can read.
//!
//! ```text
//! LEDGER/
//!   bulletins/ID.csv   one canonical table a bulletin: one line for each party that a row names, or one for a row
//!                      that is set aside
//!   bulletins.csv      the index: what is known of each bulletin, and the SHA-256 of its table
//!   register.csv       the register that books names to firms
//!   account.json       rows in, booked, duplicates, set aside, and why ([`Account`])
//! ```
//!
//! A ledger only grows: a bulletin that is there is never rewritten. A correction is a new bulletin that names the one
//! that it replaces ([`LedgerBulletin::corrects`]). Where it is too large for memory, judging reads it bulletin by
//! bulletin as [`Evidence`]. Where it lives in a data platform, judging reads a [`dataset`] of the same tables. The ledger
//! keeps what the bulletins print; which firm a name means and which rows are duplicates of each other is worked out from
//! the whole ledger each time, so that the order in which bulletins arrive does not matter.

mod account;
mod correction;
pub mod dataset;
mod digestion;
mod duplicates;
mod error;
mod evidence;
mod index;
mod record;
mod register_table;
mod simplified;
mod store;
mod table;

pub use account::{Account, BulletinAccount, Fate, SetAsideRow};
pub(super) use correction::{InForce, in_force};
pub use dataset::write_dataset;
pub(super) use duplicates::fates;
pub use error::LedgerError;
pub(super) use evidence::DigestedRow;
pub use evidence::Evidence;
pub use register_table::{read_register, register_to_csv};
pub(super) use simplified::simplified;
pub use store::{Appended, Progress, append, found, is_ledger, read, read_evidence};

use std::borrow::Cow;

use crate::Day;
use crate::firm::Register;
use crate::sampling::{Bulletin, DayFrom, Facts, FollowUp, Outcome, Retest, Role, Standing};

/// A whole ledger in memory.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The register that books names to firms; may be empty.
    pub register: Register,
    /// The bulletins, by publication day, then id.
    pub bulletins: Vec<LedgerBulletin>,
}

/// One bulletin and all its rows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LedgerBulletin {
    /// What is known of it. Its `rows` equals the number of rows below.
    pub bulletin: Bulletin,
    /// The name of the file that it was read from, for people.
    pub file: String,
    /// The id of the bulletin that this one replaces as a whole, from its day of publication on.
    pub corrects: Option<String>,
    /// The rows in printed order, numbered from 1 without gaps.
    pub rows: Vec<LedgerRow>,
}

/// One row of a bulletin, as read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LedgerRow {
    /// Its number, from 1; titles, headings and section lines are not counted.
    pub row: u32,
    /// Whom it names, in which role; empty where it is set aside.
    pub parties: Vec<Party>,
    /// Why it is booked to nobody.
    pub set_aside: Option<Reason>,
    /// The producer's cell as printed.
    pub producer_printed: String,
    /// The product's name as printed.
    pub product: String,
    /// The product class: a column, a section line, or the title.
    pub product_class: String,
    /// Trade mark as printed.
    pub brand: String,
    /// Model or specification as printed.
    pub model: String,
    /// Production date or batch as printed.
    pub batch: String,
    /// The body's number of the sample; empty where none is printed.
    pub sample_number: String,
    /// The day that every reading uses.
    pub day: Day,
    /// How that day is known.
    pub day_from: DayFrom,
    /// What the first test found; `None` only where the row is set aside because that cannot be read.
    pub first_test: Option<Outcome>,
    /// What became of the reserve sample.
    pub retest: Retest,
    /// What became of the correction.
    pub follow_up: FollowUp,
    /// Whether the result stands.
    pub standing: Standing,
    /// The failed items.
    pub failed_items: Vec<String>,
    /// The remark as printed.
    pub remark: String,
}

/// A firm that a row names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Party {
    /// The name as printed, without role words and stray marks; its normal form is not empty.
    pub name: String,
    /// In which role.
    pub role: Role,
}

crate::sampling::closed_set! {
    /// Why a row is booked to nobody.
    pub enum Reason {
        /// The producer's cell is empty or says that none is stated.
        ProducerMissing = "producer_missing",
        /// Two firms in one cell, glued or separated, with no word on their roles.
        SeveralProducers = "several_producers",
        /// A brand, a sentence, or something else that is no firm's name.
        NotAFirm = "not_a_firm",
        /// The outcome cannot be read.
        OutcomeUnclear = "outcome_unclear",
        /// The row is cut short or its cells do not fit the heading.
        RowBroken = "row_broken",
        /// A later bulletin corrects the one that it stands in. Worked out from the ledger, never written into a table.
        Corrected = "corrected",
    }
}

impl LedgerRow {
    /// The outcome in law, which is the re-test's where there was one; `None` where it cannot be read.
    pub fn outcome(&self) -> Option<Outcome> {
        self.first_test.map(|first_test| self.facts(first_test, Role::Producer).outcome())
    }

    /// The firms to which the row is booked, unless it is a duplicate: those that it names; or, where its cell seemed
    /// unclear, the one firm that the register knows by exactly that text.
    pub fn bookable(&self, register: &Register) -> Result<Cow<'_, [Party]>, Reason> {
        match self.set_aside {
            None => Ok(Cow::Borrowed(&self.parties)),
            Some(Reason::NotAFirm | Reason::SeveralProducers)
                if self.first_test.is_some()
                    && register.by_name(&self.producer_printed, self.day).is_some() =>
            {
                Ok(Cow::Owned(vec![Party { name: self.producer_printed.clone(), role: Role::Producer }]))
            }
            Some(reason) => Err(reason),
        }
    }

    /// What a policy judges of the row for a firm in this role.
    pub(super) const fn facts(&self, first_test: Outcome, role: Role) -> Facts {
        Facts {
            day_from: self.day_from,
            first_test,
            retest: self.retest,
            follow_up: self.follow_up,
            standing: self.standing,
            role,
        }
    }
}

impl Reason {
    /// What a person can do about a row that is set aside for this reason.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::ProducerMissing => {
                "look up the producer on the body's site; where its empty cells mean the inspected firm, write inspected into empty_producer of index.csv"
            }
            Self::SeveralProducers => {
                "find out who made it and in which role the others stand; where it is one firm's name, add it to the register"
            }
            Self::NotAFirm => "find out whose brand it is; where it is a firm's name, add it to the register",
            Self::OutcomeUnclear => "read the row in the original and correct the copy that was ingested",
            Self::RowBroken => {
                "compare the row with the original and mend its cells in the copy that was ingested"
            }
            Self::Corrected => "nothing: the correction counts in its place",
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::sampling::{Level, Lists};

    /// A made-up bulletin with rows of one made-up firm.
    pub(crate) fn bulletin(id: &str, published_on: &str, rows: u32) -> LedgerBulletin {
        LedgerBulletin {
            bulletin: Bulletin {
                id: id.into(),
                body: "云州市市场监督管理局".into(),
                level: Level::Municipal,
                division: "449900".parse().unwrap(),
                published_on: published_on.parse().unwrap(),
                inspection_year: None,
                title: "云州市灯具产品质量监督抽查结果".into(),
                url: String::new(),
                lists: Lists::All,
                rows,
            },
            file: format!("{id}.csv"),
            corrects: None,
            rows: (1..=rows).map(row).collect(),
        }
    }

    /// A made-up clean row.
    pub(crate) fn row(row: u32) -> LedgerRow {
        LedgerRow {
            row,
            parties: vec![Party { name: "云帆灯饰有限公司".into(), role: Role::Producer }],
            set_aside: None,
            producer_printed: "云帆灯饰有限公司".into(),
            product: "台灯".into(),
            product_class: "灯具".into(),
            brand: "云帆".into(),
            model: "T1".into(),
            batch: format!("B{row}"),
            sample_number: String::new(),
            day: "2021-05-01".parse().unwrap(),
            day_from: DayFrom::Published,
            first_test: Some(Outcome::Conforming),
            retest: Retest::NotAsked,
            follow_up: FollowUp::Unknown,
            standing: Standing::Final,
            failed_items: vec![],
            remark: String::new(),
        }
    }
}
