//! The door: verified bytes in, [`Answer`] out.

mod answer;

pub use answer::*;
