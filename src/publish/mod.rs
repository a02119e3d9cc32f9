//! What only a publisher or a terminal needs: native targets alone.

pub mod keys;
pub mod repository;
pub mod transport;
