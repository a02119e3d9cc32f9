//! At what pace the app works: it pauses often enough for the page to paint and to listen.

use wasm_bindgen_futures::JsFuture;

use super::browser;
use crate::pace::{Pace, Pause};

/// Pauses whenever the page had to wait for some milliseconds (`www/browser.js` says how many).
pub(crate) struct Considerate;

impl Pace for Considerate {
    fn pause(&self) -> Option<Pause> {
        let pause = JsFuture::from(browser::pause()?);
        // Whatever ends it, it is over.
        Some(Box::pin(async { drop(pause.await) }))
    }
}
