//! A key id in words, for two people who compare it by telephone.

use bip39::Language;

/// How many words a fingerprint has: 12 times 11 bits, far more than anybody can search.
pub const FINGERPRINT_WORDS: usize = 12;

/// The first 132 bits of a computed key id as 12 words of the English list of BIP-39, of which no two begin with the
/// same four letters. An id that is not 64 hexadecimal digits has none: TUF lets publishers choose their ids.
///
/// The words are no secret, and no seed phrase: nothing can be restored from them.
pub fn fingerprint(key_id: &str) -> Option<String> {
    if key_id.len() != 64 || !key_id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let list = Language::English.word_list();
    let words = (0..FINGERPRINT_WORDS / 4).flat_map(|group| {
        // 11 digits are 44 bits are 4 words.
        let digits = u64::from_str_radix(&key_id[group * 11..(group + 1) * 11], 16).unwrap_or_default();
        [33, 22, 11, 0].map(|shift| usize::try_from(digits >> shift & 0x7ff).unwrap_or_default())
    });
    Some(words.map(|index| list[index]).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_off_the_digits_eleven_bits_at_a_time() {
        let zeros = fingerprint(&"0".repeat(64)).unwrap();
        assert_eq!(zeros, ["abandon"; 12].join(" "));
        assert_eq!(fingerprint(&"f".repeat(64)).unwrap(), ["zoo"; 12].join(" "));
        // Four times the bits 00000000001 are the digits 00200400801.
        let ones = format!("{}{}", "00200400801".repeat(3), "f".repeat(31));
        assert_eq!(fingerprint(&ones).unwrap(), ["ability"; 12].join(" "));
    }

    #[test]
    fn one_digit_makes_another_fingerprint() {
        let id = "946bbfb4fd58b1aeac3ddb00f68fd8c8dea7e9a84e6c149b1c10b36b707c38fd";
        let words = fingerprint(id).unwrap();
        assert_eq!(words.split(' ').count(), FINGERPRINT_WORDS);
        for at in 0..33 {
            let mut other = id.to_owned();
            other.replace_range(at..=at, if &id[at..=at] == "0" { "1" } else { "0" });
            assert_ne!(fingerprint(&other).unwrap(), words, "digit {at}");
        }
    }

    #[test]
    fn an_id_of_somebody_elses_making_has_no_words() {
        for id in ["", "root-key-1", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(fingerprint(id), None, "{id}");
        }
    }
}
