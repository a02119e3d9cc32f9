//! Public keys and what they have signed.

use ed25519_dalek::{Signature, VerifyingKey};

use super::hex::{from_hex, from_hex_any};
use super::json::{Object, Value};
use super::metadata::{MetadataError, named, object, text};

/// A public key as it stands in metadata.
///
/// Keys of other kinds are kept too, since they may stand beside ours; their signatures never count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicKey {
    kind: String,
    scheme: String,
    public: String,
}

impl PublicKey {
    /// An Ed25519 key.
    pub fn ed25519(public: &[u8; 32]) -> Self {
        Self { kind: "ed25519".into(), scheme: "ed25519".into(), public: super::to_hex(public) }
    }

    /// Reads a key object: `keytype`, `scheme` and `keyval.public`.
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        let (kind, public) = (text(fields, "keytype")?, text(object(fields, "keyval")?, "public")?);
        // One key has one spelling here, so that equal keys are equal.
        let public = if kind == "ed25519" { public.to_ascii_lowercase() } else { public.into() };
        Ok(Self { kind: kind.into(), scheme: text(fields, "scheme")?.into(), public })
    }

    /// The key object as TUF writes it; its canonical form is what computed key ids are the SHA-256 of.
    pub fn to_value(&self) -> Value {
        let public = Object::of([("public", self.public.as_str().into())]);
        Object::of([
            ("keytype", self.kind.as_str().into()),
            ("keyval", public.into()),
            ("scheme", self.scheme.as_str().into()),
        ])
        .into()
    }

    /// Whether `signature` (hexadecimal digits) over `message` was made with this key.
    ///
    /// Ed25519 by the strict rules: no key of small order, no signature that another could be made from.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &str) -> bool {
        let signed = match (self.kind.as_str(), self.scheme.as_str()) {
            ("ed25519", "ed25519") => ed25519_signed(&self.public, message, signature),
            #[cfg(feature = "conformance")]
            ("ecdsa", "ecdsa-sha2-nistp256") => ecdsa_signed(&self.public, message, signature),
            _ => None,
        };
        signed == Some(())
    }
}

/// The keys that metadata brings along, sorted by key id. Ids are opaque: they need not be computed from the key.
#[derive(Clone, Debug, Default)]
pub struct KeyRing(Vec<(String, PublicKey)>);

impl KeyRing {
    pub(crate) fn read(fields: &Object) -> Result<Self, Box<MetadataError>> {
        named(fields, "keys", PublicKey::read).map(Self)
    }

    /// The key with this id.
    pub fn find(&self, id: &str) -> Option<&PublicKey> {
        let at = self.0.binary_search_by(|(other, _)| other.as_str().cmp(id)).ok()?;
        Some(&self.0[at].1)
    }
}

fn ed25519_signed(public: &str, message: &[u8], signature: &str) -> Option<()> {
    let key = VerifyingKey::from_bytes(&from_hex(public)?).ok()?;
    let signature = Signature::from_slice(&from_hex_any(signature)?).ok()?;
    key.verify_strict(message, &signature).ok()
}

/// For the conformance suite alone: the key in PEM as X.509 has it, the signature in DER.
#[cfg(feature = "conformance")]
fn ecdsa_signed(public: &str, message: &[u8], signature: &str) -> Option<()> {
    use p256::ecdsa::signature::Verifier;
    use p256::pkcs8::DecodePublicKey;
    let key = p256::ecdsa::VerifyingKey::from_public_key_pem(public).ok()?;
    let signature = p256::ecdsa::DerSignature::from_bytes(&from_hex_any(signature)?).ok()?;
    key.verify(message, &signature).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::to_hex;

    fn key(kind: &str, public: &str) -> PublicKey {
        PublicKey { kind: kind.into(), scheme: kind.into(), public: public.into() }
    }

    /// RFC 8032, section 7.1, tests 1 and 2.
    const RFC_8032: [(&str, &[u8], &str); 2] = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            b"",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            &[0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ];

    #[test]
    fn a_signature_counts_for_its_key_and_message_only() {
        for (public, message, signature) in RFC_8032 {
            let signer = key("ed25519", public);
            assert!(signer.has_signed(message, signature));
            assert!(signer.has_signed(message, &signature.to_uppercase()));
            assert!(!signer.has_signed(b"other", signature));
            assert!(!signer.has_signed(message, &signature[2..]));
            assert!(!signer.has_signed(message, &format!("{signature}00")));
            assert!(!signer.has_signed(message, ""));
            assert!(!key("rsa", public).has_signed(message, signature));
            assert!(!key("ed25519", &public[2..]).has_signed(message, signature));
        }
    }

    /// `data/vectors`, where present: file, and per case key, message, signature and whether it is good.
    fn vectors(file: &str) -> Option<serde_json::Value> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/vectors/");
        let text = std::fs::read_to_string(format!("{folder}{file}")).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    fn says(public: &serde_json::Value, case: &serde_json::Value, message: &str, signature: &str) -> bool {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
        let message = from_hex_any(&text(&case[message])).unwrap();
        key("ed25519", &text(public)).has_signed(&message, &text(&case[signature]))
    }

    #[test]
    fn all_of_wycheproof_is_answered_as_it_should() {
        let Some(file) = vectors("wycheproof/ed25519_test.json") else { return };
        let mut cases = 0;
        for group in file["testGroups"].as_array().unwrap() {
            for case in group["tests"].as_array().unwrap() {
                let good = case["result"] == "valid";
                assert_eq!(says(&group["publicKey"]["pk"], case, "msg", "sig"), good, "{case}");
                cases += 1;
            }
        }
        assert!(cases >= 150, "{cases}");
    }

    #[test]
    fn all_of_rfc_8032_is_good() {
        let Some(file) = vectors("rfc8032/ed25519.json") else { return };
        let cases = file.as_array().unwrap();
        assert!(cases.len() >= 5 && cases.iter().all(|case| says(&case["pub"], case, "msg", "sig")));
    }

    /// Of the twelve edge cases, on which libraries differ, the strict rules accept the fourth alone.
    #[test]
    fn edge_cases_are_answered_strictly() {
        let Some(file) = vectors("ed25519-speccheck/cases.json") else { return };
        let answer = |case: &serde_json::Value| {
            if says(&case["pub_key"], case, "message", "signature") { 'V' } else { 'X' }
        };
        assert_eq!(file.as_array().unwrap().iter().map(answer).collect::<String>(), "XXXVXXXXXXXX");
    }

    /// The identity as key and half of the signature: not strict, it would be good for every message.
    #[test]
    fn a_key_of_small_order_signs_nothing() {
        let identity = format!("01{}", "00".repeat(31));
        let signature = format!("{identity}{}", "00".repeat(32));
        assert!(!key("ed25519", &identity).has_signed(b"anything", &signature));
    }

    #[test]
    fn computed_key_objects_have_three_members() {
        let key = PublicKey::ed25519(&[7; 32]);
        let expected = format!(
            r#"{{"keytype":"ed25519","keyval":{{"public":"{}"}},"scheme":"ed25519"}}"#,
            to_hex(&[7; 32])
        );
        assert_eq!(key.to_value().canonical(), expected.as_bytes());
    }
}
