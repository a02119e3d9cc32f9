//! Deltas from outside: what they make, what they cost, and what becomes of damaged ones.

#![allow(clippy::unwrap_used)]

mod format;

use format::{arbitrary, example, seal};
use hongbang::edition::{Reality, Scope};
use hongbang::publish::{build, demo, ledger::Evidence};
use hongbang::snapshot::{SnapshotError, decode, delta, encode};
use hongbang::{Day, Policy, Problem};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_delta_between_any_two_editions_makes_the_second_of_the_first(
        old in arbitrary::edition(),
        new in arbitrary::edition(),
    ) {
        let (old, new) = (encode(&old).unwrap(), encode(&new).unwrap());
        let delta = delta::make(&old, &new).unwrap();
        prop_assert_eq!(delta::apply(&old, &delta).unwrap(), new);
    }

    #[test]
    fn a_delta_between_editions_of_one_ledger_makes_the_second_of_the_first(
        (old, new) in arbitrary::two_editions(),
    ) {
        let (old, new) = (encode(&old).unwrap(), encode(&new).unwrap());
        let delta = delta::make(&old, &new).unwrap();
        prop_assert_eq!(delta::apply(&old, &delta).unwrap(), new);
    }

    #[test]
    fn a_changed_delta_is_refused_though_its_checksum_is_right(
        (old, new) in arbitrary::two_editions(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (old, new) = (encode(&old).unwrap(), encode(&new).unwrap());
        let right = delta::make(&old, &new).unwrap();
        let mut changed = right.clone();
        for (place, byte) in changes {
            let content = CODED..changed.len() - 4;
            let place = content.start + place.index(content.len());
            changed[place] = byte;
        }
        seal(&mut changed);
        prop_assert_eq!(delta::apply(&old, &changed).is_ok(), changed == right);
    }

    #[test]
    fn no_content_makes_a_reader_panic(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        let old = encode(&example::edition()).unwrap();
        let right = delta::make(&old, &old).unwrap();
        let mut bytes = right[..9].to_vec();
        bytes.extend(u32::try_from(8 + content.len()).unwrap().to_be_bytes());
        bytes.extend(&right[13..CODED]);
        bytes.extend(content);
        bytes.extend([0; 4]);
        seal(&mut bytes);
        prop_assert_eq!(delta::apply(&old, &bytes).is_ok(), bytes == right);
    }
}

/// Where the coded bytes of a delta begin: behind magic, version, tag, length and two checksums.
const CODED: usize = 6 + 2 + 1 + 4 + 8;

#[test]
fn every_flipped_bit_is_refused_with_and_without_a_right_checksum() {
    let old = encode(&example::edition()).unwrap();
    let right = delta::make(&old, &later()).unwrap();
    assert_eq!(delta::apply(&old, &right).unwrap(), later());
    for bit in 0..right.len() * 8 {
        let mut flipped = right.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(delta::apply(&old, &flipped).is_err(), "bit {bit}");
        if bit / 8 < right.len() - 4 {
            seal(&mut flipped);
            assert!(delta::apply(&old, &flipped).is_err(), "bit {bit} under a right checksum");
        }
    }
}

#[test]
fn a_delta_cut_short_anywhere_or_prolonged_is_refused() {
    let old = encode(&example::edition()).unwrap();
    let right = delta::make(&old, &later()).unwrap();
    for length in 0..right.len() {
        assert!(delta::apply(&old, &right[..length]).is_err(), "{length}");
    }
    for length in CODED..right.len() - 4 {
        let mut shorter = right[..length].to_vec();
        shorter[9..13].copy_from_slice(&u32::try_from(length - 13).unwrap().to_be_bytes());
        shorter.extend([0; 4]);
        seal(&mut shorter);
        assert!(delta::apply(&old, &shorter).is_err(), "{length} under a right checksum");
    }
    let longer = [&right[..], &[0]].concat();
    assert_eq!(delta::apply(&old, &longer).unwrap_err().code(), "snapshot_damaged");
}

#[test]
fn what_is_no_delta_or_no_delta_for_this_edition_is_named() {
    let old = encode(&example::edition()).unwrap();
    let delta = delta::make(&old, &later()).unwrap();
    let checksum = |bytes: &[u8]| u32::from_be_bytes(bytes[bytes.len() - 4..].try_into().unwrap());
    let (expected, found) = (checksum(&old), checksum(&later()));
    assert_eq!(*delta::apply(&later(), &delta).unwrap_err(), SnapshotError::OtherBase { expected, found });
    let mut promises_another = delta.clone();
    promises_another[17] ^= 1;
    seal(&mut promises_another);
    let error = delta::apply(&old, &promises_another).unwrap_err();
    assert!(
        matches!(*error, SnapshotError::OtherResult { found, .. } if found == checksum(&later())),
        "{error}"
    );
    assert_eq!(*delta::apply(&old, &old).unwrap_err(), SnapshotError::Section { expected: 2, found: 1 });
    assert_eq!(*decode(&delta).unwrap_err(), SnapshotError::Section { expected: 1, found: 2 });
    assert!(delta::is_delta(&delta) && !delta::is_delta(&old));
}

#[test]
fn a_delta_of_nothing_is_next_to_nothing() {
    let old = encode(&example::edition()).unwrap();
    let delta = delta::make(&old, &old).unwrap();
    assert_eq!(delta::apply(&old, &delta).unwrap(), old);
    assert!(delta.len() < 80, "{} bytes", delta.len());
}

#[test]
fn the_demo_is_brought_up_to_date_within_the_budget() {
    let evidence = Evidence::of(&demo::ledger(demo::Size::default(), 1));
    let policy = Policy { division: Some("44".into()), ..Policy::default() };
    let edition = |number: u32, day: &str| {
        let as_of: Day = day.parse().unwrap();
        let built = build::build(&evidence, &policy, as_of, Scope::Listed, number, Reality::Demo);
        encode(&built.edition).unwrap()
    };
    let [march, september, october] =
        [(1, "2025-03-14"), (2, "2025-09-30"), (3, "2025-10-31")].map(|(number, day)| edition(number, day));
    let per_mille = |old: &[u8], new: &[u8]| {
        let delta = delta::make(old, new).unwrap();
        assert_eq!(delta::apply(old, &delta).unwrap(), new);
        println!("{} of {} bytes", delta.len(), new.len());
        delta.len() * 1000 / new.len()
    };
    let seven_months = per_mille(&march, &october);
    assert!(seven_months <= 350, "expected at most 0.350 of the whole, found {seven_months} per mille");
    let a_month = per_mille(&september, &october);
    assert!(a_month <= 120, "expected at most 0.120 of the whole, found {a_month} per mille");
}

/// The snapshot of the example a month later.
fn later() -> Vec<u8> {
    encode(&example::later()).unwrap()
}
