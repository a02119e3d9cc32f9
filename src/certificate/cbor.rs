//! Reading and writing CBOR: definite lengths, and errors that say what was expected where.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::decode::{Decoder, Error};
use minicbor::encode;

/// What the CBOR was expected to hold at a place, and does not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Malformed {
    pub(super) expected: &'static str,
    pub(super) at: usize,
}

/// Reads items one after another. Whether they are in their shortest form is seen by encoding them again.
pub(super) struct Reader<'b>(Decoder<'b>);

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    pub(super) fn tag(&mut self, number: u64, expected: &'static str) -> Result<(), Malformed> {
        let at = self.0.position();
        match self.read(expected, Decoder::tag)?.as_u64() {
            found if found == number => Ok(()),
            _ => Err(Malformed { expected, at }),
        }
    }

    pub(super) fn array(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        let at = self.0.position();
        self.read(expected, Decoder::array)?.ok_or(Malformed { expected, at })
    }

    pub(super) fn map(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        let at = self.0.position();
        self.read(expected, Decoder::map)?.ok_or(Malformed { expected, at })
    }

    pub(super) fn unsigned(&mut self, expected: &'static str) -> Result<u64, Malformed> {
        self.read(expected, Decoder::u64)
    }

    pub(super) fn integer(&mut self, expected: &'static str) -> Result<i64, Malformed> {
        self.read(expected, Decoder::i64)
    }

    pub(super) fn truth(&mut self, expected: &'static str) -> Result<bool, Malformed> {
        self.read(expected, Decoder::bool)
    }

    pub(super) fn bytes(&mut self, expected: &'static str) -> Result<&'b [u8], Malformed> {
        self.read(expected, Decoder::bytes)
    }

    pub(super) fn text(&mut self, expected: &'static str) -> Result<&'b str, Malformed> {
        self.read(expected, Decoder::str)
    }

    fn read<T>(
        &mut self,
        expected: &'static str,
        item: impl FnOnce(&mut Decoder<'b>) -> Result<T, Error>,
    ) -> Result<T, Malformed> {
        let at = self.0.position();
        item(&mut self.0).map_err(|_| Malformed { expected, at })
    }
}

/// Writes items into memory, where nothing can fail.
pub(super) fn write(items: impl FnOnce(&mut Writer) -> Written) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    items(&mut encoder).expect("memory takes all that is written");
    encoder.into_writer()
}

pub(super) type Writer = Encoder<Vec<u8>>;
pub(super) type Written = Result<(), encode::Error<Infallible>>;
