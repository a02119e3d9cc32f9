//! From a question to its answer: each kind of answer has a look of its own.

use std::rc::Rc;

use super::{firm, no_tier};
use crate::app::list::InUse;
use crate::app::remembered::{MOST_RECENT, Remembered, Seen};
use crate::app::settings::{self, Recent, Shelf};
use crate::app::view::View;
use crate::app::{App, today};
use crate::checker::{Answer, Kind};

/// The screen for a question.
pub(crate) fn view(app: &'static App, list: &Rc<InUse>, query: &str) -> Vec<View> {
    let answer = list.checker.check(query, today());
    remember(app, list, query, &answer);
    match answer.kind {
        Kind::Inspected | Kind::Listed => firm::view(app, list, query, &answer),
        Kind::Mistyped => no_tier::mistyped(app, list, query, &answer),
        Kind::NotListed => no_tier::not_listed(app, list, query, &answer),
        Kind::Several => no_tier::several(app, list, &answer),
    }
}

/// Notes what was looked up, where the reader wants that, and that a favourite was seen as it stands now.
fn remember(app: &App, list: &InUse, query: &str, answer: &Answer) {
    let (key, name) = match (&answer.firm, answer.kind) {
        (Some(firm), _) => {
            (firm.code.map_or_else(|| firm.name.clone(), |code| code.to_string()), firm.name.clone())
        }
        (None, Kind::NotListed) => (query.to_owned(), query.to_owned()),
        (None, _) => return,
    };
    let seen = Seen::now(&list.checker, &key);
    let mut favourites = settings::remembered(Shelf::Favourites);
    if favourites.find(&key).is_some_and(|known| known.seen != seen) {
        favourites.saw(&key, seen);
        settings::keep(Shelf::Favourites, &favourites);
    }
    if app.settings().recent == Recent::Kept {
        let mut recent = settings::remembered(Shelf::Recent);
        recent.put_first(Remembered { key, name, seen }, MOST_RECENT);
        settings::keep(Shelf::Recent, &recent);
    }
}
