//! A corrected code: fetches its path, its description and the declarable codes below it.

use import8_api::{Country, DecisionStep, DutyRates, HsCode, NomenclatureRow};

use super::declarable::{Declarable, TEN};
use crate::api::{ApiError, Client};
use crate::queries::load::about;

/// The tariff's data on a code that the classifier's answer does not cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The code.
    pub code: HsCode,
    /// The path to it in the nomenclature; empty if the service has none.
    pub steps: Vec<DecisionStep>,
    /// The declarable codes at or below it.
    pub declarable: Declarable,
}

/// Requests the path of a code and the declarable codes below it. A refusal by the service is an answer:
/// the path is then empty and the code is [`Declarable::BeginsWith`].
///
/// # Errors
/// Errors that a retry can resolve, such as a lost connection.
pub async fn ask(
    client: &Client,
    code: HsCode,
    has_tariff: bool,
    route: (Option<Country>, Option<Country>),
) -> Result<Corrected, ApiError> {
    let steps = if has_tariff { way_to(client, code).await? } else { Vec::new() };
    let declarable = if code.digit_count() == TEN {
        Declarable::Given(code)
    } else {
        let found = about(code, client.duty_rates(code, route.0, route.1, None).await)?;
        found.map_or(Declarable::BeginsWith(code), |(code, rates)| below(code, rates))
    };
    Ok(Corrected { code, steps, declarable })
}

/// The nomenclature rows from the section to a code, as steps.
async fn way_to(client: &Client, code: HsCode) -> Result<Vec<DecisionStep>, ApiError> {
    // The nomenclature lacks some ten-digit codes: try eight digits next.
    let digits = [Some(code.bare()), code.bare().get(..8).filter(|_| code.digit_count() == TEN)];
    for digits in digits.into_iter().flatten() {
        if let Some((_, Ok(entry))) = about((), client.nomenclature(digits).await)? {
            return Ok(entry.path.into_iter().chain([entry.row]).map(step).collect());
        }
    }
    Ok(Vec::new())
}

fn step(row: NomenclatureRow) -> DecisionStep {
    let NomenclatureRow { code, level, description, .. } = row;
    DecisionStep { level, code, description: Some(description) }
}

/// The declarable codes below a code, from the response to a request for its duty rates.
fn below(code: HsCode, rates: Result<DutyRates, ApiError>) -> Declarable {
    let is_below = |only: &HsCode| only.digit_count() == TEN && only.bare().starts_with(code.bare());
    let known = match rates {
        Ok(rates) => Some(rates.hs_code).filter(is_below).map(Declarable::Given),
        Err(ApiError::NotDeclarable { codes, .. }) => Declarable::below(Some(code), &codes),
        Err(_) => None,
    };
    known.unwrap_or(Declarable::BeginsWith(code))
}

#[cfg(test)]
mod tests {
    use import8_api::CodeChoice;

    use super::*;

    #[test]
    fn how_far_a_corrected_code_goes_is_what_the_service_says_to_it() {
        let code = |text: &str| text.parse::<HsCode>().expect(text);
        let rates = |text: &str| {
            let json = format!(r#"{{"hs_code": "{text}"}}"#);
            serde_json::from_str::<DutyRates>(&json).expect(&json)
        };
        let choices = |texts: &[&str]| ApiError::NotDeclarable {
            message: String::new(),
            codes: texts.iter().map(|text| CodeChoice { code: code(text), description: None }).collect(),
        };
        let check = |rates, expected: Declarable| assert_eq!(below(code("9617.00.00"), rates), expected);
        let open = || Declarable::BeginsWith(code("9617.00.00"));
        check(Ok(rates("9617000000")), Declarable::Given(code("9617000000")));
        check(Ok(rates("9617.00.00")), open());
        check(Ok(rates("8518300090")), open());
        let two = ["9617000010", "9617000090"];
        let offered = two.map(|text| CodeChoice { code: code(text), description: None });
        check(Err(choices(&two)), Declarable::OneOf(offered.to_vec()));
        check(Err(choices(&[])), open());
        check(Err(ApiError::NotFound), open());
        check(Err(ApiError::Invalid("ten digits".to_owned())), open());
    }
}
