//! Fetching the repository's files from the same site, never longer than they may be.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

use super::Language;
use super::texts::OtherTexts;
use super::view::{document, handler, window};
use crate::trust::{Kind, Reply, Request};

/// Why a file did not come; a file that the server does not have is no such failure but [`Reply::NotFound`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unreachable {
    /// No answer at all.
    Network,
    /// An answer that is neither the file nor "not found".
    Status(u16),
}

/// Where files are taken from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    /// The repository.
    Repository,
    /// What the repository said when the program was built, kept with the program.
    Starter,
}

/// Fetches one file of the repository, telling `progress` how many bytes have come.
///
/// # Errors
/// Where the network or the server fails.
pub(crate) async fn fetch(
    request: &Request,
    origin: Origin,
    progress: &dyn Fn(u64),
) -> Result<Reply, Unreachable> {
    let address = match (request.kind, origin) {
        (Kind::Metadata, Origin::Repository) => format!("{}metadata/{}", repository(), request.path),
        (Kind::Metadata, Origin::Starter) => format!("starter/metadata/{}", request.path),
        (Kind::Target, _) => format!("{}targets/{}", repository(), request.path),
    };
    // A target has its hash in its name and may come from the HTTP cache; metadata is asked for each time.
    let cache = if request.kind == Kind::Target { RequestCache::Default } else { RequestCache::NoCache };
    get(&address, cache, request.limit, progress).await
}

/// Fetches the pinned root, which belongs to the program.
///
/// # Errors
/// Where the network or the server fails.
pub(crate) async fn pinned_root() -> Result<Reply, Unreachable> {
    get("root.json", RequestCache::NoCache, crate::trust::ROOT_BYTES, &|_| ()).await
}

/// Brings the texts of a language. They belong to the program; boot.js knows their address and may have asked already.
///
/// # Errors
/// Where they do not come, or are of another version of the program.
pub(crate) async fn texts(language: Language) -> Result<(), JsValue> {
    let load: Function = Reflect::get(&window(), &"loadTexts".into())?.dyn_into()?;
    let loading: Promise = load.call1(&JsValue::NULL, &language.tag().into())?.dyn_into()?;
    let file = JsFuture::from(loading).await?.as_string().unwrap_or_default();
    language.take_texts(file).map_err(|OtherTexts| JsValue::NULL)
}

/// How long to wait for one file.
const PATIENCE_MS: i32 = 60_000;

/// The repository's address, relative to the page, as index.html states it.
fn repository() -> String {
    let meta = document().query_selector("meta[name=hongbang-repository]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_else(|| "repository/".into())
}

async fn get(
    address: &str,
    cache: RequestCache,
    limit: u64,
    progress: &dyn Fn(u64),
) -> Result<Reply, Unreachable> {
    let network = |_: JsValue| Unreachable::Network;
    let init = RequestInit::new();
    init.set_cache(cache);
    let controller = AbortController::new().map_err(network)?;
    init.set_signal(Some(&controller.signal()));
    let give_up = handler(move |_| controller.abort());
    let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&give_up, PATIENCE_MS);
    let response = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await.map_err(network)?;
    let response: Response = response.unchecked_into();
    let reply = match response.status() {
        200..300 => Ok(Reply::Found(body(&response, limit, progress).await.map_err(network)?)),
        403 | 404 | 410 => Ok(Reply::NotFound),
        status => Err(Unreachable::Status(status)),
    };
    if let Ok(timer) = timer {
        window().clear_timeout_with_handle(timer);
    }
    reply
}

/// Reads a body and stops soon after the limit: whoever asked refuses what is longer.
async fn body(response: &Response, limit: u64, progress: &dyn Fn(u64)) -> Result<Vec<u8>, JsValue> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.unchecked_into();
        bytes.extend_from_slice(&chunk.to_vec());
        let received = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        progress(received);
        if received > limit {
            // Whether the server hears of it does not matter.
            let _ = reader.cancel();
            return Ok(bytes);
        }
    }
}
