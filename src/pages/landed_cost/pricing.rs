//! What is asked of the service while the calculator is typed into, and what it has said.

use std::time::Duration;

use import8_api::{
    Country, Currency, DutyExpression, DutyRates, Extension, HsCode, LandedCost, Measure, Preference, Rate,
};
use leptos::prelude::*;

use super::form::{Asked, Form, Missing};
use crate::api::ApiError;
use crate::i18n::use_language;
use crate::load::{About, Load, about};
use crate::prices::use_prices;
use crate::session::use_session;

/// How long typing must rest before the service is asked.
const REST: Duration = Duration::from_millis(300);

/// What the rates are of.
pub type RatesQuestion = (HsCode, Option<Country>, Country);

/// The consignment as typed, its rates and its cost: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Pricing {
    /// What is typed.
    pub form: RwSignal<Form>,
    /// What can be asked; else what is missing, which is nothing where something is wrong.
    pub asked: Memo<Result<Asked, Vec<Missing>>>,
    /// What the duties depend on.
    pub needs: Memo<Vec<Measure>>,
    /// Whether a duty is in euros and the amounts are not.
    pub wants_euros: Memo<bool>,
    is_acceptable: Memo<bool>,
    rates_question: Memo<Option<RatesQuestion>>,
    rates: Load<About<RatesQuestion, DutyRates>>,
    cost: Load<About<Asked, LandedCost>>,
}

impl Pricing {
    /// That of a form.
    #[must_use]
    pub fn of(form: RwSignal<Form>) -> Self {
        let (session, language, prices) = (use_session(), use_language(), use_prices());
        let rates_question =
            Memo::new(move |_| form.with(|form| form.code.map(|code| (code, form.origin, form.destination))));
        let rates = Load::new(move || {
            let (client, question) = (session.client(language.code()), rates_question.get());
            async move {
                let Some((code, origin, destination)) = question else { return Ok(None) };
                let rates = prices.rates(&client, language.code(), code, origin, destination).await;
                about((code, origin, destination), rates)
            }
        });
        let applied = Memo::new(move |_| {
            let (question, rates) = rates.value().flatten()?;
            let rates = rates.ok().filter(|_| Some(question) == rates_question.get())?;
            let scheme = form.with(|form| form.preference.clone());
            Some(applied_duties(&rates, scheme.as_deref()))
        });
        let needs = Memo::new(move |_| {
            let applied = applied.get().unwrap_or_default();
            let needs = |measure: &&Measure| applied.iter().any(|duty| duty.measures().contains(measure));
            Measure::ALL.iter().filter(needs).copied().collect::<Vec<_>>()
        });
        let wants_euros = Memo::new(move |_| {
            form.with(|form| form.currency != Currency::Eur)
                && applied.with(|duties| duties.iter().flatten().any(DutyExpression::is_in_euros))
        });
        let asked = Memo::new(move |_| {
            let has_measures = session.has(&Extension::Measures);
            form.with(|form| needs.with(|needs| form.asked(needs, has_measures, language)))
        });
        let is_acceptable = Memo::new(move |_| {
            let breaks = asked.with(|asked| matches!(asked, Ok(asked) if asked.request.validate().is_err()));
            !breaks && !wants_euros.get()
        });
        let is_ready = Memo::new(move |_| {
            // Which measures are needed is known with the rates.
            let is_known = rates.with(|rates| {
                matches!(rates, Some(Some((question, Ok(_)))) if Some(*question) == rates_question.get())
            });
            asked.with(Result::is_ok) && is_acceptable.get() && is_known
        });
        let rested = RwSignal::new(None::<Asked>);
        Effect::new(move |_| {
            let next = asked.get().ok().filter(|_| is_ready.get());
            if let Ok(timer) = set_timeout_with_handle(move || rested.set(next), REST) {
                on_cleanup(move || timer.clear());
            }
        });
        let cost = Load::new(move || {
            let (client, asked) = (session.client(language.code()), rested.get());
            async move {
                let Some(asked) = asked else { return Ok(None) };
                let cost = prices.cost(&client, language.code(), &asked.request).await;
                about(asked, cost)
            }
        });
        Self { form, asked, needs, wants_euros, is_acceptable, rates_question, rates, cost }
    }

    /// What the service says of the rates of the code; none while it has not answered.
    #[must_use]
    pub fn rates(self) -> Option<Result<DutyRates, ApiError>> {
        let (question, rates) = self.rates.value().flatten()?;
        (Some(question) == self.rates_question.get()).then_some(rates)
    }

    /// The preferences for goods of the origin.
    #[must_use]
    pub fn preferences(self) -> Vec<Preference> {
        let has_origin = self.form.with(|form| form.origin.is_some());
        let rates = self.rates().and_then(Result::ok).filter(|_| has_origin);
        rates.map(|rates| rates.preferential_duties).unwrap_or_default()
    }

    /// What was answered last, and to what; while something else is typed, that is still the question before.
    #[must_use]
    pub fn cost(self) -> About<Asked, LandedCost> {
        self.cost.value().flatten()
    }

    /// Whether the service would take what is typed, as far as that is complete.
    #[must_use]
    pub fn is_acceptable(self) -> bool {
        self.is_acceptable.get()
    }

    /// Whether what is shown is the answer to what is typed.
    #[must_use]
    pub fn is_current(self) -> bool {
        self.cost.with(|cost| {
            self.asked.with(|asked| matches!((cost, asked), (Some(Some((of, _))), Ok(asked)) if of == asked))
        })
    }

    /// Why the service could not be asked.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.rates.error().filter(|_| self.rates_question.get().is_some()).or_else(|| self.cost.error())
    }

    /// Asks again.
    pub fn reload(self) {
        self.rates.reload();
        self.cost.reload();
    }

    /// Whether the wait for a first answer should be shown.
    #[must_use]
    pub fn is_slow(self) -> bool {
        self.cost.is_slow()
    }
}

/// The duties that are applied: the ordinary one or that of a preference, and those against dumping.
fn applied_duties(rates: &DutyRates, scheme: Option<&str>) -> Vec<DutyExpression> {
    let preference = scheme.and_then(|scheme| {
        rates.preferential_duties.iter().find(|one| one.scheme.eq_ignore_ascii_case(scheme.trim()))
    });
    let duty = match preference {
        Some(preference) => preference.rate.as_ref(),
        None => rates.mfn_duty.as_ref().and_then(|duty| duty.expression.as_ref().or(duty.rate.as_ref())),
    };
    let dumping = rates.anti_dumping.iter().filter_map(|measure| measure.rate.as_ref());
    duty.into_iter().chain(dumping).filter_map(|rate: &Rate| rate.as_str().parse().ok()).collect()
}
