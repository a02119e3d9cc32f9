//! What a certificate on paper is worth today, and what the list on this device says about it.

use serde::Serialize;

use super::tag::highest;
use super::{CertificateReading, Checker, EditionAnswer, ListStanding, Provenance, TierName};
use crate::certificate::{Claims, KeySet};
use crate::edition::Reality;
use crate::sampling::closed_set;
use crate::trust::json::Object;
use crate::trust::{AGEING_DAYS, Target};
use crate::{CreditCode, Day};

/// Judges the text of a certificate, as a camera reads it.
///
/// `keys` are those of the publisher, verified. `list` is a list of the same publisher, where the device has one: as
/// long as it was verified and is not older than the certificate, it outranks the paper. Where a publisher has several
/// lists, the caller picks the one that the issuer means, since an edition does not bear a list's name.
///
/// A day before the list was signed is a wrong clock and is read as that day.
pub fn verify_certificate(
    text: &str,
    keys: &KeySet,
    list: Option<&Checker>,
    today: Day,
) -> CertificateAnswer {
    CertificateReading::of(text, keys).judge(list, today)
}

/// What is said of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertificateAnswer {
    /// What kind of answer it is.
    pub kind: CertificateKind,
    /// What the paper says; only where the publisher signed it.
    pub certificate: Option<CertificateSays>,
    /// What the list on this device says about that; only where there are a list and a signed certificate.
    pub list: Option<ListSays>,
    /// Why the paper is not accepted; only where there is no signed certificate.
    pub problem: Option<CertificateProblem>,
}

closed_set! {
    /// The kinds of answer about a certificate.
    pub enum CertificateKind {
        /// Signed, in its term, and no newer list says otherwise.
        Valid = "valid",
        /// Signed, and its term is over.
        Expired = "expired",
        /// Signed, and its term has not begun.
        NotYetValid = "not_yet_valid",
        /// Signed, but the list on this device is not older and says otherwise: the list holds.
        Outranked = "outranked",
        /// Its key is not in the key set, which may be old.
        UnknownKey = "unknown_key",
        /// Signed by a key that signs for another list or did not issue on that day.
        WrongKey = "wrong_key",
        /// Not signed by the key that it names.
        BadSignature = "bad_signature",
        /// Something else, or damaged.
        NotACertificate = "not_a_certificate",
    }
}

closed_set! {
    /// How a certificate stands today.
    pub enum CertificateStanding {
        /// Its term has not begun.
        NotYetValid = "not_yet_valid",
        /// It has not expired.
        Fresh = "fresh",
        /// Expired for at most 90 days.
        Ageing = "ageing",
        /// Expired for longer.
        OutOfDate = "out_of_date",
    }
}

closed_set! {
    /// What a list says about a certificate.
    pub enum ListWord {
        /// The same tier, in an edition that is not older.
        Confirms = "confirms",
        /// Another tier, in an edition that is not older: the list holds.
        OtherTier = "other_tier",
        /// An edition that is not older does not list the firm: the list holds.
        NotListed = "not_listed",
        /// The list is older than the certificate and decides nothing.
        Older = "older",
        /// Not the list that the certificate is of; it decides nothing.
        AnotherList = "another_list",
        /// Nobody verified the list; it decides nothing.
        Unverified = "unverified",
    }
}

/// What a signed certificate says.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertificateSays {
    /// Who is certified. To be shown in full, so that a code on another firm's page is noticed.
    pub firm: CertifiedFirm,
    /// With which tier.
    pub tier: CertifiedTier,
    /// Its streak.
    pub streak: CertifiedStreak,
    /// Its samplings.
    pub samplings: CertifiedSamplings,
    /// The edition that it is taken from.
    pub edition: CertifiedEdition,
    /// The short name of the list.
    pub issuer: String,
    /// The key that signed it, in 16 hexadecimal digits.
    pub key: String,
    /// The first day of its term.
    pub issued_on: Day,
    /// The last day of its term.
    pub expires_on: Day,
    /// How it stands today.
    pub standing: CertificateStanding,
}

/// The firm of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertifiedFirm {
    /// Its code.
    pub code: CreditCode,
    /// Its name.
    pub name: String,
}

/// The tier of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertifiedTier {
    /// Years without a failure.
    pub years: u32,
    /// The name that the list on this device gives such a tier, where it has one.
    pub name: Option<String>,
}

/// The streak of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertifiedStreak {
    /// The day of its first clean sampling.
    pub start: Day,
}

/// The samplings of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertifiedSamplings {
    /// How many count, in the streak.
    pub counted: u32,
}

/// The edition of a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertifiedEdition {
    /// Its running number.
    pub number: u32,
    /// The day on which it stands.
    pub as_of: Day,
    /// Whether it is made up (示例).
    pub demo: bool,
}

/// What the list on this device says about a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ListSays {
    /// In a word.
    pub says: ListWord,
    /// The firm's name there, where it is there.
    pub name: Option<String>,
    /// Its tier there, where it stands on the list.
    pub tier: Option<TierName>,
    /// The edition.
    pub edition: EditionAnswer,
    /// How the list stands today.
    pub standing: ListStanding,
}

/// Why a text is not accepted as a certificate.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CertificateProblem {
    /// The stable word.
    pub code: String,
    /// In words.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl CertificateAnswer {
    /// The answer about claims that `key` has signed.
    pub(super) fn of(claims: &Claims, key: &str, list: Option<&Checker>, today: Day) -> Self {
        let today = list.map_or(today, |list| list.clock(today));
        let Judgement { kind, standing, says, tier } = Judgement::of(claims, list, today);
        let list_says = list.zip(says).map(|(list, word)| list.says(claims, word, tier, today));
        let says = CertificateSays {
            firm: CertifiedFirm { code: claims.code, name: claims.name.clone() },
            tier: CertifiedTier {
                years: claims.tier_years,
                name: list.and_then(|list| list.name_of_tier(claims.tier_years)),
            },
            streak: CertifiedStreak { start: claims.streak_start },
            samplings: CertifiedSamplings { counted: claims.samplings },
            edition: CertifiedEdition {
                number: claims.edition,
                as_of: claims.as_of,
                demo: claims.reality == Reality::Demo,
            },
            issuer: claims.issuer.clone(),
            key: key.into(),
            issued_on: claims.issued_on,
            expires_on: claims.expires_on,
            standing,
        };
        Self { kind, certificate: Some(says), list: list_says, problem: None }
    }

    /// The answer about a text that nobody's key has signed.
    pub(super) fn refusal(kind: CertificateKind, problem: CertificateProblem) -> Self {
        Self { kind, certificate: None, list: None, problem: Some(problem) }
    }
}

/// How a signed certificate stands on a day, beside a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Judgement {
    /// What kind of answer that is.
    pub kind: CertificateKind,
    /// How it stands by its term.
    pub standing: CertificateStanding,
    /// What the list says, where there is one.
    pub says: Option<ListWord>,
    /// The tier in which the list has the firm, where it has.
    pub tier: Option<TierName>,
}

impl Judgement {
    /// Judges claims that a key of the publisher has signed. A day before the list was signed is read as that day.
    pub fn of(claims: &Claims, list: Option<&Checker>, today: Day) -> Self {
        let standing = standing(claims, list.map_or(today, |list| list.clock(today)));
        let tier = list.and_then(|list| list.tier_of(list.edition.firm_by_code(&claims.code)?));
        let says = list.map(|list| {
            list.relation(claims).unwrap_or(match &tier {
                None => ListWord::NotListed,
                Some(tier) if tier.years == claims.tier_years => ListWord::Confirms,
                Some(_) => ListWord::OtherTier,
            })
        });
        let kind = match (says, standing) {
            (Some(ListWord::OtherTier | ListWord::NotListed), _) => CertificateKind::Outranked,
            (_, CertificateStanding::NotYetValid) => CertificateKind::NotYetValid,
            (_, CertificateStanding::Fresh) => CertificateKind::Valid,
            (_, CertificateStanding::Ageing | CertificateStanding::OutOfDate) => CertificateKind::Expired,
        };
        Self { kind, standing, says, tier }
    }
}

fn standing(claims: &Claims, today: Day) -> CertificateStanding {
    if today < claims.issued_on {
        return CertificateStanding::NotYetValid;
    }
    match today.days_since(claims.expires_on) {
        ..=0 => CertificateStanding::Fresh,
        1..=AGEING_DAYS => CertificateStanding::Ageing,
        _ => CertificateStanding::OutOfDate,
    }
}

impl Checker {
    /// `today`, or the latest day that a verified list proves to have begun.
    fn clock(&self, today: Day) -> Day {
        match self.provenance {
            Provenance::Unverified => today,
            Provenance::Verified(freshness) => freshness.clock(today).max(self.edition.as_of),
        }
    }

    fn says(&self, claims: &Claims, says: ListWord, tier: Option<TierName>, today: Day) -> ListSays {
        let firm = self.edition.firm_by_code(&claims.code);
        let name = firm.map(|firm| self.edition.firms.names.get(firm).to_owned());
        ListSays { says, name, tier, edition: self.edition_answer(), standing: self.standing(today) }
    }

    /// Why this list decides nothing about a certificate, if it does not.
    fn relation(&self, claims: &Claims) -> Option<ListWord> {
        let edition = &self.edition;
        let (number, day) = (edition.number.cmp(&claims.edition), edition.as_of.cmp(&claims.as_of));
        // A later edition may stand on the same day, as a correction does; else numbers and days agree.
        let same_list =
            edition.reality == claims.reality && (number == day || (number.is_ne() && day.is_eq()));
        match self.provenance {
            Provenance::Unverified => Some(ListWord::Unverified),
            Provenance::Verified(_) if !same_list => Some(ListWord::AnotherList),
            Provenance::Verified(_) => number.is_lt().then_some(ListWord::Older),
        }
    }

    /// The name that the list gives a tier of so many years, where it has one.
    pub fn name_of_tier(&self, years: u32) -> Option<String> {
        let tiers = &self.edition.policy.tiers;
        tiers.iter().find(|tier| tier.years == years).map(|tier| tier.name.clone())
    }
}

/// What the metadata of a target says where it is a key set of certificates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeySetTag {
    /// Counts the key sets of a publisher; the highest holds.
    pub number: u32,
}

impl KeySetTag {
    /// `{"kind":"certificate_keys","number":N}`
    pub fn to_custom(self) -> Object {
        Object::of([("kind", "certificate_keys".into()), ("number", self.number.into())])
    }

    /// The name of the target.
    pub fn target_name(self) -> String {
        format!("certificate-keys-{}.cbor", self.number)
    }

    /// The tag of a target, if it is a key set.
    pub fn of(target: &Target) -> Option<Self> {
        let field = |name| target.custom()?.get(name);
        if field("kind")?.text() != Some("certificate_keys") {
            return None;
        }
        Some(Self { number: u32::try_from(field("number")?.integer()?).ok()? })
    }

    /// Of these targets, the key set with the highest number.
    pub fn newest(targets: impl IntoIterator<Item = Target>) -> Option<Target> {
        highest(targets, |target| Some(Self::of(target)?.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::testing::{claims, code, issued, key, keys};
    use crate::certificate::{CertificateKey, TextForm};
    use crate::edition::FirmRecord;
    use crate::edition::testing::{CLEAN, coded, day, edition, named, sampled};
    use crate::sampling::{Facts, Outcome};
    use crate::trust::Freshness;

    /// Edition 7 as of 2025-10-31, signed on 2025-11-01; ten years for the firm of the certificate.
    fn checker(firms: Vec<FirmRecord>) -> Checker {
        let freshness = Freshness {
            expires: "2025-12-05T15:00:00Z".parse().unwrap(),
            signed_at: Some("2025-11-01T00:00:00Z".parse().unwrap()),
        };
        Checker::of_edition(edition(firms), Provenance::Verified(freshness)).unwrap()
    }

    fn listed() -> Checker {
        checker(vec![coded(code().as_str(), "示例照明有限公司")])
    }

    fn five_years() -> Checker {
        let samplings = vec![sampled("2018-06-01", CLEAN)];
        checker(vec![FirmRecord { samplings, ..coded(code().as_str(), "示例照明有限公司") }])
    }

    fn of_edition(number: u32) -> Claims {
        Claims { edition: number, ..claims() }
    }

    fn ask(claims: Claims, list: Option<&Checker>, today: &str) -> CertificateAnswer {
        let text = TextForm::Prefixed.text_of(&issued(claims));
        verify_certificate(&text, &keys(), list, day(today))
    }

    fn kind(claims: Claims, list: &Checker, today: &str) -> (CertificateKind, ListWord) {
        let answer = ask(claims, Some(list), today);
        (answer.kind, answer.list.unwrap().says)
    }

    #[test]
    fn the_term_is_told_by_the_day_and_never_hides_the_paper() {
        for (today, kind, standing) in [
            ("2025-11-02", CertificateKind::NotYetValid, CertificateStanding::NotYetValid),
            ("2025-11-03", CertificateKind::Valid, CertificateStanding::Fresh),
            ("2026-02-01", CertificateKind::Valid, CertificateStanding::Fresh),
            ("2026-02-02", CertificateKind::Expired, CertificateStanding::Ageing),
            ("2026-05-02", CertificateKind::Expired, CertificateStanding::Ageing),
            ("2026-05-03", CertificateKind::Expired, CertificateStanding::OutOfDate),
        ] {
            let answer = ask(claims(), None, today);
            let says = answer.certificate.unwrap();
            assert_eq!((answer.kind, says.standing), (kind, standing), "{today}");
            assert_eq!((says.firm.name.as_str(), says.tier.years), ("示例照明（云州）有限公司", 10));
            assert!(answer.list.is_none() && answer.problem.is_none());
        }
    }

    #[test]
    fn a_list_that_is_not_older_outranks_the_paper() {
        for (list, word) in [
            (five_years(), ListWord::OtherTier),
            (checker(vec![named("云帆照明有限公司")]), ListWord::NotListed),
            (checker(vec![fallen()]), ListWord::NotListed),
        ] {
            for number in [6, 7] {
                assert_eq!(kind(of_edition(number), &list, "2025-11-10"), (CertificateKind::Outranked, word));
                assert_eq!(kind(of_edition(number), &list, "2027-11-10"), (CertificateKind::Outranked, word));
            }
            let newer = kind(of_edition(8), &list, "2025-11-10");
            assert_eq!(
                newer,
                (CertificateKind::Valid, ListWord::Older),
                "the certificate is of a later edition"
            );
        }
        let answer = ask(of_edition(7), Some(&five_years()), "2025-11-10");
        let list = answer.list.unwrap();
        assert_eq!(list.tier.unwrap(), TierName { years: 5, name: "五年榜".into() });
        assert_eq!((list.name.as_deref(), list.edition.number), (Some("示例照明有限公司"), 7));
        assert_eq!(answer.certificate.unwrap().tier.name.as_deref(), Some("十年榜"));
    }

    fn fallen() -> FirmRecord {
        let mut firm = coded(code().as_str(), "示例照明有限公司");
        firm.samplings.push(sampled("2025-05-01", Facts { first_test: Outcome::Nonconforming, ..CLEAN }));
        firm
    }

    #[test]
    fn a_list_that_agrees_confirms_and_the_term_still_counts() {
        let confirms = ListWord::Confirms;
        assert_eq!(kind(of_edition(7), &listed(), "2025-11-10"), (CertificateKind::Valid, confirms));
        assert_eq!(kind(of_edition(7), &listed(), "2026-02-02"), (CertificateKind::Expired, confirms));
    }

    #[test]
    fn what_is_no_verified_list_of_the_same_kind_decides_nothing() {
        let valid = CertificateKind::Valid;
        let bare = Checker::of_edition(edition(vec![fallen()]), Provenance::Unverified).unwrap();
        assert_eq!(kind(of_edition(7), &bare, "2025-11-10"), (valid, ListWord::Unverified));
        let real = Claims { reality: Reality::Real, ..of_edition(7) };
        assert_eq!(kind(real, &five_years(), "2025-11-10"), (valid, ListWord::AnotherList));
        for (number, as_of, word) in [
            (7, "2025-10-30", ListWord::AnotherList),
            (7, "2025-11-01", ListWord::AnotherList),
            (6, "2025-11-01", ListWord::AnotherList),
            (8, "2025-10-30", ListWord::AnotherList),
            (8, "2025-10-31", ListWord::Older),
            (8, "2025-11-01", ListWord::Older),
        ] {
            let claims = Claims { as_of: day(as_of), ..of_edition(number) };
            assert_eq!(kind(claims, &five_years(), "2025-11-10"), (valid, word), "{number} {as_of}");
        }
    }

    #[test]
    fn a_clock_turned_back_does_not_revive_a_paper() {
        let claims =
            || Claims { issued_on: day("2025-10-31"), expires_on: day("2025-10-31"), ..of_edition(7) };
        assert_eq!(ask(claims(), None, "2025-10-31").kind, CertificateKind::Valid);
        let (kind, _) = kind(claims(), &listed(), "2025-10-31");
        assert_eq!(kind, CertificateKind::Expired, "the list was signed on 2025-11-01");
    }

    #[test]
    fn a_refusal_has_a_kind_and_names_nobody() {
        let text = TextForm::Prefixed.text_of(&issued(claims()));
        let other = |key: CertificateKey| KeySet::new(vec![key]).unwrap();
        let mut forged = issued(claims());
        *forged.last_mut().unwrap() ^= 1;
        let forged = TextForm::Prefixed.text_of(&forged);
        for (text, keys, kind, code) in [
            ("红榜", keys(), CertificateKind::NotACertificate, "certificate_text"),
            ("HB1:000", keys(), CertificateKind::NotACertificate, "certificate_structure"),
            (&forged, keys(), CertificateKind::BadSignature, "certificate_signature"),
            (
                &text,
                other(CertificateKey { public: [1; 32], ..key() }),
                CertificateKind::UnknownKey,
                "certificate_unknown_key",
            ),
            (
                &text,
                other(CertificateKey { issuer: "a".into(), ..key() }),
                CertificateKind::WrongKey,
                "certificate_issuer",
            ),
            (
                &text,
                other(CertificateKey { first_day: day("2025-11-04"), ..key() }),
                CertificateKind::WrongKey,
                "certificate_key_term",
            ),
        ] {
            let answer = verify_certificate(text, &keys, Some(&listed()), day("2025-11-10"));
            assert_eq!((answer.kind, answer.problem.unwrap().code.as_str()), (kind, code));
            assert!(answer.certificate.is_none() && answer.list.is_none());
        }
    }

    #[test]
    fn a_key_set_is_told_by_its_name_and_its_tag() {
        let tag = KeySetTag { number: 7 };
        assert_eq!(tag.target_name(), "certificate-keys-7.cbor");
        let custom = crate::trust::json::Value::Object(tag.to_custom()).to_json();
        assert_eq!(custom, r#"{"kind":"certificate_keys","number":7}"#);
    }

    #[test]
    fn the_words_of_the_answer_are_those_of_the_contract() {
        let json = serde_json::to_value(ask(of_edition(6), Some(&listed()), "2025-11-10")).unwrap();
        let expected = serde_json::json!({
            "kind": "valid",
            "certificate": {
                "firm": { "code": code().as_str(), "name": "示例照明（云州）有限公司" },
                "tier": { "years": 10, "name": "十年榜" },
                "streak": { "start": "2014-06-18" },
                "samplings": { "counted": 23 },
                "edition": { "number": 6, "as_of": "2025-10-31", "demo": true },
                "issuer": "hongbang.example",
                "key": "fe812c12f3ab4ce6",
                "issued_on": "2025-11-03",
                "expires_on": "2026-02-01",
                "standing": "fresh",
            },
            "list": {
                "says": "confirms",
                "name": "示例照明有限公司",
                "tier": { "years": 10, "name": "十年榜" },
                "edition": {
                    "number": 7, "as_of": "2025-10-31", "expires_on": "2025-12-05", "policy": "default", "demo": true
                },
                "standing": "fresh",
            },
            "problem": null,
        });
        assert_eq!(json, expected);
    }
}
