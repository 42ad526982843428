//! HTTP client of the Import8 API, with one function for each endpoint and an event for each response.
//!
//! The client never retries. A `POST` whose response was lost may have been accepted and paid for, so only
//! the person, who can look at the history, decides whether to send it again.

mod calls;
mod credits;
pub mod decided;
pub mod early;
mod error;
pub mod in_flight;
mod key;
pub mod listing;
mod refusal;
mod request_log;
mod retry_after;
pub mod tariff_changes;
mod timeout;
mod wording;

use std::rc::Rc;

use gloo_net::http::{Method, RequestBuilder, Response};
use import8_api::{CreditUsage, DecodeError, Done, Envelope, RateLimit, decode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

pub use self::error::{ApiError, UnknownCode};
use self::in_flight::InFlight;
pub use self::key::ApiKey;
use self::refusal::ErrorAnswer;
pub use self::request_log::{Body, RequestLogEntry};
pub use self::timeout::TIMEOUT;
use crate::i18n::{Language, format};

/// Base path of the API: on the dashboard's own origin, where the server answers or forwards requests.
const BASE: &str = "/api";

/// Response header that names the service to which the server forwards requests.
const UPSTREAM: &str = "x-import8-upstream";

/// Response header with the service's own identifier of the request.
const REQUEST_ID: &str = "x-request-id";

/// Event of a request, in addition to its result.
#[derive(Debug, Clone)]
pub enum ClientEvent {
    /// The rate limit in the headers of a response.
    RateLimit {
        /// The rate limit of the key.
        rate: RateLimit,
        /// The time of the response, in milliseconds since 1970.
        at: u64,
    },
    /// A response with status 429 that asks for a pause of all requests with the key.
    Paused {
        /// The end of the pause, in milliseconds since 1970.
        until: u64,
    },
    /// The remaining credits in the body of a response.
    Credits(u64),
    /// The service to which the server forwarded the request.
    Upstream(String),
    /// A response arrived, with any status.
    Answer,
    /// No response arrived.
    Silence,
    /// The log entry of a finished request.
    RequestLogEntry(Box<RequestLogEntry>),
}

/// API client for one key and one language.
#[derive(Clone)]
pub struct Client {
    key: Option<ApiKey>,
    language: &'static str,
    pause_left: Rc<dyn Fn(u64) -> Option<u32>>,
    on_event: Rc<dyn Fn(ClientEvent)>,
}

impl Client {
    /// Creates a client. `on_event` is called for each [`ClientEvent`]. `pause_left` gets the time in milliseconds
    /// since 1970 and returns the seconds left of a rate-limit pause, during which the client sends nothing.
    pub fn new(
        key: Option<ApiKey>,
        language: &'static str,
        pause_left: impl Fn(u64) -> Option<u32> + 'static,
        on_event: impl Fn(ClientEvent) + 'static,
    ) -> Self {
        Self { key, language, pause_left: Rc::new(pause_left), on_event: Rc::new(on_event) }
    }

    /// The key of the client.
    #[must_use]
    pub fn key(&self) -> Option<&ApiKey> {
        self.key.as_ref()
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let answer = self.send(Method::GET, path, None, None).await?;
        self.data(&answer)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: Option<&str>,
    ) -> Result<T, ApiError> {
        let answer = self.send(Method::POST, path, Some(to_json(body)?), key).await?;
        self.data(&answer)
    }

    async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        let answer = self.send(Method::PUT, path, Some(to_json(body)?), None).await?;
        self.data(&answer)
    }

    async fn delete(&self, path: &str) -> Result<(), ApiError> {
        let answer = self.send(Method::DELETE, path, None, None).await?;
        if said_done(&answer)? == Some(true) { Ok(()) } else { Err(undone()) }
    }

    fn data<T: DeserializeOwned>(&self, answer: &str) -> Result<T, ApiError> {
        let envelope: Envelope<T> = read(answer)?;
        if !envelope.success {
            return Err(undone());
        }
        self.hear_usage(envelope.usage);
        Ok(envelope.data)
    }

    fn hear_usage(&self, usage: Option<CreditUsage>) {
        if let Some(CreditUsage { credits_remaining }) = usage {
            self.note_credits(credits_remaining);
            (self.on_event)(ClientEvent::Credits(credits_remaining));
        }
    }

    fn note_credits(&self, credits: u64) {
        if let Some(key) = &self.key {
            credits::note(key, credits);
        }
    }

    /// Sends a request once. Returns the body of a successful response.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<String, ApiError> {
        let text = async {
            let response = self.exchange(method, path, body, key).await?;
            response.text().await.map_err(no_answer)
        };
        self.listen(text).await
    }

    /// Waits for a response, and reports a missing one as an event.
    async fn listen<T>(&self, response: impl Future<Output = Result<T, ApiError>>) -> Result<T, ApiError> {
        let request = InFlight::begin();
        let outcome = response.await;
        if outcome.is_ok() && self.key.is_some() {
            request.note_data();
        }
        if matches!(outcome, Err(ApiError::Unreachable | ApiError::Timeout)) {
            (self.on_event)(ClientEvent::Silence);
        }
        outcome
    }

    /// Sends a request once, unless the page has sent it already: see [`early`]. Returns a successful response
    /// whose body is not read yet. During a rate-limit pause nothing is sent, and the result is
    /// [`ApiError::RateLimited`].
    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<Response, ApiError> {
        if let Some(seconds) = (self.pause_left)(format::now()) {
            return Err(ApiError::RateLimited { seconds });
        }
        let mut entry = RequestLogEntry::begun(method.as_str(), path, body.as_deref());
        let is_change = method != Method::GET;
        let early = if is_change {
            // What was answered before a change may no longer hold after it.
            early::forget();
            None
        } else {
            early::take(self.key.as_ref(), self.language, path, entry.at)
        };
        let response = match early {
            Some(early) => {
                entry.at = early.at;
                let (response, milliseconds) = early.outcome().await;
                entry.milliseconds = milliseconds;
                response
            }
            None => {
                let response = self.request(method, path, body, key)?.send().await;
                entry.milliseconds = format::now().saturating_sub(entry.at);
                response
            }
        };
        let outcome = match response {
            Ok(response) => {
                let header = |name: &str| response.headers().get(name);
                (self.on_event)(ClientEvent::Answer);
                let rate = RateLimit::from_headers(header);
                if let Some(rate) = rate {
                    (self.on_event)(ClientEvent::RateLimit { rate, at: entry.at + entry.milliseconds });
                }
                if let Some(upstream) = header(UPSTREAM) {
                    (self.on_event)(ClientEvent::Upstream(upstream));
                }
                entry.status = Some(response.status());
                entry.rate = rate;
                entry.request_id = header(REQUEST_ID);
                if response.ok() {
                    Ok(response)
                } else {
                    Err(self.refused(path, &response, rate, is_change).await)
                }
            }
            Err(error) => Err(no_answer(error)),
        };
        entry.error = outcome.as_ref().err().cloned();
        (self.on_event)(ClientEvent::RequestLogEntry(Box::new(entry)));
        outcome
    }

    /// The error of an unsuccessful response. A rate limit is also reported as [`ClientEvent::Paused`].
    async fn refused(
        &self,
        path: &str,
        response: &Response,
        rate: Option<RateLimit>,
        is_change: bool,
    ) -> ApiError {
        let text = match response.text().await {
            Ok(text) => text,
            Err(error) => return no_answer(error),
        };
        let header = |name: &str| response.headers().get(name);
        let (retry_after, sent) = (header("retry-after"), header("date"));
        let now = format::now();
        let refusal = ErrorAnswer {
            path,
            is_change,
            status: response.status(),
            text: &text,
            retry_after: retry_after.as_deref(),
            rate,
            credits: self.key.as_ref().and_then(credits::known),
            now: sent.as_deref().and_then(retry_after::http_date).unwrap_or(now / 1_000),
        };
        let language = Language::parse(self.language).unwrap_or(Language::En);
        let error = refusal.error(language.texts().errors());
        if let ApiError::RateLimited { seconds } = error {
            (self.on_event)(ClientEvent::Paused { until: now + u64::from(seconds) * 1_000 });
        }
        error
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<gloo_net::http::Request, ApiError> {
        // A browser may repeat a request by itself if the connection was reset before a response. With an
        // `Idempotency-Key` the server recognizes the repetition.
        let idempotency =
            (method == Method::POST).then(|| key.map(str::to_owned).or_else(random_key)).flatten();
        let mut builder = RequestBuilder::new(&format!("{BASE}{path}"))
            .method(method)
            .header("Accept", "application/json")
            .header("Accept-Language", self.language)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
        if let Some(key) = &self.key {
            builder = builder.header("Authorization", &format!("Bearer {}", key.secret()));
        }
        if let Some(key) = idempotency {
            builder = builder.header("Idempotency-Key", &key);
        }
        let request = match body {
            Some(body) => builder.header("Content-Type", "application/json").body(body),
            None => builder.build(),
        };
        request.map_err(no_answer)
    }
}

/// A new `Idempotency-Key`: 128 random bits as 32 letters, or `None` if the browser has no source of
/// randomness. `randomUUID` does not serve, because it exists only in secure contexts.
#[must_use]
pub fn random_key() -> Option<String> {
    let mut bytes = [0_u8; 32];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.into_iter().map(|byte| char::from(b'a' + byte % 16)).collect())
}

fn to_json(body: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|error| ApiError::Invalid(error.to_string()))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    decode(text).map_err(unreadable)
}

fn unreadable(error: DecodeError) -> ApiError {
    ApiError::Unreadable(error.to_string())
}

fn no_answer(error: gloo_net::Error) -> ApiError {
    match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => ApiError::Timeout,
        _ => ApiError::Unreachable,
    }
}

/// Reads the `success` field of a response without data; `None` if the field is missing. The body must be
/// JSON, because a network with a sign-in page answers 200 to everything with HTML.
fn said_done(answer: &str) -> Result<Option<bool>, ApiError> {
    match read::<Done>(answer)?.success {
        Some(false) => Err(undone()),
        said => Ok(said),
    }
}

fn undone() -> ApiError {
    ApiError::Unreadable("success: is not true".to_owned())
}
