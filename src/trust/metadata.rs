//! What all metadata files have in common: an envelope with signatures, and a header in the signed part.

use crate::quoted::Quoted;
use std::error::Error;
use std::fmt;

use super::json::{self, JsonError, Object, Value, are_unique};
use super::{TrustError, UtcSeconds};
use crate::Problem;

/// The version of the TUF specification that a publisher states.
pub const SPEC_VERSION: &str = "1.0.31";
/// Our one field beyond the specification: when the metadata was signed, in the form of `expires`.
///
/// Other clients keep it and ignore it. Ours takes it as the least that the clock can show.
pub const SIGNED_AT: &str = "x-signed-at";

/// What the signed part of every role begins with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Header {
    /// Rises with each change of the role's metadata; at least 1.
    pub version: u64,
    /// From this second on the metadata is no longer current.
    pub expires: UtcSeconds,
    /// When it was signed, if the publisher says so ([`SIGNED_AT`]).
    pub signed_at: Option<UtcSeconds>,
}

impl Header {
    fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let spec = text(fields, "spec_version")?;
        if spec.split('.').next() != Some("1") {
            return Err(MetadataError::UnknownSpecification { found: spec.chars().take(20).collect() }.into());
        }
        let expires = text(fields, "expires")?.parse();
        let signed_at = fields.get(SIGNED_AT).map(|value| value.text().and_then(|text| text.parse().ok()));
        Ok(Self {
            version: positive(fields, "version")?,
            expires: expires.map_err(|_| wrong("expires", "a UTC date-time as YYYY-MM-DDTHH:MM:SSZ"))?,
            signed_at: match signed_at {
                Some(None) => return Err(wrong(SIGNED_AT, "a UTC date-time as YYYY-MM-DDTHH:MM:SSZ")),
                Some(time) => time,
                None => None,
            },
        })
    }
}

/// The signed part of one kind of metadata.
pub trait Signed: Sized {
    /// What `_type` must say.
    const TYPE: &'static str;
    /// The most bytes that are read of a file of this kind.
    const LIMIT: u64;

    /// Reads what is special to this kind; unknown fields are left alone.
    fn read(header: Header, fields: &Object) -> Result<Self, Box<MetadataError>>;

    /// What is common to all kinds.
    fn header(&self) -> &Header;
}

/// A metadata file of which only the envelope and the header are known to have the right shape. Nobody may act on it
/// yet, and the rest of it is not read before the signatures are.
pub(crate) struct Unverified {
    /// As received.
    pub(crate) bytes: Vec<u8>,
    /// The signed part.
    pub(crate) fields: Object,
    pub(crate) header: Header,
    pub(crate) signatures: Vec<Signature>,
}

pub(crate) struct Signature {
    pub(crate) key_id: String,
    pub(crate) hex: String,
}

impl Unverified {
    /// Measures, then parses `bytes` as metadata of the kind `T`.
    pub(crate) fn read<T: Signed>(bytes: Vec<u8>) -> Result<Self, Box<MetadataError>> {
        Self::read_as(bytes, T::TYPE, T::LIMIT)
    }

    /// Measures, then parses `bytes` as metadata of one kind.
    pub(super) fn read_as(
        bytes: Vec<u8>,
        kind: &'static str,
        limit: u64,
    ) -> Result<Self, Box<MetadataError>> {
        let Value::Object(mut file) =
            json::parse(&bytes, limit).map_err(|error| Box::new(MetadataError::Json(error)))?
        else {
            return Err(wrong("metadata", "an object"));
        };
        let signatures = listed(&file, "signatures", Signature::read)?;
        if !are_unique(signatures.iter().map(|signature| &signature.key_id)) {
            return Err(wrong("signatures", "every key id once"));
        }
        let Some(Value::Object(fields)) = file.take("signed") else {
            return Err(wrong("signed", "an object"));
        };
        let found = text(&fields, "_type")?;
        if found != kind {
            return Err(
                MetadataError::WrongType { expected: kind, found: found.chars().take(20).collect() }.into()
            );
        }
        let header = Header::read(&fields)?;
        Ok(Self { bytes, fields, header, signatures })
    }
}

impl Signature {
    fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        Ok(Self { key_id: text(fields, "keyid")?.into(), hex: text(fields, "sig")?.into() })
    }
}

pub(crate) fn text<'a>(fields: &'a Object, field: &'static str) -> Result<&'a str, Box<MetadataError>> {
    fields.get(field).and_then(Value::text).ok_or_else(|| wrong(field, "a string"))
}

pub(crate) fn array<'a>(fields: &'a Object, field: &'static str) -> Result<&'a [Value], Box<MetadataError>> {
    fields.get(field).and_then(Value::array).ok_or_else(|| wrong(field, "an array"))
}

pub(crate) fn object<'a>(fields: &'a Object, field: &'static str) -> Result<&'a Object, Box<MetadataError>> {
    fields.get(field).and_then(Value::object).ok_or_else(|| wrong(field, "an object"))
}

pub(crate) fn boolean(fields: &Object, field: &'static str) -> Result<bool, Box<MetadataError>> {
    fields.get(field).and_then(Value::boolean).ok_or_else(|| wrong(field, "true or false"))
}

pub(crate) fn natural(fields: &Object, field: &'static str) -> Result<u64, Box<MetadataError>> {
    let number = fields.get(field).and_then(Value::integer).and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| wrong(field, "a whole number from 0"))
}

pub(crate) fn positive(fields: &Object, field: &'static str) -> Result<u64, Box<MetadataError>> {
    match natural(fields, field) {
        Ok(number @ 1..) => Ok(number),
        _ => Err(wrong(field, "a whole number from 1")),
    }
}

pub(crate) fn texts(fields: &Object, field: &'static str) -> Result<Vec<String>, Box<MetadataError>> {
    let mut texts = Vec::new();
    for value in array(fields, field)? {
        texts.push(value.text().ok_or_else(|| wrong(field, "strings"))?.into());
    }
    Ok(texts)
}

/// An array of objects that are all of one kind.
pub(crate) fn listed<T>(
    fields: &Object,
    field: &'static str,
    read: fn(&Object) -> Result<T, Box<MetadataError>>,
) -> Result<Vec<T>, Box<MetadataError>> {
    let mut items = Vec::new();
    for value in array(fields, field)? {
        items.push(read(value.object().ok_or_else(|| wrong(field, "objects"))?)?);
    }
    Ok(items)
}

/// An object whose members are objects of one kind, in the order of their names.
pub(crate) fn named<T>(
    fields: &Object,
    field: &'static str,
    read: fn(&Object) -> Result<T, Box<MetadataError>>,
) -> Result<Vec<(String, T)>, Box<MetadataError>> {
    let mut items = Vec::new();
    for (name, value) in object(fields, field)?.iter() {
        items.push((name.into(), read(value.object().ok_or_else(|| wrong(field, "objects"))?)?));
    }
    Ok(items)
}

#[expect(clippy::unnecessary_box_returns, reason = "it travels boxed: see `TrustError`")]
pub(crate) fn wrong(field: &'static str, expected: &'static str) -> Box<MetadataError> {
    Box::new(MetadataError::Field { field, expected })
}

/// Why bytes are not the metadata they should be.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum MetadataError {
    /// A field is missing or is not what the specification prescribes.
    Field {
        /// The name of the field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The bytes are not JSON that can be signed.
    Json(JsonError),
    /// The metadata follows a specification that this client does not know.
    UnknownSpecification {
        /// The specification version it states.
        found: String,
    },
    /// Metadata of one role in the place of another.
    WrongType {
        /// The type that belongs here.
        expected: &'static str,
        /// The type it states.
        found: String,
    },
}

impl MetadataError {
    #[expect(clippy::unnecessary_box_returns, reason = "it travels boxed: see `TrustError`")]
    pub(crate) fn in_role(self: Box<Self>, role: &str) -> Box<TrustError> {
        Box::new(TrustError::Metadata { role: role.into(), source: self })
    }
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { field, expected } => {
                write!(f, "expected {expected} as `{field}`, found none or another value")
            }
            Self::Json(_) => write!(f, "expected JSON that can be signed, found something else"),
            Self::UnknownSpecification { found } => {
                write!(
                    f,
                    "expected metadata after version 1 of the TUF specification, found version {}",
                    Quoted(found)
                )
            }
            Self::WrongType { expected, found } => {
                write!(f, "expected metadata of type {expected}, found type {}", Quoted(found))
            }
        }
    }
}

impl Error for MetadataError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Json(source) = self { Some(source) } else { None }
    }
}

impl Problem for MetadataError {
    fn code(&self) -> &'static str {
        match self {
            Self::Field { .. } => "bad_metadata",
            Self::Json(source) => source.code(),
            Self::UnknownSpecification { .. } => "unknown_specification",
            Self::WrongType { .. } => "wrong_role",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Json(source) => source.advice(),
            Self::UnknownSpecification { .. } => "use a newer version of this program".into(),
            Self::Field { .. } | Self::WrongType { .. } => {
                "fetch the file again; if it stays so, tell the publisher that the repository is wrong".into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_is_that_of_the_cause() {
        let broken = json::parse(b"{", 10).expect_err("it has no end");
        let again = "fetch the file again; if it stays so, tell the publisher that the repository is wrong";
        let found = String::from("2.0");
        for (error, advice) in [
            (MetadataError::Json(broken.clone()), broken.advice().as_str()),
            (
                MetadataError::UnknownSpecification { found: found.clone() },
                "use a newer version of this program",
            ),
            (MetadataError::WrongType { expected: "root", found }, again),
            (*wrong("keys", "an object"), again),
        ] {
            assert_eq!(error.advice(), advice, "{error}");
        }
    }
}
