//! The updater behind the command line that TUF's conformance suite drives:
//!
//! ```text
//! tuf-client --metadata-dir DIR init ROOT
//! tuf-client --metadata-dir DIR --metadata-url URL refresh
//! tuf-client --metadata-dir DIR --metadata-url URL --target-name NAME… --target-base-url URL --target-dir DIR download
//! ```
//!
//! Exits 0 if all went well, otherwise 1. Unlike our own store, DIR holds what the suite looks for: the newest file
//! of each role, under the name of the role, as soon as it is verified.
//!
//! ```text
//! git clone https://github.com/theupdateframework/tuf-conformance
//! make conformance CONFORMANCE=tuf-conformance
//! ```
//!
//! Of the 113 tests of version 2.4.0 and of commit eec841c, 112 pass. The one that is expected to fail has RSA keys.
//! ECDSA P-256 keys and SHA-512, which the suite has as well, are read with the feature `conformance` alone.

#![allow(missing_docs, reason = "an example")]

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use hongbang::trust::{Reply, Request, Store, Target, Trusted, Updater, UtcSeconds};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let run = || Arguments::read(std::env::args().skip(1))?.run();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}{}", error.source().map(|source| format!(": {source}")).unwrap_or_default());
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Arguments {
    metadata: PathBuf,
    metadata_url: String,
    names: Vec<String>,
    targets: PathBuf,
    targets_url: String,
    command: Vec<String>,
}

impl Arguments {
    fn read(mut words: impl Iterator<Item = String>) -> Outcome<Self> {
        let mut arguments = Self::default();
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                arguments.command.push(word);
                continue;
            }
            let value = words.next().ok_or("expected a value after the last option")?;
            match word.as_str() {
                "--metadata-dir" => arguments.metadata = value.into(),
                "--metadata-url" => arguments.metadata_url = value,
                "--target-name" => arguments.names.push(value),
                "--target-dir" => arguments.targets = value.into(),
                "--target-base-url" => arguments.targets_url = value,
                _ => return Err(format!("unknown option {word}").into()),
            }
        }
        Ok(arguments)
    }

    fn run(&self) -> Outcome<()> {
        let command: Vec<_> = self.command.iter().map(String::as_str).collect();
        match command[..] {
            ["init", root] => {
                fs::create_dir_all(&self.metadata)?;
                fs::copy(root, self.metadata.join("root.json"))?;
                Ok(())
            }
            ["refresh"] => self.refresh().map(drop),
            ["download"] => {
                let mut trusted = self.refresh()?;
                self.names.iter().try_for_each(|name| self.download(&mut trusted, name))
            }
            _ => Err("expected init, refresh or download".into()),
        }
    }

    fn refresh(&self) -> Outcome<Trusted> {
        let pinned = fs::read(self.metadata.join("root.json"))?;
        let seconds = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
        let now = UtcSeconds::from_epoch_seconds(seconds).ok_or("expected a year up to 9999")?;
        let mut updater = Updater::start(&pinned, Some(&self.stored()?), now)?;
        while let Some(request) = updater.request() {
            updater.reply(get(&self.metadata_url, &request)?)?;
            self.keep(&updater.verified_so_far())?;
        }
        let trusted = updater.finish()?;
        self.keep(&trusted.store())?;
        Ok(trusted)
    }

    fn download(&self, trusted: &mut Trusted, name: &str) -> Outcome<()> {
        let mut search = trusted.search(name)?;
        while let Some(request) = search.request() {
            let reply = get(&self.metadata_url, &request)?;
            search.reply(reply)?;
        }
        let found = search.finish()?;
        self.keep(&trusted.store())?;
        let target = found.ok_or_else(|| format!("no such target: {name}"))?;
        let path = self.targets.join(file_name(name));
        if fs::read(&path).is_ok_and(|bytes| target.clone().verify(bytes).is_ok()) {
            return Ok(());
        }
        fs::write(path, self.bring(target)?)?;
        Ok(())
    }

    fn bring(&self, target: Target) -> Outcome<Vec<u8>> {
        match get(&self.targets_url, &target.request())? {
            Reply::Found(bytes) => Ok(target.verify(bytes)?.into_bytes()),
            Reply::NotFound => Err(format!("no file for {}", target.name()).into()),
        }
    }

    fn stored(&self) -> Outcome<Store> {
        let read = |role: &str| fs::read(self.file(role)).unwrap_or_default();
        let mut delegated = Vec::new();
        for file in fs::read_dir(&self.metadata)? {
            let name = file?.file_name().into_string().map_err(|_| "expected names in UTF-8")?;
            let role = name.strip_suffix(".json").and_then(role_name).unwrap_or_default();
            if !["root", "timestamp", "snapshot", "targets", ""].contains(&role.as_str()) {
                delegated.push((role.clone(), read(&role)));
            }
        }
        Ok(Store {
            roots: vec![],
            timestamp: read("timestamp"),
            snapshot: read("snapshot"),
            targets: read("targets"),
            delegated,
        })
    }

    fn keep(&self, store: &Store) -> Outcome<()> {
        let Some(root) = store.roots.last() else { return Ok(()) };
        let top = [
            ("root", root),
            ("timestamp", &store.timestamp),
            ("snapshot", &store.snapshot),
            ("targets", &store.targets),
        ];
        let delegated = store.delegated.iter().map(|(role, bytes)| (role.as_str(), bytes));
        for (role, bytes) in top.into_iter().chain(delegated).filter(|(_, bytes)| !bytes.is_empty()) {
            fs::write(self.file(role), bytes)?;
        }
        Ok(())
    }

    fn file(&self, role: &str) -> PathBuf {
        Path::new(&self.metadata).join(format!("{}.json", file_name(role)))
    }
}

/// A name that stays within its folder: bytes that are neither letters nor digits as `%XX`.
fn file_name(name: &str) -> String {
    let quoted = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    name.bytes().map(quoted).collect()
}

/// The inverse.
fn role_name(file: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), file);
    while let Some((plain, quoted)) = rest.split_once('%') {
        bytes.extend(plain.bytes());
        bytes.push(u8::from_str_radix(quoted.get(..2)?, 16).ok()?);
        rest = &quoted[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).ok()
}

fn get(base: &str, request: &Request) -> Outcome<Reply> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let response = agent.get(format!("{}/{}", base.trim_end_matches('/'), request.path)).call()?;
    match response.status().as_u16() {
        200 => {}
        403 | 404 => return Ok(Reply::NotFound),
        status => return Err(format!("status {status} for {}", request.path).into()),
    }
    let mut bytes = Vec::new();
    response.into_body().into_reader().take(request.limit + 1).read_to_end(&mut bytes)?;
    Ok(Reply::Found(bytes))
}
