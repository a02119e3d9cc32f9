//! Bytes as decimal digits, for the numeric mode of QR codes: 2.43 digits a byte, where 2.41 is the least possible.

/// The bytes as digits: seven bytes, read as a little-endian number, are seventeen digits.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 2 + 2);
    for group in bytes.chunks(GROUP) {
        let number = group.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let digits = number.to_string();
        text.push_str(&"0".repeat(WIDTHS[group.len()] - digits.len()));
        text.push_str(&digits);
    }
    text
}

/// The bytes that the digits stand for, or the place of the group that stands for nothing.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for (index, group) in text.as_bytes().chunks(WIDTHS[GROUP]).enumerate() {
        let refuse = || index * WIDTHS[GROUP];
        let length = WIDTHS.iter().position(|width| *width == group.len()).ok_or_else(refuse)?;
        let number = group.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0'))
        });
        let number = number.ok_or_else(refuse)?.to_le_bytes();
        if number[length..].iter().any(|byte| *byte != 0) {
            return Err(refuse());
        }
        bytes.extend(&number[..length]);
    }
    Ok(bytes)
}

const GROUP: usize = 7;
/// How many digits 0 to 7 bytes take.
const WIDTHS: [usize; GROUP + 1] = [0, 3, 5, 8, 10, 13, 15, 17];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_least_and_the_greatest_of_each_length_are_read_and_written() {
        for (length, greatest) in
            [(1, "255"), (2, "65535"), (3, "16777215"), (6, "281474976710655"), (7, "72057594037927935")]
        {
            assert_eq!(encode(&vec![0xff; length]), greatest);
            assert_eq!(encode(&vec![0; length]), "0".repeat(greatest.len()));
            assert_eq!(decode(greatest), Ok(vec![0xff; length]));
        }
        assert_eq!(encode(&[1, 2, 3]), "00197121", "little-endian: 3·65536 + 2·256 + 1");
        assert_eq!(encode(&[]), "");
    }

    #[test]
    fn what_stands_for_no_bytes_is_refused() {
        for (text, at) in [
            ("256", 0),
            ("65536", 0),
            ("72057594037927936", 0),
            ("99999999999999999", 0),
            ("0", 0),
            ("00", 0),
            ("0000", 0),
            ("+01", 0),
            (" 12", 0),
            ("１", 0),
            ("00000000000000000256", 17),
            ("00000000000000000 00", 17),
        ] {
            assert_eq!(decode(text), Err(at), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_bytes_are_inverse(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn an_accepted_text_is_the_only_one(text in "[0-9]{0,40}") {
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
