//! The list at a glance: how many firms on which tier and in which city, and the firms themselves to browse.

use std::rc::Rc;

use web_sys::Element;

use crate::app::list::InUse;
use crate::app::places::{city_name, city_of};
use crate::app::route::{Route, Selection};
use crate::app::view::{View, append, el, svg};
use crate::app::{App, Text, seal};
use crate::checker::TierName;
use crate::edition::Edition;
use crate::sampling::Lists;

/// How many firms are shown at once.
const PAGE: usize = 50;

/// The screen.
pub(crate) fn view(app: &Rc<App>, list: &Rc<InUse>, selection: Selection) -> Vec<View> {
    let edition = list.checker.edition();
    let total = listed(edition, Selection::default()).len();
    let total = app.fill(Text::ListTotal, &[("n", &app.language().number(total))]);
    let head = el("div")
        .class("page-head wide")
        .child(el("h1").attr("tabindex", "-1").text(app.text(Text::ListTitle)))
        .child(el("p").class("lead").text(total))
        .child(el("p").class("help").text(coverage(app, edition)));
    let figures = el("div")
        .class("column column--side")
        .child(tiers(app, edition, selection))
        .child(cities(app, edition, selection));
    let browse = el("div").class("column").child(browse(app, list, selection));
    vec![head, el("div").class("columns columns--side-first wide").child(figures).child(browse)]
}

fn coverage(app: &App, edition: &Edition) -> String {
    let language = app.language();
    let year = |bulletin: Option<&crate::sampling::Bulletin>| {
        bulletin.map(|bulletin| bulletin.published_on.year().to_string()).unwrap_or_default()
    };
    let values = [
        ("samplings", &*language.number(edition.samplings.len())),
        ("bulletins", &*language.number(edition.bulletins.len())),
        ("from", &*year(edition.bulletins.first())),
        ("to", &*year(edition.bulletins.last())),
    ];
    let words = app.fill(Text::ListCoverage, &values);
    let failures_only =
        edition.bulletins.iter().filter(|bulletin| bulletin.lists == Lists::FailuresOnly).count();
    if failures_only == 0 {
        return words;
    }
    let number = language.number(failures_only);
    language.sentences(&[&words, &app.fill(Text::ListFailuresOnly, &[("n", &number)])])
}

/// The listed firms of a selection, by their places in the edition.
fn listed(edition: &Edition, selection: Selection) -> Vec<usize> {
    let fits = |firm: &usize| {
        let tier = edition.firms.stated_tiers[*firm];
        let years = tier.map(|place| edition.policy.tiers[usize::from(place)].years);
        let city = edition.firms.divisions[*firm].map(city_of);
        years.is_some()
            && selection.years.is_none_or(|wanted| years == Some(wanted))
            && selection.city.is_none_or(|wanted| city.unwrap_or(0) == wanted)
    };
    (0..edition.firms.len()).filter(fits).collect()
}

fn tiers(app: &App, edition: &Edition, selection: Selection) -> View {
    let bar = |tier: &crate::rule::Tier| {
        let chosen = Selection { years: Some(tier.years), city: None };
        let name = app.tier(&TierName { years: tier.years, name: tier.name.clone() });
        (name, listed(edition, chosen).len(), chosen)
    };
    let bars: Vec<_> = edition.policy.tiers.iter().map(bar).collect();
    panel(app, Text::ListTiers, bars, selection)
}

fn cities(app: &App, edition: &Edition, selection: Selection) -> View {
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for firm in listed(edition, Selection::default()) {
        let city = edition.firms.divisions[firm].map_or(0, city_of);
        match counts.iter_mut().find(|(known, _)| *known == city) {
            Some((_, count)) => *count += 1,
            None => counts.push((city, 1)),
        }
    }
    // Put in by size, since a sort would take more room in the program than the whole screen.
    let mut bars: Vec<(String, usize, Selection)> = Vec::new();
    for (city, count) in counts {
        let place = bars.partition_point(|(_, larger, _)| *larger >= count);
        bars.insert(place, (place_name(app, city), count, Selection { years: None, city: Some(city) }));
    }
    panel(app, Text::ListCities, bars, selection)
}

/// The name of a city, or its four digits where the app does not know it.
fn place_name(app: &App, city: u32) -> String {
    match (city, city_name(city, app.language())) {
        (_, Some(name)) => name.into(),
        (0, None) => app.text(Text::ListOther).into(),
        (_, None) => app.fill(Text::PlaceCode, &[("code", &format!("{city:04}"))]),
    }
}

fn panel(app: &App, title: Text, bars: Vec<(String, usize, Selection)>, current: Selection) -> View {
    let most = bars.iter().map(|(_, count, _)| *count).max().unwrap_or(1).max(1);
    let row = |(name, count, chosen): (String, usize, Selection)| {
        let is_current = chosen == current;
        let width = count * 100 / most;
        let bar =
            svg("svg").attr("class", "bar").attr("viewBox", "0 0 100 6").attr("preserveAspectRatio", "none");
        let bar = bar
            .attr("aria-hidden", "true")
            .child(svg("rect").attr("width", width.max(1).to_string()).attr("height", "6"));
        let link = el("a")
            .class("bar-row")
            .attr("href", Route::List(if is_current { Selection::default() } else { chosen }).to_string())
            .maybe_attr("aria-current", is_current.then_some("true"))
            .child(el("span").class("bar-row__name").text(name))
            .child(el("span").class("bar-row__count").text(app.language().number(count)))
            .child(bar);
        el("li").child(link)
    };
    el("section")
        .class("panel")
        .child(el("h2").text(app.text(title)))
        .child(el("ul").class("bars").children(bars.into_iter().map(row)))
}

fn browse(app: &Rc<App>, list: &Rc<InUse>, selection: Selection) -> View {
    let firms = listed(list.checker.edition(), selection);
    let number = app.fill(Text::ListShown, &[("n", &app.language().number(firms.len()))]);
    let rows = el("ul").class("rows");
    let more = el("button").class("button button--quiet show-all").attr("type", "button");
    let mut pages = Pages {
        app: Rc::clone(app),
        list: Rc::clone(list),
        firms,
        shown: 0,
        rows: rows.element(),
        button: more.element(),
    };
    pages.show_next();
    el("section")
        .class("panel")
        .child(el("h2").text(app.text(Text::ListBrowse)))
        .child(filters(app, selection))
        .child(el("p").class("help").attr("role", "status").text(number))
        .child(rows)
        .child(more.on("click", move |_| pages.show_next()))
}

/// The firms of a selection, shown a page at a time.
struct Pages {
    app: Rc<App>,
    list: Rc<InUse>,
    firms: Vec<usize>,
    shown: usize,
    rows: Element,
    button: Element,
}

impl Pages {
    fn show_next(&mut self) {
        for firm in self.firms.iter().skip(self.shown).take(PAGE) {
            append(&self.rows, &row(&self.app, &self.list, *firm));
        }
        self.shown += PAGE;
        let rest = self.firms.len().saturating_sub(self.shown).min(PAGE);
        self.button.set_text_content(Some(&self.app.fill(Text::ListMore, &[("n", &rest.to_string())])));
        if rest == 0 {
            // Only a name that is no attribute could be refused.
            let _ = self.button.set_attribute("hidden", "");
        }
    }
}

fn filters(app: &App, selection: Selection) -> View {
    let chip = |words: String, to: Selection| {
        let link = el("a").class("filter").attr("href", Route::List(to).to_string());
        link.text(words).text(" ×")
    };
    let tier = selection.years.map(|years| {
        let words = app.language().years(years);
        chip(words, Selection { years: None, ..selection })
    });
    let city = selection.city.map(|city| chip(place_name(app, city), Selection { city: None, ..selection }));
    el("p").class("filters").flag("hidden", selection.is_all()).children(tier).children(city)
}

fn row(app: &App, list: &InUse, firm: usize) -> View {
    let edition = list.checker.edition();
    let code = edition.firms.codes[firm];
    let name = edition.firms.names.get(firm);
    let key = code.map_or_else(|| name.to_owned(), |code| code.to_string());
    let tier = edition.firms.stated_tiers[firm].map(|place| &edition.policy.tiers[usize::from(place)]);
    let tier = tier.map(|tier| TierName { years: tier.years, name: tier.name.clone() });
    let city = edition.firms.divisions[firm].map(|division| place_name(app, city_of(division)));
    let words = el("span")
        .class("row__words")
        .child(el("span").class("row__name").attr("lang", "zh-Hans").text(name))
        .children(city.map(|city| el("span").class("row__note").text(city)));
    let link = el("a").class("row").attr("href", Route::Firm(key).to_string());
    el("li").child(link.child(words).child(seal::chip(app, tier.as_ref(), edition)))
}
