//! Files that the browser downloads from the page itself.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long a browser may take to read a file that it downloads, in milliseconds.
const DOWNLOAD: u32 = 60_000;

/// Has the browser download a text.
///
/// # Errors
/// As [`download`].
pub fn download_text(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    download(name, media_type, &Uint8Array::from(text.as_bytes()))
}

/// Has the browser download some bytes.
///
/// # Errors
/// What the browser says when it has no room for them.
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
        // One that is not known any more is as good as given back.
        let _ = Url::revoke_object_url(&address);
    });
    Ok(())
}
