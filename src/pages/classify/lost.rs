//! Products whose response was lost: looks each up in the history, and offers what can be done.

use std::time::Duration;

use import8_api::{ClassificationSummary, Extension};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::draft::Draft;
use super::form::ProductForm;
use crate::browser::task::{effect, spawn_local};
use crate::browser::visibility::sleep_while_seen;
use crate::components::failure::Failure;
use crate::components::keyed::For;
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::submissions::{Finding, Submission, Submissions, use_submissions};
use crate::queries::load::Load;
use crate::routes;
use crate::session::use_session;

/// The `id` of the section.
pub const ID: &str = "lost";

/// All lost products, each with what the history shows.
#[component]
pub fn Lost() -> impl IntoView {
    let submissions = use_submissions();
    view! {
        <div id=ID tabindex="-1">
            <For
                each=move || submissions.unanswered()
                key=Submission::version
                children=|lost| view! { <LostProduct lost /> }
            />
        </div>
    }
}

#[component]
fn LostProduct(lost: Submission) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let submissions = use_submissions();
    let (name, time) = (lost.name().to_owned(), format::date_time_at(lost.sent_at, language));
    let draft: Draft = expect_context();
    let may_come = lost.patience(format::now()) > 0;
    let lost = StoredValue::new(lost);
    let load = Load::new(move || {
        let client = session.client(language.code());
        async move {
            // A request still in flight is not in the history yet. Wait until its response can no longer
            // arrive.
            loop {
                let patience = lost.with_value(|lost| lost.patience(format::now()));
                if patience == 0 {
                    break;
                }
                sleep_while_seen(Duration::from_millis(patience)).await;
            }
            submissions.look_for(&client, &lost.get_value()).await
        }
    });
    // A finding replaces the error of the request.
    effect(move || {
        if load.with(|finding| finding.is_some()) {
            draft.failure.set(None);
        }
    });
    let title = move || {
        let is_found = load.with(|finding| matches!(finding, Some(Finding::Accepted(_))));
        match (is_found, name.is_empty()) {
            (true, false) => (texts.lost().title_found)(&name),
            (true, true) => texts.lost().title_found_unnamed.to_owned(),
            (false, false) => (texts.lost().title)(&name),
            (false, true) => texts.lost().title_unnamed.to_owned(),
        }
    };
    let retry = Callback::new(move |()| load.reload());
    let finding = move || match load.value() {
        Some(Finding::Accepted(id)) => view! { <Found lost id /> }.into_any(),
        Some(Finding::Perhaps(rows)) => view! { <Candidates lost rows /> }.into_any(),
        Some(Finding::Absent { credits_gone }) => {
            view! { <Absent lost credits_gone look_again=retry /> }.into_any()
        }
        None if load.error().is_none() => {
            let sentence = if may_come { texts.lost().waiting } else { texts.lost().looking };
            view! { <p role="status">{sentence}</p> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <section class="lost" role="alert">
            <h2>{title}</h2>
            <p class="quiet">{(texts.lost().sent)(&time)}</p>
            {finding}
            {move || load.error().map(|error| view! { <Failure error retry /> })}
        </section>
    }
}

/// The product was found in the history.
#[component]
fn Found(lost: StoredValue<Submission>, id: String) -> impl IntoView {
    let (texts, submissions, draft) = (use_texts(), use_submissions(), expect_context::<Draft>());
    let address = routes::classification(&id);
    let settle = move |_| settle(draft, submissions, lost.get_value(), id.clone());
    view! {
        <p>{texts.lost().accepted}</p>
        <A href=address attr:class="button primary" on:click=settle>
            {texts.lost().see_result}
        </A>
    }
}

/// Records the classification of a product, and clears the form if it still holds that product.
fn settle(draft: Draft, submissions: Submissions, lost: Submission, id: String) {
    if draft.form.with_untracked(ProductForm::name).as_deref().unwrap_or_default() == lost.name() {
        draft.clear_product();
    }
    spawn_local(submissions.accepted(lost, id));
}

/// The history has rows that may be the product.
#[component]
fn Candidates(lost: StoredValue<Submission>, rows: Vec<ClassificationSummary>) -> impl IntoView {
    let (texts, language, submissions) = (use_texts(), use_language(), use_submissions());
    let draft: Draft = expect_context();
    let is_none_of_them = RwSignal::new(false);
    let lines = rows
        .into_iter()
        .map(|row| {
            let name = row.product_summary.unwrap_or_else(|| texts.rows().unnamed.to_owned());
            let time = format::date_time(&row.created_at.unwrap_or_default(), language);
            let address = routes::classification(&row.id);
            let choose = move |_| settle(draft, submissions, lost.get_value(), row.id.clone());
            view! {
                <li>
                    <A href=address>{name}</A>
                    <span class="quiet">{time}</span>
                    <button type="button" class="secondary small" on:click=choose>
                        {texts.lost().this_one}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p>{texts.lost().perhaps}</p>
        <ul class="candidates">{lines}</ul>
        <Show
            when=move || is_none_of_them.get()
            fallback=move || {
                view! {
                    <button type="button" class="link" on:click=move |_| is_none_of_them.set(true)>
                        {texts.lost().none_of_them}
                    </button>
                }
            }
        >
            <Actions lost />
        </Show>
    }
}

/// The product is not in the history.
#[component]
fn Absent(
    lost: StoredValue<Submission>,
    credits_gone: Option<u64>,
    look_again: Callback<()>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let sentence = match credits_gone {
        Some(0) => texts.lost().absent_unpaid.to_owned(),
        Some(gone) => (texts.lost().absent_paid)(&format::count(gone, language)),
        None => texts.lost().absent_unknown.to_owned(),
    };
    view! {
        <p>{sentence}</p>
        <button type="button" class="link" on:click=move |_| look_again.run(())>
            {texts.lost().look_again}
        </button>
        <Actions lost />
    }
}

/// The buttons to send the product again or to dismiss it.
#[component]
fn Actions(lost: StoredValue<Submission>) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let (submissions, draft) = (use_submissions(), expect_context::<Draft>());
    let navigate = use_navigate();
    let send = move |_| {
        if draft.is_sending.get_untracked() {
            return;
        }
        draft.is_sending.set(true);
        draft.failure.set(None);
        let (client, navigate) = (session.client(language.code()), navigate.clone());
        let key = lost.with_value(|lost| lost.key.clone());
        spawn_local(async move {
            let outcome = submissions.send_again(&client, &key).await;
            if !session.has_key(client.key()) {
                return;
            }
            draft.is_sending.set(false);
            match outcome {
                Ok(accepted) => navigate(&routes::classification(&accepted.id), NavigateOptions::default()),
                Err(unsent) => draft.failure.set(Some(unsent)),
            }
        });
    };
    let let_be = move |_| spawn_local(submissions.let_be(lost.get_value()));
    let is_safe = move || session.has(&Extension::IdempotencyKey).then_some(texts.lost().safe);
    view! {
        <p class="hint">{is_safe}</p>
        <div class="actions">
            <button type="button" class="secondary" disabled=move || draft.is_sending.get() on:click=send>
                {move || if draft.is_sending.get() { texts.classify().sending } else { texts.lost().send_again }}
            </button>
            <button type="button" class="secondary" on:click=let_be>
                {texts.lost().forget}
            </button>
        </div>
    }
}
