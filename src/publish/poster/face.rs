//! A face of 5 × 7 dots: digits, capitals and what stands between them in codes and days.

/// Columns of a letter.
pub(super) const WIDTH: usize = 5;
/// Rows of a letter.
pub(super) const HEIGHT: usize = 7;

/// Whether the dot of a letter is dark. A letter that the face does not have is blank.
pub(super) fn is_dark(letter: char, column: usize, row: usize) -> bool {
    let rows = LETTERS.iter().find(|(known, _)| *known == letter).map(|(_, rows)| *rows);
    rows.and_then(|rows| rows[row].as_bytes().get(column)) == Some(&b'#')
}

/// Whether the face has all letters of this text.
#[cfg(test)]
pub(super) fn has(text: &str) -> bool {
    text.chars().all(|letter| letter == ' ' || LETTERS.iter().any(|(known, _)| *known == letter))
}

type Rows = [&'static str; HEIGHT];

const LETTERS: [(char, Rows); 37] = [
    ('-', ["", "", "", "#####", "", "", ""]),
    ('0', [" ### ", "#   #", "#  ##", "# # #", "##  #", "#   #", " ### "]),
    ('1', ["  #  ", " ##  ", "# #  ", "  #  ", "  #  ", "  #  ", "#####"]),
    ('2', [" ### ", "#   #", "    #", "  ## ", " #   ", "#    ", "#####"]),
    ('3', [" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "]),
    ('4', ["   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "]),
    ('5', ["#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "]),
    ('6', ["  ## ", " #   ", "#    ", "#### ", "#   #", "#   #", " ### "]),
    ('7', ["#####", "    #", "   # ", "  #  ", "  #  ", " #   ", " #   "]),
    ('8', [" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "]),
    ('9', [" ### ", "#   #", "#   #", " ####", "    #", "   # ", " ##  "]),
    ('A', [" ### ", "#   #", "#   #", "#####", "#   #", "#   #", "#   #"]),
    ('B', ["#### ", "#   #", "#   #", "#### ", "#   #", "#   #", "#### "]),
    ('C', [" ### ", "#   #", "#    ", "#    ", "#    ", "#   #", " ### "]),
    ('D', ["#### ", "#   #", "#   #", "#   #", "#   #", "#   #", "#### "]),
    ('E', ["#####", "#    ", "#    ", "#### ", "#    ", "#    ", "#####"]),
    ('F', ["#####", "#    ", "#    ", "#### ", "#    ", "#    ", "#    "]),
    ('G', [" ### ", "#   #", "#    ", "# ###", "#   #", "#   #", " ####"]),
    ('H', ["#   #", "#   #", "#   #", "#####", "#   #", "#   #", "#   #"]),
    ('I', [" ### ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "]),
    ('J', ["    #", "    #", "    #", "    #", "#   #", "#   #", " ### "]),
    ('K', ["#   #", "#  # ", "# #  ", "##   ", "# #  ", "#  # ", "#   #"]),
    ('L', ["#    ", "#    ", "#    ", "#    ", "#    ", "#    ", "#####"]),
    ('M', ["#   #", "## ##", "# # #", "# # #", "#   #", "#   #", "#   #"]),
    ('N', ["#   #", "##  #", "##  #", "# # #", "#  ##", "#  ##", "#   #"]),
    ('O', [" ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "]),
    ('P', ["#### ", "#   #", "#   #", "#### ", "#    ", "#    ", "#    "]),
    ('Q', [" ### ", "#   #", "#   #", "#   #", "# # #", "#  # ", " ## #"]),
    ('R', ["#### ", "#   #", "#   #", "#### ", "# #  ", "#  # ", "#   #"]),
    ('S', [" ####", "#    ", "#    ", " ### ", "    #", "    #", "#### "]),
    ('T', ["#####", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  "]),
    ('U', ["#   #", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "]),
    ('V', ["#   #", "#   #", "#   #", "#   #", " # # ", " # # ", "  #  "]),
    ('W', ["#   #", "#   #", "#   #", "# # #", "# # #", "## ##", "#   #"]),
    ('X', ["#   #", "#   #", " # # ", "  #  ", " # # ", "#   #", "#   #"]),
    ('Y', ["#   #", "#   #", " # # ", "  #  ", "  #  ", "  #  ", "  #  "]),
    ('Z', ["#####", "    #", "   # ", "  #  ", " #   ", "#    ", "#####"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CreditCode;

    #[test]
    fn every_letter_of_codes_and_days_is_there_and_no_two_look_alike() {
        assert!(has(std::str::from_utf8(CreditCode::ALPHABET).unwrap()) && has("2025-10-31"));
        assert!(!has("红") && !is_dark('红', 2, 3) && !is_dark(' ', 2, 3));
        let dots = |letter| {
            (0..HEIGHT * WIDTH).map(|at| is_dark(letter, at % WIDTH, at / WIDTH)).collect::<Vec<_>>()
        };
        for (first, _) in LETTERS {
            for (second, _) in LETTERS {
                let different = dots(first).iter().zip(dots(second)).filter(|(a, b)| *a != b).count();
                assert!(first == second || different >= 2, "{first} {second}");
            }
        }
    }
}
