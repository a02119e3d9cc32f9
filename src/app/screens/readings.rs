//! What each of the four readings of 连续 says of a firm: the published rule leaves it open, so the reader may see.

use crate::app::list::InUse;
use crate::app::view::{View, el};
use crate::app::{App, Text};
use crate::checker::TierName;
use crate::rule::{Continuity, NoStreak, Reading, StartReason};

/// The section, where the question names one firm.
pub(crate) fn view(app: &'static App, list: &InUse, query: &str) -> Option<View> {
    let explanation = list.checker.explain(query)?;
    let used = explanation.reading.continuity;
    let rows = explanation.readings.iter().map(|reading| row(app, list, reading, reading.continuity == used));
    let section = el("section.panel").child(el("h2").say(app, Text::ReadingsTitle));
    let intro = el("p.help").say(app, Text::ReadingsIntro);
    Some(section.child(intro).child(el("ul.readings").children(rows)))
}

fn row(app: &App, list: &InUse, reading: &Reading, is_used: bool) -> View {
    let name = match reading.continuity {
        Continuity::DistinctYears => Text::ReadingDistinctYears,
        Continuity::Elapsed => Text::ReadingElapsed,
        Continuity::EveryYear => Text::ReadingEveryYear,
        Continuity::Spanned => Text::ReadingSpanned,
    };
    let mark = is_used.then(|| el("b.readings__used").say(app, Text::ReadingUsed));
    let reason = reason(app, reading);
    el("li")
        .class(if is_used { "readings__row readings__row--used" } else { "readings__row" })
        .children(mark)
        .child(el("span.readings__name").say(app, name))
        .child(el("strong").text(result(app, list, reading)))
        .children(reason.map(|words| el("span.readings__reason").text(words)))
}

fn result(app: &App, list: &InUse, reading: &Reading) -> String {
    let Some(streak) = &reading.streak else { return app.text(Text::ReadingNoStreak).into() };
    let tiers = &list.checker.edition().policy.tiers;
    let tier = reading.tier_years.map(|years| {
        let name = tiers.iter().find(|tier| tier.years == years).map(|tier| tier.name.clone());
        app.tier(&TierName { years, name: name.unwrap_or_default() })
    });
    let tier = tier.unwrap_or_else(|| app.text(Text::ReadingNoTier).into());
    app.fill(Text::ReadingGives, &[("years", &app.language().years(streak.years)), ("tier", &tier)])
}

fn reason(app: &App, reading: &Reading) -> Option<String> {
    let dated = |text, day| app.fill(text, &[("day", &app.day(day))]);
    if let Some(none) = reading.no_streak {
        return Some(match none {
            NoStreak::ChainEnded { last_clean } => dated(Text::NoneChainEnded, last_clean),
            NoStreak::NoCleanSinceFailure { failed_on } => dated(Text::NoneSinceFailure, failed_on),
            NoStreak::NothingCounted => app.text(Text::NoneCounted).into(),
            NoStreak::Silent { last_clean } => dated(Text::NoneSilent, last_clean),
        });
    }
    Some(match reading.starts? {
        StartReason::AfterFailure { failed_on } => dated(Text::StartsAfterFailure, failed_on),
        StartReason::AfterMissingYear { year } => {
            app.fill(Text::StartsAfterMissingYear, &[("year", &year.to_string())])
        }
        StartReason::AfterSilence { silent_since } => dated(Text::StartsAfterSilence, silent_since),
        StartReason::FirstSampling => app.text(Text::StartsFirst).into(),
    })
}
