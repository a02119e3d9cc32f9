//! From the brightness along a line to the widths of its light and dark stripes.

/// Parts of a pixel in which widths are measured.
pub(super) const PARTS: i32 = 64;

/// The widths of the stripes along `line`, beginning with a light one, in [`PARTS`] of a pixel. Brightness must change
/// by `step` to make a stripe. An edge lies where the brightness is half way between its two stripes, so that neither
/// blur nor uneven light moves it far.
pub(super) fn stripes(line: &[u8], step: i32) -> Vec<i32> {
    let turns = turns(line, step);
    let edges = turns.windows(2).map(|pair| edge(line, pair[0], pair[1]));
    let begins_dark = matches!(turns.as_slice(), [(_, first), (_, second), ..] if first < second);
    let begin = (!begins_dark).then_some(0);
    let end = i32::try_from(line.len()).unwrap_or(i32::MAX / PARTS) * PARTS;
    let places: Vec<i32> = begin.into_iter().chain(edges).chain([end]).collect();
    places.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// The places where the brightness turns, alternately the darkest and the brightest, with that brightness.
fn turns(line: &[u8], step: i32) -> Vec<(usize, i32)> {
    let mut turns = Vec::new();
    let Some(first) = line.first() else { return turns };
    let (mut low, mut high) = ((0, i32::from(*first)), (0, i32::from(*first)));
    let mut way = Way::Unknown;
    for (place, value) in line.iter().map(|value| i32::from(*value)).enumerate() {
        if value < low.1 {
            low = (place, value);
        }
        if value > high.1 {
            high = (place, value);
        }
        if way != Way::Up && value - low.1 >= step {
            turns.push(low);
            way = Way::Up;
            high = (place, value);
        } else if way != Way::Down && high.1 - value >= step {
            turns.push(high);
            way = Way::Down;
            low = (place, value);
        } else if way == Way::Up {
            low = high;
        } else if way == Way::Down {
            high = low;
        }
    }
    turns.push(if way == Way::Down { low } else { high });
    turns
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Way {
    Down,
    Unknown,
    Up,
}

/// Where between two turns the brightness passes the middle; where noise makes it pass several times, half way between
/// the first and the last.
fn edge(line: &[u8], from: (usize, i32), to: (usize, i32)) -> i32 {
    let middle = from.1 + to.1;
    let side = |place: usize| (2 * i32::from(line[place]) - middle) * (from.1 - to.1).signum();
    let crossing = |place: usize| {
        let (before, after) = (side(place), side(place + 1));
        let place = i32::try_from(place).unwrap_or(i32::MAX / PARTS - 1);
        place * PARTS + PARTS / 2 + PARTS * before / (before - after).max(1)
    };
    let is_crossing = |place: &usize| side(*place) > 0 && side(place + 1) <= 0;
    let first = (from.0..to.0).find(is_crossing).unwrap_or(from.0);
    let last = (from.0..to.0).rev().find(is_crossing).unwrap_or(from.0);
    i32::midpoint(crossing(first), crossing(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharp_stripes_have_their_widths() {
        let line = [200, 200, 200, 10, 10, 200, 10, 10, 10, 10, 200];
        assert_eq!(
            stripes(&line, 40).iter().map(|width| (width + PARTS / 2) / PARTS).collect::<Vec<_>>(),
            [3, 2, 1, 4, 1]
        );
    }

    #[test]
    fn light_that_fades_makes_no_stripe_and_moves_no_edge_far() {
        let line: Vec<u8> =
            (0_u8..200).map(|x| if x / 20 % 2 == 0 { 250 - x } else { 120 - x / 2 }).collect();
        let widths = stripes(&line, 20);
        assert_eq!(widths.len(), 10);
        assert!(widths.iter().all(|width| (19 * PARTS..=21 * PARTS).contains(width)), "{widths:?}");
    }

    #[test]
    fn a_line_of_one_brightness_or_none_has_no_edges() {
        assert_eq!(stripes(&[90; 20], 20), [20 * PARTS]);
        assert_eq!(stripes(&[], 20), [0]);
    }
}
