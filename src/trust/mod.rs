//! From whom: a client for [TUF](https://theupdateframework.io) 1.0 repositories that knows neither network, disk
//! nor clock, and knows no list either. It is given bytes and a time, and says who vouches for what.
//!
//! # Two paths
//!
//! **Updating** follows section 5 of the specification. [`Updater`] says what to fetch next and how long it may be,
//! is given the bytes or told that there are none, and ends in a [`Trusted`] set of metadata:
//!
//! ```no_run
//! # use hongbang::trust::{Reply, Request, TrustError, Updater, UtcSeconds, VerifiedTarget};
//! # fn fetch(request: &Request) -> Reply { Reply::NotFound }
//! # fn bytes_of(request: &Request) -> Vec<u8> { Vec::new() }
//! # fn example(pinned_root: &[u8], now: UtcSeconds) -> Result<VerifiedTarget, Box<TrustError>> {
//! let mut updater = Updater::start(pinned_root, None, now)?;
//! while let Some(request) = updater.request() {
//!     updater.reply(fetch(&request))?;
//! }
//! let trusted = updater.finish()?;
//! let target = trusted.targets().next().expect("this repository has a target");
//! let bytes = bytes_of(&target.request());
//! let verified = target.verify(bytes)?;
//! // Only now is there anything to keep: `trusted.store()`.
//! # Ok(verified)
//! # }
//! ```
//!
//! **Displaying** takes what was stored, which is untrusted input like any other, and verifies it again from the
//! pinned root: [`reverify`]. Here an expiry that has passed does not fail; it is reported as [`Freshness`], so that
//! an old list answers as an old list and not as an error.
//!
//! # What is promised
//!
//! - Signatures are verified over the canonical form of the parsed `signed` part, as TUF's reference does. Metadata
//!   is measured before it is parsed; duplicate keys, fractions and integers beyond 2^53-1 are refused; unknown
//!   fields are kept, and the bytes are kept as received.
//! - One function counts signatures (`threshold.rs`), over the role's key ids. A signer counts once, and a
//!   file in which a key id stands twice is refused, as TUF's reference does. Key ids are opaque: a client does not
//!   recompute them.
//! - [`Store`] is handed out only when everything in it has been verified, all together. The specification would
//!   keep each file as soon as it is verified; keeping them together means that what is stored is always one
//!   consistent state that [`reverify`] accepts. The price: a client that saw a new root and then failed does not
//!   remember that root.
//! - A file that is missing, too long, too old or wrong is an error of its own kind: [`TrustError`].
//!
//! # What is not
//!
//! The first root must come from elsewhere. Holders of the keys can sign two different lists for two audiences.
//! A server that sends nothing, or nothing new until the timestamp expires, is noticed but not overcome. What a
//! target's bytes mean is not looked at. TAP 15 (`succinct_roles`) is not part of TUF 1.0 and not read.

mod chain;
mod delegation;
mod error;
mod freshness;
mod hash;
mod hex;
pub mod json;
mod key;
mod limits;
mod metadata;
mod recognised;
mod role;
mod root;
mod search;
mod snapshot;
mod store;
mod target;
mod targets;
mod threshold;
mod time;
mod timestamp;
mod trusted;
mod updater;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use chain::newest_root;
pub use delegation::{DelegatedRole, Delegations, Paths};
pub use error::TrustError;
pub use freshness::{AGEING_DAYS, Freshness, Standing};
pub use hex::to_hex;
pub(crate) use hex::{from_hex, from_hex_any};
pub use key::{KeyRing, PublicKey};
pub use limits::{
    MAX_DELEGATIONS, MAX_ROOT_ROTATIONS, ROOT_BYTES, SNAPSHOT_BYTES, TARGETS_BYTES, TIMESTAMP_BYTES,
};
pub use metadata::{Header, MetadataError, SIGNED_AT, SPEC_VERSION};
pub use role::{Role, TopRole};
pub use root::Root;
pub use search::Search;
pub use snapshot::Snapshot;
pub use store::{Store, reverify};
pub use target::{Description, MetaFile, Target, VerifiedTarget};
pub use targets::Targets;
pub use threshold::Verified;
pub use time::{TimeError, UtcSeconds};
pub use timestamp::Timestamp;
pub use trusted::Trusted;
pub use updater::{Kind, Reply, Request, Updater};
