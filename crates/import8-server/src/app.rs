//! The router of the whole application, and the checks that every request passes: host, key and rate limit.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::Span;

use crate::clock::Instant;
use crate::error::ApiError;
use crate::rate_limit::{Subject, write_headers};
use crate::state::Api;
use crate::upstream::Upstream;
use crate::{JSON, MAX_BODY_BYTES, dashboard, openapi, routes, upstream};

/// The service that answers under `/api`.
#[derive(Debug, Clone)]
pub enum Backend {
    /// This server.
    Own(Api),
    /// The vendor's service; this server forwards to it.
    Upstream(Upstream),
}

/// The router of the application: the API under `/api`, and the built dashboard in `dist`, if there is one, under all
/// other paths.
pub fn router(backend: Backend, dist: Option<&Path>, hosts: AllowedHosts) -> Router {
    let api = match backend {
        Backend::Own(api) => own_api(api),
        Backend::Upstream(upstream) => refuse_the_rest(upstream::router(upstream)),
    };
    let api = api.layer(DefaultBodyLimit::max(MAX_BODY_BYTES)).layer(middleware::map_response(api_headers));
    // The upstream service has set the request's identifier already, and it stays.
    let api = api.layer(PropagateRequestIdLayer::x_request_id());
    Router::new()
        // Nested as a service, so that `/api/` belongs to the API too.
        .nest_service("/api", api)
        .merge(dashboard::router(dist))
        .layer(middleware::from_fn_with_state(Arc::new(hosts), check_host))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// The log span of a request. Its `id` is the `X-Request-Id` of the answer.
fn span(request: &Request) -> Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path(), id)
}

fn own_api(api: Api) -> Router {
    let (router, document) = routes::router().split_for_parts();
    let document = Bytes::from(openapi::describe(document));
    let router = router.route("/openapi.json", get(async move || (JSON, document.clone())));
    refuse_the_rest(router).layer(middleware::from_fn_with_state(api.clone(), admit)).with_state(api)
}

/// Adds the errors for unknown paths and methods, in the documented envelope, and the check of [`refuse_documents`].
fn refuse_the_rest<S: Clone + Send + Sync + 'static>(api: Router<S>) -> Router<S> {
    api.fallback(|| async { ApiError::NotFound("Resource") })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(middleware::from_fn(refuse_documents))
}

/// Refuses requests of a browser whose answer it would show or run: a navigation, a frame, an embedded object, a
/// script, a picture. The dashboard keeps the key in this origin, so no answer of the API, or of a service behind it,
/// may become a document of this origin.
async fn refuse_documents(request: Request, next: Next) -> Response {
    // Only browsers send these headers. `empty` stands for `fetch` and for a link that is only downloaded.
    let headers = request.headers();
    let is_document = headers.get_all("sec-fetch-dest").iter().any(|destination| destination != "empty")
        || headers.get_all("sec-fetch-mode").iter().any(|mode| mode == "navigate");
    if is_document {
        return ApiError::NotADocument.into_response();
    }
    next.run(request).await
}

/// Adds the security headers of every answer of the API: caches do not store it, and a browser that shows it
/// regardless runs nothing of it and gives it no origin.
async fn api_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
    );
    response
}

/// Identifies the caller by the key, counts the request, and puts the rate limit on the answer, whatever its status.
/// Routes that need a key extract the caller with `routes::extract::Authenticated`.
async fn admit(
    State(api): State<Api>,
    Extension(Peer(address)): Extension<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let known = match bearer(request.headers()) {
        Some(key) => api.keys.find(api.database.readers(), key).await,
        None => Ok(None),
    };
    let caller = known.as_ref().ok().copied().flatten();
    let subject = caller.map_or(Subject::Address(address), |caller| Subject::Key(caller.key_id));
    let now = Instant::now().as_second().unsigned_abs();
    let counted = api.limiter.count(subject, caller.map(|caller| caller.rate_limit_per_minute), now);
    let counted = counted.and_then(|rate| match caller {
        Some(caller) => {
            let all_keys = caller.rate_limit_per_minute.saturating_mul(caller.max_api_keys);
            let subject = Subject::Organization(caller.organization_id);
            api.limiter.count(subject, Some(all_keys), now).map(|_| rate)
        }
        None => Ok(rate),
    });
    let mut response = match (counted, known) {
        (Err(rate), _) => {
            let retry_after = rate.reset.saturating_sub(now).max(1);
            ApiError::RateLimited { retry_after }.into_response()
        }
        (Ok(_), Err(error)) => ApiError::from(error).into_response(),
        (Ok(_), Ok(caller)) => {
            if let Some(caller) = caller {
                request.extensions_mut().insert(caller);
            }
            next.run(request).await
        }
    };
    let (Ok(rate) | Err(rate)) = counted;
    write_headers(rate, response.headers_mut());
    response
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// The IP address that a request came from.
#[derive(Debug, Clone, Copy)]
struct Peer(IpAddr);

/// The host names that this server answers to. A request for any other name is refused: a page whose name was made
/// to resolve to this machine (DNS rebinding) could read the answers otherwise.
#[derive(Debug, Clone)]
pub struct AllowedHosts(Vec<String>);

impl AllowedHosts {
    /// The names of this machine, the address that the server listens on, and `more`.
    #[must_use]
    pub fn new(address: SocketAddr, more: &[String]) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let listened = match address.ip() {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self(own.into_iter().chain([listened]).chain(more.iter().cloned()).collect())
    }

    /// Whether every name that a request gives is allowed: its `Host`, and the authority of an
    /// absolute request line.
    fn allow(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let host = headers.get(header::HOST).map(|value| value.to_str().unwrap_or_default());
        let mut names =
            host.into_iter().chain(uri.authority().map(|authority| authority.as_str())).peekable();
        names.peek().is_some() && names.all(|name| self.has(name))
    }

    fn has(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        self.0.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

async fn check_host(
    State(hosts): State<Arc<AllowedHosts>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    if !hosts.allow(request.headers(), request.uri()) {
        return api_headers(ApiError::Misdirected.into_response()).await;
    }
    request.extensions_mut().insert(Peer(peer.ip()));
    next.run(request).await
}
