//! The root component: contexts, router and frame.

use import8_api::Extension;
use js_sys::Reflect;
use leptos::ev;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos_router::components::Router;

use crate::api::{early, in_flight};
use crate::background::Background;
use crate::browser::memo::Memo;
use crate::browser::shortcuts::Shortcuts;
use crate::browser::storage;
use crate::browser::task::{effect, spawn_local, spawn_while_shown};
use crate::components::overlay::Overlays;
use crate::components::shell::Shell;
use crate::components::show::Show;
use crate::components::tariff_news::TariffNews;
use crate::i18n::Language;
use crate::i18n::preferences::Preferences;
use crate::outbox::batches::Batches;
use crate::pages::{history, not_found::NotFoundPage, overview::OverviewPage, review, sign_in::SignInPage};
use crate::queries::price_cache::PriceCache;
use crate::queries::rate_limit::RateLimitGate;
use crate::route_table::{CurrentScreen, Route, fetch_on_intent};
use crate::routes;
use crate::screens::{self, Screen, begin_background, fetch_all, run_batches, tell_tariff_news};
use crate::session::Session;
use crate::session::auto_lock;
use crate::session::keyring::Keyring;

/// Id of the application shell in `index.html`, which is shown until the dashboard can draw itself.
const LOADING_SHELL: &str = "shell";

/// Mounts the dashboard in place of the application shell. In a browser without style sheets of the screens' own, the
/// shell stays: it says so.
pub fn mount() {
    if !Reflect::has(&document(), &"adoptedStyleSheets".into()).unwrap_or_default() {
        return;
    }
    wasm_bindgen_futures::spawn_local(async {
        let keys = Keyring::restore().await;
        early::adopt(keys.in_use());
        if let Some(shell) = document().get_element_by_id(LOADING_SHELL) {
            shell.remove();
        }
        mount_to_body(move || view! { <App keys /> });
    });
}

/// The screen of each address. A signed-in person who opens the sign-in address sees the overview.
pub const ROUTES: [Route; 19] = [
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
    (routes::TARIFF, screens::tariff),
    (routes::TARIFF_CHANGES, screens::tariff_changes),
    (routes::LANDED_COST, screens::landed_cost),
    (routes::EVIDENCE, screens::evidence),
    (routes::KEYS, screens::keys),
    (routes::USAGE, screens::usage),
    (routes::WEBHOOK, screens::webhook),
    (routes::REQUESTS, screens::requests),
    (routes::SETTINGS, screens::settings),
];

fn overview() -> Screen {
    Screen::in_first_file(|| OverviewPage().into_any())
}

fn not_found() -> Screen {
    Screen::in_first_file(|| NotFoundPage().into_any())
}

#[component]
fn App(
    /// The keys that this tab had before a reload.
    keys: Keyring,
) -> impl IntoView {
    let preferences = Preferences::restore();
    provide_context(preferences);
    let session = Session::new(keys);
    auto_lock::watch(session, preferences);
    // A `storage` event without a key: another tab has deleted everything in this browser. The data in memory
    // goes too and must not be written again.
    let wiped = window_event_listener(ev::storage, move |event| {
        if event.key().is_none() {
            storage::clear(storage::session());
            #[expect(
                clippy::let_underscore_must_use,
                reason = "if the page cannot be left, it has no key any more"
            )]
            let _ = window().location().replace(routes::SIGN_IN);
        }
    });
    on_cleanup(move || wiped.remove());
    provide_context(session);
    let gate = RateLimitGate::new(session);
    provide_context(gate);
    let background = Background::provide(session, gate);
    provide_context(history::visit::Visit::new(session));
    provide_context(PriceCache::new(session));
    provide_context(review::visit::Visit::new(session));
    let shortcuts = Shortcuts::restore();
    provide_context(shortcuts);
    let overlays = Overlays::listen(shortcuts);
    provide_context(overlays);
    effect(move || {
        if session.is_signed_in() {
            in_flight::forget_data();
            spawn_local(fetch_all());
        }
    });
    let is_account_known = Memo::new(move |_| session.account().is_some());
    effect(move || {
        if is_account_known.get() {
            spawn_local(begin_background(background));
        }
    });
    fetch_on_intent(&ROUTES);
    let language = RwSignal::new(Language::preferred());
    provide_context(language);
    let batches = Batches::new(session, gate);
    provide_context(batches);
    // The batch runner starts only when the account of the key is known.
    let owner = Memo::new(move |_| (session.key(), session.account().is_some(), session.organization()));
    effect(move || {
        session.track_moves();
        // One key must not send another key's batches.
        batches.forget();
        if owner.with(|(_, is_told, organization)| *is_told && !organization.is_empty()) {
            spawn_while_shown(run_batches(batches, language));
        }
    });
    let news = TariffNews::default();
    provide_context(news);
    let has_changes = Memo::new(move |_| session.has(&Extension::TariffChanges));
    effect(move || {
        session.track_key();
        news.0.set(None);
        if has_changes.get() {
            spawn_while_shown(tell_tariff_news(session, gate, language.get(), news));
        }
    });
    // A change of the language or the key draws everything below anew. Typed input lives above.
    let screens = move || {
        let language = language.get();
        session.track_key();
        provide_context(language);
        if let Some(root) = document().document_element() {
            #[expect(clippy::let_underscore_must_use, reason = "the root element accepts this attribute")]
            let _ = root.set_attribute("lang", language.code());
        }
        view! {
            <Show when=move || session.is_signed_in() fallback=SignInPage>
                <Shell notices=background.notices()>
                    <CurrentScreen routes=&ROUTES fallback=not_found />
                </Shell>
                {move || overlays.current().is_some().then(|| screens::command_palette().show_over())}
            </Show>
        }
    };
    view! { <Router>{screens}</Router> }
}
