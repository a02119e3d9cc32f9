//! Ed25519 key pairs of a publisher, and the folder in which they are kept.
//!
//! ```text
//! root.pem  snapshot.pem  targets.pem  timestamp.pem     one key for each role of TUF
//! root-2.pem  root-3.pem …                               further keys of a role, where it has several
//! ```
//!
//! Each file is PKCS#8 in PEM, as `openssl genpkey -algorithm ed25519` writes it, and readable by its owner alone
//! (mode 0600). A folder need not hold all roles: the root keys belong on a machine without a network. Nothing here
//! prints a private key, and nothing here makes randomness: seeds are arguments.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::{self, DecodePrivateKey, EncodePrivateKey, KeypairBytes, spki};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::Problem;
use crate::trust::{PublicKey, TopRole, to_hex};

/// An Ed25519 key pair.
#[derive(Clone)]
pub struct KeyPair(SigningKey);

impl KeyPair {
    /// The pair that belongs to this private key: 32 bytes that nobody else may know.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::ed25519(self.0.verifying_key().as_bytes())
    }

    /// The key id as TUF computes it: SHA-256 of the canonical form of the public key object, in digits.
    pub fn key_id(&self) -> String {
        to_hex(&Sha256::digest(self.public().to_value().canonical()))
    }

    /// The signature over `message`, as 128 hexadecimal digits.
    pub fn sign(&self, message: &[u8]) -> String {
        to_hex(&self.0.sign(message).to_bytes())
    }

    /// Reads a private key in PKCS#8 PEM, ours or that of openssl.
    pub fn from_pem(text: &str) -> Result<Self, PemError> {
        let label = text.split_once("-----BEGIN ").and_then(|(_, rest)| rest.split_once("-----"));
        match label.map(|(label, _)| label) {
            Some("PRIVATE KEY") => {}
            Some(label) => return Err(PemError::WrongLabel { found: label.chars().take(40).collect() }),
            None => return Err(PemError::NotPem),
        }
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|error| match error {
            pkcs8::Error::PublicKey(spki::Error::OidUnknown { oid }) => {
                PemError::WrongAlgorithm { found: oid.to_string() }
            }
            _ => PemError::Damaged,
        })
    }

    /// The private key in PKCS#8 PEM, without the public half, which openssl would not accept there.
    fn to_pem(&self) -> Result<impl AsRef<str>, PemError> {
        let bytes = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        bytes.to_pkcs8_pem(spki::der::pem::LineEnding::LF).map_err(|_| PemError::Damaged)
    }
}

/// Shows the key id, never the key.
impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyPair").field(&self.key_id()).finish()
    }
}

/// The keys of a publisher, by role.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    root: Vec<KeyPair>,
    snapshot: Vec<KeyPair>,
    targets: Vec<KeyPair>,
    timestamp: Vec<KeyPair>,
}

impl Keys {
    /// One key for each role, in the order of [`TopRole::ALL`], from 32 secret random bytes each.
    pub fn from_seeds(seeds: &[[u8; 32]; 4]) -> Self {
        let mut keys = Self::default();
        for (role, seed) in TopRole::ALL.into_iter().zip(seeds) {
            keys.add(role, KeyPair::from_seed(seed));
        }
        keys
    }

    /// One key for each role, all derived from one seed, so that a demonstration or a test can be repeated.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let derive = |role: TopRole| {
            let role = role.name().as_bytes();
            Sha256::new()
                .chain_update(b"hongbang key ")
                .chain_update(seed)
                .chain_update(role)
                .finalize()
                .into()
        };
        Self::from_seeds(&TopRole::ALL.map(derive))
    }

    /// The keys that are here for a role.
    pub fn of(&self, role: TopRole) -> &[KeyPair] {
        match role {
            TopRole::Root => &self.root,
            TopRole::Snapshot => &self.snapshot,
            TopRole::Targets => &self.targets,
            TopRole::Timestamp => &self.timestamp,
        }
    }

    /// Adds a key to a role.
    pub fn add(&mut self, role: TopRole, key: KeyPair) {
        let keys = match role {
            TopRole::Root => &mut self.root,
            TopRole::Snapshot => &mut self.snapshot,
            TopRole::Targets => &mut self.targets,
            TopRole::Timestamp => &mut self.timestamp,
        };
        keys.push(key);
    }

    /// Writes all keys into `folder`, which is made if need be. If one of the files exists, none is written.
    pub fn write(&self, folder: &Path) -> Result<(), KeyError> {
        make_private_folder(folder).map_err(|source| KeyError::Io { path: folder.into(), source })?;
        let files: Vec<_> = TopRole::ALL
            .into_iter()
            .flat_map(|role| {
                let keys = self.of(role).iter().enumerate();
                keys.map(move |(index, key)| (folder.join(file_name(role, index)), key))
            })
            .collect();
        if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
            return Err(KeyError::Exists { path: path.clone() });
        }
        for (path, key) in files {
            let pem = key.to_pem().map_err(|source| KeyError::Pem { path: path.clone(), source })?;
            write_private_file(&path, pem.as_ref()).map_err(|source| KeyError::Io { path, source })?;
        }
        Ok(())
    }

    /// Reads all keys that `folder` holds. A role of which it holds none is no error here.
    pub fn read(folder: &Path) -> Result<Self, KeyError> {
        fs::metadata(folder).map_err(|source| KeyError::Io { path: folder.into(), source })?;
        let mut keys = Self::default();
        for role in TopRole::ALL {
            for index in 0..MAX_KEYS_OF_A_ROLE {
                match read_private_file(&folder.join(file_name(role, index)))? {
                    Some(key) => keys.add(role, key),
                    None => break,
                }
            }
        }
        Ok(keys)
    }
}

/// How many files of one role are looked for.
const MAX_KEYS_OF_A_ROLE: usize = 100;

fn file_name(role: TopRole, index: usize) -> String {
    match index {
        0 => format!("{}.pem", role.name()),
        _ => format!("{}-{}.pem", role.name(), index + 1),
    }
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_private_file(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn read_private_file(path: &Path) -> Result<Option<KeyPair>, KeyError> {
    let in_path = |source: io::Error| KeyError::Io { path: path.into(), source };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(in_path(error)),
        Ok(metadata) => expect_private(path, &metadata)?,
    }
    let text = fs::read_to_string(path).map_err(in_path)?;
    KeyPair::from_pem(&text).map(Some).map_err(|source| KeyError::Pem { path: path.into(), source })
}

#[cfg(unix)]
fn expect_private(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyError> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    if mode.is_multiple_of(0o100) { Ok(()) } else { Err(KeyError::Exposed { path: path.into(), mode }) }
}

#[cfg(not(unix))]
fn expect_private(_: &Path, _: &fs::Metadata) -> Result<(), KeyError> {
    Ok(())
}

/// Why a text is not an Ed25519 private key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PemError {
    /// It begins as one, but its content is broken.
    Damaged,
    /// It is no PEM at all.
    NotPem,
    /// A private key of another kind.
    WrongAlgorithm {
        /// The object identifier of the algorithm found.
        found: String,
    },
    /// PEM of something else.
    WrongLabel {
        /// What stands behind BEGIN.
        found: String,
    },
}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an Ed25519 private key in PKCS#8 PEM, found ")?;
        match self {
            Self::Damaged => write!(f, "damaged content"),
            Self::NotPem => write!(f, "a text without a line -----BEGIN PRIVATE KEY-----"),
            Self::WrongAlgorithm { found } => write!(f, "a key of the algorithm {found}"),
            Self::WrongLabel { found } => write!(f, "{found:?}"),
        }
    }
}

impl Error for PemError {}

impl Problem for PemError {
    fn code(&self) -> &'static str {
        "bad_key"
    }

    fn advice(&self) -> String {
        "make a key with `hongbang keys new` or `openssl genpkey -algorithm ed25519`".into()
    }
}

/// Why keys could not be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// A file of that name is there already; keys are never overwritten.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Others than the owner may read or write a private key.
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The disk.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds something else.
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: PemError,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists { path } => write!(f, "expected no file yet at {}, found one", path.display()),
            Self::Exposed { path, mode } => {
                let path = path.display();
                write!(f, "expected {path} to be readable by its owner alone, found mode {mode:04o}")
            }
            Self::Io { path, .. } => write!(f, "cannot read or write {}", path.display()),
            Self::Pem { path, .. } => write!(f, "cannot use the key in {}", path.display()),
        }
    }
}

impl Error for KeyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Pem { source, .. } => Some(source),
            Self::Exists { .. } | Self::Exposed { .. } => None,
        }
    }
}

impl Problem for KeyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "key_exists",
            Self::Exposed { .. } => "key_exposed",
            Self::Io { .. } => "key_io",
            Self::Pem { source, .. } => source.code(),
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Exists { .. } => "name another folder, or move the old keys away yourself".into(),
            Self::Exposed { path, .. } => {
                format!("run `chmod 600 {}`, and consider whether someone has read the key", path.display())
            }
            Self::Io { .. } => "check the path and its permissions".into(),
            Self::Pem { source, .. } => source.advice(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `openssl genpkey -algorithm ed25519` writes; this one is the key of RFC 8410, section 10.3.
    const OPENSSL: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";
    const P256: &str = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n\
        OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n\
        1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n\
        -----END PRIVATE KEY-----\n";

    #[test]
    fn a_key_of_openssl_is_read_and_written_alike() {
        let key = KeyPair::from_pem(OPENSSL).unwrap();
        assert_eq!(key.to_pem().unwrap().as_ref(), OPENSSL);
        let public = key.public().to_value();
        let public =
            public.get("keyval").and_then(|value| value.get("public")).and_then(|value| value.text());
        assert_eq!(public, Some("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"));
        assert_eq!(format!("{key:?}"), format!("KeyPair(\"{}\")", key.key_id()));
    }

    #[test]
    fn the_key_id_is_the_hash_of_the_canonical_key_object() {
        // Computed with securesystemslib 1.4.0 for the same public key.
        let key = KeyPair::from_pem(OPENSSL).unwrap();
        assert_eq!(key.key_id(), "946bbfb4fd58b1aeac3ddb00f68fd8c8dea7e9a84e6c149b1c10b36b707c38fd");
    }

    #[test]
    fn other_kinds_of_keys_are_refused_by_name() {
        for (text, found) in [
            (P256, "a key of the algorithm 1.2.840.10045.2.1"),
            ("-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n", "\"PUBLIC KEY\""),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "\"ENCRYPTED PRIVATE KEY\""),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged content"),
            ("ssh-ed25519 AAAA", "a text without a line -----BEGIN PRIVATE KEY-----"),
        ] {
            let error = KeyPair::from_pem(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("expected an Ed25519 private key in PKCS#8 PEM, found {found}")
            );
        }
    }

    #[test]
    fn a_folder_of_keys_is_read_back_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let mut keys = Keys::from_seed(&[1; 32]);
        keys.add(TopRole::Root, KeyPair::from_seed(&[2; 32]));
        keys.write(&folder).unwrap();
        assert_eq!(format!("{:?}", Keys::read(&folder).unwrap()), format!("{keys:?}"));
        assert!(folder.join("root-2.pem").exists());

        std::fs::remove_file(folder.join("root.pem")).unwrap();
        let error = keys.write(&folder).unwrap_err();
        assert_eq!(error.code(), "key_exists");
        assert!(!folder.join("root.pem").exists());
        assert!(Keys::read(&folder).unwrap().of(TopRole::Root).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn keys_are_private_and_must_stay_so() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Keys::from_seed(&[1; 32]).write(folder.path()).unwrap();
        let path = folder.path().join("targets.pem");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = Keys::read(folder.path()).unwrap_err();
        let path = path.display();
        let expected = format!("expected {path} to be readable by its owner alone, found mode 0640");
        assert_eq!(error.to_string(), expected);
        assert_eq!(
            error.advice(),
            format!("run `chmod 600 {path}`, and consider whether someone has read the key")
        );
    }

    #[test]
    fn one_seed_gives_four_different_keys_and_always_the_same() {
        let (keys, again) = (Keys::from_seed(&[9; 32]), Keys::from_seed(&[9; 32]));
        let ids = |keys: &Keys| TopRole::ALL.map(|role| keys.of(role)[0].key_id());
        assert_eq!(ids(&keys), ids(&again));
        let mut different = ids(&keys).to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 4);
    }
}
