//! Answers as text for a terminal.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use hongbang::Day;
use hongbang::checker::{
    Answer, Checker, EditionAnswer, Hit, Kind, ListStanding, SamplingAnswer, SamplingsAnswer, StreakAnswer,
    TierName,
};
use hongbang::edition::Edition;
use hongbang::publish::build::Built;
use hongbang::publish::ledger::{Account, BulletinAccount, Ledger};
use hongbang::publish::moves::{Cause, Move, Moves, tier_sizes};
use hongbang::rule::{Explanation, NoStreak, Reading, StartReason, Why};
use hongbang::sampling::{FollowUp, Retest};
use serde::Serialize;

/// Samplings that `check` shows; `explain` shows all.
const NEWEST: usize = 5;

/// Characters of a question that are repeated; the longest names of firms have fewer.
const LONGEST_QUESTION: usize = 60;

/// A text that grows line by line.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: impl std::fmt::Display) {
        writeln!(self.0, "{line}").expect("a string takes any text");
    }

    fn end(mut self) -> String {
        self.0.truncate(self.0.trim_end().len());
        self.0
    }
}

/// The answer to `check`.
pub(crate) fn answer(query: &str, answer: &Answer) -> String {
    let mut lines = Lines::default();
    verdict(&mut lines, query, answer);
    if let Some(samplings) = &answer.samplings {
        evidence(&mut lines, samplings, NEWEST);
    }
    lines.line(list_line(&answer.edition, answer.standing));
    lines.end()
}

/// The answer to `explain`.
pub(crate) fn explained(
    query: &str,
    answer: &Answer,
    explanation: Option<&Explanation>,
    edition: &Edition,
) -> String {
    let mut lines = Lines::default();
    verdict(&mut lines, query, answer);
    if let Some(explanation) = explanation {
        lines.line("\nwhat each reading of 连续 makes of it:");
        for reading in &explanation.readings {
            let mark = if reading.continuity == explanation.reading.continuity { "*" } else { " " };
            lines.line(format_args!(
                " {mark} {:<15}{}",
                reading.continuity.word(),
                reading_line(reading, edition)
            ));
        }
        lines.line("   (* the one that this edition's signed policy holds to)");
    }
    if let Some(samplings) = &answer.samplings {
        evidence(&mut lines, samplings, usize::MAX);
    }
    lines.line(list_line(&answer.edition, answer.standing));
    lines.end()
}

/// The hits of `search`.
pub(crate) fn hits(hits: &[Hit], checker: &Checker, today: Day) -> String {
    let mut lines = Lines::default();
    if hits.is_empty() {
        lines.line("nothing found; that says nothing against the firm");
    }
    hit_lines(&mut lines, hits);
    lines.line(list_line(&checker.edition_answer(), checker.standing(today)));
    lines.end()
}

/// What `fetch` brought.
pub(crate) fn fetched(checker: &Checker, key_set: Option<u32>, folder: &Path, today: Day) -> String {
    let edition = checker.edition();
    let mut lines = Lines::default();
    lines.line(format_args!(
        "verified, and every tier recomputed from the evidence: {} firms, {} samplings from {} bulletins",
        edition.firms.len(),
        edition.samplings.len(),
        edition.bulletins.len()
    ));
    lines.line(sizes(edition));
    lines.line(list_line(&checker.edition_answer(), checker.standing(today)));
    if let Some(number) = key_set {
        lines.line(format_args!("certificates are verified by key set {number}"));
    }
    lines.line(format_args!("kept in {}", folder.display()));
    lines.end()
}

/// The account of a ledger, with every row that is booked to nobody.
pub(crate) fn account(account: &Account, ledger: &Ledger) -> String {
    let mut lines = Lines::default();
    lines.line(format_args!(
        "{:>7} {:>7} {:>10} {:>9}  bulletin",
        "rows", "booked", "duplicates", "set aside"
    ));
    for bulletin in &account.bulletins {
        let BulletinAccount { file, rows, booked, duplicates, set_aside } = bulletin;
        lines.line(format_args!("{rows:>7} {booked:>7} {duplicates:>10} {set_aside:>9}  {file}"));
    }
    let Account { rows, booked, duplicates, set_aside, .. } = account;
    lines.line(format_args!(
        "{rows:>7} {booked:>7} {duplicates:>10} {set_aside:>9}  in all: every row is accounted for"
    ));
    let mut advised = BTreeSet::new();
    for row in account.set_aside_rows(ledger) {
        lines.line(format_args!(
            "set aside  {}:{}  {}  {:?}",
            row.file,
            row.row,
            row.reason.word(),
            row.producer
        ));
        advised.insert(row.reason);
    }
    for reason in advised {
        lines.line(format_args!("{}: {}", reason.word(), reason.advice()));
    }
    lines.end()
}

/// What `build` made.
pub(crate) fn built(built: &Built, bytes: usize, out: &Path) -> String {
    let edition = &built.edition;
    let mut lines = Lines::default();
    lines.line(sizes(edition));
    if built.barred.division_unknown + built.barred.other_division > 0 {
        lines.line(format_args!(
            "kept off by the policy's division: {} firms whose division is unknown, {} of another",
            built.barred.division_unknown, built.barred.other_division
        ));
    }
    lines.line(format_args!(
        "{}: edition {} as of {}, policy {}, {} firms, {} samplings, {} bulletins, {bytes} bytes",
        out.display(),
        edition.number,
        edition.as_of,
        edition.policy.name,
        edition.firms.len(),
        edition.samplings.len(),
        edition.bulletins.len()
    ));
    lines.end()
}

/// One policy of `compare`.
#[derive(Serialize)]
pub(crate) struct Compared {
    policy: String,
    continuity: &'static str,
    tiers: Vec<(u32, u32)>,
    listed: u32,
    entered: usize,
    left: usize,
    promoted: usize,
    demoted: usize,
}

impl Compared {
    /// The figures of an edition, and its moves against the first.
    pub(crate) fn of(policy: &str, edition: &Edition, moves: &Moves) -> Self {
        let tiers = tier_sizes(edition);
        Self {
            policy: policy.into(),
            continuity: edition.policy.continuity.word(),
            listed: tiers.iter().map(|(_, firms)| firms).sum(),
            tiers,
            entered: moves.entered.len(),
            left: moves.left.len(),
            promoted: moves.promoted.len(),
            demoted: moves.demoted.len(),
        }
    }
}

/// What `compare` found.
pub(crate) fn compared(all: &[Compared]) -> String {
    let mut lines = Lines::default();
    for one in all {
        let tiers: Vec<String> =
            one.tiers.iter().map(|(years, firms)| format!("{years} years {firms}")).collect();
        lines.line(format_args!(
            "{} ({}): {} listed: {}; against the first: {} in, {} out, {} up, {} down",
            one.policy,
            one.continuity,
            one.listed,
            tiers.join(", "),
            one.entered,
            one.left,
            one.promoted,
            one.demoted
        ));
    }
    lines.end()
}

/// How many firms stand in each tier.
pub(crate) fn sizes(edition: &Edition) -> String {
    let tiers = edition.policy.tiers.iter().zip(tier_sizes(edition));
    let parts: Vec<String> = tiers.map(|(tier, (_, firms))| format!("{} {firms}", tier.name)).collect();
    let listed: u32 = tier_sizes(edition).iter().map(|(_, firms)| firms).sum();
    format!("on the list: {listed} firms ({})", parts.join(", "))
}

/// What `diff` found.
pub(crate) fn moves(moves: &Moves) -> String {
    let mut lines = Lines::default();
    lines.line(format_args!(
        "{} to {}: {} entered, {} left, {} promoted, {} demoted, {} unchanged",
        moves.from,
        moves.to,
        moves.entered.len(),
        moves.left.len(),
        moves.promoted.len(),
        moves.demoted.len(),
        moves.unchanged
    ));
    let groups = [
        ("left", &moves.left),
        ("demoted", &moves.demoted),
        ("promoted", &moves.promoted),
        ("entered", &moves.entered),
    ];
    for (what, moved) in groups {
        for firm in moved {
            lines.line(format_args!("{what:<9}{}", move_line(firm)));
        }
    }
    lines.end()
}

fn move_line(moved: &Move) -> String {
    let years = |years: Option<u32>| years.map_or("–".to_owned(), |years| years.to_string());
    let why = match (moved.why, moved.failed_on) {
        (Cause::Failure, Some(day)) => format!("failed on {day}"),
        (Cause::Failure, None) => "failed".into(),
        (Cause::NotHeld, _) => "not in the later edition, which holds listed firms only".into(),
        (Cause::Policy, _) => "the policy changed".into(),
        (Cause::Record, _) => "its record changed".into(),
        (Cause::Time, _) => "its streak grew".into(),
    };
    format!("{} → {}  {}  {why}", years(moved.before), years(moved.now), moved.name)
}

fn verdict(lines: &mut Lines, query: &str, answer: &Answer) {
    if let Some(firm) = &answer.firm {
        let code = firm.code.map_or("no code known".to_owned(), |code| code.to_string());
        lines.line(format_args!("{}  ({code})", firm.name));
        if !firm.former_names.is_empty() {
            lines.line(format_args!("  formerly {}", firm.former_names.join(", ")));
        }
    }
    match answer.kind {
        Kind::Listed => listed(lines, answer),
        Kind::Inspected => {
            lines.line(format_args!("  inspected, and not on the list as of {}", answer.edition.as_of));
            streak_line(lines, answer.streak.as_ref());
        }
        Kind::NotListed => {
            not_listed(lines, query.trim(), &answer.firms);
        }
        Kind::Several => {
            lines.line("firms that fit; ask again with the whole name or the code:");
            hit_lines(lines, &answer.firms);
        }
        Kind::Mistyped => mistyped(lines, answer),
    }
}

/// Repeats the question as far as a line has room for it, and tells which names are near.
fn not_listed(lines: &mut Lines, query: &str, near: &[Hit]) {
    if query.is_empty() {
        lines.line("nothing was asked: give a firm's name, its credit code or a barcode");
        return;
    }
    let mut shown: String = query.chars().take(LONGEST_QUESTION).collect();
    if shown.len() < query.len() {
        shown.push('…');
    }
    lines.line(format_args!(
        "{shown}: not on this list. That says nothing against the firm: most firms are never sampled."
    ));
    if !near.is_empty() {
        lines.line("other firms, with names that are near:");
        hit_lines(lines, near);
    }
}

fn listed(lines: &mut Lines, answer: &Answer) {
    let tier = answer.tier.as_ref().map_or("", |tier| tier.name.as_str());
    let label = answer.label.as_deref().unwrap_or_default();
    lines.line(format_args!("  LISTED  {tier} · {label}  as of {}", answer.edition.as_of));
    streak_line(lines, answer.streak.as_ref());
}

fn streak_line(lines: &mut Lines, streak: Option<&StreakAnswer>) {
    let Some(streak) = streak else {
        lines.line("  no clean streak at present");
        return;
    };
    let mut line = format!(
        "  clean since {}: {} years ({}), {} samplings",
        streak.start,
        streak.years,
        streak.reading.word(),
        streak.samplings
    );
    if let Some(next) = streak.next {
        write!(line, "; {} years on {} if nothing changes", next.years, next.on)
            .expect("a string takes any text");
    }
    lines.line(line);
}

fn mistyped(lines: &mut Lines, answer: &Answer) {
    let Some(mistyped) = &answer.mistyped else { return };
    lines.line(format_args!("this code has a mistake: {}", mistyped.message));
    lines.line(format_args!("  {}", mistyped.advice));
    if !mistyped.suggestions.is_empty() {
        lines.line("codes in this list that are one slip away:");
        hit_lines(lines, &mistyped.suggestions);
    }
}

fn hit_lines(lines: &mut Lines, hits: &[Hit]) {
    for hit in hits {
        let code = hit.code.map_or_else(|| "-".repeat(18), |code| code.to_string());
        let tier = hit.tier.as_ref().map_or("not listed", |TierName { name, .. }| name.as_str());
        let other = if hit.matched.field == "name" {
            String::new()
        } else {
            format!("  ({}: {})", hit.matched.field, hit.matched.text)
        };
        lines.line(format_args!("  {code}  {}  {tier}{other}", hit.name));
    }
}

fn evidence(lines: &mut Lines, samplings: &SamplingsAnswer, most: usize) {
    lines.line(format_args!(
        "\nevidence: {} samplings count, {} do not",
        samplings.counted, samplings.uncounted
    ));
    for item in samplings.items.iter().take(most) {
        lines.line(format_args!("  {}", sampling_line(item)));
    }
    if samplings.items.len() > most {
        lines.line(format_args!("  … and {} older ones: hongbang explain", samplings.items.len() - most));
    }
    lines.line("");
}

fn sampling_line(item: &SamplingAnswer) -> String {
    let mut line =
        format!("{}  {:<13}  {}  {}", item.day, item.outcome.word(), item.body, item.product_class);
    if !item.failed_items.is_empty() {
        write!(line, "  [{}]", item.failed_items.join("、")).expect("a string takes any text");
    }
    let stage = match (item.retest, item.follow_up) {
        (Retest::Upheld, _) => "  re-test upheld",
        (Retest::Overturned, _) => "  overturned by the re-test",
        (Retest::NotAsked, FollowUp::Passed) => "  follow-up passed",
        (Retest::NotAsked, _) => "",
    };
    line.push_str(stage);
    if let Some(why) = item.why {
        write!(line, "  (does not count: {})", why_words(why)).expect("a string takes any text");
    }
    write!(line, "  {}:{}", item.bulletin, item.row).expect("a string takes any text");
    line
}

const fn why_words(why: Why) -> &'static str {
    match why {
        Why::AfterAsOf => "after the as-of day",
        Why::BeforeDataFrom => "before the first day that counts",
        Why::Corrected => "corrected, and the policy lets that lift it",
        Why::Disowned => "suspected counterfeit, or the firm denies having made it",
        Why::NotResponsible => "the firm is not named as its producer",
        Why::Pending => "an objection or a re-test is running",
        Why::Withdrawn => "withdrawn by the authority",
    }
}

fn reading_line(reading: &Reading, edition: &Edition) -> String {
    let Some(streak) = &reading.streak else {
        return match reading.no_streak {
            Some(NoStreak::ChainEnded { last_clean }) => {
                format!("none: no sampling since the year of {last_clean}")
            }
            Some(NoStreak::NoCleanSinceFailure { failed_on }) => {
                format!("none: nothing clean since the failure of {failed_on}")
            }
            Some(NoStreak::Silent { last_clean }) => format!("none: silent since {last_clean}"),
            Some(NoStreak::NothingCounted) | None => "none: no sampling counts".into(),
        };
    };
    let why = match reading.starts {
        Some(StartReason::AfterFailure { failed_on }) => format!("after the failure of {failed_on}"),
        Some(StartReason::AfterMissingYear { year }) => format!("no sampling in {year}"),
        Some(StartReason::AfterSilence { silent_since }) => format!("after a silence since {silent_since}"),
        Some(StartReason::FirstSampling) | None => "the first sampling".into(),
    };
    let tier = edition.policy.tiers.iter().find(|tier| Some(tier.years) == reading.tier_years);
    let tier = tier.map_or("no tier", |tier| tier.name.as_str());
    format!("{} years from {} ({why}) to {}: {tier}", streak.years, streak.start, streak.end)
}

fn list_line(edition: &EditionAnswer, standing: ListStanding) -> String {
    let until = edition.expires_on.map_or(String::new(), |day| format!(" (signed until {day})"));
    let standing = match standing {
        ListStanding::Fresh => "verified and fresh",
        ListStanding::Ageing => "verified, but its signature has expired: fetch a newer one",
        ListStanding::OutOfDate => "verified, but out of date: it speaks of its own day only",
        ListStanding::Unverified => "VERIFIED BY NOBODY",
    };
    format!(
        "list: edition {} as of {}, policy {}{}; {standing}{until}",
        edition.number,
        edition.as_of,
        edition.policy,
        demo_mark(edition)
    )
}

const fn demo_mark(edition: &EditionAnswer) -> &'static str {
    if edition.demo { ", 示例 (made up)" } else { "" }
}
