//! Products that the history has already.

use import8_api::{MAX_PER_PAGE, Status};
use import8_catalogue::report::Known;
use leptos::prelude::*;
use leptos_router::components::A;

use super::desk::Desk;
use crate::api::ApiError;
use crate::components::code::Code;
use crate::components::failure::Failure;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::spawn_while_shown;
use crate::routes;
use crate::session::use_session;
use crate::walk::{Step, Walk};

/// So many of them are shown.
const SHOWN: usize = 8;

/// How far the look is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    NotYet,
    Going { page: u64, last: u64 },
    Done,
}

/// Looks for products in the history, and takes their codes.
#[component]
pub fn KnownProducts(
    /// The draft.
    desk: Desk,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let look = RwSignal::new(Look::NotYet);
    let (waiting, error) = (RwSignal::new(0), RwSignal::new(None::<ApiError>));
    let is_wanted = RwSignal::new(0_u32);
    // How many there are to be read, from the first page of one row.
    let total = RwSignal::new(None::<u64>);
    Effect::new(move |_| {
        let client = session.client(language.code());
        spawn_while_shown(async move {
            if let Ok(page) = client.classifications(&Listing::newest(1)).await {
                total.set(Some(page.meta.total));
            }
        });
    });
    Effect::new(move |_| {
        if is_wanted.get() == 0 {
            return;
        }
        error.set(None);
        let mut walk = Walk::new(session, session.client(language.code()), &Listing::default(), waiting);
        look.set(Look::Going { page: 0, last: 0 });
        spawn_while_shown(async move {
            loop {
                match walk.next().await {
                    Ok(Step::Page(page)) => {
                        look.set(Look::Going { page: page.meta.current_page, last: page.meta.last_page });
                        let ended = page.data.into_iter().filter(|row| row.status == Status::Completed);
                        let known = ended.filter_map(|row| {
                            let is_reviewed = row.feedback.is_some();
                            let (summary, code) = (row.product_summary?, row.hs_code?);
                            Some(Known { id: row.id, summary, code, is_reviewed })
                        });
                        desk.know(known.collect());
                    }
                    Ok(Step::End | Step::NotTurned) => return look.set(Look::Done),
                    Err(problem) => {
                        error.set(Some(problem));
                        return look.set(Look::NotYet);
                    }
                }
            }
        });
    });
    let start = move || is_wanted.update(|times| *times += 1);
    let stop = move |_| {
        is_wanted.set(0);
        look.set(Look::Done);
    };
    let count =
        Memo::new(move |_| desk.report.with(|report| report.as_ref().map_or(0, |report| report.known)));
    let number = move |number: u64| format::count(number, language);
    let state = move || match look.get() {
        Look::NotYet => {
            let requests = total.get().unwrap_or_default().div_ceil(u64::from(MAX_PER_PAGE)).max(1);
            view! {
                <button type="button" class="secondary" id="look-for-known" on:click=move |_| start()>
                    {(texts.catalogue().known_look)(&number(requests))}
                </button>
            }
            .into_any()
        }
        Look::Going { page, last } => view! {
            <progress
                aria-label=texts.catalogue().known_title
                max=last.max(1).to_string()
                value=page.to_string()
            ></progress>
            <p class="reading-line">
                {(texts.catalogue().known_looking)(&number(page), &number(last))}
                <button type="button" class="secondary small" on:click=stop>
                    {texts.catalogue().known_stop}
                </button>
            </p>
        }
        .into_any(),
        Look::Done if count.get() == 0 && !desk.is_busy.get() => {
            view! { <p>{texts.catalogue().known_none}</p> }.into_any()
        }
        Look::Done => ().into_any(),
    };
    let paused = move || {
        let seconds = waiting.get();
        (seconds > 0).then(|| (texts.running().is_waiting)(&seconds.to_string()))
    };
    let has_history = move || total.get().is_some_and(|total| total > 0);
    view! {
        <Show when=has_history>
            <section class="block" id="known">
                <h2>{texts.catalogue().known_title}</h2>
                <p class="quiet">{texts.catalogue().known_lead}</p>
                {move || error.get().map(|error| view! { <Failure error retry=Callback::new(move |()| start()) /> })}
                <div role="status">{state}</div>
                <p class="hint">{paused}</p>
                <Show when=move || count.get() != 0>
                    <Found desk />
                </Show>
            </section>
        </Show>
    }
}

/// What was found, and what becomes of it.
#[component]
fn Found(desk: Desk) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let found = Memo::new(move |_| {
        desk.report.with(|report| {
            let report = report.as_ref();
            report.map(|report| (report.known, report.known_products.clone())).unwrap_or_default()
        })
    });
    let count = move || found.with(|(count, _)| *count);
    let lines = move || {
        found.with(|(_, products)| {
            let known = products.iter().take(SHOWN).filter_map(|product| product.known.clone());
            known
                .map(|known| {
                    view! {
                        <li>
                            <A href=routes::classification(&known.id)>{known.summary}</A>
                            <Code code=known.code />
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let rest = move || {
        let rest = count().saturating_sub(u32::try_from(SHOWN).unwrap_or(u32::MAX));
        (rest > 0).then(|| (texts.catalogue().known_rest)(&format::count(rest.into(), language)))
    };
    let is_used = Memo::new(move |_| !desk.ignores_known.get());
    view! {
        <p>
            <strong>{move || (texts.catalogue().known_some)(&format::count(count().into(), language))}</strong>
        </p>
        <ul class="known-products">{lines}</ul>
        <p class="hint">{rest}</p>
        <div class="switch" role="group">
            <button
                type="button"
                id="use-known"
                aria-pressed=move || is_used.get().to_string()
                on:click=move |_| desk.set_ignores_known(false)
            >
                {move || (texts.catalogue().known_use)(&format::count(count().into(), language))}
            </button>
            <button
                type="button"
                id="classify-anew"
                aria-pressed=move || (!is_used.get()).to_string()
                on:click=move |_| desk.set_ignores_known(true)
            >
                {texts.catalogue().known_anew}
            </button>
        </div>
    }
}
