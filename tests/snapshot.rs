//! The snapshot from outside: one edition, one encoding.

mod format;

use format::arbitrary;
use hongbang::snapshot::{decode, encode};
use proptest::prelude::*;

proptest! {
    #[test]
    fn an_edition_comes_back_as_it_was(edition in arbitrary::edition()) {
        let bytes = encode(&edition).unwrap();
        prop_assert_eq!(decode(&bytes).unwrap(), edition);
    }
}
