//! What the worker does, which is loaded when it is first wanted: reading codes in pictures, where the browser cannot,
//! reading certificates, drawing QR codes.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, MessageEvent, Worker,
};

use super::view::{document, handler, window};

/// The longest side of a picture that is looked at, in pixels: codes are large in it, and the rest is time.
const LONGEST_SIDE: u32 = 1280;

/// A picture to be looked at.
pub(crate) enum Picture<'a> {
    /// What the camera shows now.
    Camera(&'a HtmlVideoElement),
    /// A photo.
    Photo(&'a ImageBitmap),
}

/// The worker could not be loaded, or stopped.
pub(crate) struct Broken;

/// What does one task after the other: the camera has one and each photo has one, so that none takes the answer that
/// another waits for.
#[derive(Default)]
pub(crate) struct Scanner {
    worker: RefCell<Option<Worker>>,
}

impl Scanner {
    /// The texts of the codes in a picture.
    ///
    /// # Errors
    /// Where neither the browser nor the worker reads codes.
    pub(crate) async fn read(&self, picture: &Picture<'_>) -> Result<Vec<String>, Broken> {
        if let Ok(Some(found)) = by_browser(picture).await {
            return Ok(found);
        }
        let pixels = picture.pixels().map_err(|_| Broken)?;
        let values = [
            ("pixels", pixels.rgba.clone().into()),
            ("width", pixels.width.into()),
            ("height", pixels.height.into()),
        ];
        let answer = self.ask("scan", &values, &Array::of1(&pixels.rgba)).await?;
        Ok(texts_of(&answer))
    }

    /// The fields of what is read of a certificate by these keys; none where the keys are none.
    ///
    /// # Errors
    /// Where the worker cannot be had.
    pub(crate) async fn certificate(&self, text: &str, keys: &[u8]) -> Result<Vec<String>, Broken> {
        let values = [("text", text.into()), ("keys", Uint8Array::from(keys).into())];
        Ok(texts_of(&self.ask("certificate", &values, &Array::new()).await?))
    }

    /// The modules of the QR code of a text, row by row; none where it is too long.
    ///
    /// # Errors
    /// Where the worker cannot be had.
    pub(crate) async fn qr(&self, text: &str) -> Result<Vec<u8>, Broken> {
        let answer = self.ask("qr", &[("text", text.into())], &Array::new()).await?;
        Ok(Uint8Array::new(&answer).to_vec())
    }

    /// Gives the worker a task. A program that trapped, or answered by nothing, is not asked again.
    async fn ask(&self, task: &str, values: &[(&str, JsValue)], given: &Array) -> Result<JsValue, Broken> {
        match self.post(task, values, given).await {
            Ok(answer) if answer.is_object() => Ok(answer),
            _ => {
                self.stop();
                Err(Broken)
            }
        }
    }

    fn stop(&self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }

    async fn post(&self, task: &str, values: &[(&str, JsValue)], given: &Array) -> Result<JsValue, JsValue> {
        let worker = match self.worker.borrow().clone() {
            Some(worker) => worker,
            None => start_worker()?,
        };
        self.worker.replace(Some(worker.clone()));
        let message = Object::new();
        Reflect::set(&message, &"task".into(), &task.into())?;
        for (name, value) in values {
            Reflect::set(&message, &(*name).into(), value)?;
        }
        let answered = Promise::new(&mut |resolve, reject| {
            let answer = handler(move |event| {
                let event: &MessageEvent = event.unchecked_ref();
                // A promise takes any value.
                let _ = resolve.call1(&JsValue::NULL, &event.data());
            });
            worker.set_onmessage(Some(&answer));
            worker.set_onerror(Some(&reject));
        });
        worker.post_message_with_transfer(&message, given)?;
        JsFuture::from(answered).await
    }
}

fn texts_of(answer: &JsValue) -> Vec<String> {
    Array::from(answer).iter().filter_map(|text| text.as_string()).collect()
}

/// The worker ends with it.
impl Drop for Scanner {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Started by boot.js, which alone may make scripts of addresses.
fn start_worker() -> Result<Worker, JsValue> {
    let start: Function = Reflect::get(&window(), &"startScanner".into())?.dyn_into()?;
    start.call0(&JsValue::NULL)?.dyn_into()
}

/// What the browser's own reader finds; nothing at all where it has none that knows QR codes and barcodes.
async fn by_browser(picture: &Picture<'_>) -> Result<Option<Vec<String>>, JsValue> {
    let class: Function = Reflect::get(&window(), &"BarcodeDetector".into())?.dyn_into()?;
    let supported: Function = Reflect::get(&class, &"getSupportedFormats".into())?.dyn_into()?;
    let supported = JsFuture::from(Promise::resolve(&supported.call0(&class)?)).await?;
    let wanted = ["qr_code", "ean_13", "ean_8", "upc_a"].map(JsValue::from);
    let supported: Array = supported.dyn_into()?;
    if !wanted[..2].iter().all(|format| supported.includes(format, 0)) {
        return Ok(None);
    }
    let options = Object::new();
    let formats: Array = wanted.iter().filter(|format| supported.includes(format, 0)).collect();
    Reflect::set(&options, &"formats".into(), &formats)?;
    let detector = Reflect::construct(&class, &Array::of1(&options))?;
    let detect: Function = Reflect::get(&detector, &"detect".into())?.dyn_into()?;
    let found = detect.call1(&detector, picture.source())?;
    let found: Array = JsFuture::from(Promise::resolve(&found)).await?.dyn_into()?;
    let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Ok(Some(found.iter().filter_map(text).collect()))
}

/// The pixels of a picture, four bytes each.
struct Pixels {
    rgba: js_sys::ArrayBuffer,
    width: u32,
    height: u32,
}

impl Picture<'_> {
    fn source(&self) -> &JsValue {
        match self {
            Self::Camera(video) => video,
            Self::Photo(photo) => photo,
        }
    }

    fn pixels(&self) -> Result<Pixels, JsValue> {
        let (width, height) = match self {
            Self::Camera(video) => (video.video_width(), video.video_height()),
            Self::Photo(photo) => (photo.width(), photo.height()),
        };
        let longest = width.max(height).max(1);
        let scaled = |side: u32| (side * LONGEST_SIDE.min(longest) / longest).max(1);
        let (width, height) = (scaled(width), scaled(height));
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
        canvas.set_width(width);
        canvas.set_height(height);
        let context = canvas.get_context("2d")?.ok_or("no canvas")?;
        let context: CanvasRenderingContext2d = context.unchecked_into();
        let (wide, high) = (f64::from(width), f64::from(height));
        match self {
            Self::Camera(video) => {
                context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, wide, high)?;
            }
            Self::Photo(photo) => {
                context.draw_image_with_image_bitmap_and_dw_and_dh(photo, 0.0, 0.0, wide, high)?;
            }
        }
        let data = context.get_image_data(0.0, 0.0, wide, high)?.data();
        Ok(Pixels { rgba: Uint8Array::from(data.as_slice()).buffer(), width, height })
    }
}
