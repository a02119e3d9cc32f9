//! The web app: screens over the checker, in plain `web-sys`, under Trusted Types and a strict content policy.
//!
//! What needs no browser (texts, days in words, addresses, the picture of a history) is compiled everywhere, so that
//! it is tested natively; the rest exists on wasm32 only.
//!
//! ```text
//! screens                     what the page shows of an answer
//! frame · standing · seal     around every screen
//! app                         what is known, what changes it
//! update · list               getting a list, verifying it, putting it into use
//! rest · doors                what comes later, and the ways into it
//! transport · storage · clock · settings · camera · scanner · pace · browser     what surrounds the app
//! view · icons                elements and events
//! texts · phrase · language · places · route · timeline · fault · changes · remembered     pure
//! ```

pub mod changes;
pub mod fault;
mod language;
mod phrase;
pub mod places;
pub mod remembered;
pub mod route;
mod texts;
pub mod timeline;

#[cfg(target_arch = "wasm32")]
#[allow(clippy::module_inception, reason = "the app itself is one noun among those of its room")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod camera;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod doors;
#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod icons;
#[cfg(target_arch = "wasm32")]
mod list;
#[cfg(target_arch = "wasm32")]
mod pace;
#[cfg(target_arch = "wasm32")]
mod rest;
#[cfg(target_arch = "wasm32")]
mod scanner;
#[cfg(target_arch = "wasm32")]
mod screens;
#[cfg(target_arch = "wasm32")]
mod seal;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod standing;
#[cfg(target_arch = "wasm32")]
mod storage;
#[cfg(target_arch = "wasm32")]
mod transport;
#[cfg(target_arch = "wasm32")]
mod update;
#[cfg(target_arch = "wasm32")]
mod view;

pub use language::Language;
pub use texts::Text;

#[cfg(target_arch = "wasm32")]
pub use app::start;
#[cfg(target_arch = "wasm32")]
use app::{App, Checking, go, today};
