//! How the list on this device stands: an icon, a word and a day, always in sight.

use super::icons::Icon;
use super::list::{InUse, List};
use super::route::Route;
use super::view::{View, el};
use super::{App, Text, today};
use crate::checker::ListStanding;

/// The strip under the header; it leads to how the list was verified.
pub(crate) fn strip(app: &'static App) -> View {
    let (modifier, icon, word, words) = match app.list() {
        List::InUse(list) => in_use(app, &list),
        List::Loading(_) => ("waiting", Icon::Clock, None, app.text(Text::StandingLoading).to_owned()),
        List::Missing(fault) => {
            ("none", Icon::Warning, Some(Text::StandingNone), app.text(fault.kind.title()).to_owned())
        }
    };
    let word = word.map(|word| el("b").say(app, word));
    let link = el("a.standing__link.wide")
        .attr("href", Route::About.to_string())
        .child(icon.view())
        .children(word)
        .child(el("span").text(words));
    el("div.standing").class(&format!("standing--{modifier}")).child(link)
}

fn in_use(app: &App, list: &InUse) -> (&'static str, Icon, Option<Text>, String) {
    let day = app.day(list.checker.edition().as_of);
    let expired = app.day(list.trusted.freshness().expires_on());
    let words = |text| app.fill(text, &[("day", &day), ("expired", &expired)]);
    match list.checker.standing(today()) {
        ListStanding::Fresh => {
            ("fresh", Icon::Shield, Some(Text::StandingFreshWord), words(Text::StandingFresh))
        }
        ListStanding::Ageing => {
            ("ageing", Icon::Clock, Some(Text::StandingAgeingWord), words(Text::StandingAgeing))
        }
        ListStanding::OutOfDate => {
            ("old", Icon::Warning, Some(Text::StandingOutOfDateWord), words(Text::StandingOutOfDate))
        }
        ListStanding::Unverified => {
            ("old", Icon::ShieldBroken, Some(Text::StandingUnverifiedWord), words(Text::StandingUnverified))
        }
    }
}
