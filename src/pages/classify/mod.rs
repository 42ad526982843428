//! The page that classifies one product: the form, and sending its request.

pub mod draft;
pub mod earlier;
pub mod fields;
pub mod form;
pub mod hint;
pub mod lost;
pub mod pictures;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use self::draft::Draft;
use self::earlier::{Earlier, Unfinished, start_like_another};
use self::fields::{Costs, Description, Place, Summary, focus_on, problem_of};
use self::form::{Field, Problem};
use self::lost::Lost;
use self::pictures::intake::Intake;
use self::pictures::view::Pictures;
use crate::api::ApiError;
use crate::browser::task::spawn_local;
use crate::components::country::Countries;
use crate::components::failure::{Countdown, Explanation, explain};
use crate::components::page::Page;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::submissions::{Unsent, use_submissions};
use crate::routes;
use crate::session::{Reach, use_session};

/// The form for a product. The draft is kept until the request is accepted.
#[component]
pub fn ClassifyPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let submissions = use_submissions();
    let draft: Draft = expect_context();
    let Draft { form, pictures, is_sending, failure, .. } = draft;
    let navigate = use_navigate();
    let problems = RwSignal::new(Vec::<Problem>::new());
    let intake = Intake::new(pictures, session);
    let path = use_location().pathname;
    // The error belongs to an earlier visit. `Lost` looks up the outcome of that request.
    failure.set(None);
    // Another tab may have lost or found a response.
    submissions.restore();
    start_like_another();
    let is_away = move || session.reach() == Reach::Unreachable;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // A second click must not send, and pay for, a second request.
        if is_sending.get_untracked() || untrack(is_away) {
            return;
        }
        failure.set(None);
        let is_complete = intake.is_complete();
        let sent = (form.get_untracked(), pictures.get_untracked());
        let request = match sent.0.validate(&sent.1, language) {
            Ok(request) if is_complete => request,
            Ok(_) => return problems.set(vec![Problem::PICTURES]),
            Err(found) => return problems.set(found),
        };
        problems.set(Vec::new());
        if untrack(|| submissions.unanswered()).iter().any(|lost| lost.request == request) {
            // The same product may already be accepted and paid for: show that first.
            return focus_on(lost::ID);
        }
        is_sending.set(true);
        let client = session.client(language.code());
        let navigate = navigate.clone();
        // Not bound to the page: leaving it does not cancel the request.
        spawn_local(async move {
            let outcome = submissions.send(&client, request).await;
            // Another person has signed in meanwhile.
            if !session.has_key(client.key()) {
                return;
            }
            is_sending.set(false);
            match outcome {
                Ok(accepted) => {
                    // If the form was changed meanwhile, it holds the next product.
                    if (form.get_untracked(), pictures.get_untracked()) == sent {
                        draft.clear_product();
                    }
                    // Do not navigate if the person has left this page.
                    if path.get_untracked() == routes::CLASSIFY {
                        navigate(&routes::classification(&accepted.id), NavigateOptions::default());
                    }
                }
                Err(unsent) => failure.set(Some(unsent)),
            }
        });
    };
    let credits_after = move || match session.credits() {
        Some(0) => texts.classify().no_credits.to_owned(),
        Some(credits) => (texts.classify().credits_after)(&format::count(credits - 1, language)),
        None => String::new(),
    };
    let element = NodeRef::<html::Form>::new();
    let send_by_key = move |event: KeyboardEvent| {
        if event.key() == "Enter"
            && (event.ctrl_key() || event.meta_key())
            && let Some(form) = element.get_untracked()
        {
            event.prevent_default();
            #[expect(clippy::let_underscore_must_use, reason = "a form on the page can always be submitted")]
            let _ = form.request_submit();
        }
    };
    view! {
        <Page title=texts.classify().title lead=texts.classify().lead>
            <Lost />
            <Unfinished />
            <Summary problems />
            {move || failure.get().map(|unsent| view! { <NotSent unsent /> })}
            <form class="form" node_ref=element on:submit=submit on:keydown=send_by_key novalidate id="classify">
                <Description problems />
                <Pictures intake problem=problem_of(problems, Field::Pictures) />
                <div class="pair">
                    <Place field=Field::Origin problems />
                    <Place field=Field::Destination problems />
                    <Countries />
                </div>
                <Costs problems />
                <div class="submit">
                    <button
                        type="submit"
                        class="primary"
                        aria-keyshortcuts="Control+Enter Meta+Enter"
                        disabled=move || is_sending.get() || is_away()
                    >
                        <span>
                            {move || if is_sending.get() { texts.classify().sending } else { texts.classify().submit }}
                        </span>
                        <span class="after">{credits_after}</span>
                    </button>
                    <p class="hint" class:by-key=move || !is_away()>
                        {move || if is_away() { texts.classify().away } else { texts.classify().by_key }}
                    </p>
                </div>
            </form>
            <Earlier />
        </Page>
    }
}

/// The reason why there is no response, and whether a credit was charged.
#[component]
fn NotSent(unsent: Unsent) -> impl IntoView {
    let texts = use_texts();
    let part = texts.classify();
    let (Explanation { title, body, next }, not_charged) = match &unsent {
        Unsent::NotKept => (own(part.not_sent, part.not_kept), None),
        Unsent::Elsewhere => (own(part.not_sent, part.elsewhere), None),
        Unsent::Refused(error) => (explain(error, texts), Some(part.not_charged)),
        // "We keep trying" would be untrue: nothing is sent again.
        Unsent::Lost(error) => (Explanation { next: "", ..explain(error, texts) }, None),
    };
    let wait = match unsent {
        Unsent::Refused(ApiError::RateLimited { seconds })
        | Unsent::Lost(ApiError::RateLimited { seconds }) => {
            Some(view! { <Countdown seconds ended=Callback::new(|()| ()) /> })
        }
        _ => None,
    };
    view! {
        <section class="failure" role="alert" id="not-sent">
            <h2>{title}</h2>
            <p>{body} " " {next}</p>
            {wait}
            {not_charged.map(|sentence| view! { <p>{sentence}</p> })}
        </section>
    }
}

/// An explanation of a fault that is no API error.
fn own(title: &'static str, body: &str) -> Explanation {
    Explanation { title, body: body.to_owned(), next: "" }
}
