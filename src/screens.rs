//! Code splitting: the screens, downloaded when they are first shown.
//!
//! `cargo xtask` builds with `--cfg split_screens` and takes each part out of the main file. A build without
//! it, such as Trunk's, has everything in one file; the same code then runs without a download.

mod arriving;
mod missing;
mod prefetch;

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use self::arriving::{Coming, Missing, arriving};
use crate::api::in_flight::first_data;
use crate::background::Background;
use crate::browser::style::adopt;
use crate::browser::task::spawn_local;
use crate::components::palette::Palette;
use crate::components::tariff_news::TariffNews;
use crate::i18n::Language;
use crate::outbox::batches::Batches;
use crate::pages::tariff_changes::news;
use crate::pages::{
    batches::BatchPage, batches::list::BatchesPage, batches::new::NewBatchPage,
    classification::ClassificationPage, classify::ClassifyPage, duty_rates::DutyRatesPage,
    evidence::EvidencePage, history::HistoryPage, keys::KeysPage, landed_cost::LandedCostPage,
    requests::RequestsPage, review::ReviewPage, settings::SettingsPage, tariff::TariffPage,
    tariff_changes::TariffChangesPage, usage::UsagePage, webhook::WebhookPage,
};
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;

/// Delay before a part that failed to download is fetched again.
const BEFORE_ANOTHER_TRY: std::time::Duration = std::time::Duration::from_secs(10);

/// A screen. All screens have one type, so that the router's code is compiled once and not for each route.
#[derive(Debug, Clone, Copy)]
pub struct Screen(Place);

/// Where the program has a screen.
#[derive(Debug, Clone, Copy)]
enum Place {
    FirstFile(fn() -> AnyView),
    /// In a part that is downloaded when the screen is drawn or fetched.
    Part {
        draw: fn() -> Coming<AnyView>,
        fetch: fn() -> Coming<()>,
    },
}

impl Screen {
    /// A screen that is not downloaded by itself.
    #[must_use]
    pub fn in_first_file(draw: fn() -> AnyView) -> Self {
        Self(Place::FirstFile(draw))
    }

    /// Shows the screen in place of the one before.
    #[must_use]
    pub fn show(self) -> AnyView {
        self.view(true)
    }

    /// Shows the screen over another one, which stays.
    #[must_use]
    pub fn show_over(self) -> AnyView {
        self.view(false)
    }

    fn view(self, is_alone: bool) -> AnyView {
        match self.0 {
            Place::FirstFile(draw) => draw(),
            Place::Part { draw, .. } => arriving(draw, is_alone),
        }
    }

    /// Fetches the screen's part of the program, if it is not there yet. If that fails, it is fetched again when the
    /// screen is opened.
    pub fn fetch(self) {
        if let Place::Part { fetch, .. } = self.0 {
            spawn_local(async move {
                #[expect(clippy::let_underscore_must_use, reason = "see the description of this function")]
                let _ = fetch().await;
            });
        }
    }
}

/// Declares a screen: its page, its part, the functions that draw and fetch it, and its style sheets.
macro_rules! screen {
    ($page:ident, $part:ident, $draw:ident, $fetch:ident, $screen:ident, [$($sheet:literal),*]) => {
        #[cfg_attr(split_screens, wasm_split_helpers::wasm_split($part, fallible, preload($fetch)))]
        fn $draw() -> Result<AnyView, Missing> {
            adopt_shared();
            $(adopt(include_str!(concat!("../style/", $sheet, ".css")));)*
            // What a screen sends and keeps is looked after from its first moment.
            expect_context::<Background>().begin();
            Ok($page().into_any())
        }

        /// The screen, drawn when its part of the program is downloaded.
        #[must_use]
        pub fn $screen() -> Screen {
            #[cfg(split_screens)]
            let (draw, fetch) = (
                || -> Coming<AnyView> { Box::pin($draw()) },
                || -> Coming<()> { Box::pin(async { $fetch().await.map_err(Missing::from) }) },
            );
            #[cfg(not(split_screens))]
            let (draw, fetch) = (
                || -> Coming<AnyView> { Box::pin(async { $draw() }) },
                || -> Coming<()> { Box::pin(async { Ok(()) }) },
            );
            Screen(Place::Part { draw, fetch })
        }
    };
}

/// Adopts the style sheet that all screens here share. The first file does not call it and so does not have it.
#[inline(never)]
fn adopt_shared() {
    adopt(include_str!("../style/parts.css"));
}

// Screens that are used together share a part. What several parts share is in two more files. The palette is with the
// work that people do most, because a key press opens it on every screen.
screen!(ClassifyPage, product, draw_classify, fetch_classify, classify, ["classify"]);
screen!(
    ClassificationPage,
    product,
    draw_classification,
    fetch_classification,
    classification,
    ["answer", "classification"]
);
screen!(HistoryPage, lists, draw_history, fetch_history, history, ["history"]);
screen!(ReviewPage, lists, draw_review, fetch_review, review, ["review", "queue"]);
screen!(EvidencePage, evidence, draw_evidence, fetch_evidence, evidence, ["evidence"]);
screen!(DutyRatesPage, costs, draw_duty_rates, fetch_duty_rates, duty_rates, ["answer", "costs"]);
screen!(LandedCostPage, costs, draw_landed_cost, fetch_landed_cost, landed_cost, ["answer", "costs"]);
screen!(TariffPage, tariff, draw_tariff, fetch_tariff, tariff, ["tree"]);
screen!(
    TariffChangesPage,
    tariff,
    draw_tariff_changes,
    fetch_tariff_changes,
    tariff_changes,
    ["tariff_changes"]
);
screen!(BatchesPage, batches, draw_batches, fetch_batches, batch_list, ["batches"]);
screen!(NewBatchPage, batches, draw_new_batch, fetch_new_batch, new_batch, ["batches"]);
screen!(BatchPage, batches, draw_batch, fetch_batch, batch, ["batches"]);
screen!(KeysPage, account, draw_keys, fetch_keys, keys, ["account"]);
screen!(UsagePage, account, draw_usage, fetch_usage, usage, ["usage"]);
screen!(WebhookPage, account, draw_webhook, fetch_webhook, webhook, ["webhook"]);
screen!(RequestsPage, account, draw_requests, fetch_requests, requests, ["account"]);
screen!(SettingsPage, account, draw_settings, fetch_settings, settings, ["account"]);
screen!(Palette, product, draw_palette, fetch_palette, command_palette, ["account", "palette"]);

/// Fetches all screens in the order of their use, once the first data has come and while nobody waits for anything,
/// so that they open at once and without a connection. A part that fails is fetched again when its screen is opened.
pub async fn fetch_all() {
    // A part is downloaded once, whichever of its screens is fetched.
    let first_of_parts = [classify, history, new_batch, duty_rates, tariff, keys, evidence];
    for screen in first_of_parts {
        if prefetch::may_fetch().await
            && let Place::Part { fetch, .. } = screen().0
        {
            #[expect(clippy::let_underscore_must_use, reason = "see the description of this function")]
            let _ = fetch().await;
        }
    }
}

/// The batch runner, from the part of the program with the batch screens.
#[cfg_attr(split_screens, wasm_split_helpers::wasm_split(batches, fallible))]
fn batch_runner(batches: Batches, language: RwSignal<Language>) -> Result<Running, Missing> {
    Ok(Box::pin(crate::outbox::batches::run::run(batches, language)))
}

#[cfg_attr(split_screens, wasm_split_helpers::wasm_split(product, fallible))]
fn background_work(background: Background) -> Result<(), Missing> {
    background.begin();
    Ok(())
}

/// Begins the work beside the screens, unless it has begun. Fetches its part again after a failed download.
pub async fn begin_background(background: Background) {
    // What is on the screen comes before what goes on beside it.
    first_data().await;
    loop {
        #[cfg(split_screens)]
        let begun = background_work(background).await;
        #[cfg(not(split_screens))]
        let begun = background_work(background);
        match begun {
            Ok(()) => return,
            Err(Missing) => gloo_timers::future::sleep(BEFORE_ANOTHER_TRY).await,
        }
    }
}

#[cfg_attr(split_screens, wasm_split_helpers::wasm_split(tariff, fallible))]
fn tariff_news(
    session: Session,
    gate: RateLimitGate,
    language: Language,
    news: TariffNews,
) -> Result<Running, Missing> {
    Ok(Box::pin(news::tell(session, gate, language, news)))
}

/// Writes the line of the overview on codes that end or change, while nobody waits for anything. Does nothing if the
/// person saves data or the part is not there: the line is only a hint.
pub async fn tell_tariff_news(session: Session, gate: RateLimitGate, language: Language, news: TariffNews) {
    if !prefetch::may_fetch().await {
        return;
    }
    #[cfg(split_screens)]
    let telling = tariff_news(session, gate, language, news).await;
    #[cfg(not(split_screens))]
    let telling = tariff_news(session, gate, language, news);
    if let Ok(telling) = telling {
        telling.await;
    }
}

/// A task that ends when it is dropped.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Runs the batches of the session's organisation until the task is dropped, whatever screen is shown.
/// Fetches the runner's part again after a failed download.
pub async fn run_batches(batches: Batches, language: RwSignal<Language>) {
    // What is on the screen comes before what runs beside it.
    first_data().await;
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
