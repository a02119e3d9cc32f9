//! The app as a whole: what it knows, and what changes when something happens.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use super::fault::Fault;
use super::icons::Icon;
use super::list::{InUse, List, Progress};
use super::rest::{self, Coming};
use super::route::Route;
use super::settings::{self, Settings, Shelf};
use super::texts::Part;
use super::update::{self, Outcome};
use super::view::{document, on_window, window};
use super::{Language, Text, clock, doors, frame, transport};
use crate::Day;
use crate::checker::TierName;

/// What the app knows. One value lives as long as the page.
pub(crate) struct App {
    settings: Cell<Settings>,
    route: RefCell<Route>,
    list: RefCell<List>,
    checking: Cell<Checking>,
    kept: Cell<bool>,
    /// Why the list that the browser kept is not used.
    refused: RefCell<Option<Fault>>,
    root: RefCell<Option<Vec<u8>>>,
    rest: Cell<Coming>,
    /// What stands in the search box, so that going back finds it there.
    query: RefCell<String>,
    /// How the screen shown takes a change of the list without being built anew.
    refresh: RefCell<Option<Rc<dyn Fn()>>>,
}

/// Whether a newer list is being looked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Checking {
    /// Not now.
    Idle,
    /// It is.
    Running,
}

/// Starts the app in the page, as soon as its texts are here; boot.js tells where they do not come.
pub fn start() {
    let app: &'static App = Box::leak(Box::new(App {
        settings: Cell::new(Settings::load()),
        route: RefCell::new(current_route()),
        list: RefCell::new(List::Loading(Progress::Connecting)),
        checking: Cell::new(Checking::Idle),
        kept: Cell::new(true),
        refused: RefCell::default(),
        root: RefCell::new(None),
        rest: Cell::default(),
        query: RefCell::default(),
        refresh: RefCell::default(),
    }));
    spawn_local(async move {
        if transport::texts(app.language(), Part::First).await.is_ok() {
            app.settings.get().apply();
            frame::show(app);
            frame::mark_started();
            app.listen();
            rest::want(app);
            update::start(app).await;
        }
    });
}

fn current_route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// Goes to a screen.
pub(crate) fn go(route: &Route) {
    // Refused only for an address that is no address.
    let _ = window().location().set_hash(&route.to_string());
}

/// Today, but never before the latest day seen: turning the clock back revives no old list.
pub(crate) fn today() -> Day {
    let seen = settings::latest_day().unwrap_or(Day::MIN);
    clock::today().max(seen)
}

impl App {
    fn listen(&'static self) {
        on_window("hashchange", move |_| self.follow_address());
        on_window("online", move |_| self.look_for_newer());
        on_window("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                self.look_for_newer();
            }
        });
        on_window("hongbang:new-version", move |_| frame::offer_new_version(self));
    }

    fn follow_address(&'static self) {
        self.route.replace(current_route());
        rest::want(self);
        frame::show_route(self);
    }

    /// The screen shown.
    pub(crate) fn route(&self) -> Route {
        self.route.borrow().clone()
    }

    /// The language of the app.
    pub(crate) fn language(&self) -> Language {
        self.settings.get().language
    }

    /// The reader's choices.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.get()
    }

    /// Changes the reader's choices and shows everything anew, with the focus on what `selector` finds. Where the texts
    /// of another language cannot be had, nothing changes and that is told.
    pub(crate) fn choose(&'static self, settings: Settings, selector: String) {
        if settings.language == self.language() {
            return self.take_choice(settings, &selector);
        }
        spawn_local(async move {
            match self.fetch_texts(settings.language).await {
                Ok(()) => self.take_choice(settings, &selector),
                Err(_) => frame::toast(self, Icon::Offline, self.text(Text::LanguageMissing)),
            }
        });
    }

    /// Brings what the parts of the program that are here say in a language.
    async fn fetch_texts(&self, language: Language) -> Result<(), JsValue> {
        transport::texts(language, Part::First).await?;
        match self.rest() {
            Coming::Here(_) => transport::texts(language, Part::Rest).await,
            _ => Ok(()),
        }
    }

    fn take_choice(&'static self, settings: Settings, selector: &str) {
        self.settings.set(settings);
        settings.apply();
        frame::show(self);
        frame::refocus(selector);
    }

    /// A text in the reader's language.
    pub(crate) fn text(&self, text: Text) -> &'static str {
        self.language().text(text)
    }

    /// A text in the reader's language with its gaps filled.
    pub(crate) fn fill(&self, text: Text, values: &[(&str, &str)]) -> String {
        self.language().fill(text, values)
    }

    /// A day in the reader's language.
    pub(crate) fn day(&self, day: Day) -> String {
        self.language().day(day)
    }

    /// A tier as it is called in the reader's language.
    pub(crate) fn tier(&self, tier: &TierName) -> String {
        self.fill(Text::TierOf, &[("name", &tier.name), ("years", &tier.years.to_string())])
    }

    /// The list in use.
    pub(crate) fn in_use(&self) -> Option<Rc<InUse>> {
        match &*self.list.borrow() {
            List::InUse(list) => Some(Rc::clone(list)),
            _ => None,
        }
    }

    /// Whether there is a list.
    pub(crate) fn list(&self) -> List {
        self.list.borrow().clone()
    }

    /// What stands in the search box.
    pub(crate) fn query(&self) -> String {
        self.query.borrow().clone()
    }

    /// Remembers what stands in the search box.
    pub(crate) fn set_query(&self, query: String) {
        self.query.replace(query);
    }

    /// Lets the screen shown take changes of the list by itself.
    pub(crate) fn on_list_change(&self, refresh: Option<Rc<dyn Fn()>>) {
        self.refresh.replace(refresh);
    }

    /// The pinned root, once it was fetched.
    pub(crate) fn root(&self) -> Option<Vec<u8>> {
        self.root.borrow().clone()
    }

    /// Remembers the pinned root for as long as the page lives.
    pub(crate) fn set_root(&self, root: Vec<u8>) {
        self.root.replace(Some(root));
    }

    /// How far the rest of the program has come.
    pub(crate) fn rest(&self) -> Coming {
        self.rest.get()
    }

    /// Remembers how far the rest of the program has come.
    pub(crate) fn set_rest(&self, rest: Coming) {
        self.rest.set(rest);
    }

    /// Whether a newer list is being looked for.
    pub(crate) fn checking(&self) -> Checking {
        self.checking.get()
    }

    /// Whether the browser kept the list in use.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept.get()
    }

    /// Remembers whether the browser kept the list in use.
    pub(crate) fn set_kept(&self, kept: bool) {
        self.kept.set(kept);
    }

    /// Puts a list, or its absence, into use.
    pub(crate) fn set_list(&'static self, list: List) {
        if let List::InUse(list) = &list {
            let seen = list.trusted.freshness().clock(clock::today());
            settings::saw_day(seen.max(list.checker.edition().as_of));
        }
        let is_settled = !matches!(list, List::Loading(_));
        self.list.replace(list);
        frame::list_changed(self);
        self.refresh();
        if is_settled {
            rest::fetch(self);
        }
    }

    /// Brings the screen shown into line with what is known.
    pub(crate) fn refresh(&'static self) {
        let refresh = self.refresh.borrow().clone();
        match refresh {
            Some(refresh) => refresh(),
            None => frame::show_screen(self),
        }
    }

    /// Tells how far the first list has come; a list in use stays in use meanwhile.
    pub(crate) fn set_progress(&self, progress: Progress) {
        let is_waiting = matches!(*self.list.borrow(), List::Loading(_));
        if is_waiting {
            self.list.replace(List::Loading(progress));
            frame::show_progress(self, progress);
        }
    }

    /// The kept list did not verify: it is not used, and a new one is fetched.
    pub(crate) fn kept_list_was_refused(&self, fault: Fault) {
        self.refused.replace(Some(fault));
    }

    /// Looks for a newer list in the background.
    pub(crate) fn look_for_newer(&'static self) {
        spawn_local(update::update(self));
    }

    /// Says that a newer list is being looked for; false where that is being done already.
    pub(crate) fn begin_update(&'static self) -> bool {
        if self.checking.replace(Checking::Running) == Checking::Running {
            return false;
        }
        if matches!(self.list(), List::Missing(_)) {
            self.set_list(List::Loading(Progress::Connecting));
        }
        frame::checking_changed(self);
        true
    }

    /// Tells what looking for a newer list came to.
    pub(crate) fn end_update(&'static self, result: Result<Outcome, Fault>) {
        self.checking.set(Checking::Idle);
        match (result, self.in_use()) {
            (Ok(outcome), Some(list)) => {
                settings::checked_on(clock::today());
                self.refused.replace(None);
                if outcome == Outcome::Newer {
                    self.tell_of_new(&list);
                }
            }
            (Err(fault), Some(list)) if fault.kind.concerns_a_reader_with_a_list() => {
                let day = self.day(list.checker.edition().as_of);
                let kept = self.fill(Text::KeptOld, &[("day", &day)]);
                frame::warn(self, self.text(fault.kind.title()), &kept, &fault);
            }
            (Err(_), Some(_)) | (Ok(_), None) => {}
            (Err(fault), None) => self.set_list(List::Missing(self.most_telling(fault))),
        }
        frame::checking_changed(self);
    }

    fn tell_of_new(&'static self, list: &InUse) {
        if let Some(rest) = self.rest().here() {
            frame::toast(self, Icon::Check, &doors::news(rest, self, list));
        }
    }

    /// The words that tell of a newer list.
    pub(crate) fn news(&self, list: &InUse) -> String {
        let day = self.day(list.checker.edition().as_of);
        let new = self.fill(Text::NewList, &[("day", &day)]);
        let favourites = settings::remembered(Shelf::Favourites);
        match favourites.changed(&list.checker).len() {
            0 => new,
            changed => {
                let values = [favourites.firms().len(), changed].map(|number| number.to_string());
                let changed = self.fill(Text::FavouritesChanged, &[("n", &values[0]), ("m", &values[1])]);
                self.language().enumerate(&[new, changed])
            }
        }
    }

    /// Of what is wrong with the kept list and with getting a new one: that nothing could be had says less.
    fn most_telling(&self, fault: Fault) -> Fault {
        let refused = self.refused.borrow().clone();
        refused.filter(|_| !fault.kind.concerns_a_reader_with_a_list()).unwrap_or(fault)
    }
}
