//! Certificates from an edition to paper and back, by way of a repository.

#![allow(clippy::unwrap_used)] // Of the helpers too, not of tests alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use hongbang::certificate::{KeySet, TextForm};
use hongbang::checker::{CertificateKind, Checker, KeySetTag, ListWord, Provenance, verify_certificate};
use hongbang::edition::{Edition, EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::publish::certificate::Issuer;
use hongbang::publish::certificate_keys::{certificate_key, key_set_target, read_key, write_key};
use hongbang::publish::keys::{KeyPair, Keys, Protection};
use hongbang::publish::poster::{Qr, print, print_all};
use hongbang::publish::repository::{Expiries, publish};
use hongbang::publish::transport::{Source, read};
use hongbang::sampling::{Bulletin, Facts, Level, Lists};
use hongbang::trust::{Freshness, UtcSeconds};
use hongbang::{CreditCode, Day, Policy, Problem};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn now() -> UtcSeconds {
    "2025-11-03T02:00:00Z".parse().unwrap()
}

/// A made-up list: firm `n` is clean since 2015, 2019 or 2022; every seventh has a long name.
fn list(firms: usize) -> Edition {
    EditionBuilder {
        number: 8,
        as_of: day("2025-10-31"),
        scope: Scope::Listed,
        policy: Policy::default(),
        reality: Reality::Demo,
        bulletins: ["2015-03-01", "2019-04-01", "2022-05-01"].map(bulletin).into(),
        firms: (0..firms).map(firm).collect(),
    }
    .build()
}

fn firm(number: usize) -> FirmRecord {
    let stem = format!("91440166MA{number:06}");
    let name = match number % 7 {
        0 => format!("示例第{number}智能照明科技（云州）股份有限公司南海第三分公司"),
        _ => format!("示例第{number}照明（云州）有限公司"),
    };
    let facts = Facts::CLEAN;
    let bulletin = number % 3;
    let row = u32::try_from(number).unwrap() + 1;
    FirmRecord {
        code: Some(CreditCode::from_stem(stem.as_bytes().try_into().unwrap()).unwrap()),
        name,
        former_names: vec![],
        division: None,
        trade_marks: vec![],
        gs1_prefixes: vec![],
        labels: vec![],
        samplings: vec![SamplingRecord {
            day: day(["2015-03-01", "2019-04-01", "2022-05-01"][bulletin]),
            facts,
            bulletin,
            row,
            product_class: "灯具".into(),
            failed_items: "".into(),
        }],
    }
}

fn bulletin(published_on: &str) -> Bulletin {
    Bulletin {
        id: format!("yunzhou-{published_on}"),
        body: "云州市市场监督管理局（示例）".into(),
        level: Level::Municipal,
        division: "440000".parse().unwrap(),
        published_on: day(published_on),
        inspection_year: None,
        title: "【示例】灯具产品质量监督抽查结果".into(),
        url: "https://example.invalid/".into(),
        lists: Lists::All,
        rows: 10_000,
    }
}

fn verified(edition: Edition) -> Checker {
    let freshness = Freshness { expires: "2025-12-05T15:00:00Z".parse().unwrap(), signed_at: None };
    Checker::of_edition(edition, Provenance::Verified(freshness)).unwrap()
}

fn key() -> KeyPair {
    KeyPair::from_seed(&[7; 32])
}

fn keys() -> KeySet {
    KeySet::new(vec![certificate_key(&key(), "hongbang.example", day("2025-01-01"), None)]).unwrap()
}

fn link() -> TextForm {
    TextForm::Link("https://hongbang.example/c".parse().unwrap())
}

fn names(folder: &Path) -> BTreeSet<PathBuf> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into()).collect()
}

#[test]
fn a_reader_gets_the_keys_from_the_repository_and_verifies_the_paper() {
    let folder = tempfile::tempdir().unwrap();
    let roles = Keys::from_seed(&[1; 32]);
    roles.write(folder.path(), Protection::Plain).unwrap();
    write_key(folder.path(), &key(), Protection::Plain).unwrap();
    let (repository, key) =
        (folder.path().join("repository"), read_key(folder.path(), &mut |_| None).unwrap());
    let old = KeySet::new(vec![certificate_key(&KeyPair::from_seed(&[8; 32]), "a", day("2024-01-01"), None)]);
    for (keys, number) in [(old.unwrap(), 1), (keys(), 2)] {
        publish(&repository, &roles, &[key_set_target(&keys, number)], now(), Expiries::default()).unwrap();
    }

    let root = fs::read(repository.join("metadata/1.root.json")).unwrap();
    let newest = |targets: Vec<_>| KeySetTag::newest(targets).into_iter().collect();
    let held = read(&Source::Folder(repository), &root, now(), newest, &mut |_| {}).unwrap();
    assert_eq!(held.targets[0].target().name(), "certificate-keys-2.cbor");
    let fetched = KeySet::decode(held.targets[0].bytes()).unwrap();

    let checker = verified(list(3));
    let issuer = Issuer::new(&checker, &key, &fetched, link(), now(), 90).unwrap();
    let paper = issuer.issue_at(0).unwrap();
    let answer = verify_certificate(&paper.text, &fetched, Some(&checker), day("2026-02-01"));
    assert_eq!((answer.kind, answer.list.unwrap().says), (CertificateKind::Valid, ListWord::Confirms));
    let answer = verify_certificate(&paper.text, &fetched, None, day("2026-02-02"));
    assert_eq!(answer.kind, CertificateKind::Expired);
}

#[test]
fn a_whole_list_is_printed_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (checker, key, keys) = (verified(list(30)), key(), keys());
    let issuer = Issuer::new(&checker, &key, &keys, link(), now(), 90).unwrap();
    let papers = folder.path().join("new/papers");
    let most = AtomicUsize::new(0);
    let printed = print_all(&issuer, &papers, &|done| {
        most.fetch_max(done, Ordering::Relaxed);
    });
    let printed = printed.unwrap();
    assert_eq!((printed.certificates, printed.without_code.len(), most.into_inner()), (30, 0, 30));
    let names_there = names(&papers);
    assert_eq!(names_there.len(), 120);
    let code = checker.edition().firms.codes[0].unwrap();
    for name in ["{}.svg", "{}.png", "{}-label.svg", "{}-label.png"] {
        let name = name.replace("{}", code.as_str());
        assert!(names_there.contains(Path::new(&name)), "{name}");
    }
    assert_eq!(print_all(&issuer, &papers, &|_| {}).unwrap_err().code(), "certificates_exist");

    // One firm whose name deceives stops all, and leaves nothing behind.
    let mut deceiving = firm(31);
    deceiving.name = "示例\u{202e}照明".into();
    let firms = (0..30).map(firm).chain([deceiving]).collect();
    let edition = EditionBuilder {
        number: 8,
        as_of: day("2025-10-31"),
        scope: Scope::Listed,
        policy: Policy::default(),
        reality: Reality::Demo,
        bulletins: ["2015-03-01", "2019-04-01", "2022-05-01"].map(bulletin).into(),
        firms,
    };
    let checker = verified(edition.build());
    let issuer = Issuer::new(&checker, &key, &keys, link(), now(), 90).unwrap();
    let error = print_all(&issuer, &folder.path().join("other"), &|_| {}).unwrap_err();
    assert_eq!(error.code(), "certificate_claim");
    assert_eq!(names(folder.path()), BTreeSet::from(["new".into()]));
}

#[test]
fn one_certificate_is_printed_over_its_predecessor() {
    let folder = tempfile::tempdir().unwrap();
    let (checker, key, keys) = (verified(list(3)), key(), keys());
    for (valid_days, last) in [(30, "2025-12-03"), (90, "2026-02-01")] {
        let issuer = Issuer::new(&checker, &key, &keys, TextForm::Prefixed, now(), valid_days).unwrap();
        let paper = issuer.issue_at(1).unwrap();
        print(&paper, folder.path()).unwrap();
        let svg = folder.path().join(format!("{}.svg", paper.certificate.claims().code));
        assert!(fs::read_to_string(svg).unwrap().contains(&format!("至 {last}<")));
    }
    assert_eq!(names(folder.path()).len(), 4);
}

#[test]
fn codes_stay_at_version_11_or_below_for_usual_names() {
    let (checker, key, keys) = (verified(list(21)), key(), keys());
    for (form, usual, long) in [(link(), 11, 13), (TextForm::Prefixed, 10, 12)] {
        let issuer = Issuer::new(&checker, &key, &keys, form, now(), 90).unwrap();
        for firm in issuer.firms().0 {
            let paper = issuer.issue_at(firm).unwrap();
            let most = if paper.certificate.claims().name.chars().count() > 18 { long } else { usual };
            assert!(Qr::of(&paper.text).version() <= most, "{}", paper.certificate.claims().name);
        }
    }
}

/// `HONGBANG_PYTHON` names a Python with `tests/interop/requirements-certificate.txt` installed.
#[test]
fn other_programs_read_what_is_printed() {
    let Ok(python) = std::env::var("HONGBANG_PYTHON") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (checker, key, keys) = (verified(list(14)), key(), keys());
    for (name, form) in [("link", link()), ("prefixed", TextForm::Prefixed)] {
        let issuer = Issuer::new(&checker, &key, &keys, form, now(), 90).unwrap();
        print_all(&issuer, &folder.path().join(name), &|_| {}).unwrap();
    }
    let key_set = folder.path().join("certificate-keys-1.cbor");
    fs::write(&key_set, keys.encode()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/certificate.py");
    let mut command = std::process::Command::new(python);
    command.arg(script).arg(key_set).arg("2025-11-10");
    command.args(["link", "prefixed"].map(|name| folder.path().join(name)));
    assert!(command.status().unwrap().success());
}

/// Run by hand, in release: `cargo test --release --test certificate -- --ignored --nocapture`. It takes 11 to 13 seconds
/// of processor time, shared by all cores; ten seconds on two cores are allowed.
#[test]
#[ignore = "a measurement"]
fn a_list_of_the_published_size_is_printed_in_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let (checker, key, keys) = (verified(list(5_416)), key(), keys());
    let issuer = Issuer::new(&checker, &key, &keys, link(), now(), 90).unwrap();
    let start = Instant::now();
    let printed = print_all(&issuer, &folder.path().join("papers"), &|_| {}).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!("{} certificates, four files each, in {seconds:.1} s", printed.certificates);
}
