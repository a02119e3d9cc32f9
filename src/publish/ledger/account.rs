//! The account: what became of every row of every bulletin.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Evidence, Ledger, Reason, duplicates};
use crate::Day;

/// What became of every row. `rows` = `booked` + `duplicates` + `set_aside`, in all and for each bulletin.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Account {
    /// Rows in.
    pub rows: u64,
    /// Rows booked to at least one firm.
    pub booked: u64,
    /// Rows that are one sampling with a booked one.
    pub duplicates: u64,
    /// Rows booked to nobody.
    pub set_aside: u64,
    /// The same for each bulletin, in the ledger's order.
    pub bulletins: Vec<BulletinAccount>,
    /// How many rows are set aside for which reason; reasons that do not occur are left out.
    pub reasons: BTreeMap<&'static str, u64>,
    /// What became of each row, by place of its bulletin in the ledger and place of the row in the bulletin.
    #[serde(skip)]
    pub fates: Vec<Vec<Fate>>,
}

/// What became of the rows of one bulletin.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct BulletinAccount {
    /// The file that it was read from.
    pub file: String,
    /// Rows in.
    pub rows: u64,
    /// Rows booked.
    pub booked: u64,
    /// Duplicates.
    pub duplicates: u64,
    /// Rows booked to nobody.
    pub set_aside: u64,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It is booked to the firms that it names.
    Booked,
    /// It is one sampling with a booked row.
    Duplicate {
        /// The place of that row's bulletin in the ledger.
        bulletin: usize,
        /// That row's number, from 1.
        row: u32,
    },
    /// It is booked to nobody.
    SetAside(Reason),
}

/// A row that is booked to nobody, for a person to look at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SetAsideRow<'a> {
    /// The file of its bulletin.
    pub file: &'a str,
    /// Its number, from 1.
    pub row: u32,
    /// The producer's cell as printed.
    pub producer: &'a str,
    /// Why.
    pub reason: Reason,
}

impl Account {
    /// The account of a whole ledger. It does not depend on the order in which bulletins came.
    pub fn of(ledger: &Ledger) -> Self {
        Self::of_evidence(&Evidence::of(ledger))
    }

    /// The same of a ledger that is not in memory.
    pub fn of_evidence(evidence: &Evidence) -> Self {
        let fates = duplicates::fates(evidence, Day::MAX);
        let mut account = Self { fates: fates.into_iter().flatten().collect(), ..Self::default() };
        for (bulletin, fates) in evidence.bulletins.iter().zip(&account.fates) {
            let mut own = BulletinAccount { file: bulletin.file.clone(), ..BulletinAccount::default() };
            for fate in fates {
                own.rows += 1;
                match fate {
                    Fate::Booked => own.booked += 1,
                    Fate::Duplicate { .. } => own.duplicates += 1,
                    Fate::SetAside(reason) => {
                        own.set_aside += 1;
                        *account.reasons.entry(reason.word()).or_default() += 1;
                    }
                }
            }
            account.rows += own.rows;
            account.booked += own.booked;
            account.duplicates += own.duplicates;
            account.set_aside += own.set_aside;
            account.bulletins.push(own);
        }
        account
    }

    /// Every row that is booked to nobody, with why. `ledger` is the one that the account is of.
    pub fn set_aside_rows<'a>(&'a self, ledger: &'a Ledger) -> impl Iterator<Item = SetAsideRow<'a>> {
        ledger.bulletins.iter().zip(&self.fates).flat_map(|(bulletin, fates)| {
            bulletin.rows.iter().zip(fates).filter_map(|(row, fate)| match fate {
                Fate::SetAside(reason) => Some(SetAsideRow {
                    file: &bulletin.file,
                    row: row.row,
                    producer: &row.producer_printed,
                    reason: *reason,
                }),
                _ => None,
            })
        })
    }

    /// The file `account.json`.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("counts and names are JSON");
        text.push(b'\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bulletin, row};
    use super::super::{LedgerRow, Register};
    use super::*;
    use crate::firm::RegisterEntry;

    fn ledger() -> Ledger {
        let mut first = bulletin("a", "2020-05-01", 3);
        let glued = "云帆集团河北星海灯饰有限公司";
        first.rows[1] = LedgerRow {
            parties: vec![],
            set_aside: Some(Reason::SeveralProducers),
            producer_printed: glued.into(),
            ..row(2)
        };
        Ledger { bulletins: vec![first, bulletin("b", "2021-05-01", 1)], ..Ledger::default() }
    }

    #[test]
    fn every_row_is_accounted_for() {
        let account = Account::of(&ledger());
        assert_eq!(
            String::from_utf8(account.to_json()).unwrap(),
            "{\n  \"rows\": 4,\n  \"booked\": 2,\n  \"duplicates\": 1,\n  \"set_aside\": 1,\n  \"bulletins\": [\n    \
             {\n      \"file\": \"a.csv\",\n      \"rows\": 3,\n      \"booked\": 2,\n      \"duplicates\": 0,\n      \
             \"set_aside\": 1\n    },\n    {\n      \"file\": \"b.csv\",\n      \"rows\": 1,\n      \"booked\": 0,\n      \
             \"duplicates\": 1,\n      \"set_aside\": 0\n    }\n  ],\n  \"reasons\": {\n    \
             \"several_producers\": 1\n  }\n}\n"
        );
        let ledger = ledger();
        let aside: Vec<_> =
            account.set_aside_rows(&ledger).map(|row| (row.file, row.row, row.reason)).collect();
        assert_eq!(aside, [("a.csv", 2, Reason::SeveralProducers)]);
    }

    #[test]
    fn a_register_that_knows_the_whole_text_books_it() {
        let mut known = ledger();
        let entry = RegisterEntry {
            code: "914403000006038216".parse().unwrap(),
            name: "云帆集团河北星海灯饰有限公司".into(),
            former_names: vec![],
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
        };
        known.register = Register::new([entry]).unwrap();
        assert_eq!(Account::of(&known).set_aside, 0);
    }
}
