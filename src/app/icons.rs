//! The icons: strokes in a square of 24, drawn in the colour of the text around them. Every icon stands beside a
//! word, so none has a name of its own.

use super::view::{View, icon};

/// An icon.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Icon {
    /// An arrow to the left.
    Back,
    /// A tick.
    Check,
    /// A clock.
    Clock,
    /// A cross.
    Cross,
    /// A dash in a circle: nothing is said.
    Dash,
    /// A sheet that was torn.
    Damaged,
    /// An arrow out of a box.
    External,
    /// An i in a circle.
    Info,
    /// Lines of a list.
    List,
    /// A padlock.
    Lock,
    /// A cloud that is crossed out.
    Offline,
    /// A printer.
    Printer,
    /// The corner squares of a QR code.
    Qr,
    /// Two arrows in a circle.
    Refresh,
    /// The corners of a view-finder.
    Scan,
    /// A magnifying glass.
    Search,
    /// Three joined dots.
    Share,
    /// A shield with a tick.
    Shield,
    /// A shield with a cross.
    ShieldBroken,
    /// A star.
    Star,
    /// A torch.
    Torch,
    /// A triangle with an exclamation mark.
    Warning,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Dash => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h8",
            Self::Damaged => "M6 3h8l4 4v5l-3-2-3 3-3-3-3 2zM6 16l3-2 3 3 3-3 3 2v5H6z",
            Self::External => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7.5v.1",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Offline => "M4 4l16 16M8 8a5 5 0 0 0-1 9.9h9.5M19.5 16A4 4 0 0 0 17 9.5 6 6 0 0 0 11 6",
            Self::Printer => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Qr => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v6h-6",
            Self::Refresh => "M20 11a8 8 0 0 0-14-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14 4l2-2M20 20v-5h-5",
            Self::Scan => "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L20 20",
            Self::Share => "M12 15V4M8 7.5L12 3.5l4 4M6 11H5v9h14v-9h-1",
            Self::Shield => "M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6zM8.5 12l2.5 2.5 4.5-4.8",
            Self::ShieldBroken => "M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6zM9.5 9.5l5 5M14.5 9.5l-5 5",
            Self::Star => "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
            Self::Torch => "M8 3h8v3l-2 3v12h-4V9L8 6zM12 12v2",
            Self::Warning => "M12 4l9 16H3zM12 10v5M12 17.5v.1",
        }
    }

    /// The icon as a picture that screen readers pass over.
    pub(crate) fn view(self) -> View {
        icon(self.path())
    }
}
