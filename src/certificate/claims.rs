//! What a certificate says.

use super::cbor::{Reader, Writer};
use super::error::CertificateError;
use crate::edition::Reality;
use crate::rule::Policy;
use crate::trust::UtcSeconds;
use crate::{CreditCode, Day};

/// The longest validity: this many days after the day of issue.
pub const MAX_TERM_DAYS: i32 = 366;

/// One firm's entry of one edition, as a certificate says it. By itself nobody vouches for it: see
/// [`Certificate`](super::Certificate).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Claims {
    /// The short name of the list.
    pub issuer: String,
    /// The firm.
    pub code: CreditCode,
    /// Its name, as the edition has it.
    pub name: String,
    /// Its tier, in years.
    pub tier_years: u32,
    /// The day of the first sampling of its streak.
    pub streak_start: Day,
    /// Counted samplings in its streak.
    pub samplings: u32,
    /// The number of the edition.
    pub edition: u32,
    /// The day as of which that edition holds.
    pub as_of: Day,
    /// The day of issue, the first on which the certificate is valid.
    pub issued_on: Day,
    /// The last day on which it is valid.
    pub expires_on: Day,
    /// Whether the edition is made up.
    pub reality: Reality,
}

impl Claims {
    /// These claims, if they are such as a certificate may make.
    pub fn checked(self) -> Result<Self, CertificateError> {
        let expectations = [
            (is_issuer(&self.issuer), "iss", "1 to 32 of a-z, 0-9, dot and hyphen"),
            (is_name(&self.name), "name", "1 to 150 bytes without control or invisible characters"),
            ((1..=Policy::MAX_TIER_YEARS).contains(&self.tier_years), "tier", "1 to 100 years"),
            (self.streak_start <= self.as_of, "streak start", "a day up to the as-of day"),
            (self.streak_start.epoch_days() >= 0, "streak start", "a day since 1970-01-01"),
            (self.samplings > 0, "samplings", "at least 1"),
            (self.edition > 0, "edition", "at least 1"),
            (self.as_of <= self.issued_on, "as-of day", "a day up to the day of issue"),
            (self.issued_on <= self.expires_on, "exp", "a time after iat"),
            (
                self.expires_on.days_since(self.issued_on) <= MAX_TERM_DAYS,
                "exp",
                "at most 367 days after iat",
            ),
            (self.expires_on < Day::MAX, "exp", "a time before the year 10000"),
        ];
        match expectations.into_iter().find(|(holds, ..)| !holds) {
            Some((_, claim, expected)) => Err(CertificateError::Claim { claim, expected }),
            None => Ok(self),
        }
    }

    /// The claims of a signed payload.
    pub(super) fn decode(payload: &[u8]) -> Result<Self, CertificateError> {
        let claims = read(&mut Reader::new(payload))?.checked()?;
        if claims.encode() == payload { Ok(claims) } else { Err(CertificateError::NotCanonical) }
    }

    /// The payload that says this.
    pub(super) fn encode(&self) -> Vec<u8> {
        let end = self.expires_on.add_days(1).unwrap_or(Day::MAX);
        let seconds = |day| UtcSeconds::start_of(day).epoch_seconds();
        let writer = Writer::new().map(5).integer(ISSUER).text(&self.issuer);
        let writer = writer.integer(SUBJECT).text(self.code.as_str()).integer(EXPIRES).integer(seconds(end));
        self.write_entry(writer.integer(ISSUED).integer(seconds(self.issued_on)).integer(ENTRY)).done()
    }

    fn write_entry(&self, writer: Writer) -> Writer {
        let demo = self.reality == Reality::Demo;
        let day = |day: Day| i64::from(day.epoch_days());
        let writer = writer.map(if demo { 7 } else { 6 }).integer(NAME).text(&self.name);
        let writer = writer.integer(TIER).integer(self.tier_years.into());
        let writer = writer.integer(STREAK_START).integer(day(self.streak_start));
        let writer = writer.integer(SAMPLINGS).integer(self.samplings.into());
        let writer = writer.integer(EDITION).integer(self.edition.into());
        let writer = writer.integer(AS_OF).integer(day(self.as_of));
        if demo { writer.integer(DEMO).truth(true) } else { writer }
    }
}

/// Whether this can be the short name of a list.
pub(super) fn is_issuer(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    (1..=32).contains(&text.len()) && text.bytes().all(allowed)
}

/// Whether a reader sees of this name all that is in it, in the order in which it is in it.
fn is_name(text: &str) -> bool {
    let deceives = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || character == '\u{feff}'
    };
    (1..=150).contains(&text.len()) && !text.contains(deceives)
}

fn read(reader: &mut Reader) -> Result<Claims, CertificateError> {
    let (mut list, mut code, mut expires, mut issued, mut entry) = (None, None, None, None, None);
    for _ in 0..reader.map("claims")? {
        match reader.integer("the number of a claim")? {
            ISSUER => list = Some(reader.text("iss as text")?.to_string()),
            SUBJECT => code = reader.text("sub as text")?.parse().ok(),
            EXPIRES => expires = start_of_day(reader.unsigned("exp in seconds")?),
            ISSUED => issued = start_of_day(reader.unsigned("iat in seconds")?),
            ENTRY => entry = Some(Entry::read(reader)?),
            number => return Err(CertificateError::UnknownClaim { number }),
        }
    }
    let entry = entry.ok_or(wrong("entry", "claim -65537"))?;
    Ok(Claims {
        issuer: list.ok_or(wrong("iss", "the name of a list"))?,
        code: code.ok_or(wrong("sub", "a unified social credit code"))?,
        name: entry.name.ok_or(wrong("name", "the name of a firm"))?,
        tier_years: entry.tier_years.ok_or(wrong("tier", "a number of years"))?,
        streak_start: entry.streak_start.ok_or(wrong("streak start", "a day"))?,
        samplings: entry.samplings.ok_or(wrong("samplings", "a number"))?,
        edition: entry.edition.ok_or(wrong("edition", "a number"))?,
        as_of: entry.as_of.ok_or(wrong("as-of day", "a day"))?,
        issued_on: issued.ok_or(wrong("iat", "the start of a day in China"))?,
        expires_on: expires
            .and_then(|end| end.add_days(-1))
            .ok_or(wrong("exp", "the start of a day in China"))?,
        reality: entry.reality,
    })
}

/// The private claim, as far as it has been read.
struct Entry {
    name: Option<String>,
    tier_years: Option<u32>,
    streak_start: Option<Day>,
    samplings: Option<u32>,
    edition: Option<u32>,
    as_of: Option<Day>,
    reality: Reality,
}

impl Entry {
    fn read(reader: &mut Reader) -> Result<Self, CertificateError> {
        let mut entry = Self {
            name: None,
            tier_years: None,
            streak_start: None,
            samplings: None,
            edition: None,
            as_of: None,
            reality: Reality::Real,
        };
        for _ in 0..reader.map("the entry")? {
            match reader.integer("the number of a field of the entry")? {
                NAME => entry.name = Some(reader.text("a name as text")?.to_string()),
                TIER => entry.tier_years = small(reader)?,
                STREAK_START => entry.streak_start = day(reader)?,
                SAMPLINGS => entry.samplings = small(reader)?,
                EDITION => entry.edition = small(reader)?,
                AS_OF => entry.as_of = day(reader)?,
                // That `false` is never written is seen when the claims are encoded again.
                DEMO => entry.reality = if reader.truth("true")? { Reality::Demo } else { Reality::Real },
                number => return Err(CertificateError::UnknownClaim { number }),
            }
        }
        Ok(entry)
    }
}

fn small(reader: &mut Reader) -> Result<Option<u32>, CertificateError> {
    Ok(u32::try_from(reader.unsigned("a number")?).ok())
}

fn day(reader: &mut Reader) -> Result<Option<Day>, CertificateError> {
    Ok(i32::try_from(reader.unsigned("a day")?).ok().and_then(Day::from_epoch_days))
}

/// The day that starts at this second.
fn start_of_day(seconds: u64) -> Option<Day> {
    let time = UtcSeconds::from_epoch_seconds(i64::try_from(seconds).ok()?)?;
    let day = time.day_in_china();
    (UtcSeconds::start_of(day) == time).then_some(day)
}

const fn wrong(claim: &'static str, expected: &'static str) -> CertificateError {
    CertificateError::Claim { claim, expected }
}

// Claims of RFC 8392.
const ISSUER: i64 = 1;
const SUBJECT: i64 = 2;
const EXPIRES: i64 = 4;
const ISSUED: i64 = 6;
/// Private use: below −65536. One claim holds all of ours, since each number of that range takes five bytes.
const ENTRY: i64 = -65_537;

const NAME: i64 = 1;
const TIER: i64 = 2;
const STREAK_START: i64 = 3;
const SAMPLINGS: i64 = 4;
const EDITION: i64 = 5;
const AS_OF: i64 = 6;
const DEMO: i64 = 7;

#[cfg(test)]
mod tests {
    use super::super::testing::{cbor, claims, code};
    use super::*;
    use crate::edition::testing::day;
    use proptest::prelude::*;

    /// The payload with one claim or one field of the entry changed, left out (`None`) or added.
    fn payload(change: impl Fn(&mut Vec<(i64, Vec<u8>)>, &mut Vec<(i64, Vec<u8>)>)) -> Vec<u8> {
        let text = |text: &str| cbor(|w| w.text(text));
        let number = |number: i64| cbor(|w| w.integer(number));
        let code = code();
        let mut outer = vec![
            (ISSUER, text("hongbang.example")),
            (SUBJECT, text(code.as_str())),
            (EXPIRES, number(1_769_961_600)),
            (ISSUED, number(1_762_099_200)),
        ];
        let mut inner = vec![
            (NAME, text("示例照明（云州）有限公司")),
            (TIER, number(10)),
            (STREAK_START, number(16_239)),
            (SAMPLINGS, number(23)),
            (EDITION, number(8)),
            (AS_OF, number(20_392)),
            (DEMO, vec![0xf5]),
        ];
        change(&mut outer, &mut inner);
        let map = |fields: &[(i64, Vec<u8>)]| {
            let head = cbor(|w| w.map(fields.len()));
            let fields = fields.iter().flat_map(|(label, value)| [number(*label), value.clone()].concat());
            head.into_iter().chain(fields).collect::<Vec<u8>>()
        };
        let entry = (ENTRY, map(&inner));
        let at = outer.iter().position(|(label, _)| *label == i64::MIN).unwrap_or(outer.len());
        outer.insert(at, entry);
        map(&outer)
    }

    /// What comes of it when one field has another value.
    fn with(label: i64, in_entry: bool, value: &[u8]) -> Result<Claims, CertificateError> {
        let value = value.to_vec();
        Claims::decode(&payload(|outer, inner| {
            let fields = if in_entry { inner } else { outer };
            match fields.iter_mut().find(|(known, _)| *known == label) {
                Some(field) => field.1.clone_from(&value),
                None => fields.push((label, value.clone())),
            }
        }))
    }

    #[test]
    fn the_payload_by_hand_is_the_payload_that_is_written() {
        assert_eq!(payload(|_, _| ()), claims().encode());
        let real = Claims { reality: Reality::Real, ..claims() };
        assert_eq!(Claims::decode(&real.encode()), Ok(real));
    }

    #[test]
    fn each_claim_is_held_to_its_bounds() {
        let number = |number: i64| cbor(|w| w.integer(number));
        let text = |text: &str| cbor(|w| w.text(text));
        let day_of = |seconds: i64| number(1_762_099_200 + seconds);
        for (label, in_entry, value, claim) in [
            (ISSUER, false, text(""), "iss"),
            (ISSUER, false, text("Hongbang"), "iss"),
            (ISSUER, false, text(&"a".repeat(33)), "iss"),
            (SUBJECT, false, text("91440606003663344D"), "sub"),
            (SUBJECT, false, text(""), "sub"),
            (ISSUED, false, day_of(1), "iat"),
            (ISSUED, false, day_of(-1), "iat"),
            (ISSUED, false, cbor(|w| w.integer(i64::MAX)), "iat"),
            (ISSUED, false, number(1_762_099_200 - 4 * 86_400), "as-of day"),
            (EXPIRES, false, day_of(1), "exp"),
            (EXPIRES, false, day_of(0), "exp"),
            (EXPIRES, false, day_of(-86_400), "exp"),
            (EXPIRES, false, day_of(368 * 86_400), "exp"),
            (NAME, true, text(""), "name"),
            (NAME, true, text(&"名".repeat(51)), "name"),
            (NAME, true, text("星海\u{202e}灯具"), "name"),
            (NAME, true, text("星海\n灯具"), "name"),
            (NAME, true, text("星海\u{200b}灯具"), "name"),
            (NAME, true, text("\u{feff}星海灯具"), "name"),
            (TIER, true, number(0), "tier"),
            (TIER, true, number(101), "tier"),
            (TIER, true, number(1 << 32), "tier"),
            (STREAK_START, true, number(20_393), "streak start"),
            (STREAK_START, true, number(i64::from(Day::MAX.epoch_days()) + 1), "streak start"),
            (SAMPLINGS, true, number(0), "samplings"),
            (EDITION, true, number(0), "edition"),
            (AS_OF, true, number(20_396), "as-of day"),
        ] {
            match with(label, in_entry, &value) {
                Err(CertificateError::Claim { claim: found, .. }) => assert_eq!(found, claim),
                other => panic!("{claim}: {other:?}"),
            }
        }
    }

    #[test]
    fn the_bounds_themselves_are_allowed() {
        let number = |number: i64| cbor(|w| w.integer(number));
        for (label, in_entry, value) in [
            (ISSUED, false, number(1_762_099_200 - 3 * 86_400)),
            (EXPIRES, false, number(1_762_099_200 + 86_400)),
            (EXPIRES, false, number(1_762_099_200 + 367 * 86_400)),
            (NAME, true, cbor(|w| w.text(&"名".repeat(50)))),
            (TIER, true, number(1)),
            (TIER, true, number(100)),
            (STREAK_START, true, number(0)),
            (STREAK_START, true, number(20_392)),
            (SAMPLINGS, true, number(1)),
            (AS_OF, true, number(20_395)),
        ] {
            assert!(with(label, in_entry, &value).is_ok(), "{label} {value:?}");
        }
        assert_eq!(with(EXPIRES, false, &number(1_762_185_600)).unwrap().expires_on, day("2025-11-03"));
    }

    #[test]
    fn whatever_is_missing_is_told() {
        for label in [ISSUER, SUBJECT, EXPIRES, ISSUED] {
            let bytes = payload(|outer, _| outer.retain(|(known, _)| *known != label));
            assert!(matches!(Claims::decode(&bytes), Err(CertificateError::Claim { .. })), "{label}");
        }
        for label in [NAME, TIER, STREAK_START, SAMPLINGS, EDITION, AS_OF] {
            let bytes = payload(|_, inner| inner.retain(|(known, _)| *known != label));
            assert!(matches!(Claims::decode(&bytes), Err(CertificateError::Claim { .. })), "{label}");
        }
        let claim = CertificateError::Claim { claim: "entry", expected: "claim -65537" };
        assert_eq!(Claims::decode(&[0xa0]), Err(claim));
    }

    #[test]
    fn nothing_else_may_be_said() {
        let zero = [0];
        for number in [3, 5, 7, 8, -260, -65_538] {
            assert_eq!(with(number, false, &zero), Err(CertificateError::UnknownClaim { number }));
        }
        for number in [0, 8, -1] {
            assert_eq!(with(number, true, &zero), Err(CertificateError::UnknownClaim { number }));
        }
        let structure =
            |value: &[u8]| matches!(with(DEMO, true, value), Err(CertificateError::Structure { .. }));
        assert!(structure(&[0x01]) && structure(&[0xf6]) && structure(&[0x61, 0x31]));
        assert_eq!(with(DEMO, true, &[0xf4]), Err(CertificateError::NotCanonical));
    }

    #[test]
    fn a_term_that_ends_with_the_calendar_is_not_issued() {
        let until = |expires_on| Claims { issued_on: day("9999-12-01"), expires_on, ..claims() }.checked();
        assert!(until(day("9999-12-30")).is_ok());
        let expected = "a time before the year 10000";
        assert_eq!(until(Day::MAX), Err(CertificateError::Claim { claim: "exp", expected }));
    }

    #[test]
    fn other_encodings_of_the_same_claims_are_refused() {
        let twice = payload(|_, inner| inner.insert(1, (TIER, vec![10])));
        let turned = payload(|outer, _| outer.swap(0, 1));
        let long = payload(|_, inner| inner[1].1 = vec![0x18, 10]);
        let more = [&claims().encode()[..], &[0]].concat();
        for bytes in [twice, turned, long, more] {
            assert_eq!(Claims::decode(&bytes), Err(CertificateError::NotCanonical));
        }
    }

    proptest! {
        #[test]
        fn claims_and_payload_are_inverse(
            name in "[\\p{Han}a-zA-Z（）]{1,50}", tier_years in 1u32..=100, start in 0i32..20_000, samplings in 1u32..,
            edition in 1u32.., later in 0i32..1000, issued in 0i32..100, term in 0i32..=366, demo: bool
        ) {
            let day = |days| Day::from_epoch_days(days).unwrap();
            let claims = Claims {
                name, tier_years, samplings, edition,
                streak_start: day(start),
                as_of: day(start + later),
                issued_on: day(start + later + issued),
                expires_on: day(start + later + issued + term),
                reality: if demo { Reality::Demo } else { Reality::Real },
                ..claims()
            };
            prop_assume!(claims.name.len() <= 150 && claims.issued_on.epoch_days() > 0);
            prop_assert_eq!(Claims::decode(&claims.encode()), Ok(claims));
        }
    }
}
