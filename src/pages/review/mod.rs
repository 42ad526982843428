//! The review queue: classifications without a verdict, and those whose code is not in the imported tariff, one after
//! the other, by pointer or keyboard.

pub mod calibration;
pub mod detail;
pub mod list;
pub mod queue;
pub mod reading;
pub mod returned;
pub mod turn;
pub mod visit;

use import8_api::ClassificationSummary;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use self::calibration::CalibrationFold;
use self::detail::Detail;
use self::list::{List, focus_current};
use self::queue::{is_open, next_open};
use self::reading::ReadingProgress;
use self::turn::{Pages, Parts};
use self::visit::Visit;
use crate::api::ApiError;
use crate::api::listing::queue::{Source, address, is_of_ended, is_of_failed, known_to, listing};
use crate::api::listing::{Filter, Listing, Sort};
use crate::api::tariff_changes::Changes;
use crate::browser::memo::Memo;
use crate::components::busy::comparison_failure;
use crate::components::page::Page;
use crate::components::show::Show;
use crate::components::table::TableSkeleton;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::{Reviews, use_reviews};
use crate::queries::load::Load;
use crate::queries::scan::HistoryScan;
use crate::routes;
use crate::session::use_session;

/// When at most this many rows are left without a verdict, the list is loaded again.
const FEW: usize = 5;

/// A page of the queue in view.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its rows. Rows whose verdict is not sent yet are still among them.
    pub rows: Vec<ClassificationSummary>,
    /// Its page number, and that of the last page.
    pub place: (u64, u64),
    /// The number of classifications without a verdict, on all pages.
    pub left: u64,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Nothing,
    Skeleton,
    AllDone,
    Beyond,
    Rows,
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The review page.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let (session, reviews) = (use_session(), use_reviews());
    let (texts, language) = (use_texts(), use_language());
    let visit: Visit = expect_context();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let asked = query.with(|query| listing(|name| query.get(name)));
        match session.account() {
            Some(account) => known_to(asked, &account.extensions),
            None => asked,
        }
    });
    let is_ended = Memo::new(move |_| asked.with(is_of_ended));
    let waits = move |row: &ClassificationSummary, is_ended| {
        is_open(row, reviews.verdict_of(&row.id).as_ref(), is_ended)
    };
    let source = Memo::new(move |_| {
        let account = session.account()?;
        Some(Source::new(asked.get(), &account.extensions))
    });
    let list = Load::new(move || {
        let (client, source) = (session.client(language.code()), source.get());
        async move {
            match source {
                Some(Source::Asked(listing)) => client.classifications(&listing).await.map(Some),
                Some(Source::Read { .. }) => Ok(None),
                // The features of the service are not known yet: load the account first.
                None => client.account().await.map(|account| {
                    session.set_account(&client, account);
                    None
                }),
            }
        }
    });
    let from = Memo::new(move |_| match source.get() {
        Some(Source::Read { from, .. }) => Some(from),
        Some(Source::Asked(_)) | None => None,
    });
    let reading = HistoryScan::new(visit.scanned, from);
    let is_read = Memo::new(move |_| from.with(Option::is_some));
    let shown = Memo::new(move |_| match source.get()? {
        Source::Read { wanted, .. } => {
            Some(reading.with(|scanned| read_page(queue::rows(scanned, &wanted), &wanted, reviews)))
        }
        Source::Asked(_) => {
            let page = list.value()??;
            let is_ended = is_ended.get();
            let closed = page.data.iter().filter(|row| !waits(row, is_ended)).count();
            Some(Shown {
                place: (page.meta.current_page, page.meta.last_page),
                left: page.meta.total.saturating_sub(count(closed)),
                // A row with a sent verdict has left the queue, even if this answer is older than the verdict.
                rows: page
                    .data
                    .into_iter()
                    .filter(|row| !reviews.is_sent(&row.id) || waits(row, is_ended))
                    .collect(),
            })
        }
    });
    let rows = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| shown.rows.clone())).unwrap_or_default()
    });
    let open =
        Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row| waits(row, is_ended.get())).count()));
    Effect::new(move |before: Option<()>| {
        reviews.track_settled();
        if before.is_some() && untrack(|| !is_read.get() && open.get() <= FEW) {
            list.reload();
        }
    });
    let current = Memo::new(move |_| {
        let wanted = visit.current.get();
        rows.with(|rows| {
            let is_wanted = |row: &&ClassificationSummary| Some(&row.id) == wanted.as_ref();
            let is_open = |row: &&ClassificationSummary| waits(row, is_ended.get());
            rows.iter().find(is_wanted).or_else(|| rows.iter().find(is_open)).or(rows.first()).cloned()
        })
    });
    let given = Callback::new(move |id: String| {
        visit.note(&asked.with_untracked(|asked| asked.filter.clone()), &id);
        let rows = rows.get_untracked();
        let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        let is_open =
            |id: &str| untrack(|| rows.iter().any(|row| row.id == id && waits(row, is_ended.get())));
        let next = next_open(&ids, &id, is_open);
        visit.current.set(next.or(Some(id)));
        // The focused button of the panel is removed.
        focus_current();
    });
    // A verdict that was undone makes its row current, so that another one can be given.
    Effect::new(move |before: Option<Vec<String>>| {
        let is_done = |row: &&ClassificationSummary| !waits(row, is_ended.get());
        let (done, open): (Vec<_>, Vec<_>) = rows.with(|rows| {
            let (done, open): (Vec<_>, Vec<_>) = rows.iter().partition(is_done);
            let ids =
                |rows: Vec<&ClassificationSummary>| rows.into_iter().map(|row| row.id.clone()).collect();
            (ids(done), ids(open))
        });
        if let Some(id) = before.into_iter().flatten().find(|id| open.contains(id)) {
            visit.current.set(Some(id));
        }
        done
    });
    let changes = Load::new(move || {
        let client = is_ended.get().then(|| session.client(language.code()));
        async move {
            match client {
                Some(client) => client.tariff_changes("").await.map(Some),
                None => Ok(None),
            }
        }
    });
    let error =
        move || if is_read.get() { reading.error() } else { list.error().or_else(|| changes_error(changes)) };
    let retry = Callback::new(move |()| {
        list.reload();
        changes.reload();
        reading.retry();
    });
    let content = Memo::new(move |_| {
        shown.with(|shown| match shown {
            None if list.is_slow() && list.error().is_none() => Content::Skeleton,
            None => Content::Nothing,
            Some(Shown { rows, .. }) if !rows.is_empty() => Content::Rows,
            Some(_) if is_read.get() && !reading.is_over() => Content::Nothing,
            Some(Shown { left: 0, .. }) => Content::AllDone,
            Some(Shown { place: (1, _), .. }) => Content::Nothing,
            Some(_) => Content::Beyond,
        })
    });
    let lead = Signal::derive(move || {
        let Some(left) = shown.with(|shown| shown.as_ref().map(|shown| shown.left)) else {
            return String::new();
        };
        let all = left + asked.with(|asked| visit.count(&asked.filter, reviews));
        let count = |number| format::count(number, language);
        if all == 0 { String::new() } else { (texts.queue().left)(&count(left), &count(all)) }
    });
    let place =
        Signal::derive(move || shown.with(|shown| shown.as_ref().map_or((1, 1), |shown| shown.place)));
    let content = move || match content.get() {
        Content::Nothing => ().into_any(),
        Content::Skeleton => view! { <TableSkeleton rows=8 /> }.into_any(),
        Content::AllDone => view! { <AllDone asked /> }.into_any(),
        Content::Beyond => view! {
            <section class="empty">
                <A href=move || first_page(asked) attr:class="button secondary">
                    {texts.queue().beyond}
                </A>
            </section>
        }
        .into_any(),
        Content::Rows => view! {
            <div class="queue">
                <List rows current wanted=visit.current is_ended />
                <div class="queue-detail">
                    {move || {
                        let ended = is_ended.get().then_some(changes);
                        current.get().map(|row| view! { <Detail row given ended /> })
                    }}
                </div>
            </div>
            <Pages asked place />
        }
        .into_any(),
    };
    let lacks_stakes = move || is_read.get() && asked.with(|asked| asked.sort == Sort::AtStake);
    view! {
        <Page title=texts.queue().title lead>
            <Parts asked />
            <Show when=lacks_stakes>
                <p class="notice">{texts.queue().no_stakes}</p>
            </Show>
            <Show when=move || is_read.get()>
                <p class="hint">
                    {texts.queue().gathered_here} " "
                    {move || {
                        let has_verdicts = session.has(&import8_api::Extension::Input);
                        (!has_verdicts).then_some(texts.queue().only_here)
                    }}
                </p>
                <ReadingProgress reading />
            </Show>
            {move || error().map(|error| comparison_failure(error, retry))}
            {content}
            <CalibrationFold />
        </Page>
    }
}

/// A page of the queue from the scanned rows.
fn read_page(queue: Vec<ClassificationSummary>, wanted: &Listing, reviews: Reviews) -> Shown {
    let open = queue.iter().filter(|row| reviews.verdict_of(&row.id).is_none()).count();
    let queue: Vec<_> = queue.into_iter().filter(|row| !reviews.is_sent(&row.id)).collect();
    let per_page = u64::from(wanted.per_page);
    let last = count(queue.len()).div_ceil(per_page).max(1);
    let size = usize::try_from(per_page).unwrap_or(usize::MAX);
    let before = usize::try_from(wanted.page - 1).unwrap_or(usize::MAX).saturating_mul(size);
    let rows = queue.into_iter().skip(before).take(size).collect();
    Shown { rows, place: (wanted.page, last), left: count(open) }
}

/// The error of the comparison that tells the candidates. Without an imported edition there is none to ask for.
fn changes_error(changes: Load<Option<Changes>>) -> Option<ApiError> {
    changes.error().filter(|error| *error != ApiError::NotFound)
}

fn first_page(asked: Memo<Listing>) -> String {
    asked.with(|asked| address(&asked.on_page(1)))
}

/// The message that the queue is empty, with the number of verdicts given.
#[component]
fn AllDone(asked: Memo<Listing>) -> impl IntoView {
    let (texts, language, reviews) = (use_texts(), use_language(), use_reviews());
    let is_bounded = move || asked.with(|asked| !asked.filter.max_confidence.is_empty());
    let title = move || match () {
        () if is_bounded() => texts.queue().empty_filtered,
        () if asked.with(is_of_failed) => texts.queue().empty_failed,
        () if asked.with(is_of_ended) => texts.queue().empty_ended,
        () => texts.queue().empty_title,
    };
    let body = move || match reviews.sent_count() {
        _ if asked.with(is_of_ended) => texts.queue().empty_ended_body.to_owned(),
        0 => texts.queue().empty_none.to_owned(),
        done => (texts.queue().empty_body)(&format::count(done, language)),
    };
    let way_on = move || {
        if is_bounded() {
            let all = asked.with(|asked| {
                asked.filtered(Filter { max_confidence: String::new(), ..asked.filter.clone() })
            });
            view! {
                <A href=address(&all) attr:class="button secondary">
                    {texts.queue().all_confidences}
                </A>
            }
            .into_any()
        } else {
            view! {
                <A href=routes::HISTORY attr:class="button secondary">
                    {texts.shell().nav_history}
                </A>
            }
            .into_any()
        }
    };
    view! {
        <section class="empty" id="all-done">
            <h2>{title}</h2>
            <p>{body}</p>
            {way_on}
        </section>
    }
}
