//! The verb for paper: keys, issuing, verifying.

use std::path::Path;

use hongbang::certificate::{KeyId, KeySet, TextForm};
use hongbang::checker::{CertificateAnswer, CertificateKind, verify_certificate};
use hongbang::publish::certificate::Issuer;
use hongbang::publish::certificate_keys::{certificate_key, read_key, rotate, write_key};
use hongbang::publish::keys::KeyPair;
use hongbang::publish::poster;

use super::args::{Certificate, CertificateKey, CertificateVerb, Issue, VerifyCertificate};
use super::ceremony::args::Unlock;
use super::ceremony::keys::read_foreign;
use super::failure::Failure;
use super::{Outcome, asking, clock, publishing, store};

pub(crate) fn certificate(args: &Certificate) -> Result<Outcome, Failure> {
    match &args.verb {
        CertificateVerb::Key(key) => new_key(key),
        CertificateVerb::Issue(issue) => self::issue(issue),
        CertificateVerb::Verify(verify) => self::verify(verify),
    }
}

fn new_key(args: &CertificateKey) -> Result<Outcome, Failure> {
    let key = match &args.pem {
        Some(pem) => read_foreign(pem, &args.pem_unlock())?,
        None => KeyPair::from_seed(&publishing::random_seed()?),
    };
    let entry = certificate_key(&key, &args.issuer, clock::today(), None);
    let id = entry.id();
    let set = match &args.key_set {
        Some(path) => {
            let before = read_key_set(path)?;
            let stolen = args.stolen.iter().map(|id| find(&before, id)).collect::<Result<Vec<_>, _>>()?;
            rotate(&before, entry, &stolen)?
        }
        None => KeySet::new(vec![entry])?,
    };
    let chosen = args.protection.choose()?;
    write_key(&args.keys, &key, chosen.protection())?;
    asking::write_atomically(&args.out, &set.encode())?;
    asking::print(&format!(
        "key {id} for {}\nkept {} in {}, readable by you alone; who may verify with it stands in {}, to be published: \
         hongbang publish --certificate-keys {}",
        args.issuer,
        chosen.in_words(),
        args.keys.display(),
        args.out.display(),
        args.out.display()
    ))?;
    Ok(Outcome::Yes)
}

impl CertificateKey {
    fn pem_unlock(&self) -> Unlock {
        let own = self.pem_passphrase_file.clone();
        Unlock { passphrase_file: own.or_else(|| self.protection.unlock.passphrase_file.clone()) }
    }
}

fn find(set: &KeySet, id: &str) -> Result<KeyId, Failure> {
    let mut ids = set.keys().iter().map(hongbang::certificate::CertificateKey::id);
    ids.find(|known| known.to_string() == id).ok_or_else(|| {
        let ids: Vec<_> = set.keys().iter().map(|key| key.id().to_string()).collect();
        Failure::new(
            "certificate_unknown_key",
            format!("expected a key of the key set ({}), found {id:?}", ids.join(", ")),
            "name it by all its 16 digits",
        )
    })
}

fn issue(args: &Issue) -> Result<Outcome, Failure> {
    let opened = store::open(&args.from)?;
    let key = read_key(&args.keys, &mut args.unlock.unlocker()?)?;
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
