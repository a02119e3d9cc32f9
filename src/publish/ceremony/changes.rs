//! Which keys sign for what from the next root on.

use crate::publish::keys::key_id;
use crate::publish::repository::{Draft, Holders, PublishError, fields};
use crate::trust::json::{Object, Value};
use crate::trust::{PublicKey, TopRole, UtcSeconds};

/// What changes for one role. By default, nothing.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Keys that may sign from now on.
    pub add: Vec<PublicKey>,
    /// Ids of keys that may not sign any more, or the first digits of one, eight at least.
    pub remove: Vec<String>,
    /// How many keys must sign from now on.
    pub threshold: Option<u32>,
}

/// What changes for each role.
#[derive(Clone, Debug, Default)]
pub struct Changes([Change; 4]);

impl Changes {
    /// What changes for one role.
    pub const fn of(&self, role: TopRole) -> &Change {
        let [root, snapshot, targets, timestamp] = &self.0;
        match role {
            TopRole::Root => root,
            TopRole::Snapshot => snapshot,
            TopRole::Targets => targets,
            TopRole::Timestamp => timestamp,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(&mut self, role: TopRole) -> &mut Change {
        let [root, snapshot, targets, timestamp] = &mut self.0;
        match role {
            TopRole::Root => root,
            TopRole::Snapshot => snapshot,
            TopRole::Targets => targets,
            TopRole::Timestamp => timestamp,
        }
    }
}

/// The root after `before`, or the first one, unsigned.
pub(crate) fn next_root(
    before: Option<&Object>,
    changes: &Changes,
    now: UtcSeconds,
    days: u16,
) -> Result<Draft, PublishError> {
    let mut fields = fields::next(before, TopRole::Root, now, days)?;
    change_keys(&mut fields, changes)?;
    Ok(Draft::new(TopRole::Root, fields))
}

/// Changes the keys in a root.
pub(super) fn change_keys(root: &mut Object, changes: &Changes) -> Result<(), PublishError> {
    let known = root.get("keys").and_then(Value::object).cloned().unwrap_or_default();
    let (mut keys, mut roles) = (Object::default(), Object::default());
    for role in TopRole::ALL {
        let before = root.get("roles").and_then(|roles| roles.get(role.name()));
        let (ids, threshold) = next_role(role, before, changes.of(role))?;
        for id in &ids {
            if let Some(key) = known.get(id) {
                keys.set(id, key.clone());
            }
        }
        for key in &changes.of(role).add {
            keys.set(&key_id(key), key.to_value());
        }
        let ids = Value::Array(ids.into_iter().map(Value::from).collect());
        let mut fields = before.and_then(Value::object).cloned().unwrap_or_default();
        fields.set("keyids", ids);
        fields.set("threshold", threshold.into());
        roles.set(role.name(), fields.into());
    }
    root.set("keys", keys.into());
    root.set("roles", roles.into());
    root.set("consistent_snapshot", Value::Bool(true));
    Ok(())
}

/// Key ids and threshold of a role after a change.
fn next_role(
    role: TopRole,
    before: Option<&Value>,
    change: &Change,
) -> Result<(Vec<String>, u32), PublishError> {
    let field = |name| before.and_then(|fields| fields.get(name));
    let ids = field("keyids").and_then(Value::array).unwrap_or_default();
    let mut ids: Vec<String> = ids.iter().filter_map(Value::text).map(String::from).collect();
    for gone in &change.remove {
        let matching: Vec<_> =
            ids.iter().filter(|id| *id == gone || is_beginning(gone, id)).cloned().collect();
        let [found] = matching.as_slice() else {
            return Err(PublishError::NoSuchKey { role, expected: ids, found: gone.clone() });
        };
        ids.retain(|id| id != found);
    }
    ids.extend(change.add.iter().map(key_id));
    ids.sort_unstable();
    ids.dedup();
    let threshold = field("threshold").and_then(Value::integer).and_then(|number| u32::try_from(number).ok());
    let threshold = change.threshold.or(threshold).unwrap_or(1);
    if usize::try_from(threshold).is_ok_and(|threshold| (1..=ids.len()).contains(&threshold)) {
        return Ok((ids, threshold));
    }
    Err(PublishError::TooFewKeys { role, threshold, found: ids.len() })
}

fn is_beginning(digits: &str, id: &str) -> bool {
    digits.len() >= 8 && id.starts_with(digits)
}

/// Who signs for what, as a draft of root says.
pub(crate) fn holders_of(root: &Draft) -> Result<Holders, PublishError> {
    Holders::read(&root.fields).map_err(|error| PublishError::Repository(error.in_role(TopRole::Root.name())))
}
