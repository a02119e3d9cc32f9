//! Reads codes in pictures, for the web app's worker (`www/scanner.js`). A program of its own, so that nobody loads it
//! who does not scan.

#[cfg(target_arch = "wasm32")]
mod exports {
    use hongbang::scan::{Picture, read};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The texts of the codes in a picture of four bytes a pixel.
    #[allow(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
    #[wasm_bindgen]
    pub fn scan(rgba: &[u8], width: usize, height: usize) -> Vec<String> {
        Picture::from_rgba(width, height, rgba).map(|picture| read(&picture)).unwrap_or_default()
    }
}

fn main() {}
