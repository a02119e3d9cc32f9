//! Rows that show each odd case.

use std::collections::{BTreeMap, HashMap};

use crate::Day;
use crate::firm::{Register, normal_form};
use crate::publish::ledger::{Evidence, Fate, Ledger, LedgerRow, fates, simplified};
use crate::sampling::{FollowUp, Outcome, Retest, Role, Standing, closed_set};

closed_set! {
    /// An odd case that a demo holds.
    pub enum Case {
        /// A counterfeit, or the named firm denies having made it.
        Disowned = "disowned",
        /// An objection or a re-test is running.
        Pending = "pending",
        /// The authority took the result back.
        Withdrawn = "withdrawn",
        /// The reserve sample conformed.
        Overturned = "overturned",
        /// The reserve sample failed as well.
        Upheld = "upheld",
        /// Corrected, and a failure all the same.
        Corrected = "corrected",
        /// Made by one firm for another.
        Commissioned = "commissioned",
        /// Filled or packed by the firm.
        Filled = "filled",
        /// Sold or imported, not made, by the firm.
        Sold = "sold",
        /// Printed under a name that the firm bore then.
        FormerName = "former_name",
        /// A branch, which is a firm apart from its company.
        Branch = "branch",
        /// A name that the register does not know.
        NameAlone = "name_alone",
        /// A name in Traditional characters, which the publisher's tables fold.
        Traditional = "traditional",
        /// A second row on one sampling.
        Duplicate = "duplicate",
        /// A pass and a failure of one firm on one day.
        PassAndFailure = "pass_and_failure",
        /// A row that is booked to nobody.
        SetAside = "set_aside",
    }
}

/// A row that shows a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Example {
    /// Which case.
    pub case: Case,
    /// The bulletin's id.
    pub bulletin: String,
    /// The bulletin's row.
    pub row: u32,
    /// The producer's cell as printed.
    pub producer_printed: String,
}

/// Finds up to `most` rows of each case, the newest first, in the order of [`Case::ALL`].
pub fn examples(ledger: &Ledger, most: usize) -> Vec<Example> {
    let mut found: BTreeMap<Case, Vec<Example>> = BTreeMap::new();
    let mut outcomes = Outcomes::default();
    for (bulletin, fates) in ledger.bulletins.iter().zip(fates(&Evidence::of(ledger), Day::MAX)) {
        for (row, fate) in bulletin.rows.iter().zip(fates.iter().flatten()) {
            for case in cases(&ledger.register, row, *fate, &mut outcomes) {
                found.entry(case).or_default().push(Example {
                    case,
                    bulletin: bulletin.bulletin.id.clone(),
                    row: row.row,
                    producer_printed: row.producer_printed.clone(),
                });
            }
        }
    }
    found.into_values().flat_map(|rows| rows.into_iter().rev().take(most)).collect()
}

/// What the rows before found of each name on each day.
type Outcomes = HashMap<(String, Day), Outcome>;

fn cases(register: &Register, row: &LedgerRow, fate: Fate, outcomes: &mut Outcomes) -> Vec<Case> {
    let Some(party) = row.parties.first() else { return vec![Case::SetAside] };
    let name = normal_form(&simplified(&party.name));
    let entry = register.by_name(&name, row.day);
    let marks = [
        (row.standing == Standing::Disowned, Case::Disowned),
        (row.standing == Standing::Pending, Case::Pending),
        (row.standing == Standing::Withdrawn, Case::Withdrawn),
        (row.retest == Retest::Overturned, Case::Overturned),
        (row.retest == Retest::Upheld && row.standing == Standing::Final, Case::Upheld),
        (row.follow_up == FollowUp::Passed, Case::Corrected),
        (row.parties.len() > 1, Case::Commissioned),
        (party.role == Role::Filler, Case::Filled),
        (matches!(party.role, Role::Dealer | Role::Importer), Case::Sold),
        (entry.is_some_and(|entry| normal_form(&entry.name) != name), Case::FormerName),
        (name.ends_with("分公司"), Case::Branch),
        (entry.is_none(), Case::NameAlone),
        (normal_form(&party.name) != name, Case::Traditional),
        (matches!(fate, Fate::Duplicate { .. }), Case::Duplicate),
        (contradicts(row, name, outcomes), Case::PassAndFailure),
    ];
    marks.into_iter().filter_map(|(shows, case)| shows.then_some(case)).collect()
}

/// Whether a row before found the opposite of the same firm on the same day.
fn contradicts(row: &LedgerRow, name: String, outcomes: &mut Outcomes) -> bool {
    if row.standing != Standing::Final {
        return false;
    }
    let Some(outcome) = row.outcome() else { return false };
    *outcomes.entry((name, row.day)).or_insert(outcome) != outcome
}
