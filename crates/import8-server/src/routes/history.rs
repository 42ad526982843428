//! `GET /v1/classifications`: the history, newest first.
//!
//! A page of the whole history is a range of the organisation's own numbers, so page 10,000 costs
//! what page 1 does. A filtered one is counted and walked through its index.

use axum::Json;
use axum::extract::State;
use import8_api::{ClassificationSummary, Confidence, CreditUsage, MAX_PER_PAGE, Page, PageMeta, Status};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Authenticated, Query, column, parameter};
use crate::app::Api;
use crate::clock::Instant;
use crate::credits;
use crate::error::ApiError;

const DEFAULT_PER_PAGE: u32 = 20;

/// The most words of a search that are looked for.
const MAX_WORDS: usize = 12;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What a list is asked for. All but `per_page` is an extension.
#[derive(Debug, Deserialize, Default, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Parameters {
    /// Results to a page.
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 20, required = false)]
    per_page: Option<String>,
    /// An extension: which page, from 1.
    #[param(value_type = u64, minimum = 1, maximum = 1_000_000_000_i64, default = 1, required = false)]
    page: Option<String>,
    /// An extension: only those of this status.
    #[param(value_type = Status, inline, required = false)]
    status: Option<String>,
    /// An extension: only those whose product has all these words, or words that begin so.
    #[param(max_length = 200, required = false)]
    q: Option<String>,
    /// An extension: only those that the classifier is at least this sure of.
    #[param(value_type = u8, minimum = 0, maximum = 100, required = false)]
    min_confidence: Option<String>,
    /// An extension: only those of this chapter.
    #[param(pattern = "^[0-9]{2}$", required = false)]
    chapter: Option<String>,
    /// An extension: only those that have a verdict, or only those that have none.
    #[param(value_type = bool, required = false)]
    reviewed: Option<String>,
    /// An extension: only those asked for at this time or later.
    #[param(format = DateTime, required = false)]
    from: Option<String>,
    /// An extension: only those asked for before this time.
    #[param(format = DateTime, required = false)]
    to: Option<String>,
}

/// A list that may be asked for.
#[derive(Debug, PartialEq)]
struct Listing {
    page: u64,
    per_page: u32,
    filter: Filter,
}

/// What is left out of a list.
#[derive(Debug, Default, PartialEq)]
struct Filter {
    status: Option<Status>,
    /// In the notation of the full-text index.
    words: Option<String>,
    min_confidence: Option<u8>,
    chapter: Option<String>,
    reviewed: Option<bool>,
    from: Option<Instant>,
    to: Option<Instant>,
}

impl Parameters {
    fn check(self) -> Result<Listing, ApiError> {
        let whole = |name: &str, text, max: u64| {
            let wanted = format!("a whole number from 1 to {max}");
            let number = parameter::<u64>(name, text, &wanted)?;
            match number {
                Some(number) if !(1..=max).contains(&number) => {
                    Err(ApiError::Invalid(format!("{name}: must be {wanted}")))
                }
                number => Ok(number),
            }
        };
        let per_page = whole("per_page", self.per_page, MAX_PER_PAGE.into())?;
        Ok(Listing {
            page: whole("page", self.page, 1_000_000_000)?.unwrap_or(1),
            per_page: per_page.and_then(|number| u32::try_from(number).ok()).unwrap_or(DEFAULT_PER_PAGE),
            filter: Filter {
                status: self.status.map(|text| status(&text)).transpose()?,
                words: self.q.map(|text| words(&text)).transpose()?.flatten(),
                min_confidence: percent(self.min_confidence)?,
                chapter: self.chapter.map(chapter).transpose()?,
                reviewed: parameter("reviewed", self.reviewed, "true or false")?,
                from: parameter::<Timestamp>("from", self.from, TIME)?.map(Instant::from),
                to: parameter::<Timestamp>("to", self.to, TIME)?.map(Instant::from),
            },
        })
    }
}

const TIME: &str = "a time such as 2026-03-03T12:00:00+00:00";

fn status(text: &str) -> Result<Status, ApiError> {
    match text.parse::<Status>().unwrap_or_else(|never| match never {}) {
        Status::Other(_) => Err(ApiError::Invalid("status: must be pending, completed or failed".to_owned())),
        known => Ok(known),
    }
}

fn percent(text: Option<String>) -> Result<Option<u8>, ApiError> {
    let wanted = "a whole number from 0 to 100";
    match parameter::<u8>("min_confidence", text, wanted)? {
        Some(101..) => Err(ApiError::Invalid(format!("min_confidence: must be {wanted}"))),
        percent => Ok(percent),
    }
}

fn chapter(text: String) -> Result<String, ApiError> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text)
    } else {
        Err(ApiError::Invalid("chapter: must be two digits".to_owned()))
    }
}

/// A search as the full-text index reads it: each word quoted, so that none is an operator, and open
/// at its end. A search without words leaves nothing out.
fn words(text: &str) -> Result<Option<String>, ApiError> {
    if text.chars().count() > 200 {
        return Err(ApiError::Invalid("q: must have at most 200 characters".to_owned()));
    }
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MAX_WORDS);
    let terms: Vec<_> = words.map(|word| format!("words : \"{word}\" *")).collect();
    Ok((!terms.is_empty()).then(|| terms.join(" AND ")))
}

/// The history, newest first.
#[utoipa::path(
    get,
    operation_id = "list_classifications",
    path = "/v1/classifications",
    tag = "classification",
    params(Parameters),
    responses((status = 200, description = "A page.", body = Page<ClassificationSummary>))
)]
async fn list(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Query(parameters): Query<Parameters>,
) -> Result<Json<Page<ClassificationSummary>>, ApiError> {
    let listing = parameters.check()?;
    let readers = api.database.readers();
    let (counts, rows) = if listing.filter == Filter::default() {
        everything(readers, caller.organization_id, &listing).await?
    } else {
        // The semaphore is never closed.
        let _turn = api.searches.acquire().await;
        filtered(readers, caller.organization_id, &listing).await?
    };
    let (total, credits_remaining) = (counts.total.unsigned_abs(), counts.credits.unsigned_abs());
    let per_page = u64::from(listing.per_page);
    Ok(Json(Page {
        success: true,
        data: rows.into_iter().map(Row::into_summary).collect::<sqlx::Result<_>>()?,
        meta: PageMeta {
            current_page: listing.page,
            per_page,
            total,
            last_page: total.div_ceil(per_page).max(1),
        },
        usage: Some(CreditUsage { credits_remaining }),
    }))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    status: String,
    product_summary: String,
    hs_code: Option<String>,
    confidence: Option<u8>,
    created_at: Instant,
    feedback: Option<String>,
}

impl Row {
    fn into_summary(self) -> sqlx::Result<ClassificationSummary> {
        Ok(ClassificationSummary {
            id: self.id,
            status: column(&self.status)?,
            product_summary: Some(self.product_summary).filter(|summary| !summary.is_empty()),
            hs_code: self.hs_code.as_deref().map(column).transpose()?,
            confidence: confidence(self.confidence)?,
            created_at: Some(self.created_at.rfc3339()),
            feedback: self.feedback.as_deref().map(column).transpose()?,
        })
    }
}

pub(super) fn confidence(column: Option<u8>) -> sqlx::Result<Option<Confidence>> {
    let confidence = column.map(|percent| Confidence::try_from(Decimal::from(percent))).transpose();
    confidence.map_err(|error| sqlx::Error::Decode(error.into()))
}

const COLUMNS: &str = "SELECT id, classifications.status, product_summary, hs_code, confidence,
    classifications.created_at, feedback.status AS feedback
    FROM classifications LEFT JOIN feedback ON classification_seq = classifications.seq ";

/// What there is of a list, and what is left to spend.
#[derive(sqlx::FromRow)]
struct Counts {
    total: i64,
    credits: i64,
}

/// A page of the whole history: the numbers right below those of the pages before it.
async fn everything(
    readers: &SqlitePool,
    organization: i64,
    listing: &Listing,
) -> sqlx::Result<(Counts, Vec<Row>)> {
    let counts: Counts = sqlx::query_as(concat!(
        "SELECT classification_count AS total, ",
        credits::remaining_sql!(),
        " AS credits FROM organizations WHERE id = $1",
    ))
    .bind(organization)
    .bind(Instant::now())
    .fetch_one(readers)
    .await?;
    let newest = counts.total.saturating_sub(i64::try_from(listing.offset()).unwrap_or(i64::MAX));
    let sql = format!("{COLUMNS} WHERE organization_id = $1 AND number <= $2 ORDER BY number DESC LIMIT $3");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(organization)
        .bind(newest)
        .bind(listing.per_page)
        .fetch_all(readers)
        .await?;
    Ok((counts, rows))
}

/// Up to this many, what a search found is fetched and sorted; more are met soon enough by walking the
/// history.
const FEW: i64 = 2_000;

async fn filtered(
    readers: &SqlitePool,
    organization: i64,
    listing: &Listing,
) -> sqlx::Result<(Counts, Vec<Row>)> {
    let mut count = QueryBuilder::new("SELECT COUNT(*) FROM classifications ");
    listing.filter.push(&mut count, organization, Order::AsFound);
    let total: i64 = count.build_query_scalar().fetch_one(readers).await?;
    let mut page = QueryBuilder::new(COLUMNS);
    let order = if total <= FEW { Order::AsFound } else { Order::ByNumber };
    listing.filter.push(&mut page, organization, order);
    page.push(" ORDER BY number DESC LIMIT ").push_bind(listing.per_page);
    page.push(" OFFSET ").push_bind(i64::try_from(listing.offset()).unwrap_or(i64::MAX));
    let credits = credits::remaining(readers, organization).await?;
    let counts = Counts { total, credits: i64::try_from(credits).unwrap_or(i64::MAX) };
    Ok((counts, page.build_query_as().fetch_all(readers).await?))
}

/// Where a filtered list begins: at what the words found, or at the newest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    AsFound,
    ByNumber,
}

impl Listing {
    /// How many rows the pages before this one have.
    fn offset(&self) -> u64 {
        (self.page - 1).saturating_mul(u64::from(self.per_page))
    }
}

impl Filter {
    fn push(&self, query: &mut QueryBuilder<Sqlite>, organization: i64, order: Order) {
        // The plus keeps SQLite from walking the organisation's rows when the words say which.
        let by_words = self.words.is_some() && order == Order::AsFound;
        query.push(if by_words { " WHERE +organization_id = " } else { " WHERE organization_id = " });
        query.push_bind(organization);
        if let Some(status) = &self.status {
            // One of three words of ours, written out so that the indexes of a status apply.
            query.push(format!(" AND classifications.status = '{status}'"));
        }
        if let Some(words) = &self.words {
            let own = format!("organization : \"{organization}\" AND {words}");
            query.push(" AND classifications.seq IN (SELECT rowid FROM classification_words WHERE classification_words MATCH ");
            query.push_bind(own).push(")");
        }
        if let Some(percent) = self.min_confidence {
            query.push(" AND confidence >= ").push_bind(percent);
        }
        if let Some(chapter) = &self.chapter {
            // `:` comes right after `9`.
            query.push(" AND hs_code >= ").push_bind(chapter.clone());
            query.push(" AND hs_code < ").push_bind(format!("{chapter}:"));
        }
        if let Some(reviewed) = self.reviewed {
            query.push(if reviewed { " AND EXISTS " } else { " AND NOT EXISTS " });
            query.push(
                "(SELECT 1 FROM feedback AS verdict WHERE verdict.classification_seq = classifications.seq)",
            );
        }
        if let Some(from) = self.from {
            query.push(" AND classifications.created_at >= ").push_bind(from);
        }
        if let Some(to) = self.to {
            query.push(" AND classifications.created_at < ").push_bind(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(query: &str) -> Option<Listing> {
        serde_urlencoded::from_str::<Parameters>(query).ok()?.check().ok()
    }

    #[test]
    fn paging_is_checked() {
        let check = |query: &str, expected: Option<(u64, u32)>| {
            assert_eq!(listing(query).map(|listing| (listing.page, listing.per_page)), expected, "{query}");
        };
        check("", Some((1, 20)));
        check("per_page=100&page=3", Some((3, 100)));
        check("unknown=1", Some((1, 20)));
        for query in [
            "per_page=0",
            "per_page=101",
            "per_page=x",
            "per_page=",
            "page=0",
            "page=-1",
            "page=1.0",
            "page=1e3",
        ] {
            check(query, None);
        }
    }

    #[test]
    fn filters_are_checked() {
        let filter =
            listing("status=failed&min_confidence=70&chapter=85&reviewed=true&from=2026-03-03T12:00:00Z")
                .expect("a listing")
                .filter;
        assert_eq!((filter.status, filter.min_confidence), (Some(Status::Failed), Some(70)));
        assert_eq!((filter.chapter.as_deref(), filter.reviewed), (Some("85"), Some(true)));
        assert_eq!(filter.from.map(Instant::rfc3339).as_deref(), Some("2026-03-03T12:00:00+00:00"));
        for query in
            ["status=x", "min_confidence=101", "chapter=8", "reviewed=yes", "from=yesterday", "to=2026"]
        {
            assert_eq!(listing(query), None, "{query}");
        }
    }

    #[test]
    fn a_search_has_words_and_no_operators() {
        let words = |text| words(text).ok().flatten();
        assert_eq!(words("steel bott"), Some(r#"words : "steel" * AND words : "bott" *"#.to_owned()));
        assert_eq!(words("\"x\" OR NOT(y)").map(|terms| terms.matches("words").count()), Some(4));
        assert_eq!(words(" \"*\" "), None);
    }
}
