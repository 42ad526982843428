//! The Import8 REST contract as types: what goes over the wire, and the rules that hold for it.
//!
//! Everything here is pure: no I/O, no clock, no randomness. The dashboard and the server both
//! build on it, so an answer that one writes is by construction an answer that the other reads.
//!
//! Three promises hold for every type:
//! - **Numbers are exact.** Amounts go from the JSON text to a [`rust_decimal::Decimal`] and back
//!   without passing through a binary float; what cannot be held exactly is an error.
//! - **Readers are tolerant.** Fields the documentation does not call required may be missing or
//!   `null`, unknown statuses survive as they came, and unknown fields in the text of a [`Document`].
//! - **Errors name the field.** [`decode`] answers with a path such as `data.landed_cost.vat.rate`.

mod account;
mod api_key;
mod classification;
mod classify;
mod country;
mod currency;
mod decided;
mod decode;
mod duty;
mod duty_expression;
mod envelope;
mod feedback;
mod hs_code;
mod landed_cost;
mod margin;
mod measures;
mod money;
mod nomenclature;
mod rate;
mod rate_limit;
#[cfg(feature = "openapi")]
pub mod schema;
mod validation;
mod webhook;
mod wire;

pub use account::{
    Account, Credits, DayUsage, Extension, Health, KeyLimits, Organization, Period, Plan, PlanUsage,
    UsageReport,
};
pub use api_key::{KeyInfo, KeyMade, KeyRequest, KeySecret, MAX_KEY_NAME_CHARS};
pub use classification::{
    AiUsage, AlternativeCode, AtStake, Classification, ClassificationSummary, CodeChoice, CodeDetail,
    Confidence, ConfidenceError, DecidedCosts, DecisionStep, Image, Level, Sort, Status,
};
pub use classify::{
    Accepted, BatchAccepted, BatchItem, BatchRequest, BatchResult, BatchStatus, ClassifyRequest, Images,
    MAX_BATCH_ITEMS, MAX_DESCRIPTION_CHARS, MAX_IMAGES, Quantity, QuantityError,
};
pub use country::{COUNTRIES, Country, CountryError};
pub use currency::{Currency, CurrencyError};
pub use decided::{DecidedBy, DecidedCode};
pub use decode::{DecodeError, Document, decode};
pub use duty::{
    AntiDumpingMeasure, Charge, Due, Duty, DutyRate, DutyRates, DutyType, LandedCost, LandedCostRequest,
    Preference,
};
pub use duty_expression::{Bound, DutyExpression, DutyExpressionError, DutyTerm, DutyUnit, Unknown};
pub use envelope::{
    CreditUsage, Done, Envelope, ErrorBody, ErrorCode, MAX_PER_PAGE, Page, PageMeta, Removed,
};
pub use feedback::{Calibration, CalibrationBand, Feedback, FeedbackStatus, Reviewed, Verdict};
pub use hs_code::{HsCode, HsCodeError};
pub use landed_cost::{
    AnsweredRates, AppliedRates, Consignment, CostPart, Difference, Discrepancy, LandedCostError, Recomputed,
    landed_cost,
};
pub use margin::{Margin, margin};
pub use measures::{Measure, Measures};
pub use money::{Money, MoneyError};
pub use nomenclature::{NomenclatureEntry, NomenclatureRow};
pub use rate::{Rate, RateError};
pub use rate_limit::RateLimit;
pub use validation::{Fault, Problem};
pub use webhook::{
    Delivery, DeliveryAttempt, DeliveryState, EventType, Webhook, WebhookClassification, WebhookCode,
    WebhookEvent, WebhookRequest, WebhookSecret, WebhookSet,
};
