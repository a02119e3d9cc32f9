//! Which symbols came after some others the last times, in one number of 64 bits, since every symbol of every text reads
//! and writes three of them.

/// The last three distinct followers, the latest lowest, 16 bits each; above them, 8 bits each, how many there are and
/// how often the latest was right of late. Nothing came yet where it is 0: memory that is allocated holds that by itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Followers(pub(super) u64);

/// Where the number of followers lies.
const COUNT: u32 = 48;
/// Where it lies how often the latest was right.
const RIGHT: u32 = 56;
/// How far that counts.
const MOST_RIGHT: u64 = 7;

impl Followers {
    /// How many are remembered.
    pub(super) const MOST: usize = 3;

    /// How many there are.
    #[inline]
    pub(super) fn len(self) -> usize {
        usize::from(self.byte(COUNT))
    }

    /// How often the latest was right of late, 0 to 7.
    #[inline]
    pub(super) fn right(self) -> usize {
        usize::from(self.byte(RIGHT))
    }

    /// The latest; 0 where there is none.
    #[inline]
    pub(super) fn latest(self) -> u32 {
        self.follower(0)
    }

    /// All of them, the latest first.
    #[inline]
    pub(super) fn each(self) -> impl Iterator<Item = u32> {
        (0..self.len()).map(move |place| self.follower(place))
    }

    /// Whether `follower` is one of them.
    #[inline]
    pub(super) fn has(self, follower: u32) -> bool {
        const ONES: u64 = 0x0001_0001_0001;
        // 0 only in the 16 bits of that follower; and only where one of them is 0 does subtraction borrow a highest bit
        // that was not set.
        let unlike = (self.0 ^ (u64::from(follower) * ONES)) | (u64::MAX << (16 * self.len()));
        unlike.wrapping_sub(ONES) & !unlike & (ONES << 15) != 0
    }

    /// With `follower` in front.
    #[inline]
    pub(super) fn then(self, follower: u32) -> Self {
        let count = self.0 >> COUNT & 0xFF;
        let right = self.0 >> RIGHT;
        if count > 0 && self.latest() == follower {
            let is_at_most = u64::from(right == MOST_RIGHT);
            return Self(self.0 + (1 << RIGHT) - (is_at_most << RIGHT));
        }
        let new = u64::from(follower);
        // The third goes, whether it is this follower or not; the second stays there only if it is not.
        let (symbols, count) = if count > 1 && self.follower(1) == follower {
            (self.0 & 0xFFFF << 32 | (self.0 & 0xFFFF) << 16 | new, count)
        } else {
            ((self.0 & 0xFFFF_FFFF) << 16 | new, (count + 1).min(3))
        };
        Self(symbols | count << COUNT | (right / 2) << RIGHT)
    }

    #[inline]
    fn follower(self, place: usize) -> u32 {
        let [low, high, ..] = (self.0 >> (16 * place)).to_le_bytes();
        u16::from_le_bytes([low, high]).into()
    }

    #[inline]
    fn byte(self, place: u32) -> u8 {
        let [byte, ..] = (self.0 >> place).to_le_bytes();
        byte
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_with_the_latest_moved_to_its_front_says_the_same(symbols in proptest::collection::vec(0u32..6, 0..60)) {
            let (mut followers, mut list, mut right) = (Followers(0), Vec::new(), 0);
            for symbol in symbols {
                right = if list.first() == Some(&symbol) { (right + 1).min(7) } else { right / 2 };
                list.retain(|known| *known != symbol);
                list.insert(0, symbol);
                list.truncate(Followers::MOST);
                followers = followers.then(symbol);
                prop_assert_eq!(followers.each().collect::<Vec<_>>(), list.clone());
                prop_assert!((0..7).all(|symbol| followers.has(symbol) == list.contains(&symbol)));
                prop_assert_eq!((followers.latest(), followers.right(), followers.len()), (list[0], right, list.len()));
            }
        }
    }

    #[test]
    fn the_largest_symbols_are_told_apart() {
        let followers = Followers(0).then(u32::from(u16::MAX)).then(65_534).then(0);
        assert_eq!(followers.each().collect::<Vec<_>>(), [0, 65_534, 65_535]);
        assert_eq!(
            [0, 1, 65_533, 65_534, 65_535].map(|symbol| followers.has(symbol)),
            [true, false, false, true, true]
        );
    }
}
