//! The other way round: the QR code of a text.

use qrcodegen::{QrCode, QrCodeEcc};

/// The modules of the QR code of a text at error level M, row by row, dark ones as 1, without a quiet zone; `None` where
/// the text is longer than any code.
pub fn modules(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let rows = (0..side).flat_map(|row| (0..side).map(move |column| (column, row)));
    Some(rows.map(|(column, row)| u8::from(code.get_module(column, row))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Picture, read};

    #[test]
    fn what_is_drawn_is_read_again() {
        let text = "https://hongbang.example/#/firm/91440606003663344C";
        let modules = modules(text).unwrap();
        let side = modules.len().isqrt();
        assert_eq!(side * side, modules.len());
        let (scale, quiet) = (4, 4);
        let width = (side + 2 * quiet) * scale;
        let mut rgba = vec![255; width * width * 4];
        for (place, _) in modules.iter().enumerate().filter(|(_, module)| **module == 1) {
            let (left, top) = ((place % side + quiet) * scale, (place / side + quiet) * scale);
            for at in (0..scale * scale).map(|dot| (top + dot / scale) * width + left + dot % scale) {
                rgba[at * 4..at * 4 + 3].fill(0);
            }
        }
        assert_eq!(read(&Picture::from_rgba(width, width, &rgba).unwrap()), [text]);
    }

    #[test]
    fn a_text_that_no_code_holds_has_none() {
        assert_eq!(modules(&"红".repeat(1000)), None);
    }
}
