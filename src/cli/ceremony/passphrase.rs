//! Where passphrases come from: a file, or a person at a terminal.

use std::io::{self, IsTerminal};
use std::path::Path;

use hongbang::publish::keys::{Keys, MIN_PASSPHRASE, Passphrase, Protection, read_secret};

use super::args::{Folders, Protect, Unlock};
use crate::cli::failure::Failure;
use crate::cli::publishing::random_seed;

impl Unlock {
    /// What gives the passphrase of a file of keys.
    pub(in crate::cli) fn unlocker(&self) -> Result<impl FnMut(&Path) -> Option<Passphrase>, Failure> {
        let known = self.passphrase_file.as_deref().map(from_file).transpose()?;
        Ok(move |path: &Path| match &known {
            Some(known) => Some(known.clone()),
            None => ask(&format!("passphrase of {}: ", path.display())),
        })
    }
}

impl Folders {
    /// All keys of the folders.
    pub(super) fn open(&self) -> Result<Keys, Failure> {
        let mut unlock = self.unlock.unlocker()?;
        let mut all = Keys::default();
        for folder in &self.keys {
            let keys = Keys::open(folder, &mut unlock)?;
            keys.iter().for_each(|(role, key)| all.add(role, key.clone()));
        }
        Ok(all)
    }
}

/// How to keep new keys, with the passphrase for them.
pub(in crate::cli) struct Chosen(Option<Passphrase>, [u8; 32]);

impl Chosen {
    /// How the keys are kept. In the open, anybody who can read the file has them.
    pub(in crate::cli) const fn in_words(&self) -> &'static str {
        if self.0.is_none() { "UNENCRYPTED" } else { "encrypted" }
    }

    pub(in crate::cli) fn protection(&self) -> Protection<'_> {
        match self {
            Self(Some(passphrase), randomness) => {
                Protection::Passphrase { passphrase, randomness: *randomness }
            }
            Self(None, _) => Protection::Plain,
        }
    }
}

impl Protect {
    pub(in crate::cli) fn choose(&self) -> Result<Chosen, Failure> {
        let passphrase = match &self.unlock.passphrase_file {
            _ if self.plain => None,
            Some(path) => Some(from_file(path)?),
            None if io::stdin().is_terminal() => Some(ask_twice()?),
            None => {
                eprintln!("warning: no terminal to ask for a passphrase on; name one with --passphrase-file");
                None
            }
        };
        Ok(Chosen(passphrase, random_seed()?))
    }
}

fn from_file(path: &Path) -> Result<Passphrase, Failure> {
    let text = read_secret(path)?;
    Ok(Passphrase::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn ask_twice() -> Result<Passphrase, Failure> {
    let first = ask(&format!("passphrase for the new keys, at least {MIN_PASSPHRASE} characters: "));
    let first = first.ok_or_else(|| {
        Failure::new(
            "no_passphrase",
            "expected a passphrase for the new keys, found no terminal to ask for it on",
            "name a file with --passphrase-file, or keep the keys unencrypted with --plain",
        )
    })?;
    if ask("the same once more: ").as_ref() == Some(&first) {
        return Ok(first);
    }
    Err(Failure::new("passphrases_differ", "expected the same passphrase twice, found two", "try again"))
}

fn ask(prompt: &str) -> Option<Passphrase> {
    if !io::stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password(prompt).ok().map(Passphrase::new)
}
