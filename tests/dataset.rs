//! A ledger, its dataset, and what another program makes of that dataset give one edition, byte for byte.

#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use hongbang::edition::{Reality, Scope};
use hongbang::publish::ledger::{found, read_evidence, write_dataset};
use hongbang::publish::{build, demo};
use hongbang::snapshot::encode;
use hongbang::{Day, Policy};

/// The demo's ledger and its dataset.
fn demo() -> (tempfile::TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let made = demo::Demo::new(demo::Size::of(1_000), 1);
    found(&folder.path().join("ledger"), made.register(), made.bulletins()).unwrap();
    write_dataset(&folder.path().join("ledger"), &folder.path().join("dataset"), &mut |_| {}).unwrap();
    let edition = edition(&folder.path().join("ledger"));
    (folder, edition)
}

fn edition(evidence: &Path) -> Vec<u8> {
    let evidence = read_evidence(evidence, &mut |_| {}).unwrap();
    let as_of: Day = "2025-10-31".parse().unwrap();
    let policy = Policy { division: Some("44".into()), ..Policy::default() };
    encode(&build::build(&evidence, &policy, as_of, Scope::Inspected, 1, Reality::Demo).edition).unwrap()
}

#[test]
fn the_dataset_of_a_ledger_gives_its_edition() {
    let (folder, expected) = demo();
    assert_eq!(edition(&folder.path().join("dataset")), expected);
}

/// `BENCH_PYTHON3` names a Python with `benches/requirements.txt` installed: `make bench-size` brings both.
#[test]
fn what_duckdb_and_pyarrow_made_of_it_gives_its_edition() {
    let Ok(python) = std::env::var("BENCH_PYTHON3") else { return };
    let (folder, expected) = demo();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/format/dataset.py");
    let output = Command::new(python).arg(script).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for dataset in ["duckdb", "duckdb-hive", "pyarrow"] {
        assert!(edition(&folder.path().join(dataset)) == expected, "{dataset}");
    }
}
