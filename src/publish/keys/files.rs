//! The two files of one key.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::pem::{MIN_PASSPHRASE, Passphrase, Protection, public_from_pem};
use super::{KeyError, KeyPair, PemError};
use crate::trust::PublicKey;

/// Gives the passphrase of an encrypted file, or nothing where nobody can.
pub type Unlock<'a> = dyn FnMut(&Path) -> Option<Passphrase> + 'a;

/// Asks for a passphrase only where the one before does not open a file.
pub(super) struct Lock<'u, 'a> {
    unlock: &'u mut Unlock<'a>,
    passphrase: Option<Passphrase>,
}

impl<'u, 'a> Lock<'u, 'a> {
    pub(super) fn new(unlock: &'u mut Unlock<'a>) -> Self {
        Self { unlock, passphrase: None }
    }
}

/// `NAME.pem`, which its owner alone may read, and `NAME.pub`, to hand out.
pub(super) struct KeyFiles {
    name: String,
    pub(super) private: PathBuf,
    pub(super) public: PathBuf,
}

impl KeyFiles {
    pub(super) fn new(folder: &Path, name: String) -> Self {
        let file = |extension| folder.join(format!("{name}.{extension}"));
        Self { private: file("pem"), public: file("pub"), name }
    }

    /// Neither may be there yet.
    pub(super) fn expect_none(&self) -> Result<(), KeyError> {
        match [&self.private, &self.public].into_iter().find(|path| is_there(path)) {
            Some(path) => Err(KeyError::Exists { path: path.clone() }),
            None => Ok(()),
        }
    }

    pub(super) fn write(&self, key: &KeyPair, protection: Protection<'_>) -> Result<(), KeyError> {
        let pem = key.to_pem(protection, &self.name);
        let pem = pem.map_err(|source| KeyError::Pem { path: self.private.clone(), source })?;
        write_new(&self.private, &pem, 0o600)?;
        write_new(&self.public, &key.public_pem(), 0o644)
    }

    /// The pair, whose public half must belong to the private one if it is there.
    pub(super) fn open(&self, lock: &mut Lock<'_, '_>) -> Result<KeyPair, KeyError> {
        let key = self.open_private(lock)?;
        if is_there(&self.public) && read_public(&self.public)?.0 != key.public() {
            return Err(KeyError::PublicDiffers { path: self.public.clone() });
        }
        Ok(key)
    }

    /// The public half and its text. Only where its file is missing must the private one be opened.
    pub(super) fn open_public(&self, lock: &mut Lock<'_, '_>) -> Result<(PublicKey, String), KeyError> {
        if is_there(&self.public) {
            return read_public(&self.public);
        }
        let pair = self.open_private(lock)?;
        Ok((pair.public(), pair.public_pem()))
    }

    fn open_private(&self, lock: &mut Lock<'_, '_>) -> Result<KeyPair, KeyError> {
        let path = &self.private;
        let text = read_private_key(path)?;
        let in_pem = |source| KeyError::Pem { path: path.clone(), source };
        match KeyPair::from_pem(&text) {
            Err(PemError::Encrypted) => {}
            read => return read.map_err(in_pem),
        }
        if let Some(known) = lock.passphrase.as_deref() {
            match KeyPair::from_encrypted_pem(&text, known) {
                Err(PemError::WrongPassphrase) => {}
                opened => return opened.map_err(in_pem),
            }
        }
        let asked = (lock.unlock)(path).ok_or_else(|| in_pem(PemError::Encrypted))?;
        let opened = KeyPair::from_encrypted_pem(&text, &asked).map_err(in_pem)?;
        lock.passphrase = Some(asked);
        Ok(opened)
    }
}

/// A key that stands by itself in a folder, in no role of TUF.
impl KeyPair {
    /// Writes it into `folder`, which is made if need be, as `NAME.pem` and `NAME.pub`. What is there is never
    /// overwritten.
    pub fn write(&self, folder: &Path, name: &str, protection: Protection<'_>) -> Result<(), KeyError> {
        prepare_folder(folder, protection)?;
        let files = KeyFiles::new(folder, name.into());
        files.expect_none()?;
        files.write(self, protection)
    }

    /// Reads it from `folder`.
    pub fn open(folder: &Path, name: &str, unlock: &mut Unlock<'_>) -> Result<Self, KeyError> {
        expect_private_folder(folder)?;
        KeyFiles::new(folder, name.into()).open(&mut Lock::new(unlock))
    }
}

/// Makes a folder of keys, or sees that it is fit to be one.
pub(super) fn prepare_folder(folder: &Path, protection: Protection<'_>) -> Result<(), KeyError> {
    expect_passphrase(protection)?;
    make_private_folder(folder).map_err(|source| KeyError::Io { path: folder.into(), source })?;
    expect_private_folder(folder)
}

/// A broken link is there too.
pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn expect_passphrase(protection: Protection<'_>) -> Result<(), KeyError> {
    let Protection::Passphrase { passphrase, .. } = protection else { return Ok(()) };
    let found = passphrase.chars().count();
    if found < MIN_PASSPHRASE { Err(KeyError::ShortPassphrase { found }) } else { Ok(()) }
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg_attr(not(unix), allow(unused_variables, reason = "only Unix has modes"))]
fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), KeyError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => KeyError::Exists { path: path.into() },
        _ => KeyError::Io { path: path.into(), source },
    })
}

/// Reads a file that its owner alone may read: a private key, or a passphrase.
pub fn read_secret(path: &Path) -> Result<Passphrase, KeyError> {
    let in_path = |source: io::Error| KeyError::Io { path: path.into(), source };
    expect_private(path, &fs::metadata(path).map_err(in_path)?)?;
    fs::read_to_string(path).map(Passphrase::new).map_err(in_path)
}

/// Reads the text of a private key. What is no text at all is most likely a key in DER.
pub fn read_private_key(path: &Path) -> Result<Passphrase, KeyError> {
    read_secret(path).map_err(|error| match error {
        KeyError::Io { path, source } if source.kind() == io::ErrorKind::InvalidData => {
            KeyError::Pem { path, source: PemError::NotPem }
        }
        other => other,
    })
}

fn read_public(path: &Path) -> Result<(PublicKey, String), KeyError> {
    let pem = fs::read_to_string(path).map_err(|source| KeyError::Io { path: path.into(), source })?;
    let mut keys = public_from_pem(&pem).map_err(|source| KeyError::Pem { path: path.into(), source })?;
    match keys.pop() {
        Some(key) if keys.is_empty() => Ok((key, pem)),
        _ => Err(KeyError::Pem { path: path.into(), source: PemError::Damaged }),
    }
}

#[cfg(unix)]
pub(super) fn mode(metadata: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777
}

#[cfg(unix)]
fn expect_private(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyError> {
    let mode = mode(metadata);
    if mode.is_multiple_of(0o100) { Ok(()) } else { Err(KeyError::Exposed { path: path.into(), mode }) }
}

/// Who may write into a folder may put another key in the place of ours.
pub(super) fn expect_private_folder(folder: &Path) -> Result<(), KeyError> {
    let metadata = fs::metadata(folder).map_err(|source| KeyError::Io { path: folder.into(), source })?;
    #[cfg(unix)]
    if mode(&metadata) & 0o022 != 0 {
        return Err(KeyError::ExposedFolder { path: folder.into(), mode: mode(&metadata) });
    }
    if metadata.is_dir() {
        return Ok(());
    }
    Err(KeyError::Io { path: folder.into(), source: io::ErrorKind::NotADirectory.into() })
}

#[cfg(not(unix))]
fn expect_private(_: &Path, _: &fs::Metadata) -> Result<(), KeyError> {
    Ok(())
}
