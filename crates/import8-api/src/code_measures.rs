//! Wire types of `GET /v1/measures/{hs_code}`: every measure on a commodity code. An extension.

use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare;
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{Country, HsCode};

/// The measures on a commodity code on one day. All texts are in the language of the answer where the tariff has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeMeasures {
    /// The code.
    #[serde(serialize_with = "serialize_bare")]
    pub hs_code: HsCode,
    /// The day of the answer (ISO 8601).
    pub day: String,
    /// The country of origin that the measures are limited to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Country>,
    /// The name of the publication behind the answer, such as `TARIC`, or of the built-in tariff.
    pub source: String,
    /// The day that the publication is of (ISO 8601).
    pub source_date: String,
    /// The unit that a declaration needs beside the weight, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplementary_unit: Option<String>,
    /// The official texts of the line and of those above it, from the chapter down, by code.
    #[serde(default, deserialize_with = "null_as_default")]
    pub official_texts: Vec<Coded>,
    /// The measures: those on all goods of the code, then those on a part of them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub measures: Vec<CodeMeasure>,
    /// Remarks, such as a table that the publication lacked and what is not known without it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub notes: Vec<String>,
    /// The third-country duty in the built-in tariff and in the imported editions that are kept: a row for each change,
    /// the latest first. Empty for a code of fewer than ten digits.
    #[serde(default, deserialize_with = "null_as_default")]
    pub duty_history: Vec<DutyChange>,
}

/// The third-country duty on a code from the day of one edition until that of the next that has another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyChange {
    /// The day of the edition that has it first (ISO 8601); of the built-in tariff, the day of its rate.
    pub day: String,
    /// The name of the publication, or of the built-in tariff.
    pub source: String,
    /// Whether the edition has the code.
    pub exists: bool,
    /// The duty as the tariff writes it; absent if it is not known, or if the code does not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
}

open_enum! {
    /// What a measure does.
    MeasureKind {
        /// The third-country (MFN) duty.
        ThirdCountryDuty = "third_country_duty",
        /// A lower duty for goods of an origin, with proof of origin.
        Preference = "preference",
        /// The duty within a customs union.
        CustomsUnion = "customs_union",
        /// A duty that is suspended or lowered for a time.
        Suspension = "suspension",
        /// A lower duty for a limited quantity.
        Quota = "quota",
        /// An anti-dumping duty.
        AntiDumping = "anti_dumping",
        /// A countervailing duty.
        Countervailing = "countervailing",
        /// A duty on top of the ordinary one.
        AdditionalDuty = "additional_duty",
        /// Goods that may not be imported.
        Prohibition = "prohibition",
        /// Goods that need a document, a licence or a check.
        Restriction = "restriction",
        /// A unit that the declaration needs.
        SupplementaryUnit = "supplementary_unit",
    }
}

/// A measure on a commodity code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeMeasure {
    /// What it does.
    pub kind: MeasureKind,
    /// The publication's code of the measure type, such as `103`; empty for the built-in tariff.
    #[serde(default)]
    pub measure_type: String,
    /// The name of the measure type.
    pub name: String,
    /// The origin, in words: a country or a group.
    pub area: String,
    /// The countries of origin by code; empty for every country.
    #[serde(default, deserialize_with = "null_as_default")]
    pub countries: Vec<String>,
    /// The countries that it leaves out, by code.
    #[serde(default, deserialize_with = "null_as_default")]
    pub excluded: Vec<String>,
    /// The goods that it is limited to: the additional code and its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_code: Option<Coded>,
    /// The duty as the tariff writes it; of a supplementary unit, the unit in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// The order number of a quota.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// The conditions in words, each with the document or amount that meets it and what follows then.
    #[serde(default, deserialize_with = "null_as_default")]
    pub conditions: Vec<MeasureCondition>,
    /// The footnotes.
    #[serde(default, deserialize_with = "null_as_default")]
    pub footnotes: Vec<Coded>,
    /// The first day on which it applies (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day on which it applies (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The legal base as it is cited, `Regulation (EU) 2021/1000`, or as the publication writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regulation: Option<String>,
}

/// A condition of a measure. Of those of one kind, the first that is met decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureCondition {
    /// The letter of its kind: `B`.
    pub kind: String,
    /// The document and what it is; absent if the condition is an amount or that nothing is handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Coded>,
    /// What meets it, in words.
    pub requirement: String,
    /// What follows if it is met, in words.
    pub outcome: String,
    /// The duty that follows, as the tariff writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
}

/// A code with its text: a footnote, a document, an additional code or a line of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coded {
    /// The code: `Y155`.
    pub code: String,
    /// Its text; empty if the tariff has none.
    #[serde(default)]
    pub text: String,
}

json_object!(CodeMeasures, CodeMeasure, MeasureCondition, Coded, DutyChange);
