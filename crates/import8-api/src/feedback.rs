//! `POST /v1/classifications/{id}/feedback`, and `GET /v1/calibration`.

use serde::{Deserialize, Serialize};

use crate::HsCode;
use crate::validation::{Fault, Problem};
use crate::wire::{json_object, open_enum};

open_enum! {
    /// The word of a reviewer's verdict.
    FeedbackStatus {
        /// The code was right.
        Confirmed = "confirmed",
        /// The code was wrong.
        Corrected = "corrected",
    }
}

/// A reviewer's verdict on a classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Feedback {
    /// The verdict.
    pub status: FeedbackStatus,
    /// The right code; required when the status is `corrected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code: Option<HsCode>,
}

impl Feedback {
    /// The rules that the types do not already enforce.
    ///
    /// # Errors
    /// Every field that breaks one.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let problem = match (&self.status, self.corrected_code) {
            (FeedbackStatus::Other(_), _) => Problem::from_check("status", Err(Fault::NotAVerdict)),
            (FeedbackStatus::Corrected, None) => Problem::from_check("corrected_code", Err(Fault::Missing)),
            _ => None,
        };
        problem.map_or(Ok(()), |problem| Err(vec![problem]))
    }
}

/// A stored verdict. An extension: the documentation shows no answer to feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// The verdict.
    pub status: FeedbackStatus,
    /// The right code, when the status is `corrected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code: Option<HsCode>,
    /// When it was given (RFC 3339).
    pub created_at: String,
}

/// The answer to feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reviewed {
    /// The classification.
    pub id: String,
    /// The verdict that is now stored.
    pub feedback: Verdict,
    /// Whether the service's tariff has all digits of the corrected code. Another code is stored too, but could not be
    /// checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code_known: Option<bool>,
}

/// The calibration of the classifier: the share of right codes by confidence. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Calibration {
    /// The bands in which something was reviewed, the least sure first.
    pub bands: Vec<CalibrationBand>,
}

/// The reviewed classifications of ten percentages. An extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalibrationBand {
    /// The least confidence: 0, 10, 20 … 90. The band ends right before the next one's, the last with
    /// 100.
    pub min: u8,
    /// How many have a verdict.
    pub reviewed: u64,
    /// How many of those were right: confirmed, or corrected to a code of the same first six digits.
    pub right: u64,
}

json_object!(Feedback, Verdict, Reviewed, Calibration, CalibrationBand);
