//! What is known of a bulletin: from its line in the index, else from its title and its file's name.

use std::path::Path;

use super::index_file::Entry;
use super::layout::Block;
use super::place::{self, Body};
use super::{IngestError, day_cell, name_of, outcome};
use crate::sampling::{Bulletin, Lists, Outcome};
use crate::{Day, Division};

/// Words by which a line above a table is known as its title.
const TITLES: &[&str] = &["抽查", "抽检", "监督", "名单", "通告", "公告", "通报", "结果"];

/// What is known of the bulletin in a file. `titles` are the texts above its tables; `rows` is left 0.
pub(super) fn of(
    file: &Path,
    entry: &Entry,
    titles: &[String],
    blocks: &[Block],
) -> Result<Bulletin, IngestError> {
    let title = if entry.title.is_empty() { title_among(titles) } else { entry.title.clone() };
    let body = body(entry, &title).ok_or_else(|| IngestError::BodyUnknown { file: file.into() })?;
    let published_on = entry
        .published_on
        .or_else(|| day_in_name(&stem(file)))
        .ok_or_else(|| IngestError::PublicationUnknown { file: file.into() })?;
    let stated_year = day_cell::year_in(&title).filter(|year| *year <= published_on.year());
    Ok(Bulletin {
        id: id(file),
        body: body.name,
        level: body.level,
        division: body.division,
        published_on,
        inspection_year: entry.inspection_year.or(stated_year),
        lists: entry.lists.unwrap_or_else(|| lists(&title, blocks)),
        title,
        url: entry.url.clone(),
        rows: 0,
    })
}

/// The file's name without its ending; what may not stand in an id becomes `-`.
fn id(file: &Path) -> String {
    let fit = |character: char| {
        if character.is_alphanumeric() || matches!(character, '-' | '_' | '.') { character } else { '-' }
    };
    stem(file).trim_start_matches('.').chars().map(fit).collect()
}

/// The file's name without its ending.
pub(super) fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(|| name_of(file), |stem| stem.to_string_lossy().into_owned())
}

fn title_among(titles: &[String]) -> String {
    let speaks = |title: &&String| TITLES.iter().any(|word| title.contains(word));
    titles.iter().find(speaks).cloned().unwrap_or_default()
}

/// The body as the index names it, with what it leaves out known by the name; else that of the title.
fn body(entry: &Entry, title: &str) -> Option<Body> {
    if entry.authority.is_empty() {
        return place::body_in(title);
    }
    let known: Option<(_, Division)> = place::of_body(&entry.authority);
    Some(Body {
        name: entry.authority.clone(),
        level: entry.level.or(known.map(|(level, _)| level))?,
        division: entry.division.or(known.map(|(_, division)| division))?,
    })
}

/// `lamps-2023-10-20`, `20231020名单`, `名单2023年10月20日`.
fn day_in_name(stem: &str) -> Option<Day> {
    let starts = stem.char_indices().filter(|(at, character)| {
        character.is_ascii_digit() && !stem[..*at].ends_with(|before: char| before.is_ascii_digit())
    });
    starts
        .filter(|(at, _)| {
            stem[*at..].chars().take(5).any(|c| !c.is_ascii_digit()) || is_compact(&stem[*at..])
        })
        .find_map(|(at, _)| day_cell::read(first_day(&stem[at..])))
}

fn is_compact(text: &str) -> bool {
    text.chars().take_while(char::is_ascii_digit).count() == 8
}

/// At most the characters of a day, so that a number after it does not matter.
fn first_day(text: &str) -> &str {
    let end = text.char_indices().nth(if is_compact(text) { 8 } else { 11 });
    end.map_or(text, |(end, _)| &text[..end])
}

/// What a bulletin lists where the index does not say: failures only where its title says so, or where every row has
/// failed items and nothing else speaks of passes.
fn lists(title: &str, blocks: &[Block]) -> Lists {
    use super::heading::Column;
    let of_title = outcome::of_table(title);
    let verdicts = || blocks.iter().flat_map(|block| &block.lines).map(|line| line.verdict.or(of_title));
    if verdicts().all(|verdict| verdict == Some(Outcome::Nonconforming)) {
        return Lists::FailuresOnly;
    }
    let speaks_of_passes = verdicts().any(|verdict| verdict == Some(Outcome::Conforming))
        || blocks.iter().any(|block| block.columns.has(Column::Outcome));
    let names_failures = |block: &Block| {
        block.columns.place(Column::FailedItems).is_some_and(|place| {
            block
                .lines
                .iter()
                .all(|line| line.cells.get(place).is_some_and(|cell| !super::nothing::is_nothing(cell)))
        })
    };
    if !speaks_of_passes && blocks.iter().all(names_failures) { Lists::FailuresOnly } else { Lists::All }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_a_file_s_name_is_found() {
        let day: Option<Day> = "2023-10-20".parse().ok();
        for stem in [
            "lamps-2023-10-20",
            "20231020名单",
            "名单2023年10月20日",
            "2023-10-20-2",
            "第2号2023.10.20",
            "a_20231020_3",
        ] {
            assert_eq!(day_in_name(stem), day, "{stem}");
        }
        for stem in ["lamps", "2023年名单", "lamps-2023", "12345678901"] {
            assert_eq!(day_in_name(stem), None, "{stem}");
        }
    }

    #[test]
    fn an_id_has_only_what_an_id_may_have() {
        assert_eq!(id(Path::new("x/2023年名单（灯具）.v2.xlsx")), "2023年名单-灯具-.v2");
    }
}
