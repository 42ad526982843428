//! Wire types of `POST /v1/classify/batch` and `GET /v1/classify/batch/{batch_id}`.

use serde::{Deserialize, Serialize};

use crate::limits::MAX_BATCH_ITEMS;
use crate::validation::{Fault, Problem};
use crate::wire::{at_most, json_object};
use crate::{
    Classification, ClassifyRequest, CodeDetail, Confidence, DecidedCode, HsCode, LandedCost, Status,
};

/// A request to classify several products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchRequest {
    /// The products: 1 to 100, by the documentation.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::Product>, min_items = 1, max_items = 100))]
    #[serde(deserialize_with = "at_most::<MAX_BATCH_ITEMS, _, _>")]
    pub items: Vec<ClassifyRequest>,
}

impl BatchRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule, such as `items[3].description`.
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

/// The answer (202) to an accepted batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAccepted {
    /// The identifier of the batch.
    pub batch_id: String,
    /// The number of accepted items.
    pub total: u64,
    /// The identifiers of the classifications, in the order of the items.
    pub classification_ids: Vec<String>,
}

/// The answer to `GET /v1/classify/batch/{batch_id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchStatus {
    /// The identifier of the batch.
    pub batch_id: String,
    /// The number of items.
    pub total: u64,
    /// The number of items with a code.
    pub completed: u64,
    /// The number of items still pending.
    pub pending: u64,
    /// The number of items that ended without a code.
    pub failed: u64,
    /// The items, in the order of the request.
    pub classifications: Vec<BatchItem>,
}

/// One classification of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchItem {
    /// The identifier of the classification.
    pub id: String,
    /// Its status.
    pub status: Status,
    /// Its code, of six or eight digits; `null` until there is one.
    #[serde(default)]
    pub hs_code: Option<HsCode>,
    /// An extension: the decided code of the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// An extension: the result, if it was requested and the classification has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<BatchResult>,
}

/// The result of a batch item. An extension: without it, each classification takes a request.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchResult {
    /// The code at each known depth, with its description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs_code: Option<CodeDetail>,
    /// The confidence in percent, from 0 to 100. Absent does not mean 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The reasons for the code; for a failed item, why it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// The landed cost under the code.
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
