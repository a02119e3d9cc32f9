//! From a picture to what the code in it means.
//!
//! ```text
//! pixels ─ Picture ─┬─ qr    ─┬─► text ─ Meaning::of ─► code, several codes, barcode, certificate, …
//!                   └─ lines ─┘
//! ```
//!
//! What a text means ([`Meaning`]) is asked by the app itself. The decoders are a program of their own (`scanner.rs`),
//! which the app loads only where the browser cannot read codes: QR codes by the crate `quircs` (16 KB after brotli;
//! `rqrr` reads as well and costs 86, most of it a table of products), barcodes by our own reader of edge widths.

#[cfg(any(test, feature = "scanner"))]
mod draw;
#[cfg(any(test, feature = "scanner"))]
mod ean;
#[cfg(any(test, feature = "scanner"))]
mod lines;
mod meaning;
#[cfg(any(test, feature = "scanner"))]
mod picture;
#[cfg(any(test, feature = "scanner"))]
mod qr;
#[cfg(any(test, feature = "scanner"))]
mod stripes;
#[cfg(test)]
mod testing;

#[cfg(any(test, feature = "scanner"))]
pub use draw::modules;
pub use meaning::{Meaning, is_certificate};
#[cfg(any(test, feature = "scanner"))]
pub use picture::Picture;

/// The texts of the codes in a picture, QR codes before barcodes; none where nothing can be read.
#[cfg(any(test, feature = "scanner"))]
pub fn read(picture: &Picture) -> Vec<String> {
    let found = qr::read(picture);
    if found.is_empty() { lines::read(picture) } else { found }
}
