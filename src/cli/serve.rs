//! A server of static files on this machine only, to try a repository and the app in a browser.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::args::Serve;
use super::failure::{Failure, unusable};
use super::{Outcome, asking};

pub(crate) fn serve(args: &Serve) -> Result<Outcome, Failure> {
    if !args.folder.is_dir() {
        return Err(unusable(
            &args.folder,
            "a folder to serve",
            "name the folder that holds index.html or metadata",
        ));
    }
    let server = Server::http(("127.0.0.1", args.port)).map_err(|error| {
        Failure::new(
            "port",
            format!("cannot listen on port {}: {error}", args.port),
            "choose another with --port",
        )
    })?;
    asking::print(&format!(
        "serving {} on http://127.0.0.1:{}/  (Ctrl-C ends it)",
        args.folder.display(),
        args.port
    ))?;
    for request in server.incoming_requests() {
        // A browser that goes away in the middle of an answer is no reason to stop.
        let _ = answer(&args.folder, request);
    }
    Ok(Outcome::Yes)
}

fn answer(folder: &Path, request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let found = path_within(folder, request.url()).and_then(|path| {
        let (file, coding) = open(&path, accepted(&request))?;
        Some((file, headers(&path, coding)))
    });
    match found {
        Some((file, headers)) => {
            request.respond(headers.into_iter().fold(Response::from_file(file), Response::with_header))
        }
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
    }
}

/// The codings that the client takes, as its `Accept-Encoding` says.
fn accepted(request: &Request) -> &str {
    let named = |header: &&Header| header.field.equiv("Accept-Encoding");
    request.headers().iter().find(named).map_or("", |header| header.value.as_str())
}

/// Opens a file, or what the build put beside it compressed, where the client takes that; and names the coding.
fn open(path: &Path, accepted: &str) -> Option<(File, Option<&'static str>)> {
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        if takes(accepted, coding)
            && let Ok(file) = File::open(beside)
        {
            return Some((file, Some(coding)));
        }
    }
    Some((File::open(path).ok()?, None))
}

/// Whether an `Accept-Encoding` names this coding, and not in order to refuse it (`br;q=0`).
fn takes(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|known| {
        let (known, weight) = known.split_once(';').unwrap_or((known, ""));
        let is_refused = weight.contains("q=") && !weight.contains(|digit| ('1'..='9').contains(&digit));
        known.trim().eq_ignore_ascii_case(coding) && !is_refused
    })
}

/// The file behind an address, if it lies within the folder. A folder stands for its `index.html`.
fn path_within(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = Path::new(path);
    if !path.components().all(|component| matches!(component, Component::Normal(_))) {
        return None;
    }
    let path = folder.join(path);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    path.is_file().then_some(path)
}

/// Types as browsers ask for them; any page may read a repository.
fn headers(path: &Path, coding: Option<&'static str>) -> Vec<Header> {
    let kind = match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
    let headers = [
        ("Content-Type", kind),
        ("Access-Control-Allow-Origin", "*"),
        ("Cache-Control", "no-cache"),
        ("Referrer-Policy", "no-referrer"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let coding = coding.map(|coding| ("Content-Encoding", coding));
    let headers = headers.into_iter().chain(coding);
    headers.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{open, path_within, takes};
    use std::fs;
    use std::io::Read;

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("inner/index.html"), "x").unwrap();
        fs::write(folder.path().join("secret"), "x").unwrap();
        let inner = folder.path().join("inner");
        assert_eq!(path_within(&inner, "/"), Some(inner.join("index.html")));
        assert_eq!(path_within(&inner, "/index.html?x=1"), Some(inner.join("index.html")));
        assert_eq!(path_within(folder.path(), "/inner/"), Some(inner.join("index.html")));
        for url in ["/../secret", "/x/../../secret", "//etc/passwd", "/missing"] {
            assert_eq!(path_within(&inner, url), None, "{url}");
        }
    }

    #[test]
    fn what_was_compressed_is_served_to_who_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.js");
        for (ending, content) in [("", "plain"), (".br", "brotli"), (".gz", "gzip")] {
            fs::write(folder.path().join(format!("app.js{ending}")), content).unwrap();
        }
        fs::write(folder.path().join("other.js"), "plain").unwrap();
        let served = |path, accepted| {
            let (mut file, coding) = open(path, accepted).unwrap();
            let mut content = String::new();
            file.read_to_string(&mut content).unwrap();
            (content, coding)
        };
        assert_eq!(served(&path, "gzip, deflate, br"), ("brotli".into(), Some("br")));
        assert_eq!(served(&path, "gzip"), ("gzip".into(), Some("gzip")));
        assert_eq!(served(&path, "br;q=0, gzip;q=0.5"), ("gzip".into(), Some("gzip")));
        assert_eq!(served(&path, ""), ("plain".into(), None));
        assert_eq!(served(&folder.path().join("other.js"), "br"), ("plain".into(), None));
    }

    #[test]
    fn a_coding_is_taken_where_it_is_named_and_not_refused() {
        for accepted in ["br", "gzip, BR ;q=1.0", "br;q=0.001"] {
            assert!(takes(accepted, "br"), "{accepted}");
        }
        for accepted in ["", "gzip", "brotli", "br;q=0", "br; q=0.000"] {
            assert!(!takes(accepted, "br"), "{accepted}");
        }
    }
}
