//! `GET /v1/nomenclature` and `GET /v1/nomenclature/{code}`. An extension.

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
    /// The level.
    pub level: Level,
    /// The goods that it covers.
    pub description: String,
    /// Whether goods can be declared under it.
    pub declarable: bool,
}

/// A row with the rows above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NomenclatureEntry {
    /// The row.
    pub row: NomenclatureRow,
    /// The note: goods that are easily mistaken for those of the row, and the place where they belong.
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
