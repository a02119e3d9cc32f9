//! Writes a TUF repository: a folder of static files that any web server can offer and any TUF client can verify.
//!
//! ```text
//! metadata/  1.root.json 2.root.json …  N.targets.json  N.snapshot.json  timestamp.json
//! targets/   HASH.NAME
//! ```
//!
//! Old files stay where they are, so a client that is in the middle of an update finds what it was promised.
//! Target files are written first and the timestamp last, each under a temporary name that is then changed: whatever
//! fails on the way, the old timestamp still points to the old files. Before the new timestamp is put in its place
//! the whole is verified with the client's own code.
//!
//! What is written is what every TUF client reads alike: flat ASCII target names, ASCII texts, SHA-256 alone,
//! computed key ids, sizes below the limits of the stock clients. There is no lock: one publisher at a time.

mod error;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub use error::PublishError;

use super::disk::replace_file;
use super::keys::{KeyPair, Keys};
pub use crate::checker::EditionTag;
use crate::trust::json::{self, Object, Value};
use crate::trust::{
    Root, SIGNED_AT, SPEC_VERSION, Store, TIMESTAMP_BYTES, TopRole, Trusted, UtcSeconds, reverify, to_hex,
};

/// A target file to publish.
#[derive(Clone, Debug)]
pub struct NewTarget {
    /// Letters, digits and `-._`; it cannot be used again for other content.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// What metadata says about it beside length and hash, for example [`EditionTag::to_custom`].
    pub custom: Object,
}

/// For how many days signatures hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Expiries {
    /// Targets, snapshot and timestamp: how long a client is content without news.
    pub list: u16,
    /// Root: how long until the keys must be confirmed or changed.
    pub root: u16,
}

impl Default for Expiries {
    fn default() -> Self {
        Self { list: 35, root: 365 }
    }
}

/// How many keys of each role must sign, in a root that is made anew.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Thresholds {
    /// Of the root keys.
    pub root: u32,
    /// Of the snapshot keys.
    pub snapshot: u32,
    /// Of the targets keys.
    pub targets: u32,
    /// Of the timestamp keys.
    pub timestamp: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { root: 1, snapshot: 1, targets: 1, timestamp: 1 }
    }
}

impl Thresholds {
    const fn of(&self, role: TopRole) -> u32 {
        match role {
            TopRole::Root => self.root,
            TopRole::Snapshot => self.snapshot,
            TopRole::Targets => self.targets,
            TopRole::Timestamp => self.timestamp,
        }
    }
}

/// What was published.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Published {
    /// The targets that were not there before.
    pub added: Vec<String>,
    /// The targets that were there before with the same content.
    pub unchanged: Vec<String>,
    /// The version of root.
    pub root_version: u64,
    /// The version of targets metadata.
    pub targets_version: u64,
    /// The version of the timestamp.
    pub timestamp_version: u64,
    /// Until when the list is current.
    pub expires: UtcSeconds,
}

/// Makes a repository with a first root and nothing else, for one who wants several keys for a role. Where one key
/// each will do, [`publish`] does it on the way. The file is `metadata/1.root.json`: what clients pin.
pub fn create(
    folder: &Path,
    keys: &Keys,
    thresholds: Thresholds,
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<(), PublishError> {
    let present = Present::read(folder)?;
    if !present.roots.is_empty() {
        return Err(PublishError::Exists { path: metadata_path(folder, "1.root.json") });
    }
    let root = new_root(1, keys, thresholds, now, expiries)?;
    write(&metadata_path(folder, "1.root.json"), &root)
}

/// Publishes targets into the repository in `folder`, beside those that are there, and signs everything anew.
///
/// In an empty folder a first root is made of `keys`. Without new targets this only prolongs the old ones.
pub fn publish(
    folder: &Path,
    keys: &Keys,
    targets: &[NewTarget],
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<Published, PublishError> {
    let present = Present::read(folder)?;
    let is_new = present.roots.is_empty();
    let first_root = is_new.then(|| new_root(1, keys, Thresholds::default(), now, expiries)).transpose()?;
    Next { folder, keys, now, expiries, present, new_root: first_root }.publish(targets)
}

/// Changes the keys of the repository in `folder`, or prolongs its root: a new root, signed by the `old` root keys
/// and the `new` ones, names the `new` keys for all roles, and everything is signed anew with them.
pub fn rotate(
    folder: &Path,
    old: &Keys,
    new: &Keys,
    thresholds: Thresholds,
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<Published, PublishError> {
    let present = Present::read(folder)?;
    let Some(trusted) = &present.trusted else {
        return Err(PublishError::Missing { path: metadata_path(folder, "timestamp.json") });
    };
    let root = trusted.root();
    let signers = authorised(root.signed(), TopRole::Root, old)?;
    let fields = root_fields(root.header().version + 1, new, thresholds, now, expiries)?;
    let new_signers = new.of(TopRole::Root).iter().map(|key| (key.key_id(), key));
    let both: Vec<_> = signers.into_iter().chain(new_signers).collect();
    let new_root = Some(sign(fields, &both));
    Next { folder, keys: new, now, expiries, present, new_root }.publish(&[])
}

/// What a repository holds now.
struct Present {
    roots: Vec<Vec<u8>>,
    /// Nothing, if there is a root at most.
    trusted: Option<Trusted>,
}

impl Present {
    /// Reads and verifies the repository. That it has expired does not matter: it is about to be signed anew.
    fn read(folder: &Path) -> Result<Self, PublishError> {
        let mut roots = Vec::new();
        while let Some(root) =
            read_if_there(&metadata_path(folder, &format!("{}.root.json", roots.len() + 1)))?
        {
            roots.push(root);
        }
        let Some(timestamp) = read_if_there(&metadata_path(folder, "timestamp.json"))? else {
            return Ok(Self { roots, trusted: None });
        };
        let pinned = roots.first().cloned().unwrap_or_default();
        let snapshot = read_promised(folder, &timestamp, "snapshot")?;
        let targets = read_promised(folder, &snapshot, "targets")?;
        let store = Store { roots: roots.clone(), timestamp, snapshot, targets, delegated: Vec::new() };
        let trusted = reverify(&pinned, store).map_err(PublishError::Repository)?;
        Ok(Self { roots, trusted: Some(trusted) })
    }
}

/// The file that another one promises. Nothing is verified yet; a promise that cannot be read leads to no file.
fn read_promised(folder: &Path, promising: &[u8], role: &str) -> Result<Vec<u8>, PublishError> {
    let version = json::parse(promising, u64::MAX).ok().and_then(|file| {
        file.get("signed")?.get("meta")?.get(&format!("{role}.json"))?.get("version")?.integer()
    });
    let path = metadata_path(folder, &format!("{}.{role}.json", version.unwrap_or_default()));
    read_if_there(&path)?.ok_or(PublishError::Missing { path })
}

/// The step from one state of a repository to the next.
struct Next<'a> {
    folder: &'a Path,
    keys: &'a Keys,
    now: UtcSeconds,
    expiries: Expiries,
    present: Present,
    new_root: Option<Vec<u8>>,
}

impl Next<'_> {
    fn publish(self, new: &[NewTarget]) -> Result<Published, PublishError> {
        new.iter().try_for_each(expect_publishable)?;
        let known =
            self.present.trusted.as_ref().and_then(|trusted| trusted.top_level().fields().get("targets"));
        let mut listed = known.and_then(Value::object).cloned().unwrap_or_default();
        let (mut added, mut unchanged) = (Vec::new(), Vec::new());
        for target in new {
            match list(&mut listed, target)? {
                Listed::Added => added.push(target.name.clone()),
                Listed::Unchanged => unchanged.push(target.name.clone()),
            }
        }
        let store = self.sign_all(listed)?;
        let trusted = reverify(store.roots.first().map_or(&[], Vec::as_slice), store.clone());
        let trusted = trusted.map_err(PublishError::Repository)?;
        let root_expires = trusted.root().header().expires;
        if root_expires <= self.now {
            return Err(PublishError::RootExpired { expires: root_expires, now: self.now });
        }
        self.write_all(new, &trusted, &store)?;
        Ok(Published {
            added,
            unchanged,
            root_version: trusted.root().header().version,
            targets_version: trusted.top_level().header().version,
            timestamp_version: trusted.timestamp().header().version,
            expires: trusted.freshness().expires,
        })
    }

    /// The metadata of the next state.
    fn sign_all(&self, listed: Object) -> Result<Store, PublishError> {
        let mut roots = self.present.roots.clone();
        roots.extend(self.new_root.clone());
        let root = read_root(&roots)?;
        let before = self.present.trusted.as_ref();
        let (targets, targets_meta) = self.sign_role(
            &root,
            TopRole::Targets,
            before.map(|trusted| trusted.top_level().fields()),
            |fields| fields.set("targets", listed.into()),
        )?;
        let (snapshot, snapshot_meta) = self.sign_role(
            &root,
            TopRole::Snapshot,
            before.map(|trusted| trusted.snapshot().fields()),
            |fields| promise(fields, "targets.json", targets_meta),
        )?;
        let (timestamp, _) = self.sign_role(
            &root,
            TopRole::Timestamp,
            before.map(|trusted| trusted.timestamp().fields()),
            |fields| promise(fields, "snapshot.json", snapshot_meta),
        )?;
        Ok(Store { roots, timestamp, snapshot, targets, delegated: Vec::new() })
    }

    /// The next version of a role's metadata, and what another file promises of it. Fields that are not ours stay.
    fn sign_role(
        &self,
        root: &Root,
        role: TopRole,
        before: Option<&Object>,
        change: impl FnOnce(&mut Object),
    ) -> Result<(Vec<u8>, Value), PublishError> {
        let mut fields = before.cloned().unwrap_or_default();
        let version = fields.get("version").and_then(Value::integer).unwrap_or(0) + 1;
        set_header(&mut fields, role, version, self.now, self.expiries.list)?;
        change(&mut fields);
        let bytes = sign(fields, &authorised(root, role, self.keys)?);
        let meta =
            [("hashes", hashes(&bytes)), ("length", length(&bytes)), ("version", Value::Integer(version))];
        Ok((bytes, Object::of(meta).into()))
    }

    /// Data first, timestamp last.
    fn write_all(&self, new: &[NewTarget], trusted: &Trusted, store: &Store) -> Result<(), PublishError> {
        for target in new {
            let name = format!("{}.{}", to_hex(&Sha256::digest(&target.bytes)), target.name);
            write(&self.folder.join("targets").join(name), &target.bytes)?;
        }
        let in_metadata = |name: String, bytes: &[u8]| write(&metadata_path(self.folder, &name), bytes);
        in_metadata(format!("{}.targets.json", trusted.top_level().header().version), &store.targets)?;
        in_metadata(format!("{}.snapshot.json", trusted.snapshot().header().version), &store.snapshot)?;
        if let Some(root) = &self.new_root {
            in_metadata(format!("{}.root.json", trusted.root().header().version), root)?;
        }
        in_metadata("timestamp.json".into(), &store.timestamp)
    }
}

enum Listed {
    Added,
    Unchanged,
}

/// Puts a target into the list. A name stands for one content for ever.
fn list(listed: &mut Object, target: &NewTarget) -> Result<Listed, PublishError> {
    let mut description = Object::of([("hashes", hashes(&target.bytes)), ("length", length(&target.bytes))]);
    if !target.custom.is_empty() {
        description.set("custom", target.custom.clone().into());
    }
    let description = Value::Object(description);
    match listed.get(&target.name) {
        Some(known) if *known == description => Ok(Listed::Unchanged),
        Some(_) => Err(PublishError::TargetDiffers { name: target.name.clone() }),
        None => {
            listed.set(&target.name, description);
            Ok(Listed::Added)
        }
    }
}

fn expect_publishable(target: &NewTarget) -> Result<(), PublishError> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-._".contains(character);
    let name = &target.name;
    if !(1..=100).contains(&name.len()) || name.starts_with('.') || !name.chars().all(allowed) {
        return Err(PublishError::BadName { name: name.clone() });
    }
    let custom = Value::Object(target.custom.clone()).to_json();
    if !custom.is_ascii() || json::parse(custom.as_bytes(), TIMESTAMP_BYTES).is_err() {
        return Err(PublishError::BadCustom { name: name.clone() });
    }
    Ok(())
}

fn new_root(
    version: u64,
    keys: &Keys,
    thresholds: Thresholds,
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<Vec<u8>, PublishError> {
    let signers: Vec<_> = keys.of(TopRole::Root).iter().map(|key| (key.key_id(), key)).collect();
    Ok(sign(root_fields(version, keys, thresholds, now, expiries)?, &signers))
}

fn root_fields(
    version: u64,
    keys: &Keys,
    thresholds: Thresholds,
    now: UtcSeconds,
    expiries: Expiries,
) -> Result<Object, PublishError> {
    let (mut public, mut roles) = (Object::default(), Object::default());
    for role in TopRole::ALL {
        let mut ids: Vec<_> = keys.of(role).iter().map(KeyPair::key_id).collect();
        ids.sort_unstable();
        ids.dedup();
        expect_enough(role, thresholds.of(role), ids.len())?;
        for key in keys.of(role) {
            public.set(&key.key_id(), key.public().to_value());
        }
        let ids = Value::Array(ids.into_iter().map(Value::from).collect());
        roles.set(
            role.name(),
            Object::of([("keyids", ids), ("threshold", thresholds.of(role).into())]).into(),
        );
    }
    let consistent = ("consistent_snapshot", Value::Bool(true));
    let mut fields = Object::of([consistent, ("keys", public.into()), ("roles", roles.into())]);
    let version = i64::try_from(version).unwrap_or(i64::MAX);
    set_header(&mut fields, TopRole::Root, version, now, expiries.root)?;
    Ok(fields)
}

fn set_header(
    fields: &mut Object,
    role: TopRole,
    version: i64,
    now: UtcSeconds,
    days: u16,
) -> Result<(), PublishError> {
    let expires = now.add_days(days.into()).ok_or(PublishError::BeyondCalendar { now, days })?;
    fields.set("_type", role.name().into());
    fields.set("expires", expires.to_string().into());
    fields.set("spec_version", SPEC_VERSION.into());
    fields.set("version", Value::Integer(version));
    fields.set(SIGNED_AT, now.to_string().into());
    Ok(())
}

/// Says in `meta` what to expect of a file.
fn promise(fields: &mut Object, file: &str, promise: Value) {
    let mut meta = fields.get("meta").and_then(Value::object).cloned().unwrap_or_default();
    meta.set(file, promise);
    fields.set("meta", meta.into());
}

/// The keys that may sign for a role, with the ids that root gives them. A key that root does not name is refused
/// rather than passed over, since its owner believes that it signs.
fn authorised<'a>(
    root: &Root,
    role: TopRole,
    keys: &'a Keys,
) -> Result<Vec<(String, &'a KeyPair)>, PublishError> {
    let ids = root.role(role).key_ids();
    let signer = |key: &'a KeyPair| {
        let id = ids.iter().find(|id| root.keys().find(id) == Some(&key.public()));
        id.map(|id| (id.clone(), key)).ok_or_else(|| PublishError::WrongKey {
            role,
            expected: ids.to_vec(),
            found: key.key_id(),
        })
    };
    let mut signers: Vec<_> = keys.of(role).iter().map(signer).collect::<Result<_, _>>()?;
    signers.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
    signers.dedup_by(|(left, _), (right, _)| left == right);
    expect_enough(role, root.role(role).threshold(), signers.len())?;
    Ok(signers)
}

fn expect_enough(role: TopRole, threshold: u32, found: usize) -> Result<(), PublishError> {
    if usize::try_from(threshold).is_ok_and(|threshold| (1..=found).contains(&threshold)) {
        return Ok(());
    }
    Err(PublishError::TooFewKeys { role, threshold, found })
}

fn read_root(roots: &[Vec<u8>]) -> Result<Root, PublishError> {
    crate::trust::newest_root(roots).map_err(PublishError::Repository)
}

/// A metadata file: the signed part and the signatures of these keys over its canonical form.
fn sign(fields: Object, signers: &[(String, &KeyPair)]) -> Vec<u8> {
    let signed = Value::Object(fields);
    let message = signed.canonical();
    let mut seen: Vec<&str> = Vec::new();
    let mut signatures = Vec::new();
    for (id, key) in signers {
        if !seen.contains(&id.as_str()) {
            seen.push(id);
            let signature = [("keyid", id.as_str().into()), ("sig", key.sign(&message).into())];
            signatures.push(Object::of(signature).into());
        }
    }
    let file = Value::Object(Object::of([("signatures", Value::Array(signatures)), ("signed", signed)]));
    (file.to_json() + "\n").into_bytes()
}

fn hashes(bytes: &[u8]) -> Value {
    Object::of([("sha256", to_hex(&Sha256::digest(bytes)).into())]).into()
}

fn length(bytes: &[u8]) -> Value {
    Value::Integer(i64::try_from(bytes.len()).unwrap_or(i64::MAX))
}

fn metadata_path(folder: &Path, name: &str) -> PathBuf {
    folder.join("metadata").join(name)
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(PublishError::Io { path: path.into(), source }),
    }
}

/// Writes a file so that others see either none of it or all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    replace_file(path, bytes).map_err(|source| PublishError::Io { path: path.into(), source })
}
