//! The models of numbers and of choices, each a handful of adaptive decisions.

use super::coder::{Bit, Coder};
use crate::number::index;

/// A number below 2³² − 1: how many bits it has, then the bits, the highest three of them by models.
pub(super) struct Number {
    /// For each length whether it is longer, then for each length the bits below the highest.
    bits: Vec<Bit>,
}

/// Where the bits below the highest begin.
const HEADS: usize = 32;

impl Number {
    pub(super) fn new() -> Self {
        Self { bits: vec![Bit::NEW; HEADS + 32 * 8] }
    }

    /// Codes `value`, which is below [`u32::MAX`]. Its successor has a highest bit, at place `length`.
    pub(super) fn code(&mut self, coder: &mut impl Coder, value: u32) -> u32 {
        // Most numbers are 0.
        if !coder.bit(&mut self.bits[0], value > 0) {
            return 0;
        }
        self.code_positive(coder, value)
    }

    /// Codes `value` if it is known not to be 0.
    #[inline(never)]
    fn code_positive(&mut self, coder: &mut impl Coder, value: u32) -> u32 {
        let successor = value.saturating_add(1);
        let given = successor.ilog2();
        let mut length = 1;
        while length < 31 && coder.bit(&mut self.bits[index(length)], given > length) {
            length += 1;
        }
        let modelled = length.min(3);
        let mut node = 1;
        for place in 1..=modelled {
            let bit = successor >> length.saturating_sub(place) & 1 == 1;
            let head = &mut self.bits[HEADS + index(length << 3 | node)];
            node = node << 1 | u32::from(coder.bit(head, bit));
        }
        let tail = length - modelled;
        let value = node << tail | plain_bits(coder, tail, successor & ((1 << tail) - 1));
        value - 1
    }

    /// Codes a number that may be negative: 0, −1, 1, −2, 2 …
    pub(super) fn code_signed(&mut self, coder: &mut impl Coder, value: i32) -> i32 {
        let folded = u32::from_ne_bytes((value << 1 ^ value >> 31).to_ne_bytes());
        let folded = self.code(coder, folded);
        let half = i32::try_from(folded >> 1).expect("half of 32 bits fits into 31");
        if folded & 1 == 1 { -1 - half } else { half }
    }
}

/// `count` bits, up to 28, without a model.
fn plain_bits(coder: &mut impl Coder, count: u32, value: u32) -> u32 {
    coder.among(1 << count, value).expect("a power of two leaves no number above it")
}

/// A choice among up to 2^`width`, in one of several contexts.
pub(super) struct Choice {
    width: u32,
    bits: Vec<Bit>,
}

impl Choice {
    pub(super) fn new(width: u32, contexts: usize) -> Self {
        Self { width, bits: vec![Bit::NEW; contexts << width] }
    }

    /// Codes `value`, below 2^`width`, from its highest bit on.
    #[cfg_attr(hongbang_small, optimize(speed))]
    pub(super) fn code(&mut self, coder: &mut impl Coder, context: usize, value: u32) -> u32 {
        let bits = &mut self.bits[context << self.width..(context + 1) << self.width];
        let mut node = 1;
        for place in (0..self.width).rev() {
            let bit = coder.bit(&mut bits[index(node)], value >> place & 1 == 1);
            node = node << 1 | u32::from(bit);
        }
        node - (1 << self.width)
    }
}
