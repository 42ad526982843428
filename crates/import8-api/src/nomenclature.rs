//! Wire types of `GET /v1/nomenclature` and `GET /v1/nomenclature/{code}`. An extension.

use serde::{Deserialize, Serialize};

use crate::Level;
use crate::wire::{json_object, null_as_default};

/// A row of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NomenclatureRow {
    /// The Roman numeral of a section; otherwise digits without dots.
    pub code: String,
    /// The level.
    pub level: Level,
    /// The goods that it covers.
    pub description: String,
    /// Whether goods can be declared under it.
    pub declarable: bool,
}

/// A row of the nomenclature with the rows above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NomenclatureEntry {
    /// The row.
    pub row: NomenclatureRow,
    /// The note: similar goods that belong under another code, and that code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The rows above it, from the section down.
    #[serde(default, deserialize_with = "null_as_default")]
    pub path: Vec<NomenclatureRow>,
    /// The rows right below it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub children: Vec<NomenclatureRow>,
}

json_object!(NomenclatureRow, NomenclatureEntry);
