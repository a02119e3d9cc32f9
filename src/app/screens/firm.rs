//! One firm: its tier in words and as a seal, the days that matter, the picture of its samplings, the evidence, and
//! what other readings of the rule would say.

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use super::{evidence, picture, readings};
use crate::app::icons::Icon;
use crate::app::list::InUse;
use crate::app::places::{city_name, city_of};
use crate::app::remembered::{MOST_FAVOURITES, Remembered, Seen};
use crate::app::route::Route;
use crate::app::scanner::Scanner;
use crate::app::settings::{self, Shelf};
use crate::app::view::{View, el, fill, svg, window};
use crate::app::{App, Language, Text, browser, frame, seal};
use crate::checker::{Answer, Firm, Kind, StreakAnswer, TierName};
use crate::rule::NextTier;

/// The screen of a listed or inspected firm.
pub(crate) fn view(app: &'static App, list: &Rc<InUse>, query: &str, answer: &Answer) -> Vec<View> {
    let Some(firm) = &answer.firm else { return Vec::new() };
    let columns = el("div.columns.columns--firm.wide")
        .child(el("div.column.column--facts").child(facts(app, list, firm, answer)))
        .child(
            el("div.column.column--main")
                .child(picture::view(app, answer))
                .children(evidence::view(app, answer)),
        )
        .child(
            el("div.column.column--more")
                .children(names(app, firm))
                .children(readings::view(app, list, query)),
        );
    let code = el("div.qr.wide").attr("role", "status");
    let actions = actions(app, list, firm, answer, code.element());
    vec![back(app), verdict(app, list, firm, answer), actions, code, columns]
}

/// The way back to the search, with what was typed still there.
pub(crate) fn back(app: &App) -> View {
    let link = el("a.back").attr("href", Route::Search.to_string()).child(Icon::Back.view());
    el("p.wide").child(link.child(el("span").say(app, Text::Back)))
}

fn verdict(app: &App, list: &InUse, firm: &Firm, answer: &Answer) -> View {
    let edition = list.checker.edition();
    let name = el("h1").attr("tabindex", "-1").attr("lang", "zh-Hans").text(&firm.name);
    let day = app.day(answer.edition.as_of);
    let words = el("div.verdict__words").child(name);
    let dated = el("p.verdict__day")
        .say(app, Text::AsOf)
        .text(" ")
        .child(el("time").attr("datetime", answer.edition.as_of.to_string()).text(day));
    let (modifier, words) = match &answer.tier {
        Some(tier) => ("listed", words.children(listed(app, tier, answer))),
        None => ("open", words.child(inspected(app))),
    };
    let seal = answer.tier.as_ref().map(|tier| seal::seal(app, tier, edition, answer.edition.demo));
    let caution = answer.tier.is_some().then(|| el("p.caution").say(app, Text::FooterLabel));
    el("section.verdict.wide")
        .class(&format!("verdict--{modifier}"))
        .attr("data-kind", answer.kind.word())
        .children(seal)
        .child(words.child(dated).children(caution))
}

fn listed(app: &App, tier: &TierName, answer: &Answer) -> Vec<View> {
    let status = el("p.verdict__status")
        .child(Icon::Check.view())
        .child(el("span").say(app, Text::Listed))
        .text(" · ")
        .child(el("strong").text(app.tier(tier)));
    let years = answer.streak.as_ref().map_or(tier.years, |streak| streak.years);
    let years = app.language().years(years);
    let clean = app.fill(Text::CleanFor, &[("years", &years)]);
    vec![status, el("p.verdict__clean").text(clean)]
}

fn inspected(app: &App) -> View {
    let words = el("span").say(app, Text::Inspected);
    el("p.verdict__status").child(Icon::Dash.view()).child(words)
}

fn facts(app: &App, list: &InUse, firm: &Firm, answer: &Answer) -> View {
    let day = |day| el("time").attr("datetime", day_text(day)).text(app.day(day));
    let mut facts = vec![fact(app, Text::AsOf, day(answer.edition.as_of))];
    if let Some(streak) = &answer.streak {
        facts.push(fact(app, Text::StreakStart, day(streak.start)));
        facts.push(fact(app, Text::StreakLength, length(app, streak)));
        facts.push(fact(app, Text::SamplingsInStreak, samplings(app, streak, answer)));
    }
    if answer.kind == Kind::Inspected {
        facts.push(fact(app, Text::InspectedWhy, why_not_listed(app, list, answer)));
    }
    facts.push(fact(app, Text::NextTier, next_tier(app, list, answer)));
    facts.push(fact(app, Text::CreditCode, code(app, firm)));
    facts.push(fact(app, Text::Place, el("span").text(place(app, firm))));
    el("section.panel").child(el("dl.facts").children(facts))
}

fn day_text(day: crate::Day) -> String {
    day.to_string()
}

fn fact(app: &App, name: Text, value: View) -> View {
    el("div").child(el("dt").say(app, name)).child(el("dd").child(value))
}

fn length(app: &App, streak: &StreakAnswer) -> View {
    let years = app.language().years(streak.years);
    let days = app.language().number(streak.days);
    el("span").text(app.fill(Text::StreakDays, &[("years", &years), ("days", &days)]))
}

fn samplings(app: &App, streak: &StreakAnswer, answer: &Answer) -> View {
    let inside = app.language().number(streak.samplings);
    let uncounted = answer.samplings.as_ref().map_or(0, |samplings| samplings.uncounted);
    let text = if uncounted == 0 { Text::Batches } else { Text::BatchesUncounted };
    el("span").text(app.fill(text, &[("n", &inside), ("u", &uncounted.to_string())]))
}

fn why_not_listed(app: &App, list: &InUse, answer: &Answer) -> View {
    let shortest = list.checker.edition().policy.tiers.last().map_or(0, |tier| tier.years);
    let words = match &answer.streak {
        None => app.text(Text::ReadingNoStreak).to_owned(),
        Some(streak) if streak.years < shortest => {
            let [years, least] = [streak.years, shortest].map(|years| app.language().years(years));
            app.fill(Text::InspectedTooShort, &[("years", &years), ("least", &least)])
        }
        Some(_) => app.text(Text::InspectedElsewhere).to_owned(),
    };
    el("span").text(words)
}

fn next_tier(app: &App, list: &InUse, answer: &Answer) -> View {
    let next = answer.streak.as_ref().and_then(|streak| streak.next);
    let words = match next {
        Some(NextTier { years, on }) => {
            let tiers = &list.checker.edition().policy.tiers;
            let name = tiers.iter().find(|tier| tier.years == years).map(|tier| tier.name.clone());
            let tier = app.tier(&TierName { years, name: name.unwrap_or_default() });
            app.fill(Text::NextTierOn, &[("day", &app.day(on)), ("tier", &tier)])
        }
        None if answer.kind == Kind::Listed => app.text(Text::NextTierNone).to_owned(),
        None => app.text(Text::ReadingNoTier).to_owned(),
    };
    el("span").text(words)
}

fn code(app: &App, firm: &Firm) -> View {
    match &firm.code {
        Some(code) => el("span.code").text(code.as_str()),
        None => el("span").say(app, Text::NoCreditCode),
    }
}

fn place(app: &App, firm: &Firm) -> String {
    let Some(division) = firm.division else { return app.text(Text::PlaceUnknown).into() };
    let code = division.to_string();
    let division_code = app.fill(Text::PlaceCode, &[("code", &code)]);
    match city_name(city_of(division), app.language()) {
        Some(city) => format!("{city} ({code})"),
        None => division_code,
    }
}

fn names(app: &App, firm: &Firm) -> Option<View> {
    let group = |title: Text, names: &[String]| {
        (!names.is_empty()).then(|| {
            let value = el("span").attr("lang", "zh-Hans").text(Language::Hans.enumerate(names));
            fact(app, title, value)
        })
    };
    let facts: Vec<View> =
        [group(Text::FormerNames, &firm.former_names), group(Text::TradeMarks, &firm.trade_marks)]
            .into_iter()
            .flatten()
            .collect();
    (!facts.is_empty()).then(|| {
        let title = el("h2").say(app, Text::NamesTitle);
        el("section.panel").child(title).child(el("dl.facts").children(facts))
    })
}

fn actions(app: &'static App, list: &InUse, firm: &Firm, answer: &Answer, place: Element) -> View {
    let button = |icon: Icon, text: Text| {
        let button = el("button.button.button--quiet").attr("type", "button").child(icon.view());
        button.child(el("span").say(app, text))
    };
    let status = match &answer.tier {
        Some(tier) => format!("{} · {}", app.text(Text::Listed), app.tier(tier)),
        None => app.text(Text::Inspected).to_owned(),
    };
    let day = app.day(answer.edition.as_of);
    let words = app.fill(Text::ShareText, &[("name", &firm.name), ("status", &status), ("day", &day)]);
    let share = button(Icon::Share, Text::Share).on("click", move |_| spawn_local(share(app, words.clone())));
    let print = button(Icon::Printer, Text::Print).on("click", |_| {
        // Refused only where there is no printing at all.
        let _ = window().print();
    });
    let code = button(Icon::Qr, Text::QrShow).attr("id", "show-qr").on("click", move |_| {
        spawn_local(show_code(app, place.clone()));
    });
    el("p.actions.wide").child(star(app, list, firm)).child(share).child(code).child(print)
}

/// The button that puts a firm among the favourites and takes it away.
fn star(app: &'static App, list: &InUse, firm: &Firm) -> View {
    let key = firm.code.map_or_else(|| firm.name.clone(), |code| code.to_string());
    let seen = Seen::now(&list.checker, &key);
    let firm = Remembered { key, name: firm.name.clone(), seen };
    let button = el("button.button.button--quiet.star").attr("id", "star").attr("type", "button");
    let place = button.element();
    let show = move |is_kept: bool| {
        let words = app.text(if is_kept { Text::FavouriteAdded } else { Text::FavouriteAdd });
        fill(&place, [Icon::Star.view(), el("span").text(words)]);
        // Only a name that is no attribute could be refused.
        let _ = place.set_attribute("aria-pressed", if is_kept { "true" } else { "false" });
    };
    show(settings::remembered(Shelf::Favourites).find(&firm.key).is_some());
    button.on("click", move |_| {
        let mut favourites = settings::remembered(Shelf::Favourites);
        let is_kept = favourites.find(&firm.key).is_none();
        if is_kept {
            favourites.put_first(firm.clone(), MOST_FAVOURITES);
        } else {
            favourites.forget(&firm.key);
        }
        settings::keep(Shelf::Favourites, &favourites);
        show(is_kept);
    })
}

/// Shows the address of the page as a QR code, for another person's camera or for paper.
async fn show_code(app: &'static App, place: Element) {
    let address = window().location().href().unwrap_or_default();
    match Scanner::default().qr(&address).await {
        Ok(modules) if !modules.is_empty() => {
            let caption = el("figcaption.help").text(&address);
            fill(&place, [el("figure").child(drawn(&modules, app.text(Text::QrAlt))).child(caption)]);
        }
        _ => frame::toast(app, Icon::Warning, app.text(Text::ScanFailed)),
    }
}

/// Four light modules around the code are part of it.
fn drawn(modules: &[u8], words: &str) -> View {
    let side = modules.len().isqrt().max(1);
    let dark = (0..modules.len()).filter(|place| modules[*place] == 1);
    let path = dark.fold(String::new(), |path, place| {
        path + &format!("M{} {}h1v1h-1z", place % side + 4, place / side + 4)
    });
    let whole = side + 8;
    svg("svg")
        .attr("viewBox", format!("0 0 {whole} {whole}"))
        .attr("role", "img")
        .attr("aria-label", words)
        .attr("shape-rendering", "crispEdges")
        .child(svg("path").attr("d", path))
}

/// Hands text and address to the system where it takes them, else to the clipboard. The question stands behind `#`,
/// which no server sees.
async fn share(app: &'static App, words: String) {
    let address = window().location().href().unwrap_or_default();
    let (icon, text) = match JsFuture::from(browser::share(&words, &address)).await {
        Ok(copied) if copied.is_truthy() => (Icon::Check, Text::ShareCopied),
        Ok(_) => return,
        Err(_) => (Icon::Info, Text::ShareFailed),
    };
    frame::toast(app, icon, app.text(text));
}
