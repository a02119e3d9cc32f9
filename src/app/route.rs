//! Where in the app the reader is, as the part of the address behind `#`, which no browser sends to a server.

use std::fmt;

use super::changes::Change;
use crate::scan::is_certificate;

/// A screen and what it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Route {
    /// What the list is, how it was verified, settings.
    About,
    /// The answer to a question: a code, a name or anything else that a reader typed.
    Firm(String),
    /// The list and its figures, perhaps one tier or one city of it.
    List(Selection),
    /// The scan.
    Scan,
    /// The search box.
    Search,
    /// A certificate by its text, or the place to bring one or a file; then empty.
    Verify(String),
}

/// Which part of the list is browsed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Selection {
    /// Only firms of the tier with these years.
    pub years: Option<u32>,
    /// Only firms of the city with these four digits.
    pub city: Option<u32>,
    /// Only firms with a sampling of this product class.
    pub class: Option<String>,
    /// Only firms with this change since the edition before.
    pub change: Option<Change>,
}

impl Route {
    /// Reads the part of an address behind `#`; whatever is unknown is the search. The link on a certificate has its
    /// digits there and nothing else.
    pub fn parse(hash: &str) -> Self {
        if is_certificate(hash) {
            return Self::Verify(hash.into());
        }
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (head, rest) = path.split_once('/').unwrap_or((path, ""));
        match head {
            "about" => Self::About,
            "firm" if !rest.is_empty() => Self::Firm(decode(rest)),
            "scan" => Self::Scan,
            "list" => Self::List(Selection::parse(rest)),
            "verify" => Self::Verify(decode(rest)),
            _ => Self::Search,
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::About => f.write_str("#/about"),
            Self::Firm(query) => write!(f, "#/firm/{}", encode(query)),
            Self::List(selection) => {
                f.write_str("#/list")?;
                if let Some(years) = selection.years {
                    write!(f, "/years-{years}")?;
                }
                if let Some(city) = selection.city {
                    write!(f, "/city-{city:04}")?;
                }
                if let Some(class) = &selection.class {
                    write!(f, "/class-{}", encode(class))?;
                }
                selection.change.map_or(Ok(()), |change| write!(f, "/change-{}", change.word()))
            }
            Self::Scan => f.write_str("#/scan"),
            Self::Search => f.write_str("#/"),
            // Of a link on paper the digits are what counts, wherever its page may be.
            Self::Verify(text) => match text.find('#').map(|at| &text[at..]) {
                Some(digits) if is_certificate(digits) => f.write_str(digits),
                _ if text.is_empty() => f.write_str("#/verify"),
                _ => write!(f, "#/verify/{}", encode(text)),
            },
        }
    }
}

impl Selection {
    fn parse(path: &str) -> Self {
        let value = |key: &str| path.split('/').find_map(|part| part.strip_prefix(key));
        let number = |key: &str| value(key).and_then(|digits| digits.parse().ok());
        Self {
            years: number("years-"),
            city: number("city-"),
            class: value("class-").map(decode),
            change: value("change-").and_then(Change::from_word),
        }
    }

    /// Whether it is the whole list.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// Percent-encodes everything but letters, digits and `-_.~` of ASCII.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(
                [byte >> 4, byte & 15].map(|half| {
                    char::from_digit(u32::from(half), 16).unwrap_or_default().to_ascii_uppercase()
                }),
            );
        }
    }
    encoded
}

/// The inverse; a `%` without two hexadecimal digits stays, and so does a text whose bytes are no UTF-8.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let decoded = after.split_at_checked(2).and_then(|(digits, after)| {
            let high = char::from(digits[0]).to_digit(16)?;
            let low = char::from(digits[1]).to_digit(16)?;
            Some((u8::try_from(high * 16 + low).ok()?, after))
        });
        match decoded {
            Some((byte, after)) if *first == b'%' => {
                bytes.push(byte);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_reads_back_what_it_writes() {
        for route in [
            Route::About,
            Route::Firm("91440606003663344C".into()),
            Route::Firm("星海/100% 润滑油 (天津)".into()),
            Route::List(Selection::default()),
            Route::List(Selection { years: Some(10), ..Selection::default() }),
            Route::List(Selection {
                years: Some(3),
                city: Some(4406),
                class: Some("灯具/照明".into()),
                change: Some(Change::Left),
            }),
            Route::Verify(String::new()),
            Route::Verify("HB1:6BFOXN%TS3DH/".into()),
            Route::Verify(format!("#{}", "12345678901234567".repeat(8))),
            Route::Scan,
            Route::Search,
        ] {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
    }

    #[test]
    fn the_link_on_a_certificate_is_shown_by_its_digits_alone() {
        let digits = "12345678901234567".repeat(8);
        let route = Route::Verify(format!("https://hongbang.example/c#{digits}"));
        assert_eq!(route.to_string(), format!("#{digits}"));
        assert_eq!(Route::parse("#123456"), Route::Search, "too short for one");
    }

    #[test]
    fn unknown_or_broken_addresses_lead_to_the_search() {
        for hash in ["", "#", "#/", "#/nowhere", "#/firm/", "#/firm"] {
            assert_eq!(Route::parse(hash), Route::Search, "{hash}");
        }
        assert_eq!(Route::parse("#/firm/50%"), Route::Firm("50%".into()));
        assert_eq!(Route::parse("#/firm/%E6%98"), Route::Firm("%E6%98".into()));
        assert_eq!(Route::parse("#/firm/星海"), Route::Firm("星海".into()));
        assert_eq!(Route::parse("#/list/years-x"), Route::List(Selection::default()));
    }
}
