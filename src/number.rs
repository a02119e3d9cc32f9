//! The two conversions between places in memory and the 32-bit numbers of the columns; and numbers in digits.

/// A place as an index.
pub(crate) fn index(place: u32) -> usize {
    usize::try_from(place).expect("every target of this project has addresses of 32 bits or more")
}

/// An index as a place.
pub(crate) fn place(index: usize) -> u32 {
    u32::try_from(index).expect("an edition has fewer than 2^32 of anything")
}

/// Appends the last `width` digits of a number, zeros in front. What formats numbers takes several times as long.
pub(crate) fn push_digits(text: &mut String, number: u32, width: u32) {
    for place in (0..width).rev() {
        text.push(char::from_digit(number / 10u32.pow(place) % 10, 10).unwrap_or('0'));
    }
}
