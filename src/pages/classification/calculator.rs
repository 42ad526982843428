//! Links from a result to the landed-cost calculator: the same consignment, optionally compared with other
//! codes.

use import8_api::{AlternativeCode, ClassifyRequest, Country, Currency, HsCode};
use leptos::prelude::*;
use leptos_router::components::A;

use super::declaration::Declaration;
use crate::i18n::use_texts;
use crate::routes;

/// The address of the calculator for a code and the consignment of a request, with codes to compare.
fn address(code: HsCode, input: &ClassifyRequest, others: &[HsCode]) -> String {
    let parts = [
        ("code", Some(code.bare().to_owned())),
        ("origin", input.origin_country.map(|country| country.to_string())),
        ("destination", other_than(input.destination_country, Country::NL).map(|one| one.to_string())),
        ("value", input.goods_value.map(|value| value.to_string())),
        ("quantity", input.quantity.map(|quantity| quantity.get().to_string())),
        ("shipping", input.shipping_cost.map(|cost| cost.to_string())),
        ("insurance", input.insurance_cost.map(|cost| cost.to_string())),
        ("currency", other_than(input.currency, Currency::Eur).map(|one| one.to_string())),
        ("compare", (!others.is_empty()).then(|| "codes".to_owned())),
        ("with", (!others.is_empty()).then(|| bare(others))),
    ];
    let parts: Vec<_> =
        parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
    routes::landed_cost(&format!("?{}", parts.join("&")))
}

fn other_than<T: PartialEq>(value: Option<T>, usual: T) -> Option<T> {
    value.filter(|value| *value != usual)
}

fn bare(codes: &[HsCode]) -> String {
    codes.iter().map(HsCode::bare).collect::<Vec<_>>().join(",")
}

/// The codes to compare with: the classifier's code if it was replaced, and the alternatives.
fn others(code: HsCode, answered: Option<HsCode>, alternatives: &[AlternativeCode]) -> Vec<HsCode> {
    let answered = answered.filter(|own| !code.bare().starts_with(own.bare()));
    let codes = answered.into_iter().chain(alternatives.iter().map(|one| one.code));
    codes.filter(|other| *other != code).collect()
}

/// Links to the calculator with the shown code: one plain, one that compares codes.
#[component]
pub fn ToCalculator(
    /// The declaration of the result.
    declaration: Declaration,
    /// The request that was classified.
    input: ClassifyRequest,
    /// The alternatives that the classifier considered.
    alternatives: Vec<AlternativeCode>,
) -> impl IntoView {
    let texts = use_texts();
    let can_compare = input.goods_value.is_some() && input.origin_country.is_some();
    move || {
        let code = declaration.shown()?;
        let others = others(code, declaration.answered(), &alternatives);
        let compare = (can_compare && !others.is_empty()).then(|| {
            view! {
                <A href=address(code, &input, &others) attr:class="button secondary small">
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
        let others = ["8518.29", "8517.62.00"].map(|text| text.parse().expect(text));
        assert_eq!(
            address(code, &ClassifyRequest::default(), &others),
            "/landed-cost?code=8518300090&compare=codes&with=851829,85176200"
        );
    }

    #[test]
    fn the_code_that_counts_is_compared_with_the_answer_and_not_with_itself() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let alternatives: Vec<AlternativeCode> =
            serde_json::from_str(r#"[{"code": "9617.00.00"}, {"code": "7615.10"}]"#).expect("codes");
        let check = |of: &str, answered: &str, expected: &str| {
            let others = others(code(of).expect(of), code(answered), &alternatives);
            assert_eq!(bare(&others), expected, "{of} {answered}");
        };
        check("73239300", "73239300", "96170000,761510");
        check("7323930000", "73239300", "96170000,761510");
        check("96170000", "73239300", "73239300,761510");
        check("96170000", "", "761510");
    }
}
