//! A ledger's bulletins digested on all processors.
//!
//! Reading and digesting the tables is half of a large build. Neighbouring bulletins make a part, each processor takes
//! the next part, and the parts are put together in the ledger's order, so that the evidence, and the error where there
//! is one, do not depend on which was done first.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::index::IndexLine;
use super::{Evidence, LedgerError, Progress};
use crate::firm::Register;

/// A part ends with the bulletin that brings it to so many rows: enough to be worth handing over, and a few megabytes.
const PART_ROWS: u32 = 20_000;

/// Digests the bulletins of `lines`, which lie in the ledger's order, by `read`.
///
/// # Errors
/// What `read` says of the first bulletin that it refuses.
pub(super) fn digest(
    register: &Arc<Register>,
    lines: &[IndexLine],
    shown: &mut dyn FnMut(Progress),
    read: impl Fn(&mut Evidence, &IndexLine) -> Result<(), LedgerError> + Sync,
) -> Result<Evidence, LedgerError> {
    let parts = parts(lines);
    let next = AtomicUsize::new(0);
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let (done, arriving) = mpsc::channel();
    let mut evidence = Evidence::under(Arc::clone(register));
    thread::scope(|scope| {
        for _ in 0..processors.min(parts.len()) {
            let (done, next, parts, read) = (done.clone(), &next, &parts, &read);
            scope.spawn(move || {
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let Some(part) = parts.get(turn) else { return };
                    let digested = digest_part(Arc::clone(register), &lines[part.clone()], read);
                    if digested.is_err() {
                        // What lies before is being read by others already; what lies behind nobody needs.
                        next.store(parts.len(), Ordering::Relaxed);
                    }
                    // The receiver outlives this thread.
                    let _ = done.send((turn, digested));
                }
            });
        }
        drop(done);
        put_together(&mut evidence, &arriving, &parts, shown)
    })?;
    Ok(evidence)
}

/// Neighbours that are digested together.
fn parts(lines: &[IndexLine]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut rows) = (0, 0_u32);
    for (at, line) in lines.iter().enumerate() {
        rows = rows.saturating_add(line.bulletin.rows);
        if rows >= PART_ROWS || at + 1 == lines.len() {
            parts.push(start..at + 1);
            (start, rows) = (at + 1, 0);
        }
    }
    parts
}

fn digest_part(
    register: Arc<Register>,
    lines: &[IndexLine],
    read: impl Fn(&mut Evidence, &IndexLine) -> Result<(), LedgerError>,
) -> Result<Evidence, LedgerError> {
    let mut evidence = Evidence::under(register);
    for line in lines {
        read(&mut evidence, line)?;
    }
    Ok(evidence)
}

/// Takes the parts in their order, whenever they come.
fn put_together(
    evidence: &mut Evidence,
    arriving: &mpsc::Receiver<(usize, Result<Evidence, LedgerError>)>,
    parts: &[Range<usize>],
    shown: &mut dyn FnMut(Progress),
) -> Result<(), LedgerError> {
    let of = parts.last().map_or(0, |part| part.end);
    let mut early = BTreeMap::new();
    let mut turn = 0;
    shown(Progress { done: 0, of });
    for (at, digested) in arriving {
        early.insert(at, digested);
        while let Some(digested) = early.remove(&turn) {
            evidence.append(digested?);
            shown(Progress { done: parts[turn].end, of });
            turn += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{bulletin, row};
    use super::super::{LedgerBulletin, LedgerRow};
    use super::*;
    use crate::Problem;

    /// Bulletins that are said to be as long as a part, with three rows each, which share some texts.
    fn bulletins() -> Vec<LedgerBulletin> {
        let one = |number: u32| {
            let rows = (1..=3).map(|at| LedgerRow {
                product_class: format!("灯具 {}", (number + at) % 4),
                batch: format!("B{number}"),
                failed_items: vec![format!("项目 {at}")],
                ..row(at)
            });
            let named = bulletin(&format!("b{number}"), "2021-05-01", PART_ROWS);
            LedgerBulletin { rows: rows.collect(), ..named }
        };
        (0..9).map(one).collect()
    }

    fn line(bulletin: &LedgerBulletin) -> IndexLine {
        let LedgerBulletin { bulletin, file, corrects, .. } = bulletin.clone();
        IndexLine { bulletin, file, corrects, sha256: String::new() }
    }

    #[test]
    fn parts_give_what_one_reading_gives() {
        let bulletins = bulletins();
        let lines: Vec<IndexLine> = bulletins.iter().map(line).collect();
        assert_eq!(parts(&lines).len(), bulletins.len());
        let mut steps = Vec::new();
        let read = |evidence: &mut Evidence, line: &IndexLine| {
            evidence
                .push(bulletins.iter().find(|bulletin| bulletin.bulletin.id == line.bulletin.id).unwrap());
            Ok(())
        };
        let digested = digest(&Arc::default(), &lines, &mut |step| steps.push(step.done), read).unwrap();
        let mut whole = Evidence::default();
        for bulletin in &bulletins {
            whole.push(bulletin);
        }
        assert_eq!(digested.texts(), whole.texts());
        let told = |evidence: &Evidence| {
            let rows = evidence.bulletins.iter().flat_map(|bulletin| &bulletin.rows);
            rows.map(|row| format!("{row:?} {:?}", evidence.parties(row))).collect::<Vec<_>>()
        };
        assert_eq!(told(&digested), told(&whole));
        assert_eq!(steps, (0..=9).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_is_told_whoever_is_faster() {
        let lines: Vec<IndexLine> = bulletins().iter().map(line).collect();
        let read = |_: &mut Evidence, line: &IndexLine| match line.bulletin.id.as_str() {
            "b2" => {
                thread::sleep(std::time::Duration::from_millis(20));
                Err(LedgerError::CorrectsNothing { id: "b2".into(), corrects: "x".into() })
            }
            "b3" => Err(LedgerError::TwiceGiven { id: "b3".into(), files: ["x".into(), "y".into()] }),
            _ => Ok(()),
        };
        let error = digest(&Arc::default(), &lines, &mut |_| {}, read).unwrap_err();
        assert!(error.to_string().contains("b2"), "{error} {}", error.code());
    }

    #[test]
    fn a_ledger_without_bulletins_has_no_evidence() {
        let digested = digest(&Arc::default(), &[], &mut |_| {}, |_, _| Ok(())).unwrap();
        assert_eq!(digested.rows(), 0);
    }
}
