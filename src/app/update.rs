//! Getting a list: the kept one at the start, a newer one from the repository, the starter where neither is to be had.
//!
//! A newer list replaces the one in use only after it has been verified to the end.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::changes::Changes;
use super::fault::{Cause, Fault, FaultKind};
use super::list::{Columns, InUse, List, Parts, Progress, edition_of, key_set_of, sha256, targets};
use super::pace::Considerate;
use super::rest;
use super::storage::{self, Kept};
use super::transport::{self, Origin, Unreachable};
use super::view::{document, handler};
use super::{App, browser, clock, doors};
use crate::checker::{self, DeltaTag, VouchedColumns};
use crate::trust::{Reply, Request, Store, Target, Trusted, Updater, UtcSeconds, VerifiedTarget, reverify};
use crate::{Day, Problem};

/// What an update came to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    /// There was no list, and now there is one.
    First,
    /// Another edition is in use now.
    Newer,
    /// The same edition, perhaps with fresh signatures.
    Same,
}

/// Opens the kept list, which is verified again, and then looks for a newer one. Nobody else looks for one meanwhile.
pub(crate) async fn start(app: &'static App) {
    if !app.begin_update() {
        return;
    }
    let kept_fault = match load_root(app).await {
        Err(fault) => return app.end_update(Err(fault)),
        Ok(root) => match storage::load().await {
            Some(kept) => open_kept(app, &root, kept).await.err(),
            None => None,
        },
    };
    if let Some(fault) = kept_fault {
        app.kept_list_was_refused(fault);
    }
    look(app).await;
}

/// Looks for a newer list, unless that is being done already.
pub(crate) async fn update(app: &'static App) {
    if app.begin_update() {
        look(app).await;
    }
}

async fn look(app: &'static App) {
    let result = match app.in_use() {
        Some(before) => match rest::load(app).await {
            Some(rest) => doors::newer(rest, app, before).await,
            None => Err(unreachable(Unreachable::Network)),
        },
        None => match first(app).await {
            Err(fault) => second_best(app, &fault).await.map_err(|()| fault),
            result => result,
        },
    };
    app.end_update(result);
}

/// Keeps the columns of the list in use beside it, so that it opens sooner the next time, unless they were read from there.
/// Nobody waits for it, and what goes wrong costs nothing but the time to decode the file again.
pub(crate) fn keep_columns(app: &'static App) {
    if let Some(list) = app.in_use().filter(|list| list.is_decoded) {
        spawn_local(keep_columns_of(app, list));
    } else {
        note("columns", "read");
    }
}

async fn keep_columns_of(app: &'static App, list: Rc<InUse>) {
    // In a turn of its own, as what follows: the screen may just have been shown.
    let _ = JsFuture::from(browser::other_tasks()).await;
    let columns = list.checker.columns();
    let _ = JsFuture::from(browser::other_tasks()).await;
    let is_kept = keep_vouched(app, &list, columns).await.is_some();
    note("columns", if is_kept { "kept" } else { "not kept" });
}

/// Columns that the publisher did not sign would never be read.
async fn keep_vouched(app: &'static App, list: &Rc<InUse>, bytes: Vec<u8>) -> Option<()> {
    let sha256 = sha256(&bytes).await?;
    let bytes = VouchedColumns::verify_hashed(&list.target, bytes, &sha256)?.into_bytes();
    let mut kept = list.kept();
    kept.parts.columns = Some(Columns { bytes, sha256 });
    // There may be a newer list by now.
    if is_in_use(app, list) { storage::keep(&kept).await.ok() } else { None }
}

fn is_in_use(app: &App, list: &Rc<InUse>) -> bool {
    app.in_use().is_some_and(|in_use| Rc::ptr_eq(&in_use, list))
}

async fn load_root(app: &App) -> Result<Vec<u8>, Fault> {
    if let Some(root) = app.root() {
        return Ok(root);
    }
    match transport::pinned_root().await.map_err(unreachable)? {
        Reply::Found(root) => {
            app.set_root(root.clone());
            Ok(root)
        }
        Reply::NotFound => Err(unavailable("no_root", Cause::NoRoot)),
    }
}

async fn open_kept(app: &'static App, root: &[u8], kept: Kept) -> Result<(), Fault> {
    let trusted = reverify(root, kept.store).map_err(Fault::of)?;
    let list = InUse::open(trusted, kept.parts).await?;
    app.set_list(List::InUse(Rc::new(list)));
    Ok(())
}

async fn first(app: &'static App) -> Result<Outcome, Fault> {
    let root = load_root(app).await?;
    let trusted = metadata(app, &root, None, clock::now(), Origin::Repository).await?;
    let edition = edition(app, &trusted, Origin::Repository).await?;
    let key_set = key_set(&trusted, None).await;
    let list = open(app, trusted, Parts { edition, columns: None, key_set, changes: None }).await?;
    put_in_use(app, list).await;
    Ok(Outcome::First)
}

/// What has come since the list in use.
pub(crate) async fn newer(app: &'static App, before: Rc<InUse>) -> Result<Outcome, Fault> {
    let root = load_root(app).await?;
    let stored = before.store();
    let trusted = metadata(app, &root, Some(&stored), clock::now(), Origin::Repository).await?;
    let edition = if edition_of(&trusted)? == before.target {
        before.bytes.clone()
    } else {
        match by_delta(app, &trusted, &before).await {
            Some(bytes) => bytes,
            None => edition(app, &trusted, Origin::Repository).await?,
        }
    };
    let outcome = if before.bytes == edition { Outcome::Same } else { Outcome::Newer };
    let key_set = key_set(&trusted, Some(&before)).await;
    // Most often nothing is new at all: opening the list again would keep a slow device busy for nothing.
    let is_here = outcome == Outcome::Same
        && stored == trusted.store()
        && before.key_set.as_ref().map(VerifiedTarget::bytes) == key_set.as_deref();
    if is_here {
        return Ok(Outcome::Same);
    }
    let mut list =
        open(app, trusted, Parts { edition, columns: None, key_set, changes: before.changes.clone() })
            .await?;
    if outcome == Outcome::Newer {
        list.changes = Some(Changes::between(before.checker.edition(), list.checker.edition()));
    }
    put_in_use(app, list).await;
    keep_columns(app);
    Ok(outcome)
}

/// Where there is no list at all: what the repository holds although it has expired, else what came with the program.
async fn second_best(app: &'static App, fault: &Fault) -> Result<Outcome, ()> {
    let rest = rest::load(app).await.ok_or(())?;
    if fault.kind == FaultKind::Expired && doors::old(rest, app, Origin::Repository).await.is_ok() {
        return Ok(Outcome::First);
    }
    doors::old(rest, app, Origin::Starter).await.map_err(drop)
}

/// A list read as of the time when it was made, and from then on treated like a kept one, so that its age is told and
/// not hidden.
pub(crate) async fn old(app: &'static App, origin: Origin) -> Result<Outcome, Fault> {
    let root = load_root(app).await?;
    let long_ago = UtcSeconds::start_of(Day::MIN);
    let trusted = metadata(app, &root, None, long_ago, origin).await?;
    let edition = edition(app, &trusted, origin).await?;
    let key_set = key_set(&trusted, None).await;
    let trusted = reverify(&root, trusted.store()).map_err(Fault::of)?;
    let list = open(app, trusted, Parts { edition, columns: None, key_set, changes: None }).await?;
    put_in_use(app, list).await;
    keep_columns(app);
    Ok(Outcome::First)
}

async fn open(app: &App, trusted: Trusted, parts: Parts) -> Result<InUse, Fault> {
    app.set_progress(Progress::Verifying);
    InUse::open(trusted, parts).await
}

async fn put_in_use(app: &'static App, list: InUse) {
    let list = Rc::new(list);
    app.set_list(List::InUse(Rc::clone(&list)));
    app.set_kept(storage::keep(&list.kept()).await.is_ok());
}

/// The newest keys of certificates: seldom others than those that are here, and no reason to go without a list where
/// they do not come.
async fn key_set(trusted: &Trusted, before: Option<&InUse>) -> Option<Vec<u8>> {
    let target = key_set_of(trusted)?;
    let here = before.and_then(|list| list.key_set.as_ref()).map(|keys| keys.bytes().to_vec());
    if let Some(keys) = here.and_then(|here| target.clone().verify(here).ok()) {
        return Some(keys.into_bytes());
    }
    match transport::fetch(&target.request(), Origin::Repository, None).await {
        Ok(Reply::Found(bytes)) => Some(bytes),
        Ok(Reply::NotFound) | Err(_) => None,
    }
}

async fn metadata(
    app: &App,
    root: &[u8],
    stored: Option<&Store>,
    now: UtcSeconds,
    origin: Origin,
) -> Result<Trusted, Fault> {
    app.set_progress(Progress::Connecting);
    let mut updater = Updater::start(root, stored, now).map_err(Fault::of)?;
    while let Some(request) = updater.request() {
        let reply = transport::fetch(&request, origin, None).await.map_err(unreachable)?;
        updater.reply(reply).map_err(Fault::of)?;
    }
    updater.finish().map_err(Fault::of)
}

async fn edition(app: &'static App, trusted: &Trusted, origin: Origin) -> Result<Vec<u8>, Fault> {
    bring(app, &edition_of(trusted)?, origin).await
}

/// The newest edition by a delta from the one in use, if the repository has one. What came of it is noted on the page
/// and not told: whatever fails, the whole edition is fetched.
async fn by_delta(app: &'static App, trusted: &Trusted, list: &InUse) -> Option<Vec<u8>> {
    let to = edition_of(trusted).ok()?;
    let delta = DeltaTag::between(targets(trusted), list.target.name(), &to)?;
    let edition = match bring(app, &delta, Origin::Repository).await {
        Err(fault) => Err(fault.code),
        Ok(received) => match delta.verify(received) {
            Ok(delta) => {
                let made = checker::by_delta_at(&list.bytes, &delta, to, &Considerate).await;
                made.map_err(|error| error.code())
            }
            Err(error) => Err(error.code()),
        },
    };
    note("delta", edition.as_ref().err().copied().unwrap_or("applied"));
    edition.ok().map(VerifiedTarget::into_bytes)
}

/// Notes for whoever looks into the page what came of something that nobody waits for.
fn note(what: &str, outcome: &str) {
    // An element takes any attribute.
    let _ = document().document_element().map(|html| html.set_attribute(&format!("data-{what}"), outcome));
}

async fn bring(app: &'static App, target: &Target, origin: Origin) -> Result<Vec<u8>, Fault> {
    let total = target.length();
    app.set_progress(Progress::Receiving { received: 0, total });
    let progress = handler(move |received| {
        if let Some(received) =
            received.unchecked_ref::<JsValue>().as_string().and_then(|text| text.parse().ok())
        {
            app.set_progress(Progress::Receiving { received, total });
        }
    });
    let request: Request = target.request();
    match transport::fetch(&request, origin, Some(progress)).await.map_err(unreachable)? {
        Reply::Found(bytes) => Ok(bytes),
        Reply::NotFound => Err(unavailable("missing_file", Cause::NoFile(request.path))),
    }
}

fn unreachable(reason: Unreachable) -> Fault {
    match reason {
        Unreachable::Network => {
            Fault { kind: FaultKind::Offline, code: "no_network", cause: Rc::new(Cause::Silence) }
        }
        Unreachable::Status(status) => unavailable("http_status", Cause::Status(status)),
    }
}

fn unavailable(code: &'static str, cause: Cause) -> Fault {
    Fault { kind: FaultKind::Unavailable, code, cause: Rc::new(cause) }
}
