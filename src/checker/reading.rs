//! What form and signature say of the text of a certificate, before anybody asks for the day or the list.
//!
//! In the web app two programs share the work: a worker, which most readers never load, reads the text, and the page,
//! which has to check signatures anyway, checks the one on the paper. What is read crosses as fields of text.

use super::{CertificateAnswer, CertificateKind, CertificateProblem, Checker};
use crate::certificate::{CertificateError, Claims, KeySet, Proof, Sealed, read_text};
use crate::edition::Reality;
use crate::trust::{from_hex, from_hex_any, to_hex};
use crate::{Day, Problem};

/// A text that was read, and whose signature is still to be checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnprovenReading {
    /// Absent where nothing was signed by anybody known.
    proof: Option<Proof>,
    /// What holds with the proof, or without one.
    reading: CertificateReading,
    /// What holds where the proof fails.
    otherwise: Option<CertificateReading>,
}

impl UnprovenReading {
    /// Reads a text as a camera does. `keys` are those of the publisher, verified.
    pub fn of(text: &str, keys: &KeySet) -> Self {
        let sealed = read_text(text).and_then(|bytes| Sealed::decode(&bytes));
        match sealed.and_then(|sealed| Ok((sealed.proof(keys)?, sealed))) {
            Err(error) => Self { proof: None, reading: CertificateReading::refused(&error), otherwise: None },
            Ok((proof, sealed)) => {
                let id = sealed.key();
                let reading = match sealed.claimed(keys) {
                    Ok(claims) => CertificateReading::Signed { claims, key: id.to_string() },
                    Err(error) => CertificateReading::refused(&error),
                };
                let otherwise = CertificateReading::refused(&CertificateError::BadSignature { id });
                Self { proof: Some(proof), reading, otherwise: Some(otherwise) }
            }
        }
    }

    /// Checks the signature.
    pub fn prove(self) -> CertificateReading {
        match (self.proof, self.otherwise) {
            (Some(proof), Some(otherwise)) if !proof.holds() => otherwise,
            _ => self.reading,
        }
    }

    /// As fields of text: what the proof needs in three, then the two readings.
    pub fn to_fields(&self) -> Vec<String> {
        let proof = self.proof.as_ref();
        let proof =
            proof.map(|proof| [to_hex(&proof.public), to_hex(&proof.message), to_hex(&proof.signature)]);
        let readings = self.otherwise.iter().chain([&self.reading]).flat_map(CertificateReading::to_fields);
        proof.into_iter().flatten().chain(readings).collect()
    }

    /// What these fields say, if they are those of a reading.
    pub fn from_fields(fields: &[String]) -> Option<Self> {
        if let Some(reading) = CertificateReading::from_fields(fields) {
            let is_refused = matches!(reading, CertificateReading::Refused { .. });
            return is_refused.then_some(Self { proof: None, reading, otherwise: None });
        }
        let (proof, readings) = fields.split_at_checked(3)?;
        let (otherwise, reading) = readings.split_at_checked(REFUSED_FIELDS)?;
        let proof = Proof {
            public: from_hex(&proof[0])?,
            message: from_hex_any(&proof[1])?,
            signature: from_hex(&proof[2])?,
        };
        Some(Self {
            proof: Some(proof),
            reading: CertificateReading::from_fields(reading)?,
            otherwise: Some(CertificateReading::from_fields(otherwise)?),
        })
    }
}

/// A text that was read by the keys of a publisher.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CertificateReading {
    /// No key of the publisher has signed it.
    Refused {
        /// What kind of answer that is.
        kind: CertificateKind,
        /// Why it is not accepted.
        problem: CertificateProblem,
    },
    /// A key of the publisher has signed it, for its own list and in its own term.
    Signed {
        /// What it says.
        claims: Claims,
        /// The key, in 16 hexadecimal digits.
        key: String,
    },
}

impl CertificateReading {
    /// Reads a text as a camera does. `keys` are those of the publisher, verified.
    pub fn of(text: &str, keys: &KeySet) -> Self {
        UnprovenReading::of(text, keys).prove()
    }

    /// What the paper is worth on `today`, and what the list says about it; see
    /// [`verify_certificate`](super::verify_certificate).
    pub fn judge(self, list: Option<&Checker>, today: Day) -> CertificateAnswer {
        match self {
            Self::Refused { kind, problem } => CertificateAnswer::refusal(kind, problem),
            Self::Signed { claims, key } => CertificateAnswer::of(&claims, &key, list, today),
        }
    }

    fn refused(error: &CertificateError) -> Self {
        let kind = match error {
            CertificateError::UnknownKey { .. } => CertificateKind::UnknownKey,
            CertificateError::Issuer { .. } | CertificateError::KeyTerm { .. } => CertificateKind::WrongKey,
            CertificateError::BadSignature { .. } => CertificateKind::BadSignature,
            _ => CertificateKind::NotACertificate,
        };
        let (code, message, advice) = (error.code().into(), error.to_string(), error.advice());
        Self::Refused { kind, problem: CertificateProblem { code, message, advice } }
    }

    /// The reading as fields of text, the first of which is the word of its kind.
    fn to_fields(&self) -> Vec<String> {
        match self {
            Self::Refused { kind, problem } => {
                let CertificateProblem { code, message, advice } = problem.clone();
                vec![kind.word().into(), code, message, advice]
            }
            Self::Signed { claims, key } => vec![
                SIGNED.into(),
                key.clone(),
                claims.issuer.clone(),
                claims.code.to_string(),
                claims.name.clone(),
                claims.tier_years.to_string(),
                claims.streak_start.to_string(),
                claims.samplings.to_string(),
                claims.edition.to_string(),
                claims.as_of.to_string(),
                claims.issued_on.to_string(),
                claims.expires_on.to_string(),
                claims.reality.word().into(),
            ],
        }
    }

    /// The reading with these fields, if they are those of one.
    fn from_fields(fields: &[String]) -> Option<Self> {
        let (kind, fields) = fields.split_first()?;
        if kind == SIGNED {
            return Self::signed(fields);
        }
        let kind = CertificateKind::from_word(kind)?;
        let [code, message, advice] = fields else { return None };
        let (code, message, advice) = (code.clone(), message.clone(), advice.clone());
        Some(Self::Refused { kind, problem: CertificateProblem { code, message, advice } })
    }

    fn signed(fields: &[String]) -> Option<Self> {
        let [key, issuer, code, name, tier, start, samplings, edition, as_of, issued, expires, reality] =
            fields
        else {
            return None;
        };
        let claims = Claims {
            issuer: issuer.clone(),
            code: code.parse().ok()?,
            name: name.clone(),
            tier_years: tier.parse().ok()?,
            streak_start: start.parse().ok()?,
            samplings: samplings.parse().ok()?,
            edition: edition.parse().ok()?,
            as_of: as_of.parse().ok()?,
            issued_on: issued.parse().ok()?,
            expires_on: expires.parse().ok()?,
            reality: Reality::from_word(reality)?,
        };
        Some(Self::Signed { claims, key: key.clone() })
    }
}

const SIGNED: &str = "signed";
const REFUSED_FIELDS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::TextForm;
    use crate::certificate::testing::{claims, issued, keys};

    fn crossed(text: &str) -> UnprovenReading {
        let reading = UnprovenReading::of(text, &keys());
        assert_eq!(UnprovenReading::from_fields(&reading.to_fields()), Some(reading.clone()), "{text}");
        reading
    }

    fn text_of(certificate: &[u8]) -> String {
        TextForm::Prefixed.text_of(certificate)
    }

    #[test]
    fn what_was_read_crosses_from_program_to_program() {
        for claims in [claims(), Claims { reality: Reality::Real, ..claims() }] {
            let key = crate::certificate::testing::key().id().to_string();
            let reading = crossed(&text_of(&issued(claims.clone()))).prove();
            assert_eq!(reading, CertificateReading::Signed { claims, key });
        }
        for text in ["HB1:000", "红榜"] {
            assert!(matches!(crossed(text).prove(), CertificateReading::Refused { .. }), "{text}");
        }
    }

    #[test]
    fn a_signature_that_is_wrong_decides_before_anything_that_was_read() {
        for claims in [claims(), Claims { issuer: "somebody-else".into(), ..claims() }] {
            let mut forged = issued(claims);
            *forged.last_mut().unwrap() ^= 1;
            let CertificateReading::Refused { kind, .. } = crossed(&text_of(&forged)).prove() else {
                panic!("expected a refusal");
            };
            assert_eq!(kind, CertificateKind::BadSignature);
        }
    }

    #[test]
    fn fields_that_are_no_reading_are_none() {
        let signed = UnprovenReading::of(&text_of(&issued(claims())), &keys()).to_fields();
        assert_eq!(UnprovenReading::from_fields(&[]), None);
        for place in 0..signed.len() {
            let mut fields = signed.clone();
            fields.remove(place);
            assert_eq!(UnprovenReading::from_fields(&fields), None, "without field {place}");
        }
        for place in [0, 1, 2, 3, 7, 10, 12, 13, 14, 15, 16, 17, 18, 19] {
            let mut fields = signed.clone();
            fields[place] = "x".into();
            assert_eq!(UnprovenReading::from_fields(&fields), None, "field {place}");
        }
        let word = |word: &str| vec![word.to_owned()];
        assert_eq!(UnprovenReading::from_fields(&word("bad_signature")), None);
        assert_eq!(UnprovenReading::from_fields(&[word("perfect"), vec![String::new(); 3]].concat()), None);
        assert_eq!(UnprovenReading::from_fields(&signed[7..]), None, "nothing is signed without a proof");
    }
}
