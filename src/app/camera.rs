//! The camera: asked for when the reader presses, stopped as soon as its picture is no longer seen.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use super::browser;

/// Why there is no picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NoCamera {
    /// The page did not come over an encrypted connection, so that browsers offer no camera.
    Insecure,
    /// There is no camera, or another program uses it.
    Missing,
    /// The reader or the browser said no.
    Refused,
}

/// A camera that runs.
pub(crate) struct Camera(JsValue);

impl Camera {
    /// Asks for the camera at the back of the device and shows what it sees in `video`.
    ///
    /// # Errors
    /// Where there is none to be had.
    pub(crate) async fn start(video: &HtmlVideoElement) -> Result<Self, NoCamera> {
        match JsFuture::from(browser::open_camera(video)).await {
            Ok(stream) => Ok(Self(stream)),
            Err(reason) => Err(match reason.as_string().as_deref() {
                Some("insecure") => NoCamera::Insecure,
                Some("refused") => NoCamera::Refused,
                _ => NoCamera::Missing,
            }),
        }
    }

    /// Its torch, where it has one that may be switched.
    pub(crate) fn torch(&self) -> Option<Torch> {
        browser::torch(&self.0).map(Torch)
    }
}

/// The light of the camera goes out with it.
impl Drop for Camera {
    fn drop(&mut self) {
        browser::close_camera(&self.0);
    }
}

/// The light beside a camera. It does not keep the camera on.
pub(crate) struct Torch(Function);

impl Torch {
    /// Switches it; a device that refuses leaves it as it is.
    pub(crate) fn switch(&self, is_on: bool) {
        let _ = self.0.call1(&JsValue::NULL, &is_on.into());
    }
}
