//! Route of `GET /v1/calibration`: the share of right codes by confidence, from the verdicts of the organisation's
//! reviewers. An extension.

use axum::Json;
use axum::extract::State;
use import8_api::{Calibration, CalibrationBand, Envelope};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::Authenticated;
use crate::error::ApiError;
use crate::state::Api;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(calibration))
}

#[derive(sqlx::FromRow)]
struct Row {
    min: u8,
    reviewed: i64,
    right: i64,
}

/// The share of right codes by confidence. An extension.
#[utoipa::path(
    get,
    path = "/v1/calibration",
    tag = "extensions",
    responses((status = 200, description = "The bands with at least one verdict.", body = Envelope<Calibration>))
)]
async fn calibration(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Envelope<Calibration>>, ApiError> {
    // It reads everything that was ever reviewed, like a search. The semaphore is never closed.
    let _turn = api.searches.acquire().await;
    let rows: Vec<Row> = sqlx::query_as(
        // A verdict that only adds digits to a subheading confirms it.
        "SELECT MIN(confidence / 10, 9) * 10 AS min, COUNT(*) AS reviewed,
            COUNT(*) FILTER (
                WHERE feedback.status = 'confirmed' OR substr(corrected_code, 1, 6) = substr(hs_code, 1, 6)
            ) AS right
         FROM classifications JOIN feedback ON classification_seq = classifications.seq
         WHERE organization_id = $1 AND classifications.reviewed = 1 AND confidence IS NOT NULL
         GROUP BY 1 ORDER BY 1",
    )
    .bind(caller.organization_id)
    .fetch_all(api.database.readers())
    .await?;
    let band = |row: Row| CalibrationBand {
        min: row.min,
        reviewed: row.reviewed.unsigned_abs(),
        right: row.right.unsigned_abs(),
    };
    Ok(Json(without_usage(Calibration { bands: rows.into_iter().map(band).collect() })))
}
