//! The list of catalogues stored in this browser.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::notices::{NotDone, Unread};
use crate::browser::memo::Memo;
use crate::browser::task::spawn_local;
use crate::components::confirm::Confirm;
use crate::components::keyed::For;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::outbox::batches::journal::{Catalogue, Stage};
use crate::outbox::batches::use_batches;
use crate::routes;

/// The catalogues page: the list, a button for a new catalogue, and a field to open a batch by its
/// identifier.
#[component]
pub fn BatchesPage() -> impl IntoView {
    let (batches, texts) = (use_batches(), use_texts());
    // A memo of emptiness keeps the list mounted while its entries change.
    let is_empty = Memo::new(move |_| batches.all().map(|all| all.is_empty()));
    let content = move || match is_empty.get() {
        None if batches.unlisted().is_some() => view! { <NewBatch /> }.into_any(),
        None => view! { <TableSkeleton rows=3 /> }.into_any(),
        Some(true) if batches.unlisted().is_some() => view! { <NewBatch /> }.into_any(),
        Some(true) => view! { <Empty /> }.into_any(),
        Some(false) => view! { <List /> }.into_any(),
    };
    view! {
        <Page title=texts.batches().title lead=texts.batches().lead>
            <Unread />
            {content}
            <OpenByName />
        </Page>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="empty">
            <h2>{texts.batches().empty_title}</h2>
            <p>{texts.batches().empty_body}</p>
            <A href=routes::NEW_BATCH attr:class="button primary" attr:id="new-batch">
                {texts.batches().new}
            </A>
        </section>
    }
}

#[component]
fn NewBatch() -> impl IntoView {
    let texts = use_texts();
    view! {
        <p class="actions">
            <A href=routes::NEW_BATCH attr:class="button primary" attr:id="new-batch">
                {texts.batches().new}
            </A>
        </p>
    }
}

#[component]
fn List() -> impl IntoView {
    let (batches, texts) = (use_batches(), use_texts());
    // The identifier of the catalogue whose deletion awaits confirmation.
    let asked = RwSignal::new(None::<String>);
    let ids = move || batches.all().unwrap_or_default().into_iter().map(|one| one.id).collect::<Vec<_>>();
    view! {
        <NewBatch />
        <table class="catalogues">
            <thead>
                <tr>
                    <th scope="col">{texts.batches().name}</th>
                    <th scope="col">{texts.batches().state}</th>
                    <th scope="col" class="date">
                        {texts.batches().opened}
                    </th>
                    <th scope="col">
                        <span class="visually-hidden">{texts.batches().delete}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=ids key=String::clone let:id>
                    <Row id asked />
                </For>
            </tbody>
        </table>
    }
}

/// The progress of a catalogue as text.
fn state_of(catalogue: &Catalogue, texts: Texts, language: Language) -> String {
    let count = |number: u32| format::count(number.into(), language);
    let tally = catalogue.tally;
    let (done, total) = (count(tally.ended()), count(tally.total()));
    match catalogue.stage {
        Stage::Draft => texts.batches().draft.to_owned(),
        _ if tally.is_done() && tally.failed > 0 => {
            (texts.batches().done_failed)(&total, &count(tally.failed))
        }
        _ if tally.is_done() => (texts.batches().done)(&total),
        Stage::Running => (texts.batches().running)(&done, &total),
        Stage::Paused => (texts.batches().paused)(&done, &total),
    }
}

/// The warning shown before a catalogue is deleted.
fn consequence_of(catalogue: &Catalogue, texts: Texts, language: Language) -> String {
    let tally = catalogue.tally;
    match catalogue.stage {
        Stage::Draft => texts.batches().delete_draft.to_owned(),
        _ if tally.is_done() => texts.batches().delete_done.to_owned(),
        _ => {
            let open = tally.total() - tally.ended();
            (texts.batches().delete_open)(&format::count(open.into(), language))
        }
    }
}

/// A list entry. It follows the changes of its catalogue without being mounted again.
#[component]
fn Row(id: String, asked: RwSignal<Option<String>>) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let address = routes::batch(&id);
    let id = StoredValue::new(id);
    let catalogue = Memo::new(move |_| id.with_value(|id| batches.get(id)));
    let said = move |say: fn(&Catalogue, Texts, Language) -> String| {
        catalogue.with(|one| one.as_ref().map(|one| say(one, texts, language)).unwrap_or_default())
    };
    let (name, opened_at) = catalogue
        .with_untracked(|one| one.as_ref().map(|one| (one.name.clone(), one.created_at)))
        .unwrap_or_default();
    let bar = move || {
        let tally = catalogue.with(|one| {
            let is_open = |one: &&Catalogue| one.stage != Stage::Draft && !one.tally.is_done();
            one.as_ref().filter(is_open).map(|one| one.tally)
        })?;
        Some(view! {
            <progress
                aria-hidden="true"
                max=tally.total().max(1).to_string()
                value=tally.ended().to_string()
            ></progress>
        })
    };
    let is_asked = Memo::new(move |_| asked.with(|asked| id.with_value(|id| asked.as_ref() == Some(id))));
    let ask = move |_| asked.set(Some(id.get_value()));
    let delete = move |()| {
        asked.set(None);
        spawn_local(async move {
            let id = id.get_value();
            batches.note_word(&id, batches.remove(&id).await);
        });
    };
    let question = (texts.batches().delete_question)(&name);
    let confirm = move || {
        let question = question.clone();
        is_asked.get().then(|| {
            view! {
                <Confirm
                    question
                    consequence=Signal::derive(move || said(consequence_of))
                    action=texts.batches().delete
                    keep=texts.batches().keep
                    on_confirm=delete
                    on_cancel=move |()| asked.set(None)
                />
            }
        })
    };
    let resume = move || {
        let is_paused = catalogue.with(|one| one.as_ref().is_some_and(|one| one.stage == Stage::Paused));
        let go_on = move |_| {
            spawn_local(async move {
                let id = id.get_value();
                batches.note_word(&id, batches.resume(&id).await);
            });
        };
        is_paused.then(|| {
            view! {
                <button type="button" class="link" on:click=go_on>
                    {texts.running().go_on}
                </button>
            }
        })
    };
    view! {
        <tr>
            <td class="name">
                <A href=address>{name}</A>
                {confirm}
                <NotDone id />
            </td>
            <td class="state">{move || said(state_of)} {bar}</td>
            <td class="date">{format::date_time_at(opened_at, language)}</td>
            <td class="row-action">
                {resume}
                <button type="button" class="link delete" on:click=ask>
                    {texts.batches().delete}
                </button>
            </td>
        </tr>
    }
}

/// The form that opens a batch of the service by its identifier.
#[component]
fn OpenByName() -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_navigate());
    let (typed, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        let id = typed.with_untracked(|typed| typed.trim().to_owned());
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        is_wrong.set(!is_id);
        if is_id {
            navigate(&routes::batch(&id), NavigateOptions::default());
        }
    };
    view! {
        <details class="fold open-batch">
            <summary>{texts.batches().elsewhere}</summary>
            <form class="field" on:submit=open>
                <label for="batch-id">{texts.batches().identifier}</label>
                <div class="with-button">
                    <input
                        id="batch-id"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="batch-id-hint batch-id-problem"
                        aria-invalid=move || is_wrong.get().to_string()
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <button type="submit" class="secondary">
                        {texts.batches().open}
                    </button>
                </div>
                <p class="hint" id="batch-id-hint">
                    {texts.batches().elsewhere_hint}
                </p>
                <p class="problem" id="batch-id-problem">
                    {move || is_wrong.get().then_some(texts.batches().identifier_problem)}
                </p>
            </form>
        </details>
    }
}
