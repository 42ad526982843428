//! TARIC's notation of numbers, amounts and conditions.

use super::units::UnitName;
use crate::{Condition, Text};

/// The text with single blanks, where TARIC has several, non-breaking ones or vertical bars.
pub(super) fn single_blanks(text: &str) -> String {
    text.replace('|', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with single blanks and without commas between thousands.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<_> = single_blanks(text).split(' ').map(without_thousands).collect();
    words.join(" ")
}

/// `1,554.300` as `1554.300`. A number without decimals keeps its comma: `12,500` may be twelve and a half.
fn without_thousands(word: &str) -> String {
    let end = word.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    let Some((whole, decimals)) = number.split_once('.') else { return word.to_owned() };
    let mut groups = whole.split(',');
    let leads = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_number = leads && groups.all(|group| group.len() == 3) && !decimals.contains([',', '.']);
    if is_number { format!("{}.{decimals}{rest}", whole.replace(',', "")) } else { word.to_owned() }
}

/// An amount on which a condition depends: `41.300 EUR/DTN`, `41.300 EUR DTN`, `80.001/KGM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// The number, with a point and without zeros at the end.
    pub(super) number: String,
    /// The currency; `None` for a quantity.
    pub(super) currency: Option<String>,
    /// The unit of the quantity, or the unit that the price is for.
    pub(super) unit: Option<&'static UnitName>,
}

impl Amount {
    /// Reads an amount; `None` for anything else, such as an amount of a unit that is not known here.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        let (text, per) =
            text.split_once('/').map_or((text.as_str(), None), |(text, unit)| (text, Some(unit)));
        let (number, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_number =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) {
            return None;
        }
        let decimals = decimals.trim_end_matches('0');
        let number = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
        let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let (currency, after) =
            if is_currency(first) { (Some(first.to_owned()), after) } else { (None, rest) };
        let unit = match (per, after) {
            (None, "") => None,
            (None, unit) | (Some(unit), "") => Some(UnitName::find(unit.trim())?),
            (Some(_), _) => return None,
        };
        Some(Self { number, currency, unit })
    }

    /// `52.60 EUR per 100 kg net`, `80.001 (kilogram net)`.
    pub(super) fn in_words(&self, language: &str) -> String {
        let number = match (&self.currency, self.number.split_once('.')) {
            (Some(_), None) => format!("{}.00", self.number),
            (Some(_), Some((whole, decimals))) => format!("{whole}.{decimals:0<2}"),
            (None, _) => self.number.clone(),
        };
        let number = if language == "nl" { number.replace('.', ",") } else { number };
        let unit = self.unit.map(|unit| unit.name(language));
        match (&self.currency, unit) {
            (Some(currency), Some(unit)) => format!("{number} {currency} per {unit}"),
            (Some(currency), None) => format!("{number} {currency}"),
            (None, Some(unit)) => format!("{number} ({unit})"),
            (None, None) => number,
        }
    }
}

/// Whether a word is a currency of TARIC: the euro, `EUC` (the euro of reference prices), or that of a country that is
/// or was a member state or whose currency regulations on duties have used.
fn is_currency(word: &str) -> bool {
    const CURRENCIES: [&str; 25] = [
        "EUR", "EUC", "AUD", "BGN", "CAD", "CHF", "CNY", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "ISK",
        "JPY", "LTL", "LVL", "MTL", "NOK", "PLN", "RON", "SEK", "SIT", "SKK", "USD",
    ];
    CURRENCIES.contains(&word)
}

/// Reads the conditions after `Cond:`, divided by semicolons.
///
/// # Errors
/// The first part that is no condition.
pub(super) fn conditions(text: &str) -> Result<Vec<Condition>, String> {
    let text = text.trim().trim_end_matches(';').trim_end();
    text.split(';').map(|part| condition(part.trim()).ok_or_else(|| part.trim().to_owned())).collect()
}

/// Reads `B cert: Y-155 (01):50.000 %`, `V 52.600 EUR/DTN(01):12.000 %` or `B (08):`.
fn condition(text: &str) -> Option<Condition> {
    let (kind, rest) = text.split_at_checked(1)?;
    let (requirement, outcome) = rest.split_once('(')?;
    let (action, duty) = outcome.split_once("):")?;
    let is_action = !action.is_empty() && action.bytes().all(|byte| byte.is_ascii_digit());
    if !kind.bytes().all(|byte| byte.is_ascii_uppercase()) || !is_action || duty.contains('(') {
        return None;
    }
    let requirement = requirement.strip_prefix(' ').unwrap_or(requirement).trim();
    let (document, amount) = match requirement.strip_prefix("cert:") {
        Some(document) => {
            let (document, amount) = document.trim().split_once(' ').unwrap_or((document.trim(), ""));
            (Some(document_code(document)?), amount.trim())
        }
        None => (None, requirement),
    };
    if amount.contains(':') || amount.starts_with(|first: char| !first.is_ascii_digit()) {
        return None;
    }
    let given = |text: &str| (!text.is_empty()).then(|| Text::from(text));
    Some(Condition {
        kind: kind.into(),
        document,
        amount: given(amount),
        action: action.into(),
        duty: given(duty.trim()),
    })
}

/// `Y155` for `Y-155`: the key of the edition's documents. `None` if it is no document of TARIC, whose codes are a
/// type of one character and three more.
pub(super) fn document_code(text: &str) -> Option<Text> {
    let (kind, code) = text.split_at_checked(1)?;
    let code = format!("{kind}{}", code.strip_prefix('-').unwrap_or(code));
    let is_code =
        code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    is_code.then(|| code.into())
}
