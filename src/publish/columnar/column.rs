//! What a column of a table is called and what it holds.

/// A column.
#[derive(Clone, Copy, Debug)]
pub(in crate::publish) struct Column {
    /// Its name, in any case of letters.
    pub(in crate::publish) name: &'static str,
    pub(super) kind: Kind,
    /// Whether a cell may be null, which is the same as an empty text.
    pub(super) may_be_null: bool,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// `BYTE_ARRAY` annotated as `STRING` or `ENUM`.
    Text,
    /// `INT32` or `INT64`, not annotated or annotated as an integer; written as `INT32`.
    Number,
    /// `INT32` annotated as `DATE`.
    Day,
}

impl Column {
    /// A text, a word or a code.
    pub(in crate::publish) const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text, may_be_null: false }
    }

    /// A whole number.
    pub(in crate::publish) const fn number(name: &'static str) -> Self {
        Self { name, kind: Kind::Number, may_be_null: false }
    }

    /// A day.
    pub(in crate::publish) const fn day(name: &'static str) -> Self {
        Self { name, kind: Kind::Day, may_be_null: false }
    }

    /// The same, where cells may be null.
    pub(in crate::publish) const fn or_null(self) -> Self {
        Self { may_be_null: true, ..self }
    }
}

impl Kind {
    /// The types that it is read from.
    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::Text => "text (BYTE_ARRAY, STRING)",
            Self::Number => "whole numbers (INT32 or INT64)",
            Self::Day => "days (INT32, DATE)",
        }
    }
}

/// A column as documents write it down: its name and its type, as the first two cells of a line in a table.
#[cfg(test)]
pub(in crate::publish) fn written_down(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Day => "day",
    };
    let required = if column.may_be_null { "" } else { ", required" };
    format!(" `{}` | {kind}{required} ", column.name)
}
