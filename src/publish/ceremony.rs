#![doc = include_str!("CEREMONY.md")]

mod changes;
mod staged;

pub use changes::{Change, Changes};
pub(crate) use changes::{holders_of, next_root};
pub use staged::{Signed, Staged};
