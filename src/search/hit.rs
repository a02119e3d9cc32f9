//! What a search finds.

use crate::sampling::closed_set;

closed_set! {
    /// Which field of a firm matched.
    pub enum Field {
        /// The name.
        Name = "name",
        /// A name that the firm bore before.
        FormerName = "former_name",
        /// A trade mark.
        TradeMark = "trade_mark",
        /// The credit code.
        Code = "code",
        /// The GS1 company prefix of a barcode: who owns the number, not who made the thing.
        Barcode = "barcode",
    }
}

/// A firm that fits a question.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    /// Its place in the edition.
    pub firm: usize,
    /// What matched.
    pub field: Field,
    /// The text of that field.
    pub text: String,
    /// The matched stretches of that text, as half-open ranges of UTF-16 code units.
    pub ranges: Vec<[u32; 2]>,
}

/// How well a firm fits; smaller is better, compared from the first part to the last.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Rank {
    /// 0 the whole field, 1 its beginning, 2 anywhere.
    pub place: u8,
    /// The field, in the order of [`Field::ALL`].
    pub field: Field,
    /// 0 for the longest tier, one more for each shorter; the most for none.
    pub tier: u8,
    /// Bytes of the field: of two that fit, the shorter holds less that was not asked for.
    pub length: u32,
    /// Place in the edition, to settle the rest.
    pub firm: u32,
}
