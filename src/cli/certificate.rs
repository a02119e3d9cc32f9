//! The verb for paper: keys, issuing, verifying.

use std::path::Path;

use hongbang::certificate::{KeySet, TextForm};
use hongbang::checker::{CertificateAnswer, CertificateKind, verify_certificate};
use hongbang::publish::certificate::{Issuer, certificate_key, read_key, write_key};
use hongbang::publish::keys::KeyPair;
use hongbang::publish::poster;

use super::args::{Certificate, CertificateVerb, Issue, VerifyCertificate};
use super::failure::Failure;
use super::{Outcome, asking, clock, publishing, store};

pub(crate) fn certificate(args: &Certificate) -> Result<Outcome, Failure> {
    match &args.verb {
        CertificateVerb::Key { keys, issuer, out } => new_key(keys, issuer, out),
        CertificateVerb::Issue(issue) => self::issue(issue),
        CertificateVerb::Verify(verify) => self::verify(verify),
    }
}

fn new_key(folder: &Path, issuer: &str, out: &Path) -> Result<Outcome, Failure> {
    let key = KeyPair::from_seed(&publishing::random_seed()?);
    write_key(folder, &key)?;
    let set = KeySet::new(vec![certificate_key(&key, issuer, clock::today(), None)])?;
    asking::write_atomically(out, &set.encode())?;
    asking::print(&format!(
        "certificate.pem in {}, and who may verify with it in {}",
        folder.display(),
        out.display()
    ))?;
    Ok(Outcome::Yes)
}

fn issue(args: &Issue) -> Result<Outcome, Failure> {
    let opened = store::open(&args.from)?;
    let key = read_key(&args.keys)?;
    let set = match &args.key_set {
        Some(path) => read_key_set(path)?,
        None => opened.key_set()?,
    };
    let form = match &args.base_url {
        Some(url) => TextForm::Link(url.parse()?),
        None => TextForm::Prefixed,
    };
    let issuer = Issuer::new(&opened.checker, &key, &set, form, clock::now(), args.expires)?;
    if let Some(code) = &args.code {
        let issued = issuer.issue(code)?;
        poster::print(&issued, &args.out)?;
        asking::print(&format!("{}\nposter and labels in {}", issued.text, args.out.display()))?;
        return Ok(Outcome::Yes);
    }
    let printed = poster::print_all(&issuer, &args.out, &|_| {})?;
    asking::print(&format!("{} certificates in {}", printed.certificates, args.out.display()))?;
    for name in &printed.without_code {
        asking::print(&format!("none for {name}: its credit code is not known"))?;
    }
    Ok(Outcome::Yes)
}

fn verify(args: &VerifyCertificate) -> Result<Outcome, Failure> {
    let (set, list) = match (&args.key_set, &args.from.store) {
        (Some(path), None) => (read_key_set(path)?, None),
        (Some(path), Some(_)) => (read_key_set(path)?, Some(store::open(&args.from)?.checker)),
        (None, _) => {
            let opened = store::open(&args.from)?;
            (opened.key_set()?, Some(opened.checker))
        }
    };
    let today = args.today.unwrap_or_else(clock::today);
    let answer = verify_certificate(&args.text, &set, list.as_ref(), today);
    if args.json {
        asking::print_json(&answer)?;
    } else {
        asking::print(&in_words(&answer))?;
    }
    Ok(Outcome::of(answer.kind == CertificateKind::Valid))
}

fn in_words(answer: &CertificateAnswer) -> String {
    let mut text = answer.kind.word().replace('_', " ");
    if let Some(problem) = &answer.problem {
        text = format!("{text}: {}\n  {}", problem.message, problem.advice);
    }
    let facts = [serde_json::to_value(&answer.certificate), serde_json::to_value(&answer.list)];
    for fact in facts.into_iter().flatten().filter(|fact| !fact.is_null()) {
        text = format!("{text}\n{}", serde_json::to_string_pretty(&fact).unwrap_or_default());
    }
    text
}

/// The key set in a file.
pub(crate) fn read_key_set(path: &Path) -> Result<KeySet, Failure> {
    KeySet::decode(&store::read(path)?).map_err(|error| Failure::at(path, &error))
}
