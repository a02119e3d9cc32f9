//! The scan: a code in front of the camera or in a photo, and what it means. Typing it is always offered as well, and a
//! link is shown as text and never opened.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, File, HtmlInputElement, HtmlVideoElement, VisibilityState};

use super::firm;
use crate::app::camera::{Camera, NoCamera, Torch};
use crate::app::icons::Icon;
use crate::app::route::Route;
use crate::app::scanner::{Broken, Scanner, photo};
use crate::app::view::{View, document, el, fill, window};
use crate::app::{App, Text, go};
use crate::scan::Meaning;

/// How long the camera looks before advice is given, and between two looks.
const ADVICE_AFTER_MS: f64 = 8000.0;
const PAUSE_MS: i32 = 120;

/// The longest text that may be a name worth looking up.
const LONGEST_NAME: usize = 60;

/// The screen.
pub(crate) fn view(app: &'static App) -> Vec<View> {
    let video =
        el("video").attr("muted", "").attr("playsinline", "").attr("aria-label", app.text(Text::ScanView));
    let finder = el("div.viewfinder").attr("hidden", "").child(video);
    let told = el("div.scan-told").attr("role", "status");
    let scan = Rc::new(Scan {
        app,
        is_looking: Cell::new(false),
        is_wanted: Cell::new(false),
        told: told.element(),
        finder: finder.element(),
    });
    // A newer list changes nothing here, and must not stop the camera.
    app.on_list_change(Some(Rc::new(|| ())));
    let title = el("h1").attr("tabindex", "-1").say(app, Text::ScanTitle);
    let intro = el("p.lead").say(app, Text::ScanIntro);
    let ways = el("div.actions")
        .children(wechat_button(&scan))
        .child(camera_button(&scan))
        .child(photo_button(&scan))
        .child(typing(app));
    let screen = el("section.panel.narrow.scan").child(finder).child(told).child(ways);
    vec![firm::back(app), el("div.page-head.narrow").child(title).child(intro), screen]
}

struct Scan {
    app: &'static App,
    /// Whether the camera is on or asked for.
    is_looking: Cell<bool>,
    /// Whether it is to stay on: a second press ends it.
    is_wanted: Cell<bool>,
    told: Element,
    finder: Element,
}

fn camera_button(scan: &Rc<Scan>) -> View {
    let start = el("span.when-off").say(scan.app, Text::ScanStart);
    let stop = el("span.when-on").say(scan.app, Text::ScanStop);
    let of_click = Rc::clone(scan);
    el("button.button")
        .attr("id", "scan-camera")
        .attr("type", "button")
        .child(Icon::Scan.view())
        .child(start)
        .child(stop)
        .on("click", move |_| spawn_local(Rc::clone(&of_click).press()))
}

fn photo_button(scan: &Rc<Scan>) -> View {
    let of_choice = Rc::clone(scan);
    let input = el("input").attr("type", "file").attr("accept", "image/*").attr("id", "scan-photo").on(
        "change",
        move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let file = input.as_ref().and_then(HtmlInputElement::files).and_then(|files| files.get(0));
            if let Some(file) = file {
                spawn_local(Rc::clone(&of_choice).read_photo(file));
            }
            // The same photo may be chosen again.
            input.inspect(|input| input.set_value(""));
        },
    );
    let words = el("span").say(scan.app, Text::ScanPhoto);
    el("label.button.button--quiet.file").child(input).child(words)
}

fn typing(app: &App) -> View {
    let words = el("span").say(app, Text::ScanType);
    el("a.button.button--quiet")
        .attr("href", Route::Search.to_string())
        .child(Icon::Search.view())
        .child(words)
}

/// Switches the torch while the camera runs.
fn torch_button(app: &'static App, torch: Torch) -> View {
    let button = el("button.button.button--small.torch").attr("id", "torch").attr("type", "button");
    let place = button.element();
    let mut is_on = false;
    let show = move |is_on: bool| {
        let words = if is_on { Text::ScanTorchOff } else { Text::ScanTorchOn };
        fill(&place, [Icon::Torch.view(), el("span").say(app, words)]);
    };
    show(is_on);
    button.on("click", move |_| {
        is_on = !is_on;
        torch.switch(is_on);
        show(is_on);
    })
}

/// The scanner of `WeChat` itself, where the page was opened inside it and its host has signed for that; see boot.js.
fn wechat_button(scan: &Rc<Scan>) -> Option<View> {
    let start: Function = Reflect::get(&window(), &"scanByWeChat".into()).ok()?.dyn_into().ok()?;
    let scan = Rc::clone(scan);
    let words = el("span").say(scan.app, Text::ScanWeChat);
    let button = el("button.button").attr("id", "scan-wechat").attr("type", "button");
    Some(button.child(Icon::Qr.view()).child(words).on("click", move |_| {
        let Ok(scanning) = start.call0(&JsValue::NULL) else { return };
        let scan = Rc::clone(&scan);
        spawn_local(async move {
            // The reader may change their mind, which WeChat reports as a failure.
            if let Ok(text) = JsFuture::from(Promise::resolve(&scanning)).await {
                text.as_string().inspect(|text| scan.found(text));
            }
        });
    }))
}

impl Scan {
    /// Turns the camera on, or off where it is on.
    async fn press(self: Rc<Self>) {
        if self.is_looking.replace(true) {
            self.is_wanted.set(false);
        } else {
            self.is_wanted.set(true);
            self.look().await;
            self.is_looking.set(false);
        }
    }

    /// Looks through the camera until something is found, or until it is not wanted or not seen any more.
    async fn look(&self) {
        let Ok(Some(video)) = self.finder.query_selector("video") else { return };
        let video: HtmlVideoElement = video.unchecked_into();
        // Browsers start a camera without a press only where it is mute.
        video.set_muted(true);
        self.tell(Icon::Clock, Text::ScanAsking, None);
        let camera = match Camera::start(&video).await {
            Ok(camera) => camera,
            Err(reason) => return self.tell_no_camera(reason),
        };
        self.show_finder(true);
        let torch = camera.torch().map(|torch| torch_button(self.app, torch));
        if let Some(torch) = &torch {
            crate::app::view::append(&self.finder, torch);
        }
        self.tell(Icon::Scan, Text::ScanLooking, None);
        self.watch(&video).await;
        drop(camera);
        torch.inspect(|torch| torch.element().remove());
        self.show_finder(false);
    }

    async fn watch(&self, video: &HtmlVideoElement) {
        let scanner = Scanner::default();
        let begun = Date::now();
        let mut advised = false;
        while self.is_wanted.get() && self.is_seen() {
            match scanner.read(video).await {
                Err(Broken) => return self.tell(Icon::Warning, Text::ScanFailed, Some(Text::ScanFailedBody)),
                Ok(texts) => {
                    if let Some(text) = texts.first().filter(|_| self.is_wanted.get() && self.is_seen()) {
                        return self.found(text);
                    }
                }
            }
            if !advised && Date::now() - begun > ADVICE_AFTER_MS {
                advised = true;
                self.tell(Icon::Info, Text::ScanLooking, Some(Text::ScanAdvice));
            }
            pause().await;
        }
        self.told.set_text_content(None);
    }

    /// Whether the screen is still there and in front.
    fn is_seen(&self) -> bool {
        self.finder.is_connected() && document().visibility_state() == VisibilityState::Visible
    }

    async fn read_photo(self: Rc<Self>, file: File) {
        self.tell(Icon::Clock, Text::ScanReading, None);
        let Some(photo) = photo(&file).await else {
            return self.tell(Icon::Damaged, Text::ScanNoPhoto, None);
        };
        let read = Scanner::default().read(&photo).await;
        match read.as_deref() {
            Err(Broken) => self.tell(Icon::Warning, Text::ScanFailed, Some(Text::ScanFailedBody)),
            Ok([]) => self.tell(Icon::Dash, Text::ScanNothing, Some(Text::ScanAdvice)),
            Ok([text, ..]) => self.found(text),
        }
    }

    fn found(&self, text: &str) {
        match Meaning::of(text) {
            Meaning::LookUp(query) => go(&Route::Firm(query)),
            Meaning::Codes(codes) => {
                let row = |code: &crate::CreditCode| {
                    let route = Route::Firm(code.to_string());
                    let link = el("a.row").attr("href", route.to_string());
                    el("li").child(link.child(el("span.code").text(code.as_str())))
                };
                let rows = el("ul.rows").children(codes.iter().map(row));
                self.tell(Icon::List, Text::ScanCodes, None);
                crate::app::view::append(&self.told, &rows);
            }
            Meaning::Licence => self.tell_text(Icon::Warning, Text::ScanLicence, Text::ScanLicenceBody, text),
            Meaning::Certificate => go(&Route::Verify(text.trim().into())),
            Meaning::Text => {
                self.tell_text(Icon::Info, Text::ScanText, Text::ScanTextBody, text);
                if (1..=LONGEST_NAME).contains(&text.trim().chars().count()) {
                    let link = el("a.button.button--quiet")
                        .attr("href", Route::Firm(text.trim().into()).to_string());
                    crate::app::view::append(
                        &self.told,
                        &el("p").child(link.say(self.app, Text::ScanLookUp)),
                    );
                }
            }
        }
    }

    fn tell_no_camera(&self, reason: NoCamera) {
        let (title, body) = match reason {
            NoCamera::Insecure => (Text::ScanInsecure, Text::ScanInsecureBody),
            NoCamera::Missing => (Text::ScanNoCamera, Text::ScanNoCameraBody),
            NoCamera::Refused => (Text::ScanRefused, Text::ScanRefusedBody),
        };
        self.tell(Icon::Warning, title, Some(body));
    }

    fn tell(&self, icon: Icon, title: Text, body: Option<Text>) {
        let title = el("p.scan-told__title").child(icon.view()).child(el("strong").say(self.app, title));
        let body = body.map(|body| el("p").say(self.app, body));
        fill(&self.told, [title].into_iter().chain(body));
    }

    fn tell_text(&self, icon: Icon, title: Text, body: Text, text: &str) {
        self.tell(icon, title, Some(body));
        crate::app::view::append(&self.told, &el("p.asked").text(text));
    }

    fn show_finder(&self, shown: bool) {
        // Only a name that is no attribute could be refused.
        let _ = self.finder.toggle_attribute_with_force("hidden", !shown);
    }
}

async fn pause() {
    let waited = Promise::new(&mut |resolve, _| {
        // Without a timer the next look comes at once.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE_MS);
    });
    // A timer never rejects.
    let _ = JsFuture::from(waited).await;
}
