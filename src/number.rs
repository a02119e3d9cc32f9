//! The two conversions between places in memory and the 32-bit numbers of the columns.

/// A place as an index.
pub(crate) fn index(place: u32) -> usize {
    usize::try_from(place).expect("every target of this project has addresses of 32 bits or more")
}

/// An index as a place.
pub(crate) fn place(index: usize) -> u32 {
    u32::try_from(index).expect("an edition has fewer than 2^32 of anything")
}
