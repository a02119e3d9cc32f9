//! The rest of the program: what a first look-up does without. It is a wasm file of its own, which
//! `www/hooks/split.mjs` cuts off behind the [`doors`](super::doors), and which comes once the list answers, or when a
//! screen is opened that needs it.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::route::Route;
use super::texts::Part;
use super::{App, browser, doors, frame, transport};

/// Proof that the rest is here: whoever has none cannot go through a door.
#[derive(Clone, Copy)]
pub(crate) struct Rest(());

/// How far the rest has come.
#[derive(Clone, Copy, Default)]
pub(crate) enum Coming {
    /// It was asked for and did not come.
    Failed,
    /// It is here.
    Here(Rest),
    /// It was not asked for yet.
    #[default]
    NotAsked,
    /// It was asked for.
    OnItsWay,
}

impl Coming {
    /// The rest, if it is here.
    pub(crate) fn here(self) -> Option<Rest> {
        match self {
            Self::Here(rest) => Some(rest),
            _ => None,
        }
    }
}

/// The rest, fetched unless it is here; nothing where it cannot be had.
pub(crate) async fn load(app: &'static App) -> Option<Rest> {
    if let Some(rest) = app.rest().here() {
        return Some(rest);
    }
    app.set_rest(Coming::OnItsWay);
    let rest = bring(app).await.ok();
    // Who asked at the same time has told it already.
    if matches!(app.rest(), Coming::OnItsWay) {
        app.set_rest(rest.map_or(Coming::Failed, Coming::Here));
        frame::rest_came(app);
        if let Some(rest) = rest {
            doors::keep_columns(rest, app);
        }
    }
    rest
}

async fn bring(app: &App) -> Result<Rest, JsValue> {
    JsFuture::from(browser::load_rest()).await?;
    // The reader may choose another language meanwhile.
    while !app.language().is_fetched(Part::Rest) {
        transport::texts(app.language(), Part::Rest).await?;
    }
    Ok(Rest(()))
}

/// Fetches the rest where the screen shown needs it.
pub(crate) fn want(app: &'static App) {
    if app.route() != Route::Search {
        fetch(app);
    }
}

/// Fetches the rest in the background, unless it is here or on its way.
pub(crate) fn fetch(app: &'static App) {
    if matches!(app.rest(), Coming::NotAsked | Coming::Failed) {
        app.set_rest(Coming::OnItsWay);
        spawn_local(async move {
            load(app).await;
        });
    }
}
