//! The rule engine over 10 million samplings of a million firms in columns, against a JavaScript typed-array loop
//! and `DuckDB` in SQL over the same columns in the same run: `make bench-rule`.
//!
//! Every engine must find the same number of firms in each tier; a difference fails the bench. Machines are noisy,
//! so read the ratios. Each engine runs on one core; the best of five passes counts.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use hongbang::rule::{Columns, Continuity, Judge, Mark, Policy};
use hongbang::{Day, Policy as DefaultPolicy};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const FIRMS: usize = 1_000_000;
const PASSES: u32 = 5;
/// Millions of samplings a second that DESIGN asks for.
const BUDGETS: [(Continuity, f64); 4] = [
    (Continuity::Elapsed, 200.0),
    (Continuity::Spanned, 200.0),
    (Continuity::DistinctYears, 100.0),
    (Continuity::EveryYear, 100.0),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-rule");
    fs::create_dir_all(&folder)?;
    let data = Data::generate();
    data.write(&folder)?;
    let as_of: Day = "2026-06-30".parse()?;
    println!("{} samplings of {FIRMS} firms, one core, best of {PASSES} passes\n", data.days.len());
    println!(
        "| reading | ours, million/s | budget | JavaScript, million/s | DuckDB, million/s | ours / JavaScript | ours / `DuckDB` |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let mut is_kept = true;
    for (continuity, budget) in BUDGETS {
        let (tiers, ours) = data.judge(continuity, as_of);
        let javascript = peer("node", "benches/rule.mjs", &folder, continuity, as_of, &tiers)?;
        let duckdb = peer("python3", "benches/rule_duckdb.py", &folder, continuity, as_of, &tiers)?;
        let rate = data.rate(ours);
        is_kept &= rate >= budget;
        println!(
            "| {} | {rate:.0} | {budget:.0} | {:.0} | {:.1} | {:.1} | {:.1} |",
            continuity.word(),
            data.rate(javascript),
            data.rate(duckdb),
            javascript / ours,
            duckdb / ours
        );
    }
    println!("\nverdict: {}", if is_kept { "within budget" } else { "over budget" });
    if is_kept { Ok(()) } else { Err("the rule engine is slower than its budget".into()) }
}

struct Data {
    firsts: Vec<u32>,
    days: Vec<Day>,
    marks: Vec<Mark>,
}

impl Data {
    /// Ten samplings a firm on the average, from 2014-01-01 to 2026-06-30, 6 % of them failures.
    fn generate() -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(20_240_601);
        let mut data = Self { firsts: vec![0], days: Vec::new(), marks: Vec::new() };
        for _ in 0..FIRMS {
            let count = 1 + random.next_u32() % 19;
            let mut days: Vec<i32> = (0..count)
                .map(|_| 16_071 + i32::try_from(random.next_u32() % 4_564).expect("below 4,564"))
                .collect();
            days.sort_unstable();
            for day in days {
                data.days.push(Day::from_epoch_days(day).expect("a day of this century"));
                data.marks.push(if random.next_u32() % 100 < 6 { Mark::Failed } else { Mark::Clean });
            }
            data.firsts.push(u32::try_from(data.days.len()).expect("some ten million"));
        }
        data
    }

    /// The columns as little-endian files for the peers: firsts (u32), days (i32), failures (u8).
    fn write(&self, folder: &Path) -> Result<(), Box<dyn Error>> {
        let firsts: Vec<u8> = self.firsts.iter().flat_map(|first| first.to_le_bytes()).collect();
        let days: Vec<u8> = self.days.iter().flat_map(|day| day.epoch_days().to_le_bytes()).collect();
        let failures: Vec<u8> = self.marks.iter().map(|mark| u8::from(*mark == Mark::Failed)).collect();
        fs::write(folder.join("firsts.u32"), firsts)?;
        fs::write(folder.join("days.i32"), days)?;
        fs::write(folder.join("failures.u8"), failures)?;
        Ok(())
    }

    /// How many firms each tier gets (10, 5, 3 years), and the seconds of the best pass.
    fn judge(&self, continuity: Continuity, as_of: Day) -> ([u32; 3], f64) {
        let policy = Policy { continuity, ..DefaultPolicy::default() };
        let mut best = f64::MAX;
        let mut tiers = [0; 3];
        for _ in 0..PASSES {
            let start = Instant::now();
            let judge = Judge::new(&policy, as_of);
            let columns = Columns { firsts: &self.firsts, days: &self.days, marks: &self.marks };
            tiers = [0; 3];
            for streak in judge.streaks(columns).flatten() {
                if let Some(tier) = judge.tier(&streak) {
                    tiers[tier] += 1;
                }
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        (tiers, best)
    }

    /// Millions of samplings a second.
    fn rate(&self, seconds: f64) -> f64 {
        f64::from(u32::try_from(self.days.len()).expect("some ten million")) / seconds / 1e6
    }
}

/// Runs a peer over the files, compares its tiers with ours, and gives the seconds of its best pass.
fn peer(
    program: &str,
    script: &str,
    folder: &Path,
    continuity: Continuity,
    as_of: Day,
    tiers: &[u32; 3],
) -> Result<f64, Box<dyn Error>> {
    let program =
        std::env::var(format!("BENCH_{}", program.to_uppercase())).unwrap_or_else(|_| program.into());
    let output = Command::new(&program)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script))
        .arg(folder)
        .args([continuity.word(), &as_of.epoch_days().to_string(), &PASSES.to_string()])
        .output()
        .map_err(|error| format!("{program} {script}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program} {script}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let mut words = text.split_whitespace();
    let seconds: f64 = words.next().ok_or("no time")?.parse()?;
    let theirs: Vec<u32> = words.map(str::parse).collect::<Result<_, _>>()?;
    if theirs != tiers {
        return Err(format!("{script} finds {theirs:?} firms in the tiers where we find {tiers:?}").into());
    }
    Ok(seconds)
}
