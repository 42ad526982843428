//! Builds a request from the texts of a row, or reports their faults.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Country, Fault as RuleFault, Images, MAX_IMAGES, Money, Quantity};

use crate::amount::{DecimalMark, parse_cell};
use crate::columns::{Mapping, NotTold, Role, RowCurrency};
use crate::country::exactly;
use crate::report::Fault;

/// The names of countries, with a cache of the texts looked up, because a catalogue repeats the same few.
#[derive(Debug, Default)]
pub(crate) struct Countries {
    languages: Vec<Vec<(Country, String)>>,
    met: HashMap<String, Option<Country>>,
}

impl Countries {
    pub(crate) fn new(languages: Vec<Vec<(Country, String)>>) -> Self {
        Self { languages, met: HashMap::new() }
    }

    fn named(&mut self, text: &str) -> Option<Country> {
        if let Some(known) = self.met.get(text) {
            return *known;
        }
        let country = exactly(text, &self.languages);
        self.met.insert(text.to_owned(), country);
        country
    }
}

/// Builds the request of a row. `text` returns its text for a role; empty if it has none. `mark` returns the decimal
/// mark of such a text; `None` while the person has not said which it is.
///
/// # Errors
/// The fault of each role with a faulty text.
pub(crate) fn request(
    text: impl Fn(Role) -> String,
    mark: impl Fn(Role, &str) -> Option<DecimalMark>,
    currency: RowCurrency,
    mapping: &Mapping,
    countries: &mut Countries,
) -> Result<ClassifyRequest, Vec<(Role, Fault)>> {
    let mut faults = Vec::new();
    let mut country = |role: Role, otherwise: Option<Country>| match text(role) {
        name if name.is_empty() => otherwise,
        name => countries.named(&name).or_else(|| {
            faults.push((role, Fault::UnknownCountry));
            None
        }),
    };
    let origin_country = country(Role::Origin, mapping.origin);
    let destination_country = country(Role::Destination, Some(mapping.destination));
    let mut amount = |role: Role| match text(role) {
        amount if amount.is_empty() => None,
        text => {
            let amount = mark(role, &text).ok_or(Fault::Unanswered);
            let amount = amount.and_then(|mark| signed(&text, mark).ok_or(Fault::NotAnAmount));
            amount.map_err(|fault| faults.push((role, fault))).ok()
        }
    };
    let price = amount(Role::UnitValue);
    // Without a goods value, freight and insurance have nothing to be added to.
    let has_value = price.is_some();
    let shipping_cost = amount(Role::Shipping).filter(|_| has_value);
    let insurance_cost = amount(Role::Insurance).filter(|_| has_value);
    let mut count = |role: Role| match text(role) {
        count if count.is_empty() => None,
        text => {
            let count = mark(role, &text).ok_or(Fault::Unanswered);
            let count = count.and_then(|mark| quantity(&text, mark).ok_or(Fault::NotAQuantity));
            count.map_err(|fault| faults.push((role, fault))).ok()
        }
    };
    let quantity = count(Role::Quantity);
    let pack = if mapping.needs_pack_size() { count(Role::PackSize) } else { None };
    let mut goods_value = None;
    let mut units = None;
    if let Some(price) = price {
        match mapping.in_units(price, quantity, pack) {
            Ok((value, count)) => (goods_value, units) = (Some(value), count),
            // The texts themselves are faulty, and told already.
            Err(_) if faults.iter().any(|(role, _)| matches!(role, Role::Quantity | Role::PackSize)) => {}
            Err(NotTold::Open) => faults.push((Role::UnitValue, Fault::Unanswered)),
            Err(NotTold::NoQuantity | NotTold::TooLarge) => {
                faults.push((Role::Quantity, Fault::NotAQuantity));
            }
        }
    }
    let currency = match currency {
        RowCurrency::Known(currency) => Ok(currency),
        RowCurrency::NotTaken(role) => Err((role, Fault::UnknownCurrency)),
        RowCurrency::Several => Err((Role::UnitValue, Fault::OtherCurrency)),
        RowCurrency::Open => Err((Role::Currency, Fault::Unanswered)),
    };
    let currency = if has_value { currency.map_err(|fault| faults.push(fault)).ok() } else { None };
    let request = ClassifyRequest {
        image_url: pictures(&text(Role::Picture)),
        image_base64: None,
        description: Some(described(&text(Role::Description))).filter(|text| !text.is_empty()),
        origin_country,
        destination_country,
        goods_value,
        quantity: units,
        shipping_cost,
        insurance_cost,
        currency,
    };
    let problems = request.validate().err().unwrap_or_default();
    faults.extend(problems.into_iter().map(|problem| broken(&problem.field, problem.fault)));
    if faults.is_empty() { Ok(request) } else { Err(faults) }
}

/// A description without control characters, which come from faulty exports.
fn described(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn pictures(text: &str) -> Option<Images> {
    // Exports of web shops separate addresses with commas. An address may contain a comma, but not at its ends.
    let apart = text.replace(",http", " http").replace(";http", " http");
    let address = |address: &str| address.trim_matches([',', ';']).to_owned();
    let mut addresses: Vec<_> =
        apart.split([' ', '\n', '\t', '|']).map(address).filter(|address| !address.is_empty()).collect();
    addresses.truncate(MAX_IMAGES);
    match addresses.len() {
        0 => None,
        1 => addresses.pop().map(Images::One),
        _ => Some(Images::Several(addresses)),
    }
}

/// Parses an amount that may be negative, because a negative amount has a message of its own.
fn signed(text: &str, mark: DecimalMark) -> Option<Money> {
    match text.split_once('-').filter(|(before, _)| !before.contains(|c: char| c.is_ascii_digit())) {
        Some((before, after)) => {
            parse_cell(&format!("{before}{after}"), mark).map(|Money(amount)| Money(-amount))
        }
        None => parse_cell(text, mark),
    }
}

/// Parses a quantity, also as a spreadsheet writes it: `100.0`, `1.000`.
fn quantity(text: &str, mark: DecimalMark) -> Option<Quantity> {
    parse_cell(text, mark).and_then(|count| count.to_string().parse().ok())
}

/// Converts a broken rule of the API into a fault of the row.
fn broken(field: &str, fault: RuleFault) -> (Role, Fault) {
    let role = match field {
        "goods_value" => Role::UnitValue,
        "shipping_cost" => Role::Shipping,
        "insurance_cost" => Role::Insurance,
        field if field.starts_with("image_url") => Role::Picture,
        _ => Role::Description,
    };
    let fault = match fault {
        RuleFault::TooLong { .. } | RuleFault::TooMany { .. } => Fault::TooLong,
        RuleFault::Negative | RuleFault::TooSmall { .. } => Fault::NotPositive,
        RuleFault::TooLarge => Fault::TooLarge,
        RuleFault::TooPrecise => Fault::TooPrecise,
        RuleFault::NotAnAddress => Fault::NotAnAddress,
        RuleFault::Missing | RuleFault::ControlCharacter | RuleFault::Incomplete | RuleFault::NotAVerdict => {
            Fault::Missing
        }
    };
    (role, fault)
}
