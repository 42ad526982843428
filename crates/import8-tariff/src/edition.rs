//! An edition of the tariff: what one publication says on one day.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::GoodsCode;

/// A text that many rows share, such as a regulation or a duty. A clone is a reference to the same text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text(Arc<str>);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A text in several languages, by ISO 639-1 code in small letters: `en`, `nl`.
pub type Names = BTreeMap<String, String>;

/// What one publication says of the tariff on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// What was published.
    pub publication: Publication,
    /// The day that the publication is of.
    pub day: Date,
    /// The tables that the publication had. A table that is missing is not empty: what it would say is not known.
    pub tables: BTreeSet<Table>,
    /// The lines, ascending by code and suffix.
    pub lines: Vec<Line>,
    /// The measures, ascending by goods code. Equal texts are one text, also of measures that were decoded.
    #[serde(deserialize_with = "measures_with_shared_texts")]
    pub measures: Vec<Measure>,
    /// Countries and groups of countries by their code: `CN`, `1011`, `2020`.
    pub areas: BTreeMap<String, Area>,
    /// Additional codes by type and code: `C999`.
    pub additional_codes: BTreeMap<String, AdditionalCode>,
    /// Footnotes by type and code: `CD333`.
    pub footnotes: BTreeMap<String, Names>,
    /// Documents by type and code: `Y155`, `N851`.
    pub documents: BTreeMap<String, Names>,
    /// Names of measure types by code, as far as the publication has them: `103`.
    pub measure_types: BTreeMap<String, Names>,
}

/// A kind of publication that the tariff is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// The Harmonized System of the World Customs Organization: lines of two to six digits.
    HarmonizedSystem,
    /// The Combined Nomenclature of the European Union: lines of two to eight digits.
    CombinedNomenclature,
    /// TARIC, the integrated tariff of the European Union: lines of ten digits with measures.
    Taric,
    /// A table of the organisation's own, in the form of `docs/tariff-csv.md`.
    Own,
}

/// A table of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// The lines with their texts.
    Nomenclature,
    /// Which lines can be declared.
    DeclarableCodes,
    /// Duties, prohibitions and other measures.
    Measures,
    /// Names of countries and groups.
    Areas,
    /// The members of groups.
    Memberships,
    /// The countries that a measure leaves out. Without it a preference for a group may be told for a country that
    /// does not have it.
    Exclusions,
    /// The documents and amounts on which a measure depends.
    Conditions,
    /// Names of additional codes.
    AdditionalCodes,
    /// Texts of footnotes.
    Footnotes,
    /// Which footnotes a measure has.
    MeasureFootnotes,
    /// Names of measure types.
    MeasureTypes,
    /// Names of documents.
    Documents,
}

/// A line of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The code.
    pub code: GoodsCode,
    /// `80` for a line that a code stands for; `10` to `70` for a line that only groups the lines below it.
    pub suffix: u8,
    /// The number of dashes before the text; 0 for chapters and headings.
    pub indent: u8,
    /// The first day on which it applies, if the publication has it.
    pub from: Option<Date>,
    /// The last day on which it applies; `None` without an end.
    pub to: Option<Date>,
    /// Whether goods can be declared under it; `None` if the publication does not say.
    pub declarable: Option<bool>,
    /// The supplementary unit of the Combined Nomenclature, such as `p/st`.
    pub unit: Option<Text>,
    /// The text in each language.
    pub texts: Names,
}

/// A measure: a duty, a prohibition, or another rule on the goods of a code and an origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The goods: all lines under this code, unless a measure below says otherwise.
    pub code: GoodsCode,
    /// The additional code of the goods that it is limited to: `C999`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_code: Option<Text>,
    /// The order number of a quota: `090006`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<Text>,
    /// TARIC's code of the kind of measure: `103` third-country duty, `142` tariff preference.
    pub measure_type: Text,
    /// The origin: a country, or a group such as `1011` (every country).
    pub area: Text,
    /// The countries and groups that it leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Text>,
    /// The duty as the publication writes it, without blanks around it: `10.200 % + 93.100 EUR DTN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Text>,
    /// The legal base: `R1549/06`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regulation: Option<Text>,
    /// The first day on which it applies, if the publication has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day on which it applies; `None` without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The conditions, in the publication's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The codes of its footnotes: `CD333`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Text>,
}

/// A condition of a measure: of those with the same letter the first that is met decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// The kind of condition: `B` presentation of a certificate, `V` import price.
    pub kind: Text,
    /// The document that meets it: `Y155`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// The amount that meets it, as the publication writes it: `41.300 EUR DTN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Text>,
    /// What follows if it is met: `01` apply the duty, `24` entry into free circulation allowed.
    pub action: Text,
    /// The duty that applies then, as the publication writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Text>,
}

/// A country or a group of countries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its name in each language.
    pub names: Names,
    /// The members of a group; empty for a country.
    pub members: Vec<Membership>,
}

/// A country as a member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The country.
    pub country: Text,
    /// The first day of the membership, if the publication has it.
    pub from: Option<Date>,
    /// The last day of the membership; `None` without an end.
    pub to: Option<Date>,
}

/// An additional code: a part of the goods under a code, such as those of one manufacturer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdditionalCode {
    /// The goods or the manufacturer, in each language.
    pub names: Names,
}

/// Decodes measures with equal texts stored once: thousands of them have the same regulation.
fn measures_with_shared_texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Measure>, D::Error> {
    deserializer.deserialize_seq(Measures)
}

/// Reads a sequence of measures.
struct Measures;

impl<'de> Visitor<'de> for Measures {
    type Value = Vec<Measure>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence of measures")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Measure>, A::Error> {
        let (mut measures, mut texts) = (Vec::new(), Texts::default());
        // One by one, so that the texts of only one measure are there twice.
        while let Some(mut measure) = seq.next_element()? {
            texts.share(&mut measure);
            measures.push(measure);
        }
        measures.shrink_to_fit();
        Ok(measures)
    }
}

/// The different texts so far.
#[derive(Default)]
struct Texts(HashSet<Text>);

impl Texts {
    fn share(&mut self, measure: &mut Measure) {
        let Measure { additional_code, order_number, duty, regulation, .. } = measure;
        let optional = [additional_code, order_number, duty, regulation].into_iter().flatten();
        optional.for_each(|text| self.one(text));
        let Measure { measure_type, area, excluded, footnotes, .. } = measure;
        [measure_type, area].into_iter().chain(excluded).chain(footnotes).for_each(|text| self.one(text));
        for Condition { kind, document, amount, action, duty } in &mut measure.conditions {
            let optional = [document, amount, duty].into_iter().flatten();
            [kind, action].into_iter().chain(optional).for_each(|text| self.one(text));
        }
    }

    /// Replaces a text by the equal one that is known already.
    fn one(&mut self, text: &mut Text) {
        match self.0.get(text) {
            Some(known) => text.clone_from(known),
            None => drop(self.0.insert(text.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(code: &str) -> Measure {
        let text = |text: &str| Some(Text::from(text));
        Measure {
            code: GoodsCode::padded(code).expect("a code"),
            additional_code: None,
            order_number: None,
            measure_type: "103".into(),
            area: "1011".into(),
            excluded: vec!["CH".into()],
            duty: text("4.700 %"),
            regulation: text("R1549/06"),
            from: None,
            to: None,
            conditions: vec![Condition {
                kind: "B".into(),
                document: text("Y155"),
                amount: None,
                action: "01".into(),
                duty: text("4.700 %"),
            }],
            footnotes: Vec::new(),
        }
    }

    #[test]
    fn equal_texts_are_one_text() {
        let measures = vec![measure("85"), measure("86")];
        let json = serde_json::to_string(&measures).expect("JSON");
        assert!(
            !json.contains("null") && !json.contains("footnotes"),
            "what is absent is not written: {json}"
        );
        let mut deserializer = serde_json::Deserializer::from_str(&json);
        let decoded = measures_with_shared_texts(&mut deserializer).expect("decoded");
        assert_eq!(decoded, measures);
        let places = |measure: &Measure| {
            let condition = &measure.conditions[0];
            let texts = [measure.duty.as_ref(), condition.duty.as_ref(), Some(&measure.excluded[0])];
            texts.map(|text| text.map(|text| text.as_str().as_ptr()))
        };
        assert_eq!(places(&decoded[0]), places(&decoded[1]));
        assert_eq!(places(&decoded[0])[0], places(&decoded[0])[1]);
    }
}
