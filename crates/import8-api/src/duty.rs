//! Wire types of `GET /v1/duty-rates/{hs_code}` and `POST /v1/landed-cost`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::hs_code::serialize_bare;
use crate::limits::MAX_SCHEME_CHARS;
use crate::validation::{Fault, Problem, check_amount};
use crate::wire::{json_object, null_as_default, open_enum};
use crate::{Country, Currency, ExchangeRate, HsCode, Measures, Money, Quantity, Rate};

/// The rates of a commodity code: duties, preferences, anti-dumping duties and VAT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DutyRates {
    /// The code: ten digits without dots.
    #[serde(serialize_with = "serialize_bare")]
    pub hs_code: HsCode,
    /// The goods that the code covers.
    #[serde(default)]
    pub description: Option<String>,
    /// The MFN (third-country) duty, which applies unless a preference is claimed.
    #[serde(default)]
    pub mfn_duty: Option<DutyRate>,
    /// Preferences: lower duties for goods of some origins, **with proof of origin**.
    #[serde(default, deserialize_with = "null_as_default")]
    pub preferential_duties: Vec<Preference>,
    /// An extension: whether all preferences for the requested origin are known, so that an empty list means that
    /// there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences_known: Option<bool>,
    /// Anti-dumping duties, by country of origin and manufacturer.
    #[serde(default, deserialize_with = "null_as_default")]
    pub anti_dumping: Vec<AntiDumpingMeasure>,
    /// The standard rate of import VAT in the country of destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_rate: Option<Rate>,
    /// An extension: the legal source of the VAT rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_source: Option<String>,
    /// An extension: the date from which the VAT rate applies (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat_date: Option<String>,
    /// An extension: remarks on these rates, such as a limit of the tariff data.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl DutyRates {
    /// The preference with the lowest percentage, if it is lower than the MFN duty; the first preference if
    /// percentages cannot be compared.
    #[must_use]
    pub fn lowest_preference(&self) -> Option<&Preference> {
        let percent = |preference: &&Preference| preference.rate.as_ref().and_then(Rate::percent);
        let preferences = &self.preferential_duties;
        let by_percent = preferences.iter().filter(|one| percent(one).is_some()).min_by_key(percent);
        let lowest = by_percent.or_else(|| preferences.first())?;
        let compared = self.ordinary_percent().zip(percent(&lowest));
        compared.is_none_or(|(ordinary, lowest)| lowest < ordinary).then_some(lowest)
    }

    /// The duties on goods of the requested origin; `None` if a duty that is due without proof is not a percentage.
    /// Call it on the rates of one origin only.
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
            // Of several measures, each on a part of the goods under the code, only one is due.
            is_at_most: rates.len() > 1 || self.anti_dumping.iter().any(can_be_less),
        })
    }

    /// The MFN duty, if it is a percentage.
    #[must_use]
    pub fn ordinary_percent(&self) -> Option<Decimal> {
        let duty = self.mfn_duty.as_ref()?;
        [&duty.rate, &duty.expression].into_iter().flatten().find_map(Rate::percent)
    }
}

/// The duties on goods of one origin, in percent of the customs value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The MFN duty.
    pub ordinary: Decimal,
    /// The lowest preferential duty, which requires proof of origin.
    pub with_proof: Option<Decimal>,
    /// The residual anti-dumping duty, in addition to the others.
    pub anti_dumping: Option<Decimal>,
    /// Whether the anti-dumping duty is lower for some goods or manufacturers.
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
    /// The rate, such as `"2.00%"`, if the duty is a percentage.
    #[serde(default)]
    pub rate: Option<Rate>,
    /// The duty expression: `"2.000 %"`, `"12.8 % + 303.4 EUR/100 kg"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<Rate>,
    /// An extension: the legal source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the date for which the duty is known (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A preference: a lower duty for goods of some origins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preference {
    /// The name of the arrangement, such as `GSP`.
    pub scheme: String,
    /// An extension: the name of the arrangement in the language of the answer, where it is not `scheme`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The duty under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The countries of origin, by code or by the server's name for them.
    #[serde(default, deserialize_with = "null_as_default")]
    pub countries: Vec<String>,
    /// An extension: the proof of origin that it requires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// An extension: the legal source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the date for which the preference is known (ISO 8601).
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

/// An anti-dumping measure. The documentation shows an empty list only, so all fields are our reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AntiDumpingMeasure {
    /// The residual duty, on every manufacturer that the regulation does not name; a higher one, if the case has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The countries of origin.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// The goods or the manufacturers that it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// An extension: the lowest duty of a manufacturer that the regulation names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_rate: Option<Rate>,
    /// An extension: the legal source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the date for which the measure is known (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A request for a landed cost. Unlike a classify request, it has the value of the **whole** consignment and no
/// quantity. Amounts have at most six decimals and are at most 10¹²; the documentation names neither bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LandedCostRequest {
    /// The commodity code: ten digits.
    #[serde(serialize_with = "serialize_bare")]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::DeclarableCode))]
    pub hs_code: HsCode,
    /// The country of origin.
    pub origin_country: Country,
    /// The country of destination; NL by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::MemberState>))]
    pub destination_country: Option<Country>,
    /// The value of the whole consignment without freight and insurance; at least 0.01, by the documentation.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::GoodsValue))]
    pub value: Money,
    /// The currency of the amounts; EUR by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The freight to the border of the customs territory; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub shipping: Option<Money>,
    /// The insurance; 0 by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub insurance: Option<Money>,
    /// An extension: weights, volume, items or length of the consignment, if a duty depends on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<Measures>,
    /// An extension: the scheme of the preference to apply, such as `GSP`. It requires proof of origin, so none is
    /// applied by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::SchemeName>))]
    pub preference: Option<String>,
    /// An extension: the day of the import (ISO 8601), by which the measures of an imported tariff are chosen; today in
    /// Brussels by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Day>))]
    pub on: Option<String>,
    /// An extension: the number of items of a small consignment to a consumer, for its flat duty: the different
    /// subheadings of its goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flat_duty_items: Option<Quantity>,
}

impl LandedCostRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule, in the order of the documentation.
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

/// Checks the form of the name of a preference: not blank, at most 100 characters, no control characters. The tariff
/// knows which preferences exist.
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
    /// The customs value (CIF): goods, freight and insurance to the border.
    pub cif_value: Money,
    /// Customs duty, on the customs value.
    pub duty: Duty,
    /// Anti-dumping duty, on the customs value; with the countervailing and additional duties, which `notes` name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anti_dumping: Option<Charge>,
    /// Import VAT, on the customs value and both duties.
    pub vat: Charge,
    /// The sum of customs value, duties and VAT.
    pub total_landed_cost: Money,
    /// The currency of the amounts (ISO 4217).
    pub currency: String,
    /// An extension: the rate at which duties in euros were converted to the currency; absent if none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_rate: Option<ExchangeRate>,
    /// An extension: the total with the flat duty instead of `duty`, if it was requested and may apply; `notes` say to
    /// whom it applies, or why it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flat_duty: Option<FlatDuty>,
    /// An extension: remarks on these figures, such as a limit of the tariff data.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// An extension: the total with the flat duty instead of that of the tariff. Amounts are in the currency of the landed
/// cost, rounded half up to cents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FlatDuty {
    /// The number of items, as requested.
    pub items: Quantity,
    /// The flat duty: EUR 3 for each item.
    pub amount: Money,
    /// Import VAT, on the customs value and the flat duty.
    pub vat: Charge,
    /// The sum of customs value, flat duty and VAT.
    pub total_landed_cost: Money,
}

/// A charge: a rate and its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Charge {
    /// The rate, in the API's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The amount due.
    pub amount: Money,
    /// An extension: the legal source of the rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the date for which the rate is known (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl Charge {
    /// Whether the amount is zero. A zero amount may come without a rate.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.rate.is_none() && self.amount.0.is_zero()
    }
}

/// Customs duty: a charge with the type of the duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duty {
    /// The rate, in the API's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
    /// The amount due.
    pub amount: Money,
    /// The type of the duty.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub duty_type: Option<DutyType>,
    /// An extension: the legal source of the duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// An extension: the date for which the duty is known (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

open_enum! {
    /// The type of a customs duty.
    DutyType {
        /// The MFN (third-country) duty.
        Mfn = "mfn",
        /// A preferential duty, which requires proof of origin.
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
    FlatDuty,
    Charge,
    Duty
);
