//! Batches whose response was lost and that the history could not identify: the person decides what to do.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::browser::memo::Memo;
use crate::browser::task::spawn_local;
use crate::components::keyed::For;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::journal::{Batch, BatchStatus, Finding};
use crate::outbox::batches::use_batches;
use crate::routes;

/// All lost batches of a catalogue.
#[component]
pub fn Lost(
    /// The identifier of the catalogue.
    id: StoredValue<String>,
) -> impl IntoView {
    let batches = use_batches();
    let lost = Memo::new(move |_| {
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                let is_lost = |batch: &&Batch| batch.progress == BatchStatus::Uncertain;
                let all = journal.into_iter().flat_map(|journal| &journal.batches).filter(is_lost);
                let told = |batch: &Batch| {
                    Some((batch.number, batch.products.len(), batch.finding?, batch.message.clone()))
                };
                all.filter_map(told).collect::<Vec<_>>()
            })
        })
    });
    view! {
        <For each=move || lost.get() key=Clone::clone let((number, count, finding, message))>
            <OneLost id number count finding message />
        </For>
    }
}

#[component]
fn OneLost(
    id: StoredValue<String>,
    number: u32,
    count: usize,
    finding: Finding,
    message: Option<String>,
) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let counted = |number: u64| format::count(number, language);
    let evidence = match finding.credits_gone {
        Some(0) => texts.running().lost_no_credits.to_owned(),
        Some(gone) => (texts.running().lost_credits)(&counted(gone)),
        None => texts.running().lost_unknown.to_owned(),
    };
    let refused = message.map(|message| (texts.running().lost_refused)(&message));
    let products = counted(count as u64);
    let again = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            batches.note_word(&id, batches.send_again(&id, number).await);
        });
    };
    let look = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            batches.note_word(&id, batches.look_again(&id, number).await);
        });
    };
    let give_up = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            batches.note_word(&id, batches.give_up(&id, number).await);
        });
    };
    view! {
        <section class="lost" role="alert">
            <h2>{(texts.running().lost_title)(&products)}</h2>
            <p>{texts.running().lost_body}</p>
            <p>
                {refused} " " {evidence} " "
                <A href=routes::HISTORY>{texts.running().lost_history}</A>
            </p>
            <div class="actions">
                <button type="button" class="secondary small" on:click=look>
                    {texts.running().lost_look}
                </button>
                <button type="button" class="secondary small" on:click=again>
                    {(texts.running().lost_again)(&products)}
                </button>
                <button type="button" class="secondary small" on:click=give_up>
                    {texts.running().lost_give_up}
                </button>
            </div>
        </section>
    }
}
