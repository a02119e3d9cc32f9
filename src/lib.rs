//! The map of the house: what is where, and the public names. No logic lives here.
//!
//! Everything above the line `publish` is pure: bytes and a day go in, values come out. No module there reads a
//! clock, a disk, a network or global state. Dependencies point downward only:
//!
//! ```text
//! wasm · app · publish            faces: browser, terminal
//! checker                         the door: verified bytes in, `Answer` out
//! scan                            what a picture holds, and what that means
//! search · certificate · snapshot which firm · on paper · the bytes
//! rule            trust           therefore · from whom (the two do not know each other)
//! edition                         the list as of one day, in columns
//! sampling · firm                 what · who
//! day · problem · quoted · pace   a civil day · how everything here says no · when it pauses
//! ```

// What browsers load is built for size, but for a few loops in which they spend their time: see SMALL in the Makefile; and
// what they should optimise soon is no part of something long: see WASM_PASSES there.
#![cfg_attr(hongbang_small, feature(optimize_attribute))]

#[cfg(any(target_arch = "wasm32", test))]
pub mod app;
pub mod certificate;
pub mod checker;
pub mod day;
pub mod edition;
pub mod firm;
mod number;
pub mod pace;
pub mod problem;
#[cfg(not(target_arch = "wasm32"))]
pub mod publish;
mod quoted;
pub mod rule;
pub mod sampling;
#[cfg(any(target_arch = "wasm32", test))]
pub mod scan;
pub mod search;
pub mod snapshot;
pub mod trust;
#[cfg(all(target_arch = "wasm32", feature = "npm"))]
pub mod wasm;

pub use day::Day;
pub use edition::Edition;
pub use firm::{CreditCode, Division};
pub use problem::Problem;
pub use rule::Policy;
