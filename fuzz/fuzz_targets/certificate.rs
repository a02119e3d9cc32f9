//! Certificates: CBOR, COSE and CWT as bytes, Base45 and digits as text, and sets of keys. The bytes are signed as claims,
//! too: what is accepted then is what would have been issued.
#![no_main]

use hongbang::certificate::{KeySet, Sealed, read_text};
use hongbang_fuzz::signing::{enveloped, key_set, sign};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sealed) = Sealed::decode(bytes) {
        assert_eq!(sealed.encode(), bytes);
    }
    if let Ok(keys) = KeySet::decode(bytes) {
        assert_eq!(keys.encode(), bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(read) = read_text(text)
    {
        let _ = Sealed::decode(&read);
    }
    let signed = enveloped(bytes);
    if let Ok(certificate) = Sealed::decode(&signed).and_then(|sealed| sealed.verify(key_set())) {
        let issued = Sealed::seal(certificate.claims().clone(), certificate.key(), sign);
        assert_eq!(issued.map(|issued| issued.encode()), Ok(signed));
    }
});
