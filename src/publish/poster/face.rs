//! Letters as dots of any size: those of GNU Unifont, 16 dots high, with their corners smoothed where they are enlarged.
//!
//! A face of dots is small enough to be part of the program, so that a picture is the same on every machine. It has all
//! characters of the Basic Multilingual Plane; the rare ones beyond it are drawn as 〓, and the credit code says who is meant.

use std::collections::HashMap;

use unifont::{Glyph, get_glyph};

use super::canvas::Weight;

/// The letters that were drawn before, by size: a list of firms has few of them, and many times each.
#[derive(Default)]
pub(super) struct Face(HashMap<(char, usize, Weight), Letter>);

/// A letter in one size.
#[derive(Clone, Default)]
pub(super) struct Letter {
    /// How many dots it takes of a line.
    pub(super) width: usize,
    /// Its dark dots.
    pub(super) runs: Vec<Run>,
}

/// Dark dots beside each other.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// In which row, from the top.
    pub(super) row: usize,
    /// The first.
    pub(super) from: usize,
    /// The one behind the last.
    pub(super) to: usize,
}

impl Face {
    /// A letter about `size` dots high.
    pub(super) fn letter(&mut self, letter: char, size: usize, weight: Weight) -> &Letter {
        let size = even(size);
        self.0.entry((letter, size, weight)).or_insert_with(|| draw(letter, size, weight))
    }
}

/// A size close to a multiple of that of the face is made one: then all strokes are of the same strength.
fn even(size: usize) -> usize {
    let multiple = (size + HEIGHT / 2) / HEIGHT * HEIGHT;
    if multiple.abs_diff(size) <= size / HEIGHT { multiple } else { size }
}

/// How much of the height is above the baseline, in eighths.
pub(super) const ABOVE_BASELINE: usize = 7;

fn draw(letter: char, size: usize, weight: Weight) -> Letter {
    let Some(glyph) = get_glyph(letter).or_else(|| get_glyph('〓')) else { return Letter::default() };
    let width = size * glyph.get_width() / HEIGHT;
    let mut runs = Vec::new();
    for row in 0..size {
        let mut column = 0;
        while column < width {
            let run =
                (column..width).take_while(|column| is_dark(glyph, (*column, row), size, weight)).count();
            if run > 0 {
                runs.push(Run { row, from: column, to: column + run });
            }
            column += run.max(1);
        }
    }
    Letter { width, runs }
}

/// Between the middles of four dots of the face each counts by how near it is; what is dark enough then is dark.
fn is_dark(glyph: &Glyph, (column, row): (usize, usize), size: usize, weight: Weight) -> bool {
    // From the middle of the dot before the first, in parts of a dot of the face.
    let at = |dot: usize| (2 * dot + 1) * HEIGHT * PART / (2 * size) + PART / 2;
    let (x, y) = (at(column), at(row));
    let weighed = |across: usize, down: usize| {
        let near = |at: usize, next: usize| if next == 0 { PART - at % PART } else { at % PART };
        let dot = (x / PART + across).checked_sub(1).zip((y / PART + down).checked_sub(1));
        let is_set = dot.is_some_and(|(x, y)| glyph.get_pixel(x, y));
        if is_set { near(x, across) * near(y, down) } else { 0 }
    };
    let enough = match weight {
        Weight::Bold => PART * PART * 3 / 10,
        Weight::Normal => PART * PART * 45 / 100,
    };
    weighed(0, 0) + weighed(1, 0) + weighed(0, 1) + weighed(1, 1) > enough
}

/// Dots of the face from the top to the bottom of a line.
const HEIGHT: usize = 16;
/// Into how many parts a dot of the face is divided.
const PART: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CreditCode;

    fn picture(letter: char, size: usize, weight: Weight) -> Vec<String> {
        let mut face = Face::default();
        let letter = face.letter(letter, size, weight);
        let mut rows = vec![vec![' '; letter.width]; size];
        letter.runs.iter().for_each(|run| rows[run.row][run.from..run.to].fill('#'));
        rows.into_iter().map(|row| row.into_iter().collect()).collect()
    }

    fn dark(picture: &[String]) -> usize {
        picture.iter().map(|row| row.matches('#').count()).sum()
    }

    #[test]
    fn in_its_own_size_a_letter_is_that_of_the_face() {
        let drawn = picture('十', 16, Weight::Normal);
        let Some(glyph) = get_glyph('十') else { panic!("it is a common character") };
        for (y, row) in drawn.iter().enumerate() {
            for (x, dot) in row.chars().enumerate() {
                assert_eq!(dot == '#', glyph.get_pixel(x, y), "{x} {y}\n{}", drawn.join("\n"));
            }
        }
        assert_eq!(
            (picture('7', 48, Weight::Normal)[0].len(), picture('红', 48, Weight::Bold)[0].len()),
            (24, 48)
        );
    }

    #[test]
    fn an_enlarged_letter_keeps_its_shape_and_a_bold_one_has_more_of_it() {
        let [small, large, bold] = [(16, Weight::Normal), (160, Weight::Normal), (160, Weight::Bold)]
            .map(|(size, weight)| dark(&picture('榜', size, weight)));
        assert!((80..120).contains(&(large / small)) && bold > large, "{small} {large} {bold}");
        // The upright of 十 is one stroke from top to bottom.
        let lines = picture('十', 160, Weight::Normal);
        assert!(lines[30..130].iter().all(|row| row.trim().contains('#')), "{}", lines.join("\n"));
    }

    #[test]
    fn strokes_are_even_where_the_size_is_close_to_a_multiple() {
        for (size, made) in
            [(15, 15), (16, 16), (30, 30), (31, 32), (33, 32), (34, 32), (38, 38), (47, 48), (50, 48)]
        {
            assert_eq!(even(size), made, "{size}");
        }
        let mut face = Face::default();
        assert_eq!(face.letter('日', 31, Weight::Normal).width, 32);
        // The two uprights of 日 are two dots wide each, from the second row on.
        let runs: Vec<_> =
            face.letter('日', 31, Weight::Normal).runs.iter().filter(|run| run.row == 8).collect();
        assert_eq!(runs.iter().map(|run| run.to - run.from).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn letters_of_codes_and_days_differ_and_a_rare_one_is_marked() {
        let letters: Vec<_> =
            CreditCode::ALPHABET.iter().map(|&byte| char::from(byte)).chain(['-']).collect();
        for (at, one) in letters.iter().enumerate() {
            for other in &letters[at + 1..] {
                assert_ne!(
                    picture(*one, 31, Weight::Normal),
                    picture(*other, 31, Weight::Normal),
                    "{one} {other}"
                );
            }
        }
        assert_eq!(picture('𠮷', 32, Weight::Normal), picture('〓', 32, Weight::Normal));
        assert_eq!(dark(&picture(' ', 32, Weight::Normal)), 0);
    }
}
