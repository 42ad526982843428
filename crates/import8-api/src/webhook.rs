//! Wire types of `PUT /v1/webhook` and of its deliveries, and, as extensions, of its state and history.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare_option;
use crate::validation::{Problem, check_receiver_address};
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{Confidence, HsCode, Status};

/// A request to set the webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookRequest {
    /// The address of the receiver: `http` or `https`, at most 2,000 characters.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::ReceiverAddress))]
    pub url: String,
}

impl WebhookRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// The problem of the address.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        Problem::from_check("url", check_receiver_address(&self.url))
            .map_or(Ok(()), |problem| Err(vec![problem]))
    }
}

/// The answer to setting the webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookSet {
    /// The address of the receiver.
    pub url: String,
    /// The secret of the signatures. No other answer contains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<WebhookSecret>,
}

/// The secret of a webhook's signatures. Its debug form hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookSecret(pub String);

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

open_enum! {
    /// The event of a delivery.
    EventType {
        /// A classification ended with a code.
        Completed = "classification.completed",
        /// A classification ended without a code.
        Failed = "classification.failed",
    }
}

/// The body of a delivery. Its signature covers the raw bytes, so verify them before parsing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEvent {
    /// The event.
    pub event: EventType,
    /// The classification that ended.
    pub data: WebhookClassification,
}

/// The classification in a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookClassification {
    /// Its identifier.
    pub id: String,
    /// Its status: `completed` or `failed`.
    pub status: Status,
    /// The channel of the request: `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The classifier's code; absent if it failed.
    #[serde(default)]
    pub hs_code: Option<WebhookCode>,
    /// The confidence in percent, from 0 to 100. Absent does not mean 0.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// The reasons for the code; for a failed classification, why it has none.
    #[serde(default)]
    pub reasoning: Option<String>,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// When it was requested (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it ended (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<String>,
}

/// The code in a delivery: digits without dots, unlike polled answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookCode {
    /// The HS subheading: six digits.
    #[serde(default, serialize_with = "serialize_bare_option", skip_serializing_if = "Option::is_none")]
    pub code_6: Option<HsCode>,
    /// The CN code: eight digits.
    #[serde(default, serialize_with = "serialize_bare_option")]
    pub code_8: Option<HsCode>,
    /// The TARIC code: ten digits.
    #[serde(default, serialize_with = "serialize_bare_option")]
    pub code_10: Option<HsCode>,
    /// The goods that the code covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The chapter: two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
}

/// The current webhook without its secret. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// The address of the receiver; `null` if no webhook is set.
    #[serde(default)]
    pub url: Option<String>,
    /// When it was set (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

/// A delivery of an event, with its state and attempts. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// Its identifier, also sent in the header `X-Import8-Delivery`.
    pub id: String,
    /// The event.
    pub event: EventType,
    /// The classification that ended.
    pub classification_id: String,
    /// Its state.
    pub state: DeliveryState,
    /// When the classification ended (RFC 3339).
    pub created_at: String,
    /// When it is attempted again (RFC 3339), while it is waiting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// The number of attempts.
    pub attempt_count: u64,
    /// The latest attempts, oldest first.
    #[serde(default, deserialize_with = "null_as_default")]
    pub attempts: Vec<DeliveryAttempt>,
}

open_enum! {
    /// The state of a delivery.
    DeliveryState {
        /// Not delivered yet; another attempt follows.
        Waiting = "waiting",
        /// The receiver answered with a status from 200 to 299.
        Delivered = "delivered",
        /// Abandoned after a day, or because the webhook was removed.
        Abandoned = "abandoned",
    }
}

/// One attempt at a delivery. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryAttempt {
    /// The number of the attempt, from 1.
    pub number: u64,
    /// When it was made (RFC 3339).
    pub attempted_at: String,
    /// The address that it was sent to.
    pub url: String,
    /// The status of the receiver's answer; absent if there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no answer, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Its duration in milliseconds.
    pub milliseconds: u64,
}

json_object!(
    WebhookRequest,
    WebhookSet,
    WebhookEvent,
    WebhookClassification,
    WebhookCode,
    Webhook,
    Delivery,
    DeliveryAttempt
);
