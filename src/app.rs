//! The application: its contexts, its frame and its routes.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::components::shell::Shell;
use crate::i18n::Language;
use crate::pages::{
    classify::draft::Draft, history, not_found::NotFoundPage, overview::OverviewPage, review,
    sign_in::SignInPage,
};
use crate::reviews::Reviews;
use crate::screens::{Classification, Classify, Evidence, History, Review, fetch_all};
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
    provide_context(history::Visit::of(session));
    provide_context(Reviews::of(session));
    provide_context(review::Visit::of(session));
    provide_context(Shortcuts::restore());
    Effect::new(move |_| {
        if session.is_signed_in() {
            spawn_local(fetch_all());
        }
    });
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
                        <Route path=path!("/classify") view=Classify />
                        <Route path=path!("/classifications") view=History />
                        <Route path=path!("/classifications/:id") view=Classification />
                        <Route path=path!("/review") view=Review />
                        <Route path=path!("/evidence") view=Evidence />
                    </Routes>
                </Shell>
            </Show>
        }
    };
    view! { <Router>{screens}</Router> }
}
