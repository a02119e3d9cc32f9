//! Why bytes are no certificate, or no key set.

use crate::quoted::Quoted;
use std::error::Error;
use std::fmt;

use super::cbor::Malformed;
use super::key_set::{KeyId, MAX_KEY_SET_BYTES, MAX_KEYS};
use crate::{Day, Problem};

/// Why a certificate is not accepted. Expiry is not among these: it is told, see
/// [`verify_certificate`](crate::checker::verify_certificate).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CertificateError {
    /// Signed with another algorithm, or it does not say with which.
    Algorithm {
        /// Its number in the registry of COSE.
        found: Option<i64>,
    },
    /// The signature is not that of the key.
    BadSignature {
        /// The key.
        id: KeyId,
    },
    /// The text is no Base45 there.
    Base45 {
        /// Characters before the wrong group, the prefix not counted.
        at: usize,
    },
    /// Signed, but it says something that a certificate may not say.
    Claim {
        /// Where.
        claim: &'static str,
        /// What would be right.
        expected: &'static str,
    },
    /// It names headers that a reader must understand, and no such header is known.
    Critical,
    /// The digits stand for no bytes there.
    Digits {
        /// Digits before the wrong group.
        at: usize,
    },
    /// A header that a certificate does not have at that place.
    Header {
        /// Its number.
        label: i64,
    },
    /// Its key signs for another list.
    Issuer {
        /// The list of the key.
        expected: String,
        /// The list that the certificate names.
        found: String,
    },
    /// It does not name its key, by 8 bytes.
    KeyId,
    /// Issued on a day on which its key did not issue.
    KeyTerm {
        /// The key.
        id: KeyId,
        /// The day.
        issued_on: Day,
    },
    /// The same could be said in other bytes, and these are not the one encoding that counts.
    NotCanonical,
    /// Longer than any certificate.
    Oversize {
        /// How many bytes.
        found: usize,
        /// How many there may be.
        limit: usize,
    },
    /// The signature has not 64 bytes.
    Signature,
    /// Other CBOR, or none.
    Structure {
        /// What a certificate has there.
        expected: &'static str,
        /// Bytes before the place, in the part being read.
        at: usize,
    },
    /// Some other text.
    Text,
    /// A claim that version 1 does not have.
    UnknownClaim {
        /// Its number.
        number: i64,
    },
    /// Signed by a key that is not in the key set: perhaps of a newer one, perhaps of nobody.
    UnknownKey {
        /// The key.
        id: KeyId,
    },
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm { found } => {
                let found = found.map_or("none".into(), |number| format!("algorithm {number}"));
                write!(f, "expected algorithm -19 (Ed25519), found {found}")
            }
            Self::BadSignature { id } => {
                write!(f, "expected a signature of key {id}, found one that is not its")
            }
            Self::Base45 { at } => write!(f, "expected Base45, found something else at character {}", at + 1),
            Self::Claim { claim, expected } => {
                write!(f, "expected {claim} to be {expected}, found something else")
            }
            Self::Critical => write!(f, "expected no critical headers, found some"),
            Self::Digits { at } => {
                write!(f, "expected groups of 17 digits, found something else at digit {}", at + 1)
            }
            Self::Header { label } => {
                write!(f, "expected the headers 1 and 4, both protected, found header {label}")
            }
            Self::Issuer { expected, found } => {
                write!(f, "expected the list {expected}, for which the key signs, found {found}")
            }
            Self::KeyId => write!(f, "expected a key id of 8 bytes, found none"),
            Self::KeyTerm { id, issued_on } => {
                write!(f, "expected a day of issue on which key {id} issued, found {issued_on}")
            }
            Self::NotCanonical => write!(f, "expected the one canonical encoding, found another"),
            Self::Oversize { found, limit } => write!(f, "expected at most {limit} bytes, found {found}"),
            Self::Signature => write!(f, "expected a signature of 64 bytes, found another length"),
            Self::Structure { expected, at } => {
                write!(f, "expected {expected} at byte {at}, found something else")
            }
            Self::Text => {
                write!(f, "expected a link with digits after #, or a text with HB1:, found another text")
            }
            Self::UnknownClaim { number } => {
                write!(f, "expected the claims of version 1, found claim {number}")
            }
            Self::UnknownKey { id } => write!(f, "expected a key of the key set, found key {id}"),
        }
    }
}

impl Error for CertificateError {}

impl Problem for CertificateError {
    fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "certificate_algorithm",
            Self::BadSignature { .. } => "certificate_signature",
            Self::Base45 { .. } | Self::Digits { .. } | Self::Text => "certificate_text",
            Self::Claim { .. } | Self::UnknownClaim { .. } => "certificate_claim",
            Self::Critical | Self::Header { .. } | Self::KeyId => "certificate_header",
            Self::Issuer { .. } => "certificate_issuer",
            Self::KeyTerm { .. } => "certificate_key_term",
            Self::NotCanonical => "certificate_encoding",
            Self::Oversize { .. } => "certificate_size",
            Self::Signature | Self::Structure { .. } => "certificate_structure",
            Self::UnknownKey { .. } => "certificate_unknown_key",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::BadSignature { .. } | Self::Issuer { .. } | Self::KeyTerm { .. } => {
                "do not rely on this paper; look the firm up on the list"
            }
            Self::UnknownKey { .. } => {
                "fetch the newest list and its keys and try again; until then look the firm up on the list"
            }
            Self::Base45 { .. } | Self::Digits { .. } | Self::Text => {
                "scan the code again, or look the firm up by its name or code"
            }
            Self::Algorithm { .. } | Self::Critical | Self::Header { .. } | Self::UnknownClaim { .. } => {
                "update this program, should the certificate be of a newer kind; otherwise do not rely on it"
            }
            Self::Claim { .. }
            | Self::KeyId
            | Self::NotCanonical
            | Self::Oversize { .. }
            | Self::Signature
            | Self::Structure { .. } => "do not rely on this paper; it is no certificate of the list",
        }
        .into()
    }
}

impl From<Malformed> for CertificateError {
    fn from(malformed: Malformed) -> Self {
        Self::Structure { expected: malformed.expected, at: malformed.at }
    }
}

/// Why keys are no key set.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeySetError {
    /// A field has another value than the one that it must have.
    Expected(&'static str),
    /// A field that keys do not have, such as a private key.
    Field {
        /// Its number.
        label: i64,
    },
    /// What is said to be the name of a list is none.
    Issuer {
        /// What is there.
        found: String,
    },
    /// No key, or too many.
    Keys {
        /// How many.
        found: usize,
    },
    /// The same could be said in other bytes, and these are not the one encoding that counts.
    NotCanonical,
    /// Longer than any key set.
    Oversize {
        /// How many bytes.
        found: usize,
    },
    /// Other CBOR, or none.
    Structure {
        /// What a key set has there.
        expected: &'static str,
        /// Bytes before the place.
        at: usize,
    },
    /// A last day before the first, or a first before 1970.
    Term {
        /// The key.
        id: KeyId,
    },
    /// A key that is there twice.
    Twice {
        /// The key.
        id: KeyId,
    },
}

impl fmt::Display for KeySetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what) => write!(f, "expected {what}, found something else"),
            Self::Field { label } => write!(f, "expected the fields of a public key, found field {label}"),
            Self::Issuer { found } => {
                write!(
                    f,
                    "expected the name of a list as 1 to 32 of a-z, 0-9, dot and hyphen, found {}",
                    Quoted(found)
                )
            }
            Self::Keys { found } => write!(f, "expected 1 to {MAX_KEYS} keys, found {found}"),
            Self::NotCanonical => write!(f, "expected the one canonical encoding, found another"),
            Self::Oversize { found } => {
                write!(f, "expected at most {MAX_KEY_SET_BYTES} bytes, found {found}")
            }
            Self::Structure { expected, at } => {
                write!(f, "expected {expected} at byte {at}, found something else")
            }
            Self::Term { id } => {
                write!(f, "expected days since 1970, the last not before the first, found others at key {id}")
            }
            Self::Twice { id } => write!(f, "expected each key once, found key {id} twice"),
        }
    }
}

impl Error for KeySetError {}

impl Problem for KeySetError {
    fn code(&self) -> &'static str {
        "bad_key_set"
    }

    fn advice(&self) -> String {
        match self {
            Self::Issuer { .. } | Self::Keys { .. } | Self::Term { .. } | Self::Twice { .. } => {
                "correct the keys of the list's certificates and publish them again"
            }
            _ => "fetch the keys again from the publisher's repository",
        }
        .into()
    }
}

impl From<Malformed> for KeySetError {
    fn from(malformed: Malformed) -> Self {
        Self::Structure { expected: malformed.expected, at: malformed.at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(error: &CertificateError, code: &str, text: &str) {
        assert_eq!((error.code(), error.to_string().as_str()), (code, text));
        assert_ne!(error.advice(), "");
    }

    #[test]
    fn the_texts_say_what_was_expected_and_what_was_found() {
        use CertificateError as Error;
        let algorithm = "expected algorithm -19 (Ed25519), found";
        says(
            &Error::Algorithm { found: Some(-8) },
            "certificate_algorithm",
            &format!("{algorithm} algorithm -8"),
        );
        says(&Error::Algorithm { found: None }, "certificate_algorithm", &format!("{algorithm} none"));
        let base45 = "expected Base45, found something else at character 4";
        says(&Error::Base45 { at: 3 }, "certificate_text", base45);
        let digits = "expected groups of 17 digits, found something else at digit 18";
        says(&Error::Digits { at: 17 }, "certificate_text", digits);
        let claim = "expected tier to be 1 to 100 years, found something else";
        let error = Error::Claim { claim: "tier", expected: "1 to 100 years" };
        says(&error, "certificate_claim", claim);
        let size = "expected at most 400 bytes, found 401";
        says(&Error::Oversize { found: 401, limit: 400 }, "certificate_size", size);
        let header = "expected the headers 1 and 4, both protected, found header 3";
        says(&Error::Header { label: 3 }, "certificate_header", header);
    }

    #[test]
    fn the_texts_about_keys_name_the_key() {
        use CertificateError as Error;
        let id = KeyId::of(&[7; 32]);
        let signature = format!("expected a signature of key {id}, found one that is not its");
        says(&Error::BadSignature { id }, "certificate_signature", &signature);
        let unknown = format!("expected a key of the key set, found key {id}");
        says(&Error::UnknownKey { id }, "certificate_unknown_key", &unknown);
        let term = format!("expected a day of issue on which key {id} issued, found 2025-11-03");
        let issued_on = "2025-11-03".parse().unwrap();
        says(&Error::KeyTerm { id, issued_on }, "certificate_key_term", &term);
    }

    /// A forged paper, a key that is not here yet, a bad photograph, a newer kind and no certificate at all call for
    /// five different things.
    #[test]
    fn the_advice_is_that_of_the_cause() {
        use CertificateError as Error;
        let id = KeyId::of(&[7; 32]);
        let issuer = || "list".to_string();
        for (errors, advice) in [
            (
                vec![Error::BadSignature { id }, Error::Issuer { expected: issuer(), found: issuer() }],
                "do not rely on this paper; look the firm up on the list",
            ),
            (
                vec![Error::UnknownKey { id }],
                "fetch the newest list and its keys and try again; until then look the firm up on the list",
            ),
            (
                vec![Error::Base45 { at: 0 }, Error::Digits { at: 0 }, Error::Text],
                "scan the code again, or look the firm up by its name or code",
            ),
            (
                vec![Error::Algorithm { found: None }, Error::Critical, Error::UnknownClaim { number: 9 }],
                "update this program, should the certificate be of a newer kind; otherwise do not rely on it",
            ),
            (
                vec![Error::KeyId, Error::NotCanonical, Error::Signature],
                "do not rely on this paper; it is no certificate of the list",
            ),
        ] {
            for error in errors {
                assert_eq!(error.advice(), advice, "{error}");
            }
        }
    }

    #[test]
    fn the_texts_of_key_sets_name_the_key() {
        let id = KeyId::of(&[7; 32]);
        assert_eq!(id.to_string(), "4bb06f8e4e3a7715");
        assert_eq!(
            KeySetError::Twice { id }.to_string(),
            format!("expected each key once, found key {id} twice")
        );
        assert_eq!(KeySetError::Keys { found: 17 }.to_string(), "expected 1 to 16 keys, found 17");
        assert_eq!(
            KeySetError::Field { label: -4 }.to_string(),
            "expected the fields of a public key, found field -4"
        );
    }
    /// Who made the set wrong corrects it; who was sent a wrong one asks again.
    #[test]
    fn the_advice_about_a_key_set_is_that_of_the_cause() {
        let id = KeyId::of(&[7; 32]);
        for error in [KeySetError::Keys { found: 0 }, KeySetError::Term { id }, KeySetError::Twice { id }] {
            assert_eq!(error.code(), "bad_key_set");
            assert_eq!(
                error.advice(),
                "correct the keys of the list's certificates and publish them again",
                "{error}"
            );
        }
        for error in [KeySetError::NotCanonical, KeySetError::Oversize { found: 9_999 }] {
            assert_eq!(error.code(), "bad_key_set");
            assert_eq!(error.advice(), "fetch the keys again from the publisher's repository", "{error}");
        }
    }
}
