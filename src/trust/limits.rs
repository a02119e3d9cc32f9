//! How much of everything is accepted. The sizes are those of the stock clients (tuf-js states them, python-tuf's
//! are of the same order), so that what one client reads, every client reads.

/// The longest root metadata that is read, in bytes.
pub const ROOT_BYTES: u64 = 512_000;
/// The longest timestamp metadata that is read, in bytes.
pub const TIMESTAMP_BYTES: u64 = 16_384;
/// The longest snapshot metadata that is read, in bytes.
pub const SNAPSHOT_BYTES: u64 = 2_000_000;
/// The longest targets metadata that is read, in bytes; delegated roles have the same limit.
pub const TARGETS_BYTES: u64 = 5_000_000;
/// How many new roots one update follows before it goes on with the last one (specification, 5.3.2).
pub const MAX_ROOT_ROTATIONS: u32 = 256;
/// How many roles below the top-level targets one search visits.
pub const MAX_DELEGATIONS: usize = 32;
