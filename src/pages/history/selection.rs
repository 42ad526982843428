//! The actions on selected rows.

use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::components::show::Show;
use crate::components::table::Selection;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::routes;

/// The maximum number of evidence sheets on a page.
const MAX_SHEETS: usize = 50;

/// The selection: ticked rows, or all matching rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selected {
    /// The ticked rows.
    pub rows: Selection,
    /// Whether all matching rows are selected, including those on other pages.
    pub all: RwSignal<bool>,
}

impl Selected {
    /// Clears the selection.
    pub fn clear(self) {
        self.rows.clear();
        self.all.set(false);
    }
}

/// The toolbar of the selection; hidden while nothing is selected.
#[component]
pub fn SelectionBar(
    /// The selection.
    selected: Selected,
    /// Number of matching rows.
    total: Signal<u64>,
    /// Opens the export section.
    export: Callback<()>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let ticked = Memo::new(move |_| selected.rows.count());
    let sentence = move || {
        if selected.all.get() {
            (texts.history().all_selected)(&format::count(total.get(), language))
        } else {
            (texts.history().selected)(&ticked.get().to_string())
        }
    };
    let offers_all = move || {
        let ticked = u64::try_from(ticked.get()).unwrap_or(u64::MAX);
        !selected.all.get() && ticked < total.get()
    };
    let select_all = move || {
        offers_all().then(|| {
            let words = (texts.history().select_matches)(&format::count(total.get(), language));
            view! {
                <button type="button" class="link" id="select-matches" on:click=move |_| selected.all.set(true)>
                    {words}
                </button>
            }
        })
    };
    let bar = move || {
        view! {
            <section class="selection" id="selection" aria-label=sentence>
                <p role="status">
                    <strong>{sentence}</strong>
                </p>
                {select_all}
                <span class="selection-actions">
                    {move || evidence(selected, ticked.get(), texts)}
                    <button type="button" class="secondary small" id="export-selection" on:click=move |_| export.run(())>
                        {texts.export().title}
                    </button>
                    <button type="button" class="link" id="clear-selection" on:click=move |_| selected.clear()>
                        {texts.history().clear_selection}
                    </button>
                </span>
            </section>
        }
    };
    view! { <Show when=move || { ticked.get() > 0 || selected.all.get() }>{bar}</Show> }
}

/// The link to the evidence sheets; `None` while all matching rows are selected.
fn evidence(selected: Selected, ticked: usize, texts: Texts) -> Option<AnyView> {
    if selected.all.get() {
        return None;
    }
    if ticked > MAX_SHEETS {
        let words = (texts.history().evidence_limit)(&MAX_SHEETS.to_string());
        return Some(view! { <span class="hint">{words}</span> }.into_any());
    }
    let address = routes::evidence(&selected.rows.ids());
    let link = view! {
        <a href=address class="button secondary small" id="evidence">
            {texts.history().evidence}
        </a>
    };
    Some(link.into_any())
}
