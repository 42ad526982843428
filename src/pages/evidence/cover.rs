//! The cover page of a bundle: the list of its sheets with their digests.

use import8_api::HsCode;
use leptos::prelude::*;

use super::draft::{Draft, Owner, Printed};
use super::labels::{digest_words, why_nothing};
use super::loading::State;
use crate::browser::memo::Memo;
use crate::components::failure::explain;
use crate::i18n::Language;

/// The list of the sheets, in their language.
#[component]
pub fn Cover(
    /// The sheets of the bundle.
    drafts: StoredValue<Vec<Draft>>,
    /// The owner of the key.
    owner: Owner,
    /// The language of the sheets.
    language: Memo<Language>,
    /// The time of printing.
    printed: Printed,
) -> impl IntoView {
    move || {
        let language = language.get();
        let words = language.texts().evidence();
        let organisation = move || owner.get().map(|account| account.organization.name);
        let count = drafts.with_value(Vec::len).to_string();
        let rows = drafts.with_value(|drafts| {
            drafts.iter().copied().zip(1..).map(|(draft, number)| row(draft, number, language)).collect_view()
        });
        view! {
            <section class="sheet cover" id="cover" lang=language.code() aria-label=words.cover_title>
                <h2>{words.cover_title}</h2>
                <dl class="entries">
                    {fact(words.organisation, organisation)} {fact(words.classifications, count)}
                    {fact(words.printed, move || printed.shown(language))}
                </dl>
                <table class="cover-list">
                    <thead>
                        <tr>
                            {[words.number, words.product, words.code, words.verdict, words.digest]
                                .map(|name| view! { <th scope="col">{name}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="hint">{words.cover_hint} " " {words.digest_hint}</p>
            </section>
        }
    }
}

fn fact(name: &'static str, value: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="entry">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

fn row(draft: Draft, number: usize, language: Language) -> impl IntoView {
    let words = language.texts().evidence();
    let product = move || draft.product().unwrap_or_else(|| draft.item.id.get_value());
    let cells = move || {
        let sheet = draft.sheet.with(|sheet| {
            let sheet = sheet.as_ref()?;
            Some(
                sheet
                    .as_ref()
                    .map(|sheet| (sheet.code, sheet.verdict.clone()))
                    .map_err(|why| why_nothing(why, language)),
            )
        });
        match (draft.item.state.get(), sheet) {
            (State::Failed(error), _) => {
                let title = explain(&error, language.texts()).title;
                view! { <td colspan=3>{words.not_loaded} ": " {title}</td> }.into_any()
            }
            (_, None) => view! { <td colspan=3>{words.loading}</td> }.into_any(),
            (_, Some(Err(why))) => view! { <td colspan=3>{why}</td> }.into_any(),
            (_, Some(Ok((code, verdict)))) => view! {
                {code_cell(code, language)}
                <td>{verdict}</td>
                <td class="digest">{move || digest_words(&draft.digest.get(), language)}</td>
            }
            .into_any(),
        }
    };
    view! {
        <tr>
            <td>{number}</td>
            <td class="product">
                // `rel="external"` keeps the router from handling a link of this origin.
                <a href=format!("#sheet-{number}") rel="external">
                    {product}
                </a>
            </td>
            {cells}
        </tr>
    }
}

fn code_cell(code: Option<HsCode>, language: Language) -> AnyView {
    match code {
        Some(code) => view! { <td class="code">{code.dotted()}</td> }.into_any(),
        None => view! { <td>{language.texts().rows().not_told}</td> }.into_any(),
    }
}
