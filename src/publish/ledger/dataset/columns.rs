//! The columns of the three tables: those of the ledger's own, typed.

use crate::publish::columnar::Column;

/// Those of a bulletin's table, and behind them which bulletin it is.
pub(super) const ROWS: [Column; 20] = [
    Column::number("row"),
    Column::text("role").or_null(),
    Column::text("firm").or_null(),
    Column::text("set_aside").or_null(),
    Column::text("producer").or_null(),
    Column::text("product").or_null(),
    Column::text("product_class").or_null(),
    Column::text("brand").or_null(),
    Column::text("model").or_null(),
    Column::text("batch").or_null(),
    Column::text("sample_number").or_null(),
    Column::day("day"),
    Column::text("day_from"),
    Column::text("first_test").or_null(),
    Column::text("retest"),
    Column::text("follow_up"),
    Column::text("standing"),
    Column::text("failed_items").or_null(),
    Column::text("remark").or_null(),
    Column::text("bulletin"),
];
/// The place of `bulletin` among them.
pub(super) const BULLETIN: usize = 19;

/// Those of the index but for the SHA-256 of a CSV table, which there is none of.
pub(super) const BULLETINS: [Column; 12] = [
    Column::text("id"),
    Column::text("file").or_null(),
    Column::text("body"),
    Column::text("level"),
    Column::text("division"),
    Column::day("published_on"),
    Column::number("inspection_year").or_null(),
    Column::text("title").or_null(),
    Column::text("url").or_null(),
    Column::text("lists"),
    Column::number("rows"),
    Column::text("corrects").or_null(),
];

/// Those of the register.
pub(super) const REGISTER: [Column; 7] = [
    Column::text("credit_code"),
    Column::text("name"),
    Column::text("former_names").or_null(),
    Column::text("division").or_null(),
    Column::text("trade_marks").or_null(),
    Column::text("gs1_prefixes").or_null(),
    Column::text("labels").or_null(),
];

#[cfg(test)]
mod tests {
    use super::super::super::{index, register_table, table};
    use super::*;
    use crate::publish::columnar::written_down;

    fn names(columns: &[Column]) -> Vec<&str> {
        columns.iter().map(|column| column.name).collect()
    }

    #[test]
    fn they_are_the_columns_of_the_ledger() {
        assert_eq!(names(&ROWS)[..BULLETIN], table::COLUMNS);
        assert_eq!(names(&BULLETINS), index::COLUMNS[..12]);
        assert_eq!(names(&REGISTER), register_table::COLUMNS);
    }

    #[test]
    fn they_are_what_is_written_down() {
        let text = include_str!("DATASET.md");
        for (table, columns) in [("rows", &ROWS[..]), ("bulletins", &BULLETINS), ("register", &REGISTER)] {
            let (_, section) = text.split_once(&format!("\n### `{table}`\n")).unwrap();
            let lines = section.lines().skip_while(|line| !line.starts_with("| `"));
            let lines: Vec<&str> = lines.take_while(|line| line.starts_with('|')).collect();
            let told: Vec<String> = lines
                .iter()
                .map(|line| line.splitn(4, '|').skip(1).take(2).collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(told, columns.iter().map(written_down).collect::<Vec<_>>(), "{table}");
        }
    }
}
