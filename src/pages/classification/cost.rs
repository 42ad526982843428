//! The landed cost of a result, recomputed to check that the figures add up.

use import8_api::{Charge, Discrepancy, DutyType, HsCode, LandedCost, Money, Rate};
use leptos::prelude::*;

use super::declaration::Declaration;
use crate::components::failure::Failure;
use crate::components::undeclarable::reason;
use crate::i18n::{Texts, format, use_language, use_texts};

/// The landed cost of the ten-digit code if it was requested, otherwise the one returned with the result.
#[component]
pub fn Cost(
    /// The declaration of the result.
    declaration: Declaration,
) -> impl IntoView {
    let texts = use_texts();
    let retry = Callback::new(move |()| declaration.reload());
    move || match (declaration.cost(), declaration.cost_error(), declaration.code.get()) {
        (Some(Ok(cost)), _, of) => Some(view! { <LandedCostTable cost of /> }.into_any()),
        (Some(Err(refusal)), _, Some(code)) => {
            Some(view! { <NoLandedCost reason=reason(&refusal, code, use_language()) /> }.into_any())
        }
        (None, Some(error), Some(_)) => Some(
            view! {
                <section class="block" id="landed-cost">
                    <h2>{texts.result().landed_cost}</h2>
                    <Failure error retry />
                </section>
            }
            .into_any(),
        ),
        _ if declaration.is_asking() => None,
        _ => cost_or_reason(declaration, texts),
    }
}

/// The landed cost returned with the result, or the reason for having none.
fn cost_or_reason(declaration: Declaration, texts: Texts) -> Option<AnyView> {
    let (of, costs) = declaration.costs().unwrap_or_default();
    // Name the code of the cost if it is not the code shown.
    let of = of.filter(|of| declaration.shown() != Some(*of));
    let unknown =
        || declaration.without_cost().map(|code| (texts.declaration().cost_unknown)(&code.spaced()));
    match (costs.landed_cost, costs.landed_cost_unavailable.or_else(unknown)) {
        (Some(cost), _) => Some(view! { <LandedCostTable cost of /> }.into_any()),
        (None, Some(reason)) => Some(view! { <NoLandedCost reason /> }.into_any()),
        (None, None) => None,
    }
}

/// The table of charges, each with its rate and amount.
#[component]
fn LandedCostTable(cost: LandedCost, of: Option<HsCode>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let check = view! { <Check cost=cost.clone() /> };
    let LandedCost { cif_value, duty, anti_dumping, vat, total_landed_cost, currency, notes, .. } = cost;
    let money = |amount: Money| format::money(amount, &currency, language);
    let duty_name = match duty.duty_type {
        Some(DutyType::Preferential) => texts.result().cost_duty_preferential,
        _ => texts.result().cost_duty,
    };
    let charge = |name: &'static str, charge: Charge| (name, charge.rate, charge.amount);
    let lines = [
        Some((texts.result().cost_customs_value, None, cif_value)),
        Some((duty_name, duty.rate, duty.amount)),
        anti_dumping.map(|duty| charge(texts.result().cost_anti_dumping, duty)),
        Some(charge(texts.result().cost_vat, vat)),
    ];
    let rows = lines
        .into_iter()
        .flatten()
        .map(|(name, rate, amount): (_, Option<Rate>, _)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{rate.map(|rate| format::rate(&rate, language))}</td>
                    <td class="amount">{money(amount)}</td>
                </tr>
            }
        })
        .collect_view();
    let of = of.map(|code| (texts.declaration().of_code)(&code.spaced()));
    view! {
        <section class="block" id="landed-cost">
            <h2>{texts.result().landed_cost}</h2>
            {of.map(|sentence| view! { <p class="quiet">{sentence}</p> })}
            <table class="cost">
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{texts.result().cost_total}</th>
                        <td></td>
                        <td class="amount">{money(total_landed_cost)}</td>
                    </tr>
                </tfoot>
            </table>
            {check}
            {notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
        </section>
    }
}

/// The result of recomputing the figures with exact decimals: a confirmation or the differences.
#[component]
fn Check(cost: LandedCost) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let Some(Discrepancy { vat, total }) = cost.discrepancy() else {
        return view! { <p class="quiet" id="right">{texts.declaration().right_to_the_cent}</p> }.into_any();
    };
    let money = |amount: Money| format::money(amount, &cost.currency, language);
    let vat = vat.map(|vat| (texts.declaration().wrong_vat)(&money(cost.vat.amount), &money(vat)));
    let total =
        total.map(|total| (texts.declaration().wrong_total)(&money(cost.total_landed_cost), &money(total)));
    let mut sentences: Vec<_> = vat.into_iter().chain(total).collect();
    if sentences.is_empty() {
        sentences.push(texts.declaration().not_computable.to_owned());
    }
    view! {
        <div class="notice" id="wrong">
            {sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            <p>{texts.declaration().wrong_next}</p>
        </div>
    }
    .into_any()
}

/// The reason for having no landed cost although a value was given.
#[component]
fn NoLandedCost(reason: String) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="block" id="landed-cost">
            <h2>{texts.result().landed_cost}</h2>
            <p class="notice">{reason}</p>
        </section>
    }
}
