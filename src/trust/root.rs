//! Root metadata: which keys sign for which role.

use super::json::Object;
use super::key::{KeyRing, PublicKey};
use super::limits::ROOT_BYTES;
use super::metadata::{Header, MetadataError, Signed, boolean, object};
use super::role::{Role, TopRole};
use super::threshold::Authority;

/// The signed part of root metadata.
#[derive(Clone, Debug)]
pub struct Root {
    header: Header,
    consistent_snapshot: bool,
    keys: KeyRing,
    /// In the order of [`TopRole::ALL`].
    roles: [Role; 4],
}

impl Root {
    /// The keys that root brings along.
    pub const fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// Who must sign for a role.
    pub const fn role(&self, role: TopRole) -> &Role {
        let [root, snapshot, targets, timestamp] = &self.roles;
        match role {
            TopRole::Root => root,
            TopRole::Snapshot => snapshot,
            TopRole::Targets => targets,
            TopRole::Timestamp => timestamp,
        }
    }

    /// Whether files bear their version or hash in their name, so that old and new ones stand side by side.
    pub const fn consistent_snapshot(&self) -> bool {
        self.consistent_snapshot
    }

    /// The keys that may sign for a role, in the order of their ids in the role. An id without a key is passed over.
    pub fn signers(&self, role: TopRole) -> Vec<&PublicKey> {
        self.role(role).key_ids().iter().filter_map(|id| self.keys.find(id)).collect()
    }

    pub(crate) fn authority(&self, role: TopRole) -> Authority<'_> {
        let delegator = format!("version {} of root", self.header.version);
        Authority { role: self.role(role), keys: &self.keys, delegator }
    }
}

impl Signed for Root {
    const TYPE: &'static str = "root";
    const LIMIT: u64 = ROOT_BYTES;

    fn read(header: Header, fields: &Object) -> Result<Self, Box<MetadataError>> {
        let roles = object(fields, "roles")?;
        let role = |role: TopRole| Role::read(object(roles, role.name())?);
        let [root, snapshot, targets, timestamp] = TopRole::ALL.map(role);
        Ok(Self {
            header,
            consistent_snapshot: fields.get("consistent_snapshot").is_some()
                && boolean(fields, "consistent_snapshot")?,
            keys: KeyRing::read(fields)?,
            roles: [root?, snapshot?, targets?, timestamp?],
        })
    }

    fn header(&self) -> &Header {
        &self.header
    }
}
