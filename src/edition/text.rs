//! Many texts in one string.

use crate::number::index;

/// A column of texts: one string and where each of them ends.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TextColumn {
    text: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// A column of these texts, one after the other; `None` where `ends` do not divide them.
    pub(crate) fn from_parts(text: String, ends: Vec<u32>) -> Option<Self> {
        let is_divided = ends.is_sorted()
            && ends.iter().all(|end| text.is_char_boundary(index(*end)))
            && ends.last().map_or(0, |end| index(*end)) == text.len();
        is_divided.then_some(Self { text, ends })
    }

    /// The text at `place`; empty beyond the last.
    pub fn get(&self, place: usize) -> &str {
        let Some(end) = self.ends.get(place) else { return "" };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[index(start)..index(*end)]
    }

    /// Appends a text.
    ///
    /// # Panics
    /// Where all texts together would pass 4 GiB; readers bound their input far below.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("a column of texts stays below 4 GiB"));
    }

    /// Appends a text made of several, a line feed between them.
    pub(super) fn push_joined<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        for (at, text) in texts.enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            self.text.push_str(text);
        }
        self.push("");
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// All texts after one another, for scanning.
    pub fn joined(&self) -> &str {
        &self.text
    }

    /// Where each text ends in [`TextColumn::joined`], in bytes.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }
}

impl<T: AsRef<str>> FromIterator<T> for TextColumn {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut column = Self::default();
        for text in texts {
            column.push(text.as_ref());
        }
        column
    }
}

/// Each of the characters once, by code point. A flag for each code point: a set takes ten times as long for the names
/// of a million firms.
pub(crate) fn distinct_characters(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut occurs = Vec::new();
    for character in characters {
        let at = index(u32::from(character));
        if at >= occurs.len() {
            occurs.resize(at + 1, false);
        }
        occurs[at] = true;
    }
    (0..).zip(occurs).filter(|(_, occurs)| *occurs).filter_map(|(code_point, _)| char::from_u32(code_point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_gives_back_what_was_pushed() {
        let column: TextColumn = ["红榜", "", "abc"].into_iter().collect();
        assert_eq!(column.iter().collect::<Vec<_>>(), ["红榜", "", "abc"]);
        assert_eq!((column.len(), column.get(3), column.joined()), (3, "", "红榜abc"));
        assert_eq!(column.ends(), [6, 6, 9]);
    }

    #[test]
    fn characters_are_told_once_and_in_order() {
        let characters = distinct_characters("𠮷红a\u{FF08}红".chars());
        assert_eq!(characters.collect::<String>(), "a红\u{FF08}𠮷");
    }
}
