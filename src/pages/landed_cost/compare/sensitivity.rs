//! The sensitivity of the total to goods value and freight, computed locally from the rates, of duties and of
//! exchange, that the service applied.

use import8_api::{Consignment, LandedCost, Money, landed_cost_at};
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::i18n::{format, use_language, use_texts};
use crate::pages::landed_cost::form::{Asked, Terms};

/// Changes of the goods value, in percent.
const VALUES: [i64; 5] = [-20, -10, 0, 10, 20];

/// Changes of the freight, in percent.
const FREIGHTS: [i64; 4] = [-50, 0, 50, 100];

/// An amount changed by `percent`, rounded half up to cents. `None` on overflow.
fn changed(amount: Decimal, percent: i64) -> Option<Decimal> {
    let changed = amount.checked_mul(Decimal::new(100 + percent, 2))?;
    Some(Money(changed).to_cents().0)
}

/// The total with changed goods value and freight, in percent. `None` if the rates cannot be applied
/// locally.
#[must_use]
pub fn total_with(asked: &Asked, cost: &LandedCost, value: i64, freight: i64) -> Option<Decimal> {
    let rates = cost.rates()?;
    let consignment = Consignment::from(&asked.request);
    let consignment = Consignment {
        goods: changed(consignment.goods, value)?,
        shipping: changed(consignment.shipping, freight)?,
        ..consignment
    };
    let changed = landed_cost_at(&consignment, &rates.applied(), cost.exchange_rate.as_ref());
    changed.ok().map(|cost| cost.total_landed_cost.0)
}

/// The table of totals: goods value across, freight down.
#[component]
pub fn Sensitivity(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.compare();
    // The table is shown only if the local computation reproduces the service's total.
    if total_with(&asked, &cost, 0, 0) != Some(cost.total_landed_cost.0) {
        return ().into_any();
    }
    let money = |amount: Decimal| format::money(Money(amount), &cost.currency, language);
    let percent = |percent: i64| {
        let sign = if percent > 0 { "+" } else { "" };
        let figure = || format!("{sign}{}", format::percent(percent.into(), language));
        if percent == 0 { part.as_it_is.to_owned() } else { figure() }
    };
    let has_freight =
        asked.terms == Terms::Fob && asked.request.shipping.is_some_and(|freight| !freight.0.is_zero());
    let freights: &[i64] = if has_freight { &FREIGHTS } else { &[0] };
    let row = |&freight: &i64| {
        let cell = |value: i64| {
            let total = total_with(&asked, &cost, value, freight);
            let is_own = value == 0 && freight == 0;
            view! {
                <td class="amount" data-own=is_own.to_string()>
                    {total.map(money)}
                </td>
            }
        };
        view! {
            <tr>
                <th scope="row">{if has_freight { percent(freight) } else { String::new() }}</th>
                {VALUES.map(cell).collect_view()}
            </tr>
        }
    };
    let head = |value: i64| {
        view! {
            <th scope="col" class="amount">
                {percent(value)}
            </th>
        }
    };
    let more = total_with(&asked, &cost, 10, 0).and_then(|total| total.checked_sub(cost.total_landed_cost.0));
    view! {
        <section class="block" id="sensitivity">
            <h2>{part.sensitivity}</h2>
            <p class="quiet">{more.map(|more| (part.sensitivity_lead)(&money(more)))}</p>
            <div class="compared" tabindex="0" role="region" aria-label=part.sensitivity>
                <table class="sensitivity">
                    <thead>
                        <tr>
                            <th scope="col">{if has_freight { part.freight_by_value } else { part.by_value }}</th>
                            {VALUES.map(head).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{freights.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="hint">{part.computed_here}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_starts_from_what_the_service_says() {
        let asked = Asked {
            request: serde_json::from_str(
                r#"{"hs_code": "8518300090", "origin_country": "CN", "value": 2500.00, "shipping": 150.00, "insurance": 12.50}"#,
            )
            .expect("a request"),
            unit_value: Money(Decimal::new(2500, 2)),
            quantity: 100,
            terms: Terms::Fob,
        };
        let cost = |total: &str, rate: &str| {
            serde_json::from_str(&format!(
                r#"{{"cif_value": 2662.50, "duty": {{"rate": "{rate}", "amount": 0}}, "vat": {{"rate": "21.00%", "amount": 559.13}},
                    "total_landed_cost": {total}, "currency": "EUR"}}"#
            ))
            .expect("a cost")
        };
        let cost: LandedCost = cost("3221.63", "0.0%");
        let total = |value, freight| total_with(&asked, &cost, value, freight).expect("known").to_string();
        assert_eq!(total(0, 0), "3221.63");
        // 2,750.00 + 150.00 + 12.50 = 2,912.50, and 21 % of that is 611.625.
        assert_eq!(total(10, 0), "3524.13");
        assert_eq!(total(0, 100), "3403.13");
        assert_eq!(total(-20, -50), "2525.88");
        let unreadable =
            LandedCost { duty: import8_api::Duty { rate: "free".parse().ok(), ..cost.duty.clone() }, ..cost };
        assert_eq!(total_with(&asked, &unreadable, 0, 0), None);
    }

    #[test]
    fn duties_in_euros_are_converted_at_the_rate_of_the_answer() {
        let asked = Asked {
            request: serde_json::from_str(
                r#"{"hs_code": "0201300000", "origin_country": "AR", "value": 1000.00, "currency": "USD",
                    "measures": {"net_weight_kg": 100}}"#,
            )
            .expect("a request"),
            unit_value: Money(Decimal::TEN),
            quantity: 100,
            terms: Terms::Cif,
        };
        let cost: LandedCost = serde_json::from_str(
            r#"{"cif_value": 1000.00, "duty": {"rate": "12.8 % + 303.4 EUR/100 kg", "amount": 456.95},
                "vat": {"rate": "21.00%", "amount": 305.96}, "total_landed_cost": 1762.91, "currency": "USD",
                "exchange_rate": {"per_euro": 1.0842, "date": "2026-12-01"}}"#,
        )
        .expect("a cost");
        let total = |value| total_with(&asked, &cost, value, 0).map(|total| total.to_string());
        assert_eq!(total(0).as_deref(), Some("1762.91"));
        // 1,100.00 + 140.80 + 328.95 (303.40 EUR) = 1,569.75, and 21 % of that is 329.6475.
        assert_eq!(total(10).as_deref(), Some("1899.40"));
        let without = LandedCost { exchange_rate: None, ..cost.clone() };
        assert_eq!(total_with(&asked, &without, 0, 0), None);
    }
}
