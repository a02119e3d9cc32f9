//! The verbs that make and sign: ingest, build, verify-edition, compare, policy, keys, publish, demo.

use std::path::Path;

use hongbang::checker::{Checker, Provenance};
use hongbang::publish::keys::Keys;
use hongbang::publish::repository::{self, EditionTag, Expiries, NewTarget, Published};
use hongbang::snapshot;
use hongbang::trust::TopRole;

use super::args::{self, KeysVerb, Publish};
use super::failure::{Failure, unusable};
use super::{Outcome, asking, clock, store};

pub(crate) fn keys(args: &args::Keys) -> Result<Outcome, Failure> {
    match &args.verb {
        KeysVerb::New { folder, out } => new_keys(folder.as_ref().or(out.as_ref()).expect("clap asks for one")),
        KeysVerb::Show { folder } => {
            let keys = Keys::read(folder)?;
            asking::print(&key_ids(&keys))?;
            Ok(Outcome::Yes)
        }
    }
}

fn new_keys(folder: &Path) -> Result<Outcome, Failure> {
    let mut seeds = [[0; 32]; 4];
    for seed in &mut seeds {
        getrandom::fill(seed).map_err(|error| {
            Failure::new("randomness", format!("the system gives no randomness: {error}"), "try again later")
        })?;
    }
    let keys = Keys::from_seeds(&seeds);
    keys.write(folder)?;
    asking::print(&format!(
        "{}\nkept in {}, readable by you alone; take root.pem offline once the repository is published",
        key_ids(&keys),
        folder.display()
    ))?;
    Ok(Outcome::Yes)
}

fn key_ids(keys: &Keys) -> String {
    let of_role = |role: TopRole| keys.of(role).iter().map(move |key| format!("{:<10}{}", role.name(), key.key_id()));
    TopRole::ALL.into_iter().flat_map(of_role).collect::<Vec<_>>().join("\n")
}

pub(crate) fn publish(args: &Publish) -> Result<Outcome, Failure> {
    let bytes = store::read(&args.edition)?;
    // Nobody signs an edition that the device would refuse to open.
    let checker = Checker::open(&bytes, Provenance::Unverified).map_err(|error| Failure::at(&args.edition, &error))?;
    let keys = Keys::read(&args.keys)?;
    let published = publish_edition(&args.repo, &keys, &checker, bytes, args.expires)?;
    if args.json {
        asking::print_json(&serde_json::json!({
            "added": published.added, "unchanged": published.unchanged, "root_version": published.root_version,
            "targets_version": published.targets_version, "timestamp_version": published.timestamp_version,
            "expires": published.expires.to_string(),
        }))?;
    } else {
        asking::print(&told(&published, &args.repo))?;
    }
    Ok(Outcome::Yes)
}

/// Signs an edition into a repository, under a name that tells its day.
fn publish_edition(
    repo: &Path,
    keys: &Keys,
    checker: &Checker,
    bytes: Vec<u8>,
    expires: u16,
) -> Result<Published, Failure> {
    let edition = checker.edition();
    let tag = EditionTag { number: edition.number, as_of: edition.as_of };
    let name = format!("edition-{}.hongbang", edition.as_of);
    let target = NewTarget { name, bytes, custom: tag.to_custom() };
    let expiries = Expiries { list: expires, ..Expiries::default() };
    Ok(repository::publish(repo, keys, &[target], clock::now(), expiries)?)
}

fn told(published: &Published, repo: &Path) -> String {
    let added = match published.added.as_slice() {
        [] => "nothing new, signed again".to_owned(),
        names => names.join(", "),
    };
    format!(
        "{added}: in {}, targets version {}, fresh until {}\npin {} with those who check",
        repo.display(),
        published.targets_version,
        published.expires,
        repo.join("metadata/1.root.json").display()
    )
}
