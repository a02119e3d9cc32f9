//! The folder of keys on a disk.

use std::path::Path;

use super::files::{KeyFiles, Lock, expect_private_folder, is_there, prepare_folder};
use super::pem::Protection;
use super::{KeyError, Keys, Unlock};
use crate::trust::{PublicKey, TopRole};

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
            let private = |index| files(folder, role, index).private;
            let mut free = (0..MAX_KEYS_OF_A_ROLE).filter(|index| !is_there(&private(*index)));
            free.next().ok_or_else(|| KeyError::Exists { path: private(0) })
        })
    }

    fn write_from(
        &self,
        folder: &Path,
        protection: Protection<'_>,
        first: impl Fn(TopRole) -> Result<usize, KeyError>,
    ) -> Result<(), KeyError> {
        prepare_folder(folder, protection)?;
        let mut new = Vec::new();
        for role in TopRole::ALL {
            let first = if self.of(role).is_empty() { 0 } else { first(role)? };
            new.extend((first..).zip(self.of(role)).map(|(index, key)| (files(folder, role, index), key)));
        }
        new.iter().try_for_each(|(files, _)| files.expect_none())?;
        new.iter().try_for_each(|(files, key)| files.write(key, protection))
    }

    /// Reads all keys that `folder` holds, of which none may be encrypted. A role of which it holds none is no error.
    pub fn read(folder: &Path) -> Result<Self, KeyError> {
        Self::open(folder, &mut |_| None)
    }

    /// Reads all keys that `folder` holds. A passphrase is asked for only where the one before does not open a file.
    pub fn open(folder: &Path, unlock: &mut Unlock<'_>) -> Result<Self, KeyError> {
        expect_private_folder(folder)?;
        let (mut keys, mut lock) = (Self::default(), Lock::new(unlock));
        for (role, files) in files_of(folder) {
            keys.add(role, files.open(&mut lock)?);
        }
        Ok(keys)
    }

    /// The public halves of all keys that `folder` holds. Only where such a file is missing must the private one be
    /// opened; that the two belong together is not looked at before one signs.
    pub fn public(folder: &Path, unlock: &mut Unlock<'_>) -> Result<Vec<PublicHalf>, KeyError> {
        expect_private_folder(folder)?;
        let (mut halves, mut lock) = (Vec::new(), Lock::new(unlock));
        for (role, files) in files_of(folder) {
            let (key, pem) = files.open_public(&mut lock)?;
            halves.push(PublicHalf { role, key, pem });
        }
        Ok(halves)
    }
}

/// How many files of one role are looked for.
const MAX_KEYS_OF_A_ROLE: usize = 100;

/// The keys that are there, in the order in which they are read: without a gap, for each role.
fn files_of(folder: &Path) -> impl Iterator<Item = (TopRole, KeyFiles)> {
    TopRole::ALL.into_iter().flat_map(move |role| {
        (0..MAX_KEYS_OF_A_ROLE)
            .map(move |index| files(folder, role, index))
            .take_while(|files| is_there(&files.private))
            .map(move |files| (role, files))
    })
}

fn files(folder: &Path, role: TopRole, index: usize) -> KeyFiles {
    let name = match index {
        0 => role.name().into(),
        _ => format!("{}-{}", role.name(), index + 1),
    };
    KeyFiles::new(folder, name)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::files::mode;
    use super::*;
    use crate::Problem;
    use crate::publish::keys::KeyPair;

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
    fn a_key_that_is_not_in_pem_is_said_to_be_that() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        root_key(1).write(&folder, Protection::Plain).unwrap();
        let path = folder.join("root.pem");
        // The beginning of a key in DER, as openssl writes it.
        fs::write(&path, [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0xff])
            .unwrap();
        let error = Keys::read(&folder).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string()),
            ("bad_key", format!("cannot use the key in {}", path.display()))
        );
        let advice = "turn a key in DER into PEM with `openssl pkey -inform DER -in FILE -out NEW`";
        assert_eq!(error.advice(), advice);
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
