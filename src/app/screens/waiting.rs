//! While there is no list: how far it has come, or why there is none.

use crate::app::fault::{Fault, FaultKind};
use crate::app::icons::Icon;
use crate::app::list::Progress;
use crate::app::view::{View, el};
use crate::app::{App, Text, doors, frame, rest};

/// The first list is on its way.
pub(crate) fn loading(app: &'static App, at: Progress) -> View {
    let title = el("h2").say(app, Text::LoadingTitle);
    let body = el("div").attr("id", "progress").attr("role", "status").children(progress(app, at));
    el("section.panel.panel--waiting.narrow").child(title).child(body)
}

/// How far it has come, in words and as a bar.
pub(crate) fn progress(app: &App, at: Progress) -> Vec<View> {
    let bar = el("progress").attr("aria-label", app.text(Text::LoadingTitle));
    match at {
        Progress::Connecting => vec![bar, el("p").say(app, Text::LoadingStart)],
        Progress::Receiving { received, total } => {
            let size = |bytes| app.language().bytes(bytes);
            let values = [("received", &*size(received)), ("total", &*size(total))];
            let words = app.fill(Text::LoadingBytes, &values);
            let bar = bar.attr("value", received.to_string()).attr("max", total.max(1).to_string());
            vec![bar, el("p").text(words)]
        }
        Progress::Verifying => vec![bar, el("p").say(app, Text::LoadingVerify)],
    }
}

/// The rest of the program is on its way.
pub(crate) fn opening(app: &'static App) -> View {
    let title = el("h2").say(app, Text::RestTitle);
    let bar = el("progress").attr("aria-label", app.text(Text::RestTitle));
    el("section.panel.panel--waiting.narrow").attr("role", "status").child(title).child(bar)
}

/// The rest of the program did not come.
pub(crate) fn not_opened(app: &'static App) -> View {
    let title = el("h2").child(Icon::Offline.view()).child(el("span").say(app, Text::RestMissing));
    el("section.panel.panel--fault.narrow")
        .attr("data-fault", "no_rest")
        .attr("role", "status")
        .child(title)
        .child(el("p").say(app, Text::RestMissingBody))
        .child(again(app, move || {
            rest::want(app);
            frame::show_route(app);
        }))
}

/// There is none: what happened, what it means, and a way to try again.
pub(crate) fn missing(app: &'static App, fault: &Fault) -> View {
    let icon = match fault.kind {
        FaultKind::Damaged | FaultKind::Disagrees => Icon::Damaged,
        FaultKind::Expired | FaultKind::RolledBack => Icon::Clock,
        FaultKind::NotVerified => Icon::ShieldBroken,
        FaultKind::Offline | FaultKind::Unavailable => Icon::Offline,
        FaultKind::Unsupported => Icon::Refresh,
    };
    el("section.panel.panel--fault.narrow")
        .attr("data-fault", fault.code)
        .child(el("h2").child(icon.view()).child(el("span").text(app.text(fault.kind.title()))))
        .child(el("p").text(app.text(fault.kind.body())))
        .child(again(app, move || app.look_for_newer()))
        .child(details(app, fault))
}

fn again(app: &App, act: impl Fn() + 'static) -> View {
    let button = el("button.button")
        .attr("type", "button")
        .child(Icon::Refresh.view())
        .child(el("span").say(app, Text::TryAgain))
        .on("click", move |_| act());
    el("p").child(button)
}

fn details(app: &App, fault: &Fault) -> View {
    let summary = el("summary").text(app.fill(Text::Details, &[("code", fault.code)]));
    let words = |rest| el("p").attr("lang", "en").text(doors::detail(rest, fault));
    el("details.technical").child(summary).children(app.rest().here().map(words))
}
