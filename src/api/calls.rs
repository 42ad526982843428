//! One method of [`Client`] for each endpoint of the API. Each method documents the errors that need care;
//! every call may also fail with the other variants of [`ApiError`].

use gloo_net::http::Method;
use import8_api::{
    Accepted, Account, BatchAccepted, BatchRequest, BatchStatus, Calibration, CheckedCode, Classification,
    ClassificationSummary, ClassifyRequest, CodeCheckRequest, Country, Delivery, Document, DutyRates,
    Envelope, Feedback, Health, HsCode, KeyInfo, KeyMade, KeyRequest, LandedCost, LandedCostRequest,
    NomenclatureEntry, NomenclatureRow, Page, Reviewed, UsageReport, Verdict, Webhook, WebhookRequest,
    WebhookSet, decode,
};

use super::{ApiError, Client, no_answer, read, said_done, to_json, unreadable};
use crate::api::listing::Listing;
use crate::api::tariff_changes::{self, Changes, Editions};
use crate::routes::encoded;

impl Client {
    /// `GET /health`: the status of the service. Needs no key.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn health(&self) -> Result<Health, ApiError> {
        self.get("/health").await
    }

    /// `GET /v1/me`: the organisation of the key, its credits and its limits.
    ///
    /// # Errors
    /// [`ApiError::Unauthorized`] if the key is not valid.
    pub async fn account(&self) -> Result<Account, ApiError> {
        let account: Account = self.get("/v1/me").await?;
        self.note_credits(account.credits.remaining);
        Ok(account)
    }

    /// `GET /v1/usage`: the plan and the usage in the billing period. `wants_days` asks for the usage of each
    /// day too, an extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn usage(&self, wants_days: bool) -> Result<UsageReport, ApiError> {
        self.get(if wants_days { "/v1/usage?days=true" } else { "/v1/usage" }).await
    }

    /// `POST /v1/classify`: queues a product for classification. Takes one credit. `key` is the
    /// `Idempotency-Key`: a service that supports it accepts and charges the same request under the same key
    /// once.
    ///
    /// # Errors
    /// After an [uncertain](ApiError::is_uncertain) error the product may have been accepted and paid for.
    pub async fn classify(&self, request: &ClassifyRequest, key: Option<&str>) -> Result<Accepted, ApiError> {
        self.post("/v1/classify", request, key).await
    }

    /// `POST /v1/classify/batch`: queues up to 100 products. Takes one credit for each item; all items are
    /// accepted or none. `key` is the `Idempotency-Key`, as for [`classify`](Self::classify).
    ///
    /// # Errors
    /// After an [uncertain](ApiError::is_uncertain) error the batch may have been accepted and paid for.
    pub async fn classify_batch(&self, request: &BatchRequest, key: &str) -> Result<BatchAccepted, ApiError> {
        self.post("/v1/classify/batch", request, Some(key)).await
    }

    /// `GET /v1/classify/batch/{batch_id}`: the progress of a batch. `wants_results` asks for the results of
    /// its items too, an extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the organisation has no batch of this id.
    pub async fn batch(&self, id: &str, wants_results: bool) -> Result<BatchStatus, ApiError> {
        let query = if wants_results { "?results=true" } else { "" };
        self.get(&format!("/v1/classify/batch/{}{query}", encoded(id))).await
    }

    /// `GET /v1/classifications/{id}`: a classification, with the text of the response. The text also holds
    /// the fields that this dashboard does not know.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the organisation has no classification of this id.
    pub async fn classification(&self, id: &str) -> Result<Document<Envelope<Classification>>, ApiError> {
        let path = format!("/v1/classifications/{}", encoded(id));
        let text = self.send(Method::GET, &path, None, None).await?;
        let answer = Document::<Envelope<Classification>>::read(text).map_err(unreadable)?;
        self.hear_usage(answer.value.usage);
        Ok(answer)
    }

    /// The bytes of a picture of a classification; `path` is its [`import8_api::Image::path`]. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the service no longer has the picture.
    pub async fn picture(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        self.bytes(path).await
    }

    async fn bytes(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        let bytes = async {
            let response = self.exchange(Method::GET, path, None, None).await?;
            response.binary().await.map_err(no_answer)
        };
        self.listen(bytes).await
    }

    /// `GET /v1/classifications`: a page of the history. Only `per_page` is documented, so
    /// compare the requested page with [`import8_api::PageMeta::current_page`]. Filter and sort only if the
    /// account lists these extensions.
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

    /// `POST /v1/classifications/{id}/feedback`: submits a verdict. A second verdict replaces the first, so
    /// it is safe to send again. Returns the stored verdict if the response contains it.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn review(&self, id: &str, feedback: &Feedback) -> Result<Option<Verdict>, ApiError> {
        let path = format!("/v1/classifications/{}/feedback", encoded(id));
        let body = to_json(feedback)?;
        let answer = self.send(Method::POST, &path, Some(body), None).await?;
        // The response body is not documented, so any JSON object without `"success": false` counts as
        // success.
        said_done(&answer)?;
        Ok(decode::<Envelope<Reviewed>>(&answer).ok().map(|answer| answer.data.feedback))
    }

    /// `POST /v1/code-checks`: what the service knows of codes that are in use, in their order. An extension, without
    /// a credit.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn check_codes(&self, request: &CodeCheckRequest) -> Result<Vec<CheckedCode>, ApiError> {
        self.post("/v1/code-checks", request, None).await
    }

    /// `GET /v1/calibration`: how often codes were right, by confidence. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn calibration(&self) -> Result<Calibration, ApiError> {
        self.get("/v1/calibration").await
    }

    /// `GET /v1/duty-rates/{hs_code}`: the duty rates and the VAT of a commodity code of ten digits. `on` is the day,
    /// an extension: `2026-03-03`.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] or [`ApiError::UnknownCode`] if the service does not know the code.
    pub async fn duty_rates(
        &self,
        code: HsCode,
        origin: Option<Country>,
        destination: Option<Country>,
        on: Option<&str>,
    ) -> Result<DutyRates, ApiError> {
        let query = rates_query(origin, destination, on);
        self.get(&format!("/v1/duty-rates/{}{query}", code.bare())).await
    }

    /// `GET /v1/measures/{hs_code}`: every measure on a code, as the text of the response, whose `data` is a
    /// [`import8_api::CodeMeasures`]. `on` is the day: `2026-03-03`. An extension.
    ///
    /// # Errors
    /// As [`duty_rates`](Self::duty_rates).
    pub async fn code_measures(
        &self,
        code: HsCode,
        origin: Option<Country>,
        on: Option<&str>,
    ) -> Result<String, ApiError> {
        let path = format!("/v1/measures/{}{}", code.bare(), rates_query(origin, None, on));
        self.send(Method::GET, &path, None, None).await
    }

    /// `GET /v1/tariff`: the editions of the tariff that the service keeps, the latest day first. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn tariff_editions(&self) -> Result<Editions, ApiError> {
        let text = self.send(Method::GET, "/v1/tariff", None, None).await?;
        tariff_changes::editions(&text).ok_or_else(|| ApiError::Unreadable("data.editions".to_owned()))
    }

    /// `GET /v1/tariff/changes`: the changes of the codes in use between two editions. `query` is empty or begins with
    /// `?`. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the service does not keep one of the editions. [`ApiError::Server`] with 503 while it
    /// makes other comparisons.
    pub async fn tariff_changes(&self, query: &str) -> Result<Changes, ApiError> {
        let text = self.send(Method::GET, &format!("/v1/tariff/changes{query}"), None, None).await?;
        tariff_changes::changes(&text).ok_or_else(|| ApiError::Unreadable("data.changes".to_owned()))
    }

    /// The same changes as the bytes of a file, whose `format` is part of the query.
    ///
    /// # Errors
    /// As [`tariff_changes`](Self::tariff_changes).
    pub async fn tariff_changes_file(&self, query: &str) -> Result<Vec<u8>, ApiError> {
        self.bytes(&format!("/v1/tariff/changes{query}")).await
    }

    /// `POST /v1/landed-cost`: customs value, duties, VAT and total of a consignment.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn landed_cost(&self, request: &LandedCostRequest) -> Result<LandedCost, ApiError> {
        self.post("/v1/landed-cost", request, None).await
    }

    /// `GET /v1/nomenclature`: rows of the tariff that match a search text, best first, or the sections without one. An
    /// extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn nomenclature_search(&self, words: &str) -> Result<Vec<NomenclatureRow>, ApiError> {
        self.get(&format!("/v1/nomenclature?q={}", encoded(words))).await
    }

    /// `GET /v1/nomenclature/{code}`: a code with its ancestors and its children. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the service does not know the code.
    pub async fn nomenclature(&self, code: &str) -> Result<NomenclatureEntry, ApiError> {
        self.get(&format!("/v1/nomenclature/{}", encoded(code))).await
    }

    /// As [`nomenclature`](Self::nomenclature), with the rows on each level above the code if `levels` is set.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the service does not know the code.
    pub async fn nomenclature_levels(&self, code: &str, levels: bool) -> Result<NomenclatureEntry, ApiError> {
        let query = if levels { "?levels=true" } else { "" };
        self.get(&format!("/v1/nomenclature/{}{query}", encoded(code))).await
    }

    /// `GET /v1/api-keys`: the organisation's keys without their secrets, oldest first. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn api_keys(&self) -> Result<Vec<KeyInfo>, ApiError> {
        self.get("/v1/api-keys").await
    }

    /// `POST /v1/api-keys`: creates a key. Only this response contains its secret. An extension.
    ///
    /// # Errors
    /// After an [uncertain](ApiError::is_uncertain) error there may be a key whose secret nobody has seen.
    pub async fn make_api_key(&self, request: &KeyRequest) -> Result<KeyMade, ApiError> {
        self.post("/v1/api-keys", request, None).await
    }

    /// `DELETE /v1/api-keys/{id}`: revokes a key, even the one that this client uses. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the key is already revoked.
    pub async fn revoke_api_key(&self, id: &str) -> Result<(), ApiError> {
        self.delete(&format!("/v1/api-keys/{}?confirm=true", encoded(id))).await
    }

    /// `GET /v1/webhook`: the webhook's settings without its secret. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn webhook(&self) -> Result<Webhook, ApiError> {
        self.get("/v1/webhook").await
    }

    /// `PUT /v1/webhook`: sets the webhook. Only this response contains the secret, and it replaces the
    /// previous one.
    ///
    /// # Errors
    /// After an [uncertain](ApiError::is_uncertain) error the webhook may be set with a secret that nobody
    /// has seen.
    pub async fn set_webhook(&self, request: &WebhookRequest) -> Result<WebhookSet, ApiError> {
        self.put("/v1/webhook", request).await
    }

    /// `DELETE /v1/webhook`: removes the webhook.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn remove_webhook(&self) -> Result<(), ApiError> {
        self.delete("/v1/webhook").await
    }

    /// `GET /v1/webhook/deliveries`: the latest deliveries with their latest attempts, newest first. An
    /// extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn deliveries(&self) -> Result<Vec<Delivery>, ApiError> {
        self.get("/v1/webhook/deliveries").await
    }
}

/// The query of a request for duties; empty without parameters.
fn rates_query(origin: Option<Country>, destination: Option<Country>, on: Option<&str>) -> String {
    let country = |country: Option<Country>| country.map(|country| country.to_string());
    let parameters =
        [("origin", country(origin)), ("destination", country(destination)), ("on", on.map(encoded))];
    let mut query = String::new();
    for (name, value) in parameters {
        if let Some(value) = value {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(&format!("{name}={value}"));
        }
    }
    query
}
