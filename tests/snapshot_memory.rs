//! How much memory a reader uses at the most, whatever a file says of itself.

#![allow(clippy::unwrap_used)]

mod format;

use format::{example, made_up, seal};
use hongbang::snapshot::{decode, delta, encode, limits};
use peak_alloc::PeakAlloc;

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

/// One mebibyte.
const FILE: usize = 1 << 20;

// One test, since what is allocated is counted for the whole process.
#[test]
fn a_file_of_a_mebibyte_cannot_make_a_reader_use_more_than_the_named_bound() {
    let bound = usize::try_from(limits::EXPANSION).unwrap() * FILE + usize::try_from(limits::FLOOR).unwrap();
    let small = encode(&example::edition()).unwrap();
    let larger = encode(&made_up::edition(120)).unwrap();
    // The counts are told by the first bytes of the content: each of these is attacked bit by bit, in files whose length
    // and checksum are right.
    let mut highest = 0;
    for snapshot in [&small, &larger] {
        for place in 13..25 {
            for value in values() {
                let bytes = padded(snapshot, place, value);
                highest = highest.max(peak_of(|| drop(decode(&bytes))));
            }
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
