//! How much memory a reader uses at the most, whatever a file says of itself.

#![allow(clippy::unwrap_used)]

mod format;

use std::sync::{Mutex, MutexGuard, PoisonError};

use format::{example, made_up, seal};
use hongbang::Policy;
use hongbang::checker::{Checker, Provenance};
use hongbang::edition::{Reality, Scope};
use hongbang::publish::{build, demo, ledger::Evidence};
use hongbang::snapshot::{decode, delta, encode, limits};
use peak_alloc::PeakAlloc;

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

/// One mebibyte.
const FILE: usize = 1 << 20;

/// What is allocated is counted for the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn opening_the_demo_takes_at_most_four_times_its_columns() {
    let _alone = alone();
    let evidence = Evidence::of(&demo::ledger(demo::Size::default(), 1));
    let policy = Policy { division: Some("44".into()), ..Policy::default() };
    let as_of = "2025-10-31".parse().unwrap();
    let built = build::build(&evidence, &policy, as_of, Scope::Listed, 1, Reality::Demo);
    let bytes = encode(&built.edition).unwrap();
    drop((built, evidence));
    let before = PEAK.current_usage();
    let edition = decode(&bytes).unwrap();
    let columns = PEAK.current_usage() - before;
    drop(edition);
    let opening = peak_of(|| drop(Checker::open(&bytes, Provenance::Unverified).unwrap()));
    println!("columns: {columns} bytes, opening: {opening} bytes");
    assert!(opening <= 4 * columns, "expected at most {} bytes, found {opening}", 4 * columns);
}

#[test]
fn a_stated_length_of_the_file_makes_a_reader_allocate_nothing() {
    let _alone = alone();
    let right = encode(&example::edition()).unwrap();
    for (place, value) in (9..13).flat_map(|place| values().map(move |value| (place, value))) {
        let mut bytes = right.clone();
        bytes[place] = value;
        let peak = peak_of(|| drop(decode(&bytes)));
        if bytes != right {
            assert!(
                peak <= 256,
                "byte {place} is {value}: expected no more than an error, found {peak} bytes"
            );
        }
    }
}

#[test]
fn a_file_of_a_mebibyte_cannot_make_a_reader_use_more_than_the_named_bound() {
    let _alone = alone();
    let bound = usize::try_from(limits::EXPANSION).unwrap() * FILE + usize::try_from(limits::FLOOR).unwrap();
    let small = encode(&example::edition()).unwrap();
    let larger = encode(&made_up::edition(120)).unwrap();
    // The counts are told by the first bytes of the content: each of these is attacked bit by bit, in files whose length
    // and checksum are right.
    let mut highest = 0;
    for snapshot in [&small, &larger] {
        let counts = (13..25).flat_map(|place| values().map(move |value| (place, value)));
        // What else tells a length (tiers, sizes, spellings, readings, variants, the ends of texts) lies behind them.
        let others =
            (25..snapshot.len() - 4).step_by(snapshot.len() / 40).map(|place| (place, !snapshot[place]));
        for (place, value) in counts.chain(others) {
            let bytes = padded(snapshot, place, value);
            highest = highest.max(peak_of(|| drop(decode(&bytes))));
        }
    }
    assert!(highest <= bound, "expected at most {bound} bytes, found {highest}");
    println!("snapshots: {highest} of {bound} bytes");
    // A delta needs the old edition, the plan and the new one.
    let right = delta::make(&small, &larger).unwrap();
    let mut highest = 0;
    for place in 21..33 {
        for value in values() {
            let bytes = padded(&right, place, value);
            highest = highest.max(peak_of(|| drop(delta::apply(&small, &bytes))));
        }
    }
    assert!(highest <= 3 * bound, "expected at most {} bytes, found {highest}", 3 * bound);
    println!("deltas: {highest} of {} bytes", 3 * bound);
}

/// One bit set, one bit missing, all, none.
fn values() -> impl Iterator<Item = u8> {
    (0..8).flat_map(|bit| [1 << bit, !(1 << bit)]).chain([0, u8::MAX])
}

/// The most that was allocated at a time while `work` was done, beyond what was before it.
fn peak_of(work: impl FnOnce()) -> usize {
    let before = PEAK.current_usage();
    PEAK.reset_peak_usage();
    work();
    PEAK.peak_usage().saturating_sub(before)
}

/// A file of a mebibyte that begins as another does, but for one byte.
fn padded(file: &[u8], place: usize, value: u8) -> Vec<u8> {
    let mut bytes = file[..file.len() - 4].to_vec();
    bytes[place] = value;
    bytes.resize(FILE, 0);
    bytes[9..13].copy_from_slice(&u32::try_from(FILE - 17).unwrap().to_be_bytes());
    seal(&mut bytes);
    bytes
}
