//! The page of one classification: pending, completed or failed.

pub mod alternatives;
pub mod answer;
pub mod answered;
pub mod calculator;
pub mod choice;
pub mod corrected;
pub mod cost;
pub mod declarable;
pub mod declaration;
pub mod details;
pub mod path;
pub mod pictures;
pub mod rates;
pub mod samples;
pub mod waiting;

use import8_api::{Classification, CodeDetail, DecidedCosts, HsCode, Status, Verdict};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use self::alternatives::Alternatives;
use self::answer::{Answer, Certainty};
use self::answered::Answered;
use self::calculator::ToCalculator;
use self::choice::{Choice, LookedAt};
use self::cost::Cost;
use self::declarable::Declarable;
use self::declaration::Declaration;
use self::details::Details;
use self::path::DecisionPath;
use self::pictures::Pictures;
use self::rates::Rates;
use self::samples::Samples;
use self::waiting::{Pending, poll, tell_end};
use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::components::code::CopyButton;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::review::panel::{Offer, ReviewPanel, Subject};
use crate::components::show::Show;
use crate::components::table::TableSkeleton;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::routes;
use crate::session::use_session;

/// The page of the classification that the address names.
#[component]
pub fn ClassificationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    // Mount anew for another classification, so that no state carries over.
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
    let standing = Memo::new(move |_| {
        load.with(|found| found.map(|found| Standing::new(&found.value.data))).unwrap_or_default()
    });
    let reviews = use_reviews();
    Effect::new(move |before: Option<()>| {
        reviews.track_settled();
        if before.is_some() {
            load.reload();
        }
    });
    // Exclude what a verdict changes, so that it does not mount the whole result again.
    let classification = Memo::new(move |_| {
        let answer = load.with(|found| found.map(|found| found.value.data.clone()))?;
        Some(Classification { feedback: None, at_stake: None, decided: None, decided_costs: None, ..answer })
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
        Some(classification) => view! { <Result classification text standing /> }.into_any(),
        None if load.is_slow() && load.error().is_none() => view! { <TableSkeleton rows=4 /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Page title>
            {move || load.error().map(|error| view! { <Failure error retry /> })} {content}
        </Page>
    }
}

/// The parts of a classification that a verdict changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Standing {
    verdict: Option<Verdict>,
    decided: Option<Decided>,
    /// The landed cost under a code decided by a person.
    costs: Option<DecidedCosts>,
}

impl Standing {
    fn new(classification: &Classification) -> Self {
        Self {
            verdict: classification.feedback.clone(),
            decided: Decided::from_classification(classification),
            costs: classification.decided_costs.clone(),
        }
    }

    /// The decided code that the service returned.
    fn code(&self) -> Option<HsCode> {
        self.decided.as_ref().and_then(Decided::code)
    }
}

#[component]
fn Result(classification: Classification, text: Signal<String>, standing: Memo<Standing>) -> impl IntoView {
    let texts = use_texts();
    let id = classification.id.clone();
    let input = classification.input.clone();
    let has_pictures = !classification.images.is_empty();
    let like_this = input.is_some().then(|| format!("{}?like={}", routes::CLASSIFY, routes::encoded(&id)));
    let answer = match &classification.status {
        Status::Pending => {
            let asked = classification.created_at.clone().unwrap_or_default();
            let images = classification.images.clone();
            view! {
                <Pending id=id.clone() asked />
                <Pictures images />
            }
            .into_any()
        }
        Status::Failed | Status::Completed => {
            view! { <Ended classification=classification.clone() standing /> }.into_any()
        }
        Status::Other(status) => view! {
            <section class="notice">
                <p>{(texts.result().unknown_status)(status)}</p>
            </section>
            <Ended classification=classification.clone() standing />
        }
        .into_any(),
    };
    view! {
        {answer}
        <div class="folds">
            <Details classification />
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

/// The subject of the review panel.
fn subject(classification: &Classification) -> Subject {
    Subject {
        id: classification.id.clone(),
        name: classification.product_summary.clone().unwrap_or_default(),
        code: classification.hs_code.as_ref().and_then(CodeDetail::deepest),
    }
}

/// A classification that has ended, shown under its decided code.
#[component]
fn Ended(classification: Classification, standing: Memo<Standing>) -> impl IntoView {
    let (texts, reviews) = (use_texts(), use_reviews());
    let (subject, answered) = (subject(&classification), Answered::new(&classification));
    let Classification { id, status, confidence, reasoning, alternative_codes, input, images, .. } =
        classification;
    let (own, own_id) = (answered.code(), StoredValue::new(id.clone()));
    let decided = Memo::new(move |_| {
        own_id.with_value(|id| reviews.decided(id, standing.with(|standing| standing.decided.clone()), own))
    });
    let code = Memo::new(move |_| decided.with(|decided| decided.as_ref().and_then(Decided::code)));
    let untold = Memo::new(move |_| code.get().filter(|code| standing.with(Standing::code) != Some(*code)));
    let told = Memo::new(move |_| standing.with(|standing| standing.code().zip(standing.costs.clone())));
    let origin = input.as_ref().and_then(|input| input.origin_country);
    let asked = input.clone().unwrap_or_default();
    let declaration = Declaration::new(answered, input, code, told);
    let (is_failed, has_ended) = (status == Status::Failed, !matches!(status, Status::Other(_)));
    let has_decision = move || decided.with(Option::is_some);
    let reason = reasoning.clone();
    let without_code = move || {
        if has_decision() || !has_ended {
            return ().into_any();
        }
        if !is_failed {
            return view! { <p class="notice">{texts.result().no_code}</p> }.into_any();
        }
        let reason = reason.clone().unwrap_or_else(|| texts.result().failed_body.to_owned());
        view! {
            <section class="failure" id="failed">
                <h2>{texts.result().failed}</h2>
                <p>{reason}</p>
            </section>
        }
        .into_any()
    };
    let why = move || match own {
        _ if is_failed => texts.result().reasoning_failed.to_owned(),
        Some(own) if !declaration.is_as_answered() => (texts.result().reasoning_of)(&own.spaced()),
        _ => texts.result().reasoning.to_owned(),
    };
    // A failed classification shows its reason above until a person gives a code.
    let says_why = Memo::new(move |_| !is_failed || has_decision());
    let alternatives = Signal::stored(alternative_codes.clone());
    let verdict = Signal::derive(move || standing.with(|standing| standing.verdict.clone()));
    view! {
        <div class="columns">
            <div class="answer">
                {without_code}
                <Answer declaration decided confidence />
                <Show when=has_decision>
                    <Certainty id=own_id.get_value() confidence declaration untold />
                </Show>
                {if has_ended {
                    view! { <ReviewPanel subject alternatives verdict offer=offer(declaration) /> }
                        .into_any()
                } else {
                    view! { <Choice declaration /> }.into_any()
                }}
                <LookedAt declaration />
            </div>
            <div class="beside">
                <Pictures images />
                <Rates declaration origin />
                <Cost declaration />
                <ToCalculator declaration input=asked alternatives=alternative_codes.clone() />
            </div>
            <div class="reasons">
                {reasoning
                    .map(|reasoning| {
                        view! {
                            <section class="block" id="reasoning" hidden=move || !says_why.get()>
                                <h2>{why}</h2>
                                <p class="prose">{format::spaced_codes(&reasoning)}</p>
                            </section>
                        }
                    })}
                <DecisionPath declaration />
                {(!is_failed && !alternative_codes.is_empty())
                    .then(|| view! { <Alternatives codes=alternative_codes declaration /> })}
            </div>
        </div>
    }
}

/// The choice of ten digits, for the review panel.
fn offer(declaration: Declaration) -> Offer {
    let texts = use_texts();
    let is_one_of = move || {
        declaration
            .declarable
            .with(|known| matches!(known, Some(Declarable::OneOf(choices)) if choices.len() > 1))
    };
    Offer {
        choice: ViewFn::from(move || view! { <Choice declaration /> }),
        question: Signal::derive(move || is_one_of().then(|| texts.declaration().which)),
        is_open: Signal::derive(move || declaration.is_open()),
        chosen: declaration.looked_at.into(),
        clear: Callback::new(move |()| declaration.look_at(None)),
    }
}
