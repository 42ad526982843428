//! SHA-256 through the browser's Web Crypto.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

/// SHA-256 digest of `bytes`, in hexadecimal digits. `None` outside a secure context (plain HTTP), where
/// browsers offer no Web Crypto.
pub async fn sha256(bytes: &[u8]) -> Option<String> {
    let window = web_sys::window()?;
    if !window.is_secure_context() {
        return None;
    }
    let digest = window.crypto().ok()?.subtle().digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
