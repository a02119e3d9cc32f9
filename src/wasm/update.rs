//! The updater as a conversation with JavaScript, which owns network and storage.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{Checker, thrown};
use crate::checker::{self, EditionTag, KeySetTag, Provenance};
use crate::trust::{
    Kind, Reply, Request, Store, Target, TrustError, Trusted, Updater, UtcSeconds, VerifiedTarget, reverify,
};

/// One update: ask for a request, give the reply, until a checker comes out.
#[wasm_bindgen]
pub struct Update(State);

enum State {
    Metadata(Box<Updater>),
    /// The key set of certificates, where the publisher has one, which is small; then the edition.
    KeySet(Box<Listed>, Target),
    Edition(Box<Listed>, Option<VerifiedTarget>),
    Done,
}

/// Verified metadata and the newest edition that it lists.
struct Listed {
    trusted: Trusted,
    edition: Target,
}

#[wasm_bindgen]
impl Update {
    /// Begins an update from the pinned root. `stored` is what an earlier update kept ([`Update::stored`]), or
    /// nothing; `seconds` is the time since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(pinned_root: &[u8], stored: Option<Array>, seconds: f64) -> Result<Update, JsValue> {
        let now = seconds_of(seconds).ok_or_else(|| JsValue::from_str("expected seconds since 1970"))?;
        let stored = stored.map(|files| store_of(&files));
        let updater = Updater::start(pinned_root, stored.as_ref(), now).map_err(|error| thrown(&error))?;
        Ok(Self(State::Metadata(Box::new(updater))))
    }

    /// What to fetch next: `{ folder, path, limit }`, the folder being `metadata` or `targets`; `undefined` at the
    /// end.
    pub fn request(&self) -> Option<Object> {
        let request = match &self.0 {
            State::Metadata(updater) => updater.request(),
            State::KeySet(_, target) => Some(target.request()),
            State::Edition(listed, _) => Some(listed.edition.request()),
            State::Done => None,
        };
        request.as_ref().map(request_object)
    }

    /// The bytes that were asked for, or nothing where the repository has no such file. Once the edition itself has
    /// come, gives `{ checker, files, edition, keySet }`: the checker and what to keep.
    pub fn reply(&mut self, bytes: Option<Vec<u8>>) -> Result<Option<Object>, JsValue> {
        match std::mem::replace(&mut self.0, State::Done) {
            State::Metadata(mut updater) => {
                updater.reply(bytes.map_or(Reply::NotFound, Reply::Found)).map_err(|error| thrown(&error))?;
                self.0 = if updater.request().is_some() {
                    State::Metadata(updater)
                } else {
                    Listed::of(updater.finish().map_err(|error| thrown(&error))?)?.first_target()
                };
                Ok(None)
            }
            State::KeySet(listed, target) => {
                self.0 = State::Edition(listed, Some(verified(target, bytes)?));
                Ok(None)
            }
            State::Edition(listed, key_set) => listed.open(bytes, key_set).map(Some),
            State::Done => Err(thrown(&TrustError::OutOfTurn)),
        }
    }
}

/// Opens what an earlier update kept, after verifying all of it again from the pinned root.
#[wasm_bindgen(js_name = openStored)]
pub fn open_stored(
    pinned_root: &[u8],
    files: &Array,
    edition: Vec<u8>,
    key_set: Option<Vec<u8>>,
) -> Result<Object, JsValue> {
    let trusted = reverify(pinned_root, store_of(files)).map_err(|error| thrown(&error))?;
    let listed = Listed::of(trusted)?;
    let key_set = match listed.key_set() {
        Some(target) => Some(verified(target, key_set)?),
        None => None,
    };
    listed.open(Some(edition), key_set)
}

impl Listed {
    fn of(trusted: Trusted) -> Result<Self, JsValue> {
        match EditionTag::newest(trusted.targets()) {
            Some(edition) => Ok(Self { trusted, edition }),
            None => Err(thrown(&TrustError::Missing { file: "edition".into() })),
        }
    }

    fn first_target(self) -> State {
        match self.key_set() {
            Some(key_set) => State::KeySet(Box::new(self), key_set),
            None => State::Edition(Box::new(self), None),
        }
    }

    /// The newest key set of certificates that is listed.
    fn key_set(&self) -> Option<Target> {
        KeySetTag::newest(self.trusted.targets())
    }

    /// `{ checker, files, edition, keySet }`.
    fn open(self, edition: Option<Vec<u8>>, key_set: Option<VerifiedTarget>) -> Result<Object, JsValue> {
        let edition = verified(self.edition, edition)?;
        let provenance = Provenance::Verified(self.trusted.freshness());
        let checker = checker::Checker::open(edition.bytes(), provenance).map_err(|error| thrown(&error))?;
        let key_set = key_set.map(VerifiedTarget::into_bytes);
        let object = Object::new();
        set(&object, "keySet", &key_set.as_deref().map(Uint8Array::from).into());
        set(&object, "checker", &Checker { checker, key_set }.into());
        set(&object, "files", &files_of(&self.trusted.store()));
        set(&object, "edition", &Uint8Array::from(edition.bytes()));
        Ok(object)
    }
}

fn verified(target: Target, bytes: Option<Vec<u8>>) -> Result<VerifiedTarget, JsValue> {
    let missing = TrustError::Missing { file: target.name().into() };
    let verified = bytes.ok_or(missing).and_then(|bytes| target.verify(bytes));
    verified.map_err(|error| thrown(&error))
}

fn request_object(request: &Request) -> Object {
    let object = Object::new();
    let folder = match request.kind {
        Kind::Metadata => "metadata",
        Kind::Target => "targets",
    };
    set(&object, "folder", &folder.into());
    set(&object, "path", &request.path.as_str().into());
    // Limits lie far below 2^32, above which a browser could not hold the file anyway.
    set(&object, "limit", &f64::from(u32::try_from(request.limit).unwrap_or(u32::MAX)).into());
    object
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // A fresh object takes any property.
    let _ = Reflect::set(object, &key.into(), value);
}

/// Timestamp, snapshot, targets, then the roots: an array of byte arrays, which any storage keeps.
fn files_of(store: &Store) -> Array {
    let files = [&store.timestamp, &store.snapshot, &store.targets].into_iter().chain(&store.roots);
    files.map(|file| Uint8Array::from(file.as_slice())).collect()
}

fn store_of(files: &Array) -> Store {
    let mut files = files.iter().map(|file| Uint8Array::new(&file).to_vec());
    let mut next = || files.next().unwrap_or_default();
    let (timestamp, snapshot, targets) = (next(), next(), next());
    Store { timestamp, snapshot, targets, roots: files.collect(), delegated: vec![] }
}

/// Whole seconds of what `Date.now() / 1000` gives.
fn seconds_of(seconds: f64) -> Option<UtcSeconds> {
    let text = format!("{:.0}", seconds.floor());
    text.parse().ok().and_then(UtcSeconds::from_epoch_seconds)
}
