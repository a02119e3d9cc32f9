//! Fetching over HTTP and from a folder, and what the store on disk holds afterwards.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use hongbang::Problem;
use hongbang::publish::keys::Keys;
use hongbang::publish::repository::{Expiries, NewTarget, publish};
use hongbang::publish::status;
use hongbang::publish::transport::{Held, Progress, Source, TransportError, fetch, load};
use hongbang::trust::json::Object;
use hongbang::trust::{Target, UtcSeconds};
use tempfile::TempDir;
use tiny_http::{Header, Response, Server, StatusCode};

#[test]
fn what_is_fetched_is_kept_and_verified_again() {
    let world = World::new();
    world.publish("one", b"first content");
    let held = world.fetch(&world.folder_source()).unwrap();
    assert_eq!(held.targets[0].bytes(), b"first content");
    let shown = load(world.store(), &world.root()).unwrap();
    assert_eq!(shown.targets, held.targets);
    assert_eq!(shown.trusted.store(), held.trusted.store());
    let names: Vec<_> = files(world.store()).into_keys().collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("files/")).count(), 5, "{names:?}");
}

#[test]
fn over_http_only_what_is_new_is_asked_for() {
    let world = World::new();
    world.publish("one", b"first content");
    let server = Web::serve(world.repository(), Behaviour::Honest);
    world.fetch(&server.source()).unwrap();
    let first = server.asked();
    assert_eq!(
        first[..4],
        [
            "metadata/2.root.json",
            "metadata/timestamp.json",
            "metadata/1.snapshot.json",
            "metadata/1.targets.json"
        ]
    );
    assert!(first[4].starts_with("targets/"), "{first:?}");

    world.fetch(&server.source()).unwrap();
    assert_eq!(server.asked(), ["metadata/2.root.json", "metadata/timestamp.json"]);

    world.publish("two", b"second content");
    world.fetch(&server.source()).unwrap();
    assert_eq!(server.asked().len(), 5);
    let shown = load(world.store(), &world.root()).unwrap();
    let held: Vec<_> = shown.targets.iter().map(|target| target.target().name()).collect();
    assert_eq!(held, ["one", "two"]);
}

#[test]
fn progress_tells_how_much_of_a_target_is_here() {
    let world = World::new();
    world.publish("large", &vec![7; 200_000]);
    let mut seen = Vec::new();
    let mut note = |progress: Progress<'_>| {
        if let Progress::Target { received, length, .. } = progress {
            seen.push((received, length));
        }
    };
    fetch(&world.folder_source(), &world.root(), world.store(), now(), |all| all, &mut note).unwrap();
    assert_eq!(seen.first(), Some(&(0, 200_000)));
    assert_eq!(seen.last(), Some(&(200_000, 200_000)));
    assert!(seen.len() > 3);
}

#[test]
fn a_file_that_no_index_names_is_removed() {
    let world = World::new();
    world.publish("one", b"first content");
    world.fetch(&world.folder_source()).unwrap();
    world.publish("two", b"second content");
    let only_new = |all: Vec<Target>| all.into_iter().filter(|target| target.name() == "two").collect();
    fetch(&world.folder_source(), &world.root(), world.store(), now(), only_new, &mut |_| {}).unwrap();
    assert!(!files(world.store()).values().any(|content| content == b"first content"));
}

/// Every way in which a server may misbehave: the store stays as it was, byte for byte, and can be shown.
#[test]
fn after_a_failed_fetch_the_store_is_as_before() {
    for (behaviour, code) in [
        (Behaviour::Endless, "too_long"),
        (Behaviour::Fails, "http_status"),
        (Behaviour::AltersTargets, "wrong_hash"),
        (Behaviour::LosesTargets, "missing_file"),
    ] {
        let world = World::new();
        world.publish("one", b"first content");
        world.fetch(&world.folder_source()).unwrap();
        let before = files(world.store());
        world.publish("two", b"second content");
        let server = Web::serve(world.repository(), behaviour);
        let error = world.fetch(&server.source()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_ne!(error.advice(), "");
        assert_eq!(files(world.store()), before, "{code}");
        assert_eq!(load(world.store(), &world.root()).unwrap().targets[0].bytes(), b"first content");
    }
}

#[test]
fn an_answer_that_breaks_off_is_an_error() {
    let world = World::new();
    world.publish("one", b"first content");
    world.fetch(&world.folder_source()).unwrap();
    let before = files(world.store());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let source = Source::new(&format!("http://{}", listener.local_addr().unwrap()));
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1000]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{").unwrap();
    });
    let error = world.fetch(&source).unwrap_err();
    assert_eq!(error.code(), "network");
    assert!(error.to_string().ends_with("/metadata/2.root.json, found that it broke off"), "{error}");
    assert_eq!(files(world.store()), before);
    server.join().unwrap();
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let world = World::new();
    world.publish("one", b"first content");
    let error = world.fetch(&Source::new("http://127.0.0.1:9/")).unwrap_err();
    assert_eq!(error.code(), "network");
    let url = "http://127.0.0.1:9/metadata/2.root.json";
    assert_eq!(error.to_string(), format!("expected an answer from {url}, found none"));
}

#[test]
fn an_altered_store_is_never_shown() {
    let world = World::new();
    world.publish("one", b"first content");
    world.fetch(&world.folder_source()).unwrap();
    let good = files(world.store());
    for name in good.keys() {
        let path = world.store().join(name);
        let mut content = good[name].clone();
        content[20.min(good[name].len() - 1)] ^= 1;
        fs::write(&path, content).unwrap();
        let shown = load(world.store(), &world.root());
        // The first root is in the store for completeness; what counts is the pinned one.
        assert!(shown.is_err() || good[name] == world.root(), "{name}");
        world.fetch(&world.folder_source()).unwrap();
        assert_eq!(files(world.store()), good, "an update repairs the store: {name}");
    }
}

#[test]
fn an_empty_store_says_so_and_a_foreign_one_too() {
    let world = World::new();
    let error = load(world.store(), b"").unwrap_err();
    let store = world.store().display();
    assert_eq!(
        error.to_string(),
        format!("expected a store with a verified list in {store}, found none yet")
    );
    assert_eq!(error.code(), "nothing_stored");
    fs::create_dir_all(world.store()).unwrap();
    for index in ["", "{}", r#"{"format":2}"#, r#"{"format":1,"roots":["../../x"]}"#] {
        fs::write(world.store().join("index.json"), index).unwrap();
        assert_eq!(load(world.store(), b"").unwrap_err().code(), "store_damaged");
    }
}

fn now() -> UtcSeconds {
    "2026-01-02T00:00:00Z".parse().unwrap()
}

/// A repository and a store in a folder of their own.
struct World {
    /// Removes both at the end.
    _folder: TempDir,
    paths: [std::path::PathBuf; 2],
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let paths = [folder.path().join("repository"), folder.path().join("store")];
        Self { _folder: folder, paths }
    }

    fn repository(&self) -> &Path {
        &self.paths[0]
    }

    fn store(&self) -> &Path {
        &self.paths[1]
    }

    fn folder_source(&self) -> Source {
        Source::Folder(self.repository().into())
    }

    fn root(&self) -> Vec<u8> {
        fs::read(self.repository().join("metadata/1.root.json")).unwrap()
    }

    fn publish(&self, name: &str, content: &[u8]) {
        let target = NewTarget { name: name.into(), bytes: content.to_vec(), custom: Object::default() };
        let time = "2026-01-01T00:00:00Z".parse().unwrap();
        publish(self.repository(), &Keys::from_seed(&[1; 32]), &[target], time, Expiries::default()).unwrap();
    }

    fn fetch(&self, source: &Source) -> Result<Held, TransportError> {
        fetch(source, &self.root(), self.store(), now(), |all| all, &mut |_| {})
    }
}

/// All files below a folder with their content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for (prefix, inner) in [("", folder.to_path_buf()), ("files/", folder.join("files"))] {
        for file in fs::read_dir(inner).into_iter().flatten() {
            let path = file.unwrap().path();
            if path.is_file() {
                all.insert(
                    format!("{prefix}{}", path.file_name().unwrap().display()),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    all
}

#[derive(Clone, Copy)]
enum Behaviour {
    AltersTargets,
    Endless,
    Fails,
    Honest,
    LosesTargets,
}

#[test]
fn the_status_of_an_address_is_that_of_its_folder_without_any_target() {
    let world = World::new();
    world.publish("one", b"first content");
    let server = Web::serve(world.repository(), Behaviour::Honest);
    let here = status::read(&world.folder_source(), None).unwrap();
    let there = status::read(&server.source(), Some(&world.root())).unwrap();
    assert_eq!(there, here);
    assert!(server.asked().iter().all(|path| path.starts_with("metadata/")));

    let refused = |source: &Source, root: Option<&[u8]>| status::read(source, root).unwrap_err();
    for source in [world.folder_source(), server.source()] {
        let error = refused(&source, Some(b"another root"));
        assert_eq!(error.code(), "other_root");
        assert_eq!(
            error.to_string(),
            "expected a repository that begins with the pinned root, found one that begins with another"
        );
    }
    let snapshot = world.repository().join("metadata/1.snapshot.json");
    fs::write(&snapshot, fs::read_to_string(&snapshot).unwrap().replace("expires", "expired")).unwrap();
    assert_eq!(refused(&server.source(), None).code(), refused(&world.folder_source(), None).code());
    fs::remove_file(&snapshot).unwrap();
    let error = refused(&server.source(), None);
    assert_eq!(error.code(), "missing_file");
    assert!(error.to_string().contains("/metadata/1.snapshot.json"), "{error}");
    for (behaviour, code) in [(Behaviour::Fails, "http_status"), (Behaviour::Endless, "too_long")] {
        let server = Web::serve(world.repository(), behaviour);
        assert_eq!(refused(&server.source(), None).code(), code);
    }
}

/// A web server for one folder.
struct Web {
    server: Arc<Server>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    fn serve(folder: &Path, behaviour: Behaviour) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (folder, listener, log) = (folder.to_path_buf(), server.clone(), asked.clone());
        std::thread::spawn(move || {
            for request in listener.incoming_requests() {
                let path = request.url().trim_start_matches('/').to_string();
                log.lock().unwrap().push(path.clone());
                let _ = match (behaviour, fs::read(folder.join(&path))) {
                    (Behaviour::Fails, _) => {
                        request.respond(Response::from_string("busy").with_status_code(503))
                    }
                    (_, Err(_)) => request.respond(Response::from_string("none").with_status_code(404)),
                    (Behaviour::LosesTargets, _) if path.starts_with("targets/") => {
                        request.respond(Response::from_string("none").with_status_code(404))
                    }
                    (Behaviour::AltersTargets, Ok(mut bytes)) if path.starts_with("targets/") => {
                        bytes[0] ^= 1;
                        request.respond(Response::from_data(bytes))
                    }
                    (Behaviour::Endless, _) => request.respond(endless()),
                    (_, Ok(bytes)) => request.respond(Response::from_data(bytes)),
                };
            }
        });
        Self { server, asked }
    }

    fn source(&self) -> Source {
        Source::new(&format!("http://{}/", self.server.server_addr()))
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

/// Spaces for ever.
fn endless() -> Response<impl Read> {
    Response::new(StatusCode(200), Vec::<Header>::new(), io::repeat(b' '), None, None)
}
