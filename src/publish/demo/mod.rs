//! The demo: a made-up ledger of the real list's size and shape, everything in it marked 示例.
//!
//! [`ledger`] makes the same ledger from the same size and seed on every machine: bulletins from 2011 to October
//! 2025 and the register that books them. Judged under the default policy with division `44`, the default size
//! lists exactly what was published:
//!
//! | as of | firms | 十年榜 | 五年榜 | 三年榜 |
//! |---|---|---|---|---|
//! | 2025-03-14 | 4,895 | 916 | 1,617 | 2,362 |
//! | 2025-10-31 | 5,416 | 936 | 1,534 | 2,946 |
//!
//! The counts are exact by construction (see `fates.rs`), not by luck of the seed.
//!
//! # Nobody in it is real
//!
//! - A name's distinctive part joins a character of weather, water or woods with one of old tools (霁榫, 岫橹): two
//!   closed lists of characters that are rare in names of firms, in pairs that are no word. One who has seen three of
//!   them recognises the fourth. A test compares all of them with real names where a list of such is at hand.
//! - A credit code says county 60 to 69 of its city. GB/T 2260 numbers no county so high, so no authority issues it;
//!   for all that it passes both checks and has a real one's entropy.
//! - GS1 prefixes begin with 952, which GS1 keeps for demonstrations and examples.
//! - Every body is called …（示例）, every title begins with 【示例】, and every address is under `example.invalid`,
//!   which never resolves: no authority is quoted with a result that it did not publish.
//!
//! # Where to find the odd cases
//!
//! [`examples()`] points at rows of each; by hand:
//!
//! | case | how to find it |
//! |---|---|
//! | counterfeit, or the firm denies having made it: the firm stays listed | standing `disowned`; the first is on a ten-year firm |
//! | re-test confirmed the failure, or overturned it | re-test `upheld` or `overturned` |
//! | corrected, and a failure all the same | follow-up `passed` |
//! | objection or re-test running | standing `pending`, published since the summer of 2025 |
//! | taken back by the authority | standing `withdrawn` |
//! | one sampling in two bulletins of a body, or twice in one | equal sample numbers |
//! | a renamed firm | the register's former names; rows until that day print the old one |
//! | made for another firm | two parties, `principal` and `contractor` |
//! | filled or packed; imported; sold | roles `filler`, `importer`, `dealer` |
//! | a pass and a failure on one day | two rows of a firm in one bulletin, one with failed items |
//! | a branch apart from its company | names that end in 分公司 |
//! | a firm in no register | names that the register does not know |
//! | one firm in many prints | half-width brackets, a space or a line break; once in a while Traditional characters |
//! | a firm of another province with a clean streak | divisions that do not begin with 44 |
//! | a row that names nobody | `set_aside`: each of the reasons occurs |
//!
//! What it does not do: it holds no bulletin before 2011 or after the second edition, no correction notice, and no
//! name that passed from one firm to another.

mod bulletins;
mod calendar;
mod cities;
mod codes;
mod dice;
mod examples;
mod fates;
mod findings;
mod firms;
mod histories;
mod names;
mod rows;
mod size;
mod trades;
mod words;

pub use examples::{Case, Example, examples};
pub use size::Size;

use self::calendar::Calendar;
use self::firms::MadeFirm;
use self::histories::Draft;
use super::ledger::{Ledger, LedgerBulletin};
use crate::firm::Register;

/// What every made-up body and title carries: 示例, "example". A ledger that holds it makes made-up lists only.
pub const MARK: &str = "示例";

/// Makes the whole ledger of a size from a seed.
pub fn ledger(size: Size, seed: u64) -> Ledger {
    let demo = Demo::new(size, seed);
    Ledger { register: demo.register(), bulletins: demo.bulletins().collect() }
}

/// A demo before it is printed: 40 bytes a row, where a printed row takes some hundreds. For demos of a
/// million firms, whose bulletins are better written one after the other.
pub struct Demo {
    size: Size,
    seed: u64,
    firms: Vec<MadeFirm>,
    calendar: Calendar,
    /// In the order of print.
    drafts: Vec<Draft>,
}

impl Demo {
    /// Draws everything that chance decides, but prints nothing yet.
    pub fn new(size: Size, seed: u64) -> Self {
        let firms = firms::firms(size, seed);
        let calendar = Calendar::new(seed);
        let mut drafts = histories::histories(&firms, &calendar, size, seed);
        let mut demo = Self { size, seed, firms, calendar, drafts: Vec::new() };
        drafts.sort_by_key(|draft| bulletins::print_order(&demo, draft));
        demo.drafts = drafts;
        demo
    }

    /// The register that books the names.
    ///
    /// # Panics
    /// Never: codes are given once and names are not empty.
    pub fn register(&self) -> Register {
        Register::new(self.firms.iter().filter_map(MadeFirm::entry)).expect("codes are given once")
    }

    /// The bulletins, by publication day, then id.
    pub fn bulletins(&self) -> impl Iterator<Item = LedgerBulletin> {
        let campaigns = self.drafts.chunk_by(|a, b| a.campaign == b.campaign);
        campaigns.flat_map(|drafts| bulletins::bulletins(self, drafts))
    }
}

/// Which stream of chance decides what.
mod streams {
    /// Names, codes, places.
    pub(super) const FIRMS: u64 = 1;
    /// Who publishes when.
    pub(super) const CALENDAR: u64 = 2;
    /// What was sampled of whom.
    pub(super) const HISTORIES: u64 = 3;
    /// From here on, one for each row.
    pub(super) const ROWS: u64 = 1 << 32;
}
