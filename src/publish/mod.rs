//! Native only: what a publisher and a terminal need, from bulletins to a signed repository.

pub mod build;
pub mod ingest;
pub mod ledger;
pub mod policy_file;
