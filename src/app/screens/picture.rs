//! The picture of a firm's samplings by year: a dot a batch, a band under the years of the streak. A table says the
//! same in numbers.

use crate::app::timeline::{Dot, Year, years};
use crate::app::view::{View, el, svg};
use crate::app::{App, Text};
use crate::checker::{Answer, SamplingAnswer};
use crate::sampling::Outcome;

/// Dots that fit above one year; more are told as a number.
const MOST_DOTS: usize = 6;
const YEAR_WIDTH: usize = 44;
const DOT_STEP: usize = 15;
const GROUND: usize = 112;

/// The section with the picture.
pub(crate) fn view(app: &'static App, answer: &Answer) -> View {
    let items = answer.samplings.as_ref().map(|samplings| samplings.items.as_slice()).unwrap_or_default();
    let streak = answer.streak.as_ref().map(|streak| (streak.start, streak.end));
    let days = items.iter().map(|item| (item.day, dot_of(item)));
    let years = years(days, streak, answer.edition.as_of);
    let title = el("h2").say(app, Text::TimelineTitle);
    let figure = el("figure")
        .child(
            el("div.picture")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", app.text(Text::TimelineTitle))
                .child(picture(app, &years)),
        )
        .child(legend(app))
        .child(table(app, &years));
    el("section.panel").child(title).child(figure)
}

fn dot_of(item: &SamplingAnswer) -> Dot {
    match (item.counts, item.outcome) {
        (false, _) => Dot::Uncounted,
        (true, Outcome::Conforming) => Dot::Clean,
        (true, Outcome::Nonconforming) => Dot::Failed,
    }
}

fn picture(app: &App, years: &[Year]) -> View {
    let width = years.len().max(1) * YEAR_WIDTH;
    let sum = |count: fn(&Year) -> u32| years.iter().map(count).sum::<u32>().to_string();
    let edge = |year: Option<&Year>| year.map(|year| year.year.to_string()).unwrap_or_default();
    let words = app.fill(
        Text::TimelineAlt,
        &[
            ("from", &edge(years.first())),
            ("to", &edge(years.last())),
            ("n", &sum(Year::total)),
            ("f", &sum(|year| year.failed)),
            ("u", &sum(|year| year.uncounted)),
        ],
    );
    svg("svg")
        .attr("class", "timeline")
        .attr("viewBox", format!("0 0 {width} 146"))
        .attr("width", width.to_string())
        .attr("height", "146")
        .attr("role", "img")
        .attr("aria-label", words)
        .children(years.iter().enumerate().map(|(place, year)| column(place, year)))
}

fn column(place: usize, year: &Year) -> View {
    let left = place * YEAR_WIDTH;
    let middle = left + YEAR_WIDTH / 2;
    let ground =
        svg("path").attr("class", "timeline__ground").attr("d", format!("M{left} 120.5h{YEAR_WIDTH}"));
    let mut column =
        svg("g").child(ground).child(text(middle, 140, "timeline__year", &year.year.to_string()));
    if year.in_streak {
        let band = svg("rect").attr("class", "timeline__band").attr("x", left.to_string()).attr("y", "118");
        column = column.child(band.attr("width", YEAR_WIDTH.to_string()).attr("height", "5"));
    }
    let mut top = GROUND - 5;
    let dots = year.dots(MOST_DOTS);
    let more = usize::try_from(year.total()).unwrap_or(usize::MAX).saturating_sub(dots.len());
    for dot in dots {
        column = column.child(mark(dot, middle, top));
        top -= DOT_STEP;
    }
    if more > 0 {
        column = column.child(text(middle, top + 4, "timeline__more", &format!("+{more}")));
    }
    column
}

/// Each kind of dot has a shape of its own, so that nothing depends on colour.
fn mark(dot: Dot, x: usize, y: usize) -> View {
    match dot {
        Dot::Clean => circle("timeline__clean", x, y, "5"),
        Dot::Uncounted => circle("timeline__uncounted", x, y, "4.5"),
        Dot::Failed => {
            let (left, top) = (x - 5, y - 5);
            svg("path")
                .attr("class", "timeline__failed")
                .attr("d", format!("M{left} {top}l10 10m0-10l-10 10"))
        }
    }
}

fn circle(class: &str, x: usize, y: usize, radius: &str) -> View {
    svg("circle").attr("class", class).attr("cx", x.to_string()).attr("cy", y.to_string()).attr("r", radius)
}

fn text(x: usize, y: usize, class: &str, words: &str) -> View {
    svg("text")
        .attr("class", class)
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("text-anchor", "middle")
        .text(words)
}

fn legend(app: &App) -> View {
    let sample = |dot: Dot, text: Text| {
        let picture =
            svg("svg").attr("viewBox", "0 0 14 14").attr("class", "legend__mark").attr("aria-hidden", "true");
        el("li").child(picture.child(mark(dot, 7, 7))).child(el("span").say(app, text))
    };
    let band = svg("svg")
        .attr("viewBox", "0 0 22 14")
        .attr("class", "legend__mark legend__mark--wide")
        .attr("aria-hidden", "true")
        .child(
            svg("rect")
                .attr("class", "timeline__band")
                .attr("y", "5")
                .attr("width", "22")
                .attr("height", "5"),
        );
    el("ul.legend")
        .child(sample(Dot::Clean, Text::Clean))
        .child(sample(Dot::Failed, Text::Failed))
        .child(sample(Dot::Uncounted, Text::Uncounted))
        .child(el("li").child(band).child(el("span").say(app, Text::TimelineStreak)))
}

fn table(app: &App, years: &[Year]) -> View {
    let head = [Text::Year, Text::Clean, Text::Failed, Text::Uncounted]
        .map(|text| el("th").attr("scope", "col").say(app, text));
    let row = |year: &Year| {
        let cell = |count: u32| el("td").text(count.to_string());
        el("tr")
            .child(el("th").attr("scope", "row").text(year.year.to_string()))
            .children([year.clean, year.failed, year.uncounted].map(cell))
    };
    let table = el("table")
        .child(el("thead").child(el("tr").children(head)))
        .child(el("tbody").children(years.iter().rev().map(row)));
    let summary = el("summary").say(app, Text::TimelineTable);
    el("details.as-table").child(summary).child(table)
}
