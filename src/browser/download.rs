//! Files made by the page: downloads and object URLs.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::browser::task::spawn_local;

/// Time until the object URL of a download is revoked, in milliseconds. The browser has read the file by
/// then.
const DOWNLOAD: u32 = 60_000;

/// Downloads a text as a file.
///
/// # Errors
/// As [`download`].
pub fn download_text(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    download(name, media_type, &Uint8Array::from(text.as_bytes()))
}

/// Downloads bytes as a file. `file` is a `Uint8Array`, or another part of a `Blob`.
///
/// # Errors
/// The exception of the browser, for example when it has no memory for the bytes.
pub fn download(name: &str, media_type: &str, file: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let file = Blob::new_with_u8_array_sequence_and_options(&Array::of1(file), &options)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(DOWNLOAD).await;
        #[expect(clippy::let_underscore_must_use, reason = "an unknown URL counts as revoked")]
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}

/// Object URL of bytes that the page holds. Dropping the value revokes the URL.
#[derive(Debug, PartialEq, Eq)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An object URL for `bytes`, or `None` if the browser has no memory for them.
    #[must_use]
    pub fn new(bytes: &[u8], media_type: &str) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(parts.unchecked_ref(), &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "an unknown URL counts as revoked")]
        let _ = Url::revoke_object_url(&self.0);
    }
}
