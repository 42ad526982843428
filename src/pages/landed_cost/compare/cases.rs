//! The cases of a comparison: requests the landed cost of each, one after the other, within the rate limit.

use std::collections::HashMap;

use import8_api::{Country, DutyRates, Extension, HsCode, LandedCost, LandedCostRequest};
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::api::{ApiError, Client};
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::i18n::use_language;
use crate::pages::landed_cost::comparison::{Axis, Other};
use crate::pages::landed_cost::form::{Asked, CostForm};
use crate::queries::price_cache::{self, PriceCache, use_price_cache};
use crate::queries::rate_limit::use_gate;
use crate::session::use_session;

/// The number of digits of a declarable code.
const TEN: usize = 10;

/// A case of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The property that differs. For the consignment itself: its own origin, destination or code.
    pub other: Other,
    /// Whether it is the consignment itself.
    pub is_own: bool,
    /// The landed-cost request.
    pub request: LandedCostRequest,
    /// The number of units.
    pub quantity: u32,
}

/// The outcome of the requests for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOutcome {
    /// The landed cost without proof of origin, or the error.
    pub cost: Result<LandedCost, ApiError>,
    /// The effect of proof of origin.
    pub proof: Proof,
    /// The ten-digit code that it was priced under.
    pub code: Option<HsCode>,
}

/// The effect of proof of origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A preference applies: its scheme, and the landed cost under it or the error.
    Lower(String, Box<Result<LandedCost, ApiError>>),
    /// None: there is no preference, or the ordinary duty is zero already.
    Nothing,
    /// Unknown: no preference is listed, and the list may be incomplete.
    NotKnown,
    /// Not requested: the service cannot apply a preference, or there is no landed cost to compare with.
    NotAsked,
}

impl Proof {
    fn cost(&self) -> Option<&Result<LandedCost, ApiError>> {
        match self {
            Self::Lower(_, cost) => Some(cost),
            _ => None,
        }
    }
}

impl CaseOutcome {
    fn refused(error: ApiError) -> Self {
        Self { cost: Err(error), proof: Proof::NotAsked, code: None }
    }

    /// The totals without and with proof of origin, where known.
    pub fn totals(&self) -> [Option<Decimal>; 2] {
        let total = |cost: &LandedCost| cost.total_landed_cost.0;
        let proven = self.proof.cost().and_then(|cost| cost.as_ref().ok()).map(total);
        [self.cost.as_ref().ok().map(total), proven]
    }
}

/// The cases with their outcomes: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Cases {
    /// The cases, the consignment itself first.
    pub all: Memo<Vec<Case>>,
    outcomes: RwSignal<HashMap<String, CaseOutcome>>,
    waiting: RwSignal<u32>,
}

impl Cases {
    /// The cases of a form. Their landed costs are requested while the comparison is shown.
    #[must_use]
    pub fn new(form: RwSignal<CostForm>, asked: Memo<Option<Asked>>) -> Self {
        let (session, language, prices) = (use_session(), use_language(), use_price_cache());
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
        let waiting = RwSignal::new(0);
        let gate = use_gate().telling(waiting);
        let cases = Self { all, outcomes: RwSignal::default(), waiting };
        effect(move || {
            session.track_recoveries();
            let (all, has_proof) = (all.get(), session.has(&Extension::Measures));
            let client = session.client(language.code());
            spawn_while_shown(async move {
                for case in all {
                    let name = name_of(&case);
                    let is_known = cases
                        .outcomes
                        .with_untracked(|known| known.get(&name).is_some_and(|outcome| !is_passing(outcome)));
                    if !is_known {
                        let ask = || price(prices, &client, language.code(), &case, has_proof);
                        let outcome = gate.ask(ask).await.unwrap_or_else(CaseOutcome::refused);
                        cases.outcomes.update(|known| {
                            known.insert(name, outcome);
                        });
                    }
                }
            });
        });
        cases
    }

    /// The outcome of a case; `None` while it is unknown.
    #[must_use]
    pub fn outcome(self, case: &Case) -> Option<CaseOutcome> {
        let name = name_of(case);
        self.outcomes.with(|known| known.get(&name).cloned())
    }

    /// Seconds left of a pause for the rate limit; 0 while there is none.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }
}

/// Whether the outcome has an error that may pass, so that the case is requested again.
fn is_passing(outcome: &CaseOutcome) -> bool {
    let proven = outcome.proof.cost().and_then(|cost| cost.as_ref().err());
    outcome.cost.as_ref().err().into_iter().chain(proven).any(ApiError::is_uncertain)
}

/// The key of a case among the outcomes.
fn name_of(case: &Case) -> String {
    price_cache::name_of(&case.request)
}

/// The request with one property changed. The chosen preference is dropped for another origin or code, because it
/// belongs to those of the consignment.
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

/// Requests the landed cost of a case without proof of origin and with it: under the chosen preference, else under
/// the lowest one. A refusal becomes part of the outcome; only the rate limit is an error.
async fn price(
    prices: PriceCache,
    client: &Client,
    language: &'static str,
    case: &Case,
    has_proof: bool,
) -> Result<CaseOutcome, ApiError> {
    let mut request = case.request.clone();
    let chosen = request.preference.take();
    if request.hs_code.digit_count() < TEN {
        match ten_digits(prices, client, language, &request).await {
            Ok(code) => request.hs_code = code,
            Err(error @ ApiError::RateLimited { .. }) => return Err(error),
            Err(refusal) => return Ok(CaseOutcome::refused(refusal)),
        }
    }
    let cost = match prices.cost(client, language, &request).await {
        Err(error @ ApiError::RateLimited { .. }) => return Err(error),
        cost => cost,
    };
    let LandedCostRequest { hs_code, origin_country, destination_country, .. } = request;
    let answered = |proof| Ok(CaseOutcome { cost: cost.clone(), proof, code: Some(hs_code) });
    if !has_proof {
        return answered(Proof::NotAsked);
    }
    let destination = destination_country.unwrap_or(Country::NL);
    let scheme = match prices.rates(client, language, hs_code, Some(origin_country), destination).await {
        Ok(rates) => scheme_by(&rates, chosen),
        Err(error @ ApiError::RateLimited { .. }) => return Err(error),
        Err(error) => return Ok(CaseOutcome::refused(error)),
    };
    match scheme {
        Err(proof) => answered(proof),
        Ok(scheme) => {
            request.preference = Some(scheme.clone());
            match prices.cost(client, language, &request).await {
                Err(error @ ApiError::RateLimited { .. }) => Err(error),
                proven => answered(Proof::Lower(scheme, Box::new(proven))),
            }
        }
    }
}

/// The ten-digit code of a request; a shorter code must have only one ten-digit code below it.
async fn ten_digits(
    prices: PriceCache,
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

/// The scheme that proof of origin gives: the chosen one, else the one with the lowest duty. The error is the effect
/// without a scheme.
fn scheme_by(rates: &DutyRates, chosen: Option<String>) -> Result<String, Proof> {
    let lowest = || rates.lowest_preference().map(|lowest| lowest.scheme.clone());
    // No preference is lower than a duty of zero.
    let is_free = rates.ordinary_percent().is_some_and(|ordinary| ordinary.is_zero());
    let is_known = is_free || !rates.preferential_duties.is_empty() || rates.preferences_known == Some(true);
    chosen.or_else(lowest).ok_or(if is_known { Proof::Nothing } else { Proof::NotKnown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_preference_is_not_one_that_is_not_known() {
        let check = |ordinary: &str, rest: &str, expected: Result<&str, Proof>| {
            let rates =
                format!(r#"{{"hs_code": "8518300090", "mfn_duty": {{"rate": "{ordinary}"}}, {rest}}}"#);
            let rates: DutyRates = serde_json::from_str(&rates).expect(&rates);
            assert_eq!(scheme_by(&rates, None), expected.map(str::to_owned), "{rates:?}");
        };
        let listed =
            r#""preferential_duties": [{"scheme": "TCA", "rate": "0.00%"}], "preferences_known": false"#;
        check("8.00%", r#""preferences_known": true"#, Err(Proof::Nothing));
        check("8.00%", r#""preferences_known": false"#, Err(Proof::NotKnown));
        check("8.00%", r#""anti_dumping": []"#, Err(Proof::NotKnown));
        check("8.00%", listed, Ok("TCA"));
        check("0.00%", listed, Err(Proof::Nothing));
        check("0.00%", r#""preferences_known": false"#, Err(Proof::Nothing));
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
