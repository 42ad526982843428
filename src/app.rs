//! The root component: contexts, router and frame.

use leptos::ev;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;

use crate::browser::shortcuts::Shortcuts;
use crate::browser::startup;
use crate::browser::storage;
use crate::browser::task::spawn_while_shown;
use crate::components::overlay::Overlays;
use crate::components::shell::Shell;
use crate::i18n::Language;
use crate::i18n::preferences::Preferences;
use crate::outbox::batches::Batches;
use crate::outbox::reviews::Reviews;
use crate::outbox::submissions::Submissions;
use crate::pages::{
    classify::draft::Draft, history, not_found::NotFoundPage, overview::OverviewPage, review,
    sign_in::SignInPage,
};
use crate::queries::price_cache::PriceCache;
use crate::queries::rate_limit::RateLimitGate;
use crate::route_table::{CurrentScreen, Route};
use crate::routes;
use crate::screens::{self, fetch_all, run_batches};
use crate::session::Session;
use crate::session::auto_lock;
use crate::session::owner::LeftBehind;

/// Id of the application shell in `index.html`, which is shown until the dashboard can draw itself.
const LOADING_SHELL: &str = "shell";

/// Mounts the dashboard in place of the application shell.
pub fn mount() {
    startup::start(|| {
        if let Some(shell) = document().get_element_by_id(LOADING_SHELL) {
            shell.remove();
        }
        mount_to_body(App);
    });
}

/// The screen of each address. A signed-in person who opens the sign-in address sees the overview.
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
    auto_lock::watch(session, preferences);
    // A `storage` event without a key: another tab has deleted everything in this browser. The data in memory
    // goes too and must not be written again.
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
    let gate = RateLimitGate::new(session);
    provide_context(gate);
    provide_context(LeftBehind::new(session));
    provide_context(Submissions::new(session));
    provide_context(Draft::new(session));
    provide_context(history::visit::Visit::new(session));
    provide_context(PriceCache::new(session));
    provide_context(Reviews::new(session, gate));
    provide_context(review::visit::Visit::new(session));
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
    let batches = Batches::new(session, gate);
    provide_context(batches);
    // The batch runner starts only when the account of the key is known.
    let owner = Memo::new(move |_| (session.key(), session.account().is_some(), session.organization()));
    Effect::new(move |_| {
        // One key must not send another key's batches.
        batches.forget();
        if owner.with(|(_, is_told, organization)| *is_told && !organization.is_empty()) {
            spawn_while_shown(run_batches(batches, language));
        }
    });
    // A change of the language or the key draws everything below anew. Typed input lives above.
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
