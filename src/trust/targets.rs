//! Targets metadata: which target files there are, and who else may say so.

use super::delegation::Delegations;
use super::json::Object;
use super::limits::TARGETS_BYTES;
use super::metadata::{Header, MetadataError, Signed, named, object};
use super::target::Description;

/// The signed part of targets metadata, of the top-level role or a delegated one.
#[derive(Clone, Debug)]
pub struct Targets {
    header: Header,
    /// Sorted by name.
    listed: Vec<(String, Description)>,
    delegations: Option<Delegations>,
}

impl Targets {
    /// What this role says about the target with this name.
    pub fn find(&self, name: &str) -> Option<&Description> {
        let at = self.listed.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(&self.listed[at].1)
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

    fn read(header: Header, fields: &Object) -> Result<Self, Box<MetadataError>> {
        let listed = named(fields, "targets", Description::read)?;
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
