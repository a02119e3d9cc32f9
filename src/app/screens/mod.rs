//! One screen a file: from what the app knows to what the page shows.

mod about;
mod answer;
mod evidence;
mod figures;
mod firm;
mod hits;
mod no_tier;
mod picture;
mod readings;
mod scan;
mod search;
pub(crate) mod shelves;
mod verification;
mod verify;
mod verify_file;
pub(crate) mod waiting;

use super::list::List;
use super::rest::Coming;
use super::route::Route;
use super::view::View;
use super::{App, doors};

/// The screen for the address.
pub(crate) fn show(app: &'static App) -> Vec<View> {
    match (app.route(), app.rest()) {
        (Route::Search, _) => search::view(app),
        (_, Coming::Here(rest)) => doors::screen(rest, app),
        (_, Coming::NotAsked | Coming::OnItsWay) => vec![waiting::opening(app)],
        (_, Coming::Failed) => vec![waiting::not_opened(app)],
    }
}

/// The screen for the address, of those that the rest of the program has.
pub(crate) fn of_the_rest(app: &'static App) -> Vec<View> {
    match (app.route(), app.list()) {
        (Route::About, _) => about::view(app),
        (Route::Scan, _) => scan::view(app),
        (Route::Search, _) => Vec::new(),
        (Route::Verify(text), _) => verify::view(app, &text),
        (Route::Firm(query), List::InUse(list)) => answer::view(app, &list, &query),
        (Route::List(selection), List::InUse(list)) => figures::view(app, &list, &selection),
        (_, List::Loading(progress)) => vec![waiting::loading(app, progress)],
        (_, List::Missing(fault)) => vec![waiting::missing(app, &fault)],
    }
}
