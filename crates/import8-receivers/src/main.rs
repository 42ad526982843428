//! Webhook receiver. Run it: IMPORT8_WEBHOOK_SECRET=whsec_… PORT=8000 cargo run
//! It needs axum, hex, hmac, serde_json, sha2 and tokio (feature "full"), and answers 204, 401 or 400.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Whether `signature` is `sha256=` and the HMAC-SHA256 of `body` in hexadecimal digits. The key is the
/// whole secret, `whsec_` included.
fn is_signed(body: &[u8], signature: &str, secret: &str) -> bool {
    let given = signature.strip_prefix("sha256=").and_then(|digest| hex::decode(digest).ok());
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    // `verify_slice` compares in constant time, so its duration does not reveal the right digest.
    given.is_some_and(|given| mac.chain_update(body).verify_slice(&given).is_ok())
}

/// Verifies and handles a delivery. `body` must be the raw bytes of the request, because JSON that is parsed
/// and serialized again may differ from the signed bytes.
fn status_of(headers: &HeaderMap, body: &[u8], secret: &str) -> StatusCode {
    let signature = headers.get("x-import8-signature").and_then(|value| value.to_str().ok());
    if !is_signed(body, signature.unwrap_or_default(), secret) {
        return StatusCode::UNAUTHORIZED;
    }
    let event: Value = serde_json::from_slice(body).unwrap_or_default();
    let (Some(name), Some(id)) = (event["event"].as_str(), event["data"]["id"].as_str()) else {
        return StatusCode::BAD_REQUEST;
    };
    // Store the event and answer at once. It may be delivered twice: ignore an id that is stored already.
    println!("{name} {id} {}", event["data"]["hs_code"]["code_6"].as_str().unwrap_or("no code"));
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let secret = std::env::var("IMPORT8_WEBHOOK_SECRET").unwrap_or_default();
    assert!(!secret.is_empty(), "IMPORT8_WEBHOOK_SECRET is not set");
    let port = std::env::var("PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(8000);
    let receive = post(|headers: HeaderMap, body: Bytes| async move { status_of(&headers, &body, &secret) });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, Router::new().fallback(receive)).await
}
