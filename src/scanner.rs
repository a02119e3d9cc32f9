//! Reads codes in pictures and certificates, and draws QR codes, for the web app's worker (`www/scanner.js`). A program of
//! its own, so that nobody loads it who does none of that.

#[cfg(target_arch = "wasm32")]
mod exports {
    use hongbang::certificate::KeySet;
    use hongbang::checker::UnprovenReading;
    use hongbang::scan::{Picture, modules, read};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The texts of the codes in a picture of four bytes a pixel.
    #[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
    #[wasm_bindgen]
    pub fn scan(rgba: &[u8], width: usize, height: usize) -> Vec<String> {
        Picture::from_rgba(width, height, rgba).map(|picture| read(&picture)).unwrap_or_default()
    }

    /// What a certificate's text says by these keys, as the fields of an [`UnprovenReading`]; nothing where the keys are
    /// none.
    #[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
    #[wasm_bindgen]
    pub fn certificate(text: &str, key_set: &[u8]) -> Vec<String> {
        KeySet::decode(key_set).map(|keys| UnprovenReading::of(text, &keys).to_fields()).unwrap_or_default()
    }

    /// The modules of the QR code of a text, row by row, dark ones as 1; nothing where the text is too long.
    #[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
    #[wasm_bindgen]
    pub fn qr(text: &str) -> Vec<u8> {
        modules(text).unwrap_or_default()
    }
}

fn main() {}
