//! One result, from pending to its code.

pub mod cost;
pub mod polling;

use import8_api::{
    AiUsage, AlternativeCode, Classification, CodeDetail, DecisionStep, HsCode, Level, Money, Status,
};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use self::cost::{LandedCostTable, NoLandedCost};
use self::polling::{Pending, poll};
use crate::components::code::{Code, CodeHero};
use crate::components::confidence::{Band, ConfidenceWord};
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::load::Load;
use crate::locales::Texts;
use crate::routes;
use crate::session::use_session;

/// A classification by its address, so that a reload, a bookmark and a colleague see the same.
#[component]
pub fn ClassificationPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let load = Load::new(move || {
        let client = session.client(language.code());
        let id = id.get();
        async move { client.classification(&id).await }
    });
    poll(load);
    let title = Signal::derive(move || {
        let name = load.with(|found| found.and_then(|found| found.value.data.product_summary.clone()));
        name.unwrap_or_else(|| texts.result.title.to_owned())
    });
    let retry = Callback::new(move |()| load.reload());
    let content = move || match load.value() {
        Some(answer) => view! { <Result classification=answer.value.data text=answer.text /> }.into_any(),
        None if load.is_slow() && load.error().is_none() => view! { <TableSkeleton rows=4 /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Page title>
            {move || load.error().map(|error| view! { <Failure error retry /> })} {content}
        </Page>
    }
}

#[component]
fn Result(classification: Classification, text: String) -> impl IntoView {
    let texts = use_texts();
    let answer = match &classification.status {
        Status::Pending => {
            let asked = classification.created_at.clone().unwrap_or_default();
            view! { <Pending asked /> }.into_any()
        }
        Status::Failed => view! { <Failed reason=classification.reasoning.clone() /> }.into_any(),
        Status::Completed => view! { <Completed classification=classification.clone() /> }.into_any(),
        Status::Other(status) => view! {
            <section class="notice">
                <p>{(texts.result.unknown_status)(status)}</p>
            </section>
            <Completed classification=classification.clone() />
        }
        .into_any(),
    };
    view! {
        {answer}
        <Details classification />
        <details class="fold" id="raw">
            <summary>{texts.result.raw}</summary>
            <pre>{text}</pre>
        </details>
        <A href=routes::CLASSIFY attr:class="button secondary">
            {texts.result.again}
        </A>
    }
}

#[component]
fn Failed(reason: Option<String>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="failure" id="failed">
            <h2>{texts.result.failed}</h2>
            <p>{reason.unwrap_or_else(|| texts.result.failed_body.to_owned())}</p>
        </section>
    }
}

#[component]
fn Completed(classification: Classification) -> impl IntoView {
    let texts = use_texts();
    let Classification {
        hs_code,
        confidence,
        reasoning,
        decision_tree,
        alternative_codes,
        landed_cost,
        landed_cost_unavailable,
        ..
    } = classification;
    let is_weak = confidence.is_some_and(|confidence| Band::of(confidence) == Band::Weak);
    view! {
        {hs_code.map(|detail| view! { <Answer detail /> })}
        <p class="verdict">
            {texts.result.confidence} " " <ConfidenceWord confidence />
            {is_weak.then(|| view! { <span class="advice">{texts.confidence.weak_advice}</span> })}
        </p>
        <p class="quiet">{texts.result.not_binding}</p>
        {reasoning
            .map(|reasoning| {
                view! {
                    <section class="block" id="reasoning">
                        <h2>{texts.result.reasoning}</h2>
                        <p class="prose">{reasoning}</p>
                    </section>
                }
            })}
        {(!decision_tree.is_empty()).then(|| view! { <DecisionPath steps=decision_tree /> })}
        {(!alternative_codes.is_empty()).then(|| view! { <Alternatives codes=alternative_codes /> })}
        {landed_cost.map(|cost| view! { <LandedCostTable cost /> })}
        {landed_cost_unavailable.map(|reason| view! { <NoLandedCost reason /> })}
    }
}

/// The code, and what is still open about it.
#[component]
fn Answer(detail: CodeDetail) -> impl IntoView {
    let texts = use_texts();
    let is_open = detail.code_8.is_none();
    view! {
        {detail.deepest().map(|code| view! { <CodeHero code /> })}
        {detail.description.map(|text| view! { <p class="covers">{text}</p> })}
        {is_open.then(|| view! { <p class="notice">{texts.result.cn_open}</p> })}
    }
}

#[component]
fn DecisionPath(steps: Vec<DecisionStep>) -> impl IntoView {
    let texts = use_texts();
    let lines = steps
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <span class="level">
                        {level_name(&step.level, texts)} " " <b>{spaced(&step.code)}</b>
                    </span>
                    <span>{step.description}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="block" id="path">
            <h2>{texts.result.path}</h2>
            <ol class="path">{lines}</ol>
        </section>
    }
}

/// Digits as the tariff prints them; a section's numeral and a chapter as they are.
fn spaced(code: &str) -> String {
    code.parse().map_or_else(|_| code.to_owned(), |code: HsCode| code.spaced())
}

fn level_name(level: &Level, texts: &Texts) -> String {
    match level {
        Level::Section => texts.result.level_section.to_owned(),
        Level::Chapter => texts.result.level_chapter.to_owned(),
        Level::Heading => texts.result.level_heading.to_owned(),
        Level::Subheading => texts.result.level_subheading.to_owned(),
        Level::CnCode => texts.result.level_cn_code.to_owned(),
        Level::TaricCode => texts.result.level_taric_code.to_owned(),
        Level::Other(word) => word.clone(),
    }
}

#[component]
fn Alternatives(codes: Vec<AlternativeCode>) -> impl IntoView {
    let texts = use_texts();
    let rows = codes
        .into_iter()
        .map(|alternative| {
            view! {
                <li>
                    <Code code=alternative.code />
                    <div>
                        <p class="covers">{alternative.description}</p>
                        <p class="quiet">{alternative.reasoning}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="block" id="alternatives">
            <h2>{texts.result.alternatives}</h2>
            <ul class="alternatives">{rows}</ul>
        </section>
    }
}

#[component]
fn Details(classification: Classification) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let Classification { id, product_summary, source, created_at, completed_at, ai_usage, .. } =
        classification;
    let time = |time: Option<String>| time.map(|time| format::date_time(&time, language));
    let model = ai_usage.map(|AiUsage { input_tokens, output_tokens, cost_usd }| {
        let count =
            |tokens: Option<u64>| tokens.map_or_else(|| "–".to_owned(), |n| format::count(n, language));
        let cost =
            cost_usd.map_or_else(|| "–".to_owned(), |cost: Money| format::money(cost, "USD", language));
        (texts.result.model_used)(&count(input_tokens), &count(output_tokens), &cost)
    });
    let lines = [
        (texts.result.product, product_summary),
        (texts.result.source, source),
        (texts.result.created, time(created_at)),
        (texts.result.completed, time(completed_at)),
        (texts.result.model, model),
        (texts.result.identifier, Some(id)),
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
        <section class="block" id="details">
            <h2>{texts.result.details}</h2>
            <dl class="facts">{lines}</dl>
        </section>
    }
}
