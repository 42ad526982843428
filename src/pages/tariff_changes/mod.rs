//! The changes of the codes in use from one edition of the tariff to another. What is compared is in the address.
//!
//! All of it is an extension: a service without it tells neither editions nor changes.

pub mod choice;
pub mod export;
pub mod list;
pub mod news;
pub mod question;
pub mod wording;

use import8_api::Extension;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::choice::choice;
use self::export::export;
use self::list::list;
use self::question::Question;
use crate::api::ApiError;
use crate::api::tariff_changes::{Changes, Edition, Editions};
use crate::browser::memo::Memo;
use crate::components::busy::comparison_failure;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::i18n::{use_language, use_texts};
use crate::queries::load::{Load, about};
use crate::session::use_session;

/// The command that imports an edition, with an example of a folder.
const IMPORT: &str = "import8-server tariff import --data data taric-2026-12";

/// The answer to a question, or its refusal; `None` until there is one.
type Answer = Memo<Option<Result<Changes, ApiError>>>;

/// The page of the tariff changes.
#[component]
pub fn TariffChangesPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.tariff_changes();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Question::read(|name| query.get(name))));
    let comparison = Memo::new(move |_| asked.with(Question::comparison));
    let is_offered = Memo::new(move |_| {
        session.account().map(|account| account.extensions.contains(&Extension::TariffChanges))
    });
    let editions = Load::new(move || {
        let client = (is_offered.get() == Some(true)).then(|| session.client(language.code()));
        async move {
            match client {
                Some(client) => client.tariff_editions().await.map(Some),
                None => Ok(None),
            }
        }
    });
    let known = Memo::new(move |_| editions.value().flatten());
    let has_editions =
        Memo::new(move |_| known.with(|known| known.as_ref().is_some_and(|known| !known.all.is_empty())));
    let changes = Load::new(move || {
        let client = has_editions.get().then(|| session.client(language.code()));
        let query = comparison.get();
        async move {
            let Some(client) = client else { return Ok(None) };
            let changes = client.tariff_changes(&query).await;
            about(query, changes)
        }
    });
    let answer = Memo::new(move |_| {
        let (query, answer) = changes.value().flatten()?;
        (query == comparison.get()).then_some(answer)
    });
    let retry = Callback::new(move |()| {
        editions.reload();
        changes.reload();
    });
    let failure = move || {
        let error = editions.error().or_else(|| changes.error())?;
        Some(comparison_failure(error, retry))
    };
    let content = move || match (is_offered.get(), known.get()) {
        (Some(false), _) => empty(part.not_offered_title, part.not_offered, ""),
        (_, None) if editions.is_slow() && editions.error().is_none() => {
            view! { <TableSkeleton rows=4 /> }.into_any()
        }
        (_, None) => ().into_any(),
        (_, Some(known)) if known.all.is_empty() => empty(part.none_title, part.none_body, IMPORT),
        (_, Some(known)) => compared(&known, asked, answer, changes),
    };
    view! {
        <Page title=part.title lead=part.lead>
            {failure}
            {content}
        </Page>
    }
}

/// The choice of the editions, and what was found.
fn compared(
    editions: &Editions,
    asked: Memo<Question>,
    answer: Answer,
    changes: Load<Option<(String, Result<Changes, ApiError>)>>,
) -> AnyView {
    let part = use_texts().tariff_changes();
    let numbers = Memo::new(move |before: Option<&(String, String)>| {
        let asked = asked.get();
        let told = answer.with(|answer| match answer {
            Some(Ok(Changes { from, to, .. })) => Some((from.id.to_string(), to.id.to_string())),
            _ => None,
        });
        let (from, to) = told.or_else(|| before.cloned()).unwrap_or_default();
        let own = |asked: String, told| if asked.is_empty() { told } else { asked };
        (own(asked.from, from), own(asked.to, to))
    });
    let outcome = move || match answer.get() {
        Some(Ok(changes)) => found(changes, asked),
        Some(Err(_)) => view! { <p class="notice">{part.gone}</p> }.into_any(),
        None if changes.error().is_some() => ().into_any(),
        None => view! { <p class="quiet">{part.comparing}</p> }.into_any(),
    };
    view! {
        {choice(editions, asked, numbers)}
        <div id="compared" role="status" aria-live="off" aria-busy=move || answer.with(Option::is_none).to_string()>
            {outcome}
        </div>
    }
    .into_any()
}

/// The outcome of a comparison: the sentence, the remarks, the file and the list.
fn found(changes: Changes, asked: Memo<Question>) -> AnyView {
    let language = use_language();
    let outcome = wording::outcome(&changes, language);
    let is_same = changes.from == changes.to;
    let notes = changes.notes.iter().filter(|_| !is_same).cloned();
    let notes = notes.map(|note| view! { <p class="quiet">{note}</p> }.into_any()).collect_view();
    let has_changes = !changes.codes.is_empty();
    let day = |edition: &Edition| edition.day.clone();
    let (from, to) = (day(&changes.from), day(&changes.to));
    // The file is of the editions that are shown, even if another one comes into force meanwhile.
    let shown = Question {
        from: changes.from.id.to_string(),
        to: changes.to.id.to_string(),
        from_day: from.clone(),
        to_day: to.clone(),
        kind: String::new(),
    };
    let file = has_changes.then(|| export(&shown.comparison(), (&from, &to)));
    let rows = has_changes.then(|| list(changes, asked));
    view! {
        <section class="block" id="outcome">
            <h2>{outcome}</h2>
            {notes}
            {file}
            {rows}
        </section>
    }
    .into_any()
}

/// The page without a comparison; `command` is what to do about it.
fn empty(title: &'static str, body: &'static str, command: &'static str) -> AnyView {
    let command = (!command.is_empty()).then(|| view! { <pre>{command}</pre> });
    view! {
        <section class="empty">
            <h2>{title}</h2>
            <p>{body}</p>
            {command}
        </section>
    }
    .into_any()
}
