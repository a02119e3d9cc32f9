//! The keys that sign certificates: on the publisher's disk, and in the key set by which readers verify.
//!
//! The key stands in a folder of keys as `certificate.pem` and `certificate.pub`, kept like the others and in no role of
//! TUF. The key set is a target of the repository; its newest number holds.

use std::path::Path;

use super::keys::{KeyError, KeyPair, Protection, Unlock};
use super::repository::{NewTarget, Present, PublishError};
use crate::Day;
use crate::certificate::{CertificateKey, KeyId, KeySet, KeySetError, MAX_TERM_DAYS};
use crate::checker::KeySetTag;

/// The name of the key's files in a folder of keys.
const NAME: &str = "certificate";

/// Writes the key into a folder of keys, which is made if need be. A key that is there is never overwritten.
pub fn write_key(folder: &Path, key: &KeyPair, protection: Protection<'_>) -> Result<(), KeyError> {
    key.write(folder, NAME, protection)
}

/// Reads the key from a folder of keys.
pub fn read_key(folder: &Path, unlock: &mut Unlock<'_>) -> Result<KeyPair, KeyError> {
    KeyPair::open(folder, NAME, unlock)
}

/// The entry of a key set for this key: for which list it signs, and on which days.
pub fn certificate_key(key: &KeyPair, issuer: &str, first_day: Day, last_day: Option<Day>) -> CertificateKey {
    CertificateKey { public: key.public_bytes(), issuer: issuer.into(), first_day, last_day }
}

/// The set in which `new` signs from its first day on, in the place of the keys of the same list.
///
/// Those issue for the last time on that day, and leave the set once the last certificate that they may have signed has
/// expired. A stolen key leaves it at once: its thief chooses the day of issue freely.
///
/// # Errors
/// Where the set would be too large or `new` is in it already.
pub fn rotate(set: &KeySet, new: CertificateKey, stolen: &[KeyId]) -> Result<KeySet, KeySetError> {
    let today = new.first_day;
    let is_needed = |key: &CertificateKey| {
        let is_over = |last: Day| today.days_since(last) > MAX_TERM_DAYS;
        !stolen.contains(&key.id()) && !key.last_day.is_some_and(is_over)
    };
    let retired = |key: &CertificateKey| {
        let retires = key.issuer == new.issuer && key.issues_on(today);
        CertificateKey { last_day: if retires { Some(today) } else { key.last_day }, ..key.clone() }
    };
    let kept: Vec<_> = set.keys().iter().filter(|key| is_needed(key)).map(retired).collect();
    KeySet::new([kept, vec![new]].concat())
}

/// The key set as a target of the publisher's repository; `number` counts up from set to set.
pub fn key_set_target(keys: &KeySet, number: u32) -> NewTarget {
    let tag = KeySetTag { number };
    NewTarget { name: tag.target_name(), bytes: keys.encode(), custom: tag.to_custom() }
}

/// The key set as the next target of the repository in a folder: numbered after the newest set that is published
/// there, or as that one where the two are the same.
pub fn next_key_set_target(keys: &KeySet, repository: &Path) -> Result<NewTarget, PublishError> {
    let present = Present::read(repository)?;
    let newest = present.trusted.and_then(|trusted| KeySetTag::newest(trusted.targets()));
    let number = match newest.and_then(|target| Some((KeySetTag::of(&target)?.number, target))) {
        None => 1,
        Some((number, target)) if target.clone().verify(keys.encode()).is_ok() => number,
        Some((number, _)) => number.saturating_add(1),
    };
    Ok(key_set_target(keys, number))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::Problem;
    use crate::certificate::testing::{SEED, key as listed_key, keys};
    use crate::edition::testing::day;

    fn other(seed: u8, issuer: &str, first: &str, last: Option<&str>) -> CertificateKey {
        certificate_key(&KeyPair::from_seed(&[seed; 32]), issuer, day(first), last.map(day))
    }

    #[test]
    fn the_key_is_kept_like_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("keys");
        let open = |passphrase: Option<&str>| {
            read_key(&folder, &mut |_| passphrase.map(|passphrase| passphrase.to_owned().into()))
        };
        assert_eq!(open(None).unwrap_err().code(), "key_io");
        let made = KeyPair::from_seed(&SEED);
        let protect = |passphrase| Protection::Passphrase { passphrase, randomness: [3; 32] };
        let error = write_key(&folder, &made, protect("1234567")).unwrap_err();
        assert_eq!((error.code(), folder.exists()), ("short_passphrase", false));
        write_key(&folder, &made, protect("correct-horse")).unwrap();
        let text = fs::read_to_string(folder.join("certificate.pem")).unwrap();
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{text}");
        let read = open(Some("correct-horse")).unwrap();
        assert_eq!(certificate_key(&read, "hongbang.example", day("2025-01-01"), None), listed_key());
        assert_eq!(open(None).unwrap_err().code(), "key_encrypted");
        assert_eq!(open(Some("wrong-horse")).unwrap_err().code(), "wrong_passphrase");

        for file in ["certificate.pem", "certificate.pub"] {
            fs::remove_file(folder.join(file)).unwrap();
            let error = write_key(&folder, &KeyPair::from_seed(&[8; 32]), Protection::Plain).unwrap_err();
            assert_eq!(error.code(), "key_exists", "without {file}, the other is there");
            let left = fs::read_dir(&folder).unwrap().count();
            assert_eq!(left, 1);
            fs::remove_dir_all(&folder).unwrap();
            write_key(&folder, &made, Protection::Plain).unwrap();
        }
        fs::write(folder.join("certificate.pub"), KeyPair::from_seed(&[8; 32]).public_pem()).unwrap();
        assert_eq!(open(None).unwrap_err().code(), "public_key_differs");
        fs::remove_file(folder.join("certificate.pub")).unwrap();
        assert_eq!(open(None).unwrap().key_id(), made.key_id());
        #[cfg(unix)]
        for (path, mode) in [(folder.join("certificate.pem"), 0o640), (folder.clone(), 0o720)] {
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
            assert_eq!(open(None).unwrap_err().code(), "key_exposed");
        }
    }

    #[test]
    fn a_new_key_retires_those_of_its_list_and_forgets_those_that_are_over() {
        let ended = |last| other(3, "hongbang.example", "2020-01-01", Some(last));
        let elsewhere = other(4, "another", "2024-01-01", None);
        let later = other(5, "hongbang.example", "2027-01-01", None);
        let new = other(6, "hongbang.example", "2026-05-01", None);
        let set =
            |keys: &[&CertificateKey]| KeySet::new(keys.iter().map(|key| (*key).clone()).collect()).unwrap();
        let retired = CertificateKey { last_day: Some(day("2026-05-01")), ..listed_key() };

        let (over, needed) = (ended("2025-04-29"), ended("2025-04-30"));
        let before = set(&[&listed_key(), &over, &elsewhere, &later]);
        let after = set(&[&retired, &elsewhere, &later, &new]);
        assert_eq!(rotate(&before, new.clone(), &[]), Ok(after), "367 days after its last day");
        let rotated = rotate(&set(&[&listed_key(), &needed]), new.clone(), &[]).unwrap();
        assert_eq!(rotated, set(&[&retired, &needed, &new]), "366 days after its last day");
        let stolen = rotate(&before, new.clone(), &[listed_key().id()]).unwrap();
        assert_eq!(stolen, set(&[&elsewhere, &later, &new]));
        assert_eq!(rotate(&keys(), listed_key(), &[]), Err(KeySetError::Twice { id: listed_key().id() }));
    }

    #[test]
    fn a_key_set_is_a_target_with_its_number() {
        let target = key_set_target(&keys(), 3);
        assert_eq!(target.name, "certificate-keys-3.cbor");
        assert_eq!(target.custom, KeySetTag { number: 3 }.to_custom());
        assert_eq!(KeySet::decode(&target.bytes), Ok(keys()));
    }
}
