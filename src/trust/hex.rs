//! Bytes as hexadecimal digits.

/// The bytes as lower-case hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The `N` bytes that exactly `2 * N` hexadecimal digits of either case stand for.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_hex_any(text)?.try_into().ok()
}

/// The bytes that an even number of hexadecimal digits of either case stand for.
pub(crate) fn from_hex_any(text: &str) -> Option<Vec<u8>> {
    let nibble = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(nibble(*pair.first()?)? << 4 | nibble(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_bytes_are_inverse() {
        assert_eq!(to_hex(&[0, 0x7f, 0xff, 0xa0]), "007fffa0");
        assert_eq!(from_hex::<4>("007FffA0"), Some([0, 0x7f, 0xff, 0xa0]));
        assert_eq!(from_hex_any(""), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_hexadecimal_text_of_that_length_is_refused() {
        for text in ["0", "000", "0g00", "+1+1", " 000", "00000", "０0"] {
            assert_eq!(from_hex::<2>(text), None, "{text}");
        }
        assert_eq!(from_hex::<2>("000000"), None);
    }
}
