//! The filter fields of the history, and the active filters with buttons that remove them.

use import8_api::{Extension, Status};
use leptos::html::Details;
use leptos::prelude::*;

use super::labels::{self, BANDS};
use super::navigation::{Navigation, use_list_navigation};
use super::plan::ListSupport;
use super::search::Search;
use crate::api::listing::{Fault, Filter, Listing, Sort};
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::show::Show;
use crate::components::status;
use crate::i18n::{use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// The filter fields and the active filters.
#[component]
pub fn Filters(
    /// The query in the address.
    asked: Memo<Listing>,
    /// The list features of the service.
    support: Signal<ListSupport>,
) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let faults = Memo::new(move |_| asked.with(|asked| asked.filter.faults()));
    let choose_status = move |status: String| {
        let filter = Filter { status, ..asked.with_untracked(|asked| asked.filter.clone()) };
        navigate.run((asked.get_untracked().filtered(filter), Navigation::Push));
    };
    let status_options = [Status::Pending, Status::Completed, Status::Failed]
        .map(|word| (word.as_str().to_owned(), status::word(&word, texts)));
    let sort_options = Sort::ALL.map(|sort| (sort.as_str().to_owned(), labels::sort(sort, texts).to_owned()));
    let choose_sort = move |name: String| {
        let sort = Sort::named(&name);
        navigate.run((Listing { sort, page: 1, ..asked.get_untracked() }, Navigation::Push));
    };
    view! {
        <div class="filters" role="search">
            <Search asked faults />
            <Choice
                id="filter-status"
                label=texts.rows().status
                none=texts.history().any_status
                options=status_options.to_vec()
                value=Signal::derive(move || asked.with(|asked| asked.filter.status.clone()))
                chosen=Callback::new(choose_status)
            />
            <ConfidenceChoice asked />
            <Show when=move || support.get().sorts()>
                <Choice
                    id="sort"
                    label=texts.history().sort
                    options=sort_options.clone().to_vec()
                    value=Signal::derive(move || asked.with(|asked| asked.sort.as_str().to_owned()))
                    chosen=Callback::new(choose_sort)
                />
            </Show>
        </div>
        <MoreFilters asked support faults />
        <ActiveFilters asked />
    }
}

/// A small select whose first option filters nothing.
#[component]
fn Choice(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] none: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    chosen: Callback<String>,
) -> impl IntoView {
    let first = (!none.is_empty()).then(|| {
        view! {
            <option value="" prop:selected=move || value.get().is_empty()>
                {none}
            </option>
        }
    });
    let options = move || {
        let option = |(option, word): (String, String)| {
            let own = option.clone();
            view! {
                <option value=option prop:selected=move || value.get() == own>
                    {word}
                </option>
            }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <select
            id=id
            class="choice"
            aria-label=label
            data-active=move || (!none.is_empty() && !value.get().is_empty()).to_string()
            on:change=move |event| chosen.run(event_target_value(&event))
        >
            {first}
            {options}
        </select>
    }
}

/// The confidence as a band. An address may have other bounds, which become an option of their own.
#[component]
fn ConfidenceChoice(asked: Memo<Listing>) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let bounds = Memo::new(move |_| {
        asked.with(|asked| (asked.filter.min_confidence.clone(), asked.filter.max_confidence.clone()))
    });
    let value = Signal::derive(move || bounds.with(|(min, max)| labels::bounds_value(min, max)));
    let options = Signal::derive(move || {
        let mut options: Vec<_> = BANDS
            .into_iter()
            .map(|band| {
                let (min, max) = labels::bounds(band);
                (labels::bounds_value(&min, &max), labels::band(band, texts))
            })
            .collect();
        let value = value.get();
        if !value.is_empty() && options.iter().all(|(option, _)| *option != value) {
            options.push((value, bounds.with(|(min, max)| labels::confidence(min, max, texts))));
        }
        options
    });
    let choose = move |value: String| {
        let mut listing = asked.get_untracked();
        let (min, max) = value.split_once('-').unwrap_or_default();
        listing.filter.min_confidence = min.to_owned();
        listing.filter.max_confidence = max.to_owned();
        navigate.run((Listing { page: 1, ..listing }, Navigation::Push));
    };
    view! {
        <Choice
            id="filter-confidence"
            label=texts.rows().confidence
            none=texts.history().any_confidence
            options
            value
            chosen=Callback::new(choose)
        />
    }
}

/// The fields for verdict, chapter, code and days.
#[component]
fn MoreFilters(
    asked: Memo<Listing>,
    support: Signal<ListSupport>,
    faults: Memo<Vec<Fault>>,
) -> impl IntoView {
    let texts = use_texts();
    let is_used = move || {
        asked.with(|Listing { filter, .. }| {
            let parts = [&filter.reviewed, &filter.chapter, &filter.code, &filter.from, &filter.to];
            parts.iter().any(|part| !part.is_empty())
        })
    };
    let fold = NodeRef::<Details>::new();
    // Active and invalid fields are never hidden. A section that the person has opened stays open.
    effect(move || {
        if let Some(fold) = fold.get()
            && is_used()
        {
            fold.set_open(true);
        }
    });
    let name = chapter_name(asked);
    let hint = move || name.get().unwrap_or_else(|| texts.history().chapter_hint.to_owned());
    let days_problem =
        move || faults.with(|faults| faults.contains(&Fault::Days)).then_some(texts.history().days_problem);
    view! {
        <details class="more-filters" node_ref=fold>
            <summary>{texts.history().more_filters}</summary>
            <div class="more-fields">
                <Show when=move || support.get().knows_verdicts()>
                    <VerdictChoice asked />
                </Show>
                <Digits
                    id="filter-chapter"
                    label=texts.history().chapter
                    hint=Signal::derive(hint)
                    asked
                    fault=Fault::Chapter
                    problem=texts.history().chapter_problem
                    faults
                    part=|filter| &mut filter.chapter
                />
                <Digits
                    id="filter-code"
                    label=texts.history().code
                    hint=Signal::stored(texts.history().code_hint.to_owned())
                    asked
                    fault=Fault::Code
                    problem=texts.history().code_problem
                    faults
                    part=|filter| &mut filter.code
                />
                <div class="field">
                    <label for="filter-from">{texts.history().from}</label>
                    <Typed
                        id="filter-from"
                        kind="date"
                        asked
                        fault=Fault::Days
                        faults
                        part=|filter| &mut filter.from
                    />
                    <p class="problem" id="filter-from-problem">
                        {days_problem}
                    </p>
                </div>
                <div class="field">
                    <label for="filter-to">{texts.history().to}</label>
                    <Typed
                        id="filter-to"
                        kind="date"
                        asked
                        fault=Fault::Days
                        faults
                        part=|filter| &mut filter.to
                    />
                </div>
            </div>
        </details>
    }
}

/// The filter by verdict.
#[component]
fn VerdictChoice(asked: Memo<Listing>) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let options = [("true", texts.history().reviewed), ("false", texts.history().not_reviewed)]
        .map(|(value, word)| (value.to_owned(), word.to_owned()));
    let choose = move |reviewed: String| {
        let filter = Filter { reviewed, ..asked.with_untracked(|asked| asked.filter.clone()) };
        navigate.run((asked.get_untracked().filtered(filter), Navigation::Push));
    };
    view! {
        <div class="field">
            <label for="filter-reviewed">{texts.history().verdict}</label>
            <Choice
                id="filter-reviewed"
                label=texts.history().verdict
                none=texts.history().any_verdict
                options=options.to_vec()
                value=Signal::derive(move || asked.with(|asked| asked.filter.reviewed.clone()))
                chosen=Callback::new(choose)
            />
        </div>
    }
}

/// A field for the first digits of codes, with its validation message.
#[component]
fn Digits(
    id: &'static str,
    label: &'static str,
    hint: Signal<String>,
    asked: Memo<Listing>,
    fault: Fault,
    problem: &'static str,
    faults: Memo<Vec<Fault>>,
    part: fn(&mut Filter) -> &mut String,
) -> impl IntoView {
    let is_wrong = move || faults.with(|faults| faults.contains(&fault));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <Typed id kind="text" asked fault faults part />
            <p class="hint">{hint}</p>
            <p class="problem" id=format!("{id}-problem")>
                {move || is_wrong().then_some(problem)}
            </p>
        </div>
    }
}

/// A field that is applied when it loses the focus, or with Enter.
#[component]
fn Typed(
    id: &'static str,
    kind: &'static str,
    asked: Memo<Listing>,
    fault: Fault,
    faults: Memo<Vec<Fault>>,
    /// The field of the filter that is typed.
    part: fn(&mut Filter) -> &mut String,
) -> impl IntoView {
    let navigate = use_list_navigation();
    let value = Signal::derive(move || part(&mut asked.get().filter).clone());
    let apply = move |event| {
        let mut listing = asked.get_untracked();
        *part(&mut listing.filter) = event_target_value(&event).trim().to_owned();
        // Each part of a day that is typed gives another valid day, so the address is replaced, not added.
        navigate.run((Listing { page: 1, ..listing }, Navigation::Replace));
    };
    let is_wrong = move || faults.with(|faults| faults.contains(&fault));
    let described = match fault {
        Fault::Days => "filter-from-problem",
        Fault::Code => "filter-code-problem",
        Fault::Chapter | Fault::Words => "filter-chapter-problem",
    };
    view! {
        <input
            type=kind
            id=id
            inputmode=if kind == "date" { "" } else { "numeric" }
            autocomplete="off"
            aria-invalid=move || is_wrong().to_string()
            aria-describedby=described
            prop:value=value
            on:change=apply
        />
    }
}

/// The description of the chapter, where the service has a nomenclature.
fn chapter_name(asked: Memo<Listing>) -> Signal<Option<String>> {
    let (session, language) = (use_session(), use_language());
    let chapter = Memo::new(move |_| asked.with(|asked| asked.filter.without_faults().chapter));
    let is_told = Memo::new(move |_| session.has(&Extension::Nomenclature));
    let name = Load::new(move || {
        let chapter = chapter.get();
        let client = (is_told.get() && !chapter.is_empty()).then(|| session.client(language.code()));
        async move {
            match client {
                Some(client) => {
                    client.nomenclature(&chapter).await.map(|entry| Some((chapter, entry.row.description)))
                }
                None => Ok(None),
            }
        }
    });
    Signal::derive(move || {
        let chapter = chapter.get();
        name.with(|name| match name {
            Some(Some((named, name))) if *named == chapter => Some(name.clone()),
            _ => None,
        })
    })
}

/// The active filters, each with a button that removes it.
#[component]
fn ActiveFilters(asked: Memo<Listing>) -> impl IntoView {
    let (texts, language, navigate) = (use_texts(), use_language(), use_list_navigation());
    let active = Memo::new(move |_| asked.with(|asked| labels::active(&asked.filter, texts, language)));
    let labels = move || {
        let take_away = |(word, without): (String, Filter)| {
            let label = (texts.history().remove)(&word);
            let remove =
                move |_| navigate.run((asked.get_untracked().filtered(without.clone()), Navigation::Push));
            view! {
                <li>
                    <button type="button" class="chip" aria-label=label on:click=remove>
                        {word}
                    </button>
                </li>
            }
        };
        active.get().into_iter().map(take_away).collect_view()
    };
    let clear = move |_| navigate.run((asked.get_untracked().filtered(Filter::default()), Navigation::Push));
    view! {
        <Show when=move || active.with(|active| !active.is_empty())>
            <div class="active-filters">
                <ul aria-label=texts.history().active_filters>{labels}</ul>
                <button type="button" class="link" id="clear-filters" on:click=clear>
                    {texts.history().clear_all}
                </button>
            </div>
        </Show>
    }
}
