//! What came after something the last times: a short list, the latest first.

use super::coder::{Bit, Coder};

/// The last `N` distinct followers of something.
#[derive(Clone, Copy)]
pub(super) struct Memory<T, const N: usize> {
    followers: [T; N],
    count: u8,
}

impl<T: Copy + Default + PartialEq, const N: usize> Memory<T, N> {
    pub(super) fn new() -> Self {
        Self { followers: [T::default(); N], count: 0 }
    }

    pub(super) fn followers(&self) -> &[T] {
        &self.followers[..usize::from(self.count)]
    }

    /// Moves what followed to the front.
    #[inline]
    pub(super) fn learn(&mut self, follower: T) {
        let count = usize::from(self.count);
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
