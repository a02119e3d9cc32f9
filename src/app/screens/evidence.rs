//! The evidence: every sampling, newest first, with where it was published, and why one that does not count does not.

use crate::app::icons::Icon;
use crate::app::view::{View, el, fill, focus, window};
use crate::app::{App, Text};
use crate::checker::{Answer, SamplingAnswer};
use crate::rule::Why;
use crate::sampling::{DayFrom, FollowUp, Outcome, Retest, Role, Standing};

/// How many samplings are shown before the reader asks for all.
const FIRST: usize = 10;

/// How many fit on the page of paper; styles.css hides the others there.
const PRINTED: usize = 5;

/// The section with the evidence, where the answer has any.
pub(crate) fn view(app: &'static App, answer: &Answer) -> Option<View> {
    let samplings = answer.samplings.as_ref()?;
    let items = samplings.items.clone();
    let count = items.len();
    let total = count.to_string();
    let title = el("h2").text(app.fill(Text::EvidenceTitle, &[("n", &total)]));
    let order = el("p.help").say(app, Text::EvidenceOrder);
    let rows = el("ol.evidence").children(items.iter().take(FIRST).map(|item| row(app, item)));
    let place = rows.element();
    let all = (items.len() > FIRST).then(|| {
        let words = app.fill(Text::EvidenceAll, &[("n", &total)]);
        el("button.button.button--quiet.show-all").attr("type", "button").text(words).on(
            "click",
            move |event| {
                fill(&place, items.iter().map(|item| row(app, item)));
                remove(&event);
                if let Some(next) = usize_child(&place, FIRST) {
                    focus(&next);
                }
            },
        )
    });
    let printed = (count > PRINTED).then(|| printed(app));
    let section = el("section.panel").child(title).child(order).child(rows);
    Some(section.children(all).children(printed))
}

/// What stands on paper in place of the samplings that do not fit there.
fn printed(app: &App) -> View {
    let address = window().location().href().unwrap_or_default();
    let number = PRINTED.to_string();
    let words = app.fill(Text::EvidencePrinted, &[("n", &number), ("address", &address)]);
    el("p.print-only").text(words)
}

fn remove(event: &web_sys::Event) {
    use wasm_bindgen::JsCast;
    if let Some(button) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    {
        button.remove();
    }
}

fn usize_child(parent: &web_sys::Element, place: usize) -> Option<web_sys::Element> {
    parent.children().item(u32::try_from(place).ok()?)
}

fn row(app: &App, item: &SamplingAnswer) -> View {
    let day = el("time").attr("datetime", item.day.to_string()).text(app.day(item.day));
    let day_from = match item.day_from {
        DayFrom::Published => Text::DayPublished,
        DayFrom::Sampled => Text::DaySampled,
        DayFrom::YearEnd => Text::DayYearEnd,
    };
    let head = el("div.sampling__head")
        .child(outcome(app, item))
        .child(day)
        .child(el("span.sampling__day-from").say(app, day_from));
    let product = el("p.sampling__product").attr("lang", "zh-Hans").text(&item.product_class);
    el("li.sampling")
        .class(if item.counts { "sampling--counted" } else { "sampling--uncounted" })
        .attr("tabindex", "-1")
        .child(head)
        .child(product)
        .children(notes(app, item).into_iter().map(|note| el("p.sampling__note").text(note)))
        .child(source(app, item))
}

fn outcome(app: &App, item: &SamplingAnswer) -> View {
    let (modifier, icon, text) = match (item.counts, item.outcome) {
        (true, Outcome::Conforming) => ("clean", Icon::Check, Text::Clean),
        (true, Outcome::Nonconforming) => ("failed", Icon::Cross, Text::Failed),
        (false, _) => ("uncounted", Icon::Dash, Text::Uncounted),
    };
    let tag = el("span.outcome").class(&format!("outcome--{modifier}")).child(icon.view());
    tag.child(el("span").say(app, text))
}

/// Everything that a reader should know of a sampling beside its day and outcome.
fn notes(app: &App, item: &SamplingAnswer) -> Vec<String> {
    let why = item.why.map(|why| app.fill(Text::NotCounted, &[("why", app.text(why_text(why)))]));
    let failed = (!item.failed_items.is_empty()).then(|| {
        let items = app.language().enumerate(&item.failed_items);
        app.fill(Text::FailedItems, &[("items", &items)])
    });
    let texts = [
        standing_text(item.standing),
        retest_text(item.retest),
        follow_up_text(item.follow_up),
        role_text(item.role),
    ];
    let texts = texts.into_iter().flatten().map(|text| app.text(text).to_owned());
    why.into_iter().chain(failed).chain(texts).collect()
}

fn source(app: &App, item: &SamplingAnswer) -> View {
    let title = if item.title.is_empty() { &item.bulletin } else { &item.title };
    let row = item.row.to_string();
    let words = app.fill(Text::SourceRow, &[("title", title), ("row", &row)]);
    let source = el("p.sampling__source").attr("lang", "zh-Hans").text(&item.body).text(" · ");
    if !item.url.starts_with("https://") && !item.url.starts_with("http://") {
        return source.child(el("span").text(words));
    }
    let link = el("a")
        .attr("href", &item.url)
        .attr("rel", "noopener noreferrer external")
        .attr("title", app.text(Text::SourceOpen))
        .text(words)
        .child(Icon::External.view());
    source.child(link)
}

const fn why_text(why: Why) -> Text {
    match why {
        Why::AfterAsOf => Text::WhyAfterAsOf,
        Why::BeforeDataFrom => Text::WhyBeforeDataFrom,
        Why::Corrected => Text::WhyCorrected,
        Why::Disowned => Text::WhyDisowned,
        Why::NotResponsible => Text::WhyNotResponsible,
        Why::Pending => Text::WhyPending,
        Why::Withdrawn => Text::WhyWithdrawn,
    }
}

const fn standing_text(standing: Standing) -> Option<Text> {
    match standing {
        Standing::Disowned => Some(Text::StandingDisowned),
        Standing::Final => None,
        Standing::Pending => Some(Text::StandingPending),
        Standing::Withdrawn => Some(Text::StandingWithdrawn),
    }
}

const fn retest_text(retest: Retest) -> Option<Text> {
    match retest {
        Retest::NotAsked => None,
        Retest::Overturned => Some(Text::RetestOverturned),
        Retest::Upheld => Some(Text::RetestUpheld),
    }
}

const fn follow_up_text(follow_up: FollowUp) -> Option<Text> {
    match follow_up {
        FollowUp::Failed => Some(Text::FollowUpFailed),
        FollowUp::Open => Some(Text::FollowUpOpen),
        FollowUp::Passed => Some(Text::FollowUpPassed),
        FollowUp::Unknown => None,
    }
}

const fn role_text(role: Role) -> Option<Text> {
    match role {
        Role::Contractor => Some(Text::RoleContractor),
        Role::Dealer => Some(Text::RoleDealer),
        Role::Filler => Some(Text::RoleFiller),
        Role::Importer => Some(Text::RoleImporter),
        Role::Principal => Some(Text::RolePrincipal),
        Role::Producer => None,
    }
}
