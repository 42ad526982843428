//! Wire types of `GET /v1/tariff` and `GET /v1/tariff/changes`: the tariff in force, and the changes of the codes in
//! use from one edition of it to another. An extension.

use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare;
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{HsCode, MeasureKind, Money};

/// The tariff that the server answers from, and the editions that it keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TariffEditions {
    /// The edition in force; absent if the built-in tariff is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<TariffEdition>,
    /// The editions that are kept, the latest day first.
    #[serde(default, deserialize_with = "null_as_default")]
    pub editions: Vec<TariffEdition>,
}

/// An imported edition of the tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TariffEdition {
    /// Its number.
    pub id: u64,
    /// The publication: `TARIC`.
    pub publication: String,
    /// The day that it is of (ISO 8601).
    pub day: String,
    /// The time of its import (RFC 3339).
    pub imported_at: String,
    /// The number of lines of the nomenclature.
    pub lines: u64,
    /// The number of measures; 0 if the publication has none.
    pub measures: u64,
}

/// The changes, from one edition to another, of the codes that an organisation has classified or decided. All texts
/// are in the language of the answer where the tariff has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TariffChanges {
    /// The older edition.
    pub from: TariffEdition,
    /// The newer edition.
    pub to: TariffEdition,
    /// The number of different codes in use.
    pub codes_in_use: u64,
    /// The codes in use that change, ascending.
    #[serde(default, deserialize_with = "null_as_default")]
    pub changes: Vec<CodeInUseChange>,
    /// Remarks, such as what could not be compared.
    #[serde(default, deserialize_with = "null_as_default")]
    pub notes: Vec<String>,
}

/// The change of a code in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeInUseChange {
    /// The code, with as many digits as are decided.
    #[serde(serialize_with = "serialize_bare")]
    pub code: HsCode,
    /// Its text in the older edition; empty if that has none.
    #[serde(default)]
    pub text: String,
    /// The number of products with this code.
    pub products: u64,
    /// What changes; at least one.
    #[serde(default, deserialize_with = "null_as_default")]
    pub kinds: Vec<ChangeKind>,
    /// The codes that its goods may have now, the likeliest first: of a code that ended or was divided.
    #[serde(default, deserialize_with = "null_as_default")]
    pub becomes: Vec<FollowingCode>,
    /// The changed codes below it: of a code with fewer digits than its goods are declared under. At most 50.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub below: Vec<FollowingCode>,
    /// The third-country duty before, if it is known and the same for all codes below this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty_before: Option<String>,
    /// The third-country duty after, if it is known and the same for all codes that the goods may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty_after: Option<String>,
    /// The difference in third-country duty on its products; absent if no product's is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<DutyDifference>,
    /// The other measures that change.
    #[serde(default, deserialize_with = "null_as_default")]
    pub measures: Vec<ChangedMeasure>,
    /// The supplementary unit before, if it changes; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_before: Option<String>,
    /// The supplementary unit after, if it changes; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_after: Option<String>,
}

open_enum! {
    /// A kind of change of a code.
    ChangeKind {
        /// The code does not apply any more.
        Ended = "ended",
        /// It has codes below it now.
        Divided = "divided",
        /// The codes below it were merged into it.
        Merged = "merged",
        /// Its third-country duty is another one.
        Duty = "duty",
        /// Other measures on it are others: preferences, anti-dumping duties, restrictions.
        Measures = "measures",
        /// It has another supplementary unit.
        Unit = "unit",
        /// Goods can be declared under it now, or cannot any more.
        Declarable = "declarable",
        /// Codes below it change.
        Below = "below",
    }
}

/// A code that goods may have after a change, or that changes itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FollowingCode {
    /// The code: as many digits as it has without the zeros that pad it.
    #[serde(serialize_with = "serialize_bare")]
    pub code: HsCode,
    /// Its text.
    #[serde(default)]
    pub text: String,
    /// The part of the words that its text and that of the ended code share, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlap: Option<u8>,
    /// Whether it is certain that the goods have this code.
    #[serde(default)]
    pub certain: bool,
    /// Its third-country duty, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// The difference in third-country duty if all products get this code; absent if no product's is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<DutyDifference>,
}

/// A difference in duty on the stated values of products, each as one consignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyDifference {
    /// The duty after less the duty before, in euros: each rounded half up to cents.
    pub amount: Money,
    /// The number of products whose value is known in euros and whose duties could be computed. Others are not in the
    /// amount.
    pub products: u64,
}

/// A measure that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedMeasure {
    /// What it does; absent for a type that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<MeasureKind>,
    /// The publication's code of the measure type: `142`.
    pub measure_type: String,
    /// The name of the measure type; empty if the tariff has none.
    #[serde(default)]
    pub name: String,
    /// The origin, in words: a country or a group.
    pub area: String,
    /// The part of the goods that it is limited to, by its additional code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_code: Option<String>,
    /// Its content before: duty, quota, exclusions and conditions; absent if there was no such measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its content after; absent if there is no such measure any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The number of products of the code whose origin it applies to, before or after.
    pub products: u64,
}

json_object!(
    TariffEditions,
    TariffEdition,
    TariffChanges,
    CodeInUseChange,
    FollowingCode,
    DutyDifference,
    ChangedMeasure
);
