//! Wire types of `GET /v1/nomenclature` and `GET /v1/nomenclature/{code}`. An extension.

use serde::{Deserialize, Serialize};

use crate::wire::{json_object, null_as_default};
use crate::{Coded, Level};

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
    /// The third-country duty as the tariff writes it, if it is known and the same for all codes below; never of a
    /// section or a chapter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// Lines above it, from the top down. Of a child, those between it and its row: they group lines and mostly have no
    /// code. Of a search result, all from the section down.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "null_as_default")]
    pub above: Vec<Coded>,
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
    /// The rows beside each row of the path, with that row, and last those beside the row itself. Only with
    /// `levels=true`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "null_as_default")]
    pub levels: Vec<Vec<NomenclatureRow>>,
}

json_object!(NomenclatureRow, NomenclatureEntry);
