//! The hash that metadata promises of a file.
//!
//! In a browser's V8, on 150,000 bytes: the platform's own SHA-256 makes 640 MB a second, this one built for size 218, at
//! opt-level 3 237, with instructions on 128 bits 335. So a page leaves it to the platform where it can
//! ([`Target::verify_hashed`](super::Target::verify_hashed)), and old browsers are not locked out for a third of a
//! millisecond.

use sha2::{Digest, Sha256};

use super::TrustError;
use super::hex::{from_hex, to_hex};
use super::json::Object;
use super::metadata::{MetadataError, object, text, wrong};

/// We publish SHA-256 alone and demand it; others beside it are not looked at. TUF leaves the kind open, and its
/// conformance suite has a target with SHA-512 alone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Hash {
    Sha256([u8; 32]),
    #[cfg(feature = "conformance")]
    Sha512([u8; 64]),
}

impl Hash {
    /// Reads it out of `hashes`.
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let hashes = object(fields, "hashes")?;
        #[cfg(feature = "conformance")]
        if let (None, Some(hex)) = (hashes.get("sha256"), hashes.get("sha512")) {
            let bytes = hex.text().and_then(from_hex);
            return bytes.map(Self::Sha512).ok_or_else(|| wrong("sha512", "128 hexadecimal digits"));
        }
        let bytes = from_hex(text(hashes, "sha256")?);
        bytes.map(Self::Sha256).ok_or_else(|| wrong("sha256", "64 hexadecimal digits"))
    }

    pub(crate) const fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha256(bytes) => bytes,
            #[cfg(feature = "conformance")]
            Self::Sha512(bytes) => bytes,
        }
    }

    /// Whether this is the hash `sha256` that the bytes of `file` have.
    pub(crate) fn expect_digest(&self, file: &str, sha256: &[u8; 32]) -> Result<(), Box<TrustError>> {
        compare(file, self.bytes(), sha256)
    }

    /// Whether `bytes`, which are those of `file`, have this hash.
    pub(crate) fn expect(&self, file: &str, bytes: &[u8]) -> Result<(), Box<TrustError>> {
        match self {
            Self::Sha256(expected) => compare(file, expected, &Sha256::digest(bytes)),
            #[cfg(feature = "conformance")]
            Self::Sha512(expected) => compare(file, expected, &sha2::Sha512::digest(bytes)),
        }
    }
}

fn compare(file: &str, expected: &[u8], found: &[u8]) -> Result<(), Box<TrustError>> {
    if found == expected {
        return Ok(());
    }
    let (expected, found) = (to_hex(expected), to_hex(found));
    Err(TrustError::WrongHash { file: file.into(), expected, found }.into())
}

#[cfg(all(test, feature = "conformance"))]
mod tests {
    use super::*;
    use crate::trust::json::{Value, parse};

    fn read(hashes: &str) -> Result<Hash, Box<MetadataError>> {
        let Ok(Value::Object(fields)) = parse(format!("{{\"hashes\":{hashes}}}").as_bytes(), 1000) else {
            panic!("{hashes}")
        };
        Hash::read(&fields)
    }

    /// FIPS 180-4 gives both of "abc".
    const SHA_256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const SHA_512: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                           2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    #[test]
    fn sha_512_is_read_where_it_stands_alone() {
        let alone = read(&format!("{{\"sha512\":\"{SHA_512}\"}}")).unwrap();
        assert_eq!(to_hex(alone.bytes()), SHA_512);
        assert_eq!(alone.expect("x", b"abc"), Ok(()));
        let error = alone.expect("x", b"abd").unwrap_err();
        assert!(error.to_string().starts_with(&format!("expected x to have the hash {SHA_512}, found")));
        let both = read(&format!("{{\"sha256\":\"{SHA_256}\",\"sha512\":\"{SHA_512}\"}}")).unwrap();
        assert_eq!(to_hex(both.bytes()), SHA_256);
        assert_eq!(both.expect("x", b"abc"), Ok(()));
        for (hashes, field) in
            [("{\"sha512\":\"dd\"}", "sha512"), ("{\"sha512\":1}", "sha512"), ("{}", "sha256")]
        {
            assert!(read(hashes).unwrap_err().to_string().contains(&format!("as `{field}`")), "{hashes}");
        }
    }
}
