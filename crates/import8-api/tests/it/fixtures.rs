//! Fixtures: a file per documented shape, with the documented figures, and per shape of an extension, each with the
//! type that reads it.

use import8_api::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A documented shape: its JSON text, and the type that reads it.
pub(crate) struct Fixture {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    /// Reads a text as the type of the shape and writes it again.
    pub(crate) rewrite: fn(&str) -> Result<Value, DecodeError>,
}

fn rewrite<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, DecodeError> {
    let value: T = decode(text)?;
    Ok(serde_json::to_value(value).expect("every wire type can be written"))
}

macro_rules! fixture {
    ($name:literal, $type:ty) => {
        Fixture {
            name: $name,
            text: include_str!(concat!("../fixtures/", $name, ".json")),
            rewrite: rewrite::<$type>,
        }
    };
}

pub(crate) const ALL: [Fixture; 36] = [
    fixture!("health", Envelope<Health>),
    fixture!("me", Envelope<Account>),
    fixture!("usage", Envelope<UsageReport>),
    fixture!("classify_request", ClassifyRequest),
    fixture!("classify_accepted", Envelope<Accepted>),
    fixture!("classification_completed", Envelope<Classification>),
    fixture!("classification_pending", Envelope<Classification>),
    fixture!("classifications", Page<ClassificationSummary>),
    fixture!("batch_request", BatchRequest),
    fixture!("batch_accepted", Envelope<BatchAccepted>),
    fixture!("batch_status", Envelope<BatchStatus>),
    fixture!("feedback_confirmed", Feedback),
    fixture!("feedback_corrected", Feedback),
    fixture!("duty_rates", Envelope<DutyRates>),
    fixture!("landed_cost_request", LandedCostRequest),
    fixture!("landed_cost", Envelope<LandedCost>),
    fixture!("webhook_request", WebhookRequest),
    fixture!("webhook_set", Envelope<WebhookSet>),
    fixture!("webhook_event", WebhookEvent),
    fixture!("error", ErrorBody),
    fixture!("extension_me", Envelope<Account>),
    fixture!("extension_usage", Envelope<UsageReport>),
    fixture!("extension_classification", Envelope<Classification>),
    fixture!("extension_alternatives", Envelope<Classification>),
    fixture!("extension_classifications", Page<ClassificationSummary>),
    fixture!("extension_duty_rates", Envelope<DutyRates>),
    fixture!("extension_landed_cost_request", LandedCostRequest),
    fixture!("extension_landed_cost", Envelope<LandedCost>),
    fixture!("extension_error", ErrorBody),
    fixture!("extension_reviewed", Envelope<Reviewed>),
    fixture!("extension_calibration", Envelope<Calibration>),
    fixture!("extension_api_keys", Envelope<Vec<KeyInfo>>),
    fixture!("extension_key_made", Envelope<KeyMade>),
    fixture!("extension_webhook", Envelope<Webhook>),
    fixture!("extension_deliveries", Envelope<Vec<Delivery>>),
    fixture!("extension_nomenclature", Envelope<NomenclatureEntry>),
];

/// The JSON value of a shape, with numbers as text.
pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("a fixture is JSON")
}

/// A value without `null` and empty lists. Some of our fields write these, and reading treats them as absent.
pub(crate) fn stated(value: Value) -> Value {
    let says_something = |value: &Value| !value.is_null() && *value != Value::Array(Vec::new());
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, stated(value)));
            fields.filter(|(_, value)| says_something(value)).collect()
        }
        Value::Array(items) => items.into_iter().map(stated).collect(),
        other => other,
    }
}
