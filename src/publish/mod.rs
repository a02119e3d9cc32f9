//! Native only: what a publisher and a terminal need, from bulletins to a signed repository.

pub mod demo;
pub mod ledger;
