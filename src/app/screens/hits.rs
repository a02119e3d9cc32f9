//! Firms in rows: name with what matched marked, how it matched, where it is registered, its tier.

use crate::app::list::InUse;
use crate::app::places::{city_name, city_of};
use crate::app::route::Route;
use crate::app::view::{View, el};
use crate::app::{App, Text, seal};
use crate::checker::{Hit, Matched};

/// A list of links to firms.
pub(crate) fn links(app: &'static App, list: &InUse, hits: &[Hit]) -> View {
    let row = |hit: &Hit| {
        let link = el("a.row").attr("href", route(hit).to_string()).children(cells(app, list, hit));
        el("li").child(link)
    };
    el("ul.rows").children(hits.iter().map(row))
}

/// What a row shows of a firm.
pub(crate) fn cells(app: &App, list: &InUse, hit: &Hit) -> Vec<View> {
    let in_name = hit.matched.field == "name";
    let name = el("span.row__name").attr("lang", "zh-Hans");
    let name = if in_name { marked(name, &hit.matched) } else { name.text(&hit.name) };
    let words = el("span.row__words").child(name).children(second_line(app, list, hit));
    vec![words, seal::chip(app, hit.tier.as_ref(), list.checker.edition())]
}

/// The screen of a firm that was found.
pub(crate) fn route(hit: &Hit) -> Route {
    Route::Firm(hit.code.map_or_else(|| hit.name.clone(), |code| code.to_string()))
}

fn second_line(app: &App, list: &InUse, hit: &Hit) -> Option<View> {
    let label = match hit.matched.field {
        "former_name" => Some(Text::MatchedFormerName),
        "trade_mark" => Some(Text::MatchedTradeMark),
        "code" => Some(Text::MatchedCode),
        "barcode" => Some(Text::MatchedBarcode),
        _ => None,
    };
    let line = el("span.row__note");
    if let Some(label) = label {
        let text = el("span").attr("lang", "zh-Hans");
        return Some(line.say(app, label).text(" ").child(marked(text, &hit.matched)));
    }
    let firm = list.checker.edition().firm_by_code(hit.code.as_ref()?)?;
    let division = list.checker.edition().firms.divisions[firm]?;
    let city = city_name(city_of(division), app.language())?;
    Some(line.text(city).text(" · ").text(hit.code?.as_str()))
}

/// Appends the text of a field with the matched stretches marked. The ranges count UTF-16 code units.
fn marked(view: View, matched: &Matched) -> View {
    let units: Vec<u16> = matched.text.encode_utf16().collect();
    let slice = |from: usize, to: usize| {
        String::from_utf16_lossy(units.get(from.min(units.len())..to.min(units.len())).unwrap_or_default())
    };
    let mut view = view;
    let mut at = 0;
    for range in &matched.ranges {
        let [from, to] = range.map(|unit| usize::try_from(unit).unwrap_or(usize::MAX));
        if from < at || to < from {
            continue;
        }
        view = view.text(slice(at, from)).child(el("mark").text(slice(from, to)));
        at = to;
    }
    view.text(slice(at, units.len()))
}
