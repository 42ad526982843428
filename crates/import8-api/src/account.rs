//! `GET /health`, `GET /v1/me` and `GET /v1/usage`.

use crate::wire::{json_object, null_as_default, open_enum};
use serde::{Deserialize, Serialize};

/// `GET /health`, which needs no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `operational`, or a word that says what is wrong.
    pub status: String,
}

impl Health {
    /// Whether the service says that it works.
    #[must_use]
    pub fn is_operational(&self) -> bool {
        self.status == "operational"
    }
}

/// `GET /v1/me`: whose key this is and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The key's owner.
    pub organization: Organization,
    /// Prepaid credits; not the same thing as the plan's allowance in [`UsageReport`].
    pub credits: Credits,
    /// What the key may do.
    pub limits: KeyLimits,
    /// An extension: what the server does beyond the documentation, each by the word it is known
    /// by (see [`Extension`]). Absent from a server that has none.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
}

open_enum! {
    /// Something that a server does beyond the vendor's documentation.
    Extension {
        /// `page` on the history.
        Page = "page",
        /// `status`, `q`, `min_confidence`, `chapter`, `reviewed`, `from` and `to` on the history.
        Filters = "filters",
        /// The request, its pictures and the verdict on a result, and the pictures themselves.
        Input = "input",
        /// `code_10` and its candidates on a result.
        Code10 = "code_10",
        /// `measures` and `preference` on a landed cost.
        Measures = "measures",
        /// `GET /v1/nomenclature`.
        Nomenclature = "nomenclature",
        /// `/v1/api-keys`.
        ApiKeys = "api_keys",
        /// `GET /v1/webhook` and its deliveries.
        Webhook = "webhook",
        /// `Idempotency-Key` on every `POST`.
        IdempotencyKey = "idempotency_key",
        /// `duty` on a code, `duty` and `landed_cost` on an alternative, `at_stake`; `sort` and
        /// `max_confidence` on the history; `GET /v1/calibration`.
        Review = "review",
        /// `results` on the state of a batch.
        BatchResults = "batch_results",
        /// `decided` on a result, a row of the history and an item of a batch, `decided_costs` on a result;
        /// `code` on the history, and `q` that is one.
        Decided = "decided",
        /// `days` on the usage.
        UsageDays = "usage_days",
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// An extension: its identifier, which is unique and never changes, whatever its name. Absent from servers without
    /// this extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its contact address.
    #[serde(default)]
    pub email: Option<String>,
    /// Its country, as the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Prepaid credits, summed over all active balances. One classification takes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credits {
    /// Left to spend.
    pub remaining: u64,
    /// Ever bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_purchased: Option<u64>,
    /// Ever spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_used: Option<u64>,
    /// When the first balance that still has credits expires (RFC 3339).
    #[serde(default)]
    pub earliest_expiry: Option<String>,
}

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyLimits {
    /// Requests a minute.
    pub rate_limit_per_minute: u32,
    /// How many keys the organisation may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_api_keys: Option<u32>,
}

/// `GET /v1/usage`: the plan's allowance in the billing period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageReport {
    /// The plan.
    pub plan: Plan,
    /// Classifications made of those it allows.
    pub classifications: PlanUsage,
    /// The period counted.
    pub period: Period,
    /// An extension: the days of the period on which classifications were made, in their order, when they
    /// were asked for. Together they are [`PlanUsage::current`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Vec<DayUsage>>,
}

/// Classifications made on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayUsage {
    /// The day (UTC): `2026-03-03`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub date: String,
    /// Made on it, without those that failed.
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

/// Classifications made in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanUsage {
    /// Made so far.
    pub current: u64,
    /// Allowed; absent or `null` when the plan has no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Left of the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// `current` of `limit`, **floored**: 42 of 500 is 8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percentage: Option<u64>,
}

impl PlanUsage {
    /// The figures as the API gives them for `current` classifications of `limit`.
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
    /// The year, in full.
    pub year: i32,
    /// 1 to 12.
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
