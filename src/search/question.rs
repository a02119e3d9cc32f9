//! A question as symbols: all of it, and its parts.

use super::part::Part;
use super::symbols::Symbols;

/// What was typed.
pub(super) struct Question {
    /// All of it run together; one part.
    pub(super) joined: [Part; 1],
    /// What stands between spaces.
    pub(super) parts: Vec<Part>,
    /// The parts, or of a single one its letters and its characters: `yunfan照明` may leave something out between the
    /// two, as `云帆 照明` may.
    pub(super) pieces: Vec<Part>,
}

impl Question {
    /// Of more parts than this, none is taken for a slip or left out: each would be tried with all others.
    pub(super) const MAX_PARTS: usize = 12;

    /// Reads `words`, which are in normal form.
    pub(super) fn new(words: &[String], symbols: &Symbols) -> Self {
        let parts = words.iter().map(|word| Part::new(word, symbols));
        let parts: Vec<Part> = parts.filter(|part| part.len() > 0).collect();
        let joined = [Part::joined(&parts)];
        let pieces = if parts.len() > 1 { parts.clone() } else { joined[0].pieces() };
        Self { joined, parts, pieces }
    }

    /// How many symbols it has.
    pub(super) fn len(&self) -> usize {
        self.joined[0].len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Alphabet;
    use crate::search::symbols::Symbol;

    fn question(text: &str) -> Question {
        let mut symbols = Symbols::new(&Alphabet::default());
        for character in "云帆照明".chars() {
            let _ = symbols.read_or_learn(character);
        }
        let words: Vec<String> = text.split_whitespace().map(crate::firm::normal_form).collect();
        Question::new(&words, &symbols)
    }

    fn lengths(parts: &[Part]) -> Vec<usize> {
        parts.iter().map(Part::len).collect()
    }

    #[test]
    fn parts_stand_between_spaces_and_run_together_too() {
        let question = question("云帆  照明");
        assert_eq!(
            (question.len(), lengths(&question.parts), lengths(&question.pieces)),
            (4, vec![2, 2], vec![2, 2])
        );
        let together: Vec<Symbol> = question.parts.iter().flat_map(|part| part.symbols.clone()).collect();
        assert_eq!(question.joined[0].symbols, together);
    }

    #[test]
    fn one_part_falls_into_letters_and_characters() {
        let question = question("yunfan照明");
        assert_eq!((lengths(&question.parts), lengths(&question.pieces)), (vec![8], vec![6, 2]));
        let several = self::question("yunfan照明 云");
        assert_eq!(lengths(&several.pieces), [8, 1], "what was taken apart by hand stays so");
    }

    #[test]
    fn what_is_read_over_is_no_part_and_what_is_unknown_is() {
        assert_eq!(lengths(&question("（ 云 ） 😀 \u{200F}").parts), [1]);
        assert_eq!(lengths(&question("云 龘").parts), [1, 1]);
        assert_eq!(question("（）").len(), 0);
    }
}
