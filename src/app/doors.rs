//! The ways into the rest of the program. `www/hooks/split.mjs` puts what is reached through them, and only through
//! them, into a file of its own; each asks for the proof that it is here.

use std::pin::Pin;
use std::rc::Rc;

use super::changes::Changes;
use super::list::InUse;
use super::rest::Rest;
use super::view::View;
use super::{App, screens, update};
use crate::Edition;
use crate::trust::Trusted;

/// The screen for the address, of all but the search.
#[inline(never)]
pub(crate) fn screen(_: Rest, app: &Rc<App>) -> Vec<View> {
    screens::of_the_rest(app)
}

/// What a reader keeps on the device.
#[inline(never)]
pub(crate) fn shelves(_: Rest, app: &Rc<App>, list: &InUse) -> Vec<View> {
    screens::shelves::view(app, list)
}

/// The words that tell of a newer list.
#[inline(never)]
pub(crate) fn news(_: Rest, app: &App, list: &InUse) -> String {
    app.news(list)
}

/// What changed from one edition to the next.
#[inline(never)]
pub(crate) fn changes(_: Rest, old: &Edition, new: &Edition) -> Changes {
    Changes::between(old, new)
}

/// The newest edition by a delta from the one in use.
#[inline(never)]
pub(crate) fn by_delta<'a>(
    _: Rest,
    app: &'a Rc<App>,
    trusted: &'a Trusted,
    list: &'a InUse,
) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + 'a>> {
    Box::pin(update::by_delta(app, trusted, list))
}
