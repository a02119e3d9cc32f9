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
    let found = path_within(folder, request.url()).and_then(|path| Some((File::open(&path).ok()?, path)));
    match found {
        Some((file, path)) => {
            let headers = headers(&path);
            request.respond(headers.into_iter().fold(Response::from_file(file), Response::with_header))
        }
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
    }
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
fn headers(path: &Path) -> Vec<Header> {
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
        ("X-Content-Type-Options", "nosniff"),
    ];
    headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::path_within;
    use std::fs;

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
}
