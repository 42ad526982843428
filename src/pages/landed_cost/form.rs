//! The form of the calculator: its fields as typed, their query string, and their validation into a
//! request.

use std::collections::BTreeMap;

use import8_api::{Country, Currency, Fault, HsCode, LandedCostRequest, Measure, Measures, Money, Quantity};
use rust_decimal::Decimal;

use super::comparison::Comparison;
use crate::i18n::format::{parse_amount, typed_amount};
use crate::i18n::{Language, Texts};
use crate::routes::encoded;

/// A numeric field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The value of one unit.
    Value,
    /// The number of units.
    Quantity,
    /// Freight to the border.
    Shipping,
    /// The insurance cost.
    Insurance,
    /// The selling price of one unit.
    Price,
    /// A measure of the goods that a duty depends on.
    Measure(Measure),
}

impl Field {
    /// The `id` of the element and the name of the query parameter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Quantity => "quantity",
            Self::Shipping => "shipping",
            Self::Insurance => "insurance",
            Self::Price => "price",
            Self::Measure(measure) => measure.as_str(),
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        let amounts = [Self::Value, Self::Quantity, Self::Shipping, Self::Insurance, Self::Price];
        amounts.into_iter().chain(Measure::ALL.iter().copied().map(Self::Measure))
    }
}

/// The terms of delivery that the goods value is based on (Incoterms).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Terms {
    /// EXW or FOB: freight and insurance come on top.
    #[default]
    Fob,
    /// CIF: freight and insurance are included.
    Cif,
}

/// A validation problem of a numeric field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not an amount.
    Amount,
    /// Not a whole number of at least 1.
    Quantity,
    /// A rule of the API is broken.
    Rule(Fault),
}

impl Wrong {
    /// The validation message.
    #[must_use]
    pub fn sentence(self, texts: Texts) -> &'static str {
        match self {
            Self::Amount => texts.classify().problem_amount,
            Self::Quantity => texts.classify().problem_quantity,
            Self::Rule(Fault::TooLarge) => texts.classify().problem_amount_large,
            Self::Rule(Fault::TooPrecise) => texts.classify().problem_amount_precise,
            Self::Rule(_) => texts.classify().problem_amount_small,
        }
    }
}

/// A field that must be filled in before the consignment can be priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The ten-digit commodity code.
    Code,
    /// The country of origin.
    Origin,
    /// The value of one unit.
    Value,
    /// A measure that a duty depends on.
    Measure(Measure),
}

/// A landed-cost request with the entries that it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The request.
    pub request: LandedCostRequest,
    /// The value of one unit.
    pub unit_value: Money,
    /// The number of units.
    pub quantity: u32,
    /// The terms of delivery.
    pub terms: Terms,
}

/// The fields of the calculator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostForm {
    /// The commodity code, of four to ten digits.
    pub code: Option<HsCode>,
    /// The country of origin.
    pub origin: Option<Country>,
    /// The country of destination.
    pub destination: Country,
    /// The terms of delivery.
    pub terms: Terms,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The preference to apply, which requires proof of origin.
    pub preference: Option<String>,
    /// Whether the selling price includes VAT.
    pub price_has_vat: bool,
    /// The comparison with other cases.
    pub comparison: Comparison,
    /// The numeric fields as typed, by field name.
    typed: BTreeMap<&'static str, String>,
}

impl Default for CostForm {
    fn default() -> Self {
        Self {
            code: None,
            origin: None,
            destination: Country::NL,
            terms: Terms::Fob,
            currency: Currency::Eur,
            preference: None,
            price_has_vat: false,
            comparison: Comparison::default(),
            typed: BTreeMap::new(),
        }
    }
}

impl CostForm {
    /// Parses a form from an address; `value` returns a query parameter by name. Invalid parts are dropped.
    #[must_use]
    pub fn read(value: impl Fn(&str) -> Option<String>, language: Language) -> Self {
        let amount = |field: Field| {
            let amount: Money = value(field.name())?.parse().ok()?;
            Some((field.name(), typed_amount(amount, language)))
        };
        Self {
            code: value("code").and_then(|code| code.parse().ok()),
            origin: value("origin").and_then(|code| code.parse().ok()),
            destination: value("destination").and_then(|code| code.parse().ok()).unwrap_or(Country::NL),
            terms: if value("terms").as_deref() == Some("cif") { Terms::Cif } else { Terms::Fob },
            currency: value("currency").and_then(|code| code.parse().ok()).unwrap_or_default(),
            preference: value("preference").filter(|scheme| !scheme.trim().is_empty()),
            price_has_vat: value("price_vat").as_deref() == Some("included"),
            comparison: Comparison::read(&value),
            typed: Field::all().filter_map(amount).collect(),
        }
    }

    /// The query string of the form, with its question mark; empty if nothing is filled in. Numbers are
    /// written as in the API, independent of the language. Invalid numbers are dropped.
    #[must_use]
    pub fn query(&self, language: Language) -> String {
        let number = |field: Field| Some((field.name(), self.number(field, language).ok()??.to_string()));
        let mut parts = vec![
            self.code.map(|code| ("code", code.bare().to_owned())),
            self.origin.map(|origin| ("origin", origin.to_string())),
            (self.destination != Country::NL).then(|| ("destination", self.destination.to_string())),
            (self.terms == Terms::Cif).then(|| ("terms", "cif".to_owned())),
            (self.currency != Currency::Eur).then(|| ("currency", self.currency.to_string())),
            self.preference.clone().map(|scheme| ("preference", scheme)),
            self.price_has_vat.then(|| ("price_vat", "included".to_owned())),
        ];
        parts.extend(Field::all().map(number));
        parts.extend(self.comparison.parts().map(Some));
        // Commas in a list of codes stay unencoded, for a readable address.
        let part = |(name, value): (&str, String)| format!("{name}={}", encoded(&value).replace("%2C", ","));
        let parts: Vec<_> = parts.into_iter().flatten().map(part).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// The text of a field.
    #[must_use]
    pub fn typed(&self, field: Field) -> &str {
        self.typed.get(field.name()).map(String::as_str).unwrap_or_default()
    }

    /// Sets the text of a field.
    pub fn type_in(&mut self, field: Field, text: String) {
        self.typed.insert(field.name(), text);
    }

    /// The number in a field; `None` if it is empty.
    ///
    /// # Errors
    /// If the text is no number, or no number for this field.
    pub fn number(&self, field: Field, language: Language) -> Result<Option<Money>, Wrong> {
        let typed = self.typed(field).trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let amount = parse_amount(typed, language);
        match field {
            Field::Quantity => {
                let is_one = |amount: &Money| amount.to_string().parse::<Quantity>().is_ok();
                amount.filter(is_one).ok_or(Wrong::Quantity).map(Some)
            }
            _ => amount.ok_or(Wrong::Amount).map(Some),
        }
    }

    /// The number of units, if it is valid.
    #[must_use]
    pub fn quantity(&self, language: Language) -> Option<Quantity> {
        self.number(Field::Quantity, language).ok()??.to_string().parse().ok()
    }

    /// The validation problem of a field: an unreadable text, or a number that the API would refuse.
    #[must_use]
    pub fn wrong(&self, field: Field, language: Language) -> Option<Wrong> {
        match self.number(field, language) {
            Err(wrong) => Some(wrong),
            Ok(None) => None,
            Ok(Some(_)) => self.broken_rule(field, language),
        }
    }

    fn broken_rule(&self, field: Field, language: Language) -> Option<Wrong> {
        let (asked, name) = match field {
            Field::Measure(measure) => {
                (self.asked(&[measure], true, language), format!("measures.{}", measure.as_str()))
            }
            other => (self.asked(&[], false, language), other.name().to_owned()),
        };
        let asked = asked.ok()?;
        let broken = asked.request.validate().err()?;
        broken.into_iter().find(|problem| problem.field == name).map(|problem| Wrong::Rule(problem.fault))
    }

    /// Validates the form and returns its request. `needs` are the measures that the duties depend on.
    /// `has_measures` tells whether the service accepts measures and preferences.
    ///
    /// # Errors
    /// The missing fields; empty if a field is invalid instead.
    pub fn asked(
        &self,
        needs: &[Measure],
        has_measures: bool,
        language: Language,
    ) -> Result<Asked, Vec<Missing>> {
        let number = |field| self.number(field, language).map_err(|_| Vec::new());
        let (value, quantity) = (number(Field::Value)?, number(Field::Quantity)?);
        let quantity = quantity.and_then(|_| self.quantity(language)).map_or(1, Quantity::get);
        let (shipping, insurance) = match self.terms {
            Terms::Fob => (number(Field::Shipping)?, number(Field::Insurance)?),
            Terms::Cif => (None, None),
        };
        let mut measures = Measures::default();
        let mut missing = Vec::new();
        for &measure in needs {
            let typed = number(Field::Measure(measure))?.map(|Money(amount)| amount);
            // Without another entry, each unit is one item.
            let told = typed.or_else(|| (measure == Measure::Items).then(|| Decimal::from(quantity)));
            match told {
                Some(told) => measures.set(measure, told),
                None => missing.push(Missing::Measure(measure)),
            }
        }
        let code = self.code.filter(|code| code.digit_count() == 10);
        let (Some(hs_code), Some(origin_country), Some(unit_value)) = (code, self.origin, value) else {
            let first = [
                code.is_none().then_some(Missing::Code),
                self.origin.is_none().then_some(Missing::Origin),
                value.is_none().then_some(Missing::Value),
            ];
            return Err(first.into_iter().flatten().chain(missing).collect());
        };
        if !missing.is_empty() {
            return Err(missing);
        }
        let value = unit_value.0.checked_mul(Decimal::from(quantity)).ok_or_else(Vec::new)?;
        let request = LandedCostRequest {
            hs_code,
            origin_country,
            destination_country: Some(self.destination),
            value: Money(value),
            currency: Some(self.currency),
            shipping,
            insurance,
            measures: (has_measures && !needs.is_empty()).then_some(measures),
            preference: self.preference.clone().filter(|_| has_measures),
            on: None,
            flat_duty_items: None,
        };
        Ok(Asked { request, unit_value, quantity, terms: self.terms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses the form of an address such as `?code=8518300090&value=1`.
    fn form(address: &str, language: Language) -> CostForm {
        let parts: BTreeMap<_, _> =
            address.trim_start_matches('?').split('&').filter_map(|part| part.split_once('=')).collect();
        CostForm::read(|name| parts.get(name).map(|value| (*value).to_owned()), language)
    }

    #[test]
    fn an_address_is_read_and_written_as_it_was_in_every_language() {
        let check = |address: &str| {
            for language in Language::ALL {
                assert_eq!(form(address, language).query(language), address, "{language:?}");
            }
        };
        check("");
        check("?code=8518300090&origin=CN&value=25.00&quantity=100&shipping=150.00&insurance=12.50");
        check(
            "?code=02013000&destination=DE&terms=cif&currency=GBP&preference=GSP&price_vat=included&price=9.5",
        );
        check("?origin=US&net_weight_kg=0.001&items=12");
        check("?code=6403999600&compare=codes&with=640399,3406000000");
        check("?compare=destinations");
    }

    #[test]
    fn what_is_no_such_thing_is_left_out() {
        let check = |address: &str, expected: &str| {
            assert_eq!(form(address, Language::En).query(Language::En), expected, "{address}");
        };
        check("?code=85&origin=Atlantis&value=ten&currency=XXX&terms=ddp&preference= ", "");
        check("?compare=origins&with=CN,CN,nowhere,US,8518300090", "?compare=origins&with=CN,US");
        check("?compare=codes&with=8518,851830", "?compare=codes&with=851830");
    }

    #[test]
    fn what_is_typed_is_asked_exactly() {
        let mut form = form("?code=8518300090&origin=CN&quantity=3", Language::Nl);
        form.type_in(Field::Value, "1.234,56".to_owned());
        form.type_in(Field::Shipping, "10".to_owned());
        let asked = form.asked(&[], true, Language::Nl).expect("all is there");
        assert_eq!(
            serde_json::to_string(&asked.request).expect("JSON"),
            r#"{"hs_code":"8518300090","origin_country":"CN","destination_country":"NL","value":3703.68,"currency":"EUR","shipping":10}"#
        );
        form.terms = Terms::Cif;
        let asked = form.asked(&[Measure::Items], true, Language::Nl).expect("units are items");
        assert_eq!(asked.request.shipping, None);
        assert_eq!(asked.request.measures.and_then(|measures| measures.items), Some(Decimal::from(3)));
        let plain = form.asked(&[Measure::Items], false, Language::Nl).expect("a service without measures");
        assert_eq!(plain.request.measures, None);
    }

    #[test]
    fn what_is_missing_is_told_and_what_is_wrong_is_marked() {
        let language = Language::En;
        let missing =
            |form: &CostForm, needs: &[Measure]| form.asked(needs, true, language).expect_err("not all");
        let weight = [Measure::NetWeight];
        let mut form = CostForm::default();
        assert_eq!(
            missing(&form, &weight),
            [Missing::Code, Missing::Origin, Missing::Value, Missing::Measure(Measure::NetWeight)]
        );
        form.code = "85183000".parse().ok();
        form.origin = "CN".parse().ok();
        form.type_in(Field::Value, "5".to_owned());
        assert_eq!(missing(&form, &[]), [Missing::Code]);
        form.code = "8518300090".parse().ok();
        let check = |field: Field, typed: &str, expected: Option<Wrong>| {
            let mut form = form.clone();
            form.type_in(field, typed.to_owned());
            assert_eq!(form.wrong(field, language), expected, "{field:?} {typed:?}");
        };
        check(Field::Value, "", None);
        check(Field::Value, "five", Some(Wrong::Amount));
        check(Field::Value, "0", Some(Wrong::Rule(Fault::TooSmall { least: Decimal::new(1, 2) })));
        check(Field::Shipping, "-1", Some(Wrong::Amount));
        check(Field::Quantity, "2.5", Some(Wrong::Quantity));
        check(Field::Quantity, "0", Some(Wrong::Quantity));
        check(Field::Quantity, "1,000", None);
        form.type_in(Field::Value, "five".to_owned());
        assert_eq!(missing(&form, &[]), []);
    }
}
