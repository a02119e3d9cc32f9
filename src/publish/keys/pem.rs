//! Keys as text: PKCS#8 and X.509 in PEM, as openssl reads and writes them.

use ed25519_dalek::pkcs8::KeypairBytes;
use ed25519_dalek::{SigningKey, VerifyingKey};
use pkcs8::pkcs5::{self, pbes2, scrypt};
use pkcs8::{
    DecodePrivateKey, EncodePrivateKey, EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument, spki,
};
use sha2::{Digest, Sha256};
use spki::der::pem::LineEnding;
use spki::{DecodePublicKey, EncodePublicKey};
use zeroize::Zeroizing;

use super::{KeyPair, PemError};
use crate::trust::PublicKey;

/// A passphrase, wiped from memory when it is no longer needed.
pub type Passphrase = Zeroizing<String>;

/// The fewest characters of a passphrase that is accepted for new keys.
pub const MIN_PASSPHRASE: usize = 8;

/// How private keys are protected on a disk, beside the permissions of their files.
#[derive(Clone, Copy)]
pub enum Protection<'a> {
    /// Encrypted.
    Passphrase {
        /// With this passphrase.
        passphrase: &'a str,
        /// Fresh random bytes, of which each file's salt is made. They are no secret.
        randomness: [u8; 32],
    },
    /// Not at all: for demonstrations, tests, and online keys on a machine that nobody unlocks.
    Plain,
}

impl KeyPair {
    /// Reads a private key in PKCS#8 PEM, ours or that of openssl, that is not encrypted.
    pub fn from_pem(text: &str) -> Result<Self, PemError> {
        match label(text)? {
            PLAIN => SigningKey::from_pkcs8_pem(text).map(Self).map_err(|error| refused(&error)),
            ENCRYPTED => Err(PemError::Encrypted),
            found => Err(wrong_label(PLAIN, found)),
        }
    }

    /// Reads a private key in encrypted PKCS#8 PEM: PBES2 with scrypt or PBKDF2, and AES.
    pub fn from_encrypted_pem(text: &str, passphrase: &str) -> Result<Self, PemError> {
        if label(text)? != ENCRYPTED {
            return Self::from_pem(text);
        }
        let (_, document) = SecretDocument::from_pem(text).map_err(|_| PemError::Damaged)?;
        let sealed = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes());
        let sealed = sealed.map_err(|_| PemError::UnknownEncryption)?;
        let opened = sealed.decrypt(passphrase).map_err(|error| not_opened(&error))?;
        SigningKey::from_pkcs8_der(opened.as_bytes()).map(Self).map_err(|error| refused(&error))
    }

    /// The private key in PKCS#8 PEM. `name` tells the files of one folder apart, so that no two have one salt.
    pub(super) fn to_pem(
        &self,
        protection: Protection<'_>,
        name: &str,
    ) -> Result<Zeroizing<String>, PemError> {
        // Without the public half, which openssl would not accept there.
        let bytes = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let damaged = |_| PemError::Damaged;
        match protection {
            Protection::Plain => bytes.to_pkcs8_pem(LineEnding::LF).map_err(damaged),
            Protection::Passphrase { passphrase, randomness } => {
                let plain = bytes.to_pkcs8_der().map_err(damaged)?;
                let plain = PrivateKeyInfoRef::try_from(plain.as_bytes()).map_err(damaged)?;
                let sealed = plain.encrypt_with_params(parameters(&randomness, name)?, passphrase);
                sealed.map_err(damaged)?.to_pem(ENCRYPTED, LineEnding::LF).map_err(|_| PemError::Damaged)
            }
        }
    }

    /// The public half in PEM, as `openssl pkey -pubout` writes it.
    pub fn public_pem(&self) -> String {
        self.0
            .verifying_key()
            .to_public_key_pem(LineEnding::LF)
            .expect("a public key that exists can be encoded")
    }
}

/// Reads all public keys in PEM that a text holds, one at least. What stands between them is passed over.
pub fn public_from_pem(text: &str) -> Result<Vec<PublicKey>, PemError> {
    let mut keys = Vec::new();
    for part in text.split_inclusive(END_PUBLIC) {
        match label(part) {
            Ok(PUBLIC) => {}
            Ok(found) => return Err(wrong_label(PUBLIC, found)),
            Err(_) if !keys.is_empty() => continue,
            Err(error) => return Err(error),
        }
        let from_begin = part.find("-----BEGIN ").map_or(part, |at| &part[at..]);
        let key = VerifyingKey::from_public_key_pem(from_begin).map_err(|error| match error {
            spki::Error::OidUnknown { oid } => PemError::WrongAlgorithm { found: oid.to_string() },
            _ => PemError::Damaged,
        })?;
        // What such a key "signs", anybody could have signed.
        if key.is_weak() {
            return Err(PemError::Damaged);
        }
        keys.push(PublicKey::ed25519(key.as_bytes()));
    }
    Ok(keys)
}

/// What stands behind the first BEGIN.
fn label(text: &str) -> Result<&str, PemError> {
    let behind = text.split_once("-----BEGIN ").and_then(|(_, rest)| rest.split_once("-----"));
    behind.map(|(label, _)| label).ok_or(PemError::NotPem)
}

fn wrong_label(expected: &'static str, found: &str) -> PemError {
    PemError::WrongLabel { expected, found: found.chars().take(40).collect() }
}

/// AES-256 under a key that scrypt makes, as costly as `openssl` still reads without being asked to use more memory:
/// 16 MiB, five times over.
fn parameters(randomness: &[u8; 32], name: &str) -> Result<pbes2::Parameters, PemError> {
    let scrypt = scrypt::Params::new(14, 8, 5).map_err(|_| PemError::Damaged)?;
    let derived = Sha256::new()
        .chain_update(b"hongbang salt ")
        .chain_update(randomness)
        .chain_update(name.as_bytes())
        .finalize();
    let (salt, iv) = derived.split_at(16);
    let iv = iv.try_into().map_err(|_| PemError::Damaged)?;
    pbes2::Parameters::generate_scrypt_aes256cbc(scrypt, salt, iv).map_err(|_| PemError::Damaged)
}

fn refused(error: &pkcs8::Error) -> PemError {
    match error {
        pkcs8::Error::PublicKey(spki::Error::OidUnknown { oid }) => {
            PemError::WrongAlgorithm { found: oid.to_string() }
        }
        _ => PemError::Damaged,
    }
}

/// With a wrong passphrase the padding is wrong, or what comes out is no key.
fn not_opened(error: &pkcs8::Error) -> PemError {
    match error {
        pkcs8::Error::EncryptedPrivateKey(
            pkcs5::Error::UnsupportedAlgorithm { .. }
            | pkcs5::Error::NoPbes1CryptSupport
            | pkcs5::Error::AlgorithmParametersInvalid { .. },
        ) => PemError::UnknownEncryption,
        _ => PemError::WrongPassphrase,
    }
}

const PLAIN: &str = "PRIVATE KEY";
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";
const PUBLIC: &str = "PUBLIC KEY";
const END_PUBLIC: &str = "-----END PUBLIC KEY-----";

#[cfg(test)]
mod tests {
    use super::*;

    /// What `openssl genpkey -algorithm ed25519` writes; this one is the key of RFC 8410, section 10.3.
    const OPENSSL: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";
    /// Its public half, from section 10.1.
    const OPENSSL_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
        -----END PUBLIC KEY-----\n";
    /// The same key, from `openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:correct-horse`.
    const OPENSSL_ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\
        MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhzcRdnCjIvYAICCAAw\n\
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJZz654GCv/W0LcPbPJTKgUEQOrS\n\
        JoviCZc9qh9zjoJFbT3WrENnz1q5ewRz2y177qkIOYdBHBX8mrijcNICi2umQP33\n\
        /g07GefEOWfVaU0X9cE=\n\
        -----END ENCRYPTED PRIVATE KEY-----\n";
    const P256: &str = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n\
        OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n\
        1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n\
        -----END PRIVATE KEY-----\n";
    const P256_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\n\
        q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==\n\
        -----END PUBLIC KEY-----\n";

    fn sealed(passphrase: &str, name: &str) -> String {
        let protection = Protection::Passphrase { passphrase, randomness: [7; 32] };
        KeyPair::from_pem(OPENSSL).unwrap().to_pem(protection, name).unwrap().to_string()
    }

    #[test]
    fn a_key_of_openssl_is_read_and_written_alike() {
        let key = KeyPair::from_pem(OPENSSL).unwrap();
        assert_eq!(key.to_pem(Protection::Plain, "").unwrap().as_str(), OPENSSL);
        assert_eq!(key.public_pem(), OPENSSL_PUBLIC);
        assert_eq!(public_from_pem(OPENSSL_PUBLIC).unwrap(), [key.public()]);
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
    fn an_encrypted_key_of_openssl_opens_with_its_passphrase_alone() {
        let opened = KeyPair::from_encrypted_pem(OPENSSL_ENCRYPTED, "correct-horse").unwrap();
        assert_eq!(opened.key_id(), KeyPair::from_pem(OPENSSL).unwrap().key_id());
        let open = |passphrase| KeyPair::from_encrypted_pem(OPENSSL_ENCRYPTED, passphrase).unwrap_err();
        assert_eq!(open("wrong-horse"), PemError::WrongPassphrase);
        assert_eq!(open(""), PemError::WrongPassphrase);
        assert_eq!(KeyPair::from_pem(OPENSSL_ENCRYPTED).unwrap_err(), PemError::Encrypted);
    }

    #[test]
    fn what_is_encrypted_here_opens_here_and_looks_different_in_every_file() {
        let text = sealed("correct-horse", "root.pem");
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{text}");
        let opened = KeyPair::from_encrypted_pem(&text, "correct-horse").unwrap();
        assert_eq!(opened.key_id(), KeyPair::from_pem(OPENSSL).unwrap().key_id());
        assert_eq!(KeyPair::from_encrypted_pem(&text, "wrong").unwrap_err(), PemError::WrongPassphrase);
        let body = |text: &str| text.lines().nth(1).unwrap().to_owned();
        assert_ne!(body(&text), body(&sealed("correct-horse", "targets.pem")));
        // A plain key needs no passphrase, and none does harm.
        assert!(KeyPair::from_encrypted_pem(OPENSSL, "any").is_ok());
    }

    #[test]
    fn public_keys_may_stand_together_with_words_between_them() {
        let text = format!("root of Anna\n{OPENSSL_PUBLIC}\nroot of Ben\n{OPENSSL_PUBLIC}the end\n");
        assert_eq!(public_from_pem(&text).unwrap().len(), 2);
        let weak = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\
            -----END PUBLIC KEY-----\n";
        assert_eq!(public_from_pem(weak).unwrap_err(), PemError::Damaged);
        let error = public_from_pem(&format!("{OPENSSL_PUBLIC}{OPENSSL}")).unwrap_err();
        assert_eq!(error.to_string(), "expected PEM of a PUBLIC KEY, found that of a PRIVATE KEY");
        assert_eq!(public_from_pem("ssh-ed25519 AAAA").unwrap_err(), PemError::NotPem);
        let error = public_from_pem(P256_PUBLIC).unwrap_err();
        let found = "expected an Ed25519 key in PEM, found a key of the algorithm 1.2.840.10045.2.1";
        assert_eq!(error.to_string(), found);
    }

    #[test]
    fn other_kinds_of_keys_are_refused_by_name() {
        let ed25519 = "expected an Ed25519 key in PEM, found";
        let damaged = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for (text, expected) in [
            (P256, format!("{ed25519} a key of the algorithm 1.2.840.10045.2.1")),
            (damaged, format!("{ed25519} damaged content")),
            ("ssh-ed25519 AAAA", format!("{ed25519} a text without a line that begins with -----BEGIN")),
            (OPENSSL_PUBLIC, "expected PEM of a PRIVATE KEY, found that of a PUBLIC KEY".into()),
            (OPENSSL_ENCRYPTED, "expected a passphrase for an encrypted key, found none".into()),
        ] {
            assert_eq!(KeyPair::from_pem(text).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn an_encryption_that_is_not_known_is_said_to_be_that() {
        let text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\
            MIGKME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAiABmhRTHO12gICCAAw\n\
            DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQICZbcTCVru08EOGH0HIT+C00sRA9E\n\
            En+I6xSHIi5OwbcY/c2GYXYYVdy5ulAf05/71ZSesvPP+zYk/P62ro+eNY6Z\n\
            -----END ENCRYPTED PRIVATE KEY-----\n";
        let error = KeyPair::from_encrypted_pem(text, "correct-horse").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a key encrypted by PBES2 with scrypt or PBKDF2 and AES, found another"
        );
    }
}
