//! The updater as a conversation with JavaScript, which owns network and storage.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{Checker, thrown};
use crate::Problem;
use crate::checker::{self, DeltaTag, EditionTag, OpenError, Provenance};
use crate::trust::{
    Kind, Reply, Request, Store, Target, TrustError, Trusted, Updater, UtcSeconds, VerifiedTarget, reverify,
};

/// One update: ask for a request, give the reply, until a checker comes out.
#[wasm_bindgen]
pub struct Update {
    state: State,
    /// The edition that is here, to start a delta from; taken once.
    here: Option<Vec<u8>>,
    delta: Option<&'static str>,
}

enum State {
    Metadata(Box<Updater>),
    Delta(Box<Trusted>, Box<Shortcut>),
    Edition(Box<Trusted>, Target),
    Done,
}

/// A delta, and from where to where it leads.
struct Shortcut {
    from: VerifiedTarget,
    delta: Target,
    to: Target,
}

#[wasm_bindgen]
impl Update {
    /// Begins an update from the pinned root. `stored` and `edition` are what an earlier update gave (`files` and
    /// `edition`), or nothing; `seconds` is the time since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(
        pinned_root: &[u8],
        stored: Option<Array>,
        seconds: f64,
        edition: Option<Vec<u8>>,
    ) -> Result<Update, JsValue> {
        let now = seconds_of(seconds).ok_or_else(|| JsValue::from_str("expected seconds since 1970"))?;
        let stored = stored.map(|files| store_of(&files));
        let updater = Updater::start(pinned_root, stored.as_ref(), now).map_err(|error| thrown(&error))?;
        Ok(Self { state: State::Metadata(Box::new(updater)), here: edition, delta: None })
    }

    /// What to fetch next: `{ folder, path, limit }`, the folder being `metadata` or `targets`; `undefined` at the
    /// end.
    pub fn request(&self) -> Option<Object> {
        match &self.state {
            State::Metadata(updater) => updater.request().as_ref().map(request_object),
            State::Delta(_, shortcut) => Some(request_object(&shortcut.delta.request())),
            State::Edition(_, target) => Some(request_object(&target.request())),
            State::Done => None,
        }
    }

    /// What came of a delta: `applied`, or the code of what went wrong, after which the whole edition was asked for;
    /// `undefined` where none was tried.
    pub fn delta(&self) -> Option<String> {
        self.delta.map(Into::into)
    }

    /// The bytes that were asked for, or nothing where the repository has no such file. Once the edition itself has
    /// come, gives `{ checker, files, edition }`: the checker, what to keep, and the edition's bytes.
    pub fn reply(&mut self, bytes: Option<Vec<u8>>) -> Result<Option<Object>, JsValue> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Metadata(mut updater) => {
                updater.reply(bytes.map_or(Reply::NotFound, Reply::Found)).map_err(|error| thrown(&error))?;
                self.state = if updater.request().is_some() {
                    State::Metadata(updater)
                } else {
                    let (trusted, to) = choose(updater.finish().map_err(|error| thrown(&error))?)?;
                    match self.here.take().and_then(|here| Shortcut::find(&trusted, here, &to)) {
                        Some(shortcut) => State::Delta(Box::new(trusted), Box::new(shortcut)),
                        None => State::Edition(Box::new(trusted), to),
                    }
                };
                Ok(None)
            }
            State::Delta(trusted, shortcut) => {
                let to = shortcut.to.clone();
                let made = shortcut.take(bytes);
                self.delta = Some(made.as_ref().err().copied().unwrap_or("applied"));
                if let Ok(edition) = made {
                    return opened(&trusted, to, edition.into_bytes()).map(Some);
                }
                self.state = State::Edition(trusted, to);
                Ok(None)
            }
            State::Edition(trusted, target) => {
                let missing = || TrustError::Missing { file: target.name().into() };
                let bytes = bytes.ok_or_else(missing).map_err(|error| thrown(&error))?;
                opened(&trusted, target, bytes).map(Some)
            }
            State::Done => Err(thrown(&TrustError::OutOfTurn)),
        }
    }
}

/// Opens what an earlier update kept, after verifying all of it again from the pinned root.
#[wasm_bindgen(js_name = openStored)]
pub fn open_stored(pinned_root: &[u8], files: &Array, edition: Vec<u8>) -> Result<Object, JsValue> {
    let trusted = reverify(pinned_root, store_of(files)).map_err(|error| thrown(&error))?;
    let (trusted, target) = choose(trusted)?;
    opened(&trusted, target, edition)
}

impl Shortcut {
    /// The delta from the edition that is here, as far as the repository still lists that.
    fn find(trusted: &Trusted, here: Vec<u8>, to: &Target) -> Option<Self> {
        let length = u64::try_from(here.len()).ok()?;
        let is_it =
            |target: &Target| target.length() == length && target.clone().verify(here.clone()).is_ok();
        let from = trusted.targets().find(is_it)?;
        let delta = DeltaTag::between(trusted.targets(), from.name(), to)?;
        Some(Self { from: from.verify(here).ok()?, delta, to: to.clone() })
    }

    /// The edition at its end, or the code of what went wrong.
    fn take(self, bytes: Option<Vec<u8>>) -> Result<VerifiedTarget, &'static str> {
        let missing = || TrustError::Missing { file: self.delta.name().into() };
        let delta = bytes.ok_or_else(missing).and_then(|bytes| self.delta.clone().verify(bytes));
        let delta = delta.map_err(|error| error.code())?;
        checker::by_delta(self.from.bytes(), &delta, self.to).map_err(|error| error.code())
    }
}

/// The newest edition.
fn choose(trusted: Trusted) -> Result<(Trusted, Target), JsValue> {
    let newest = EditionTag::newest(trusted.targets());
    let newest = newest.ok_or_else(|| TrustError::Missing { file: "edition".into() });
    newest.map(|target| (trusted, target)).map_err(|error| thrown(&error))
}

fn opened(trusted: &Trusted, target: Target, bytes: Vec<u8>) -> Result<Object, JsValue> {
    let verified = target.verify(bytes).map_err(|error| thrown(&error))?;
    let provenance = Provenance::Verified(trusted.freshness());
    let open = checker::Checker::open(verified.bytes(), provenance);
    let checker = open.map_err(|error: OpenError| thrown(&error))?;
    let object = Object::new();
    set(&object, "checker", &Checker(checker).into());
    set(&object, "files", &files_of(&trusted.store()));
    set(&object, "edition", &Uint8Array::from(verified.bytes()));
    Ok(object)
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
