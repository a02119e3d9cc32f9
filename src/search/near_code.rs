//! Codes one slip of the finger away.

/// Whether `typed` becomes `code` by one substitution, one swap of neighbours, one missing or one extra character.
/// Equal texts are not one edit away. Both are ASCII.
pub fn is_one_edit_away(typed: &[u8], code: &[u8]) -> bool {
    let same = typed.iter().zip(code).take_while(|(a, b)| a == b).count();
    let (typed, code) = (&typed[same..], &code[same..]);
    match (typed, code) {
        ([a, b, typed_rest @ ..], [c, d, code_rest @ ..]) if a == d && b == c && typed_rest == code_rest => {
            true
        }
        ([_, typed_rest @ ..], [_, code_rest @ ..]) if typed_rest == code_rest => true,
        ([_, typed_rest @ ..], _) if typed_rest == code => true,
        (_, [_, code_rest @ ..]) if typed == code_rest => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_edit_away;

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        let near = |typed: &str| is_one_edit_away(typed.as_bytes(), b"91440606003663344C");
        assert!(near("91440606003663344D"), "substitution");
        assert!(near("91440606003663434C"), "swap");
        assert!(near("9144060600366334C"), "missing");
        assert!(near("914406060036633444C"), "extra");
        assert!(near("91440606003663344"), "missing at the end");
        assert!(!near("91440606003663344C"), "equal");
        assert!(!near("91440606003663343D"), "two");
        assert!(!near(""), "nothing");
    }
}
