//! Where things stand: credits, allowance, rate limit, what needs a person, recent work.

use import8_api::{ClassificationSummary, Credits, Status, UsageReport};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::confidence::Band;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::{ClassificationTable, TableSkeleton};
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::Load;
use crate::routes;
use crate::session::use_session;

/// How many classifications are looked at for what needs a person.
const LOOKED_AT: u32 = 20;

/// How many of them are shown as recent work.
const RECENT: usize = 5;

/// The first screen.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let usage = Load::new(move || {
        let client = session.client(language.code());
        async move { client.usage(false).await }
    });
    let recent = Load::new(move || {
        let client = session.client(language.code());
        async move { client.classifications(&Listing::newest(LOOKED_AT)).await }
    });
    let retry = Callback::new(move |()| {
        usage.reload();
        recent.reload();
    });
    let error = move || usage.error().or_else(|| recent.error());
    let work = move || match recent.value() {
        Some(page) => view! { <Work rows=page.data /> }.into_any(),
        None if recent.is_slow() && recent.error().is_none() => {
            view! { <TableSkeleton rows=RECENT /> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <Page title=texts.overview().title>
            {move || error().map(|error| view! { <Failure error retry /> })}
            <div class="figures">
                <CreditsFigure />
                {move || usage.value().map(|usage| view! { <PlanFigure usage /> })}
                <RateFigure />
            </div>
            {work}
        </Page>
    }
}

#[component]
fn CreditsFigure() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let number =
        move || session.credits().map_or_else(|| "–".to_owned(), |credits| format::count(credits, language));
    let detail = move || {
        session.account().map(|account| {
            let Credits { remaining, total_used, total_purchased, earliest_expiry } = account.credits;
            let count = |number| format::count(number, language);
            // The balance moves with every answer; the rest is as it was when the account was asked for.
            let left = session.credits().unwrap_or(remaining);
            let used = total_used.map(|used| (used + remaining).saturating_sub(left));
            let is_low = total_purchased.is_some_and(|bought| left.saturating_mul(5) < bought);
            view! {
                {total_purchased
                    .map(|bought| view! { <meter min="0" max=bought.to_string() value=left.to_string()></meter> })}
                {used
                    .zip(total_purchased)
                    .map(|(used, bought)| {
                        view! { <p>{(texts.overview().credits_of)(&count(used), &count(bought))}</p> }
                    })}
                {is_low.then(|| view! { <p class="warn">{texts.overview().credits_low}</p> })}
                {earliest_expiry
                    .map(|time| view! { <p>{(texts.overview().credits_expire)(&format::date(&time, language))}</p> })}
            }
        })
    };
    view! {
        <section class="figure lead-figure">
            <p class="number" id="credits-figure">
                {number}
            </p>
            <h2>{texts.overview().credits}</h2>
            {detail}
        </section>
    }
}

#[component]
fn PlanFigure(usage: UsageReport) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let plan = usage.plan.display_name.unwrap_or(usage.plan.name);
    let made = usage.classifications;
    let count = |number| format::count(number, language);
    let line = match made.limit {
        Some(limit) => (texts.overview().plan_used)(&count(made.current), &count(limit)),
        None => count(made.current),
    };
    let month = format::month(usage.period.year, usage.period.month, language);
    let meter = made.limit.map(|limit| {
        view! { <meter min="0" max=limit.to_string() value=made.current.min(limit).to_string()></meter> }
    });
    view! {
        <section class="figure">
            <h2>{(texts.overview().plan)(&plan)}</h2>
            <p class="line">{line}</p>
            {meter}
            <p>{(texts.overview().plan_explained)(&month)}</p>
        </section>
    }
}

#[component]
fn RateFigure() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let content = move || {
        session.rate_limit().map(|rate| {
            let count = |number: u32| format::count(number.into(), language);
            view! {
                <p class="line">{(texts.overview().rate_left)(&count(rate.remaining), &count(rate.limit))}</p>
                <meter min="0" max=rate.limit.to_string() value=rate.remaining.to_string()></meter>
            }
        })
    };
    view! {
        <section class="figure">
            <h2>{texts.overview().rate}</h2>
            {content}
            <p>{texts.overview().rate_explained}</p>
        </section>
    }
}

/// Whether a person should look: it failed, or its code is weakly founded, and nobody has looked yet.
fn needs_a_person(row: &ClassificationSummary) -> bool {
    let is_weak = row.confidence.is_some_and(|confidence| Band::of(confidence) == Band::Weak);
    (row.status == Status::Failed || is_weak) && row.feedback.is_none()
}

#[component]
fn Work(rows: Vec<ClassificationSummary>) -> impl IntoView {
    let texts = use_texts();
    if rows.is_empty() {
        return view! {
            <section class="empty">
                <h2>{texts.overview().start_title}</h2>
                <p>{texts.overview().start_body}</p>
                <A href=routes::CLASSIFY attr:class="button primary">
                    {texts.overview().start_action}
                </A>
            </section>
        }
        .into_any();
    }
    let attention: Vec<_> = rows.iter().filter(|row| needs_a_person(row)).cloned().collect();
    let recent: Vec<_> = rows.into_iter().take(RECENT).collect();
    let attention = if attention.is_empty() {
        view! { <p class="quiet">{texts.overview().attention_none}</p> }.into_any()
    } else {
        view! {
            <p class="quiet">{texts.overview().attention_explained}</p>
            <ClassificationTable rows=attention />
        }
        .into_any()
    };
    view! {
        <section class="block">
            <div class="block-head">
                <h2>{texts.overview().attention}</h2>
                <A href=routes::REVIEW>{texts.overview().attention_all}</A>
            </div>
            {attention}
        </section>
        <section class="block">
            <div class="block-head">
                <h2>{texts.overview().recent}</h2>
                <A href=routes::HISTORY>{texts.overview().all}</A>
            </div>
            <ClassificationTable rows=recent />
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;

    #[test]
    fn weak_and_failed_ones_need_a_person() {
        let check = |json: &str, expected: bool| {
            let row: ClassificationSummary = decode(json).expect(json);
            assert_eq!(needs_a_person(&row), expected, "{json}");
        };
        check(r#"{"id": "1", "status": "completed", "confidence": 92}"#, false);
        check(r#"{"id": "1", "status": "completed", "confidence": 44}"#, true);
        check(r#"{"id": "1", "status": "completed"}"#, false);
        check(r#"{"id": "1", "status": "failed"}"#, true);
        check(r#"{"id": "1", "status": "failed", "feedback": "corrected"}"#, false);
        check(r#"{"id": "1", "status": "pending"}"#, false);
    }
}
