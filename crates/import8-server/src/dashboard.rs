//! Serves the built dashboard: its precompressed files, with the security headers that keep foreign scripts out.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use tower_http::services::ServeDir;

const NOT_BUILT: &str = "<!doctype html><title>Import8</title>
<p>The API answers under <code>/api</code>. The dashboard is not built: run <code>cargo xtask start</code>.</p>";

/// The router of the folder `dist`: its files, and its `index.html` for every path of the dashboard's own routes.
/// Without a built dashboard it answers every path with a hint.
pub fn router(dist: Option<&Path>) -> Router {
    let Some((dist, pages)) =
        dist.and_then(|dist| Some((dist, Arc::new(Pages::open(dist.join("index.html"))?))))
    else {
        return Router::new().fallback(|| async { (StatusCode::NOT_FOUND, Html(NOT_BUILT)) });
    };
    let page = get(page).with_state(Arc::clone(&pages));
    let files = ServeDir::new(dist)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(page.clone());
    Router::new()
        .route("/index.html", page)
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(pages, finish))
}

/// The page of a build with its headers. The policy in them was computed from exactly these bytes.
#[derive(Debug)]
struct Page {
    modified: SystemTime,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// The security headers of all files of the build.
    security: HeaderMap,
    /// The entity tag, which differs between builds.
    tag: String,
}

impl Page {
    /// Reads a page; `None` while a new build is replacing it.
    fn read(index: &Path) -> Option<Self> {
        let modified = || std::fs::metadata(index).and_then(|data| data.modified()).ok();
        let before = modified()?;
        let plain = std::fs::read_to_string(index).ok()?;
        let compressed = |kind: &str| std::fs::read(index.with_extension(kind)).ok().map(Bytes::from);
        let (brotli, gzip) = (compressed("html.br"), compressed("html.gz"));
        let tag = hex::encode(&Sha256::digest(plain.as_bytes())[..8]);
        let security = security_headers(&plain);
        let page = Self { modified: before, plain: plain.into(), brotli, gzip, security, tag };
        (modified()? == before).then_some(page)
    }
}

/// The page of the current build, which may be newer than the server's start.
#[derive(Debug)]
struct Pages {
    index: PathBuf,
    last: RwLock<Arc<Page>>,
}

impl Pages {
    fn open(index: PathBuf) -> Option<Self> {
        let last = RwLock::new(Arc::new(Page::read(&index)?));
        Some(Self { index, last })
    }

    /// The current page; the previous one while a new build is incomplete.
    fn current(&self) -> Arc<Page> {
        let last = Arc::clone(&self.last.read().unwrap_or_else(PoisonError::into_inner));
        let modified = std::fs::metadata(&self.index).and_then(|data| data.modified());
        if modified.map_or(true, |modified| modified == last.modified) {
            return last;
        }
        let Some(next) = Page::read(&self.index).map(Arc::new) else { return last };
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
        next
    }
}

/// Answers the page in an encoding that the browser accepts.
async fn page(State(pages): State<Arc<Pages>>, asked: HeaderMap) -> Response {
    let page = pages.current();
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepted: Vec<_> = text(header::ACCEPT_ENCODING).split(',').map(str::trim).collect();
    let takes = |coding: &str| accepted.contains(&coding);
    let (coding, body) = match (&page.brotli, &page.gzip) {
        (Some(brotli), _) if takes("br") => ("br", brotli),
        (_, Some(gzip)) if takes("gzip") => ("gzip", gzip),
        _ => ("", &page.plain),
    };
    let tag = format!("\"{}{coding}\"", page.tag);
    let is_known = text(header::IF_NONE_MATCH) == tag;
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Html(body.clone()).into_response() };
    let headers = response.headers_mut();
    headers.extend(page.security.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if !is_known && !coding.is_empty() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Adds the security headers, and the time for which a browser may keep the file.
async fn finish(State(pages): State<Arc<Pages>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = next.run(request).await;
    let is_page = response.headers().contains_key(header::CONTENT_SECURITY_POLICY);
    let security = || pages.current().security.clone();
    if is_file && is_page && path != "/index.html" {
        // A missing file must not be answered with the page: the browser would parse it as a script.
        return (StatusCode::NOT_FOUND, security()).into_response();
    }
    // A route of the dashboard may look like a hashed file name, but its page changes with each build.
    let cache = if is_hashed(&path) && !is_page { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    if !is_page {
        headers.extend(security());
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Whether a file's name has the hash of its content, as Trunk writes it: `style-0123456789abcdef.css`. Trunk writes
/// the hash as a number without leading zeros, so it has 13 to 16 digits.
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

/// The Content-Security-Policy of a page: only files of this origin and the page's own inline blocks run, and no
/// string becomes markup. Its one Trusted Types policy is for the address of the dashboard's worker, whose files have
/// the same policy.
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
