//! The signed envelope: `COSE_Sign1` (RFC 9052), one algorithm, two headers, nothing else.

use super::cbor::{Reader, Writer};
use super::claims::Claims;
use super::error::CertificateError;
use super::key_set::{KeyId, KeySet};
use crate::trust::{PublicKey, to_hex};

/// The longest certificate that is read, in bytes.
pub const MAX_BYTES: usize = 400;

/// A certificate whose signature nobody has checked yet: it says who is claimed to have signed, and no more.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sealed {
    key: KeyId,
    payload: Vec<u8>,
    signature: [u8; 64],
}

impl Sealed {
    /// Reads the envelope.
    pub fn decode(bytes: &[u8]) -> Result<Self, CertificateError> {
        if bytes.len() > MAX_BYTES {
            return Err(CertificateError::Oversize { found: bytes.len(), limit: MAX_BYTES });
        }
        let mut reader = Reader::new(bytes);
        if reader.tag("COSE_Sign1, tag 18")? != SIGN1_TAG {
            return Err(CertificateError::Structure { expected: "COSE_Sign1, tag 18", at: 0 });
        }
        if reader.array("an array of four")? != 4 {
            return Err(CertificateError::Structure { expected: "an array of four", at: 1 });
        }
        let key = read_protected(reader.bytes("the protected header as a byte string")?)?;
        if reader.map("an empty unprotected header")? > 0 {
            let label = reader.integer("an empty unprotected header")?;
            return Err(CertificateError::Header { label });
        }
        let payload = reader.bytes("the claims as a byte string")?.to_vec();
        let signature = reader.bytes("a signature of 64 bytes")?.try_into();
        let signature = signature.map_err(|_| CertificateError::Signature)?;
        let sealed = Self { key, payload, signature };
        if sealed.encode() == bytes { Ok(sealed) } else { Err(CertificateError::NotCanonical) }
    }

    /// Seals claims. `sign` makes an Ed25519 signature with the private half of the key that `key` names.
    ///
    /// # Errors
    /// Where the claims are none that a certificate may make. All others fit into [`MAX_BYTES`].
    pub fn seal(
        claims: Claims,
        key: KeyId,
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<Self, CertificateError> {
        let payload = claims.checked()?.encode();
        let signature = sign(&to_be_signed(&protected(key), &payload));
        Ok(Self { key, payload, signature })
    }

    /// The bytes that are printed.
    pub fn encode(&self) -> Vec<u8> {
        let headers = Writer::new().tag(SIGN1_TAG).array(4).bytes(&protected(self.key)).map(0);
        headers.bytes(&self.payload).bytes(&self.signature).done()
    }

    /// The key that is said to have signed.
    pub const fn key(&self) -> KeyId {
        self.key
    }

    /// Verifies who signed, and reads what was signed. That the certificate has expired does not matter here.
    pub fn verify(&self, keys: &KeySet) -> Result<Certificate, CertificateError> {
        if !self.proof(keys)?.holds() {
            return Err(CertificateError::BadSignature { id: self.key });
        }
        Ok(Certificate { claims: self.claimed(keys)?, key: self.key })
    }

    /// What must hold if its key has signed it.
    pub(crate) fn proof(&self, keys: &KeySet) -> Result<Proof, CertificateError> {
        let key = keys.find(self.key).ok_or(CertificateError::UnknownKey { id: self.key })?;
        let message = to_be_signed(&protected(self.key), &self.payload);
        Ok(Proof { public: key.public, message, signature: self.signature })
    }

    /// What it says, if its key may say so. It counts for nothing before [`Self::proof`] holds.
    pub(crate) fn claimed(&self, keys: &KeySet) -> Result<Claims, CertificateError> {
        let id = self.key;
        let key = keys.find(id).ok_or(CertificateError::UnknownKey { id })?;
        let claims = Claims::decode(&self.payload)?;
        if claims.issuer != key.issuer {
            return Err(CertificateError::Issuer { expected: key.issuer.clone(), found: claims.issuer });
        }
        if !key.issues_on(claims.issued_on) {
            return Err(CertificateError::KeyTerm { id, issued_on: claims.issued_on });
        }
        Ok(claims)
    }
}

/// A signature that is still to be checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Proof {
    /// The Ed25519 public key.
    pub(crate) public: [u8; 32],
    /// What it is said to have signed.
    pub(crate) message: Vec<u8>,
    /// The signature.
    pub(crate) signature: [u8; 64],
}

impl Proof {
    /// Whether the key made the signature, by the strict rules of [`PublicKey`].
    pub(crate) fn holds(&self) -> bool {
        PublicKey::ed25519(&self.public).has_signed(&self.message, &to_hex(&self.signature))
    }
}

/// A certificate that a key of the key set has signed for its list while it was valid. Only [`Sealed::verify`]
/// makes one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Certificate {
    claims: Claims,
    key: KeyId,
}

impl Certificate {
    /// What it says.
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// Who signed it.
    pub const fn key(&self) -> KeyId {
        self.key
    }
}

/// The bytes that a `COSE_Sign1` signature is made over, without external data.
pub fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    Writer::new().array(4).text("Signature1").bytes(protected).bytes(&[]).bytes(payload).done()
}

fn protected(key: KeyId) -> Vec<u8> {
    let algorithm = Writer::new().map(2).integer(HEADER_ALGORITHM).integer(ALGORITHM);
    algorithm.integer(HEADER_KEY).bytes(key.as_bytes()).done()
}

fn read_protected(bytes: &[u8]) -> Result<KeyId, CertificateError> {
    let mut reader = Reader::new(bytes);
    let (mut algorithm, mut key) = (None, None);
    for _ in 0..reader.map("the protected header as a map")? {
        match reader.integer("the label of a header")? {
            HEADER_ALGORITHM => algorithm = Some(reader.integer("an algorithm")?),
            HEADER_CRITICAL => return Err(CertificateError::Critical),
            HEADER_KEY => key = KeyId::from_bytes(reader.bytes("a key id")?),
            label => return Err(CertificateError::Header { label }),
        }
    }
    if algorithm != Some(ALGORITHM) {
        return Err(CertificateError::Algorithm { found: algorithm });
    }
    key.ok_or(CertificateError::KeyId)
}

/// Ed25519, fully specified (RFC 9864).
pub(super) const ALGORITHM: i64 = -19;
const SIGN1_TAG: u64 = 18;
const HEADER_ALGORITHM: i64 = 1;
const HEADER_CRITICAL: i64 = 2;
const HEADER_KEY: i64 = 4;

#[cfg(test)]
mod tests {
    use super::super::testing::{SEED, cbor, claims, forged, header, issued, key, keys};
    use super::super::{CertificateKey, TextForm};
    use super::*;
    use crate::edition::testing::day;
    use crate::trust::to_hex;
    use proptest::prelude::*;

    fn open(bytes: &[u8]) -> Result<Certificate, CertificateError> {
        Sealed::decode(bytes)?.verify(&keys())
    }

    #[test]
    fn what_was_sealed_is_verified_and_read() {
        let certificate = open(&issued(claims())).unwrap();
        assert_eq!((certificate.claims(), certificate.key()), (&claims(), key().id()));
    }

    #[test]
    fn the_example_of_the_specification_is_what_is_issued() {
        let spec = include_str!("FORMAT.md");
        let joined: String = spec.split('\n').collect();
        let bytes = issued(claims());
        for expected in [&SEED[..], &key().public, &keys().encode(), &claims().encode(), &bytes].map(to_hex) {
            assert!(joined.contains(&expected), "not in FORMAT.md: {expected}");
        }
        let link = TextForm::Link("https://hongbang.example/c".parse().unwrap());
        for expected in [link, TextForm::Prefixed].map(|form| format!("\n{}\n", form.text_of(&bytes))) {
            assert!(spec.contains(&expected), "not in FORMAT.md: {expected}");
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = issued(claims());
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn every_shorter_and_every_longer_text_is_refused() {
        let bytes = issued(claims());
        for length in 0..bytes.len() {
            assert!(open(&bytes[..length]).is_err(), "{length}");
        }
        for more in 0..=255 {
            assert_eq!(open(&[&bytes[..], &[more]].concat()), Err(CertificateError::NotCanonical));
        }
    }

    #[test]
    fn only_one_algorithm_is_accepted_and_none_must_be_guessed() {
        let id = key().id();
        let with =
            |number: i64| cbor(|w| w.map(2).integer(1).integer(number).integer(4).bytes(id.as_bytes()));
        for found in [-8, -7, -37, -50, 5, 0, 19, -18, -20] {
            let bytes = forged(&with(found), &[0xa0], &claims().encode());
            assert_eq!(open(&bytes), Err(CertificateError::Algorithm { found: Some(found) }));
        }
        let none = cbor(|w| w.map(1).integer(4).bytes(id.as_bytes()));
        let bytes = forged(&none, &[0xa0], &claims().encode());
        assert_eq!(open(&bytes), Err(CertificateError::Algorithm { found: None }));
        let named = cbor(|w| w.map(2).integer(1).text("Ed25519").integer(4).bytes(id.as_bytes()));
        let bytes = forged(&named, &[0xa0], &claims().encode());
        assert_eq!(open(&bytes), Err(CertificateError::Structure { expected: "an algorithm", at: 2 }));
    }

    #[test]
    fn headers_are_two_and_protected() {
        let id = key().id();
        let id = id.as_bytes();
        let critical =
            cbor(|w| w.map(3).integer(1).integer(-19).integer(2).array(1).integer(1).integer(4).bytes(id));
        let typed = cbor(|w| w.map(3).integer(1).integer(-19).integer(3).integer(0).integer(4).bytes(id));
        let alone = cbor(|w| w.map(1).integer(1).integer(-19));
        let short = cbor(|w| w.map(2).integer(1).integer(-19).integer(4).bytes(&id[..7]));
        let beside = cbor(|w| w.map(1).integer(4).bytes(id));
        let empty = [0xa0];
        for (protected, unprotected, error) in [
            (&critical, &empty[..], CertificateError::Critical),
            (&typed, &empty, CertificateError::Header { label: 3 }),
            (&alone, &empty, CertificateError::KeyId),
            (&alone, &beside, CertificateError::KeyId),
            (&short, &empty, CertificateError::KeyId),
            (&header(), &beside, CertificateError::Header { label: 4 }),
        ] {
            assert_eq!(open(&forged(protected, unprotected, &claims().encode())), Err(error));
        }
    }

    #[test]
    fn other_encodings_of_the_same_are_refused_though_they_are_signed() {
        let id = key().id();
        let id = id.as_bytes();
        let twice = cbor(|w| w.map(3).integer(1).integer(-19).integer(1).integer(-19).integer(4).bytes(id));
        let turned = cbor(|w| w.map(2).integer(4).bytes(id).integer(1).integer(-19));
        let long = [&[0xa2, 0x01, 0x38, 18, 0x04, 0x48][..], id].concat();
        let more = [&header()[..], &[0xf6]].concat();
        for protected in [twice, turned, long, more] {
            let bytes = forged(&protected, &[0xa0], &claims().encode());
            assert_eq!(open(&bytes), Err(CertificateError::NotCanonical));
        }
        let indefinite = [&[0xbf, 0x01, 0x32, 0x04, 0x48][..], id, &[0xff]].concat();
        let bytes = forged(&indefinite, &[0xa0], &claims().encode());
        let error = CertificateError::Structure { expected: "the protected header as a map", at: 0 };
        assert_eq!(open(&bytes), Err(error));
    }

    #[test]
    fn the_envelope_is_tagged_once_has_four_parts_and_its_payload() {
        let bytes = issued(claims());
        let wrong = |bytes: &[u8]| match open(bytes) {
            Err(CertificateError::Structure { expected, .. }) => expected,
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(&bytes[1..]), "COSE_Sign1, tag 18");
        assert_eq!(wrong(&[&[0xd8, 61][..], &bytes].concat()), "COSE_Sign1, tag 18");
        assert_eq!(wrong(&[&[0xd8, 98][..], &bytes[1..]].concat()), "COSE_Sign1, tag 18");
        assert_eq!(wrong(&[&[0xd2, 0x85][..], &bytes[2..], &[0xf6]].concat()), "an array of four");
        let detached = [&[0xd2, 0x84, 0x4d][..], &header(), &[0xa0, 0xf6, 0x40]].concat();
        assert_eq!(wrong(&detached), "the claims as a byte string");
        let unsigned = [&[0xd2, 0x84, 0x4d][..], &header(), &[0xa0, 0x40, 0x40]].concat();
        assert_eq!(open(&unsigned), Err(CertificateError::Signature));
        assert_eq!(wrong(b""), "COSE_Sign1, tag 18");
        // A million elements are claimed and none is allocated.
        assert_eq!(wrong(&[0xd2, 0x9a, 0, 0x0f, 0x42, 0x40]), "an array of four");
        let found = MAX_BYTES + 1;
        assert_eq!(open(&vec![0; found]), Err(CertificateError::Oversize { found, limit: MAX_BYTES }));
        let expected = "COSE_Sign1, tag 18";
        assert_eq!(open(&[0; MAX_BYTES]), Err(CertificateError::Structure { expected, at: 0 }));
    }

    #[test]
    fn a_key_counts_for_its_list_and_its_days_only() {
        let sealed = Sealed::decode(&issued(claims())).unwrap();
        let under = |key: CertificateKey| sealed.verify(&KeySet::new(vec![key]).unwrap());
        let id = key().id();
        assert!(under(key()).is_ok());
        let other = CertificateKey { public: [9; 32], ..key() };
        assert_eq!(under(other), Err(CertificateError::UnknownKey { id }));
        let error = under(CertificateKey { issuer: "yunzhou.example".into(), ..key() }).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected the list yunzhou.example, for which the key signs, found hongbang.example"
        );
        let issued_on = day("2025-11-03");
        let outside = Err(CertificateError::KeyTerm { id, issued_on });
        assert_eq!(under(CertificateKey { first_day: day("2025-11-04"), ..key() }), outside);
        assert_eq!(under(CertificateKey { last_day: Some(day("2025-11-02")), ..key() }), outside);
        assert!(under(CertificateKey { first_day: issued_on, last_day: Some(issued_on), ..key() }).is_ok());
    }

    #[test]
    fn every_claim_that_is_accepted_fits_into_a_certificate() {
        let name = "名".repeat(50);
        let longest =
            Claims { name, issuer: "a".repeat(32), samplings: u32::MAX, edition: u32::MAX, ..claims() };
        assert!(issued(longest).len() <= MAX_BYTES, "every claim that is accepted fits");
    }

    fn vectors(folder: &str) -> Vec<(String, serde_json::Value)> {
        let folder = format!("{}/../shared/data/vectors/cose-wg/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().path());
        let read = |path: std::path::PathBuf| {
            let json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (path.display().to_string(), json)
        };
        files.map(read).collect()
    }

    fn unhex(text: &serde_json::Value) -> Vec<u8> {
        let digits = text.as_str().unwrap().as_bytes();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.chunks(2).map(pair).collect()
    }

    /// `EdDSA`-01 of the COSE working group's examples: key, protected header, payload, signature.
    const EDDSA: [&str; 4] = [
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "a201270300",
        "546869732069732074686520636f6e74656e742e",
        "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb8711497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d",
    ];

    #[test]
    fn the_message_that_is_signed_is_the_one_of_cose() {
        let [public, protected, payload, signature] = EDDSA.map(|text| unhex(&text.into()));
        let key = CertificateKey { public: public.try_into().unwrap(), ..key() };
        let signature = signature.try_into().unwrap();
        let proof = Proof { public: key.public, message: to_be_signed(&protected, &payload), signature };
        assert!(proof.holds());
        assert!(!Proof { message: to_be_signed(&protected, b""), ..proof }.holds());
        for (name, vector) in ["sign1-tests", "eddsa-examples", "CWT"].into_iter().flat_map(vectors) {
            let input = &vector["input"];
            let plain = vector["intermediates"]["ToBeSign_hex"].as_str();
            let (Some(sign0), Some(expected)) = (input["sign0"].as_object(), plain) else { continue };
            if sign0.contains_key("external") {
                continue;
            }
            let payload = if input["plaintext_hex"].is_string() {
                unhex(&input["plaintext_hex"])
            } else {
                input["plaintext"].as_str().unwrap().into()
            };
            // The protected header stands in the message as a byte string of fewer than 24 bytes.
            let message = unhex(&expected.into());
            let length = usize::from(message[12] & 0x1f);
            let protected = &message[13..13 + length];
            assert_eq!(to_be_signed(protected, &payload), message, "{name}");
        }
    }

    #[test]
    fn what_the_working_group_signs_is_no_certificate() {
        for (name, vector) in ["sign1-tests", "eddsa-examples", "CWT"].into_iter().flat_map(vectors) {
            assert!(open(&unhex(&vector["output"]["cbor"])).is_err(), "{name}");
        }
        let [_, protected, payload, _] = EDDSA.map(|text| unhex(&text.into()));
        let error = open(&forged(&protected, &[0xa1, 0x04, 0x42, 0x31, 0x31], &payload));
        assert_eq!(error, Err(CertificateError::Header { label: 3 }));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..420)) {
            prop_assert!(open(&bytes).is_err());
            prop_assert!(open(&forged(&header(), &[0xa0], &bytes)).is_err());
            prop_assert!(open(&forged(&bytes, &[0xa0], &claims().encode())).is_err());
        }

        #[test]
        fn a_spoiled_certificate_is_refused(
            at in any::<prop::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 0..4), cut in 0usize..4
        ) {
            let good = issued(claims());
            let at = at.index(good.len());
            let end = good.len().min(at + cut);
            let spoiled = [&good[..at], &bytes, &good[end..]].concat();
            prop_assert_eq!(open(&spoiled).is_ok(), spoiled == good);
        }
    }
}
