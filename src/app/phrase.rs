//! Days, numbers and sizes as each language writes them, and texts with their gaps filled.

use super::{Language, Text};
use crate::Day;

impl Language {
    /// The text with every `{name}` replaced by its value.
    pub fn fill(self, text: Text, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.text(text);
        while let Some((before, gap)) = rest.split_once('{') {
            let (name, after) = gap.split_once('}').unwrap_or((gap, ""));
            filled.push_str(before);
            filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            rest = after;
        }
        filled + rest
    }

    /// A day in words and digits, for example 2025年10月31日 or 31 October 2025.
    pub fn day(self, day: Day) -> String {
        let (year, month, of_month) = day.civil();
        match self {
            Self::Hans | Self::HantHk => format!("{year}年{month}月{of_month}日"),
            Self::English => {
                let month = MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default();
                format!("{of_month} {month} {year}")
            }
        }
    }

    /// A number with a comma between groups of three digits.
    pub fn number(self, number: impl TryInto<u64>) -> String {
        let digits = number.try_into().unwrap_or_default().to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A size in bytes, kilobytes or megabytes.
    pub fn bytes(self, bytes: u64) -> String {
        match bytes {
            ..1_000 => format!("{bytes} B"),
            1_000..1_000_000 => format!("{} KB", bytes / 1_000),
            _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        }
    }

    /// Several items in one line.
    pub fn enumerate<T: AsRef<str>>(self, items: &[T]) -> String {
        let separator = if self == Self::English { ", " } else { "、" };
        items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(separator)
    }

    /// Sentences after one another: only English puts a space between them.
    pub fn sentences(self, sentences: &[&str]) -> String {
        sentences.join(if self == Self::English { " " } else { "" })
    }

    /// How many years, with the noun.
    pub fn years(self, years: u32) -> String {
        match (self, years) {
            (Self::English, 1) => "1 year".into(),
            (Self::English, _) => format!("{years} years"),
            _ => format!("{years} 年"),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_numbers_and_sizes_read_as_people_write_them() {
        let day: Day = "2025-10-31".parse().unwrap();
        assert_eq!(Language::Hans.day(day), "2025年10月31日");
        assert_eq!(Language::English.day(day), "31 October 2025");
        assert_eq!(Language::English.number(1_234_567_u32), "1,234,567");
        assert_eq!(Language::English.number(999_u32), "999");
        assert_eq!(Language::Hans.bytes(254_321), "254 KB");
        assert_eq!(Language::Hans.bytes(1_254_321), "1.2 MB");
        assert_eq!(Language::HantHk.enumerate(&["甲", "乙"]), "甲、乙");
        assert_eq!(Language::English.years(1), "1 year");
        assert_eq!(Language::Hans.sentences(&["甲。", "乙。"]), "甲。乙。");
    }
}
