//! One function for each endpoint that the screens use.

use gloo_net::http::Method;
use import8_api::{
    Accepted, Account, BatchAccepted, BatchRequest, BatchStatus, Calibration, Classification,
    ClassificationSummary, ClassifyRequest, Country, Delivery, Document, DutyRates, Envelope, Feedback,
    Health, HsCode, KeyInfo, KeyMade, KeyRequest, LandedCost, LandedCostRequest, NomenclatureEntry,
    NomenclatureRow, Page, Reviewed, UsageReport, Verdict, Webhook, WebhookRequest, WebhookSet, decode,
};

use super::{ApiError, Client, no_answer, read, said_done, to_json, unreadable};
use crate::listing::Listing;
use crate::routes::encoded;

impl Client {
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
        let account: Account = self.get("/v1/me").await?;
        self.note_credits(account.credits.remaining);
        Ok(account)
    }

    /// `GET /v1/usage`; with the days of the period where they are wanted, which is an extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn usage(&self, wants_days: bool) -> Result<UsageReport, ApiError> {
        self.get(if wants_days { "/v1/usage?days=true" } else { "/v1/usage" }).await
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

    /// `POST /v1/classify/batch`, which takes a credit for each item. `key` is as for
    /// [`classify`](Self::classify). All items are accepted, or none.
    ///
    /// # Errors
    /// After an error that [is uncertain](ApiError::is_uncertain) the batch may have been accepted and paid
    /// for.
    pub async fn classify_batch(&self, request: &BatchRequest, key: &str) -> Result<BatchAccepted, ApiError> {
        self.post("/v1/classify/batch", request, Some(key)).await
    }

    /// `GET /v1/classify/batch/{batch_id}`; with the results of its items where that is wanted, which is an
    /// extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none of that id in this organisation.
    pub async fn batch(&self, id: &str, wants_results: bool) -> Result<BatchStatus, ApiError> {
        let query = if wants_results { "?results=true" } else { "" };
        self.get(&format!("/v1/classify/batch/{}{query}", encoded(id))).await
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
        // What is answered is not documented, so anything that may be the API's is good.
        said_done(&answer)?;
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
    /// [`ApiError::NotFound`] or [`ApiError::UnknownCode`] when the service does not know the code.
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
    /// [`ApiError::NotFound`] when the service does not know the code.
    pub async fn nomenclature(&self, code: &str) -> Result<NomenclatureEntry, ApiError> {
        self.get(&format!("/v1/nomenclature/{}", encoded(code))).await
    }

    /// `GET /v1/api-keys`: the organisation's keys, oldest first, without their secrets. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn api_keys(&self) -> Result<Vec<KeyInfo>, ApiError> {
        self.get("/v1/api-keys").await
    }

    /// `POST /v1/api-keys`. The secret is in the first answer and nowhere else. An extension.
    ///
    /// # Errors
    /// After one that [is uncertain](ApiError::is_uncertain) there may be a key whose secret nobody has seen.
    pub async fn make_api_key(&self, request: &KeyRequest) -> Result<KeyMade, ApiError> {
        self.post("/v1/api-keys", request, None).await
    }

    /// `DELETE /v1/api-keys/{id}`, even of the key that this client calls with. An extension.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when it is revoked already.
    pub async fn revoke_api_key(&self, id: &str) -> Result<(), ApiError> {
        self.delete(&format!("/v1/api-keys/{}?confirm=true", encoded(id))).await
    }

    /// `GET /v1/webhook`: what is set, without its secret. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn webhook(&self) -> Result<Webhook, ApiError> {
        self.get("/v1/webhook").await
    }

    /// `PUT /v1/webhook`. The secret is in this answer and nowhere else, and replaces the one before.
    ///
    /// # Errors
    /// After one that [is uncertain](ApiError::is_uncertain) it may be set, with a secret that nobody has seen.
    pub async fn set_webhook(&self, request: &WebhookRequest) -> Result<WebhookSet, ApiError> {
        self.put("/v1/webhook", request).await
    }

    /// `DELETE /v1/webhook`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn remove_webhook(&self) -> Result<(), ApiError> {
        self.delete("/v1/webhook").await
    }

    /// `GET /v1/webhook/deliveries`: the last ones, newest first, with their last attempts. An extension.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn deliveries(&self) -> Result<Vec<Delivery>, ApiError> {
        self.get("/v1/webhook/deliveries").await
    }
}
