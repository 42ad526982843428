//! The chart of the daily series, and the table of the same figures.

use leptos::prelude::*;

use super::daily_series::{DailySeries, Day, Projection};
use super::scale::{DAY_WIDTH, HEIGHT, Scale, reach};
use crate::browser::memo::Memo;
use crate::components::code::CopyButton;
use crate::i18n::{format, use_language, use_texts};

/// Interval of the day labels below the chart.
const NUMBERED: u8 = 7;

/// The chart: cumulative count with limit and projection, above bars of the daily counts.
#[component]
pub fn Picture(
    /// The series.
    series: Memo<Option<DailySeries>>,
    /// The limit of the plan.
    limit: Memo<Option<u64>>,
) -> impl IntoView {
    move || series.get().map(|series| view! { <Drawn series limit=limit.get() /> })
}

/// The cumulative counts from zero to the last day; `None` if a day is unknown.
fn totals(days: &[Day]) -> Option<Vec<u64>> {
    std::iter::once(Some(0)).chain(days.iter().map(|day| day.total)).collect()
}

#[component]
fn Drawn(series: DailySeries, limit: Option<u64>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = move |number| format::count(number, language);
    let days = series.days();
    let projection = series.projection(limit);
    let totals = totals(&days);
    let length = u64::from(series.month.length());
    let date = |day| format::universal_date(&series.month.date(day), language);
    let in_days = Scale::new(series.most(), 2);
    let band = |today: u8| {
        view! {
            <span
                class="today"
                style:left=format!("calc(100% / {length} * {})", today - 1)
                style:width=format!("calc(100% / {length})")
            ></span>
        }
    };
    let course_panel = totals.map(|totals| {
        let most = projection.map_or(0, |one| one.end).max(series.sum());
        let reach = reach(most, limit);
        let scale = Scale::new(reach, 4);
        let lines = Lines::new(scale, &totals, projection, limit.filter(|limit| *limit <= reach), length);
        view! {
            <Ticks scale />
            <div class="plot totals">{series.today.map(band)} <Curves lines length /></div>
        }
    });
    let bar = |number: u8| {
        let made = days.get(usize::from(number) - 1).and_then(|day| day.made);
        let height = HEIGHT - in_days.y(made.unwrap_or_default());
        let title = made.map(|made| format!("{}: {}", date(number), count(made)));
        let bar = made.filter(|made| *made > 0).map(|_| {
            let height = format!("{}.{}%", height / 10, height % 10);
            view! { <span class="made" style:height=height></span> }
        });
        view! {
            <span class="day" title=title>
                {bar}
            </span>
        }
    };
    let number = |number: u8| {
        let is_today = series.today == Some(number);
        let has_room = series.today.is_none_or(|today| today.abs_diff(number) > 1);
        let is_numbered = is_today || (number % NUMBERED == 1 && has_room);
        view! {
            <span class:is-today=is_today>{is_numbered.then(|| number.to_string())}</span>
        }
    };
    let month = series.month.period();
    let described = (part.picture)(&format::month(month.year, month.month, language), &count(series.sum()));
    let lead = projection
        .map(|Projection { end, .. }| (part.pace)(&count(end), &date(series.month.length())))
        .unwrap_or_default();
    let numbers = 1..=series.month.length();
    view! {
        <Legend series=series.clone() limit projection />
        <div class="course" role="img" aria-label=format!("{described} {lead}")>
            {course_panel}
            <Ticks scale=in_days />
            <div class="plot days">{series.today.map(band)} {numbers.clone().map(bar).collect_view()}</div>
            <div class="axis">{numbers.map(number).collect_view()}</div>
        </div>
    }
}

/// SVG paths of the cumulative chart, in units of [`HEIGHT`] and [`DAY_WIDTH`].
struct Lines {
    grid: String,
    area: String,
    line: String,
    pace: Option<String>,
    limit: Option<String>,
}

impl Lines {
    fn new(
        scale: Scale,
        totals: &[u64],
        projection: Option<Projection>,
        limit: Option<u64>,
        length: u64,
    ) -> Self {
        let width = length * DAY_WIDTH;
        let level = |number: u64| format!("M0 {0}H{width}", scale.y(number));
        let line = scale.path(0, totals);
        let last = u64::try_from(totals.len()).unwrap_or_default().saturating_sub(1);
        let area = format!("{line}V{HEIGHT}H0Z");
        let pace = projection.zip(totals.last()).map(|(projection, total)| {
            format!("M{} {}L{width} {}", last * DAY_WIDTH, scale.y(*total), scale.y(projection.end))
        });
        let grid = scale.ticks().into_iter().map(level).collect();
        Self { grid, area, line, pace, limit: limit.map(level) }
    }
}

#[component]
fn Curves(lines: Lines, length: u64) -> impl IntoView {
    let Lines { grid, area, line, pace, limit } = lines;
    view! {
        <svg viewBox=format!("0 0 {} {HEIGHT}", length * DAY_WIDTH) preserveAspectRatio="none" aria-hidden="true">
            <path class="grid" d=grid></path>
            <path class="area" d=area></path>
            {limit.map(|limit| view! { <path class="limit" d=limit></path> })}
            {pace.map(|pace| view! { <path class="pace" d=pace></path> })}
            <path class="line" d=line></path>
        </svg>
    }
}

/// The axis labels, from the bottom up.
#[component]
fn Ticks(scale: Scale) -> impl IntoView {
    let language = use_language();
    let tick = |number| view! { <span>{format::count(number, language)}</span> };
    view! { <div class="ticks">{scale.ticks().into_iter().map(tick).collect_view()}</div> }
}

/// The legend of the lines.
#[component]
fn Legend(series: DailySeries, limit: Option<u64>, projection: Option<Projection>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = |number| format::count(number, language);
    let date = |day| format::universal_date(&series.month.date(day), language);
    let has_totals = totals(&series.days()).is_some();
    let so_far = has_totals.then(|| ("line", (part.so_far)(&count(series.sum()))));
    let pace = projection.map(|one| ("pace", (part.at_pace)(&count(one.end), &date(series.month.length()))));
    let limit = limit.filter(|_| has_totals).map(|limit| {
        let most = projection.map_or(0, |one| one.end).max(series.sum());
        if limit <= reach(most, Some(limit)) {
            ("limit", (part.limit)(&count(limit)))
        } else {
            ("", (part.limit_above)(&count(limit)))
        }
    });
    let today = series.today.map(|today| ("today", (part.today)(&date(today))));
    let entry = |(kind, words): (&'static str, String)| view! { <li data-line=kind>{words}</li> };
    let entries = [so_far, pace, limit, today].into_iter().flatten().map(entry);
    view! { <ul class="drawn">{entries.collect_view()}</ul> }
}

/// The table of the days, with a button to copy the figures as CSV.
#[component]
pub fn DayTable(
    /// The series.
    series: Memo<Option<DailySeries>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let number = move |number: Option<u64>| {
        number.map_or_else(|| part.unknown.to_owned(), |number| format::count(number, language))
    };
    let rows = move || {
        let series = series.get()?;
        let row = |day: Day| {
            let is_today = series.today == Some(day.number);
            let date = format::universal_date(&series.month.date(day.number), language);
            view! {
                <tr>
                    <th scope="row">
                        {date} {is_today.then(|| view! { <span class="quiet">{format!(" ({})", part.is_today)}</span> })}
                    </th>
                    <td class="amount">{number(day.made)}</td>
                    <td class="amount">{number(day.total)}</td>
                </tr>
            }
        };
        Some(series.days().into_iter().map(row).collect_view())
    };
    let csv = Signal::derive(move || {
        series.with(|series| series.as_ref().map(DailySeries::csv)).unwrap_or_default()
    });
    view! {
        <details class="fold" id="day-table">
            <summary>{part.table}</summary>
            <table class="day-table">
                <thead>
                    <tr>
                        <th scope="col">{part.day}</th>
                        <th scope="col" class="amount">
                            {part.made}
                        </th>
                        <th scope="col" class="amount">
                            {part.total}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <CopyButton label=part.copy text=csv />
        </details>
    }
}
