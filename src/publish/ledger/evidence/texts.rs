//! Texts as printed, each once.

use std::hash::BuildHasher;

use super::{Fingerprint, KEYS};
use crate::edition::TextColumn;
use crate::number::{index, place};

/// Texts, each with the fingerprint of what it says, found by a table of hashes.
///
/// Neighbouring bulletins are digested apart and name most of their firms anew: a million texts are kept, ten million
/// are looked up twice. In one string they need no allocation each, and putting parts together reads none of them.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    printed: TextColumn,
    marks: Vec<Mark>,
    /// Places of texts behind the upper half of their hashes, a power of two of them, at most half of them taken.
    slots: Vec<Option<Slot>>,
}

/// What a text is known by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Mark {
    hash: u64,
    fingerprint: Fingerprint,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    upper_half: u32,
    place: u32,
}

impl Default for Texts {
    fn default() -> Self {
        Self { printed: TextColumn::default(), marks: Vec::new(), slots: vec![None; 64] }
    }
}

impl Texts {
    /// All of them, by their places.
    pub(super) const fn printed(&self) -> &TextColumn {
        &self.printed
    }

    pub(super) fn fingerprint(&self, place: u32) -> Fingerprint {
        self.marks[index(place)].fingerprint
    }

    /// The place of a text, which is added where it is new.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        let hash = KEYS[0].hash_one(text);
        let is_it = |place: u32| self.printed.get(index(place)) == text;
        match self.find(hash, is_it) {
            Ok(place) => place,
            Err(slot) => self.add(slot, text, Mark { hash, fingerprint: Fingerprint::of([], [text]) }),
        }
    }

    /// The same, where the text is likely to be the one at `before`.
    pub(super) fn place_as(&mut self, before: Option<u32>, text: &str) -> u32 {
        let same = before.filter(|before| self.printed.get(index(*before)) == text);
        same.unwrap_or_else(|| self.place(text))
    }

    /// Takes in other texts; gives their places here.
    pub(super) fn append(&mut self, others: &Self) -> Vec<u32> {
        let placed = others.printed.iter().zip(&others.marks).map(|(text, mark)| {
            // Texts that say the same are few, and of those none shares a hash with another.
            match self.find(mark.hash, |place| self.marks[index(place)] == *mark) {
                Ok(place) => place,
                Err(slot) => self.add(slot, text, *mark),
            }
        });
        placed.collect()
    }

    /// The place of the text with this hash that is it, or the slot for it.
    fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Result<u32, usize> {
        let mut slot = self.first_slot(hash);
        while let Some(taken) = self.slots[slot] {
            if taken.upper_half == upper_half(hash) && is_it(taken.place) {
                return Ok(taken.place);
            }
            slot = (slot + 1) % self.slots.len();
        }
        Err(slot)
    }

    fn add(&mut self, slot: usize, text: &str, mark: Mark) -> u32 {
        let new = place(self.marks.len());
        self.printed.push(text);
        self.marks.push(mark);
        self.slots[slot] = Some(Slot { upper_half: upper_half(mark.hash), place: new });
        if self.marks.len() * 2 > self.slots.len() {
            self.make_room();
        }
        new
    }

    /// Doubles the slots.
    fn make_room(&mut self) {
        self.slots = vec![None; self.slots.len() * 2];
        for (place, mark) in (0..).zip(&self.marks) {
            let mut slot = self.first_slot(mark.hash);
            while self.slots[slot].is_some() {
                slot = (slot + 1) % self.slots.len();
            }
            self.slots[slot] = Some(Slot { upper_half: upper_half(mark.hash), place });
        }
    }

    fn first_slot(&self, hash: u64) -> usize {
        index(lower_half(hash)) & (self.slots.len() - 1)
    }
}

fn upper_half(hash: u64) -> u32 {
    let [a, b, c, d, ..] = hash.to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

fn lower_half(hash: u64) -> u32 {
    let [.., a, b, c, d] = hash.to_be_bytes();
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_place() {
        let texts: Vec<String> = (0..1000).map(|number| format!("灯具 {}", number % 300)).collect();
        let mut known = Texts::default();
        let places: Vec<u32> = texts.iter().map(|text| known.place(text)).collect();
        assert_eq!(places, (0..1000).map(|number| number % 300).collect::<Vec<u32>>());
        assert_eq!(known.printed().get(299), "灯具 299");
        assert_eq!(known.place_as(Some(7), "灯具 8"), 8);
    }

    #[test]
    fn texts_put_together_keep_what_was_there() {
        let of = |texts: &[&str]| {
            let mut known = Texts::default();
            for text in texts {
                known.place(text);
            }
            known
        };
        let mut known = of(&["灯具", "鞋"]);
        assert_eq!(known.append(&of(&["鞋", "燈具", "灯 具", "灯具"])), [1, 2, 3, 0]);
        assert_eq!(known.printed().iter().collect::<Vec<_>>(), ["灯具", "鞋", "燈具", "灯 具"]);
        assert_eq!(known.fingerprint(0), known.fingerprint(2), "they say the same");
    }
}
