//! Brings a repository to a terminal: over http(s) or from a folder, and keeps it on disk.
//!
//! The store is a folder of this form:
//!
//! ```text
//! index.json     {"format":1, "roots":[HASH, …], "timestamp":HASH, "snapshot":HASH, "targets":HASH,
//!                 "held":{NAME: HASH, …}}
//! files/HASH     every file that the index names, as received, under its SHA-256
//! ```
//!
//! Files are written first, each under a temporary name that is then changed, and the index last; files that no index
//! names any more go after that. So whenever a fetch breaks off, the index still names one complete, consistent
//! state: the one before. Nothing in the store is trusted: [`load`] verifies all of it again from the pinned root.

use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::disk::replace_file;
use crate::Problem;
use crate::checker::{DeltaTag, by_delta};
use crate::trust::json::{self, Object, Value};
use crate::trust::{
    Kind, ROOT_BYTES, Reply, Request, SNAPSHOT_BYTES, Store, TARGETS_BYTES, TIMESTAMP_BYTES, Target,
    TrustError, Trusted, Updater, UtcSeconds, VerifiedTarget, reverify, to_hex,
};

/// Where a repository is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Source {
    /// In a folder, which holds `metadata/` and `targets/`.
    Folder(PathBuf),
    /// Behind an address, to which `/metadata/…` and `/targets/…` are added. Plain http will do: TUF does not rest on
    /// the transport.
    Url(String),
}

impl Source {
    /// An address if it begins with `http://` or `https://`, otherwise a folder.
    pub fn new(text: &str) -> Self {
        let is_url = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
        if is_url { Self::Url(text.trim_end_matches('/').into()) } else { Self::Folder(text.into()) }
    }
}

/// What is going on, for a progress bar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Progress<'a> {
    /// A metadata file is asked for.
    Metadata {
        /// Its path.
        path: &'a str,
    },
    /// A part of a target has arrived; at the beginning, none of it.
    Target {
        /// Its name.
        name: &'a str,
        /// How many bytes are here.
        received: u64,
        /// How many there will be.
        length: u64,
    },
    /// A delta was tried in place of a whole target.
    Delta {
        /// The name of the target.
        name: &'a str,
        /// The code of what went wrong, if anything did; then the whole target is brought.
        failure: Option<&'static str>,
    },
}

/// Verified metadata and the targets that were chosen from it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The metadata.
    pub trusted: Trusted,
    /// The targets, with their bytes.
    pub targets: Vec<VerifiedTarget>,
}

/// Updates from `source`, brings those of the top-level targets that `choose` returns, and keeps all that in the
/// folder `store`. What the store holds already is not brought again, and what a delta makes of it is brought by that.
///
/// After an error the store is as it was before.
pub fn fetch(
    source: &Source,
    pinned_root: &[u8],
    store: &Path,
    now: UtcSeconds,
    choose: impl FnOnce(Vec<Target>) -> Vec<Target>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Held, TransportError> {
    // Without a usable store the update begins at the pinned root, as on the first day.
    let index = Index::read(store).ok();
    let stored = index.as_ref().and_then(|index| index.metadata(store).ok());
    let mut line = Line::new(source, progress);
    let trusted = line.update(pinned_root, stored.as_ref(), now)?;
    let mut targets = Vec::new();
    for target in choose(trusted.targets().collect()) {
        let by_delta = |line: &mut Line| line.bring_by_delta(store, index.as_ref()?, &trusted, &target);
        targets.push(match held_already(store, &target).or_else(|| by_delta(&mut line)) {
            Some(held) => held,
            None => line.bring(target)?,
        });
    }
    let held = Held { trusted, targets };
    keep(store, &held)?;
    Ok(held)
}

/// Reads a repository without keeping anything: [`fetch`] with an empty store that is thrown away.
pub fn read(
    source: &Source,
    pinned_root: &[u8],
    now: UtcSeconds,
    choose: impl FnOnce(Vec<Target>) -> Vec<Target>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Held, TransportError> {
    let mut line = Line::new(source, progress);
    let trusted = line.update(pinned_root, None, now)?;
    let chosen = choose(trusted.targets().collect());
    let targets = chosen.into_iter().map(|target| line.bring(target)).collect::<Result<_, _>>()?;
    Ok(Held { trusted, targets })
}

/// What the folder `store` holds, verified again from the pinned root. Asks no network and no clock; how old it is
/// says [`Trusted::freshness`].
pub fn load(store: &Path, pinned_root: &[u8]) -> Result<Held, TransportError> {
    let index = Index::read(store)?;
    let trusted = reverify(pinned_root, index.metadata(store)?).map_err(TransportError::Trust)?;
    let mut targets = Vec::new();
    for (name, hash) in &index.held {
        let target = trusted.target(name).ok_or_else(|| damaged(store))?;
        let bytes = read_file(store, hash, target.length())?;
        targets.push(target.verify(bytes).map_err(TransportError::Trust)?);
    }
    Ok(Held { trusted, targets })
}

/// Brings metadata files of a source by their names, at most so many bytes of each, without verifying any.
pub(crate) fn metadata_of(
    source: &Source,
) -> impl FnMut(&str, u64) -> Result<Option<Vec<u8>>, TransportError> + '_ {
    move |name, limit| {
        let request = Request { kind: Kind::Metadata, path: name.into(), limit };
        match Line::new(source, &mut |_| {}).ask(&request, &mut |_, _| {})? {
            Reply::Found(bytes) => Ok(Some(bytes)),
            Reply::NotFound => Ok(None),
        }
    }
}

/// The connection to a source.
struct Line<'a> {
    source: &'a Source,
    agent: ureq::Agent,
    progress: &'a mut dyn FnMut(Progress<'_>),
}

impl<'a> Line<'a> {
    fn new(source: &'a Source, progress: &'a mut dyn FnMut(Progress<'_>)) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .user_agent(concat!("hongbang/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { source, agent: config.new_agent(), progress }
    }

    fn update(
        &mut self,
        pinned_root: &[u8],
        stored: Option<&Store>,
        now: UtcSeconds,
    ) -> Result<Trusted, TransportError> {
        let mut updater = Updater::start(pinned_root, stored, now).map_err(TransportError::Trust)?;
        while let Some(request) = updater.request() {
            (self.progress)(Progress::Metadata { path: &request.path });
            let reply = self.ask(&request, &mut |_, _| {})?;
            updater.reply(reply).map_err(TransportError::Trust)?;
        }
        updater.finish().map_err(TransportError::Trust)
    }

    fn bring(&mut self, target: Target) -> Result<VerifiedTarget, TransportError> {
        let request = target.request();
        let (name, length) = (target.name(), target.length());
        let reply = self.ask(&request, &mut |progress, received| {
            progress(Progress::Target { name, received, length });
        })?;
        match reply {
            Reply::Found(bytes) => target.verify(bytes).map_err(TransportError::Trust),
            Reply::NotFound => Err(TransportError::Trust(TrustError::Missing { file: request.path }.into())),
        }
    }

    /// Makes a target of one that is held and of a delta, where the repository has one. Whatever fails on the way is
    /// told and leads to nothing.
    fn bring_by_delta(
        &mut self,
        store: &Path,
        index: &Index,
        trusted: &Trusted,
        target: &Target,
    ) -> Option<VerifiedTarget> {
        let delta_from =
            |name: &String| Some((name.clone(), DeltaTag::between(trusted.targets(), name, target)?));
        let (name, delta) = index.held.iter().find_map(|(name, _)| delta_from(name))?;
        let old = held_already(store, &trusted.target(&name)?)?;
        let made = match self.bring(delta) {
            Ok(delta) => by_delta(old.bytes(), &delta, target.clone()).map_err(|error| error.code()),
            Err(error) => Err(error.code()),
        };
        let failure = made.as_ref().err().copied();
        (self.progress)(Progress::Delta { name: target.name(), failure });
        made.ok()
    }

    /// Reads at most as much as the request allows, and stops there.
    fn ask(&mut self, request: &Request, arrived: Arrived<'_>) -> Result<Reply, TransportError> {
        let found = match self.source {
            Source::Folder(folder) => open_in_folder(folder, request)?,
            Source::Url(base) => self.open_url(base, request)?,
        };
        let Some((mut content, place)) = found else { return Ok(Reply::NotFound) };
        let mut bytes = Vec::new();
        loop {
            let received = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            arrived(self.progress, received);
            if received > request.limit {
                let (file, limit) = (request.path.clone(), request.limit);
                return Err(TransportError::Trust(
                    TrustError::TooLong { file, limit, found: received }.into(),
                ));
            }
            // One byte beyond the limit tells a file that is too long from one that just fits.
            let room = PART.min(request.limit - received + 1);
            let read = content.by_ref().take(room).read_to_end(&mut bytes);
            if read.map_err(|source| TransportError::Read { place: place.clone(), source })? == 0 {
                return Ok(Reply::Found(bytes));
            }
        }
    }

    fn open_url(&self, base: &str, request: &Request) -> Result<Option<Opened>, TransportError> {
        let url = format!("{base}/{}/{}", folder_name(request.kind), request.path);
        let response = self.agent.get(&url).call();
        let response = response
            .map_err(|source| TransportError::Network { url: url.clone(), source: Box::new(source) })?;
        match response.status().as_u16() {
            200 => Ok(Some((Box::new(response.into_body().into_reader()), url))),
            // Some file stores answer 403 for what they do not have.
            403 | 404 | 410 => Ok(None),
            status => Err(TransportError::Status { url, status }),
        }
    }
}

/// A file that can be read, and where it is.
type Opened = (Box<dyn Read>, String);
/// Told, at each part, how many bytes there are by now.
type Arrived<'a> = &'a mut dyn FnMut(&mut dyn FnMut(Progress<'_>), u64);

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many bytes are read between two reports of progress.
const PART: u64 = 64 * 1024;
/// The longest index that is read.
const INDEX_BYTES: u64 = 1_000_000;

const fn folder_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Metadata => "metadata",
        Kind::Target => "targets",
    }
}

/// A path that would lead out of the repository leads to nothing.
fn open_in_folder(folder: &Path, request: &Request) -> Result<Option<Opened>, TransportError> {
    let within = Path::new(&request.path);
    if !within.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(None);
    }
    let path = folder.join(folder_name(request.kind)).join(within);
    match File::open(&path) {
        Ok(file) => Ok(Some((Box::new(file), path.display().to_string()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(TransportError::Io { path, source }),
    }
}

/// What the store's index names. Untrusted, like all of the store.
struct Index {
    roots: Vec<String>,
    timestamp: String,
    snapshot: String,
    targets: String,
    held: Vec<(String, String)>,
}

impl Index {
    fn read(store: &Path) -> Result<Self, TransportError> {
        let bytes = match read_limited(&store.join("index.json"), INDEX_BYTES) {
            Err(TransportError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Err(TransportError::NothingStored { path: store.into() });
            }
            other => other?,
        };
        let value = json::parse(&bytes, INDEX_BYTES).ok();
        value.as_ref().and_then(Self::from_value).ok_or_else(|| damaged(store))
    }

    fn from_value(value: &Value) -> Option<Self> {
        if value.get("format")?.integer()? != 1 {
            return None;
        }
        let hash = |value: &Value| {
            let text = value.text()?;
            let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hash.then(|| text.to_string())
        };
        let held = value.get("held")?.object()?.iter();
        Some(Self {
            roots: value.get("roots")?.array()?.iter().map(hash).collect::<Option<_>>()?,
            timestamp: hash(value.get("timestamp")?)?,
            snapshot: hash(value.get("snapshot")?)?,
            targets: hash(value.get("targets")?)?,
            held: held.map(|(name, value)| Some((name.into(), hash(value)?))).collect::<Option<_>>()?,
        })
    }

    fn to_value(&self) -> Value {
        let roots = self.roots.iter().map(|hash| hash.as_str().into()).collect();
        let mut held = Object::default();
        self.held.iter().for_each(|(name, hash)| held.set(name, hash.as_str().into()));
        Object::of([
            ("format", 1.into()),
            ("roots", Value::Array(roots)),
            ("timestamp", self.timestamp.as_str().into()),
            ("snapshot", self.snapshot.as_str().into()),
            ("targets", self.targets.as_str().into()),
            ("held", held.into()),
        ])
        .into()
    }

    fn metadata(&self, store: &Path) -> Result<Store, TransportError> {
        let root = |hash: &String| read_file(store, hash, ROOT_BYTES);
        Ok(Store {
            roots: self.roots.iter().map(root).collect::<Result<_, _>>()?,
            timestamp: read_file(store, &self.timestamp, TIMESTAMP_BYTES)?,
            snapshot: read_file(store, &self.snapshot, SNAPSHOT_BYTES)?,
            targets: read_file(store, &self.targets, TARGETS_BYTES)?,
            delegated: Vec::new(),
        })
    }

    fn names(&self, hash: &str) -> bool {
        let held = self.held.iter().map(|(_, hash)| hash);
        let top = [&self.timestamp, &self.snapshot, &self.targets];
        self.roots.iter().chain(held).chain(top).any(|named| named == hash)
    }
}

/// The target, if its file is in the store and is what it should be.
fn held_already(store: &Path, target: &Target) -> Option<VerifiedTarget> {
    let bytes = read_file(store, &to_hex(target.sha256()), target.length()).ok()?;
    target.clone().verify(bytes).ok()
}

/// Files first, index last, and then away with what is not named any more.
fn keep(folder: &Path, held: &Held) -> Result<(), TransportError> {
    let put = |bytes: &[u8]| -> Result<String, TransportError> {
        let hash = to_hex(&Sha256::digest(bytes));
        let path = folder.join("files").join(&hash);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if !read_file(folder, &hash, length).is_ok_and(|present| present == bytes) {
            replace_file(&path, bytes).map_err(|source| TransportError::Io { path, source })?;
        }
        Ok(hash)
    };
    let store = held.trusted.store();
    let held = held.targets.iter();
    let index = Index {
        roots: store.roots.iter().map(|root| put(root)).collect::<Result<_, _>>()?,
        timestamp: put(&store.timestamp)?,
        snapshot: put(&store.snapshot)?,
        targets: put(&store.targets)?,
        held: held
            .map(|target| Ok((target.target().name().into(), put(target.bytes())?)))
            .collect::<Result<_, _>>()?,
    };
    let path = folder.join("index.json");
    replace_file(&path, (index.to_value().to_json() + "\n").as_bytes())
        .map_err(|source| TransportError::Io { path, source })?;
    remove_unnamed(folder, &index);
    Ok(())
}

/// Tidies up. A file that cannot be removed does no harm.
fn remove_unnamed(folder: &Path, index: &Index) {
    let Ok(files) = fs::read_dir(folder.join("files")) else { return };
    for file in files.flatten() {
        if !file.file_name().to_str().is_some_and(|name| index.names(name)) {
            let _ = fs::remove_file(file.path());
        }
    }
}

fn read_file(store: &Path, hash: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
    read_limited(&store.join("files").join(hash), limit)
}

/// At most one byte more than `limit`, by which whoever measures it notices that it is too long.
fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, TransportError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|source| TransportError::Io { path: path.into(), source })?;
    Ok(bytes)
}

fn damaged(store: &Path) -> TransportError {
    TransportError::StoreDamaged { path: store.into() }
}

/// Why a repository could not be brought here, or a store not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum TransportError {
    /// The disk.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No answer.
    Network {
        /// The address.
        url: String,
        /// What went wrong.
        source: Box<ureq::Error>,
    },
    /// Nothing has been stored there yet.
    NothingStored {
        /// The folder of the store.
        path: PathBuf,
    },
    /// The content broke off.
    Read {
        /// The address or file.
        place: String,
        /// What went wrong.
        source: io::Error,
    },
    /// The server answered neither with the file nor that there is none.
    Status {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The store's index is not one, or names what metadata does not list.
    StoreDamaged {
        /// The folder of the store.
        path: PathBuf,
    },
    /// What came is not to be trusted.
    Trust(Box<TrustError>),
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, .. } => write!(f, "cannot read or write {}", path.display()),
            Self::Network { url, .. } => write!(f, "expected an answer from {url}, found none"),
            Self::NothingStored { path } => {
                write!(f, "expected a store with a verified list in {}, found none yet", path.display())
            }
            Self::Read { place, .. } => write!(f, "expected the whole of {place}, found that it broke off"),
            Self::Status { url, status } => {
                write!(f, "expected {url} with status 200, or 404, found status {status}")
            }
            Self::StoreDamaged { path } => {
                write!(f, "expected a store as it was written in {}, found it changed", path.display())
            }
            Self::Trust(error) => error.fmt(f),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Read { source, .. } => Some(source),
            Self::Network { source, .. } => Some(source),
            Self::Trust(error) => error.source(),
            Self::NothingStored { .. } | Self::Status { .. } | Self::StoreDamaged { .. } => None,
        }
    }
}

impl Problem for TransportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "store_io",
            Self::Network { .. } | Self::Read { .. } => "network",
            Self::NothingStored { .. } => "nothing_stored",
            Self::Status { .. } => "http_status",
            Self::StoreDamaged { .. } => "store_damaged",
            Self::Trust(error) => error.code(),
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::Io { .. } => "check the path, its permissions and the space on the disk".into(),
            Self::Network { .. } | Self::Read { .. } => {
                "check the connection and the address, then try again; what is stored stays usable".into()
            }
            Self::NothingStored { .. } => "run `hongbang fetch` first".into(),
            Self::Status { .. } => "try again later, or use another source".into(),
            Self::StoreDamaged { .. } => "remove the folder of the store and fetch again".into(),
            Self::Trust(error) => error.advice(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only a publisher could sign such a name, and ours refuses to; from a foreign one it gets no file.
    #[test]
    fn a_path_leads_nowhere_outside_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let repository = folder.path().join("repository");
        fs::create_dir_all(repository.join("targets/sub")).unwrap();
        fs::write(folder.path().join("secret"), b"x").unwrap();
        fs::write(repository.join("targets/sub/open"), b"x").unwrap();
        let open = |path: &str| {
            let request = Request { kind: Kind::Target, path: path.into(), limit: 1 };
            open_in_folder(&repository, &request).unwrap().is_some()
        };
        assert!(open("sub/open"));
        for path in ["../../secret", "sub/../../../secret", "/etc/hostname", "./sub/../sub/open"] {
            assert!(!open(path), "{path}");
        }
    }

    #[test]
    fn an_address_is_told_from_a_folder() {
        assert_eq!(Source::new("https://example.org/list/"), Source::Url("https://example.org/list".into()));
        assert_eq!(Source::new("http-list"), Source::Folder("http-list".into()));
    }
}
