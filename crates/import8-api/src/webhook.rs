//! `PUT /v1/webhook`, and what is delivered to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare_option;
use crate::wire::{json_object, open_enum};
use crate::{Confidence, HsCode, Status};

/// Where to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WebhookRequest {
    /// An address of the receiver.
    pub url: String,
}

/// The answer to setting a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
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
pub struct WebhookEvent {
    /// What happened.
    pub event: EventType,
    /// To which classification.
    pub data: WebhookClassification,
}

/// A classification as delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct WebhookClassification {
    /// Its identifier.
    pub id: String,
    /// How it ended.
    pub status: Status,
    /// Where it was asked for: `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The code, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hs_code: Option<WebhookCode>,
    /// How sure the classifier is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// The product, in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
pub struct WebhookCode {
    /// The HS subheading.
    #[serde(default, serialize_with = "serialize_bare_option", skip_serializing_if = "Option::is_none")]
    pub code_6: Option<HsCode>,
    /// The Combined Nomenclature code.
    #[serde(default, serialize_with = "serialize_bare_option", skip_serializing_if = "Option::is_none")]
    pub code_8: Option<HsCode>,
    /// The TARIC code.
    #[serde(default, serialize_with = "serialize_bare_option", skip_serializing_if = "Option::is_none")]
    pub code_10: Option<HsCode>,
    /// What the code covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
}

json_object!(WebhookRequest, WebhookSet, WebhookEvent, WebhookClassification, WebhookCode);
