//! The requests of the calculator: duty rates at once, and the landed cost after a debounce.

use std::time::Duration;

use import8_api::{
    Country, Currency, DutyExpression, DutyRates, Extension, HsCode, LandedCost, Measure, Preference, Rate,
};
use leptos::prelude::*;

use super::form::{Asked, CostForm, Missing};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::i18n::use_language;
use crate::queries::load::{About, Load, about};
use crate::queries::price_cache::use_price_cache;
use crate::session::use_session;

/// Debounce delay between the last change and the landed-cost request.
const REST: Duration = Duration::from_millis(300);

/// The parameters of a duty-rates request: code, origin and destination.
pub type RatesQuestion = (HsCode, Option<Country>, Country);

/// The consignment with its duty rates and landed cost. `Copy`; passed to every part of the page.
#[derive(Clone, Copy)]
pub struct Pricing {
    /// The form.
    pub form: RwSignal<CostForm>,
    /// The valid question, or the missing fields; an empty list if a field is invalid.
    pub asked: Memo<Result<Asked, Vec<Missing>>>,
    /// The measures that the applied duties depend on.
    pub needs: Memo<Vec<Measure>>,
    /// Whether a duty is in euros while the amounts are in another currency.
    pub wants_euros: Memo<bool>,
    is_acceptable: Memo<bool>,
    rates_question: Memo<Option<RatesQuestion>>,
    rates: Load<About<RatesQuestion, DutyRates>>,
    cost: Load<About<Asked, LandedCost>>,
}

impl Pricing {
    /// The pricing of a form.
    #[must_use]
    pub fn new(form: RwSignal<CostForm>) -> Self {
        let (session, language, prices) = (use_session(), use_language(), use_price_cache());
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
            // The rates tell which measures are needed.
            let is_known = rates.with(|rates| {
                matches!(rates, Some(Some((question, Ok(_)))) if Some(*question) == rates_question.get())
            });
            asked.with(Result::is_ok) && is_acceptable.get() && is_known
        });
        let rested = RwSignal::new(None::<Asked>);
        effect(move || {
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

    /// The duty rates of the code, or the service's refusal; `None` until it responds.
    #[must_use]
    pub fn rates(self) -> Option<Result<DutyRates, ApiError>> {
        let (question, rates) = self.rates.value().flatten()?;
        (Some(question) == self.rates_question.get()).then_some(rates)
    }

    /// The preferences for goods of the chosen origin; empty without an origin.
    #[must_use]
    pub fn preferences(self) -> Vec<Preference> {
        let has_origin = self.form.with(|form| form.origin.is_some());
        let rates = self.rates().and_then(Result::ok).filter(|_| has_origin);
        rates.map(|rates| rates.preferential_duties).unwrap_or_default()
    }

    /// The latest landed cost or refusal, with its question. The question may be older than the form.
    #[must_use]
    pub fn cost(self) -> About<Asked, LandedCost> {
        self.cost.value().flatten()
    }

    /// Whether the service would accept the form as far as it is filled in.
    #[must_use]
    pub fn is_acceptable(self) -> bool {
        self.is_acceptable.get()
    }

    /// Whether the latest landed cost belongs to the form as it is now.
    #[must_use]
    pub fn is_current(self) -> bool {
        self.cost.with(|cost| {
            self.asked.with(|asked| matches!((cost, asked), (Some(Some((of, _))), Ok(asked)) if of == asked))
        })
    }

    /// The error if the service could not be asked.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.rates.error().filter(|_| self.rates_question.get().is_some()).or_else(|| self.cost.error())
    }

    /// Repeats both requests.
    pub fn reload(self) {
        self.rates.reload();
        self.cost.reload();
    }

    /// Whether to show a loading state for a first landed cost.
    #[must_use]
    pub fn is_slow(self) -> bool {
        self.cost.is_slow()
    }
}

/// The duties that apply: the MFN duty or that of a preference, and anti-dumping duties. Unreadable
/// expressions are dropped.
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
