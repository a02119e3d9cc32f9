//! A bulletin (通告, 公告): one published table of samplings, and what may be concluded from it.

use serde::Serialize;

use super::facts::closed_set;
use crate::{Day, Division};

/// What the edition keeps of a bulletin that it covers.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Bulletin {
    /// A short name, unique in the ledger: letters, digits, `-`, `_` and `.` (the file's name without its ending).
    pub id: String,
    /// The body that published it.
    pub body: String,
    /// That body's level.
    pub level: Level,
    /// That body's division; `000000` for the nation.
    pub division: Division,
    /// The day of publication.
    pub published_on: Day,
    /// The year of the inspection, where the bulletin states it.
    pub inspection_year: Option<i32>,
    /// Its title; may be empty.
    pub title: String,
    /// Its official address; may be empty.
    pub url: String,
    /// Whether it lists every result or failures only. From failures only, nobody's clean streak can be proved.
    pub lists: Lists,
    /// Rows of its tables, each accounted for.
    pub rows: u32,
}

closed_set! {
    /// The level of the body that published a bulletin.
    pub enum Level {
        /// The State Administration for Market Regulation.
        National = "national",
        /// A province, autonomous region or municipality under the central government.
        Provincial = "provincial",
        /// A prefecture-level city.
        Municipal = "municipal",
        /// A county or district.
        County = "county",
    }
}

closed_set! {
    /// What a bulletin lists.
    pub enum Lists {
        /// Every result.
        All = "all",
        /// Failures only.
        FailuresOnly = "failures_only",
    }
}
