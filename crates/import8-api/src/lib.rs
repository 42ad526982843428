//! The Import8 REST contract: the wire types, their rules, and the arithmetic of duties and landed costs.
//!
//! The crate is pure: no I/O, no clock, no randomness. The dashboard and the server both use these types, so each can
//! read what the other writes.
//!
//! Three invariants hold for every type:
//! - **Numbers are exact.** Amounts go from the JSON text to a [`rust_decimal::Decimal`] and back without passing
//!   through a binary float. A number that cannot be held exactly is an error.
//! - **Readers are tolerant.** Fields that the documentation does not call required may be missing or `null`. Unknown
//!   statuses are kept unchanged; unknown fields are kept in the text of a [`Document`].
//! - **Errors name the field.** [`decode`] reports a path such as `data.landed_cost.vat.rate`.

mod account;
mod api_key;
mod batch;
mod classification;
mod classify;
mod code_check;
mod code_measures;
mod country;
mod currency;
mod decided;
mod decode;
mod duty;
mod duty_expression;
mod envelope;
mod exchange_rate;
mod feedback;
mod flat_duty;
mod hs_code;
mod landed_cost;
mod limits;
mod margin;
mod measures;
mod money;
mod nomenclature;
mod rate;
mod rate_limit;
#[cfg(feature = "openapi")]
pub mod schema;
mod search;
mod status;
mod tariff_changes;
mod validation;
mod webhook;
mod wire;

pub use account::{
    Account, Credits, DayUsage, Extension, Health, KeyLimits, Organization, Period, Plan, PlanUsage,
    UsageReport,
};
pub use api_key::{KeyInfo, KeyMade, KeyRequest, KeySecret};
pub use batch::{BatchAccepted, BatchItem, BatchRequest, BatchResult, BatchStatus};
pub use classification::{
    AiUsage, AlternativeCode, AtStake, Classification, ClassificationSummary, CodeChoice, CodeDetail,
    Confidence, ConfidenceError, DecidedCosts, DecisionStep, Image, Level, Sort,
};
pub use classify::{Accepted, ClassifyRequest, Images, Quantity, QuantityError};
pub use code_check::{Agreement, CheckedCode, CodeCheckRequest, CodeInUse, CodeOpinion, CodeStanding};
pub use code_measures::{CodeMeasure, CodeMeasures, Coded, DutyChange, MeasureCondition, MeasureKind};
pub use country::{COUNTRIES, Country, CountryError};
pub use currency::{Currency, CurrencyError};
pub use decided::{DecidedBy, DecidedCode};
pub use decode::{DecodeError, Document, decode};
pub use duty::{
    AntiDumpingMeasure, Charge, Due, Duty, DutyRate, DutyRates, DutyType, FlatDuty, LandedCost,
    LandedCostRequest, Preference,
};
pub use duty_expression::{Bound, DutyExpression, DutyExpressionError, DutyTerm, DutyUnit, Unknown};
pub use envelope::{CreditUsage, Done, Envelope, ErrorBody, ErrorCode, Page, PageMeta, Removed};
pub use exchange_rate::ExchangeRate;
pub use feedback::{Calibration, CalibrationBand, Feedback, FeedbackStatus, Reviewed, Verdict};
pub use hs_code::{HsCode, HsCodeError};
pub use landed_cost::{
    AnsweredRates, AppliedRates, Consignment, CostPart, Difference, Discrepancy, LandedCostError, Recomputed,
    landed_cost_at,
};
pub use limits::{
    MAX_BATCH_ITEMS, MAX_CODE_CHECKS, MAX_DESCRIPTION_CHARS, MAX_IMAGES, MAX_KEY_NAME_CHARS, MAX_PER_PAGE,
    MAX_SCHEME_CHARS,
};
pub use margin::{Margin, margin};
pub use measures::{Measure, Measures};
pub use money::{Money, MoneyError};
pub use nomenclature::{NomenclatureEntry, NomenclatureRow};
pub use rate::{Rate, RateError};
pub use rate_limit::RateLimit;
pub use search::{MAX_SEARCH_WORDS, fold, is_accent, search_words};
pub use status::Status;
pub use tariff_changes::{
    ChangeKind, ChangedMeasure, CodeInUseChange, DutyDifference, FollowingCode, TariffChanges, TariffEdition,
    TariffEditions,
};
pub use validation::{Fault, Problem};
pub use webhook::{
    Delivery, DeliveryAttempt, DeliveryState, EventType, Webhook, WebhookClassification, WebhookCode,
    WebhookEvent, WebhookRequest, WebhookSecret, WebhookSet,
};
