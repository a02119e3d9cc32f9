//! What form and signature say of the text of a certificate, before anybody asks for the day or the list.
//!
//! The web app has the text read by a program of its own, which most readers never load, and judges it by the list on
//! the page. What is read crosses as fields of text.

use super::{CertificateAnswer, CertificateKind, CertificateProblem, Checker};
use crate::certificate::{CertificateError, Claims, KeySet, Sealed, read_text};
use crate::edition::Reality;
use crate::{Day, Problem};

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
        let sealed = read_text(text).and_then(|bytes| Sealed::decode(&bytes));
        match sealed.and_then(|sealed| sealed.verify(keys)) {
            Ok(signed) => Self::Signed { claims: signed.claims().clone(), key: signed.key().to_string() },
            Err(error) => Self::refused(&error),
        }
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
    pub fn to_fields(&self) -> Vec<String> {
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
    pub fn from_fields(fields: &[String]) -> Option<Self> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::TextForm;
    use crate::certificate::testing::{claims, issued, keys};

    #[test]
    fn what_was_read_crosses_from_program_to_program() {
        let signed = TextForm::Prefixed.text_of(&issued(claims()));
        let real = TextForm::Prefixed.text_of(&issued(Claims { reality: Reality::Real, ..claims() }));
        for text in [signed.as_str(), &real, "HB1:000", "红榜"] {
            let reading = CertificateReading::of(text, &keys());
            assert_eq!(CertificateReading::from_fields(&reading.to_fields()), Some(reading), "{text}");
        }
    }

    #[test]
    fn fields_that_are_no_reading_are_none() {
        let signed =
            CertificateReading::of(&TextForm::Prefixed.text_of(&issued(claims())), &keys()).to_fields();
        assert_eq!(CertificateReading::from_fields(&[]), None);
        for place in 0..signed.len() {
            let mut fields = signed.clone();
            fields.remove(place);
            assert_eq!(CertificateReading::from_fields(&fields), None, "without field {place}");
        }
        for place in [0, 3, 5, 6, 7, 8, 9, 10, 11, 12] {
            let mut fields = signed.clone();
            fields[place] = "x".into();
            assert_eq!(CertificateReading::from_fields(&fields), None, "field {place}");
        }
        let word = |word: &str| vec![word.to_owned()];
        assert_eq!(CertificateReading::from_fields(&word("bad_signature")), None);
        assert_eq!(
            CertificateReading::from_fields(&[word("perfect"), vec![String::new(); 3]].concat()),
            None
        );
    }
}
