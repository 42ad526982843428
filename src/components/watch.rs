//! What became of products that were sent from this browser and are not on the screen.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::{Classification, ClassificationSummary, HsCode, MAX_PER_PAGE, Status};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::{ApiError, Client};
use crate::attention::use_attention;
use crate::decided::Decided;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::spawn_while_shown;
use crate::locales::Texts;
use crate::polling::{LONGEST_WAIT, delay};
use crate::routes;
use crate::session::{Reach, use_session};
use crate::submissions::use_submissions;

/// How many characters of a product's name are said.
const SAID: usize = 80;

/// How a classification ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// With a code, if the service says which.
    Code(Option<HsCode>),
    /// Without one.
    Failed,
    /// The service no longer has it.
    Gone,
}

impl Outcome {
    /// What a status and the code that counts come to; none while it is no end.
    fn of(status: &Status, decided: Option<&Decided>) -> Option<Self> {
        let code = decided.and_then(Decided::code);
        match status {
            Status::Completed => Some(Self::Code(code)),
            // A person may have given the code that was not found.
            Status::Failed => Some(code.map_or(Self::Failed, |code| Self::Code(Some(code)))),
            Status::Pending | Status::Other(_) => None,
        }
    }

    /// That of a classification; none while it has not ended.
    fn of_one(classification: &Classification) -> Option<Self> {
        Self::of(&classification.status, Decided::of(classification).as_ref())
    }

    /// One line: what it is called, and its code.
    fn sentence(self, name: Option<&str>, texts: Texts) -> String {
        let name = shortened(name.filter(|name| !name.is_empty()).unwrap_or(texts.rows().unnamed));
        match self {
            Self::Code(Some(code)) => (texts.waiting().news_code)(&name, &code.spaced()),
            Self::Code(None) => (texts.waiting().news_no_code)(&name),
            Self::Failed => (texts.waiting().news_failed)(&name),
            Self::Gone => (texts.waiting().news_gone)(&name),
        }
    }
}

/// A classification that has ended, by its identifier, and what the service calls the product.
#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    id: String,
    product: Option<String>,
    outcome: Outcome,
}

/// The beginning of a name that is a line, or pages.
fn shortened(name: &str) -> String {
    let line = name.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line.to_owned(),
    }
}

/// One line about a classification that has ended.
#[must_use]
pub fn said_of(classification: &Classification, texts: Texts) -> String {
    let outcome = Outcome::of_one(classification);
    let name = classification.product_summary.as_deref();
    outcome.map(|outcome| outcome.sentence(name, texts)).unwrap_or_default()
}

/// Asks after what was sent and is not on the screen, one thing at a time and ever more rarely, and
/// says in a line when it is done.
#[component]
pub fn Watch() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let (submissions, attention) = (use_submissions(), use_attention());
    let (path, navigate) = (use_location().pathname, use_navigate());
    let ends = RwSignal::new(Vec::<End>::new());
    let is_on_screen = move |id: &str| path.get() == routes::classification(id);
    let unseen = Memo::new(move |_| {
        let sent = submissions.all().into_iter().filter(|sent| !sent.is_seen);
        sent.filter_map(|sent| Some((sent.id.clone()?, sent.name().to_owned()))).collect::<Vec<_>>()
    });
    let awaited = Memo::new(move |_| {
        let is_here = attention.is_here();
        let has_ended = |id: &str| ends.with(|ends| ends.iter().any(|end| end.id == id));
        let mut ids: Vec<_> = unseen.get().into_iter().map(|(id, _)| id).collect();
        ids.retain(|id| !has_ended(id) && !is_on_screen(id) && (is_here || attention.is_wanted(id)));
        ids
    });
    // As it was described here; else as the service calls it.
    let said = move |end: &End| {
        let described = unseen.with(|unseen| unseen.iter().find(|(id, _)| *id == end.id).cloned());
        let name = described.map(|(_, name)| name).filter(|name| !name.is_empty());
        end.outcome.sentence(name.as_ref().or(end.product.as_ref()).map(String::as_str), texts)
    };
    let news = Memo::new(move |_| {
        let is_news = |end: &End| unseen.with(|unseen| unseen.iter().any(|(id, _)| *id == end.id));
        let mut news = ends.get();
        news.retain(|end| is_news(end) && !is_on_screen(&end.id));
        news
    });
    let report = move |found: Vec<End>| {
        for end in &found {
            let (navigate, address) = (navigate.clone(), routes::classification(&end.id));
            let open = move || navigate(&address, NavigateOptions::default());
            attention.tell(&end.id, texts.waiting().news_title, &untrack(|| said(end)), open);
            attention.note_news();
        }
        ends.update(|ends| ends.extend(found));
    };
    Effect::new(move |_| {
        let ids = awaited.get();
        if ids.is_empty() || session.reach() == Reach::Unreachable {
            return;
        }
        let client = session.client(language.code());
        let is_here = attention.is_here();
        let report = report.clone();
        spawn_while_shown(async move {
            let mut asked = 0;
            loop {
                pause(if is_here { delay(asked) } else { LONGEST_WAIT }).await;
                match ask(&client, &ids).await {
                    Ok(found) if found.is_empty() => asked += 1,
                    // What is still awaited begins anew.
                    Ok(found) => return report(found),
                    Err(ApiError::RateLimited { seconds }) => pause(seconds.saturating_mul(1_000)).await,
                    Err(_) => asked += 1,
                }
            }
        });
    });
    let dismiss = move |_| news.with_untracked(|news| news.iter().for_each(|end| submissions.seen(&end.id)));
    let line = move || {
        let news = news.get();
        let (sentence, address, words) = match news.as_slice() {
            [] => return None,
            [end] => (said(end), routes::classification(&end.id), texts.waiting().see_result),
            several => (summary(several, texts), routes::HISTORY.to_owned(), texts.waiting().see_history),
        };
        let is_one = news.len() == 1;
        Some(view! {
            <p>{sentence}</p>
            // Its own screen notes that it was seen; of several the history is enough.
            <A href=address on:click=move |event| if !is_one { dismiss(event) }>
                {words}
            </A>
            <button type="button" class="link" on:click=dismiss>
                {texts.waiting().dismiss}
            </button>
        })
    };
    view! {
        <div class="news" id="news" role="status" aria-label=texts.waiting().news_label>
            {line}
        </div>
    }
}

async fn pause(milliseconds: u32) {
    sleep(Duration::from_millis(milliseconds.into())).await;
}

/// How those of `ids` ended that have, the oldest first: of several by one look at the history.
async fn ask(client: &Client, ids: &[String]) -> Result<Vec<End>, ApiError> {
    let mut next = ids.first();
    if ids.len() > 1 {
        let rows = client.classifications(&Listing::newest(MAX_PER_PAGE)).await?.data;
        next = ids.iter().find(|id| rows.iter().all(|row| row.id != **id));
        let ended = |row: ClassificationSummary| {
            let outcome = Outcome::of(&row.status, Decided::of_row(&row).as_ref())?;
            ids.contains(&row.id).then_some(End { id: row.id, product: row.product_summary, outcome })
        };
        let found: Vec<_> = rows.into_iter().rev().filter_map(ended).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let Some(id) = next else { return Ok(Vec::new()) };
    let end = |product, outcome| End { id: id.clone(), product, outcome };
    Ok(match client.classification(id).await {
        Ok(answer) => {
            let classification = answer.value.data;
            let outcome = Outcome::of_one(&classification);
            outcome.map(|outcome| end(classification.product_summary, outcome)).into_iter().collect()
        }
        Err(ApiError::NotFound) => vec![end(None, Outcome::Gone)],
        Err(error) => return Err(error),
    })
}

/// Several in one line.
fn summary(news: &[End], texts: Texts) -> String {
    let count = news.len().to_string();
    match news.iter().filter(|end| !matches!(end.outcome, Outcome::Code(_))).count() {
        0 => (texts.waiting().news_several)(&count),
        without => (texts.waiting().news_several_failed)(&count, &without.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode};

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn an_end_is_one_line() {
        let code = || {
            let code = "73239300".parse().ok()?;
            Some(Decided::Code(DecidedCode::by(code, DecidedBy::Classifier, None)))
        };
        let check = |status: &str, decided: Option<Decided>, name, expected: Option<&str>| {
            let outcome = Outcome::of(&status.parse().expect(status), decided.as_ref());
            assert_eq!(
                outcome.map(|outcome| outcome.sentence(name, Language::En.texts())).as_deref(),
                expected
            );
        };
        check("completed", code(), Some("Steel bottle"), Some("Steel bottle: 7323 93 00"));
        check("completed", None, Some("Steel bottle"), Some("Steel bottle: done"));
        check("failed", None, Some("Steel bottle"), Some("Steel bottle: no code was found"));
        check("failed", code(), Some("Steel bottle"), Some("Steel bottle: 7323 93 00"));
        check("completed", Some(Decided::NotTold), Some("Steel bottle"), Some("Steel bottle: done"));
        check("completed", code(), Some(" two\nlines"), Some("two: 7323 93 00"));
        let unnamed = format!("{}: 7323 93 00", Language::En.texts().rows().unnamed);
        check("completed", code(), Some(""), Some(&unnamed));
        let (long, cut) = ("é".repeat(81), format!("{}…: 7323 93 00", "é".repeat(80)));
        check("completed", code(), Some(&long), Some(&cut));
        check("pending", None, None, None);
        check("on_hold", code(), None, None);
    }

    #[test]
    fn several_are_counted() {
        let end = |outcome| End { id: String::new(), product: None, outcome };
        let (code, failed) = (end(Outcome::Code(None)), end(Outcome::Failed));
        assert_eq!(
            summary(&[code.clone(), code.clone()], Language::En.texts()),
            "2 products have been classified"
        );
        assert_eq!(
            summary(&[code, failed, end(Outcome::Gone)], Language::En.texts()),
            "3 products are done, 2 without a code"
        );
    }
}
