//! The keys that sign certificates: for which list, and on which days.

use std::fmt;

use sha2::{Digest, Sha256};

use super::cbor::{Reader, Writer};
use super::claims::is_issuer;
use super::error::KeySetError;
use super::sealed::ALGORITHM;
use crate::Day;
use crate::trust::to_hex;

/// The longest key set that is read.
pub const MAX_KEY_SET_BYTES: usize = 4096;
/// The most keys of a key set.
pub const MAX_KEYS: usize = 16;

/// Names a key: the first 8 bytes of the SHA-256 of its public half.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct KeyId([u8; KeyId::LENGTH]);

impl KeyId {
    /// Bytes of an id.
    pub const LENGTH: usize = 8;

    /// The id of an Ed25519 public key.
    pub fn of(public: &[u8; 32]) -> Self {
        let mut id = [0; Self::LENGTH];
        id.copy_from_slice(&Sha256::digest(public)[..Self::LENGTH]);
        Self(id)
    }

    /// The id with these bytes, if there are 8.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

/// One key of a key set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CertificateKey {
    /// The Ed25519 public key.
    pub public: [u8; 32],
    /// The list whose entries it signs.
    pub issuer: String,
    /// The first day on which it issues certificates.
    pub first_day: Day,
    /// The last such day; `None`: until further notice.
    pub last_day: Option<Day>,
}

impl CertificateKey {
    /// Its id.
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.public)
    }

    /// Whether it issues certificates on this day.
    pub fn issues_on(&self, day: Day) -> bool {
        self.first_day <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

/// All keys whose certificates are accepted. Whoever makes one from bytes vouches that they come from a verified
/// target of the publisher's repository.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeySet(Vec<CertificateKey>);

impl KeySet {
    /// A set of these keys, in any order.
    ///
    /// # Errors
    /// Where there is none, too many, one twice, or one that contradicts itself.
    pub fn new(mut keys: Vec<CertificateKey>) -> Result<Self, KeySetError> {
        keys.sort_unstable_by_key(CertificateKey::id);
        Self(keys).checked()
    }

    /// This set, if it keeps its rules and order.
    fn checked(self) -> Result<Self, KeySetError> {
        let keys = &self.0;
        if !(1..=MAX_KEYS).contains(&keys.len()) {
            return Err(KeySetError::Keys { found: keys.len() });
        }
        if let Some(twice) = keys.windows(2).find(|pair| pair[0].id() == pair[1].id()) {
            return Err(KeySetError::Twice { id: twice[0].id() });
        }
        if !keys.is_sorted_by_key(CertificateKey::id) {
            return Err(KeySetError::NotCanonical);
        }
        for key in keys {
            let early = i64::from(key.first_day.epoch_days()) < 0;
            if early || key.last_day.is_some_and(|last| last < key.first_day) {
                return Err(KeySetError::Term { id: key.id() });
            }
            if !is_issuer(&key.issuer) {
                return Err(KeySetError::Issuer { found: key.issuer.chars().take(40).collect() });
            }
        }
        Ok(self)
    }

    /// Reads the bytes of a key set.
    pub fn decode(bytes: &[u8]) -> Result<Self, KeySetError> {
        if bytes.len() > MAX_KEY_SET_BYTES {
            return Err(KeySetError::Oversize { found: bytes.len() });
        }
        let mut reader = Reader::new(bytes);
        let count = reader.array("a list of keys")?;
        let keys = (0..count).map(|_| read_key(&mut reader)).collect::<Result<_, _>>()?;
        let set = Self(keys).checked()?;
        if set.encode() == bytes { Ok(set) } else { Err(KeySetError::NotCanonical) }
    }

    /// The bytes of the set, as they are published.
    pub fn encode(&self) -> Vec<u8> {
        self.0.iter().fold(Writer::new().array(self.0.len()), write_key).done()
    }

    /// The key with this id.
    pub fn find(&self, id: KeyId) -> Option<&CertificateKey> {
        self.0.iter().find(|key| key.id() == id)
    }

    /// All keys, in the order of their ids.
    pub fn keys(&self) -> &[CertificateKey] {
        &self.0
    }
}

fn read_key(reader: &mut Reader) -> Result<CertificateKey, KeySetError> {
    let (mut id, mut public, mut term) = (None, None, None);
    for _ in 0..reader.map("a key")? {
        match reader.integer("the label of a key's field")? {
            KEY_TYPE => expect(reader.integer("a type of key")?, OCTET_KEY_PAIR, "key type 1 (OKP)")?,
            KEY_ID => id = KeyId::from_bytes(reader.bytes("a key id")?),
            KEY_ALGORITHM => expect(reader.integer("an algorithm")?, ALGORITHM, "algorithm -19 (Ed25519)")?,
            CURVE => expect(reader.integer("a curve")?, ED25519, "curve 6 (Ed25519)")?,
            PUBLIC => public = reader.bytes("a public key")?.try_into().ok(),
            TERM => term = Some(read_term(reader)?),
            label => return Err(KeySetError::Field { label }),
        }
    }
    let public: [u8; 32] = public.ok_or(KeySetError::Expected("a public key of 32 bytes"))?;
    if id != Some(KeyId::of(&public)) {
        return Err(KeySetError::Expected("a key id that belongs to its public key"));
    }
    let (issuer, first_day, last_day) = term.ok_or(KeySetError::Expected("the list and days of a key"))?;
    Ok(CertificateKey { public, issuer, first_day, last_day })
}

fn read_term(reader: &mut Reader) -> Result<(String, Day, Option<Day>), KeySetError> {
    let (mut issuer, mut first_day, mut last_day) = (None, None, None);
    for _ in 0..reader.map("the list and days of a key")? {
        match reader.integer("the label of a key's field")? {
            1 => issuer = Some(reader.text("the name of a list")?.to_string()),
            2 => first_day = Some(read_day(reader)?),
            3 => last_day = Some(read_day(reader)?),
            label => return Err(KeySetError::Field { label }),
        }
    }
    let issuer = issuer.ok_or(KeySetError::Expected("the name of a list"))?;
    Ok((issuer, first_day.ok_or(KeySetError::Expected("a first day"))?, last_day))
}

fn read_day(reader: &mut Reader) -> Result<Day, KeySetError> {
    let day = i32::try_from(reader.unsigned("a day")?).ok().and_then(Day::from_epoch_days);
    day.ok_or(KeySetError::Expected("a day of the calendar"))
}

fn expect(found: i64, right: i64, words: &'static str) -> Result<(), KeySetError> {
    if found == right { Ok(()) } else { Err(KeySetError::Expected(words)) }
}

fn write_key(writer: Writer, key: &CertificateKey) -> Writer {
    let day = |day: Day| i64::from(day.epoch_days());
    let writer = writer.map(6).integer(KEY_TYPE).integer(OCTET_KEY_PAIR);
    let writer = writer.integer(KEY_ID).bytes(key.id().as_bytes());
    let writer = writer.integer(KEY_ALGORITHM).integer(ALGORITHM).integer(CURVE).integer(ED25519);
    let writer = writer.integer(PUBLIC).bytes(&key.public);
    let writer = writer.integer(TERM).map(if key.last_day.is_some() { 3 } else { 2 });
    let writer = writer.integer(1).text(&key.issuer).integer(2).integer(day(key.first_day));
    match key.last_day {
        None => writer,
        Some(last_day) => writer.integer(3).integer(day(last_day)),
    }
}

// Labels and values of RFC 9052 and RFC 9053.
const KEY_TYPE: i64 = 1;
const KEY_ID: i64 = 2;
const KEY_ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const PUBLIC: i64 = -2;
const OCTET_KEY_PAIR: i64 = 1;
const ED25519: i64 = 6;
/// Private use: below −65536.
const TERM: i64 = -65_537;

#[cfg(test)]
mod tests {
    use super::super::testing::{cbor, key, keys};
    use super::*;
    use crate::edition::testing::day;
    use proptest::prelude::*;

    fn other(number: u8) -> CertificateKey {
        CertificateKey { public: [number; 32], last_day: Some(day("2025-12-31")), ..key() }
    }

    #[test]
    fn a_set_is_read_as_it_was_written_whatever_the_order() {
        let set = KeySet::new(vec![other(1), key(), other(2)]).unwrap();
        assert_eq!(KeySet::new(vec![other(2), other(1), key()]).unwrap(), set);
        assert_eq!(KeySet::decode(&set.encode()), Ok(set.clone()));
        assert_eq!(set.find(key().id()), Some(&key()));
        assert_eq!(set.find(other(3).id()), None);
        assert!(set.keys().len() == 3 && set.keys().is_sorted_by_key(CertificateKey::id));
    }

    #[test]
    fn sets_that_contradict_themselves_are_not_made() {
        let id = key().id();
        let many = (0..17).map(other).collect();
        let early = CertificateKey { first_day: day("1969-12-31"), ..key() };
        let ended = CertificateKey { last_day: Some(day("2024-12-31")), ..key() };
        let unnamed = CertificateKey { issuer: "红榜".into(), ..key() };
        for (keys, error) in [
            (vec![], KeySetError::Keys { found: 0 }),
            (many, KeySetError::Keys { found: 17 }),
            (vec![key(), other(1), key()], KeySetError::Twice { id }),
            (vec![early], KeySetError::Term { id }),
            (vec![ended], KeySetError::Term { id }),
            (vec![unnamed], KeySetError::Issuer { found: "红榜".into() }),
        ] {
            assert_eq!(KeySet::new(keys), Err(error));
        }
        assert!(KeySet::new((0..16).map(other).collect()).is_ok());
        let first_day = day("1970-01-01");
        assert!(KeySet::new(vec![CertificateKey { first_day, ..key() }]).is_ok());
        let one_day = CertificateKey { last_day: Some(key().first_day), ..key() };
        assert!(KeySet::new(vec![one_day]).is_ok());
    }

    /// A set of one key in which one field has another value, is added, or is left out.
    fn with(label: i64, value: Option<&[u8]>) -> Result<KeySet, KeySetError> {
        let number = |number: i64| cbor(|w| w.integer(number));
        let mut fields = vec![
            (KEY_TYPE, number(OCTET_KEY_PAIR)),
            (KEY_ID, cbor(|w| w.bytes(key().id().as_bytes()))),
            (KEY_ALGORITHM, number(ALGORITHM)),
            (CURVE, number(ED25519)),
            (PUBLIC, cbor(|w| w.bytes(&key().public))),
            (TERM, cbor(|w| w.map(2).integer(1).text("hongbang.example").integer(2).integer(20_089))),
        ];
        fields.retain(|(known, _)| *known != label || value.is_some());
        match (fields.iter_mut().find(|(known, _)| *known == label), value) {
            (Some(field), Some(value)) => field.1 = value.to_vec(),
            (None, Some(value)) => fields.push((label, value.to_vec())),
            _ => {}
        }
        let head = cbor(|w| w.array(1).map(fields.len()));
        let fields = fields.into_iter().flat_map(|(label, value)| [number(label), value].concat());
        KeySet::decode(&head.into_iter().chain(fields).collect::<Vec<u8>>())
    }

    #[test]
    fn each_field_of_a_key_is_held_to_its_value() {
        let number = |number: i64| cbor(|w| w.integer(number));
        let bytes = |bytes: &[u8]| cbor(|w| w.bytes(bytes));
        assert_eq!(with(CURVE, Some(&number(6))), Ok(keys()));
        for (label, value, expected) in [
            (KEY_TYPE, number(2), "key type 1 (OKP)"),
            (KEY_ALGORITHM, number(-8), "algorithm -19 (Ed25519)"),
            (CURVE, number(4), "curve 6 (Ed25519)"),
            (PUBLIC, bytes(&[1; 31]), "a public key of 32 bytes"),
            (PUBLIC, bytes(&[1; 32]), "a key id that belongs to its public key"),
            (KEY_ID, bytes(&[1; 8]), "a key id that belongs to its public key"),
            (KEY_ID, bytes(&[]), "a key id that belongs to its public key"),
            (TERM, vec![0xa0], "the name of a list"),
            (TERM, vec![0xa1, 1, 0x61, b'a'], "a first day"),
            (TERM, vec![0xa2, 1, 0x61, b'a', 2, 0x1a, 0xff, 0xff, 0xff, 0xff], "a day of the calendar"),
        ] {
            assert_eq!(with(label, Some(&value)), Err(KeySetError::Expected(expected)));
        }
        for label in [KEY_TYPE, KEY_ID, KEY_ALGORITHM, CURVE, PUBLIC, TERM] {
            assert!(with(label, None).is_err(), "{label}");
        }
        for label in [-4, 4, 5, 0] {
            assert_eq!(with(label, Some(&[0])), Err(KeySetError::Field { label }), "-4 is the private key");
        }
        assert_eq!(with(TERM, Some(&[0xa1, 4, 0])), Err(KeySetError::Field { label: 4 }));
    }

    #[test]
    fn other_encodings_of_the_same_set_are_refused() {
        let bytes = KeySet::new(vec![key(), other(1)]).unwrap().encode();
        let half = (bytes.len() - 1 - 4) / 2;
        let turned = [&bytes[..1], &bytes[bytes.len() - half..], &bytes[1..bytes.len() - half]].concat();
        assert_ne!(KeySet::decode(&turned), KeySet::decode(&bytes));
        assert_eq!(KeySet::decode(&[&bytes[..], &[0]].concat()), Err(KeySetError::NotCanonical));
        assert_eq!(with(KEY_TYPE, Some(&[0x18, 1])), Err(KeySetError::NotCanonical));
        let found = MAX_KEY_SET_BYTES + 1;
        assert_eq!(KeySet::decode(&vec![0x80; found]), Err(KeySetError::Oversize { found }));
        assert_eq!(KeySet::decode(&[0x80; MAX_KEY_SET_BYTES]), Err(KeySetError::Keys { found: 0 }));
    }

    #[test]
    fn the_largest_set_is_within_its_limit() {
        let longest = |number| CertificateKey { issuer: "a".repeat(32), ..other(number) };
        assert!(KeySet::new((0..16).map(longest).collect()).unwrap().encode().len() <= MAX_KEY_SET_BYTES);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(bytes: Vec<u8>, at in any::<prop::sample::Index>(), byte: u8) {
            let _ = KeySet::decode(&bytes);
            let mut spoiled = keys().encode();
            let at = at.index(spoiled.len());
            spoiled[at] = byte;
            if let Ok(set) = KeySet::decode(&spoiled) {
                prop_assert_eq!(set.encode(), spoiled);
            }
        }
    }
}
