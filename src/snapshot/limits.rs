//! The most that a snapshot may hold. A reader checks every count against these before it allocates anything.

/// The most firms.
pub const MOST_FIRMS: u32 = 1 << 21;
/// The most samplings.
pub const MOST_SAMPLINGS: u32 = 1 << 25;
/// The most bulletins.
pub const MOST_BULLETINS: u32 = 1 << 18;
/// The most distinct issuers of bulletins.
pub const MOST_ISSUERS: u32 = 1 << 13;
/// The most product classes, and the most lists of failed items.
pub const MOST_TERMS: u32 = 1 << 18;
/// The most characters in all texts together.
pub const MOST_CHARACTERS: u32 = 1 << 28;
/// The most distinct characters.
pub const MOST_ALPHABET: u32 = 0xFFF0;
/// The most spellings of the search alphabet.
pub const MOST_SPELLINGS: u32 = 1 << 12;
/// The most readings of one character.
pub const MOST_READINGS: usize = 64;
/// The most product classes in which one firm was sampled.
pub const MOST_CLASSES_OF_A_FIRM: usize = 1 << 10;

/// What a reader may use while it decodes a snapshot of so many bytes: [`FLOOR`] and [`EXPANSION`] times the bytes.
pub const EXPANSION: u64 = 128;
/// See [`EXPANSION`].
pub const FLOOR: u64 = 16 << 20;
