//! `POST /v1/classifications/{id}/feedback`.

use serde::{Deserialize, Serialize};

use crate::HsCode;
use crate::validation::{Fault, Problem};
use crate::wire::{json_object, open_enum};

open_enum! {
    /// A reviewer's verdict.
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
            (FeedbackStatus::Other(_), _) => Problem::of("status", Err(Fault::NotAVerdict)),
            (FeedbackStatus::Corrected, None) => Problem::of("corrected_code", Err(Fault::Missing)),
            _ => None,
        };
        problem.map_or(Ok(()), |problem| Err(vec![problem]))
    }
}

json_object!(Feedback);
