//! The search: one box that answers from the first character, by keyboard alone if need be.
//!
//! The box is a combobox with a list of options as the ARIA authoring practices describe it: the focus stays in the
//! box, the arrow keys move through the options, Enter opens one, Escape empties the box.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use super::{hits, waiting};
use crate::app::icons::Icon;
use crate::app::list::{InUse, List};
use crate::app::rest::Coming;
use crate::app::route::{Route, Selection};
use crate::app::view::{View, el, fill, window};
use crate::app::{App, Text, doors, go};
use crate::checker::Hit;

/// How many firms the box shows at once.
const LIMIT: usize = 20;

/// The screen.
pub(crate) fn view(app: &'static App) -> Vec<View> {
    let title = el("h1").attr("tabindex", "-1").say(app, Text::SearchTitle);
    let intro = el("p.lead").say(app, Text::SearchIntro);
    let below = el("div.below");
    let finder = Finder::new(app, below.element());
    let head = el("div.hero.narrow").child(title).child(intro).child(finder.view);
    let behaviour = Rc::clone(&finder.behaviour);
    app.on_list_change(Some(Rc::new(move || behaviour.update())));
    finder.behaviour.update();
    vec![head, below]
}

/// The box and its behaviour.
struct Finder {
    view: View,
    behaviour: Rc<Behaviour>,
}

struct Behaviour {
    app: &'static App,
    input: HtmlInputElement,
    options: Element,
    announcement: Element,
    clear: Element,
    below: Element,
    hits: RefCell<Vec<Hit>>,
    active: Cell<Option<usize>>,
}

impl Finder {
    fn new(app: &'static App, below: Element) -> Self {
        let input = input();
        let options = el("ul.rows.options")
            .attr("id", "options")
            .attr("role", "listbox")
            .attr("aria-label", app.text(Text::ResultsLabel));
        let announcement = el("p.announcement").attr("role", "status");
        let clear = el("button.icon-button")
            .attr("type", "button")
            .attr("aria-label", app.text(Text::SearchClear))
            .child(Icon::Cross.view());
        let behaviour = Rc::new(Behaviour {
            app,
            input: input.element().unchecked_into(),
            options: options.element(),
            announcement: announcement.element(),
            clear: clear.element(),
            below,
            hits: RefCell::default(),
            active: Cell::new(None),
        });
        behaviour.input.set_value(&app.query());
        let form = form(app, input, clear, &behaviour);
        let view = el("search.finder").child(form).child(announcement).child(options);
        Self { view, behaviour }
    }
}

fn input() -> View {
    el("input")
        .attr("id", "query")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", "options")
        .attr("aria-expanded", "false")
        .attr("aria-describedby", "query-help")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "search")
        .attr("maxlength", "200")
        .flag("data-focus", has_fine_pointer())
}

fn form(app: &'static App, input: View, clear: View, behaviour: &Rc<Behaviour>) -> View {
    let label = el("label").attr("for", "query").say(app, Text::SearchLabel);
    let on_input = Rc::clone(behaviour);
    let on_key = Rc::clone(behaviour);
    let on_clear = Rc::clone(behaviour);
    let on_submit = Rc::clone(behaviour);
    let input = input
        .on("input", move |_| on_input.update())
        .on("keydown", move |event| on_key.key(event.unchecked_ref()));
    let clear = clear.on("click", move |_| on_clear.empty());
    let submit = el("button.button").attr("type", "submit").say(app, Text::SearchButton);
    let field = el("div.field").child(Icon::Search.view()).child(input).child(clear).child(submit);
    let scan = el("a.button.button--quiet.scan-link")
        .attr("href", Route::Scan.to_string())
        .child(Icon::Scan.view())
        .child(el("span").say(app, Text::ScanOpen));
    let verify = el("a.button.button--quiet.verify-link")
        .attr("href", Route::Verify(String::new()).to_string())
        .child(Icon::Shield.view())
        .child(el("span").say(app, Text::PaperOpen));
    let ways = el("div.actions").child(scan).child(verify);
    let help = el("p.help").attr("id", "query-help").say(app, Text::SearchHelp);
    el("form").attr("role", "none").child(label).child(field).child(help).child(ways).on(
        "submit",
        move |event: Event| {
            event.prevent_default();
            on_submit.submit();
        },
    )
}

impl Behaviour {
    /// Searches for what stands in the box and shows it.
    fn update(self: &Rc<Self>) {
        let query = self.input.value();
        self.app.set_query(query.clone());
        self.active.set(None);
        let asked = !query.trim().is_empty();
        let list = self.app.in_use();
        let found = match (&list, self.app.rest()) {
            (Some(list), Coming::Here(rest)) if asked => doors::search(rest, list, &query, LIMIT),
            (Some(list), _) if asked => list.checker.search_as_typed(&query, LIMIT),
            _ => Vec::new(),
        };
        let options = found.iter().enumerate().filter_map(|(place, hit)| {
            let list = list.as_ref()?;
            Some(self.option(list, hit, place))
        });
        fill(&self.options, options.collect::<Vec<_>>());
        self.announce(&query, asked && list.is_some(), found.len());
        self.hits.replace(found);
        self.mark_active();
        set(&self.clear, "hidden", (!asked).then_some(""));
        fill(&self.below, if asked && list.is_some() { Vec::new() } else { below(self.app) });
    }

    fn option(self: &Rc<Self>, list: &InUse, hit: &Hit, place: usize) -> View {
        let route = hits::route(hit);
        el("li.row")
            .attr("id", format!("option-{place}"))
            .attr("role", "option")
            .attr("aria-selected", "false")
            .children(hits::cells(self.app, list, hit))
            // The focus stays in the box.
            .on("mousedown", |event| event.prevent_default())
            .on("click", move |_| go(&route))
    }

    fn announce(&self, query: &str, answered: bool, found: usize) {
        let number = found.to_string();
        let words = match found {
            _ if !answered => String::new(),
            0 if self.app.rest().here().is_none() => self.app.text(Text::ResultsAsTyped).into(),
            0 => self.app.fill(Text::ResultsNone, &[("query", query.trim())]),
            LIMIT => self.app.fill(Text::ResultsFirst, &[("n", &number)]),
            _ => self.app.fill(Text::ResultsCount, &[("n", &number)]),
        };
        self.announcement.set_text_content(Some(&words));
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        // While an input method composes characters, the keys are its own.
        if event.is_composing() {
            return;
        }
        let last = self.hits.borrow().len().checked_sub(1);
        let active = match (event.key().as_str(), self.active.get(), last) {
            ("ArrowDown", active, Some(last)) => {
                Some(active.map_or(0, |at| if at < last { at + 1 } else { 0 }))
            }
            ("ArrowUp", active, Some(last)) => Some(active.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
            ("Escape", ..) => return self.empty(),
            _ => return,
        };
        event.prevent_default();
        self.active.set(active);
        self.mark_active();
    }

    /// Brings the attributes of box and options into line with which option is active.
    fn mark_active(&self) {
        let active = self.active.get();
        let options = self.options.children();
        for place in 0..options.length() {
            let Some(option) = options.item(place) else { continue };
            let is_active = active.and_then(|at| u32::try_from(at).ok()) == Some(place);
            set(&option, "aria-selected", Some(if is_active { "true" } else { "false" }));
            if is_active {
                option.scroll_into_view_with_scroll_into_view_options(&nearest());
            }
        }
        let id = active.map(|at| format!("option-{at}"));
        set(&self.input, "aria-activedescendant", id.as_deref());
        let is_open = !self.hits.borrow().is_empty();
        set(&self.input, "aria-expanded", Some(if is_open { "true" } else { "false" }));
    }

    /// Opens the active option, else answers what stands in the box.
    fn submit(&self) {
        let active = self.active.get().and_then(|at| self.hits.borrow().get(at).map(hits::route));
        let query = self.input.value();
        match active {
            Some(route) => go(&route),
            None if query.trim().is_empty() => {}
            None => go(&Route::Firm(query.trim().into())),
        }
    }

    fn empty(self: &Rc<Self>) {
        self.input.set_value("");
        self.update();
        crate::app::view::focus(&self.input);
    }
}

/// What stands below the box while nothing is asked.
fn below(app: &'static App) -> Vec<View> {
    let mut views = match app.list() {
        List::InUse(list) => {
            let shelves = app.rest().here().map(|rest| doors::shelves(rest, app, &list));
            let mut views = shelves.unwrap_or_default();
            views.push(tiers(app, &list));
            views
        }
        List::Loading(progress) => vec![waiting::loading(app, progress)],
        List::Missing(fault) => vec![waiting::missing(app, &fault)],
    };
    let what = el("section.panel.narrow")
        .child(el("h2").say(app, Text::WhatTitle))
        .child(el("p").say(app, Text::WhatBody))
        .child(el("p").child(el("strong").say(app, Text::WhatNot)));
    views.push(what);
    views
}

/// How many firms stand on each tier, with ways to browse them.
fn tiers(app: &'static App, list: &InUse) -> View {
    let edition = list.checker.edition();
    let card = |(place, tier): (usize, &crate::rule::Tier)| {
        let stated = &edition.firms.stated_tiers;
        let count = stated.iter().filter(|stated| stated.map(usize::from) == Some(place)).count();
        let number = app.language().number(count);
        let name = crate::checker::TierName { years: tier.years, name: tier.name.clone() };
        let route = Route::List(Selection { years: Some(tier.years), ..Selection::default() });
        let link = el("a.tier-card")
            .class(&format!("tier-card--{}", place.min(2)))
            .attr("href", route.to_string())
            .child(el("span.tier-card__name").text(app.tier(&name)))
            .child(el("span.tier-card__count").text(app.fill(Text::HomeFirms, &[("n", &number)])));
        el("li").child(link)
    };
    el("section.narrow")
        .child(el("h2.quiet").say(app, Text::HomeTiers))
        .child(el("ul.tier-cards").children(edition.policy.tiers.iter().enumerate().map(card)))
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Only a name that is no attribute could be refused.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options
}

/// Whether the reader has a mouse: only then does the box take the focus by itself, since on a phone that would
/// bring up the keyboard unasked.
fn has_fine_pointer() -> bool {
    window().match_media("(pointer: fine)").ok().flatten().is_some_and(|query| query.matches())
}
