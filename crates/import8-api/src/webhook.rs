//! `PUT /v1/webhook`, the deliveries to it, and, as extensions, its state and history.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare_option;
use crate::validation::{Problem, check_receiver_address};
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{Confidence, HsCode, Status};

/// Where to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookRequest {
    /// An address of the receiver.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::ReceiverAddress))]
    pub url: String,
}

impl WebhookRequest {
    /// The rules that the types do not already enforce.
    ///
    /// # Errors
    /// The address is none.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        Problem::from_check("url", check_receiver_address(&self.url))
            .map_or(Ok(()), |problem| Err(vec![problem]))
    }
}

/// The answer to setting a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookSet {
    /// Where deliveries go.
    pub url: String,
    /// What they are signed with; answered this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<WebhookSecret>,
}

/// The key of a webhook's signatures. Its debug form does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookSecret(pub String);

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

open_enum! {
    /// What a delivery is about.
    EventType {
        /// A classification has its code.
        Completed = "classification.completed",
        /// A classification ended without one.
        Failed = "classification.failed",
    }
}

/// The body of a delivery. Its signature is over the raw bytes, so verify before parsing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEvent {
    /// What happened.
    pub event: EventType,
    /// To which classification.
    pub data: WebhookClassification,
}

/// A classification as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookClassification {
    /// Its identifier.
    pub id: String,
    /// How it ended.
    pub status: Status,
    /// Where it was asked for: `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The code, if there is one.
    #[serde(default)]
    pub hs_code: Option<WebhookCode>,
    /// How sure the classifier is.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Why this code.
    #[serde(default)]
    pub reasoning: Option<String>,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// When it was asked for (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it ended (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<String>,
}

/// A code as delivered: bare digits, where polling has dots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookCode {
    /// The HS subheading.
    #[serde(default, serialize_with = "serialize_bare_option", skip_serializing_if = "Option::is_none")]
    pub code_6: Option<HsCode>,
    /// The Combined Nomenclature code.
    #[serde(default, serialize_with = "serialize_bare_option")]
    pub code_8: Option<HsCode>,
    /// The TARIC code.
    #[serde(default, serialize_with = "serialize_bare_option")]
    pub code_10: Option<HsCode>,
    /// What the code covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
}

/// The webhook that is set, without its secret. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// Where deliveries go; `null` when no webhook is set.
    #[serde(default)]
    pub url: Option<String>,
    /// Since when (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

/// A delivery of an event, with its state and attempts. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// Its identifier; sent along as `X-Import8-Delivery`.
    pub id: String,
    /// What it is about.
    pub event: EventType,
    /// The classification that ended.
    pub classification_id: String,
    /// How far it is.
    pub state: DeliveryState,
    /// When the classification ended (RFC 3339).
    pub created_at: String,
    /// When it is tried again (RFC 3339), while it is waiting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// How often it was tried.
    pub attempt_count: u64,
    /// The last attempts, oldest first.
    #[serde(default, deserialize_with = "null_as_default")]
    pub attempts: Vec<DeliveryAttempt>,
}

open_enum! {
    /// How far a delivery is.
    DeliveryState {
        /// Not yet taken; it will be tried, or tried again.
        Waiting = "waiting",
        /// The receiver answered with a status of 200 to 299.
        Delivered = "delivered",
        /// Given up after a day, or because the webhook was removed.
        Abandoned = "abandoned",
    }
}

/// One attempt at a delivery. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryAttempt {
    /// From 1.
    pub number: u64,
    /// When (RFC 3339).
    pub attempted_at: String,
    /// To which address.
    pub url: String,
    /// The status that the receiver answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there is no status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How long it took, in milliseconds.
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
