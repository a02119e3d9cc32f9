//! The list at a glance: how many firms on which tier, in which city and of which product class, what changed since the
//! edition before, and the firms themselves to browse.

use std::rc::Rc;

use web_sys::Element;

use crate::app::changes::{Change, firm_of, key, years};
use crate::app::list::InUse;
use crate::app::places::{city_name, city_of};
use crate::app::route::{Route, Selection};
use crate::app::view::{View, append, el, fill, svg};
use crate::app::{App, Text, frame, seal};
use crate::checker::TierName;
use crate::edition::Edition;
use crate::number::index;
use crate::sampling::Lists;

/// How many firms are shown at once.
const PAGE: usize = 50;

/// How many product classes are shown before the reader asks for all.
const CLASSES: usize = 12;

/// The screen.
pub(crate) fn view(app: &'static App, list: &Rc<InUse>, selection: &Selection) -> Vec<View> {
    let edition = list.checker.edition();
    let total = edition.firms.stated_tiers.iter().flatten().count();
    let total = app.fill(Text::ListTotal, &[("n", &app.language().number(total))]);
    let head = el("div.page-head.wide")
        .child(el("h1").attr("tabindex", "-1").say(app, Text::ListTitle))
        .child(el("p.lead").text(total))
        .child(el("p.help").text(coverage(app, edition)));
    let figures = el("div.column.column--side")
        .child(tiers(app, list, selection))
        .child(changes(app, list, selection))
        .child(cities(app, list, selection))
        .child(classes(app, list, selection));
    let browse = el("div.column").child(browse(app, list, selection));
    vec![head, el("div.columns.columns--side-first.wide").child(figures).child(browse)]
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

/// One firm of a selection.
enum Chosen {
    /// The one at this place of the edition.
    Listed(usize),
    /// One that left the list: its key and its name.
    Left(String, String),
}

/// The firms of a selection. Of a firm that left there is its name and nothing else to choose by.
fn chosen(list: &InUse, selection: &Selection) -> Vec<Chosen> {
    if selection.change == Some(Change::Left) {
        let left = list.changes.iter().flat_map(|changes| changes.of(Change::Left));
        return left.map(|moved| Chosen::Left(moved.key.clone(), moved.name.clone())).collect();
    }
    listed(list, selection).into_iter().map(Chosen::Listed).collect()
}

/// The listed firms of a selection, by their places in the edition.
fn listed(list: &InUse, selection: &Selection) -> Vec<usize> {
    let edition = list.checker.edition();
    let firms = &edition.firms;
    // Known without a class of that name: then no firm has one.
    let class = selection.class.as_deref().map(|name| class_of(edition, name));
    let moved: Option<Vec<usize>> = selection.change.map(|change| {
        let moves = list.changes.iter().flat_map(|changes| changes.of(change));
        moves.filter_map(|moved| firm_of(edition, &moved.key)).collect()
    });
    let fits = |firm: &usize| {
        let years = years(edition, *firm);
        let city = firms.divisions[*firm].map_or(0, city_of);
        years.is_some()
            && selection.years.is_none_or(|wanted| years == Some(wanted))
            && selection.city.is_none_or(|wanted| city == wanted)
            && moved.as_ref().is_none_or(|moved| moved.binary_search(firm).is_ok())
            && class.is_none_or(|class| class.is_some_and(|class| is_of_class(edition, *firm, class)))
    };
    (0..firms.len()).filter(fits).collect()
}

fn class_of(edition: &Edition, name: &str) -> Option<u32> {
    let place = edition.product_classes.iter().position(|known| known == name)?;
    u32::try_from(place).ok()
}

fn is_of_class(edition: &Edition, firm: usize, class: u32) -> bool {
    edition.samplings.product_classes[edition.firms.sampling_range(firm)].contains(&class)
}

fn tiers(app: &App, list: &InUse, selection: &Selection) -> View {
    let others = listed(list, &Selection { years: None, ..selection.clone() });
    let edition = list.checker.edition();
    let bar = |tier: &crate::rule::Tier| Bar {
        name: app.tier(&TierName { years: tier.years, name: tier.name.clone() }),
        count: others.iter().filter(|firm| years(edition, **firm) == Some(tier.years)).count(),
        to: Selection { years: toggled(selection.years, tier.years), ..selection.clone() },
        is_current: selection.years == Some(tier.years),
    };
    let bars: Vec<Bar> = edition.policy.tiers.iter().map(bar).collect();
    panel(app, Text::ListTiers, &bars)
}

fn cities(app: &App, list: &InUse, selection: &Selection) -> View {
    let edition = list.checker.edition();
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for firm in listed(list, &Selection { city: None, ..selection.clone() }) {
        let city = edition.firms.divisions[firm].map_or(0, city_of);
        match counts.iter_mut().find(|(known, _)| *known == city) {
            Some((_, count)) => *count += 1,
            None => counts.push((city, 1)),
        }
    }
    let bar = |(city, count)| Bar {
        name: place_name(app, city),
        count,
        to: Selection { city: toggled(selection.city, city), ..selection.clone() },
        is_current: selection.city == Some(city),
    };
    panel(app, Text::ListCities, &largest_first(counts.into_iter().map(bar)))
}

/// Firms by the classes of their samplings; a firm stands in each of its classes.
fn classes(app: &'static App, list: &InUse, selection: &Selection) -> View {
    let edition = list.checker.edition();
    let mut counts = vec![0; edition.product_classes.len()];
    let mut counted_for = vec![usize::MAX; counts.len()];
    for firm in listed(list, &Selection { class: None, ..selection.clone() }) {
        for class in &edition.samplings.product_classes[edition.firms.sampling_range(firm)] {
            let class = index(*class);
            if counted_for[class] != firm {
                counted_for[class] = firm;
                counts[class] += 1;
            }
        }
    }
    let bar = |(name, count): (&str, usize)| {
        let is_current = selection.class.as_deref() == Some(name);
        let class = (!is_current).then(|| name.to_owned());
        Bar { name: name.to_owned(), count, to: Selection { class, ..selection.clone() }, is_current }
    };
    let bars = edition.product_classes.iter().zip(counts).filter(|(_, count)| *count > 0).map(bar);
    let mut bars = largest_first(bars);
    // What is chosen is always in sight.
    if let Some(place) = bars.iter().position(|bar| bar.is_current) {
        let current = bars.remove(place);
        bars.insert(0, current);
    }
    let rest = bars.split_off(bars.len().min(CLASSES));
    let all = app.fill(Text::ListClassesAll, &[("n", &app.language().number(bars.len() + rest.len()))]);
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1);
    let panel = panel(app, Text::ListClasses, &bars).attr("id", "classes");
    if rest.is_empty() {
        return panel;
    }
    let rows = el("ul.bars");
    let place = rows.element();
    let button = el("button.button.button--quiet.show-all").attr("type", "button").text(all);
    let pressed = button.element();
    panel.child(rows).child(button.on("click", move |_| {
        fill(&place, rest.iter().map(|bar| bar.row(app, most)));
        pressed.remove();
        frame::refocus("#classes .bars:last-of-type a");
    }))
}

/// New and left, up and down since the edition before, where this device had one.
fn changes(app: &App, list: &InUse, selection: &Selection) -> View {
    let Some(changes) = &list.changes else {
        return el("section.panel")
            .child(el("h2").say(app, Text::ListChanges))
            .child(el("p.help").say(app, Text::ListChangesUnknown));
    };
    let bar = |change: &Change| {
        let text = match change {
            Change::Entered => Text::ChangeNew,
            Change::Fell => Text::ChangeDown,
            Change::Left => Text::ChangeLeft,
            Change::Rose => Text::ChangeUp,
        };
        Bar {
            name: app.text(text).into(),
            count: changes.of(*change).count(),
            to: Selection { change: toggled(selection.change, *change), ..Selection::default() },
            is_current: selection.change == Some(*change),
        }
    };
    let bars: Vec<Bar> = Change::ALL.iter().map(bar).collect();
    let since = app.fill(Text::ListChangesSince, &[("day", &app.day(changes.since))]);
    panel(app, Text::ListChanges, &bars).child(el("p.help").text(since))
}

/// Chosen where it was not, and no longer where it was.
fn toggled<T: Copy + PartialEq>(now: Option<T>, chosen: T) -> Option<T> {
    if now == Some(chosen) { None } else { Some(chosen) }
}

/// One bar of a figure, and the firms behind it.
struct Bar {
    name: String,
    count: usize,
    to: Selection,
    is_current: bool,
}

/// Put in by size, since a sort would take more room in the program than the whole screen.
fn largest_first(unsorted: impl Iterator<Item = Bar>) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for bar in unsorted {
        let place = bars.partition_point(|larger| larger.count >= bar.count);
        bars.insert(place, bar);
    }
    bars
}

/// The name of a city, or its four digits where the app does not know it.
fn place_name(app: &App, city: u32) -> String {
    match (city, city_name(city, app.language())) {
        (_, Some(name)) => name.into(),
        (0, None) => app.text(Text::ListOther).into(),
        (_, None) => app.fill(Text::PlaceCode, &[("code", &format!("{city:04}"))]),
    }
}

fn panel(app: &App, title: Text, bars: &[Bar]) -> View {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1);
    el("section.panel")
        .child(el("h2").say(app, title))
        .child(el("ul.bars").children(bars.iter().map(|bar| bar.row(app, most))))
}

impl Bar {
    fn row(&self, app: &App, most: usize) -> View {
        let width = self.count * 100 / most.max(1);
        let bar =
            svg("svg").attr("class", "bar").attr("viewBox", "0 0 100 6").attr("preserveAspectRatio", "none");
        let bar = bar
            .attr("aria-hidden", "true")
            .child(svg("rect").attr("width", width.max(1).to_string()).attr("height", "6"));
        let link = el("a.bar-row")
            .attr("href", Route::List(self.to.clone()).to_string())
            .maybe_attr("aria-current", self.is_current.then_some("true"))
            .child(el("span.bar-row__name").text(&self.name))
            .child(el("span.bar-row__count").text(app.language().number(self.count)))
            .child(bar);
        el("li").child(link)
    }
}

fn browse(app: &'static App, list: &Rc<InUse>, selection: &Selection) -> View {
    let firms = chosen(list, selection);
    let number = app.fill(Text::ListShown, &[("n", &app.language().number(firms.len()))]);
    let rows = el("ul.rows");
    let more = el("button.button.button--quiet.show-all").attr("type", "button");
    let mut pages =
        Pages { app, list: Rc::clone(list), firms, shown: 0, rows: rows.element(), button: more.element() };
    pages.show_next();
    el("section.panel")
        .child(el("h2").say(app, Text::ListBrowse))
        .child(filters(app, selection))
        .child(el("p.help").attr("role", "status").text(number))
        .child(rows)
        .child(more.on("click", move |_| pages.show_next()))
}

/// The firms of a selection, shown a page at a time.
struct Pages {
    app: &'static App,
    list: Rc<InUse>,
    firms: Vec<Chosen>,
    shown: usize,
    rows: Element,
    button: Element,
}

impl Pages {
    fn show_next(&mut self) {
        for firm in self.firms.iter().skip(self.shown).take(PAGE) {
            append(&self.rows, &row(self.app, &self.list, firm));
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

fn filters(app: &App, selection: &Selection) -> View {
    let chip = |words: String, to: Selection| {
        let link = el("a.filter").attr("href", Route::List(to).to_string());
        link.text(words).text(" ×")
    };
    let rest = || selection.clone();
    let tier =
        selection.years.map(|years| chip(app.language().years(years), Selection { years: None, ..rest() }));
    let city = selection.city.map(|city| chip(place_name(app, city), Selection { city: None, ..rest() }));
    let class = selection.class.clone().map(|class| chip(class, Selection { class: None, ..rest() }));
    let change = selection
        .change
        .map(|_| chip(app.text(Text::ListChanges).into(), Selection { change: None, ..rest() }));
    let chips = [tier, city, class, change].into_iter().flatten();
    el("p.filters").flag("hidden", selection.is_all()).children(chips)
}

fn row(app: &App, list: &InUse, firm: &Chosen) -> View {
    let edition = list.checker.edition();
    let firm = match firm {
        Chosen::Listed(firm) => *firm,
        Chosen::Left(key, name) => return link(key.clone(), name, None, seal::chip(app, None, edition)),
    };
    let tier = edition.firms.stated_tiers[firm].map(|place| &edition.policy.tiers[usize::from(place)]);
    let tier = tier.map(|tier| TierName { years: tier.years, name: tier.name.clone() });
    let city = edition.firms.divisions[firm].map(|division| place_name(app, city_of(division)));
    let name = edition.firms.names.get(firm);
    link(key(edition, firm), name, city, seal::chip(app, tier.as_ref(), edition))
}

fn link(key: String, name: &str, city: Option<String>, chip: View) -> View {
    let words = el("span.row__words")
        .child(el("span.row__name").attr("lang", "zh-Hans").text(name))
        .children(city.map(|city| el("span.row__note").text(city)));
    let link = el("a.row").attr("href", Route::Firm(key).to_string());
    el("li").child(link.child(words).child(chip))
}
