//! Builds a request from the texts of a row, or reports their faults.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Country, Fault as RuleFault, Images, MAX_IMAGES, Money, Quantity};

use crate::amount::{DecimalMark, Unread, read, read_quantity, says_none};
use crate::columns::{Mapping, NotTold, Role, RowCurrency};
use crate::country::{Names, NoCountry, label};
use crate::markup::stripped;
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

/// The text of a row for a role; empty if it has none. The fault of a cell that has none although it should.
pub(crate) type Text = Result<String, Fault>;

/// The request of a row, and whether tags were taken off its description.
pub(crate) struct Read {
    pub(crate) request: ClassifyRequest,
    pub(crate) is_stripped: bool,
}

/// Builds the request of a row. `text` returns its text for a role. `mark` returns the decimal mark of such a text;
/// `None` while the person has not said which it is.
///
/// # Errors
/// The fault of each role with a faulty text.
pub(crate) fn request(
    text: &dyn Fn(Role) -> Text,
    mark: &dyn Fn(Role, &str) -> Option<DecimalMark>,
    currency: RowCurrency,
    mapping: &Mapping,
    countries: &mut Countries,
) -> Result<Read, Vec<(Role, Fault)>> {
    let mut faults = Vec::new();
    let mut country = |role: Role, otherwise: Option<Country>, faults: &mut Vec<_>| {
        let read = text(role).and_then(|text| countries.named(&text));
        kept(read, role, faults).or(otherwise)
    };
    let origin_country = country(Role::Origin, mapping.origin, &mut faults);
    let destination_country = country(Role::Destination, Some(mapping.destination), &mut faults);
    let amount = |role: Role, faults: &mut Vec<_>| {
        let read = text(role).and_then(|text| amount(&text, role, mark(role, &text)));
        kept(read, role, faults)
    };
    let price = amount(Role::UnitValue, &mut faults);
    // Without a goods value, freight and insurance have nothing to be added to.
    let has_value = price.is_some();
    let shipping_cost = amount(Role::Shipping, &mut faults).filter(|_| has_value);
    let insurance_cost = amount(Role::Insurance, &mut faults).filter(|_| has_value);
    let count = |role: Role, faults: &mut Vec<_>| {
        let read = text(role).and_then(|text| quantity(&text, mark(role, &text)));
        kept(read, role, faults)
    };
    let quantity = count(Role::Quantity, &mut faults);
    let pack = if mapping.needs_pack_size() { count(Role::PackSize, &mut faults) } else { None };
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
    let pictures_text = kept(text(Role::Picture).map(Some), Role::Picture, &mut faults).unwrap_or_default();
    let description =
        kept(text(Role::Description).map(Some), Role::Description, &mut faults).unwrap_or_default();
    let plain = stripped(&description);
    let is_stripped = plain.is_some();
    let description = plain.unwrap_or(description);
    let request = ClassifyRequest {
        image_url: pictures(&pictures_text),
        image_base64: None,
        description: Some(described(&description)).filter(|text| !text.is_empty()),
        origin_country,
        destination_country,
        goods_value,
        quantity: units,
        shipping_cost,
        insurance_cost,
        currency,
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

/// Reads an amount, whose currency the mapping knows; `None` if the text says that there is none.
fn amount(text: &str, role: Role, mark: Option<DecimalMark>) -> Result<Option<Money>, Fault> {
    let read = read(text, mark.unwrap_or(DecimalMark::Point)).map_err(unread)?;
    let Some(amount) = read else { return Ok(None) };
    if amount.is_per_piece && role != Role::UnitValue {
        return Err(Fault::PerOther);
    }
    if mark.is_none() { Err(Fault::Unanswered) } else { Ok(Some(amount.value)) }
}

/// Reads a quantity, also as a spreadsheet writes it: `100.0`, `1.000`.
fn quantity(text: &str, mark: Option<DecimalMark>) -> Result<Option<Quantity>, Fault> {
    let read =
        read_quantity(text, mark.unwrap_or(DecimalMark::Point)).map_err(|fault| match unread(fault) {
            Fault::NotAnAmount => Fault::NotAQuantity,
            fault => fault,
        })?;
    let Some(count) = read else { return Ok(None) };
    let count = count.to_string().parse().map_err(|_| Fault::NotAQuantity);
    if mark.is_none() { Err(Fault::Unanswered) } else { count.map(Some) }
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
