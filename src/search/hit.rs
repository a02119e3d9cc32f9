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
    /// Whether the question may well mean this text: it stands there as it is, by sound, or but for a likely slip.
    pub is_close: bool,
}
