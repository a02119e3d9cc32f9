//! Answers that name no tier: not on this list, several firms fit, the code has a mistake. None of them may look like
//! a finding against anybody.

use std::rc::Rc;

use super::{firm, hits};
use crate::CreditCode;
use crate::app::icons::Icon;
use crate::app::list::InUse;
use crate::app::route::Route;
use crate::app::view::{View, el};
use crate::app::{App, Text};
use crate::checker::{Answer, Checker, Hit, Mistyped};
use crate::firm::{CreditCodeError, normal_form};
use crate::search::Query;

/// Nothing of that name or code is in the list.
pub(crate) fn not_listed(app: &'static App, list: &Rc<InUse>, query: &str, answer: &Answer) -> Vec<View> {
    let day = app.day(answer.edition.as_of);
    let tips = [Text::NotListedTipMaker, Text::NotListedTipPart, Text::NotListedTipCode];
    let tips = el("ul.tips").children(tips.map(|tip| el("li").say(app, tip)));
    // Whose a barcode is says little about who made the thing, and few are in a list at all.
    let (title, body) = match Query::read(query) {
        Query::Barcode(_) => (Text::UnknownBarcode, Text::UnknownBarcodeBody),
        _ => (Text::NotListed, Text::NotListedBody),
    };
    vec![
        firm::back(app),
        head(app, Icon::Dash, title)
            .child(asked(query))
            .child(el("p").text(app.fill(body, &[("day", &day)]))),
        firms(app, list, Text::Similar, &answer.firms),
        el("section.panel.narrow").child(el("h2").say(app, Text::NotListedTips)).child(tips),
        again(app),
    ]
}

/// Several firms fit, or part of a name was asked for.
pub(crate) fn several(app: &'static App, list: &Rc<InUse>, answer: &Answer) -> Vec<View> {
    let is_all = answer.firms.len() < Checker::MAX_SEVERAL;
    let text = if is_all { Text::Several } else { Text::SeveralFirst };
    let title = app.fill(text, &[("n", &answer.firms.len().to_string())]);
    let head = el("section.verdict.verdict--open.narrow")
        .child(el("h1").attr("tabindex", "-1").child(Icon::List.view()).child(el("span").text(title)))
        .child(el("p").say(app, Text::SeveralBody));
    let rows = el("section.panel.narrow").child(hits::links(app, list, &answer.firms));
    vec![firm::back(app), head, rows, again(app)]
}

/// The code has a mistake, so there is no answer.
pub(crate) fn mistyped(app: &'static App, list: &Rc<InUse>, query: &str, answer: &Answer) -> Vec<View> {
    let typed = normal_form(query);
    let error = typed.parse::<CreditCode>().err();
    let words = match (&error, &answer.mistyped) {
        (Some(error), _) => explain(app, error),
        (None, Some(mistyped)) => mistyped.message.clone(),
        (None, None) => String::new(),
    };
    let near = answer.mistyped.as_ref().map(|Mistyped { suggestions, .. }| suggestions.as_slice());
    vec![
        firm::back(app),
        head(app, Icon::Warning, Text::Mistyped)
            .child(spelled(&typed, error.as_ref()))
            .child(el("p").child(el("strong").text(words)))
            .child(el("p").text(
                app.language().sentences(&[app.text(Text::MistypedBody), app.text(Text::MistypedAdvice)]),
            )),
        firms(app, list, Text::MistypedNear, near.unwrap_or_default()),
        again(app),
    ]
}

fn head(app: &App, icon: Icon, title: Text) -> View {
    let title = el("h1").attr("tabindex", "-1").child(icon.view()).child(el("span").say(app, title));
    el("section.verdict.verdict--open.narrow").child(title)
}

fn asked(query: &str) -> View {
    el("p.asked").attr("lang", "zh-Hans").text(query)
}

fn firms(app: &'static App, list: &InUse, title: Text, hits: &[Hit]) -> View {
    let section = el("section.narrow");
    if hits.is_empty() {
        return section.flag("hidden", true);
    }
    let rows = hits::links(app, list, hits);
    section.class("panel").child(el("h2").say(app, title)).child(rows)
}

fn again(app: &App) -> View {
    let link = el("a.button").attr("href", Route::Search.to_string()).child(Icon::Search.view());
    el("p.narrow.actions").child(link.child(el("span").say(app, Text::SearchAgain)))
}

/// The code in groups as licences print it, with the character that is wrong marked.
fn spelled(typed: &str, error: Option<&CreditCodeError>) -> View {
    let wrong = match error {
        Some(CreditCodeError::Alphabet { position, .. }) => Some(*position),
        Some(CreditCodeError::Check { .. }) => Some(18),
        Some(CreditCodeError::OrganisationCheck { .. }) => Some(17),
        Some(CreditCodeError::Length { .. }) | None => None,
    };
    let character = |(position, character): (usize, char)| {
        let tag = if Some(position) == wrong { "mark" } else { "span" };
        el(tag).text(character.to_string())
    };
    el("p.code-spelled").children((1..).zip(typed.chars().take(40)).map(character))
}

fn explain(app: &App, error: &CreditCodeError) -> String {
    match error {
        CreditCodeError::Alphabet { position, found } => {
            let values = [("position", &*position.to_string()), ("found", &*found.to_string())];
            app.fill(Text::MistypedAlphabet, &values)
        }
        CreditCodeError::Check { expected, found } => {
            let values = [("expected", &*expected.to_string()), ("found", &*found.to_string())];
            app.fill(Text::MistypedCheck, &values)
        }
        CreditCodeError::Length { found } => app.fill(Text::MistypedLength, &[("found", &found.to_string())]),
        CreditCodeError::OrganisationCheck { expected, found } => {
            let values = [("expected", &*expected.to_string()), ("found", &*found.to_string())];
            app.fill(Text::MistypedOrganisation, &values)
        }
    }
}
