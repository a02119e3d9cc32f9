//! The search against its peers in one run of Chromium: `make bench-search`.
//!
//! ```text
//! cargo bench --bench search -- [FIRMS…] [--each N] [--engines a,b | --engines none]
//! ```
//!
//! Without numbers, 5,416, 100,000 and a million firms; 500 questions a kind. Of a million, ours and the plain scan alone
//! are asked unless others are named: the other peers take minutes and gigabytes.
//!
//! Names are made up ([`names`]), questions are made from them ([`questions`]), both seeded. This half writes them and
//! the edition, and asks natively ([`native`]); `browser/run.mjs` opens every engine in a page of its own, asks all
//! questions and prints the tables. The npm package must have been built (`make package`) and `npm ci` run in `browser/`;
//! `HONGBANG_PACKAGE` names the package's folder where it is not `pkg/dist`. Machines are noisy, so read the ratios.

mod names;
mod native;
mod questions;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use hongbang::edition::{EditionBuilder, FirmRecord, Reality, SamplingRecord, Scope};
use hongbang::publish::alphabet::with_alphabet;
use hongbang::sampling::{Bulletin, Facts, Level, Lists};
use hongbang::search::Index;
use hongbang::{CreditCode, Day, Edition, Policy, snapshot};

use names::{Dice, Name};

const SEED: u64 = 20_251_031;

/// How many firms a bulletin names, about as real ones do.
const ROWS: usize = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let wishes = Wishes::read(std::env::args().skip(1))?;
    for firms in &wishes.firms {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-search-{firms}"));
        fs::create_dir_all(&folder)?;
        write(&folder, *firms, wishes.each)?;
        let engines = wishes.engines_for(*firms);
        if engines == ["none"] {
            continue;
        }
        let status = Command::new("node")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/search/browser/run.mjs"))
            .args([&folder, &wishes.package])
            .args(engines)
            .status()?;
        if !status.success() {
            return Err("the run in the browser failed".into());
        }
    }
    Ok(())
}

/// What is asked for on the command line.
struct Wishes {
    firms: Vec<usize>,
    each: usize,
    engines: Vec<String>,
    package: PathBuf,
}

impl Wishes {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let package = std::env::var_os("HONGBANG_PACKAGE")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/dist"), PathBuf::from);
        let mut wishes = Self { firms: Vec::new(), each: 500, engines: Vec::new(), package };
        while let Some(word) = words.next() {
            match word.as_str() {
                // Cargo says this to every bench.
                "--bench" => {}
                "--each" => wishes.each = words.next().ok_or("expected a number behind --each")?.parse()?,
                "--engines" => {
                    let engines = words.next().ok_or("expected names behind --engines")?;
                    wishes.engines = engines.split(',').map(str::to_owned).collect();
                }
                firms => wishes.firms.push(firms.parse()?),
            }
        }
        if wishes.firms.is_empty() {
            wishes.firms = vec![5_416, 100_000, 1_000_000];
        }
        Ok(wishes)
    }

    /// The engines that are asked about so many firms; none for all of them.
    fn engines_for(&self, firms: usize) -> Vec<String> {
        if self.engines.is_empty() && firms >= 1_000_000 {
            return vec!["hongbang".into(), "scan".into()];
        }
        self.engines.clone()
    }
}

/// Writes names, questions and the edition, and tells what the index takes.
fn write(folder: &Path, firms: usize, each: usize) -> Result<(), Box<dyn Error>> {
    let names = names::names(firms, SEED);
    let printed: Vec<String> = names.iter().map(|name| name.characters.iter().collect()).collect();
    fs::write(folder.join("names.json"), serde_json::to_vec(&printed)?)?;
    let questions = questions::questions(&names, each, SEED + 1);
    fs::write(folder.join("questions.json"), serde_json::to_vec(&questions)?)?;
    let [first, five, twenty] = questions::reachable(&names, &questions);
    println!(
        "{firms} firms: names with the same initials allow any order to have the right one within the first 1 / 5 / 20 \
         in {first:.0} / {five:.0} / {twenty:.0} % of the questions of initials"
    );
    let edition = edition(&names)?;
    let with = snapshot::encode(&edition)?;
    let bare =
        snapshot::encode(&Edition { alphabet: hongbang::edition::Alphabet::default(), ..edition.clone() })?;
    fs::write(folder.join("edition.snapshot"), &with)?;
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let index = Index::new(&edition);
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
        drop(index);
    }
    let utf8 = edition.firms.names.joined().len();
    println!(
        "{firms} firms: the names are {utf8} bytes, the index {} ({:.2} times as many), laid out in {best:.1} ms \
         natively; the alphabet adds {} bytes to an edition of {}",
        Index::new(&edition).bytes(),
        ratio(Index::new(&edition).bytes(), utf8),
        with.len() - bare.len(),
        bare.len()
    );
    native::print(edition, &names, &questions);
    Ok(())
}

fn ratio(a: usize, b: usize) -> f64 {
    let wide = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    wide(a) / wide(b)
}

/// An edition with these firms, each of them sampled once and clean.
fn edition(names: &[Name]) -> Result<Edition, Box<dyn Error>> {
    let mut dice = Dice::new(SEED + 2);
    let day: Day = "2015-03-01".parse()?;
    let division = "440000".parse()?;
    let firms = names.iter().zip(0..).map(|(name, number)| firm(name, day, number, &mut dice)).collect();
    let bulletins = (0..names.len().div_ceil(ROWS)).map(|number| Bulletin {
        id: format!("bench-{number:05}"),
        body: "示例".into(),
        level: Level::Municipal,
        division,
        published_on: day,
        inspection_year: None,
        title: "示例".into(),
        url: String::new(),
        lists: Lists::All,
        rows: u32::try_from(ROWS).expect("some hundreds"),
    });
    let builder = EditionBuilder {
        number: 1,
        as_of: "2025-10-31".parse()?,
        scope: Scope::Inspected,
        policy: Policy::default(),
        reality: Reality::Demo,
        bulletins: bulletins.collect(),
        firms,
    };
    Ok(with_alphabet(builder.build()))
}

fn firm(name: &Name, day: Day, number: usize, dice: &mut Dice) -> FirmRecord {
    let facts = Facts::CLEAN;
    let mut stem = *b"9144010000000000";
    for character in &mut stem[8..11] {
        *character = *dice.pick(CreditCode::ALPHABET);
    }
    // Its number makes it nobody else's.
    let mut left = number;
    for character in stem[11..].iter_mut().rev() {
        *character = CreditCode::ALPHABET[left % 31];
        left /= 31;
    }
    FirmRecord {
        code: CreditCode::from_stem(&stem).ok(),
        name: name.characters.iter().collect(),
        former_names: vec![],
        division: None,
        trade_marks: vec![],
        gs1_prefixes: vec![],
        labels: vec![],
        samplings: vec![SamplingRecord {
            day,
            facts,
            bulletin: number / ROWS,
            row: u32::try_from(number % ROWS + 1).expect("some hundreds"),
            product_class: "示例".into(),
            failed_items: "".into(),
        }],
    }
}
