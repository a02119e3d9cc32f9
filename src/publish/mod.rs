//! Native only: what a publisher and a terminal need, from bulletins to a signed repository.

pub mod certificate;
pub mod disk;
pub mod export;
pub mod keys;
pub mod ledger;
pub mod moves;
pub mod poster;
pub mod repository;
pub mod transport;
