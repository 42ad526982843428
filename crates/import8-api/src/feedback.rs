//! Wire types of `POST /v1/classifications/{id}/feedback` and `GET /v1/calibration`.

use serde::{Deserialize, Serialize};

use crate::HsCode;
use crate::validation::{Fault, Problem};
use crate::wire::{json_object, open_enum};

open_enum! {
    /// The status of a verdict.
    FeedbackStatus {
        /// The code is right.
        Confirmed = "confirmed",
        /// The code is wrong; the verdict contains the right one.
        Corrected = "corrected",
    }
}

/// A reviewer's verdict on a classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Feedback {
    /// The status of the verdict.
    pub status: FeedbackStatus,
    /// The right code, of six, eight or ten digits; required if the status is `corrected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code: Option<HsCode>,
}

impl Feedback {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule.
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
    /// The status of the verdict.
    pub status: FeedbackStatus,
    /// The right code, if the status is `corrected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code: Option<HsCode>,
    /// When it was given (RFC 3339).
    pub created_at: String,
}

/// The answer to feedback. An extension: the documentation shows none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reviewed {
    /// The identifier of the classification.
    pub id: String,
    /// The verdict as stored.
    pub feedback: Verdict,
    /// Whether the service's tariff contains all digits of the corrected code. A code that it does not contain is
    /// stored too, but could not be checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_code_known: Option<bool>,
}

/// The calibration of the classifier: the share of right codes by confidence. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Calibration {
    /// The bands with at least one verdict, lowest confidence first.
    pub bands: Vec<CalibrationBand>,
}

/// The reviewed classifications within ten percentages of confidence. An extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalibrationBand {
    /// The lowest confidence of the band, in percent: 0, 10, 20 … 90. The band ends below the next multiple of ten,
    /// the last one at 100.
    pub min: u8,
    /// The number of classifications with a verdict.
    pub reviewed: u64,
    /// The number of these whose code was right: confirmed, or corrected to a code with the same first six digits.
    pub right: u64,
}

json_object!(Feedback, Verdict, Reviewed, Calibration, CalibrationBand);
