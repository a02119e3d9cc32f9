//! What the worker does, which is loaded when it is first wanted: reading codes in pictures, where the browser cannot,
//! reading certificates, drawing QR codes.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::browser::{self, Worker};

/// The worker could not be loaded, or stopped.
pub(crate) struct Broken;

/// What does one task after the other: the camera has one and each photo has one, so that none takes the answer that
/// another waits for.
pub(crate) struct Scanner(Worker);

impl Default for Scanner {
    fn default() -> Self {
        Self(browser::scanner())
    }
}

impl Scanner {
    /// The texts of the codes in a picture: what the camera shows, or an opened photo.
    ///
    /// # Errors
    /// Where neither the browser nor the worker reads codes.
    pub(crate) async fn read(&self, picture: &JsValue) -> Result<Vec<String>, Broken> {
        texts(self.0.read(picture)).await
    }

    /// The fields of what is read of a certificate by these keys; none where the keys are none.
    ///
    /// # Errors
    /// Where the worker cannot be had.
    pub(crate) async fn certificate(&self, text: &str, keys: &[u8]) -> Result<Vec<String>, Broken> {
        texts(self.0.certificate(text, keys)).await
    }

    /// The modules of the QR code of a text, row by row; none where it is too long.
    ///
    /// # Errors
    /// Where the worker cannot be had.
    pub(crate) async fn qr(&self, text: &str) -> Result<Vec<u8>, Broken> {
        let answer = JsFuture::from(self.0.qr(text)).await.map_err(|_| Broken)?;
        Ok(Uint8Array::new(&answer).to_vec())
    }
}

/// The worker ends with it.
impl Drop for Scanner {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// A photo, opened for looking at it; nothing where it is none.
pub(crate) async fn photo(file: &File) -> Option<JsValue> {
    JsFuture::from(browser::open_photo(file)).await.ok()
}

async fn texts(answer: Promise) -> Result<Vec<String>, Broken> {
    let answer = JsFuture::from(answer).await.map_err(|_| Broken)?;
    Ok(Array::from(&answer).iter().filter_map(|text| text.as_string()).collect())
}
