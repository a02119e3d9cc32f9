//! The verbs that answer: fetch, check, explain, search, export, diff.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::Path;

use hongbang::checker::{Checker, KeySetTag, Kind};
use hongbang::publish::moves::{self, Moves};
use hongbang::publish::transport::{self, Held, Progress, Source};
use hongbang::publish::{export, ledger};
use serde::Serialize;

use super::args::{Ask, Diff, Export, Fetch, Format, Search};
use super::failure::{Failure, unusable};
use super::store::Opened;
use super::{Outcome, clock, progress, show, store};

pub(crate) fn fetch(args: &Fetch) -> Result<Outcome, Failure> {
    let folder = match &args.store {
        Some(folder) => folder.clone(),
        None => store::default_store()?,
    };
    let root = pinned_root(args.root.as_deref(), &folder)?;
    let mut bar = progress::Bytes::default();
    let source = Source::new(&args.url);
    let mut delta = None;
    let held = transport::fetch(&source, &root, &folder, clock::now(), store::newest, &mut |step| {
        if let Progress::Delta { failure, .. } = step {
            delta = Some(failure.unwrap_or("applied"));
        }
        bar.show(step);
    })?;
    drop(bar);
    let checker = Opened::verified(&held)?.checker;
    write_atomically(&folder.join(store::PINNED_ROOT), &root)?;
    tell_fetched(args, &held, &checker, &folder, delta)?;
    Ok(Outcome::Yes)
}

/// The root to verify from: the one that is named, else the one that the store was begun with. The two may not differ.
fn pinned_root(named: Option<&Path>, folder: &Path) -> Result<Vec<u8>, Failure> {
    let kept = folder.join(store::PINNED_ROOT);
    match named {
        None if kept.is_file() => store::read(&kept),
        None => Err(Failure::new(
            "no_root",
            "expected a pinned root to verify the list from, found none",
            "name the root.json that you got from somebody you trust: --root ROOT",
        )),
        Some(path) => {
            let root = store::read(path)?;
            if kept.is_file() && store::read(&kept)? != root {
                return Err(unusable(
                    path,
                    &format!("the root that {} was begun with", folder.display()),
                    "leave --root out, or choose another store for this publisher",
                ));
            }
            Ok(root)
        }
    }
}

/// `delta` says what came of a delta, if one was tried: `applied`, or the code of what went wrong.
fn tell_fetched(
    args: &Fetch,
    held: &Held,
    checker: &Checker,
    folder: &Path,
    delta: Option<&str>,
) -> Result<(), Failure> {
    let keys = held.targets.iter().find_map(|target| KeySetTag::of(target.target()));
    let keys = keys.map(|tag| tag.number);
    if args.json {
        return print_json(&serde_json::json!({
            "edition": checker.edition_answer(), "standing": checker.standing(clock::today()),
            "bytes": store::edition(held)?.len(), "firms": checker.edition().firms.len(), "certificate_keys": keys,
            "store": folder.display().to_string(), "delta": delta,
        }));
    }
    match delta {
        Some("applied") => print("brought up to date by a delta")?,
        Some(code) => print(&format!("the delta was no use ({code}): the whole edition was brought"))?,
        None => {}
    }
    print(&show::fetched(checker, keys, folder, clock::today()))
}

pub(crate) fn check(args: &Ask) -> Result<Outcome, Failure> {
    let checker = store::open(&args.from)?.checker;
    let answer = checker.check(&args.query, args.today.unwrap_or_else(clock::today));
    if args.json {
        print_json(&answer)?;
    } else {
        print(&show::answer(&args.query, &answer))?;
    }
    Ok(Outcome::of(answer.kind == Kind::Listed))
}

pub(crate) fn explain(args: &Ask) -> Result<Outcome, Failure> {
    #[derive(Serialize)]
    struct Explained<'a> {
        #[serde(flatten)]
        answer: &'a hongbang::checker::Answer,
        explanation: Option<&'a hongbang::rule::Explanation>,
    }
    let checker = store::open(&args.from)?.checker;
    let answer = checker.check(&args.query, args.today.unwrap_or_else(clock::today));
    let explanation = checker.explain(&args.query);
    if args.json {
        print_json(&Explained { answer: &answer, explanation: explanation.as_ref() })?;
    } else {
        print(&show::explained(&args.query, &answer, explanation.as_ref(), checker.edition()))?;
    }
    Ok(Outcome::of(answer.kind == Kind::Listed))
}

pub(crate) fn search(args: &Search) -> Result<Outcome, Failure> {
    let checker = store::open(&args.from)?.checker;
    if args.batch {
        return search_batch(&checker, args.limit);
    }
    let hits = checker.search(args.query.as_deref().unwrap_or_default(), args.limit);
    if args.json {
        print_json(&hits)?;
    } else {
        print(&show::hits(&hits, &checker, clock::today()))?;
    }
    Ok(Outcome::of(!hits.is_empty()))
}

fn search_batch(checker: &Checker, limit: usize) -> Result<Outcome, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let query = line.map_err(|error| Failure::io("read", Path::new("standard input"), &error))?;
        let hits = serde_json::to_string(&checker.search(&query, limit)).expect("hits are plain data");
        writeln!(out, "{hits}").map_err(|error| closed(&error))?;
    }
    out.flush().map_err(|error| closed(&error))?;
    Ok(Outcome::Yes)
}

pub(crate) fn export(args: &Export) -> Result<Outcome, Failure> {
    if args.format == Format::Parquet && ledger::is_ledger(&args.edition) {
        let mut bar = progress::Bulletins::default();
        ledger::write_dataset(&args.edition, out_folder(args)?, &mut |step| bar.show(step))?;
        return Ok(Outcome::Yes);
    }
    let checker = store::open_path(&args.edition, None)?.checker;
    match (args.format, &args.out) {
        (Format::Ndjson, Some(path)) => write_atomically(path, &export::ndjson(&checker))?,
        (Format::Ndjson, None) => {
            io::stdout().lock().write_all(&export::ndjson(&checker)).map_err(|error| closed(&error))?;
        }
        (Format::Csv, _) => {
            let folder = out_folder(args)?;
            fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, &error))?;
            for (name, bytes) in export::csv(&checker) {
                write_atomically(&folder.join(name), &bytes)?;
            }
        }
        (Format::Parquet, _) => export::parquet(&checker, out_folder(args)?)?,
    }
    Ok(Outcome::Yes)
}

/// The folder for the files of a form that has several.
fn out_folder(args: &Export) -> Result<&Path, Failure> {
    args.out.as_deref().ok_or_else(|| {
        Failure::new("no_out", "expected a folder for the files, found none", "name one with --out")
    })
}

pub(crate) fn diff(args: &Diff) -> Result<Outcome, Failure> {
    let old = store::open_path(&args.old, None)?.checker;
    let new = store::open_path(&args.new, None)?.checker;
    let moves: Moves = moves::between(old.edition(), new.edition());
    if args.json {
        print_json(&moves)?;
    } else {
        print(&show::moves(&moves))?;
    }
    Ok(Outcome::of(!moves.is_empty()))
}

/// Prints one JSON value and a line feed.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&serde_json::to_string_pretty(value).expect("answers are plain data"))
}

/// Prints a text and a line feed.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout().lock(), "{text}").map_err(|error| closed(&error))
}

/// A reader that has seen enough (`| head`) is no failure: the program ends as quietly as it does on a signal.
fn closed(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    Failure::io("write to", Path::new("standard output"), error)
}

/// Writes to a temporary name beside `path` and renames it, so that nobody sees half a file.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    hongbang::publish::disk::replace_file(path, bytes).map_err(|error| Failure::io("write", path, &error))
}
