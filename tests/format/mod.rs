//! What the tests of the snapshot share. Each test file uses a part of it, and all of it is test.
#![allow(dead_code, clippy::unwrap_used)]

pub(crate) mod arbitrary;
pub(crate) mod dump;
pub(crate) mod example;
pub(crate) mod made_up;
