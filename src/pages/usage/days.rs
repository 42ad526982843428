//! The daily section of the usage page: counts from the service, or counted from the history on request.

use import8_api::UsageReport;
use leptos::prelude::*;

use super::counting::{Count, Counting, MOST_PAGES, Reach, requests_needed};
use super::daily_series::{DailySeries, Projection};
use super::month::Month;
use super::picture::{DayTable, Picture};
use crate::browser::memo::Memo;
use crate::components::failure::{EndWait, Failure};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::Load;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// The chart and table of the days, with the projection.
#[component]
pub fn Days(
    /// The usage report.
    usage: Load<UsageReport>,
    /// Whether the service reports daily counts.
    tells_days: Memo<bool>,
    /// The counter for a service that does not.
    counting: Counting,
    /// The current time, in milliseconds since 1970.
    now: ReadSignal<u64>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.usage();
    let month = Memo::new(move |_| usage.with(|usage| Month::new(usage?.period)));
    let counted = Memo::new(move |_| counting.count_of(month.get()?));
    // A memo in whole days, so that the chart is not rendered again every second.
    let today = Memo::new(move |_| now.get() / DAY * DAY);
    let series = Memo::new(move |_| {
        let (month, now) = (month.get()?, today.get());
        let told = usage.with(|usage| Some(DailySeries::from_service(month, usage?.days.as_ref()?, now)));
        told.or_else(|| counted.get().map(|count| DailySeries::counted(month, &count.days, count.from, now)))
    });
    let limit = Memo::new(move |_| usage.with(|usage| usage?.classifications.limit));
    let is_told = Memo::new(move |_| usage.with(|usage| usage.is_some_and(|usage| usage.days.is_some())));
    let has_course =
        Memo::new(move |_| series.with(|series| series.as_ref().is_some_and(|series| series.most() > 0)));
    let is_empty = Memo::new(move |_| series.with(Option::is_some) && !has_course.get());
    // Do not offer counting while the report with daily counts reloads.
    let is_offered = Memo::new(move |_| month.get().is_some() && !tells_days.get() && !is_told.get());
    view! {
        <section class="block" id="days">
            <h2>{part.days}</h2>
            <Show when=move || is_offered.get()>
                <Offer usage counting month counted series />
            </Show>
            <Show when=move || is_empty.get()>
                <p class="quiet">{part.none_yet}</p>
            </Show>
            <Show when=move || has_course.get()>
                <Pace series limit />
                <Picture series limit />
                <DayTable series />
            </Show>
            <p class="quiet footnote">{part.days_explained}</p>
        </section>
    }
}

/// The projection as a sentence, with its basis.
#[component]
fn Pace(series: Memo<Option<DailySeries>>, limit: Memo<Option<u64>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = move |number| format::count(number, language);
    move || {
        let series = series.get()?;
        let limit = limit.get();
        let Projection { full_days, average, end, over_on } = series.projection(limit)?;
        let date = |day| format::universal_date(&series.month.date(day), language);
        let over = limit.and_then(|limit| end.checked_sub(limit)).filter(|over| *over > 0).map(count);
        let is_past = limit.is_some_and(|limit| series.sum() > limit);
        let over = over.map(|over| match over_on.filter(|_| !is_past) {
            Some(day) => (part.pace_passed)(&over, &date(day)),
            None => (part.pace_over)(&over),
        });
        let is_over = over.is_some();
        let average = format::number(average, language);
        let explained = match full_days {
            1 => (part.pace_one_day)(&average),
            days => (part.pace_explained)(&days.to_string(), &average),
        };
        Some(view! {
            <div class="projection" id="pace">
                <p class="line">
                    {(part.pace)(&count(end), &date(series.month.length()))}
                    <span class:warn=is_over>{over.map(|over| format!(": {over}"))}</span> "."
                </p>
                <p class="quiet">{explained}</p>
            </div>
        })
    }
}

/// The button that counts the days from the history, its progress and its result.
#[component]
fn Offer(
    usage: Load<UsageReport>,
    counting: Counting,
    month: Memo<Option<Month>>,
    counted: Memo<Option<Count>>,
    series: Memo<Option<DailySeries>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = move |number| format::count(number, language);
    let current =
        Memo::new(move |_| usage.with(|usage| usage.map_or(0, |usage| usage.classifications.current)));
    let expected = move || requests_needed(current.get());
    let begin = move || {
        if let Some(month) = month.get_untracked() {
            counting.begin(month);
        }
    };
    let retry = Callback::new(move |()| begin());
    let is_counting = Memo::new(move |_| counting.pages().is_some());
    let read = move || counting.pages().unwrap_or_default();
    let all = move || expected().max(read());
    let label = move || match (counted.with(Option::is_some), expected()) {
        (true, _) => part.count_again.to_owned(),
        (false, 1) => part.count_one.to_owned(),
        (false, requests) => (part.count_them)(&count(requests)),
    };
    let pause = move || {
        let seconds = Some(counting.waiting()).filter(|seconds| *seconds > 0)?;
        let told = (texts.history().waiting)(&seconds.to_string());
        Some(view! { <p class="hint">{told} " " <EndWait seconds /></p> })
    };
    let progress = move || {
        view! {
            <div class="reading" id="counting">
                <progress
                    aria-label=part.days
                    max=move || all().to_string()
                    value=move || read().to_string()
                ></progress>
                <div class="reading-line">
                    <p role="status">{move || (part.counting)(&count(read()), &count(all()))}</p>
                    <button type="button" class="secondary small" on:click=move |_| counting.stop()>
                        {texts.history().stop}
                    </button>
                </div>
                {pause}
            </div>
        }
    };
    let outcome = move || {
        let count_of = counted.get()?;
        let series = series.get()?;
        let sum = series.sum();
        let time = format::date_time_at(count_of.at, language);
        let is_whole = count_of.from == 1;
        let known_from = match month.get()? {
            month if count_of.from > month.length() => part.counted_nothing.to_owned(),
            month => (part.counted_from)(&format::universal_date(&month.date(count_of.from), language)),
        };
        let reason = match count_of.reach {
            Reach::Whole => "",
            Reach::Stopped => part.reach_stopped,
            Reach::Pages => &(part.reach_pages)(&MOST_PAGES.to_string()),
            Reach::NotTurned => part.reach_not_turned,
            Reach::Failed => part.reach_failed,
        };
        let short = (!is_whole).then(|| format!("{known_from}: {reason}"));
        let differs = (is_whole && sum != current.get())
            .then(|| (part.counted_differs)(&count(sum), &count(current.get())));
        Some(view! {
            <p id="counted">{(part.counted_at)(&time, &count(sum))}</p>
            {short.map(|short| view! { <p class="notice" id="short">{short}</p> })}
            {differs.map(|differs| view! { <p class="notice" id="differs">{differs}</p> })}
        })
    };
    let offer = move || {
        view! {
            <button type="button" class="secondary" id="count" on:click=move |_| begin()>
                {label}
            </button>
        }
    };
    view! {
        <div class="count-offer">
            <Show when=move || counted.with(Option::is_none)>
                <p>{part.not_told}</p>
            </Show>
            {move || counting.error().map(|error| view! { <Failure error retry /> })}
            {outcome}
            <Show when=move || is_counting.get() fallback=offer>
                {progress}
            </Show>
        </div>
    }
}
