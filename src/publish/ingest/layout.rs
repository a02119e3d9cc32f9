//! From a grid of text to rows under headings: titles, section lines, repeated headings and notes are no rows.

use super::grid::{Grid, in_one_line};
use super::heading::{Column, Columns};
use super::outcome;
use super::producer;
use crate::sampling::Outcome;

/// First words of lines that explain and are no rows.
const NOTES: &[&str] = &[
    "注：",
    "注:",
    "备注：",
    "备注:",
    "说明：",
    "说明:",
    "附注",
    "附：",
    "※",
    "*",
    "＊",
    "来源：",
    "合计",
    "总计",
    "共计",
];
/// Characters of a section line; longer ones are notes.
const LONGEST_SECTION: usize = 40;
/// Headings in one row that make it a heading of samplings, even where the producer's is missing.
const MANY_HEADINGS: usize = 3;
/// Marks that only sentences have.
const SENTENCE_MARKS: &[char] = &['。', '；', '！', '？', '：', ':'];

/// What stands in one row of a table, in the light of what stands above it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Line {
    /// The cells.
    pub(super) cells: Vec<String>,
    /// The section line above, without its number; empty where there is none.
    pub(super) section: String,
    /// Whether the lines above say that these are passes or failures.
    pub(super) verdict: Option<Outcome>,
}

/// Rows under one heading.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Block {
    /// Texts above the heading, nearest last.
    pub(super) before: Vec<String>,
    /// Which column stands where.
    pub(super) columns: Columns,
    /// The rows.
    pub(super) lines: Vec<Line>,
}

/// A row that looks like headings and names no producer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Headless {
    /// The row, from 1.
    pub(super) row: usize,
    /// The headings.
    pub(super) headings: Vec<String>,
}

/// The blocks of a grid; where there is none, the row that comes nearest to headings.
pub(super) fn blocks(grid: &Grid) -> Result<Vec<Block>, Option<Headless>> {
    let mut reader = Reader { above: grid.before.clone(), ..Reader::default() };
    for (place, row) in grid.rows.iter().enumerate() {
        if reader.row(row) == Read::Headless {
            return Err(Some(headless_at(place, row)));
        }
    }
    if reader.blocks.is_empty() { Err(headless(grid)) } else { Ok(reader.blocks) }
}

/// The row of a grid without a heading that has most of what a heading has.
fn headless(grid: &Grid) -> Option<Headless> {
    let known = |row: &Vec<String>| Columns::of(row).len();
    let (place, row) = grid.rows.iter().enumerate().rev().max_by_key(|(_, row)| known(row))?;
    (known(row) >= MANY_HEADINGS).then(|| headless_at(place, row))
}

fn headless_at(place: usize, row: &[String]) -> Headless {
    let headings = row.iter().filter(|cell| !cell.is_empty()).map(|cell| in_one_line(cell)).collect();
    Headless { row: place + 1, headings }
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Lines of one cell since the last row.
    above: Vec<String>,
    section: String,
    verdict: Option<Outcome>,
}

/// How a row was taken.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Read {
    /// As headings of another table, without a producer.
    Headless,
    /// As what it is.
    Known,
}

impl Reader {
    fn row(&mut self, row: &[String]) -> Read {
        let columns = Columns::of(row);
        let has_heading = !self.blocks.is_empty();
        if columns.are_headings() {
            self.heading(columns);
        } else if has_heading && columns.len() >= MANY_HEADINGS {
            return self.second_heading(&columns);
        } else {
            self.line(row);
        }
        Read::Known
    }

    fn line(&mut self, row: &[String]) {
        let filled: Vec<usize> = (0..row.len()).filter(|place| !row[*place].is_empty()).collect();
        let Some(first) = filled.first() else { return };
        let Some(block) = self.blocks.last_mut() else {
            let title: String = filled.iter().map(|place| row[*place].as_str()).collect();
            self.above.push(in_one_line(&title));
            return;
        };
        match kind(row, *first, filled.len(), &block.columns) {
            Kind::Note => {}
            Kind::Section => self.section(&row[*first]),
            Kind::Row => {
                self.above.clear();
                let (section, verdict) = (self.section.clone(), self.verdict);
                block.lines.push(Line { cells: row.to_vec(), section, verdict });
            }
        }
    }

    /// A heading opens a block; repeated, it is skipped; in two rows, the second completes the first.
    fn heading(&mut self, columns: Columns) {
        match self.blocks.last_mut() {
            Some(block) if block.columns == columns => {}
            Some(block) if block.lines.is_empty() && self.above.is_empty() => block.columns.extend(&columns),
            _ => {
                let before = std::mem::take(&mut self.above);
                self.verdict = before.iter().rev().find_map(|text| outcome::of_table(text));
                self.section.clear();
                self.blocks.push(Block { before, columns, lines: vec![] });
            }
        }
    }

    /// The second row of a heading in two rows, or its repetition; else another table.
    fn second_heading(&mut self, columns: &Columns) -> Read {
        match self.blocks.last_mut() {
            Some(block) if block.lines.is_empty() => block.columns.extend(columns),
            Some(block) if columns.are_among(&block.columns) => {}
            _ => return Read::Headless,
        }
        Read::Known
    }

    fn section(&mut self, text: &str) {
        let text = in_one_line(text);
        match outcome::of_table(&text) {
            Some(verdict) => self.verdict = Some(verdict),
            None => without_number(&text).clone_into(&mut self.section),
        }
        self.above.push(text);
    }
}

enum Kind {
    Note,
    Row,
    Section,
}

fn kind(row: &[String], first: usize, filled: usize, columns: &Columns) -> Kind {
    let text = row[first].as_str();
    let cell = |column| columns.place(column).and_then(|place| row.get(place)).map_or("", String::as_str);
    let numbered = is_number(cell(Column::Sequence));
    if numbered {
        return Kind::Row;
    }
    if NOTES.iter().any(|note| text.starts_with(note)) {
        return Kind::Note;
    }
    if filled > 1 {
        let is_signature = !cell(Column::Sequence).is_empty() && cell(Column::Product).is_empty();
        return if is_signature && columns.has(Column::Product) { Kind::Note } else { Kind::Row };
    }
    if columns.place(Column::Producer) == Some(first) && producer::parties(text).is_ok() {
        return Kind::Row;
    }
    let is_section = text.chars().count() <= LONGEST_SECTION && !text.contains(SENTENCE_MARKS);
    if is_section { Kind::Section } else { Kind::Note }
}

/// `1`, `1.0`, `1、`, `（1）`.
fn is_number(text: &str) -> bool {
    let number = text.strip_suffix(".0").unwrap_or(text);
    let number = number.trim_matches(['、', '.', '．', '(', ')', '（', '）', ' ']);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A section line without `一、`, `（二）`, `3.` before it and `（21批次）` after it.
fn without_number(text: &str) -> &str {
    let is_number =
        |character: char| character.is_ascii_digit() || "一二三四五六七八九十（）()".contains(character);
    let stem = match text.find(['、', '.', '．', '）', ')']) {
        Some(mark) if mark > 0 && text[..mark].chars().all(is_number) => {
            text[mark..].trim_start_matches(['、', '.', '．', '）', ')', ' '])
        }
        _ => text,
    };
    let counted = |count: &str| {
        ["批", "个", "组"].iter().any(|unit| count.contains(unit))
            && count.contains(|c: char| c.is_ascii_digit())
    };
    match stem.rfind(['（', '(']) {
        Some(bracket) if bracket > 0 && counted(&stem[bracket..]) => stem[..bracket].trim(),
        _ => stem.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let row = |line: &str| line.split('|').map(str::to_owned).collect();
        Grid { place: String::new(), before: vec![], rows: text.lines().map(row).collect() }
    }

    fn products(block: &Block) -> Vec<(&str, &str)> {
        let product = block.columns.place(Column::Product).unwrap();
        block.lines.iter().map(|line| (line.section.as_str(), line.cells[product].as_str())).collect()
    }

    #[test]
    fn titles_sections_repeated_headings_and_notes_are_no_rows() {
        let read = blocks(&grid(
            "附件\n云州市抽查结果\n|||\n序号|产品名称|生产单位|结果\n一、灯具（2批次）|||\n1|台灯|云帆厂|合格\n\
             序号|产品名称|生产单位|结果\n2|吊灯|星海厂|合格\n二、水壶|||\n3|壶|北斗厂|合格\n注：以上略|||\n合计|3||\n制表人||张三|",
        ))
        .unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].before, ["附件", "云州市抽查结果"]);
        assert_eq!(products(&read[0]), [("灯具", "台灯"), ("灯具", "吊灯"), ("水壶", "壶")]);
    }

    #[test]
    fn passes_and_failures_below_each_other_are_two_blocks() {
        let read = blocks(&grid(
            "合格产品|||\n序号|产品名称|生产单位\n1|台灯|云帆厂\n不合格产品||\n序号|产品名称|生产单位|不合格项目\n1|吊灯|星海厂|插头",
        ))
        .unwrap();
        assert_eq!(read[0].lines[0].verdict, Some(Outcome::Conforming));
        assert_eq!(read[1].lines[0].verdict, Some(Outcome::Nonconforming));
    }

    #[test]
    fn a_row_that_lost_its_cells_is_still_a_row() {
        let read = blocks(&grid("序号|产品名称|生产单位|结果\n1|||\n2|台灯\n|||云帆厂\n||云帆灯饰有限公司|"))
            .unwrap();
        assert_eq!(read[0].lines.len(), 3, "the lone text in the column of outcomes is a section");
    }

    #[test]
    fn a_heading_in_two_rows_is_one() {
        let read = blocks(&grid(
            "序号|产品名称|生产企业||检验结果\n序号|产品名称|名称|地址|检验结果\n1|台灯|云帆厂|某路|合格\n序号|产品名称|名称|地址|检验结果\n2|吊灯|星海厂|某路|合格",
        ))
        .unwrap();
        assert_eq!(products(&read[0]), [("", "台灯"), ("", "吊灯")]);
    }

    #[test]
    fn another_table_below_without_a_producer_is_shown() {
        let found =
            blocks(&grid("产品名称|生产单位|结果\n台灯|云帆厂|合格\n产品名称|商标|厂名|结果")).unwrap_err();
        assert_eq!(found.map(|found| found.row), Some(3));
    }

    #[test]
    fn headings_without_a_producer_are_shown() {
        let found = blocks(&grid("名单\n序号|产品名称|厂名|结果\n1|台灯|云帆厂|合格")).unwrap_err().unwrap();
        assert_eq!((found.row, found.headings.join(",")), (2, "序号,产品名称,厂名,结果".into()));
        assert_eq!(blocks(&grid("首页|新闻|公告")), Err(None));
    }
}
