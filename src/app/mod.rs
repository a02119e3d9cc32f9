//! The web app: screens over the checker, in plain `web-sys`, under Trusted Types and a strict content policy.
//!
//! What needs no browser (texts, days in words, addresses, the picture of a history) is compiled everywhere, so that
//! it is tested natively; the rest exists on wasm32 only.

mod language;
mod phrase;
pub mod places;
pub mod route;
mod texts;
pub mod timeline;

pub use language::Language;
pub use texts::Text;
