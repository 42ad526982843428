//! Wire types of `GET /v1/classifications/{id}` and `GET /v1/classifications`.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wire::{json_object, null_as_default, open_enum};
use crate::{
    ClassifyRequest, DecidedCode, DutyRate, FeedbackStatus, HsCode, LandedCost, Money, Status, Verdict,
};

open_enum! {
    /// A level of the nomenclature.
    Level {
        /// A section: a Roman numeral from I to XXI.
        Section = "section",
        /// A chapter: two digits.
        Chapter = "chapter",
        /// A heading: four digits.
        Heading = "heading",
        /// A subheading of the Harmonized System: six digits.
        Subheading = "subheading",
        /// A code of the Combined Nomenclature: eight digits.
        CnCode = "cn_code",
        /// A TARIC code: ten digits.
        TaricCode = "taric_code",
    }
}

/// A classification with all its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Classification {
    /// Its identifier.
    pub id: String,
    /// Its status. The fields from `hs_code` on may be absent until it is `completed`.
    pub status: Status,
    /// The channel of the request: `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When it was requested (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The classifier's code.
    #[serde(default)]
    pub hs_code: Option<CodeDetail>,
    /// The confidence in percent, from 0 to 100. Absent does not mean 0.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// The reasons for the code; for a failed classification, why it has none.
    #[serde(default)]
    pub reasoning: Option<String>,
    /// The path through the nomenclature to the code, from the section.
    #[serde(default, deserialize_with = "null_as_default")]
    pub decision_tree: Vec<DecisionStep>,
    /// Other codes that were considered.
    #[serde(default, deserialize_with = "null_as_default")]
    pub alternative_codes: Vec<AlternativeCode>,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// The use of a language model; [`AiUsage::NONE`] if none was used.
    #[serde(default)]
    pub ai_usage: Option<AiUsage>,
    /// When it ended (RFC 3339).
    #[serde(default)]
    pub completed_at: Option<String>,
    /// The landed cost under the classifier's code, if a goods value was given and the rates are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
    /// An extension: why there is no landed cost although a goods value was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost_unavailable: Option<String>,
    /// An extension: what a wrong code would cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_stake: Option<AtStake>,
    /// An extension: the request, without pictures sent as data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<ClassifyRequest>,
    /// An extension: the pictures that the request contained as data, in their order.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// An extension: the identifier of the batch that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    /// An extension: the reviewer's verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Verdict>,
    /// An extension: the decided code of the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// An extension: the costs under the decided code, if a person decided on another one than the classifier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_costs: Option<DecidedCosts>,
}

/// The duty and the landed cost of a product under one code. An extension if a person decided on the code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedCosts {
    /// The MFN duty, if it is known and the same for all declarable codes under the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
    /// The landed cost, if a goods value was given and the rates are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
    /// Why there is no landed cost although a goods value was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost_unavailable: Option<String>,
}

impl Classification {
    /// The costs under the classifier's code, from the fields of the answer.
    #[must_use]
    pub fn answered_costs(&self) -> DecidedCosts {
        DecidedCosts {
            duty: self.hs_code.as_ref().and_then(|detail| detail.duty.clone()),
            landed_cost: self.landed_cost.clone(),
            landed_cost_unavailable: self.landed_cost_unavailable.clone(),
        }
    }
}

/// A picture of a request. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Image {
    /// Its path below the base address of the API: `/v1/classifications/{id}/images/1`.
    pub path: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The code of a classification at each known depth.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeDetail {
    /// The HS subheading: six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_6: Option<HsCode>,
    /// The CN code: eight digits. Absent if the subheading has several and the product does not decide between them.
    #[serde(default)]
    pub code_8: Option<HsCode>,
    /// An extension when polled, documented for webhooks only: the declarable code of ten digits. Absent if there are
    /// several and the product does not decide between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_10: Option<HsCode>,
    /// An extension: the known declarable codes to choose from, if there are several.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub code_10_candidates: Vec<CodeChoice>,
    /// The goods that the code covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The chapter: two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// An extension: the MFN duty, if it is known and the same for all declarable codes under this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
}

impl CodeDetail {
    /// The CN code, else the HS subheading: the code that the history shows.
    #[must_use]
    pub fn deepest(&self) -> Option<HsCode> {
        self.code_8.or(self.code_6)
    }

    /// The code with all known digits: the declarable code, else [`CodeDetail::deepest`].
    #[must_use]
    pub fn all_digits(&self) -> Option<HsCode> {
        self.code_10.or_else(|| self.deepest())
    }
}

/// A code to choose from, with its description. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeChoice {
    /// The code.
    pub code: HsCode,
    /// The goods that it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The confidence of a classifier, in per cent from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(Decimal);

impl Confidence {
    /// The lowest percentage of the band "strong", unless a person chooses other bands.
    pub const STRONG: u8 = 75;
    /// The lowest percentage of the band "fair", unless a person chooses other bands. Lower ones are "weak".
    pub const FAIR: u8 = 45;

    /// The confidence, rounded to a whole number: 0 to 100.
    #[must_use]
    pub fn percent(self) -> u8 {
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        self.0.round_dp_with_strategy(0, strategy).to_u8().unwrap_or(100)
    }
}

/// The error for a confidence that is not between 0 and 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfidenceError;

impl fmt::Display for ConfidenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a confidence is a number from 0 to 100")
    }
}

impl std::error::Error for ConfidenceError {}

impl TryFrom<Decimal> for Confidence {
    type Error = ConfidenceError;

    fn try_from(percent: Decimal) -> Result<Self, Self::Error> {
        let valid = Decimal::ZERO <= percent && percent <= Decimal::ONE_HUNDRED;
        if valid { Ok(Self(percent)) } else { Err(ConfidenceError) }
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Money(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Money::deserialize(deserializer)?.0.try_into().map_err(de::Error::custom)
    }
}

/// A step of the path through the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionStep {
    /// The level.
    pub level: Level,
    /// The Roman numeral of a section; otherwise the code, with or without dots.
    pub code: String,
    /// The goods that it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A code that was considered and not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlternativeCode {
    /// The code.
    pub code: HsCode,
    /// The goods that it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The condition under which it would apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// An extension: the MFN duty, if it is known and the same for all declarable codes under this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
    /// An extension: the landed cost under this code, without notes, if it is known and the same for all declarable
    /// codes under this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
}

/// The amount at stake: the largest difference between the landed cost and that under an alternative, times the
/// probability that the code is wrong. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AtStake {
    /// The amount, rounded half up to cents.
    pub amount: Money,
    /// The currency of the request (ISO 4217).
    pub currency: String,
}

/// The use of a language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AiUsage {
    /// Input tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u64>,
    /// Output tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u64>,
    /// The cost in US dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_usd: Option<Money>,
}

impl AiUsage {
    /// No use of a model.
    pub const NONE: Self =
        Self { input_tokens: Some(0), output_tokens: Some(0), cost_usd: Some(Money(Decimal::ZERO)) };
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassificationSummary {
    /// Its identifier.
    pub id: String,
    /// Its status.
    pub status: Status,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// The classifier's code as text, where [`Classification`] has an object; `null` until there is one.
    #[serde(default)]
    pub hs_code: Option<HsCode>,
    /// The confidence in percent, from 0 to 100. Absent does not mean 0.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// When it was requested (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// An extension: the reviewer's verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<FeedbackStatus>,
    /// An extension: what a wrong code would cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_stake: Option<AtStake>,
    /// An extension: the decided code of the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
}

open_enum! {
    /// The order of the history. An extension.
    Sort {
        /// Newest first.
        Newest = "newest",
        /// Lowest confidence first, rows without a confidence last; equal ones newest first.
        Confidence = "confidence",
        /// Highest amount at stake first, rows without an amount last; equal ones newest first.
        AtStake = "at_stake",
    }
}

json_object!(
    Classification,
    Image,
    CodeDetail,
    CodeChoice,
    DecidedCosts,
    DecisionStep,
    AlternativeCode,
    AtStake,
    AiUsage,
    ClassificationSummary
);
