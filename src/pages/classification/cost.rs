//! The landed cost of a result, as the API answered it.

use import8_api::{Charge, DutyType, LandedCost, Money, Rate};
use leptos::prelude::*;

use crate::format;
use crate::i18n::{use_language, use_texts};

/// Each part of the cost, with the rate it comes from.
#[component]
pub fn LandedCostTable(
    /// The cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let LandedCost { cif_value, duty, anti_dumping, vat, total_landed_cost, currency, notes } = cost;
    let money = |amount: Money| format::money(amount, &currency, language);
    let duty_name = match duty.duty_type {
        Some(DutyType::Preferential) => texts.result.cost_duty_preferential,
        _ => texts.result.cost_duty,
    };
    let charge = |name: &'static str, charge: Charge| (name, charge.rate, charge.amount);
    let lines = [
        Some((texts.result.cost_customs_value, None, cif_value)),
        Some((duty_name, duty.rate, duty.amount)),
        anti_dumping.map(|duty| charge(texts.result.cost_anti_dumping, duty)),
        Some(charge(texts.result.cost_vat, vat)),
    ];
    let rows = lines
        .into_iter()
        .flatten()
        .map(|(name, rate, amount): (_, Option<Rate>, _)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{rate.map(|rate| rate.to_string())}</td>
                    <td class="amount">{money(amount)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="block" id="landed-cost">
            <h2>{texts.result.landed_cost}</h2>
            <table class="cost">
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{texts.result.cost_total}</th>
                        <td></td>
                        <td class="amount">{money(total_landed_cost)}</td>
                    </tr>
                </tfoot>
            </table>
            {notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
        </section>
    }
}

/// Why there is no landed cost although a value was given.
#[component]
pub fn NoLandedCost(
    /// The reason, as the API gave it.
    reason: String,
) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="block" id="landed-cost">
            <h2>{texts.result.landed_cost}</h2>
            <p class="notice">{reason}</p>
        </section>
    }
}
