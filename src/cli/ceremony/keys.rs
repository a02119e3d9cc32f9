//! `hongbang keys`: make, bring in, show.

use std::path::Path;

use hongbang::publish::keys::{KeyPair, Keys, PemError, PublicHalf, fingerprint, key_id, read_private_key};
use hongbang::trust::TopRole;
use qrcodegen::{QrCode, QrCodeEcc};

use super::args::{self, KeysVerb, Protect, Role, Unlock};
use super::passphrase::Chosen;
use crate::cli::Outcome;
use crate::cli::asking::{print, print_json};
use crate::cli::failure::Failure;
use crate::cli::publishing::random_seed;

pub(crate) fn run(args: &args::Keys) -> Result<Outcome, Failure> {
    match &args.verb {
        KeysVerb::Import { folder, pem, role, pem_passphrase_file, protection } => {
            let unlock = Unlock {
                passphrase_file: pem_passphrase_file.clone().or(protection.unlock.passphrase_file.clone()),
            };
            import(folder, pem, role.role(), &unlock, protection)
        }
        KeysVerb::New { folder, out, roles, protection } => {
            let folder = folder.as_ref().or(out.as_ref()).expect("clap asks for one");
            make(folder, roles, protection)
        }
        KeysVerb::Show { folder, public, qr, json, unlock } => {
            let halves = Keys::public(folder, &mut unlock.unlocker()?)?;
            let text = match (public, qr) {
                _ if *json => {
                    print_json(&halves.iter().map(as_json).collect::<Vec<_>>())?;
                    return Ok(Outcome::Yes);
                }
                (true, _) => halves.iter().map(handed_out).collect(),
                (false, true) => halves.iter().map(|half| told(half) + "\n" + &as_qr(half)).collect(),
                (false, false) => halves.iter().map(told).collect::<Vec<_>>(),
            };
            print(text.join("\n").trim_end())?;
            Ok(Outcome::Yes)
        }
    }
}

fn make(folder: &Path, roles: &[Role], protection: &Protect) -> Result<Outcome, Failure> {
    let roles: Vec<_> =
        if roles.is_empty() { TopRole::ALL.to_vec() } else { roles.iter().map(|role| role.role()).collect() };
    let chosen = protection.choose()?;
    let mut keys = Keys::default();
    for role in roles {
        keys.add(role, KeyPair::from_seed(&random_seed()?));
    }
    keys.write(folder, chosen.protection())?;
    tell_kept(folder, &keys, &chosen)
}

fn import(
    folder: &Path,
    pem: &Path,
    role: TopRole,
    unlock: &Unlock,
    protection: &Protect,
) -> Result<Outcome, Failure> {
    let key = read_foreign(pem, unlock)?;
    let mut keys = Keys::default();
    keys.add(role, key);
    let chosen = protection.choose()?;
    keys.append(folder, chosen.protection())?;
    tell_kept(folder, &keys, &chosen)
}

/// A private key that another program made.
pub(in crate::cli) fn read_foreign(pem: &Path, unlock: &Unlock) -> Result<KeyPair, Failure> {
    let text = read_private_key(pem)?;
    let key = match KeyPair::from_pem(&text) {
        Err(PemError::Encrypted) => {
            let passphrase = unlock.unlocker()?(pem).unwrap_or_default();
            KeyPair::from_encrypted_pem(&text, &passphrase)
        }
        key => key,
    };
    key.map_err(|error| Failure::at(pem, &error))
}

fn tell_kept(folder: &Path, keys: &Keys, chosen: &Chosen) -> Result<Outcome, Failure> {
    let half =
        |(role, key): (TopRole, &KeyPair)| PublicHalf { role, key: key.public(), pem: key.public_pem() };
    let told: Vec<_> = keys.iter().map(half).map(|half| told(&half)).collect();
    print(&format!(
        "{}\nkept {} in {}, readable by you alone; hand out the .pub files, and the words by another way",
        told.join("\n"),
        chosen.in_words(),
        folder.display()
    ))?;
    Ok(Outcome::Yes)
}

fn told(half: &PublicHalf) -> String {
    let id = key_id(&half.key);
    let words = fingerprint(&id).unwrap_or_default();
    format!("{:<10}{id}\n          {words}", half.role.name())
}

fn as_json(half: &PublicHalf) -> serde_json::Value {
    let id = key_id(&half.key);
    serde_json::json!({ "role": half.role.name(), "key_id": id, "words": fingerprint(&id), "public_pem": half.pem })
}

fn handed_out(half: &PublicHalf) -> String {
    format!("{} {}\n{}", half.role.name(), key_id(&half.key), half.pem)
}

/// Two modules in one character, dark on light whatever the colours of the terminal.
fn as_qr(half: &PublicHalf) -> String {
    let text = format!("HONGBANG {} {}", half.role.name(), key_id(&half.key)).to_uppercase();
    let Ok(code) = QrCode::encode_text(&text, QrCodeEcc::Low) else { return String::new() };
    let edge = code.size() + QUIET;
    let rows = (-QUIET..edge).step_by(2).map(|y| {
        let characters = (-QUIET..edge).map(|x| match (code.get_module(x, y), code.get_module(x, y + 1)) {
            (false, false) => '█',
            (false, true) => '▀',
            (true, false) => '▄',
            (true, true) => ' ',
        });
        format!("\u{1b}[97;40m{}\u{1b}[0m\n", characters.collect::<String>())
    });
    rows.collect()
}

/// The light border that readers need.
const QUIET: i32 = 4;
