//! The routes of the API, one module per group of endpoints.

mod account;
mod api_keys;
mod calibration;
mod classifications;
mod classify;
mod code_checks;
mod columns;
mod duty;
mod envelope;
mod extract;
mod history;
mod measures;
mod nomenclature;
mod tariff;
mod webhook;

use utoipa_axum::router::OpenApiRouter;

use crate::state::Api;

/// The router of all endpoints, with their OpenAPI description.
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .merge(account::router())
        .merge(classify::router())
        .merge(classifications::router())
        .merge(history::router())
        .merge(calibration::router())
        .merge(duty::router())
        .merge(measures::router())
        .merge(nomenclature::router())
        .merge(tariff::router())
        .merge(code_checks::router())
        .merge(webhook::router())
        .merge(api_keys::router())
}
