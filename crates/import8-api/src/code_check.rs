//! Wire types of `POST /v1/code-checks`. An extension.

use serde::{Deserialize, Serialize};

use crate::classify::check_description;
use crate::limits::MAX_CODE_CHECKS;
use crate::validation::{Fault, Problem};
use crate::wire::{at_most, json_object, open_enum};
use crate::{CodeChoice, Confidence, HsCode};

/// A request to check codes that are already in use. It costs no credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeCheckRequest {
    /// The codes: 1 to 100.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 100))]
    #[serde(deserialize_with = "at_most::<MAX_CODE_CHECKS, _, _>")]
    pub items: Vec<CodeInUse>,
}

/// A code to check, and the goods that are declared under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeInUse {
    /// The code: 4, 6, 8 or 10 digits, dotted or bare.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::AnyCode))]
    pub code: HsCode,
    /// The description of the goods. With it, the answer has the classifier's opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Description>))]
    pub description: Option<String>,
}

impl CodeCheckRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule, such as `items[3].description`.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let fault = match self.items.len() {
            0 => Some(Fault::Missing),
            1..=MAX_CODE_CHECKS => None,
            _ => Some(Fault::TooMany { max: MAX_CODE_CHECKS }),
        };
        if let Some(fault) = fault {
            return Err(vec![Problem { field: "items".to_owned(), fault }]);
        }
        let check = |item: &CodeInUse| item.description.as_deref().map_or(Ok(()), check_description);
        let problems: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| Problem::from_check(&format!("items[{i}].description"), check(item)))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// What the service knows of a code in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedCode {
    /// The code.
    pub code: HsCode,
    /// Whether goods can be declared under it.
    pub standing: CodeStanding,
    /// The nearest known code to an unknown one, under the same heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest_code: Option<CodeChoice>,
    /// The last day of a code that has ended (ISO 8601), if the tariff tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// The classifier's opinion of the goods; absent without a description, or if no word of it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<CodeOpinion>,
}

open_enum! {
    /// Whether goods can be declared under a code.
    CodeStanding {
        /// Ten digits, all known.
        Declarable = "declarable",
        /// Ten digits under a known CN code. Whether the last two exist is not known.
        Unverified = "unverified",
        /// A known code of fewer than ten digits.
        Incomplete = "incomplete",
        /// The heading exists, and this code is not known. It may have ended, or be missing here.
        Unknown = "unknown",
        /// There is no such heading in the Harmonized System.
        NoHeading = "no_heading",
    }
}

/// The classifier's opinion of goods whose code is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeOpinion {
    /// The code that it finds: six digits, or four where its tariff does not divide the heading.
    pub code: HsCode,
    /// Its confidence in percent, from 0 to 100.
    pub confidence: Confidence,
    /// Whether it agrees with the checked code.
    pub agreement: Agreement,
}

open_enum! {
    /// Whether the classifier agrees with a code.
    Agreement {
        /// It finds the same code, as far as both have digits, up to six.
        Same = "same",
        /// It finds another one, and the checked code is among its alternatives.
        Possible = "possible",
        /// It finds another one.
        Different = "different",
    }
}

json_object!(CodeCheckRequest, CodeInUse, CheckedCode, CodeOpinion);
