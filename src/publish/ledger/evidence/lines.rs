//! Rows from lines that come in any order, as in a dataset.

use super::super::table::{check_count, refuse};
use super::super::{LedgerError, LedgerRow};
use super::{DigestedRow, Evidence};
use crate::number::index;
use crate::sampling::Role;

/// A line of a table: a row as far as one of the firms that it names.
#[derive(Clone, Copy, Debug)]
pub(in crate::publish::ledger) struct DigestedLine {
    /// The row, of which the firms are still to be told.
    row: DigestedRow,
    /// The place of the firm's name among the texts, and its role; none where the row is set aside.
    party: Option<(u32, Role)>,
}

impl Evidence {
    /// Digests a line of a table that comes in any order: a row as far as one of its firms.
    pub(in crate::publish::ledger) fn digest_line(
        &mut self,
        bulletin: usize,
        line: &LedgerRow,
    ) -> DigestedLine {
        let bookable = line.bookable(&self.register);
        let named = bookable.iter().flat_map(|parties| parties.iter()).next();
        let party = named.map(|party| (self.texts.place(&party.name), party.role));
        let is_bookable = bookable.map(|_| ());
        let body = self.bulletins[bulletin].body;
        DigestedLine { row: self.digest_but_for_firms(body, line, is_bookable), party }
    }

    /// Takes in all rows of a bulletin that was begun, from their lines.
    ///
    /// # Errors
    /// Where rows are missing, or lines of one row differ in more than their firm or not at all.
    pub(in crate::publish::ledger) fn push_lines(
        &mut self,
        bulletin: usize,
        mut lines: Vec<DigestedLine>,
    ) -> Result<(), LedgerError> {
        let id = self.bulletins[bulletin].bulletin.id.clone();
        let party =
            |line: &DigestedLine| line.party.map(|(name, role)| (role, self.texts().get(index(name))));
        lines.sort_by(|a, b| a.row.row.cmp(&b.row.row).then_with(|| party(a).cmp(&party(b))));
        for (number, lines) in (1..).zip(lines.chunk_by(|a, b| a.row.row == b.row.row)) {
            let row = lines[0].row;
            check_lines(&id, number, lines)?;
            let first = self.parties.len();
            self.parties.extend(lines.iter().filter_map(|line| line.party));
            let row = self.with_firms(row, first);
            self.bulletins[bulletin].rows.push(row);
        }
        let count = u32::try_from(self.bulletins[bulletin].rows.len()).unwrap_or(u32::MAX);
        check_count(&id, self.bulletins[bulletin].bulletin.rows, count)
    }
}

/// Sees that lines, which lie in order, are what one row has: row `number` of the bulletin `id`.
fn check_lines(id: &str, number: u32, lines: &[DigestedLine]) -> Result<(), LedgerError> {
    let first = &lines[0];
    if first.row.row != number {
        return refuse(id, number, "rows numbered from 1 without gaps", &first.row.row);
    }
    if lines.iter().any(|line| line.row != first.row) {
        return refuse(id, number, "the lines of one row to differ in their firm only", &"other differences");
    }
    if lines.windows(2).any(|pair| pair[0].party == pair[1].party) {
        return refuse(id, number, "one line for each firm", &"two for one");
    }
    Ok(())
}
