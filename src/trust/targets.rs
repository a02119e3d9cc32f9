//! Targets metadata: which target files there are, and who else may say so.

use super::delegation::Delegations;
use super::json::{Object, Value};
use super::limits::TARGETS_BYTES;
use super::metadata::{Header, MetadataError, Signed, object, wrong};
use super::target::Description;

/// The signed part of targets metadata, of the top-level role or a delegated one.
#[derive(Clone, Debug)]
pub struct Targets {
    header: Header,
    listed: Vec<(String, Description)>,
    delegations: Option<Delegations>,
}

impl Targets {
    /// What this role says about the target with this name.
    pub fn find(&self, name: &str) -> Option<&Description> {
        self.listed.iter().find(|(other, _)| other == name).map(|(_, description)| description)
    }

    /// All targets of this role, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Description)> {
        self.listed.iter().map(|(name, description)| (name.as_str(), description))
    }

    /// To whom this role delegates, if to anybody.
    pub const fn delegations(&self) -> Option<&Delegations> {
        self.delegations.as_ref()
    }
}

impl Signed for Targets {
    const TYPE: &'static str = "targets";
    const LIMIT: u64 = TARGETS_BYTES;

    fn read(header: Header, fields: &Object) -> Result<Self, MetadataError> {
        let entry = |(name, value): (&str, &Value)| {
            let fields = value.object().ok_or(wrong("targets", "objects"))?;
            Ok((name.to_string(), Description::read(fields)?))
        };
        let listed = object(fields, "targets")?.iter().map(entry).collect::<Result<_, _>>()?;
        let delegations = match fields.get("delegations") {
            Some(_) => Some(Delegations::read(object(fields, "delegations")?)?),
            None => None,
        };
        Ok(Self { header, listed, delegations })
    }

    fn header(&self) -> &Header {
        &self.header
    }
}
