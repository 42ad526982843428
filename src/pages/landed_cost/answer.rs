//! The result of the calculator: the total, its computation in steps, and its composition.

use import8_api::{Consignment, CostPart, Difference, DutyType, LandedCost, Money, Recomputed};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::form::Asked;
use super::working::{Line, LineKind, lines, purposes, share};
use crate::components::duties::{duty_provenance, provenance};
use crate::i18n::{Texts, format, use_language, use_texts};

/// The total landed cost, of the consignment and per unit.
#[component]
pub fn Total(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let money = |amount: Money| format::money(amount, &cost.currency, language);
    let each = cost
        .total_landed_cost
        .0
        .checked_div(Decimal::from(asked.quantity))
        .map(|each| Money(each).to_cents());
    let of_units = each
        .filter(|_| asked.quantity > 1)
        .map(|each| (part.for_units)(&format::count(u64::from(asked.quantity), language), &money(each)));
    let on_top = cost.total_landed_cost.0.checked_sub(cost.cif_value.0);
    let on_top = on_top.zip(on_top.and_then(|extra| share(extra, cost.cif_value.0)));
    let on_top = on_top
        .map(|(extra, percent)| (part.on_top)(&money(Money(extra)), &format::percent(percent, language)));
    view! {
        <div class="total">
            <p class="number">{money(cost.total_landed_cost)}</p>
            <p class="line">{of_units.unwrap_or_else(|| part.for_one.to_owned())}</p>
            <p class="quiet">{on_top}</p>
        </div>
    }
}

/// The computation step by step, and the check that its sums are right.
#[component]
pub fn Steps(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let money = |amount: Money| format::money(amount, &cost.currency, language);
    let row = |line: Line| {
        let kind = match line.kind {
            LineKind::Figure => "figure",
            LineKind::Part => "part",
            LineKind::Sum => "sum",
            LineKind::Total => "total",
        };
        view! {
            <tr data-kind=kind>
                <th scope="row">{line.name}</th>
                <td class="working">{line.working}</td>
                <td class="amount">{money(line.amount)}</td>
            </tr>
        }
    };
    let rows = lines(&asked, &cost, language).into_iter().map(row).collect_view();
    let recomputed = cost.recompute(&Consignment::from(&asked.request));
    let (source, date) = (cost.duty.source.clone(), cost.duty.date.clone());
    let source = match cost.duty.duty_type {
        // The date of a preferential duty is the start of its agreement.
        Some(DutyType::Preferential) => provenance(source, date, language),
        _ => duty_provenance(source, date, language),
    };
    view! {
        <section class="block" id="steps">
            <h2>{texts.landed().steps}</h2>
            <table class="steps">
                <tbody>{rows}</tbody>
            </table>
            <Check recomputed currency=cost.currency.clone() />
            <p class="hint">{source}</p>
        </section>
    }
}

/// The outcome of recomputing every figure from the question: a confirmation, or the differences.
#[component]
fn Check(recomputed: Recomputed, currency: String) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let Recomputed { differences, unknown } = recomputed;
    let unknown = (!unknown.is_empty()).then(|| {
        let names: Vec<_> = unknown.iter().map(|one| part_name(*one, texts)).collect();
        view! { <p class="quiet" id="unchecked">{(part.not_checked)(&names.join(", "))}</p> }
    });
    if differences.is_empty() {
        let sentence =
            if unknown.is_some() { part.rest_is_right } else { texts.declaration().right_to_the_cent };
        return view! {
            <p class="quiet" id="right">
                {sentence}
            </p>
            {unknown}
        }
        .into_any();
    }
    let money = |amount: Money| format::money(amount, &currency, language);
    let line = |Difference { part: of, given, computed }: Difference| {
        let sentence = (part.differs)(part_name(of, texts), &money(given), &money(computed));
        view! { <p>{sentence}</p> }
    };
    view! {
        <div class="notice" id="wrong">
            {differences.into_iter().map(line).collect_view()}
            <p>{texts.declaration().wrong_next}</p>
        </div>
        {unknown}
    }
    .into_any()
}

fn part_name(part: CostPart, texts: Texts) -> &'static str {
    let landed = texts.landed();
    match part {
        CostPart::CustomsValue => landed.customs_value,
        CostPart::Duty => landed.duty_short,
        CostPart::AntiDumping => landed.anti_dumping,
        CostPart::Vat => landed.vat,
        CostPart::Total => landed.total,
    }
}

/// The composition of the total by purpose, as a bar and as a table.
#[component]
pub fn Picture(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let total = cost.total_landed_cost.0;
    let parts: Vec<_> = purposes(&asked, &cost)
        .into_iter()
        .filter_map(|(of, amount)| Some((of, amount, share(amount.0, total)?)))
        .collect();
    let segment = |(of, _, share): &(super::working::Purpose, Money, Decimal)| {
        view! { <span data-purpose=of.as_str() style:flex-grow=share.to_string()></span> }
    };
    let row = |(of, amount, share): &(super::working::Purpose, Money, Decimal)| {
        view! {
            <tr>
                <th scope="row" data-purpose=of.as_str()>
                    {of.name(language)}
                </th>
                <td class="amount">{format::money(*amount, &cost.currency, language)}</td>
                <td class="amount">{format::percent(*share, language)}</td>
            </tr>
        }
    };
    view! {
        <section class="block" id="picture">
            <h2>{part.picture}</h2>
            <div class="cost-bar" aria-hidden="true">
                {parts.iter().map(segment).collect_view()}
            </div>
            <table class="purposes">
                <thead>
                    <tr>
                        <th scope="col">{part.purpose}</th>
                        <th scope="col" class="amount">
                            {part.amount}
                        </th>
                        <th scope="col" class="amount">
                            {part.share}
                        </th>
                    </tr>
                </thead>
                <tbody>{parts.iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}
