//! The two texts of a certificate: a link that any camera opens, and one for checkers alone.

use crate::quoted::Quoted;
use std::fmt;
use std::str::FromStr;

use super::error::CertificateError;
use super::{base45, digits};
use crate::Problem;

/// What a text in Base45 begins with.
pub const PREFIX: &str = "HB1:";
/// The longest text that is read.
pub const MAX_TEXT_BYTES: usize = 1200;

/// In which of the two texts a certificate is printed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TextForm {
    /// A link to a verifying page.
    Link(BaseUrl),
    /// [`PREFIX`] and Base45.
    Prefixed,
}

impl TextForm {
    /// The text of these bytes.
    pub fn text_of(&self, certificate: &[u8]) -> String {
        match self {
            Self::Link(base) => format!("{}#{}", base.0, digits::encode(certificate)),
            Self::Prefixed => format!("{PREFIX}{}", base45::encode(certificate)),
        }
    }
}

/// The bytes of a certificate in either text. White space at both ends does not matter.
pub fn read_text(text: &str) -> Result<Vec<u8>, CertificateError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(CertificateError::Oversize { found: text.len(), limit: MAX_TEXT_BYTES });
    }
    let text = text.trim_ascii();
    if let Some(characters) = text.strip_prefix(PREFIX) {
        return base45::decode(characters).map_err(|at| CertificateError::Base45 { at });
    }
    match text.split_once('#') {
        Some((_, fragment)) if !fragment.is_empty() => {
            digits::decode(fragment).map_err(|at| CertificateError::Digits { at })
        }
        _ => Err(CertificateError::Text),
    }
}

/// The address of a page that verifies certificates, without a fragment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The longest address: each character costs a code on paper eight bits.
    pub const MAX_BYTES: usize = 100;

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    /// Reads an address with `https://`, of printable ASCII without `#`.
    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        let host = text.strip_prefix("https://").unwrap_or_default();
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        if host.is_empty() || host.starts_with('/') || !printable || text.len() > Self::MAX_BYTES {
            return Err(BaseUrlError { found: text.chars().take(120).collect() });
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no address for certificates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BaseUrlError {
    found: String,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected an address with https:// of at most {} printable ASCII characters and without #, found {}",
            BaseUrl::MAX_BYTES,
            Quoted(&self.found)
        )
    }
}

impl std::error::Error for BaseUrlError {}

impl Problem for BaseUrlError {
    fn code(&self) -> &'static str {
        "bad_base_url"
    }

    fn advice(&self) -> String {
        "give the address of the page that verifies certificates, as short as can be, for example \
         https://hongbang.example/c"
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn link() -> TextForm {
        TextForm::Link("https://hongbang.example/c".parse().unwrap())
    }

    #[test]
    fn both_texts_are_read_and_what_precedes_the_digits_does_not_matter() {
        assert_eq!(link().text_of(b"AB"), "https://hongbang.example/c#16961");
        assert_eq!(TextForm::Prefixed.text_of(b"AB"), "HB1:BB8");
        for text in ["https://hongbang.example/c#16961", "#16961", "HB1:BB8", " HB1:BB8\r\n", "x#16961"] {
            assert_eq!(read_text(text), Ok(b"AB".to_vec()), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_by_their_mistake() {
        let long = format!("#{}", "0".repeat(MAX_TEXT_BYTES));
        for (text, error) in [
            ("", CertificateError::Text),
            ("#", CertificateError::Text),
            ("https://hongbang.example/c", CertificateError::Text),
            ("HC1:BB8", CertificateError::Text),
            ("hb1:BB8", CertificateError::Text),
            ("HB1:BB8x", CertificateError::Base45 { at: 3 }),
            ("HB1:BB8#16961", CertificateError::Base45 { at: 3 }),
            ("https://hongbang.example/c#16961#16961", CertificateError::Digits { at: 0 }),
            ("#1696", CertificateError::Digits { at: 0 }),
            (&long, CertificateError::Oversize { found: 1201, limit: 1200 }),
        ] {
            assert_eq!(read_text(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_address_is_secure_printable_and_short() {
        let longest = format!("https://{}", "a".repeat(92));
        for text in ["https://a", "https://hongbang.example/c?v=1", &longest] {
            let address = text.parse::<BaseUrl>().unwrap();
            assert_eq!((address.as_str(), address.to_string().as_str()), (text, text));
        }
        let long = format!("https://{}", "a".repeat(93));
        for text in
            ["", "http://a", "https://", "https:///c", "https://a#", "https://a b", "https://红榜", &long]
        {
            let error = text.parse::<BaseUrl>().unwrap_err();
            let expected =
                "expected an address with https:// of at most 100 printable ASCII characters and without #";
            assert_eq!(error.to_string(), format!("{expected}, found {text:?}"));
            assert_eq!(error.code(), "bad_base_url");
            let advice = "give the address of the page that verifies certificates, as short as can be, for example \
                          https://hongbang.example/c";
            assert_eq!(error.advice(), advice);
        }
    }

    proptest! {
        #[test]
        fn text_and_bytes_are_inverse(bytes in proptest::collection::vec(any::<u8>(), 1..400)) {
            prop_assert_eq!(read_text(&link().text_of(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(read_text(&TextForm::Prefixed.text_of(&bytes)), Ok(bytes));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text: String) {
            let _ = read_text(&text);
            let _ = read_text(&format!("{PREFIX}{text}"));
            let _ = read_text(&format!("#{text}"));
        }
    }
}
