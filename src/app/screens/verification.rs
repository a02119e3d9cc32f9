//! How the list in use was verified, step by step: who signed, which version, until when.

use crate::app::icons::Icon;
use crate::app::list::InUse;
use crate::app::view::{View, el};
use crate::app::{App, Text};
use crate::trust::{Header, TopRole};

/// The sections of a verified list.
pub(crate) fn view(app: &'static App, list: &InUse) -> Vec<View> {
    vec![edition(app, list), steps(app, list), keys(app, list)]
}

fn edition(app: &App, list: &InUse) -> View {
    let edition = list.checker.edition();
    let expires = app.day(list.trusted.freshness().expires_on());
    let line = |words: String| el("li").text(words);
    let lines = [
        line(app.fill(Text::EditionNumber, &[("n", &edition.number.to_string())])),
        line(app.fill(Text::StandingFresh, &[("day", &app.day(edition.as_of))])),
        line(app.fill(Text::ValidUntil, &[("day", &expires)])),
        line(app.fill(Text::EditionPolicy, &[("policy", &edition.policy.name)])),
    ];
    let title = el("h2").say(app, Text::EditionTitle);
    el("section.panel").child(title).child(el("ul.plain-list").children(lines))
}

fn steps(app: &App, list: &InUse) -> View {
    let steps = [
        step(app, Text::VerifyRoot, root(app, list)),
        step(
            app,
            Text::VerifyTimestamp,
            dated(app, Text::VerifyTimestampBody, list.trusted.timestamp().header()),
        ),
        step(
            app,
            Text::VerifySnapshot,
            dated(app, Text::VerifySnapshotBody, list.trusted.snapshot().header()),
        ),
        step(app, Text::VerifyTargets, targets(app, list)),
        step(app, Text::VerifyBytes, bytes(app, list)),
        step(app, Text::VerifyTiers, tiers(app, list)),
    ];
    el("section.panel")
        .attr("id", "verification")
        .child(el("h2").say(app, Text::VerifyTitle))
        .child(el("p.help").say(app, Text::VerifyIntro))
        .child(el("ol.steps").children(steps))
}

fn step(app: &App, title: Text, body: String) -> View {
    let words = el("div").child(el("strong").say(app, title)).child(el("p").text(body));
    el("li").child(Icon::Check.view()).child(words)
}

fn dated(app: &App, text: Text, header: &Header) -> String {
    let day = app.day(header.expires.day_in_china());
    app.fill(text, &[("version", &header.version.to_string()), ("day", &day)])
}

fn root(app: &App, list: &InUse) -> String {
    let header = list.trusted.root().header();
    let changes = list.store().roots.len().saturating_sub(1);
    let day = app.day(header.expires.day_in_china());
    let values =
        [("changes", &*changes.to_string()), ("version", &*header.version.to_string()), ("day", &*day)];
    app.fill(Text::VerifyRootBody, &values)
}

fn targets(app: &App, list: &InUse) -> String {
    let header = list.trusted.top_level().header();
    let role = list.trusted.root().signed().role(TopRole::Targets);
    let day = app.day(header.expires.day_in_china());
    let values = [
        ("version", &*header.version.to_string()),
        ("threshold", &*role.threshold().to_string()),
        ("day", &*day),
    ];
    app.fill(Text::VerifyTargetsBody, &values)
}

fn bytes(app: &App, list: &InUse) -> String {
    let size = app.language().bytes(list.target.length());
    app.fill(Text::VerifyBytesBody, &[("name", list.target.name()), ("size", &size)])
}

fn tiers(app: &App, list: &InUse) -> String {
    let edition = list.checker.edition();
    let samplings = app.language().number(edition.samplings.len());
    let firms = app.language().number(edition.firms.len());
    app.fill(
        Text::VerifyTiersBody,
        &[("samplings", &samplings), ("firms", &firms), ("ms", &list.milliseconds)],
    )
}

/// The ids of the keys that may sign the list, for comparing with what the publisher prints.
fn keys(app: &App, list: &InUse) -> View {
    let root = list.trusted.root().signed();
    let ids = root.role(TopRole::Targets).key_ids().iter().map(|id| el("li").child(el("code").text(id)));
    let fingerprint = el("p").child(el("code").text(list.fingerprint()));
    el("details.panel.technical")
        .child(el("summary").say(app, Text::VerifyKeys))
        .child(el("ul.plain-list").children(ids))
        .child(el("h3").say(app, Text::VerifyFingerprint))
        .child(fingerprint)
}
