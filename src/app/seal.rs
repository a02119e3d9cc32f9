//! The seal of a tier, cut like a name seal: the longest tier in white on red, shorter ones in red on white.

use super::icons::Icon;
use super::view::{View, el};
use super::{App, Text};
use crate::checker::TierName;
use crate::edition::Edition;

/// The seal beside a firm's name. The words beside it say the same, so screen readers pass over it.
pub(crate) fn seal(app: &App, tier: &TierName, edition: &Edition, demo: bool) -> View {
    let text = el("span.seal__text").text(&tier.name);
    let mark = demo.then(|| el("span.seal__demo").say(app, Text::DemoMark));
    el("div.seal")
        .class(&format!("seal--{}", style(tier.years, edition)))
        .attr("lang", "zh-Hans")
        .attr("aria-hidden", "true")
        .child(text)
        .children(mark)
}

/// The tier in one word beside a firm in a row.
pub(crate) fn chip(app: &App, tier: Option<&TierName>, edition: &Edition) -> View {
    match tier {
        Some(tier) => el(&format!("span.chip.chip--{}", style(tier.years, edition))).text(app.tier(tier)),
        None => el("span.chip.chip--none").child(Icon::Dash.view()).say(app, Text::ReadingNoTier),
    }
}

/// 0 for the longest tier, 1 for the next, 2 for all others.
fn style(years: u32, edition: &Edition) -> usize {
    edition.policy.tiers.iter().position(|tier| tier.years == years).unwrap_or(2).min(2)
}
