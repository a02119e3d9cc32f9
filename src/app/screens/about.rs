//! What the list is, how this one was verified, what the reader may choose, and what is kept private.

use super::{verification, waiting};
use crate::app::icons::Icon;
use crate::app::list::List;
use crate::app::settings::{self, Elder, Recent, Settings, Theme};
use crate::app::view::{View, el};
use crate::app::{App, Checking, Language, Text};

/// The screen.
pub(crate) fn view(app: &'static App) -> Vec<View> {
    let head = el("div.page-head.wide").child(el("h1").attr("tabindex", "-1").say(app, Text::AboutTitle));
    let list = match app.list() {
        List::InUse(list) => verification::view(app, &list),
        List::Loading(progress) => vec![waiting::loading(app, progress)],
        List::Missing(fault) => vec![waiting::missing(app, &fault)],
    };
    let verified = el("div.column").child(update(app)).children(list);
    let side = el("div.column.column--side")
        .child(choices(app))
        .child(words(app, Text::WhatTitle, &[Text::WhatBody, Text::WhatNot, Text::FooterLabel]))
        .child(words(app, Text::PrivacyTitle, &[Text::PrivacyBody]))
        .child(words(app, Text::OfflineTitle, &[Text::OfflineBody]));
    vec![head, el("div.columns.columns--side-first.wide").child(side).child(verified)]
}

fn update(app: &'static App) -> View {
    let running = app.checking() == Checking::Running;
    let button_words = if running { Text::UpdateRunning } else { Text::UpdateButton };
    let button = el("button.button")
        .attr("id", "check-now")
        .attr("type", "button")
        .child(Icon::Refresh.view())
        .child(el("span").say(app, button_words))
        .on("click", move |_| app.look_for_newer());
    let checked = settings::last_check()
        .map(|day| el("p.help").text(app.fill(Text::UpdateChecked, &[("day", &app.day(day))])));
    let not_kept = (!app.is_kept()).then(|| {
        let title = el("strong").say(app, Text::FaultStorage);
        el("p.notice")
            .child(Icon::Warning.view())
            .child(title)
            .child(el("span").say(app, Text::FaultStorageBody))
    });
    el("section.panel.panel--row").child(button).children(checked).children(not_kept)
}

fn words(app: &App, title: Text, paragraphs: &[Text]) -> View {
    el("section.panel")
        .child(el("h2").say(app, title))
        .children(paragraphs.iter().map(|text| el("p").say(app, *text)))
}

fn choices(app: &'static App) -> View {
    let now = app.settings();
    let languages = Language::ALL
        .map(|language| (language.name(), Settings { language, ..now }, language == now.language));
    let sizes = [(Text::TextNormal, Elder::Off), (Text::TextElder, Elder::On)]
        .map(|(text, elder)| (app.text(text), Settings { elder, ..now }, elder == now.elder));
    let themes = [
        (Text::ThemeSystem, Theme::System),
        (Text::ThemeLight, Theme::Light),
        (Text::ThemeDark, Theme::Dark),
    ]
    .map(|(text, theme)| (app.text(text), Settings { theme, ..now }, theme == now.theme));
    let recent = [(Text::RecentOn, Recent::Kept), (Text::RecentOff, Recent::Off)]
        .map(|(text, recent)| (app.text(text), Settings { recent, ..now }, recent == now.recent));
    el("section.panel.settings")
        .child(el("h2").say(app, Text::SettingsTitle))
        .child(choice(app, "language", Text::LanguageLabel, &languages))
        .child(choice(app, "size", Text::TextSize, &sizes))
        .child(choice(app, "theme", Text::Theme, &themes))
        .child(choice(app, "recent", Text::RecentSetting, &recent))
}

/// A group of radio buttons, each of which takes effect at once.
fn choice(app: &'static App, group: &str, title: Text, options: &[(&str, Settings, bool)]) -> View {
    let option = |(place, (words, settings, is_chosen)): (usize, &(&str, Settings, bool))| {
        let id = format!("{group}-{place}");
        let settings = *settings;
        let focus_after = format!("#{id}");
        let input = el("input")
            .attr("type", "radio")
            .attr("id", &id)
            .attr("name", group)
            .flag("checked", *is_chosen)
            .on("change", move |_| app.choose(settings, focus_after.clone()));
        el("label.option").attr("for", &id).child(input).child(el("span").text(words))
    };
    let legend = el("legend").say(app, title);
    el("fieldset")
        .child(legend)
        .child(el("div.option-group").children(options.iter().enumerate().map(option)))
}
