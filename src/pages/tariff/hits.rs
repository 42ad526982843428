//! The search field above the tree, and the rows of any depth that it finds, each with the rows above it.

use std::time::Duration;

use import8_api::{Coded, HsCode, NomenclatureRow};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::browser::style::adopt;
use crate::browser::task::effect;
use crate::components::failure::Failure;
use crate::components::tariff::{focus_rows, walk};
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::{Load, about};
use crate::session::use_session;

/// Debounce time of typing.
const REST: Duration = Duration::from_millis(300);

/// The most characters of a search.
const MAX_SEARCH: &str = "200";

/// The field and what it finds. `choose` is called with the code of a row.
#[must_use]
pub fn hits(words: RwSignal<String>, choose: Callback<String>, has_tree: Memo<bool>) -> AnyView {
    adopt(include_str!("../../../style/tariff.css"));
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let rested = RwSignal::new(String::new());
    effect(move || {
        let typed = words.get().trim().to_owned();
        if let Ok(timer) = set_timeout_with_handle(move || rested.set(typed), REST) {
            on_cleanup(move || timer.clear());
        }
    });
    let found = Load::new(move || {
        let (client, text) = (session.client(language.code()), rested.get());
        let is_asked = has_tree.get() && !text.is_empty();
        async move {
            if !is_asked {
                return Ok(None);
            }
            let rows = client.nomenclature_search(&text).await;
            about(text, rows)
        }
    });
    // Rows for other words are not shown.
    let answer = Memo::new(move |_| {
        let (asked, rows) = found.value().flatten()?;
        words.with(|words| words.trim() == asked).then(|| (asked, rows.unwrap_or_default()))
    });
    let is_typed = Memo::new(move |_| words.with(|words| !words.trim().is_empty()));
    let status = move || match answer.get() {
        Some((asked, rows)) if rows.is_empty() => (texts.review().search_none)(&asked),
        Some((_, rows)) => {
            let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            (texts.review().search_found)(&format::count(count, language))
        }
        None if is_typed.get() && found.is_slow() && found.error().is_none() => {
            texts.review().checking.to_owned()
        }
        None => String::new(),
    };
    let failure = move || {
        let retry = Callback::new(move |()| found.reload());
        found.error().map(|error| view! { <Failure error retry /> })
    };
    let rows = move || {
        let (_, rows) = answer.get()?;
        let rows = rows.into_iter().enumerate().map(|(at, row)| hit(at, row, choose)).collect_view();
        Some(view! {
            <ul class="picks" id="tariff-rows" aria-label=texts.review().results on:keydown=walk>
                {rows}
            </ul>
        })
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "Enter" => {
            event.prevent_default();
            focus_rows();
        }
        "Escape" => words.set(String::new()),
        _ => {}
    };
    view! {
        <div class="field seek">
            <label for="seek">{texts.tree().search}</label>
            <input
                id="seek"
                type="search"
                data-tariff="field"
                data-search="tariff"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=MAX_SEARCH
                aria-describedby="seek-hint"
                prop:value=words
                on:input=move |event| words.set(event_target_value(&event))
                on:keydown=press
            />
            <p class="hint" id="seek-hint">
                {texts.tree().search_hint}
            </p>
            <p class="hint" role="status" id="seek-status">
                {status}
            </p>
            {failure}
            {rows}
        </div>
    }
    .into_any()
}

fn hit(at: usize, row: NomenclatureRow, choose: Callback<String>) -> AnyView {
    let NomenclatureRow { code, description, above, .. } = row;
    let written = code.parse::<HsCode>().map_or_else(|_| code.clone(), |code| code.spaced());
    view! {
        <li>
            <button
                type="button"
                class="pick"
                tabindex=if at == 0 { "0" } else { "-1" }
                on:click=move |_| choose.run(code.clone())
            >
                <span class="code">{written}</span>
                <span>
                    {description}
                    <small class="hint">{way(&above)}</small>
                </span>
            </button>
        </li>
    }
    .into_any()
}

/// The texts of the lines above a row, from the chapter down: the section says little more than its chapter.
fn way(above: &[Coded]) -> String {
    let texts: Vec<_> = above.iter().skip(1).map(|line| line.text.as_str()).collect();
    texts.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_begins_at_the_chapter() {
        let line = |code: &str, text: &str| Coded { code: code.to_owned(), text: text.to_owned() };
        let above = [line("I", "Animals"), line("01", "Live animals"), line("", "Horses")];
        assert_eq!(way(&above), "Live animals › Horses");
        assert_eq!(way(&[]), "");
    }
}
