//! Who signs for what.

use super::draft::Draft;
use crate::trust::json::{Object, Value};
use crate::trust::{KeyRing, MetadataError, PublicKey, Role, Root, TopRole};

/// Who signs for what, as one root says.
#[derive(Clone, Debug)]
pub struct Holders {
    version: u64,
    keys: KeyRing,
    /// In the order of [`TopRole::ALL`].
    roles: [Role; 4],
}

impl Holders {
    /// As a verified root says.
    pub(crate) fn of(root: &Root, version: u64) -> Self {
        let roles = TopRole::ALL.map(|role| root.role(role).clone());
        Self { version, keys: root.keys().clone(), roles }
    }

    /// As a root says that nobody need have signed yet.
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let expected = |field| Box::new(MetadataError::Field { field, expected: "an object" });
        let roles = fields.get("roles").ok_or_else(|| expected("roles"))?;
        let role = |role: TopRole| {
            let fields = roles.get(role.name()).and_then(Value::object);
            Role::read(fields.ok_or_else(|| expected(role.name()))?)
        };
        let [root, snapshot, targets, timestamp] = TopRole::ALL.map(role);
        let version = fields.get("version").and_then(Value::integer).unwrap_or_default();
        Ok(Self {
            version: u64::try_from(version).unwrap_or_default(),
            keys: KeyRing::read(fields)?,
            roles: [root?, snapshot?, targets?, timestamp?],
        })
    }

    /// The version of the root that says so.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Who signs for a role, and how many of them.
    pub const fn role(&self, role: TopRole) -> &Role {
        let [root, snapshot, targets, timestamp] = &self.roles;
        match role {
            TopRole::Root => root,
            TopRole::Snapshot => snapshot,
            TopRole::Targets => targets,
            TopRole::Timestamp => timestamp,
        }
    }

    /// The id of a key in a role, if the role names it.
    pub(crate) fn id_of(&self, role: TopRole, key: &PublicKey) -> Option<&String> {
        self.role(role).key_ids().iter().find(|id| self.keys.find(id) == Some(key))
    }

    /// What a draft lacks here.
    pub(crate) fn missing(&self, draft: &Draft) -> Option<Missing> {
        let message = draft.fields.canonical();
        let role = self.role(draft.role);
        let has_signed = |id: &&String| {
            let signature = draft.signatures.iter().find(|(signer, _)| signer == *id);
            let key = self.keys.find(id);
            key.zip(signature).is_some_and(|(key, (_, signature))| key.has_signed(&message, signature))
        };
        let (signed, absent): (Vec<_>, Vec<_>) = role.key_ids().iter().partition(has_signed);
        let threshold = usize::try_from(role.threshold()).unwrap_or(usize::MAX);
        (signed.len() < threshold).then(|| Missing {
            role: draft.role,
            root_version: self.version,
            threshold: role.threshold(),
            signed: signed.into_iter().cloned().collect(),
            absent: absent.into_iter().cloned().collect(),
        })
    }
}

/// Signatures that a file needs before it can be published.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Missing {
    /// The role whose file it is.
    pub role: TopRole,
    /// The version of the root that asks for them.
    pub root_version: u64,
    /// How many different keys must sign.
    pub threshold: u32,
    /// The ids of those that have signed.
    pub signed: Vec<String>,
    /// The ids of those that may still sign.
    pub absent: Vec<String>,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (role, signed) = (self.role.name(), self.signed.len());
        let Self { root_version, threshold, .. } = self;
        let absent = self.absent.join(" or ");
        write!(
            f,
            "{role} has {signed} of the {threshold} signatures that version {root_version} of root asks for, and \
             waits for {absent}"
        )
    }
}
