//! The tables of a page, with the headings above them.
//!
//! Only the tokens of the page are read, not its tree: a table in a bulletin is rows of cells, whatever the page
//! around it looks like. A cell that spans rows stands in each of them; one that spans columns stands in the first.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::grid::Grid;

/// Rows and columns that one cell may span; more is taken for a slip.
const MOST_SPANNED: usize = 1_000;
/// Characters of a text that may be the heading of a table; longer ones are prose.
const LONGEST_HEADING: usize = 60;

/// The tables of a page, in order; the inner one of nested tables first.
pub(super) fn read(text: &str) -> Vec<Grid> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.0.borrow_mut().push_text(&text),
            Token::TagToken(tag) => {
                self.0.borrow_mut().tag(&tag);
                return raw_text(&tag);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What stands in these elements is no text of the page.
fn raw_text(tag: &Tag) -> TokenSinkResult<()> {
    match (&*tag.name, tag.kind) {
        ("script" | "style" | "textarea", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rawtext),
        _ => TokenSinkResult::Continue,
    }
}

#[derive(Default)]
struct Page {
    title: String,
    /// Text outside tables since the last block of text ended.
    text: String,
    /// Blocks of text since the last table.
    before: Vec<String>,
    open: Vec<OpenTable>,
    tables: Vec<Grid>,
    skipping: Option<Skipped>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Skipped {
    Script,
    Title,
}

#[derive(Default)]
struct OpenTable {
    before: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The cell that is open: its text and how many rows it spans.
    cell: Option<(String, usize)>,
    /// For each column the text that still stands in the rows below, and in how many.
    spans: Vec<(String, usize)>,
    columns_spanned: usize,
    in_row: bool,
}

impl Page {
    fn push_text(&mut self, text: &str) {
        match (self.skipping, self.open.last_mut()) {
            (Some(Skipped::Script), _) => {}
            (Some(Skipped::Title), _) => self.title.push_str(text),
            (None, Some(table)) => {
                if let Some((cell, _)) = &mut table.cell {
                    cell.push_str(text);
                }
            }
            (None, None) => self.text.push_str(text),
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let starts = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "script" | "style" | "textarea" => self.skipping = starts.then_some(Skipped::Script),
            "title" => self.skipping = starts.then_some(Skipped::Title),
            "table" if starts => self.start_table(),
            "table" => self.end_table(),
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => {
                if let Some(table) = self.open.last_mut() {
                    table.tag(tag);
                }
            }
            "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption" | "body" => {
                self.end_block();
            }
            _ => {}
        }
    }

    /// A line break within a cell, the end of a block of text outside.
    fn end_block(&mut self) {
        if let Some(table) = self.open.last_mut() {
            if let Some((cell, _)) = &mut table.cell {
                cell.push('\u{b}');
            }
            return;
        }
        let text = lines(&std::mem::take(&mut self.text));
        if !text.is_empty() && text.chars().count() <= LONGEST_HEADING {
            self.before.push(text);
        }
    }

    fn start_table(&mut self) {
        self.end_block();
        let before = std::mem::take(&mut self.before);
        self.open.push(OpenTable { before, ..OpenTable::default() });
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.open.pop() else { return };
        table.end_cell();
        let place = format!("table {}", self.tables.len() + 1);
        self.tables.push(Grid { place, before: table.before, rows: table.rows });
    }

    fn finish(mut self) -> Vec<Grid> {
        while !self.open.is_empty() {
            self.end_table();
        }
        let title = lines(&self.title);
        if !title.is_empty() {
            for table in &mut self.tables {
                table.before.insert(0, title.clone());
            }
        }
        self.tables
    }
}

impl OpenTable {
    fn tag(&mut self, tag: &Tag) {
        self.end_cell();
        match (&*tag.name, tag.kind) {
            ("td" | "th", TagKind::StartTag) => {
                if !self.in_row {
                    self.start_row();
                }
                self.fill_spanned();
                self.cell = Some((String::new(), span(tag, "rowspan")));
                self.columns_spanned = span(tag, "colspan");
            }
            ("td" | "th", TagKind::EndTag) => {}
            ("tr", TagKind::StartTag) => self.start_row(),
            _ => self.end_row(),
        }
    }

    fn start_row(&mut self) {
        self.end_row();
        self.rows.push(Vec::new());
        self.in_row = true;
    }

    fn end_row(&mut self) {
        if self.in_row {
            self.fill_spanned();
        }
        self.in_row = false;
    }

    /// Puts the texts of cells above that reach into this row where they stand.
    fn fill_spanned(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some((text, left)) = self.spans.get_mut(row.len()).filter(|(_, left)| *left > 0) {
            *left -= 1;
            row.push(text.clone());
        }
    }

    fn end_cell(&mut self) {
        let Some((text, rows)) = self.cell.take() else { return };
        let Some(row) = self.rows.last_mut() else { return };
        let text = lines(&text);
        for column in 0..self.columns_spanned {
            let text = if column == 0 { text.clone() } else { String::new() };
            if self.spans.len() <= row.len() {
                self.spans.resize(row.len() + 1, (String::new(), 0));
            }
            self.spans[row.len()] = (text.clone(), rows - 1);
            row.push(text);
        }
    }
}

fn span(tag: &Tag, name: &str) -> usize {
    let attribute = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    let number = attribute.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1);
    if (1..=MOST_SPANNED).contains(&number) { number } else { 1 }
}

/// White space as a browser shows it: runs become one space, blocks become lines.
fn lines(text: &str) -> String {
    let lines = text.split('\u{b}').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        read(text).remove(0).rows
    }

    #[test]
    fn tables_come_with_the_headings_above_them() {
        let page = "<!doctype html><title>云州市抽查结果</title><style>td{}</style><body><h3>经检验合格的产品</h3>\
                    <table><tr><td>a</td></tr></table><p>经检验不合格的产品</p><table><tr><td>b</td></tr></table>";
        let tables = read(page);
        assert_eq!(tables[0].before, ["云州市抽查结果", "经检验合格的产品"]);
        assert_eq!(tables[1].before, ["云州市抽查结果", "经检验不合格的产品"]);
        assert_eq!(tables[1].place, "table 2");
    }

    #[test]
    fn cells_need_no_end_tags_and_keep_their_lines() {
        let page = "<table><thead><tr><th>甲<th>乙 &amp;\n 丙<tbody><tr><td>一<br>二<td><p>三</p></table>";
        assert_eq!(rows(page), [["甲", "乙 & 丙"], ["一\n二", "三"]]);
    }

    #[test]
    fn a_cell_that_spans_rows_stands_in_each_of_them() {
        let page = "<table><tr><td>1<td rowspan=2>甲<td>x<tr><td>2<td>y<tr><td colspan=3>节<tr><td>3<td>乙<td>z</table>";
        assert_eq!(rows(page), [["1", "甲", "x"], ["2", "甲", "y"], ["节", "", ""], ["3", "乙", "z"]]);
    }

    #[test]
    fn a_table_within_a_table_is_read_for_itself() {
        let page = "<table><tr><td>x<table><tr><td>in</td></tr></table>y</td></tr></table>";
        let tables = read(page);
        assert_eq!(tables[0].rows, [["in"]]);
        assert_eq!(tables[1].rows, [["x\ny"]]);
    }
}
