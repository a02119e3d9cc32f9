//! The snapshot from outside: one edition, one encoding, and everything else refused.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod format;

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use format::{arbitrary, dump, example, made_up, seal};
use hongbang::Problem;
use hongbang::checker::{Checker, EditionTag, Provenance, VouchedColumns};
use hongbang::pace::{Pace, Pause};
use hongbang::publish::keys::Keys;
use hongbang::publish::repository::{Expiries, NewTarget, publish};
use hongbang::publish::transport::{Source, read};
use hongbang::snapshot::{MAGIC, SnapshotError, decode, decode_at, encode};
use hongbang::trust::json::{Object, Value};
use hongbang::trust::{Target, to_hex};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

proptest! {
    #[test]
    fn an_edition_comes_back_as_it_was(edition in arbitrary::edition()) {
        let bytes = encode(&edition).unwrap();
        prop_assert_eq!(decode(&bytes).unwrap(), edition);
    }

    #[test]
    fn bytes_under_a_right_checksum_are_the_encoding_of_what_they_say_or_refused(
        edition in arbitrary::edition(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = encode(&edition).unwrap();
        for (place, byte) in changes {
            let content = 13..bytes.len() - 4;
            let place = content.start + place.index(content.len());
            bytes[place] = byte;
        }
        seal(&mut bytes);
        if let Ok(read) = decode(&bytes) {
            prop_assert_eq!(encode(&read).unwrap(), bytes);
        }
    }

    #[test]
    fn no_content_makes_a_reader_panic(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0, 1, 1]);
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        bytes.extend(content);
        bytes.extend([0; 4]);
        seal(&mut bytes);
        if let Ok(read) = decode(&bytes) {
            prop_assert_eq!(encode(&read).unwrap(), bytes);
        }
    }
}

/// Pauses wherever it is asked, once each time.
#[derive(Default)]
struct Restless {
    pauses: Cell<usize>,
}

impl Pace for Restless {
    fn pause(&self) -> Option<Pause> {
        self.pauses.set(self.pauses.get() + 1);
        let mut is_over = false;
        Some(Box::pin(poll_fn(move |_| {
            if std::mem::replace(&mut is_over, true) { Poll::Ready(()) } else { Poll::Pending }
        })))
    }
}

/// Drives work as an executor does; gives how often it had to be woken up.
fn drive<T>(work: impl Future<Output = T>) -> (T, usize) {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    for waits in 0.. {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return (done, waits);
        }
    }
    unreachable!("numbers do not end")
}

#[test]
fn an_edition_read_in_pauses_is_the_same_and_no_step_is_long() {
    let edition = made_up::edition(2000);
    let bytes = encode(&edition).unwrap();
    let pace = Restless::default();
    let (read, waits) = drive(decode_at(&bytes, &pace));
    assert_eq!(read.unwrap(), edition);
    assert_eq!(waits, pace.pauses.get());
    // One behind 256 names, one behind 256 samplings or the last of a bulletin.
    let least = edition.firms.len() / 256 + edition.bulletins.len().max(edition.samplings.len() / 256);
    assert!(waits >= least, "{waits} pauses of {least}");
    let (checker, waits) = drive(Checker::open_at(&bytes, Provenance::Unverified, &pace));
    assert!(checker.is_ok() && waits > least);
}

#[test]
fn an_edition_opens_from_its_columns_as_from_its_bytes() {
    let edition = made_up::edition(2000);
    let checker = Checker::of_edition(edition.clone(), Provenance::Unverified).unwrap();
    let columns = checker.columns();
    let mut custom = EditionTag { number: edition.number, as_of: edition.as_of }.to_custom();
    VouchedColumns::vouch(&mut custom, &checker);
    let target = published(custom.clone());
    let vouched = |target: &Target, columns: &[u8]| {
        VouchedColumns::verify_hashed(target, columns.to_vec(), &Sha256::digest(columns))
    };
    let kept = vouched(&target, &columns).unwrap();
    let pace = Restless::default();
    let open =
        |columns: &VouchedColumns| drive(Checker::of_columns_at(columns, Provenance::Unverified, &pace)).0;
    assert_eq!(*open(&kept).unwrap().edition(), edition);
    assert_eq!(kept.into_bytes(), columns);
    let cut = &columns[1..];
    assert!(vouched(&target, cut).is_none());

    // As if a newer program had written them in another way.
    custom.set("columns", to_hex(&Sha256::digest(cut)).into());
    assert!(open(&vouched(&published(custom.clone()), cut).unwrap()).is_none());
    for unsigned in [Value::from(""), Value::from(7u32)] {
        custom.set("columns", unsigned);
        assert!(vouched(&published(custom.clone()), &columns).is_none());
    }
}

/// A target of which the publisher says this, as a client finds it.
fn published(custom: Object) -> Target {
    let folder = tempfile::tempdir().unwrap();
    let now = "2025-11-01T00:00:00Z".parse().unwrap();
    let target = NewTarget { name: "edition".into(), bytes: b"one".to_vec(), custom };
    publish(folder.path(), &Keys::from_seed(&[1; 32]), &[target], now, Expiries::default()).unwrap();
    let root = std::fs::read(folder.path().join("metadata/1.root.json")).unwrap();
    let newest = |targets: Vec<Target>| EditionTag::newest(targets).into_iter().collect();
    let held = read(&Source::Folder(folder.path().into()), &root, now, newest, &mut |_| {}).unwrap();
    held.targets[0].target().clone()
}

#[test]
fn every_flipped_bit_is_refused_and_most_are_named_damage() {
    let bytes = encode(&example::edition()).unwrap();
    let mut codes = std::collections::BTreeMap::new();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = decode(&flipped).expect_err("a flipped bit is refused");
        *codes.entry(error.code()).or_insert(0usize) += 1;
    }
    // 48 bits of magic, 16 of version and 8 of the tag are told apart from damage: 100 % are refused.
    let damaged = bytes.len() * 8 - 48 - 16 - 8;
    let expected = [("snapshot_damaged", damaged), ("snapshot_foreign", 48), ("snapshot_version", 24)];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_snapshot_cut_short_anywhere_is_named_truncated() {
    let bytes = encode(&example::edition()).unwrap();
    for length in 1..bytes.len() {
        let error = decode(&bytes[..length]).unwrap_err();
        assert!(
            matches!(*error, SnapshotError::Truncated { found, .. } if found == length),
            "{length}: {error}"
        );
    }
    assert_eq!(*decode(&[]).unwrap_err(), SnapshotError::Magic { found: vec![] });
}

#[test]
fn bytes_behind_the_end_are_named() {
    let mut bytes = encode(&example::edition()).unwrap();
    bytes.push(0);
    let expected =
        SnapshotError::Trailing { expected: u64::try_from(bytes.len() - 1).unwrap(), found: bytes.len() };
    assert_eq!(*decode(&bytes).unwrap_err(), expected);
}

#[test]
fn other_files_versions_and_sections_are_named() {
    let bytes = encode(&example::edition()).unwrap();
    let changed = |place: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[place] = byte;
        seal(&mut bytes);
        *decode(&bytes).unwrap_err()
    };
    assert_eq!(changed(7, 2), SnapshotError::Version { found: 2 });
    assert_eq!(changed(8, 2), SnapshotError::Section { expected: 1, found: 2 });
    assert_eq!(changed(0, b'P'), SnapshotError::Magic { found: [b"P", &MAGIC[1..]].concat() });
}

#[test]
fn a_length_that_lies_is_refused_before_it_is_used() {
    let bytes = encode(&example::edition()).unwrap();
    for length in [0, 1, u32::MAX, 1 << 31, u32::try_from(bytes.len()).unwrap()] {
        let mut bytes = bytes.clone();
        bytes[9..13].copy_from_slice(&length.to_be_bytes());
        assert_eq!(decode(&bytes).unwrap_err().code(), "snapshot_damaged");
    }
}

#[test]
fn a_made_up_edition_takes_less_than_a_third_of_its_lines_deflated() {
    let edition = made_up::edition(600);
    let bytes = encode(&edition).unwrap();
    assert_eq!(decode(&bytes).unwrap(), edition);
    let deflated = miniz_oxide::deflate::compress_to_vec(dump::dump(&edition).as_bytes(), 9);
    let share = bytes.len() * 1000 / deflated.len();
    assert!(share < 300, "{} of {} bytes: {share} per mille", bytes.len(), deflated.len());
}
