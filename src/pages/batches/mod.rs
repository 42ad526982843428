//! Catalogues, classified in batches: the list, the upload page, and the page of one catalogue.

pub mod draft;
pub mod elsewhere;
pub mod labels;
pub mod list;
pub mod new;
pub mod notices;
pub mod product_table;
pub mod running;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::draft::Draft;
use self::elsewhere::Elsewhere;
use self::notices::Unread;
use self::running::Running;
use crate::browser::memo::Memo;
use crate::i18n::use_texts;
use crate::outbox::batches::journal::Stage;
use crate::outbox::batches::use_batches;

/// The view for a catalogue's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CatalogueView {
    /// The stored catalogues have not been read yet.
    Unread,
    /// A draft, not yet sent.
    Draft,
    /// A started catalogue, running or paused.
    Begun,
    /// Not stored in this browser: possibly a batch sent by another client.
    Elsewhere,
}

/// The page of one catalogue, or of a batch that was sent by another client.
#[component]
pub fn BatchPage() -> impl IntoView {
    let (batches, texts, params) = (use_batches(), use_texts(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let kind = Memo::new(move |_| match batches.get(&id.get()).map(|catalogue| catalogue.stage) {
        Some(Stage::Draft) => CatalogueView::Draft,
        Some(Stage::Running | Stage::Paused) => CatalogueView::Begun,
        None if batches.are_read() => CatalogueView::Elsewhere,
        None => CatalogueView::Unread,
    });
    move || {
        let id = id.get();
        match kind.get() {
            CatalogueView::Unread if batches.unlisted().is_some() => view! { <Unread /> }.into_any(),
            CatalogueView::Unread => {
                view! { <p class="arriving" aria-busy="true">{texts.common().loading}</p> }.into_any()
            }
            CatalogueView::Draft => view! { <Draft id /> }.into_any(),
            CatalogueView::Begun => view! { <Running id /> }.into_any(),
            CatalogueView::Elsewhere => view! {
                <Unread />
                <Elsewhere id />
            }
            .into_any(),
        }
    }
}
