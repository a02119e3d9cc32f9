//! The camera: asked for when the reader presses, stopped as soon as its picture is no longer seen.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::view::window;

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
pub(crate) struct Camera(MediaStream);

impl Camera {
    /// Asks for the camera at the back of the device and shows what it sees in `video`.
    ///
    /// # Errors
    /// Where there is none to be had.
    pub(crate) async fn start(video: &HtmlVideoElement) -> Result<Self, NoCamera> {
        if !window().is_secure_context() {
            return Err(NoCamera::Insecure);
        }
        let devices = window().navigator().media_devices().map_err(|_| NoCamera::Missing)?;
        let wishes = Object::new();
        for (name, value) in [("facingMode", "environment".into()), ("width", JsValue::from(1280))] {
            let wish = Object::new();
            // A new object takes any property.
            let _ = Reflect::set(&wish, &"ideal".into(), &value);
            let _ = Reflect::set(&wishes, &name.into(), &wish);
        }
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&wishes);
        let asked = devices.get_user_media_with_constraints(&constraints).map_err(|_| NoCamera::Missing)?;
        let stream: MediaStream =
            JsFuture::from(asked).await.map_err(|error| refusal(&error))?.unchecked_into();
        let camera = Self(stream);
        video.set_src_object(Some(&camera.0));
        let playing = video.play().map_err(|_| NoCamera::Missing)?;
        match JsFuture::from(playing).await {
            Ok(_) => Ok(camera),
            Err(_) => Err(NoCamera::Missing),
        }
    }
}

impl Camera {
    /// Its torch, where it has one that may be switched.
    pub(crate) fn torch(&self) -> Option<Torch> {
        let track: MediaStreamTrack = self.0.get_video_tracks().get(0).dyn_into().ok()?;
        let ask: Function = Reflect::get(&track, &"getCapabilities".into()).ok()?.dyn_into().ok()?;
        let capabilities = ask.call0(&track).ok()?;
        let has_torch = Reflect::get(&capabilities, &"torch".into()).ok()?.is_truthy();
        has_torch.then_some(Torch(track))
    }
}

/// The light beside a camera. It does not keep the camera on.
pub(crate) struct Torch(MediaStreamTrack);

impl Torch {
    /// Switches it; a device that refuses leaves it as it is.
    pub(crate) fn switch(&self, is_on: bool) {
        let (wish, constraints) = (Object::new(), Object::new());
        // A new object takes any property.
        let _ = Reflect::set(&wish, &"torch".into(), &is_on.into());
        let _ = Reflect::set(&constraints, &"advanced".into(), &Array::of1(&wish));
        if let Ok(apply) =
            Reflect::get(&self.0, &"applyConstraints".into()).and_then(JsCast::dyn_into::<Function>)
        {
            let _ = apply.call1(&self.0, &constraints);
        }
    }
}

/// The light of the camera goes out with it.
impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

fn refusal(error: &JsValue) -> NoCamera {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("NotAllowedError") { NoCamera::Refused } else { NoCamera::Missing }
}
