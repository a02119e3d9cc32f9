//! What is asked of the browser in JavaScript (`www/browser.js`, `www/later.js`), where saying it with `web-sys` would
//! take five times the room.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// The worker that does one task after the other.
    pub(crate) type Worker;

    #[wasm_bindgen(method)]
    pub(crate) fn certificate(this: &Worker, text: &str, keys: &[u8]) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn qr(this: &Worker, text: &str) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn read(this: &Worker, picture: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn stop(this: &Worker);

    #[wasm_bindgen(js_namespace = hongbang, js_name = closeCamera)]
    pub(crate) fn close_camera(stream: &JsValue);
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn element(selector: &str) -> Element;
    #[wasm_bindgen(js_namespace = hongbang, js_name = fetchFile)]
    pub(crate) fn fetch_file(address: &str, cache: &str, limit: f64, progress: Option<Function>) -> Promise;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn icon(path: &str) -> Element;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn keep(record: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn load() -> Promise;
    #[wasm_bindgen(js_namespace = hongbang, js_name = loadRest)]
    pub(crate) fn load_rest() -> Promise;
    #[wasm_bindgen(js_namespace = hongbang, js_name = openCamera)]
    pub(crate) fn open_camera(video: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = hongbang, js_name = openPhoto)]
    pub(crate) fn open_photo(file: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = hongbang, js_name = otherTasks)]
    pub(crate) fn other_tasks() -> Promise;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn pause() -> Option<Promise>;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn scanner() -> Worker;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn sha256(bytes: &[u8]) -> Option<Promise>;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn share(text: &str, address: &str) -> Promise;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn svg(tag: &str) -> Element;
    #[wasm_bindgen(js_namespace = hongbang)]
    pub(crate) fn torch(stream: &JsValue) -> Option<Function>;
}
