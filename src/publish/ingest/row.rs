//! From the rows of a file to the rows of the ledger.

use std::path::Path;

use super::grid::in_one_line;
use super::heading::Column;
use super::index_file::Entry;
use super::layout::{self, Block, Line};
use super::nothing::is_nothing;
use super::outcome::Said;
use super::remark::Remarks;
use super::{
    IngestError, Warning, day_cell, failed_items, format, inspected, metadata, name_of, outcome, producer,
    product_class, remark,
};
use crate::Day;
use crate::publish::ledger::{LedgerBulletin, LedgerRow, Party, Reason};
use crate::sampling::{Bulletin, DayFrom, Lists, Outcome, Retest, Role, Standing};

/// Columns beside the producer's that name a firm, and in which role.
const PARTY_COLUMNS: &[(Column, Role)] = &[
    (Column::Principal, Role::Principal),
    (Column::ActualMaker, Role::Producer),
    (Column::Contractor, Role::Contractor),
    (Column::Filler, Role::Filler),
    (Column::Importer, Role::Importer),
    (Column::Dealer, Role::Dealer),
];

/// Reads the bulletin in a file.
pub(super) fn read_bulletin(
    file: &Path,
    entry: Option<&Entry>,
) -> Result<(LedgerBulletin, Vec<Warning>), IngestError> {
    let entry = &entry.cloned().unwrap_or_default();
    let (titles, blocks) = tables(file)?;
    let bulletin = metadata::of(file, entry, &titles, &blocks)?;
    let context = Context { file: &name_of(file), entry, bulletin: &bulletin, stem: &metadata::stem(file) };
    let mut rows = Vec::new();
    let mut warnings = Vec::new();
    let lines = blocks.iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
    for (number, (block, line)) in (1..).zip(lines) {
        let cells = Cells { block, line };
        let (day, day_from) = context.day(&cells, number, &mut warnings);
        rows.push(context.row(&cells, number, day, day_from));
    }
    warnings.extend(context.compare(&rows));
    let count = u32::try_from(rows.len()).expect("a file in memory has fewer than 2^32 rows");
    let bulletin = Bulletin { rows: count, ..bulletin };
    let read = LedgerBulletin { bulletin, file: name_of(file), corrects: entry.corrects.clone(), rows };
    Ok((read, warnings))
}

/// The texts above the tables of a file, and its rows.
fn tables(file: &Path) -> Result<(Vec<String>, Vec<Block>), IngestError> {
    let mut titles = Vec::new();
    let mut found = Vec::new();
    for grid in format::read(file)? {
        match layout::blocks(&grid) {
            Ok(blocks) => {
                titles.extend(blocks.iter().flat_map(|block| block.before.clone()));
                found.extend(blocks);
            }
            Err(Some(layout::Headless { row, headings })) => {
                return Err(IngestError::NoProducerColumn {
                    file: file.into(),
                    place: grid.place,
                    row,
                    headings,
                });
            }
            Err(None) => {}
        }
    }
    if found.is_empty() { Err(IngestError::NoTable { file: file.into() }) } else { Ok((titles, found)) }
}

struct Context<'a> {
    file: &'a str,
    entry: &'a Entry,
    bulletin: &'a Bulletin,
    stem: &'a str,
}

impl Context<'_> {
    fn row(&self, cells: &Cells<'_>, row: u32, day: Day, day_from: DayFrom) -> LedgerRow {
        let remarks = cells.remarks();
        let failed_items = failed_items::read(cells.text(Column::FailedItems));
        let first_test = outcome::of(&Said {
            outcome: cells.cell(Column::Outcome),
            has_failed_items: cells.cell(Column::FailedItems).map(|_| !failed_items.is_empty()),
            verdict: cells.line.verdict,
            failures_only: self.bulletin.lists == Lists::FailuresOnly,
            was_retested: remarks.retest != Retest::NotAsked,
        });
        let named = match (cells.is_broken(), self.parties(cells, remarks)) {
            (true, _) => Err(Reason::RowBroken),
            (false, Ok(_)) if first_test.is_none() => Err(Reason::OutcomeUnclear),
            (false, named) => named,
        };
        let text = |column| cells.text(column).to_owned();
        LedgerRow {
            row,
            set_aside: named.as_ref().err().copied(),
            parties: named.unwrap_or_default(),
            producer_printed: text(Column::Producer),
            product: text(Column::Product),
            product_class: self.product_class(cells),
            brand: text(Column::Brand),
            model: text(Column::Model),
            batch: cells.joined(Column::Batch, "/"),
            sample_number: Some(text(Column::SampleNumber))
                .filter(|number| !is_nothing(number))
                .unwrap_or_default(),
            day,
            day_from,
            first_test,
            retest: remarks.retest,
            follow_up: remarks.follow_up,
            standing: remarks.standing,
            failed_items,
            remark: cells.remark(),
        }
    }

    /// The firms of all columns that name some.
    fn parties(&self, cells: &Cells<'_>, remarks: Remarks) -> Result<Vec<Party>, Reason> {
        let mut parties = match producer::parties(cells.text(Column::Producer)) {
            Err(Reason::ProducerMissing) => vec![],
            named => named?,
        };
        for (column, role) in PARTY_COLUMNS {
            match producer::parties(cells.text(*column)) {
                Err(Reason::ProducerMissing) => {}
                named => parties.extend(named?.into_iter().map(|party| Party {
                    role: if party.role == Role::Producer { *role } else { party.role },
                    ..party
                })),
            }
        }
        if parties.is_empty() {
            parties.extend(self.inspected(cells, remarks));
        }
        if parties.is_empty() { Err(Reason::ProducerMissing) } else { Ok(producer::distinct(parties)) }
    }

    /// The inspected firm, where this body leaves the producer's cell empty because the sample was taken at the plant.
    fn inspected(&self, cells: &Cells<'_>, remarks: Remarks) -> Option<Party> {
        let is_meant = self.entry.empty_means_inspected || inspected::is_meant_by(&self.bulletin.body);
        let is_empty = is_nothing(cells.text(Column::Producer)) && remarks.standing != Standing::Disowned;
        let name = inspected::maker(cells.text(Column::Inspected)).filter(|_| is_meant && is_empty)?;
        Some(Party { name, role: Role::Producer })
    }

    /// The column, else the section line, else what the index, the headings above, the title or the file's name say.
    fn product_class(&self, cells: &Cells<'_>) -> String {
        let printed = [cells.text(Column::ProductClass), &cells.line.section, &self.entry.product_class];
        if let Some(class) = printed.into_iter().find(|class| !is_nothing(class)) {
            return in_one_line(class);
        }
        let above = cells.block.before.iter().rev().map(String::as_str);
        let mut texts = above
            .chain([self.bulletin.title.as_str(), self.stem])
            .map(|text| product_class::in_text(text, &self.bulletin.body));
        texts.find(|class| !class.is_empty()).unwrap_or_default()
    }

    /// The day of sampling, else the day of publication, else the end of the year that the bulletin states.
    fn day(&self, cells: &Cells<'_>, row: u32, warnings: &mut Vec<Warning>) -> (Day, DayFrom) {
        let published = self.bulletin.published_on;
        let printed = cells.text(Column::SamplingDay);
        match day_cell::read(printed) {
            Some(day) if day <= published => return (day, DayFrom::Sampled),
            None if is_nothing(printed) => {}
            _ => warnings.push(Warning::SamplingDay { file: self.file.into(), row, found: printed.into() }),
        }
        let year_end = self.bulletin.inspection_year.and_then(Day::year_end);
        match year_end {
            Some(end) if end < published => (end, DayFrom::YearEnd),
            _ => (published, DayFrom::Published),
        }
    }

    /// Where the index states other numbers.
    fn compare(&self, rows: &[LedgerRow]) -> Vec<Warning> {
        let file = || self.file.to_owned();
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let failed = |row: &&LedgerRow| {
            row.first_test == Some(Outcome::Nonconforming) && row.retest != Retest::Overturned
        };
        let (all, failures) = (count(rows.len()), count(rows.iter().filter(failed).count()));
        let rows = self.entry.rows.filter(|stated| *stated != all);
        let nonconforming = self.entry.nonconforming.filter(|stated| *stated != failures);
        let rows = rows.map(|stated| Warning::RowsDiffer { file: file(), stated, found: all });
        let nonconforming = nonconforming.map(|stated| Warning::NonconformingDiffer {
            file: file(),
            stated,
            found: failures,
        });
        rows.into_iter().chain(nonconforming).collect()
    }
}

/// The cells of one row by their meaning.
struct Cells<'a> {
    block: &'a Block,
    line: &'a Line,
}

impl<'a> Cells<'a> {
    /// The cell of a column; `None` where the table has no such column.
    fn cell(&self, column: Column) -> Option<&'a str> {
        let place = self.block.columns.place(column)?;
        Some(self.line.cells.get(place).map_or("", String::as_str))
    }

    /// The same, empty where the table has no such column.
    fn text(&self, column: Column) -> &'a str {
        self.cell(column).unwrap_or_default()
    }

    /// The cells of all columns of this meaning.
    fn joined(&self, column: Column, mark: &str) -> String {
        let places = self.block.columns.places(column);
        let texts = places.filter_map(|place| self.line.cells.get(place)).filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join(mark)
    }

    /// A row that was cut short or runs over its heading, or that names neither thing nor firm.
    fn is_broken(&self) -> bool {
        let cells = &self.line.cells;
        let is_short = self.block.columns.place(Column::Producer).is_some_and(|place| place >= cells.len());
        let is_long = cells.iter().skip(self.block.columns.width).any(|cell| !cell.is_empty());
        let has_product = self.block.columns.has(Column::Product);
        let is_bare =
            has_product && self.text(Column::Product).is_empty() && self.text(Column::Producer).is_empty();
        is_short || is_long || is_bare
    }

    /// What all remarks say, and what the cells of the outcome and the producer say of later stages.
    fn remarks(&self) -> Remarks {
        let remarks = remark::read(&format!("{}\n{}", self.text(Column::Outcome), self.remark()));
        let settled = matches!(remarks.standing, Standing::Disowned | Standing::Withdrawn);
        if !settled && remark::disowns(self.text(Column::Producer)) {
            return Remarks { standing: Standing::Disowned, ..remarks };
        }
        remarks
    }

    /// The remarks as printed; a bare word under a heading such as 复检结果 takes the heading's word with it.
    fn remark(&self) -> String {
        let retest = with_word("复检", self.text(Column::Retest));
        let follow_up = with_word("复查", &self.joined(Column::FollowUp, "；"));
        let texts = [self.joined(Column::Remark, "；"), retest, follow_up];
        texts.into_iter().filter(|text| !is_nothing(text)).collect::<Vec<_>>().join("；")
    }
}

fn with_word(word: &str, text: &str) -> String {
    let is_bare = matches!(outcome::read(text), (true, _) | (_, true)) && text.chars().count() <= 5;
    if is_bare && !text.contains(word) { format!("{word}{text}") } else { text.to_owned() }
}
