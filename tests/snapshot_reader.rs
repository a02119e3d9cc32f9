//! The format is what FORMAT.md says: a second reader, written from that text in another language, reads the same.

#![allow(clippy::unwrap_used)]

mod format;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use format::{arbitrary, dump, example, made_up, seal};
use hongbang::edition::{Reality, Scope};
use hongbang::publish::{build, demo, ledger::Evidence};
use hongbang::snapshot::{decode, delta, encode};
use hongbang::{Edition, Policy};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn the_second_reader_reads_the_example_as_the_first_does() {
    assert_reads_alike(&example::edition(), "example");
}

#[test]
fn the_second_reader_reads_a_made_up_edition_as_the_first_does() {
    assert_reads_alike(&made_up::edition(120), "made-up");
}

#[test]
fn the_second_reader_reads_editions_of_every_shape_as_the_first_does() {
    let mut runner = TestRunner::deterministic();
    for number in 0..24 {
        let edition = arbitrary::edition().new_tree(&mut runner).unwrap().current();
        assert_reads_alike(&edition, &format!("arbitrary-{number}"));
    }
}

#[test]
fn the_second_reader_refuses_the_damaged_files_that_the_first_refuses() {
    for (name, edition) in [("example", example::edition()), ("made-up", made_up::edition(20))] {
        let right = encode(&edition).unwrap();
        let files = damaged(&right, &format!("damaged-{name}"));
        let verdicts = judged("reader.py", &[], &files);
        for (verdict, (file, bytes)) in verdicts.iter().zip(&files) {
            assert_eq!(verdict == "ok", decode(bytes).is_ok(), "{}: {verdict}", file.display());
        }
        assert_eq!(verdicts.iter().filter(|verdict| *verdict == "ok").count(), 1, "the one that is right");
    }
}

#[test]
fn the_second_reader_reads_deltas_as_the_first_does() {
    let mut runner = TestRunner::deterministic();
    let mut pairs: Vec<[Edition; 2]> = (0..12)
        .map(|_| arbitrary::two_editions().new_tree(&mut runner).unwrap().current())
        .map(|(old, new)| [old, new])
        .collect();
    pairs.push([example::edition(), example::later()]);
    pairs.push(demo_editions());
    for (number, pair) in pairs.iter().enumerate() {
        let [old, new] = pair.each_ref().map(|edition| encode(edition).unwrap());
        let delta = delta::make(&old, &new).unwrap();
        let [old, new, delta] = [("old", old), ("new", new), ("delta", delta)]
            .map(|(what, bytes)| (write(&format!("{what}-{number}"), &bytes), bytes));
        let snapshots = [old.0, new.0];
        assert_eq!(judged("delta.py", &snapshots, &[delta]), ["ok"], "{number}");
    }
}

#[test]
fn the_second_reader_refuses_the_damaged_deltas_that_the_first_refuses() {
    let [old, new] = [example::edition(), example::later()].map(|edition| encode(&edition).unwrap());
    let snapshots = [write("delta-old", &old), write("delta-new", &new)];
    let files = damaged(&delta::make(&old, &new).unwrap(), "damaged-delta");
    let verdicts = judged("delta.py", &snapshots, &files);
    for (verdict, (file, bytes)) in verdicts.iter().zip(&files) {
        let is_made = delta::apply(&old, bytes).is_ok_and(|made| made == new);
        assert_eq!(verdict == "ok", is_made, "{}: {verdict}", file.display());
    }
    assert_eq!(verdicts.iter().filter(|verdict| *verdict == "ok").count(), 1, "the one that is right");
}

/// Two editions of a small demo, seven months apart.
fn demo_editions() -> [Edition; 2] {
    let evidence = Evidence::of(&demo::ledger(demo::Size::of(300), 1));
    [(1, "2025-03-14"), (2, "2025-10-31")].map(|(number, day)| {
        let policy = Policy { division: Some("44".into()), ..Policy::default() };
        let as_of = day.parse().unwrap();
        build::build(&evidence, &policy, as_of, Scope::Listed, number, Reality::Demo).edition
    })
}

/// The file itself, and files that differ from it: one byte, two bytes, shorter and longer, each with and some without
/// a right length and checksum.
fn damaged(right: &[u8], name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = vec![right.to_vec()];
    // About a hundred places, in whatever file: the second reader is slow.
    for place in (0..right.len()).step_by(right.len().div_ceil(100)) {
        let mut changed = right.to_vec();
        changed[place] ^= 1 << (place % 8);
        files.push(changed.clone());
        seal(&mut changed);
        files.push(changed.clone());
        changed[(place * 7 + 13) % (right.len() - 4)] ^= 0x55;
        seal(&mut changed);
        files.push(changed);
    }
    for length in (17..right.len() - 4).step_by(right.len().div_ceil(40)).chain([right.len() - 3]) {
        let mut other = right[..length.min(right.len() - 4)].to_vec();
        other.resize(length, 0);
        other[9..13].copy_from_slice(&u32::try_from(length - 13).unwrap().to_be_bytes());
        other.extend([0; 4]);
        seal(&mut other);
        files.push(other);
        files.push(right[..length].to_vec());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let written = |(number, bytes): (usize, Vec<u8>)| {
        let file = folder.join(number.to_string());
        std::fs::write(&file, &bytes).unwrap();
        (file, bytes)
    };
    // A checksum that was changed and put right again is no change.
    let differ = |(at, bytes): &(usize, Vec<u8>)| *at == 0 || *bytes != right;
    files.into_iter().enumerate().filter(differ).map(written).collect()
}

/// What a reader in Python says of each file.
fn judged(script: &str, before: &[PathBuf], files: &[(PathBuf, Vec<u8>)]) -> Vec<String> {
    let said = python(script, "judge", before.iter().chain(files.iter().map(|(file, _)| file)));
    let verdicts: Vec<String> = said.lines().map(str::to_owned).collect();
    assert_eq!(verdicts.len(), files.len());
    verdicts
}

#[test]
fn the_example_in_the_specification_is_the_encoding_of_its_edition() {
    let bytes = encode(&example::edition()).unwrap();
    let file = write("specification", &bytes);
    let expected = format!("```\n{}```\n\n```\n{}```\n", hex(&bytes), python("reader.py", "trace", [file]));
    check_example("FORMAT.md", EXAMPLE, &expected);
}

#[test]
fn the_example_in_the_specification_of_deltas_is_one() {
    let [old, new] = [example::edition(), example::later()].map(|edition| encode(&edition).unwrap());
    let delta = delta::make(&old, &new).unwrap();
    let files = [("spec-old", &old), ("spec-new", &new), ("spec-delta", &delta)];
    let files = files.map(|(name, bytes)| write(name, bytes));
    let trace = python("delta.py", "trace", files);
    let expected = format!("```\n{}```\n\n```\n{trace}```\n", hex(&delta));
    check_example("DELTA.md", EXAMPLE_OF_DELTA, &expected);
}

/// Sees that a specification ends with its example, or writes that.
fn check_example(name: &str, introduction: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/snapshot").join(name);
    let specification = std::fs::read_to_string(&path).unwrap();
    let expected = format!("\n## Example\n{introduction}{expected}");
    if std::env::var_os("BLESS").is_some() {
        let text = specification.split("\n## Example\n").next().unwrap();
        std::fs::write(&path, format!("{text}{expected}")).unwrap();
    } else {
        assert!(
            specification.ends_with(&expected),
            "run once with BLESS=1 and read the difference:\n{expected}"
        );
    }
}

const EXAMPLE_OF_DELTA: &str = "
From the edition of the example in `FORMAT.md` to that of a month later, which has one bulletin and one firm more, and
in which a trade mark has changed: what `example::later` in `tests/format/example.rs` builds. First the file, then what
`tests/format/delta.py trace` reads in it: how many bytes of the file are needed to know it, what it is, and what it
says; what is known and passed over is left out. Bytes 0 to 5 are the magic, 6 and 7 the version, 8 is the tag, 9 to 12
are the length, 13 to 16 the checksum of the old snapshot and 17 to 20 that of the new one, the last four are the
checksum. In between no byte belongs to one value alone. This section is generated and checked by
`tests/snapshot_reader.rs`.

";

const EXAMPLE: &str = "
Two firms, one bulletin, three samplings: what `tests/format/example.rs` builds. First the file, then what
`tests/format/reader.py trace` reads in it: how many bytes of the file are needed to know it, what it is, and what it
says. Bytes 0 to 5 are the magic, 6 and 7 the version, 8 is the tag, 9 to 12 are the length, the last four are the
checksum. In between no byte belongs to one value alone: most values cost less than a bit, and the first 8 bytes are
read before anything is known. This section is generated and checked by `tests/snapshot_reader.rs`.

";

fn assert_reads_alike(edition: &Edition, name: &str) {
    let file = write(name, &encode(edition).unwrap());
    assert_eq!(python("reader.py", "dump", [file]), dump::dump(edition), "{name}");
}

fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.hongbang"));
    std::fs::write(&file, bytes).unwrap();
    file
}

/// What a script beside this file prints about files.
fn python(script: &str, what: &str, files: impl IntoIterator<Item = impl AsRef<OsStr>>) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format").join(script);
    let output =
        Command::new("python3").arg("-B").arg(script).arg(what).args(files).env("PYTHONUTF8", "1").output();
    let output = output.expect("install python3 (3.9 or later, no packages): it runs the second reader");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Sixteen bytes a line, each line with its first place.
fn hex(bytes: &[u8]) -> String {
    let line = |text: String, (at, line): (usize, &[u8])| {
        line.iter().fold(text + &format!("{:4}", at * 16), |text, byte| text + &format!(" {byte:02x}")) + "\n"
    };
    bytes.chunks(16).enumerate().fold(String::new(), line)
}
