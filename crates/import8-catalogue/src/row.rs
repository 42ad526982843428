//! Makes a request from the texts of a row, or reports their faults.

use std::collections::HashMap;

use import8_api::{
    ClassifyRequest, Country, Currency, Fault as RuleFault, Images, MAX_IMAGES, Money, Quantity,
};

use crate::amount::{DecimalMark, parse_cell};
use crate::columns::{Mapping, Role};
use crate::country::exactly;
use crate::report::Fault;

/// The names of countries, with a cache of texts that were looked up: a catalogue repeats the same few.
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

/// The request of a row. `text` returns its text for a role; empty for none.
///
/// # Errors
/// Every role with a faulty text, and the fault.
pub(crate) fn request(
    text: impl Fn(Role) -> String,
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
        amount => signed(&amount, mapping.decimal).or_else(|| {
            faults.push((role, Fault::NotAnAmount));
            None
        }),
    };
    let goods_value = amount(Role::UnitValue);
    // Without the value of the goods there is nothing for these to be added to.
    let has_value = goods_value.is_some();
    let shipping_cost = amount(Role::Shipping).filter(|_| has_value);
    let insurance_cost = amount(Role::Insurance).filter(|_| has_value);
    let quantity = match text(Role::Quantity) {
        count if count.is_empty() => None,
        count => quantity(&count, mapping.decimal).or_else(|| {
            faults.push((Role::Quantity, Fault::NotAQuantity));
            None
        }),
    };
    let currency = match text(Role::Currency) {
        name if name.is_empty() => Some(mapping.currency),
        name => currency(&name).or_else(|| {
            faults.push((Role::Currency, Fault::UnknownCurrency));
            None
        }),
    };
    let request = ClassifyRequest {
        image_url: pictures(&text(Role::Picture)),
        image_base64: None,
        description: Some(described(&text(Role::Description))).filter(|text| !text.is_empty()),
        origin_country,
        destination_country,
        goods_value,
        quantity: quantity.filter(|_| has_value),
        shipping_cost,
        insurance_cost,
        currency: currency.filter(|_| has_value),
    };
    let problems = request.validate().err().unwrap_or_default();
    faults.extend(problems.into_iter().map(|problem| broken(&problem.field, problem.fault)));
    if faults.is_empty() { Ok(request) } else { Err(faults) }
}

/// A description without what no product's has: control characters come out of broken exports.
fn described(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn pictures(text: &str) -> Option<Images> {
    // Exports of web shops put a comma between them, which an address may have too, but not at its ends.
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

/// An amount, below zero too: that is told by another sentence than what is no amount.
fn signed(text: &str, mark: DecimalMark) -> Option<Money> {
    match text.split_once('-').filter(|(before, _)| !before.contains(|c: char| c.is_ascii_digit())) {
        Some((before, after)) => {
            parse_cell(&format!("{before}{after}"), mark).map(|Money(amount)| Money(-amount))
        }
        None => parse_cell(text, mark),
    }
}

/// A count, also as a spreadsheet writes it: `100.0`, `1.000`.
fn quantity(text: &str, mark: DecimalMark) -> Option<Quantity> {
    parse_cell(text, mark).and_then(|count| count.to_string().parse().ok())
}

fn currency(text: &str) -> Option<Currency> {
    match text {
        "€" => Some(Currency::Eur),
        "$" | "US$" => Some(Currency::Usd),
        "£" => Some(Currency::Gbp),
        "¥" | "RMB" | "rmb" => Some(Currency::Cny),
        code => code.to_uppercase().parse().ok(),
    }
}

/// A rule of the API that a request breaks, as a fault of its row.
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
