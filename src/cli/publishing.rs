//! The verbs that make: ingest, build, verify-edition, compare, policy, demo.

use std::fs;
use std::path::Path;
use std::thread;

use hongbang::certificate::KeySet;
use hongbang::checker::{Checker, EditionTag, Provenance, VouchedColumns};
use hongbang::edition::{Edition, Reality, Scope};
use hongbang::publish::build::{self, Built};
use hongbang::publish::certificate_keys::{certificate_key, next_key_set_target, write_key};
use hongbang::publish::keys::{KeyPair, Keys, Protection};
use hongbang::publish::ledger::{self, Evidence};
use hongbang::publish::policy_file;
use hongbang::publish::repository::{self, Expiries, NewTarget};
use hongbang::publish::{deltas, demo, ingest, moves};
use hongbang::{CreditCode, Day, Policy, snapshot};

use super::args;
use super::failure::{Failure, unusable};
use super::{Outcome, asking, clock, progress, show, store};

pub(crate) fn ingest(args: &args::Ingest) -> Result<Outcome, Failure> {
    let register = match &args.register {
        Some(path) => Some(ledger::read_register(path)?),
        None => None,
    };
    let mut bar = progress::Files::default();
    let inputs = [args.bulletins.clone()];
    let read = ingest::ingest(&inputs, &mut |step| bar.show(step))?;
    drop(bar);
    let appended = ledger::append(&args.out, &read.bulletins, register.as_ref())?;
    for warning in &read.warnings {
        eprintln!("warning: {warning}");
    }
    if args.json {
        asking::print_json(&appended.account)?;
    } else {
        asking::print(&show::account(&appended.account, &appended.ledger))?;
    }
    Ok(Outcome::Yes)
}

pub(crate) fn build(args: &args::Build) -> Result<Outcome, Failure> {
    let policy = policy_file::load(&args.policy)?;
    let evidence = read_evidence(&args.ledger)?;
    let scope = match args.scope {
        args::Scope::Inspected => Scope::Inspected,
        args::Scope::Listed => Scope::Listed,
    };
    let working = progress::Working::on("judging");
    let reality = reality(&evidence);
    let built = build::build(&evidence, &policy, args.as_of, scope, args.number, reality);
    // What an encoder needs of a list of the nation is better not beside all of its evidence, which takes a second to
    // free.
    let freed = thread::spawn(move || drop(evidence));
    let bytes = snapshot::encode(&built.edition)?;
    freed.join().expect("freeing does not panic");
    drop(working);
    asking::write_atomically(&args.out, &bytes)?;
    if args.json {
        asking::print_json(&figures(&built, bytes.len()))?;
    } else {
        asking::print(&show::built(&built, bytes.len(), &args.out))?;
    }
    Ok(Outcome::Yes)
}

fn figures(built: &Built, bytes: usize) -> serde_json::Value {
    let edition = &built.edition;
    let tiers: Vec<_> = moves::tier_sizes(edition)
        .into_iter()
        .map(|(years, firms)| serde_json::json!({ "years": years, "firms": firms }))
        .collect();
    serde_json::json!({
        "number": edition.number, "as_of": edition.as_of, "scope": edition.scope, "policy": edition.policy.name,
        "demo": edition.reality == Reality::Demo, "firms": edition.firms.len(), "samplings": edition.samplings.len(),
        "bulletins": edition.bulletins.len(), "tiers": tiers, "bytes": bytes,
        "kept_off": { "division_unknown": built.barred.division_unknown, "other_division": built.barred.other_division },
    })
}

fn read_evidence(ledger: &Path) -> Result<Evidence, Failure> {
    let mut bar = progress::Bulletins::default();
    Ok(ledger::read_evidence(ledger, &mut |step| bar.show(step))?)
}

/// A ledger with one made-up bulletin in it makes made-up lists only.
fn reality(evidence: &Evidence) -> Reality {
    let is_made_up = evidence.bulletins().any(|bulletin| bulletin.body.contains(demo::MARK));
    if is_made_up { Reality::Demo } else { Reality::Real }
}

pub(crate) fn policy(args: &args::Policy) -> Result<Outcome, Failure> {
    asking::print(policy_file::to_toml(&policy_file::load(&args.policy)?).trim_end())?;
    Ok(Outcome::Yes)
}

pub(crate) fn compare(args: &args::Compare) -> Result<Outcome, Failure> {
    let evidence = read_evidence(&args.ledger)?;
    let mut editions: Vec<Edition> = Vec::new();
    for name in &args.policies {
        let policy = policy_file::load(name)?;
        let built = build::build(&evidence, &policy, args.as_of, Scope::Inspected, 1, reality(&evidence));
        editions.push(built.edition);
    }
    let first = editions.first().expect("clap asks for one");
    let compared: Vec<_> = editions
        .iter()
        .zip(&args.policies)
        .map(|(edition, name)| show::Compared::of(name, edition, &moves::between(first, edition)))
        .collect();
    if args.json {
        asking::print_json(&compared)?;
    } else {
        asking::print(&show::compared(&compared))?;
    }
    Ok(Outcome::Yes)
}

pub(crate) fn verify_edition(args: &args::VerifyEdition) -> Result<Outcome, Failure> {
    let bytes = store::read(&args.edition)?;
    let stated = snapshot::decode(&bytes).map_err(|error| Failure::at(&args.edition, &error))?;
    let evidence = read_evidence(&args.ledger)?;
    let Edition { policy, as_of, scope, number, .. } = &stated;
    let reality = reality(&evidence);
    let rebuilt = build::build(&evidence, policy, *as_of, *scope, *number, reality).edition;
    let is_equal = snapshot::encode(&rebuilt)? == bytes;
    let differences = if is_equal { None } else { Some(moves::between(&stated, &rebuilt)) };
    if args.json {
        asking::print_json(&serde_json::json!({ "equal": is_equal, "moves": differences }))?;
    } else if let Some(moves) = &differences {
        asking::print(&format!("the ledger gives another edition\n{}", show::moves(moves)))?;
    } else {
        asking::print("the ledger gives this edition, byte for byte")?;
    }
    Ok(Outcome::of(is_equal))
}

/// 32 bytes that nobody can guess.
pub(crate) fn random_seed() -> Result<[u8; 32], Failure> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| {
        Failure::new("randomness", format!("the system gives no randomness: {error}"), "try again later")
    })?;
    Ok(seed)
}

/// An edition as a target, under a name that tells its day, and a delta to it where there is an older one.
pub(crate) fn edition_targets(
    repo: &Path,
    checker: &Checker,
    bytes: Vec<u8>,
) -> Result<Vec<NewTarget>, Failure> {
    let edition = checker.edition();
    let tag = EditionTag { number: edition.number, as_of: edition.as_of };
    let mut custom = tag.to_custom();
    VouchedColumns::vouch(&mut custom, checker);
    let name = format!("edition-{}.hongbang", edition.as_of);
    Ok(deltas::with_delta(repo, NewTarget { name, bytes, custom }, tag)?)
}

/// The two published days of the real list, which the made-up one follows.
const DEMO_DAYS: [&str; 2] = ["2025-03-14", "2025-10-31"];
/// The name of the made-up list in certificates.
const DEMO_ISSUER: &str = "guangdong-demo";

pub(crate) fn demo(args: &args::Demo) -> Result<Outcome, Failure> {
    let out = &args.out;
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(unusable(out, "a new or empty folder", "name another with --out, or empty this one"));
    }
    let working = progress::Working::on("making up a ledger");
    let made = demo::Demo::new(demo::Size::of(args.firms), args.seed);
    let evidence = ledger::found(&out.join("ledger"), made.register(), made.bulletins())?;
    drop(made);
    let policy = Policy { name: "guangdong".into(), division: Some("44".into()), ..Policy::default() };
    asking::write_atomically(&out.join("policy.toml"), policy_file::to_toml(&policy).as_bytes())?;
    let (keys, key_set) = demo_keys(out, args.seed)?;
    let repository = out.join("repository");
    let mut told = Vec::new();
    let mut holder = None;
    for (number, day) in (1..).zip(DEMO_DAYS) {
        let as_of: Day = day.parse()?;
        let edition = build::build(&evidence, &policy, as_of, Scope::Listed, number, Reality::Demo).edition;
        let bytes = snapshot::encode(&edition)?;
        asking::write_atomically(&out.join(format!("editions/{day}.hongbang")), &bytes)?;
        told.push(format!("edition {number} as of {day}: {}, {} bytes", show::sizes(&edition), bytes.len()));
        holder = edition.firms.codes.iter().flatten().next().copied();
        let checker = Checker::of_edition(edition, Provenance::Unverified)?;
        let mut targets = edition_targets(&repository, &checker, bytes)?;
        targets.push(next_key_set_target(&key_set, &repository)?);
        repository::publish(&repository, &keys, &targets, clock::now(), Expiries::default())?;
    }
    let root = store::read(&repository.join("metadata/1.root.json"))?;
    asking::write_atomically(&out.join("root.json"), &root)?;
    drop(working);
    asking::print(&format!(
        "示例: everything here is made up\n{}\n{}",
        told.join("\n"),
        to_try(out, holder)
    ))?;
    Ok(Outcome::Yes)
}

/// Makes keys that anybody can make again from the seed: they sign nothing but what is marked 示例.
fn demo_keys(out: &Path, seed: u64) -> Result<(Keys, KeySet), Failure> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let keys = Keys::from_seed(&bytes);
    keys.write(&out.join("keys"), Protection::Plain)?;
    let key = KeyPair::derived(&bytes, "certificate");
    write_key(&out.join("keys"), &key, Protection::Plain)?;
    let set = KeySet::new(vec![certificate_key(&key, DEMO_ISSUER, DEMO_DAYS[0].parse()?, None)])?;
    asking::write_atomically(&out.join("certificate-keys.cbor"), &set.encode())?;
    Ok((keys, set))
}

/// What to type next.
fn to_try(out: &Path, holder: Option<CreditCode>) -> String {
    let out = out.display();
    let mut lines = vec![
        "try it:".to_owned(),
        format!("  hongbang fetch {out}/repository --root {out}/root.json --store {out}/store"),
        format!("  hongbang search 佛山 --store {out}/store"),
    ];
    if let Some(code) = holder {
        lines.push(format!(
            "  hongbang certificate issue {code} --store {out}/store --keys {out}/keys --out {out}/papers"
        ));
        lines.push(format!("  hongbang certificate verify 'HB1:…' --store {out}/store"));
    }
    lines.join("\n")
}
