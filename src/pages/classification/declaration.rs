//! The declaration of a result: the decided code, a previewed ten-digit code, and the duties and costs of
//! both.

use import8_api::{
    ClassifyRequest, Country, DecidedCosts, DecisionStep, DutyRates, Extension, HsCode, LandedCost,
    LandedCostRequest,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;

use super::answered::Answered;
use super::corrected::{self, Corrected};
use super::declarable::{Declarable, TEN, cost_request};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::components::duties::duty_text;
use crate::i18n::{Language, use_language};
use crate::queries::load::{About, Load, about};
use crate::session::use_session;

/// The query parameter of the previewed code.
const CHOICE: &str = "code";

/// Duty and landed cost that the service returned, with the code they hold for.
type Costs = (Option<HsCode>, DecidedCosts);

/// The decided code and everything the page derives from it. `Copy`; passed to every part of the page.
#[derive(Clone, Copy)]
pub struct Declaration {
    answered: StoredValue<Answered>,
    /// The decided code; `None` while there is none.
    pub decided: Memo<Option<HsCode>>,
    /// The tariff's data on a decided code that the classifier's answer does not cover.
    corrected: Load<Option<Corrected>>,
    /// The declarable codes at or below the decided code.
    pub declarable: Memo<Option<Declarable>>,
    /// The decision path to the decided code.
    pub steps: Memo<Vec<DecisionStep>>,
    /// The ten digits that rates are requested for. They may not exist.
    pub asked: Memo<Option<HsCode>>,
    /// The ten digits that hold: decided, listed by the service, or accepted by it.
    pub code: Memo<Option<HsCode>>,
    /// The ten digits that are previewed, not decided.
    pub looked_at: Memo<Option<HsCode>>,
    rates: Load<About<HsCode, DutyRates>>,
    costs: Memo<Option<Costs>>,
    request: Memo<Option<LandedCostRequest>>,
    cost: Load<About<HsCode, LandedCost>>,
    /// Whether the request gave a goods value, so that a landed cost can be expected.
    has_value: bool,
    set_choice: SignalSetter<Option<String>>,
}

impl Declaration {
    /// The declaration for an answer and its request. `told` holds the landed cost that the service returns
    /// for a code decided by a person.
    #[must_use]
    pub fn new(
        answered: Answered,
        input: Option<ClassifyRequest>,
        decided: Memo<Option<HsCode>>,
        told: Memo<Option<(HsCode, DecidedCosts)>>,
    ) -> Self {
        let (session, language) = (use_session(), use_language());
        let costs = &answered.costs;
        let has_value = costs.landed_cost.is_some()
            || costs.landed_cost_unavailable.is_some()
            || input.as_ref().is_some_and(|input| input.goods_value.is_some());
        let answered = StoredValue::new(answered);
        let route =
            input.as_ref().map_or((None, None), |input| (input.origin_country, input.destination_country));
        let corrected = ask_tariff(answered, decided, route);
        let of_tariff = move |code: HsCode| corrected.value().flatten().filter(|found| found.code == code);
        let declarable = Memo::new(move |_| {
            let decided = decided.get()?;
            if answered.with_value(|answered| answered.leads_to(decided)) {
                return answered.with_value(|answered| answered.declarable(decided));
            }
            of_tariff(decided).map(|found| found.declarable)
        });
        let steps = Memo::new(move |_| {
            let Some(decided) = decided.get() else { return Vec::new() };
            let steps = if answered.with_value(|answered| answered.leads_to(decided)) {
                answered.with_value(|answered| answered.steps.clone())
            } else {
                of_tariff(decided).map(|found| found.steps).unwrap_or_default()
            };
            on_the_way(steps, decided)
        });
        let stay = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        let (address, set_choice) = query_signal_with_options::<String>(CHOICE, stay);
        let asked = Memo::new(move |_| {
            let (decided, address) = (decided.get()?, address.get());
            declarable.with(|known| Declarable::asked(known.as_ref(), decided, address.as_deref()))
        });
        let rates = Load::new(move || {
            let (client, asked) = (session.client(language.code()), asked.get());
            async move {
                let Some(code) = asked else { return Ok(None) };
                about(code, client.duty_rates(code, route.0, route.1, None).await)
            }
        });
        let code = Memo::new(move |_| {
            let asked = asked.get()?;
            let is_typed = declarable.with(|known| matches!(known, Some(Declarable::BeginsWith(_))));
            let is_found =
                || rates.with(|tried| matches!(tried, Some(Some((code, Ok(_)))) if *code == asked));
            (decided.get() == Some(asked) || !is_typed || is_found()).then_some(asked)
        });
        let looked_at = Memo::new(move |_| {
            let is_only = declarable.with(|known| matches!(known, Some(Declarable::Given(_))));
            code.get().filter(|code| decided.get() != Some(*code) && !is_only)
        });
        let costs = Memo::new(move |_| {
            let decided = decided.get();
            let told = told.get().filter(|(code, _)| decided == Some(*code));
            let told = told.map(|(code, costs)| (Some(code), costs));
            told.or_else(|| answered.with_value(|answered| answered.costs_of(decided)))
        });
        let request = Memo::new(move |_| {
            let code = code.get().filter(|_| session.account().is_some())?;
            // A landed cost returned for exactly this code needs no request.
            let is_told = costs.with(|costs| {
                matches!(costs, Some((of, costs)) if *of == Some(code) && costs.landed_cost.is_some())
            });
            if is_told {
                return None;
            }
            cost_request(input.as_ref()?, code, session.has(&Extension::Measures))
        });
        let cost = Load::new(move || {
            let (client, request) = (session.client(language.code()), request.get());
            async move {
                let Some(request) = request else { return Ok(None) };
                about(request.hs_code, client.landed_cost(&request).await)
            }
        });
        Self {
            answered,
            decided,
            corrected,
            declarable,
            steps,
            asked,
            code,
            looked_at,
            rates,
            costs,
            request,
            cost,
            has_value,
            set_choice,
        }
    }

    /// The classifier's own code, with all known digits.
    #[must_use]
    pub fn answered(self) -> Option<HsCode> {
        self.answered.with_value(Answered::code)
    }

    /// Whether the decided code equals the classifier's or extends it.
    #[must_use]
    pub fn is_as_answered(self) -> bool {
        self.decided.get().is_some_and(|code| self.answered.with_value(|answered| answered.agrees(code)))
    }

    /// Whether digits are still to be chosen.
    #[must_use]
    pub fn is_open(self) -> bool {
        let is_short = self.decided.get().is_some_and(|code| code.digit_count() < TEN);
        is_short && self.declarable.with(|known| !matches!(known, None | Some(Declarable::Given(_))))
    }

    /// Previews a ten-digit code, or none, by writing it to the address. Requests the same code again if it
    /// is already asked for.
    pub fn look_at(self, code: Option<HsCode>) {
        if code.is_some() && code == self.asked.get_untracked() {
            return self.rates.reload();
        }
        self.set_choice.set(code.map(|code| code.bare().to_owned()));
    }

    /// The duty rates of the code in [`asked`](Self::asked), or the service's refusal; `None` until it
    /// responds.
    #[must_use]
    pub fn rates(self) -> Option<Result<DutyRates, ApiError>> {
        let asked = self.asked.get();
        self.rates.value().flatten().and_then(|(code, rates)| (Some(code) == asked).then_some(rates))
    }

    /// The error if the duty rates could not be requested.
    #[must_use]
    pub fn rates_error(self) -> Option<ApiError> {
        self.rates.error()
    }

    /// The error if the tariff's data on the decided code could not be requested.
    #[must_use]
    pub fn tariff_error(self) -> Option<ApiError> {
        self.corrected.error().filter(|_| self.declarable.with(Option::is_none))
    }

    /// The landed cost of the ten-digit code, or the service's refusal; `None` if it is not requested.
    #[must_use]
    pub fn cost(self) -> Option<Result<LandedCost, ApiError>> {
        let code = self.code.get();
        self.cost.value().flatten().and_then(|(of, cost)| (Some(of) == code).then_some(cost))
    }

    /// The error if the landed cost could not be requested.
    #[must_use]
    pub fn cost_error(self) -> Option<ApiError> {
        self.cost.error()
    }

    /// Whether a landed cost is requested.
    #[must_use]
    pub fn is_asking(self) -> bool {
        self.request.with(Option::is_some)
    }

    /// The duty and landed cost returned for the shown code or a code that it extends, with that code.
    #[must_use]
    pub fn costs(self) -> Option<Costs> {
        let shown = self.shown();
        let holds = |of: &HsCode| shown.is_some_and(|shown| shown.bare().starts_with(of.bare()));
        self.costs.get().filter(|(of, _)| of.as_ref().is_none_or(holds))
    }

    /// The code whose duty and cost are shown: the ten digits, else the decided code.
    #[must_use]
    pub fn shown(self) -> Option<HsCode> {
        self.code.get().or_else(|| self.decided.get())
    }

    /// The shown code if a value was given and the code is not the classifier's own, so that no landed cost
    /// came with the result.
    #[must_use]
    pub fn without_cost(self) -> Option<HsCode> {
        self.shown().filter(|code| self.has_value && self.answered() != Some(*code))
    }

    /// Repeats the requests for tariff data, duty rates and landed cost.
    pub fn reload(self) {
        self.corrected.reload();
        self.rates.reload();
        self.cost.reload();
    }

    /// The description of a code: from the answer, the choices, the path or the duty rates.
    #[must_use]
    pub fn describes(self, code: HsCode) -> Option<String> {
        let own = self.answered.with_value(|answered| answered.description(code));
        let offered = || self.declarable.with(|known| known.as_ref()?.description(code));
        let on_the_way = || {
            let is_it = |step: &&DecisionStep| step.code.parse::<HsCode>().is_ok_and(|found| found == code);
            self.steps.with(|steps| steps.iter().find(is_it)?.description.clone())
        };
        let found = || self.rates()?.ok()?.description.filter(|_| self.asked.get() == Some(code));
        own.or_else(offered).or_else(on_the_way).or_else(found)
    }

    /// Whether all requests about the decided code have ended.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.declarable.with(Option::is_some)
            && (self.asked.get().is_none() || self.rates().is_some() || self.rates_error().is_some())
    }

    /// The MFN duty on the ten digits, as text.
    #[must_use]
    pub fn duty(self, language: Language) -> Option<String> {
        self.code.get()?;
        duty_text(self.rates()?.ok()?.mfn_duty.as_ref()?, language)
    }
}

/// Requests the tariff's data on the decided code if the classifier's answer does not cover it.
fn ask_tariff(
    answered: StoredValue<Answered>,
    decided: Memo<Option<HsCode>>,
    route: (Option<Country>, Option<Country>),
) -> Load<Option<Corrected>> {
    let (session, language) = (use_session(), use_language());
    // Wait for the account, which tells whether the service has the nomenclature.
    let has_tariff =
        Memo::new(move |_| session.account().is_some().then(|| session.has(&Extension::Nomenclature)));
    let code = Memo::new(move |_| {
        decided.get().filter(|code| !answered.with_value(|answered| answered.leads_to(*code)))
    });
    Load::new(move || {
        let (client, question) = (session.client(language.code()), code.get().zip(has_tariff.get()));
        async move {
            let Some((code, has_tariff)) = question else { return Ok(None) };
            corrected::ask(&client, code, has_tariff, route).await.map(Some)
        }
    })
}

/// The steps that lead to a code. Deeper steps may belong to digits other than the decided ones.
fn on_the_way(mut steps: Vec<DecisionStep>, code: HsCode) -> Vec<DecisionStep> {
    let is_above = |above: HsCode| code.bare().starts_with(above.bare());
    // Keep sections and chapters, which do not parse as codes.
    steps.retain(|step| step.code.parse().is_ok_and(is_above) || step.code.parse::<HsCode>().is_err());
    steps
}
