//! Builds a request from the texts of a row, or reports their faults.

use std::collections::HashMap;

use import8_api::{
    ClassifyRequest, Country, Currency, Fault as RuleFault, Images, MAX_IMAGES, Money, Quantity,
};

use crate::amount::{Amount, DecimalMark, Unread, read, read_quantity, says_none};
use crate::columns::{Mapping, Role};
use crate::country::{Names, NoCountry, label};
use crate::markup::stripped;
use crate::money_sign::MoneySign;
use crate::report::Fault;

/// The names of countries, with a cache of the texts looked up, because a catalogue repeats the same few.
#[derive(Debug, Default)]
pub(crate) struct Countries {
    languages: Vec<Vec<(Country, String)>>,
    names: Names,
    met: HashMap<String, Result<Option<Country>, Fault>>,
}

impl Countries {
    pub(crate) fn new(languages: Vec<Vec<(Country, String)>>) -> Self {
        Self { names: Names::new(&languages), languages, met: HashMap::new() }
    }

    /// The country of a text; `None` if it says that there is none.
    fn named(&mut self, text: &str) -> Result<Option<Country>, Fault> {
        if let Some(known) = self.met.get(text) {
            return *known;
        }
        let country = match self.names.find(text) {
            Ok(country) => Ok(Some(country)),
            Err(_) if says_none(text) => Ok(None),
            Err(NoCountry::Unknown) => Err(Fault::UnknownCountry),
            Err(NoCountry::Several) => Err(Fault::SeveralCountries),
            Err(NoCountry::Union) => Err(Fault::Union),
        };
        self.met.insert(text.to_owned(), country);
        country
    }

    /// The label of the country that a text probably means, in the reader's language.
    pub(crate) fn suggestion(&self, text: &str) -> Option<String> {
        let country = self.names.suggest(text)?;
        let named = self.languages.first()?.iter().find(|(own, _)| *own == country);
        Some(named.map_or_else(|| country.to_string(), |(country, name)| label(*country, name)))
    }
}

/// The value of a row for a role.
#[derive(Debug, Default)]
pub(crate) struct Value {
    /// Its text; empty if it has none.
    pub(crate) text: String,
    /// Whether it is a number of a workbook, whose decimal mark is a point.
    pub(crate) is_number: bool,
    /// The currency of the cell's number format, by its ISO 4217 code.
    pub(crate) currency: Option<String>,
    /// The reason why the cell has no text that could be read.
    pub(crate) fault: Option<Fault>,
}

/// The request of a row, and whether tags were taken off its description.
pub(crate) struct Read {
    pub(crate) request: ClassifyRequest,
    pub(crate) is_stripped: bool,
}

/// Builds the request of a row. `value` returns its value for a role.
///
/// # Errors
/// The fault of each role with a faulty text.
pub(crate) fn request(
    value: impl Fn(Role) -> Value,
    mapping: &Mapping,
    countries: &mut Countries,
) -> Result<Read, Vec<(Role, Fault)>> {
    let mut faults = Vec::new();
    let mut country = |role: Role, otherwise: Option<Country>, faults: &mut Vec<_>| {
        let named = readable(value(role)).and_then(|value| match value {
            Some(value) => countries.named(&value.text),
            None => Ok(None),
        });
        kept(named, role, faults).or(otherwise)
    };
    let origin_country = country(Role::Origin, mapping.origin, &mut faults);
    let destination_country = country(Role::Destination, Some(mapping.destination), &mut faults);
    let currency = readable(value(Role::Currency)).and_then(|value| match value {
        Some(value) => currency(&value.text).map(Some),
        None => Ok(None),
    });
    let currency = kept(currency, Role::Currency, &mut faults).unwrap_or(mapping.currency);
    let amount = |role: Role, faults: &mut Vec<_>| {
        let read = readable(value(role)).and_then(|value| match value {
            Some(value) => amount(&value, role, mapping.decimal, currency),
            None => Ok(None),
        });
        kept(read, role, faults)
    };
    let goods_value = amount(Role::UnitValue, &mut faults);
    // Without a goods value, freight and insurance have nothing to be added to.
    let has_value = goods_value.is_some();
    let shipping_cost = amount(Role::Shipping, &mut faults).filter(|_| has_value);
    let insurance_cost = amount(Role::Insurance, &mut faults).filter(|_| has_value);
    let quantity = readable(value(Role::Quantity)).and_then(|value| match value {
        Some(value) => quantity(&value, mapping.decimal),
        None => Ok(None),
    });
    let quantity = kept(quantity, Role::Quantity, &mut faults).filter(|_| has_value);
    let image_url = kept(readable(value(Role::Picture)), Role::Picture, &mut faults);
    let description = kept(readable(value(Role::Description)), Role::Description, &mut faults);
    let plain = description.as_ref().and_then(|value| stripped(&value.text));
    let is_stripped = plain.is_some();
    let description = plain.or_else(|| description.map(|value| value.text)).unwrap_or_default();
    let request = ClassifyRequest {
        image_url: image_url.and_then(|value| pictures(&value.text)),
        image_base64: None,
        description: Some(described(&description)).filter(|text| !text.is_empty()),
        origin_country,
        destination_country,
        goods_value,
        quantity,
        shipping_cost,
        insurance_cost,
        currency: has_value.then_some(currency),
    };
    let problems = request.validate().err().unwrap_or_default();
    for (role, fault) in problems.into_iter().map(|problem| broken(&problem.field, problem.fault)) {
        // A description that cannot be read is not missing.
        if !faults.iter().any(|(faulty, _)| *faulty == role) {
            faults.push((role, fault));
        }
    }
    if faults.is_empty() { Ok(Read { request, is_stripped }) } else { Err(faults) }
}

/// The value, if there is one; the fault of a cell that has none although it should.
fn readable(value: Value) -> Result<Option<Value>, Fault> {
    match value.fault {
        Some(fault) => Err(fault),
        None => Ok(Some(value).filter(|value| !value.text.is_empty())),
    }
}

fn kept<T>(read: Result<Option<T>, Fault>, role: Role, faults: &mut Vec<(Role, Fault)>) -> Option<T> {
    read.unwrap_or_else(|fault| {
        faults.push((role, fault));
        None
    })
}

/// The fault of a text that is an error of a spreadsheet: `#REF!`, `#DIV/0!`, `#N/A`, `#NAAM?`.
pub(crate) fn is_error(text: &str) -> bool {
    let name = text.trim().strip_prefix('#').unwrap_or_default();
    matches!(name, "N/A" | "N/B" | "NV" | "NULL!" | "GETTING_DATA")
        || name.ends_with(['!', '?'])
            && name
                .trim_end_matches(['!', '?'])
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '/')
            && name.len() > 2
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

/// Reads an amount in the currency of its row.
fn amount(value: &Value, role: Role, mark: DecimalMark, currency: Currency) -> Result<Option<Money>, Fault> {
    let number = value.is_number.then(|| value.text.parse().ok()).flatten();
    let read = match number {
        Some(value) => Some(Amount { value, currency: None, is_per_piece: false }),
        None => read(&value.text, mark_of_cell(value, mark)).map_err(unread)?,
    };
    let Some(amount) = read else { return Ok(None) };
    if amount.is_per_piece && role != Role::UnitValue {
        return Err(Fault::PerOther);
    }
    let formatted = value.currency.as_deref().and_then(MoneySign::parse);
    for sign in [amount.currency, formatted].into_iter().flatten() {
        match sign {
            MoneySign::Known(own) if own == currency => {}
            MoneySign::Known(_) => return Err(Fault::OtherCurrency),
            MoneySign::Other => return Err(Fault::UnknownCurrency),
        }
    }
    Ok(Some(amount.value))
}

/// Reads a quantity, also as a spreadsheet writes it: `100.0`, `1.000`.
fn quantity(value: &Value, mark: DecimalMark) -> Result<Option<Quantity>, Fault> {
    let number = value.is_number.then(|| value.text.parse().ok()).flatten();
    let read = match number {
        Some(number) => Some(number),
        None => {
            read_quantity(&value.text, mark_of_cell(value, mark)).map_err(|fault| match unread(fault) {
                Fault::NotAnAmount => Fault::NotAQuantity,
                fault => fault,
            })?
        }
    };
    read.map(|count: Money| count.to_string().parse().map_err(|_| Fault::NotAQuantity)).transpose()
}

fn mark_of_cell(value: &Value, mark: DecimalMark) -> DecimalMark {
    if value.is_number { DecimalMark::Point } else { mark }
}

fn unread(unread: Unread) -> Fault {
    match unread {
        Unread::NotANumber => Fault::NotAnAmount,
        Unread::TooLong => Fault::TooLarge,
        Unread::PerCent => Fault::PerCent,
        Unread::Inexact => Fault::Inexact,
        Unread::PerOther => Fault::PerOther,
        Unread::Measure => Fault::Measure,
    }
}

fn currency(text: &str) -> Result<Currency, Fault> {
    match MoneySign::parse(text) {
        Some(MoneySign::Known(currency)) => Ok(currency),
        Some(MoneySign::Other) | None => Err(Fault::UnknownCurrency),
    }
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
