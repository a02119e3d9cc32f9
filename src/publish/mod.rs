//! Native only: what a publisher and a terminal need, from bulletins to a signed repository.

pub mod keys;
pub mod ledger;
pub mod repository;
pub mod transport;
