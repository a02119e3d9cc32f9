//! The ways into the rest of the program. `www/hooks/split.mjs` puts what is reached through them, and only through
//! them, into a file of its own; each asks for the proof that it is here.

use std::hint::black_box;
use std::pin::Pin;
use std::rc::Rc;

use super::fault::Fault;
use super::list::InUse;
use super::rest::Rest;
use super::transport::Origin;
use super::update::Outcome;
use super::view::View;
use super::{App, screens, update};
use crate::checker::Hit;

/// The screen for the address, of all but the search.
#[inline(never)]
pub(crate) fn screen(_: Rest, app: &'static App) -> Vec<View> {
    screens::of_the_rest(app)
}

/// The firms that fit what stands in the search box, however it was meant.
#[inline(never)]
pub(crate) fn search(_: Rest, list: &InUse, query: &str, limit: usize) -> Vec<Hit> {
    list.checker.search(query, limit)
}

/// What a reader keeps on the device.
#[inline(never)]
pub(crate) fn shelves(_: Rest, app: &'static App, list: &InUse) -> Vec<View> {
    screens::shelves::view(app, list)
}

/// The words that tell of a newer list.
#[inline(never)]
pub(crate) fn news(_: Rest, app: &App, list: &InUse) -> String {
    app.news(list)
}

/// What has come since the list in use.
#[inline(never)]
pub(crate) fn newer(_: Rest, app: &'static App, before: Rc<InUse>) -> Coming<Result<Outcome, Fault>> {
    black_box(Box::pin(update::newer(app, before)))
}

/// What the list in use decoded to is kept.
#[inline(never)]
pub(crate) fn keep_columns(_: Rest, app: &'static App) {
    update::keep_columns(app);
}

/// A list read as of the time when it was made.
#[inline(never)]
pub(crate) fn old(_: Rest, app: &'static App, origin: Origin) -> Coming<Result<Outcome, Fault>> {
    black_box(Box::pin(update::old(app, origin)))
}

/// What went wrong, in words.
#[inline(never)]
pub(crate) fn detail(_: Rest, fault: &Fault) -> String {
    fault.cause.to_string()
}

/// What comes of a door. The compiler may not know which future it is, or it would go around the door.
type Coming<T> = Pin<Box<dyn Future<Output = T>>>;
