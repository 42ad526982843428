//! `GET /v1/duty-rates/{hs_code}` and `POST /v1/landed-cost`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare;
use crate::limits::MAX_SCHEME_CHARS;
use crate::validation::{Fault, Problem, check_amount};
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{Country, Currency, HsCode, Measures, Money, Rate};

/// The rates of a commodity code: duties, preferences, anti-dumping duties and VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyRates {
    /// The code, ten digits, bare.
    #[serde(serialize_with = "serialize_bare")]
    pub hs_code: HsCode,
    /// What it covers.
    #[serde(default)]
    pub description: Option<String>,
    /// The most-favoured-nation duty: what applies unless something else does.
    #[serde(default)]
    pub mfn_duty: Option<DutyRate>,
    /// Lower duties for goods of some origins, **with proof of origin**.
    #[serde(default, deserialize_with = "null_as_default")]
    pub preferential_duties: Vec<Preference>,
    /// An extension: whether all preferences for the origin asked for are known, so that an empty list means that there
    /// is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences_known: Option<bool>,
    /// Duties against dumping, by origin and manufacturer.
    #[serde(default, deserialize_with = "null_as_default")]
    pub anti_dumping: Vec<AntiDumpingMeasure>,
    /// Import VAT in the destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<Rate>,
    /// An extension: where the VAT rate is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_source: Option<String>,
    /// An extension: since when the VAT rate holds (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_date: Option<String>,
    /// An extension: what a reader of these rates has to know.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl DutyRates {
    /// The preference with the lowest percentage, if that is lower than the ordinary duty; where percentages
    /// cannot be compared, the first.
    #[must_use]
    pub fn lowest_preference(&self) -> Option<&Preference> {
        let percent = |preference: &&Preference| preference.rate.as_ref().and_then(Rate::percent);
        let preferences = &self.preferential_duties;
        let by_percent = preferences.iter().filter(|one| percent(one).is_some()).min_by_key(percent);
        let lowest = by_percent.or_else(|| preferences.first())?;
        let compared = self.ordinary_percent().zip(percent(&lowest));
        compared.is_none_or(|(ordinary, lowest)| lowest < ordinary).then_some(lowest)
    }

    /// The duties on goods of the origin asked for; `None` if a duty that is due without proof is not a percentage. Call
    /// it on the rates of one origin only.
    #[must_use]
    pub fn due(&self) -> Option<Due> {
        let ordinary = self.ordinary_percent()?;
        let residual = |measure: &AntiDumpingMeasure| measure.rate.as_ref().and_then(Rate::percent);
        let rates: Vec<_> = self.anti_dumping.iter().map(residual).collect::<Option<_>>()?;
        let with_proof = self.lowest_preference().and_then(|lowest| lowest.rate.as_ref()?.percent());
        let can_be_less = |measure: &AntiDumpingMeasure| measure.minimum_rate.is_some();
        Some(Due {
            ordinary,
            with_proof,
            anti_dumping: rates.iter().max().copied(),
            // Of several that are each on a part of the code, only one is due.
            is_at_most: rates.len() > 1 || self.anti_dumping.iter().any(can_be_less),
        })
    }

    /// The ordinary duty, where it is a percentage.
    #[must_use]
    pub fn ordinary_percent(&self) -> Option<Decimal> {
        let duty = self.mfn_duty.as_ref()?;
        [&duty.rate, &duty.expression].into_iter().flatten().find_map(Rate::percent)
    }
}

/// The duties on goods of one origin, in percent of the customs value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The ordinary duty.
    pub ordinary: Decimal,
    /// The lowest duty that proof of origin can bring in its place.
    pub with_proof: Option<Decimal>,
    /// The residual duty against dumping, which comes on top.
    pub anti_dumping: Option<Decimal>,
    /// Whether some goods or manufacturers have less anti-dumping duty.
    pub is_at_most: bool,
}

impl Due {
    /// A duty plus the anti-dumping duty; `None` on overflow.
    #[must_use]
    pub fn sum(&self, duty: Decimal) -> Option<Decimal> {
        duty.checked_add(self.anti_dumping.unwrap_or_default())
    }
}

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyRate {
    /// `"2.00%"`, where it is a percentage.
    #[serde(default)]
    pub rate: Option<Rate>,
    /// As the tariff writes it: `"2.000 %"`, `"12.8 % + 303.4 EUR/100 kg"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<Rate>,
    /// An extension: where the duty is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the day it is known for (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A lower duty for some origins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preference {
    /// The arrangement: `GSP`.
    pub scheme: String,
    /// An extension: the name of the arrangement in the language of the answer, where it is not `scheme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The duty under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// Whose goods have it, as the server names them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub countries: Vec<String>,
    /// An extension: what has to be shown to have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// An extension: where the preference is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the day it is known for (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl Preference {
    /// The name of the arrangement for a reader.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.scheme)
    }
}

/// A duty against dumping. The documentation shows an empty list only, so no field is certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AntiDumpingMeasure {
    /// The duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// Whose goods it is on.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// What it is on, or on whose goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// An extension: the lowest duty of a manufacturer named in the regulation; `rate` is the
    /// residual one, which all others pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_rate: Option<Rate>,
    /// An extension: where the measure is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the day it is known for (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A request for a landed cost. Unlike a classify request it has the value of the **whole** consignment, and no
/// quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LandedCostRequest {
    /// Ten digits.
    #[serde(serialize_with = "serialize_bare")]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::DeclarableCode))]
    pub hs_code: HsCode,
    /// Where the goods were made.
    pub origin_country: Country,
    /// Where they go; NL when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::MemberState>))]
    pub destination_country: Option<Country>,
    /// The value of all the goods, at least 0.01.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::GoodsValue))]
    pub value: Money,
    /// What the amounts are in; EUR when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Freight to the border; 0 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub shipping: Option<Money>,
    /// Insurance; 0 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub insurance: Option<Money>,
    /// An extension: how much there is, where a duty depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// An extension: the scheme whose duty to apply, `GSP`. It takes proof of origin, so none is
    /// ever applied without being asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::SchemeName>))]
    pub preference: Option<String>,
}

impl LandedCostRequest {
    /// The rules that the types do not already enforce.
    ///
    /// # Errors
    /// Every field that breaks one, in the order of the documentation.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let code = if self.hs_code.digit_count() == 10 { Ok(()) } else { Err(Fault::Incomplete) };
        let least = Decimal::new(1, 2);
        let measures = self.measures.and_then(|measures| measures.validate().err()).unwrap_or_default();
        let problems: Vec<_> = [
            Problem::from_check("hs_code", code),
            Problem::from_check("value", check_amount(Some(self.value), least)),
            Problem::from_check("shipping", check_amount(self.shipping, Decimal::ZERO)),
            Problem::from_check("insurance", check_amount(self.insurance, Decimal::ZERO)),
        ]
        .into_iter()
        .flatten()
        .chain(measures.into_iter().map(|problem| problem.within("measures")))
        .chain(Problem::from_check("preference", check_scheme(self.preference.as_deref())))
        .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// Checks the form of a preference's name. The tariff knows which preferences exist.
fn check_scheme(scheme: Option<&str>) -> Result<(), Fault> {
    match scheme {
        None => Ok(()),
        Some(scheme) if scheme.trim().is_empty() => Err(Fault::Missing),
        Some(scheme) if scheme.chars().count() > MAX_SCHEME_CHARS => {
            Err(Fault::TooLong { max: MAX_SCHEME_CHARS })
        }
        Some(scheme) if scheme.contains(char::is_control) => Err(Fault::ControlCharacter),
        Some(_) => Ok(()),
    }
}

/// The landed cost of a consignment. All amounts are in `currency`, rounded half up to cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LandedCost {
    /// The customs value: goods, freight and insurance to the border.
    pub cif_value: Money,
    /// Customs duty, on the customs value.
    pub duty: Duty,
    /// Anti-dumping duty, on the customs value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anti_dumping: Option<Charge>,
    /// Import VAT, on the customs value and both duties.
    pub vat: Charge,
    /// The sum of them all.
    pub total_landed_cost: Money,
    /// What the amounts are in.
    pub currency: String,
    /// An extension: what a reader of these figures has to know.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A charge: a rate and its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Charge {
    /// As the API writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// What is to be paid.
    pub amount: Money,
    /// An extension: where the rate is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the day it is known for (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl Charge {
    /// Whether nothing is charged: an answer may have an amount of zero without a rate.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.rate.is_none() && self.amount.0.is_zero()
    }
}

/// Customs duty: a charge that says on which ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duty {
    /// As the API writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// What is to be paid.
    pub amount: Money,
    /// Which duty was applied.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub duty_type: Option<DutyType>,
    /// An extension: where the duty is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the day it is known for (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

open_enum! {
    /// On which ground a duty was applied.
    DutyType {
        /// Most favoured nation: the ordinary duty.
        Mfn = "mfn",
        /// A preference, which needs proof of origin.
        Preferential = "preferential",
    }
}

json_object!(
    DutyRates,
    DutyRate,
    Preference,
    AntiDumpingMeasure,
    LandedCostRequest,
    LandedCost,
    Charge,
    Duty
);
