//! The table of compared cases, each with a bar on a common scale.

use import8_api::{Charge, LandedCost, Money};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::cases::{Case, CaseOutcome, Cases, Proof};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::components::failure::{EndWait, explain};
use crate::components::undeclarable::reason;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::pages::landed_cost::comparison::Other;
use crate::pages::landed_cost::form::{Asked, CostForm};
use crate::pages::landed_cost::working::{purposes, share};

/// The table of cases: figures, bar and difference to the consignment itself.
#[component]
pub fn CaseTable(
    /// The form with the comparison.
    form: RwSignal<CostForm>,
    /// The cases with their outcomes.
    cases: Cases,
) -> impl IntoView {
    let part = use_texts().compare();
    let totals = Memo::new(move |_| {
        let totals = |case: &Case| cases.outcome(case).map(|outcome| outcome.totals()).unwrap_or_default();
        cases.all.with(|all| all.iter().map(totals).collect::<Vec<_>>())
    });
    let scale = Memo::new(move |_| {
        let is_proven = cases.all.with(|all| all.first().is_some_and(|own| own.request.preference.is_some()));
        totals.with(|totals| Scale::new(totals, is_proven))
    });
    let rows = move || {
        cases
            .all
            .get()
            .into_iter()
            .map(|case| {
                let outcome = cases.outcome(&case);
                view! { <Row form case outcome scale=scale.get() /> }
            })
            .collect_view()
    };
    let progress = move || {
        let (known, all) = cases
            .all
            .with(|all| (all.iter().filter(|case| cases.outcome(case).is_some()).count(), all.len()));
        let waiting = cases.waiting();
        let told = (part.progress)(&known.to_string(), &all.to_string());
        match (known < all, waiting) {
            (false, _) => String::new(),
            (true, 0) => told,
            (true, seconds) => format!("{told} {}", (part.waiting)(&seconds.to_string())),
        }
    };
    let wait = move || view! { <EndWait seconds=cases.waiting() /> };
    view! {
        <p class="hint" role="status" id="compared">
            {progress} " " {wait}
        </p>
        <div class="compared" tabindex="0" role="region" aria-label=part.title>
            <table class="cases">
                <thead>
                    <tr>
                        <th scope="col">{part.case}</th>
                        <th scope="col">{part.duty}</th>
                        <th scope="col" class="amount">
                            {part.duties}
                        </th>
                        <th scope="col" class="amount">
                            {part.vat}
                        </th>
                        <th scope="col" class="amount">
                            {part.total}
                        </th>
                        <th scope="col" class="amount">
                            {part.each}
                        </th>
                        <th scope="col" class="amount">
                            {part.difference}
                        </th>
                        <th scope="col">{part.remove_column}</th>
                    </tr>
                </thead>
                {rows}
            </table>
        </div>
    }
}

/// The scale of the table: extremes for bars and marks, and the total to which the others are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    highest: Option<Decimal>,
    /// The lowest total; `None` if all totals are equal.
    lowest: Option<Decimal>,
    own: Option<Decimal>,
}

impl Scale {
    /// The scale of these totals: per case without and with proof of origin, the consignment itself first.
    /// `is_proven` tells whether the consignment was priced with a preference.
    fn new(totals: &[[Option<Decimal>; 2]], is_proven: bool) -> Self {
        let all = || totals.iter().flatten().flatten().copied();
        let (highest, lowest) = (all().max(), all().min());
        let own = totals.first().and_then(|[without, with]| with.filter(|_| is_proven).or(*without));
        Self { highest, lowest: lowest.filter(|_| lowest != highest), own }
    }
}

/// The name of a case.
fn name(other: Other, language: Language) -> String {
    match other {
        Other::Country(country) => format::country(country, language),
        Other::Code(code) => code.spaced(),
    }
}

#[component]
fn Row(form: RwSignal<CostForm>, case: Case, outcome: Option<CaseOutcome>, scale: Scale) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.compare();
    let called = name(case.other, language);
    let remove = (!case.is_own).then(|| {
        let other = case.other;
        view! {
            <button
                type="button"
                class="link"
                aria-label=(part.remove)(&called)
                on:click=move |_| form.update(|form| form.comparison.remove(other))
            >
                {"×"}
            </button>
        }
    });
    let own = case.is_own.then(|| view! { <span class="hint">{part.own}</span> });
    // The ten-digit code that a shorter code is priced under.
    let under = outcome
        .as_ref()
        .and_then(|outcome| outcome.code)
        .filter(|code| matches!(case.other, Other::Code(asked) if asked != *code));
    let under = under.map(|code| view! { <span class="hint">{code.spaced()}</span> });
    let head = view! {
        <th scope="row">
            <span>{called}</span>
            {own}
            {under}
        </th>
    };
    let end = view! { <td class="row-action">{remove}</td> };
    let quantity = case.quantity;
    let (cells, bar, proven) = match outcome {
        None => (view! { <td colspan="6" class="quiet">{part.asking}</td> }.into_any(), None, None),
        Some(CaseOutcome { cost: Err(error), .. }) => {
            let sentence = why_not(&error, &case, texts);
            (view! { <td colspan="6" class="quiet">{sentence}</td> }.into_any(), None, None)
        }
        Some(CaseOutcome { cost: Ok(cost), proof, .. }) => {
            let bar = bar(&case, &cost, scale, language);
            let (note, proven) = match proof {
                Proof::Lower(scheme, proven) => (part.without_proof, Some(((part.under)(&scheme), proven))),
                Proof::Nothing => (part.no_preference, None),
                Proof::NotKnown => (part.preference_not_known, None),
                Proof::NotAsked => ("", None),
            };
            let proven = proven.map(|(under, proven)| {
                let cells = match *proven {
                    Ok(cost) => view! { <Figures cost note="" scale quantity /> }.into_any(),
                    Err(error) => {
                        let sentence = why_not(&error, &case, texts);
                        view! { <td colspan="6" class="quiet">{sentence}</td> }.into_any()
                    }
                };
                view! {
                    <tr class="proven">
                        <th scope="row">
                            <span class="hint">{under}</span>
                        </th>
                        {cells}
                    </tr>
                }
            });
            (view! { <Figures cost note scale quantity /> }.into_any(), Some(bar), proven)
        }
    };
    view! {
        <tbody data-own=case.is_own.to_string()>
            <tr>{head} {cells} {end}</tr>
            {proven}
            {bar
                .map(|bar| {
                    view! {
                        <tr class="multiple" aria-hidden="true">
                            <td colspan="8">{bar}</td>
                        </tr>
                    }
                })}
        </tbody>
    }
}

/// The figures of a priced case.
#[component]
fn Figures(cost: LandedCost, note: &'static str, scale: Scale, quantity: u32) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.compare();
    let money = |amount: Decimal| format::money(Money(amount), &cost.currency, language);
    let total = cost.total_landed_cost.0;
    let each = total.checked_div(Decimal::from(quantity)).map(|each| money(Money(each).to_cents().0));
    let difference = scale.own.and_then(|own| total.checked_sub(own)).map(|difference| {
        let sign = if difference > Decimal::ZERO { "+" } else { "" };
        let text =
            if difference.is_zero() { "–".to_owned() } else { format!("{sign}{}", money(difference)) };
        (text, difference)
    });
    let (difference, sign) = difference.map_or((String::new(), "same"), |(text, difference)| {
        let sign = match difference.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => "less",
            std::cmp::Ordering::Equal => "same",
            std::cmp::Ordering::Greater => "more",
        };
        (text, sign)
    });
    let rate = cost.duty.rate.as_ref().map(|rate| format::rate(rate, language)).unwrap_or_default();
    let dumping = cost.anti_dumping.as_ref().filter(|charge| !charge.amount.0.is_zero());
    let dumping_rate = dumping
        .and_then(|charge: &Charge| charge.rate.as_ref())
        .map(|rate| (part.and_dumping)(&format::rate(rate, language)));
    let duties =
        dumping.map_or(Some(cost.duty.amount.0), |charge| cost.duty.amount.0.checked_add(charge.amount.0));
    let is_lowest = scale.lowest == Some(total);
    view! {
        <td data-label=part.duty>
            {rate} <span class="hint">{note}</span> <span class="hint">{dumping_rate}</span>
        </td>
        <td class="amount" data-label=part.duties>
            {duties.map(money)}
        </td>
        <td class="amount" data-label=part.vat>
            {money(cost.vat.amount.0)}
        </td>
        <td class="amount" data-label=part.total>
            <b>{money(total)}</b>
            {is_lowest.then(|| view! { <span class="hint lowest">{part.lowest}</span> })}
        </td>
        <td class="amount" data-label=part.each>
            {each}
        </td>
        <td class="amount" data-label=part.difference data-difference=sign>
            {difference}
        </td>
    }
}

/// The composition of a case's total as a bar, scaled to the highest total.
fn bar(case: &Case, cost: &LandedCost, scale: Scale, language: Language) -> AnyView {
    let asked = Asked {
        request: case.request.clone(),
        unit_value: case.request.value,
        quantity: 1,
        terms: crate::pages::landed_cost::form::Terms::Fob,
    };
    let total = cost.total_landed_cost.0;
    let width = scale.highest.and_then(|highest| share(total, highest)).unwrap_or(Decimal::ONE_HUNDRED);
    let segment = |(of, amount): (crate::pages::landed_cost::working::Purpose, Money)| {
        let grow = share(amount.0, total).unwrap_or_default();
        view! { <span data-purpose=of.as_str() title=of.name(language) style:flex-grow=grow.to_string()></span> }
    };
    let segments = purposes(&asked, cost).into_iter().map(segment).collect_view();
    view! {
        <div class="cost-bar" style:width=format!("{width}%")>
            {segments}
        </div>
    }
    .into_any()
}

/// The reason for having no landed cost, as a sentence.
fn why_not(error: &ApiError, case: &Case, texts: Texts) -> String {
    match error {
        ApiError::NotFound
        | ApiError::UnknownCode(_)
        | ApiError::Invalid(_)
        | ApiError::NotDeclarable { .. } => reason(error, case.request.hs_code, use_language()),
        other => {
            let said = explain(other, texts);
            format!("{}. {} {}", said.title, said.body, said.next)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_all_are_the_lowest() {
        let some = |amount: i64| Some(Decimal::from(amount));
        let scale = Scale::new(&[[some(10), None], [some(10), some(8)], [None, None]], false);
        assert_eq!(scale, Scale { highest: some(10), lowest: some(8), own: some(10) });
        let same = Scale::new(&[[some(10), None], [some(10), None]], false);
        assert_eq!(same, Scale { highest: some(10), lowest: None, own: some(10) });
        assert_eq!(Scale::new(&[[some(10), some(9)], [some(9), None]], true).own, some(9));
        assert_eq!(Scale::new(&[], false), Scale { highest: None, lowest: None, own: None });
    }
}
