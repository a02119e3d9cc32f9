//! What a staged set and a repository's state look like in words and in JSON.

use hongbang::certificate::{CertificateKey, KeySet};
use hongbang::checker::{Checker, Provenance};
use hongbang::publish::ceremony::{Signed, Staged};
use hongbang::publish::keys::fingerprint;
use hongbang::publish::repository::{Draft, Holders, Missing, PublishError};
use hongbang::publish::status::{RoleStatus, Stands, Status};
use hongbang::snapshot::delta;
use hongbang::trust::{TopRole, UtcSeconds};
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::show;

/// What one signs, in full: who will sign for what, and what the list will hold.
pub(super) fn staged(staged: &Staged) -> Result<String, Failure> {
    let mut lines = Vec::new();
    if let Some(root) = staged.root() {
        lines.push(headline("root", root));
        lines.extend(holders(staged.holders_now()?.as_ref(), &staged.holders_next()?));
    }
    if let Some(list) = staged.list() {
        lines.push(headline("targets", list));
        for (name, bytes) in staged.added()? {
            lines.push(format!("  + {name}, {} bytes{}", bytes.len(), content(name, bytes)?));
        }
        lines.extend(staged.removed()?.iter().map(|name| format!("  - {name}")));
    }
    lines.extend(still_missing(&staged.missing()?));
    Ok(lines.join("\n"))
}

fn headline(role: &str, draft: &Draft) -> String {
    let expires = draft.expires().map(|time| time.to_string()).unwrap_or_default();
    format!("{role} version {}, until {expires}", draft.version())
}

/// The keys of each role, `+` new, `-` gone.
fn holders(now: Option<&Holders>, next: &Holders) -> Vec<String> {
    let mut lines = Vec::new();
    for role in TopRole::ALL {
        let (ids, threshold) = (next.role(role).key_ids(), next.role(role).threshold());
        let before = now.map(|holders| holders.role(role));
        let changed = before.filter(|before| before.threshold() != threshold);
        let changed = changed.map(|before| format!(" (now {})", before.threshold())).unwrap_or_default();
        lines.push(format!("  {:<10}{threshold} of {}{changed}", role.name(), ids.len()));
        let before = before.map(hongbang::trust::Role::key_ids).unwrap_or_default();
        let gone = before.iter().filter(|id| !ids.contains(id)).map(|id| ('-', id));
        let kept = ids.iter().map(|id| (if before.contains(id) || now.is_none() { ' ' } else { '+' }, id));
        for (mark, id) in kept.chain(gone) {
            lines.push(format!("  {mark} {}", key(id)));
        }
    }
    lines
}

fn key(id: &str) -> String {
    match fingerprint(id) {
        Some(words) => format!("{id}\n      {words}"),
        None => id.into(),
    }
}

/// What a target holds. Nobody should sign one that the device would refuse to open.
fn content(name: &str, bytes: &[u8]) -> Result<String, Failure> {
    match name.rsplit_once('.') {
        Some((_, "hongbang")) => edition(bytes),
        Some((stem, "cbor")) if stem.starts_with("certificate-keys-") => {
            Ok(certificate_keys(&KeySet::decode(bytes)?))
        }
        _ => Ok(String::new()),
    }
}

fn edition(bytes: &[u8]) -> Result<String, Failure> {
    // Whatever it makes, a device compares it with the edition that is signed beside it.
    if delta::is_delta(bytes) {
        return Ok(", a delta".into());
    }
    let checker = Checker::open(bytes, Provenance::Unverified)?;
    let edition = checker.edition();
    Ok(format!(", edition {} as of {}: {}", edition.number, edition.as_of, show::sizes(edition)))
}

fn certificate_keys(set: &KeySet) -> String {
    let line = |key: &CertificateKey| {
        let last = key.last_day.map_or("until further notice".into(), |day| format!("to {day}"));
        format!("\n    {} for {}, from {} {last}", key.id(), key.issuer, key.first_day)
    };
    format!(", keys of certificates:{}", set.keys().iter().map(line).collect::<String>())
}

pub(super) fn signed(signed: &Signed, missing: &[Missing]) -> String {
    let lines = |what: &str, keys: &[(TopRole, String)]| -> Vec<String> {
        keys.iter().map(|(role, id)| format!("{what} {} {id}", role.name())).collect()
    };
    let known = lines("had signed already:", &signed.known);
    let strange = lines("did not sign, since root does not name it:", &signed.strange);
    let mut all = [vec!["---".into()], lines("signed:", &signed.added), known, strange].concat();
    all.extend(still_missing(missing));
    all.join("\n")
}

fn still_missing(missing: &[Missing]) -> Vec<String> {
    match missing {
        [] => vec!["all signatures are there".into()],
        _ => missing.iter().map(ToString::to_string).collect(),
    }
}

pub(super) fn staged_json(staged: &Staged, signed: &Signed) -> Result<Value, PublishError> {
    let keys = |keys: &[(TopRole, String)]| -> Vec<Value> {
        keys.iter().map(|(role, id)| json!({ "role": role.name(), "key_id": id })).collect()
    };
    let draft = |draft: Option<&Draft>| {
        draft.map(|draft| {
            json!({ "version": draft.version(), "expires": draft.expires().map(|time| time.to_string()) })
        })
    };
    let added: Vec<_> = staged.added()?.into_iter().map(|(name, _)| name.to_owned()).collect();
    Ok(json!({
        "root": draft(staged.root()), "targets": draft(staged.list()), "added": added, "removed": staged.removed()?,
        "signed": keys(&signed.added), "signed_before": keys(&signed.known), "strangers": keys(&signed.strange),
        "missing": staged.missing()?.iter().map(missing_json).collect::<Vec<_>>(),
    }))
}

fn missing_json(missing: &Missing) -> Value {
    json!({
        "role": missing.role.name(), "root_version": missing.root_version, "threshold": missing.threshold,
        "signed": missing.signed, "absent": missing.absent,
    })
}

pub(super) fn status(status: &Status, now: UtcSeconds, within: i64) -> String {
    let mut lines: Vec<_> = status.roles.iter().map(|role| line(role, now, within)).collect();
    lines.push(format!("{} targets", status.targets));
    if let Some(version) = status.unfinished {
        lines.push(format!(
            "version {version} of root is there without what belongs to it: publish its staged set once more"
        ));
    }
    if let Some((role, expires)) = next(status) {
        lines.push(format!("next: {} by {expires}, signed by {} of", role.role.name(), role.threshold));
        lines.extend(role.keys.iter().map(|id| format!("  {}", key(id))));
    }
    lines.join("\n")
}

fn line(role: &RoleStatus, now: UtcSeconds, within: i64) -> String {
    let keys = format!("{} of {} keys", role.threshold, role.keys.len());
    let Some((version, expires)) = role.metadata else {
        return format!("{:<10}none yet, {keys}", role.role.name());
    };
    let days = role.days_left(now).unwrap_or_default();
    let stands = match role.stands(now, within) {
        Stands::Expired => "EXPIRED".into(),
        Stands::Near => format!("NEAR, {days} days left"),
        Stands::None | Stands::Well => format!("{days} days left"),
    };
    format!("{:<10}version {version}, until {expires}, {stands}, {keys}", role.role.name())
}

/// Who expires first.
fn next(status: &Status) -> Option<(&RoleStatus, UtcSeconds)> {
    let dated = status.roles.iter().filter_map(|role| Some((role, role.metadata?.1)));
    dated.min_by_key(|(_, expires)| *expires)
}

pub(super) fn status_json(status: &Status, now: UtcSeconds, within: i64) -> Value {
    let role = |role: &RoleStatus| {
        let keys = role.keys.iter().map(|id| json!({ "key_id": id, "words": fingerprint(id) }));
        json!({
            "role": role.role.name(), "version": role.metadata.map(|(version, _)| version),
            "expires": role.metadata.map(|(_, expires)| expires.to_string()), "days_left": role.days_left(now),
            "stands": match role.stands(now, within) {
                Stands::Expired => "expired",
                Stands::Near => "near",
                Stands::None => "none",
                Stands::Well => "well",
            },
            "threshold": role.threshold, "keys": keys.collect::<Vec<_>>(),
        })
    };
    json!({
        "now": now.to_string(), "within_days": within, "targets": status.targets, "unfinished": status.unfinished,
        "next": next(status).map(|(role, _)| role.role.name()),
        "roles": status.roles.iter().map(role).collect::<Vec<_>>(),
    })
}
