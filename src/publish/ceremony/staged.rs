//! A staged set: what is to be published, while it is being signed.

use std::path::Path;

use super::changes::{Changes, change_keys, holders_of};
use crate::publish::disk::replace_file;
use crate::publish::keys::{Keys, key_id};
use crate::publish::repository::{
    Draft, Holders, Missing, NewTarget, Present, PublishError, fields, holders, list_all, read_if_there,
};
use crate::trust::json::Value;
use crate::trust::{PublicKey, TopRole, UtcSeconds, to_hex};

/// What is to be published next, and what it follows.
///
/// On a disk it is a folder that can be carried from one who signs to the next:
///
/// ```text
/// root.json            the next root, where keys change or are confirmed
/// targets.json         the next targets metadata, where the list changes or is prolonged
/// targets/HASH.NAME    the new files
/// published/           what is published now: 1.root.json, 2.root.json … and targets.json
/// ```
///
/// The first two are metadata files as TUF has them, but for signatures that they may still lack.
#[derive(Clone, Debug)]
pub struct Staged {
    roots: Vec<Vec<u8>>,
    published: Option<Vec<u8>>,
    root: Option<Draft>,
    targets: Option<Draft>,
    files: Vec<(String, Vec<u8>)>,
}

/// What came of signing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Signed {
    /// Signatures that were not there before, by role and key id.
    pub added: Vec<(TopRole, String)>,
    /// Signatures that were there already.
    pub known: Vec<(TopRole, String)>,
    /// Keys for a role that is being signed, which no root names for it.
    pub strange: Vec<(TopRole, String)>,
}

/// What a staged set brings into a repository.
pub(crate) struct ToPublish {
    pub(crate) root: Option<Vec<u8>>,
    pub(crate) targets: Option<Vec<u8>>,
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) added: Vec<String>,
}

// Making one

impl Staged {
    /// Begins at what the repository in `repository` holds, which may be nothing.
    pub fn begin(repository: &Path) -> Result<Self, PublishError> {
        let present = Present::read(repository)?;
        if present.begun.is_some() {
            return Err(PublishError::Unfinished { root_version: present.roots.len() + 1 });
        }
        let published = present.trusted.map(|trusted| trusted.top_level().bytes().to_vec());
        Ok(Self { roots: present.roots, published, root: None, targets: None, files: Vec::new() })
    }

    /// Begins at a repository, or goes on with what is staged in a folder already.
    pub fn resume(folder: &Path, repository: &Path) -> Result<Self, PublishError> {
        let begun = Self::begin(repository)?;
        let staged = match Self::read(folder) {
            Err(PublishError::NothingStaged { .. }) => return Ok(begun),
            read => read?,
        };
        if staged.roots != begun.roots {
            return Err(outdated(TopRole::Root, staged.roots.len() + 1, begun.roots.len()));
        }
        if staged.published != begun.published {
            let version = |staged: &Self| Ok(staged.published_list()?.map_or(0, |list| list.version()));
            let (version, present) = (version(&staged)? + 1, version(&begun)?);
            return Err(PublishError::Outdated { role: TopRole::Targets, version, present });
        }
        Ok(staged)
    }

    /// Changes keys by a next root that holds for so many days; without a change it is only prolonged. Signatures of
    /// a next root that was staged before are gone. Where the list is not signed well enough by the keys that are
    /// left, it is staged to be signed again.
    pub fn change_keys(&mut self, changes: &Changes, now: UtcSeconds, days: u16) -> Result<(), PublishError> {
        let before = self.roots.last().map(|root| Draft::read(TopRole::Root, root)).transpose()?;
        let mut fields = fields::next(before.as_ref().map(|root| &root.fields), TopRole::Root, now, days)?;
        for field in ["keys", "roles"] {
            if let Some(value) = self.root.as_ref().and_then(|staged| staged.fields.get(field)) {
                fields.set(field, value.clone());
            }
        }
        change_keys(&mut fields, changes)?;
        let root = Draft::new(TopRole::Root, fields);
        let next = holders_of(&root)?;
        self.root = Some(root);
        let published = self.published_list()?;
        match published.filter(|list| self.targets.is_none() && next.missing(list).is_some()) {
            Some(list) => self.stage_again(&list, now),
            None => Ok(()),
        }
    }

    /// The same list until the same day, for other keys to sign.
    fn stage_again(&mut self, list: &Draft, now: UtcSeconds) -> Result<(), PublishError> {
        let mut fields = fields::next(Some(&list.fields), TopRole::Targets, now, 1)?;
        if let Some(expires) = list.fields.get("expires") {
            fields.set("expires", expires.clone());
        }
        self.targets = Some(Draft::new(TopRole::Targets, fields));
        Ok(())
    }

    /// Adds targets to the list, which then holds for so many days; without any it is only prolonged. Signatures of
    /// a list that was staged before are gone.
    pub fn add_targets(
        &mut self,
        targets: &[NewTarget],
        now: UtcSeconds,
        days: u16,
    ) -> Result<(), PublishError> {
        self.holders_next()?;
        let published = self.published_list()?;
        let mut fields =
            fields::next(published.as_ref().map(|list| &list.fields), TopRole::Targets, now, days)?;
        if let Some(listed) = self.targets.as_ref().and_then(|staged| staged.fields.get("targets")) {
            fields.set("targets", listed.clone());
        }
        list_all(&mut fields, targets)?;
        self.targets = Some(Draft::new(TopRole::Targets, fields));
        for target in targets {
            let name = target.file_name();
            self.files.retain(|(known, _)| *known != name);
            self.files.push((name, target.bytes.clone()));
        }
        Ok(())
    }

    fn published_list(&self) -> Result<Option<Draft>, PublishError> {
        self.published.as_ref().map(|list| Draft::read(TopRole::Targets, list)).transpose()
    }
}

// What it says

impl Staged {
    /// The next root, if keys change or are confirmed.
    pub const fn root(&self) -> Option<&Draft> {
        self.root.as_ref()
    }

    /// The next targets metadata, if the list changes or is prolonged.
    pub const fn list(&self) -> Option<&Draft> {
        self.targets.as_ref()
    }

    /// The first root there is: what clients pin. Where there is none yet, the staged one will be it.
    pub fn first_root(&self) -> Option<&[u8]> {
        self.roots.first().map(Vec::as_slice)
    }

    /// Who signs for what now; nobody, before the first root.
    pub fn holders_now(&self) -> Result<Option<Holders>, PublishError> {
        if self.roots.is_empty() { Ok(None) } else { holders(&self.roots).map(Some) }
    }

    /// Who signs for what once this is published.
    pub fn holders_next(&self) -> Result<Holders, PublishError> {
        match &self.root {
            Some(root) => holders_of(root),
            None if self.roots.is_empty() => Err(PublishError::NoRoot),
            None => holders(&self.roots),
        }
    }

    /// The targets that are new, with their content, in the order of their names.
    pub fn added(&self) -> Result<Vec<(&str, &[u8])>, PublishError> {
        let published = self.published_list()?;
        let Some(list) = &self.targets else { return Ok(Vec::new()) };
        let is_new = |name: &str| published.as_ref().is_none_or(|before| described(before, name).is_none());
        names(list)
            .filter(|name| is_new(name))
            .map(|name| {
                let file = promised_file(list, name)?;
                let found = self.files.iter().find(|(known, _)| *known == file);
                found
                    .map(|(_, bytes)| (name, bytes.as_slice()))
                    .ok_or(PublishError::Missing { path: file.into() })
            })
            .collect()
    }

    /// The names of targets that are published now and will not be listed any more.
    pub fn removed(&self) -> Result<Vec<String>, PublishError> {
        let published = self.published_list()?;
        let (Some(before), Some(list)) = (&published, &self.targets) else { return Ok(Vec::new()) };
        Ok(names(before).filter(|name| described(list, name).is_none()).map(String::from).collect())
    }

    /// The signatures that it still needs.
    pub fn missing(&self) -> Result<Vec<Missing>, PublishError> {
        let (now, next) = (self.holders_now()?, self.holders_next()?);
        let of_root = self.root.iter().flat_map(|root| {
            let old = now.as_ref().and_then(|holders| holders.missing(root));
            old.into_iter().chain(next.missing(root))
        });
        let of_list = self.targets.iter().filter_map(|list| next.missing(list));
        Ok(of_root.chain(of_list).collect())
    }
}

fn described<'a>(list: &'a Draft, name: &str) -> Option<&'a Value> {
    list.fields.get("targets")?.get(name)
}

fn names(list: &Draft) -> impl Iterator<Item = &str> {
    let listed = list.fields.get("targets").and_then(Value::object);
    listed.into_iter().flat_map(|listed| listed.iter().map(|(name, _)| name))
}

/// The name of the file in which a target must be.
fn promised_file(list: &Draft, name: &str) -> Result<String, PublishError> {
    fields::expect_name(name)?;
    let hash = described(list, name)
        .and_then(|target| target.get("hashes")?.get("sha256")?.text())
        .filter(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let hash = hash.ok_or_else(|| PublishError::TargetDiffers { name: name.into() })?;
    Ok(format!("{hash}.{name}"))
}

// Signing

impl Staged {
    /// Adds the signatures that these keys can give. Both those who sign by the present root and those who sign by
    /// the next one may sign.
    pub fn sign(&mut self, keys: &Keys) -> Result<Signed, PublishError> {
        let (now, next) = (self.holders_now()?, self.holders_next()?);
        let mut signed = Signed::default();
        for draft in self.root.iter_mut().chain(&mut self.targets) {
            for key in keys.of(draft.role) {
                let public = key.public();
                let id = next.id_of(draft.role, &public);
                let id = id.or_else(|| now.as_ref()?.id_of(draft.role, &public));
                let into = match id {
                    None => &mut signed.strange,
                    Some(id) if draft.sign(id, key) => &mut signed.added,
                    Some(_) => &mut signed.known,
                };
                into.push((draft.role, key.key_id()));
            }
        }
        Ok(signed)
    }

    /// The bytes that a holder signs whose key is in a device of its own, from which it cannot be brought here.
    pub fn message(&self, role: TopRole) -> Option<Vec<u8>> {
        let draft = self.root.iter().chain(&self.targets).find(|draft| draft.role == role)?;
        Some(draft.fields.canonical())
    }

    /// Adds a signature over such a message that was made elsewhere, and says for which role it is.
    pub fn add_signature(&mut self, key: &PublicKey, signature: &[u8]) -> Result<TopRole, PublishError> {
        let (now, next) = (self.holders_now()?, self.holders_next()?);
        let signature = to_hex(signature);
        let drafts = self.root.iter_mut().chain(&mut self.targets);
        let mut signed = drafts.filter(|draft| key.has_signed(&draft.fields.canonical(), &signature));
        let Some(draft) = signed.next() else {
            return Err(PublishError::NoSignature { key: key_id(key) });
        };
        let id = next.id_of(draft.role, key);
        let Some(id) = id.or_else(|| now.as_ref()?.id_of(draft.role, key)) else {
            let expected = next.role(draft.role).key_ids().to_vec();
            return Err(PublishError::WrongKey { role: draft.role, expected, found: key_id(key) });
        };
        draft.put(id, signature);
        Ok(draft.role)
    }

    /// Takes over the signatures of another copy of the same set, and says how many were new.
    pub fn take_signatures(&mut self, other: &Self) -> Result<usize, PublishError> {
        let mut taken = 0;
        for (ours, theirs) in [(&mut self.root, &other.root), (&mut self.targets, &other.targets)] {
            let (Some(ours), Some(theirs)) = (ours, theirs) else { continue };
            if ours.fields != theirs.fields {
                return Err(PublishError::StagedDiffers { role: ours.role });
            }
            for (id, signature) in &theirs.signatures {
                if !ours.signers().any(|known| known == id) {
                    ours.put(id, signature.clone());
                    taken += 1;
                }
            }
        }
        Ok(taken)
    }
}

// On a disk

impl Staged {
    /// Writes the set into a folder.
    pub fn write(&self, folder: &Path) -> Result<(), PublishError> {
        let write = |name: String, bytes: &[u8]| {
            let path = folder.join(name);
            replace_file(&path, bytes).map_err(|source| PublishError::Io { path, source })
        };
        for (version, root) in (1..).zip(&self.roots) {
            write(format!("published/{version}.root.json"), root)?;
        }
        if let Some(list) = &self.published {
            write("published/targets.json".into(), list)?;
        }
        for (name, bytes) in &self.files {
            write(format!("targets/{name}"), bytes)?;
        }
        for draft in self.root.iter().chain(&self.targets) {
            write(format!("{}.json", draft.role.name()), &draft.to_bytes())?;
        }
        Ok(())
    }

    /// Reads a set, and verifies what it says is published now: by the roots that it brings along, of which you must
    /// know the first.
    pub fn read(folder: &Path) -> Result<Self, PublishError> {
        let published = folder.join("published");
        let mut roots = Vec::new();
        while let Some(root) = read_if_there(&published.join(format!("{}.root.json", roots.len() + 1)))? {
            roots.push(root);
        }
        let draft = |role: TopRole| {
            let bytes = read_if_there(&folder.join(format!("{}.json", role.name())))?;
            bytes.map(|bytes| Draft::read(role, &bytes)).transpose()
        };
        let mut staged = Self {
            roots,
            published: read_if_there(&published.join("targets.json"))?,
            root: draft(TopRole::Root)?,
            targets: draft(TopRole::Targets)?,
            files: Vec::new(),
        };
        if staged.root.is_none() && staged.targets.is_none() {
            return Err(PublishError::NothingStaged { path: folder.into() });
        }
        staged.expect_order()?;
        staged.read_files(folder)?;
        Ok(staged)
    }

    /// The next versions must follow what is published, and that must be signed.
    fn expect_order(&self) -> Result<(), PublishError> {
        let published = self.published_list()?;
        let now = self.holders_now()?;
        if let Some(missing) = published.as_ref().zip(now).and_then(|(list, now)| now.missing(list)) {
            return Err(PublishError::NotSigned { missing: vec![missing] });
        }
        let root = u64::try_from(self.roots.len()).unwrap_or(u64::MAX);
        let list = published.map_or(0, |list| list.version());
        for (draft, before) in [(&self.root, root), (&self.targets, list)] {
            if let Some(draft) = draft.as_ref().filter(|draft| draft.version() != before + 1) {
                return Err(PublishError::Outdated {
                    role: draft.role,
                    version: draft.version(),
                    present: before,
                });
            }
        }
        Ok(())
    }

    fn read_files(&mut self, folder: &Path) -> Result<(), PublishError> {
        let published = self.published_list()?;
        let Some(list) = &self.targets else { return Ok(()) };
        for name in names(list) {
            let before = published.as_ref().and_then(|list| described(list, name));
            if before == described(list, name) {
                continue;
            }
            if before.is_some() {
                return Err(PublishError::TargetDiffers { name: name.into() });
            }
            let file = promised_file(list, name)?;
            let path = folder.join("targets").join(&file);
            let bytes = read_if_there(&path)?.ok_or(PublishError::Missing { path })?;
            if fields::file_name(name, &bytes) != file {
                return Err(PublishError::TargetDiffers { name: name.into() });
            }
            self.files.push((file, bytes));
        }
        Ok(())
    }
}

// Publishing

impl Staged {
    /// What is new to a repository that this set follows. A part that an earlier attempt published is not new.
    pub(crate) fn to_publish(&self, present: &Present) -> Result<ToPublish, PublishError> {
        let missing = self.missing()?;
        if !missing.is_empty() {
            return Err(PublishError::NotSigned { missing });
        }
        let root = self.root.as_ref().map(Draft::to_bytes);
        let with_root: Vec<_> = self.roots.iter().chain(&root).collect();
        let is_there = root.is_some() && present.roots.iter().eq(with_root);
        if !is_there && present.roots != self.roots {
            let (version, before) = (self.roots.len() + 1, present.roots.len());
            return Err(outdated(TopRole::Root, version, before));
        }
        if present.begun.is_some() && present.begun != root {
            return Err(PublishError::Unfinished { root_version: present.roots.len() + 1 });
        }
        let root = root.filter(|_| !is_there);
        let now = present.trusted.as_ref().map(|trusted| trusted.top_level().bytes().to_vec());
        let list = self.targets.as_ref().map(Draft::to_bytes);
        if list.is_some() && list == now {
            return Ok(ToPublish { root, targets: None, files: Vec::new(), added: Vec::new() });
        }
        if now != self.published {
            let version = |list: &Option<Draft>| list.as_ref().map_or(0, Draft::version);
            let before = now.map(|list| Draft::read(TopRole::Targets, &list)).transpose()?;
            return Err(PublishError::Outdated {
                role: TopRole::Targets,
                version: version(&self.targets),
                present: version(&before),
            });
        }
        let added = self.added()?.into_iter().map(|(name, _)| name.into()).collect();
        Ok(ToPublish { root, targets: list, files: self.files.clone(), added })
    }
}

fn outdated(role: TopRole, version: usize, present: usize) -> PublishError {
    let number = |number| u64::try_from(number).unwrap_or(u64::MAX);
    PublishError::Outdated { role, version: number(version), present: number(present) }
}
