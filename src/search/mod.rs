//! Which firm: from what a person types or scans to the firms of an edition.
//!
//! One box takes anything: a name or part of one, several parts in any order, a former name, a credit code in any
//! dress or buried in a link, a barcode. What was typed is understood by [`Query`]; [`Index`] holds what is scanned.
//! Nothing is downloaded for searching: the index is one string, made from the names when an edition is opened.

mod hit;
mod index;
mod near_code;
mod query;

pub use hit::{Field, Hit, Rank};
pub use index::Index;
pub use near_code::is_one_edit_away;
pub use query::Query;
