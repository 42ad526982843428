//! The cost of a draft in credits, and the buttons that start or discard it.

use import8_api::{Country, MAX_BATCH_ITEMS};
use import8_catalogue::columns::{CurrencyUse, RowCurrency};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::editor::DraftEditor;
use crate::browser::memo::Memo;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::routes;
use crate::session::use_session;

/// The row counts of a draft. `products` is what remains to be sent, one credit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    rows: u64,
    left_out: u64,
    same: u64,
    known: u64,
    products: u64,
}

/// The most origins that are named.
const MOST_ORIGINS: usize = 4;

/// Divisor of the rate limit: half of the requests send batches, the rest poll them.
const SHARE: u64 = 2;

/// Estimated minutes to send `batches` under a limit per minute (60 if unknown), rounded up; 0 if one
/// minute suffices.
fn minutes(batches: u64, limit: Option<u32>) -> u64 {
    let each_minute = (u64::from(limit.unwrap_or(60)) / SHARE).max(1);
    if batches <= each_minute { 0 } else { batches.div_ceil(each_minute) }
}

/// The credit calculation, the estimated time, and the start button.
#[component]
pub fn Cost(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let sums = Memo::new(move |_| {
        editor.report.with(|report| {
            let Some(report) = report else { return Sums::default() };
            let known = if editor.ignores_known.get() { 0 } else { report.known };
            Sums {
                rows: report.rows.into(),
                left_out: (report.rows - report.good_rows).into(),
                same: (report.good_rows - report.products).into(),
                known: known.into(),
                products: (report.products - known).into(),
            }
        })
    });
    let number = move |number: u64| format::count(number, language);
    let credits = Memo::new(move |_| session.credits());
    // The number of products that the credits cover.
    let covered =
        move || credits.get().map_or(sums.get().products, |credits| credits.min(sums.get().products));
    let line = move |words: &'static str, value: fn(Sums) -> u64, is_part: bool| {
        move || {
            let value = value(sums.get());
            (!is_part || value > 0).then(|| {
                let text = if is_part { format!("− {}", number(value)) } else { number(value) };
                view! {
                    <div class="cost-line" class:part=is_part>
                        <dt>{words}</dt>
                        <dd>{text}</dd>
                    </div>
                }
            })
        }
    };
    let batches = move || covered().div_ceil(MAX_BATCH_ITEMS as u64);
    let time = move || {
        let limit = session.account().map(|account| account.limits.rate_limit_per_minute);
        match minutes(batches(), limit) {
            0 => texts.catalogue().time_seconds.to_owned(),
            minutes => (texts.catalogue().time_minutes)(&number(minutes)),
        }
    };
    let after = move || {
        let credits = credits.get()?;
        Some((texts.catalogue().cost_credits_after)(&number(credits), &number(credits - covered())))
    };
    let words = move || {
        let (all, covered) = (sums.get().products, covered());
        match sums.get() {
            Sums { products: 0, known, .. } if known > 0 => (texts.catalogue().all_known)(&number(known)),
            _ if covered < all => (texts.catalogue().start_first)(&number(covered), &number(covered)),
            _ => (texts.catalogue().start)(&number(all)),
        }
    };
    let can_start = move || covered() > 0 || (sums.get().products == 0 && sums.get().known > 0);
    let warning = move || {
        let all = sums.get().products;
        match (credits.get(), all) {
            (_, 0) if sums.get().known == 0 => Some(texts.catalogue().nothing_to_send.to_owned()),
            (Some(0), 1..) => Some(texts.catalogue().no_credits.to_owned()),
            (Some(credits), all) if credits < all => {
                Some((texts.catalogue().too_few)(&number(credits), &number(all)))
            }
            _ => None,
        }
    };
    let preparing = move || {
        let (done, total) = editor.preparing.get()?;
        Some((texts.catalogue().preparing)(&number(done as u64), &number(total as u64)))
    };
    let is_ready = Memo::new(move |_| !editor.is_busy.get() && editor.report.with(Option::is_some));
    let start = move |_| editor.start(usize::try_from(covered()).unwrap_or(usize::MAX));
    let navigate = use_navigate();
    let discard = move |_| {
        editor.discard();
        navigate(routes::BATCHES, NavigateOptions::default());
    };
    let origins = move || {
        let origins =
            editor.report.with(|report| report.as_ref().map(|one| one.origins.clone()).unwrap_or_default());
        origin_words(&origins, texts, language)
    };
    let currencies = move || {
        let used = editor
            .report
            .with(|report| report.as_ref().map(|one| one.currencies.clone()).unwrap_or_default());
        currency_words(&used, texts)
    };
    let fact = move |name: &'static str, words: Memo<String>| {
        move || {
            let words = words.get();
            (!words.is_empty()).then(|| {
                view! {
                    <div class="cost-line">
                        <dt>{name}</dt>
                        <dd>{words}</dd>
                    </div>
                }
            })
        }
    };
    view! {
        <section class="block" id="cost">
            <h2>{texts.catalogue().cost}</h2>
            <dl class="sums">
                {line(texts.catalogue().cost_rows, |sums| sums.rows, false)}
                {line(texts.catalogue().cost_left_out, |sums| sums.left_out, true)}
                {line(texts.catalogue().cost_same, |sums| sums.same, true)}
                {line(texts.catalogue().cost_known, |sums| sums.known, true)}
                {line(texts.catalogue().cost_products, |sums| sums.products, false)}
                {fact(texts.catalogue().cost_origins, Memo::new(move |_| origins()))}
                {fact(texts.catalogue().cost_currency, Memo::new(move |_| currencies()))}
                <div class="cost-line">
                    <dt>{texts.catalogue().cost_batches}</dt>
                    <dd>{move || number(batches())}</dd>
                </div>
                <div class="cost-line">
                    <dt>{texts.catalogue().cost_time}</dt>
                    <dd>{time}</dd>
                </div>
                <div class="cost-line">
                    <dt>{texts.catalogue().cost_credits}</dt>
                    <dd>{after}</dd>
                </div>
            </dl>
            <p class="notice" id="too-few">
                {warning}
            </p>
            <div class="submit">
                <button
                    type="button"
                    class="primary"
                    id="start"
                    disabled=move || !is_ready.get() || !can_start()
                    on:click=start
                >
                    {words}
                </button>
                <button type="button" class="link" id="discard" on:click=discard>
                    {texts.catalogue().delete}
                </button>
                <span class="hint" role="status">
                    {move || preparing().or_else(|| (!is_ready.get()).then(|| texts.catalogue().checking.to_owned()))}
                </span>
            </div>
        </section>
    }
}

/// The origins of the products, the most frequent ones by name.
fn origin_words(origins: &[(Option<Country>, u32)], texts: Texts, language: Language) -> String {
    let part = texts.catalogue();
    let words = |(origin, products): &(Option<Country>, u32)| {
        let name =
            origin.map_or_else(|| part.origin_not_given.to_owned(), |own| format::country(own, language));
        (part.origins_of)(&name, &format::count((*products).into(), language))
    };
    let more = origins.len().saturating_sub(MOST_ORIGINS);
    let more = (more > 0).then(|| (part.origins_more)(&format::count(more as u64, language)));
    origins.iter().take(MOST_ORIGINS).map(words).chain(more).collect::<Vec<_>>().join(", ")
}

/// The different currencies of the rows with an amount.
fn currency_words(used: &[CurrencyUse], texts: Texts) -> String {
    let part = texts.catalogue();
    let mut words: Vec<String> = Vec::new();
    for one in used {
        let name = match one.currency {
            RowCurrency::Known(currency) => currency.to_string(),
            RowCurrency::NotTaken(_) | RowCurrency::Several => part.currency_not_taken.to_owned(),
            RowCurrency::Open => part.currency_open.to_owned(),
        };
        if !words.contains(&name) {
            words.push(name);
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_requests_are_for_sending() {
        assert_eq!(minutes(1, Some(60)), 0);
        assert_eq!(minutes(30, Some(60)), 0);
        assert_eq!(minutes(100, Some(60)), 4);
        assert_eq!(minutes(100, Some(1)), 100);
        assert_eq!(minutes(500, None), 17);
    }
}
