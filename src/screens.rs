//! The screens that are downloaded when they are first shown.
//!
//! `cargo xtask` builds with `--cfg split_screens` and takes each part out of the main file; a build
//! without it, such as Trunk's own, has everything in one file and the same code runs without waiting.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::batches::Batches;
use crate::components::palette::Palette;
use crate::i18n::{Language, use_language, use_texts};
use crate::load::spawn_while_shown;
use crate::pages::{
    batches::BatchPage, batches::list::BatchesPage, batches::new::NewBatchPage,
    classification::ClassificationPage, classify::ClassifyPage, duty_rates::DutyRatesPage,
    evidence::EvidencePage, history::HistoryPage, keys::KeysPage, landed_cost::LandedCostPage,
    requests::RequestsPage, review::ReviewPage, settings::SettingsPage, usage::UsagePage,
    webhook::WebhookPage,
};
use crate::session::use_session;

/// How long the first screen has the connection for itself.
#[cfg(split_screens)]
const BEFORE_THE_OTHERS: std::time::Duration = std::time::Duration::from_secs(1);

/// How long before a part that did not come is fetched again.
const BEFORE_ANOTHER_TRY: std::time::Duration = std::time::Duration::from_secs(10);

/// The part of the program with a screen could not be downloaded: there is no connection, or the
/// dashboard was renewed and the part is no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

#[cfg(split_screens)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Something that comes when its part of the program is there.
type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A screen. All are of one type, so that the router's code for a route is compiled once and not for each.
pub type Screen = fn() -> AnyView;

/// Declares a screen of a part, how that part is fetched before anybody asks for it, and a style that comes with
/// it.
macro_rules! screen {
    ($page:ident, $part:ident, $draw:ident, $fetch:ident, $screen:ident $(, $style:literal)?) => {
        #[cfg_attr(split_screens, wasm_split_helpers::wasm_split($part, fallible, preload($fetch)))]
        fn $draw() -> Result<AnyView, Missing> {
            $(crate::style::adopt(include_str!($style));)?
            Ok($page().into_any())
        }

        /// The screen, as soon as its part of the program is there.
        pub fn $screen() -> AnyView {
            #[cfg(split_screens)]
            let draw = || -> Coming<AnyView> { Box::pin($draw()) };
            #[cfg(not(split_screens))]
            let draw = || -> Coming<AnyView> { Box::pin(async { $draw() }) };
            view! { <Arriving draw /> }.into_any()
        }
    };
}

// What is used one after the other is one part: each part more means more files that several share.
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

/// What there is of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Awaited,
    Here,
    Missing,
    /// It did not come although the server answers, so there is another build by now.
    Gone,
}

/// A screen that is on its way.
#[component]
fn Arriving(
    /// Draws it, when its part of the program is there.
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
                    // Whether the connection is gone, the frame learns of any answer or none.
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

/// A screen did not come.
#[component]
fn NotHere(
    /// Whether the server answers all the same.
    is_gone: bool,
    /// Fetches it again.
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

/// Fetches all screens while nobody waits: going to one takes no time then, and needs no connection.
/// One that does not come is fetched again when it is asked for.
#[cfg_attr(split_screens, expect(clippy::let_underscore_must_use, reason = "see its description"))]
pub async fn fetch_all() {
    #[cfg(split_screens)]
    {
        gloo_timers::future::sleep(BEFORE_THE_OTHERS).await;
        // Each part comes once, however many screens it has.
        let _ = (fetch_classify().await, fetch_classification().await);
        let _ = (fetch_history().await, fetch_review().await);
        let _ = (fetch_duty_rates().await, fetch_landed_cost().await);
        let _ = fetch_evidence().await;
        let _ = (fetch_batches().await, fetch_new_batch().await, fetch_batch().await);
        let _ = (fetch_keys().await, fetch_usage().await, fetch_webhook().await);
        let _ = (fetch_requests().await, fetch_settings().await, fetch_palette().await);
    }
}

/// What runs batches, from the part that has their screens.
#[cfg_attr(split_screens, wasm_split_helpers::wasm_split(batches, fallible))]
fn batch_runner(batches: Batches, language: RwSignal<Language>) -> Result<Running, Missing> {
    Ok(Box::pin(crate::batches::run(batches, language)))
}

/// A task that ends when it is dropped.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Runs the batches of the session's organisation, whatever screen is shown, until the task is dropped. If its part does
/// not come, it is fetched again.
pub async fn run_batches(batches: Batches, language: RwSignal<Language>) {
    loop {
        #[cfg(split_screens)]
        let runner = batch_runner(batches, language).await;
        #[cfg(not(split_screens))]
        let runner = batch_runner(batches, language);
        match runner {
            Ok(run) => return run.await,
            Err(Missing) => gloo_timers::future::sleep(BEFORE_ANOTHER_TRY).await,
        }
    }
}
