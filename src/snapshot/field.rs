//! Fields of which one text is often much like the last: titles and addresses of one issuer.

use super::coder::{Bit, Coder};
use super::models::Number;
use super::text_model::Kind;
use crate::number::{index, place};

/// A field, and what tells how many symbols its texts share with the last, from the first on.
pub(super) struct Field {
    pub(super) kind: Kind,
    all: Bit,
    some: Number,
}

impl Field {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, all: Bit::NEW, some: Number::new() }
    }

    /// Codes how many symbols are shared with `last`, which is empty before the first text: all of them, its end included,
    /// or how many. `None` where a reader meets more than there are.
    pub(super) fn shared(&mut self, coder: &mut impl Coder, last: &[u32], given: &[u32]) -> Option<usize> {
        let most = last.len().checked_sub(1);
        let Some(most) = most else { return Some(0) };
        let shared = given.iter().zip(last).take_while(|(given, last)| given == last).count();
        if coder.bit(&mut self.all, shared > most) {
            return Some(last.len());
        }
        let shared = index(self.some.code(coder, place(shared.min(most))));
        (shared <= most).then_some(shared)
    }
}
