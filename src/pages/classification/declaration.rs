//! The code that counts for a result, the ten digits that are looked at, and what is known of both.

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
use crate::components::duties::duty_text;
use crate::i18n::{Language, use_language};
use crate::load::{About, Load, about};
use crate::session::use_session;

/// The name of the code that is looked at in the address.
const CHOICE: &str = "code";

/// The costs that the service tells, and of which code they are.
type Costs = (Option<HsCode>, DecidedCosts);

/// The code that counts and what is known of it: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Declaration {
    answered: StoredValue<Answered>,
    /// The code that counts, as far as it is decided.
    pub decided: Memo<Option<HsCode>>,
    /// What the tariff says of it, where the answer is about another one.
    corrected: Load<Option<Corrected>>,
    /// How far it goes towards ten digits.
    pub declarable: Memo<Option<Declarable>>,
    /// The way to it.
    pub steps: Memo<Vec<DecisionStep>>,
    /// The ten digits asked about, whether or not there is such a code.
    pub asked: Memo<Option<HsCode>>,
    /// Those that hold: decided, offered, or found to exist.
    pub code: Memo<Option<HsCode>>,
    /// Those that are only looked at.
    pub looked_at: Memo<Option<HsCode>>,
    rates: Load<About<HsCode, DutyRates>>,
    costs: Memo<Option<Costs>>,
    request: Memo<Option<LandedCostRequest>>,
    cost: Load<About<HsCode, LandedCost>>,
    /// Whether it was said what the goods are worth.
    has_value: bool,
    set_choice: SignalSetter<Option<String>>,
}

impl Declaration {
    /// That of an answer and of what was asked. `told` is what the service says that the code costs which a
    /// person decided on.
    #[must_use]
    pub fn of(
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
                about(code, client.duty_rates(code, route.0, route.1).await)
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
            // The cost that is told of exactly these digits need not be asked for.
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

    /// The answer's own code.
    #[must_use]
    pub fn answered(self) -> Option<HsCode> {
        self.answered.with_value(Answered::code)
    }

    /// Whether the code that counts is the answer's, or only goes on where that ends.
    #[must_use]
    pub fn is_as_answered(self) -> bool {
        self.decided.get().is_some_and(|code| self.answered.with_value(|answered| answered.agrees(code)))
    }

    /// Whether there are digits to choose.
    #[must_use]
    pub fn is_open(self) -> bool {
        let is_short = self.decided.get().is_some_and(|code| code.digit_count() < TEN);
        is_short && self.declarable.with(|known| !matches!(known, None | Some(Declarable::Given(_))))
    }

    /// Looks at ten digits, or at none, and keeps that in the address.
    pub fn look_at(self, code: Option<HsCode>) {
        if code.is_some() && code == self.asked.get_untracked() {
            return self.rates.reload();
        }
        self.set_choice.set(code.map(|code| code.bare().to_owned()));
    }

    /// What the service says of the duties on the code asked about; none while it has not answered.
    #[must_use]
    pub fn rates(self) -> Option<Result<DutyRates, ApiError>> {
        let asked = self.asked.get();
        self.rates.value().flatten().and_then(|(code, rates)| (Some(code) == asked).then_some(rates))
    }

    /// Why the service could not be asked for the duties.
    #[must_use]
    pub fn rates_error(self) -> Option<ApiError> {
        self.rates.error()
    }

    /// Why the service could not be asked what the tariff says of the code that counts.
    #[must_use]
    pub fn tariff_error(self) -> Option<ApiError> {
        self.corrected.error().filter(|_| self.declarable.with(Option::is_none))
    }

    /// What importing under exactly the ten digits costs; none where it is not asked for.
    #[must_use]
    pub fn cost(self) -> Option<Result<LandedCost, ApiError>> {
        let code = self.code.get();
        self.cost.value().flatten().and_then(|(of, cost)| (Some(of) == code).then_some(cost))
    }

    /// Why the service could not be asked for the cost.
    #[must_use]
    pub fn cost_error(self) -> Option<ApiError> {
        self.cost.error()
    }

    /// Whether the service is asked for the cost.
    #[must_use]
    pub fn is_asking(self) -> bool {
        self.request.with(Option::is_some)
    }

    /// The duty and the costs that the service tells of the code that is shown, whichever ten digits apply, and
    /// of which code it tells them.
    #[must_use]
    pub fn costs(self) -> Option<Costs> {
        let shown = self.shown();
        let holds = |of: &HsCode| shown.is_some_and(|shown| shown.bare().starts_with(of.bare()));
        self.costs.get().filter(|(of, _)| of.as_ref().is_none_or(holds))
    }

    /// The code whose duty and cost are shown.
    #[must_use]
    pub fn shown(self) -> Option<HsCode> {
        self.code.get().or_else(|| self.decided.get())
    }

    /// The code whose cost nobody tells, although it was said what the goods are worth.
    #[must_use]
    pub fn without_cost(self) -> Option<HsCode> {
        self.shown().filter(|code| self.has_value && self.answered() != Some(*code))
    }

    /// Asks again.
    pub fn reload(self) {
        self.corrected.reload();
        self.rates.reload();
        self.cost.reload();
    }

    /// What a code covers, as answered, as offered or as found.
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

    /// Whether it is known what there is to know of the code that counts.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.declarable.with(Option::is_some)
            && (self.asked.get().is_none() || self.rates().is_some() || self.rates_error().is_some())
    }

    /// The ordinary duty on the ten digits.
    #[must_use]
    pub fn duty(self, language: Language) -> Option<String> {
        self.code.get()?;
        duty_text(self.rates()?.ok()?.mfn_duty.as_ref()?, language)
    }
}

/// Asks what the tariff says of the code that counts, where the answer is about another one.
fn ask_tariff(
    answered: StoredValue<Answered>,
    decided: Memo<Option<HsCode>>,
    route: (Option<Country>, Option<Country>),
) -> Load<Option<Corrected>> {
    let (session, language) = (use_session(), use_language());
    // Whether the service has the nomenclature must be known first.
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

/// The steps that lead to a code: the last of them can be to other digits than those that were decided on.
fn on_the_way(mut steps: Vec<DecisionStep>, code: HsCode) -> Vec<DecisionStep> {
    let is_above = |above: HsCode| code.bare().starts_with(above.bare());
    // A section's numeral and a chapter are no codes.
    steps.retain(|step| step.code.parse().is_ok_and(is_above) || step.code.parse::<HsCode>().is_err());
    steps
}
