//! One result, from pending to its code.

pub mod alternatives;
pub mod answer;
pub mod calculator;
pub mod choice;
pub mod cost;
pub mod declarable;
pub mod details;
pub mod path;
pub mod pictures;
pub mod rates;
pub mod samples;
pub mod waiting;

use import8_api::{Classification, CodeDetail, Status, Verdict};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use self::alternatives::Alternatives;
use self::answer::{Answer, Certainty};
use self::calculator::ToCalculator;
use self::choice::Choice;
use self::cost::Cost;
use self::declarable::Declaration;
use self::details::Details;
use self::path::DecisionPath;
use self::pictures::Pictures;
use self::rates::Rates;
use self::samples::Samples;
use self::waiting::{Pending, poll, tell_end};
use crate::components::code::CopyButton;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::review::panel::{ReviewPanel, Subject};
use crate::components::table::TableSkeleton;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::load::Load;
use crate::reviews::use_reviews;
use crate::routes;
use crate::session::use_session;

/// A classification by its address, so that a reload, a bookmark and a colleague see the same.
#[component]
pub fn ClassificationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    // Another classification is another page: nothing of the last one stays on it.
    move || view! { <Opened id=id.get() /> }
}

#[component]
fn Opened(id: String) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let id = StoredValue::new(id);
    let load = Load::new(move || {
        let client = session.client(language.code());
        let id = id.get_value();
        async move { client.classification(&id).await }
    });
    poll(load, id);
    tell_end(load, id);
    let verdict =
        Signal::derive(move || load.with(|found| found.and_then(|found| found.value.data.feedback.clone())));
    let reviews = use_reviews();
    Effect::new(move |before: Option<()>| {
        reviews.track_settled();
        if before.is_some() {
            load.reload();
        }
    });
    // A verdict, or a credit spent elsewhere, draws nothing anew but what it is about.
    let classification = Memo::new(move |_| {
        let answer = load.with(|found| found.map(|found| found.value.data.clone()))?;
        Some(Classification { feedback: None, at_stake: None, ..answer })
    });
    let text =
        Signal::derive(move || load.with(|found| found.map(|found| found.text.clone())).unwrap_or_default());
    let title = Signal::derive(move || {
        let name =
            classification.with(|found| found.as_ref().and_then(|found| found.product_summary.clone()));
        name.unwrap_or_else(|| texts.result().title.to_owned())
    });
    let retry = Callback::new(move |()| load.reload());
    let content = move || match classification.get() {
        Some(classification) => view! { <Result classification text verdict /> }.into_any(),
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
fn Result(
    classification: Classification,
    text: Signal<String>,
    verdict: Signal<Option<Verdict>>,
) -> impl IntoView {
    let texts = use_texts();
    let id = classification.id.clone();
    let input = classification.input.clone();
    let images = classification.images.clone();
    let has_pictures = !images.is_empty();
    let like_this = input.is_some().then(|| format!("{}?like={}", routes::CLASSIFY, routes::encoded(&id)));
    let answer = match &classification.status {
        Status::Pending => {
            let asked = classification.created_at.clone().unwrap_or_default();
            view! { <Pending id=id.clone() asked /> }.into_any()
        }
        Status::Failed => view! { <Failed classification=classification.clone() verdict /> }.into_any(),
        Status::Completed => view! { <Completed classification=classification.clone() verdict /> }.into_any(),
        Status::Other(status) => view! {
            <section class="notice">
                <p>{(texts.result().unknown_status)(status)}</p>
            </section>
            <Completed classification=classification.clone() verdict />
        }
        .into_any(),
    };
    view! {
        {answer}
        {has_pictures.then(|| view! { <Pictures images /> })}
        <Details classification />
        <div class="folds">
            <Samples id input has_pictures />
            <details class="fold" id="raw">
                <summary>{texts.result().raw}</summary>
                <CopyButton label=texts.result().copy_raw text />
                <pre tabindex="0">{text}</pre>
            </details>
        </div>
        <div class="actions next">
            <A href=routes::CLASSIFY attr:class="button secondary">
                {texts.result().again}
            </A>
            {like_this
                .map(|address| {
                    view! {
                        <A href=address attr:class="button secondary">
                            {texts.result().like_this}
                        </A>
                    }
                })}
        </div>
    }
}

#[component]
fn Failed(classification: Classification, verdict: Signal<Option<Verdict>>) -> impl IntoView {
    let texts = use_texts();
    let subject = subject(&classification);
    let Classification { reasoning: reason, alternative_codes: alternatives, .. } = classification;
    view! {
        <section class="failure" id="failed">
            <h2>{texts.result().failed}</h2>
            <p>{reason.unwrap_or_else(|| texts.result().failed_body.to_owned())}</p>
        </section>
        <ReviewPanel subject alternatives=Signal::stored(alternatives) verdict />
    }
}

/// What is reviewed of a classification.
fn subject(classification: &Classification) -> Subject {
    Subject {
        id: classification.id.clone(),
        name: classification.product_summary.clone().unwrap_or_default(),
        code: classification.hs_code.as_ref().and_then(CodeDetail::deepest),
    }
}

#[component]
fn Completed(classification: Classification, verdict: Signal<Option<Verdict>>) -> impl IntoView {
    let texts = use_texts();
    let subject = subject(&classification);
    let Classification {
        id,
        status,
        hs_code,
        confidence,
        reasoning,
        decision_tree,
        alternative_codes,
        landed_cost,
        landed_cost_unavailable,
        input,
        ..
    } = classification;
    let origin = input.as_ref().and_then(|input| input.origin_country);
    let asked = input.clone().unwrap_or_default();
    let declaration = Declaration::of(hs_code.as_ref(), input, landed_cost.is_some());
    let duty = hs_code.as_ref().and_then(|detail| detail.duty.clone());
    let has_ended = status == Status::Completed;
    let is_without_code = hs_code.is_none() && has_ended;
    // What the service gives itself is no choice of the person's.
    let given = hs_code.as_ref().and_then(|detail| detail.code_10);
    let chosen = Signal::derive(move || declaration.code.get().filter(|code| Some(*code) != given));
    let others = Signal::stored(alternative_codes.clone());
    view! {
        {hs_code.map(|detail| view! { <Answer detail steps=decision_tree.clone() declaration /> })}
        {is_without_code.then(|| view! { <p class="notice">{texts.result().no_code}</p> })}
        <Certainty id confidence declaration />
        <Choice declaration />
        {has_ended.then(|| view! { <ReviewPanel subject alternatives=others chosen verdict /> })}
        <Rates declaration common=duty.clone() origin />
        <Cost declaration cost=landed_cost.clone() unavailable=landed_cost_unavailable />
        <ToCalculator declaration input=asked alternatives=alternative_codes.clone() />
        {reasoning
            .map(|reasoning| {
                view! {
                    <section class="block" id="reasoning">
                        <h2>{texts.result().reasoning}</h2>
                        <p class="prose">{format::spaced_codes(&reasoning)}</p>
                    </section>
                }
            })}
        {(!decision_tree.is_empty()).then(|| view! { <DecisionPath steps=decision_tree declaration /> })}
        {(!alternative_codes.is_empty())
            .then(|| {
                view! { <Alternatives codes=alternative_codes declaration duty cost=landed_cost /> }
            })}
    }
}
