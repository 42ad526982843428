//! The frame around every screen: navigation, credits, the API's health, whose key it is.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::Health;
use leptos::ev;
use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::attention::Attention;
use crate::batches::use_batches;
use crate::components::language_switch::LanguageSwitch;
use crate::components::left_behind::LeftBehindBanner;
use crate::components::review::undo::UndoBar;
use crate::components::watch::Watch;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::load::spawn_while_shown;
use crate::overlay::{Overlay, use_overlays};
use crate::routes;
use crate::session::{Reach, Session, use_session};

/// How often the API's health is looked at while it is well.
const HEALTH_INTERVAL: Duration = Duration::from_secs(60);

/// How often while it is away, so that work goes on soon after it is back.
const RECOVERY_INTERVAL: Duration = Duration::from_secs(2);

/// The frame of a signed-in person.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = use_session();
    let texts = use_texts();
    watch_health(session);
    load_account(session);
    provide_context(Attention::restore());
    let navigation = NodeRef::<Nav>::new();
    show_where_one_is(navigation);
    let organization = move || session.account().map(|account| account.organization.name);
    view! {
        // The router takes links of this origin for its own unless they say otherwise.
        <a class="skip" href="#content" rel="external">
            {texts.shell().skip_to_content}
        </a>
        <div class="frame">
            <aside class="side">
                <A href=routes::OVERVIEW attr:class="brand">
                    {texts.shell().brand}
                </A>
                <nav aria-label=texts.shell().nav_label node_ref=navigation>
                    {links(texts.work_screens())}
                    <span class="nav-group">{texts.shell().nav_account}</span>
                    {links(texts.account_screens())}
                </nav>
                <div class="side-foot">
                    <p class="organization">{organization}</p>
                    <p class="key">{move || session.masked_key()}</p>
                    <button type="button" class="link" id="sign-out" on:click=move |_| session.sign_out()>
                        {texts.shell().sign_out}
                    </button>
                </div>
            </aside>
            <div class="main">
                <header class="bar">
                    <ApiHealth />
                    <PaletteButton />
                    <Credits />
                    <LanguageSwitch />
                </header>
                <OfflineBanner />
                <LeftBehindBanner />
                <Watch />
                <main id="content" tabindex="-1">{children()}</main>
                <UndoBar />
            </div>
        </div>
    }
}

/// Links to screens, one compiled for all.
fn links<const N: usize>(screens: [(&'static str, &'static str); N]) -> Vec<AnyView> {
    let link = |(address, name): (&'static str, &'static str)| {
        let progress = (address == routes::BATCHES).then(|| view! { <BatchProgress /> });
        view! {
            <A href=address exact=address == routes::OVERVIEW>
                {name}
                " "
                {progress}
            </A>
        }
        .into_any()
    };
    screens.into_iter().map(link).collect()
}

/// On a narrow screen the navigation is wider than it: the link of the screen in view is scrolled to.
fn show_where_one_is(navigation: NodeRef<Nav>) {
    let path = use_location().pathname;
    Effect::new(move |_| {
        // Read, not tracked: a memo that nobody reads never learns of a change.
        path.with(|_| ());
        let Some(navigation) = navigation.get() else { return };
        // The link is marked by the router, after this.
        request_animation_frame(move || {
            let current = navigation.query_selector("[aria-current]").ok().flatten();
            if let Some(link) = current.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                navigation.set_scroll_left(link.offset_left() - navigation.offset_left() - BESIDE);
            }
        });
    });
}

/// How much of the links beside it is seen, in pixels.
const BESIDE: i32 = 48;

/// How far the batches are, wherever one is.
#[component]
fn BatchProgress() -> impl IntoView {
    let (batches, language) = (use_batches(), use_language());
    let percent = Memo::new(move |_| {
        batches.progress().map(|(ended, total)| u64::from(ended) * 100 / u64::from(total.max(1)))
    });
    move || {
        percent.get().map(|percent| {
            view! { <span class="nav-progress">{format::percent(percent.into(), language)}</span> }
        })
    }
}

/// Opens the command palette, and says by which keys it opens too.
#[component]
fn PaletteButton() -> impl IntoView {
    let (overlays, texts) = (use_overlays(), use_texts());
    view! {
        <button
            type="button"
            class="palette-button"
            id="open-palette"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| overlays.open(Overlay::Palette)
        >
            <span>{texts.shell().palette}</span>
            <kbd aria-hidden="true">{control_key()} " K"</kbd>
        </button>
    }
}

/// What the key beside the space bar is called: `⌘` on Apple's keyboards.
fn control_key() -> &'static str {
    let platform = window().navigator().platform().unwrap_or_default();
    if platform.starts_with("Mac") || platform.starts_with("iP") { "⌘" } else { "Ctrl" }
}

#[component]
fn Credits() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let left = move || match session.credits() {
        Some(credits) => (texts.shell().credits_left)(&format::count(credits, language)),
        None => texts.shell().credits_unknown.to_owned(),
    };
    view! {
        <A href=routes::USAGE attr:class="credits" attr:id="credits">
            {left}
        </A>
    }
}

#[component]
fn ApiHealth() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let state = move || match session.reach() {
        Reach::Unknown => ("unknown", texts.shell().api_unknown),
        Reach::Operational => ("ok", texts.shell().api_operational),
        Reach::Degraded => ("warn", texts.shell().api_degraded),
        Reach::Unreachable => ("bad", texts.shell().api_unreachable),
    };
    let service = move || session.upstream().map(|service| (texts.shell().forwarded_to)(&service));
    view! {
        <p class="health" role="status" data-state=move || state().0>
            <span>{move || state().1}</span>
            <span class="service">{service}</span>
        </p>
    }
}

#[component]
fn OfflineBanner() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    view! {
        <Show when=move || session.reach() == Reach::Unreachable>
            <div class="banner" role="alert" id="offline">
                <strong>{texts.shell().offline_title}</strong>
                " "
                {texts.shell().offline_body}
            </div>
        </Show>
    }
}

/// Looks at the API's health now, from time to time, and when the browser finds its network again.
fn watch_health(session: Session) {
    let language = use_language();
    let back_online = RwSignal::new(0_u32);
    let online = window_event_listener(ev::online, move |_| back_online.update(|times| *times += 1));
    let offline = window_event_listener(ev::offline, move |_| session.set_reach(Reach::Unreachable));
    on_cleanup(move || {
        online.remove();
        offline.remove();
    });
    let is_away = Memo::new(move |_| session.reach() == Reach::Unreachable);
    Effect::new(move |_| {
        back_online.track();
        let is_away = is_away.get();
        let client = session.client_with(None, language.code());
        // The wait begins after the answer, so a slow one is not cut off by the next question.
        spawn_while_shown(async move {
            if is_away {
                sleep(RECOVERY_INTERVAL).await;
            }
            loop {
                session.set_reach(reach(client.health().await));
                sleep(if is_away { RECOVERY_INTERVAL } else { HEALTH_INTERVAL }).await;
            }
        });
    });
}

/// What a health check says of the API.
fn reach(answer: Result<Health, ApiError>) -> Reach {
    match answer {
        Ok(health) if health.is_operational() => Reach::Operational,
        // Too many health checks, from behind one address, are no fault of the API's.
        Err(ApiError::RateLimited { .. }) => Reach::Operational,
        Err(ApiError::Unreachable | ApiError::Timeout) => Reach::Unreachable,
        Ok(_) | Err(_) => Reach::Degraded,
    }
}

/// Asks whose key it is, again after every recovery.
fn load_account(session: Session) {
    let language = use_language();
    Effect::new(move |_| {
        session.track_recoveries();
        let client = session.client(language.code());
        spawn_while_shown(async move {
            loop {
                match client.account().await {
                    Ok(account) => return session.set_account(&client, account),
                    Err(ApiError::RateLimited { seconds }) => {
                        sleep(Duration::from_secs(seconds.into())).await
                    }
                    // The screen in view asks with the same key and says what is wrong; that may pass.
                    Err(_) => sleep(HEALTH_INTERVAL).await,
                }
            }
        });
    });
}
