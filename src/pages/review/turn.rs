//! Links between the parts, the sort orders and the pages of the queue.

use import8_api::Extension;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::listing::queue::{address, is_of_ended, is_of_failed};
use crate::api::listing::{Filter, Listing, Sort};
use crate::browser::memo::Memo;
use crate::components::confidence::Band;
use crate::components::page_nav::{PageLink, PageNav};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::session::use_session;

/// A change of the query in the address.
type Change = fn(Listing) -> Listing;

/// Links to the parts of the queue and its sort orders.
#[component]
pub fn Parts(
    /// The query in the address.
    asked: Memo<Listing>,
) -> impl IntoView {
    let texts = use_texts();
    let session = use_session();
    let is_whole = Memo::new(move |_| asked.with(|asked| is_of_failed(asked) || is_of_ended(asked)));
    let way = move |text: &'static str, is_current: fn(&Listing) -> bool, change: Change| {
        view! {
            <a
                href=move || address(&change(asked.get().on_page(1)))
                aria-current=move || asked.with(is_current).then_some("true")
            >
                {text}
            </a>
        }
    };
    view! {
        <div class="parts">
            <nav class="segmented" aria-label=texts.queue().kinds>
                {way(
                    texts.queue().with_code,
                    |asked| !is_of_failed(asked) && !is_of_ended(asked),
                    |asked| with_status(asked, ""),
                )}
                {way(texts.queue().without_code, is_of_failed, |asked| with_status(asked, "failed"))}
                <Show when=move || session.has(&Extension::TariffChanges)>
                    {way(texts.queue().ended, is_of_ended, of_ended)}
                </Show>
            </nav>
            <Show when=move || !is_whole.get()>
                <nav class="segmented" aria-label=texts.queue().orders>
                    {way(
                        texts.history().sort_confidence,
                        |asked| asked.sort != Sort::AtStake,
                        |asked| Listing { sort: Sort::Confidence, ..asked },
                    )}
                    {way(
                        texts.history().sort_at_stake,
                        |asked| asked.sort == Sort::AtStake,
                        |asked| Listing { sort: Sort::AtStake, ..asked },
                    )}
                </nav>
                <AtMost asked />
            </Show>
        </div>
    }
}

fn with_status(asked: Listing, status: &str) -> Listing {
    let filter = Filter { status: status.to_owned(), in_tariff: String::new(), ..asked.filter.clone() };
    Listing { filter, ..asked }
}

fn of_ended(asked: Listing) -> Listing {
    asked.filtered(Filter { in_tariff: false.to_string(), ..Filter::default() })
}

/// The choice of the highest confidence in the queue. An address may have another bound, which becomes an option of
/// its own.
#[component]
fn AtMost(asked: Memo<Listing>) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_navigate());
    let chosen = Memo::new(move |_| asked.with(|asked| asked.filter.max_confidence.clone()));
    let most = |band: Band| band.bounds().1.to_string();
    let (weak, fair) = (most(Band::Weak), most(Band::Fair));
    let own = [
        (String::new(), texts.queue().any_confidence.to_owned()),
        (weak.clone(), (texts.queue().weak_only)(&weak)),
        (fair.clone(), (texts.queue().weak_and_fair)(&fair)),
    ];
    let options = own.clone();
    let option = move |value: String, word: String| {
        let is_chosen = {
            let value = value.clone();
            move || chosen.with(|chosen| *chosen == value)
        };
        view! {
            <option value=value prop:selected=is_chosen>
                {word}
            </option>
        }
    };
    let other = move || {
        let bound = Some(chosen.get()).filter(|bound| own.iter().all(|(value, _)| *value != *bound))?;
        Some(option(bound.clone(), (texts.history().at_most)(&bound)))
    };
    let choose = move |event| {
        let max_confidence = event_target_value(&event);
        let listing =
            asked.with_untracked(|asked| asked.filtered(Filter { max_confidence, ..asked.filter.clone() }));
        navigate(&address(&listing), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <select class="choice" id="at-most" aria-label=texts.queue().at_most on:change=choose>
            {options.map(|(value, word)| option(value, word)).collect_view()}
            {other}
        </select>
    }
}

/// Links to other pages; hidden if there is only one.
#[component]
pub fn Pages(
    /// The query in the address.
    asked: Memo<Listing>,
    /// The number of the page in view, and that of the last page.
    place: Signal<(u64, u64)>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let place = Memo::new(move |_| place.get());
    let words = Signal::derive(move || {
        let (page, last) = place.get();
        (texts.queue().page_of)(&format::count(page, language), &format::count(last, language))
    });
    let to = Callback::new(move |page| asked.with(|asked| address(&asked.on_page(page))));
    let part = texts.queue();
    let links = vec![(PageLink::Previous, part.previous), (PageLink::Next, part.next)];
    view! {
        <Show when=move || { place.with(|(page, last)| *page > 1 || *last > 1) }>
            <PageNav label=part.pages place=words pages=place links=links.clone() address=to />
        </Show>
    }
}
