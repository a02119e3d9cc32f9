//! The format is what FORMAT.md says: a second reader, written from that text in another language, reads the same.

#![allow(clippy::unwrap_used)]

mod format;

use std::path::{Path, PathBuf};
use std::process::Command;

use format::{arbitrary, dump, example, made_up};
use hongbang::Edition;
use hongbang::snapshot::encode;
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
fn the_example_in_the_specification_is_the_encoding_of_its_edition() {
    let specification = include_str!("../src/snapshot/FORMAT.md");
    let bytes = encode(&example::edition()).unwrap();
    let file = write("specification", &bytes);
    let expected = format!("```\n{}```\n\n```\n{}```\n", hex(&bytes), read(&file, &["--trace"]));
    if std::env::var_os("BLESS").is_some() {
        let (text, _) = specification.split_once("\n## Example\n").unwrap();
        let blessed = format!("{text}\n## Example\n{EXAMPLE}{expected}");
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/snapshot/FORMAT.md"), blessed).unwrap();
    } else {
        assert!(
            specification.ends_with(&expected),
            "run once with BLESS=1 and read the difference:\n{expected}"
        );
    }
}

const EXAMPLE: &str = "
Two firms, one bulletin, three samplings: what `tests/format/example.rs` builds. First the file, then what
`tests/format/reader.py --trace` reads in it: how many bytes of the file are needed to know it, what it is, and what it
says. Bytes 0 to 5 are the magic, 6 and 7 the version, 8 is the tag, 9 to 12 are the length, the last four are the
checksum. In between no byte belongs to one value alone: most values cost less than a bit, and the first 8 bytes are
read before anything is known. This section is generated and checked by `tests/snapshot_reader.rs`.

";

fn assert_reads_alike(edition: &Edition, name: &str) {
    let file = write(name, &encode(edition).unwrap());
    let summary: serde_json::Value = serde_json::from_str(&read(&file, &[])).unwrap();
    if summary != dump::summary(edition) {
        assert_eq!(read(&file, &["--dump"]), dump::dump(edition), "{name}");
    }
    assert_eq!(summary, dump::summary(edition), "{name}");
}

fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.hongbang"));
    std::fs::write(&file, bytes).unwrap();
    file
}

/// What the second reader prints.
fn read(file: &Path, arguments: &[&str]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/format/reader.py");
    let output =
        Command::new("python3").arg(script).arg(file).args(arguments).env("PYTHONUTF8", "1").output();
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
