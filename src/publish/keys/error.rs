//! How keys are refused.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::pem::MIN_PASSPHRASE;
use crate::Problem;

/// Why a text is not an Ed25519 key that can be used.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PemError {
    /// It begins as one, but its content is broken.
    Damaged,
    /// It is encrypted, and there is no passphrase.
    Encrypted,
    /// It is no PEM at all.
    NotPem,
    /// It is encrypted in a way that is not read here.
    UnknownEncryption,
    /// A key of another kind.
    WrongAlgorithm {
        /// The object identifier of the algorithm found.
        found: String,
    },
    /// PEM of something else.
    WrongLabel {
        /// What should stand behind BEGIN.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// It is encrypted, and the passphrase does not open it.
    WrongPassphrase,
}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ed25519 = "expected an Ed25519 key in PEM, found";
        match self {
            Self::Damaged => write!(f, "{ed25519} damaged content"),
            Self::Encrypted => write!(f, "expected a passphrase for an encrypted key, found none"),
            Self::NotPem => write!(f, "{ed25519} a text without a line that begins with -----BEGIN"),
            Self::UnknownEncryption => {
                write!(f, "expected a key encrypted by PBES2 with scrypt or PBKDF2 and AES, found another")
            }
            Self::WrongAlgorithm { found } => write!(f, "{ed25519} a key of the algorithm {found}"),
            Self::WrongLabel { expected, found } => {
                write!(f, "expected PEM of a {expected}, found that of a {found}")
            }
            Self::WrongPassphrase => {
                write!(f, "expected the passphrase that the key was encrypted with, found another")
            }
        }
    }
}

impl Error for PemError {}

impl Problem for PemError {
    fn code(&self) -> &'static str {
        match self {
            Self::Encrypted => "key_encrypted",
            Self::WrongPassphrase => "wrong_passphrase",
            _ => "bad_key",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Encrypted => "run this on a terminal, or name a file with --passphrase-file",
            Self::NotPem => "turn a key in DER into PEM with `openssl pkey -inform DER -in FILE -out NEW`",
            Self::UnknownEncryption => "encrypt it anew with `openssl pkcs8 -topk8 -v2 aes-256-cbc`",
            Self::WrongPassphrase => "try again; without its passphrase a key is lost and must be replaced",
            Self::WrongLabel { expected: "PUBLIC KEY", .. } => {
                "hand out the .pub file of a key, and keep the .pem file to yourself"
            }
            _ => "make a key with `hongbang keys new` or `openssl genpkey -algorithm ed25519`",
        }
        .into()
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
    /// Others than the owner may put other keys into the folder.
    ExposedFolder {
        /// The folder.
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
    /// A public half that does not belong to the private one.
    PublicDiffers {
        /// Its file.
        path: PathBuf,
    },
    /// A passphrase that somebody could guess.
    ShortPassphrase {
        /// How many characters it has.
        found: usize,
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
            Self::ExposedFolder { path, mode } => {
                let path = path.display();
                write!(
                    f,
                    "expected the folder {path} to be writable by its owner alone, found mode {mode:04o}"
                )
            }
            Self::Io { path, .. } => write!(f, "cannot read or write {}", path.display()),
            Self::Pem { path, .. } => write!(f, "cannot use the key in {}", path.display()),
            Self::PublicDiffers { path } => {
                write!(f, "expected {} to belong to the private key beside it, found another", path.display())
            }
            Self::ShortPassphrase { found } => {
                write!(f, "expected a passphrase of at least {MIN_PASSPHRASE} characters, found {found}")
            }
        }
    }
}

impl Error for KeyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Pem { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Problem for KeyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "key_exists",
            Self::Exposed { .. } | Self::ExposedFolder { .. } => "key_exposed",
            Self::Io { .. } => "key_io",
            Self::Pem { source, .. } => source.code(),
            Self::PublicDiffers { .. } => "public_key_differs",
            Self::ShortPassphrase { .. } => "short_passphrase",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Exists { .. } => "name another folder, or move the old keys away yourself".into(),
            Self::Exposed { path, .. } => {
                format!("run `chmod 600 {}`, and consider whether someone has read the key", path.display())
            }
            Self::ExposedFolder { path, .. } => {
                format!("run `chmod 700 {}`, and compare the key ids before you sign", path.display())
            }
            Self::Io { .. } => "check the path and its permissions".into(),
            Self::Pem { source, .. } => source.advice(),
            Self::PublicDiffers { .. } => {
                "find out who changed the file; if nobody did harm, remove it and show the key again".into()
            }
            Self::ShortPassphrase { .. } => "choose a longer one, for example six words by dice".into(),
        }
    }
}
