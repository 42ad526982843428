//! Code splitting: the screens, downloaded when they are first shown.
//!
//! `cargo xtask` builds with `--cfg split_screens` and takes each part out of the main file. A build without
//! it, such as Trunk's, has everything in one file; the same code then runs without a download.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::task::spawn_while_shown;
use crate::browser::visibility::sleep_while_seen;
use crate::components::palette::Palette;
use crate::i18n::{Language, use_language, use_texts};
use crate::outbox::batches::Batches;
use crate::pages::{
    batches::BatchPage, batches::list::BatchesPage, batches::new::NewBatchPage,
    classification::ClassificationPage, classify::ClassifyPage, duty_rates::DutyRatesPage,
    evidence::EvidencePage, history::HistoryPage, keys::KeysPage, landed_cost::LandedCostPage,
    requests::RequestsPage, review::ReviewPage, settings::SettingsPage, usage::UsagePage,
    webhook::WebhookPage,
};
use crate::session::use_session;

/// Delay before the other parts are prefetched, so that the first screen has the connection for itself.
#[cfg(split_screens)]
const BEFORE_THE_OTHERS: std::time::Duration = std::time::Duration::from_secs(1);

/// Delay before a part that failed to download is fetched again.
const BEFORE_ANOTHER_TRY: std::time::Duration = std::time::Duration::from_secs(10);

/// Error: the part of the program with a screen could not be downloaded. Either the connection is down, or a
/// new build was deployed and the server no longer has the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

#[cfg(split_screens)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// A value that is ready when its part of the program is downloaded.
type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A screen. All screens have one type, so that the router's code is compiled once and not for each route.
pub type Screen = fn() -> AnyView;

/// Declares a screen: its page, its part, the functions that draw and prefetch it, and an optional style
/// sheet of its own.
macro_rules! screen {
    ($page:ident, $part:ident, $draw:ident, $fetch:ident, $screen:ident $(, $style:literal)?) => {
        #[cfg_attr(split_screens, wasm_split_helpers::wasm_split($part, fallible, preload($fetch)))]
        fn $draw() -> Result<AnyView, Missing> {
            $(crate::browser::style::adopt(include_str!($style));)?
            Ok($page().into_any())
        }

        /// The screen, drawn when its part of the program is downloaded.
        pub fn $screen() -> AnyView {
            #[cfg(split_screens)]
            let draw = || -> Coming<AnyView> { Box::pin($draw()) };
            #[cfg(not(split_screens))]
            let draw = || -> Coming<AnyView> { Box::pin(async { $draw() }) };
            view! { <Arriving draw /> }.into_any()
        }
    };
}

// Screens that are used together share a part. More parts would mean more files that several parts share.
screen!(ClassifyPage, product, draw_classify, fetch_classify, classify);
screen!(ClassificationPage, product, draw_classification, fetch_classification, classification);
screen!(HistoryPage, lists, draw_history, fetch_history, history);
screen!(ReviewPage, lists, draw_review, fetch_review, review);
screen!(EvidencePage, evidence, draw_evidence, fetch_evidence, evidence, "../style/evidence.css");
screen!(DutyRatesPage, costs, draw_duty_rates, fetch_duty_rates, duty_rates);
screen!(LandedCostPage, costs, draw_landed_cost, fetch_landed_cost, landed_cost);
screen!(BatchesPage, batches, draw_batches, fetch_batches, batch_list);
screen!(NewBatchPage, batches, draw_new_batch, fetch_new_batch, new_batch);
screen!(BatchPage, batches, draw_batch, fetch_batch, batch);
screen!(KeysPage, account, draw_keys, fetch_keys, keys);
screen!(UsagePage, account, draw_usage, fetch_usage, usage, "../style/usage.css");
screen!(WebhookPage, account, draw_webhook, fetch_webhook, webhook, "../style/webhook.css");
screen!(RequestsPage, account, draw_requests, fetch_requests, requests);
screen!(SettingsPage, account, draw_settings, fetch_settings, settings);
screen!(Palette, account, draw_palette, fetch_palette, command_palette);

/// Download state of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Awaited,
    Here,
    Missing,
    /// The download failed although the server answers: a newer build is deployed.
    Gone,
}

/// A screen whose part of the program is being downloaded.
#[component]
fn Arriving(
    /// Downloads the part and draws the screen.
    draw: fn() -> Coming<AnyView>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let (arrival, tries) = (RwSignal::new(Arrival::Awaited), RwSignal::new(0));
    let drawn = StoredValue::new_local(None::<AnyView>);
    Effect::new(move |_| {
        tries.track();
        spawn_while_shown(async move {
            match draw().await {
                Ok(screen) => {
                    drawn.set_value(Some(screen));
                    arrival.set(Arrival::Here);
                }
                Err(Missing) => {
                    arrival.set(Arrival::Missing);
                    // The health check tells a lost connection from a missing part.
                    let health = session.client_with(None, language.code()).health().await;
                    if !matches!(health, Err(ApiError::Unreachable | ApiError::Timeout)) {
                        arrival.set(Arrival::Gone);
                    }
                }
            }
        });
    });
    let retry = move || {
        arrival.set(Arrival::Awaited);
        tries.update(|tries| *tries += 1);
    };
    Effect::new(move |before: Option<()>| {
        session.track_recoveries();
        if before.is_some() && matches!(arrival.get_untracked(), Arrival::Missing | Arrival::Gone) {
            retry();
        }
    });
    move || match arrival.get() {
        Arrival::Awaited => {
            view! { <p class="arriving" aria-busy="true">{texts.common().loading}</p> }.into_any()
        }
        Arrival::Here => drawn.try_update_value(Option::take).flatten().into_any(),
        missing @ (Arrival::Missing | Arrival::Gone) => {
            let is_gone = missing == Arrival::Gone;
            view! { <NotHere is_gone retry=Callback::new(move |()| retry()) /> }.into_any()
        }
    }
}

/// Message that a screen failed to download.
#[component]
fn NotHere(
    /// Whether the server answers, so that a newer build is the likely cause.
    is_gone: bool,
    /// Fetches the screen again.
    retry: Callback<()>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.errors();
    let reload = move |_| {
        #[expect(clippy::let_underscore_must_use, reason = "a page that cannot be loaded anew is still here")]
        let _ = window().location().reload();
    };
    let reload = is_gone.then(|| {
        view! {
            <button type="button" class="primary" id="reload" on:click=reload>
                {part.screen_reload}
            </button>
        }
    });
    view! {
        <section class="failure" role="alert">
            <h2>{part.screen_title}</h2>
            <p>{if is_gone { part.screen_gone } else { part.screen_body }} " " {part.screen_next}</p>
            <div class="actions">
                {reload} <button type="button" class="secondary" on:click=move |_| retry.run(())>
                    {texts.common().try_again}
                </button>
            </div>
        </section>
    }
}

/// Prefetches all screens in the background, so that they open at once and without a connection. A part that
/// fails is fetched again when its screen is opened.
#[cfg_attr(split_screens, expect(clippy::let_underscore_must_use, reason = "see its description"))]
pub async fn fetch_all() {
    #[cfg(split_screens)]
    {
        gloo_timers::future::sleep(BEFORE_THE_OTHERS).await;
        // A part is downloaded once, however many screens it has.
        let _ = (fetch_classify().await, fetch_classification().await);
        let _ = (fetch_history().await, fetch_review().await);
        let _ = (fetch_duty_rates().await, fetch_landed_cost().await);
        let _ = fetch_evidence().await;
        let _ = (fetch_batches().await, fetch_new_batch().await, fetch_batch().await);
        let _ = (fetch_keys().await, fetch_usage().await, fetch_webhook().await);
        let _ = (fetch_requests().await, fetch_settings().await, fetch_palette().await);
    }
}

/// The batch runner, from the part of the program with the batch screens.
#[cfg_attr(split_screens, wasm_split_helpers::wasm_split(batches, fallible))]
fn batch_runner(batches: Batches, language: RwSignal<Language>) -> Result<Running, Missing> {
    Ok(Box::pin(crate::outbox::batches::run::run(batches, language)))
}

/// A task that ends when it is dropped.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Runs the batches of the session's organisation until the task is dropped, whatever screen is shown.
/// Fetches the runner's part again after a failed download.
pub async fn run_batches(batches: Batches, language: RwSignal<Language>) {
    loop {
        #[cfg(split_screens)]
        let runner = batch_runner(batches, language).await;
        #[cfg(not(split_screens))]
        let runner = batch_runner(batches, language);
        match runner {
            Ok(run) => return run.await,
            Err(Missing) => sleep_while_seen(BEFORE_ANOTHER_TRY).await,
        }
    }
}
