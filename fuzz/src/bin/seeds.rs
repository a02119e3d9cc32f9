//! Writes what the targets start from into `corpus/TARGET/`, a few small files each.

use std::fs;
use std::path::Path;

use hongbang::snapshot::delta;
use hongbang_fuzz::{CONTENT, snapshots};

fn main() -> std::io::Result<()> {
    let [old, new] = snapshots();
    let content = |bytes: &[u8]| bytes[CONTENT..bytes.len() - 4].to_vec();
    // The target of deltas puts the checksums before the coded bytes itself.
    let coded = |to: &[u8]| content(&delta::make(old, to).expect("both are snapshots"))[8..].to_vec();
    write("snapshot", &[content(old), content(new)])?;
    write("delta", &[coded(new), coded(old)])?;
    let metadata = br#"{"signatures":[],"signed":{"_type":"timestamp","expires":"2030-01-01T00:00:00Z","spec_version":"1.0.31","version":1,"meta":{"snapshot.json":{"version":1}}}}"#;
    write("metadata", &[metadata.to_vec(), br#"{"a":[1,-2,true,null,"\u00e9\n"]}"#.to_vec()])?;
    write(
        "certificate",
        &[b"\xd2\x84\x43\xa1\x01\x27\xa0\x44\xa1\x01\x61a\x40".to_vec(), b"HB1:6BFOXN".to_vec()],
    )?;
    let questions = ["霁榫照明", "91446060MA4UHH0C9E", "jisun", "6901234567892", "云州"];
    write("search", &questions.map(|question| question.as_bytes().to_vec()))
}

fn write(target: &str, seeds: &[Vec<u8>]) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    seeds.iter().enumerate().try_for_each(|(at, seed)| fs::write(folder.join(format!("seed-{at}")), seed))
}
