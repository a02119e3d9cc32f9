//! The same questions without a browser: where the time goes is easier to see here, and how it grows.

use std::time::Instant;

use hongbang::Edition;
use hongbang::checker::{Checker, Provenance};

use super::names::Name;
use super::questions::{KINDS, Question};
use super::ratio;

/// How many hits are asked for, as in the browser.
const LIMIT: usize = 20;
/// Of so many times that a question is asked, the fastest is kept.
const TIMES: usize = 3;

/// Asks all questions and prints for each kind how long an answer takes and where the right firm stands.
pub(crate) fn print(edition: Edition, names: &[Name], questions: &[Question]) {
    let checker = Checker::of_edition(edition, Provenance::Unverified).expect("the tiers are its own");
    println!("\n| natively | p50 ms | p99 ms | in the first 1 / 5 / 20, % |\n|---|--:|--:|--:|");
    for kind in KINDS {
        let asked: Vec<Asked> =
            questions.iter().filter(|own| own.kind == kind).map(|own| ask(&checker, names, own)).collect();
        let mut times: Vec<f64> = asked.iter().map(|asked| asked.milliseconds).collect();
        times.sort_by(f64::total_cmp);
        let share = |first: usize| {
            let found = asked.iter().filter(|asked| asked.place.is_some_and(|place| place < first)).count();
            100.0 * ratio(found, asked.len())
        };
        println!(
            "| {kind} | {:.3} | {:.2} | {:.1} / {:.1} / {:.1} |",
            times[times.len() / 2],
            times[times.len() * 99 / 100],
            share(1),
            share(5),
            share(20)
        );
    }
}

/// What came of a question.
struct Asked {
    milliseconds: f64,
    /// Where among the hits the right firm stands.
    place: Option<usize>,
}

fn ask(checker: &Checker, names: &[Name], question: &Question) -> Asked {
    let right: String = names[question.firm].characters.iter().collect();
    let mut asked = Asked { milliseconds: f64::MAX, place: None };
    for _ in 0..TIMES {
        let start = Instant::now();
        let hits = checker.search(&question.text, LIMIT);
        asked.milliseconds = asked.milliseconds.min(start.elapsed().as_secs_f64() * 1e3);
        asked.place = hits.iter().position(|hit| hit.name == right);
    }
    asked
}
