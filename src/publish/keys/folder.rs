//! The folder of keys on a disk.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::pem::{MIN_PASSPHRASE, Passphrase, Protection, public_from_pem};
use super::{KeyError, KeyPair, Keys, PemError};
use crate::trust::{PublicKey, TopRole};

/// Gives the passphrase of an encrypted file, or nothing where nobody can.
pub type Unlock<'a> = dyn FnMut(&Path) -> Option<Passphrase> + 'a;

/// The public half of a key in a folder.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicHalf {
    /// The role whose file it is in.
    pub role: TopRole,
    /// The key.
    pub key: PublicKey,
    /// The same as text.
    pub pem: String,
}

impl Keys {
    /// Writes all keys into `folder`, which is made if need be. If one of the files exists, none is written.
    pub fn write(&self, folder: &Path, protection: Protection<'_>) -> Result<(), KeyError> {
        self.write_from(folder, protection, |_| Ok(0))
    }

    /// Writes all keys into `folder`, beside those that are there.
    pub fn append(&self, folder: &Path, protection: Protection<'_>) -> Result<(), KeyError> {
        self.write_from(folder, protection, |role| {
            let mut free =
                (0..MAX_KEYS_OF_A_ROLE).filter(|index| !is_there(&private_path(folder, role, *index)));
            free.next().ok_or_else(|| KeyError::Exists { path: private_path(folder, role, 0) })
        })
    }

    fn write_from(
        &self,
        folder: &Path,
        protection: Protection<'_>,
        first: impl Fn(TopRole) -> Result<usize, KeyError>,
    ) -> Result<(), KeyError> {
        expect_passphrase(protection)?;
        make_private_folder(folder).map_err(|source| KeyError::Io { path: folder.into(), source })?;
        expect_private_folder(folder)?;
        let mut files = Vec::new();
        for role in TopRole::ALL {
            let first = if self.of(role).is_empty() { 0 } else { first(role)? };
            files.extend((first..).zip(self.of(role)).map(|(index, key)| (role, index, key)));
        }
        let paths = files.iter().flat_map(|&(role, index, _)| paths(folder, role, index));
        if let Some(path) = paths.into_iter().find(|path| is_there(path)) {
            return Err(KeyError::Exists { path });
        }
        files.into_iter().try_for_each(|(role, index, key)| write_pair(folder, role, index, key, protection))
    }

    /// Reads all keys that `folder` holds, of which none may be encrypted. A role of which it holds none is no error.
    pub fn read(folder: &Path) -> Result<Self, KeyError> {
        Self::open(folder, &mut |_| None)
    }

    /// Reads all keys that `folder` holds. A passphrase is asked for only where the one before does not open a file.
    pub fn open(folder: &Path, unlock: &mut Unlock<'_>) -> Result<Self, KeyError> {
        expect_private_folder(folder)?;
        let (mut keys, mut passphrase) = (Self::default(), None);
        for (role, index) in files_of(folder) {
            let key = read_private(&private_path(folder, role, index), &mut passphrase, unlock)?;
            let path = public_path(folder, role, index);
            if is_there(&path) && read_public(&path)?.0 != key.public() {
                return Err(KeyError::PublicDiffers { path });
            }
            keys.add(role, key);
        }
        Ok(keys)
    }

    /// The public halves of all keys that `folder` holds. Only where such a file is missing must the private one be
    /// opened; that the two belong together is not looked at before one signs.
    pub fn public(folder: &Path, unlock: &mut Unlock<'_>) -> Result<Vec<PublicHalf>, KeyError> {
        expect_private_folder(folder)?;
        let (mut halves, mut passphrase) = (Vec::new(), None);
        for (role, index) in files_of(folder) {
            let path = public_path(folder, role, index);
            let (key, pem) = if is_there(&path) {
                read_public(&path)?
            } else {
                let pair = read_private(&private_path(folder, role, index), &mut passphrase, unlock)?;
                (pair.public(), pair.public_pem())
            };
            halves.push(PublicHalf { role, key, pem });
        }
        Ok(halves)
    }
}

/// How many files of one role are looked for.
const MAX_KEYS_OF_A_ROLE: usize = 100;

/// The private files that are there, in the order in which they are read: without a gap, for each role.
fn files_of(folder: &Path) -> impl Iterator<Item = (TopRole, usize)> {
    TopRole::ALL.into_iter().flat_map(move |role| {
        (0..MAX_KEYS_OF_A_ROLE)
            .take_while(move |index| is_there(&private_path(folder, role, *index)))
            .map(move |index| (role, index))
    })
}

fn stem(role: TopRole, index: usize) -> String {
    match index {
        0 => role.name().into(),
        _ => format!("{}-{}", role.name(), index + 1),
    }
}

fn private_path(folder: &Path, role: TopRole, index: usize) -> PathBuf {
    folder.join(stem(role, index) + ".pem")
}

fn public_path(folder: &Path, role: TopRole, index: usize) -> PathBuf {
    folder.join(stem(role, index) + ".pub")
}

fn paths(folder: &Path, role: TopRole, index: usize) -> [PathBuf; 2] {
    [private_path(folder, role, index), public_path(folder, role, index)]
}

/// A broken link is there too.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn expect_passphrase(protection: Protection<'_>) -> Result<(), KeyError> {
    let Protection::Passphrase { passphrase, .. } = protection else { return Ok(()) };
    let found = passphrase.chars().count();
    if found < MIN_PASSPHRASE { Err(KeyError::ShortPassphrase { found }) } else { Ok(()) }
}

fn write_pair(
    folder: &Path,
    role: TopRole,
    index: usize,
    key: &KeyPair,
    protection: Protection<'_>,
) -> Result<(), KeyError> {
    let [private, public] = paths(folder, role, index);
    let pem = key.to_pem(protection, &stem(role, index));
    let pem = pem.map_err(|source| KeyError::Pem { path: private.clone(), source })?;
    write_new(&private, &pem, 0o600)?;
    write_new(&public, &key.public_pem(), 0o644)
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

fn read_private(
    path: &Path,
    passphrase: &mut Option<Passphrase>,
    unlock: &mut Unlock<'_>,
) -> Result<KeyPair, KeyError> {
    let text = read_secret(path)?;
    let in_pem = |source| KeyError::Pem { path: path.into(), source };
    match KeyPair::from_pem(&text) {
        Err(PemError::Encrypted) => {}
        read => return read.map_err(in_pem),
    }
    if let Some(known) = passphrase.as_deref() {
        match KeyPair::from_encrypted_pem(&text, known) {
            Err(PemError::WrongPassphrase) => {}
            opened => return opened.map_err(in_pem),
        }
    }
    let asked = unlock(path).ok_or_else(|| in_pem(PemError::Encrypted))?;
    let opened = KeyPair::from_encrypted_pem(&text, &asked).map_err(in_pem)?;
    *passphrase = Some(asked);
    Ok(opened)
}

/// Reads a file that its owner alone may read: a private key, or a passphrase.
pub fn read_secret(path: &Path) -> Result<Passphrase, KeyError> {
    let in_path = |source: io::Error| KeyError::Io { path: path.into(), source };
    expect_private(path, &fs::metadata(path).map_err(in_path)?)?;
    fs::read_to_string(path).map(Passphrase::new).map_err(in_path)
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
fn mode(metadata: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777
}

#[cfg(unix)]
fn expect_private(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyError> {
    let mode = mode(metadata);
    if mode.is_multiple_of(0o100) { Ok(()) } else { Err(KeyError::Exposed { path: path.into(), mode }) }
}

/// Who may write into a folder may put another key in the place of ours.
fn expect_private_folder(folder: &Path) -> Result<(), KeyError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    const PASSPHRASE: Protection<'_> =
        Protection::Passphrase { passphrase: "correct-horse", randomness: [3; 32] };

    fn root_key(seed: u8) -> Keys {
        let mut keys = Keys::default();
        keys.add(TopRole::Root, KeyPair::from_seed(&[seed; 32]));
        keys
    }

    #[test]
    fn a_folder_of_keys_is_read_back_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let mut keys = Keys::from_seed(&[1; 32]);
        keys.add(TopRole::Root, KeyPair::from_seed(&[2; 32]));
        keys.write(&folder, Protection::Plain).unwrap();
        assert_eq!(format!("{:?}", Keys::read(&folder).unwrap()), format!("{keys:?}"));
        assert!(folder.join("root-2.pem").exists());

        fs::remove_file(folder.join("root.pem")).unwrap();
        let error = keys.write(&folder, Protection::Plain).unwrap_err();
        assert_eq!(error.code(), "key_exists");
        assert!(!folder.join("root.pem").exists());
        assert!(Keys::read(&folder).unwrap().of(TopRole::Root).is_empty());
    }

    #[test]
    fn keys_are_put_beside_those_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        root_key(1).append(&folder, Protection::Plain).unwrap();
        root_key(2).append(&folder, Protection::Plain).unwrap();
        let ids: Vec<_> = Keys::read(&folder).unwrap().iter().map(|(_, key)| key.key_id()).collect();
        assert_eq!(ids, [1, 2].map(|seed| KeyPair::from_seed(&[seed; 32]).key_id()));
        assert!(folder.join("root-2.pub").exists() && !folder.join("targets.pem").exists());
    }

    #[test]
    fn encrypted_keys_open_with_one_passphrase_that_is_asked_for_once() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let keys = Keys::from_seed(&[1; 32]);
        keys.write(&folder, PASSPHRASE).unwrap();
        let mut asked = Vec::new();
        let opened = Keys::open(&folder, &mut |path| {
            asked.push(path.to_owned());
            Some("correct-horse".to_owned().into())
        });
        assert_eq!(format!("{:?}", opened.unwrap()), format!("{keys:?}"));
        assert_eq!(asked, [folder.join("root.pem")]);

        let path = folder.join("root.pem").display().to_string();
        let error = Keys::read(&folder).unwrap_err();
        assert_eq!(
            (error.to_string(), error.code()),
            (format!("cannot use the key in {path}"), "key_encrypted")
        );
        let error = Keys::open(&folder, &mut |_| Some("wrong-horse".to_owned().into())).unwrap_err();
        assert_eq!(error.code(), "wrong_passphrase");
        // Public halves need no passphrase.
        let halves = Keys::public(&folder, &mut |_| None).unwrap();
        assert_eq!(halves[0].pem, keys.of(TopRole::Root)[0].public_pem());
    }

    #[test]
    fn a_short_passphrase_is_refused_before_anything_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let protection = Protection::Passphrase { passphrase: "1234567", randomness: [3; 32] };
        let error = root_key(1).write(&folder, protection).unwrap_err();
        assert_eq!(error.to_string(), "expected a passphrase of at least 8 characters, found 7");
        assert!(!folder.exists());
    }

    #[test]
    fn a_public_half_that_belongs_to_another_key_is_noticed_before_one_signs() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        root_key(1).write(&folder, Protection::Plain).unwrap();
        let path = folder.join("root.pub");
        fs::write(&path, KeyPair::from_seed(&[2; 32]).public_pem()).unwrap();
        let error = Keys::read(&folder).unwrap_err();
        let path = path.display();
        assert_eq!(
            error.to_string(),
            format!("expected {path} to belong to the private key beside it, found another")
        );
        fs::remove_file(folder.join("root.pub")).unwrap();
        assert_eq!(
            Keys::public(&folder, &mut |_| None).unwrap()[0].key,
            KeyPair::from_seed(&[1; 32]).public()
        );
    }

    #[cfg(unix)]
    #[test]
    fn keys_are_private_and_must_stay_so() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        Keys::from_seed(&[1; 32]).write(&folder, Protection::Plain).unwrap();
        let path = folder.join("targets.pem");
        assert_eq!(mode(&fs::metadata(&folder).unwrap()), 0o700);
        assert_eq!(mode(&fs::metadata(&path).unwrap()), 0o600);
        assert_eq!(mode(&fs::metadata(folder.join("targets.pub")).unwrap()), 0o644);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = Keys::read(&folder).unwrap_err();
        let path = path.display();
        let expected = format!("expected {path} to be readable by its owner alone, found mode 0640");
        assert_eq!(error.to_string(), expected);
        assert_eq!(
            error.advice(),
            format!("run `chmod 600 {path}`, and consider whether someone has read the key")
        );

        fs::set_permissions(&folder, fs::Permissions::from_mode(0o770)).unwrap();
        let error = Keys::read(&folder).unwrap_err();
        let folder = folder.display();
        let expected =
            format!("expected the folder {folder} to be writable by its owner alone, found mode 0770");
        assert_eq!(error.to_string(), expected);
        assert_eq!(
            error.advice(),
            format!("run `chmod 700 {folder}`, and compare the key ids before you sign")
        );
    }
}
