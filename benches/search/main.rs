//! Search.
mod names;
mod questions;

use std::sync::LazyLock;
static T0: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
fn cpu() -> f64 {
    T0.elapsed().as_secs_f64()
}

use hongbang::Edition;
use hongbang::edition::{Alphabet, EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::publish::alphabet::with_alphabet;
use hongbang::rule::Policy;
use hongbang::sampling::*;
use hongbang::search::{Index, Query};

fn main() {
    let firms: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(5_416);
    let each: usize = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(400);
    let names = names::names(firms, 7);
    for n in names.iter().take(8) {
        println!("{}", n.characters.iter().collect::<String>());
    }
    let questions = questions::questions(&names, each, 11);
    let edition = edition(&names);
    let order: std::collections::HashMap<&str, usize> =
        edition.firms.names.iter().enumerate().map(|(i, n)| (n, i)).collect();
    let place: Vec<usize> =
        names.iter().map(|n| order[n.characters.iter().collect::<String>().as_str()]).collect();
    let mut best = f64::MAX;
    let mut index = None;
    for _ in 0..12 {
        let t = cpu();
        index = Some(Index::new(&edition));
        best = best.min((cpu() - t));
    }
    let index = index.unwrap();
    println!(
        "build {:.2} ms, {} KB index, names {} KB, {} characters in alphabet, {} variants",
        best * 1e3,
        index.bytes() / 1024,
        edition.firms.names.joined().len() / 1024,
        edition.alphabet.characters().len(),
        edition.alphabet.variants().len()
    );
    for kind in questions::KINDS {
        let mut times = Vec::new();
        let mut at = [0; 3];
        let mut n = 0;
        let mut missed = Vec::new();
        for q in questions.iter().filter(|q| q.kind == kind) {
            n += 1;
            let mut t1 = f64::MAX;
            let mut hits = Vec::new();
            for _ in 0..7 {
                let t = cpu();
                hits = match Query::read(&q.text) {
                    Query::Words(words) => index.find(&edition, &words, 20),
                    _ => vec![],
                };
                t1 = t1.min((cpu() - t) * 1e3);
            }
            times.push(t1);
            let found = hits.iter().position(|h| h.firm == place[q.firm]);
            for (i, k) in [1, 5, 20].iter().enumerate() {
                if found.is_some_and(|f| f < *k) {
                    at[i] += 1;
                }
            }
            if found.is_none_or(|f| f >= 5) {
                missed.push(format!(
                    "{} ({}) -> {}",
                    q.text,
                    names[q.firm].characters.iter().collect::<String>(),
                    hits.first().map_or("", |h| h.text.as_str())
                ));
            }
        }
        times.sort_by(|a, b| a.total_cmp(b));
        let pc = |x: i32| 100.0 * x as f64 / n as f64;
        println!(
            "{kind:12} p50 {:.3} p99 {:.3} ms | first 1 {:.1} 5 {:.1} 20 {:.1}",
            times[times.len() / 2],
            times[times.len() * 99 / 100],
            pc(at[0]),
            pc(at[1]),
            pc(at[2])
        );
        for m in missed.iter().take(std::env::var("MISSED").ok().and_then(|n| n.parse().ok()).unwrap_or(0)) {
            println!("     {m}");
        }
    }
}

fn edition(names: &[names::Name]) -> Edition {
    let facts = Facts {
        day_from: DayFrom::Published,
        first_test: Outcome::Conforming,
        retest: Retest::NotAsked,
        follow_up: FollowUp::Unknown,
        standing: Standing::Final,
        role: Role::Producer,
    };
    let day = "2015-03-01".parse().unwrap();
    let firms = names
        .iter()
        .map(|name| FirmRecord {
            code: None,
            name: name.characters.iter().collect(),
            former_names: vec![],
            division: None,
            trade_marks: vec![],
            gs1_prefixes: vec![],
            labels: vec![],
            samplings: vec![SamplingRecord {
                day,
                facts,
                bulletin: 0,
                row: 1,
                product_class: "x".into(),
                failed_items: vec![],
            }],
        })
        .collect();
    let _ = Alphabet::default();
    with_alphabet(
        EditionBuilder {
            number: 1,
            as_of: "2025-10-31".parse().unwrap(),
            scope: Scope::Inspected,
            policy: Policy::default(),
            reality: Reality::Demo,
            bulletins: vec![Bulletin {
                id: "b".into(),
                body: "x".into(),
                level: Level::Municipal,
                division: "440000".parse().unwrap(),
                published_on: day,
                inspection_year: None,
                title: "".into(),
                url: "".into(),
                lists: Lists::All,
                rows: 1,
            }],
            firms,
        }
        .build(),
    )
}
