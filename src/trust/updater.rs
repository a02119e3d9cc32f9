//! The update path: section 5 of the TUF specification as a conversation without network, disk and clock.

use std::mem;

use super::chain::RootChain;
use super::limits::{MAX_ROOT_ROTATIONS, ROOT_BYTES, TIMESTAMP_BYTES};
use super::role::TopRole;
use super::target::MetaFile;
use super::threshold::Verified;
use super::trusted::{Expiry, authentic, promised};
use super::{PublicKey, Root, Snapshot, Store, Targets, Timestamp, TrustError, Trusted, UtcSeconds};

/// Something to fetch.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    /// Which of the repository's two folders it is in.
    pub kind: Kind,
    /// The path within that folder, ready to be put behind its address.
    pub path: String,
    /// The most bytes to accept. Whoever fetches stops there: the server may send without end.
    pub limit: u64,
}

/// The two folders of a repository.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    /// `metadata/`.
    Metadata,
    /// `targets/`.
    Target,
}

/// What became of a [`Request`]. A transport that failed in another way gives no reply: the update ends there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reply {
    /// The bytes of the file.
    Found(Vec<u8>),
    /// The repository has no such file.
    NotFound,
}

impl Reply {
    /// The bytes, which must be there and no more than asked for.
    pub(crate) fn to(self, request: &Request) -> Result<Vec<u8>, Box<TrustError>> {
        let Self::Found(bytes) = self else {
            return Err(TrustError::Missing { file: request.path.clone() }.into());
        };
        let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if found > request.limit {
            return Err(
                TrustError::TooLong { file: request.path.clone(), limit: request.limit, found }.into()
            );
        }
        Ok(bytes)
    }
}

/// One update of the metadata, from the pinned root to the top-level targets.
///
/// Ask for a [`request`](Self::request), give the [`reply`](Self::reply), until there is no request left; then
/// [`finish`](Self::finish). The first error ends the update. Nothing that was stored is touched by it, and what it
/// learned is gone.
pub struct Updater {
    chain: RootChain,
    rotations: u32,
    /// The keys of timestamp and snapshot before this update, to see whether they were rotated by it.
    keys_before: [Vec<PublicKey>; 2],
    stored: Store,
    /// Verified under the newest root, but perhaps expired or superseded: for comparing versions alone.
    known: Known,
    now: UtcSeconds,
    state: State,
}

#[derive(Default)]
struct Known {
    timestamp: Option<Verified<Timestamp>>,
    snapshot: Option<Verified<Snapshot>>,
}

enum State {
    Roots,
    Timestamp,
    Snapshot(Verified<Timestamp>),
    Targets(Verified<Timestamp>, Verified<Snapshot>),
    Done(Verified<Timestamp>, Verified<Snapshot>, Verified<Targets>),
    Failed,
}

impl Updater {
    /// Begins an update at the time `now`.
    ///
    /// `stored` is what an earlier update left. It need not be trustworthy: what does not verify is left out, which
    /// costs the protection against rollback that it gave, and no more.
    ///
    /// The time is the caller's, and stays the same throughout. It is not raised to when the stored metadata was
    /// signed: versions already say what came before, and a publisher whose clock once ran years ahead would
    /// otherwise have stopped every later update. For display that floor exists: [`Freshness::clock`](super::Freshness::clock).
    pub fn start(
        pinned_root: &[u8],
        stored: Option<&Store>,
        now: UtcSeconds,
    ) -> Result<Self, Box<TrustError>> {
        let stored = stored.cloned().unwrap_or_default();
        let mut chain = RootChain::pinned(pinned_root)?;
        // As far as it holds. What follows a broken link is asked for again.
        let _ = chain.add_stored(&stored.roots);
        let keys_before = online_keys(chain.last().signed());
        Ok(Self {
            chain,
            rotations: 0,
            keys_before,
            stored,
            known: Known::default(),
            now,
            state: State::Roots,
        })
    }

    /// What to fetch next; nothing when the update is complete or has failed.
    pub fn request(&self) -> Option<Request> {
        let (path, limit) = match &self.state {
            State::Roots => (format!("{}.root.json", self.chain.next_version()), ROOT_BYTES),
            State::Timestamp => ("timestamp.json".into(), TIMESTAMP_BYTES),
            State::Snapshot(timestamp) => {
                let promise = timestamp.signed().snapshot();
                (self.path("snapshot", promise), promise.limit::<Snapshot>())
            }
            State::Targets(_, snapshot) => {
                let promise = snapshot.signed().find("targets")?;
                (self.path("targets", promise), promise.limit::<Targets>())
            }
            State::Done(..) | State::Failed => return None,
        };
        Some(Request { kind: Kind::Metadata, path, limit })
    }

    /// Takes what became of the [`request`](Self::request).
    pub fn reply(&mut self, reply: Reply) -> Result<(), Box<TrustError>> {
        let request = self.request().ok_or(TrustError::OutOfTurn)?;
        self.state = match (mem::replace(&mut self.state, State::Failed), reply) {
            (State::Roots, Reply::NotFound) => self.end_of_roots()?,
            (State::Roots, reply) => self.next_root(reply.to(&request)?)?,
            (State::Timestamp, reply) => self.next_timestamp(reply.to(&request)?)?,
            (State::Snapshot(timestamp), reply) => self.next_snapshot(timestamp, reply.to(&request)?)?,
            (State::Targets(timestamp, snapshot), reply) => {
                let targets = self.accept_targets(&snapshot, reply.to(&request)?)?;
                State::Done(timestamp, snapshot, targets)
            }
            (State::Done(..) | State::Failed, _) => return Err(TrustError::OutOfTurn.into()),
        };
        Ok(())
    }

    /// The trusted set, once there is nothing left to request.
    pub fn finish(self) -> Result<Trusted, Box<TrustError>> {
        let State::Done(timestamp, snapshot, targets) = self.state else {
            return Err(TrustError::OutOfTurn.into());
        };
        let mut delegated = self.stored.delegated;
        delegated.retain(|(role, _)| snapshot.signed().find(role).is_some());
        let expiry = Expiry::Enforced(self.now);
        Ok(Trusted { chain: self.chain, timestamp, snapshot, targets, delegated, expiry })
    }

    /// What the specification would have stored by now, file by file; what is not verified yet is empty. For the
    /// conformance suite, which looks for it after a refusal. A client keeps [`Trusted::store`] and nothing before.
    #[cfg(feature = "conformance")]
    pub fn verified_so_far(&self) -> Store {
        let mut store = Store { roots: self.chain.files().to_vec(), ..Store::default() };
        if let State::Snapshot(timestamp) | State::Targets(timestamp, _) | State::Done(timestamp, ..) =
            &self.state
        {
            store.timestamp = timestamp.bytes().to_vec();
        }
        if let State::Targets(_, snapshot) | State::Done(_, snapshot, _) = &self.state {
            store.snapshot = snapshot.bytes().to_vec();
        }
        store
    }

    fn next_root(&mut self, bytes: Vec<u8>) -> Result<State, Box<TrustError>> {
        self.chain.add(bytes)?;
        self.rotations += 1;
        if self.rotations == MAX_ROOT_ROTATIONS { self.end_of_roots() } else { Ok(State::Roots) }
    }

    /// Specification, 5.3.10 and 5.3.11. When the keys of timestamp or snapshot were rotated, the metadata known so
    /// far is forgotten: who held the old keys may have driven its versions up so far that no new one would be
    /// accepted (fast-forward).
    fn end_of_roots(&mut self) -> Result<State, Box<TrustError>> {
        let root = self.chain.last();
        let keys_now = online_keys(root.signed());
        if keys_now.iter().zip(&self.keys_before).all(|(now, before)| are_same(now, before)) {
            let (timestamp, snapshot) = (self.stored.timestamp.clone(), self.stored.snapshot.clone());
            let of_timestamp = root.signed().authority(TopRole::Timestamp);
            self.known.timestamp = authentic("timestamp", timestamp, &of_timestamp).ok();
            let of_snapshot = root.signed().authority(TopRole::Snapshot);
            self.known.snapshot = authentic("snapshot", snapshot, &of_snapshot).ok();
        }
        self.expiry().check("root", root.header())?;
        Ok(State::Timestamp)
    }

    /// Specification, 5.4. The known timestamp may have expired: an old one too says what came before.
    fn next_timestamp(&mut self, bytes: Vec<u8>) -> Result<State, Box<TrustError>> {
        let authority = self.chain.last().signed().authority(TopRole::Timestamp);
        let new = authentic::<Timestamp>("timestamp", bytes, &authority)?;
        let timestamp = match self.known.timestamp.take() {
            Some(known) => newer_timestamp(known, new)?,
            None => new,
        };
        self.expiry().check("timestamp", timestamp.header())?;
        let Some(known) = &self.known.snapshot else { return Ok(State::Snapshot(timestamp)) };
        match self.accept_snapshot(&timestamp, known.bytes().to_vec()) {
            Ok(snapshot) => Ok(self.after_snapshot(timestamp, snapshot)),
            Err(_) => Ok(State::Snapshot(timestamp)),
        }
    }

    fn next_snapshot(
        &self,
        timestamp: Verified<Timestamp>,
        bytes: Vec<u8>,
    ) -> Result<State, Box<TrustError>> {
        let snapshot = self.accept_snapshot(&timestamp, bytes)?;
        Ok(self.after_snapshot(timestamp, snapshot))
    }

    /// Specification, 5.5: as the timestamp promises, with everything that the known snapshot lists and nothing of
    /// it older.
    fn accept_snapshot(
        &self,
        timestamp: &Verified<Timestamp>,
        bytes: Vec<u8>,
    ) -> Result<Verified<Snapshot>, Box<TrustError>> {
        let authority = self.chain.last().signed().authority(TopRole::Snapshot);
        let new = promised::<Snapshot>("snapshot", bytes, timestamp.signed().snapshot(), &authority)?;
        for (role, known) in self.known.snapshot.iter().flat_map(|known| known.signed().iter()) {
            let (trusted, found) = (known.version(), new.signed().expect(role)?.version());
            if found < trusted {
                return Err(TrustError::Rollback { role: role.into(), trusted, found }.into());
            }
        }
        new.signed().expect("targets")?;
        self.expiry().check("snapshot", new.header())?;
        Ok(new)
    }

    /// The stored targets metadata spares a request if it is the one that the snapshot promises.
    fn after_snapshot(&self, timestamp: Verified<Timestamp>, snapshot: Verified<Snapshot>) -> State {
        match self.accept_targets(&snapshot, self.stored.targets.clone()) {
            Ok(targets) => State::Done(timestamp, snapshot, targets),
            Err(_) => State::Targets(timestamp, snapshot),
        }
    }

    /// Specification, 5.6.
    fn accept_targets(
        &self,
        snapshot: &Verified<Snapshot>,
        bytes: Vec<u8>,
    ) -> Result<Verified<Targets>, Box<TrustError>> {
        let authority = self.chain.last().signed().authority(TopRole::Targets);
        let targets =
            promised::<Targets>("targets", bytes, snapshot.signed().expect("targets")?, &authority)?;
        self.expiry().check("targets", targets.header())?;
        Ok(targets)
    }

    fn expiry(&self) -> Expiry {
        Expiry::Enforced(self.now)
    }

    fn path(&self, role: &str, promise: &MetaFile) -> String {
        metadata_path(self.chain.last().signed(), role, promise)
    }
}

/// The path of a metadata file whose version is promised.
pub(crate) fn metadata_path(root: &Root, role: &str, promise: &MetaFile) -> String {
    if root.consistent_snapshot() {
        format!("{}.{role}.json", promise.version())
    } else {
        format!("{role}.json")
    }
}

/// Specification, 5.4.3. Of two with the same version the known one stays.
fn newer_timestamp(
    known: Verified<Timestamp>,
    new: Verified<Timestamp>,
) -> Result<Verified<Timestamp>, Box<TrustError>> {
    let rollback = |role: &str, trusted, found| TrustError::Rollback { role: role.into(), trusted, found };
    let (trusted, found) = (known.header().version, new.header().version);
    if found < trusted {
        return Err(rollback("timestamp", trusted, found).into());
    }
    if found == trusted {
        return Ok(known);
    }
    let (trusted, found) = (known.signed().snapshot().version(), new.signed().snapshot().version());
    if found < trusted { Err(rollback("snapshot", trusted, found).into()) } else { Ok(new) }
}

/// The keys that may sign timestamp and snapshot.
fn online_keys(root: &Root) -> [Vec<PublicKey>; 2] {
    [TopRole::Timestamp, TopRole::Snapshot].map(|role| root.signers(role).into_iter().cloned().collect())
}

/// Whether both hold the same keys. The order does not matter, nor do the ids.
fn are_same(left: &[PublicKey], right: &[PublicKey]) -> bool {
    left.iter().all(|key| right.contains(key)) && right.iter().all(|key| left.contains(key))
}
