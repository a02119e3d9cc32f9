//! A set of texts of a block, a bit for each.

/// A set of texts.
#[derive(Clone, Default)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    /// None of `texts` texts.
    pub(super) fn none(texts: usize) -> Self {
        Self(vec![0; texts.div_ceil(64)])
    }

    /// All of them.
    pub(super) fn all(texts: usize) -> Self {
        let mut words = vec![u64::MAX; texts.div_ceil(64)];
        if let Some(last) = words.last_mut() {
            *last >>= (64 - texts % 64) % 64;
        }
        Self(words)
    }

    /// Adds a text.
    pub(super) fn mark(&mut self, text: usize) {
        self.0[text / 64] |= 1 << (text % 64);
    }

    /// Adds texts.
    pub(super) fn mark_all(&mut self, texts: &[u16]) {
        let words = self.0.as_mut_slice();
        for text in texts {
            words[usize::from(text >> 6)] |= 1 << (text & 63);
        }
    }

    /// Whether a text is among them.
    pub(super) fn has(&self, text: usize) -> bool {
        self.0.get(text / 64).is_some_and(|word| word >> (text % 64) & 1 == 1)
    }

    /// Takes all of `others` too.
    pub(super) fn unite(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps those that are among `others`.
    pub(super) fn keep(&mut self, others: &Self) {
        self.0.iter_mut().zip(&others.0).for_each(|(word, other)| *word &= other);
    }

    /// Of those that are in all of some sets (`self`) and in all but one (`nearly`), what the next set leaves.
    pub(super) fn narrow(&mut self, nearly: &mut Self, next: &Self) {
        for ((all, nearly), next) in self.0.iter_mut().zip(&mut nearly.0).zip(&next.0) {
            *nearly = *nearly & next | *all & !next;
            *all &= next;
        }
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| usize::try_from(word.count_ones()).expect("64 at the most")).sum()
    }

    /// Each of them, in order.
    pub(super) fn each(&self, visit: &mut dyn FnMut(usize)) {
        for (word, base) in self.0.iter().zip((0..).step_by(64)) {
            let mut rest = *word;
            while rest != 0 {
                visit(base + usize::try_from(rest.trailing_zeros()).expect("below 64"));
                rest &= rest - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(texts: &[usize]) -> Marks {
        let mut marks = Marks::none(130);
        for text in texts {
            marks.mark(*text);
        }
        marks
    }

    fn texts(marks: &Marks) -> Vec<usize> {
        let mut texts = Vec::new();
        marks.each(&mut |text| texts.push(text));
        texts
    }

    #[test]
    fn sets_unite_and_keep_in_order() {
        let mut set = marks(&[129, 0, 64]);
        set.unite(&marks(&[1]));
        assert_eq!((texts(&set), set.count()), (vec![0, 1, 64, 129], 4));
        set.keep(&marks(&[1, 129, 5]));
        assert_eq!(texts(&set), [1, 129]);
        assert_eq!(Marks::all(130).count(), 130);
        assert_eq!((Marks::all(0).count(), Marks::all(64).count()), (0, 64));
    }

    #[test]
    fn all_but_one_is_known() {
        let (mut all, mut nearly) = (Marks::all(130), Marks::none(130));
        for next in [marks(&[1, 2, 3, 70]), marks(&[2, 3, 70]), marks(&[3, 1, 70])] {
            all.narrow(&mut nearly, &next);
        }
        assert_eq!((texts(&all), texts(&nearly)), (vec![3, 70], vec![1, 2]));
    }
}
