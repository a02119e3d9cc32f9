//! A metadata file on its way: its signed part is settled, its signatures are gathered.

use super::PublishError;
use super::holders::Holders;
use crate::publish::keys::{KeyPair, Keys};
use crate::trust::json::{self, Object, Value};
use crate::trust::{MetadataError, ROOT_BYTES, TARGETS_BYTES, TopRole, UtcSeconds, to_hex};

/// Metadata that is being signed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Draft {
    pub(crate) role: TopRole,
    pub(crate) fields: Object,
    /// Key ids and signatures, in the order of the ids, so that the order of signing leaves no trace.
    pub(crate) signatures: Vec<(String, String)>,
}

impl Draft {
    pub(crate) const fn new(role: TopRole, fields: Object) -> Self {
        Self { role, fields, signatures: Vec::new() }
    }

    /// Reads a file that need not be signed. What it says is not believed before it is.
    pub(crate) fn read(role: TopRole, bytes: &[u8]) -> Result<Self, PublishError> {
        let limit = if role == TopRole::Root { ROOT_BYTES } else { TARGETS_BYTES };
        let refuse = |source: MetadataError| PublishError::Repository(Box::new(source).in_role(role.name()));
        let file = json::parse(bytes, limit).map_err(|error| refuse(MetadataError::Json(error)))?;
        let field = |field, expected| refuse(MetadataError::Field { field, expected });
        let fields = file.get("signed").and_then(Value::object).ok_or(field("signed", "an object"))?;
        let kind = fields.get("_type").and_then(Value::text).unwrap_or_default();
        if kind != role.name() {
            let found = kind.chars().take(20).collect();
            return Err(refuse(MetadataError::WrongType { expected: role.name(), found }));
        }
        let mut draft = Self::new(role, fields.clone());
        if draft.version() == 0 || draft.expires().is_none() {
            return Err(field("version", "a version from 1 and an expiry"));
        }
        let signatures = file.get("signatures").and_then(Value::array).unwrap_or_default();
        for signature in signatures {
            let text = |name| signature.get(name).and_then(Value::text);
            let (Some(id), Some(hex)) = (text("keyid"), text("sig")) else {
                return Err(field("signatures", "key ids and signatures"));
            };
            draft.put(id, hex.into());
        }
        Ok(draft)
    }

    /// Its version; 0 where it states none.
    pub fn version(&self) -> u64 {
        let version = self.fields.get("version").and_then(Value::integer).unwrap_or_default();
        u64::try_from(version).unwrap_or_default()
    }

    /// When it will expire.
    pub fn expires(&self) -> Option<UtcSeconds> {
        self.fields.get("expires")?.text()?.parse().ok()
    }

    /// The ids of the keys whose signatures it bears.
    pub fn signers(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|(id, _)| id.as_str())
    }

    /// Adds the signature of a key, and says whether it was not there before.
    pub(crate) fn sign(&mut self, id: &str, key: &KeyPair) -> bool {
        let signature = to_hex(&key.sign(&self.fields.canonical()));
        self.put(id, signature)
    }

    /// Adds a signature, and says whether it was not there before.
    pub(crate) fn put(&mut self, id: &str, signature: String) -> bool {
        match self.signatures.binary_search_by(|(other, _)| other.as_str().cmp(id)) {
            Ok(at) => std::mem::replace(&mut self.signatures[at].1, signature.clone()) != signature,
            Err(at) => {
                self.signatures.insert(at, (id.into(), signature));
                true
            }
        }
    }

    /// Signs with all keys of the role, which must be enough, and each of which one of the roots must name: a key
    /// that none names is refused rather than passed over, since its owner believes that it signs.
    pub(crate) fn sign_all(&mut self, roots: &[&Holders], keys: &Keys) -> Result<(), PublishError> {
        for key in keys.of(self.role) {
            let id = roots.iter().rev().find_map(|holders| holders.id_of(self.role, &key.public()));
            let Some(id) = id else {
                let expected = roots.last().map(|holders| holders.role(self.role).key_ids().to_vec());
                let expected = expected.unwrap_or_default();
                return Err(PublishError::WrongKey { role: self.role, expected, found: key.key_id() });
            };
            self.sign(id, key);
        }
        let missing: Vec<_> = roots.last().and_then(|holders| holders.missing(self)).into_iter().collect();
        if missing.is_empty() { Ok(()) } else { Err(PublishError::NotSigned { missing }) }
    }

    /// The file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let signature = |(id, signature): &(String, String)| {
            Object::of([("keyid", id.as_str().into()), ("sig", signature.as_str().into())]).into()
        };
        let signatures = Value::Array(self.signatures.iter().map(signature).collect());
        let file = Object::of([("signatures", signatures), ("signed", self.fields.clone().into())]);
        (Value::Object(file).to_json() + "\n").into_bytes()
    }
}
