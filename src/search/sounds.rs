//! Which characters sound alike: the alphabet from the readings' side.

use super::symbols::{Symbol, character, symbol};
use crate::edition::Alphabet;

/// For each spelling of an alphabet the characters that are read so.
pub(super) struct Sounds {
    readers: Vec<Vec<Symbol>>,
}

impl Sounds {
    /// The sounds of `alphabet`.
    pub(super) fn new(alphabet: &Alphabet) -> Self {
        let mut readers = vec![Vec::new(); alphabet.spellings().len()];
        for place in 0..alphabet.characters().len() {
            for reading in alphabet.readings(place) {
                readers[usize::from(*reading)].push(symbol(place));
            }
        }
        Self { readers }
    }

    /// The characters that are read as the spelling at this place.
    pub(super) fn readers(&self, spelling: usize) -> &[Symbol] {
        &self.readers[spelling]
    }

    /// What sounds as `typed` may, itself first; in the south (`is_southern`) also with h after z, c, s and g at the end
    /// missing or too many.
    pub(super) fn alike(&self, typed: Symbol, alphabet: &Alphabet, is_southern: bool) -> Vec<Symbol> {
        let mut alike = vec![typed];
        for reading in alphabet.readings(character(typed)) {
            let reading = usize::from(*reading);
            if !is_southern {
                alike.extend_from_slice(self.readers(reading));
                continue;
            }
            let heard = southern(alphabet.spellings().get(reading).as_bytes());
            for (own, readers) in alphabet.spellings().iter().zip(&self.readers) {
                if heard.iter().any(|heard| heard == own.as_bytes()) {
                    alike.extend_from_slice(readers);
                }
            }
        }
        alike
    }
}

/// What a southerner may write for this spelling, itself first.
pub(super) fn southern(spelling: &[u8]) -> Vec<Vec<u8>> {
    let mut heard = vec![spelling.to_vec()];
    if let [b'z' | b'c' | b's', rest @ ..] = spelling {
        let mut other = spelling[..1].to_vec();
        match rest {
            [b'h', rest @ ..] => other.extend(rest),
            rest => {
                other.push(b'h');
                other.extend(rest);
            }
        }
        heard.push(other);
    }
    for at in 0..heard.len() {
        let mut other = heard[at].clone();
        match other.last() {
            Some(b'g') => other.truncate(other.len() - 1),
            Some(b'n') => other.push(b'g'),
            _ => continue,
        }
        heard.push(other);
    }
    heard
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::search::symbols::Symbols;

    /// 云 芸 yun, 帆 fan, 方 fang, 思 si, 诗 shi, 行 xing hang.
    pub(in crate::search) fn alphabet() -> Alphabet {
        let spelt = |(character, readings): (char, &str)| {
            (character, readings.split(' ').map(str::to_owned).collect::<Vec<_>>())
        };
        let readings = [
            ('云', "yun"),
            ('芸', "yun"),
            ('帆', "fan"),
            ('方', "fang"),
            ('思', "si"),
            ('诗', "shi"),
            ('行', "xing hang"),
        ];
        Alphabet::new(&readings.map(spelt).into(), [])
    }

    fn alike(typed: char, is_southern: bool) -> String {
        let alphabet = alphabet();
        let symbols = Symbols::new(&alphabet);
        let typed = symbols.read(typed).unwrap();
        let alike = Sounds::new(&alphabet).alike(typed, &alphabet, is_southern);
        let mut heard: Vec<char> =
            alike.iter().filter_map(|own| alphabet.characters().get(character(*own)).copied()).collect();
        heard.dedup();
        heard.into_iter().collect()
    }

    #[test]
    fn what_has_a_reading_in_common_sounds_alike() {
        assert_eq!(alike('云', false), "云芸");
        assert_eq!(alike('帆', false), "帆");
        assert_eq!(alike('Q', false), "", "a letter sounds like itself alone, and stands in no alphabet");
    }

    #[test]
    fn the_south_drops_and_adds_h_and_g() {
        assert_eq!(alike('思', true), "思诗思");
        assert_eq!(alike('方', true), "方帆方");
        assert_eq!(southern(b"zheng").len(), 4);
        assert_eq!(southern(b"yu"), [b"yu".to_vec()]);
    }
}
