//! The updater as a conversation with JavaScript, which owns network and storage.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{Checker, thrown};
use crate::Problem;
use crate::checker::{self, DeltaTag, EditionTag, KeySetTag, Provenance, VouchedColumns};
use crate::pace::{Pace, Pause};
use crate::trust::{
    Kind, Reply, Request, Store, Target, TrustError, Trusted, Updater, UtcSeconds, VerifiedTarget, reverify,
};

/// One update: ask for a request, give the reply, until a checker comes out.
#[wasm_bindgen]
pub struct Update {
    state: State,
    /// The edition that is here, to start a delta from; taken once.
    here: Option<Vec<u8>>,
    /// The key set that is here, which is seldom another one than the newest; taken once.
    key_set_here: Option<Vec<u8>>,
    delta: Option<&'static str>,
}

enum State {
    Metadata(Box<Updater>),
    /// The key set of certificates, where the publisher has one.
    KeySet(Box<Listed>, Target),
    Delta(Box<Listed>, Box<Shortcut>),
    Edition(Box<Listed>),
    /// Everything is here.
    Ready(Box<Listed>, VerifiedTarget),
    Done,
}

/// Verified metadata, the newest edition that it lists, and the key set of certificates once that is here.
struct Listed {
    trusted: Trusted,
    edition: Target,
    key_set: Option<VerifiedTarget>,
}

/// A delta, and from where to where it leads.
struct Shortcut {
    from: VerifiedTarget,
    delta: Target,
    to: Target,
}

#[wasm_bindgen]
impl Update {
    /// Begins an update from the pinned root. `stored`, `edition` and `key_set` are what an earlier update gave
    /// (`files`, `edition`, `keySet`), or nothing; `seconds` is the time since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(
        pinned_root: &[u8],
        stored: Option<Array>,
        seconds: i64,
        edition: Option<Vec<u8>>,
        key_set: Option<Vec<u8>>,
    ) -> Result<Update, JsValue> {
        let now = UtcSeconds::from_epoch_seconds(seconds)
            .ok_or_else(|| JsValue::from_str("expected seconds since 1970"))?;
        let stored = stored.map(|files| store_of(&files));
        let updater = Updater::start(pinned_root, stored.as_ref(), now).map_err(|error| thrown(&error))?;
        let state = State::Metadata(Box::new(updater));
        Ok(Self { state, here: edition, key_set_here: key_set, delta: None })
    }

    /// What to fetch next: `{ folder, path, limit }`, the folder being `metadata` or `targets`; `undefined` at the
    /// end.
    pub fn request(&self) -> Option<Object> {
        let request = match &self.state {
            State::Metadata(updater) => updater.request(),
            State::KeySet(_, target) => Some(target.request()),
            State::Delta(_, shortcut) => Some(shortcut.delta.request()),
            State::Edition(listed) => Some(listed.edition.request()),
            State::Ready(..) | State::Done => None,
        };
        request.as_ref().map(request_object)
    }

    /// What came of a delta: `applied`, or the code of what went wrong, after which the whole edition was asked for;
    /// `undefined` where none was tried.
    pub fn delta(&self) -> Option<String> {
        self.delta.map(Into::into)
    }

    /// The bytes that were asked for, or nothing where the repository has no such file; and their SHA-256, where the
    /// platform worked that out, which it does faster.
    pub fn reply(&mut self, bytes: Option<Vec<u8>>, sha256: Option<Vec<u8>>) -> Result<(), JsValue> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Metadata(mut updater) => {
                updater.reply(bytes.map_or(Reply::NotFound, Reply::Found)).map_err(|error| thrown(&error))?;
                self.state = if updater.request().is_some() {
                    State::Metadata(updater)
                } else {
                    self.toward_key_set(Listed::of(updater.finish().map_err(|error| thrown(&error))?)?)
                };
            }
            State::KeySet(mut listed, target) => {
                listed.key_set = Some(verified(target, bytes, sha256)?);
                self.state = self.toward_edition(listed);
            }
            State::Delta(listed, shortcut) => {
                let made = shortcut.take(bytes);
                self.delta = Some(made.as_ref().err().copied().unwrap_or("applied"));
                self.state = match made {
                    Ok(edition) => State::Ready(listed, edition),
                    Err(_) => State::Edition(listed),
                };
            }
            State::Edition(listed) => {
                let edition = verified(listed.edition.clone(), bytes, sha256)?;
                self.state = State::Ready(listed, edition);
            }
            State::Ready(..) | State::Done => return Err(thrown(&TrustError::OutOfTurn)),
        }
        Ok(())
    }

    /// Opens the edition, once nothing is left to ask for: a promise of `{ checker, decoded, files, edition, keySet }`, the
    /// checker, whether the edition was decoded, and what to keep beside its columns. `columns` are those that are kept, as
    /// for [`open_stored`]; `pause` is asked between steps and gives a promise to wait for, or nothing.
    pub fn open(&mut self, columns: Option<Array>, pause: Option<Function>) -> Promise {
        let state = std::mem::replace(&mut self.state, State::Done);
        future_to_promise(async move {
            match state {
                State::Ready(listed, edition) => {
                    listed.open(&edition, columns, &AsAsked(pause)).await.map(Into::into)
                }
                _ => Err(thrown(&TrustError::OutOfTurn)),
            }
        })
    }
}

impl Update {
    /// Past it, where there is none or it is here.
    fn toward_key_set(&mut self, listed: Listed) -> State {
        let mut listed = Box::new(listed);
        let Some(target) = listed.newest_key_set() else { return self.toward_edition(listed) };
        listed.key_set = self.key_set_here.take().and_then(|here| target.clone().verify(here).ok());
        match listed.key_set {
            Some(_) => self.toward_edition(listed),
            None => State::KeySet(listed, target),
        }
    }

    /// It is here, or comes by a delta, where there is one.
    fn toward_edition(&mut self, listed: Box<Listed>) -> State {
        let Some(here) = self.here.take() else { return State::Edition(listed) };
        if let Ok(edition) = listed.edition.clone().verify(here.clone()) {
            return State::Ready(listed, edition);
        }
        match Shortcut::find(&listed.trusted, here, &listed.edition) {
            Some(shortcut) => State::Delta(listed, Box::new(shortcut)),
            None => State::Edition(listed),
        }
    }
}

/// Opens what an earlier update kept, after verifying all of it again from the pinned root. `edition` and `columns` are
/// arrays of the bytes and their SHA-256, where the platform worked that out: it does so faster, and columns without it
/// are not looked at. `pause` as for [`Update::open`].
#[wasm_bindgen(js_name = openStored)]
pub async fn open_stored(
    pinned_root: Vec<u8>,
    files: Array,
    edition: Array,
    columns: Option<Array>,
    key_set: Option<Vec<u8>>,
    pause: Option<Function>,
) -> Result<Object, JsValue> {
    let trusted = reverify(&pinned_root, store_of(&files)).map_err(|error| thrown(&error))?;
    let mut listed = Listed::of(trusted)?;
    if let Some(target) = listed.newest_key_set() {
        listed.key_set = Some(verified(target, key_set, None)?);
    }
    let edition = verified(listed.edition.clone(), bytes_at(&edition, 0), bytes_at(&edition, 1))?;
    listed.open(&edition, columns, &AsAsked(pause)).await
}

/// Pauses when a function of JavaScript gives a promise to wait for.
struct AsAsked(Option<Function>);

impl Pace for AsAsked {
    fn pause(&self) -> Option<Pause> {
        let promise = self.0.as_ref()?.call0(&JsValue::NULL).ok()?.dyn_into::<Promise>().ok()?;
        // Whatever ends it, it is over.
        Some(Box::pin(async { drop(JsFuture::from(promise).await) }))
    }
}

impl Listed {
    fn of(trusted: Trusted) -> Result<Self, JsValue> {
        match EditionTag::newest(trusted.targets()) {
            Some(edition) => Ok(Self { trusted, edition, key_set: None }),
            None => Err(thrown(&TrustError::Missing { file: "edition".into() })),
        }
    }

    fn newest_key_set(&self) -> Option<Target> {
        KeySetTag::newest(self.trusted.targets())
    }

    /// `{ checker, decoded, files, edition, keySet }`, `decoded` telling whether no columns were read.
    async fn open(
        self,
        edition: &VerifiedTarget,
        columns: Option<Array>,
        pace: &dyn Pace,
    ) -> Result<Object, JsValue> {
        let provenance = Provenance::Verified(self.trusted.freshness());
        let known = match columns.and_then(|columns| vouched_for(edition.target(), &columns)) {
            Some(columns) => checker::Checker::of_columns_at(&columns, provenance, pace).await,
            None => None,
        };
        let is_decoded = known.is_none();
        let checker = match known {
            Some(checker) => checker,
            None => checker::Checker::open_at(edition.bytes(), provenance, pace)
                .await
                .map_err(|error| thrown(&error))?,
        };
        let key_set = self.key_set.map(VerifiedTarget::into_bytes);
        let object = Object::new();
        set(&object, "decoded", &is_decoded.into());
        set(&object, "keySet", &key_set.as_deref().map(Uint8Array::from).into());
        set(&object, "checker", &Checker { checker, key_set }.into());
        set(&object, "files", &files_of(&self.trusted.store()));
        set(&object, "edition", &Uint8Array::from(edition.bytes()));
        Ok(object)
    }
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
        let delta = from_reply(self.delta, bytes, None).map_err(|error| error.code())?;
        checker::by_delta(self.from.bytes(), &delta, self.to).map_err(|error| error.code())
    }
}

/// The columns in an array of them and their hash, if the publisher of the edition signed that.
fn vouched_for(edition: &Target, columns: &Array) -> Option<VouchedColumns> {
    let sha256 = bytes_at(columns, 1)?;
    VouchedColumns::verify_hashed(edition, bytes_at(columns, 0)?, &sha256)
}

/// The bytes that stand at this place.
fn bytes_at(array: &Array, place: u32) -> Option<Vec<u8>> {
    array.get(place).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}

fn verified(
    target: Target,
    bytes: Option<Vec<u8>>,
    sha256: Option<Vec<u8>>,
) -> Result<VerifiedTarget, JsValue> {
    from_reply(target, bytes, sha256).map_err(|error| thrown(&error))
}

fn from_reply(
    target: Target,
    bytes: Option<Vec<u8>>,
    sha256: Option<Vec<u8>>,
) -> Result<VerifiedTarget, Box<TrustError>> {
    let Some(bytes) = bytes else { return Err(TrustError::Missing { file: target.name().into() }.into()) };
    match sha256.and_then(|hash| hash.try_into().ok()) {
        Some(hash) => target.verify_hashed(bytes, &hash),
        None => target.verify(bytes),
    }
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
