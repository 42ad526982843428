//! The data stored in this browser, and its deletion.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::browser::database::{self, Content, NotKept, Store};
use crate::browser::storage;
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::confirm::Confirm;
use crate::i18n::texts::settings::Settings;
use crate::i18n::{Language, format, use_language, use_texts};
use crate::routes;
use crate::session::use_session;

/// Time for the other tabs to leave before the database is cleared.
const OTHERS_LEAVE: Duration = Duration::from_millis(500);

/// A kind of stored data, as a person would name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StoredKind {
    Drafts,
    Submissions,
    Verdicts,
    SentVerdicts,
    Catalogues,
    Mappings,
    Choices,
    Keys,
}

impl StoredKind {
    const ALL: [Self; 8] = [
        Self::Drafts,
        Self::Submissions,
        Self::Verdicts,
        Self::SentVerdicts,
        Self::Catalogues,
        Self::Mappings,
        Self::Choices,
        Self::Keys,
    ];

    fn from_store(store: Store) -> Self {
        match store {
            Store::Drafts | Store::DraftPictures => Self::Drafts,
            Store::Submissions => Self::Submissions,
            Store::Verdicts => Self::Verdicts,
            Store::SentVerdicts => Self::SentVerdicts,
            Store::Catalogues | Store::Files | Store::Plans | Store::Batches | Store::Orders => {
                Self::Catalogues
            }
            Store::Mappings => Self::Mappings,
        }
    }

    fn words(self, part: &Settings) -> &'static str {
        match self {
            Self::Drafts => part.kept_drafts,
            Self::Submissions => part.kept_submissions,
            Self::Verdicts => part.kept_verdicts,
            Self::SentVerdicts => part.kept_sent_verdicts,
            Self::Catalogues => part.kept_catalogues,
            Self::Mappings => part.kept_mappings,
            Self::Choices => part.kept_choices,
            Self::Keys => part.kept_keys,
        }
    }
}

/// Number of entries and their size in bytes.
type Amount = (u64, u64);

/// The amount of data of each kind. `settings` and `keys` come from web storage, the rest from the
/// database.
fn amounts(contents: &[Content], settings: Amount, keys: Amount) -> Vec<(StoredKind, Amount)> {
    let in_database = |kind| {
        let of_kind = contents.iter().filter(|content| StoredKind::from_store(content.store) == kind);
        of_kind.fold((0, 0), |(count, bytes), content| (count + content.count as u64, bytes + content.bytes))
    };
    let amount = |kind| match kind {
        StoredKind::Choices => settings,
        StoredKind::Keys => keys,
        kind => in_database(kind),
    };
    StoredKind::ALL.into_iter().map(|kind| (kind, amount(kind))).collect()
}

/// A size in bytes as text, such as `12 kB`, rounded up.
fn size(bytes: u64, language: Language) -> String {
    let (number, unit) = match bytes {
        ..1_000 => (bytes, "B"),
        1_000..1_000_000 => (bytes.div_ceil(1_000), "kB"),
        _ => (bytes.div_ceil(1_000_000), "MB"),
    };
    format!("{}\u{a0}{unit}", format::count(number, language))
}

/// A warning on the data that exists only in this browser; `None` if there is none.
fn lost(amounts: &[(StoredKind, Amount)], part: &Settings, language: Language) -> Option<String> {
    let count = |kind| amounts.iter().find(|(one, _)| *one == kind).map_or(0, |(_, (count, _))| *count);
    let said = [StoredKind::Drafts, StoredKind::Verdicts, StoredKind::SentVerdicts, StoredKind::Catalogues]
        .map(|kind| (kind, count(kind)));
    let said = said.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| {
        let words = match kind {
            StoredKind::Drafts => part.wipe_drafts,
            StoredKind::Verdicts => part.wipe_verdicts,
            StoredKind::SentVerdicts => part.wipe_sent_verdicts,
            _ => part.wipe_catalogues,
        };
        words(&format::count(count, language))
    });
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| (part.wipe_lost)(&said.join(", ")))
}

/// The table of stored data and the button that deletes all of it.
#[component]
pub fn KeptData() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.settings();
    let kept = RwSignal::new(None::<Result<Vec<(StoredKind, Amount)>, NotKept>>);
    let count = move || {
        let keys = u64::try_from(untrack(|| session.held_keys()).len()).unwrap_or_default();
        spawn_while_shown(async move {
            let contents = database::contents().await;
            let (settings, bytes) = storage::contents(storage::local());
            let (_, key_bytes) = storage::contents(storage::session());
            let all =
                contents.map(|contents| amounts(&contents, (settings.into(), bytes), (keys, key_bytes)));
            kept.set(Some(all));
        });
    };
    effect(count);
    let (is_asked, is_wiping, has_failed) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let wipe = move |()| {
        is_wiping.set(true);
        has_failed.set(false);
        spawn_while_shown(async move {
            // Clearing local storage signals the other tabs, which leave before they can write again.
            storage::clear(storage::local());
            sleep(OTHERS_LEAVE).await;
            if database::clear().await.is_err() {
                is_wiping.set(false);
                has_failed.set(true);
                return;
            }
            storage::clear(storage::local());
            storage::clear(storage::session());
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a reloaded page has nothing in memory either, and counts again"
            )]
            let _ = window().location().replace(routes::WIPED);
        });
    };
    let row = move |(kind, (count, bytes)): &(StoredKind, Amount)| {
        view! {
            <tr>
                <th scope="row">{kind.words(part)}</th>
                <td class="amount">{format::count(*count, language)}</td>
                <td class="amount">{size(*bytes, language)}</td>
            </tr>
        }
    };
    let table = move || {
        kept.get().map(|kept| match kept {
            Err(NotKept) => view! { <p class="quiet">{part.not_readable}</p> }.into_any(),
            Ok(amounts) => {
                let (count, bytes) = amounts
                    .iter()
                    .fold((0, 0), |(counts, sizes), (_, (count, bytes))| (counts + count, sizes + bytes));
                view! {
                    <table class="kept">
                        <thead>
                            <tr>
                                <th scope="col">{part.kept_where}</th>
                                <th scope="col" class="amount">
                                    {part.count}
                                </th>
                                <th scope="col" class="amount">
                                    {part.size}
                                </th>
                            </tr>
                        </thead>
                        <tbody>{amounts.iter().map(row).collect_view()}</tbody>
                        <tfoot>
                            <tr>
                                <th scope="row">{part.together}</th>
                                <td class="amount">{format::count(count, language)}</td>
                                <td class="amount">{size(bytes, language)}</td>
                            </tr>
                        </tfoot>
                    </table>
                }
                .into_any()
            }
        })
    };
    let consequence = move || kept.with(|kept| lost(kept.as_ref()?.as_ref().ok()?, part, language));
    let explained = move || {
        [consequence().unwrap_or_default().as_str(), part.wipe_explained].join(" ").trim_start().to_owned()
    };
    let confirm = move || {
        is_asked.get().then(|| {
            view! {
                <Confirm
                    question=part.wipe_question
                    consequence=Signal::derive(explained)
                    problem=Signal::derive(move || if has_failed.get() { part.wipe_failed } else { "" }.to_owned())
                    action=Signal::derive(move || {
                        if is_wiping.get() { part.wiping } else { part.wipe_confirm }.to_owned()
                    })
                    keep=part.cancel
                    is_busy=is_wiping
                    on_confirm=wipe
                    on_cancel=move |()| is_asked.set(false)
                />
            }
        })
    };
    let ask = move |_| {
        is_asked.set(true);
        count();
    };
    view! {
        <section class="block" id="data">
            <h2>{part.data}</h2>
            <p class="quiet">{part.data_explained}</p>
            {table}
            <button type="button" class="secondary danger" id="wipe" on:click=ask>
                {part.wipe}
            </button>
            {confirm}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_kept_is_counted_once() {
        let contents: Vec<_> = [Store::Drafts, Store::DraftPictures, Store::Files, Store::Catalogues]
            .map(|store| Content { store, count: 2, bytes: 10 })
            .to_vec();
        let amounts = amounts(&contents, (3, 30), (1, 9));
        let of = |kind| amounts.iter().find(|(one, _)| *one == kind).expect("a kind").1;
        assert_eq!(of(StoredKind::Drafts), (4, 20));
        assert_eq!(of(StoredKind::Catalogues), (4, 20));
        assert_eq!(of(StoredKind::Choices), (3, 30));
        assert_eq!(of(StoredKind::Keys), (1, 9));
        assert_eq!(amounts.iter().map(|(_, (count, _))| count).sum::<u64>(), 12);
    }
}
