//! QR codes in a picture.

use quircs::Quirc;

use super::picture::Picture;

/// The texts of the QR codes in a picture: read with its light evened out, as it is, larger and smaller, until something
/// is found.
pub(super) fn read(picture: &Picture) -> Vec<String> {
    let tries: [&dyn Fn() -> Option<Picture>; 5] = [
        &|| Some(picture.flattened()),
        &|| Some(picture.clone()),
        &|| Some(picture.doubled()?.smoothed().flattened()),
        &|| Some(picture.halved()?.flattened()),
        &|| Some(picture.halved()?.halved()?.flattened()),
    ];
    tries
        .iter()
        .filter_map(|make| make())
        .map(|picture| decode(&picture))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn decode(picture: &Picture) -> Vec<String> {
    let mut reader = Quirc::default();
    let codes = reader.identify(picture.width(), picture.height(), picture.grey());
    let decoded = codes.filter_map(|code| code.ok()?.decode().ok());
    decoded.map(|data| String::from_utf8_lossy(&data.payload).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{PLAIN, Shot};
    use super::*;

    const LINK: &str = "https://example.gov.cn/QyxyDetail.aspx?rid=84ce&cid=91440606003663344C";

    fn reads(shot: Shot, text: &str) -> bool {
        read(&shot.of_qr(text)) == [text]
    }

    #[test]
    fn small_and_large_codes_are_read() {
        let certificate = format!("https://hongbang.example/c#{}", "12345678901234567".repeat(34));
        for text in [LINK, "统一社会信用代码：91440606003663344C", &certificate] {
            assert!(reads(PLAIN, text), "{text}");
        }
    }

    #[test]
    fn in_any_direction() {
        for turned in [0, 10, 25, 39, 53, 85, 128, 309, 1_000_000, -128] {
            assert!(reads(Shot { turned, ..PLAIN }, LINK), "turned by {turned}");
        }
    }

    #[test]
    fn in_uneven_light_out_of_focus_and_with_noise() {
        for shot in [
            Shot { shade: 85, ..PLAIN },
            Shot { noise: 60, ..PLAIN },
            Shot { scale: 256, blur: 1, ..PLAIN },
            Shot { scale: 256, blur: 1, turned: 12, ..PLAIN },
            Shot { scale: 256, noise: 30, shade: 60, ..PLAIN },
            Shot { scale: 128, turned: 30, ..PLAIN },
        ] {
            let read = (1..=10).filter(|seed| reads(Shot { seed: *seed, ..shot }, LINK)).count();
            assert!(read >= 9, "{read} of 10: {shot:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn no_noise_makes_it_panic(width in 1_usize..80, grey in proptest::collection::vec(any::<u8>(), 0..6000)) {
            let height = grey.len() / width;
            if let Some(picture) = Picture::from_grey(width, height, grey[..width * height].to_vec()) {
                let _ = read(&picture);
            }
        }

        /// Near to a real code is where a reader has most to stumble over.
        #[test]
        fn no_damaged_code_makes_it_panic(
            text in "[ -~]{1,120}", turned in -128_i64..128, scale in 40_i64..300, noise in 0_i64..160, seed: u32,
            holes in proptest::collection::vec((0_usize..200, 0_usize..200, 1_usize..60, any::<u8>()), 0..6),
        ) {
            let picture = Shot { scale, turned, noise, seed, ..PLAIN }.of_qr(&text);
            let (width, mut grey) = (picture.width(), picture.grey().to_vec());
            for (left, top, side, shade) in holes {
                for place in (0..side * side).map(|place| (top + place / side) * width + left + place % side) {
                    if let Some(pixel) = grey.get_mut(place) {
                        *pixel = shade;
                    }
                }
            }
            let _ = read(&Picture::from_grey(width, picture.height(), grey).unwrap());
        }
    }
}
