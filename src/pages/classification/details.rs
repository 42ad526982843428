//! The facts of a classification: the request, its times and the model usage.

use import8_api::{AiUsage, Classification, ClassifyRequest, Country, Currency, Money, Quantity};
use leptos::prelude::*;

use crate::i18n::{Language, Texts, format, use_language, use_texts};

/// The list of facts below the answer, folded.
#[component]
pub fn Details(
    /// The classification.
    classification: Classification,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let Classification { id, product_summary, source, created_at, completed_at, ai_usage, input, .. } =
        classification;
    let time = |time: Option<String>| time.map(|time| format::date_time(&time, language));
    let model = ai_usage.filter(|usage| *usage != AiUsage::NONE).map(
        |AiUsage { input_tokens, output_tokens, cost_usd }| {
            let count =
                |tokens: Option<u64>| tokens.map_or_else(|| "–".to_owned(), |n| format::count(n, language));
            let cost =
                cost_usd.map_or_else(|| "–".to_owned(), |cost: Money| format::money(cost, "USD", language));
            (texts.result().model_used)(&count(input_tokens), &count(output_tokens), &cost)
        },
    );
    let input = input.unwrap_or_default();
    let described = input.description.clone().filter(|text| Some(text) != product_summary.as_ref());
    let addresses = input.image_url.as_ref().map(|images| images.as_slice().join("\n"));
    let lines = [
        (texts.result().product, product_summary),
        (texts.result().described, described),
        (texts.result().picture_addresses, addresses),
        (texts.result().route, route(&input, language)),
        (texts.result().value, value(&input, texts, language)),
        (texts.result().source, source.map(channel)),
        (texts.result().created, time(created_at)),
        (texts.result().completed, time(completed_at)),
        (texts.result().model, model),
        (texts.result().identifier, Some(id)),
    ];
    let lines = lines
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="fold" id="details">
            <summary>{texts.result().details}</summary>
            <dl class="facts">{lines}</dl>
        </details>
    }
}

/// How the product was submitted: the API by its name, any other channel as the service writes it.
fn channel(source: String) -> String {
    if source == "api" { "API".to_owned() } else { source }
}

/// Origin and destination; `None` if no origin was given.
fn route(input: &ClassifyRequest, language: Language) -> Option<String> {
    let origin = input.origin_country?;
    let destination = input.destination_country.unwrap_or(Country::NL);
    Some(format!("{} → {}", format::country(origin, language), format::country(destination, language)))
}

/// Goods value with freight and insurance; `None` if no value was given.
fn value(input: &ClassifyRequest, texts: Texts, language: Language) -> Option<String> {
    let currency: Currency = input.currency.unwrap_or_default();
    let money = |amount: Money| format::money(amount, currency.as_str(), language);
    let unit = money(input.goods_value?);
    let goods = match input.quantity.map(Quantity::get) {
        None | Some(1) => unit,
        Some(count) => (texts.result().units)(&format::count(count.into(), language), &unit),
    };
    let freight = input.shipping_cost.map(|amount| (texts.result().and_freight)(&money(amount)));
    let insurance = input.insurance_cost.map(|amount| (texts.result().and_insurance)(&money(amount)));
    let parts = [Some(goods), freight, insurance];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
