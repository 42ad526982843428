//! `GET /v1/nomenclature`: an extension.

use serde::{Deserialize, Serialize};

use crate::Level;
use crate::wire::{json_object, null_as_default};

/// A row of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NomenclatureRow {
    /// A section's Roman numeral, else bare digits.
    pub code: String,
    /// Which level.
    pub level: Level,
    /// What it covers.
    pub description: String,
    /// Whether goods can be declared under it.
    pub declarable: bool,
}

/// A row with what is above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NomenclatureEntry {
    /// The row.
    pub row: NomenclatureRow,
    /// What belongs elsewhere, where the boundary trips people up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The rows above it, from the section.
    #[serde(default, deserialize_with = "null_as_default")]
    pub path: Vec<NomenclatureRow>,
    /// The rows right below it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub children: Vec<NomenclatureRow>,
}

json_object!(NomenclatureRow, NomenclatureEntry);
