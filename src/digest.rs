//! Digests of bytes, which the browser makes.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

/// The SHA-256 of some bytes, in hexadecimal digits; `None` on a page that came over a connection the
/// browser does not trust, where it has no cryptography.
pub async fn sha256(bytes: &[u8]) -> Option<String> {
    let window = web_sys::window()?;
    if !window.is_secure_context() {
        return None;
    }
    let digest = window.crypto().ok()?.subtle().digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
