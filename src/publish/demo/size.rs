//! How big a demo is.

/// How big a demo is to be; everything else keeps its proportion to the number of listed firms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Size {
    /// Firms on the list as of 31 October 2025.
    pub firms: u32,
}

impl Size {
    /// Firms on the real list of October 2025.
    pub const PUBLISHED: u32 = 5_416;

    /// A demo with this many listed firms.
    pub const fn of(firms: u32) -> Self {
        Self { firms }
    }

    /// What a demo of this size has of a thing of which the published size has `count`, rounded down.
    pub(super) fn share(self, count: u32) -> u32 {
        let share = u64::from(count) * u64::from(self.firms) / u64::from(Self::PUBLISHED);
        u32::try_from(share).unwrap_or(u32::MAX)
    }

    /// The most rows of one bulletin: 300, and ten times as many where there are a hundred times as many firms, so
    /// that a large demo has more bulletins and longer ones.
    pub(super) fn most_rows(self) -> usize {
        let scale = (u64::from(self.firms) / u64::from(Self::PUBLISHED)).max(1);
        usize::try_from(300 * scale.isqrt()).expect("fewer than 2^32 firms make fewer rows a bulletin")
    }
}

impl Default for Size {
    /// The size of the real list of October 2025.
    fn default() -> Self {
        Self::of(Self::PUBLISHED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_size_keeps_every_count_and_ten_times_as_many_firms_have_ten_times_as_much() {
        assert_eq!(Size::default().share(823), 823);
        assert_eq!(Size::of(54_160).share(823), 8_230);
        assert_eq!(Size::of(1).share(823), 0);
        assert_eq!((Size::of(1).most_rows(), Size::of(1_000_000).most_rows()), (300, 300 * 13));
    }
}
