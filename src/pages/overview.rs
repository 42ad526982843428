//! The start page: credits, plan, rate limit, work that needs review, and recent work.

use import8_api::{ClassificationSummary, Credits, Extension, UsageReport};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::api::listing::queue::{self, Source};
use crate::api::listing::{Listing, PER_PAGE};
use crate::browser::memo::Memo;
use crate::components::confidence::Band;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::show::Show;
use crate::components::table::{ClassificationTable, TableSkeleton};
use crate::components::tariff_news::TariffNews;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::outbox::reviews::{Reviews, use_reviews};
use crate::queries::load::Load;
use crate::routes;
use crate::session::use_session;

/// Number of classifications in each list of the page.
const RECENT: usize = 5;

type ListPage = import8_api::Page<ClassificationSummary>;

/// The start page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let usage = Load::new(move || {
        let client = session.client(language.code());
        async move { client.usage(false).await }
    });
    let recent = Load::new(move || {
        let client = session.client(language.code());
        async move { client.classifications(&Listing::newest(PER_PAGE)).await }
    });
    let (waiting, asked) = use_waiting(recent);
    let retry = Callback::new(move |()| {
        usage.reload();
        recent.reload();
        asked.reload();
    });
    let error = move || usage.error().or_else(|| recent.error()).or_else(|| asked.error());
    let work = move || match recent.value() {
        Some(page) => view! { <Work rows=page.data waiting /> }.into_any(),
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
            // The balance follows every response; the other figures date from the account request.
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
                {is_low
                    .then(|| {
                        let none = texts.classify().no_credits;
                        view! { <p class="warn">{if left == 0 { none } else { texts.overview().credits_low }}</p> }
                    })}
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
            <h2>{move || (texts.overview().credits)(&number())}</h2>
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

/// A part of the review queue.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    /// Number of rows in it.
    total: u64,
    /// Its first rows.
    rows: Vec<ClassificationSummary>,
}

/// The classifications that need review.
#[derive(Debug, Clone, PartialEq)]
struct Waiting {
    /// Those with weak confidence, and those that failed.
    parts: [Part; 2],
    /// Number of rows looked at if the service cannot filter and these are not all; otherwise `None`.
    looked_at: Option<u64>,
    /// Whether verdicts given by other clients are unknown.
    is_untold: bool,
}

impl Part {
    /// The part of the queue among these rows.
    fn among(rows: &[ClassificationSummary], part: &Listing) -> Self {
        let matcher = part.filter.matcher();
        let rows: Vec<_> = rows.iter().filter(|row| matcher.matches(row)).cloned().collect();
        Self { total: count(rows.len()), rows }
    }

    /// Drops the rows that have a verdict from this browser.
    fn left(mut self, reviews: Reviews) -> Self {
        let met = self.rows.len();
        self.rows.retain(|row| reviews.verdict_of(&row.id).is_none());
        self.total = self.total.saturating_sub(count(met - self.rows.len()));
        self
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The parts of the review queue: weak confidence by the person's own bands, and failed.
fn parts() -> [Listing; 2] {
    [queue::unsure(Band::Weak.bounds().1), queue::failed()]
}

/// Whether a page holds the whole history.
fn is_all(page: &ListPage) -> bool {
    page.meta.total <= count(page.data.len())
}

/// The features of a service that concern the review queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct QueueSupport {
    /// It can filter for both parts.
    answers: bool,
    /// Its rows contain verdicts.
    tells: bool,
}

impl QueueSupport {
    /// The features of a service with these extensions.
    fn from_extensions(extensions: &[Extension]) -> Self {
        let is_asked = |part: Listing| matches!(Source::new(part, extensions), Source::Asked(_));
        Self { answers: parts().into_iter().all(is_asked), tells: extensions.contains(&Extension::Input) }
    }
}

/// The classifications that need review; `None` until known. Requests them only if the newest rows do not
/// suffice.
fn use_waiting(recent: Load<ListPage>) -> (Memo<Option<Waiting>>, Load<Option<[ListPage; 2]>>) {
    let (session, language, reviews) = (use_session(), use_language(), use_reviews());
    let support = Memo::new(move |_| {
        session.account().map(|account| QueueSupport::from_extensions(&account.extensions))
    });
    let is_asked = Memo::new(move |_| {
        let Some(QueueSupport { answers: true, tells }) = support.get() else { return false };
        recent.with(|page| page.is_some_and(|page| !tells || !is_all(page)))
    });
    let asked = Load::new(move || {
        let client = is_asked.get().then(|| session.client(language.code()));
        async move {
            let Some(client) = client else { return Ok(None) };
            let [unsure, failed] = parts();
            Ok(Some([client.classifications(&unsure).await?, client.classifications(&failed).await?]))
        }
    });
    let waiting = Memo::new(move |_| {
        let (page, support) = (recent.value()?, support.get()?);
        let (parts, looked_at) = if is_asked.get() {
            let part = |page: ListPage| Part { total: page.meta.total, rows: page.data };
            (asked.value()??.map(part), None)
        } else {
            let looked_at = (!is_all(&page)).then(|| count(page.data.len()));
            (parts().map(|part| Part::among(&page.data, &part)), looked_at)
        };
        let is_untold = !support.answers && !support.tells;
        Some(Waiting { parts: parts.map(|part| part.left(reviews)), looked_at, is_untold })
    });
    (waiting, asked)
}

/// The section of classifications that need review: counts with links, and the first rows.
#[component]
fn Notifications(waiting: Memo<Option<Waiting>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let first = Signal::derive(move || {
        waiting.with(|waiting| {
            let parts = waiting.iter().flat_map(|waiting| &waiting.parts);
            parts.flat_map(|part| &part.rows).take(RECENT).cloned().collect::<Vec<_>>()
        })
    });
    let totals = Memo::new(move |_| {
        waiting.with(|waiting| {
            let waiting = waiting.as_ref()?;
            Some((waiting.parts.each_ref().map(|part| part.total), waiting.looked_at))
        })
    });
    let line = move || {
        let (totals, looked_at) = totals.get()?;
        let number = |number| format::count(number, language);
        let [unsure, failed] = totals.map(number);
        let sentence = match looked_at.map(number) {
            None if totals == [0, 0] => texts.overview().attention_none.to_owned(),
            None => return Some(ways(totals, texts, language)),
            Some(all) => (texts.overview().attention_newest)(&all, &unsure, &failed),
        };
        Some(view! { <p class="quiet">{sentence}</p> }.into_any())
    };
    let untold = move || {
        let is_untold = waiting.with(|waiting| waiting.as_ref().is_some_and(|waiting| waiting.is_untold));
        is_untold.then(|| view! { <p class="hint">{texts.overview().attention_untold}</p> })
    };
    view! {
        <section class="block" id="attention">
            <div class="block-head">
                <h2>{texts.overview().attention}</h2>
                <A href=routes::REVIEW>{texts.overview().attention_all}</A>
            </div>
            {line}
            {untold}
            <Show when=move || first.with(|rows| !rows.is_empty())>
                <ClassificationTable rows=first />
            </Show>
        </section>
    }
}

/// Links to the non-empty parts of the queue, with their counts.
fn ways(totals: [u64; 2], texts: Texts, language: Language) -> AnyView {
    let [unsure, failed] = parts();
    let way = |total: u64, words: fn(&str) -> String, part: &Listing| {
        (total > 0).then(|| {
            view! {
                <A href=queue::address(part) attr:class="button secondary">
                    {words(&format::count(total, language))}
                </A>
            }
        })
    };
    let [unsure_count, failed_count] = totals;
    let ways = (
        way(unsure_count, texts.overview().review_unsure, &unsure),
        way(failed_count, texts.overview().review_failed, &failed),
    );
    view! { <p class="ways">{ways}</p> }.into_any()
}

#[component]
fn Work(rows: Vec<ClassificationSummary>, waiting: Memo<Option<Waiting>>) -> impl IntoView {
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
    let recent: Vec<_> = rows.into_iter().take(RECENT).collect();
    let news = expect_context::<TariffNews>();
    let line = move || {
        news.0.get().map(|line| {
            view! {
                <p class="notice" id="tariff-news">
                    <A href=routes::TARIFF_CHANGES>{line}</A>
                </p>
            }
        })
    };
    view! {
        <Notifications waiting />
        {line}
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

    fn rows(json: &[&str]) -> Vec<ClassificationSummary> {
        json.iter().map(|row| decode(row).expect(row)).collect()
    }

    #[test]
    fn weak_and_failed_ones_need_a_person() {
        let check = |json: &str, expected: [u64; 2]| {
            let found = parts().map(|part| Part::among(&rows(&[json]), &part).total);
            assert_eq!(found, expected, "{json}");
        };
        check(r#"{"id": "1", "status": "completed", "confidence": 92}"#, [0, 0]);
        check(r#"{"id": "1", "status": "completed", "confidence": 44}"#, [1, 0]);
        check(r#"{"id": "1", "status": "completed", "confidence": 44, "feedback": "confirmed"}"#, [0, 0]);
        check(r#"{"id": "1", "status": "completed"}"#, [0, 0]);
        check(r#"{"id": "1", "status": "failed"}"#, [0, 1]);
        check(r#"{"id": "1", "status": "failed", "feedback": "corrected"}"#, [0, 0]);
        check(r#"{"id": "1", "status": "pending"}"#, [0, 0]);
    }

    #[test]
    fn the_service_is_asked_where_it_can_be() {
        let check = |extensions: &[Extension], (answers, tells): (bool, bool)| {
            assert_eq!(
                QueueSupport::from_extensions(extensions),
                QueueSupport { answers, tells },
                "{extensions:?}"
            );
        };
        check(&[Extension::Filters, Extension::Review, Extension::Input], (true, true));
        check(&[Extension::Filters, Extension::Review], (true, false));
        // `filters` does not include the maximum confidence.
        check(&[Extension::Filters], (false, false));
        check(&[], (false, false));
    }

    #[test]
    fn the_way_leads_to_the_part_that_was_counted() {
        let addresses = parts().map(|part| queue::address(&part));
        assert_eq!(addresses, ["/review?max_confidence=44", "/review?status=failed"]);
    }
}
