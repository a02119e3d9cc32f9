//! Which firm: from what a person types or scans to the firms of an edition.
//!
//! One box takes anything: a name or part of one, several parts in any order, a former name, a trade mark, pinyin,
//! Traditional characters, a slip or two, a credit code in any dress or buried in a link, a barcode. What was typed
//! is understood by [`Query`]; [`Index`] finds.
//!
//! Nothing is downloaded for searching. When an edition is opened its names are laid out as numbers, one for all
//! writings of a character (`symbols`, `block`), with postings for all but the commonest characters and a bit a
//! name for each pair of initials that stand side by side in it. A question is tried as it stands (`part`), by pinyin
//! (`spelled`), with slips (`near`) and by what its characters sound like (`heard`), in that order, each only on the
//! names that its rarest characters or its initials leave over, until there are enough hits.

mod barcode;
mod block;
mod distinctive;
mod heard;
mod hit;
mod index;
mod label;
mod layout;
mod marks;
mod matcher;
mod near;
mod near_code;
mod overlap;
mod part;
mod partial_code;
mod query;
mod question;
mod sounds;
mod spelled;
mod symbols;
mod top;
mod whole_name;

pub use hit::{Field, Hit};
pub use index::Index;
pub use near_code::is_one_edit_away;
pub use query::{Query, codes_within};
pub use whole_name::is_whole_name;
