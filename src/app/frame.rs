//! The frame around every screen: name and navigation, the standing of the list, the screen, messages, the foot.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, Element};

use super::fault::Fault;
use super::icons::Icon;
use super::list::Progress;
use super::route::{Route, Selection};
use super::settings::{self, Elder, Settings};
use super::view::{View, document, el, fill, focus, window};
use super::{App, Checking, Language, Text, browser, doors, screens, standing};

/// Builds the whole page.
pub(crate) fn show(app: &'static App) {
    let parts = [
        el("a.skip").attr("href", "#main").say(app, Text::Skip).on("click", |event| {
            event.prevent_default();
            focus(&place("main"));
        }),
        el("aside").attr("id", "banner").attr("aria-label", app.text(Text::DemoMark)),
        header(app),
        el("main").attr("id", "main").attr("tabindex", "-1"),
        el("div.messages").attr("id", "messages").attr("role", "status"),
        footer(app),
    ];
    fill(&place("app"), parts);
    list_changed(app);
    show_screen(app);
}

/// Tells boot.js that the app runs.
pub(crate) fn mark_started() {
    if let Some(page) = document().document_element() {
        // Only a name that is no attribute could be refused.
        let _ = page.set_attribute("data-app", "started");
    }
}

/// Shows the screen of another address: from its top, with the focus on its heading.
pub(crate) fn show_route(app: &'static App) {
    // Before the screen is built, since scrolling waits for where everything stands; so does the focus, which therefore
    // has its own turn.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    mark_navigation(app);
    show_screen(app);
    spawn_local(async {
        // Whatever ends the pause, it is over.
        let _ = JsFuture::from(browser::other_tasks()).await;
        focus_heading();
    });
}

fn focus_heading() {
    let main = place("main");
    let heading = main.query_selector("[data-focus], h1").ok().flatten();
    focus(&heading.unwrap_or(main));
}

/// Shows the screen again, for example because there is a list now.
pub(crate) fn show_screen(app: &'static App) {
    app.on_list_change(None);
    let main = place("main");
    fill(&main, screens::show(app));
    let heading = main.query_selector("h1").ok().flatten().and_then(|heading| heading.text_content());
    let name = app.text(Text::AppName);
    document().set_title(&match heading {
        Some(heading) if app.route() != Route::Search => format!("{heading} · {name}"),
        _ => format!("{name} · {}", app.text(Text::AppSubtitle)),
    });
}

/// Shows what waited for the rest of the program, or that it did not come.
pub(crate) fn rest_came(app: &'static App) {
    // On the search screen only what a reader keeps on the device is of the rest, what went wrong in words, and to find
    // what was not typed as it is written.
    let adds = !app.query().trim().is_empty() || settings::keeps_firms();
    if app.route() == Route::Search && app.in_use().is_some() && !adds {
        return;
    }
    // Where the reader went there, the focus waited on the screen for its heading.
    let is_waited_for = document().query_selector("main:focus").is_ok_and(|found| found.is_some());
    app.refresh();
    if is_waited_for {
        focus_heading();
    }
}

/// Brings the parts of the frame that speak of the list into line with it.
pub(crate) fn list_changed(app: &'static App) {
    mark_navigation(app);
    fill(&place("standing"), [standing::strip(app)]);
    let is_demo = app.in_use().is_some_and(|list| list.checker.edition_answer().demo);
    let banner = is_demo.then(|| {
        let mark = el("b").say(app, Text::DemoMark);
        el("p.demo-banner").child(mark).say(app, Text::DemoBanner)
    });
    fill(&place("banner"), banner);
    // Only a name that is no attribute could be refused.
    let _ = place("banner").toggle_attribute_with_force("hidden", !is_demo);
}

/// Says how far the first list has come.
pub(crate) fn show_progress(app: &App, progress: Progress) {
    if let Some(place) = document().get_element_by_id("progress") {
        fill(&place, screens::waiting::progress(app, progress));
    }
}

/// Says whether a newer list is being looked for, where a button offers that.
pub(crate) fn checking_changed(app: &'static App) {
    let Some(button) = document().get_element_by_id("check-now") else { return };
    let is_running = app.checking() == Checking::Running;
    let words = if is_running { Text::UpdateRunning } else { Text::UpdateButton };
    fill(&button, [Icon::Refresh.view(), el("span").say(app, words)]);
    // Only a name that is no attribute could be refused.
    let _ = button.set_attribute("aria-disabled", if is_running { "true" } else { "false" });
}

/// Tells something good, once, until it is closed or another message comes.
pub(crate) fn toast(app: &'static App, icon: Icon, words: &str) {
    let message = el("div.message").child(icon.view()).child(el("p").text(words));
    fill(&place("messages"), [message.child(close(app))]);
}

/// Tells that a newer list was refused and the old one stays.
pub(crate) fn warn(app: &'static App, title: &str, kept: &str, fault: &Fault) {
    let details = el("small")
        .attr("lang", "en")
        .maybe_attr("title", app.rest().here().map(|rest| doors::detail(rest, fault)))
        .text(app.fill(Text::Details, &[("code", fault.code)]));
    let words = el("p").child(el("strong").text(title)).child(el("span").text(kept)).child(details);
    let message = el("div.message.message--warning").child(Icon::Warning.view()).child(words);
    fill(&place("messages"), [message.child(close(app))]);
}

/// Offers to change to a new version of the program; nothing changes until the reader agrees.
pub(crate) fn offer_new_version(app: &'static App) {
    let agree = el("button.button.button--small").attr("type", "button").say(app, Text::NewVersionUse).on(
        "click",
        |_| {
            let event = CustomEvent::new("hongbang:use-new-version").expect("any name is an event");
            // Only an event that is being sent already could be refused.
            let _ = window().dispatch_event(&event);
        },
    );
    let words = el("p").say(app, Text::NewVersion);
    let message = el("div.message").child(Icon::Refresh.view()).child(words).child(agree);
    fill(&place("messages"), [message.child(close(app))]);
}

fn close(app: &'static App) -> View {
    el("button.icon-button")
        .attr("type", "button")
        .attr("aria-label", app.text(Text::Close))
        .child(Icon::Cross.view())
        .on("click", |_| fill(&place("messages"), []))
}

fn header(app: &'static App) -> View {
    let name = el("span.brand__name").say(app, Text::AppName);
    let subtitle = el("span.brand__subtitle").say(app, Text::AppSubtitle);
    let mark = el("span.brand__mark").attr("aria-hidden", "true").attr("lang", "zh-Hans").text("红榜");
    let brand = el("a.brand")
        .attr("href", Route::Search.to_string())
        .child(mark)
        .child(el("span.brand__words").child(name).child(subtitle));
    let choices = el("div.choices").child(languages(app)).child(elder_switch(app));
    let top = el("div.top.wide").child(brand).child(navigation(app)).child(choices);
    el("header.header").child(top).child(el("div").attr("id", "standing"))
}

fn navigation(app: &'static App) -> View {
    let link = |route: &Route, icon: Icon, text: Text| {
        let link = el("a").attr("href", route.to_string()).child(icon.view());
        link.child(el("span").say(app, text))
    };
    el("nav.navigation").attr("aria-label", app.text(Text::Navigation)).children([
        link(&Route::Search, Icon::Search, Text::NavSearch),
        link(&Route::List(Selection::default()), Icon::List, Text::NavList),
        link(&Route::About, Icon::Shield, Text::NavAbout),
    ])
}

fn mark_navigation(app: &'static App) {
    let Ok(links) = document().query_selector_all(".navigation a") else { return };
    let place = match app.route() {
        Route::Search | Route::Scan | Route::Firm(_) | Route::Verify(_) => 0,
        Route::List(_) => 1,
        Route::About => 2,
    };
    for index in 0..links.length() {
        let Some(link) =
            links.get(index).and_then(|node| wasm_bindgen::JsCast::dyn_into::<Element>(node).ok())
        else {
            continue;
        };
        // Only a name that is no attribute could be refused.
        let _ = if index == place {
            link.set_attribute("aria-current", "page")
        } else {
            link.remove_attribute("aria-current")
        };
    }
}

fn languages(app: &'static App) -> View {
    let button = |language: Language, short: &str| {
        el("button")
            .attr("type", "button")
            .attr("lang", language.tag())
            .attr("aria-label", format!("{short} {}", language.name()))
            .attr("aria-pressed", if app.language() == language { "true" } else { "false" })
            .attr("data-language", language.tag())
            .text(short)
            .on("click", move |_| choose_language(app, language))
    };
    el("div.segments").attr("role", "group").attr("aria-label", app.text(Text::LanguageLabel)).children([
        button(Language::Hans, "简"),
        button(Language::HantHk, "繁"),
        button(Language::English, "EN"),
    ])
}

fn choose_language(app: &'static App, language: Language) {
    let selector = format!(".segments [data-language={}]", language.tag());
    app.choose(Settings { language, ..app.settings() }, selector);
}

fn elder_switch(app: &'static App) -> View {
    let settings = app.settings();
    let (other, words) = match settings.elder {
        Elder::Off => (Elder::On, Text::ElderOn),
        Elder::On => (Elder::Off, Text::ElderOff),
    };
    el("button.elder-switch").attr("type", "button").say(app, words).on("click", move |_| {
        app.choose(Settings { elder: other, ..settings }, ".elder-switch".into());
    })
}

/// Puts the focus back where it was before the page was built anew.
pub(crate) fn refocus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        focus(&element);
    }
}

fn footer(app: &'static App) -> View {
    let privacy = el("p").child(Icon::Lock.view()).child(el("span").say(app, Text::FooterPrivacy));
    let label = el("p").child(Icon::Info.view()).child(el("span").say(app, Text::FooterLabel));
    el("footer.footer").child(el("div.wide").child(privacy).child(label))
}

fn place(id: &str) -> Element {
    document().get_element_by_id(id).expect("the frame has all its places")
}
