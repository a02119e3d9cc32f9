//! What the tests of the snapshot share.

pub(crate) mod arbitrary;
pub(crate) mod made_up;
