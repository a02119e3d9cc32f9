//! As much of CBOR (RFC 8949) as certificates and key sets are made of: integers, byte strings, text, arrays, maps, tags
//! and two truth values, of definite length.
//!
//! Our own, in place of a library: who has read a hundred lines knows all of it, and the browser pays less. All that
//! verifying a certificate adds to the checker is 8.9 KB brotli; with `minicbor`, and with the sorting of keys that
//! reading them does without, it was 13.2.

/// What the CBOR was expected to hold at a place, and does not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Malformed {
    pub(super) expected: &'static str,
    pub(super) at: usize,
}

/// Reads items one after another. Whether they are in their shortest form is seen by encoding them again.
pub(super) struct Reader<'b> {
    rest: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(super) const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    pub(super) fn unsigned(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        self.head(UNSIGNED, expected)
    }

    pub(super) fn integer(&mut self, expected: &'static str) -> Result<i64, Malformed> {
        let refuse = Malformed { expected, at: self.at };
        let negative = self.rest.first().is_some_and(|first| first >> 5 == NEGATIVE);
        let number = self.head(if negative { NEGATIVE } else { UNSIGNED }, expected)?;
        let number = i64::try_from(number).map_err(|_| refuse)?;
        Ok(if negative { -1 - number } else { number })
    }

    pub(super) fn bytes(&mut self, expected: &'static str) -> Result<&'b [u8], Malformed> {
        self.string(BYTES, expected)
    }

    pub(super) fn text(&mut self, expected: &'static str) -> Result<&'b str, Malformed> {
        let at = self.at;
        std::str::from_utf8(self.string(TEXT, expected)?).map_err(|_| Malformed { expected, at })
    }

    pub(super) fn array(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        self.head(ARRAY, expected)
    }

    pub(super) fn map(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        self.head(MAP, expected)
    }

    pub(super) fn tag(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        self.head(TAG, expected)
    }

    pub(super) fn truth(&mut self, expected: &'static str) -> Result<bool, Malformed> {
        let at = self.at;
        match self.head(SIMPLE, expected)? {
            FALSE => Ok(false),
            TRUE => Ok(true),
            _ => Err(Malformed { expected, at }),
        }
    }

    fn string(&mut self, major: u8, expected: &'static str) -> Result<&'b [u8], Malformed> {
        let refuse = Malformed { expected, at: self.at };
        let length = usize::try_from(self.head(major, expected)?).map_err(|_| refuse)?;
        self.take(length).ok_or(refuse)
    }

    /// The number in the head of an item of this major type.
    fn head(&mut self, major: u8, expected: &'static str) -> Result<u64, Malformed> {
        let refuse = Malformed { expected, at: self.at };
        let first = self.take(1).ok_or(refuse)?[0];
        let number = match first & 31 {
            small @ 0..=23 => Some(u64::from(small)),
            // One, two, four or eight bytes follow.
            following @ 24..=27 => self
                .take(1 << (following - 24))
                .map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))),
            // Indefinite lengths, and what is reserved.
            _ => None,
        };
        number.filter(|_| first >> 5 == major).ok_or(refuse)
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.at += length;
        Some(taken)
    }
}

/// Writes items one after another, each in its shortest form.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn integer(self, number: i64) -> Self {
        let magnitude = if number < 0 { -1 - number } else { number };
        let magnitude = u64::try_from(magnitude).expect("a magnitude is not negative");
        self.head(if number < 0 { NEGATIVE } else { UNSIGNED }, magnitude)
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        self.string(BYTES, bytes)
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.string(TEXT, text.as_bytes())
    }

    pub(super) fn array(self, length: usize) -> Self {
        self.head(ARRAY, number(length))
    }

    pub(super) fn map(self, length: usize) -> Self {
        self.head(MAP, number(length))
    }

    pub(super) fn tag(self, number: u64) -> Self {
        self.head(TAG, number)
    }

    pub(super) fn truth(self, truth: bool) -> Self {
        self.head(SIMPLE, if truth { TRUE } else { FALSE })
    }

    pub(super) fn done(self) -> Vec<u8> {
        self.0
    }

    fn string(self, major: u8, bytes: &[u8]) -> Self {
        let mut writer = self.head(major, number(bytes.len()));
        writer.0.extend(bytes);
        writer
    }

    fn head(mut self, major: u8, number: u64) -> Self {
        let bytes = number.to_be_bytes();
        let (following, length) = match number {
            0..=23 => (bytes[7], 0),
            24..=0xff => (24, 1),
            0x100..=0xffff => (25, 2),
            0x1_0000..=0xffff_ffff => (26, 4),
            _ => (27, 8),
        };
        self.0.push(major << 5 | following);
        self.0.extend(&bytes[8 - length..]);
        self
    }
}

fn number(length: usize) -> u64 {
    u64::try_from(length).expect("every target of this project has addresses of 64 bits or fewer")
}

// Major types, and the simple values that occur.
const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const SIMPLE: u8 = 7;
const FALSE: u64 = 20;
const TRUE: u64 = 21;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::to_hex;
    use proptest::prelude::*;

    fn hex(items: impl FnOnce(Writer) -> Writer) -> String {
        to_hex(&items(Writer::new()).done())
    }

    /// RFC 8949, appendix A.
    #[test]
    fn the_examples_of_the_rfc_are_written() {
        for (number, expected) in [
            (0, "00"),
            (23, "17"),
            (24, "1818"),
            (255, "18ff"),
            (256, "190100"),
            (1000, "1903e8"),
            (65_535, "19ffff"),
            (65_536, "1a00010000"),
            (1_000_000, "1a000f4240"),
            (1_000_000_000_000, "1b000000e8d4a51000"),
            (i64::MAX, "1b7fffffffffffffff"),
            (-1, "20"),
            (-24, "37"),
            (-25, "3818"),
            (-1000, "3903e7"),
            (i64::MIN, "3b7fffffffffffffff"),
        ] {
            assert_eq!(hex(|w| w.integer(number)), expected);
        }
        assert_eq!(hex(|w| w.text("水").bytes(&[1, 2, 3, 4])), "63e6b0b44401020304");
        assert_eq!(hex(|w| w.array(3).map(0).tag(32).truth(true).truth(false)), "83a0d820f5f4");
    }

    #[test]
    fn other_items_and_cut_ones_are_refused_where_they_stand() {
        let refused = Err(Malformed { expected: "x", at: 0 });
        for bytes in [&[][..], &[0x18], &[0x19, 1], &[0x1b, 0, 0, 0], &[0x1c, 0], &[0x1f], &[0x20], &[0xf6]] {
            assert_eq!(Reader::new(bytes).unsigned("x"), refused);
        }
        for bytes in
            [&[0x5f, 0xff][..], &[0x42, 1], &[0x60], &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]
        {
            assert_eq!(Reader::new(bytes).bytes("x").map(<[u8]>::len), refused.map(|_| 0));
        }
        assert_eq!(Reader::new(&[0x62, 0xc3, 0x28]).text("x").map(str::len), refused.map(|_| 0));
        assert_eq!(Reader::new(&[0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0]).integer("x").map(|_| 0), refused);
        for bytes in [&[0xf6][..], &[0xf7], &[0xe0], &[0xfa, 0, 0, 0, 0], &[0x01]] {
            assert_eq!(Reader::new(bytes).truth("x").map(|_| 0), refused);
        }
        for bytes in [[0x9f], [0xbf], [0xdf], [0x00]] {
            assert_eq!(Reader::new(&bytes).array("x"), refused);
            assert_eq!(Reader::new(&bytes).map("x"), refused);
            assert_eq!(Reader::new(&bytes).tag("x"), refused);
        }
        let mut reader = Reader::new(&[0x81, 0x41, 7, 0x60]);
        assert_eq!((reader.array("x"), reader.bytes("x")), (Ok(1), Ok(&[7][..])));
        assert_eq!(reader.unsigned("x"), Err(Malformed { expected: "x", at: 3 }));
    }

    #[test]
    fn a_longer_head_is_read_and_never_written() {
        for bytes in [&[0x18, 10][..], &[0x19, 0, 10], &[0x1a, 0, 0, 0, 10], &[0x1b, 0, 0, 0, 0, 0, 0, 0, 10]]
        {
            assert_eq!(Reader::new(bytes).unsigned("x"), Ok(10));
        }
        assert_eq!(hex(|w| w.integer(10)), "0a");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number: i64, bytes: Vec<u8>, text: String, length: u32, truth: bool) {
            let length = usize::try_from(length).unwrap();
            let written = Writer::new().integer(number).bytes(&bytes).array(length).text(&text).map(length).truth(truth);
            let written = written.done();
            let mut reader = Reader::new(&written);
            prop_assert_eq!(reader.integer(""), Ok(number));
            prop_assert_eq!(reader.bytes(""), Ok(&bytes[..]));
            prop_assert_eq!(reader.array(""), Ok(u64::try_from(length).unwrap()));
            prop_assert_eq!(reader.text(""), Ok(&text[..]));
            prop_assert_eq!(reader.map(""), Ok(u64::try_from(length).unwrap()));
            prop_assert_eq!(reader.truth(""), Ok(truth));
            prop_assert!(reader.rest.is_empty());
        }
    }
}
