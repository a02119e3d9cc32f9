//! Issuing certificates: from an edition to signed texts.
//!
//! ```no_run
//! # use hongbang::certificate::{KeySet, TextForm};
//! # use hongbang::checker::Checker;
//! # use hongbang::publish::certificate::{IssueError, Issuer};
//! # use hongbang::publish::certificate_keys::read_key;
//! # use hongbang::publish::poster::print_all;
//! # use hongbang::trust::UtcSeconds;
//! # fn example(checker: &Checker, keys: &KeySet, now: UtcSeconds) -> Result<(), Box<dyn std::error::Error>> {
//! let key = read_key("keys".as_ref(), &mut |_| None)?;
//! let form = TextForm::Link("https://hongbang.example/c".parse()?);
//! let issuer = Issuer::new(checker, &key, keys, form, now, 90)?;
//! let one = issuer.issue("91440166MA0000007G")?;
//! print_all(&issuer, "papers".as_ref(), &|_| {})?;
//! # Ok(())
//! # }
//! ```
//!
//! What [`Issuer::issue`] hands out has been verified with the key set that readers will have.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::keys::KeyPair;
use crate::certificate::{
    Certificate, CertificateError, Claims, KeyId, KeySet, MAX_TERM_DAYS, Sealed, TextForm,
};
use crate::checker::Checker;
use crate::trust::UtcSeconds;
use crate::{CreditCode, Day, Problem};

/// Issues certificates of one edition, with one key, for one term.
pub struct Issuer<'a> {
    checker: &'a Checker,
    key: &'a KeyPair,
    keys: &'a KeySet,
    id: KeyId,
    list: String,
    form: TextForm,
    issued_on: Day,
    expires_on: Day,
}

/// A certificate that is ready to be printed.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What it says, verified.
    pub certificate: Certificate,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its text, which goes into the QR code.
    pub text: String,
    /// The published name of the tier.
    pub tier_name: String,
    /// The label that every listed firm carries.
    pub label: String,
}

impl<'a> Issuer<'a> {
    /// An issuer whose certificates hold from the day of `now` in China and for `valid_days` more.
    ///
    /// # Errors
    /// Where `keys` does not hold the public half of `key`, or the term is too long.
    pub fn new(
        checker: &'a Checker,
        key: &'a KeyPair,
        keys: &'a KeySet,
        form: TextForm,
        now: UtcSeconds,
        valid_days: u16,
    ) -> Result<Self, IssueError> {
        let id = KeyId::of(&key.public_bytes());
        let list = keys.find(id).ok_or(IssueError::KeyNotInSet { id })?.issuer.clone();
        let issued_on = now.day_in_china();
        let days = i32::from(valid_days);
        let expires_on = issued_on.add_days(days).filter(|_| days <= MAX_TERM_DAYS);
        let expires_on = expires_on.ok_or(IssueError::Term { found: valid_days })?;
        Ok(Self { checker, key, keys, id, list, form, issued_on, expires_on })
    }

    /// The certificate of the listed firm with this code.
    pub fn issue(&self, code: &str) -> Result<Issued, IssueError> {
        let code: CreditCode = code.parse().map_err(|_| IssueError::NotACode { found: clip(code) })?;
        let firm = self.checker.edition().firm_by_code(&code);
        self.issue_at(firm.ok_or(IssueError::NotListed { code })?)
    }

    /// The certificate of the firm at this place of the edition.
    ///
    /// # Panics
    /// Where there is none.
    pub fn issue_at(&self, firm: usize) -> Result<Issued, IssueError> {
        let edition = self.checker.edition();
        let name = edition.firms.names.get(firm);
        let code = edition.firms.codes[firm].ok_or_else(|| IssueError::NoCode { name: name.into() })?;
        let verdict = &self.checker.verdicts()[firm];
        let (Some(place), Some(streak)) = (verdict.tier, verdict.streak) else {
            return Err(IssueError::NotListed { code });
        };
        let tier = &edition.policy.tiers[usize::from(place)];
        let claims = Claims {
            issuer: self.list.clone(),
            code,
            name: name.into(),
            tier_years: tier.years,
            streak_start: streak.start,
            samplings: streak.samplings,
            edition: edition.number,
            as_of: edition.as_of,
            issued_on: self.issued_on,
            expires_on: self.expires_on,
            reality: edition.reality,
        };
        let sealed = Sealed::seal(claims, self.id, |message| self.key.sign(message));
        let verified = sealed.and_then(|sealed| Ok((sealed.verify(self.keys)?, sealed.encode())));
        let (certificate, bytes) =
            verified.map_err(|source| IssueError::Refused { name: name.into(), source })?;
        let text = self.form.text_of(&bytes);
        let (tier_name, label) = (tier.name.clone(), edition.policy.label.clone());
        Ok(Issued { certificate, bytes, text, tier_name, label })
    }

    /// The places of all listed firms that have a code, and the names of those that have none and get no
    /// certificate: a name alone may be borne by two.
    pub fn firms(&self) -> (Vec<usize>, Vec<&str>) {
        let firms = &self.checker.edition().firms;
        let verdicts = self.checker.verdicts().iter().enumerate();
        let listed = verdicts.filter(|(_, verdict)| verdict.tier.is_some()).map(|(firm, _)| firm);
        let (coded, named): (Vec<usize>, Vec<usize>) = listed.partition(|firm| firms.codes[*firm].is_some());
        (coded, named.into_iter().map(|firm| firms.names.get(firm)).collect())
    }
}

fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Why no certificate is issued or printed.
#[derive(Debug)]
#[non_exhaustive]
pub enum IssueError {
    /// The folder to print into is there already.
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The disk.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nobody could verify what this key signs.
    KeyNotInSet {
        /// The key.
        id: KeyId,
    },
    /// The firm is known by its name alone.
    NoCode {
        /// The name.
        name: String,
    },
    /// What was given is no code.
    NotACode {
        /// What was given.
        found: String,
    },
    /// The firm does not stand on the list.
    NotListed {
        /// The firm.
        code: CreditCode,
    },
    /// No reader would accept what the certificate would say.
    Refused {
        /// The firm.
        name: String,
        /// Why.
        source: CertificateError,
    },
    /// A term that is too long.
    Term {
        /// In days.
        found: u16,
    },
}

impl fmt::Display for IssueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists { path } => write!(f, "expected nothing yet at {}, found something", path.display()),
            Self::Io { path, .. } => write!(f, "cannot write {}", path.display()),
            Self::KeyNotInSet { id } => write!(f, "expected a key of the key set, found key {id}"),
            Self::NoCode { name } => {
                write!(f, "expected a firm with a credit code, found {name} without one")
            }
            Self::NotACode { found } => write!(f, "expected a unified social credit code, found {found:?}"),
            Self::NotListed { code } => {
                write!(f, "expected a firm of the list, found {code}, which is not on it")
            }
            Self::Refused { name, .. } => write!(f, "cannot issue a certificate for {name}"),
            Self::Term { found } => {
                write!(f, "expected a term of at most {MAX_TERM_DAYS} days, found {found}")
            }
        }
    }
}

impl Error for IssueError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Refused { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl Problem for IssueError {
    fn code(&self) -> &'static str {
        match self {
            Self::Exists { .. } => "certificates_exist",
            Self::Io { .. } => "certificate_io",
            Self::KeyNotInSet { .. } => "certificate_unknown_key",
            Self::NoCode { .. } => "certificate_no_code",
            Self::NotACode { .. } => "bad_code",
            Self::NotListed { .. } => "not_listed",
            Self::Refused { source, .. } => source.code(),
            Self::Term { .. } => "certificate_term",
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Exists { .. } => "name another folder, or move the old certificates away yourself",
            Self::Io { .. } => "check the path, its permissions and the space on the disk",
            Self::KeyNotInSet { .. } => "publish a key set that holds this key, or use the key that is in it",
            Self::NoCode { .. } => "book the firm to a code in the register and build the edition again",
            Self::NotACode { .. } => "give the 18 characters of the code; `hongbang search` finds it by name",
            Self::NotListed { .. } => "look at `hongbang explain` for what the firm lacks",
            Self::Refused { source: CertificateError::KeyTerm { .. }, .. } => {
                "give the key the days on which it issues, in a new key set"
            }
            Self::Refused { .. } => "correct the firm's entry in the register and build the edition again",
            Self::Term { .. } => "choose a shorter term; 90 days is usual",
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::CertificateKey;
    use crate::certificate::testing::{SEED, code, key as listed_key, keys};
    use crate::checker::{CertificateKind, ListWord, Provenance, verify_certificate};
    use crate::edition::testing::{CLEAN, coded, day, edition, named, sampled};
    use crate::sampling::{Facts, Outcome};
    use crate::trust::Freshness;

    fn checker() -> Checker {
        let mut fallen = coded("91440606003663344C", "示例石油有限公司");
        fallen.samplings.push(sampled("2025-05-01", Facts { first_test: Outcome::Nonconforming, ..CLEAN }));
        let deceiving = coded("91440400000948256N", "示例\u{202e}电器有限公司");
        let firms = vec![coded(code().as_str(), "示例照明有限公司"), fallen, deceiving, named("示例电器厂")];
        let freshness = Freshness { expires: "2025-12-05T15:00:00Z".parse().unwrap(), signed_at: None };
        Checker::of_edition(edition(firms), Provenance::Verified(freshness)).unwrap()
    }

    fn now() -> UtcSeconds {
        // Already the 4th in China.
        "2025-11-03T16:00:00Z".parse().unwrap()
    }

    fn with<T>(valid_days: u16, act: impl FnOnce(Result<Issuer<'_>, IssueError>) -> T) -> T {
        let (checker, key, keys) = (checker(), KeyPair::from_seed(&SEED), keys());
        act(Issuer::new(&checker, &key, &keys, TextForm::Prefixed, now(), valid_days))
    }

    #[test]
    fn what_is_issued_is_confirmed_by_the_list_that_it_is_of() {
        let issued = with(90, |issuer| issuer.unwrap().issue(code().as_str()).unwrap());
        let claims = issued.certificate.claims();
        assert_eq!((claims.issued_on, claims.expires_on), (day("2025-11-04"), day("2026-02-02")));
        assert_eq!((claims.tier_years, claims.samplings, claims.streak_start), (10, 1, day("2015-03-01")));
        assert_eq!((issued.tier_name.as_str(), issued.label.as_str()), ("十年榜", "抽检无不合格"));
        let answer = verify_certificate(&issued.text, &keys(), Some(&checker()), day("2025-11-04"));
        assert_eq!(answer.kind, CertificateKind::Valid);
        assert_eq!(answer.list.unwrap().says, ListWord::Confirms);
    }

    #[test]
    fn only_listed_firms_with_a_code_and_a_plain_name_get_one() {
        with(90, |issuer| {
            let issuer = issuer.unwrap();
            let error = |code: &str| issuer.issue(code).unwrap_err();
            for (code, text) in [
                (
                    "914403000006038216",
                    "expected a firm of the list, found 914403000006038216, which is not on it",
                ),
                (
                    "91440606003663344C",
                    "expected a firm of the list, found 91440606003663344C, which is not on it",
                ),
                ("红榜", "expected a unified social credit code, found \"红榜\""),
                ("91440400000948256N", "cannot issue a certificate for 示例\u{202e}电器有限公司"),
            ] {
                assert_eq!(error(code).to_string(), text);
            }
            assert_eq!(error("91440400000948256N").code(), "certificate_claim");
            let (coded, named) = issuer.firms();
            assert_eq!((coded.len(), named), (2, vec!["示例电器厂"]));
            let place = issuer.checker.verdicts().len() - 1;
            let error = issuer.issue_at(place).unwrap_err();
            assert_eq!(error.to_string(), "expected a firm with a credit code, found 示例电器厂 without one");
        });
    }

    #[test]
    fn a_key_that_no_reader_knows_or_a_term_too_long_issues_nothing() {
        with(367, |issuer| {
            let error = issuer.err().unwrap();
            assert_eq!(error.to_string(), "expected a term of at most 366 days, found 367");
        });
        let (checker, keys) = (checker(), keys());
        let key = KeyPair::from_seed(&[8; 32]);
        let error = Issuer::new(&checker, &key, &keys, TextForm::Prefixed, now(), 90).err().unwrap();
        assert_eq!(error.code(), "certificate_unknown_key");
        let ended = CertificateKey { last_day: Some(day("2025-11-03")), ..listed_key() };
        let keys = KeySet::new(vec![ended]).unwrap();
        let key = KeyPair::from_seed(&SEED);
        let issuer = Issuer::new(&checker, &key, &keys, TextForm::Prefixed, now(), 90).unwrap();
        assert_eq!(issuer.issue(code().as_str()).unwrap_err().code(), "certificate_key_term");
    }
}
