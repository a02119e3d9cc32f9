//! Base45 (RFC 9285), strictly: one text for one sequence of bytes.

/// The bytes as Base45.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3 / 2 + 2);
    for group in bytes.chunks(2) {
        let mut number = group.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        for _ in 0..=group.len() {
            text.push(char::from(ALPHABET[number % 45]));
            number /= 45;
        }
    }
    text
}

/// The bytes that the text stands for, or the place of the group that stands for nothing.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for (index, group) in text.as_bytes().chunks(3).enumerate() {
        let number = group.iter().rev().try_fold(0, |number, character| {
            let value = ALPHABET.iter().position(|known| known == character)?;
            Some(number * 45 + value)
        });
        let number = number.and_then(|number| u16::try_from(number).ok()).ok_or(index * 3)?;
        match group.len() {
            3 => bytes.extend(number.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).map_err(|_| index * 3)?),
            _ => return Err(index * 3),
        }
    }
    Ok(bytes)
}

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 9285, sections 4.3 and 4.4, and what its reference implementation adds.
    const GOOD: [(&[u8], &str); 9] = [
        (b"", ""),
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (&[0], "00"),
        (&[0, 0], "000"),
        (&[0xff, 0xff], "FGW"),
        (&[0x07, 0xe8], "::0"),
    ];
    const BAD: [&str; 12] =
        ["xyzzy", "::::", "a", "GGW", ":", "0", "::", "BB8a", "bb8", "BB8\n", "０00", "V5"];

    #[test]
    fn the_examples_of_the_rfc_are_read_and_written() {
        for (bytes, text) in GOOD {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn what_stands_for_no_bytes_is_refused() {
        for text in BAD {
            assert!(decode(text).is_err(), "{text}");
        }
        for broken in ["BB8BB8::", "BB8BB8B", "BB8BB8GGW"] {
            assert_eq!(decode(broken), Err(6), "{broken}");
        }
    }

    #[test]
    fn every_text_of_two_characters_stands_for_one_byte_or_for_nothing() {
        let texts = ALPHABET.iter().flat_map(|first| ALPHABET.map(|second| [*first, second]));
        let good = texts.map(|text| String::from_utf8(text.to_vec()).unwrap());
        let good: Vec<_> =
            good.filter(|text| decode(text).is_ok_and(|bytes| encode(&bytes) == *text)).collect();
        let all = ALPHABET.iter().flat_map(|first| ALPHABET.map(|second| [*first, second]));
        let accepted = all.filter(|text| decode(std::str::from_utf8(text).unwrap()).is_ok()).count();
        assert_eq!((good.len(), accepted), (256, 256));
    }

    #[test]
    fn the_list_of_vectors_is_answered_as_it_should() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/vectors/base45/cases.json");
        let Ok(file) = std::fs::read_to_string(file) else { return };
        let cases: serde_json::Value = serde_json::from_str(&file).unwrap();
        for pair in cases["good"].as_array().unwrap() {
            let bytes = decode(pair[1].as_str().unwrap()).unwrap();
            assert_eq!(crate::trust::to_hex(&bytes), pair[0].as_str().unwrap());
            assert_eq!(encode(&bytes), pair[1].as_str().unwrap());
        }
        for text in cases["bad"].as_array().unwrap() {
            assert!(decode(text.as_str().unwrap()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_bytes_are_inverse(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn an_accepted_text_is_the_only_one(text in "[0-9A-Z $%*+./:-]{0,12}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
