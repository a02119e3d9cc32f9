//! The ceremony as its page prints it, run through the binary by a new operator; and a publisher that is killed.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const PAGE: &str = include_str!("../src/publish/CEREMONY.md");
const HONGBANG: &str = env!("CARGO_BIN_EXE_hongbang");

/// The shell blocks of the page, in order.
fn blocks() -> Vec<&'static str> {
    PAGE.split("\n```sh\n").skip(1).map(|rest| rest.split_once("\n```").unwrap().0).collect()
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("version").stdout(Stdio::null()).status().is_ok()
}

/// Runs a script as on a terminal of its own, where nobody can be asked.
fn run(script: &str, folder: &Path) -> Output {
    let programs = Path::new(HONGBANG).parent().unwrap().to_str().unwrap();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
    let script = format!("set -e\n{script}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(folder).env("PATH", path).stdin(Stdio::null()).output().unwrap()
}

fn succeeds(script: &str, folder: &Path) -> String {
    let output = run(script, folder);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{script}\n{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn the_ceremony_works_as_it_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut said = String::new();
    for block in blocks() {
        if block.contains("openssl") && !is_there("openssl") {
            continue;
        }
        said += &succeeds(&format!("umask 077\n{block}"), folder);
    }
    for expected in [
        "root version 1, until ",
        "  root      2 of 3\n",
        "not signed yet\n",
        "refused: one signature is not enough\n",
        "root version 1 in server/repository, until ",
        "; there is no list yet\npin server/repository/metadata/1.root.json with those who check\n",
        "edition-2025-03-14.hongbang, ",
        ", edition 1 as of 2025-03-14: ",
        "edition-2025-10-31.hongbang: in server/repository, root version 1, targets version 2, fresh until ",
        "all signatures are there\n",
        "timestamp version ",
        "next: timestamp by ",
        "  + certificate-keys-1.cbor, ",
        " for guangdong, from ",
    ] {
        assert!(said.contains(expected), "{expected:?} in\n{said}");
    }
    // No private key was shown, and none is in the open.
    assert!(!said.contains("PRIVATE KEY"), "{said}");
    for who in ["anna", "ben", "chen"] {
        let pem = fs::read_to_string(folder.join(who).join("keys/root.pem")).unwrap();
        assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{who}");
    }
    let papers = fs::read_dir(folder.join("gao/papers")).unwrap().count();
    assert_eq!(papers, 400, "four for each of the hundred firms");
    let answer = succeeds("hongbang status server/repository --within 3d --json", folder);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let versions: Vec<_> = answer["roles"].as_array().unwrap().iter().map(|role| &role["version"]).collect();
    assert_eq!(versions, [8, 8, 5, 5], "{answer}");
    assert_eq!(
        (&answer["next"], &answer["targets"]),
        (&"timestamp".into(), &4.into()),
        "two editions, a delta and a key set"
    );
    assert_eq!(run("hongbang status server/repository --within 7d", folder).status.code(), Some(1));
}

#[test]
fn what_is_missing_is_said_in_text_and_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let init = "hongbang keys new a --plain > ids\nhongbang keys new b --role root --plain >> ids\n\
                hongbang init --repo r --stage s --root a/root.pub b/root.pub --targets a/targets.pub \
                --snapshot a/snapshot.pub --timestamp a/timestamp.pub";
    let output = run(init, folder);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        error,
        "hongbang: expected how many of the 2 root keys must sign, found nothing\n  \
         say so with --root-threshold; of three keys, two: then one may be lost\n"
    );
    let init = init.rsplit('\n').next().unwrap();
    succeeds(&format!("{init} --root-threshold 2"), folder);
    succeeds("hongbang sign s --keys b", folder);
    let output = run("hongbang publish s --repo r --json", folder);
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "not_signed");
    let output = run("hongbang sign s --json", folder);
    assert_eq!(output.status.code(), Some(1));
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids: serde_json::Value =
        serde_json::from_str(&succeeds("hongbang keys show a --json", folder)).unwrap();
    let missing = &shown["missing"][0];
    assert_eq!((&missing["role"], &missing["threshold"]), (&"root".into(), &2.into()));
    assert_eq!(missing["absent"], serde_json::json!([ids[0]["key_id"]]));
    assert_eq!(ids[0]["words"].as_str().unwrap().split(' ').count(), 12);
}

#[test]
fn without_a_terminal_nobody_is_asked_and_what_is_kept_in_the_open_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let output = run("hongbang keys new open", folder);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "warning: no terminal to ask for a passphrase on; name one with --passphrase-file\n"
    );
    assert!(String::from_utf8(output.stdout).unwrap().contains("kept UNENCRYPTED in open"));
    succeeds("umask 077; echo correct-horse > p; hongbang keys new keys --passphrase-file p", folder);
    let output = run("hongbang publish --repo r --keys keys", folder);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("expected a passphrase for an encrypted key, found none"), "{error}");
    // A passphrase that others can read is none.
    let output = run("chmod 644 p; hongbang publish --repo r --keys keys --passphrase-file p", folder);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("expected p to be readable by its owner alone, found mode 0644"), "{error}");
}

/// Killed at any moment, by the system, without a chance to tidy up: readers are served, and nothing bars the next one.
#[test]
fn a_killed_publisher_harms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    succeeds("hongbang demo --out d --firms 20", folder);
    let fetch = "hongbang fetch d/repository --root d/root.json --store phone";
    succeeds(fetch, folder);
    for attempt in 0..6_u64 {
        let mut publisher = Command::new(HONGBANG);
        publisher.args(["publish", "--repo", "d/repository", "--keys", "d/keys"]).current_dir(folder);
        let mut publisher = publisher.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(attempt * 7));
        publisher.kill().unwrap();
        publisher.wait().unwrap();
        succeeds(fetch, folder);
        succeeds(&format!("rm -r phone; {fetch}"), folder);
    }
    succeeds("hongbang publish --repo d/repository --keys d/keys", folder);
    succeeds(fetch, folder);
}
