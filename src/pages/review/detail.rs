//! The current row of the queue in full.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::{Classification, ClassificationSummary};
use leptos::prelude::*;
use leptos_router::components::A;

use super::returned::returned;
use crate::api::tariff_changes::Changes;
use crate::browser::memo::Memo;
use crate::components::alternative::Alternative;
use crate::components::code::ProductCode;
use crate::components::confidence::AnswerConfidence;
use crate::components::failure::Failure;
use crate::components::review::panel::{ReviewPanel, Subject};
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::routes;
use crate::session::use_session;

/// Delay before the classification of a row is requested, so that moving past a row costs no request.
const REST: Duration = Duration::from_millis(150);

/// The details that a verdict needs. The review panel is shown at once; the reasons follow when they are loaded.
#[component]
pub fn Detail(
    /// The row.
    row: ClassificationSummary,
    /// Called with the identifier of the classification after a verdict.
    given: Callback<String>,
    /// The changes with the candidates, if the code of the row is not in the tariff.
    ended: Option<Load<Option<Changes>>>,
) -> impl IntoView {
    let (session, reviews) = (use_session(), use_reviews());
    let (texts, language) = (use_texts(), use_language());
    let (told, of_row) = (row.clone(), row.clone());
    let decided = Memo::new(move |_| reviews.decided_of(&told));
    let ClassificationSummary { id, product_summary, hs_code, confidence, at_stake, .. } = row;
    let name = product_summary.unwrap_or_default();
    let subject = Subject { id: id.clone(), name: name.clone(), code: hs_code };
    let address = routes::classification(&id);
    let load = Load::new(move || {
        let (client, id) = (session.client(language.code()), id.clone());
        async move {
            sleep(REST).await;
            client.classification(&id).await.map(|answer| answer.value.data)
        }
    });
    let of = move |part: fn(&Classification) -> Option<String>| {
        Memo::new(move |_| load.with(|found| found.and_then(part)))
    };
    let covers = of(|found| found.hs_code.as_ref()?.description.clone());
    let described = of(|found| found.input.as_ref()?.description.clone());
    let reasoning = of(|found| found.reasoning.clone());
    let alternatives = Memo::new(move |_| {
        load.with(|found| found.map(|found| found.alternative_codes.clone())).unwrap_or_default()
    });
    let verdict = Signal::derive(move || load.with(|found| found.and_then(|found| found.feedback.clone())));
    let stake = at_stake.map(|stake| {
        let amount = format::money(stake.amount, &stake.currency, language);
        view! { <span class="stake">{(texts.queue().stake)(&amount)}</span> }
    });
    let panel = match ended {
        Some(changes) => returned(of_row, changes, given),
        None => view! { <ReviewPanel subject alternatives verdict on_given=given /> }.into_any(),
    };
    let title = if name.is_empty() { texts.rows().unnamed.to_owned() } else { name.clone() };
    // A description that equals the name adds nothing.
    let described = move || described.get().filter(|text| *text != name);
    let retry = Callback::new(move |()| load.reload());
    let waits = move || {
        let is_slow = load.is_slow() && load.with(|found| found.is_none()) && load.error().is_none();
        is_slow.then(|| view! { <p class="skeleton" role="status">{texts.common().loading}</p> })
    };
    let offers = move || {
        let codes = alternatives.get();
        (!codes.is_empty()).then(|| {
            let offer = |alternative| view! { <Alternative alternative /> };
            let offers = codes.into_iter().map(offer).collect_view();
            view! {
                <section class="block considered">
                    <h2>{texts.queue().alternatives}</h2>
                    <ul class="alternatives">{offers}</ul>
                </section>
            }
        })
    };
    view! {
        <article class="queue-item" aria-label=texts.queue().detail>
            <div class="queue-head">
                <h2>{title}</h2>
                <A href=address.clone() attr:class="open">
                    {texts.queue().open}
                </A>
            </div>
            <p class="queue-code">
                <ProductCode decided answered=hs_code confidence address />
                <AnswerConfidence decided answered=hs_code confidence />
                {stake}
            </p>
            // In place from the start, so that text that arrives later does not move the buttons.
            <p class="covers">{move || covers.get()}</p>
            {panel}
            {move || load.error().map(|error| view! { <Failure error retry /> })}
            {waits}
            {move || described().map(|text| view! { <p class="quiet described">{text}</p> })}
            {move || {
                reasoning
                    .get()
                    .map(|reasoning| {
                        view! {
                            <section class="block" id="reasoning">
                                <h2>{texts.result().reasoning}</h2>
                                <p class="prose">{format::spaced_codes(&reasoning)}</p>
                            </section>
                        }
                    })
            }}
            {offers}
        </article>
    }
}
