//! Fetching the repository's files from the same site, never longer than they may be.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::texts::{OtherTexts, Part};
use super::view::{document, window};
use super::{Language, browser};
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

/// Fetches one file of the repository, telling `progress` how many bytes have come, in decimal digits.
///
/// # Errors
/// Where the network or the server fails.
pub(crate) async fn fetch(
    request: &Request,
    origin: Origin,
    progress: Option<Function>,
) -> Result<Reply, Unreachable> {
    let address = match (request.kind, origin) {
        (Kind::Metadata, Origin::Repository) => format!("{}metadata/{}", repository(), request.path),
        (Kind::Metadata, Origin::Starter) => format!("starter/metadata/{}", request.path),
        (Kind::Target, _) => format!("{}targets/{}", repository(), request.path),
    };
    // A target has its hash in its name and may come from the HTTP cache; metadata is asked for each time.
    let cache = if request.kind == Kind::Target { "default" } else { "no-cache" };
    get(&address, cache, request.limit, progress).await
}

/// Fetches the pinned root, which belongs to the program.
///
/// # Errors
/// Where the network or the server fails.
pub(crate) async fn pinned_root() -> Result<Reply, Unreachable> {
    get("root.json", "no-cache", crate::trust::ROOT_BYTES, None).await
}

/// Brings a part of the texts of a language, unless it is here. They belong to the program; boot.js knows their address and may have asked already.
///
/// # Errors
/// Where they do not come, or are of another version of the program.
pub(crate) async fn texts(language: Language, part: Part) -> Result<(), JsValue> {
    if language.is_fetched(part) {
        return Ok(());
    }
    let load: Function = Reflect::get(&window(), &"loadTexts".into())?.dyn_into()?;
    let loading: Promise =
        load.call2(&JsValue::NULL, &language.tag().into(), &part.name().into())?.dyn_into()?;
    let file = JsFuture::from(loading).await?.as_string().unwrap_or_default();
    language.take_texts(part, file).map_err(|OtherTexts| JsValue::NULL)
}

/// The repository's address, relative to the page, as index.html states it.
fn repository() -> String {
    let meta = document().query_selector("meta[name=hongbang-repository]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_else(|| "repository/".into())
}

async fn get(
    address: &str,
    cache: &str,
    limit: u64,
    progress: Option<Function>,
) -> Result<Reply, Unreachable> {
    // Limits lie far below 2^32, above which a browser could not hold the file anyway.
    let limit = f64::from(u32::try_from(limit).unwrap_or(u32::MAX));
    match JsFuture::from(browser::fetch_file(address, cache, limit, progress)).await {
        Ok(bytes) if bytes.is_undefined() => Ok(Reply::NotFound),
        Ok(bytes) => Ok(Reply::Found(Uint8Array::from(bytes).to_vec())),
        Err(reason) => {
            let status = reason.as_string().and_then(|status| status.parse().ok());
            Err(status.map_or(Unreachable::Network, Unreachable::Status))
        }
    }
}
