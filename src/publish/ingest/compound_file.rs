//! The container of old workbooks: sectors of a file, and a table that names for each the one that follows it.

/// Where the header names the first sectors of the table, and how many it has room for.
const FIRST_OF_TABLE: (usize, usize) = (76, 109);
/// Where it names the first sector that names more of them.
const MORE_OF_TABLE: usize = 68;
/// Where it has the binary logarithm of a sector's length.
const SHIFT: usize = 30;
/// Numbers from here on are no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;

/// Whether sectors follow each other in a circle: a reader that follows them would never come to an end.
pub(super) fn has_circle(bytes: &[u8]) -> bool {
    let next = table(bytes);
    let mut walk_of = vec![usize::MAX; next.len()];
    (0..next.len()).any(|walk| {
        let mut at = walk;
        while walk_of.get(at) == Some(&usize::MAX) {
            walk_of[at] = walk;
            at = usize::try_from(next[at]).unwrap_or(usize::MAX);
        }
        walk_of.get(at) == Some(&walk)
    })
}

/// For each sector the one that follows it.
fn table(bytes: &[u8]) -> Vec<u32> {
    let (first, count) = FIRST_OF_TABLE;
    let header = bytes.get(first..first + 4 * count).unwrap_or_default();
    let mut places: Vec<u32> = numbers(header).collect();
    let mut more = numbers(bytes.get(MORE_OF_TABLE..).unwrap_or_default()).next().unwrap_or(RESERVED);
    // Sectors that name more of them may stand in a circle as well; there are no more than the file has room for.
    for _ in 0..bytes.len() / 512 {
        if more >= RESERVED {
            break;
        }
        places.extend(numbers(sector(bytes, more)));
        more = places.pop().unwrap_or(RESERVED);
    }
    places
        .into_iter()
        .filter(|place| *place < RESERVED)
        .flat_map(|place| numbers(sector(bytes, place)))
        .collect()
}

fn sector(bytes: &[u8], place: u32) -> &[u8] {
    let length = if bytes.get(SHIFT) == Some(&12) { 4096 } else { 512 };
    let start = usize::try_from(place).ok().and_then(|place| place.checked_add(1)?.checked_mul(length));
    let rest = start.and_then(|start| bytes.get(start..)).unwrap_or_default();
    &rest[..rest.len().min(length)]
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAMPS: &[u8] = include_bytes!("../../../tests/fixtures/lamps-2023-05-01.xls");

    /// The workbook with another sector behind one.
    fn with(sector: usize, next: u32) -> Vec<u8> {
        let mut bytes = LAMPS.to_vec();
        let table = numbers(&bytes[76..]).next().unwrap();
        let at = 512 * (usize::try_from(table).unwrap() + 1) + 4 * sector;
        bytes[at..at + 4].copy_from_slice(&next.to_le_bytes());
        bytes
    }

    #[test]
    fn a_circle_is_found_wherever_it_begins() {
        assert!(!has_circle(LAMPS));
        assert!(has_circle(&with(0, 0)));
        assert!(has_circle(&with(3, 0)), "0, 1, 2, 3, 0");
        assert!(has_circle(&with(3, 2)), "0, 1, 2, 3, 2");
        assert!(!has_circle(&with(3, 1000)));
    }

    #[test]
    fn no_bytes_make_it_panic_or_go_on_for_ever() {
        assert!(!has_circle(&[]));
        for length in 0..LAMPS.len() {
            has_circle(&LAMPS[..length]);
        }
        // A sector that names more of the table, and itself as the next of its kind.
        let mut bytes = LAMPS.to_vec();
        bytes[MORE_OF_TABLE..][..4].copy_from_slice(&0_u32.to_le_bytes());
        bytes[1020..1024].copy_from_slice(&0_u32.to_le_bytes());
        has_circle(&bytes);
    }
}
