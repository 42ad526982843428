//! The plan: its limit for the period, and its use.

use import8_api::{PlanUsage, UsageReport};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::credits::is_long;
use super::month::Month;
use crate::i18n::{format, use_language, use_texts};

/// The used share of a limit in whole percent, rounded down, as the service computes it.
fn percentage(usage: &PlanUsage) -> Option<u64> {
    usage.percentage.or_else(|| PlanUsage::new(usage.current, usage.limit?).percentage)
}

/// The classifications made in the period, and the limit of the plan.
#[component]
pub fn PlanFigure(
    /// The usage report.
    usage: UsageReport,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = |number| format::count(number, language);
    let name = usage.plan.display_name.unwrap_or(usage.plan.name);
    let made = usage.classifications;
    let number = count(made.current);
    let of = made.limit.map_or_else(|| part.plan_no_limit.to_owned(), |limit| (part.plan_of)(&count(limit)));
    let over = made.limit.and_then(|limit| made.current.checked_sub(limit)).filter(|over| *over > 0);
    let meter = made.limit.map(|limit| {
        let value = made.current.min(limit).to_string();
        view! {
            <meter
                class:is-over=over.is_some()
                aria-label=(part.plan)(&name)
                min="0"
                max=limit.max(1).to_string()
                value=value
            ></meter>
        }
    });
    let line = made.limit.map(|limit| match (over, percentage(&made)) {
        (Some(over), _) => (part.plan_over)(&count(over)),
        (None, percent) => {
            let percent = format::percent(Decimal::from(percent.unwrap_or_default()), language);
            (part.plan_left)(&percent, &count(made.remaining.unwrap_or(limit - made.current)))
        }
    });
    let month = format::month(usage.period.year, usage.period.month, language);
    let explained = Month::new(usage.period)
        .map(|of| (part.plan_explained)(&month, &format::universal_date(&of.next_date(), language)));
    let long = is_long(&number);
    view! {
        <section class="allowance" id="plan">
            <h2>{(part.plan)(&name)} " " <span class="kind">{part.monthly}</span></h2>
            <p class="number" class:is-long=long>
                <b>{number}</b>
                " "
                <span class="of">{of}</span>
            </p>
            {meter}
            <p class="line" class:warn=over.is_some()>
                {line}
            </p>
            <p>{explained}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_rounded_down() {
        let check = |percentage_told, current, limit, expected| {
            let usage = PlanUsage { current, limit, remaining: None, percentage: percentage_told };
            assert_eq!(percentage(&usage), expected, "{usage:?}");
        };
        check(None, 42, Some(500), Some(8));
        check(None, 499, Some(500), Some(99));
        check(Some(7), 42, Some(500), Some(7));
        check(None, 42, None, None);
        check(None, 0, Some(0), Some(100));
    }
}
