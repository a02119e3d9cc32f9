//! The verified list in the browser's storage, whole or not at all (`www/browser.js` says how). What is read back is
//! untrusted: signatures, file and columns are verified again before the list answers.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::browser;
use super::changes::Changes;
use super::list::{Columns, Parts};
use crate::trust::Store;

/// What is kept of a list.
pub(crate) struct Kept {
    /// The repository's metadata as received.
    pub(crate) store: Store,
    /// The edition, and what goes with it.
    pub(crate) parts: Parts,
}

/// The list in use, if there is one and the browser hands it out.
pub(crate) async fn load() -> Option<Kept> {
    Kept::read(&JsFuture::from(browser::load()).await.ok()?)
}

/// Keeps a list in place of the one before.
///
/// # Errors
/// What the browser said: storage forbidden, full or taken away.
pub(crate) async fn keep(kept: &Kept) -> Result<(), JsValue> {
    JsFuture::from(browser::keep(&kept.to_record()?)).await.map(drop)
}

impl Kept {
    fn to_record(&self) -> Result<JsValue, JsValue> {
        let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
        let record = Object::new();
        let set = |key: &str, value: JsValue| Reflect::set(&record, &key.into(), &value);
        set("roots", self.store.roots.iter().map(|root| bytes(root)).collect::<Array>().into())?;
        set("timestamp", bytes(&self.store.timestamp))?;
        set("snapshot", bytes(&self.store.snapshot))?;
        set("targets", bytes(&self.store.targets))?;
        set("edition", bytes(&self.parts.edition))?;
        if let Some(columns) = &self.parts.columns {
            set("columns", bytes(&columns.bytes))?;
        }
        if let Some(key_set) = &self.parts.key_set {
            set("keys", bytes(key_set))?;
        }
        if let Some(changes) = &self.parts.changes {
            set("changes", changes.to_text().into())?;
        }
        Ok(record.into())
    }

    fn read(record: &JsValue) -> Option<Self> {
        let get = |key: &str| Reflect::get(record, &key.into()).ok();
        let bytes = |value: JsValue| Some(value.dyn_into::<Uint8Array>().ok()?.to_vec());
        let roots = get("roots")?.dyn_into::<Array>().ok()?;
        let store = Store {
            roots: roots.iter().map(bytes).collect::<Option<_>>()?,
            timestamp: bytes(get("timestamp")?)?,
            snapshot: bytes(get("snapshot")?)?,
            targets: bytes(get("targets")?)?,
            delegated: Vec::new(),
        };
        let parts = Parts {
            edition: bytes(get("edition")?)?,
            columns: get("columns").and_then(bytes).zip(get("columnsHash").and_then(bytes)).map(Columns::of),
            key_set: get("keys").and_then(bytes),
            changes: get("changes").and_then(|text| Changes::parse(&text.as_string()?)),
        };
        Some(Self { store, parts })
    }
}
