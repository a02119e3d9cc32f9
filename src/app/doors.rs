//! The ways into the rest of the program. `www/hooks/split.mjs` puts what is reached through them, and only through
//! them, into a file of its own; each asks for the proof that it is here.

use std::hint::black_box;
use std::pin::Pin;
use std::rc::Rc;

use super::changes::Changes;
use super::fault::Fault;
use super::list::InUse;
use super::rest::Rest;
use super::transport::Origin;
use super::update::Outcome;
use super::view::View;
use super::{App, screens, update};
use crate::Edition;
use crate::checker::{self, DeltaError};
use crate::trust::{Target, VerifiedTarget};

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

/// Makes an edition of an older one by a delta.
#[inline(never)]
pub(crate) fn by_delta(
    _: Rest,
    old: &[u8],
    delta: &VerifiedTarget,
    to: Target,
) -> Result<VerifiedTarget, DeltaError> {
    checker::by_delta(old, delta, to)
}

/// A list read as of the time when it was made. The compiler may not know which future it is, or it would go around
/// the door.
#[inline(never)]
pub(crate) fn old(
    _: Rest,
    app: &Rc<App>,
    origin: Origin,
) -> Pin<Box<dyn Future<Output = Result<Outcome, Fault>> + '_>> {
    black_box(Box::pin(update::old(app, origin)))
}

/// What went wrong, in words.
#[inline(never)]
pub(crate) fn detail(_: Rest, fault: &Fault) -> String {
    fault.cause.to_string()
}
