//! How the parser says no.

use crate::quoted::Quoted;
use std::error::Error;
use std::fmt;

use super::MAX_DEPTH;
use crate::Problem;

/// Why a text is not JSON that can be signed. Positions are bytes from the start.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum JsonError {
    /// Two members of one object have the same name.
    DuplicateName {
        /// The name.
        name: String,
        /// Where the object ends.
        at: usize,
    },
    /// A number with a fraction or an exponent: encoders disagree on them.
    Fraction {
        /// Where the number begins.
        at: usize,
    },
    /// A whole number beyond [`MAX_INTEGER`](super::MAX_INTEGER): some readers would round it.
    IntegerTooLarge {
        /// Where the number begins.
        at: usize,
    },
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The first byte that does not fit.
        at: usize,
    },
    /// The text breaks off or says something else than JSON allows here.
    Syntax {
        /// What could have stood here.
        expected: &'static str,
        /// Where.
        at: usize,
    },
    /// Objects and arrays lie deeper inside each other than [`MAX_DEPTH`].
    TooDeep {
        /// Where the one too many begins.
        at: usize,
    },
    /// More bytes than the limit for this kind of text.
    TooLong {
        /// The limit in bytes.
        limit: u64,
        /// The length in bytes.
        found: u64,
    },
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateName { name, at } => {
                write!(
                    f,
                    "expected every name once in an object, found {} twice before byte {at}",
                    Quoted(name)
                )
            }
            Self::Fraction { at } => write!(f, "expected a whole number, found a fraction at byte {at}"),
            Self::IntegerTooLarge { at } => {
                write!(f, "expected a whole number up to 2^53-1, found a larger one at byte {at}")
            }
            Self::NotUtf8 { at } => write!(f, "expected UTF-8, found another byte at {at}"),
            Self::Syntax { expected, at } => write!(f, "expected {expected} at byte {at} of the JSON text"),
            Self::TooDeep { at } => {
                write!(f, "expected at most {MAX_DEPTH} levels, found one more at byte {at}")
            }
            Self::TooLong { limit, found } => write!(f, "expected at most {limit} bytes, found {found}"),
        }
    }
}

impl Error for JsonError {}

impl Problem for JsonError {
    fn code(&self) -> &'static str {
        "bad_json"
    }

    fn advice(&self) -> String {
        "fetch the file again; if it stays so, tell the publisher that it is damaged".into()
    }
}
