//! Cash flow and margin: the amounts due at release of the goods, and the profit of a sale.

use import8_api::{Country, LandedCost, Margin as Sums, Money, Rate, margin};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::form::{Asked, CostForm, Field};
use crate::browser::memo::Memo;
use crate::i18n::{format, use_language, use_texts};

/// The amounts due before the goods are released: with VAT, and without it under a Dutch permit to account
/// for VAT in the return (Article 23 of the Wet op de omzetbelasting 1968).
#[component]
pub fn Cash(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let money = |amount: Decimal| format::money(Money(amount), &cost.currency, language);
    let dumping = cost.anti_dumping_amount().0;
    let (vat, duties) = (cost.vat.amount.0, cost.duty.amount.0.saturating_add(dumping));
    let is_dutch = asked.request.destination_country.is_none_or(|country| country == Country::NL);
    let deferred = is_dutch.then(|| {
        view! {
            <div>
                <dt>{part.deferred}</dt>
                <dd>
                    <b>{money(duties)}</b>
                    <p class="hint">{(part.deferred_hint)(&money(vat))}</p>
                </dd>
            </div>
        }
    });
    view! {
        <section class="block" id="cash">
            <h2>{part.cash}</h2>
            <dl class="facts">
                <div>
                    <dt>{part.at_the_border}</dt>
                    <dd>
                        <b>{money(duties.saturating_add(vat))}</b>
                        <p class="hint">{(part.at_the_border_hint)(&money(duties), &money(vat))}</p>
                    </dd>
                </div>
                {deferred}
            </dl>
        </section>
    }
}

/// The margin on the selling price, and the break-even price.
#[component]
pub fn Margin(
    /// The form with the selling price.
    form: RwSignal<CostForm>,
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let vat_percent = cost.vat.rate.as_ref().and_then(Rate::percent);
    let currency = StoredValue::new(cost.currency.clone());
    let typed = Memo::new(move |_| {
        form.with(|form| (form.number(Field::Price, language).ok().flatten(), form.price_has_vat))
    });
    let sums = move || {
        let (price, has_vat) = typed.get();
        margin(&cost, u64::from(asked.quantity), price.unwrap_or(Money(Decimal::ZERO)), has_vat, vat_percent?)
            .map(|sums| (sums, price.is_some()))
    };
    let lines = move || {
        let Some((sums, has_price)) = sums() else {
            return view! { <p class="quiet">{part.margin_unknown}</p> }.into_any();
        };
        let money = |amount: Money| format::money(amount, &currency.get_value(), language);
        let Sums { unit_cost, earned, earned_per_unit, percent, break_even, break_even_with_vat, .. } = sums;
        let of_sale = has_price.then(|| {
            let is_loss = earned.0 < Decimal::ZERO;
            let name = if is_loss { part.loss } else { part.margin };
            let percent = percent.map(|percent| format::percent(percent, language)).unwrap_or_default();
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>
                        <b class:bad=is_loss>{money(earned_per_unit)} " · " {percent}</b>
                        <p class="hint">{(part.margin_of_all)(&money(earned))}</p>
                    </dd>
                </div>
            }
        });
        view! {
            <dl class="facts">
                {of_sale}
                <div>
                    <dt>{part.break_even}</dt>
                    <dd>
                        <b>{money(break_even)}</b>
                        <p class="hint">{(part.break_even_hint)(&money(break_even_with_vat), &money(unit_cost))}</p>
                    </dd>
                </div>
            </dl>
        }
        .into_any()
    };
    view! {
        <section class="block" id="margin">
            <h2>{part.sale}</h2>
            {lines}
        </section>
    }
}
