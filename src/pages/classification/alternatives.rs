//! The alternative codes of a result, each with the change of duty and landed cost that it would bring.

use import8_api::{AlternativeCode, HsCode, LandedCost, Money};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::declaration::Declaration;
use crate::browser::memo::Memo;
use crate::components::alternative::Alternative;
use crate::components::duties::duty_text;
use crate::i18n::{Texts, format, use_language, use_texts};

/// The alternatives, each compared with the duty and the landed cost that the page shows.
#[component]
pub fn Alternatives(
    /// The alternatives.
    codes: Vec<AlternativeCode>,
    /// The declaration of the result, with the code that they are compared with.
    declaration: Declaration,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let compared: Vec<_> = codes.iter().map(|alternative| alternative.code).collect();
    let prices: Vec<_> = codes
        .iter()
        .map(|code| (code.duty.as_ref().and_then(|duty| duty_text(duty, language)), code.landed_cost.clone()))
        .collect();
    let changes = Memo::new(move |_| {
        let told = declaration.costs().map(|(_, costs)| costs).unwrap_or_default();
        let own_duty = || duty_text(told.duty.as_ref()?, language);
        let duty = declaration.duty(language).or_else(own_duty);
        let cost = declaration.cost().and_then(Result::ok).or(told.landed_cost);
        let money = |amount, currency: &str| format::money(amount, currency, language);
        let change = |(other, other_cost): &(Option<String>, Option<LandedCost>)| {
            let of_duty = other.as_deref().map(|other| duty_change(duty.as_deref(), other, texts));
            let of_cost = cost.as_ref().zip(other_cost.as_ref());
            let of_cost = of_cost.and_then(|(own, other)| cost_change(own, other, money, texts));
            Change { cost: of_cost.unwrap_or_default(), duty: of_duty.unwrap_or_default() }
        };
        // The code in view is not compared with itself.
        let shown = declaration.shown();
        let is_shown = |code: &HsCode| shown.is_some_and(|shown| shown.bare().starts_with(code.bare()));
        let change = |(code, prices)| if is_shown(code) { Change::default() } else { change(prices) };
        compared.iter().zip(&prices).map(change).collect::<Vec<_>>()
    });
    let is_unknown =
        move || changes.with(|changes| changes.iter().all(|change| *change == Change::default()));
    // Names the code that is compared with, unless it is the classifier's own.
    let beside = move || {
        let shown = declaration.shown().filter(|shown| Some(*shown) != declaration.answered())?;
        (!is_unknown()).then(|| (texts.result().compared_with)(&shown.spaced()))
    };
    let change = move |at: usize| changes.with(|changes| changes.get(at).cloned()).unwrap_or_default();
    let rows = codes
        .into_iter()
        .enumerate()
        .map(|(at, alternative)| {
            view! {
                <Alternative alternative>
                    <div class="change">
                        <p>{move || change(at).cost}</p>
                        <p class="quiet">{move || change(at).duty}</p>
                    </div>
                </Alternative>
            }
        })
        .collect_view();
    view! {
        <section class="block" id="alternatives">
            <h2>{texts.result().alternatives}</h2>
            {move || is_unknown().then(|| view! { <p class="quiet">{texts.result().costs_unknown}</p> })}
            {move || beside().map(|sentence| view! { <p class="quiet">{sentence}</p> })}
            <ul class="alternatives">{rows}</ul>
        </section>
    }
}

/// The change of cost and duty under another code, in words; empty where it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Change {
    cost: String,
    duty: String,
}

/// The duty under another code, compared with the shown one.
fn duty_change(own: Option<&str>, other: &str, texts: Texts) -> String {
    match own {
        None => (texts.result().alternative_duty)(other),
        Some(own) if own == other => (texts.result().alternative_duty_same)(other),
        Some(own) => (texts.result().alternative_duty_instead)(other, own),
    }
}

/// The difference of another landed cost to the shown one; `None` if their currencies differ.
fn cost_change(
    own: &LandedCost,
    other: &LandedCost,
    money: impl Fn(Money, &str) -> String,
    texts: Texts,
) -> Option<String> {
    if own.currency != other.currency {
        return None;
    }
    let difference = other.total_landed_cost.0.checked_sub(own.total_landed_cost.0)?;
    let amount = || money(Money(difference.abs()), &own.currency);
    Some(match difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => (texts.result().costs_more)(&amount()),
        std::cmp::Ordering::Less => (texts.result().costs_less)(&amount()),
        std::cmp::Ordering::Equal => texts.result().costs_same.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn duties_are_compared_as_written() {
        let check =
            |own, other, expected| assert_eq!(duty_change(own, other, Language::En.texts()), expected);
        check(Some("2 %"), "4.7 %", "duty 4.7 % instead of 2 %");
        check(Some("2 %"), "2 %", "same duty, 2 %");
        check(None, "12.8 % + 303.4 EUR/100 kg", "duty 12.8 % + 303.4 EUR/100 kg");
    }

    #[test]
    fn costs_are_compared_in_one_currency() {
        let cost = |total: &str, currency: &str| {
            let json = format!(
                r#"{{"cif_value": 1, "duty": {{"amount": 0}}, "vat": {{"amount": 0}}, "total_landed_cost": {total}, "currency": "{currency}"}}"#
            );
            serde_json::from_str::<LandedCost>(&json).expect(&json)
        };
        let check = |own: [&str; 2], other: [&str; 2], expected: Option<&str>| {
            let [own, other] = [own, other].map(|[total, currency]| cost(total, currency));
            let money = |amount: Money, currency: &str| format!("{currency} {amount}");
            assert_eq!(cost_change(&own, &other, money, Language::En.texts()).as_deref(), expected);
        };
        check(["3221.63", "EUR"], ["3252.83", "EUR"], Some("EUR 31.20 more"));
        check(["3252.83", "EUR"], ["3221.63", "EUR"], Some("EUR 31.20 less"));
        check(["3221.63", "EUR"], ["3221.630", "EUR"], Some("same cost"));
        check(["3221.63", "EUR"], ["3252.83", "USD"], None);
        check(["0.1", "EUR"], ["0.3", "EUR"], Some("EUR 0.2 more"));
    }
}
