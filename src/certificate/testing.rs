//! A made-up list, its key, and certificates of it, right and wrong.

use ed25519_dalek::{Signer, SigningKey};

use super::cbor::Writer;
use super::{CertificateKey, Claims, KeySet, Sealed, to_be_signed};
use crate::CreditCode;
use crate::edition::Reality;
use crate::edition::testing::day;

pub(crate) const SEED: [u8; 32] = [7; 32];

/// A code of a county that does not exist.
pub(crate) fn code() -> CreditCode {
    CreditCode::from_stem(b"91440166MA000000").unwrap()
}

pub(crate) fn claims() -> Claims {
    Claims {
        issuer: "hongbang.example".into(),
        code: code(),
        name: "示例照明（云州）有限公司".into(),
        tier_years: 10,
        streak_start: day("2014-06-18"),
        samplings: 23,
        edition: 8,
        as_of: day("2025-10-31"),
        issued_on: day("2025-11-03"),
        expires_on: day("2026-02-01"),
        reality: Reality::Demo,
    }
}

pub(crate) fn key() -> CertificateKey {
    CertificateKey {
        public: SigningKey::from_bytes(&SEED).verifying_key().to_bytes(),
        issuer: "hongbang.example".into(),
        first_day: day("2025-01-01"),
        last_day: None,
    }
}

pub(crate) fn keys() -> KeySet {
    KeySet::new(vec![key()]).unwrap()
}

pub(crate) fn sign(message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(&SEED).sign(message).to_bytes()
}

/// These claims as a certificate, signed.
pub(crate) fn issued(claims: Claims) -> Vec<u8> {
    Sealed::seal(claims, key().id(), sign).unwrap().encode()
}

/// What an issuer who does not care about the format could print: signed, whatever it is.
pub(super) fn forged(protected: &[u8], unprotected: &[u8], payload: &[u8]) -> Vec<u8> {
    let signature = sign(&to_be_signed(protected, payload));
    let mut bytes = vec![0xd2, 0x84];
    bytes.extend(cbor(|w| w.bytes(protected)));
    bytes.extend(unprotected);
    bytes.extend(cbor(|w| w.bytes(payload).bytes(&signature)));
    bytes
}

/// The protected header as it should be.
pub(super) fn header() -> Vec<u8> {
    cbor(|w| w.map(2).integer(1).integer(-19).integer(4).bytes(key().id().as_bytes()))
}

pub(super) fn cbor(items: impl FnOnce(Writer) -> Writer) -> Vec<u8> {
    items(Writer::new()).done()
}
