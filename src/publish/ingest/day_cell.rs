//! A day as tables print it.

use crate::Day;

/// Days from 1899-12-30, the origin of spreadsheets, to 1970-01-01.
const SPREADSHEET_ORIGIN: i32 = 25_569;

/// Reads `2025-10-31`, `2025/10/31`, `2025.10.31`, `20251031`, `2025年10月31日`, each with or without a time after it,
/// and the number of a spreadsheet's day. Of a span of days, the first.
pub(super) fn read(text: &str) -> Option<Day> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let numbers: Vec<&str> =
        text.split(|character: char| !character.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match *numbers.first()? {
        compact if compact.len() == 8 => civil(&compact[..4], &compact[4..6], &compact[6..]),
        serial if serial.len() == 5 && numbers.len() == 1 => {
            Day::from_epoch_days(serial.parse::<i32>().ok()? - SPREADSHEET_ORIGIN)
        }
        year if year.len() == 4 => civil(year, numbers.get(1)?, numbers.get(2)?),
        _ => None,
    }
}

fn civil(year: &str, month: &str, day: &str) -> Option<Day> {
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The year of a text such as `2016年深圳市产品质量监督抽查结果`.
pub(super) fn year_in(text: &str) -> Option<i32> {
    let before = text.split('年').next()?;
    if before.len() == text.len() {
        return None;
    }
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let year: i32 = digits.chars().rev().collect::<String>().parse().ok()?;
    (1980..=9999).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_printing_a_day_is_read() {
        let day = "2025-10-31".parse().ok();
        for text in [
            "2025-10-31",
            "2025/10/31",
            "2025.10.31",
            "20251031",
            "2025年10月31日",
            " 2025-10-31 00:00:00",
            "45961",
            "2025-10-31至2025-11-02",
            "2025 10 31",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        assert_eq!(read("2025-1-5"), "2025-01-05".parse().ok());
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["", "/", "2025-13-01", "2025-10", "A05718", "31/10/2025", "20251", "2393年"] {
            let is_serial_day = text == "20251";
            assert_eq!(read(text).is_some(), is_serial_day, "{text}");
        }
    }

    #[test]
    fn a_title_states_its_year() {
        assert_eq!(year_in("2016年云州市产品质量监督抽查结果"), Some(2016));
        assert_eq!(year_in("云州市2021年产品质量监督抽查结果"), Some(2021));
        assert_eq!(year_in("产品质量监督抽查结果"), None);
        assert_eq!(year_in("近年来"), None);
    }
}
