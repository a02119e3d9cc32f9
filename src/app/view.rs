//! A small way to say what the page shows: elements, their attributes, their children, and what events do.
//!
//! Everything goes in as text nodes and attributes, never as markup, which is what lets the page run under Trusted
//! Types without a policy of its own.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, Event, HtmlElement, Node, Window};

use super::{App, Text, browser};

/// An element under construction.
pub(crate) struct View(Element);

/// An HTML element by its tag and class names, as in a selector: `section.panel.narrow`. What is said in one call
/// takes the least room in the program, and the least time.
pub(crate) fn el(selector: &str) -> View {
    View(browser::element(selector))
}

/// An SVG element.
pub(crate) fn svg(tag: &str) -> View {
    View(browser::svg(tag))
}

/// The icon whose strokes are `path`.
pub(crate) fn icon(path: &str) -> View {
    View(browser::icon(path))
}

/// The window.
pub(crate) fn window() -> Window {
    web_sys::window().expect("the app runs in a page")
}

/// The document.
#[inline(never)]
pub(crate) fn document() -> Document {
    window().document().expect("a page has a document")
}

/// A function of one event for JavaScript to keep; freed when JavaScript drops it.
pub(crate) fn handler(act: impl FnMut(Event) + 'static) -> js_sys::Function {
    boxed_handler(Box::new(act))
}

/// The part that is the same for all of them, kept out of line: this is what most of the app's size would be.
#[inline(never)]
fn boxed_handler(act: Box<dyn FnMut(Event)>) -> js_sys::Function {
    Closure::wrap(act).into_js_value().unchecked_into()
}

/// Runs `act` whenever `event` happens to the window.
pub(crate) fn on_window(event: &str, act: impl FnMut(Event) + 'static) {
    let added = window().add_event_listener_with_callback(event, &handler(act));
    added.expect("any name may be listened to");
}

impl View {
    /// Adds class names, separated by spaces.
    #[inline(never)]
    pub(crate) fn class(self, names: &str) -> Self {
        let before = self.0.get_attribute("class").map(|before| before + " ").unwrap_or_default();
        self.attr("class", before + names)
    }

    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn attr(self, name: &str, value: impl AsRef<str>) -> Self {
        self.set(name, value.as_ref());
        self
    }

    /// Sets an attribute where there is a value.
    pub(crate) fn maybe_attr(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute without a value where `set`.
    #[inline(never)]
    pub(crate) fn flag(self, name: &str, set: bool) -> Self {
        if set { self.attr(name, "") } else { self }
    }

    /// Appends a text of the app in the reader's language.
    #[inline(never)]
    pub(crate) fn say(self, app: &App, text: Text) -> Self {
        self.text(app.text(text))
    }

    /// Appends text.
    #[inline(never)]
    pub(crate) fn text(self, text: impl AsRef<str>) -> Self {
        self.append_text(text.as_ref());
        self
    }

    /// Appends a child.
    #[inline(never)]
    #[allow(clippy::needless_pass_by_value, reason = "a view that was appended is used up")]
    pub(crate) fn child(self, child: Self) -> Self {
        self.append(&child.0);
        self
    }

    /// Appends children; an `Option` is a list of one or none.
    pub(crate) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.append(&child.0);
        }
        self
    }

    /// Runs `act` when `event` happens.
    pub(crate) fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(act));
        self
    }

    /// The element, for what outlives its construction.
    pub(crate) fn element(&self) -> Element {
        self.0.clone()
    }

    #[inline(never)]
    fn set(&self, name: &str, value: &str) {
        self.0.set_attribute(name, value).expect("the app names only attributes that exist");
    }

    #[inline(never)]
    fn append_text(&self, text: &str) {
        self.0.append_with_str_1(text).expect("text fits anywhere");
    }

    #[inline(never)]
    fn listen(&self, event: &str, act: Box<dyn FnMut(Event)>) {
        let added = self.0.add_event_listener_with_callback(event, &boxed_handler(act));
        added.expect("any name may be listened to");
    }

    #[inline(never)]
    fn append(&self, node: &Node) {
        self.0.append_child(node).expect("a new node fits anywhere");
    }
}

/// Shows `views` inside `place` and nothing else.
pub(crate) fn fill(place: &Element, views: impl IntoIterator<Item = View>) {
    place.set_text_content(None);
    for view in views {
        place.append_child(&view.0).expect("a new node fits anywhere");
    }
}

/// Adds a view at the end of `place`.
pub(crate) fn append(place: &Element, view: &View) {
    place.append_child(&view.0).expect("a new node fits anywhere");
}

/// Moves the focus.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Refused only where the element is gone, and then there is nothing to focus.
        let _ = element.focus();
    }
}
