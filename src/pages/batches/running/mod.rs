//! The page of a started catalogue: progress, the result of each product, and the filled file.

pub mod cells;
pub mod columns;
pub mod fill;
pub mod lost;
pub mod product;
pub mod rows;
pub mod views;
pub mod write;

use import8_api::Extension;
use leptos::prelude::*;
use leptos_router::components::A;

use self::fill::Fill;
use self::lost::Lost;
use self::product::{Depth, deciding, sent_by};
use self::rows::{Rows, count_of};
use self::views::{Standings, View, address, all_unsure, left_out, standings};
use super::notices::NotDone;
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_local, spawn_while_shown};
use crate::components::failure::{EndWait, explain};
use crate::components::page::Page;
use crate::components::show::Show;
use crate::i18n::preferences;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::outbox::batches::journal::{Batch, BatchStatus, Stage};
use crate::outbox::batches::state::{State, Tally};
use crate::outbox::batches::{BlockReason, Journal, seconds_left, use_batches};
use crate::outbox::reviews::use_reviews;
use crate::session::use_session;

/// Pages of reviewed history rows read when the page opens. Writing the file reads all of them.
const PAGES: u64 = 5;

/// The page of a started catalogue.
#[component]
pub fn Running(
    /// The identifier of the catalogue in this browser.
    id: String,
) -> impl IntoView {
    let batches = use_batches();
    let id = StoredValue::new(id);
    let name = untrack(|| batches.get(&id.get_value())).map(|catalogue| catalogue.name).unwrap_or_default();
    let (session, reviews, language) = (use_session(), use_reviews(), use_language());
    let tells = Memo::new(move |_| session.has(&Extension::Decided));
    // Runs again for each settled verdict. The verdicts are asked for after the journal is read.
    effect(move || {
        reviews.track_settled();
        let client = tells.get().then(|| session.client(language.code()));
        let waiting = RwSignal::new(0);
        spawn_while_shown(async move {
            let id = id.get_value();
            // An unreadable journal shows no products; `InTheWay` says why.
            let is_read = batches.read_journal(&id).await.is_ok();
            match client {
                Some(client) if is_read => {
                    #[expect(
                        clippy::let_underscore_must_use,
                        reason = "writing the file requests these again and reports an error"
                    )]
                    let _ = batches.learn_decided(&id, &client, waiting, PAGES).await;
                }
                None if is_read => batches.keep_sent(&id, sent_by(reviews)).await,
                _ => {}
            }
        });
    });
    let standings = Memo::new(move |_| {
        reviews.track();
        let decide = deciding(reviews);
        let of = |journal: &Journal| standings(journal, &decide);
        id.with_value(|id| batches.with_journal(id, |journal| journal.map(of)))
    });
    let tally = Memo::new(move |_| {
        let read = standings.with(|standings| {
            let mut tally = Tally::default();
            standings.as_ref()?.iter().flatten().for_each(|standing| tally.count(standing.state));
            Some(tally)
        });
        let kept = || id.with_value(|id| batches.get(id)).map(|catalogue| catalogue.tally);
        read.or_else(kept).unwrap_or_default()
    });
    let counts = Memo::new(move |_| {
        let rows = |journal: &Journal| left_out(journal).values().sum();
        let rows = id.with_value(|id| batches.with_journal(id, |journal| journal.map_or(0, rows)));
        standings.with(|standings| {
            let of = |view: View| match (view, standings) {
                (View::LeftOut, _) => rows,
                (view, Some(standings)) => view.count(standings),
                (_, None) => 0,
            };
            View::ALL.map(|view| (view, of(view))).to_vec()
        })
    });
    // A finished catalogue opens with the file section expanded.
    let is_filling = RwSignal::new(tally.with_untracked(|tally| tally.is_done()));
    view! {
        <Page title=name>
            <HowFar id tally counts />
            <NotDone id />
            <Lost id />
            <WhatNext id tally standings is_filling />
            <Fill id tally is_open=is_filling />
            <Rows id standings counts all=Signal::derive(move || tally.with(|tally| tally.total())) />
        </Page>
    }
}

/// The progress of a catalogue: figure, bar, legend, estimated time, and the pause button.
#[component]
fn HowFar(id: StoredValue<String>, tally: Memo<Tally>, counts: Memo<Vec<(View, u32)>>) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let number = move |number: u32| format::count(number.into(), language);
    let words =
        move || tally.with(|tally| (texts.running().of)(&number(tally.ended()), &number(tally.total())));
    let stage = Memo::new(move |_| id.with_value(|id| batches.get(id)).map(|catalogue| catalogue.stage));
    let is_open = Memo::new(move |_| !tally.with(|tally| tally.is_done()));
    // Screen readers hear the progress at each tenth and at the end.
    let tenths = Memo::new(move |_| tally.with(|tally| tally.ended() * 10 / tally.total().max(1)));
    let heard = move || {
        tenths.track();
        tally.with_untracked(|tally| match tally.is_done() {
            true => texts.running().all_done.to_owned(),
            false => (texts.running().heard)(&number(tally.ended()), &number(tally.total())),
        })
    };
    let pace = move || {
        if !is_open.get() || stage.get() != Some(Stage::Running) {
            return None;
        }
        let per_minute = id.with_value(|id| batches.throughput(id))?.per_minute()?;
        let left = tally.with(|tally| tally.total() - tally.ended());
        let time = match seconds_left(left, per_minute) {
            0..=60 => texts.running().last_minute.to_owned(),
            seconds => (texts.running().minutes_left)(&format::count(seconds.div_ceil(60), language)),
        };
        Some(format!("{} · {time}", (texts.running().pace)(&format::count(per_minute, language))))
    };
    let press = move |change: Stage| {
        move |_| {
            spawn_local(async move {
                let id = id.get_value();
                let outcome = match change {
                    Stage::Paused => batches.pause(&id).await,
                    _ => batches.resume(&id).await,
                };
                batches.note_word(&id, outcome);
            });
        }
    };
    let control = move || {
        // Pausing only affects batches that are not sent yet.
        let is_sending = tally.with(|tally| tally.waiting + tally.uncertain > 0);
        let is_paused = stage.get() == Some(Stage::Paused);
        (is_open.get() && (is_sending || is_paused)).then(|| match stage.get() {
            Some(Stage::Paused) => view! {
                <button type="button" class="secondary" id="resume" on:click=press(Stage::Running)>
                    {texts.running().go_on}
                </button>
            }
            .into_any(),
            _ => view! {
                <button type="button" class="secondary" id="pause" on:click=press(Stage::Paused)>
                    {texts.running().pause}
                </button>
            }
            .into_any(),
        })
    };
    let count = move |view: View| Memo::new(move |_| counts.with(|counts| count_of(counts, view)));
    let part = move |view: View| {
        let count = count(view);
        let share = move || count.get().to_string();
        view! { <span class="share" data-state=view.as_str() style:flex-grow=share></span> }
    };
    let legend = move |view: View| {
        let count = count(view);
        move || {
            (count.get() > 0).then(|| {
                let address = id.with_value(|id| address(id, Some(view), 1));
                view! {
                    <li data-state=view.as_str()>
                        <a href=address>{view.word(texts)} " " <strong>{number(count.get())}</strong></a>
                    </li>
                }
            })
        }
    };
    let needs_digits = count(View::Code(Depth::NeedsDigits));
    // Finished states first, so that the bar fills from the left.
    let order = [
        View::Code(Depth::Ready),
        View::Code(Depth::NeedsDigits),
        View::Code(Depth::Untold),
        View::At(State::Failed),
        View::At(State::Uncertain),
        View::At(State::Pending),
        View::At(State::Waiting),
    ];
    let told = order.into_iter().chain([View::LeftOut]);
    view! {
        <section class="how-far" id="how-far">
            <p class="number">{words}</p>
            <div
                class="shares"
                role="progressbar"
                aria-label=texts.running().progress_label
                aria-valuemin="0"
                aria-valuemax=move || tally.with(|tally| tally.total()).to_string()
                aria-valuenow=move || tally.with(|tally| tally.ended()).to_string()
            >
                {order.map(part).into_iter().collect_view()}
            </div>
            <ul class="legend">{told.map(legend).collect_view()}</ul>
            <Show when=move || needs_digits.get() != 0>
                <p class="hint">{texts.running().needs_digits_hint}</p>
            </Show>
            <p class="pace">{pace}</p>
            <p class="visually-hidden" role="status">
                {heard}
            </p>
            <div class="actions">{control}</div>
            <InTheWay id tally />
        </section>
    }
}

/// The reason why the catalogue does not progress, and the way to resolve it.
#[component]
fn InTheWay(id: StoredValue<String>, tally: Memo<Tally>) -> impl IntoView {
    let (batches, session, texts, language) = (use_batches(), use_session(), use_texts(), use_language());
    let stage = Memo::new(move |_| id.with_value(|id| batches.get(id)).map(|catalogue| catalogue.stage));
    let hold = Memo::new(move |_| id.with_value(|id| batches.hold(id)));
    let is_open = Memo::new(move |_| !tally.with(|tally| tally.is_done()));
    let needed = Memo::new(move |_| {
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                let planned = journal?.batches.iter().find(|batch| batch.progress == BatchStatus::Planned);
                planned.map(|batch| batch.products.len() as u64)
            })
        })
        .unwrap_or_default()
    });
    // Products of lost batches that are still being looked up in the history.
    let lost = Memo::new(move |_| {
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                let all = journal.into_iter().flat_map(|journal| &journal.batches);
                let is_lost = |one: &&Batch| one.progress == BatchStatus::Uncertain && one.finding.is_none();
                all.filter(is_lost).map(|one| one.products.len() as u64).sum::<u64>()
            })
        })
    });
    let number = move |number: u64| format::count(number, language);
    let send_some = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            batches.note_word(&id, batches.send_what_credits_cover(&id).await);
        });
    };
    let is_unread = Memo::new(move |_| id.with_value(|id| batches.is_unread(id)));
    let sentence = move || {
        if is_unread.get() {
            return Some(view! { <p>{texts.running().unread}</p> }.into_any());
        }
        if !is_open.get() {
            return None;
        }
        if !batches.is_runner() {
            return Some(view! { <p>{texts.running().other_tab}</p> }.into_any());
        }
        let waiting = batches.waiting();
        let is_paused = stage.get() == Some(Stage::Paused);
        Some(match hold.get() {
            // The person's own pause takes precedence over every reason but a refused key.
            hold if is_paused && hold != Some(BlockReason::Key) => {
                view! { <p>{texts.running().paused_note}</p> }.into_any()
            }
            Some(BlockReason::Credits) => {
                let credits = session.credits().unwrap_or_default();
                let some = (credits > 0 && credits < needed.get()).then(|| {
                    view! {
                        <button type="button" class="secondary small" id="send-some" on:click=send_some>
                            {(texts.running().hold_credits_some)(&number(credits))}
                        </button>
                    }
                });
                let words = (texts.running().hold_credits)(&number(needed.get()), &number(credits));
                view! {
                    <p>{words}</p>
                    {some}
                }
                .into_any()
            }
            Some(BlockReason::Key) => view! {
                <p>{texts.running().hold_key}</p>
                <button
                    type="button"
                    class="secondary small"
                    id="enter-key"
                    on:click=move |_| session.sign_out()
                >
                    {texts.running().hold_key_button}
                </button>
                <button
                    type="button"
                    class="secondary small"
                    id="try-key-again"
                    on:click=move |_| batches.try_key_again()
                >
                    {texts.common().try_again}
                </button>
            }
            .into_any(),
            Some(BlockReason::Offline) => view! { <p>{texts.running().hold_offline}</p> }.into_any(),
            Some(BlockReason::Storage) => view! { <p>{texts.running().hold_storage}</p> }.into_any(),
            Some(BlockReason::Tabs) => view! { <p>{texts.running().hold_tabs}</p> }.into_any(),
            Some(BlockReason::Error(error)) => {
                let body = error_sentence(&error, texts);
                view! { <p>{body} " " {texts.running().hold_again}</p> }.into_any()
            }
            None if waiting > 0 => view! {
                <p>
                    {(texts.running().is_waiting)(&waiting.to_string())} " " <EndWait seconds=waiting />
                </p>
            }
            .into_any(),
            // A batch that is merely in flight needs no notice.
            None if lost.get() > 0 => {
                view! { <p>{(texts.running().looking_for)(&number(lost.get()))}</p> }.into_any()
            }
            None => return None,
        })
    };
    view! {
        <div class="in-the-way" role="status">
            {sentence}
        </div>
    }
}

/// The title of an error as a sentence.
fn error_sentence(error: &ApiError, texts: Texts) -> String {
    explain(error, texts).title.to_owned() + "."
}

/// The next steps for finished products: retry failures, review weak codes, write the file.
#[component]
fn WhatNext(
    id: StoredValue<String>,
    tally: Memo<Tally>,
    standings: Memo<Option<Standings>>,
    is_filling: RwSignal<bool>,
) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let (session, reviews) = (use_session(), use_reviews());
    let number = move |number: u32| format::count(number.into(), language);
    let failed = Memo::new(move |_| tally.with(|tally| tally.failed));
    let unsure = Memo::new(move |_| {
        let count = standings.with(|standings| {
            standings.iter().flatten().flatten().filter(|standing| standing.is_unsure).count()
        });
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    let review = || all_unsure(preferences::now().bands);
    let is_clear = Memo::new(move |_| tally.with(|tally| tally.uncertain == 0));
    let waiting = RwSignal::new(0);
    let retry = Action::new_local(move |(): &()| {
        let id = id.get_value();
        let client = untrack(|| session.has(&Extension::Decided)).then(|| session.client(language.code()));
        let has_code = move |id: &str| deciding(reviews)(id, None, None).is_some();
        async move {
            if let Some(client) = client {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "after an error, the codes last told are shown"
                )]
                let _ = batches.learn_decided(&id, &client, waiting, u64::MAX).await;
            }
            batches.note_word(&id, batches.retry_failed(&id, has_code).await);
        }
    });
    view! {
        <div class="what-next">
            <Show when=move || tally.with(|tally| tally.is_done()) && !is_filling.get()>
                <button type="button" class="primary" id="get-file" on:click=move |_| is_filling.set(true)>
                    {texts.fill().title}
                </button>
            </Show>
            <Show when=move || unsure.get() != 0>
                <A href=review() attr:class="button secondary" attr:id="review-unsure">
                    {texts.running().review_unsure}
                </A>
                <span class="hint">{move || (texts.running().unsure_here)(&number(unsure.get()))}</span>
            </Show>
            <Show when=move || failed.get() != 0 && is_clear.get()>
                <button type="button" class="secondary" id="retry-failed"
                    disabled=move || retry.pending().get()
                    on:click=move |_| {
                        retry.dispatch(());
                    }>
                    {move || (texts.running().retry_failed)(&number(failed.get()))}
                </button>
                <span class="hint">{move || (texts.running().retry_cost)(&number(failed.get()))}</span>
            </Show>
        </div>
    }
}
