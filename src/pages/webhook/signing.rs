//! HMAC-SHA256 through the Web Crypto API.

use js_sys::{JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// Whether the browser can compute signatures, which takes a secure context.
#[must_use]
pub fn can_sign() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// The HMAC-SHA256 of a body; `None` if the browser cannot compute it.
pub async fn hmac(secret: &str, body: &str) -> Option<Vec<u8>> {
    if !can_sign() {
        return None;
    }
    let subtle = web_sys::window()?.crypto().ok()?.subtle();
    let algorithm: Object = JSON::parse(r#"{"name": "HMAC", "hash": "SHA-256"}"#).ok()?.unchecked_into();
    let usages: JsValue = js_sys::Array::of1(&"sign".into()).into();
    let secret = Uint8Array::from(secret.as_bytes());
    let key = subtle.import_key_with_object("raw", &secret, &algorithm, false, &usages).ok()?;
    let key: CryptoKey = JsFuture::from(key).await.ok()?.unchecked_into();
    let body = Uint8Array::from(body.as_bytes());
    let signature = subtle.sign_with_str_and_js_u8_array("HMAC", &key, &body).ok()?;
    Some(Uint8Array::new(&JsFuture::from(signature).await.ok()?).to_vec())
}
