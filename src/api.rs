//! Calls of the Import8 API: one function for each endpoint the screens use.
//!
//! Nothing here sends a request twice. A `POST` whose answer was lost may have been accepted and
//! paid for, so only the person, who can look at the history, decides what comes next.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use gloo_net::http::{Method, RequestBuilder, Response};
use import8_api::{
    Accepted, Account, Calibration, Classification, ClassificationSummary, ClassifyRequest, CodeChoice,
    Country, CreditUsage, DecodeError, Document, DutyRates, Envelope, ErrorBody, Feedback, Health, HsCode,
    LandedCost, LandedCostRequest, NomenclatureEntry, NomenclatureRow, Page, RateLimit, Reviewed,
    UsageReport, Verdict, decode,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

use crate::listing::Listing;
use crate::routes::encoded;

/// Where the API is: on the dashboard's own origin, which the server answers or forwards.
const BASE: &str = "/api";

/// How long an answer may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// Names the service that the server forwards to, when it does.
const UPSTREAM: &str = "x-import8-upstream";

/// A key of the API. Opaque: it goes into the `Authorization` header and into session storage, it
/// has no `Display`, and its debug form does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(Arc<str>);

impl ApiKey {
    /// A key as pasted; `None` if no key can look like that.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain =
            !text.is_empty() && text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_plain.then(|| Self(text.into()))
    }

    /// The key itself, for the header and for session storage.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// Enough to tell keys apart: `c8_…a1b2`. A key too short to hide shows nothing.
    #[must_use]
    pub fn masked(&self) -> String {
        let last = self.0.len().checked_sub(4).filter(|&at| at >= 8).and_then(|at| self.0.get(at..));
        let prefix = if self.0.starts_with("c8_") { "c8_" } else { "" };
        format!("{prefix}…{}", last.unwrap_or_default())
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Why a call has no result. Each is something else to tell, and something else to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// 401: the key opens nothing.
    Unauthorized,
    /// 404.
    NotFound,
    /// 422 or 413: the API refuses the input and says why, in English.
    Invalid(String),
    /// 422: goods cannot be declared under a code; where the service says so, those that they can.
    NotDeclarable {
        /// Which code, and why, in English.
        message: String,
        /// Those below it.
        codes: Vec<CodeChoice>,
    },
    /// 429, and waiting helps.
    RateLimited {
        /// Seconds to wait.
        seconds: u32,
    },
    /// 429, and waiting does not help: the credits are used up.
    OutOfCredits,
    /// 5xx.
    Server(u16),
    /// No connection: this computer is offline, or the server does not answer.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// An answer that is not what the documentation says; names the field.
    Unreadable(String),
    /// A status that the documentation does not list.
    Unexpected(u16),
}

impl ApiError {
    /// Whether it is unknown if the API has done what it was asked.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Timeout | Self::Unreadable(_) | Self::Server(_) | Self::Unexpected(_)
        )
    }
}

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

    /// `GET /health`.
    ///
    /// # Errors
    /// See [`ApiError`], here and below.
    pub async fn health(&self) -> Result<Health, ApiError> {
        self.get("/health").await
    }

    /// `GET /v1/me`.
    ///
    /// # Errors
    /// [`ApiError::Unauthorized`] when the key opens nothing.
    pub async fn account(&self) -> Result<Account, ApiError> {
        self.get("/v1/me").await
    }

    /// `GET /v1/usage`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn usage(&self) -> Result<UsageReport, ApiError> {
        self.get("/v1/usage").await
    }

    /// `POST /v1/classify`, which takes a credit. `key` is the `Idempotency-Key`: where the service
    /// knows it, the same request under the same key is accepted and paid for once.
    ///
    /// # Errors
    /// After an error that [is uncertain](ApiError::is_uncertain) the product may have been
    /// accepted and paid for.
    pub async fn classify(&self, request: &ClassifyRequest, key: Option<&str>) -> Result<Accepted, ApiError> {
        self.post("/v1/classify", request, key).await
    }

    /// `GET /v1/classifications/{id}`, with the text of the answer: it has also what this dashboard
    /// does not know.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id in this organisation.
    pub async fn classification(&self, id: &str) -> Result<Document<Envelope<Classification>>, ApiError> {
        let path = format!("/v1/classifications/{}", encoded(id));
        let text = self.send(Method::GET, &path, None, None).await?;
        let answer = Document::<Envelope<Classification>>::read(text).map_err(unreadable)?;
        self.hear_usage(answer.value.usage);
        Ok(answer)
    }

    /// The bytes of a picture of a classification: `path` is its [`import8_api::Image::path`]. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when the service no longer has it.
    pub async fn picture(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        let bytes = async {
            let response = self.exchange(Method::GET, path, None, None).await?;
            response.binary().await.map_err(no_answer)
        };
        self.listen(bytes.await)
    }

    /// `GET /v1/classifications`, a page of it. Only `per_page` is documented: compare the page with
    /// the answer's [`import8_api::PageMeta::current_page`], and filter and sort only where the account
    /// lists these extensions.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn classifications(&self, listing: &Listing) -> Result<Page<ClassificationSummary>, ApiError> {
        let answer = self
            .send(Method::GET, &format!("/v1/classifications{}", listing.api_query()), None, None)
            .await?;
        let page: Page<ClassificationSummary> = read(&answer)?;
        self.hear_usage(page.usage);
        Ok(page)
    }

    /// `POST /v1/classifications/{id}/feedback`. A second verdict replaces the first, so it may be sent
    /// again. Answers it as it is kept, where the service says so.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn review(&self, id: &str, feedback: &Feedback) -> Result<Option<Verdict>, ApiError> {
        let path = format!("/v1/classifications/{}/feedback", encoded(id));
        let body = to_json(feedback)?;
        let answer = self.send(Method::POST, &path, Some(body), None).await?;
        // What is answered is not documented, so anything is good.
        Ok(decode::<Envelope<Reviewed>>(&answer).ok().map(|answer| answer.data.feedback))
    }

    /// `GET /v1/calibration`. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn calibration(&self) -> Result<Calibration, ApiError> {
        self.get("/v1/calibration").await
    }

    /// `GET /v1/duty-rates/{hs_code}` of a code of ten digits.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such code.
    pub async fn duty_rates(
        &self,
        code: HsCode,
        origin: Option<Country>,
        destination: Option<Country>,
    ) -> Result<DutyRates, ApiError> {
        let mut path = format!("/v1/duty-rates/{}", code.bare());
        let countries = [("origin", origin), ("destination", destination)];
        let countries = countries.into_iter().filter_map(|(name, country)| Some((name, country?)));
        for (separator, (name, country)) in ['?', '&'].into_iter().zip(countries) {
            path.push_str(&format!("{separator}{name}={country}"));
        }
        self.get(&path).await
    }

    /// `POST /v1/landed-cost`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn landed_cost(&self, request: &LandedCostRequest) -> Result<LandedCost, ApiError> {
        self.post("/v1/landed-cost", request, None).await
    }

    /// `GET /v1/nomenclature`: the subheadings that words lead to, best first. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn nomenclature_search(&self, words: &str) -> Result<Vec<NomenclatureRow>, ApiError> {
        self.get(&format!("/v1/nomenclature?q={}", encoded(words))).await
    }

    /// `GET /v1/nomenclature/{code}`: a code, what is above it and right below it. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such code.
    pub async fn nomenclature(&self, code: &str) -> Result<NomenclatureEntry, ApiError> {
        self.get(&format!("/v1/nomenclature/{}", encoded(code))).await
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

    fn data<T: DeserializeOwned>(&self, answer: &str) -> Result<T, ApiError> {
        let envelope: Envelope<T> = read(answer)?;
        self.hear_usage(envelope.usage);
        Ok(envelope.data)
    }

    fn hear_usage(&self, usage: Option<CreditUsage>) {
        if let Some(CreditUsage { credits_remaining }) = usage {
            (self.hear)(Heard::Credits(credits_remaining));
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

    /// Sends a request, once, and answers a successful answer whose body has yet to come.
    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<&str>,
    ) -> Result<Response, ApiError> {
        let mut builder = RequestBuilder::new(&format!("{BASE}{path}"))
            .method(method)
            .header("Accept", "application/json")
            .header("Accept-Language", self.language)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
        if let Some(key) = &self.key {
            builder = builder.header("Authorization", &format!("Bearer {}", key.secret()));
        }
        let request = match body {
            // A browser may by itself send a request again whose connection was reset before an
            // answer. With a key of its own the server sees that it is the same one.
            Some(body) => key
                .map(str::to_owned)
                .or_else(random_key)
                .iter()
                .fold(builder, |builder, key| builder.header("Idempotency-Key", key))
                .header("Content-Type", "application/json")
                .body(body),
            None => builder.build(),
        };
        let response = request.map_err(no_answer)?.send().await.map_err(no_answer)?;
        (self.hear)(Heard::Answer);
        let rate = RateLimit::from_headers(|name| response.headers().get(name));
        if let Some(rate) = rate {
            (self.hear)(Heard::RateLimit(rate));
        }
        if let Some(upstream) = response.headers().get(UPSTREAM) {
            (self.hear)(Heard::Upstream(upstream));
        }
        if response.ok() {
            return Ok(response);
        }
        let text = response.text().await.map_err(no_answer)?;
        Err(refusal(&response, rate, &text))
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

fn refusal(response: &Response, rate: Option<RateLimit>, text: &str) -> ApiError {
    let retry_after = response.headers().get("retry-after").and_then(|value| value.parse().ok());
    match response.status() {
        401 => ApiError::Unauthorized,
        404 => ApiError::NotFound,
        413 | 422 => {
            // Whatever the server says, even unwrapped, is better than nothing.
            let body = decode(text).unwrap_or_else(|_| ErrorBody::new(text.to_owned()));
            match body {
                ErrorBody { message, declarable_codes: codes, .. } if !codes.is_empty() => {
                    ApiError::NotDeclarable { message, codes }
                }
                ErrorBody { message, .. } => ApiError::Invalid(message),
            }
        }
        429 => too_many(retry_after, rate),
        status @ 500..=599 => ApiError::Server(status),
        status => ApiError::Unexpected(status),
    }
}

/// A 429 is the rate limit if the answer says when to come back or that the window is used up;
/// else the credits are.
fn too_many(retry_after: Option<u32>, rate: Option<RateLimit>) -> ApiError {
    match (retry_after, rate) {
        (Some(seconds), _) => ApiError::RateLimited { seconds: seconds.max(1) },
        (None, Some(RateLimit { remaining: 0, .. })) => ApiError::RateLimited { seconds: 60 },
        _ => ApiError::OutOfCredits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_shown() {
        let key = ApiKey::new(" c8_0123456789abcdefa1b2\n").expect("a key");
        assert_eq!(key.secret(), "c8_0123456789abcdefa1b2");
        assert_eq!(key.masked(), "c8_…a1b2");
        assert_eq!(format!("{key:?}"), "ApiKey(…)");
        assert_eq!(ApiKey::new("short").expect("a key").masked(), "…");
    }

    #[test]
    fn what_cannot_be_a_header_is_no_key() {
        for text in ["", "  ", "c8 x", "c8_\u{e9}", "c8_\r\nX-Evil: 1"] {
            assert_eq!(ApiKey::new(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_429_is_the_rate_limit_or_the_credits() {
        let rate = |remaining| Some(RateLimit { limit: 60, remaining, reset: 0 });
        assert_eq!(too_many(Some(30), rate(0)), ApiError::RateLimited { seconds: 30 });
        assert_eq!(too_many(None, rate(0)), ApiError::RateLimited { seconds: 60 });
        assert_eq!(too_many(None, rate(12)), ApiError::OutOfCredits);
        assert_eq!(too_many(None, None), ApiError::OutOfCredits);
    }
}
