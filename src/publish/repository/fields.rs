//! The signed parts of metadata, as they are made: only what every TUF client reads alike.

use sha2::{Digest, Sha256};

use super::{NewTarget, PublishError};
use crate::trust::json::{self, MAX_INTEGER, Object, Value};
use crate::trust::{SIGNED_AT, SPEC_VERSION, TIMESTAMP_BYTES, TopRole, UtcSeconds, to_hex};

/// The next version of a role's fields, with the times of its signing and its end. Fields that are not ours stay.
pub(crate) fn next(
    before: Option<&Object>,
    role: TopRole,
    now: UtcSeconds,
    days: u16,
) -> Result<Object, PublishError> {
    let mut fields = before.cloned().unwrap_or_default();
    let version = fields.get("version").and_then(Value::integer).unwrap_or(0);
    if version >= MAX_INTEGER {
        return Err(PublishError::NoFurtherVersion { role });
    }
    fields.set("version", Value::Integer(version + 1));
    fields.set("_type", role.name().into());
    fields.set("spec_version", SPEC_VERSION.into());
    fields.set(SIGNED_AT, now.to_string().into());
    let expires = now.add_days(days.into()).ok_or(PublishError::BeyondCalendar { now, days })?;
    fields.set("expires", expires.to_string().into());
    Ok(fields)
}

/// Says in `meta` what to expect of a file.
pub(crate) fn promise(fields: &mut Object, file: &str, version: u64, bytes: &[u8]) {
    let version = Value::Integer(i64::try_from(version).unwrap_or(i64::MAX));
    let promise = [("hashes", hashes(bytes)), ("length", length(bytes)), ("version", version)];
    let mut meta = fields.get("meta").and_then(Value::object).cloned().unwrap_or_default();
    meta.set(file, Object::of(promise).into());
    fields.set("meta", meta.into());
}

/// What became of a target that was put into a list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Listed {
    Added,
    Unchanged,
}

/// Puts a target into the list of targets metadata. A name stands for one content for ever.
pub(crate) fn list(fields: &mut Object, target: &NewTarget) -> Result<Listed, PublishError> {
    expect_publishable(target)?;
    let mut description = Object::of([("hashes", hashes(&target.bytes)), ("length", length(&target.bytes))]);
    if !target.custom.is_empty() {
        description.set("custom", target.custom.clone().into());
    }
    let description = Value::Object(description);
    let mut listed = fields.get("targets").and_then(Value::object).cloned().unwrap_or_default();
    let result = match listed.get(&target.name) {
        Some(known) if *known == description => Ok(Listed::Unchanged),
        Some(_) => Err(PublishError::TargetDiffers { name: target.name.clone() }),
        None => {
            listed.set(&target.name, description);
            Ok(Listed::Added)
        }
    };
    fields.set("targets", listed.into());
    result
}

/// The name of the file that holds a target: so that old ones and new ones stand side by side.
pub(crate) fn file_name(name: &str, bytes: &[u8]) -> String {
    format!("{}.{name}", to_hex(&Sha256::digest(bytes)))
}

fn expect_publishable(target: &NewTarget) -> Result<(), PublishError> {
    let name = &target.name;
    expect_name(name)?;
    let custom = Value::Object(target.custom.clone()).to_json();
    if !custom.is_ascii() || json::parse(custom.as_bytes(), TIMESTAMP_BYTES).is_err() {
        return Err(PublishError::BadCustom { name: name.clone() });
    }
    Ok(())
}

pub(crate) fn expect_name(name: &str) -> Result<(), PublishError> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-._".contains(character);
    if (1..=100).contains(&name.len()) && !name.starts_with('.') && name.chars().all(allowed) {
        return Ok(());
    }
    Err(PublishError::BadName { name: name.into() })
}

fn hashes(bytes: &[u8]) -> Value {
    Object::of([("sha256", to_hex(&Sha256::digest(bytes)).into())]).into()
}

fn length(bytes: &[u8]) -> Value {
    Value::Integer(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
}
