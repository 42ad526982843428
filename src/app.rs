//! The application: its contexts, its frame and its routes.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::components::shell::Shell;
use crate::i18n::Language;
use crate::pages::{
    classification::ClassificationPage,
    classify::{ClassifyPage, draft::Draft},
    evidence::EvidencePage,
    history::{HistoryPage, Visit},
    not_found::NotFoundPage,
    overview::OverviewPage,
    review::{self, ReviewPage},
    sign_in::SignInPage,
};
use crate::reviews::Reviews;
use crate::session::Session;
use crate::shortcuts::Shortcuts;
use crate::submissions::Submissions;

/// The application shell in `index.html`, which is shown until the dashboard can draw itself.
const LOADING_SHELL: &str = "shell";

/// Puts the dashboard into the page.
pub fn mount() {
    if let Some(shell) = document().get_element_by_id(LOADING_SHELL) {
        shell.remove();
    }
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let session = Session::restore();
    provide_context(session);
    provide_context(Submissions::of(session));
    provide_context(Draft::of(session));
    provide_context(Visit::of(session));
    provide_context(Reviews::of(session));
    provide_context(review::Visit::of(session));
    provide_context(Shortcuts::restore());
    let language = RwSignal::new(Language::preferred());
    provide_context(language);
    // Everything below is drawn anew in another language; what was typed is kept above.
    let screens = move || {
        let language = language.get();
        provide_context(language);
        if let Some(root) = document().document_element() {
            // A root element takes any attribute of this name.
            let _ = root.set_attribute("lang", language.code());
        }
        view! {
            <Show when=move || session.is_signed_in() fallback=SignInPage>
                <Shell>
                    <Routes fallback=NotFoundPage>
                        <Route path=path!("/") view=OverviewPage />
                        <Route path=path!("/sign-in") view=OverviewPage />
                        <Route path=path!("/classify") view=ClassifyPage />
                        <Route path=path!("/classifications") view=HistoryPage />
                        <Route path=path!("/classifications/:id") view=ClassificationPage />
                        <Route path=path!("/review") view=ReviewPage />
                        <Route path=path!("/evidence") view=EvidencePage />
                    </Routes>
                </Shell>
            </Show>
        }
    };
    view! { <Router>{screens}</Router> }
}
