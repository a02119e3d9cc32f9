//! On paper: one entry of the list, signed, small enough for a QR code on a label, verified without a network.
//!
//! The bytes are specified in [`FORMAT.md`](self#format). Nothing unsigned leaves this room under the name of a
//! certificate:
//!
//! ```text
//! text ─ read_text ─► bytes ─ Sealed::decode ─► Sealed ─ verify(&KeySet) ─► Certificate
//! ```
//!
//! Whether a certificate holds on a day, and what a list on the device says about it, is asked of the
//! [checker](crate::checker::verify_certificate), not here.
//!
//! Choices and their price: the algorithm number is −19 and not −8 (libraries from before RFC 9864 cannot verify);
//! whatever is read is written again and compared, so that a certificate has one encoding (the price is the writer in
//! the browser); CBOR and Base45 are our own, a few lines each, since the CBOR libraries cost the browser more than all
//! the rest and the crate for Base45 accepts texts that RFC 9285 refuses.
//!
//! # Format
#![doc = include_str!("FORMAT.md")]

mod base45;
mod cbor;
mod claims;
mod digits;
mod error;
mod key_set;
mod sealed;
#[cfg(test)]
pub(crate) mod testing;
mod text;

pub use claims::{Claims, MAX_TERM_DAYS};
pub use error::{CertificateError, KeySetError};
pub use key_set::{CertificateKey, KeyId, KeySet, MAX_KEY_SET_BYTES, MAX_KEYS};
pub(crate) use sealed::Proof;
pub use sealed::{Certificate, MAX_BYTES, Sealed, to_be_signed};
pub use text::{BaseUrl, BaseUrlError, MAX_TEXT_BYTES, PREFIX, TextForm, read_text};
