//! The flat duty on a small consignment to consumers, beside the duty of the tariff.
//!
//! It is computed here for any service, with the arithmetic that the server has (`import8_api::FlatDuty`).

use import8_api::{Consignment, Currency, FlatDuty, LandedCost, Money, Quantity};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::form::Asked;
use crate::i18n::{format, use_language, use_texts};

/// The first day of the flat duty, and the first one after it (Council Regulation (EU) 2026/382).
const PERIOD: (&str, &str) = ("2026-07-01", "2028-07-01");

/// Asks for the number of items, and compares the duty, the VAT and the total both ways. Nothing where the flat duty does
/// not apply, and where its meaning is not known here: beside an anti-dumping duty.
pub fn small_consignment(asked: &Asked, cost: &LandedCost, items: RwSignal<String>) -> Option<AnyView> {
    if !may_apply(asked, cost, &format::today()) {
        return None;
    }
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let (cost, labels) = (cost.clone(), [part.duty_short, part.vat, part.total]);
    let compared = move || {
        let count: Quantity = items.with(|items| items.trim().parse().ok())?;
        let flat = FlatDuty::of(&cost, count, cost.exchange_rate.as_ref()).ok()??;
        let money = |amount: Money| format::money(amount, &cost.currency, language);
        let by_tariff = [cost.duty.amount, cost.vat.amount, cost.total_landed_cost];
        let flat = [flat.amount, flat.vat.amount, flat.total_landed_cost];
        let row = |(label, (tariff, flat)): (&'static str, (Money, Money))| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td class="amount">{money(tariff)}</td>
                    <td class="amount">{money(flat)}</td>
                </tr>
            }
        };
        let rows = labels.into_iter().zip(by_tariff.into_iter().zip(flat)).map(row).collect_view();
        Some(view! {
            <table class="purposes">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="amount">
                            {part.small_by_tariff}
                        </th>
                        <th scope="col" class="amount">
                            {part.small_flat}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        })
    };
    let section = view! {
        <section class="block" id="small">
            <h2>{part.small}</h2>
            <p class="quiet">{part.standing_small}</p>
            <div class="field">
                <label for="items">{part.small_items}</label>
                <input
                    id="items"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=items
                    on:input=move |event| items.set(event_target_value(&event))
                />
            </div>
            {compared}
        </section>
    };
    Some(section.into_any())
}

/// Whether a consignment may bear the flat duty on a day, and its amounts can be compared with it.
#[must_use]
pub fn may_apply(asked: &Asked, cost: &LandedCost, today: &str) -> bool {
    let Consignment { goods, currency, .. } = Consignment::from(&asked.request);
    let per_euro = match currency {
        Currency::Eur => Some(Decimal::ONE),
        _ => cost.exchange_rate.as_ref().map(|rate| rate.per_euro.0),
    };
    let most = per_euro.and_then(|per_euro| FlatDuty::MOST_VALUE.checked_mul(per_euro));
    let has_begun = today >= PERIOD.0 && today < PERIOD.1;
    has_begun && most.is_some_and(|most| goods <= most) && cost.anti_dumping_amount().0.is_zero()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::i18n::Language;
    use crate::pages::landed_cost::form::CostForm;

    #[test]
    fn the_flat_duty_is_for_small_consignments_in_its_period() {
        let check = |value: &str, currency: &str, answer: &str, today: &str, expected: bool| {
            let fields = [("code", "8518300090"), ("origin", "CN"), ("value", value), ("currency", currency)];
            let field = |name: &str| {
                fields.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned())
            };
            let asked =
                CostForm::read(field, Language::En).asked(&[], true, Language::En).expect("a question");
            let cost = format!(
                r#"{{"cif_value": 100, "duty": {{"amount": 0}}, "vat": {{"rate": "21.00%", "amount": 21}},
                    "total_landed_cost": 121, "currency": "{currency}"{answer}}}"#
            );
            let cost: LandedCost = decode(&cost).expect("a cost");
            assert_eq!(may_apply(&asked, &cost, today), expected, "{value} {currency} {today} {answer}");
        };
        let day = "2026-12-01";
        check("150", "EUR", "", day, true);
        check("150.01", "EUR", "", day, false);
        check("20", "EUR", "", "2026-06-30", false);
        check("20", "EUR", "", "2028-07-01", false);
        check("20", "EUR", r#", "anti_dumping": {"rate": "10 %", "amount": 2}"#, day, false);
        let rate = r#", "exchange_rate": {"per_euro": 1.2, "date": "2026-12-01"}"#;
        check("180", "USD", rate, day, true);
        check("180.01", "USD", rate, day, false);
        check("20", "USD", "", day, false);
    }
}
