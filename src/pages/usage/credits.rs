//! The prepaid credits: balance, expiry, and warnings before they run out.

use import8_api::Credits;
use leptos::prelude::*;
use leptos_router::components::A;

use super::warnings::{Expiry, Waiting, is_low, missing, waiting};
use crate::browser::memo::Memo;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::outbox::batches::use_batches;
use crate::routes;
use crate::session::use_session;

/// Number of characters above which a figure is set in smaller type.
const LARGE: usize = 8;

/// Whether a figure needs smaller type to fit.
pub fn is_long(number: &str) -> bool {
    number.len() > LARGE
}

/// The balance, with the credits bought and used.
#[component]
pub fn CreditsFigure(
    /// The current time, in milliseconds since 1970.
    now: ReadSignal<u64>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.usage();
    let count = move |number| format::count(number, language);
    let number = Memo::new(move |_| session.credits().map_or_else(|| "–".to_owned(), count));
    let known = Memo::new(move |_| session.account().map(|account| account.credits));
    let stock = move || {
        let Credits { remaining, total_purchased, total_used, .. } = known.get()?;
        // The balance follows every response; the other figures date from the account request.
        let left = session.credits().unwrap_or(remaining);
        let used = total_used.map(|used| used.saturating_add(remaining).saturating_sub(left));
        let line = match (used, total_purchased) {
            (Some(used), Some(bought)) => (part.credits_of)(&count(used), &count(bought)),
            (None, Some(bought)) => (part.credits_bought)(&count(bought)),
            (_, None) => String::new(),
        };
        let meter = total_purchased.map(|bought| {
            let most = bought.max(left).max(1);
            view! {
                <meter aria-label=part.credits min="0" max=most.to_string() value=left.to_string()></meter>
            }
        });
        Some(view! {
            {meter}
            <p class="line">{line}</p>
        })
    };
    let expiry = move || {
        let at = known.with(|known| known.as_ref()?.earliest_expiry.clone())?;
        let when = Expiry::new(format::milliseconds(&at)?, now.get());
        let days = match when {
            Expiry::Past => return None,
            Expiry::Soon(days) | Expiry::Later(days) => days_left(days, texts, language),
        };
        let sentence = (part.expires)(&format::date(&at, language), &days);
        Some(view! { <p>{sentence} " " {part.expires_share}</p> })
    };
    view! {
        <section class="allowance" id="credits-stock">
            <h2>{part.credits} " " <span class="kind">{part.prepaid}</span></h2>
            <p class="number" class:is-long=move || number.with(|number| is_long(number))>
                <b id="credits-left">{move || number.get()}</b>
                " "
                <span class="of">{part.credits_left}</span>
            </p>
            {stock}
            {expiry}
            <p>{part.credits_explained}</p>
        </section>
    }
}

/// A number of full days as text.
fn days_left(days: u64, texts: Texts, language: Language) -> String {
    match days {
        0 => texts.usage().within_a_day.to_owned(),
        1 => texts.usage().in_one_day.to_owned(),
        days => (texts.usage().in_days)(&format::count(days, language)),
    }
}

/// The warnings on credits: low balance, too few for waiting catalogues, and expiry.
#[component]
pub fn Warnings(
    /// The current time, in milliseconds since 1970.
    now: ReadSignal<u64>,
) -> impl IntoView {
    let (session, batches) = (use_session(), use_batches());
    let (texts, language) = (use_texts(), use_language());
    let part = texts.usage();
    let count = move |number| format::count(number, language);
    let low = Memo::new(move |_| {
        let (left, account) = (session.credits()?, session.account()?);
        let bought = account.credits.total_purchased?;
        is_low(left, bought).then_some((left, bought))
    });
    let needs = Memo::new(move |_| {
        let waiting = waiting(&batches.all()?);
        Some((missing(session.credits()?, &waiting)?, waiting))
    });
    // A memo in days, so that the text is not rendered again every second.
    let expiry = Memo::new(move |_| {
        let at = session.account()?.credits.earliest_expiry?;
        // An empty balance cannot expire.
        session.credits().filter(|left| *left > 0)?;
        let when = Expiry::new(format::milliseconds(&at)?, now.get());
        (!matches!(when, Expiry::Later(_))).then_some((at, when))
    });
    let low = move || {
        let (left, bought) = low.get()?;
        Some(view! {
            <p class="notice" id="low">
                <strong>{(part.low)(&count(left), &count(bought))}</strong>
            </p>
        })
    };
    let needs = move || {
        let (missing, waiting) = needs.get()?;
        let needed = count(waiting.iter().map(|one| one.products).sum());
        let sentence = match missing {
            1 => (part.missing_one)(&needed),
            missing => (part.missing)(&count(missing), &needed),
        };
        let line = move |Waiting { id, name, products }| {
            view! {
                <li>
                    <A href=routes::batch(&id)>{name}</A>
                    ": "
                    {(part.to_send)(&count(products))}
                </li>
            }
        };
        Some(view! {
            <div class="notice" id="missing">
                <p>
                    <strong>{sentence}</strong>
                    " "
                    {part.missing_next}
                </p>
                <ul>{waiting.into_iter().map(line).collect_view()}</ul>
            </div>
        })
    };
    let expiry = move || {
        let (at, when) = expiry.get()?;
        let date = format::date(&at, language);
        let (sentence, next) = match when {
            Expiry::Past => ((part.expired)(&date), part.expired_next),
            Expiry::Soon(days) | Expiry::Later(days) => {
                ((part.expires_soon)(&date, &days_left(days, texts, language)), part.expires_soon_next)
            }
        };
        Some(view! {
            <p class="notice" id="expiring">
                <strong>{sentence}</strong>
                " "
                {next}
            </p>
        })
    };
    view! {
        <div class="warnings" id="warnings" aria-live="polite">
            {needs}
            {low}
            {expiry}
        </div>
    }
}
