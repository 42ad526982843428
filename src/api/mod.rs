//! Calls of the Import8 API, and what is kept of each.
//!
//! Nothing here sends a request twice. A `POST` whose answer was lost may have been accepted and
//! paid for, so only the person, who can look at the history, decides what comes next.

mod calls;
mod error;
mod exchange;
mod key;
mod refusal;
mod retry_after;
mod standing;
mod wording;

use std::rc::Rc;

use gloo_net::http::{Method, RequestBuilder, Response};
use import8_api::{CreditUsage, DecodeError, Done, Envelope, RateLimit, decode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

pub use self::error::ApiError;
pub use self::exchange::{Body, Exchange};
pub use self::key::ApiKey;
use self::refusal::Refusal;
use crate::format;
use crate::i18n::Language;

/// Where the API is: on the dashboard's own origin, which the server answers or forwards.
const BASE: &str = "/api";

/// How long an answer may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// Names the service that the server forwards to, when it does.
const UPSTREAM: &str = "x-import8-upstream";

/// Names the request in the service's own records, where the service does that.
const REQUEST_ID: &str = "x-request-id";

/// What an answer says beside what was asked.
#[derive(Debug, Clone)]
pub enum Heard {
    /// The rate limit, on every answer.
    RateLimit(RateLimit),
    /// The credits left, on answers about classifications.
    Credits(u64),
    /// The service that the request was forwarded to.
    Upstream(String),
    /// The API answered, whatever it answered.
    Answer,
    /// No answer came.
    Silence,
    /// A request and what became of it.
    Exchange(Exchange),
}

/// Calls the API with a key, in a language.
#[derive(Clone)]
pub struct Client {
    key: Option<ApiKey>,
    language: &'static str,
    hear: Rc<dyn Fn(Heard)>,
}

impl Client {
    /// A client; `hear` is told what answers say beside what was asked.
    pub fn new(key: Option<ApiKey>, language: &'static str, hear: impl Fn(Heard) + 'static) -> Self {
        Self { key, language, hear: Rc::new(hear) }
    }

    /// The key it calls with.
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
            (self.hear)(Heard::Credits(credits_remaining));
        }
    }

    fn note_credits(&self, credits: u64) {
        if let Some(key) = &self.key {
            standing::note_credits(key, credits);
        }
    }

    /// Sends a request, once, and answers the text of a successful answer.
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
        self.listen(text.await)
    }

    /// Tells when no answer came.
    fn listen<T>(&self, outcome: Result<T, ApiError>) -> Result<T, ApiError> {
        if matches!(outcome, Err(ApiError::Unreachable | ApiError::Timeout)) {
            (self.hear)(Heard::Silence);
        }
        outcome
    }

    /// Sends a request, once, and answers a successful answer whose body has yet to come. While the API wants a
    /// pause nothing is sent.
    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<Response, ApiError> {
        if let Some(seconds) = self.key.as_ref().and_then(held) {
            return Err(ApiError::RateLimited { seconds });
        }
        let mut exchange = Exchange::begun(method.as_str(), path, body.as_deref());
        let is_change = method != Method::GET;
        let response = self.request(method, path, body, key)?.send().await;
        exchange.milliseconds = format::now().saturating_sub(exchange.at);
        let outcome = match response {
            Ok(response) => {
                let header = |name: &str| response.headers().get(name);
                (self.hear)(Heard::Answer);
                let rate = RateLimit::from_headers(header);
                if let Some(rate) = rate {
                    (self.hear)(Heard::RateLimit(rate));
                }
                if let Some(upstream) = header(UPSTREAM) {
                    (self.hear)(Heard::Upstream(upstream));
                }
                exchange.status = Some(response.status());
                exchange.rate = rate;
                exchange.request_id = header(REQUEST_ID);
                if response.ok() {
                    Ok(response)
                } else {
                    Err(self.refused(path, &response, rate, is_change).await)
                }
            }
            Err(error) => Err(no_answer(error)),
        };
        exchange.error = outcome.as_ref().err().cloned();
        (self.hear)(Heard::Exchange(exchange));
        outcome
    }

    /// What a refusal means; one that wants a pause holds all that asks with this key.
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
        let refusal = Refusal {
            path,
            is_change,
            status: response.status(),
            text: &text,
            retry_after: retry_after.as_deref(),
            rate,
            credits: self.key.as_ref().and_then(standing::credits),
            now: sent.as_deref().and_then(retry_after::http_date).unwrap_or(now / 1_000),
        };
        let language = Language::of(self.language).unwrap_or(Language::En);
        let error = refusal.error(language.texts().errors());
        if let (ApiError::RateLimited { seconds }, Some(key)) = (&error, &self.key) {
            standing::hold(key, now, *seconds);
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
        // A browser may by itself send a request again whose connection was reset before an
        // answer. With a key of its own the server sees that it is the same one.
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

/// A new `Idempotency-Key`: 128 random bits as letters; none without a source of randomness. Not
/// `randomUUID`, which is there on encrypted connections only.
#[must_use]
pub fn random_key() -> Option<String> {
    let mut bytes = [0_u8; 32];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.into_iter().map(|byte| char::from(b'a' + byte % 16)).collect())
}

/// For how many seconds more nothing is asked with a key, because the API wants a pause; none when it may ask.
fn held(key: &ApiKey) -> Option<u32> {
    standing::held(key, format::now())
}

/// For how many milliseconds more nothing is asked with a key but what the person waits for.
#[must_use]
pub fn held_back(key: &ApiKey) -> u64 {
    standing::held_back(key, format::now())
}

/// Ends the pause that the API wants: the person would rather ask.
pub fn go_on() {
    standing::go_on(format::now());
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

/// What the API says of something that has no more to tell: whether it was done, where it says so. A network that
/// wants its guests to sign in answers 200 to everything, and not as JSON.
fn said_done(answer: &str) -> Result<Option<bool>, ApiError> {
    match read::<Done>(answer)?.success {
        Some(false) => Err(undone()),
        said => Ok(said),
    }
}

fn undone() -> ApiError {
    ApiError::Unreadable("success: is not true".to_owned())
}
