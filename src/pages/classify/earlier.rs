//! Starting points for a new product: an unfinished draft, an earlier product, or another classification.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::draft::{Draft, Kept};
use super::form::ProductForm;
use crate::browser::task::{effect, spawn_local};
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::submissions::{Submission, use_submissions};
use crate::routes;
use crate::session::use_session;

/// Number of earlier products offered.
const OFFERED: usize = 8;

/// Offers the newest stored draft that was not sent since.
#[component]
pub fn Unfinished() -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (draft, submissions) = (expect_context::<Draft>(), use_submissions());
    let was_sent = move |kept: &Kept| {
        let is_it =
            |sent: &Submission| sent.sent_at >= kept.saved_at && sent.name() == kept.form.description.trim();
        submissions.all().iter().any(is_it)
    };
    let newest = move || draft.offered().into_iter().find(|kept| !was_sent(kept));
    let offer = move |kept: Kept| {
        let kept = StoredValue::new(kept);
        let (name, time) =
            kept.with_value(|kept| (kept.form.name(), format::date_time_at(kept.saved_at, language)));
        let name = name.unwrap_or_else(|| texts.rows().unnamed.to_owned());
        view! {
            <section class="unfinished" id="unfinished" aria-label=texts.classify().unfinished_label>
                <p>
                    {(texts.classify().unfinished)(&time)} " " <strong>{name}</strong>
                </p>
                <div class="actions">
                    <button
                        type="button"
                        class="secondary small"
                        on:click=move |_| draft.take_up(kept.get_value())
                    >
                        {texts.classify().unfinished_continue}
                    </button>
                    <button type="button" class="link" on:click=move |_| draft.discard(kept.get_value())>
                        {texts.classify().unfinished_discard}
                    </button>
                </div>
            </section>
        }
    };
    move || newest().map(offer)
}

/// The last products sent from this browser. Each starts a new product with the same fields.
#[component]
pub fn Earlier() -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (draft, submissions) = (expect_context::<Draft>(), use_submissions());
    let earlier = move || {
        let mut products: Vec<Submission> = Vec::new();
        for sent in submissions.all().into_iter().filter(|sent| sent.id.is_some() && !sent.name().is_empty())
        {
            if products.iter().all(|product| product.name() != sent.name()) {
                products.push(sent);
            }
        }
        products.truncate(OFFERED);
        products
    };
    let line = move |product: Submission| {
        let name = product.name().to_owned();
        let start = move |_| draft.start_with(ProductForm::like(&product.request, language));
        view! {
            <li>
                <button type="button" class="link" on:click=start>
                    {name}
                </button>
            </li>
        }
    };
    move || {
        let products = earlier();
        (!products.is_empty()).then(|| {
            view! {
                <details class="fold" id="earlier">
                    <summary>{texts.classify().earlier}</summary>
                    <ul class="earlier">{products.into_iter().map(line).collect_view()}</ul>
                </details>
            }
        })
    }
}

/// Fills the form from the classification that `?like=` names, if the service returns its request.
pub fn start_like_another() {
    let (session, language) = (use_session(), use_language());
    let (draft, query, navigate) = (expect_context::<Draft>(), use_query_map(), use_navigate());
    effect(move || {
        let Some(id) = query.with(|query| query.get("like")) else { return };
        let (client, navigate) = (session.client(language.code()), navigate.clone());
        spawn_local(async move {
            let input = client.classification(&id).await.ok().and_then(|found| found.value.data.input);
            if let Some(input) = input {
                draft.start_with(ProductForm::like(&input, language));
            }
            // A reload must not fill the form again.
            navigate(routes::CLASSIFY, NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    });
}
