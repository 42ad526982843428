//! Wire types of `GET /health`, `GET /v1/me` and `GET /v1/usage`.

use crate::wire::{json_object, null_as_default, open_enum};
use serde::{Deserialize, Serialize};

/// The answer to `GET /health`, which needs no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `operational`, or another word for a fault. The documentation names `operational` only.
    pub status: String,
}

impl Health {
    /// Whether the service reports that it works.
    #[must_use]
    pub fn is_operational(&self) -> bool {
        self.status == "operational"
    }
}

/// The answer to `GET /v1/me`: the organisation of the key, its credits and its limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The organisation that owns the key.
    pub organization: Organization,
    /// Prepaid credits. They are independent of the plan's allowance in [`UsageReport`].
    pub credits: Credits,
    /// The limits of the key.
    pub limits: KeyLimits,
    /// An extension: the features of the server beyond the documentation, each by its word in [`Extension`]. Absent
    /// from a server without extensions.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
}

open_enum! {
    /// A feature of a server beyond the vendor's documentation.
    Extension {
        /// The parameter `page` of the history.
        Page = "page",
        /// The parameters `status`, `q`, `min_confidence`, `chapter`, `reviewed`, `from` and `to` of the history.
        Filters = "filters",
        /// A classification with its request, its pictures and its verdict.
        Input = "input",
        /// A classification with `code_10` and `code_10_candidates`.
        Code10 = "code_10",
        /// The fields `measures` and `preference` of a landed-cost request.
        Measures = "measures",
        /// `GET /v1/nomenclature`.
        Nomenclature = "nomenclature",
        /// `/v1/api-keys`.
        ApiKeys = "api_keys",
        /// `GET /v1/webhook` and its deliveries.
        Webhook = "webhook",
        /// The header `Idempotency-Key` of every `POST`.
        IdempotencyKey = "idempotency_key",
        /// `duty` of a code; `duty` and `landed_cost` of an alternative; `at_stake`; the parameters `sort` and
        /// `max_confidence` of the history; `GET /v1/calibration`.
        Review = "review",
        /// The parameter `results` of a batch.
        BatchResults = "batch_results",
        /// `decided` of a classification, a history row and a batch item; `decided_costs` of a classification; the
        /// parameter `code` of the history, and a `q` that is a code.
        Decided = "decided",
        /// The parameter `days` of the usage.
        UsageDays = "usage_days",
        /// `POST /v1/code-checks`.
        CodeChecks = "code_checks",
        /// `GET /v1/measures/{hs_code}`, and the parameter `on` of it and of the duty rates.
        CodeMeasures = "code_measures",
        /// `GET /v1/tariff` and `GET /v1/tariff/changes`; the parameter `in_tariff` of the history.
        TariffChanges = "tariff_changes",
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// An extension: its identifier, which is unique and never changes. Absent from servers without this extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its contact address.
    #[serde(default)]
    pub email: Option<String>,
    /// Its country, in the server's notation; the documentation shows an ISO 3166-1 alpha-2 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Prepaid credits, summed over all active balances. A classification costs one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credits {
    /// Credits left.
    pub remaining: u64,
    /// Credits bought so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_purchased: Option<u64>,
    /// Credits spent so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_used: Option<u64>,
    /// When the first balance with credits expires (RFC 3339).
    #[serde(default)]
    pub earliest_expiry: Option<String>,
}

/// The limits of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyLimits {
    /// Requests per minute.
    pub rate_limit_per_minute: u32,
    /// The most keys that the organisation may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_api_keys: Option<u32>,
}

/// The answer to `GET /v1/usage`: the plan and its use in the current billing period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageReport {
    /// The plan.
    pub plan: Plan,
    /// Classifications in the period, and the limit of the plan.
    pub classifications: PlanUsage,
    /// The billing period.
    pub period: Period,
    /// An extension: the days (UTC) with at least one classification, in order, if they were requested. Their sum is
    /// [`PlanUsage::current`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Vec<DayUsage>>,
}

/// The classifications of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayUsage {
    /// The day in UTC, such as `2026-03-03`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub date: String,
    /// Classifications requested on this day, except those that failed.
    pub classifications: u64,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Its identifier.
    pub name: String,
    /// Its name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// The use of a plan in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanUsage {
    /// Classifications made so far.
    pub current: u64,
    /// The limit of the plan; absent or `null` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Classifications left under the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// `current` in percent of `limit`, **rounded down**: 42 of 500 is 8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percentage: Option<u64>,
}

impl PlanUsage {
    /// The use of a plan with a limit, with `remaining` and `percentage` computed.
    #[must_use]
    pub fn new(current: u64, limit: u64) -> Self {
        Self {
            current,
            limit: Some(limit),
            remaining: Some(limit.saturating_sub(current)),
            percentage: Some(current.saturating_mul(100).checked_div(limit).unwrap_or(100)),
        }
    }
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Period {
    /// The year, with four digits.
    pub year: i32,
    /// The month, from 1 to 12.
    pub month: u8,
}

json_object!(
    Health,
    Account,
    Organization,
    Credits,
    KeyLimits,
    UsageReport,
    DayUsage,
    Plan,
    PlanUsage,
    Period
);
