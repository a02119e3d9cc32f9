//! A certificate or a file: who signed it, what was checked step by step, and what that means. Nothing that is not
//! signed is shown as fact.
//!
//! A certificate comes by scan, by its text, in a picture, or as the address by which the page was opened.

use std::cell::Cell;
use std::cmp::Ordering;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, Event, File, HtmlInputElement, HtmlTextAreaElement};

use super::{firm, verify_file, waiting};
use crate::app::icons::Icon;
use crate::app::list::{InUse, List};
use crate::app::route::Route;
use crate::app::scanner::Scanner;
use crate::app::view::{View, el, fill};
use crate::app::{App, Text, go, today};
use crate::certificate::Claims;
use crate::checker::{
    CertificateKind, CertificateReading, CertificateStanding, Judgement, ListWord, TierName, UnprovenReading,
};
use crate::edition::Reality;

/// The screen.
pub(crate) fn view(app: &'static App, text: &str) -> Vec<View> {
    let place = el("div.verified").attr("role", "status");
    let screen = Rc::new(Screen { app, place: place.element(), turn: Cell::new(0) });
    if !text.is_empty() {
        let (again, text) = (Rc::clone(&screen), Rc::<str>::from(text));
        screen.begin(Rc::clone(&text));
        app.on_list_change(Some(Rc::new(move || again.begin(Rc::clone(&text)))));
    }
    let head = el("div.page-head.narrow")
        .child(el("h1").attr("tabindex", "-1").say(app, Text::PaperTitle))
        .child(el("p.lead").say(app, Text::PaperIntro));
    vec![firm::back(app), head, place, ways(&screen)]
}

/// The place where what was found out is shown.
pub(crate) struct Screen {
    pub(crate) app: &'static App,
    place: Element,
    /// Counts what was brought, so that the answer to an earlier question never takes the place of a later one.
    turn: Cell<u32>,
}

impl Screen {
    /// Looks at the text of a certificate.
    fn begin(self: &Rc<Self>, text: Rc<str>) {
        let turn = self.next_turn();
        match self.app.list() {
            List::Loading(progress) => self.show(turn, vec![waiting::loading(self.app, progress)]),
            List::Missing(fault) => self.show(turn, vec![waiting::missing(self.app, &fault)]),
            List::InUse(list) => {
                self.show(turn, vec![checking(self.app)]);
                let screen = Rc::clone(self);
                spawn_local(async move {
                    let views = certificate(screen.app, &list, &text).await;
                    screen.show(turn, views);
                });
            }
        }
    }

    /// Looks at a picture or another file.
    fn take_file(self: &Rc<Self>, file: File) {
        let turn = self.next_turn();
        self.show(turn, vec![checking(self.app)]);
        let screen = Rc::clone(self);
        spawn_local(async move {
            let views = verify_file::look_at(screen.app, &file).await;
            screen.show(turn, views);
        });
    }

    fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get() + 1);
        self.turn.get()
    }

    fn show(&self, turn: u32, views: Vec<View>) {
        if turn == self.turn.get() {
            fill(&self.place, views);
        }
    }
}

fn checking(app: &App) -> View {
    told(Icon::Clock, app.text(Text::PaperChecking), None)
}

/// A sentence or two where there is nothing more to show.
pub(crate) fn told(icon: Icon, title: &str, body: Option<&str>) -> View {
    let title = el("h2.verdict__title").child(icon.view()).child(el("span").text(title));
    el("section.verdict.verdict--open.narrow").child(title).children(body.map(|body| el("p").text(body)))
}

fn ways(screen: &Rc<Screen>) -> View {
    let app = &screen.app;
    let scan = el("a.button")
        .attr("href", Route::Scan.to_string())
        .child(Icon::Scan.view())
        .child(el("span").say(app, Text::ScanTitle));
    let panel = el("section.panel.narrow.drop")
        .child(el("div.actions").child(scan).child(chooser(screen)))
        .child(el("p.help").say(app, Text::PaperDrop))
        .child(text_form(screen));
    let dropped = Rc::clone(screen);
    panel.on("dragover", |event| event.prevent_default()).on("drop", move |event| {
        event.prevent_default();
        let files =
            event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            dropped.take_file(file);
        }
    })
}

fn chooser(screen: &Rc<Screen>) -> View {
    let chosen = Rc::clone(screen);
    let input =
        el("input").attr("type", "file").attr("id", "verify-file").on("change", move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let file = input.as_ref().and_then(HtmlInputElement::files).and_then(|files| files.get(0));
            if let Some(file) = file {
                chosen.take_file(file);
            }
            // The same file may be chosen again.
            input.inspect(|input| input.set_value(""));
        });
    let words = el("span").text(screen.app.text(Text::PaperFile));
    el("label.button.button--quiet.file").child(input).child(words)
}

fn text_form(screen: &Rc<Screen>) -> View {
    let app = &screen.app;
    let label = el("label").attr("for", "verify-text").say(app, Text::PaperText);
    let field = el("textarea")
        .attr("id", "verify-text")
        .attr("rows", "3")
        .attr("maxlength", "1300")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "verify-help");
    let element: HtmlTextAreaElement = field.element().unchecked_into();
    let help = el("p.help").attr("id", "verify-help").say(app, Text::PaperTextHelp);
    let button = el("button.button").attr("type", "submit").say(app, Text::PaperButton);
    el("form.verify-form").child(label).child(field).child(help).child(button).on("submit", move |event| {
        event.prevent_default();
        let text = element.value();
        if !text.trim().is_empty() {
            go(&Route::Verify(text.trim().into()));
        }
    })
}

async fn certificate(app: &'static App, list: &InUse, text: &str) -> Vec<View> {
    let Some(keys) = &list.key_set else { return no_keys(app) };
    let Ok(fields) = Scanner::default().certificate(text, keys.bytes()).await else {
        return vec![broken(app)];
    };
    match UnprovenReading::from_fields(&fields).map(UnprovenReading::prove) {
        Some(CertificateReading::Signed { claims, key }) => {
            let judged = Judgement::of(&claims, Some(&list.checker), today());
            let paper = paper(app, list, &claims, &key);
            vec![
                verdict(app, judged.kind).child(paper),
                steps(app, judged.kind, Some(&signed(app, list, &claims, &judged))),
            ]
        }
        Some(CertificateReading::Refused { kind, problem }) => {
            let summary = el("summary").text(app.fill(Text::Details, &[("code", &problem.code)]));
            let words = el("p").attr("lang", "en").text(&problem.message);
            let details = el("details.technical").child(summary).child(words);
            vec![verdict(app, kind).child(details), steps(app, kind, None)]
        }
        None => no_keys(app),
    }
}

/// The worker could not be had.
pub(crate) fn broken(app: &App) -> View {
    told(Icon::Warning, app.text(Text::ScanFailed), Some(app.text(Text::ScanFailedBody)))
}

fn no_keys(app: &App) -> Vec<View> {
    let told = told(Icon::Lock, app.text(Text::PaperNoKeys), Some(app.text(Text::PaperNoKeysBody)));
    vec![told.attr("data-kind", "no_keys")]
}

fn verdict(app: &App, kind: CertificateKind) -> View {
    let (icon, modifier, title, body) = match kind {
        CertificateKind::BadSignature => {
            (Icon::ShieldBroken, "bad", Text::PaperBadSignature, Text::PaperBadSignatureBody)
        }
        CertificateKind::Expired => (Icon::Clock, "care", Text::PaperExpired, Text::PaperExpiredBody),
        CertificateKind::NotACertificate => (Icon::Damaged, "open", Text::PaperNone, Text::PaperNoneBody),
        CertificateKind::NotYetValid => (Icon::Clock, "care", Text::PaperEarly, Text::PaperEarlyBody),
        CertificateKind::Outranked => (Icon::List, "care", Text::PaperOutranked, Text::PaperOutrankedBody),
        CertificateKind::UnknownKey => (Icon::Lock, "bad", Text::PaperUnknownKey, Text::PaperUnknownKeyBody),
        CertificateKind::Valid => (Icon::Shield, "good", Text::PaperValid, Text::PaperValidBody),
        CertificateKind::WrongKey => {
            (Icon::ShieldBroken, "bad", Text::PaperWrongKey, Text::PaperWrongKeyBody)
        }
    };
    told(icon, app.text(title), Some(app.text(body)))
        .class(&format!("verdict--{modifier}"))
        .attr("data-kind", kind.word())
}

/// What a signed paper says, its firm first, so that a code on another firm's page is noticed.
fn paper(app: &App, list: &InUse, claims: &Claims, key: &str) -> View {
    let years = claims.tier_years;
    let tier = match list.checker.name_of_tier(years) {
        Some(name) => app.tier(&TierName { years, name }),
        None => app.language().years(years),
    };
    let demo = (claims.reality == Reality::Demo).then(|| {
        let mark = el("b").say(app, Text::DemoMark);
        el("p.paper__demo").child(mark).text(" ").say(app, Text::PaperDemo)
    });
    let counted = app.language().number(claims.samplings);
    let edition = [("n", &*claims.edition.to_string()), ("day", &*app.day(claims.as_of))];
    let facts = [
        (Text::CreditCode, claims.code.to_string()),
        (Text::Tier, tier),
        (Text::StreakStart, app.day(claims.streak_start)),
        (Text::SamplingsInStreak, app.fill(Text::Batches, &[("n", &counted)])),
        (Text::PaperEdition, app.fill(Text::PaperEditionOf, &edition)),
        (Text::PaperIssued, app.day(claims.issued_on)),
        (Text::PaperUntil, app.day(claims.expires_on)),
        (Text::PaperIssuer, claims.issuer.clone()),
        (Text::PaperKey, spaced(key)),
    ];
    let fact = |(title, value): (Text, String)| {
        el("div").child(el("dt").say(app, title)).child(el("dd").text(value))
    };
    let link = el("a.button.button--quiet").attr("href", Route::Firm(claims.code.to_string()).to_string());
    el("div.paper")
        .children(demo)
        .child(el("p.paper__name").attr("lang", "zh-Hans").text(&claims.name))
        .child(el("dl.facts").children(facts.map(fact)))
        .child(el("p").child(link.child(Icon::Search.view()).child(el("span").say(app, Text::PaperSeeFirm))))
}

/// Hexadecimal digits in groups of four, as people compare them.
fn spaced(digits: &str) -> String {
    let mut spaced = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            spaced.push(' ');
        }
        spaced.push(digit);
    }
    spaced
}

/// What came of one step.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Came {
    Passed,
    Failed,
    Skipped,
}

/// How the last two steps came out, which only a signed paper comes to: its term, and the list.
fn signed(app: &App, list: &InUse, claims: &Claims, judged: &Judgement) -> [(Came, String); 2] {
    let [from, to] = [claims.issued_on, claims.expires_on].map(|day| app.day(day));
    let in_term = if judged.standing == CertificateStanding::Fresh { Came::Passed } else { Came::Failed };
    let (came, text) = match judged.says {
        Some(ListWord::Confirms) => (Came::Passed, Text::PaperListConfirms),
        Some(ListWord::NotListed) => (Came::Failed, Text::PaperListAbsent),
        Some(ListWord::OtherTier) => (Came::Failed, Text::PaperListTier),
        Some(ListWord::Older) => (Came::Skipped, Text::PaperListOlder),
        Some(ListWord::AnotherList | ListWord::Unverified) | None => (Came::Skipped, Text::PaperListAnother),
    };
    let day = app.day(list.checker.edition().as_of);
    let tier = judged.tier.as_ref().map(|tier| app.tier(tier)).unwrap_or_default();
    [
        (in_term, app.fill(Text::PaperTerm, &[("from", &from), ("to", &to)])),
        (came, app.fill(text, &[("day", &day), ("tier", &tier)])),
    ]
}

/// What was checked, in order. Nothing that comes after a step that failed is looked at.
fn steps(app: &App, kind: CertificateKind, signed: Option<&[(Came, String); 2]>) -> View {
    let titles = [Text::PaperStepForm, Text::PaperStepKey, Text::PaperStepSignature, Text::PaperStepRight];
    let failed = match kind {
        CertificateKind::NotACertificate => 0,
        CertificateKind::UnknownKey => 1,
        CertificateKind::BadSignature => 2,
        CertificateKind::WrongKey => 3,
        _ => titles.len(),
    };
    let came = |place: usize| match place.cmp(&failed) {
        Ordering::Less => Came::Passed,
        Ordering::Equal => Came::Failed,
        Ordering::Greater => Came::Skipped,
    };
    let first = titles.iter().enumerate().map(|(place, title)| step(app, *title, came(place), None));
    let last =
        [Text::PaperStepTerm, Text::PaperStepList].into_iter().enumerate().map(|(place, title)| match signed
            .map(|signed| &signed[place])
        {
            Some((came, words)) => step(app, title, *came, Some(words)),
            None => step(app, title, Came::Skipped, None),
        });
    el("section.panel.narrow")
        .child(el("h2").say(app, Text::PaperChecked))
        .child(el("ol.steps").children(first.chain(last)))
}

fn step(app: &App, title: Text, came: Came, words: Option<&String>) -> View {
    let (icon, modifier, outcome) = match came {
        Came::Passed => (Icon::Check, "passed", Text::PaperPassed),
        Came::Failed => (Icon::Cross, "failed", Text::PaperFailed),
        Came::Skipped => (Icon::Dash, "skipped", Text::PaperSkipped),
    };
    let body = el("p").say(app, outcome);
    let body = match words {
        Some(words) => body.text(" · ").text(words),
        None => body,
    };
    let words = el("div").child(el("strong").say(app, title)).child(body);
    el("li").class(&format!("step--{modifier}")).child(icon.view()).child(words)
}
