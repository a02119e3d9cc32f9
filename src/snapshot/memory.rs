//! What came after something the last times: a short list, the latest first.

use super::coder::{Bit, Coder};

/// The last `N` distinct followers of something.
#[derive(Clone, Copy)]
pub(super) struct Memory<T, const N: usize> {
    followers: [T; N],
    count: u8,
    /// How often the first of them was right of late.
    right: u8,
}

/// How far [`Memory::right`] counts.
const MOST_RIGHT: u8 = 7;

impl<T: Copy + Default + PartialEq, const N: usize> Memory<T, N> {
    pub(super) fn new() -> Self {
        Self { followers: [T::default(); N], count: 0, right: 0 }
    }

    pub(super) fn followers(&self) -> &[T] {
        &self.followers[..usize::from(self.count)]
    }

    /// How often the first follower was right of late, 0 to 7.
    pub(super) fn right(&self) -> usize {
        usize::from(self.right)
    }

    /// Moves what followed to the front.
    #[inline]
    pub(super) fn learn(&mut self, follower: T) {
        let count = usize::from(self.count);
        if count > 0 && self.followers[0] == follower {
            self.right = (self.right + 1).min(MOST_RIGHT);
            return;
        }
        self.right /= 2;
        // Each takes the place of the one before it, down to where the follower stood; without a branch a place.
        let (mut moved, mut is_known) = (follower, false);
        for (place, known) in self.followers.iter_mut().enumerate() {
            let stood = *known;
            *known = if is_known { stood } else { moved };
            is_known |= place < count && stood == follower;
            moved = stood;
        }
        self.count += u8::from(!is_known && count < N);
    }

    /// Asks for each follower that may come, one decision each; `None` where it is another.
    pub(super) fn ask(
        &self,
        coder: &mut impl Coder,
        models: &mut [Bit; N],
        given: Option<T>,
        may_come: impl Fn(T) -> bool,
    ) -> Option<T> {
        for (follower, model) in self.followers().iter().zip(models) {
            if may_come(*follower) && coder.bit(model, given == Some(*follower)) {
                return Some(*follower);
            }
        }
        None
    }
}
