//! A part of the program that could not be downloaded: why, and the reload of the page that gets a newer build.

use gloo_net::http::RequestBuilder;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Url};

use crate::browser::storage;
use crate::outbox::batches::{Batches, use_batches};
use crate::outbox::reviews::{Reviews, use_reviews};
use crate::outbox::sending::State;
use crate::outbox::submissions::{Submissions, use_submissions};
use crate::pages::classify::draft::Draft;
use crate::pages::classify::form::ProductForm;
use crate::routes;

/// How long the server may take to say which build it has, in milliseconds.
const PATIENCE: u32 = 10_000;

/// A mark of the page of every build, which the page of another program or network does not have.
const PAGE: &str = "id=\"shell\"";

/// Storage key of the build that has reloaded the page by itself.
const RELOADED: &str = "import8.reloaded";

#[wasm_bindgen]
extern "C" {
    type ImportMeta;
    #[wasm_bindgen(method, getter)]
    fn url(this: &ImportMeta) -> String;
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static IMPORT_META: ImportMeta;
}

/// The path of this build's program, which has the build's hash in it.
fn build() -> Option<String> {
    Some(Url::new(&IMPORT_META.with(ImportMeta::url)).ok()?.pathname())
}

/// Why a part was not downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The server does not answer.
    Unreachable,
    /// The server has another build than this one.
    Updated,
    /// The server answers, and still has this build as far as is known.
    Unknown,
}

impl Cause {
    /// Asks the server for its page, which names the build that it has.
    pub(super) async fn find() -> Self {
        let page = async {
            let timeout = AbortSignal::timeout_with_u32(PATIENCE);
            let request = RequestBuilder::new(routes::OVERVIEW).abort_signal(Some(&timeout)).build()?;
            request.send().await?.text().await
        };
        match (page.await, build()) {
            (Err(_), _) => Self::Unreachable,
            (Ok(page), Some(build)) => Self::told_by(&page, &build),
            (Ok(_), None) => Self::Unknown,
        }
    }

    fn told_by(page: &str, build: &str) -> Self {
        if page.contains(PAGE) && !page.contains(build) { Self::Updated } else { Self::Unknown }
    }
}

/// What a reload would take from the person: work that only this tab has, or that it is in the middle of. The screen
/// that was left is no part of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unfinished {
    draft: Draft,
    submissions: Submissions,
    reviews: Reviews,
    batches: Batches,
}

impl Unfinished {
    /// That of this tab, from context.
    pub(super) fn of_this_tab() -> Self {
        Self {
            draft: expect_context(),
            submissions: use_submissions(),
            reviews: use_reviews(),
            batches: use_batches(),
        }
    }

    /// Whether there is any.
    pub(super) fn is_any(self) -> bool {
        let is_typed = self.draft.form.with(ProductForm::has_product)
            || self.draft.pictures.with(|pictures| !pictures.is_empty());
        let is_uncertain = self.submissions.all().iter().any(|sent| sent.state() != State::Accepted);
        let runs = self.batches.is_runner() && self.batches.progress().is_some();
        is_typed || is_uncertain || runs || !self.reviews.waiting().is_empty() || self.draft.is_sending.get()
    }
}

/// Whether the page may be reloaded by itself: this build has not done so in this tab, and session storage can keep
/// that it has.
pub(super) fn may_reload() -> bool {
    build().is_some() && storage::session().is_some() && storage::get(storage::session(), RELOADED) != build()
}

/// Reloads the page, unless this build has done so in this tab. It would do so for ever where the newer build has not
/// the part either, or a cache answers with the old page.
pub(super) fn reload_once() {
    if may_reload() {
        storage::set(storage::session(), RELOADED, build().as_deref());
        if !may_reload() {
            reload();
        }
    }
}

/// Reloads the page.
pub(super) fn reload() {
    #[expect(clippy::let_underscore_must_use, reason = "a page that cannot be loaded anew is still here")]
    let _ = window().location().reload();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_this_server_tells_which_build_it_has() {
        let check =
            |page: &str, expected| assert_eq!(Cause::told_by(page, "/app-1/app.js"), expected, "{page}");
        let ours =
            |build: &str| format!("<script>import init from '{build}'</script><div id=\"shell\"></div>");
        check(&ours("/app-1/app.js"), Cause::Unknown);
        check(&ours("/app-2/app.js"), Cause::Updated);
        // The page of a network that wants a sign-in, and a server without a dashboard.
        check("<title>Welcome to the hotel</title>", Cause::Unknown);
        check("", Cause::Unknown);
    }
}
