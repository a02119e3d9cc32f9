//! Native only: what a publisher and a terminal need, from bulletins to a signed repository.

pub mod alphabet;
pub mod build;
pub mod ceremony;
pub mod certificate;
pub mod certificate_keys;
pub mod columnar;
pub mod deltas;
pub mod demo;
pub mod disk;
pub mod export;
pub mod ingest;
pub mod keys;
pub mod ledger;
pub mod lock;
pub mod moves;
pub mod policy_file;
pub mod poster;
pub mod repository;
pub mod status;
pub mod transport;
