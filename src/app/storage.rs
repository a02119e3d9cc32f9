//! The verified list in `IndexedDB`: two slots and a pointer to the one in use, changed in one transaction, so that
//! there is always a whole list or none. What is read back is untrusted and verified again.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use super::changes::Changes;
use super::list::Parts;
use super::view::window;
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
    let database = open().await.ok()?;
    let slots = slots(&database, IdbTransactionMode::Readonly).ok()?.1;
    let pointer = get(&slots, POINTER).await.ok()?.as_string()?;
    let record = get(&slots, &pointer).await.ok()?;
    Kept::read(&record)
}

/// Keeps a list in the slot that is not in use, then points to it.
///
/// # Errors
/// What the browser said: storage forbidden, full or taken away.
pub(crate) async fn keep(kept: &Kept) -> Result<(), JsValue> {
    let database = open().await?;
    let (transaction, slots) = slots(&database, IdbTransactionMode::Readwrite)?;
    let finished = end_of(&transaction);
    let slot = if get(&slots, POINTER).await?.as_string().as_deref() == Some("a") { "b" } else { "a" };
    slots.put_with_key(&kept.to_record()?, &slot.into())?;
    slots.put_with_key(&slot.into(), &POINTER.into())?;
    JsFuture::from(finished).await.map(drop)
}

const DATABASE: &str = "hongbang";
const SLOTS: &str = "slots";
const POINTER: &str = "in use";

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or("this browser has no IndexedDB")?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let opening = request.clone();
    let create = Closure::once_into_js(move || {
        let database: Option<IdbDatabase> = opening.result().ok().map(JsCast::unchecked_into);
        // Without the object store every later step fails, and is told there.
        let _ = database.map(|database| database.create_object_store(SLOTS));
    });
    request.set_onupgradeneeded(Some(create.unchecked_ref()));
    Ok(done(&request).await?.unchecked_into())
}

fn slots(
    database: &IdbDatabase,
    mode: IdbTransactionMode,
) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
    let transaction = database.transaction_with_str_and_mode(SLOTS, mode)?;
    let slots = transaction.object_store(SLOTS)?;
    Ok((transaction, slots))
}

async fn get(slots: &IdbObjectStore, key: &str) -> Result<JsValue, JsValue> {
    done(&slots.get(&key.into())?).await
}

/// What a request gives once it has succeeded.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await?;
    request.result()
}

fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
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
            key_set: get("keys").and_then(bytes),
            changes: get("changes").and_then(|text| Changes::parse(&text.as_string()?)),
        };
        Some(Self { store, parts })
    }
}
