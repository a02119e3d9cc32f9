//! The edition (期): the list as of one day under one policy, with the evidence behind it, in columns.
//!
//! This is what a snapshot decodes to and what rule and search read: no allocation a firm, texts in one string a
//! column. An edition keeps one order, so that equal lists are equal values: see [`Edition`].

mod alphabet;
mod builder;
mod firms;
mod gathered;
mod samplings;
#[cfg(test)]
pub(crate) mod testing;
mod text;
pub(crate) mod unpacked;

pub use alphabet::{Alphabet, Kin, Variant};
pub use builder::{EditionBuilder, FirmRecord, SamplingRecord};
pub use firms::Firms;
pub use gathered::{Gathered, GatheredFirm, GatheredSampling};
pub use samplings::Samplings;
pub use text::TextColumn;
pub(crate) use text::distinct_characters;

use crate::rule::{Columns, Counting, Judge, Mark, Policy, Streak};
use crate::sampling::{Bulletin, closed_set};
use crate::{CreditCode, Day};

/// The list as of one day.
///
/// Order, which makes equal lists equal values:
/// - bulletins by publication day, then id; only those published on or before the as-of day;
/// - product classes and lists of failed items by their bytes, each once; the list without items is always there
///   and, being the shortest, is list 0;
/// - firms with a credit code first, by code, then firms known by name alone, by the bytes of their name;
/// - the samplings of a firm by day, bulletin, row, role.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edition {
    /// Running number of the list's editions, from 1.
    pub number: u32,
    /// The day on which the list stands.
    pub as_of: Day,
    /// Which firms it holds.
    pub scope: Scope,
    /// The policy that judged it.
    pub policy: Policy,
    /// Whether it is made up (示例): a demonstration that must say so wherever a person sees it.
    pub reality: Reality,
    /// The bulletins that it covers.
    pub bulletins: Vec<Bulletin>,
    /// Product classes as the bulletins print them.
    pub product_classes: TextColumn,
    /// Lists of failed items, items separated by a line feed; list 0 is empty.
    pub failed_items: TextColumn,
    /// The firms.
    pub firms: Firms,
    /// Their samplings.
    pub samplings: Samplings,
    /// How the characters of their names are read and else written.
    pub alphabet: Alphabet,
}

closed_set! {
    /// Which firms an edition holds.
    pub enum Scope {
        /// The firms that earn a tier.
        Listed = "listed",
        /// Every firm that was inspected.
        Inspected = "inspected",
    }
}

closed_set! {
    /// Whether an edition speaks of real firms.
    pub enum Reality {
        /// It does.
        Real = "real",
        /// It is made up: 示例.
        Demo = "demo",
    }
}

/// What the evidence says of one firm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// Its streak, where it has one.
    pub streak: Option<Streak>,
    /// Its tier, as a place in the policy's tiers, where it stands on the list.
    pub tier: Option<u8>,
}

impl Edition {
    /// What each sampling is to the streak under `policy`, in the order of the samplings.
    pub fn marks(&self, policy: &Policy) -> Vec<Mark> {
        let samplings = self.samplings.days.iter().zip(&self.samplings.facts);
        samplings.map(|(day, facts)| Counting::of(facts, *day, policy, self.as_of).mark()).collect()
    }

    /// Recomputes every firm's streak and tier from the evidence, under the edition's own policy.
    pub fn recompute(&self) -> Vec<Verdict> {
        self.recompute_under(&self.policy)
    }

    /// The same under another policy, as the rule laboratory asks.
    pub fn recompute_under(&self, policy: &Policy) -> Vec<Verdict> {
        let judge = Judge::new(policy, self.as_of);
        let marks = self.marks(policy);
        let columns =
            Columns { firsts: &self.firms.first_samplings, days: &self.samplings.days, marks: &marks };
        let verdict = |(firm, streak): (usize, Option<Streak>)| {
            let tier = streak.as_ref().and_then(|streak| judge.tier(streak));
            let tier =
                tier.filter(|_| self.is_admitted(firm, policy)).and_then(|place| u8::try_from(place).ok());
            Verdict { streak, tier }
        };
        judge.streaks(columns).enumerate().map(verdict).collect()
    }

    /// Whether the policy's division lets this firm stand on the list.
    pub fn is_admitted(&self, firm: usize, policy: &Policy) -> bool {
        match &policy.division {
            None => true,
            Some(prefix) => self.firms.divisions[firm].is_some_and(|division| division.lies_in(prefix)),
        }
    }

    /// The place of the firm with this code.
    pub fn firm_by_code(&self, code: &CreditCode) -> Option<usize> {
        let coded = self.firms.codes.partition_point(Option::is_some);
        self.firms.codes[..coded].binary_search(&Some(*code)).ok()
    }
}
