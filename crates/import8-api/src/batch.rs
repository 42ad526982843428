//! `POST /v1/classify/batch` and `GET /v1/classify/batch/{batch_id}`.

use serde::{Deserialize, Serialize};

use crate::limits::MAX_BATCH_ITEMS;
use crate::validation::{Fault, Problem};
use crate::wire::{at_most, json_object};
use crate::{
    Classification, ClassifyRequest, CodeDetail, Confidence, DecidedCode, HsCode, LandedCost, Status,
};

/// Products to classify in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchRequest {
    /// 1 to [`MAX_BATCH_ITEMS`] of them.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::Product>, min_items = 1, max_items = 100))]
    #[serde(deserialize_with = "at_most::<MAX_BATCH_ITEMS, _, _>")]
    pub items: Vec<ClassifyRequest>,
}

impl BatchRequest {
    /// The rules that the types do not already enforce.
    ///
    /// # Errors
    /// Every field that breaks one, as `items[3].description`.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let fault = match self.items.len() {
            0 => Some(Fault::Missing),
            1..=MAX_BATCH_ITEMS => None,
            _ => Some(Fault::TooMany { max: MAX_BATCH_ITEMS }),
        };
        if let Some(fault) = fault {
            return Err(vec![Problem { field: "items".to_owned(), fault }]);
        }
        let problems: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| Some((i, item.validate().err()?)))
            .flat_map(|(i, problems)| {
                problems.into_iter().map(move |problem| problem.within(&format!("items[{i}]")))
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// The 202 to a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAccepted {
    /// The batch's identifier.
    pub batch_id: String,
    /// The number of accepted items.
    pub total: u64,
    /// Their classifications, in the order of the items.
    pub classification_ids: Vec<String>,
}

/// `GET /v1/classify/batch/{batch_id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchStatus {
    /// The batch's identifier.
    pub batch_id: String,
    /// How many items it has.
    pub total: u64,
    /// How many of them have a code.
    pub completed: u64,
    /// How many are still at work.
    pub pending: u64,
    /// How many failed.
    pub failed: u64,
    /// Each of them, in the order of the items.
    pub classifications: Vec<BatchItem>,
}

/// One classification of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchItem {
    /// The classification's identifier.
    pub id: String,
    /// How far it is.
    pub status: Status,
    /// Its code; `null` until there is one.
    #[serde(default)]
    pub hs_code: Option<HsCode>,
    /// An extension: the code that counts for the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// An extension: the result, when it was asked for and there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<BatchResult>,
}

/// The result of an item of a batch. An extension: without it, each classification is asked for by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchResult {
    /// The code at each depth that is known, and what it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs_code: Option<CodeDetail>,
    /// How sure the classifier is; absent is not 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why this code; for a failed one, why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// What importing it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
}

impl From<Classification> for BatchResult {
    fn from(classification: Classification) -> Self {
        let Classification { hs_code, confidence, reasoning, landed_cost, .. } = classification;
        Self { hs_code, confidence, reasoning, landed_cost }
    }
}

json_object!(BatchRequest, BatchAccepted, BatchStatus, BatchItem, BatchResult);
