//! Route of `GET /v1/classifications`: the history of an organisation, with filters and orders.
//!
//! The classifications of an organisation are numbered without gaps. A page of the whole history is a range of these
//! numbers, so page 10,000 takes as long as page 1. A filtered list, or one in another order, is counted and then
//! walked along the index of its order.

use axum::Json;
use axum::extract::State;
use import8_api::{ClassificationSummary, CreditUsage, MAX_PER_PAGE, Page, PageMeta, Sort, Status};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::{QueryBuilder, Sqlite, SqlitePool};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::columns::{at_stake, column, confidence, decided};
use super::extract::{Authenticated, Query, parameter};
use super::tariff::newest_comparison;
use crate::clock::Instant;
use crate::credits;
use crate::error::ApiError;
use crate::search_index;
use crate::state::Api;
use crate::tariff_changes::{codes_in_use, is_in_newer};

const DEFAULT_PER_PAGE: u32 = 20;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The query parameters of a list, as sent. All except `per_page` are extensions.
#[derive(Debug, Deserialize, Default, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Parameters {
    /// Rows per page, from 1 to 100; 20 by default.
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 20, required = false)]
    per_page: Option<String>,
    /// An extension: the page number, from 1; 1 by default.
    #[param(value_type = u64, minimum = 1, maximum = 1_000_000_000_i64, default = 1, required = false)]
    page: Option<String>,
    /// An extension: the order; `newest` by default. `confidence`: lowest confidence first, rows without one last.
    /// `at_stake`: highest amount first, compared as numbers whatever the currency, rows without one last. Equal
    /// rows: newest first.
    #[param(value_type = Sort, inline, required = false)]
    sort: Option<String>,
    /// An extension: the status.
    #[param(value_type = Status, inline, required = false)]
    status: Option<String>,
    /// An extension: words. A row matches if its product contains each of the first twelve as a word or as the
    /// beginning of one. Four to ten digits, dotted or bare, also match a decided code that begins with them.
    #[param(max_length = 200, required = false)]
    q: Option<String>,
    /// An extension: the lowest confidence, in percent.
    #[param(value_type = u8, minimum = 0, maximum = 100, required = false)]
    min_confidence: Option<String>,
    /// An extension: the highest confidence, in percent.
    #[param(value_type = u8, minimum = 0, maximum = 100, required = false)]
    max_confidence: Option<String>,
    /// An extension: the chapter of the decided code: two digits.
    #[param(pattern = "^[0-9]{2}$", required = false)]
    chapter: Option<String>,
    /// An extension: the first two to ten digits of the decided code, dotted or bare.
    #[param(pattern = "^([. ]*[0-9]){2,10}[. ]*$", example = "8518.30", required = false)]
    code: Option<String>,
    /// An extension: `false` for rows whose decided code is not in the imported edition of the latest day: it has
    /// ended, ends until that day, or never was a code; `true` for rows whose decided code is in it. Without an
    /// imported edition, and while that edition is a table of the organisation's own, every code counts as being in
    /// it.
    #[param(value_type = bool, required = false)]
    in_tariff: Option<String>,
    /// An extension: `true` for rows with a verdict, `false` for rows without one.
    #[param(value_type = bool, required = false)]
    reviewed: Option<String>,
    /// An extension: the earliest time of the request (RFC 3339).
    #[param(format = DateTime, required = false)]
    from: Option<String>,
    /// An extension: the time before which the request was made (RFC 3339).
    #[param(format = DateTime, required = false)]
    to: Option<String>,
}

/// The checked query of a list.
#[derive(Debug, PartialEq)]
struct Listing {
    page: u64,
    per_page: u32,
    sort: Sort,
    filter: Filter,
}

/// The filters of a list. A row must match all of them.
#[derive(Debug, Default, PartialEq)]
struct Filter {
    status: Option<Status>,
    /// The words, in the syntax of the full-text index.
    words: Option<String>,
    /// The words as digits without dots, if they may be a code.
    words_code: Option<String>,
    min_confidence: Option<u8>,
    max_confidence: Option<u8>,
    chapter: Option<String>,
    /// Two to ten digits without dots.
    code: Option<String>,
    in_tariff: Option<bool>,
    /// The decided codes that are not in the tariff, as bare digits, for [`Self::in_tariff`].
    ended_codes: Vec<String>,
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
                    Err(ApiError::invalid(name, format!("must be {wanted}")))
                }
                number => Ok(number),
            }
        };
        let per_page = whole("per_page", self.per_page, MAX_PER_PAGE.into())?;
        Ok(Listing {
            page: whole("page", self.page, 1_000_000_000)?.unwrap_or(1),
            per_page: per_page.and_then(|number| u32::try_from(number).ok()).unwrap_or(DEFAULT_PER_PAGE),
            sort: self.sort.map_or(Ok(Sort::Newest), |text| sort(&text))?,
            filter: Filter {
                status: self.status.map(|text| status(&text)).transpose()?,
                words_code: self.q.as_deref().and_then(digits).filter(|digits| digits.len() >= 4),
                words: self.q.map(|text| words(&text)).transpose()?.flatten(),
                min_confidence: percent("min_confidence", self.min_confidence)?,
                max_confidence: percent("max_confidence", self.max_confidence)?,
                chapter: self.chapter.map(chapter).transpose()?,
                code: self.code.map(|text| code(&text)).transpose()?,
                in_tariff: parameter("in_tariff", self.in_tariff, "true or false")?,
                ended_codes: Vec::new(),
                reviewed: parameter("reviewed", self.reviewed, "true or false")?,
                from: parameter::<Timestamp>("from", self.from, TIME)?.map(Instant::from),
                to: parameter::<Timestamp>("to", self.to, TIME)?.map(Instant::from),
            },
        })
    }
}

const TIME: &str = "a time such as 2026-03-03T12:00:00+00:00";

fn sort(text: &str) -> Result<Sort, ApiError> {
    match text.parse::<Sort>().unwrap_or_else(|never| match never {}) {
        Sort::Other(_) => Err(ApiError::invalid("sort", "must be newest, confidence or at_stake")),
        known => Ok(known),
    }
}

fn status(text: &str) -> Result<Status, ApiError> {
    match text.parse::<Status>().unwrap_or_else(|never| match never {}) {
        Status::Other(_) => Err(ApiError::invalid("status", "must be pending, completed or failed")),
        known => Ok(known),
    }
}

fn percent(name: &str, text: Option<String>) -> Result<Option<u8>, ApiError> {
    let wanted = "a whole number from 0 to 100";
    match parameter::<u8>(name, text, wanted)? {
        Some(101..) => Err(ApiError::invalid(name, format!("must be {wanted}"))),
        percent => Ok(percent),
    }
}

fn chapter(text: String) -> Result<String, ApiError> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text)
    } else {
        Err(ApiError::invalid("chapter", "must be two digits"))
    }
}

fn code(text: &str) -> Result<String, ApiError> {
    digits(text).ok_or_else(|| ApiError::invalid("code", "must be two to ten digits"))
}

/// The digits of a typed code or of its beginning, two to ten; `None` for any other text.
fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let is_code = (2..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(digits)
}

/// A search in the syntax of the full-text index. `None` for a search without words, which filters nothing.
fn words(text: &str) -> Result<Option<String>, ApiError> {
    if text.chars().count() > 200 {
        return Err(ApiError::invalid("q", "must have at most 200 characters"));
    }
    Ok(search_index::query(text))
}

/// List the classifications of the organisation, newest first by default.
#[utoipa::path(
    get,
    operation_id = "list_classifications",
    path = "/v1/classifications",
    tag = "classification",
    params(Parameters),
    responses((status = 200, description = "A page of the history.", body = Page<ClassificationSummary>))
)]
async fn list(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Query(parameters): Query<Parameters>,
) -> Result<Json<Page<ClassificationSummary>>, ApiError> {
    let mut listing = parameters.check()?;
    let readers = api.database.readers();
    if listing.filter.in_tariff.is_some()
        && let Some(comparison) = newest_comparison(&api).await?
    {
        // The semaphore is never closed.
        let _turn = api.searches.acquire().await;
        let codes = codes_in_use(readers, caller.organization_id).await?;
        let ended = codes.keys().filter(|code| !is_in_newer(&comparison, **code));
        listing.filter.ended_codes = ended.map(|code| code.bare().to_owned()).collect();
    }
    let (counts, rows) = if listing.sort == Sort::Newest && listing.filter == Filter::default() {
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
    at_stake_cents: Option<i64>,
    at_stake_currency: Option<String>,
    feedback: Option<String>,
    decided_code: Option<String>,
    reviewed_at: Option<Instant>,
    completed_at: Option<Instant>,
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
            at_stake: at_stake(self.at_stake_cents, self.at_stake_currency),
            decided: decided(self.decided_code.as_deref(), self.reviewed_at, self.completed_at)?,
        })
    }
}

// The verdict is a subquery instead of a join, so that SQLite looks it up for the rows of the page only, and not for
// those of the pages before it.
const COLUMNS: &str = "SELECT id, status, product_summary, hs_code, confidence, created_at,
    at_stake_cents, at_stake_currency, decided_code, completed_at,
    (SELECT feedback.status FROM feedback WHERE classification_seq = classifications.seq) AS feedback,
    (SELECT feedback.created_at FROM feedback WHERE classification_seq = classifications.seq) AS reviewed_at
    FROM classifications ";

/// The number of rows in a list, and the credits left.
#[derive(sqlx::FromRow)]
struct Counts {
    total: i64,
    credits: i64,
}

/// A page of the whole history: a range of the organisation's numbers.
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

/// The most rows of a search that are fetched and sorted. More rows are read along the index of the order, where
/// matching ones are frequent.
const FEW: i64 = 2_000;

async fn filtered(
    readers: &SqlitePool,
    organization: i64,
    listing: &Listing,
) -> sqlx::Result<(Counts, Vec<Row>)> {
    let mut count = QueryBuilder::new("SELECT COUNT(*) FROM classifications ");
    listing.filter.push(&mut count, organization, None);
    let total: i64 = count.build_query_scalar().fetch_one(readers).await?;
    let mut page = QueryBuilder::new(COLUMNS);
    listing.push(&mut page, organization, total);
    let credits = credits::remaining(readers, organization).await?;
    let counts = Counts { total, credits: i64::try_from(credits).unwrap_or(i64::MAX) };
    Ok((counts, page.build_query_as().fetch_all(readers).await?))
}

impl Listing {
    /// Adds the conditions, order and limits of the page to a query for a list of `total` rows.
    fn push(&self, query: &mut QueryBuilder<Sqlite>, organization: i64, total: i64) {
        self.filter.push(query, organization, (total > FEW).then_some(&self.sort));
        query.push(match self.sort {
            Sort::Confidence => " ORDER BY doubt DESC, number DESC",
            Sort::AtStake => " ORDER BY at_stake_cents DESC, number DESC",
            Sort::Newest | Sort::Other(_) => " ORDER BY number DESC",
        });
        query.push(" LIMIT ").push_bind(self.per_page);
        query.push(" OFFSET ").push_bind(i64::try_from(self.offset()).unwrap_or(i64::MAX));
    }

    /// The number of rows on the pages before this one.
    fn offset(&self) -> u64 {
        (self.page - 1).saturating_mul(u64::from(self.per_page))
    }
}

impl Filter {
    /// Adds the conditions. `walked` is the order in which the list is read along an index; `None` for rows that are
    /// fetched and then sorted.
    fn push(&self, query: &mut QueryBuilder<Sqlite>, organization: i64, walked: Option<&Sort>) {
        // A plus keeps SQLite from using the index of a column. Here: from reading all rows of the organisation when
        // the full-text index finds the few with the words.
        let by_words = self.words.is_some() && self.words_code.is_none() && walked.is_none();
        query.push(if by_words { " WHERE +organization_id = " } else { " WHERE organization_id = " });
        query.push_bind(organization);
        // Here: from fetching and sorting a range of a column when the list is read along the index of another order.
        let range = |order: Sort, column: &str| match walked {
            Some(walked) if *walked != order => format!(" AND +{column} "),
            _ => format!(" AND {column} "),
        };
        if let Some(status) = &self.status {
            // One of three fixed words, written into the statement so that the partial indexes apply.
            query.push(format!(" AND status = '{status}'"));
        }
        if let Some(words) = &self.words {
            let own = format!("organization : \"{organization}\" AND {words}");
            query.push(
                " AND (seq IN (SELECT rowid FROM classification_words WHERE classification_words MATCH ",
            );
            query.push_bind(own).push(")");
            if let Some(digits) = &self.words_code {
                query.push(" OR ");
                push_code(query, digits);
            }
            query.push(")");
        }
        if let Some(percent) = self.min_confidence {
            query.push(range(Sort::Confidence, "doubt")).push("<= ").push_bind(100 - percent);
        }
        if let Some(percent) = self.max_confidence {
            query.push(range(Sort::Confidence, "doubt")).push(">= ").push_bind(100 - percent);
        }
        for digits in self.chapter.iter().chain(&self.code) {
            query.push(" AND ");
            push_code(query, digits);
        }
        if let Some(in_tariff) = self.in_tariff {
            query.push(if in_tariff { " AND decided_code NOT IN " } else { " AND decided_code IN " });
            let codes = serde_json::to_string(&self.ended_codes).unwrap_or_default();
            query.push("(SELECT value FROM json_each(").push_bind(codes).push("))");
        }
        if let Some(reviewed) = self.reviewed {
            query.push(if reviewed { " AND reviewed = 1" } else { " AND reviewed = 0" });
        }
        if let Some(from) = self.from {
            query.push(range(Sort::Newest, "created_at")).push(">= ").push_bind(from);
        }
        if let Some(to) = self.to {
            query.push(range(Sort::Newest, "created_at")).push("< ").push_bind(to);
        }
    }
}

/// Adds the condition that the decided code begins with these digits.
fn push_code(query: &mut QueryBuilder<Sqlite>, digits: &str) {
    // `:` is the character after `9`.
    query.push("(decided_code >= ").push_bind(digits.to_owned());
    query.push(" AND decided_code < ").push_bind(format!("{digits}:")).push(")");
}

#[cfg(test)]
mod tests {
    use sqlx::Row as _;

    use super::*;
    use crate::database::Database;

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
        let filter = listing("status=failed&min_confidence=70&max_confidence=80&chapter=85&reviewed=true&from=2026-03-03T12:00:00Z")
            .expect("a listing")
            .filter;
        assert_eq!((filter.status, filter.min_confidence), (Some(Status::Failed), Some(70)));
        assert_eq!(filter.max_confidence, Some(80));
        assert_eq!((filter.chapter.as_deref(), filter.reviewed), (Some("85"), Some(true)));
        assert_eq!(filter.from.map(Instant::rfc3339).as_deref(), Some("2026-03-03T12:00:00+00:00"));
        for query in [
            "status=x",
            "min_confidence=101",
            "max_confidence=-1",
            "chapter=8",
            "reviewed=yes",
            "from=yesterday",
            "to=2026",
            "sort=oldest",
            "sort=",
        ] {
            assert_eq!(listing(query), None, "{query}");
        }
    }

    #[tokio::test]
    async fn a_long_list_is_walked_and_never_sorted() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let database = Database::open(folder.path()).await.expect("a database");
        let check = async |query: &str, index: &str| {
            let mut page = QueryBuilder::new(format!("EXPLAIN QUERY PLAN {COLUMNS}"));
            listing(query).expect(query).push(&mut page, 1, 1_000_000);
            let plan = page.build().fetch_all(database.readers()).await.expect(query);
            let plan: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
            let plan = plan.join("; ");
            assert!(
                plan.contains(&format!("INDEX {index} ")) && !plan.contains("ORDER BY"),
                "{query}: {plan}"
            );
        };
        let filters = [
            "",
            "status=completed&reviewed=false",
            "status=completed&reviewed=false&max_confidence=70",
            "reviewed=true&min_confidence=20",
            "q=leather&chapter=42",
            "status=failed",
        ];
        for filter in filters {
            check(&format!("{filter}&sort=confidence"), "classifications_by_doubt").await;
            check(&format!("{filter}&sort=at_stake"), "classifications_by_stake").await;
        }
        check("sort=at_stake&from=2026-03-03T12:00:00Z", "classifications_by_stake").await;
        check("status=completed&max_confidence=70", "classifications_by_number").await;
        check("q=leather", "classifications_by_number").await;
        check("q=9617.00", "classifications_by_number").await;
        check("reviewed=true", "classifications_reviewed").await;
    }
}
