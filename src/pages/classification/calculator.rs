//! From a result to the calculator: the same consignment, and the codes that were considered beside it.

use import8_api::{AlternativeCode, ClassifyRequest, Country, Currency, HsCode};
use leptos::prelude::*;
use leptos_router::components::A;

use super::declarable::Declaration;
use crate::i18n::use_texts;
use crate::routes;

/// The calculator's address for goods under ten digits, as they were asked about.
fn address(code: HsCode, input: &ClassifyRequest, alternatives: &[AlternativeCode]) -> String {
    let parts = [
        ("code", Some(code.bare().to_owned())),
        ("origin", input.origin_country.map(|country| country.to_string())),
        ("destination", other_than(input.destination_country, Country::NL).map(|one| one.to_string())),
        ("value", input.goods_value.map(|value| value.to_string())),
        ("quantity", input.quantity.map(|quantity| quantity.get().to_string())),
        ("shipping", input.shipping_cost.map(|cost| cost.to_string())),
        ("insurance", input.insurance_cost.map(|cost| cost.to_string())),
        ("currency", other_than(input.currency, Currency::Eur).map(|one| one.to_string())),
        ("compare", (!alternatives.is_empty()).then(|| "codes".to_owned())),
        ("with", (!alternatives.is_empty()).then(|| bare(alternatives))),
    ];
    let parts: Vec<_> =
        parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
    routes::landed_cost(&format!("?{}", parts.join("&")))
}

fn other_than<T: PartialEq>(value: Option<T>, usual: T) -> Option<T> {
    value.filter(|value| *value != usual)
}

fn bare(alternatives: &[AlternativeCode]) -> String {
    alternatives.iter().map(|one| one.code.bare()).collect::<Vec<_>>().join(",")
}

/// The ways to the calculator, as soon as the ten digits are known.
#[component]
pub fn ToCalculator(
    /// The ten digits.
    declaration: Declaration,
    /// What was asked.
    input: ClassifyRequest,
    /// The codes that were considered and left.
    alternatives: Vec<AlternativeCode>,
) -> impl IntoView {
    let texts = use_texts();
    let can_compare =
        !alternatives.is_empty() && input.goods_value.is_some() && input.origin_country.is_some();
    move || {
        let code = declaration.code.get()?;
        let compare = can_compare.then(|| {
            view! {
                <A href=address(code, &input, &alternatives) attr:class="button secondary small">
                    {texts.declaration().compare_codes}
                </A>
            }
        });
        Some(view! {
            <div class="actions to-calculator">
                <A href=address(code, &input, &[]) attr:class="button secondary small">
                    {texts.declaration().to_calculator}
                </A>
                {compare}
            </div>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calculator_starts_from_what_was_asked() {
        let input: ClassifyRequest = serde_json::from_str(
            r#"{"origin_country": "CN", "destination_country": "DE", "goods_value": 25.00, "quantity": 100, "shipping_cost": 150.00, "currency": "USD"}"#,
        )
        .expect("a request");
        let code = "8518300090".parse().expect("a code");
        assert_eq!(
            address(code, &input, &[]),
            "/landed-cost?code=8518300090&origin=CN&destination=DE&value=25.00&quantity=100&shipping=150.00&currency=USD"
        );
        let alternatives: Vec<AlternativeCode> =
            serde_json::from_str(r#"[{"code": "8518.29"}, {"code": "8517.62.00"}]"#).expect("codes");
        assert_eq!(
            address(code, &ClassifyRequest::default(), &alternatives),
            "/landed-cost?code=8518300090&compare=codes&with=851829,85176200"
        );
    }
}
