//! What a reader chose, kept in the browser's local storage. `www/boot.js` reads the same keys before the first
//! paint.

use web_sys::Storage;

use super::Language;
use super::remembered::Memory;
use super::view::{document, window};
use crate::Day;

/// The choices of one reader.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// The language of the app.
    pub(crate) language: Language,
    /// Larger type and larger targets.
    pub(crate) elder: Elder,
    /// Light, dark or as the system.
    pub(crate) theme: Theme,
    /// Whether look-ups are remembered.
    pub(crate) recent: Recent,
}

/// Whether recent look-ups are kept on the device.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Recent {
    /// They are.
    Kept,
    /// They are not, and those that were are gone.
    Off,
}

/// Whether the elder mode (长辈版) is on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Elder {
    /// Normal size.
    Off,
    /// Larger type, larger targets, less on a page.
    On,
}

/// The look.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Theme {
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// As the system.
    System,
}

impl Settings {
    /// What was chosen before, else what the browser asks for.
    pub(crate) fn load() -> Self {
        let language = read("language").and_then(|tag| Language::for_tag(&tag));
        Self {
            language: language.unwrap_or_else(language_of_browser),
            elder: if read("elder").as_deref() == Some("on") { Elder::On } else { Elder::Off },
            theme: match read("theme").as_deref() {
                Some("dark") => Theme::Dark,
                Some("light") => Theme::Light,
                _ => Theme::System,
            },
            recent: if read("recent-off").is_some() { Recent::Off } else { Recent::Kept },
        }
    }

    /// Keeps the choices and brings the page into line with them.
    pub(crate) fn apply(self) {
        let theme = match self.theme {
            Theme::Dark => Some("dark"),
            Theme::Light => Some("light"),
            Theme::System => None,
        };
        let elder = (self.elder == Elder::On).then_some("on");
        mark("lang", Some(self.language.tag()));
        mark("data-theme", theme);
        mark("data-elder", elder);
        write("language", Some(self.language.tag()));
        write("theme", theme);
        write("elder", elder);
        write("recent-off", (self.recent == Recent::Off).then_some("on"));
        if self.recent == Recent::Off {
            write(Shelf::Recent.name(), None);
        }
    }
}

/// Where firms are remembered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shelf {
    /// Firms that the reader marked.
    Favourites,
    /// Recent look-ups.
    Recent,
}

impl Shelf {
    const fn name(self) -> &'static str {
        match self {
            Self::Favourites => "favourites",
            Self::Recent => "recent",
        }
    }
}

/// The firms on a shelf.
pub(crate) fn remembered(shelf: Shelf) -> Memory {
    read(shelf.name()).map(|text| Memory::parse(&text)).unwrap_or_default()
}

/// Whether any firms are remembered.
pub(crate) fn keeps_firms() -> bool {
    [Shelf::Favourites, Shelf::Recent].iter().any(|shelf| read(shelf.name()).is_some())
}

/// Keeps the firms on a shelf.
pub(crate) fn keep(shelf: Shelf, memory: &Memory) {
    write(shelf.name(), (!memory.firms().is_empty()).then(|| memory.to_text()).as_deref());
}

/// The latest day that this device has seen in verified metadata or on its clock while it held a list: the clock is
/// never believed to be before it.
pub(crate) fn latest_day() -> Option<Day> {
    read("latest-day")?.parse().ok()
}

/// Remembers a day as seen.
pub(crate) fn saw_day(day: Day) {
    if latest_day().is_none_or(|latest| latest < day) {
        write("latest-day", Some(&day.to_string()));
    }
}

/// The day of the last update that came through.
pub(crate) fn last_check() -> Option<Day> {
    read("last-check")?.parse().ok()
}

/// Remembers the day of an update that came through.
pub(crate) fn checked_on(day: Day) {
    write("last-check", Some(&day.to_string()));
}

fn language_of_browser() -> Language {
    let tags: Vec<String> =
        window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
    Language::preferred(tags.iter().map(String::as_str))
}

fn mark(attribute: &str, value: Option<&str>) {
    let Some(page) = document().document_element() else { return };
    // Only a name that is no attribute could be refused.
    let _ = match value {
        Some(value) => page.set_attribute(attribute, value),
        None => page.remove_attribute(attribute),
    };
}

/// Local storage, which a browser may refuse; then choices last as long as the page.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn read(name: &str) -> Option<String> {
    storage()?.get_item(&format!("hongbang.{name}")).ok().flatten()
}

fn write(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let key = format!("hongbang.{name}");
    // A full or forbidden storage loses the choice at the end of the visit and nothing else.
    let _ = match value {
        Some(value) => storage.set_item(&key, value),
        None => storage.remove_item(&key),
    };
}
