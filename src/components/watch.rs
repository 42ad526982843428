//! Watcher of pending classifications that this browser sent and that are not on the screen.

use import8_api::{Classification, ClassificationSummary, HsCode, MAX_PER_PAGE, Status};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::decided::Decided;
use crate::api::listing::Listing;
use crate::api::{ApiError, Client};
use crate::browser::memo::Memo;
use crate::browser::notifications::use_notifications;
use crate::browser::visibility;
use crate::i18n::{Texts, use_language, use_texts};
use crate::outbox::submissions::use_submissions;
use crate::queries::poll::{Open, PollRequest, poll_until};
use crate::queries::times;
use crate::routes;
use crate::session::use_session;

/// The most characters of a product name in a message.
const SAID: usize = 80;

/// Outcome of a classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// A code, with the code if the service returns it.
    Code(Option<HsCode>),
    /// No code.
    Failed,
    /// The service no longer has the classification.
    Gone,
}

impl Ending {
    /// The outcome of a status and a decided code, or `None` while the classification is pending.
    fn from_status(status: &Status, decided: Option<&Decided>) -> Option<Self> {
        let code = decided.and_then(Decided::code);
        match status {
            Status::Completed => Some(Self::Code(code)),
            // A person may have given a code to a failed classification.
            Status::Failed => Some(code.map_or(Self::Failed, |code| Self::Code(Some(code)))),
            Status::Pending | Status::Other(_) => None,
        }
    }

    /// The outcome of a classification, or `None` while it is pending.
    fn of_one(classification: &Classification) -> Option<Self> {
        Self::from_status(&classification.status, Decided::from_classification(classification).as_ref())
    }

    /// The message: the product's name and its code.
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

/// An ended classification: its id, the service's name of the product, and the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    id: String,
    product: Option<String>,
    ending: Ending,
}

/// Shortens a name to its first line and at most [`SAID`] characters.
fn shortened(name: &str) -> String {
    let line = name.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line.to_owned(),
    }
}

/// The message about an ended classification; empty while it is pending.
#[must_use]
pub fn said_of(classification: &Classification, texts: Texts) -> String {
    let ending = Ending::of_one(classification);
    let name = classification.product_summary.as_deref();
    ending.map(|ending| ending.sentence(name, texts)).unwrap_or_default()
}

/// Polls the pending classifications that are not on the screen, with growing intervals, and announces their
/// outcome. One instance runs in the shell.
#[component]
pub fn Watch() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let (submissions, attention) = (use_submissions(), use_notifications());
    let (path, navigate) = (use_location().pathname, use_navigate());
    let ends = RwSignal::new(Vec::<End>::new());
    let is_on_screen = move |id: &str| path.get() == routes::classification(id);
    let unseen = Memo::new(move |_| {
        let sent = submissions.all().into_iter().filter(|sent| !sent.is_seen);
        sent.filter_map(|sent| Some((sent.id.clone()?, sent.name().to_owned()))).collect::<Vec<_>>()
    });
    let awaited = Memo::new(move |_| {
        let is_seen = visibility::is_seen();
        let has_ended = |id: &str| ends.with(|ends| ends.iter().any(|end| end.id == id));
        let mut ids: Vec<_> = unseen.get().into_iter().map(|(id, _)| id).collect();
        ids.retain(|id| !has_ended(id) && !is_on_screen(id) && (is_seen || attention.is_wanted(id)));
        ids
    });
    // The name from this browser's description, else the service's name.
    let said = move |end: &End| {
        let described = unseen.with(|unseen| unseen.iter().find(|(id, _)| *id == end.id).cloned());
        let name = described.map(|(_, name)| name).filter(|name| !name.is_empty());
        end.ending.sentence(name.as_ref().or(end.product.as_ref()).map(String::as_str), texts)
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
    let seen = StoredValue::new((Vec::new(), true));
    let open = move || {
        let now = (awaited.get(), visibility::is_seen());
        let has_changed = seen.with_value(|seen| *seen != now);
        // In a hidden tab only those are awaited whose end the person wants to be notified of.
        let open = (!now.0.is_empty()).then_some(Open { is_wanted: true, has_changed });
        seen.set_value(now);
        open
    };
    let ask = move || -> PollRequest {
        let (client, ids) = (session.client(language.code()), awaited.get_untracked());
        let report = report.clone();
        Box::pin(async move {
            if let Ok(found) = ask(&client, &ids).await
                && !found.is_empty()
            {
                report(found);
            }
        })
    };
    poll_until(times::RESULT, open, ask);
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
            // The result screen marks the classification as seen. For several, the link to the history does.
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

/// The outcomes of the classifications in `ids` that have ended, oldest first. Several are read from one page
/// of the history. If none has ended there, the first one that is missing there is read alone.
async fn ask(client: &Client, ids: &[String]) -> Result<Vec<End>, ApiError> {
    let mut next = ids.first();
    if ids.len() > 1 {
        let rows = client.classifications(&Listing::newest(MAX_PER_PAGE)).await?.data;
        next = ids.iter().find(|id| rows.iter().all(|row| row.id != **id));
        let ended = |row: ClassificationSummary| {
            let ending = Ending::from_status(&row.status, Decided::from_row(&row).as_ref())?;
            ids.contains(&row.id).then_some(End { id: row.id, product: row.product_summary, ending })
        };
        let found: Vec<_> = rows.into_iter().rev().filter_map(ended).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let Some(id) = next else { return Ok(Vec::new()) };
    let end = |product, ending| End { id: id.clone(), product, ending };
    Ok(match client.classification(id).await {
        Ok(answer) => {
            let classification = answer.value.data;
            let ending = Ending::of_one(&classification);
            ending.map(|ending| end(classification.product_summary, ending)).into_iter().collect()
        }
        Err(ApiError::NotFound) => vec![end(None, Ending::Gone)],
        Err(error) => return Err(error),
    })
}

/// One message about several classifications.
fn summary(news: &[End], texts: Texts) -> String {
    let count = news.len().to_string();
    match news.iter().filter(|end| !matches!(end.ending, Ending::Code(_))).count() {
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
            let ending = Ending::from_status(&status.parse().expect(status), decided.as_ref());
            assert_eq!(ending.map(|ending| ending.sentence(name, Language::En.texts())).as_deref(), expected);
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
        let end = |ending| End { id: String::new(), product: None, ending };
        let (code, failed) = (end(Ending::Code(None)), end(Ending::Failed));
        assert_eq!(
            summary(&[code.clone(), code.clone()], Language::En.texts()),
            "2 products have been classified"
        );
        assert_eq!(
            summary(&[code, failed, end(Ending::Gone)], Language::En.texts()),
            "3 products are done, 2 without a code"
        );
    }
}
