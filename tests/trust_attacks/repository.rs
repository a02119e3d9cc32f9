//! A repository in memory, which does whatever it is told.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hongbang::publish::keys::{KeyPair, Keys};
use hongbang::trust::json::{Object, Value};
use hongbang::trust::{Reply, Request, TopRole, to_hex};
use sha2::{Digest, Sha256};

use crate::client::FAR;

pub(crate) struct Repository {
    files: BTreeMap<String, Vec<u8>>,
    requests: RefCell<Vec<String>>,
    pub(crate) signers: BTreeMap<String, Vec<(String, KeyPair)>>,
    pub(crate) root: Object,
    pub(crate) targets: Object,
    pub(crate) snapshot: Object,
    pub(crate) timestamp: Object,
    pub(crate) delegated: BTreeMap<String, Object>,
    /// Delegated roles that have changed since they were last published.
    edited: BTreeSet<String>,
    pub(crate) meta: BTreeMap<String, Value>,
    pub(crate) expires: &'static str,
    pub(crate) signed_at: Option<&'static str>,
    pub(crate) promises: Promises,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Promises {
    WithHashes,
    VersionsOnly,
}

impl Repository {
    /// One key a role, one target, everything at version 1.
    pub(crate) fn new() -> Self {
        let mut signers = BTreeMap::new();
        let keys = Keys::from_seeds(&[[1; 32], [2; 32], [3; 32], [4; 32]]);
        for role in TopRole::ALL {
            let named = |key: &KeyPair| (key.key_id(), key.clone());
            signers.insert(role.name().to_string(), keys.of(role).iter().map(named).collect::<Vec<_>>());
        }
        let mut repository = Self {
            files: BTreeMap::new(),
            requests: RefCell::default(),
            signers,
            root: Object::of([("consistent_snapshot", Value::Bool(true))]),
            targets: Object::default(),
            snapshot: Object::default(),
            timestamp: Object::default(),
            delegated: BTreeMap::new(),
            edited: BTreeSet::new(),
            meta: BTreeMap::new(),
            expires: FAR,
            signed_at: None,
            promises: Promises::WithHashes,
        };
        for role in TopRole::ALL {
            let key = keys.of(role)[0].clone();
            repository.replace_role(role, &key);
        }
        repository.add_target("targets", "edition", b"content");
        repository.publish_root();
        repository.publish();
        repository
    }

    // Files

    pub(crate) fn answer(&self, request: &Request) -> Reply {
        self.requests.borrow_mut().push(request.path.clone());
        let Some(bytes) = self.files.get(&request.path) else { return Reply::NotFound };
        // A transport stops one byte after the limit.
        let end = usize::try_from(request.limit + 1).unwrap().min(bytes.len());
        Reply::Found(bytes[..end].to_vec())
    }

    /// What was asked for since this was last called.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.take()
    }

    pub(crate) fn file(&self, path: &str) -> Vec<u8> {
        self.files[path].clone()
    }

    pub(crate) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.into(), bytes);
    }

    pub(crate) fn write_into(&self, folder: &Path) {
        std::fs::create_dir_all(folder).unwrap();
        for (path, bytes) in &self.files {
            std::fs::write(folder.join(path), bytes).unwrap();
        }
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.files.remove(path).unwrap();
    }

    // Signing and publishing: each publication is one version higher than the one before.

    pub(crate) fn sign(&self, role: &str, fields: Object) -> Vec<u8> {
        let signed = Value::Object(fields);
        let message = signed.canonical();
        let signature = |(id, key): &(String, KeyPair)| {
            Object::of([("keyid", id.as_str().into()), ("sig", to_hex(&key.sign(&message)).into())]).into()
        };
        let signatures = Value::Array(self.signers[role].iter().map(signature).collect());
        Value::Object(Object::of([("signatures", signatures), ("signed", signed)])).to_json().into_bytes()
    }

    pub(crate) fn next(&self, mut fields: Object, role: &str) -> Object {
        let version = fields.get("version").and_then(Value::integer).unwrap_or(0) + 1;
        fields.set("_type", role.into());
        fields.set("spec_version", "1.0.31".into());
        fields.set("version", Value::Integer(version));
        fields.set("expires", self.expires.into());
        if let Some(signed_at) = self.signed_at {
            fields.set("x-signed-at", signed_at.into());
        }
        fields
    }

    pub(crate) fn promise(&self, fields: &Object, bytes: &[u8]) -> Value {
        let mut promise = Object::of([("version", fields.get("version").unwrap().clone())]);
        if self.promises == Promises::WithHashes {
            promise.set("length", length(bytes));
            promise.set("hashes", hashes(bytes));
        }
        promise.into()
    }

    pub(crate) fn publish(&mut self) {
        while let Some(role) = self.edited.pop_first() {
            self.publish_delegated(&role);
        }
        self.publish_targets();
        self.publish_snapshot();
        self.publish_timestamp();
    }

    pub(crate) fn publish_root(&mut self) {
        self.root = self.next(self.root.clone(), "root");
        let bytes = self.sign("root", self.root.clone());
        self.put(&format!("{}.root.json", version(&self.root)), bytes);
    }

    pub(crate) fn publish_targets(&mut self) {
        self.targets = self.next(self.targets.clone(), "targets");
        let bytes = self.sign("targets", self.targets.clone());
        self.meta.insert("targets.json".into(), self.promise(&self.targets, &bytes));
        self.put("targets.json", bytes.clone());
        self.put(&format!("{}.targets.json", version(&self.targets)), bytes);
    }

    pub(crate) fn publish_delegated(&mut self, role: &str) {
        let fields = self.next(self.delegated[role].clone(), "targets");
        self.delegated.insert(role.into(), fields.clone());
        let bytes = self.sign(role, fields.clone());
        self.meta.insert(format!("{role}.json"), self.promise(&fields, &bytes));
        let path = role.replace('/', "%2F").replace(' ', "%20").replace('红', "%E7%BA%A2");
        self.put(&format!("{}.{path}.json", version(&fields)), bytes);
    }

    pub(crate) fn publish_snapshot(&mut self) {
        let mut fields = self.next(self.snapshot.clone(), "snapshot");
        let mut meta = Object::default();
        self.meta.iter().for_each(|(file, promise)| meta.set(file, promise.clone()));
        fields.set("meta", meta.into());
        self.snapshot = fields;
        let bytes = self.sign("snapshot", self.snapshot.clone());
        self.put("snapshot.json", bytes.clone());
        self.put(&format!("{}.snapshot.json", version(&self.snapshot)), bytes);
    }

    pub(crate) fn timestamp_fields(&self) -> Object {
        let mut fields = self.next(self.timestamp.clone(), "timestamp");
        let path = format!("{}.snapshot.json", version(&self.snapshot));
        let bytes = self.files.get(&path).cloned().unwrap_or_default();
        let meta = Object::of([("snapshot.json", self.promise(&self.snapshot, &bytes))]);
        fields.set("meta", meta.into());
        fields
    }

    pub(crate) fn publish_timestamp(&mut self) {
        self.timestamp = self.timestamp_fields();
        let bytes = self.sign("timestamp", self.timestamp.clone());
        self.put("timestamp.json", bytes);
    }

    // Keys and roles

    pub(crate) fn edit_root(&mut self, field: &str, edit: impl FnOnce(&mut Object)) {
        edit_object(&mut self.root, field, edit);
    }

    pub(crate) fn replace_role(&mut self, role: TopRole, key: &KeyPair) {
        let ids = Value::Array(vec![key.key_id().into()]);
        let fields = Object::of([("keyids", ids), ("threshold", 1.into())]);
        self.edit_root("roles", |roles| roles.set(role.name(), fields.into()));
        self.edit_root("keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
    }

    /// New keys for a role from the next root on. A root needs the signatures of the old ones too.
    pub(crate) fn replace_keys(&mut self, role: TopRole, key: &KeyPair) {
        self.replace_role(role, key);
        let signers = self.signers.get_mut(role.name()).unwrap();
        if role != TopRole::Root {
            signers.clear();
        }
        signers.push((key.key_id(), key.clone()));
    }

    pub(crate) fn add_key(&mut self, role: TopRole, id: &str, key: &KeyPair) {
        self.edit_root("keys", |keys| keys.set(id, key.public().to_value()));
        self.edit_root("roles", |roles| {
            edit_object(roles, role.name(), |role| {
                let mut ids = role.get("keyids").unwrap().array().unwrap().to_vec();
                ids.push(id.into());
                role.set("keyids", Value::Array(ids));
            });
        });
        self.signers.get_mut(role.name()).unwrap().push((id.into(), key.clone()));
    }

    /// Changes how the public half of a key is spelled.
    pub(crate) fn spell_key(&mut self, id: &str, spelling: fn(&str) -> String) {
        self.edit_root("keys", |keys| {
            edit_object(keys, id, |key| {
                edit_object(key, "keyval", |value| {
                    let public = spelling(value.get("public").unwrap().text().unwrap());
                    value.set("public", public.into());
                });
            });
        });
    }

    pub(crate) fn set_threshold(&mut self, role: TopRole, threshold: u32, further: &[KeyPair]) {
        self.edit_root("roles", |roles| {
            edit_object(roles, role.name(), |role| role.set("threshold", threshold.into()));
        });
        for key in further {
            self.add_key(role, &key.key_id(), key);
        }
    }

    // Targets and delegations

    pub(crate) fn edit_role(&mut self, role: &str, edit: impl FnOnce(&mut Object)) {
        if role == "targets" {
            edit(&mut self.targets);
        } else {
            edit(self.delegated.get_mut(role).unwrap());
            self.edited.insert(role.into());
        }
    }

    pub(crate) fn add_target(&mut self, role: &str, name: &str, content: &[u8]) {
        let custom = Object::of([("number", 1.into())]);
        let description =
            [("length", length(content)), ("hashes", hashes(content)), ("custom", custom.into())];
        self.edit_role(role, |fields| {
            edit_object(fields, "targets", |targets| targets.set(name, Object::of(description).into()));
        });
    }

    /// `after` is "stop" for a terminating delegation.
    pub(crate) fn delegate(&mut self, from: &str, to: &str, paths: &[&str], after: &str) {
        let key = KeyPair::from_seed(&Sha256::digest(to.as_bytes()).into());
        let ids = Value::Array(vec![key.key_id().into()]);
        let role = Object::of([
            ("name", to.into()),
            ("keyids", ids),
            ("threshold", 1.into()),
            ("terminating", Value::Bool(after == "stop")),
            ("paths", Value::Array(paths.iter().map(|&path| path.into()).collect())),
        ]);
        self.signers.insert(to.into(), vec![(key.key_id(), key.clone())]);
        if !self.delegated.contains_key(to) {
            self.delegated.insert(to.into(), Object::of([("targets", Object::default().into())]));
            self.edited.insert(to.into());
        }
        self.edit_role(from, |fields| {
            edit_object(fields, "delegations", |delegations| {
                edit_object(delegations, "keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
                let mut roles = delegations.get("roles").and_then(Value::array).unwrap_or_default().to_vec();
                roles.push(role.into());
                delegations.set("roles", Value::Array(roles));
            });
        });
    }

    /// The key that `from` names for its only delegation.
    pub(crate) fn set_delegated_key(&mut self, from: &str, to: &str, key: &KeyPair) {
        self.edit_role(from, |fields| {
            edit_object(fields, "delegations", |delegations| {
                edit_object(delegations, "keys", |keys| keys.set(&key.key_id(), key.public().to_value()));
            });
        });
        self.edit_delegation(from, |role| {
            assert_eq!(role.get("name").unwrap().text(), Some(to));
            role.set("keyids", Value::Array(vec![key.key_id().into()]));
        });
    }

    /// Changes the only delegation of `from`.
    pub(crate) fn edit_delegation(&mut self, from: &str, edit: impl FnOnce(&mut Object)) {
        self.edit_role(from, |fields| {
            edit_object(fields, "delegations", |delegations| {
                let mut role =
                    delegations.get("roles").unwrap().array().unwrap()[0].object().unwrap().clone();
                edit(&mut role);
                delegations.set("roles", Value::Array(vec![role.into()]));
            });
        });
    }
}

pub(crate) fn version(fields: &Object) -> i64 {
    fields.get("version").and_then(Value::integer).unwrap()
}

pub(crate) fn edit_object(fields: &mut Object, field: &str, edit: impl FnOnce(&mut Object)) {
    let mut inner = fields.get(field).and_then(Value::object).cloned().unwrap_or_default();
    edit(&mut inner);
    fields.set(field, inner.into());
}

pub(crate) fn hashes(bytes: &[u8]) -> Value {
    Object::of([("sha256", to_hex(&Sha256::digest(bytes)).into())]).into()
}

pub(crate) fn length(bytes: &[u8]) -> Value {
    Value::Integer(i64::try_from(bytes.len()).unwrap())
}
