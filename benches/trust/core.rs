//! A client of a TUF repository and nothing else, as small as the library lets a browser have it: `make bench-trust`
//! weighs it against the budget for the trust core.
#![cfg(target_arch = "wasm32")]

use hongbang::Problem;
use hongbang::trust::{Reply, Store, Target, TrustError, Trusted, Updater, UtcSeconds, reverify};
use wasm_bindgen::prelude::*;

/// An update: ask for a path, give the bytes, until a target can be verified.
#[wasm_bindgen]
pub struct Client {
    updater: Option<Updater>,
    trusted: Option<Trusted>,
}

#[wasm_bindgen]
impl Client {
    /// Begins from the pinned root; `seconds` is the time since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(pinned_root: &[u8], seconds: i64) -> Result<Client, JsValue> {
        let now = UtcSeconds::from_epoch_seconds(seconds).ok_or(JsValue::NULL)?;
        let updater = Updater::start(pinned_root, None, now).map_err(|error| thrown(&error))?;
        Ok(Self { updater: Some(updater), trusted: None })
    }

    /// Takes what was stored, and verifies it again.
    #[wasm_bindgen(js_name = fromStored)]
    pub fn from_stored(
        pinned_root: &[u8],
        timestamp: Vec<u8>,
        snapshot: Vec<u8>,
        targets: Vec<u8>,
        root: Vec<u8>,
    ) -> Result<Client, JsValue> {
        let store = Store { timestamp, snapshot, targets, roots: vec![root], delegated: vec![] };
        let trusted = reverify(pinned_root, store).map_err(|error| thrown(&error))?;
        Ok(Self { updater: None, trusted: Some(trusted) })
    }

    /// The path of what to fetch next.
    pub fn request(&self) -> Option<String> {
        self.updater.as_ref()?.request().map(|request| request.path)
    }

    /// The bytes that were asked for, or nothing where the repository has no such file.
    pub fn reply(&mut self, bytes: Option<Vec<u8>>) -> Result<(), JsValue> {
        let mut updater = self.updater.take().ok_or(JsValue::NULL)?;
        updater.reply(bytes.map_or(Reply::NotFound, Reply::Found)).map_err(|error| thrown(&error))?;
        match updater.request() {
            Some(_) => self.updater = Some(updater),
            None => self.trusted = Some(updater.finish().map_err(|error| thrown(&error))?),
        }
        Ok(())
    }

    /// The bytes of a target, if they are what the publisher signed.
    pub fn target(&self, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, JsValue> {
        let mut targets = self.trusted.as_ref().ok_or(JsValue::NULL)?.targets();
        let target: Target = targets.find(|target| target.name() == name).ok_or(JsValue::NULL)?;
        Ok(target.verify(bytes).map_err(|error| thrown(&error))?.into_bytes())
    }

    /// What to keep for the next start: timestamp, snapshot, targets.
    pub fn stored(&self) -> Option<Vec<js_sys::Uint8Array>> {
        let store = self.trusted.as_ref()?.store();
        Some([store.timestamp, store.snapshot, store.targets].map(|file| file.as_slice().into()).into())
    }
}

fn thrown(error: &TrustError) -> JsValue {
    JsValue::from_str(error.code())
}
