//! `GET /v1/classifications/{id}` and `GET /v1/classifications`.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wire::{json_object, null_as_default, open_enum};
use crate::{
    ClassifyRequest, DecidedCode, DutyRate, FeedbackStatus, HsCode, LandedCost, Money, Status, Verdict,
};

open_enum! {
    /// A level of the nomenclature, in a decision tree.
    Level {
        /// I to XXI.
        Section = "section",
        /// Two digits.
        Chapter = "chapter",
        /// Four digits.
        Heading = "heading",
        /// Six digits.
        Subheading = "subheading",
        /// Eight digits: the Combined Nomenclature.
        CnCode = "cn_code",
        /// Ten digits: TARIC.
        TaricCode = "taric_code",
    }
}

/// A classification in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Classification {
    /// Its identifier.
    pub id: String,
    /// How far it is; everything below `created_at` may be absent until it is `completed`.
    pub status: Status,
    /// Where it was asked for: `api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// When it was asked for (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// The code chosen.
    #[serde(default)]
    pub hs_code: Option<CodeDetail>,
    /// How sure the classifier is; absent is not 0.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Why this code; for a failed classification, why there is none.
    #[serde(default)]
    pub reasoning: Option<String>,
    /// The way down the nomenclature, from the section.
    #[serde(default, deserialize_with = "null_as_default")]
    pub decision_tree: Vec<DecisionStep>,
    /// Codes that were considered and left.
    #[serde(default, deserialize_with = "null_as_default")]
    pub alternative_codes: Vec<AlternativeCode>,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// What a language model used; [`AiUsage::NONE`] when none was used.
    #[serde(default)]
    pub ai_usage: Option<AiUsage>,
    /// When it ended (RFC 3339).
    #[serde(default)]
    pub completed_at: Option<String>,
    /// What importing it costs, when a goods value was given and the rates are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
    /// An extension: why there is no landed cost although a goods value was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost_unavailable: Option<String>,
    /// An extension: what a wrong code would cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_stake: Option<AtStake>,
    /// An extension: the request, without its pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<ClassifyRequest>,
    /// An extension: the pictures of the request that came as data, in their order.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// An extension: the batch it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    /// An extension: the reviewer's verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Verdict>,
    /// An extension: the code that counts for the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// An extension: the costs under the code that a person decided on, where it is not the code chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_costs: Option<DecidedCosts>,
}

/// The costs of a product under a code. An extension where that is a code that a person decided on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedCosts {
    /// The ordinary duty, where it is known and the same whichever of the declarable codes applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
    /// What importing the product costs, when a goods value was given and the rates are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
    /// Why there is no landed cost although a goods value was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost_unavailable: Option<String>,
}

impl Classification {
    /// The costs under the classifier's own code, as the answer has them.
    #[must_use]
    pub fn answered_costs(&self) -> DecidedCosts {
        DecidedCosts {
            duty: self.hs_code.as_ref().and_then(|detail| detail.duty.clone()),
            landed_cost: self.landed_cost.clone(),
            landed_cost_unavailable: self.landed_cost_unavailable.clone(),
        }
    }
}

/// A picture that came with a request. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Image {
    /// Where to get it, below the API's address: `/v1/classifications/{id}/images/1`.
    pub path: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The code of a classification, at each depth that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeDetail {
    /// The HS subheading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_6: Option<HsCode>,
    /// The Combined Nomenclature code; absent when there are several and the product does not
    /// decide between them.
    #[serde(default)]
    pub code_8: Option<HsCode>,
    /// An extension of polling, documented for webhooks only: the declarable code; absent when
    /// there are several and the product does not decide between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_10: Option<HsCode>,
    /// An extension: the declarable codes to choose from, as far as they are known, when there are
    /// several.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub code_10_candidates: Vec<CodeChoice>,
    /// What the code covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// An extension: the ordinary duty, where it is known and the same whichever of the declarable
    /// codes under this one applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
}

impl CodeDetail {
    /// The CN code, else the HS subheading: what the history shows.
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

/// A code that a person may choose, and what it covers. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeChoice {
    /// The code.
    pub code: HsCode,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The confidence of a classifier, in per cent from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(Decimal);

impl Confidence {
    /// From this percentage on a dashboard calls it strong, unless a person chooses otherwise.
    pub const STRONG: u8 = 75;
    /// From this percentage on a dashboard calls it fair, unless a person chooses otherwise; below it is weak.
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

/// One step down the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionStep {
    /// Which level.
    pub level: Level,
    /// The section's Roman numeral, or digits.
    pub code: String,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A code that was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlternativeCode {
    /// The code.
    pub code: HsCode,
    /// What it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it would apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<String>,
    /// An extension: the ordinary duty, where it is known and the same whichever of the declarable
    /// codes under this one applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRate>,
    /// An extension: what importing the product under this code would cost, without notes; where it is
    /// known and the same whichever of the declarable codes applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
}

/// The amount at stake: the largest difference, either way, between the landed cost and that under an alternative, times
/// the chance that the code is wrong. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AtStake {
    /// The amount, rounded half up to cents.
    pub amount: Money,
    /// What it is in: the currency of the request.
    pub currency: String,
}

/// What a language model used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AiUsage {
    /// Tokens read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u64>,
    /// Tokens written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u64>,
    /// What it cost, in US dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_usd: Option<Money>,
}

impl AiUsage {
    /// No model was used.
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
    /// How far it is.
    pub status: Status,
    /// The product, in one line.
    #[serde(default)]
    pub product_summary: Option<String>,
    /// The code; here a text, where [`Classification`] has an object. `null` until there is one.
    #[serde(default)]
    pub hs_code: Option<HsCode>,
    /// How sure the classifier is; absent is not 0.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// When it was asked for (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// An extension: the reviewer's verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<FeedbackStatus>,
    /// An extension: what a wrong code would cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_stake: Option<AtStake>,
    /// An extension: the code that counts for the product; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
}

open_enum! {
    /// What a history is ordered by. An extension.
    Sort {
        /// The newest first.
        Newest = "newest",
        /// The least sure first, then those without a confidence; of equally sure ones the newest.
        Confidence = "confidence",
        /// The most at stake first, then those of which nothing is known; of equal ones the newest.
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
