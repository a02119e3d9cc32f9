//! A table of text cells, before anything is known of their meaning.

/// A sheet of a workbook, a table of a page, or a whole text file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Grid {
    /// What a person calls it, for example `sheet 名单`; empty for the one table of a text file.
    pub(super) place: String,
    /// Texts that stand before it: the title of the page, the headings above the table.
    pub(super) before: Vec<String>,
    /// Its rows; lengths may differ.
    pub(super) rows: Vec<Vec<String>>,
}

/// A cell's text as it is kept: line breaks are line feeds, no white space around it.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// In one line: line breaks and spaces within Chinese go, between Latin words one space stays.
pub(super) fn in_one_line(text: &str) -> String {
    let mut joined = String::new();
    for word in text.split_whitespace() {
        let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_graphic());
        if latin(joined.chars().next_back()) && latin(word.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}
