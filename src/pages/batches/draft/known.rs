//! Search of the history for products that are already classified, so that a draft need not pay for them
//! again.

use import8_api::{ClassificationSummary, DecidedBy, MAX_PER_PAGE};
use import8_catalogue::report::Known;
use leptos::prelude::*;
use leptos_router::components::A;

use super::editor::DraftEditor;
use crate::api::decided::Decided;
use crate::api::listing::Listing;
use crate::api::{ApiError, Client};
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::code::Code;
use crate::components::failure::Failure;
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::item::decided_known;
use crate::outbox::reviews::{Reviews, use_reviews};
use crate::queries::pager::{NextPage, PageReader};
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::routes;
use crate::session::use_session;

/// Number of matches listed by name.
const SHOWN: usize = 8;

/// Progress of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SearchProgress {
    NotYet,
    Going { page: u64, last: u64 },
    Done,
}

/// The section that searches the history for the products of the draft and reuses their codes.
#[component]
pub fn KnownProducts(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let (session, texts, language, reviews) = (use_session(), use_texts(), use_language(), use_reviews());
    let look = RwSignal::new(SearchProgress::NotYet);
    let (waiting, error) = (RwSignal::new(0), RwSignal::new(None::<ApiError>));
    let is_wanted = RwSignal::new(0_u32);
    // Size of the history, from the metadata of a page of one row. It gives the number of requests of a
    // search.
    let total = RwSignal::new(None::<u64>);
    let gate = use_gate();
    effect(move || {
        let client = session.client(language.code());
        spawn_while_shown(async move {
            let one = Listing::newest(1);
            if let Ok(page) = gate.ask(|| client.classifications(&one)).await {
                total.set(Some(page.meta.total));
            }
        });
    });
    effect(move || {
        if is_wanted.get() == 0 {
            return;
        }
        error.set(None);
        let client = session.client(language.code());
        let gate = gate.telling(waiting);
        let mut reader = PageReader::new(gate, client.clone(), &Listing::default());
        look.set(SearchProgress::Going { page: 0, last: 0 });
        spawn_while_shown(async move {
            loop {
                match reader.next().await {
                    Ok(NextPage::Page(page)) => {
                        look.set(SearchProgress::Going {
                            page: page.meta.current_page,
                            last: page.meta.last_page,
                        });
                        let mut known = Vec::new();
                        for row in page.data {
                            let told = untrack(|| decided_of_row(reviews, &row));
                            match found(row, told, &client, gate).await {
                                Ok(found) => known.extend(found),
                                Err(problem) => {
                                    error.set(Some(problem));
                                    return look.set(SearchProgress::NotYet);
                                }
                            }
                        }
                        editor.know(known);
                    }
                    Ok(NextPage::End | NextPage::NotTurned) => return look.set(SearchProgress::Done),
                    Err(problem) => {
                        error.set(Some(problem));
                        return look.set(SearchProgress::NotYet);
                    }
                }
            }
        });
    });
    let start = move || is_wanted.update(|times| *times += 1);
    let stop = move |_| {
        is_wanted.set(0);
        look.set(SearchProgress::Done);
    };
    let count =
        Memo::new(move |_| editor.report.with(|report| report.as_ref().map_or(0, |report| report.known)));
    let number = move |number: u64| format::count(number, language);
    let state = move || match look.get() {
        SearchProgress::NotYet => {
            let requests = total.get().unwrap_or_default().div_ceil(u64::from(MAX_PER_PAGE)).max(1);
            view! {
                <button type="button" class="secondary" id="look-for-known" on:click=move |_| start()>
                    {(texts.catalogue().known_look)(&number(requests))}
                </button>
            }
            .into_any()
        }
        SearchProgress::Going { page, last } => view! {
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
        SearchProgress::Done if count.get() == 0 && !editor.is_busy.get() => {
            view! { <p>{texts.catalogue().known_none}</p> }.into_any()
        }
        SearchProgress::Done => ().into_any(),
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
                    <Found editor />
                </Show>
            </section>
        </Show>
    }
}

/// The decided code of a history row. Verdicts that can still be undone are ignored.
fn decided_of_row(reviews: Reviews, row: &ClassificationSummary) -> Option<Decided> {
    match reviews.waiting_of(&row.id) {
        Some(_) => Decided::from_row(row),
        None => reviews.decided_of(row),
    }
}

/// The match that a history row yields, given its decided code; `None` if the row has no code. If a
/// person's correction is returned only with the classification itself, requests the classification.
///
/// # Errors
/// All errors except `NotFound` and `Unreadable`, which yield `None`.
async fn found(
    row: ClassificationSummary,
    told: Option<Decided>,
    client: &Client,
    gate: RateLimitGate,
) -> Result<Option<Known>, ApiError> {
    let told = match told {
        Some(Decided::NotTold) => match gate.ask(|| client.classification(&row.id)).await {
            // A service may return only the classifier's code here too, which says nothing about the
            // correction.
            Ok(answer) => Decided::from_classification(&answer.value.data).filter(is_by_person),
            Err(ApiError::NotFound | ApiError::Unreadable(_)) => None,
            Err(error) => return Err(error),
        },
        told => told,
    };
    Ok(known_by(row, told))
}

/// The match of a history row under its decided code; `None` without a decided code.
fn known_by(row: ClassificationSummary, told: Option<Decided>) -> Option<Known> {
    let Some(Decided::Code(decided)) = told else { return None };
    let is_reviewed = row.feedback.is_some() || decided.by == DecidedBy::Person;
    // A service that sends no `decided` may have answered with fewer digits than it knows.
    let decided = Some(decided).filter(|_| is_reviewed || row.decided.is_some());
    Some(Known { id: row.id, summary: row.product_summary?, code: row.hs_code, decided, is_reviewed })
}

fn is_by_person(decided: &Decided) -> bool {
    matches!(decided, Decided::Code(decided) if decided.by == DecidedBy::Person)
}

/// The matches, and the switch that uses or ignores them.
#[component]
fn Found(editor: DraftEditor) -> impl IntoView {
    let (texts, language, reviews) = (use_texts(), use_language(), use_reviews());
    let found = Memo::new(move |_| {
        editor.report.with(|report| {
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
                    let code = reviews.decided(&known.id, decided_known(&known), known.code);
                    view! {
                        <li>
                            <A href=routes::classification(&known.id)>{known.summary}</A>
                            {code.as_ref().and_then(Decided::code).map(|code| view! { <Code code /> })}
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
    let is_used = Memo::new(move |_| !editor.ignores_known.get());
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
                on:click=move |_| editor.set_ignores_known(false)
            >
                {move || (texts.catalogue().known_use)(&format::count(count().into(), language))}
            </button>
            <button
                type="button"
                id="classify-anew"
                aria-pressed=move || (!is_used.get()).to_string()
                on:click=move |_| editor.set_ignores_known(true)
            >
                {texts.catalogue().known_anew}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;

    #[test]
    fn a_product_is_known_under_the_code_that_counts() {
        let check = |fields: &str, expected: Option<(Option<&str>, Option<&str>, bool)>| {
            let json = format!(r#"{{"id": "1", "product_summary": "mug"{fields}}}"#);
            let row: ClassificationSummary = decode(&json).expect(&json);
            let told = Decided::from_row(&row);
            let found = known_by(row, told.clone());
            let found = found.as_ref().map(|known| {
                let decided = known.decided.as_ref().map(|decided| decided.code.bare());
                (known.code.as_ref().map(|code| code.bare()), decided, known.is_reviewed)
            });
            assert_eq!(found, expected, "{json}");
        };
        let answered = r#", "status": "completed", "hs_code": "6912.00""#;
        check(r#", "status": "pending""#, None);
        check(answered, Some((Some("691200"), None, false)));
        let decided = |code: &str, by: &str| {
            format!(r#", "decided": {{"code": "{code}", "by": "{by}", "open_digits": 0}}"#)
        };
        let of = |fields: &str, code, by| format!("{fields}{}", decided(code, by));
        check(&of(answered, "6912002500", "classifier"), Some((Some("691200"), Some("6912002500"), false)));
        check(&of(answered, "9617000000", "person"), Some((Some("691200"), Some("9617000000"), true)));
        let failed = r#", "status": "failed", "hs_code": null"#;
        check(failed, None);
        check(&of(failed, "9617000000", "person"), Some((None, Some("9617000000"), true)));
        // The history does not return the corrected code.
        check(&format!(r#"{answered}, "feedback": "corrected""#), None);
        check(
            &format!(r#"{answered}, "feedback": "confirmed""#),
            Some((Some("691200"), Some("691200"), true)),
        );
    }
}
