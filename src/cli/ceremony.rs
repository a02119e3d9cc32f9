//! The verbs of keys and signatures: keys, init, rotate, sign, publish, status.

pub(crate) mod args;
pub(crate) mod keys;
mod passphrase;
mod told;

use std::path::{Path, PathBuf};

use hongbang::checker::{Checker, Provenance};
use hongbang::publish::ceremony::{Change, Changes, Signed, Staged};
use hongbang::publish::certificate_keys::next_key_set_target;
use hongbang::publish::keys::{key_id, public_from_pem};
use hongbang::publish::repository::{Expiries, NewTarget, PublishError, Published, Publisher};
use hongbang::publish::status::{self, Stands};
use hongbang::publish::transport::Source;
use hongbang::trust::{PublicKey, TopRole};

use super::asking::{print, print_json};
use super::certificate::read_key_set;
use super::failure::{Failure, unusable};
use super::publishing::edition_targets;
use super::{Outcome, clock, store};
use args::{Init, Publish, Rotate, Sign, Status};

pub(crate) fn init(args: &Init) -> Result<Outcome, Failure> {
    let mut staged = Staged::begin(&args.repo)?;
    if staged.first_root().is_some() {
        return Err(PublishError::Exists { path: args.repo.clone() }.into());
    }
    let mut changes = Changes::default();
    for (role, files, threshold) in [
        (TopRole::Root, args.root.as_slice(), args.root_threshold),
        (TopRole::Targets, &args.targets, args.targets_threshold),
        (TopRole::Snapshot, std::slice::from_ref(&args.snapshot), None),
        (TopRole::Timestamp, std::slice::from_ref(&args.timestamp), None),
    ] {
        let add = public_keys(files)?;
        if add.len() > 1 && threshold.is_none() {
            let role = role.name();
            return Err(Failure::new(
                "no_threshold",
                format!("expected how many of the {} {role} keys must sign, found nothing", add.len()),
                format!("say so with --{role}-threshold; of three keys, two: then one may be lost"),
            ));
        }
        *changes.of_mut(role) = Change { add, remove: Vec::new(), threshold };
    }
    staged.change_keys(&changes, clock::now(), args.expires)?;
    write_staged(&staged, &args.stage, args.json)
}

pub(crate) fn rotate(args: &Rotate) -> Result<Outcome, Failure> {
    let mut staged = Staged::resume(&args.stage, &args.repo)?;
    if staged.first_root().is_none() {
        return Err(PublishError::NoRoot.into());
    }
    let mut changes = Changes::default();
    *changes.of_mut(args.role.role()) =
        Change { add: public_keys(&args.add)?, remove: named_keys(&args.remove)?, threshold: args.threshold };
    staged.change_keys(&changes, clock::now(), args.expires)?;
    write_staged(&staged, &args.stage, args.json)
}

/// Key ids as they are, and those of public keys in files.
fn named_keys(named: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for name in named {
        if Path::new(name).is_file() {
            ids.extend(public_keys(&[name.into()])?.iter().map(key_id));
        } else {
            ids.push(name.clone());
        }
    }
    Ok(ids)
}

fn public_keys(files: &[PathBuf]) -> Result<Vec<PublicKey>, Failure> {
    let mut keys = Vec::new();
    for path in files {
        let text = String::from_utf8_lossy(&store::read(path)?).into_owned();
        keys.extend(public_from_pem(&text).map_err(|error| Failure::at(path, &error))?);
    }
    Ok(keys)
}

fn write_staged(staged: &Staged, folder: &Path, as_json: bool) -> Result<Outcome, Failure> {
    staged.write(folder)?;
    if as_json {
        print_json(&told::staged_json(staged, &Signed::default())?)?;
    } else {
        let folder = folder.display();
        print(&format!(
            "{}\nstaged in {folder}; now let them sign it: hongbang sign {folder} --keys KEYS",
            told::staged(staged)?
        ))?;
    }
    Ok(Outcome::Yes)
}

pub(crate) fn sign(args: &Sign) -> Result<Outcome, Failure> {
    let mut staged = Staged::read(&args.staged)?;
    expect_known(&staged, args.root.as_deref())?;
    if let Some(role) = args.message {
        return print_message(&staged, role.role());
    }
    let has_gathered = gather(&mut staged, args)?;
    // Before the keys are asked for: what one is about to sign.
    if !args.json {
        print(&told::staged(&staged)?)?;
    }
    let signed = staged.sign(&args.folders.open()?)?;
    let has_keys = !args.folders.keys.is_empty();
    if has_keys && signed.added.is_empty() && signed.known.is_empty() {
        return Err(nothing_signed(&signed));
    }
    staged.write(&args.staged)?;
    let missing = staged.missing()?;
    if args.json {
        print_json(&told::staged_json(&staged, &signed)?)?;
    } else if has_keys {
        print(&told::signed(&signed, &missing))?;
    }
    Ok(Outcome::of(missing.is_empty() || has_keys || has_gathered))
}

/// For a key that is in a device of its own.
fn print_message(staged: &Staged, role: TopRole) -> Result<Outcome, Failure> {
    let message = staged.message(role).ok_or_else(|| {
        let role = role.name();
        Failure::new(
            "nothing_staged",
            format!("expected {role} metadata in the set, found none"),
            "name another role",
        )
    })?;
    let written = std::io::Write::write_all(&mut std::io::stdout().lock(), &message);
    written.map_err(|error| Failure::io("write to", Path::new("standard output"), &error))?;
    Ok(Outcome::Yes)
}

/// Signatures that were made elsewhere.
fn gather(staged: &mut Staged, args: &Sign) -> Result<bool, Failure> {
    for copy in &args.from {
        staged.take_signatures(&Staged::read(copy)?)?;
    }
    if let (Some(signature), Some(by)) = (&args.signature, &args.by) {
        let signature = store::read(signature)?;
        for key in public_keys(std::slice::from_ref(by))? {
            staged.add_signature(&key, &signature)?;
        }
    }
    Ok(!args.from.is_empty() || args.signature.is_some())
}

fn nothing_signed(signed: &Signed) -> Failure {
    Failure::new(
        "nothing_signed",
        format!("expected a key that may sign this, found none{}", named(signed)),
        "see which keys are missing: hongbang sign STAGED, and which you have: hongbang keys show KEYS",
    )
}

fn named(signed: &Signed) -> String {
    let strange: Vec<_> = signed.strange.iter().map(|(role, id)| format!("{} {id}", role.name())).collect();
    if strange.is_empty() {
        String::new()
    } else {
        format!(", for root does not name {}", strange.join(" nor "))
    }
}

/// The set must be for the repository that begins with this root.
fn expect_known(staged: &Staged, root: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = root else { return Ok(()) };
    if staged.first_root() == Some(&store::read(path)?) {
        return Ok(());
    }
    Err(unusable(
        path,
        "the first root of the repository for which this is staged",
        "do not sign: ask who staged it",
    ))
}

pub(crate) fn publish(args: &Publish) -> Result<Outcome, Failure> {
    let publisher = Publisher::new(&args.repo);
    let published = match (&args.edition, &args.stage) {
        (Some(folder), _) if folder.is_dir() => publish_staged(args, folder)?,
        (_, Some(stage)) => return stage_targets(args, stage),
        (None, None) if args.certificate_keys.is_none() => {
            publisher.renew(&args.folders.open()?, clock::now(), args.expires)?
        }
        (_, None) => {
            let expiries = Expiries { list: args.expires, ..Expiries::default() };
            publisher.publish(&args.folders.open()?, &new_targets(args)?, clock::now(), expiries)?
        }
    };
    if args.json {
        print_json(&serde_json::json!({
            "added": published.added, "unchanged": published.unchanged, "root_version": published.root_version,
            "targets_version": published.targets_version, "timestamp_version": published.timestamp_version,
            "expires": published.expires.to_string(),
        }))?;
    } else {
        print(&told_published(&published, &args.repo))?;
    }
    Ok(Outcome::Yes)
}

fn publish_staged(args: &Publish, folder: &Path) -> Result<Published, Failure> {
    if args.stage.is_some() || args.certificate_keys.is_some() {
        return Err(unusable(
            folder,
            "an edition file, or nothing, beside --stage and --certificate-keys",
            "add to a staged set before it is signed: hongbang publish --certificate-keys KEYSET --stage STAGED",
        ));
    }
    let staged = Staged::read(folder)?;
    let online = args.folders.open()?;
    Ok(Publisher::new(&args.repo).publish_staged(&staged, &online, clock::now(), args.expires)?)
}

fn stage_targets(args: &Publish, stage: &Path) -> Result<Outcome, Failure> {
    let mut staged = Staged::resume(stage, &args.repo)?;
    staged.add_targets(&new_targets(args)?, clock::now(), args.expires)?;
    write_staged(&staged, stage, args.json)
}

/// The edition, with a delta to it, and the key set that the arguments name.
fn new_targets(args: &Publish) -> Result<Vec<NewTarget>, Failure> {
    let mut targets = Vec::new();
    if let Some(path) = &args.edition {
        let (checker, bytes) = open_edition(path)?;
        targets.extend(edition_targets(&args.repo, &checker, bytes)?);
    }
    if let Some(path) = &args.certificate_keys {
        targets.push(next_key_set_target(&read_key_set(path)?, &args.repo)?);
    }
    Ok(targets)
}

/// Nobody signs an edition that the device would refuse to open.
fn open_edition(path: &Path) -> Result<(Checker, Vec<u8>), Failure> {
    let bytes = store::read(path)?;
    let checker = Checker::open(&bytes, Provenance::Unverified).map_err(|error| Failure::at(path, &error))?;
    Ok((checker, bytes))
}

fn told_published(published: &Published, repo: &Path) -> String {
    let pin = format!("pin {} with those who check", repo.join("metadata/1.root.json").display());
    if published.targets_version == 0 {
        let (repo, version, until) = (repo.display(), published.root_version, published.expires);
        return format!("root version {version} in {repo}, until {until}; there is no list yet\n{pin}");
    }
    let added = match published.added.as_slice() {
        [] => "nothing new, signed again".to_owned(),
        names => names.join(", "),
    };
    format!(
        "{added}: in {}, root version {}, targets version {}, fresh until {}\n{pin}",
        repo.display(),
        published.root_version,
        published.targets_version,
        published.expires
    )
}

pub(crate) fn status(args: &Status) -> Result<Outcome, Failure> {
    let (now, within) = (clock::now(), i64::from(args.within));
    let root = args.root.as_deref().map(store::read).transpose()?;
    let status = status::read(&Source::new(&args.repo), root.as_deref())?;
    if args.json {
        print_json(&told::status_json(&status, now, within))?;
    } else {
        print(&told::status(&status, now, within))?;
    }
    let is_well =
        status.roles.iter().all(|role| matches!(role.stands(now, within), Stands::Well | Stands::None));
    Ok(Outcome::of(is_well && status.unfinished.is_none()))
}
