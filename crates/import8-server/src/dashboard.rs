//! The built dashboard: its files, precompressed, with the headers that keep script execution out.

use std::path::Path;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use tower_http::services::{ServeDir, ServeFile};

const NOT_BUILT: &str = "<!doctype html><title>Import8</title>
<p>The API answers under <code>/api</code>. The dashboard is not built: run <code>cargo xtask start</code>.</p>";

/// Serves `dist`: its files, and its `index.html` for every path of the dashboard's own routes.
pub fn router(dist: Option<&Path>) -> Router {
    let index = dist.map(|dist| dist.join("index.html")).filter(|index| index.is_file());
    let (Some(dist), Some(index)) = (dist, index) else {
        return Router::new().fallback(|| async { (StatusCode::NOT_FOUND, Html(NOT_BUILT)) });
    };
    let page = std::fs::read_to_string(&index).unwrap_or_default();
    let headers = security_headers(&page);
    let files = ServeDir::new(dist)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(ServeFile::new(index).precompressed_br().precompressed_gzip());
    Router::new().fallback_service(files).layer(middleware::from_fn_with_state(headers, finish))
}

/// Adds the headers, and decides what a browser may keep.
async fn finish(State(security): State<HeaderMap>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = next.run(request).await;
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if is_file && is_page && path != "/index.html" {
        // A missing file must not come back as the page: a script would be parsed as HTML.
        return (StatusCode::NOT_FOUND, security).into_response();
    }
    // A route of the dashboard may look like a hashed name; the page behind it changes all the same.
    let cache = if is_hashed(&path) && !is_page { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.extend(security);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Whether a file's name carries the hash of its content, as Trunk writes it: `style-0123456789abcdef.css`.
/// It writes it as a number, without zeros in front.
fn is_hashed(path: &str) -> bool {
    path.split(['-', '_', '.', '/'])
        .any(|part| (13..=16).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn security_headers(page: &str) -> HeaderMap {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "geolocation=(), microphone=(), payment=()"),
    ];
    let mut headers: HeaderMap =
        fixed.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(page)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers
}

/// Only this origin's files run, only the inline blocks that were built into the page, and no
/// string ever becomes markup. The one policy of Trusted Types is for the address of the dashboard's
/// worker (`src/sheets.rs` there), which is kept to all of this as well: its files have it too.
fn content_security_policy(page: &str) -> String {
    let scripts = inline_hashes(page, "script");
    let styles = inline_hashes(page, "style");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; worker-src 'self'; \
         style-src 'self'{styles}; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types import8-sheets"
    )
}

/// The source expressions of a page's inline `<script>` or `<style>` blocks.
fn inline_hashes(page: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    page.split(open.as_str())
        .skip(1)
        .filter_map(|rest| {
            let (attributes, rest) = rest.split_once('>')?;
            let (content, _) = rest.split_once(close.as_str())?;
            (!attributes.contains("src=")).then(|| {
                let digest = Sha256::digest(content.as_bytes());
                format!(" 'sha256-{}'", BASE64_STANDARD.encode(digest))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_blocks_are_hashed_and_files_are_not() {
        let page =
            r#"<script src="/a.js"></script><script type="module">alert(1)</script><style>p{}</style>"#;
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(inline_hashes(page, "script"), " 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
        assert_eq!(inline_hashes(page, "style").matches("sha256-").count(), 1);
        assert!(!content_security_policy(page).contains("unsafe-inline"));
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("/import8-dashboard-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("/style-0123456789abcdef.css"));
        assert!(is_hashed("/app-dcc12ffeddf303c.js"));
        for path in [
            "/",
            "/index.html",
            "/icon.svg",
            "/sheets_bg.wasm",
            "/classifications/550e8400-e29b-41d4-a716-446655440000",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
