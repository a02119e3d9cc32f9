//! A certificate or a file: who signed it, what was checked step by step, and what that means. Nothing that is not
//! signed is shown as fact.
//!
//! A certificate comes by scan, by its text, in a picture, or as the address by which the page was opened.

use std::cell::Cell;
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
use crate::checker::{
    CertificateAnswer, CertificateKind, CertificateSays, ListSays, ListWord, TierName, UnprovenReading,
};

/// The screen.
pub(crate) fn view(app: &Rc<App>, text: &str) -> Vec<View> {
    let place = el("div.verified").attr("role", "status");
    let screen = Rc::new(Screen { app: Rc::clone(app), place: place.element(), turn: Cell::new(0) });
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
    pub(crate) app: Rc<App>,
    place: Element,
    /// Counts what was brought, so that the answer to an earlier question never takes the place of a later one.
    turn: Cell<u32>,
}

impl Screen {
    /// Looks at the text of a certificate.
    fn begin(self: &Rc<Self>, text: Rc<str>) {
        let turn = self.next_turn();
        match self.app.list() {
            List::Loading(progress) => self.show(turn, vec![waiting::loading(&self.app, progress)]),
            List::Missing(fault) => self.show(turn, vec![waiting::missing(&self.app, &fault)]),
            List::InUse(list) => {
                self.show(turn, vec![checking(&self.app)]);
                let screen = Rc::clone(self);
                spawn_local(async move {
                    let views = certificate(&screen.app, &list, &text).await;
                    screen.show(turn, views);
                });
            }
        }
    }

    /// Looks at a picture or another file.
    fn take_file(self: &Rc<Self>, file: File) {
        let turn = self.next_turn();
        self.show(turn, vec![checking(&self.app)]);
        let screen = Rc::clone(self);
        spawn_local(async move {
            let views = verify_file::look_at(&screen.app, &file).await;
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

async fn certificate(app: &Rc<App>, list: &InUse, text: &str) -> Vec<View> {
    let Some(keys) = &list.key_set else { return no_keys(app) };
    let Ok(fields) = Scanner::default().certificate(text, keys.bytes()).await else {
        return vec![broken(app)];
    };
    match UnprovenReading::from_fields(&fields) {
        Some(reading) => answered(app, &reading.prove().judge(Some(&list.checker), today())),
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

fn answered(app: &App, answer: &CertificateAnswer) -> Vec<View> {
    let (icon, modifier, title, body) = match answer.kind {
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
    let verdict = told(icon, app.text(title), Some(app.text(body)))
        .class(&format!("verdict--{modifier}"))
        .attr("data-kind", answer.kind.word())
        .children(answer.certificate.as_ref().map(|says| paper(app, says)))
        .children(answer.problem.as_ref().map(|problem| {
            let summary = el("summary").text(app.fill(Text::Details, &[("code", &problem.code)]));
            let words = el("p").attr("lang", "en").text(&problem.message);
            el("details.technical").child(summary).child(words)
        }));
    vec![verdict, steps(app, answer)]
}

/// What a signed paper says, its firm first, so that a code on another firm's page is noticed.
fn paper(app: &App, says: &CertificateSays) -> View {
    let code = says.firm.code.to_string();
    let tier = TierName { years: says.tier.years, name: says.tier.name.clone().unwrap_or_default() };
    let tier = match says.tier.name {
        Some(_) => app.tier(&tier),
        None => app.language().years(tier.years),
    };
    let demo = says.edition.demo.then(|| {
        let mark = el("b").say(app, Text::DemoMark);
        el("p.paper__demo").child(mark).text(" ").say(app, Text::PaperDemo)
    });
    let number = says.edition.number.to_string();
    let as_of = app.day(says.edition.as_of);
    let counted = app.language().number(says.samplings.counted);
    let facts = [
        (Text::CreditCode, code.clone()),
        (Text::Tier, tier),
        (Text::StreakStart, app.day(says.streak.start)),
        (Text::SamplingsInStreak, app.fill(Text::Batches, &[("n", &counted)])),
        (Text::PaperEdition, app.fill(Text::PaperEditionOf, &[("n", &number), ("day", &as_of)])),
        (Text::PaperIssued, app.day(says.issued_on)),
        (Text::PaperUntil, app.day(says.expires_on)),
        (Text::PaperIssuer, says.issuer.clone()),
        (Text::PaperKey, spaced(&says.key)),
    ];
    let fact = |(title, value): (Text, String)| {
        el("div").child(el("dt").say(app, title)).child(el("dd").text(value))
    };
    let link = el("a.button.button--quiet").attr("href", Route::Firm(code).to_string());
    el("div.paper")
        .children(demo)
        .child(el("p.paper__name").attr("lang", "zh-Hans").text(&says.firm.name))
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

fn steps(app: &App, answer: &CertificateAnswer) -> View {
    let titles = [
        Text::PaperStepForm,
        Text::PaperStepKey,
        Text::PaperStepSignature,
        Text::PaperStepRight,
        Text::PaperStepTerm,
        Text::PaperStepList,
    ];
    let term = answer.certificate.as_ref().map(|says| {
        let [from, to] = [says.issued_on, says.expires_on].map(|day| app.day(day));
        app.fill(Text::PaperTerm, &[("from", &from), ("to", &to)])
    });
    let list = answer.list.as_ref().map(|list| list_says(app, list));
    let words = [None, None, None, None, term, list];
    let rows = titles
        .into_iter()
        .zip(came(answer))
        .zip(words)
        .map(|((title, came), words)| step(app, title, came, words));
    el("section.panel.narrow")
        .child(el("h2").say(app, Text::PaperChecked))
        .child(el("ol.steps").children(rows))
}

/// How each step came out. Whatever comes after one that failed is not looked at, except that the list is asked about
/// any paper that was signed.
fn came(answer: &CertificateAnswer) -> [Came; 6] {
    use Came::{Failed, Passed, Skipped};
    let list = match answer.list.as_ref().map(|list| list.says) {
        Some(ListWord::Confirms) => Passed,
        Some(ListWord::NotListed | ListWord::OtherTier) => Failed,
        Some(ListWord::AnotherList | ListWord::Older | ListWord::Unverified) | None => Skipped,
    };
    let in_term = answer
        .certificate
        .as_ref()
        .is_some_and(|says| says.standing == crate::checker::CertificateStanding::Fresh);
    match answer.kind {
        CertificateKind::NotACertificate => [Failed, Skipped, Skipped, Skipped, Skipped, Skipped],
        CertificateKind::UnknownKey => [Passed, Failed, Skipped, Skipped, Skipped, Skipped],
        CertificateKind::BadSignature => [Passed, Passed, Failed, Skipped, Skipped, Skipped],
        CertificateKind::WrongKey => [Passed, Passed, Passed, Failed, Skipped, Skipped],
        CertificateKind::Expired
        | CertificateKind::NotYetValid
        | CertificateKind::Outranked
        | CertificateKind::Valid => {
            [Passed, Passed, Passed, Passed, if in_term { Passed } else { Failed }, list]
        }
    }
}

fn step(app: &App, title: Text, came: Came, words: Option<String>) -> View {
    let (icon, modifier, outcome) = match came {
        Came::Passed => (Icon::Check, "passed", Text::PaperPassed),
        Came::Failed => (Icon::Cross, "failed", Text::PaperFailed),
        Came::Skipped => (Icon::Dash, "skipped", Text::PaperSkipped),
    };
    let body = words.map_or_else(
        || app.text(outcome).to_owned(),
        |words| if came == Came::Skipped { words } else { format!("{} · {words}", app.text(outcome)) },
    );
    let words = el("div").child(el("strong").say(app, title)).child(el("p").text(body));
    el("li").class(&format!("step--{modifier}")).child(icon.view()).child(words)
}

fn list_says(app: &App, list: &ListSays) -> String {
    let day = app.day(list.edition.as_of);
    let tier = list.tier.as_ref().map(|tier| app.tier(tier)).unwrap_or_default();
    let text = match list.says {
        ListWord::AnotherList | ListWord::Unverified => Text::PaperListAnother,
        ListWord::Confirms => Text::PaperListConfirms,
        ListWord::NotListed => Text::PaperListAbsent,
        ListWord::Older => Text::PaperListOlder,
        ListWord::OtherTier => Text::PaperListTier,
    };
    app.fill(text, &[("day", &day), ("tier", &tier)])
}
