//! The view of one evidence sheet.

use std::sync::Arc;

use leptos::prelude::*;

use super::draft::{Digest, Draft, Printed};
use super::labels::{digest_words, why_nothing};
use super::loading::{Items, Record, State};
use super::sheet::{Body, Entry, Nothing, Section, Sheet};
use super::value::Value;
use crate::api::ApiError;
use crate::browser::download::ObjectUrl;
use crate::browser::memo::Memo;
use crate::components::code::CopyButton;
use crate::components::failure::{Explanation, explain};
use crate::components::show::Show;
use crate::i18n::{Language, use_texts};

/// An evidence sheet, its loading error, or the reason for having no sheet.
#[component]
pub fn Paper(
    /// The sheet.
    draft: Draft,
    /// Its number in the bundle, from 1.
    number: usize,
    /// All records of the page.
    items: Items,
    /// The time of printing.
    printed: Printed,
) -> impl IntoView {
    let retry = Callback::new(move |()| items.retry(draft.item));
    let paper = move || match draft.item.state.get() {
        State::Waiting => ().into_any(),
        State::Failed(error) => view! { <NotLoaded draft error retry /> }.into_any(),
        State::Here(record) => view! { <Certified draft record retry printed /> }.into_any(),
    };
    view! {
        <div class="sheet-place" id=format!("sheet-{number}")>
            {paper}
        </div>
    }
}

/// A record that failed to load. The cover lists it; it is not printed.
#[component]
fn NotLoaded(draft: Draft, error: ApiError, retry: Callback<()>) -> impl IntoView {
    let texts = use_texts();
    let Explanation { title, body, next } = explain(&error, texts);
    let id = draft.item.id.get_value();
    view! {
        <section class="failure sheet-missing" role="alert">
            <h2>{title}</h2>
            <p>{texts.sheet().identifier} " " <span class="identifier">{id}</span></p>
            <p>{body} " " {next}</p>
            <button type="button" class="secondary" on:click=move |_| retry.run(())>
                {texts.common().try_again}
            </button>
        </section>
    }
}

/// The sheet of a loaded record, or the reason for having none.
#[component]
fn Certified(draft: Draft, record: Arc<Record>, retry: Callback<()>, printed: Printed) -> impl IntoView {
    move || {
        let record = Arc::clone(&record);
        match draft.sheet.get() {
            None => ().into_any(),
            Some(Err(why)) => view! { <NothingToCertify draft why retry /> }.into_any(),
            Some(Ok(sheet)) => view! { <Article draft sheet record printed /> }.into_any(),
        }
    }
}

#[component]
fn NothingToCertify(draft: Draft, why: Nothing, retry: Callback<()>) -> impl IntoView {
    let texts = use_texts();
    let language = draft.language.get_untracked();
    let words = why_nothing(&why, language);
    let again = (why == Nothing::Pending).then(|| {
        view! {
            <button type="button" class="secondary small" on:click=move |_| retry.run(())>
                {texts.evidence().look_again}
            </button>
        }
    });
    view! {
        <section class="notice sheet-missing">
            <h2>{move || draft.product()}</h2>
            <p lang=language.code()>{words}</p>
            {again}
        </section>
    }
}

#[component]
fn Article(draft: Draft, sheet: Sheet, record: Arc<Record>, printed: Printed) -> impl IntoView {
    let language = sheet.language;
    let texts = language.texts();
    let label = format!("{}: {}", texts.sheet().title, sheet.product);
    let sections = sheet
        .sections
        .into_iter()
        .map(|section| {
            let pictures = (section.name == "pictures").then(|| pictures(&record.addresses, language));
            view! { <Part section language pictures=pictures.into_any() /> }
        })
        .collect_view();
    view! {
        <article class="sheet" lang=language.code() aria-label=label>
            {sections}
            <footer>
                <dl class="entries">
                    <div class="entry">
                        <dt>{texts.evidence().digest}</dt>
                        <dd>
                            <span class="digest">{move || digest_words(&draft.digest.get(), language)}</span>
                            <span class="details">{texts.evidence().digest_hint}</span>
                        </dd>
                    </div>
                    <div class="entry">
                        <dt>{texts.evidence().printed}</dt>
                        <dd>{move || printed.shown(language)}</dd>
                    </div>
                </dl>
                <Check draft />
            </footer>
        </article>
    }
}

/// The section that explains how to check the digest. Not printed.
#[component]
fn Check(draft: Draft) -> impl IntoView {
    let texts = use_texts();
    let file = Memo::new(move |_| {
        draft.text.with(|text| ObjectUrl::new(text.as_bytes(), "text/plain").map(Arc::new))
    });
    let href = move || file.with(|file| file.as_ref().map(|file| file.as_str().to_owned()));
    let name = format!("{}-{}.txt", texts.evidence().file_name, draft.item.id.get_value());
    let check = move || {
        view! {
            <div class="sheet-check">
                <p class="hint">{texts.evidence().check_hint}</p>
                <div class="actions">
                    <CopyButton label=texts.evidence().copy_text text=draft.text />
                    <a class="button secondary small" href=href download=name.clone()>
                        {texts.evidence().download_text}
                    </a>
                </div>
            </div>
        }
    };
    view! { <Show when=move || draft.digest.get() != Digest::Unavailable>{check()}</Show> }
}

/// The pictures of the record.
fn pictures(addresses: &[Option<ObjectUrl>], language: Language) -> impl IntoView + use<> {
    let words = &language.texts().evidence();
    let picture = |(address, number): (&Option<ObjectUrl>, usize)| {
        let address = address.as_ref()?.as_str().to_owned();
        let alt = (words.picture_of)(&number.to_string());
        Some(view! { <img src=address alt=alt /> })
    };
    let pictures = addresses.iter().zip(1..).map(picture).collect_view();
    view! { <div class="pictures">{pictures}</div> }
}

#[component]
fn Part(section: Section, language: Language, pictures: AnyView) -> impl IntoView {
    let body = match section.body {
        Body::Prose(prose) => view! { <p class="prose">{prose}</p> }.into_any(),
        Body::Entries(entries) => view! { <Entries entries language /> }.into_any(),
        Body::Table(entries) => view! { <Amounts entries language /> }.into_any(),
    };
    // The first heading is that of the whole sheet.
    let heading = match section.name {
        "head" => view! { <h2>{section.heading}</h2> }.into_any(),
        _ => view! { <h3>{section.heading}</h3> }.into_any(),
    };
    view! {
        <section class="part" data-part=section.name>
            {heading} {pictures} {body}
        </section>
    }
}

#[component]
fn Entries(entries: Vec<Entry>, language: Language) -> impl IntoView {
    let entry = |entry: Entry| {
        let is_code = matches!(entry.value, Value::Code(_));
        view! {
            <div class="entry">
                <dt>{entry.label}</dt>
                <dd>
                    <span class="value" class:code=is_code>
                        {entry.value.shown(language)}
                    </span>
                    {details(entry.details, language)}
                </dd>
            </div>
        }
    };
    view! { <dl class="entries">{entries.into_iter().map(entry).collect_view()}</dl> }
}

#[component]
fn Amounts(entries: Vec<Entry>, language: Language) -> impl IntoView {
    let row = |entry: Entry| {
        view! {
            <tr>
                <th scope="row">{entry.label}</th>
                <td>{details(entry.details, language)}</td>
                <td class="amount">{entry.value.shown(language)}</td>
            </tr>
        }
    };
    view! {
        <table class="amounts">
            <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn details(details: Vec<(&'static str, Value)>, language: Language) -> impl IntoView {
    let detail = |(name, value): (&'static str, Value)| {
        view! {
            <span class="detail">
                <span class="detail-name">{name}</span>
                " "
                <span>{value.shown(language)}</span>
            </span>
        }
    };
    view! { <span class="details">{details.into_iter().map(detail).collect_view()}</span> }
}
