//! The application: its contexts, its frame and its routes.

use leptos::ev;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;

use crate::batches::Batches;
use crate::components::shell::Shell;
use crate::i18n::Language;
use crate::idle;
use crate::load::spawn_while_shown;
use crate::overlay::Overlays;
use crate::owner::LeftBehind;
use crate::pages::{
    classify::draft::Draft, history, not_found::NotFoundPage, overview::OverviewPage, review,
    sign_in::SignInPage,
};
use crate::preferences::Preferences;
use crate::prices::Prices;
use crate::reviews::Reviews;
use crate::route_table::{CurrentScreen, Route};
use crate::routes;
use crate::screens::{self, fetch_all, run_batches};
use crate::session::Session;
use crate::shortcuts::Shortcuts;
use crate::storage;
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

/// The screens by their address. Who is signed in and comes to where a key is entered sees the overview.
const ROUTES: [Route; 17] = [
    (routes::OVERVIEW, overview),
    (routes::SIGN_IN, overview),
    (routes::CLASSIFY, screens::classify),
    (routes::HISTORY, screens::history),
    ("/classifications/:id", screens::classification),
    (routes::BATCHES, screens::batch_list),
    (routes::NEW_BATCH, screens::new_batch),
    ("/batches/:id", screens::batch),
    (routes::REVIEW, screens::review),
    (routes::DUTY_RATES, screens::duty_rates),
    (routes::LANDED_COST, screens::landed_cost),
    (routes::EVIDENCE, screens::evidence),
    (routes::KEYS, screens::keys),
    (routes::USAGE, screens::usage),
    (routes::WEBHOOK, screens::webhook),
    (routes::REQUESTS, screens::requests),
    (routes::SETTINGS, screens::settings),
];

fn overview() -> AnyView {
    OverviewPage().into_any()
}

fn not_found() -> AnyView {
    NotFoundPage().into_any()
}

#[component]
fn App() -> impl IntoView {
    let preferences = Preferences::restore();
    provide_context(preferences);
    let session = Session::restore();
    idle::watch(session, preferences);
    // Another tab has wiped everything that this browser holds: what is in memory goes too, unwritten.
    let wiped = window_event_listener(ev::storage, move |event| {
        if event.key().is_none() {
            storage::clear(storage::session());
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a page that cannot leave has no key any more"
            )]
            let _ = window().location().replace(routes::SIGN_IN);
        }
    });
    on_cleanup(move || wiped.remove());
    provide_context(session);
    provide_context(LeftBehind::of(session));
    provide_context(Submissions::of(session));
    provide_context(Draft::of(session));
    provide_context(history::Visit::of(session));
    provide_context(Prices::of(session));
    provide_context(Reviews::of(session));
    provide_context(review::Visit::of(session));
    let shortcuts = Shortcuts::restore();
    provide_context(shortcuts);
    let overlays = Overlays::listen(shortcuts);
    provide_context(overlays);
    Effect::new(move |_| {
        if session.is_signed_in() {
            spawn_local(fetch_all());
        }
    });
    let language = RwSignal::new(Language::preferred());
    provide_context(language);
    let batches = Batches::of(session);
    provide_context(batches);
    // Only when the API has said whose the key is does it say what may be sent with it.
    let owner = Memo::new(move |_| (session.key(), session.account().is_some(), session.organization()));
    Effect::new(move |_| {
        // What one key may send is not the next one's.
        batches.forget();
        if owner.with(|(_, is_told, organization)| *is_told && !organization.is_empty()) {
            spawn_while_shown(run_batches(batches, language));
        }
    });
    // Everything below is drawn anew in another language and for another key; what was typed is kept above.
    let screens = move || {
        let language = language.get();
        session.track_key();
        provide_context(language);
        if let Some(root) = document().document_element() {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a root element takes any attribute of this name"
            )]
            let _ = root.set_attribute("lang", language.code());
        }
        view! {
            <Show when=move || session.is_signed_in() fallback=SignInPage>
                <Shell>
                    <CurrentScreen routes=&ROUTES fallback=not_found />
                </Shell>
                {move || overlays.current().is_some().then(screens::command_palette)}
            </Show>
        }
    };
    view! { <Router>{screens}</Router> }
}
