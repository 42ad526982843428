//! What each of those compared costs: asked one after the other, as the rate limit lets it.

use std::collections::HashMap;

use import8_api::{Country, DutyRates, Extension, HsCode, LandedCost, LandedCostRequest, Preference, Rate};
use leptos::prelude::*;

use super::{Axis, Other};
use crate::api::{ApiError, Client};
use crate::i18n::use_language;
use crate::load::spawn_while_shown;
use crate::pages::landed_cost::form::{Asked, Form};
use crate::patience::Patience;
use crate::prices::{self, Prices, use_prices};
use crate::session::use_session;

/// How many digits a declaration needs.
const TEN: usize = 10;

/// One of those compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// How it differs; the consignment itself has its own origin, destination or code here.
    pub other: Other,
    /// Whether it is the consignment itself.
    pub is_own: bool,
    /// What is asked.
    pub request: LandedCostRequest,
    /// How many units that is.
    pub quantity: u32,
}

/// What became of asking for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What it costs, or why that is not known.
    pub cost: Result<LandedCost, ApiError>,
    /// The preference that was applied.
    pub scheme: Option<String>,
    /// The ten digits that it is priced under.
    pub code: Option<HsCode>,
}

/// Those compared, and what they cost: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Cases {
    /// Those compared: the consignment itself first.
    pub all: Memo<Vec<Case>>,
    outcomes: RwSignal<HashMap<String, Outcome>>,
    with_proof: Memo<bool>,
    patience: Patience,
}

impl Cases {
    /// Those of a form, asked for as long as they are shown.
    #[must_use]
    pub fn of(form: RwSignal<Form>, asked: Memo<Option<Asked>>) -> Self {
        let (session, language, prices) = (use_session(), use_language(), use_prices());
        let comparison = Memo::new(move |_| form.with(|form| form.comparison.clone()));
        let all = Memo::new(move |_| {
            let (Some(asked), comparison) = (asked.get(), comparison.get()) else { return Vec::new() };
            if comparison.others.is_empty() {
                return Vec::new();
            }
            let own = match comparison.axis {
                Axis::Origins => Other::Country(asked.request.origin_country),
                Axis::Destinations => {
                    Other::Country(asked.request.destination_country.unwrap_or(Country::NL))
                }
                Axis::Codes => Other::Code(asked.request.hs_code),
            };
            let others = comparison.others.iter().copied().filter(|other| *other != own);
            let case = |(at, other)| Case {
                other,
                is_own: at == 0,
                request: changed(&asked.request, comparison.axis, other, at == 0),
                quantity: asked.quantity,
            };
            std::iter::once(own).chain(others).enumerate().map(case).collect()
        });
        let with_proof = Memo::new(move |_| {
            comparison.with(|comparison| comparison.with_proof) && session.has(&Extension::Measures)
        });
        let patience = Patience::new(session, RwSignal::new(0));
        let cases = Self { all, outcomes: RwSignal::default(), with_proof, patience };
        Effect::new(move |_| {
            session.track_recoveries();
            let (all, with_proof) = (all.get(), with_proof.get());
            let client = session.client(language.code());
            spawn_while_shown(async move {
                for case in all {
                    let name = name_of(&case, with_proof);
                    let is_known = cases
                        .outcomes
                        .with_untracked(|known| known.get(&name).is_some_and(|outcome| !is_passing(outcome)));
                    if !is_known {
                        let ask = || price(prices, &client, language.code(), &case, with_proof);
                        let outcome = match patience.ask(ask).await {
                            Ok(outcome) => outcome,
                            Err(error) => Outcome { cost: Err(error), scheme: None, code: None },
                        };
                        cases.outcomes.update(|known| {
                            known.insert(name, outcome);
                        });
                    }
                }
            });
        });
        cases
    }

    /// What became of a case; none while it is not known.
    #[must_use]
    pub fn outcome(self, case: &Case) -> Option<Outcome> {
        let name = name_of(case, self.with_proof.get());
        self.outcomes.with(|known| known.get(&name).cloned())
    }

    /// Seconds that are left of a pause for the rate limit; 0 while there is none.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.patience.waiting()
    }
}

/// An error that may pass is asked again.
fn is_passing(outcome: &Outcome) -> bool {
    outcome.cost.as_ref().is_err_and(ApiError::is_uncertain)
}

/// What tells a case from all others.
fn name_of(case: &Case, with_proof: bool) -> String {
    format!("{}{}", prices::name_of(&case.request), u8::from(with_proof))
}

/// The request with one thing changed. A preference that was chosen is of the consignment's own origin and
/// code.
fn changed(request: &LandedCostRequest, axis: Axis, other: Other, is_own: bool) -> LandedCostRequest {
    let mut changed = request.clone();
    match (axis, other) {
        (Axis::Origins, Other::Country(country)) => changed.origin_country = country,
        (_, Other::Country(country)) => changed.destination_country = Some(country),
        (_, Other::Code(code)) => changed.hs_code = code,
    }
    if !is_own && axis != Axis::Destinations {
        changed.preference = None;
    }
    changed
}

/// Asks what a case costs; with proof of origin, under the lowest preference there is. A refusal is an answer.
async fn price(
    prices: Prices,
    client: &Client,
    language: &'static str,
    case: &Case,
    with_proof: bool,
) -> Result<Outcome, ApiError> {
    let mut request = case.request.clone();
    if request.hs_code.digit_count() < TEN {
        match ten_digits(prices, client, language, &request).await {
            Ok(code) => request.hs_code = code,
            Err(error @ ApiError::RateLimited { .. }) => return Err(error),
            Err(refusal) => return Ok(Outcome { cost: Err(refusal), scheme: None, code: None }),
        }
    }
    if with_proof && request.preference.is_none() {
        let LandedCostRequest { hs_code, origin_country, destination_country, .. } = request;
        let destination = destination_country.unwrap_or(Country::NL);
        let rates = prices.rates(client, language, hs_code, Some(origin_country), destination).await;
        match rates {
            Ok(rates) => request.preference = lowest(&rates),
            Err(error @ ApiError::RateLimited { .. }) => return Err(error),
            // Then the cost is refused for the same reason.
            Err(_) => {}
        }
    }
    match prices.cost(client, language, &request).await {
        Err(error @ ApiError::RateLimited { .. }) => Err(error),
        cost => Ok(Outcome { cost, scheme: request.preference, code: Some(request.hs_code) }),
    }
}

/// The ten digits, where there is only one code of ten below a shorter one.
async fn ten_digits(
    prices: Prices,
    client: &Client,
    language: &'static str,
    request: &LandedCostRequest,
) -> Result<HsCode, ApiError> {
    let destination = request.destination_country.unwrap_or(Country::NL);
    let known =
        prices.rates(client, language, request.hs_code, Some(request.origin_country), destination).await;
    match known {
        Ok(rates) => Ok(rates.hs_code),
        Err(ApiError::NotDeclarable { message, codes }) => match codes.as_slice() {
            [only] => Ok(only.code),
            _ => Err(ApiError::NotDeclarable { message, codes }),
        },
        Err(error) => Err(error),
    }
}

/// The preference with the lowest percentage, if that is lower than the ordinary duty; where percentages cannot
/// be compared, the first.
fn lowest(rates: &DutyRates) -> Option<String> {
    let preferences = &rates.preferential_duties;
    let percent = |preference: &Preference| preference.rate.as_ref().and_then(Rate::percent);
    let ordinary = rates.mfn_duty.as_ref().and_then(|duty| duty.rate.as_ref()).and_then(Rate::percent);
    let by_percent = preferences.iter().filter(|one| percent(one).is_some()).min_by_key(|one| percent(one));
    let lowest = by_percent.or_else(|| preferences.first())?;
    let is_lower = ordinary.zip(percent(lowest)).is_none_or(|(ordinary, lowest)| lowest < ordinary);
    is_lower.then(|| lowest.scheme.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_preference_is_one_that_is_lower_than_the_ordinary_duty() {
        let check = |ordinary: &str, preferences: &[(&str, &str)], expected: Option<&str>| {
            let preferences: Vec<_> = preferences
                .iter()
                .map(|(scheme, rate)| serde_json::json!({"scheme": scheme, "rate": rate}))
                .collect();
            let rates = serde_json::json!({
                "hs_code": "8518300090", "mfn_duty": {"rate": ordinary}, "preferential_duties": preferences,
            });
            let rates: DutyRates = serde_json::from_value(rates).expect("rates");
            assert_eq!(lowest(&rates).as_deref(), expected, "{ordinary} {preferences:?}");
        };
        check("8.00%", &[], None);
        check("8.00%", &[("GSP", "4.50%"), ("TCA", "0.00%")], Some("TCA"));
        check("0.00%", &[("TCA", "0.00%")], None);
        check("8.00%", &[("GSP", "4 % + 1 EUR/kg")], Some("GSP"));
        check("12.8 % + 1 EUR/kg", &[("GSP", "9.00%")], Some("GSP"));
    }

    #[test]
    fn only_one_thing_is_changed() {
        let request: LandedCostRequest = serde_json::from_str(
            r#"{"hs_code": "8518300090", "origin_country": "CN", "value": 1, "preference": "GSP"}"#,
        )
        .expect("a request");
        let country = |code: &str| Other::Country(code.parse().expect(code));
        let from = changed(&request, Axis::Origins, country("VN"), false);
        assert_eq!((from.origin_country.to_string(), from.preference), ("VN".to_owned(), None));
        let to = changed(&request, Axis::Destinations, country("DE"), false);
        assert_eq!(to.destination_country.map(|to| to.to_string()).as_deref(), Some("DE"));
        assert_eq!(to.preference.as_deref(), Some("GSP"));
        assert_eq!(changed(&request, Axis::Origins, country("CN"), true), request);
    }
}
