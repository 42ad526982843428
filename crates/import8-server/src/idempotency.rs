//! `Idempotency-Key`: a repeated request gets the first answer again without repeating its work. An extension.
//!
//! The answer is stored in the transaction of the work, so the database has both or neither.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use import8_api::Money;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::clock::Instant;
use crate::error::ApiError;
use crate::state::Api;

/// The name of the header.
pub const HEADER: &str = "idempotency-key";

/// The header that is `true` on a repeated answer.
const REPLAYED: &str = "idempotency-replayed";

/// The most characters of a key.
const MAX_CHARS: usize = 255;

/// The time for which answers are stored: 30 days.
const KEPT_MILLIS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// The key of a request, if it has one, with the method and address that the key is for.
#[derive(Debug, Clone, Default)]
pub struct IdempotencyKey(Option<Marked>);

impl IdempotencyKey {
    /// Whether the request has no key.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

#[derive(Debug, Clone)]
struct Marked {
    key_hash: Vec<u8>,
    target: String,
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Self(None)) };
        let is_key =
            |key: &&str| (1..=MAX_CHARS).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        let key = value.to_str().ok().filter(is_key).ok_or_else(|| {
            let rule = format!("must be 1 to {MAX_CHARS} printable ASCII characters without spaces");
            ApiError::invalid("Idempotency-Key", rule)
        })?;
        let target = format!("{} {}", parts.method, parts.uri);
        Ok(Self(Some(Marked { key_hash: Sha256::digest(key).to_vec(), target })))
    }
}

/// An answer, and the one that a repetition gets instead if the first contains a secret.
#[derive(Debug)]
pub struct Answer {
    status: StatusCode,
    body: String,
    kept: Option<String>,
}

impl Answer {
    /// An answer that a repetition gets unchanged.
    ///
    /// # Errors
    /// The answer cannot be written as JSON.
    pub fn new(status: StatusCode, answer: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { status, body: json(answer)?, kept: None })
    }

    /// The same answer, with `kept` for a repetition: without the secret, which is never stored.
    ///
    /// # Errors
    /// As [`Answer::new`].
    pub fn keeping(self, kept: &impl Serialize) -> Result<Self, ApiError> {
        Ok(Self { kept: Some(json(kept)?), ..self })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], self.body)
            .into_response()
    }
}

fn json(answer: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(answer).map_err(|error| sqlx::Error::Encode(error.into()).into())
}

#[derive(sqlx::FromRow)]
struct Kept {
    request_hash: Vec<u8>,
    status: u16,
    answer: String,
}

/// Runs `work` in one transaction, unless the same request was done before with the same key; then returns the stored
/// answer. Two requests are the same if they have the same method, address and body, with numbers compared by value.
///
/// # Errors
/// The key was used for another request; or the error of `work`, after which nothing is stored and the key may be
/// used again.
pub async fn once<F>(
    api: &Api,
    organization: i64,
    key: IdempotencyKey,
    body: &[u8],
    work: F,
) -> Result<Response, ApiError>
where
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<Answer, ApiError>> + Send + 'static,
{
    let Some(Marked { key_hash, target }) = key.0 else {
        return api.database.write(work).await.map(Answer::into_response);
    };
    let hash = |body: &[u8]| {
        Sha256::new().chain_update(&target).chain_update([0]).chain_update(body).finalize().to_vec()
    };
    // Earlier versions stored a hash of the body's bytes.
    let (request_hash, to_the_byte) = (hash(&by_value(body)), hash(body));
    api.database
        .write(move |tx| {
            Box::pin(async move {
                if let Some(kept) = find(tx, organization, &key_hash).await? {
                    return if [&request_hash, &to_the_byte].contains(&&kept.request_hash) {
                        kept.replay()
                    } else {
                        Err(ApiError::KeyReused)
                    };
                }
                let answer = work(&mut *tx).await?;
                keep(tx, organization, &key_hash, &request_hash, &answer).await?;
                Ok(answer.into_response())
            })
        })
        .await
}

/// A JSON text in normal form: without white space between its parts, and with one notation for `2`, `2.0` and
/// `2.00`. It works on the text, because a tree of values takes far more memory for a large body.
fn by_value(json: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some(first) = rest.first() {
        let length = match first {
            b'"' => text_length(rest),
            b'-' | b'0'..=b'9' => number_length(rest),
            _ => 1,
        };
        let (part, after) = rest.split_at(length);
        match (first, std::str::from_utf8(part).ok().and_then(|number| number.parse::<Money>().ok())) {
            (b'-' | b'0'..=b'9', Some(number)) => written.extend(number.normalized().to_string().bytes()),
            _ if part.iter().all(u8::is_ascii_whitespace) => {}
            _ => written.extend_from_slice(part),
        }
        rest = after;
    }
    written
}

/// The length in bytes of the string at the beginning of a JSON text, quotation marks included.
fn text_length(json: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = json.iter().skip(1).position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(json.len(), |end| end + 2)
}

/// The length in bytes of the number at the beginning of a JSON text.
fn number_length(json: &[u8]) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    json.iter().position(|byte| !is_part(byte)).unwrap_or(json.len())
}

async fn find(tx: &mut SqliteConnection, organization: i64, key_hash: &[u8]) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as(
        "SELECT request_hash, status, answer FROM idempotency_keys WHERE organization_id = $1 AND key_hash = $2",
    )
    .bind(organization)
    .bind(key_hash)
    .fetch_optional(tx)
    .await
}

async fn keep(
    tx: &mut SqliteConnection,
    organization: i64,
    key_hash: &[u8],
    request_hash: &[u8],
    answer: &Answer,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO idempotency_keys (organization_id, key_hash, request_hash, status, answer, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(organization)
    .bind(key_hash)
    .bind(request_hash)
    .bind(answer.status.as_u16())
    .bind(answer.kept.as_ref().unwrap_or(&answer.body))
    .bind(Instant::now())
    .execute(tx)
    .await?;
    Ok(())
}

impl Kept {
    fn replay(self) -> Result<Response, ApiError> {
        let status = StatusCode::from_u16(self.status).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let mut response = Answer { status, body: self.answer, kept: None }.into_response();
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        Ok(response)
    }
}

/// Deletes answers that are older than 30 days.
///
/// # Errors
/// The database cannot be read or written.
pub async fn forget_old(tx: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1")
        .bind(Instant(Instant::now().0.saturating_sub(KEPT_MILLIS)))
        .execute(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_the_same_by_the_value_of_its_numbers() {
        let check = |one: &str, other: &str, is_same: bool| {
            assert_eq!(by_value(one.as_bytes()) == by_value(other.as_bytes()), is_same, "{one} {other}");
        };
        check(r#"{"goods_value":2.00}"#, r#"{"goods_value": 2}"#, true);
        check(r#"{"goods_value":2.00,"quantity":10}"#, "{\"goods_value\": 2.0,\n\"quantity\": 1e1}", true);
        check(r#"{"goods_value":2.00}"#, r#"{"goods_value":2.01}"#, false);
        check(r#"{"goods_value":2.00}"#, r#"{"goods_value":"2.00"}"#, false);
        check(r#"[1,2]"#, r#"[12]"#, false);
        check(r#"[-0.0,0]"#, "[0,0]", true);
        // The text of a string is not changed.
        check(r#"{"description":"2.0 mm"}"#, r#"{"description":"2 mm"}"#, false);
        check(r#"{"description":"a \" 2.0"}"#, r#"{"description":"a \" 2"}"#, false);
        check(r#"{"description":"a\\","goods_value":2.0}"#, r#"{"description":"a\\","goods_value":2}"#, true);
        check(r#"{"description":"steel bottle"}"#, r#"{"description":"steelbottle"}"#, false);
        // Numbers with too many digits to be held exactly, and texts that are not JSON, are compared unchanged.
        check("1e400", "1e401", false);
        check("0.12345678901234567890123456789", "0.123456789012345678901234567890", false);
        for broken in ["\"open", "-", "\"\\", "1-2", "\u{e9}"] {
            check(broken, broken, true);
        }
    }
}
