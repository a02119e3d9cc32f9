//! What a reader keeps on the device: favourites, each compared with how it stood when it was last seen, and recent
//! look-ups.

use crate::app::changes::firm_of;
use crate::app::icons::Icon;
use crate::app::list::InUse;
use crate::app::remembered::{Memory, Remembered, Seen};
use crate::app::route::Route;
use crate::app::settings::{self, Shelf};
use crate::app::view::{View, el};
use crate::app::{App, Text, frame, seal};
use crate::checker::TierName;

/// The sections, as far as there is something in them.
pub(crate) fn view(app: &'static App, list: &InUse) -> Vec<View> {
    let favourites = settings::remembered(Shelf::Favourites);
    let recent = settings::remembered(Shelf::Recent);
    let mut views = Vec::new();
    if !favourites.firms().is_empty() {
        views.push(favourites_section(app, list, &favourites));
    }
    if !recent.firms().is_empty() {
        views.push(recent_section(app, list, &recent));
    }
    views
}

fn favourites_section(app: &'static App, list: &InUse, favourites: &Memory) -> View {
    let [n, m] =
        [favourites.firms().len(), favourites.changed(&list.checker).len()].map(|number| number.to_string());
    let text = if m == "0" { Text::FavouritesSame } else { Text::FavouritesChanged };
    let words = app.fill(text, &[("n", &n), ("m", &m)]);
    let rows = favourites.firms().iter().map(|firm| {
        let now = Seen::now(&list.checker, &firm.key);
        let moved = (now != firm.seen).then(|| {
            let note = el("span.row__note.row__note--moved").child(Icon::Info.view());
            note.child(el("span").text(moved(app, list, firm.seen, now)))
        });
        el("li").child(row(app, list, firm, moved))
    });
    section(app, Text::Favourites, "favourites")
        .child(el("p.help").text(words))
        .child(el("ul.rows").children(rows))
}

fn recent_section(app: &'static App, list: &InUse, recent: &Memory) -> View {
    let rows = recent.firms().iter().map(|firm| {
        let mut rest = recent.clone();
        rest.forget(&firm.key);
        let label = app.fill(Text::RecentForget, &[("name", &firm.name)]);
        let forget = el("button.icon-button").attr("type", "button").attr("aria-label", label);
        let forget = forget.child(Icon::Cross.view()).on("click", keeping(app, rest));
        el("li.row-with-button").child(row(app, list, firm, None)).child(forget)
    });
    let all = el("button.button.button--quiet.show-all")
        .attr("type", "button")
        .say(app, Text::RecentForgetAll)
        .on("click", keeping(app, Memory::default()));
    section(app, Text::Recent, "recent")
        .child(el("p.help").say(app, Text::RecentNote))
        .child(el("ul.rows").children(rows))
        .child(all)
}

/// What keeps `rest` of the recent look-ups and no others, and puts the focus where it is not lost.
fn keeping(app: &'static App, rest: Memory) -> impl FnMut(web_sys::Event) + use<> {
    move |_| {
        settings::keep(Shelf::Recent, &rest);
        app.refresh();
        frame::refocus(if rest.firms().is_empty() { "#query" } else { "#recent h2" });
    }
}

fn section(app: &App, title: Text, id: &str) -> View {
    el("section.panel.narrow").attr("id", id).child(el("h2").attr("tabindex", "-1").say(app, title))
}

fn row(app: &App, list: &InUse, firm: &Remembered, note: Option<View>) -> View {
    let edition = list.checker.edition();
    let is_there = firm_of(edition, &firm.key).is_some();
    let tier = tier(list, Seen::now(&list.checker, &firm.key).years);
    let chip = is_there.then(|| seal::chip(app, tier.as_ref(), edition));
    let name = el("span.row__name").attr("lang", "zh-Hans").text(&firm.name);
    let words = el("span.row__words").child(name).children(note);
    let link = el("a.row").attr("href", Route::Firm(firm.key.clone()).to_string());
    link.child(words).children(chip)
}

/// How a firm stands now and how it stood, in words.
fn moved(app: &App, list: &InUse, was: Seen, now: Seen) -> String {
    if was.years == now.years {
        return app.text(Text::FavouriteAnew).into();
    }
    let words = |years| {
        tier(list, years).map_or_else(|| app.text(Text::ReadingNoTier).into(), |tier| app.tier(&tier))
    };
    app.fill(Text::FavouriteMoved, &[("was", &words(was.years)), ("now", &words(now.years))])
}

fn tier(list: &InUse, years: Option<u32>) -> Option<TierName> {
    let years = years?;
    let tier = list.checker.edition().policy.tiers.iter().find(|tier| tier.years == years);
    Some(TierName { years, name: tier.map(|tier| tier.name.clone()).unwrap_or_default() })
}
